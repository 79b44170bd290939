#include "config.h"

#include "export/formats/fetchmail-rc.h"

#include <string.h>

static const struct
{
  const char *description;
  const char *text;
  const char *words;
} TOKENS[] = {
  { "nothing", "", "" },
  { "words", "poll imap.gmail.com", "poll|imap.gmail.com" },
  { "noise", "poll x: user juma, password = y;", "poll|x|user|juma|password|y" },
  { "a comment", "poll x # user zoe\nkeep", "poll|x|keep" },
  { "a comment at the end", "keep # user zoe", "keep" },
  { "double quotes", "user \"zoe # one\"", "user|zoe # one" },
  { "single quotes", "user 'zoe \"Q\"'", "user|zoe \"Q\"" },
  { "nothing in quotes", "sslproto ''", "sslproto|" },
  { "escapes", "x \"a\\\\b\\x22\\tc\\042\\q\"", "x|a\\b\"\tc\"q" },
  { "no escape keeps a quote", "x \"a\\\" b", "x|a|b" },
  { "a quote that never ends", "x \"a b", "x|a b" },
  { "a lone quote at the end", "x \"", "x|" },
  { "a backslash at the end", "x 'a\\", "x|a" },
  { "network line ends", "poll x\r\nkeep\r\n", "poll|x|keep" },
};

static char *
join (const BaruaFetchmailRc *rc)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < rc->tokens->len; i++)
    {
      const BaruaFetchmailToken *token = rc->tokens->pdata[i];

      g_string_append_printf (words, "%s%s", i > 0 ? "|" : "", token->text);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
test_tokens (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (TOKENS); i++)
    {
      g_autoptr (BaruaFetchmailRc) rc =
        barua_fetchmail_rc_new (TOKENS[i].text, strlen (TOKENS[i].text));
      g_autofree char *words = join (rc);

      g_test_message ("%s", TOKENS[i].description);
      g_assert_cmpstr (words, ==, TOKENS[i].words);
    }
}

static void
test_entries (void)
{
  static const char TEXT[] = "set daemon 300\n"
                             "defaults protocol imap\n"
                             "poll a via imap.gmail.com user zoe keep user juma\n"
                             "set postmaster poll\n"
                             "skip b username \"user\"\n";
  static const char *const KEEP[] = { "keep", NULL };
  g_autoptr (BaruaFetchmailRc) rc = barua_fetchmail_rc_new (TEXT, strlen (TEXT));
  const BaruaFetchmailEntry *entry = NULL;

  g_assert_cmpuint (rc->entries->len, >=, 3);
  entry = rc->entries->pdata[0];
  g_assert_cmpuint (entry->users, ==, 0);
  g_assert_cmpuint (entry->user, ==, entry->end);
  entry = rc->entries->pdata[1];
  g_assert_cmpuint (entry->users, ==, 2);
  g_assert_cmpstr (barua_fetchmail_rc_get_host (rc, entry)->text, ==, "imap.gmail.com");
  g_assert_cmpuint (barua_fetchmail_rc_find (rc, entry->first, entry->user, KEEP), ==,
                    entry->user);
  g_assert_cmpuint (barua_fetchmail_rc_find (rc, entry->user, entry->end, KEEP), <,
                    entry->end);
  entry = rc->entries->pdata[rc->entries->len - 1];
  g_assert_cmpuint (entry->users, ==, 1);
  g_assert_cmpstr (barua_fetchmail_rc_get_host (rc, entry)->text, ==, "b");
}

static void
test_spans (void)
{
  static const char TEXT[] = "# one\npoll 'x y'\n  keep";
  g_autoptr (BaruaFetchmailRc) rc = barua_fetchmail_rc_new (TEXT, strlen (TEXT));
  const BaruaFetchmailToken *string = rc->tokens->pdata[1];
  const BaruaFetchmailToken *keep = rc->tokens->pdata[2];

  g_assert_true (string->is_string);
  g_assert_cmpuint (string->span.line, ==, 2);
  g_assert_cmpmem (TEXT + string->span.offset, string->span.length, "'x y'", 5);
  g_assert_cmpuint (keep->span.line, ==, 3);
  g_assert_cmpmem (TEXT + keep->span.offset, keep->span.length, "keep", 4);
}

static void
assert_quotes (const char *text)
{
  g_autofree char *quoted = barua_fetchmail_rc_quote (text);
  g_autoptr (BaruaFetchmailRc) rc = barua_fetchmail_rc_new (quoted, strlen (quoted));
  const BaruaFetchmailToken *token = NULL;

  g_assert_cmpuint (rc->tokens->len, ==, 1);
  token = rc->tokens->pdata[0];
  g_assert_true (token->is_string);
  g_assert_cmpstr (token->text, ==, text);
}

static void
test_quotes (void)
{
  static const char *const TEXTS[] = { "",   "zoe@gmail.com", "a \"b\"", "o'neil", "'\"'",
                                       "\\", "x\\x22",        "Zoë #1;" };

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    assert_quotes (TEXTS[i]);
}

/* Whatever it is, it is read to its end, in order, and what is quoted comes back. */
static void
test_random (void)
{
  static const char ALPHABET[] = "pol user'\"\\x4#\n\r\t,;=via";

  for (guint round = 0; round < 3000; round++)
    {
      guint length = (guint) g_test_rand_int_range (0, 60);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (BaruaFetchmailRc) rc = NULL;
      gsize end = 0;

      for (guint i = 0; i < length; i++)
        g_string_append_c (
          text, ALPHABET[g_test_rand_int_range (0, (gint32) strlen (ALPHABET))]);
      rc = barua_fetchmail_rc_new (text->str, text->len);
      for (guint i = 0; i < rc->tokens->len; i++)
        {
          const BaruaFetchmailToken *token = rc->tokens->pdata[i];

          g_assert_cmpuint (token->span.offset, >=, end);
          g_assert_cmpuint (token->span.length, >, 0);
          end = token->span.offset + token->span.length;
          g_assert_cmpuint (end, <=, text->len);
        }
      g_strdelimit (text->str, "\r\n\t", ' ');
      assert_quotes (text->str);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fetchmail-rc/tokens", test_tokens);
  g_test_add_func ("/fetchmail-rc/entries", test_entries);
  g_test_add_func ("/fetchmail-rc/spans", test_spans);
  g_test_add_func ("/fetchmail-rc/quotes", test_quotes);
  g_test_add_func ("/fetchmail-rc/random", test_random);
  return g_test_run ();
}
