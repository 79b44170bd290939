#include "config.h"

#include "diagnose/explain.h"
#include "diagnose/replies.h"

#include <string.h>

/* Of the real texts of each file so many have to be told rightly. */
#define RIGHT_PERCENT 97

/* Texts that no words tell apart: any cause of one set is right for another of it. What
 * decides between them is not in the text: the way of signing in, another port, the rest
 * of a certificate. */
static const char *const SETS[][10] = {
  { "bad-credentials", "less-secure-blocked", "app-password-required", "wrong-username",
    "oauth-token-expired", "oauth-scope-missing", "oauth-client-invalid",
    "oauth-bad-sasl-string", "auth-mechanism-mismatch" },
  { "port-blocked", "connection-timeout", "ipv6-broken", "no-network" },
  { "connection-refused", "port-blocked" },
  { "tls-untrusted", "tls-intercepted", "tls-no-sni" },
};

/* Only these answers are open: a text that names its cause has to be told exactly. */
static const char *const OPEN[] = {
  "bad-credentials",    "oauth-token-expired", "connection-timeout",
  "connection-refused", "tls-untrusted",       "tls-no-sni",
};

static gboolean
is_in (const char *const *words, gsize n_words, const char *word)
{
  for (gsize i = 0; i < n_words && words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_right (const char *label, const char *answer, double sure)
{
  if (strcmp (label, answer) == 0)
    return TRUE;
  if (sure >= 0.75 || !is_in (OPEN, G_N_ELEMENTS (OPEN), answer))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (SETS); i++)
    if (is_in (SETS[i], G_N_ELEMENTS (SETS[i]), label) &&
        is_in (SETS[i], G_N_ELEMENTS (SETS[i]), answer))
      return TRUE;
  return FALSE;
}

static char *
unfold (const char *cell)
{
  g_auto (GStrv) lines = g_strsplit (cell, "\\n", -1);

  return g_strjoinv ("\n", lines);
}

static char *
load (const char *name)
{
  const char *folder = g_getenv ("BARUA_REFERENCE");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (folder == NULL || folder[0] == '\0')
    return NULL;
  path = g_build_filename (folder, name, NULL);
  g_file_get_contents (path, &text, NULL, &error);
  return text;
}

typedef struct
{
  guint rows;
  guint exact;
  guint right;
} Score;

static void
judge (const char *row, gsize text_column, Score *score)
{
  g_auto (GStrv) cells = g_strsplit (row, "\t", -1);
  g_autofree char *text = NULL;
  g_autoptr (BaruaExplanation) explanation = NULL;
  const char *label = NULL;
  const char *answer = NULL;

  if (g_strv_length (cells) < text_column + 2)
    return;
  text = unfold (cells[text_column]);
  label = cells[text_column + 1];
  explanation = barua_explain (text, -1);
  answer = explanation->verdict->cause->id;
  score->rows++;
  score->exact += strcmp (answer, label) == 0;
  if (is_right (label, answer, explanation->verdict->sure))
    score->right++;
  else
    g_test_message ("%s: %s, not %s: %s", cells[0], label, answer, cells[text_column]);
}

static void
check_file (const char *name, gsize text_column)
{
  g_autofree char *file = load (name);
  g_auto (GStrv) rows = NULL;
  Score score = { 0 };

  if (file == NULL)
    {
      g_test_skip ("The reference texts are not here: set BARUA_REFERENCE");
      return;
    }
  rows = g_strsplit (file, "\n", -1);
  for (gsize i = 1; rows[i] != NULL; i++)
    judge (rows[i], text_column, &score);
  g_test_message ("%s: %u rows, %u exactly, %u right", name, score.rows, score.exact,
                  score.right);
  g_assert_cmpuint (score.rows, >, 50);
  g_assert_cmpuint (score.right * 100, >=, score.rows * RIGHT_PERCENT);
}

static void
test_replies (void)
{
  check_file ("replies.tsv", 3);
}

static void
test_client_errors (void)
{
  check_file ("client-errors.tsv", 2);
}

/* The same words without the rest of a pasted text. */
static void
test_matches (void)
{
  g_autofree char *file = load ("replies.tsv");
  g_auto (GStrv) rows = NULL;
  Score score = { 0 };

  if (file == NULL)
    {
      g_test_skip ("The reference texts are not here: set BARUA_REFERENCE");
      return;
    }
  rows = g_strsplit (file, "\n", -1);
  for (gsize i = 1; rows[i] != NULL && rows[i][0] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (rows[i], "\t", -1);
      g_autofree char *text = unfold (cells[3]);
      BaruaReplyMatch match = barua_replies_match (text, NULL);
      const char *answer = match.cause != NULL ? match.cause : "unknown";

      score.rows++;
      if (is_right (cells[4], answer, match.sure))
        score.right++;
      else
        g_test_message ("%s: %s, not %s: %s", cells[0], cells[4], answer, cells[3]);
    }
  g_assert_cmpuint (score.right * 100, >=, score.rows * RIGHT_PERCENT);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/reference/replies", test_replies);
  g_test_add_func ("/diagnose/reference/client-errors", test_client_errors);
  g_test_add_func ("/diagnose/reference/matches", test_matches);
  return g_test_run ();
}
