#include "config.h"

#include "account/app-password.h"

#include <string.h>

typedef struct
{
  const char *what;
  const char *typed;
  const char *normal;
  BaruaSecretShape shape;
} Row;

/* What is an app password once the rest is taken out. */
static const struct
{
  const char *what;
  const char *typed;
} GOOD[] = {
  { "as it is sent", "abcdefghijklmnop" },
  { "as Google shows it", "abcd efgh ijkl mnop" },
  { "a line end", "abcdefghijklmnop\n" },
  { "white space around", " \tabcdefghijklmnop \r\n" },
  { "tabs and line feeds", "abcd\tefgh\nijkl\r\nmnop" },
  { "no-break spaces", "abcd\u00a0efgh\u00a0ijkl\u00a0mnop" },
  { "narrow, thin, figure, wide", "abcd\u202fefgh\u2009ij\u2007kl\u3000mnop" },
  { "line and paragraph separators", "abcd\u2028efgh\u2029ijklmnop" },
  { "zero-width characters", "\ufeffabcd\u200befgh\u200cijkl\u200dmnop\u2060" },
  { "bidirectional marks", "\u200eabcdefgh\u202aijklmnop\u202c" },
  { "soft hyphens and tags", "abcd\u00adefgh\U000e0020ijklmnop" },
  { "blanks that count as letters", "abcd\u3164efgh\u2800ijkl\u115fmnop" },
  { "a variation selector", "abcd\ufe0fefghijklmnop" },
  { "dashes", "abcd-efgh-ijkl-mnop" },
  { "hyphens and a short dash", "abcd\u2010efgh\u2011ijkl\u2013mnop" },
  { "a long dash and a minus", "abcd\u2014efgh\u2212ijkl\ufe63mnop" },
  { "dashes with spaces", "abcd - efgh \u2013 ijkl -- mnop" },
  { "two groups of eight", "abcdefgh-ijklmnop" },
};

static const Row ROWS[] = {
  { "capitals stay", "ABCD efgh IJKL mnop", "ABCDefghIJKLmnop",
    BARUA_SECRET_SHAPE_APP_PASSWORD },
  { "six digits", "123456", "123456", BARUA_SECRET_SHAPE_PHONE_CODE },
  { "in groups", "123 456", "123 456", BARUA_SECRET_SHAPE_PHONE_CODE },
  { "seven digits", "1234567", "1234567", BARUA_SECRET_SHAPE_PHONE_CODE },
  { "a backup code", "1234 5678\n", "1234 5678", BARUA_SECRET_SHAPE_PHONE_CODE },
  { "out of a text message", "G-123456", "G-123456", BARUA_SECRET_SHAPE_PHONE_CODE },
  { "a token", "ya29.a0AfH6SMBx-_y1234567\n", "ya29.a0AfH6SMBx-_y1234567",
    BARUA_SECRET_SHAPE_TOKEN },
  { "nothing", "", "", BARUA_SECRET_SHAPE_EMPTY },
  { "a line end alone", "\n", "", BARUA_SECRET_SHAPE_EMPTY },
  { "blanks", " \u00a0\u200b", " \u00a0\u200b", BARUA_SECRET_SHAPE_EMPTY },
  { "spaces inside stay", " a horse \n", " a horse ", BARUA_SECRET_SHAPE_OTHER },
  { "a network line end", "secret!\r\n", "secret!", BARUA_SECRET_SHAPE_OTHER },
  { "two line ends: one goes", "secret!\n\n", "secret!\n", BARUA_SECRET_SHAPE_OTHER },
};

/* What is sent as it is. */
static const struct
{
  const char *what;
  const char *typed;
} OTHER[] = {
  { "a dash inside a group", "ab-cdefghijklmnop" },
  { "a dash first", "-abcdefghijklmnop" },
  { "a dash last", "abcdefghijklmnop-" },
  { "15 letters", "abcd efgh ijkl mno" },
  { "17 letters", "abcd efgh ijkl mnopq" },
  { "a digit among them", "abcd efgh ijkl mno1" },
  { "a letter with an accent", "abcd efgh ijkl mnoþ" },
  { "full-width letters", "ａｂｃｄefghijklmnop" },
  { "an underscore", "abcd_efgh_ijkl_mnop" },
  { "no UTF-8", "abcd\xa0 efghijklmnop" },
  { "cut in a character", "abcdefghijklmnop\xc2" },
  { "five digits", "12345" },
  { "nine digits", "123456789" },
  { "a date", "2023-10-12" },
  { "digits and a letter", "12345a" },
  { "the beginning of a token", "ya29." },
  { "a token with a space", "ya29.a0AfH6SMBx _y1234567" },
  { "nearly a token", "ya30.a0AfH6SMBx-_y1234567" },
};

static void
check (const char *what, const char *typed, const char *normal, BaruaSecretShape shape)
{
  g_autoptr (BaruaSecret) secret = barua_secret_new (typed, -1);
  g_autoptr (BaruaSecret) found = barua_app_password_normalize (secret);

  g_test_message ("%s", what);
  g_assert_cmpstr (barua_secret_peek (found), ==, normal);
  g_assert_cmpint (barua_secret_shape (found), ==, shape);
  g_assert_cmpstr (barua_secret_peek (secret), ==, typed);
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (GOOD); i++)
    check (GOOD[i].what, GOOD[i].typed, "abcdefghijklmnop",
           BARUA_SECRET_SHAPE_APP_PASSWORD);
  for (gsize i = 0; i < G_N_ELEMENTS (OTHER); i++)
    check (OTHER[i].what, OTHER[i].typed, OTHER[i].typed, BARUA_SECRET_SHAPE_OTHER);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    check (ROWS[i].what, ROWS[i].typed, ROWS[i].normal, ROWS[i].shape);
  g_assert_cmpint (barua_secret_shape (NULL), ==, BARUA_SECRET_SHAPE_UNKNOWN);
}

static void
test_nul (void)
{
  const char bytes[] = "abcdefgh\0ijklmnop";
  g_autoptr (BaruaSecret) typed = barua_secret_new (bytes, sizeof bytes - 1);
  g_autoptr (BaruaSecret) normal = barua_app_password_normalize (typed);

  g_assert_true (barua_secret_equal (typed, normal));
  g_assert_cmpint (barua_secret_shape (normal), ==, BARUA_SECRET_SHAPE_OTHER);
}

static void
test_long (void)
{
  g_autofree char *bytes = g_strnfill (1024 * 1024, 'x');
  g_autoptr (BaruaSecret) typed = barua_secret_new (bytes, -1);
  g_autoptr (BaruaSecret) normal = barua_app_password_normalize (typed);

  g_assert_true (barua_secret_equal (typed, normal));
  g_assert_cmpuint (barua_app_password_count_letters (typed), ==, 1024 * 1024);
}

static void
test_counts (void)
{
  static const struct
  {
    const char *typed;
    guint letters;
  } rows[] = {
    { "", 0 },
    { "abcd efgh i", 9 },
    { "abcd-efgh-ijkl-mnop", 16 },
    { "1234 ab þð", 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BaruaSecret) typed = barua_secret_new (rows[i].typed, -1);

      g_assert_cmpuint (barua_app_password_count_letters (typed), ==, rows[i].letters);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/app-password/rows", test_rows);
  g_test_add_func ("/account/app-password/nul", test_nul);
  g_test_add_func ("/account/app-password/long", test_long);
  g_test_add_func ("/account/app-password/counts", test_counts);
  return g_test_run ();
}
