#include "config.h"

#include "base/redact.h"

#include <string.h>

#define WORD "qwertyuiopasdfgh"
#define TOKEN "ya29.a0AbCdEfGh-IjKl_MnOp"

typedef struct
{
  const char *description;
  const char *text;
  const char *expected;
} Row;

static void
check (const BaruaRedactor *redactor, const Row *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autofree char *seen = barua_redactor_apply (redactor, rows[i].text);

      g_test_message ("%s", rows[i].description);
      g_assert_cmpstr (seen, ==, rows[i].expected);
    }
}

static void
add (BaruaRedactor *redactor, const char *text)
{
  g_autoptr (BaruaSecret) secret = barua_secret_new (text, -1);

  barua_redactor_add (redactor, secret);
}

static void
test_plain (void)
{
  static const Row rows[] = {
    { "nothing", "", "" },
    { "no secret", "535 5.7.8 not accepted", "535 5.7.8 not accepted" },
    { "alone", WORD, "[hidden]" },
    { "within", "no " WORD ", sorry", "no [hidden], sorry" },
    { "twice", WORD WORD, "[hidden][hidden]" },
    { "upper case", "QWERTYUIOPASDFGH", "[hidden]" },
    { "percent-encoded in part", "p=qwertyuiop%61sdf%67h&x", "p=[hidden]&x" },
    { "percent-encoded throughout", "%71%77%65%72%74%79%75%69%6F%70%61%73%64%66%67%68",
      "[hidden]" },
    { "one letter short", "qwertyuiopasdfg", "qwertyuiopasdfg" },
    { "one letter different", "qwertyuiopasdfgj", "qwertyuiopasdfgj" },
    { "broken percent", "qwertyuiop%6asdfgh", "qwertyuiop%6asdfgh" },
    { "not UTF-8", "\xff" WORD "\xfe", "\xff[hidden]\xfe" },
  };
  g_autoptr (BaruaRedactor) redactor = barua_redactor_new ();

  add (redactor, WORD);
  check (redactor, rows, G_N_ELEMENTS (rows));
}

/* Both alphabets of base64 (RFC 4648, 4 and 5). */
static void
test_alphabets (void)
{
  static const Row rows[] = {
    { "as in mail", "<Pz4/Pj8+Pz4/>", "<[hidden]>" },
    { "as in links", "<Pz4_Pj8-Pz4_>", "<[hidden]>" },
    { "another", "<Pz4_Pj9-Pz4_>", "<Pz4_Pj9-Pz4_>" },
  };
  g_autoptr (BaruaRedactor) redactor = barua_redactor_new ();

  add (redactor, "?>?>?>?>?");
  check (redactor, rows, G_N_ELEMENTS (rows));
}

static void
test_odd_characters (void)
{
  static const Row rows[] = {
    { "as it is", "<pa\"s\\ %1>", "<[hidden]>" },
    { "in an IMAP string", "LOGIN zoe \"pa\\\"s\\\\ %1\"", "LOGIN zoe \"[hidden]\"" },
    { "in a form", "p=pa%22s%5c+%251;", "p=[hidden];" },
    { "in a link", "p=pa%22s%5C%20%251;", "p=[hidden];" },
    { "another", "pa\"s/ %1", "pa\"s/ %1" },
    { "no blank", "pa\"s\\_%1", "pa\"s\\_%1" },
    { "a plus that is none", "p+%22s%5C+%251;", "p+%22s%5C+%251;" },
    { "another escaped", "pa\\xs\\\\ %1", "pa\\xs\\\\ %1" },
  };
  g_autoptr (BaruaRedactor) redactor = barua_redactor_new ();

  add (redactor, "pa\"s\\ %1");
  check (redactor, rows, G_N_ELEMENTS (rows));
}

/* Whatever stands before and after it, nothing of the base64 run may stay: the rest is
 * the other half of a SASL message. */
static void
test_base64 (void)
{
  g_autoptr (BaruaRedactor) redactor = barua_redactor_new ();

  add (redactor, WORD);
  for (gsize before = 0; before < 7; before++)
    for (gsize after = 0; after < 7; after++)
      {
        g_autofree char *head = g_strnfill (before, '\377');
        g_autofree char *tail = g_strnfill (after, '\1');
        g_autofree char *plain = g_strconcat (head, WORD, tail, NULL);
        g_autofree char *coded = g_base64_encode ((const guchar *) plain, strlen (plain));
        g_autofree char *lower = g_ascii_strdown (coded, -1);
        g_autofree char *text = g_strdup_printf ("501 <%s> %s|%s", coded, lower,
                                                 g_strdelimit (coded, "+/", '-'));
        g_autofree char *seen = NULL;

        seen = barua_redactor_apply (redactor, text);
        g_assert_nonnull (strstr (seen, "[hidden]> [hidden]|"));
      }
}

/* A token that nobody told of, behind names of every length. */
static void
test_sasl_messages (void)
{
  g_autoptr (BaruaRedactor) redactor = barua_redactor_new ();

  add (redactor, "some other secret");
  for (gsize size = 1; size < 8; size++)
    {
      g_autofree char *user = g_strnfill (size, 'z');
      g_autofree char *message =
        g_strdup_printf ("user=%s\1auth=Bearer EwBQ-other~token\1\1", user);
      g_autofree char *coded =
        g_base64_encode ((const guchar *) message, strlen (message));
      g_autofree char *text = g_strdup_printf ("535 what is %s?", coded);
      g_autofree char *seen = barua_redactor_apply (redactor, text);

      g_assert_cmpstr (seen, ==, "535 what is [hidden]?");
    }
}

static void
test_without_secrets (void)
{
  static const Row rows[] = {
    { "a reply",
      "535 5.7.8  https://support.google.com/mail/?p=BadCredentials x-1.2 - gsmtp",
      "535 5.7.8  https://support.google.com/mail/?p=BadCredentials x-1.2 - gsmtp" },
    { "access token", "token " TOKEN ".", "token [hidden]" },
    { "access token in JSON", "{\"access_token\":\"" TOKEN "\"}",
      "{\"access_token\":\"[hidden]\"}" },
    { "no token", "xya29.rest", "xya29.rest" },
    { "refresh token", "refresh_token=1//0gAbCdEfGhIjKlMnOpQrStUv&",
      "refresh_token=[hidden]&" },
    { "any bearer token", "Authorization: Bearer abcdefghijklmnopqrstuvwxyz",
      "Authorization: Bearer [hidden]" },
    { "a bearer in prose", "Bearer authentication failed",
      "Bearer authentication failed" },
    { "a challenge",
      "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/"
      "\"}",
      "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/"
      "\"}" },
    { "AUTH PLAIN", "C: AUTH PLAIN AHpvZQBzZWNyZXQ= end", "C: AUTH PLAIN [hidden] end" },
    { "auth plain", "auth plain AHpvZQBzZWNyZXQ=", "auth plain [hidden]" },
    { "IMAP", "A1 AUTHENTICATE XOAUTH2 dXNlcj16b2UBYXV0aD0=",
      "A1 AUTHENTICATE XOAUTH2 [hidden]" },
    { "twenty capitals may be a mechanism", "AUTH PLAIN ABCDEFGHIJKLMNOPQRST",
      "AUTH PLAIN ABCDEFGHIJKLMNOPQRST" },
    { "twenty-one may not", "AUTH PLAIN ABCDEFGHIJKLMNOPQRSTU", "AUTH PLAIN [hidden]" },
    { "a short word behind Bearer", "Bearer abcdefghijklmnopqrs",
      "Bearer abcdefghijklmnopqrs" },
    { "a longer one", "Bearer abcdefghijklmnopqrst", "Bearer [hidden]" },
    { "a list of mechanisms",
      "250-AUTH LOGIN PLAIN XOAUTH2 PLAIN-CLIENTTOKEN OAUTHBEARER XOAUTH",
      "250-AUTH LOGIN PLAIN XOAUTH2 PLAIN-CLIENTTOKEN OAUTHBEARER XOAUTH" },
    { "another list", "250 AUTH PLAIN NTLM EXTERNAL", "250 AUTH PLAIN NTLM EXTERNAL" },
  };

  check (NULL, rows, G_N_ELEMENTS (rows));
}

static void
test_links (void)
{
  static const Row rows[] = {
    { "on one line",
      "534-5.7.14 <https://accounts.google.com/ContinueSignIn?sarp=1&plt=AKgn> Please",
      "534-5.7.14 <https://accounts.google.com/ContinueSignIn[hidden]> Please" },
    { "folded",
      "534-5.7.14 <https://accounts.google.com/ContinueSignIn?sarp=1&plt=AK\n"
      "534-5.7.14 gnSecret\n534-5.7.14 more> Please log in\n534 5.7.14 again",
      "534-5.7.14 <https://accounts.google.com/ContinueSignIn[hidden]> Please log in\n"
      "534 5.7.14 again" },
    { "without brackets",
      "go to https://accounts.google.com/ContinueSignIn?plt=AKgn and log in",
      "go to https://accounts.google.com/ContinueSignIn[hidden] and log in" },
    { "the ticket alone", "x?a=1&plt=AKgnSecret&b", "x?a=1&plt=[hidden]" },
    { "in an IMAP code",
      "NO [WEBALERT https://accounts.google.com/signin?plt=AKgn] a -> b",
      "NO [WEBALERT https://accounts.google.com/signin?plt=[hidden]] a -> b" },
    { "cut within the link",
      "534-5.7.14 <https://accounts.google.com/ContinueSignIn?plt=AK\n534-5.7.14 gnSec",
      "534-5.7.14 <https://accounts.google.com/ContinueSignIn[hidden]" },
    { "another bracket later", "ContinueSignIn?a <b> c", "ContinueSignIn[hidden] <b> c" },
    { "an ordinary link", "see <https://support.google.com/mail/answer/78754>",
      "see <https://support.google.com/mail/answer/78754>" },
  };

  check (NULL, rows, G_N_ELEMENTS (rows));
}

static void
test_short_secrets_stand_in_any_text (void)
{
  g_autoptr (BaruaRedactor) redactor = barua_redactor_new ();
  g_autofree char *seen = NULL;

  add (redactor, "");
  add (redactor, "not");
  add (redactor, "mail");
  seen = barua_redactor_apply (redactor, "not for this mail");
  g_assert_cmpstr (seen, ==, "not for this [hidden]");
}

static void
test_several_secrets (void)
{
  g_autoptr (BaruaRedactor) redactor = barua_redactor_new ();
  g_autofree char *seen = NULL;

  add (redactor, "abcd");
  add (redactor, "abcdefgh");
  add (redactor, "wxyz");
  seen = barua_redactor_apply (redactor, "abcdefgh abcdef wxyz");
  g_assert_cmpstr (seen, ==, "[hidden] [hidden]ef [hidden]");
}

static void
test_long_text_is_quick (void)
{
  g_autoptr (BaruaRedactor) redactor = barua_redactor_new ();
  g_autofree char *text = g_strnfill (1024 * 1024, 'a');
  g_autofree char *seen = NULL;

  add (redactor, "aaaaaaaaaaaaaaab");
  seen = barua_redactor_apply (redactor, text);
  g_assert_cmpstr (seen, ==, text);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/redact/plain", test_plain);
  g_test_add_func ("/base/redact/alphabets", test_alphabets);
  g_test_add_func ("/base/redact/odd", test_odd_characters);
  g_test_add_func ("/base/redact/base64", test_base64);
  g_test_add_func ("/base/redact/sasl", test_sasl_messages);
  g_test_add_func ("/base/redact/unknown", test_without_secrets);
  g_test_add_func ("/base/redact/links", test_links);
  g_test_add_func ("/base/redact/short", test_short_secrets_stand_in_any_text);
  g_test_add_func ("/base/redact/several", test_several_secrets);
  g_test_add_func ("/base/redact/long", test_long_text_is_quick);
  return g_test_run ();
}
