#include "config.h"

#include "cli/options.h"

#include "account/service.h"

#include <string.h>

static const BaruaOption OPTIONS[] = {
  { "only", "SERVICES", "Check only these" },
  { "timeout", "SECONDS", "How long" },
  { "json", NULL, "For programs" },
  { "no-sign-in", NULL, "Connections only" },
};

static BaruaArguments *
parse (const char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  if (*line == '\0')
    words[0] = NULL;
  return barua_arguments_parse ((const char *const *) words, OPTIONS,
                                G_N_ELEMENTS (OPTIONS), 1, error);
}

static void
test_reads (void)
{
  static const struct
  {
    const char *line;
    const char *word;
    const char *only;
    gboolean json;
  } ROWS[] = {
    { "", NULL, NULL, FALSE },
    { "zoe@gmail.com", "zoe@gmail.com", NULL, FALSE },
    { "zoe --json", "zoe", NULL, TRUE },
    { "--json zoe", "zoe", NULL, TRUE },
    { "--only smtp zoe", "zoe", "smtp", FALSE },
    { "--only=smtp,imap", NULL, "smtp,imap", FALSE },
    { "--only=a=b", NULL, "a=b", FALSE },
    { "-", "-", NULL, FALSE },
    { "--json -- --only", "--only", NULL, TRUE },
    { "--json --json", NULL, NULL, TRUE },
    { "--only -5", NULL, "-5", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaArguments) arguments = parse (ROWS[i].line, &error);

      g_test_message ("%s", ROWS[i].line);
      g_assert_no_error (error);
      g_assert_nonnull (arguments);
      g_assert_cmpstr (barua_arguments_get_word (arguments, 0), ==, ROWS[i].word);
      g_assert_cmpstr (barua_arguments_get (arguments, "only"), ==, ROWS[i].only);
      g_assert_cmpint (barua_arguments_has (arguments, "json"), ==, ROWS[i].json);
    }
}

static void
test_help (void)
{
  g_autoptr (BaruaArguments) whole = parse ("--help", NULL);
  g_autoptr (BaruaArguments) letter = parse ("-h", NULL);
  g_autoptr (BaruaArguments) neither = parse ("--json", NULL);

  g_assert_true (barua_arguments_has (whole, "help"));
  g_assert_true (barua_arguments_has (letter, "help"));
  g_assert_false (barua_arguments_has (neither, "help"));
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *line;
    BaruaOptionsError code;
    const char *says;
  } ROWS[] = {
    { "--jsn", BARUA_OPTIONS_ERROR_UNKNOWN, "Did you mean “--json”?" },
    { "--JSON", BARUA_OPTIONS_ERROR_UNKNOWN, "Did you mean “--json”?" },
    { "--time=5", BARUA_OPTIONS_ERROR_UNKNOWN, "Did you mean “--timeout”?" },
    { "--xyzzy", BARUA_OPTIONS_ERROR_UNKNOWN, "There is no option “--xyzzy”." },
    { "-j", BARUA_OPTIONS_ERROR_UNKNOWN, "“-j”" },
    { "-json", BARUA_OPTIONS_ERROR_UNKNOWN, "Did you mean “--json”?" },
    { "--json=yes", BARUA_OPTIONS_ERROR_VALUE, "takes no value" },
    { "--only", BARUA_OPTIONS_ERROR_VALUE, "--only SERVICES" },
    { "--only=", BARUA_OPTIONS_ERROR_VALUE, "needs a value" },
    { "--only --json", BARUA_OPTIONS_ERROR_VALUE, "needs a value" },
    { "--only a --only b", BARUA_OPTIONS_ERROR_TWICE, "given twice" },
    { "one two", BARUA_OPTIONS_ERROR_TOO_MANY, "“two”" },
    { "--\033[2J", BARUA_OPTIONS_ERROR_UNKNOWN, "“--\uFFFD[2J”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", ROWS[i].line);
      g_assert_null (parse (ROWS[i].line, &error));
      g_assert_error (error, BARUA_OPTIONS_ERROR, (int) ROWS[i].code);
      g_assert_nonnull (strstr (error->message, ROWS[i].says));
    }
}

static void
test_nearest (void)
{
  static const char *const KNOWN[] = { "check", "explain", "settings", "undo", NULL };
  static const struct
  {
    const char *typed;
    const char *nearest;
  } ROWS[] = {
    { "check", "check" },  { "chekc", "check" },
    { "chck", "check" },   { "CHECK", "check" },
    { "checks", "check" }, { "exp", "explain" },
    { "set", "settings" }, { "setings", "settings" },
    { "undoo", "undo" },   { "xyzzy", NULL },
    { "", NULL },          { "c", NULL },
    { "chewing", NULL },   { "und", "undo" },
    { "ab", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_test_message ("%s", ROWS[i].typed);
      g_assert_cmpstr (barua_options_nearest (ROWS[i].typed, KNOWN), ==, ROWS[i].nearest);
    }
}

static void
test_long_words (void)
{
  static const char *const KNOWN[] = { "check", NULL };
  g_autofree char *endless = g_strnfill (200000, 'c');

  g_assert_null (barua_options_nearest (endless, KNOWN));
}

static void
test_seconds (void)
{
  static const struct
  {
    const char *text;
    guint ms;
  } ROWS[] = {
    { "30", 30000 }, { "1", 1000 }, { "0.5", 500 }, { "3600", 3600000 }, { "0.1", 100 },
    { "0", 0 },      { "-5", 0 },   { "3601", 0 },  { "", 0 },           { "5s", 0 },
    { "nan", 0 },    { "inf", 0 },  { "1e9", 0 },   { "0x10", 0 },       { " 5", 0 },
    { "5 ", 0 },     { "0.01", 0 }, { "fünf", 0 },  { "1,5", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (GError) error = NULL;
      guint ms = 0;

      g_test_message ("%s", ROWS[i].text);
      g_assert_cmpint (barua_options_parse_seconds (ROWS[i].text, &ms, &error), ==,
                       ROWS[i].ms > 0);
      g_assert_cmpuint (ms, ==, ROWS[i].ms);
      if (ROWS[i].ms == 0)
        g_assert_error (error, BARUA_OPTIONS_ERROR, BARUA_OPTIONS_ERROR_VALUE);
    }
}

static void
test_protocols (void)
{
  const guint smtp = 1u << BARUA_PROTOCOL_SMTP;
  const guint imap = 1u << BARUA_PROTOCOL_IMAP;
  const guint pop = 1u << BARUA_PROTOCOL_POP;
  const struct
  {
    const char *text;
    guint protocols;
  } ROWS[] = {
    { "smtp", smtp },
    { "IMAP", imap },
    { "smtp,imap", smtp | imap },
    { "smtp, imap,pop", smtp | imap | pop },
    { "pop,pop", pop },
    { "pop3", 0 },
    { "", 0 },
    { ",", 0 },
    { "smtp,", 0 },
    { "smtp;imap", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (GError) error = NULL;
      guint protocols = 0;

      g_test_message ("%s", ROWS[i].text);
      g_assert_cmpint (barua_options_parse_protocols (ROWS[i].text, &protocols, &error),
                       ==, ROWS[i].protocols != 0);
      g_assert_cmpuint (protocols, ==, ROWS[i].protocols);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/options/reads", test_reads);
  g_test_add_func ("/cli/options/help", test_help);
  g_test_add_func ("/cli/options/refuses", test_refuses);
  g_test_add_func ("/cli/options/nearest", test_nearest);
  g_test_add_func ("/cli/options/long-words", test_long_words);
  g_test_add_func ("/cli/options/seconds", test_seconds);
  g_test_add_func ("/cli/options/protocols", test_protocols);
  return g_test_run ();
}
