#include "config.h"

#include "setup/hosting.h"

#include <string.h>

typedef struct
{
  const char *description;
  BaruaHostKind kind;
  const char *host;
  const char *keeper;
  const char *suggestion;
  int error;
  gboolean is_google;
  const char *title;
  const char *text;
} Row;

static const Row ROWS[] = {
  { "gmail.com", BARUA_HOST_GMAIL, NULL, NULL, NULL, -1, TRUE, NULL, NULL },
  { "Workspace", BARUA_HOST_WORKSPACE, "aspmx.l.google.com", NULL, NULL, -1, TRUE,
    "Google keeps the mail of example.com", NULL },
  { "Workspace behind a likely slip", BARUA_HOST_WORKSPACE, "aspmx.l.google.com", NULL,
    "gmail.com", -1, TRUE, "Google Workspace", NULL },
  { "a mail filter", BARUA_HOST_UNKNOWN, "mx.pphosted.com", "Proofpoint", NULL, -1, TRUE,
    "Proofpoint", "goes on as if it did" },
  { "no answer", BARUA_HOST_UNKNOWN, NULL, NULL, NULL, G_RESOLVER_ERROR_TEMPORARY_FAILURE,
    TRUE, "could not be found out", "goes on" },
  { "no answer for a likely slip", BARUA_HOST_UNKNOWN, NULL, NULL, "gmail.com",
    G_RESOLVER_ERROR_TEMPORARY_FAILURE, TRUE, "Did you mean zoe@gmail.com?", "goes on" },
  { "a slip that is somebody’s domain", BARUA_HOST_OTHER, "mx.parked.example", NULL,
    "gmail.com", -1, FALSE, "Did you mean zoe@gmail.com?", "“example.com”" },
  { "a slip that is nobody’s domain", BARUA_HOST_OTHER, NULL, NULL, "gmail.com",
    G_RESOLVER_ERROR_NOT_FOUND, FALSE, "Did you mean zoe@gmail.com?", "stopped there" },
  { "a firm that is known", BARUA_HOST_OTHER, "x.outlook.com", "Microsoft 365", NULL, -1,
    FALSE, "is kept by Microsoft 365", "the help of Microsoft 365" },
  { "somebody else", BARUA_HOST_OTHER, "mx.example.net", NULL, NULL, -1, FALSE,
    "is not kept by Google", "mx.example.net" },
  { "a null MX", BARUA_HOST_OTHER, NULL, NULL, NULL, -1, FALSE, "takes no mail",
    "spelled" },
  { "no such name", BARUA_HOST_OTHER, NULL, NULL, NULL, G_RESOLVER_ERROR_NOT_FOUND, FALSE,
    "Nobody keeps mail for example.com", "spelled" },
};

static void
assert_says (const char *text, const char *part)
{
  if (part == NULL)
    g_assert_null (text);
  else
    {
      g_assert_nonnull (text);
      g_assert_nonnull (strstr (text, part));
    }
}

static void
check_row (const Row *row)
{
  g_autoptr (BaruaAddress) address = barua_address_new ("zoe@example.com", NULL);
  g_autoptr (GError) error = NULL;
  BaruaMxAnswer mx = { row->kind, (char *) row->host, row->keeper };
  BaruaDiscovery discovery = { .kind = row->kind, .suggestion = row->suggestion };
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_autofree char *suggestion = NULL;

  g_test_message ("%s", row->description);
  if (row->error >= 0)
    error = g_error_new_literal (G_RESOLVER_ERROR, row->error, "no");
  else
    discovery.mx = &mx;
  discovery.error = error;
  title = barua_hosting_dup_title (address, &discovery);
  text = barua_hosting_dup_text (address, &discovery);
  suggestion = barua_hosting_dup_suggestion (address, &discovery);
  g_assert_cmpint (barua_hosting_is_google (&discovery), ==, row->is_google);
  assert_says (title, row->title);
  assert_says (text, row->text);
  g_assert_cmpstr (suggestion, ==,
                   row->suggestion != NULL && row->kind != BARUA_HOST_WORKSPACE
                     ? "zoe@gmail.com"
                     : NULL);
}

static void
test_situations (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    check_row (&ROWS[i]);
}

static void
test_nothing_known (void)
{
  g_autoptr (BaruaAddress) address = barua_address_new ("zoe@gmail.com", NULL);

  g_assert_true (barua_hosting_is_google (NULL));
  g_assert_null (barua_hosting_dup_title (address, NULL));
  g_assert_null (barua_hosting_dup_text (address, NULL));
  g_assert_null (barua_hosting_dup_suggestion (address, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/hosting/situations", test_situations);
  g_test_add_func ("/setup/hosting/nothing-known", test_nothing_known);
  return g_test_run ();
}
