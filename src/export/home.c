#include "config.h"

#include "export/home.h"

#include "base/flatpak.h"
#include "base/text.h"

#include <string.h>

#define SHOWN_MAX 400

/* Below the folder of data. */
#define UNDO "barua", "undo"

BaruaHome *
barua_home_new (void)
{
  BaruaHome *self = g_new0 (BaruaHome, 1);
  const char *path = g_getenv ("PATH");

  self->home = g_strdup (g_get_home_dir ());
  self->config =
    barua_flatpak_dup_outer ("/", g_getenv ("HOST_XDG_CONFIG_HOME"), ".config");
  if (self->config == NULL)
    self->config = g_strdup (g_get_user_config_dir ());
  self->data =
    barua_flatpak_dup_outer ("/", g_getenv ("HOST_XDG_DATA_HOME"), ".local/share");
  if (self->data == NULL)
    self->data = g_strdup (g_get_user_data_dir ());
  self->lives = g_strdup (self->home);
  self->undo = g_build_filename (g_get_user_data_dir (), UNDO, NULL);
  self->root = g_strdup ("/");
  self->search =
    g_strsplit (path != NULL ? path : "/usr/local/bin:/usr/bin:/bin", ":", 0);
  return self;
}

static BaruaHome *
new_usual (const char *folder, const char *lives, const char *root)
{
  BaruaHome *self = g_new0 (BaruaHome, 1);

  self->home = g_strdup (folder);
  self->config = g_build_filename (folder, ".config", NULL);
  self->data = g_build_filename (folder, ".local", "share", NULL);
  self->lives = g_strdup (lives);
  self->root = g_strdup (root);
  return self;
}

BaruaHome *
barua_home_new_at (const char *folder, const char *root)
{
  BaruaHome *self = NULL;
  g_autofree char *programs = NULL;

  g_return_val_if_fail (folder != NULL && root != NULL, NULL);

  self = new_usual (folder, folder, root);
  self->undo = g_build_filename (self->data, UNDO, NULL);
  programs = g_build_filename (root, "usr", "bin", NULL);
  self->search = g_strsplit (programs, ":", 0);
  return self;
}

BaruaHome *
barua_home_new_apart (const BaruaHome *self, const char *folder)
{
  BaruaHome *apart = NULL;

  g_return_val_if_fail (self != NULL && folder != NULL, NULL);

  apart = new_usual (folder, self->lives, self->root);
  apart->undo = g_strdup (self->undo);
  apart->search = g_strdupv (self->search);
  apart->apart = TRUE;
  return apart;
}

BaruaHome *
barua_home_copy (const BaruaHome *self)
{
  BaruaHome *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (BaruaHome, 1);
  copy->home = g_strdup (self->home);
  copy->config = g_strdup (self->config);
  copy->data = g_strdup (self->data);
  copy->lives = g_strdup (self->lives);
  copy->undo = g_strdup (self->undo);
  copy->root = g_strdup (self->root);
  copy->search = g_strdupv (self->search);
  copy->apart = self->apart;
  return copy;
}

void
barua_home_free (BaruaHome *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->home);
  g_free (self->config);
  g_free (self->data);
  g_free (self->lives);
  g_free (self->undo);
  g_free (self->root);
  g_strfreev (self->search);
  g_free (self);
}

char *
barua_home_dup_path (const BaruaHome *self, const char *name)
{
  return g_build_filename (self->home, name, NULL);
}

char *
barua_home_dup_config_path (const BaruaHome *self, const char *name)
{
  return g_build_filename (self->config, name, NULL);
}

char *
barua_home_dup_data_path (const BaruaHome *self, const char *name)
{
  return g_build_filename (self->data, name, NULL);
}

char *
barua_home_dup_system_path (const BaruaHome *self, const char *name)
{
  return g_build_filename (self->root, name, NULL);
}

static const char *
below (const char *path, const char *folder)
{
  gsize length = strlen (folder);

  if (length == 0 || strncmp (path, folder, length) != 0)
    return NULL;
  return path[length] == '/' || path[length] == '\0' ? path + length : NULL;
}

char *
barua_home_dup_later (const BaruaHome *self, const char *path)
{
  const char *rest = below (path, self->home);

  return rest != NULL ? g_strconcat (self->lives, rest, NULL) : g_strdup (path);
}

char *
barua_home_dup_shown (const BaruaHome *self, const char *path)
{
  const char *rest = self->apart ? NULL : below (path, self->home);
  g_autofree char *whole = rest != NULL ? g_strconcat ("~", rest, NULL) : g_strdup (path);

  return barua_text_one_line (whole, -1, SHOWN_MAX);
}

char *
barua_home_find_program (const BaruaHome *self, const char *name)
{
  for (gsize i = 0; self->search[i] != NULL; i++)
    {
      g_autofree char *path = NULL;

      /* A relative folder in PATH means another program in every folder. */
      if (!g_path_is_absolute (self->search[i]))
        continue;
      path = g_build_filename (self->search[i], name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) &&
          !g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

const char *
barua_home_first (const BaruaHome *self, const char *const *paths)
{
  g_return_val_if_fail (self != NULL && paths != NULL && paths[0] != NULL, NULL);

  for (gsize i = 0; paths[i] != NULL; i++)
    if (g_file_test (paths[i], G_FILE_TEST_EXISTS))
      return paths[i];
  return paths[0];
}
