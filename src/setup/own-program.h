#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_own_program_dup_path:
 *
 * Finds the `barua` that belongs to this process, whichever of its programs that is, for
 * mail programs that are to ask it for a secret. For a Flatpak that is the script that
 * starts it from outside.
 *
 * Returns: (transfer full): its whole path
 */
char *barua_own_program_dup_path (void);

G_END_DECLS
