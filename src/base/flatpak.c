#include "config.h"

#include "base/flatpak.h"

#include "base/file.h"

#include <string.h>

#define INFO ".flatpak-info"
#define INFO_MAX (64 * 1024)

gboolean
barua_flatpak_is_inside (const char *root)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (root != NULL, FALSE);

  path = g_build_filename (root, INFO, NULL);
  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

static GKeyFile *
read_info (const char *root)
{
  g_autofree char *path = g_build_filename (root, INFO, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GKeyFile) info = g_key_file_new ();
  gsize length = 0;

  text = barua_file_read (path, INFO_MAX, &length, NULL);
  return text != NULL &&
             g_key_file_load_from_data (info, text, length, G_KEY_FILE_NONE, NULL)
           ? g_steal_pointer (&info)
           : NULL;
}

char *
barua_flatpak_dup_launcher (const char *root)
{
  g_autofree char *deployed = NULL;
  g_autoptr (GKeyFile) info = NULL;
  char *programs = NULL;

  g_return_val_if_fail (root != NULL, NULL);

  info = read_info (root);
  if (info != NULL)
    deployed = g_key_file_get_string (info, "Instance", "app-path", NULL);
  if (deployed == NULL || !g_path_is_absolute (deployed))
    return NULL;
  programs = strstr (deployed, "/app/" BARUA_APP_ID "/");
  if (programs == NULL)
    return NULL;
  *programs = '\0';
  return g_build_filename (deployed, "exports", "bin", BARUA_APP_ID, NULL);
}

/* "~/.thunderbird:create", "xdg-config/git"; those that may only be read do not count. */
static gboolean
covers (const char *given, const char *home, const char *config, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (given, ":", 2);
  g_autofree char *folder = NULL;
  const char *rest = NULL;

  if (parts[0] == NULL || g_strcmp0 (parts[1], "ro") == 0)
    return FALSE;
  if (g_str_equal (parts[0], "home") || g_str_equal (parts[0], "host"))
    return TRUE;
  if (g_str_has_prefix (parts[0], "~/"))
    folder = g_build_filename (home, parts[0] + 2, NULL);
  else if (g_str_has_prefix (parts[0], "xdg-config/"))
    folder = g_build_filename (config, parts[0] + strlen ("xdg-config/"), NULL);
  else
    folder = g_strdup (parts[0]);
  rest = g_str_has_prefix (path, folder) ? path + strlen (folder) : NULL;
  return rest != NULL && (*rest == '/' || *rest == '\0');
}

gboolean
barua_flatpak_can_write (const char *root,
                         const char *home,
                         const char *config,
                         const char *path)
{
  g_autoptr (GKeyFile) info = NULL;
  g_auto (GStrv) given = NULL;

  g_return_val_if_fail (root != NULL && home != NULL, FALSE);
  g_return_val_if_fail (config != NULL && path != NULL, FALSE);

  if (!barua_flatpak_is_inside (root))
    return TRUE;
  info = read_info (root);
  if (info != NULL)
    given = g_key_file_get_string_list (info, "Context", "filesystems", NULL, NULL);
  for (gsize i = 0; given != NULL && given[i] != NULL; i++)
    if (covers (given[i], home, config, path))
      return TRUE;
  return FALSE;
}

char *
barua_flatpak_dup_outer (const char *root, const char *told, const char *name)
{
  g_return_val_if_fail (root != NULL && name != NULL, NULL);

  if (!barua_flatpak_is_inside (root))
    return NULL;
  return told != NULL && g_path_is_absolute (told)
           ? g_strdup (told)
           : g_build_filename (g_get_home_dir (), name, NULL);
}
