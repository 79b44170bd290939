#include "config.h"

#include "ui/cards/card-text.h"
#include "ui/rows/account-text.h"
#include "ui/rows/address-text.h"
#include "ui/rows/check-text.h"
#include "ui/rows/keeping-text.h"
#include "ui/rows/password-text.h"
#include "ui/rows/program-text.h"
#include "ui/rows/service-text.h"
#include "ui/rows/ways.h"

#include "support/evidence-builder.h"

#include <string.h>

static void
assert_says (const char *description, const char *text, const char *part)
{
  if (part == NULL ? text != NULL : text == NULL || strstr (text, part) == NULL)
    g_error ("%s: “%s” does not hold “%s”", description, text, part);
}

static void
test_address (void)
{
  static const struct
  {
    const char *description;
    const char *typed;
    const char *text;
    const char *suggestion;
  } ROWS[] = {
    { "nothing", "", NULL, NULL },
    { "a bare name", "zoe", "zoe@gmail.com", NULL },
    { "half an address", "zoe@", NULL, NULL },
    { "half a domain", "zoe@gm", NULL, NULL },
    { "a whole address", "zoe@gmail.com", NULL, NULL },
    { "the other name", "zoe@googlemail.com", NULL, NULL },
    { "a slip", "zoe@gmial.com", "Did you mean", "zoe@gmail.com" },
    { "a slip at the end", "zoe@gmail.con", "Did you mean", "zoe@gmail.com" },
    { "somebody’s own domain", "zoe@mail.com", NULL, NULL },
    { "two addresses", "zoe@gmail.com, juma@gmail.com", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_auto (BaruaAddressHint) hint = barua_address_text_hint (ROWS[i].typed);

      assert_says (ROWS[i].description, hint.text, ROWS[i].text);
      g_assert_cmpstr (hint.suggestion, ==, ROWS[i].suggestion);
    }
}

static void
test_password (void)
{
  static const struct
  {
    const char *description;
    const char *typed;
    gboolean doubtful;
    const char *hint;
  } ROWS[] = {
    { "nothing", "", FALSE, "It has 16 letters" },
    { "one letter", "k", FALSE, "1 of the 16" },
    { "a group", "kqzv ", FALSE, "4 of the 16" },
    { "groups with blanks", "kqzv jxwy plmh g", FALSE, "13 of the 16" },
    { "groups with dashes", "kqzv-jxwy-", FALSE, "8 of the 16" },
    { "all in groups", "kqzv jxwy plmh gtrd", FALSE, "All 16 letters" },
    { "all at once", "kqzvjxwyplmhgtrd", FALSE, "All 16 letters" },
    { "one too many", "kqzvjxwyplmhgtrdx", TRUE, "does not look like an app password" },
    { "a password", "Correct-Horse-9", TRUE, "ordinary password" },
    { "a code", "123456", TRUE, "sends to a phone" },
    { "the beginning of a code", "12", TRUE, "does not look like" },
    { "a token", "ya29.a0AfH6SMBxxxxxxxxxxxxxxxxxxxxxxx", TRUE, "access token" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaSecret) typed = barua_secret_new (ROWS[i].typed, -1);
      g_autofree char *hint = barua_password_text_hint (typed);

      assert_says (ROWS[i].description, hint, ROWS[i].hint);
      g_assert_cmpint (barua_password_text_is_doubtful (typed), ==, ROWS[i].doubtful);
      /* What was typed is never part of what is said, and so never read out. */
      if (strlen (ROWS[i].typed) > 3)
        g_assert_null (strstr (hint, ROWS[i].typed));
    }
}

static void
test_ways (void)
{
  static const struct
  {
    const char *description;
    BaruaWaysFacts facts;
    const char *order;
  } ROWS[] = {
    { "nothing is known", { 0 }, "PBN" },
    { "a client", { .has_client = TRUE }, "BPN" },
    { "the desktop’s account", { .has_online = TRUE }, "OPBN" },
    { "both", { .has_client = TRUE, .has_online = TRUE }, "BOPN" },
    { "the desktop’s wants attention",
      { .has_online = TRUE, .online_attention = TRUE },
      "POBN" },
    { "signed in before", { .kept = BARUA_METHOD_APP_PASSWORD }, "KPBN" },
    { "everything",
      { .kept = BARUA_METHOD_OAUTH, .has_client = TRUE, .has_online = TRUE },
      "KBOPN" },
  };
  static const char LETTERS[] = "KBOPN";

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      BaruaWay ways[BARUA_N_WAYS];
      guint n_ways = barua_ways_list (&ROWS[i].facts, ways);
      g_autoptr (GString) order = g_string_new (NULL);

      for (guint j = 0; j < n_ways; j++)
        {
          g_string_append_c (order, LETTERS[ways[j]]);
          assert_says (ROWS[i].description, barua_way_get_text (ways[j], &ROWS[i].facts),
                       ".");
          g_assert_nonnull (barua_way_get_title (ways[j]));
          g_assert_nonnull (barua_way_get_icon (ways[j]));
        }
      g_assert_cmpstr (order->str, ==, ROWS[i].order);
    }
  g_assert_true (barua_way_needs_keyring (BARUA_WAY_PASSWORD));
  g_assert_true (barua_way_needs_keyring (BARUA_WAY_BROWSER));
  g_assert_false (barua_way_needs_keyring (BARUA_WAY_ONLINE));
  g_assert_false (barua_way_needs_keyring (BARUA_WAY_NONE));
}

static void
test_keeping (void)
{
  g_assert_cmpint (
    barua_keeping_text_advise (BARUA_METHOD_APP_PASSWORD, BARUA_ACCEPTANCE_YES), ==,
    BARUA_KEEP_ADVICE_YES);
  g_assert_cmpint (
    barua_keeping_text_advise (BARUA_METHOD_APP_PASSWORD, BARUA_ACCEPTANCE_NO), ==,
    BARUA_KEEP_ADVICE_NO);
  g_assert_cmpint (
    barua_keeping_text_advise (BARUA_METHOD_APP_PASSWORD, BARUA_ACCEPTANCE_UNKNOWN), ==,
    BARUA_KEEP_ADVICE_ASK);
  /* Google vouches for what came through the browser. */
  g_assert_cmpint (
    barua_keeping_text_advise (BARUA_METHOD_OAUTH, BARUA_ACCEPTANCE_UNKNOWN), ==,
    BARUA_KEEP_ADVICE_YES);
  g_assert_cmpint (barua_keeping_text_advise (BARUA_METHOD_OAUTH, BARUA_ACCEPTANCE_NO),
                   ==, BARUA_KEEP_ADVICE_NO);
  assert_says ("kept", barua_keeping_text_where (BARUA_METHOD_APP_PASSWORD, TRUE),
               "in the keyring");
  assert_says ("not kept", barua_keeping_text_where (BARUA_METHOD_APP_PASSWORD, FALSE),
               "Nothing was kept");
}

static void
test_account (void)
{
  static const struct
  {
    const char *description;
    gint64 when;
    const char *cause;
    const char *text;
    const char *style;
  } ROWS[] = {
    { "never checked", 0, NULL, "not checked yet", NULL },
    { "checked, but nothing is known", 1790856000, "no-such-cause", "not checked yet",
      NULL },
    { "works, today", 1790856000, "ok", "works, today 12:00", "success" },
    { "works, before", 1790756000, "ok", "works, 09/30/26 08:13", "success" },
    { "refused", 1790856000, "bad-credentials", "Google did not accept", "error" },
    { "a warning", 1790856000, "ipv6-broken", "today 12:00", "warning" },
  };
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (1790860000);

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaAccount) account = barua_account_new ("zoe@gmail.com");
      g_autofree char *text = NULL;

      account->last_check = ROWS[i].when;
      account->last_cause = g_strdup (ROWS[i].cause);
      text = barua_account_text_state (account, now);
      assert_says (ROWS[i].description, text, ROWS[i].text);
      g_assert_cmpstr (barua_account_text_style (account), ==, ROWS[i].style);
      g_assert_nonnull (barua_account_text_icon (account));
    }
}

/* What a case comes to, as a check holds it. */
static BaruaDiagnosis *
diagnose (const char *script, TestCase **test_case)
{
  *test_case = test_case_new (script);
  return barua_diagnose (&(*test_case)->facts);
}

static void
test_service (void)
{
  static const struct
  {
    const char *description;
    const char *script;
    const char *outcome;
    const char *style;
  } ROWS[] = {
    { "answers", "all good", "answers · smtp.gmail.com", "success" },
    { "signed in", "all rehearsed", "works · smtp.gmail.com", "success" },
    { "not reached", "465 unreached timed-out; rest good", "not reached", "error" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      TestCase *test_case = NULL;
      g_autoptr (BaruaDiagnosis) diagnosis = diagnose (ROWS[i].script, &test_case);
      const BaruaServiceDiagnosis *first = diagnosis->services->pdata[0];
      g_autofree char *outcome = barua_service_text_outcome (first);
      g_autofree char *title = barua_service_text_title (&first->evidence->service);
      g_autoptr (GPtrArray) details = barua_service_text_details (first);

      assert_says (ROWS[i].description, outcome, ROWS[i].outcome);
      assert_says (ROWS[i].description, title, "Sending (SMTP, port 465)");
      g_assert_cmpstr (barua_service_text_style (first), ==, ROWS[i].style);
      g_assert_cmpuint (details->len, >, 0);
      test_case_free (test_case);
    }
}

static void
test_check (void)
{
  static const struct
  {
    const char *description;
    const char *script;
    gboolean is_well;
    guint n_remarks;
  } ROWS[] = {
    { "all is well", "all good", TRUE, 0 },
    { "one port is closed", "587 unreached timed-out; rest good", FALSE, 0 },
    { "nothing answers", "route none; all unnamed timed-out", FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      TestCase *test_case = NULL;
      g_autoptr (BaruaDiagnosis) diagnosis = diagnose (ROWS[i].script, &test_case);
      BaruaCheck check = { .diagnosis = diagnosis };
      g_autoptr (GPtrArray) remarks = barua_check_text_remarks (&check);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpint (barua_check_text_is_well (&check), ==, ROWS[i].is_well);
      g_assert_cmpuint (remarks->len, ==, ROWS[i].n_remarks);
      assert_says (ROWS[i].description, barua_check_text_heading (&check), ":");
      test_case_free (test_case);
    }
}

/* Severity is never told by a colour alone. */
static void
test_card (void)
{
  g_autoptr (BaruaVerdict) verdict = barua_verdict_new ("app-password-required", 0.9);
  g_autofree char *text = NULL;
  g_autofree char *host = barua_card_text_host ("https://myaccount.google.com/x?y=z");

  barua_verdict_add_evidence (verdict,
                              "535 5.7.8 Application-specific password required");
  text = barua_card_text_dup (verdict);
  assert_says ("its title", text, barua_verdict_get_title (verdict));
  assert_says ("its first step", text, "\n1. ");
  assert_says ("a page", text, "https://");
  assert_says ("the server’s words", text, "> 535 5.7.8");
  g_assert_cmpstr (host, ==, "myaccount.google.com");
  for (int i = BARUA_SEVERITY_OK; i <= BARUA_SEVERITY_ERROR; i++)
    for (int j = BARUA_SEVERITY_OK; j < i; j++)
      {
        g_assert_cmpstr (barua_card_text_icon (i), !=, barua_card_text_icon (j));
        g_assert_cmpstr (barua_card_text_severity (i), !=, barua_card_text_severity (j));
      }
}

static const BaruaExporter WINDOWED = {
  .id = "post",
  .name = "Post",
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_CLOSED | BARUA_EXPORTS_GRAPHICAL,
};

static BaruaProgram
make_program (BaruaPresence *presence, BaruaPlan *plan)
{
  presence->exporter = &WINDOWED;
  presence->kind = BARUA_PRESENCE_NATIVE;
  presence->version = (char *) "1:115.9-1~deb12u1";
  presence->desktop_id = (char *) "post.desktop";
  return (BaruaProgram){ .presence = presence, .plan = plan };
}

static void
test_program (void)
{
  BaruaPresence presence = { 0 };
  g_autoptr (BaruaPlan) plan = barua_plan_new ("post");
  BaruaProgram program = make_program (&presence, plan);
  g_autofree char *already = barua_program_text_subtitle (&program);
  g_autofree char *new = NULL;
  g_autofree char *closing = NULL;
  g_autofree char *asking = NULL;
  g_autofree char *knows = NULL;

  assert_says ("nothing to do", already, "115.9 · set up already");
  g_assert_false (barua_program_text_is_suggested (&program, "post.desktop", 1));
  barua_plan_write (plan, "/tmp/post.conf", "a", -1, BARUA_FILE_PRIVATE, "Set up Post.");
  new = barua_program_text_subtitle (&program);
  assert_says ("something to do", new, "115.9 · will ask nothing");
  g_assert_true (barua_program_text_is_suggested (&program, "post.desktop", 3));
  g_assert_true (barua_program_text_is_suggested (&program, NULL, 1));
  g_assert_false (barua_program_text_is_suggested (&program, "other.desktop", 2));
  presence.has_account = TRUE;
  knows = barua_program_text_subtitle (&program);
  assert_says ("knows it, not all", knows, "would be brought up to date");
  presence.has_account = FALSE;
  barua_plan_add_question (plan, "The password.");
  asking = barua_program_text_subtitle (&program);
  assert_says ("a question", asking, "will ask 1 thing");
  presence.running = TRUE;
  closing = barua_program_text_subtitle (&program);
  assert_says ("running", closing, "close it first");
  g_assert_true (barua_program_text_must_close (&program));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/texts/address", test_address);
  g_test_add_func ("/ui/texts/password", test_password);
  g_test_add_func ("/ui/texts/ways", test_ways);
  g_test_add_func ("/ui/texts/keeping", test_keeping);
  g_test_add_func ("/ui/texts/account", test_account);
  g_test_add_func ("/ui/texts/service", test_service);
  g_test_add_func ("/ui/texts/check", test_check);
  g_test_add_func ("/ui/texts/card", test_card);
  g_test_add_func ("/ui/texts/program", test_program);
  return g_test_run ();
}
