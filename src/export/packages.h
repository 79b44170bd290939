#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_packages_dup_version:
 * @status: the list of installed packages: /var/lib/dpkg/status (deb-control(5))
 * @names: (array zero-terminated=1): names of packages, the likeliest first
 *
 * Reads the list once for as long as it does not change; may be called in any thread.
 *
 * Returns: (transfer full) (nullable): the version of the first of @names that is
 *   installed, as its authors call it: without what Debian adds (deb-version(7)), one
 *   printable line; %NULL if none is, or the list is not there
 */
char *barua_packages_dup_version (const char *status, const char *const *names);

G_END_DECLS
