#include "config.h"

#include "export/error.h"
#include "export/exporters.h"
#include "support/export-case.h"

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "local-mail", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "starttls", .method = BARUA_METHOD_APP_PASSWORD, .starttls = TRUE },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "online", .method = BARUA_METHOD_ONLINE_ACCOUNT },
  { .name = "none", .no_folders = TRUE },
  { .name = "other-account", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "second-generation", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "second-generation-oauth", .method = BARUA_METHOD_OAUTH, .starttls = TRUE },
  { .name = "hand-written", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "tables", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "name-taken", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "network-line-ends", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "inline-table",
    .method = BARUA_METHOD_APP_PASSWORD,
    .error = 1 + BARUA_EXPORT_ERROR_UNREADABLE },
  { .name = "broken",
    .method = BARUA_METHOD_APP_PASSWORD,
    .error = 1 + BARUA_EXPORT_ERROR_UNREADABLE },
  { .name = "pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP,
    .error = 1 + BARUA_EXPORT_ERROR_UNSUPPORTED },
};

static void
test_has_account (void)
{
  static const struct
  {
    const char *description;
    const char *folder;
    const char *address;
    gboolean there;
  } ROWS[] = {
    { "nothing at all", "fresh", "zoe@gmail.com", FALSE },
    { "another account", "other-account", "zoe@gmail.com", FALSE },
    { "written by hand", "hand-written", "zoe@gmail.com", TRUE },
    { "known by its user name", "tables", "zoe@gmail.com", TRUE },
    { "cannot be read", "broken", "zoe@gmail.com", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *before = g_test_build_filename (G_TEST_DIST, "golden", "himalaya",
                                                       ROWS[i].folder, "before", NULL);
      BaruaHome *home = test_home_copy (before, NULL);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpint (barua_exporter_himalaya.has_account (home, ROWS[i].address), ==,
                       ROWS[i].there);
      test_home_remove (home);
    }
}

/* Another reader of TOML finds the same in what is written. */
static void
test_read_back (void)
{
  static const char READ[] =
    "import sys\n"
    "try:\n  import tomllib\n"
    "except ImportError:\n  sys.exit(77)\n"
    "for name in sys.argv[1:]:\n"
    "  text = open(name, encoding='utf-8').read()\n"
    "  start = text.index('\\n', text.index('== file')) + 1\n"
    "  end = text.find('\\n== ', start)\n"
    "  text = text[start:end + 1 if end > 0 else len(text)]\n"
    "  accounts = tomllib.loads(text)['accounts'].values()\n"
    "  found = [a for a in accounts if a.get('email') == 'zoe@gmail.com' and (\n"
    "           'imap' in a or 'gmail' in a['backend'].get('host', ''))]\n"
    "  assert len(found) == 1, name\n"
    "  new = 'imap' in found[0]\n"
    "  assert new == ('second' in name), name\n"
    "  host = found[0]['imap']['server'] if new else found[0]['backend']['host']\n"
    "  assert 'imap.gmail.com' in host, name\n";
  g_autoptr (GPtrArray) command = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *complaint = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_ptr_array_add (command, g_strdup ("python3"));
  g_ptr_array_add (command, g_strdup ("-c"));
  g_ptr_array_add (command, g_strdup (READ));
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    if (CASES[i].error == 0)
      g_ptr_array_add (command, g_test_build_filename (G_TEST_DIST, "golden", "himalaya",
                                                       CASES[i].name, "plan.txt", NULL));
  g_ptr_array_add (command, NULL);
  g_assert_true (g_spawn_sync (NULL, (char **) command->pdata, NULL, G_SPAWN_SEARCH_PATH,
                               NULL, NULL, NULL, &complaint, &status, &error));
  g_assert_no_error (error);
  if (g_spawn_check_wait_status (status, NULL))
    return;
  g_assert_cmpstr (complaint, ==, "");
  g_test_skip ("this Python has no tomllib");
}

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_himalaya, CASES, G_N_ELEMENTS (CASES));
  g_test_add_func ("/himalaya/has-account", test_has_account);
  g_test_add_func ("/himalaya/read-back", test_read_back);
  return g_test_run ();
}
