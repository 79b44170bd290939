#include "config.h"

#include "export/formats/words.h"

#include <string.h>

static void
test_read (void)
{
  static const struct
  {
    const char *description;
    const char *text;
    const char *name;
    const char *value;
    const char *place;
  } ROWS[] = {
    { "a word and its value", "host smtp.gmail.com\n", "host", "smtp.gmail.com",
      "smtp.gmail.com" },
    { "indented, with tabs", "\t host\t smtp.gmail.com \t\n", "host", "smtp.gmail.com",
      "smtp.gmail.com" },
    { "a network line end", "port 465\r\n", "port", "465", "465" },
    { "no line end", "port 465", "port", "465", "465" },
    { "no value", "tls\n", "tls", NULL, "" },
    { "quotes", "account \" a b \"\n", "account", " a b ", "\" a b \"" },
    { "quotes within", "passwordeval echo \"a b\"\n", "passwordeval", "echo \"a b\"",
      "echo \"a b\"" },
    { "quotes around quotes", "passwordeval \"echo \"a b\"\"\n", "passwordeval",
      "echo \"a b\"", "\"echo \"a b\"\"" },
    { "one quote", "user \"\n", "user", "\"", "\"" },
    { "empty quotes", "password \"\"\n", "password", "", "\"\"" },
    { "no comment behind a value", "user zoe # me\n", "user", "zoe # me", "zoe # me" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (GPtrArray) words =
        barua_words_read (ROWS[i].text, strlen (ROWS[i].text));
      const BaruaWord *word = NULL;

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpuint (words->len, ==, 1);
      word = words->pdata[0];
      g_assert_cmpstr (word->name, ==, ROWS[i].name);
      g_assert_cmpstr (word->value, ==, ROWS[i].value);
      g_assert_cmpuint (word->span.line, ==, 1);
      g_assert_cmpmem (ROWS[i].text + word->span.offset, word->span.length, ROWS[i].place,
                       strlen (ROWS[i].place));
      g_assert_cmpuint (word->length, ==, strlen (ROWS[i].text));
    }
}

static void
test_passed_over (void)
{
  static const char TEXT[] = "\n# a comment\n  # another\n \t\r\n\naccount a\n\nhost b";
  g_autoptr (GPtrArray) words = barua_words_read (TEXT, strlen (TEXT));
  g_autoptr (GPtrArray) none = barua_words_read (NULL, 0);
  const BaruaWord *host = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (words->len, ==, 2);
  host = words->pdata[1];
  g_assert_cmpstr (host->name, ==, "host");
  g_assert_cmpuint (host->span.line, ==, 8);
  g_assert_cmpuint (host->offset + host->length, ==, strlen (TEXT));
}

static void
test_quote (void)
{
  static const char *const VALUES[] = { "zoe",     "",        " zoe", "zoe ",
                                        "\"zoe\"", "a \"b\"", "\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (VALUES); i++)
    {
      g_autofree char *quoted = barua_words_quote (VALUES[i]);
      g_autofree char *line = g_strdup_printf ("user %s\n", quoted);
      g_autoptr (GPtrArray) words = barua_words_read (line, strlen (line));

      g_assert_cmpuint (words->len, ==, 1);
      g_assert_cmpstr (((const BaruaWord *) words->pdata[0])->value, ==, VALUES[i]);
    }
}

/* Any bytes at all are taken, and no line is outside of the text. */
static void
test_random (void)
{
  static const char LETTERS[] = "ab \"#\t\r\n\n\xc3\xff:\x01";

  for (guint round = 0; round < 2000; round++)
    {
      char text[64];
      gsize length = (gsize) g_test_rand_int_range (0, sizeof text);
      g_autoptr (GPtrArray) words = NULL;
      gsize end = 0;

      for (gsize i = 0; i < length; i++)
        text[i] = LETTERS[g_test_rand_int_range (0, sizeof LETTERS - 1)];
      words = barua_words_read (text, length);
      for (guint i = 0; i < words->len; i++)
        {
          const BaruaWord *word = words->pdata[i];

          g_assert_cmpuint (word->offset, >=, end);
          end = word->offset + word->length;
          g_assert_cmpuint (end, <=, length);
          g_assert_cmpuint (word->span.offset + word->span.length, <=, end);
          g_assert_cmpuint (strlen (word->name), >, 0);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/read", test_read);
  g_test_add_func ("/words/passed-over", test_passed_over);
  g_test_add_func ("/words/quote", test_quote);
  g_test_add_func ("/words/random", test_random);
  return g_test_run ();
}
