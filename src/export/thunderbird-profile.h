#pragma once

#include "export/plan.h"

G_BEGIN_DECLS

/**
 * BaruaThunderbirdProfile:
 * @root: the folder in which profiles.ini lies: "~/.thunderbird"
 * @folder: the profile's own folder, there or not
 * @listed: whether profiles.ini names it
 * @unclaimed: whether no installed Thunderbird has it as its own yet
 * @one_of_many: whether other Thunderbirds are here too, or have left their profiles
 *
 * Where one Thunderbird keeps a person's mail.
 */
typedef struct
{
  char *root;
  char *folder;
  gboolean listed;
  gboolean unclaimed;
  gboolean one_of_many;
} BaruaThunderbirdProfile;

/**
 * barua_thunderbird_profile_find:
 * @home: whose
 *
 * Looks for the profile that the person uses: of the Thunderbird that is installed (of
 * the system, Flatpak, Snap), the one which that one starts with. Of several that could
 * be it the one used last.
 *
 * Returns: (transfer full): the profile, or the one to be made
 */
BaruaThunderbirdProfile *barua_thunderbird_profile_find (const BaruaHome *home);

/**
 * barua_thunderbird_profile_list:
 * @home: whose
 *
 * Returns: (transfer full) (element-type BaruaThunderbirdProfile): the profile in use of
 *   each Thunderbird that ever ran here
 */
GPtrArray *barua_thunderbird_profile_list (const BaruaHome *home);

/**
 * barua_thunderbird_profile_free:
 * @self: (transfer full): a profile
 */
void barua_thunderbird_profile_free (BaruaThunderbirdProfile *self);

/**
 * barua_thunderbird_profile_plan:
 * @self: a profile
 * @plan: gets the files that make Thunderbird start with it; none where it does already
 * @error: %G_FILE_ERROR, %BARUA_EXPORT_ERROR_UNREADABLE
 *
 * Returns: whether all was planned
 */
gboolean barua_thunderbird_profile_plan (const BaruaThunderbirdProfile *self,
                                         BaruaPlan *plan,
                                         GError **error);

/**
 * barua_thunderbird_profile_is_open:
 * @self: a profile
 *
 * Returns: whether a program holds the profile's lock, in whatever form it runs. The lock
 *   is only looked at
 */
gboolean barua_thunderbird_profile_is_open (const BaruaThunderbirdProfile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaThunderbirdProfile, barua_thunderbird_profile_free)

G_END_DECLS
