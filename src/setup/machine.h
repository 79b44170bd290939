#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_machine_describe:
 *
 * Tells what a helper needs to know about this machine: versions, system, desktop, kind
 * of network, and which mail programs are here. English, as the people who are asked for
 * help read it; holds nothing about the person but the language.
 *
 * Returns: (transfer full): lines of text
 */
char *barua_machine_describe (void);

G_END_DECLS
