#include "config.h"

#include "export/error.h"
#include "export/exporters.h"
#include "export/formats/elisp.h"
#include "support/export-case.h"

#include <string.h>

static const TestExportCase POSTFIX[] = {
  { .name = "fresh",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .apart = TRUE },
  { .name = "starttls",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP,
    .starttls = TRUE,
    .apart = TRUE },
  { .name = "debian",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .starttls = TRUE,
    .apart = TRUE },
  { .name = "other-relay",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .apart = TRUE },
  { .name = "by-hand",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .starttls = TRUE,
    .apart = TRUE },
  { .name = "oauth",
    .method = BARUA_METHOD_OAUTH,
    .incoming = BARUA_PROTOCOL_IMAP,
    .apart = TRUE },
  { .name = "nothing-kept", .incoming = BARUA_PROTOCOL_IMAP, .apart = TRUE },
  { .name = "no-place",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .error = BARUA_EXPORT_ERROR_NO_PLACE + 1 },
};

static const TestExportCase EXIM[] = {
  { .name = "fresh",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .apart = TRUE },
  { .name = "debian",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .starttls = TRUE,
    .apart = TRUE },
  { .name = "split",
    .method = BARUA_METHOD_NONE,
    .incoming = BARUA_PROTOCOL_IMAP,
    .apart = TRUE },
  { .name = "satellite",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .apart = TRUE },
  { .name = "by-hand",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .apart = TRUE,
    .error = BARUA_EXPORT_ERROR_UNREADABLE + 1 },
};

static const TestExportCase KMAIL[] = {
  { .name = "password",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "oauth",
    .method = BARUA_METHOD_OAUTH,
    .incoming = BARUA_PROTOCOL_IMAP,
    .starttls = TRUE },
  { .name = "pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP,
    .no_folders = TRUE },
  { .name = "pop-oauth",
    .method = BARUA_METHOD_OAUTH,
    .incoming = BARUA_PROTOCOL_POP,
    .no_folders = TRUE,
    .error = BARUA_EXPORT_ERROR_UNSUPPORTED + 1 },
};

static const TestExportCase EMACS[] = {
  { .name = "fresh",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "starttls",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .starttls = TRUE },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH, .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "nothing-kept", .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "one-file",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "newer-place",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "gnus-file",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "loaded-already",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP,
    .error = BARUA_EXPORT_ERROR_UNSUPPORTED + 1 },
};

static void
test_quote (void)
{
  static const struct
  {
    const char *text;
    const char *quoted;
  } rows[] = {
    { "", "\"\"" },
    { "Zoë \"Q\" O'Neil", "\"Zoë \\\"Q\\\" O'Neil\"" },
    { "a\\b", "\"a\\\\b\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *quoted = barua_elisp_quote (rows[i].text);

      g_assert_cmpstr (quoted, ==, rows[i].quoted);
    }
}

static void
test_fill (void)
{
  static const char *const names[] = { "a", "long", NULL };
  static const char *const values[] = { "@long@", "x" };
  static const struct
  {
    const char *what;
    const char *form;
    const char *filled;
  } rows[] = {
    { "a value is not looked at again", "(@a@)", "(@long@)" },
    { "places side by side", "@long@@long@", "xx" },
    { "an unknown place stays", "@b@a@", "@b@long@" },
    { "one mark", "a@b", "a@b" },
    { "nothing", "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *filled = barua_elisp_fill (rows[i].form, names, values);

      g_test_message ("%s", rows[i].what);
      g_assert_cmpstr (filled, ==, rows[i].filled);
    }
}

static void
test_has (void)
{
  static const struct
  {
    const char *what;
    const char *text;
    gboolean has;
  } rows[] = {
    { "alone", "(load \"x\")", TRUE },
    { "in the midst", "a\n  (load \"x\") ; why\nb", TRUE },
    { "in a comment", "; (load \"x\")\n", FALSE },
    { "behind code", "(a) ; (load \"x\")\n", FALSE },
    { "over two lines", "(load\n\"x\")", FALSE },
    { "nothing", "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].what);
      g_assert_cmpint (
        barua_elisp_has (rows[i].text, strlen (rows[i].text), "(load \"x\")"), ==,
        rows[i].has);
    }
}

static void
test_has_account (void)
{
  static const struct
  {
    const BaruaExporter *exporter;
    const char *name;
    const char *address;
    gboolean has;
  } rows[] = {
    { &barua_exporter_emacs, "loaded-already", "zoe@gmail.com", TRUE },
    { &barua_exporter_emacs, "loaded-already", "juma@gmail.com", FALSE },
    { &barua_exporter_emacs, "one-file", "zoe@gmail.com", FALSE },
    { &barua_exporter_emacs, "gnus-file", "zoe@gmail.com", TRUE },
    { &barua_exporter_postfix, "by-hand", "zoe@gmail.com", TRUE },
    { &barua_exporter_postfix, "other-relay", "zoe@gmail.com", FALSE },
    { &barua_exporter_postfix, "fresh", "zoe@gmail.com", FALSE },
    { &barua_exporter_exim, "debian", "zoe@gmail.com", FALSE },
    { &barua_exporter_exim, "split", "zoe@gmail.com", TRUE },
    { &barua_exporter_kmail, "password", "zoe@gmail.com", TRUE },
    { &barua_exporter_kmail, "password", "oe@gmail.com", FALSE },
    { &barua_exporter_kmail, "oauth", "zoe@gmail.com", FALSE },
    { &barua_exporter_isync, "by-hand", "zoe@gmail.com", TRUE },
    { &barua_exporter_isync, "other-accounts", "zoe@gmail.com", FALSE },
    { &barua_exporter_getmail, "by-hand", "zoe@gmail.com", TRUE },
    { &barua_exporter_getmail, "by-hand-pop", "zoe@gmail.com", TRUE },
    { &barua_exporter_getmail, "other-accounts", "zoe@gmail.com", FALSE },
    { &barua_exporter_offlineimap, "by-hand", "zoe@gmail.com", TRUE },
    { &barua_exporter_offlineimap, "other-accounts", "zoe@gmail.com", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *folder = g_test_build_filename (
        G_TEST_DIST, "golden", rows[i].exporter->id, rows[i].name, NULL);
      g_autofree char *before = g_build_filename (folder, "before", NULL);
      g_autofree char *root = g_build_filename (folder, "root", NULL);
      BaruaHome *home = test_home_copy (before, root);

      g_test_message ("%s %s", rows[i].exporter->id, rows[i].name);
      g_assert_cmpint (rows[i].exporter->has_account (home, rows[i].address), ==,
                       rows[i].has);
      test_home_remove (home);
    }
}

/* What the person has to type is not said to be there already. */
static void
test_by_hand (void)
{
  const TestExportCase kmail = { .name = "fresh", .incoming = BARUA_PROTOCOL_IMAP };
  g_autoptr (BaruaExportRequest) request = test_export_request_new (&kmail);
  g_autoptr (GError) error = NULL;
  BaruaHome *home = test_home_copy (NULL, NULL);
  g_autoptr (BaruaPlan) plan =
    barua_exporter_plan (&barua_exporter_kmail, request, home, &error);
  g_autoptr (BaruaPlan) nothing = barua_plan_new ("isync");

  g_assert_no_error (error);
  g_assert_true (plan->by_hand);
  g_assert_true (barua_plan_is_empty (plan));
  g_assert_nonnull (strstr (barua_plan_describe_nothing (plan), "typed"));
  g_assert_nonnull (strstr (barua_plan_describe_nothing (nothing), "already"));
  test_home_remove (home);
}

int
main (int argc, char *argv[])
{
  test_export_case_init (&argc, &argv);
  g_test_add_func ("/elisp/quote", test_quote);
  g_test_add_func ("/elisp/fill", test_fill);
  g_test_add_func ("/elisp/has", test_has);
  g_test_add_func ("/has-account", test_has_account);
  g_test_add_func ("/by-hand", test_by_hand);
  test_export_case_add (&barua_exporter_postfix, POSTFIX, G_N_ELEMENTS (POSTFIX));
  test_export_case_add (&barua_exporter_exim, EXIM, G_N_ELEMENTS (EXIM));
  test_export_case_add (&barua_exporter_kmail, KMAIL, G_N_ELEMENTS (KMAIL));
  test_export_case_add (&barua_exporter_emacs, EMACS, G_N_ELEMENTS (EMACS));
  return g_test_run ();
}
