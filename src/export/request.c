#include "config.h"

#include "export/request.h"

#include "account/folder.h"
#include "base/text.h"

#include <string.h>

#define NAME_MAX_CHARACTERS 200

BaruaExportRequest *
barua_export_request_new (const BaruaAccount *account,
                          const BaruaService *incoming,
                          const BaruaService *outgoing,
                          const char *program)
{
  BaruaExportRequest *self = NULL;

  g_return_val_if_fail (account != NULL && account->address != NULL, NULL);
  g_return_val_if_fail (incoming != NULL && outgoing != NULL && program != NULL, NULL);

  self = g_new0 (BaruaExportRequest, 1);
  self->account = barua_account_copy (account);
  self->incoming = incoming;
  self->outgoing = outgoing;
  self->program = g_strdup (program);
  if (self->account->name != NULL)
    {
      g_autofree char *typed = g_steal_pointer (&self->account->name);

      self->account->name = barua_text_one_line (typed, -1, NAME_MAX_CHARACTERS);
      g_strstrip (self->account->name);
    }
  return self;
}

void
barua_export_request_free (BaruaExportRequest *self)
{
  g_return_if_fail (self != NULL);

  barua_account_free (self->account);
  g_clear_pointer (&self->folders, g_ptr_array_unref);
  g_free (self->program);
  g_free (self->client_secret);
  g_free (self);
}

gboolean
barua_export_request_uses_password (const BaruaExportRequest *self)
{
  return self->account->method == BARUA_METHOD_APP_PASSWORD;
}

gboolean
barua_export_request_uses_token (const BaruaExportRequest *self)
{
  return self->account->method == BARUA_METHOD_OAUTH ||
         self->account->method == BARUA_METHOD_ONLINE_ACCOUNT;
}

const char *
barua_export_request_get_name (const BaruaExportRequest *self)
{
  const char *name = self->account->name;

  return name != NULL && *name != '\0' ? name : self->account->address;
}

char *
barua_export_request_dup_key (const BaruaExportRequest *self)
{
  const char *address = self->account->address;
  g_autoptr (GString) key = g_string_new ("gmail-");
  gsize length = g_str_has_suffix (address, "@gmail.com")
                   ? strlen (address) - strlen ("@gmail.com")
                   : strlen (address);

  for (gsize i = 0; i < length; i++)
    g_string_append_c (key,
                       g_ascii_isalnum (address[i]) ? g_ascii_tolower (address[i]) : '-');
  return g_string_free (g_steal_pointer (&key), FALSE);
}

/* RFC 9562, 5.5, with the name space for URLs. */
char *
barua_export_request_dup_uuid (const BaruaExportRequest *self, const char *part)
{
  static const guint8 URL_SPACE[] = { 0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                      0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8 };
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *name = g_strdup_printf ("mailto:%s#%s", self->account->address, part);
  guint8 digest[20] = { 0 };
  gsize length = sizeof digest;
  g_autoptr (GString) uuid = g_string_new (NULL);

  g_checksum_update (sum, URL_SPACE, sizeof URL_SPACE);
  g_checksum_update (sum, (const guchar *) name, -1);
  g_checksum_get_digest (sum, digest, &length);
  digest[6] = (guint8) ((digest[6] & 0x0f) | 0x50);
  digest[8] = (guint8) ((digest[8] & 0x3f) | 0x80);
  for (gsize i = 0; i < 16; i++)
    g_string_append_printf (uuid, "%s%02X",
                            i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", digest[i]);
  return g_string_free (g_steal_pointer (&uuid), FALSE);
}

char *
barua_export_request_dup_label (const BaruaExportRequest *self)
{
  return g_strdup (self->account->address);
}

char *
barua_export_request_dup_raw_folder (const BaruaExportRequest *self,
                                     const char *attribute)
{
  const BaruaFolder *folder = barua_folders_find (self->folders, attribute);

  return folder != NULL ? g_strdup (folder->name) : NULL;
}

char *
barua_export_request_dup_folder (const BaruaExportRequest *self, const char *attribute)
{
  const BaruaFolder *folder = barua_folders_find (self->folders, attribute);
  char *title = folder != NULL ? barua_folder_dup_title (folder->name) : NULL;

  if (title != NULL && folder->separator != '\0')
    g_strdelimit (title, (char[]){ folder->separator, '\0' }, '/');
  return title;
}

char *
barua_export_request_dup_url_login (const BaruaExportRequest *self)
{
  return g_uri_escape_string (self->account->address, NULL, FALSE);
}

char **
barua_export_request_list_command (const BaruaExportRequest *self)
{
  const char *word = NULL;
  char **words = NULL;

  if (barua_export_request_uses_password (self))
    word = "password";
  else if (barua_export_request_uses_token (self))
    word = "token";
  else
    return NULL;
  words = g_new0 (char *, 4);
  words[0] = g_strdup (self->program);
  words[1] = g_strdup (word);
  words[2] = g_strdup (self->account->address);
  return words;
}

static gboolean
is_plain (const char *word)
{
  return strspn (word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                       "0123456789@%+=:,./_-") == strlen (word) &&
         *word != '\0';
}

char *
barua_export_request_dup_command (const BaruaExportRequest *self)
{
  g_auto (GStrv) words = barua_export_request_list_command (self);

  if (words == NULL)
    return NULL;
  for (gsize i = 0; words[i] != NULL; i++)
    if (!is_plain (words[i]))
      {
        g_autofree char *word = words[i];

        words[i] = g_shell_quote (word);
      }
  return g_strjoinv (" ", words);
}

char *
barua_export_request_dup_tunnel (const BaruaExportRequest *self)
{
  if (self->incoming->protocol != BARUA_PROTOCOL_IMAP ||
      self->account->method == BARUA_METHOD_NONE || !is_plain (self->program))
    return NULL;
  return g_strconcat (self->program, " tunnel imap ", self->account->address, NULL);
}

void
barua_export_secrets_clear (BaruaExportSecrets *self)
{
  g_clear_pointer (&self->app_password, barua_secret_unref);
  g_clear_pointer (&self->access_token, barua_secret_unref);
  g_clear_pointer (&self->refresh_token, barua_secret_unref);
  g_clear_pointer (&self->client_secret, barua_secret_unref);
}
