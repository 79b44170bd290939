#include "config.h"

#include "export/thunderbird-vault.h"

#include "base/file.h"
#include "export/error.h"
#include "export/thunderbird-logins.h"
#include "export/thunderbird-nss.h"

#include <glib/gstdio.h>
#include <nss.h>
#include <pk11pub.h>
#include <pk11sdr.h>
#include <secitem.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT (1795328726000)
#define PASSWORD "abcdefghijklmnop"
#define FILE_MAX_BYTES (16 * 1024 * 1024)

/* What a profile's key4.db is like before. */
typedef enum
{
  KEY_NONE,
  KEY_EMPTY,
  KEY_3DES,
  KEY_AES,
  KEY_PRIMARY,
} Key;

static void
write_file (const char *folder, const char *name, const char *text, gssize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, length, NULL));
}

static GBytes *
read_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gsize length = 0;
  char *bytes = barua_file_read (path, FILE_MAX_BYTES, &length, NULL);

  return bytes != NULL ? g_bytes_new_take (bytes, length) : NULL;
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* As Thunderbird 153 makes it: a token key of 256 bits under the name for passwords. */
static void
make_aes_key (PK11SlotInfo *slot)
{
  guint8 name[] = { 0xf8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
  SECItem id = { siBuffer, name, sizeof name };
  PK11SymKey *key =
    PK11_TokenKeyGenWithFlags (slot, CKM_AES_KEY_GEN, NULL, 32, &id,
                               CKF_ENCRYPT | CKF_DECRYPT, PK11_ATTR_TOKEN, NULL);

  g_assert_nonnull (key);
  PK11_FreeSymKey (key);
}

static void
make_key (const char *folder, Key kind)
{
  g_autofree char *where = g_strconcat ("sql:", folder, NULL);
  NSSInitContext *context = NULL;
  PK11SlotInfo *slot = NULL;
  guint8 plain[] = "x";
  SECItem id = { siBuffer, NULL, 0 };
  SECItem in = { siBuffer, plain, 1 };
  SECItem out = { siBuffer, NULL, 0 };

  if (kind == KEY_NONE)
    return;
  context = NSS_InitContext (where, "", "", "", NULL, NSS_INIT_NOROOTINIT);
  g_assert_nonnull (context);
  slot = PK11_GetInternalKeySlot ();
  g_assert_cmpint (PK11_InitPin (slot, NULL, kind == KEY_PRIMARY ? "primary" : ""), ==,
                   SECSuccess);
  if (kind == KEY_AES)
    make_aes_key (slot);
  if (kind == KEY_3DES)
    {
      g_assert_cmpint (PK11SDR_Encrypt (&id, &in, &out, NULL), ==, SECSuccess);
      SECITEM_FreeItem (&out, PR_FALSE);
    }
  PK11_FreeSlot (slot);
  g_assert_cmpint (NSS_ShutdownContext (context), ==, SECSuccess);
}

static char *
make_profile (Key kind, const char *logins)
{
  char *folder = g_dir_make_tmp ("barua-vault-XXXXXX", NULL);

  g_assert_nonnull (folder);
  make_key (folder, kind);
  if (logins != NULL)
    write_file (folder, "logins.json", logins, -1);
  return folder;
}

static gboolean
put (const char *folder, const char *password, BaruaVaultFiles *files, GError **error)
{
  g_autoptr (BaruaSecret) secret = barua_secret_new (password, -1);
  const BaruaVaultEntry entries[] = {
    { "imap://imap.gmail.com", "zoe@gmail.com", secret },
    { "smtp://smtp.gmail.com", "zoe@gmail.com", secret },
  };

  return barua_thunderbird_vault_put (folder, entries, G_N_ELEMENTS (entries), NOW, files,
                                      error);
}

static void
store (const char *folder, const BaruaVaultFiles *files)
{
  write_file (folder, "key4.db", g_bytes_get_data (files->key, NULL),
              (gssize) g_bytes_get_size (files->key));
  write_file (folder, "logins.json", g_bytes_get_data (files->logins, NULL),
              (gssize) g_bytes_get_size (files->logins));
}

/* The password for an origin, as Thunderbird reads it. */
static char *
look_up (const char *folder, const char *origin, const char *user)
{
  g_autoptr (GBytes) text = read_file (folder, "logins.json");
  g_autoptr (BaruaLogins) logins = barua_logins_new (text);
  BaruaNss *nss = barua_nss_open (folder);
  char *found = NULL;

  g_assert_nonnull (nss);
  g_assert_true (barua_nss_unlock (nss));
  for (int at = barua_logins_next (logins, -1, origin); at >= 0;
       at = barua_logins_next (logins, at, origin))
    {
      g_autoptr (BaruaSecret) its_user =
        barua_nss_decrypt (nss, barua_logins_get_user (logins, at));
      g_autoptr (BaruaSecret) password =
        barua_nss_decrypt (nss, barua_logins_get_password (logins, at));

      if (its_user == NULL || strcmp (barua_secret_peek (its_user), user) != 0)
        continue;
      g_assert_null (found);
      g_assert_nonnull (password);
      found = g_strdup (barua_secret_peek (password));
    }
  barua_nss_close (nss);
  return found;
}

static void
expect (const char *folder, const char *origin, const char *password)
{
  g_autofree char *found = look_up (folder, origin, "zoe@gmail.com");

  g_assert_cmpstr (found, ==, password);
}

static void
expect_nowhere (const char *folder, const char *password)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GBytes) bytes = read_file (folder, name);

      g_assert_null (memmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                             password, strlen (password)));
    }
}

static const struct
{
  const char *description;
  Key kind;
  BaruaVaultState state;
} STORES[] = {
  { "no key yet", KEY_NONE, BARUA_VAULT_NEW },
  { "a database without a key", KEY_EMPTY, BARUA_VAULT_OPEN },
  { "an older key", KEY_3DES, BARUA_VAULT_OPEN },
  { "a key as it is made today", KEY_AES, BARUA_VAULT_OPEN },
};

static void
test_put (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (STORES); i++)
    {
      g_autofree char *folder = make_profile (STORES[i].kind, NULL);
      guint files_before = count_files (folder);
      g_auto (BaruaVaultFiles) files = { 0 };
      g_auto (BaruaVaultFiles) again = { 0 };
      g_auto (BaruaVaultFiles) changed = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", STORES[i].description);
      g_assert_cmpint (barua_thunderbird_vault_look (folder), ==, STORES[i].state);
      g_assert_true (put (folder, PASSWORD, &files, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (count_files (folder), ==, files_before);
      store (folder, &files);
      g_assert_cmpint (barua_thunderbird_vault_look (folder), ==, BARUA_VAULT_OPEN);
      expect (folder, "imap://imap.gmail.com", PASSWORD);
      expect (folder, "smtp://smtp.gmail.com", PASSWORD);
      expect_nowhere (folder, PASSWORD);

      g_assert_true (put (folder, PASSWORD, &again, &error));
      g_assert_true (g_bytes_equal (again.key, files.key));
      g_assert_true (g_bytes_equal (again.logins, files.logins));

      g_assert_true (put (folder, "Zoë's \"other\" password", &changed, &error));
      store (folder, &changed);
      expect (folder, "imap://imap.gmail.com", "Zoë's \"other\" password");
      remove_folder (folder);
    }
}

/* The key of a store that others have put something into stays as it is. */
static void
test_keep_key (void)
{
  const Key kinds[] = { KEY_3DES, KEY_AES };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *folder = make_profile (kinds[i], NULL);
      g_autoptr (GBytes) before = read_file (folder, "key4.db");
      g_auto (BaruaVaultFiles) files = { 0 };

      g_assert_true (put (folder, PASSWORD, &files, NULL));
      g_assert_true (g_bytes_equal (files.key, before));
      remove_folder (folder);
    }
}

static void
test_lengths (void)
{
  const Key kinds[] = { KEY_3DES, KEY_AES };

  const gsize lengths[] = { 1, 15, 16, 17, 300 };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds) * G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *folder = make_profile (kinds[i % 2], NULL);
      g_autofree char *password = g_strnfill (lengths[i / 2], 'p');
      g_auto (BaruaVaultFiles) files = { 0 };

      g_assert_true (put (folder, password, &files, NULL));
      store (folder, &files);
      expect (folder, "imap://imap.gmail.com", password);
      remove_folder (folder);
    }
}

static void
test_keep_others (void)
{
  const char *logins =
    "{\"nextId\":2,\"logins\":[{\"id\":7,\"hostname\":\"imap://imap.gmail.com\","
    "\"httpRealm\":\"imap://imap.gmail.com\",\"encryptedUsername\":\"AAAA\","
    "\"encryptedPassword\":\"AAAA\",\"unknown\":[1,{\"a\":null}]},{\"odd\":true},"
    "\"odder\"],"
    "\"more\":\"Zoë\",\"version\":3}";
  g_autofree char *folder = make_profile (KEY_3DES, logins);
  g_auto (BaruaVaultFiles) files = { 0 };
  const char *after = NULL;

  g_assert_true (put (folder, PASSWORD, &files, NULL));
  after = g_bytes_get_data (files.logins, NULL);
  g_assert_true (g_str_has_prefix (
    after, "{\"nextId\":10,\"logins\":[{\"id\":7,\"hostname\":\"imap://imap.gmail.com\","
           "\"httpRealm\":\"imap://imap.gmail.com\",\"encryptedUsername\":\"AAAA\","
           "\"encryptedPassword\":\"AAAA\",\"unknown\":[1,{\"a\":null}]},{\"odd\":true},"
           "\"odder\",{\"id\":8,"));
  g_assert_nonnull (g_strstr_len (after, (gssize) g_bytes_get_size (files.logins),
                                  "\"more\":\"Zoë\",\"version\":3}"));
  store (folder, &files);
  expect (folder, "imap://imap.gmail.com", PASSWORD);
  remove_folder (folder);
}

static void
test_primary_password (void)
{
  g_autofree char *folder = make_profile (KEY_PRIMARY, NULL);
  g_auto (BaruaVaultFiles) files = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (barua_thunderbird_vault_look (folder), ==, BARUA_VAULT_LOCKED);
  g_assert_false (put (folder, PASSWORD, &files, &error));
  g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_LOCKED);
  g_assert_null (files.key);
  g_assert_null (files.logins);
  remove_folder (folder);
}

static const struct
{
  const char *description;
  const char *key;
  const char *logins;
} DAMAGED[] = {
  { "escapes that JSON has not", NULL, "{\"logins\":[],\"\\666\":1}" },
  { "a number that is too large", NULL, "{\"logins\":[],\"a\":[2.5e3666]}" },
  { "no JSON", NULL, "nothing" },
  { "half of it", NULL, "{\"logins\": [" },
  { "no list", NULL, "{\"version\": 3}" },
  { "another kind of list", NULL, "{\"logins\": {}}" },
  { "a list alone", NULL, "[]" },
  { "no UTF-8", NULL, "{\"logins\": [\"\xff\"]}" },
  { "no database", "this is no database at all, but it is long enough for a head", "" },
};

static void
test_damaged (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (DAMAGED); i++)
    {
      g_autofree char *folder = make_profile (KEY_NONE, DAMAGED[i].logins);
      g_auto (BaruaVaultFiles) files = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", DAMAGED[i].description);
      if (DAMAGED[i].key != NULL)
        write_file (folder, "key4.db", DAMAGED[i].key, -1);
      g_assert_cmpint (barua_thunderbird_vault_look (folder), ==, BARUA_VAULT_DAMAGED);
      g_assert_false (put (folder, PASSWORD, &files, &error));
      g_assert_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_STORE);
      g_assert_null (files.key);
      remove_folder (folder);
    }
}

static void
test_no_folder (void)
{
  g_auto (BaruaVaultFiles) files = { 0 };

  g_assert_cmpint (barua_thunderbird_vault_look ("/nowhere/at/all"), ==, BARUA_VAULT_NEW);
  g_assert_true (put ("/nowhere/at/all", PASSWORD, &files, NULL));
  g_assert_nonnull (files.key);
}

static gpointer
put_in_thread (gpointer data)
{
  for (guint round = 0; round < 4; round++)
    {
      g_auto (BaruaVaultFiles) files = { 0 };

      g_assert_true (put (data, PASSWORD, &files, NULL));
      g_assert_cmpint (barua_thunderbird_vault_look (data), ==, BARUA_VAULT_OPEN);
    }
  return NULL;
}

static void
test_threads (void)
{
  g_autofree char *one = make_profile (KEY_3DES, NULL);
  g_autofree char *two = make_profile (KEY_AES, NULL);
  GThread *first = g_thread_new ("one", put_in_thread, one);
  GThread *second = g_thread_new ("two", put_in_thread, two);

  g_thread_join (first);
  g_thread_join (second);
  remove_folder (one);
  remove_folder (two);
}

int
main (int argc, char **argv)
{
  g_autofree char *session = g_dir_make_tmp ("barua-session-XXXXXX", NULL);
  int status = 0;

  g_assert_true (g_setenv ("XDG_RUNTIME_DIR", session, TRUE));
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/thunderbird-vault/put", test_put);
  g_test_add_func ("/thunderbird-vault/keep-key", test_keep_key);
  g_test_add_func ("/thunderbird-vault/lengths", test_lengths);
  g_test_add_func ("/thunderbird-vault/keep-others", test_keep_others);
  g_test_add_func ("/thunderbird-vault/primary-password", test_primary_password);
  g_test_add_func ("/thunderbird-vault/damaged", test_damaged);
  g_test_add_func ("/thunderbird-vault/no-folder", test_no_folder);
  g_test_add_func ("/thunderbird-vault/threads", test_threads);
  status = g_test_run ();
  /* The copies of keys are gone. */
  g_assert_cmpuint (count_files (session), ==, 0);
  remove_folder (session);
  return status;
}
