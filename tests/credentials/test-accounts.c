#include "config.h"

#include "credentials/accounts.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *home;
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  fixture->home = g_dir_make_tmp ("barua-accounts-XXXXXX", NULL);
  g_assert_nonnull (fixture->home);
  fixture->folder = g_build_filename (fixture->home, "barua", NULL);
  fixture->path = g_build_filename (fixture->folder, "accounts.ini", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      (void) g_remove (path);
    }
  (void) g_rmdir (fixture->folder);
  (void) g_rmdir (fixture->home);
  g_free (fixture->home);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gboolean
put (BaruaAccounts *accounts, gpointer user_data)
{
  barua_accounts_put (accounts, user_data);
  return TRUE;
}

static gboolean
leave (BaruaAccounts *accounts G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
  return FALSE;
}

static gboolean
drop (BaruaAccounts *accounts, gpointer user_data)
{
  return barua_accounts_remove (accounts, user_data);
}

static void
write_file (Fixture *fixture, const char *text, gssize length)
{
  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->path, text, length, NULL));
}

static char *
read_file (const char *path)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static BaruaAccounts *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  BaruaAccounts *accounts = barua_accounts_load (fixture->path, &error);

  g_assert_no_error (error);
  return accounts;
}

static void
test_keeps_all_facts (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  BaruaAccount facts = {
    .address = (char *) "zoe@gmail.com",
    .name = (char *) "Zoë “Z;=#”",
    .method = BARUA_METHOD_OAUTH,
    .online_id = (char *) "account_1_0",
    .client_id = (char *) "x.apps.googleusercontent.com",
    .last_check = 1700000000,
    .last_cause = (char *) "ok",
    .token_ends = 1700600000,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaAccounts) accounts = NULL;
  g_autoptr (BaruaAccount) found = NULL;
  g_autofree char *text = NULL;
  struct stat file;
  struct stat folder;

  g_assert_true (barua_accounts_change (fixture->path, put, &facts, &error));
  g_assert_no_error (error);
  accounts = load (fixture);
  g_assert_false (barua_accounts_is_damaged (accounts));
  found = barua_accounts_find (accounts, "zoe@gmail.com");
  g_assert_cmpstr (found->name, ==, facts.name);
  g_assert_cmpint (found->method, ==, facts.method);
  g_assert_cmpstr (found->online_id, ==, facts.online_id);
  g_assert_cmpstr (found->client_id, ==, facts.client_id);
  g_assert_cmpint (found->last_check, ==, facts.last_check);
  g_assert_cmpstr (found->last_cause, ==, facts.last_cause);
  g_assert_cmpint (found->token_ends, ==, facts.token_ends);
  g_assert_cmpint (stat (fixture->path, &file), ==, 0);
  g_assert_cmpint (stat (fixture->folder, &folder), ==, 0);
  g_assert_cmpint (file.st_mode & 07777, ==, 0600);
  g_assert_cmpint (folder.st_mode & 07777, ==, 0700);
  text = read_file (fixture->path);
  g_assert_nonnull (strstr (text, "last-check=2023-11-14T22:13:20Z\n"));
}

static void
test_none_yet (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaAccounts) accounts = load (fixture);
  g_autoptr (GPtrArray) list = barua_accounts_list (accounts);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (list->len, ==, 0);
  g_assert_false (barua_accounts_is_damaged (accounts));
  g_assert_null (barua_accounts_find (accounts, "zoe@gmail.com"));
  g_assert_true (barua_accounts_change (fixture->path, leave, NULL, &error));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_keeps_what_is_not_ours (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char BEFORE[] = "# mine\n"
                               "\n"
                               "[General]\n"
                               "version=9\n"
                               "\n"
                               "[zoe@gmail.com]\n"
                               "method=app-password\n"
                               "name=Zoë\n"
                               "# a later version's\n"
                               "colour=blue\n"
                               "\n"
                               "[joe@gmail.com]\n"
                               "method=telepathy\n";
  g_autoptr (BaruaAccount) account = barua_account_new ("zoe@gmail.com");
  g_autoptr (BaruaAccounts) accounts = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  write_file (fixture, BEFORE, -1);
  accounts = load (fixture);
  g_assert_false (barua_accounts_is_damaged (accounts));
  list = barua_accounts_list (accounts);
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((BaruaAccount *) list->pdata[0])->address, ==, "zoe@gmail.com");
  g_assert_cmpint (((BaruaAccount *) list->pdata[1])->method, ==, BARUA_METHOD_NONE);

  account->method = BARUA_METHOD_APP_PASSWORD;
  g_assert_true (barua_accounts_change (fixture->path, put, account, &error));
  text = read_file (fixture->path);
  g_assert_cmpstr (text, ==,
                   "# mine\n"
                   "\n"
                   "[General]\n"
                   "version=9\n"
                   "\n"
                   "[zoe@gmail.com]\n"
                   "method=app-password\n"
                   "# a later version's\n"
                   "colour=blue\n"
                   "\n"
                   "[joe@gmail.com]\n"
                   "method=telepathy\n");
}

static void
test_second_time_changes_nothing (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaAccount) account = barua_account_new ("zoe@gmail.com");
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  account->name = g_strdup ("Zoë");
  g_assert_true (barua_accounts_change (fixture->path, put, account, &error));
  first = read_file (fixture->path);
  g_assert_true (barua_accounts_change (fixture->path, put, account, &error));
  second = read_file (fixture->path);
  g_assert_cmpstr (first, ==, second);
}

static void
test_removes (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaAccounts) accounts = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;

  write_file (fixture, "[a@gmail.com]\nname=A\n[b@gmail.com]\nname=B\n", -1);
  g_assert_true (
    barua_accounts_change (fixture->path, drop, (gpointer) "a@gmail.com", &error));
  g_assert_true (
    barua_accounts_change (fixture->path, drop, (gpointer) "c@gmail.com", &error));
  accounts = load (fixture);
  list = barua_accounts_list (accounts);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (((BaruaAccount *) list->pdata[0])->name, ==, "B");
}

static void
test_survives_damage (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct
  {
    const char *description;
    const char *text;
    gssize length;
    const char *expected;
  } ROWS[] = {
    { "a line without a value", "[a@gmail.com]\nname=A\nnonsense\n", -1,
      "a@gmail.com A;" },
    { "no UTF-8", "[a@gmail.com]\nname=A\nx=\xff\n", -1, "a@gmail.com A;" },
    { "a NUL in the middle", "[a@gmail.com]\nname=A\nx=\0y\n[b@gmail.com]\nname=B\n", 47,
      "a@gmail.com A;b@gmail.com B;" },
    { "a key before any group", "name=X\n[a@gmail.com]\nname=A\n", -1, "a@gmail.com A;" },
    { "what follows a broken group is nobody's",
      "[a@gmail.com]\nname=A\n[b@gmail.com\nname=B\n[c@gmail.com]\nname=C\n", -1,
      "a@gmail.com A;c@gmail.com C;" },
    { "cut off in the middle", "[a@gmail.com]\nname=A\n[b@gm", -1, "a@gmail.com A;" },
    { "nothing but noise", "\x89PNG\r\n\x1a\n\xff\xff", -1, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaAccounts) accounts = NULL;
      g_autoptr (GPtrArray) list = NULL;
      g_autoptr (GString) seen = g_string_new (NULL);

      g_test_message ("%s", ROWS[i].description);
      write_file (fixture, ROWS[i].text, ROWS[i].length);
      accounts = load (fixture);
      g_assert_true (barua_accounts_is_damaged (accounts));
      list = barua_accounts_list (accounts);
      for (guint k = 0; k < list->len; k++)
        {
          BaruaAccount *account = list->pdata[k];

          g_string_append_printf (seen, "%s %s;", account->address, account->name);
        }
      g_assert_cmpstr (seen->str, ==, ROWS[i].expected);
    }
}

static void
test_puts_damage_aside (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaAccount) account = barua_account_new ("b@gmail.com");
  g_autofree char *first = g_strconcat (fixture->path, ".damaged", NULL);
  g_autofree char *second = g_strconcat (fixture->path, ".damaged-2", NULL);
  g_autofree char *was = NULL;
  g_autofree char *was_then = NULL;
  g_autofree char *now = NULL;
  g_autoptr (GError) error = NULL;

  write_file (fixture, "[a@gmail.com]\nname=A\nnonsense\n", -1);
  g_assert_true (barua_accounts_change (fixture->path, leave, NULL, &error));
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (barua_accounts_change (fixture->path, put, account, &error));
  g_assert_no_error (error);
  was = read_file (first);
  g_assert_cmpstr (was, ==, "[a@gmail.com]\nname=A\nnonsense\n");
  now = read_file (fixture->path);
  g_assert_cmpstr (now, ==, "[a@gmail.com]\nname=A\n\n[b@gmail.com]\nmethod=none\n");

  write_file (fixture, "more nonsense", -1);
  g_assert_true (barua_accounts_change (fixture->path, put, account, &error));
  was_then = read_file (second);
  g_assert_cmpstr (was_then, ==, "more nonsense");
}

static void
test_odd_values (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaAccounts) accounts = NULL;
  g_autoptr (BaruaAccount) account = NULL;

  write_file (
    fixture,
    "[a@gmail.com]\nname=\nlast-check=yesterday\ntoken-ends=1900-01-01T00:00:00Z\n", -1);
  accounts = load (fixture);
  account = barua_accounts_find (accounts, "a@gmail.com");
  g_assert_null (account->name);
  g_assert_cmpint (account->last_check, ==, 0);
  g_assert_cmpint (account->token_ends, ==, 0);
}

static void
test_cannot_read (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unchanged = NULL;
  g_autofree char *huge = g_strnfill (2 * 1024 * 1024, '#');
  g_autoptr (BaruaAccount) account = barua_account_new ("b@gmail.com");

  write_file (fixture, huge, -1);
  g_assert_null (barua_accounts_load (fixture->path, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_assert_false (barua_accounts_change (fixture->path, put, account, &unchanged));
  g_assert_error (unchanged, G_FILE_ERROR, G_FILE_ERROR_INVAL);
}

/* Many processes at once each add an account, and none of them is lost. */
static void
test_many_at_once (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  enum
  {
    N = 8
  };
  pid_t children[N];
  g_autoptr (BaruaAccounts) accounts = NULL;
  g_autoptr (GPtrArray) list = NULL;

  for (guint i = 0; i < N; i++)
    {
      g_autofree char *address = g_strdup_printf ("a%u@gmail.com", i);
      g_autoptr (BaruaAccount) account = barua_account_new (address);

      children[i] = fork ();
      g_assert_cmpint (children[i], >=, 0);
      if (children[i] == 0)
        _exit (barua_accounts_change (fixture->path, put, account, NULL) ? 0 : 1);
    }
  for (guint i = 0; i < N; i++)
    {
      int status = 0;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_cmpint (status, ==, 0);
    }
  accounts = load (fixture);
  list = barua_accounts_list (accounts);
  g_assert_cmpuint (list->len, ==, N);
}

static void
test_methods (void)
{
  BaruaMethod method = BARUA_METHOD_OAUTH;

  for (BaruaMethod i = BARUA_METHOD_NONE; i <= BARUA_METHOD_ONLINE_ACCOUNT; i++)
    {
      g_assert_true (barua_method_from_id (barua_method_get_id (i), &method));
      g_assert_cmpint (method, ==, i);
    }
  g_assert_false (barua_method_from_id ("OAuth", &method));
  g_assert_cmpint (method, ==, BARUA_METHOD_ONLINE_ACCOUNT);
}

static void
test_default_path (void)
{
  g_autofree char *path = barua_accounts_dup_path ();

  g_assert_true (g_str_has_prefix (path, g_get_user_data_dir ()));
  g_assert_true (g_str_has_suffix (path, "/barua/accounts.ini"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/credentials/accounts/facts", test_keeps_all_facts);
  ADD ("/credentials/accounts/none", test_none_yet);
  ADD ("/credentials/accounts/foreign", test_keeps_what_is_not_ours);
  ADD ("/credentials/accounts/idempotent", test_second_time_changes_nothing);
  ADD ("/credentials/accounts/remove", test_removes);
  ADD ("/credentials/accounts/damaged", test_survives_damage);
  ADD ("/credentials/accounts/damaged/aside", test_puts_damage_aside);
  ADD ("/credentials/accounts/odd", test_odd_values);
  ADD ("/credentials/accounts/unreadable", test_cannot_read);
  ADD ("/credentials/accounts/many", test_many_at_once);
  g_test_add_func ("/credentials/accounts/methods", test_methods);
  g_test_add_func ("/credentials/accounts/path", test_default_path);
  return g_test_run ();
}
