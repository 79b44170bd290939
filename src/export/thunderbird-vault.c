#include "config.h"

#include "export/thunderbird-vault.h"

#include "base/file.h"
#include "export/error.h"
#include "export/thunderbird-logins.h"
#include "export/thunderbird-nss.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#define KEY_FILE "key4.db"
#define LOGINS_FILE "logins.json"
#define MODE_PRIVATE 0600

/* NSS has one state for the whole process. */
static GMutex one_at_a_time;

static GBytes *
read_bytes (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  bytes = barua_file_read (path, BARUA_EXPORT_FILE_MAX, &length, NULL);
  return bytes != NULL ? g_bytes_new_take (g_steal_pointer (&bytes), length) : NULL;
}

static gboolean
is_there (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      (void) g_unlink (path);
    }
  (void) g_rmdir (folder);
}

static gboolean
copy_key (GBytes *key, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, KEY_FILE, NULL);
  gsize length = 0;
  const char *bytes = NULL;

  if (key == NULL)
    return TRUE;
  bytes = g_bytes_get_data (key, &length);
  return barua_file_write (path, bytes, length, MODE_PRIVATE, NULL);
}

/* In memory where there is a folder for the session: without a primary password, nothing
 * protects the key. */
static char *
make_folder (void)
{
  char *folder = g_build_filename (g_get_user_runtime_dir (), "barua-XXXXXX", NULL);

  if (g_mkdtemp (folder) != NULL)
    return folder;
  g_free (folder);
  return g_dir_make_tmp ("barua-XXXXXX", NULL);
}

/* NSS opens a key only together with files beside it, which it makes: never among the
 * person's own. */
static char *
make_private (GBytes *key)
{
  g_autofree char *private = make_folder ();

  if (private == NULL || copy_key (key, private))
    return g_steal_pointer (&private);
  remove_folder (private);
  return NULL;
}

static BaruaVaultState
look_at_key (GBytes *key)
{
  g_autofree char *private = make_private (key);
  BaruaVaultState state = BARUA_VAULT_DAMAGED;
  BaruaNss *nss = NULL;

  if (private == NULL)
    return state;
  g_mutex_lock (&one_at_a_time);
  nss = barua_nss_open (private);
  if (nss != NULL)
    {
      state = barua_nss_unlock (nss) ? BARUA_VAULT_OPEN : BARUA_VAULT_LOCKED;
      barua_nss_close (nss);
    }
  g_mutex_unlock (&one_at_a_time);
  remove_folder (private);
  return state;
}

BaruaVaultState
barua_thunderbird_vault_look (const char *folder)
{
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (BaruaLogins) logins = NULL;

  g_return_val_if_fail (folder != NULL, BARUA_VAULT_DAMAGED);

  key = read_bytes (folder, KEY_FILE);
  text = read_bytes (folder, LOGINS_FILE);
  logins = barua_logins_new (text);
  if (logins == NULL || (text == NULL && is_there (folder, LOGINS_FILE)) ||
      (key == NULL && is_there (folder, KEY_FILE)))
    return BARUA_VAULT_DAMAGED;
  return key != NULL ? look_at_key (key) : BARUA_VAULT_NEW;
}

static gboolean
fail (GError **error)
{
  g_set_error_literal (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_STORE,
                       _ ("Thunderbird’s store of passwords cannot be written. Start "
                          "Thunderbird once, close it, and try again."));
  return FALSE;
}

/* What is there already must stay as it is: TRUE then. */
static gboolean
has (const BaruaNss *nss, const BaruaLogins *logins, int at, const BaruaVaultEntry *entry)
{
  g_autoptr (BaruaSecret) password =
    at >= 0 ? barua_nss_decrypt (nss, barua_logins_get_password (logins, at)) : NULL;

  return password != NULL && barua_secret_equal (password, entry->password);
}

static int
find_login (const BaruaNss *nss, const BaruaLogins *logins, const BaruaVaultEntry *entry)
{
  for (int at = barua_logins_next (logins, -1, entry->origin); at >= 0;
       at = barua_logins_next (logins, at, entry->origin))
    {
      g_autoptr (BaruaSecret) user =
        barua_nss_decrypt (nss, barua_logins_get_user (logins, at));

      if (user != NULL && strcmp (barua_secret_peek (user), entry->user) == 0)
        return at;
    }
  return -1;
}

static gboolean
put_one (const BaruaNss *nss,
         BaruaLogins *logins,
         const BaruaVaultEntry *entry,
         gint64 now)
{
  int at = find_login (nss, logins, entry);
  g_autoptr (BaruaSecret) plain_user = barua_secret_new (entry->user, -1);
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;

  if (has (nss, logins, at, entry))
    return TRUE;
  user = barua_nss_encrypt (nss, plain_user);
  password = barua_nss_encrypt (nss, entry->password);
  if (user == NULL || password == NULL)
    return FALSE;
  barua_logins_put (logins, at, entry->origin, user, password, now);
  return TRUE;
}

typedef struct
{
  const BaruaVaultEntry *entries;
  gsize n_entries;
  gint64 now;
} Wish;

static gboolean
put_all (const char *folder, const Wish *wish, BaruaLogins *logins, GError **error)
{
  BaruaNss *nss = barua_nss_open (folder);
  gboolean done = TRUE;

  if (nss == NULL)
    return fail (error);
  if (!barua_nss_unlock (nss))
    {
      barua_nss_close (nss);
      g_set_error_literal (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_LOCKED,
                           _ ("Thunderbird protects its passwords with a primary "
                              "password. It asks for the app password by itself."));
      return FALSE;
    }
  for (gsize i = 0; done && i < wish->n_entries; i++)
    done = put_one (nss, logins, &wish->entries[i], wish->now);
  barua_nss_close (nss);
  return done || fail (error);
}

static gboolean
put_in (const char *private,
        GBytes *key_before,
        const Wish *wish,
        BaruaLogins *logins,
        GBytes **key,
        GError **error)
{
  g_autoptr (GBytes) key_after = NULL;

  if (!put_all (private, wish, logins, error))
    return FALSE;
  if (key_before != NULL && !barua_logins_has_changed (logins))
    key_after = g_bytes_ref (key_before);
  else
    key_after = read_bytes (private, KEY_FILE);
  if (key_after == NULL)
    return fail (error);
  *key = g_steal_pointer (&key_after);
  return TRUE;
}

gboolean
barua_thunderbird_vault_put (const char *folder,
                             const BaruaVaultEntry *entries,
                             gsize n_entries,
                             gint64 now,
                             BaruaVaultFiles *files,
                             GError **error)
{
  const Wish wish = { entries, n_entries, now };
  g_autoptr (GBytes) key_before = NULL;
  g_autoptr (GBytes) logins_before = NULL;
  g_autoptr (BaruaLogins) logins = NULL;
  g_autofree char *private = NULL;
  gboolean done = FALSE;

  g_return_val_if_fail (folder != NULL && entries != NULL && files != NULL, FALSE);

  key_before = read_bytes (folder, KEY_FILE);
  logins_before = read_bytes (folder, LOGINS_FILE);
  logins = barua_logins_new (logins_before);
  if (logins == NULL || (key_before == NULL && is_there (folder, KEY_FILE)) ||
      (logins_before == NULL && is_there (folder, LOGINS_FILE)))
    return fail (error);
  private = make_private (key_before);
  if (private == NULL)
    return fail (error);
  g_mutex_lock (&one_at_a_time);
  done = put_in (private, key_before, &wish, logins, &files->key, error);
  g_mutex_unlock (&one_at_a_time);
  remove_folder (private);
  if (done)
    files->logins = barua_logins_dup_bytes (logins);
  return done;
}

void
barua_vault_files_clear (BaruaVaultFiles *self)
{
  g_clear_pointer (&self->key, g_bytes_unref);
  g_clear_pointer (&self->logins, g_bytes_unref);
}
