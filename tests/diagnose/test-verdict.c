#include "config.h"

#include "diagnose/verdict.h"

#include <string.h>

static void
test_is_told_with_the_name (void)
{
  g_autoptr (BaruaVerdict) self = barua_verdict_new ("tls-intercepted", 0.95);
  g_autofree char *plain = barua_verdict_dup_explanation (self);
  g_autofree char *named = NULL;

  g_assert_cmpstr (plain, ==, self->cause->explanation);
  barua_verdict_set_name (self, "Contoso Mail Shield\n100 %s Root");
  named = barua_verdict_dup_explanation (self);
  g_assert_nonnull (strstr (named, "“Contoso Mail Shield 100 %s Root”"));
  g_assert_cmpstr (barua_verdict_get_title (self), ==, self->cause->title);
}

static void
test_name_without_a_place_for_it (void)
{
  g_autoptr (BaruaVerdict) self = barua_verdict_new ("too-many-attempts", 1);
  g_autofree char *text = NULL;

  barua_verdict_set_name (self, "somebody");
  text = barua_verdict_dup_explanation (self);
  g_assert_cmpstr (text, ==, self->cause->explanation);
  barua_verdict_set_name (self, " \n ");
  g_assert_null (self->name);
  barua_verdict_set_name (self, NULL);
  g_assert_null (self->name);
}

static void
test_doubt_is_said (void)
{
  static const struct
  {
    const char *cause;
    double sure;
    gboolean doubt;
  } ROWS[] = {
    { "bad-credentials", 0.74, TRUE },
    { "bad-credentials", 0.75, FALSE },
    { "unknown", 0.2, FALSE },
    { "ok", 0.2, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaVerdict) self = barua_verdict_new (ROWS[i].cause, ROWS[i].sure);
      g_autofree char *text = barua_verdict_dup_explanation (self);

      g_assert_cmpint (strstr (text, "not certain") != NULL, ==, ROWS[i].doubt);
      g_assert_true (g_str_has_prefix (text, self->cause->explanation));
    }
}

static void
test_advice_comes_first (void)
{
  g_autoptr (BaruaVerdict) self = barua_verdict_new ("app-password-required", 1);
  guint n_steps = barua_verdict_get_n_steps (self);
  const char *url = NULL;

  g_assert_cmpstr (barua_verdict_get_step (self, 0, &url), ==,
                   self->cause->steps[0].text);
  g_assert_cmpstr (url, ==, self->cause->steps[0].url);
  self->advice = "Use port 465.";
  g_assert_cmpuint (barua_verdict_get_n_steps (self), ==, n_steps + 1);
  g_assert_cmpstr (barua_verdict_get_step (self, 0, &url), ==, "Use port 465.");
  g_assert_null (url);
  g_assert_cmpstr (barua_verdict_get_step (self, 1, NULL), ==,
                   self->cause->steps[0].text);
}

static gboolean
has_step (const BaruaVerdict *self, const char *words)
{
  for (guint i = 0; i < barua_verdict_get_n_steps (self); i++)
    if (strstr (barua_verdict_get_step (self, i, NULL), words) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_steps_of_a_check (void)
{
  g_autoptr (BaruaVerdict) pasted = barua_verdict_new ("connection-timeout", 1);
  g_autoptr (BaruaVerdict) checked = barua_verdict_new ("connection-timeout", 1);

  checked->checked = TRUE;
  g_assert_true (has_step (pasted, "Barua’s check"));
  g_assert_false (has_step (checked, "Barua’s check"));
  g_assert_true (has_step (checked, "another network"));
  g_assert_false (has_step (pasted, "another network"));
  checked->advice = "Use port 465.";
  g_assert_true (has_step (checked, "another network"));
  checked->advice_suffices = TRUE;
  g_assert_cmpuint (barua_verdict_get_n_steps (checked), ==, 1);
}

/* Whatever it was found by, there is something to do. */
static void
test_no_cause_without_steps (void)
{
  gsize n_causes = 0;
  const BaruaCause *causes = barua_causes (&n_causes);

  for (gsize i = 0; i < n_causes; i++)
    for (guint checked = 0; checked < 2; checked++)
      {
        g_autoptr (BaruaVerdict) self = barua_verdict_new (causes[i].id, 1);

        self->checked = checked == 1;
        g_test_message ("%s", causes[i].id);
        if (causes[i].severity != BARUA_SEVERITY_OK)
          g_assert_cmpuint (barua_verdict_get_n_steps (self), >=, 1);
        else
          g_assert_cmpuint (barua_verdict_get_n_steps (self), ==, 0);
      }
}

static void
test_evidence_is_harmless (void)
{
  g_autoptr (BaruaVerdict) self = barua_verdict_new ("unknown", 1);
  g_autofree char *endless = g_strnfill (5000, 'x');

  barua_verdict_add_evidence (self, NULL);
  barua_verdict_add_evidence (self, "  \n");
  g_assert_cmpuint (self->evidence->len, ==, 0);
  barua_verdict_add_evidence (self, "535 \033[31mno\xff ");
  barua_verdict_add_evidence (self, endless);
  g_assert_cmpuint (self->evidence->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (self->evidence, 0), ==, "535 \uFFFD[31mno\uFFFD");
  g_assert_cmpint (g_utf8_strlen (g_ptr_array_index (self->evidence, 1), -1), <=, 501);
}

static void
test_order (void)
{
  g_autoptr (BaruaVerdict) network = barua_verdict_new ("no-network", 0.5);
  g_autoptr (BaruaVerdict) slow = barua_verdict_new ("ipv6-broken", 1);
  g_autoptr (BaruaVerdict) surer = barua_verdict_new ("bad-credentials", 0.9);
  g_autoptr (BaruaVerdict) less = barua_verdict_new ("bad-credentials", 0.6);
  g_autoptr (BaruaVerdict) same = barua_verdict_ref (less);

  g_assert_cmpint (barua_verdict_compare (network, surer), <, 0);
  g_assert_cmpint (barua_verdict_compare (slow, less), >, 0);
  g_assert_cmpint (barua_verdict_compare (surer, less), <, 0);
  g_assert_cmpint (barua_verdict_compare (less, same), ==, 0);
  barua_verdict_set_service (less, BARUA_PROTOCOL_POP);
  g_assert_true (less->has_service && less->service == BARUA_PROTOCOL_POP);
  g_assert_true (barua_verdict_is (less, "bad-credentials"));
  g_assert_false (barua_verdict_is (less, "ok"));
  g_assert_false (barua_verdict_is (NULL, "ok"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/verdict/name", test_is_told_with_the_name);
  g_test_add_func ("/diagnose/verdict/no-place", test_name_without_a_place_for_it);
  g_test_add_func ("/diagnose/verdict/doubt", test_doubt_is_said);
  g_test_add_func ("/diagnose/verdict/advice", test_advice_comes_first);
  g_test_add_func ("/diagnose/verdict/checked", test_steps_of_a_check);
  g_test_add_func ("/diagnose/verdict/steps", test_no_cause_without_steps);
  g_test_add_func ("/diagnose/verdict/evidence", test_evidence_is_harmless);
  g_test_add_func ("/diagnose/verdict/order", test_order);
  return g_test_run ();
}
