#include "config.h"

#include "credentials/accounts.h"

#include "base/file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define FILE_MODE 0600
#define FILE_MAX (1024 * 1024)
#define LOCK_MS 2000

struct _BaruaAccounts
{
  GKeyFile *file;
  gboolean damaged;
};

char *
barua_accounts_dup_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "barua", "accounts.ini", NULL);
}

/* Whether a line means something, after at least one group. */
static gboolean
is_whole (const char *line)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  if (!g_utf8_validate (line, -1, NULL))
    return FALSE;
  text = g_strconcat (g_str_has_prefix (line, "[") ? "" : "[a]\n", line, "\n", NULL);
  return g_key_file_load_from_data (file, text, (gsize) -1, G_KEY_FILE_KEEP_COMMENTS,
                                    NULL);
}

/* GKeyFile takes a file whole or not at all: what it would stumble over is left out. */
static char *
leave_out_damage (const char *text, gsize length, gboolean *damaged)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean in_group = FALSE;
  gsize start = 0;

  while (start < length)
    {
      const char *end = memchr (text + start, '\n', length - start);
      gsize size = end != NULL ? (gsize) (end - text) - start : length - start;
      g_autofree char *line = g_strndup (text + start, size);

      gboolean whole = strlen (line) == size && is_whole (line);

      start += size + 1;
      /* What follows a broken name of a group belongs to nobody. */
      if (line[0] == '[')
        in_group = whole;
      if (whole && (in_group || line[0] == '#' || line[0] == '\0'))
        g_string_append_printf (out, "%s\n", line);
      else
        *damaged = TRUE;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static BaruaAccounts *
parse (const char *text, gsize length)
{
  BaruaAccounts *self = g_new0 (BaruaAccounts, 1);
  g_autofree char *whole = leave_out_damage (text, length, &self->damaged);

  self->file = g_key_file_new ();
  if (whole[0] != '\0' &&
      !g_key_file_load_from_data (self->file, whole, (gsize) -1,
                                  G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS,
                                  NULL))
    self->damaged = TRUE;
  return self;
}

BaruaAccounts *
barua_accounts_load (const char *path, GError **error)
{
  g_autoptr (GError) why = NULL;
  gsize length = 0;
  g_autofree char *text = barua_file_read (path, FILE_MAX, &length, &why);

  if (text == NULL && !g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
  return parse (text != NULL ? text : "", length);
}

void
barua_accounts_free (BaruaAccounts *self)
{
  if (self == NULL)
    return;
  g_key_file_unref (self->file);
  g_free (self);
}

gboolean
barua_accounts_is_damaged (const BaruaAccounts *self)
{
  return self->damaged;
}

static char *
dup_text (const BaruaAccounts *self, const char *address, const char *key)
{
  g_autofree char *text = g_key_file_get_string (self->file, address, key, NULL);

  return text != NULL && text[0] != '\0' ? g_steal_pointer (&text) : NULL;
}

/* Times are kept as people read them: ISO 8601, in UTC. */
static gint64
get_time (const BaruaAccounts *self, const char *address, const char *key)
{
  g_autofree char *text = dup_text (self, address, key);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time =
    text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  return time != NULL ? MAX (g_date_time_to_unix (time), 0) : 0;
}

BaruaAccount *
barua_accounts_find (const BaruaAccounts *self, const char *address)
{
  g_autofree char *method = NULL;
  BaruaAccount *account = NULL;

  if (!g_key_file_has_group (self->file, address) || strchr (address, '@') == NULL)
    return NULL;
  account = barua_account_new (address);
  account->name = dup_text (self, address, "name");
  method = dup_text (self, address, "method");
  if (method != NULL)
    (void) barua_method_from_id (method, &account->method);
  account->online_id = dup_text (self, address, "online-account");
  account->client_id = dup_text (self, address, "client-id");
  account->last_check = get_time (self, address, "last-check");
  account->last_cause = dup_text (self, address, "last-cause");
  account->token_ends = get_time (self, address, "token-ends");
  return account;
}

GPtrArray *
barua_accounts_list (const BaruaAccounts *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) barua_account_free);
  g_auto (GStrv) groups = g_key_file_get_groups (self->file, NULL);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      BaruaAccount *account = barua_accounts_find (self, groups[i]);

      if (account != NULL)
        g_ptr_array_add (list, account);
    }
  return list;
}

static void
put_text (BaruaAccounts *self, const char *address, const char *key, const char *text)
{
  if (text != NULL && text[0] != '\0')
    g_key_file_set_string (self->file, address, key, text);
  else
    (void) g_key_file_remove_key (self->file, address, key, NULL);
}

static void
put_time (BaruaAccounts *self, const char *address, const char *key, gint64 time)
{
  g_autoptr (GDateTime) moment = time > 0 ? g_date_time_new_from_unix_utc (time) : NULL;
  g_autofree char *text = moment != NULL ? g_date_time_format_iso8601 (moment) : NULL;

  put_text (self, address, key, text);
}

void
barua_accounts_put (BaruaAccounts *self, const BaruaAccount *account)
{
  put_text (self, account->address, "method", barua_method_get_id (account->method));
  put_text (self, account->address, "name", account->name);
  put_text (self, account->address, "online-account", account->online_id);
  put_text (self, account->address, "client-id", account->client_id);
  put_time (self, account->address, "last-check", account->last_check);
  put_text (self, account->address, "last-cause", account->last_cause);
  put_time (self, account->address, "token-ends", account->token_ends);
}

gboolean
barua_accounts_remove (BaruaAccounts *self, const char *address)
{
  return g_key_file_remove_group (self->file, address, NULL);
}

/* An older one that was put aside stays, under its own name. */
static gboolean
put_aside (const char *path, GError **error)
{
  gsize length = 0;
  g_autofree char *text = barua_file_read (path, FILE_MAX, &length, error);
  g_autofree char *aside = NULL;
  guint number = 1;

  if (text == NULL)
    return FALSE;
  aside = g_strconcat (path, ".damaged", NULL);
  while (g_file_test (aside, G_FILE_TEST_EXISTS))
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.damaged-%u", path, ++number);
    }
  return barua_file_write (aside, text, length, FILE_MODE, error);
}

static gboolean
change_locked (const char *path,
               BaruaAccountsChange change,
               gpointer user_data,
               GError **error)
{
  g_autoptr (BaruaAccounts) accounts = barua_accounts_load (path, error);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (accounts == NULL)
    return FALSE;
  if (!change (accounts, user_data))
    return TRUE;
  if (accounts->damaged && !put_aside (path, error))
    return FALSE;
  text = g_key_file_to_data (accounts->file, &length, NULL);
  return barua_file_write (path, text, length, FILE_MODE, error);
}

gboolean
barua_accounts_change (const char *path,
                       BaruaAccountsChange change,
                       gpointer user_data,
                       GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean changed = FALSE;
  int lock = -1;

  if (!barua_file_make_folder (folder, error))
    return FALSE;
  lock = barua_file_lock (folder, LOCK_MS, error);
  if (lock < 0)
    return FALSE;
  changed = change_locked (path, change, user_data, error);
  (void) close (lock);
  return changed;
}
