#include "config.h"

#include "export/thunderbird-profile.h"

#include "base/file.h"
#include "export/exporters.h"
#include "export/formats/key-file.h"
#include "export/presence.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INI_MAX (1024 * 1024)

/* The name of the section that Thunderbird makes for /usr/lib/thunderbird: CityHash64 of
 * that path in UTF-16. */
#define INSTALL_OF_SYSTEM "InstallFDC34C9F024745EB"
#define INSTALL_PREFIX "Install"
#define PROFILE_PREFIX "Profile"
#define NEW_NAME "gmail"

/* Where each form keeps its profiles, below the home; @flatpak and @snap say how it is
 * found, and without them it is the system's own. */
static const struct
{
  const char *folder;
  const char *flatpak;
  const char *snap;
} ROOTS[] = {
  { ".thunderbird" },
  { ".var/app/org.mozilla.Thunderbird/.thunderbird",
    .flatpak = "org.mozilla.Thunderbird" },
  { ".var/app/net.thunderbird.Thunderbird/.thunderbird",
    .flatpak = "net.thunderbird.Thunderbird" },
  { ".var/app/eu.betterbird.Betterbird/.thunderbird",
    .flatpak = "eu.betterbird.Betterbird" },
  { "snap/thunderbird/common/.thunderbird", .snap = "thunderbird" },
};

void
barua_thunderbird_profile_free (BaruaThunderbirdProfile *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->root);
  g_free (self->folder);
  g_free (self);
}

static BaruaKeyFile *
read_ini (const char *root, const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autofree char *text = NULL;
  gsize length = 0;

  text = barua_file_read (path, INI_MAX, &length, NULL);
  return text != NULL && memchr (text, '\0', length) == NULL
           ? barua_key_file_new (text, (gssize) length, &BARUA_KEY_FILE_GLIB)
           : NULL;
}

static gint64
last_used (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "prefs.js", NULL);
  struct stat facts = { 0 };

  return stat (path, &facts) == 0
           ? facts.st_mtim.tv_sec * G_USEC_PER_SEC + facts.st_mtim.tv_nsec / 1000
           : 0;
}

static char *
resolve (const char *root, const char *path)
{
  return g_path_is_absolute (path) ? g_strdup (path)
                                   : g_build_filename (root, path, NULL);
}

/* Takes the place of @best if it is there, and was used later. */
static void
consider (char **best, const char *root, const char *path)
{
  g_autofree char *folder = NULL;

  if (path == NULL || *path == '\0')
    return;
  folder = resolve (root, path);
  if (g_file_test (folder, G_FILE_TEST_IS_DIR) &&
      (*best == NULL || last_used (folder) > last_used (*best)))
    {
      g_free (*best);
      *best = g_steal_pointer (&folder);
    }
}

static char *
find_claimed (const BaruaKeyFile *ini, const char *root)
{
  g_auto (GStrv) groups = barua_key_file_list_groups (ini);
  g_autofree char *system = barua_key_file_dup (ini, INSTALL_OF_SYSTEM, "Default");
  char *best = NULL;

  consider (&best, root, system);
  if (best != NULL)
    return best;
  for (gsize i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], INSTALL_PREFIX))
      {
        g_autofree char *path = barua_key_file_dup (ini, groups[i], "Default");

        consider (&best, root, path);
      }
  return best;
}

/* installs.ini has the same sections under their bare names; it is the older file. */
static char *
find_in_installs (const char *root)
{
  g_autoptr (BaruaKeyFile) ini = read_ini (root, "installs.ini");
  g_auto (GStrv) groups = ini != NULL ? barua_key_file_list_groups (ini) : NULL;
  char *best = NULL;

  for (gsize i = 0; groups != NULL && groups[i] != NULL; i++)
    {
      g_autofree char *path = barua_key_file_dup (ini, groups[i], "Default");

      consider (&best, root, path);
    }
  return best;
}

static char *
find_listed (const BaruaKeyFile *ini, const char *root)
{
  g_auto (GStrv) groups = barua_key_file_list_groups (ini);
  char *marked = NULL;
  char *any = NULL;

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *path = NULL;
      g_autofree char *is_default = NULL;

      if (!g_str_has_prefix (groups[i], PROFILE_PREFIX))
        continue;
      path = barua_key_file_dup (ini, groups[i], "Path");
      is_default = barua_key_file_dup (ini, groups[i], "Default");
      consider (&any, root, path);
      if (g_strcmp0 (is_default, "1") == 0)
        consider (&marked, root, path);
    }
  if (marked == NULL)
    return any;
  g_free (any);
  return marked;
}

/* A name of our own that is the same at every export, unless something else has it. */
static char *
name_new_folder (const char *root)
{
  for (guint number = 1;; number++)
    {
      g_autofree char *name = number == 1
                                ? g_strdup (NEW_NAME ".default")
                                : g_strdup_printf (NEW_NAME "-%u.default", number);
      g_autofree char *folder = g_build_filename (root, name, NULL);

      if (!g_file_test (folder, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&folder);
    }
}

/* The folder of a profile can be gone; Thunderbird would complain, unless it is made. */
static char *
find_gone (const BaruaKeyFile *ini, const char *root)
{
  g_auto (GStrv) groups = barua_key_file_list_groups (ini);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      gboolean install = g_str_has_prefix (groups[i], INSTALL_PREFIX);
      g_autofree char *path =
        install || g_str_has_prefix (groups[i], PROFILE_PREFIX)
          ? barua_key_file_dup (ini, groups[i], install ? "Default" : "Path")
          : NULL;

      if (path != NULL && *path != '\0')
        return resolve (root, path);
    }
  return NULL;
}

static BaruaThunderbirdProfile *
find_in (const char *root)
{
  BaruaThunderbirdProfile *self = g_new0 (BaruaThunderbirdProfile, 1);
  g_autoptr (BaruaKeyFile) ini = read_ini (root, "profiles.ini");

  self->root = g_strdup (root);
  if (ini != NULL)
    {
      self->folder = find_claimed (ini, root);
      if (self->folder == NULL)
        self->folder = find_in_installs (root);
      self->unclaimed = self->folder == NULL;
      if (self->folder == NULL)
        self->folder = find_listed (ini, root);
      if (self->folder == NULL)
        self->folder = find_gone (ini, root);
    }
  self->listed = self->folder != NULL;
  if (self->folder == NULL)
    {
      self->unclaimed = TRUE;
      self->folder = name_new_folder (root);
    }
  return self;
}

static gboolean
is_folder (const BaruaHome *home, const char *name)
{
  g_autofree char *path = barua_home_dup_system_path (home, name);

  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

static gboolean
is_installed (const BaruaHome *home, gsize i)
{
  g_autofree char *name = NULL;
  g_autofree char *shared = NULL;
  g_autofree char *own = NULL;

  if (ROOTS[i].snap != NULL)
    {
      name = g_build_filename ("snap", ROOTS[i].snap, NULL);
      shared = g_build_filename ("var", "lib", "snapd", name, NULL);
      return is_folder (home, name) || is_folder (home, shared);
    }
  if (ROOTS[i].flatpak == NULL)
    return barua_presence_is_native (&barua_exporter_thunderbird, home);
  name = g_build_filename ("flatpak", "app", ROOTS[i].flatpak, NULL);
  shared = g_build_filename ("var", "lib", name, NULL);
  own = barua_home_dup_data_path (home, name);
  return is_folder (home, shared) || g_file_test (own, G_FILE_TEST_IS_DIR);
}

/* An installed one before one that has only left its profile; a profile before none. */
static gint64
rank (const BaruaHome *home, gsize i, const BaruaThunderbirdProfile *profile)
{
  return (is_installed (home, i) ? 2 : 0) + (profile->listed ? 1 : 0);
}

BaruaThunderbirdProfile *
barua_thunderbird_profile_find (const BaruaHome *home)
{
  g_autoptr (BaruaThunderbirdProfile) best = NULL;
  gint64 best_rank = -1;
  guint found = 0;

  g_return_val_if_fail (home != NULL, NULL);

  /* A folder to save to is laid out as the most usual home is. */
  for (gsize i = 0; i < (home->apart ? 1 : G_N_ELEMENTS (ROOTS)); i++)
    {
      g_autofree char *root = barua_home_dup_path (home, ROOTS[i].folder);
      g_autoptr (BaruaThunderbirdProfile) profile = find_in (root);
      gint64 its_rank = rank (home, i, profile);

      found += its_rank > 0;
      if (its_rank > best_rank ||
          (its_rank == best_rank && profile->listed &&
           last_used (profile->folder) > last_used (best->folder)))
        {
          g_clear_pointer (&best, barua_thunderbird_profile_free);
          best = g_steal_pointer (&profile);
          best_rank = its_rank;
        }
    }
  best->one_of_many = found > 1;
  return g_steal_pointer (&best);
}

GPtrArray *
barua_thunderbird_profile_list (const BaruaHome *home)
{
  GPtrArray *profiles =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_thunderbird_profile_free);

  for (gsize i = 0; i < G_N_ELEMENTS (ROOTS); i++)
    {
      g_autofree char *root = barua_home_dup_path (home, ROOTS[i].folder);
      g_autoptr (BaruaThunderbirdProfile) profile = find_in (root);

      if (profile->listed)
        g_ptr_array_add (profiles, g_steal_pointer (&profile));
    }
  return profiles;
}

static char *
free_group (const BaruaKeyFile *ini)
{
  for (guint number = 0;; number++)
    {
      g_autofree char *group = g_strdup_printf (PROFILE_PREFIX "%u", number);

      if (!barua_key_file_has_group (ini, group))
        return g_steal_pointer (&group);
    }
}

static gboolean
plan_list (const BaruaThunderbirdProfile *self, BaruaPlan *plan, GError **error)
{
  g_autofree char *path = g_build_filename (self->root, "profiles.ini", NULL);
  g_autofree char *name = g_path_get_basename (self->folder);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *group = NULL;
  g_autoptr (BaruaKeyFile) ini = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &before, &length, error))
    return FALSE;
  ini = barua_key_file_new (before, (gssize) length, &BARUA_KEY_FILE_GLIB);
  group = free_group (ini);
  if (!barua_key_file_has_group (ini, "General"))
    {
      barua_key_file_set (ini, "General", "StartWithLastProfile", "1");
      barua_key_file_set (ini, "General", "Version", "2");
    }
  barua_key_file_set (ini, group, "Name", NEW_NAME);
  barua_key_file_set (ini, group, "IsRelative", "1");
  barua_key_file_set (ini, group, "Path", name);
  barua_key_file_set (ini, group, "Default", "1");
  after = barua_key_file_dup_text (ini, &length);
  barua_plan_write (plan, path, after, (gssize) length, BARUA_FILE_ORDINARY,
                    _ ("Make a new profile for Thunderbird and let it start with it."));
  return TRUE;
}

gboolean
barua_thunderbird_profile_plan (const BaruaThunderbirdProfile *self,
                                BaruaPlan *plan,
                                GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "compatibility.ini", NULL);

  if (!self->listed && !plan_list (self, plan, error))
    return FALSE;
  /* Without this file Thunderbird leaves a profile alone that no installation has
   * claimed, and makes another; with any other it takes it, wherever it is installed. */
  if (self->unclaimed && !g_file_test (path, G_FILE_TEST_EXISTS))
    barua_plan_write (plan, path, "[Compatibility]\n", -1, BARUA_FILE_PRIVATE,
                      _ ("Let Thunderbird take the profile as its own."));
  return TRUE;
}

gboolean
barua_thunderbird_profile_is_open (const BaruaThunderbirdProfile *self)
{
  g_autofree char *path = g_build_filename (self->folder, ".parentlock", NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  gboolean held = FALSE;

  if (file < 0)
    return FALSE;
  held = fcntl (file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  close (file);
  return held;
}
