#include "config.h"

#include "diagnose/matcher.h"

#include <string.h>

/* How often a rule holds in normalized text. */
static guint
count_hits (const char *text, gsize length, gsize part, const char *id)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (BaruaWordHit));
  guint count = 0;

  for (gsize from = 0; from < length; from += part)
    barua_matcher_scan (text, length, from, MIN (from + part, length), BARUA_MATCHER_ALL,
                        hits);
  for (guint i = 0; i < hits->len; i++)
    if (strcmp (g_array_index (hits, BaruaWordHit, i).rule->id, id) == 0)
      count++;
  return count;
}

/* "at your service" is a greeting where "250-" or "250 " stands near. */
static void
test_near (void)
{
  static const struct
  {
    const char *description;
    const char *before;
    guint blanks;
    const char *after;
    guint hits;
  } ROWS[] = {
    { "right before", "250-smtp.gmail.com", 1, "at your service", 1 },
    { "at the edge", "250-smtp.gmail.com", 480 - 18, "at your service", 1 },
    { "one byte too far", "250-smtp.gmail.com", 480 - 17, "at your service", 0 },
    { "behind", "at your service", 40, "250-smtp.gmail.com", 1 },
    { "too far behind", "at your service", 480, "250-smtp.gmail.com", 0 },
    { "nothing", "", 0, "at your service", 0 },
    { "seen by both", "250-x at your service", 40, "and at your service", 2 },
    { "seen by one of two", "250-x at your service", 600, "and at your service", 1 },
    { "seen by the later one", "at your service", 600, "250-x at your service", 1 },
    { "no word of its own", "1250-smtp.gmail.com", 1, "at your service", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *blanks = g_strnfill (ROWS[i].blanks, ' ');
      g_autofree char *text = g_strconcat (ROWS[i].before, blanks, ROWS[i].after, NULL);
      gsize length = strlen (text);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpuint (count_hits (text, length, length, "ehlo"), ==, ROWS[i].hits);
      g_assert_cmpuint (count_hits (text, length, 7, "ehlo"), ==, ROWS[i].hits);
      g_assert_cmpuint (count_hits (text, length, 1, "ehlo"), ==, ROWS[i].hits);
    }
}

/* Words that begin alike, whole words, and words at the very end of a text. */
static void
test_words (void)
{
  static const struct
  {
    const char *text;
    guint hits;
  } ROWS[] = {
    { "250 2.0.0 ok", 1 },       { "250 2.0.0 okay", 1 },
    { "250 2.0.1 ok", 0 },       { "250 2.0.0 o", 0 },
    { "x250 2.0.0 ok", 0 },      { "250 2.0.0 ok 250 2.0.0 ok", 2 },
    { "exitcode=ex_ok", 1 },     { "exitcode=ex_oko", 0 },
    { "exitcode=ex_o", 0 },      { "exit", 0 },
    { "250 ok 1 x - gsmtp", 1 }, { "250 ok 1 x - gsmtpd", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      gsize length = strlen (ROWS[i].text);
      /* Of the very length, so that a sanitizer sees a byte read beyond the end. */
      g_autofree char *text = g_memdup2 (ROWS[i].text, length);

      g_test_message ("%s", ROWS[i].text);
      g_assert_cmpuint (count_hits (text, length, length, "sent"), ==, ROWS[i].hits);
      g_assert_cmpuint (count_hits (text, length, 1, "sent"), ==, ROWS[i].hits);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/matcher/near", test_near);
  g_test_add_func ("/diagnose/matcher/words", test_words);
  return g_test_run ();
}
