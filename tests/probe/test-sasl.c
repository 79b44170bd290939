#include "config.h"

#include "probe/sasl.h"

#include "base/limits.h"

#include <string.h>

static const BaruaService SERVICE = { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 587,
                                      BARUA_SECURITY_STARTTLS };

static BaruaSasl *
start (const char *name, const char *user, const char *word)
{
  g_autoptr (BaruaSecret) secret = barua_secret_new (word, -1);
  g_autoptr (BaruaLogin) login = barua_login_new (BARUA_MECHANISM_TOKEN, user, secret);

  return barua_sasl_new (name, login, &SERVICE);
}

typedef struct
{
  const char *description;
  BaruaMechanism wanted;
  const char *offered;
  const char *chosen;
} Choice;

static const Choice CHOICES[] = {
  { "PLAIN first", BARUA_MECHANISM_PASSWORD, "AUTH=LOGIN AUTH=PLAIN", "PLAIN" },
  { "LOGIN else", BARUA_MECHANISM_PASSWORD, "AUTH=LOGIN AUTH=XOAUTH2", "LOGIN" },
  { "no token for a password", BARUA_MECHANISM_PASSWORD, "AUTH=XOAUTH2", NULL },
  { "letter case aside", BARUA_MECHANISM_PASSWORD, "auth=plain", "PLAIN" },
  { "a longer word", BARUA_MECHANISM_PASSWORD, "AUTH=PLAIN-CLIENTTOKEN", NULL },
  { "a shorter word", BARUA_MECHANISM_PASSWORD, "AUTH=PLAI", NULL },
  { "not a mechanism", BARUA_MECHANISM_PASSWORD, "PLAIN XAUTH=PLAIN", NULL },
  { "XOAUTH2 first", BARUA_MECHANISM_TOKEN, "AUTH=OAUTHBEARER AUTH=XOAUTH2", "XOAUTH2" },
  { "OAUTHBEARER else", BARUA_MECHANISM_TOKEN, "AUTH=OAUTHBEARER", "OAUTHBEARER" },
  { "XOAUTH is another", BARUA_MECHANISM_TOKEN, "AUTH=XOAUTH AUTH=PLAIN", NULL },
  { "PLAIN alone", BARUA_MECHANISM_PLAIN, "AUTH=LOGIN", NULL },
  { "LOGIN alone", BARUA_MECHANISM_LOGIN, "AUTH=PLAIN AUTH=LOGIN", "LOGIN" },
  { "XOAUTH2 alone", BARUA_MECHANISM_XOAUTH2, "AUTH=OAUTHBEARER", NULL },
  { "OAUTHBEARER alone", BARUA_MECHANISM_OAUTHBEARER, "AUTH=XOAUTH2 AUTH=OAUTHBEARER",
    "OAUTHBEARER" },
  { "nothing", BARUA_MECHANISM_TOKEN, "", NULL },
};

static void
test_chooses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CHOICES); i++)
    {
      g_auto (GStrv) offered = g_strsplit (CHOICES[i].offered, " ", -1);

      g_test_message ("%s", CHOICES[i].description);
      g_assert_cmpstr (
        barua_sasl_choose (CHOICES[i].wanted, (const char *const *) offered), ==,
        CHOICES[i].chosen);
    }
}

typedef struct
{
  const char *name;
  const char *user;
  const char *secret;
  const char *plain;
  gsize length;
} Initial;

#define MESSAGE(text) text, sizeof text - 1

static const Initial INITIALS[] = {
  { "PLAIN", "zoe@gmail.com", "s3cret", MESSAGE ("\0zoe@gmail.com\0s3cret") },
  { "PLAIN", "þórr@gmail.com", "ö€", MESSAGE ("\0þórr@gmail.com\0ö€") },
  { "XOAUTH2", "zoe@gmail.com", "ya29.x",
    MESSAGE ("user=zoe@gmail.com\1auth=Bearer ya29.x\1\1") },
  { "OAUTHBEARER", "zoe@gmail.com", "ya29.x",
    MESSAGE (
      "n,a=zoe@gmail.com,\1host=smtp.gmail.com\1port=587\1auth=Bearer ya29.x\1\1") },
  { "OAUTHBEARER", "a,b=c@x.is", "t",
    MESSAGE ("n,a=a=2Cb=3Dc@x.is,\1host=smtp.gmail.com\1port=587\1auth=Bearer t\1\1") },
};

static void
test_initial_responses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (INITIALS); i++)
    {
      const Initial *row = &INITIALS[i];
      g_autoptr (BaruaSasl) sasl = start (row->name, row->user, row->secret);
      g_autoptr (BaruaSasl) other = start (row->name, row->user, row->secret);
      g_autofree char *coded = barua_sasl_dup_initial (sasl, G_MAXSIZE);
      g_autofree char *later = barua_sasl_answer (other, "");
      gsize length = 0;
      g_autofree guchar *plain = g_base64_decode (coded, &length);

      g_assert_cmpmem (plain, length, row->plain, row->length);
      g_assert_cmpstr (barua_sasl_get_name (sasl), ==, row->name);
      g_assert_cmpstr (later, ==, coded);
    }
}

static void
test_initial_response_needs_room (void)
{
  for (gsize size = 1; size < 10; size++)
    {
      g_autofree char *word = g_strnfill (size, 'x');
      g_autoptr (BaruaSasl) sasl = start ("PLAIN", "z", word);
      gsize needed = (size + 3 + 2) / 3 * 4;
      g_autofree char *none = barua_sasl_dup_initial (sasl, needed - 1);
      g_autofree char *some = barua_sasl_dup_initial (sasl, needed);

      g_assert_null (none);
      g_assert_cmpuint (strlen (some), ==, needed);
    }
}

static void
assert_answer (BaruaSasl *sasl, const char *challenge, const char *expected)
{
  g_autofree char *answer = barua_sasl_answer (sasl, challenge);

  g_assert_cmpstr (answer, ==, expected);
}

static void
test_login (void)
{
  g_autoptr (BaruaSasl) sasl = start ("LOGIN", "zoe", "s3cret");

  g_assert_null (barua_sasl_dup_initial (sasl, G_MAXSIZE));
  assert_answer (sasl, "VXNlcm5hbWU6", "em9l");
  assert_answer (sasl, "", "czNjcmV0");
  g_assert_false (barua_sasl_is_cancelled (sasl));
  assert_answer (sasl, "Q29kZTo=", "*");
  g_assert_true (barua_sasl_is_cancelled (sasl));
}

static void
test_refused_tokens (void)
{
  static const char json[] = "eyJzdGF0dXMiOiI0MDAifQ==";
  const char *const names[] = { "XOAUTH2", "OAUTHBEARER" };
  const char *const answers[] = { "", "AQ==" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BaruaSasl) sasl = start (names[i], "zoe", "t");
      g_autofree char *initial = barua_sasl_dup_initial (sasl, G_MAXSIZE);

      g_assert_null (barua_sasl_get_refusal (sasl));
      assert_answer (sasl, json, answers[i]);
      g_assert_cmpstr (barua_sasl_get_refusal (sasl), ==, "{\"status\":\"400\"}");
      g_assert_false (barua_sasl_is_cancelled (sasl));
      assert_answer (sasl, json, "*");
      g_assert_true (barua_sasl_is_exhausted (sasl));
    }
}

typedef struct
{
  const char *description;
  const char *name;
  const char *challenge;
} Bad;

static const Bad BAD_CHALLENGES[] = {
  { "no base64", "XOAUTH2", "{\"status\":\"400\"}" },
  { "a letter too many", "XOAUTH2", "eyJzdGF0dXMiOiI0MDAifQ==A" },
  { "cut", "XOAUTH2", "eyJzdGF0dXMiOiI0MDAifQ=" },
  { "padding in the middle", "XOAUTH2", "ey=zdGF0" },
  { "three paddings", "XOAUTH2", "e===" },
  { "a blank in front", "XOAUTH2", " eyJz" },
  { "nothing", "XOAUTH2", "" },
  { "nothing", "OAUTHBEARER", "" },
  { "something", "PLAIN", "eyJz" },
  { "nothing", "PLAIN", "" },
};

static void
test_bad_challenges_are_cancelled (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (BAD_CHALLENGES); i++)
    {
      const Bad *row = &BAD_CHALLENGES[i];
      g_autoptr (BaruaSasl) sasl = start (row->name, "zoe", "t");
      g_autofree char *initial = barua_sasl_dup_initial (sasl, G_MAXSIZE);

      g_test_message ("%s: %s", row->name, row->description);
      assert_answer (sasl, row->challenge, "*");
      g_assert_true (barua_sasl_is_cancelled (sasl));
      g_assert_true (barua_sasl_is_exhausted (sasl));
      g_assert_null (barua_sasl_get_refusal (sasl));
    }
}

static void
test_secret_waits_for_an_empty_challenge (void)
{
  const char *const names[] = { "PLAIN", "XOAUTH2", "OAUTHBEARER" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BaruaSasl) sasl = start (names[i], "zoe", "t");

      assert_answer (sasl, "eyJz", "*");
      g_assert_true (barua_sasl_is_cancelled (sasl));
    }
}

static void
test_never_answers_for_ever (void)
{
  const char *const names[] = { "PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (BaruaSasl) sasl = start (names[i], "zoe", "t");
      guint answers = 0;

      while (!barua_sasl_is_exhausted (sasl))
        {
          g_autofree char *answer = barua_sasl_answer (sasl, i % 2 == 0 ? "" : "eyJz");

          g_assert_nonnull (answer);
          answers++;
        }
      g_assert_cmpuint (answers, <=, BARUA_LIMIT_SASL_STEPS);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/sasl/chooses", test_chooses);
  g_test_add_func ("/probe/sasl/initial", test_initial_responses);
  g_test_add_func ("/probe/sasl/room", test_initial_response_needs_room);
  g_test_add_func ("/probe/sasl/login", test_login);
  g_test_add_func ("/probe/sasl/refused", test_refused_tokens);
  g_test_add_func ("/probe/sasl/bad", test_bad_challenges_are_cancelled);
  g_test_add_func ("/probe/sasl/waits", test_secret_waits_for_an_empty_challenge);
  g_test_add_func ("/probe/sasl/ends", test_never_answers_for_ever);
  return g_test_run ();
}
