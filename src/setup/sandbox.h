#pragma once

#include "export/plan.h"

G_BEGIN_DECLS

/**
 * barua_sandbox_dup_note:
 * @root: the folder that stands for the system: "/"
 *
 * Returns: (transfer full) (nullable): translated sentences on what cannot be done from
 *   within a Flatpak; %NULL where this program does not run as one
 */
char *barua_sandbox_dup_note (const char *root);

/**
 * barua_sandbox_check:
 * @root: the folder that stands for the system: "/"
 * @home: whose
 * @plan: what is to be done
 * @error: %BARUA_EXPORT_ERROR_NO_PLACE
 *
 * Returns: whether all files of @plan lie where they are kept: a sandbox forgets the
 *   others
 */
gboolean barua_sandbox_check (const char *root,
                              const BaruaHome *home,
                              const BaruaPlan *plan,
                              GError **error);

G_END_DECLS
