#include "config.h"

#include "setup/oauth-client.h"

#include "base/file.h"

#include <string.h>

#define GROUP "OAuth"
#define FILE_MAX (64 * 1024)

static BaruaClient *
client_new (const char *id, const char *secret)
{
  BaruaClient *self = g_new0 (BaruaClient, 1);

  self->id = g_strdup (id);
  self->secret = secret != NULL && *secret != '\0' ? g_strdup (secret) : NULL;
  return self;
}

void
barua_client_free (BaruaClient *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->secret);
  g_free (self);
}

char *
barua_client_dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "barua", "settings.ini", NULL);
}

/* A file that makes no sense is left alone, and is like none. */
static GKeyFile *
load_file (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) problem = NULL;
  gsize length = 0;
  g_autofree char *bytes = barua_file_read (path, FILE_MAX, &length, &problem);

  if (bytes == NULL && !g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  if (bytes != NULL)
    g_key_file_load_from_data (
      file, bytes, length, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS, NULL);
  return g_steal_pointer (&file);
}

BaruaClient *
barua_client_load (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = load_file (path, error);
  g_autofree char *id = NULL;
  g_autofree char *secret = NULL;

  if (file == NULL)
    return NULL;
  id = g_key_file_get_string (file, GROUP, "client-id", NULL);
  secret = g_key_file_get_string (file, GROUP, "client-secret", NULL);
  if (id != NULL && *id != '\0')
    return client_new (id, secret);
  if (BARUA_OAUTH_CLIENT_ID[0] != '\0')
    return client_new (BARUA_OAUTH_CLIENT_ID, BARUA_OAUTH_CLIENT_SECRET);
  return NULL;
}

gboolean
barua_client_save (const char *path, const BaruaClient *client, GError **error)
{
  g_autoptr (GKeyFile) file = load_file (path, error);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  if (file == NULL)
    return FALSE;
  g_key_file_remove_key (file, GROUP, "client-id", NULL);
  g_key_file_remove_key (file, GROUP, "client-secret", NULL);
  if (client != NULL)
    g_key_file_set_string (file, GROUP, "client-id", client->id);
  if (client != NULL && client->secret != NULL)
    g_key_file_set_string (file, GROUP, "client-secret", client->secret);
  bytes = g_key_file_to_data (file, &length, NULL);
  return barua_file_make_folder (folder, error) &&
         barua_file_write (path, bytes, length, 0600, error);
}

gboolean
barua_client_is_plausible (const char *id)
{
  const char *end = ".apps.googleusercontent.com";
  gsize length = strlen (id);

  if (length > 200 || length <= strlen (end) || !g_str_has_suffix (id, end))
    return FALSE;
  for (const char *p = id; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '.' && *p != '_')
      return FALSE;
  return TRUE;
}
