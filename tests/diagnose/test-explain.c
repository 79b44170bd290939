#include "config.h"

#include "diagnose/explain.h"

#include "base/redact.h"

#include <string.h>
#include <sys/resource.h>

/* One row of texts.tsv. */
typedef struct
{
  char *cause;
  char *description;
  char *text;
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->cause);
  g_free (row->description);
  g_free (row->text);
  g_free (row);
}

/* "\n" stands for a line break, "\\n" for these two characters. */
static char *
unfold (const char *cell)
{
  GString *text = g_string_new (NULL);

  for (const char *p = cell; *p != '\0'; p++)
    {
      if (p[0] == '\\' && p[1] == '\\')
        g_string_append_c (text, *p++);
      else if (p[0] == '\\' && p[1] == 'n')
        {
          g_string_append_c (text, '\n');
          p++;
        }
      else
        g_string_append_c (text, *p);
    }
  return g_string_free (text, FALSE);
}

static GPtrArray *
load_rows (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "diagnose", "texts.tsv", NULL);
  g_autofree char *file = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);

  g_file_get_contents (path, &file, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (file, "\n", -1);
  for (gsize i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], "\t", 3);
      Row *row = g_new0 (Row, 1);

      g_assert_cmpuint (g_strv_length (cells), ==, 3);
      row->cause = g_strdup (cells[0]);
      row->description = g_strdup (cells[1]);
      row->text = unfold (cells[2]);
      g_ptr_array_add (rows, row);
    }
  return rows;
}

static void
assert_cause (const Row *row, const BaruaExplanation *explanation)
{
  g_test_message ("%s, %s: %s", row->cause, row->description, row->text);
  g_assert_cmpstr (explanation->verdict->cause->id, ==, row->cause);
}

static void
test_texts (void)
{
  g_autoptr (GPtrArray) rows = load_rows ();

  g_assert_cmpuint (rows->len, >, 200);
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = g_ptr_array_index (rows, i);
      g_autoptr (BaruaExplanation) explanation = barua_explain (row->text, -1);

      assert_cause (row, explanation);
      if (strcmp (row->cause, "unknown") == 0)
        g_assert_cmpuint (explanation->matches->len, ==, 0);
    }
}

/* Every cause that words can show is shown by some text. */
static void
test_every_cause (void)
{
  g_autoptr (GPtrArray) rows = load_rows ();
  gsize n_causes = 0;
  const BaruaCause *causes = barua_causes (&n_causes);

  for (gsize i = 0; i < n_causes; i++)
    {
      guint times = 0;

      for (guint j = 0; j < rows->len; j++)
        times += strcmp (((Row *) g_ptr_array_index (rows, j))->cause, causes[i].id) == 0;
      g_test_message ("%s", causes[i].id);
      g_assert_cmpuint (times, >=, 1);
    }
}

static void
feed (BaruaExplainer *explainer, const char *text, gsize length, gsize chunk)
{
  for (gsize i = 0; i < length; i += chunk)
    barua_explainer_feed (explainer, text + i, MIN (chunk, length - i));
}

static void
assert_same (const BaruaExplanation *a, const BaruaExplanation *b)
{
  g_assert_cmpstr (a->verdict->cause->id, ==, b->verdict->cause->id);
  g_assert_cmpuint (a->verdict->evidence->len, ==, b->verdict->evidence->len);
  for (guint i = 0; i < a->verdict->evidence->len; i++)
    g_assert_cmpstr (g_ptr_array_index (a->verdict->evidence, i), ==,
                     g_ptr_array_index (b->verdict->evidence, i));
  g_assert_cmpuint (a->matches->len, ==, b->matches->len);
  for (guint i = 0; i < a->matches->len; i++)
    {
      const BaruaExplanationMatch *x =
        &g_array_index (a->matches, BaruaExplanationMatch, i);
      const BaruaExplanationMatch *y =
        &g_array_index (b->matches, BaruaExplanationMatch, i);

      g_assert_cmpuint (x->line, ==, y->line);
      g_assert_cmpstr (x->cause, ==, y->cause);
    }
}

static GString *
make_noise (guint lines)
{
  GString *noise = g_string_new (NULL);

  for (guint i = 0; i < lines; i++)
    g_string_append_printf (
      noise,
      "Nov 20 10:%02u:%02u box systemd[1]: Started session-%u.scope "
      "for the evening; the kettle is on.\n",
      i / 60 % 60, i % 60, i);
  return noise;
}

static void
test_chunks (void)
{
  static const gsize CHUNKS[] = { 1, 7, 4096 };
  g_autoptr (GPtrArray) rows = load_rows ();
  g_autoptr (BaruaExplainer) explainer = barua_explainer_new ();
  g_autoptr (BaruaExplanation) whole = NULL;
  GString *text = make_noise (1500);

  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s\n\n\n\n\n\n",
                            ((Row *) g_ptr_array_index (rows, i))->text);
  whole = barua_explain (text->str, (gssize) text->len);
  g_assert_cmpuint (whole->matches->len, ==, BARUA_EXPLANATION_MATCHES);
  for (gsize i = 0; i < G_N_ELEMENTS (CHUNKS); i++)
    {
      g_autoptr (BaruaExplanation) cut = NULL;

      feed (explainer, text->str, text->len, CHUNKS[i]);
      cut = barua_explainer_finish (explainer);
      assert_same (whole, cut);
    }
  g_string_free (text, TRUE);
}

/* Only what the quick look finds is read of a long log. */
static void
test_deep_in_a_log (void)
{
  g_autoptr (GPtrArray) rows = load_rows ();
  GString *noise = make_noise (900);

  g_assert_cmpuint (noise->len, >, 70000);
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = g_ptr_array_index (rows, i);
      g_autofree char *log = g_strconcat (noise->str, row->text, "\n", noise->str, NULL);
      g_autoptr (BaruaExplanation) explanation = NULL;

      /* Letters of other scripts are not looked for beyond what people paste. */
      if (strstr (row->description, "Russian") != NULL)
        continue;
      explanation = barua_explain (log, -1);
      assert_cause (row, explanation);
      if (explanation->matches->len > 0)
        g_assert_cmpuint (
          g_array_index (explanation->matches, BaruaExplanationMatch, 0).line, >=, 901);
    }
  g_string_free (noise, TRUE);
}

static void
test_lines (void)
{
  static const struct
  {
    const char *description;
    const char *text;
    const char *cause;
    guint64 line;
    guint n_matches;
  } ROWS[] = {
    { "a reply of several lines begins in its first",
      "one\ntwo\n534-5.7.9 Application-specific password required. Learn more at\n534 "
      "5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor\n",
      "app-password-required", 3, 1 },
    { "the last of several",
      "535 5.7.8 Username and Password not accepted.\n\n\n\n\n552-5.3.4 Your message "
      "exceeded Google's message size limits.\n",
      "message-too-large", 6, 2 },
    { "the same again is another match",
      "a1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)\na2 NO "
      "[AUTHENTICATIONFAILED] Invalid credentials (Failure)\n",
      "bad-credentials", 2, 2 },
    { "vague words after clear ones do not count",
      "534-5.7.14 Please log in via your web browser and then try again.\nSMTP Error: "
      "Could not authenticate.\n\n\n\n\n\nConnection closed\n",
      "web-login-required", 1, 2 },
    { "line ends of Windows", "one\r\ntwo\r\n555 5.5.2 Syntax error. x - gsmtp\r\n",
      "syntax-error", 3, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaExplanation) explanation = barua_explain (ROWS[i].text, -1);
      gboolean found = FALSE;

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpstr (explanation->verdict->cause->id, ==, ROWS[i].cause);
      g_assert_cmpuint (explanation->matches->len, ==, ROWS[i].n_matches);
      for (guint j = 0; j < explanation->matches->len; j++)
        {
          const BaruaExplanationMatch *match =
            &g_array_index (explanation->matches, BaruaExplanationMatch, j);

          found |=
            match->line == ROWS[i].line && strcmp (match->cause, ROWS[i].cause) == 0;
        }
      g_assert_true (found);
    }
}

/* A success makes good what it proves, and no more. */
static void
test_success_after_failure (void)
{
  static const struct
  {
    const char *description;
    const char *text;
    const char *cause;
  } ROWS[] = {
    { "a greeting proves the connection",
      "connect to smtp.gmail.com port 465: Connection timed out\n220 smtp.gmail.com "
      "ESMTP "
      "x - gsmtp\n",
      "ok" },
    { "a greeting does not prove a password",
      "535 5.7.8 Username and Password not accepted.\n\n\n\n220 smtp.gmail.com ESMTP x - "
      "gsmtp\n",
      "bad-credentials" },
    { "a sign-in proves the password", "535 5.7.8 BadCredentials\n\n235 2.7.0 Accepted\n",
      "ok" },
    { "another message sent does not make this one smaller",
      "552-5.3.4 Your message exceeded Google's message size limits.\n\n250 2.0.0 OK  1 "
      "x "
      "- gsmtp\n",
      "message-too-large" },
    { "a failure after a success stands",
      "235 2.7.0 Accepted\n550-5.4.5 Daily user sending limit exceeded.\n",
      "daily-limit" },
    { "a greeting in the very complaint is no success",
      "IMAP: unexpected response: b'220 smtp.gmail.com ESMTP x - gsmtp'\n",
      "wrong-server" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaExplanation) explanation = barua_explain (ROWS[i].text, -1);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpstr (explanation->verdict->cause->id, ==, ROWS[i].cause);
    }
}

/* What must not be shown, and does not stand in the answer. */
static const struct
{
  const char *text;
  const char *hidden;
} PRIVATE[] = {
  { "a1 LOGIN anna.k@example.org hunter2hunter\na1 NO [AUTHENTICATIONFAILED] Invalid "
    "credentials (Failure)",
    "hunter2" },
  { "Command \"login anna@example.org sesame99\" failed : NO [ALERT] Please log in via "
    "your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)",
    "sesame99" },
  { "Authentication failed for Anna.Karlsdottir+x@example.org: 535 5.7.8 Username and "
    "Password not accepted.",
    "Karlsdottir" },
  { "534-5.7.14 <https://accounts.google.com/signin/continue?sarp=1&plt=AKgnsbuX> "
    "Please log in via your web browser",
    "AKgnsbuX" },
  { "* NO [WEBALERT https://accounts.google.com/signin/continue?plt=AKgnsbuX] Web "
    "login "
    "required.",
    "AKgnsbuX" },
  { "AUTH PLAIN AGFubmFAZXhhbXBsZS5vcmcAc2VjcmV0\n535 5.7.8 Username and Password not "
    "accepted.",
    "AGFubmFA" },
  { "GET /?error=access_denied&state=c2VjcmV0c3RhdGU HTTP/1.1", "c2VjcmV0" },
  { "access_token=ya29.a0AfH6SMBxyz invalid_grant", "a0AfH6" },
  { "Traceback: /home/annak/mail.py: 535 5.7.8 Username and Password not accepted.",
    "annak" },
  { "550-5.7.1 [203.0.113.77] The IP you're using to send mail is not authorized to "
    "send "
    "email directly to our servers.",
    "203.0.113.77" },
  { "password: 'abcd efgh ijkl mnop' 535 5.7.8 Username and Password not accepted.",
    "abcd" },
  { "password: 'abcd efgh ijkl mnop' 535 5.7.8 Username and Password not accepted.",
    "mnop" },
  { "My app password abcd efgh ijkl mnop gives 535 5.7.8 Username and Password not "
    "accepted.",
    "ijkl" },
  { "Password is: ABCD-EFGH-IJKL-MNOP, but: [AUTHENTICATIONFAILED] Invalid credentials",
    "MNOP" },
  { "log_in('abcd\u00a0efgh\u00a0ijkl\u00a0mnop'): 535 5.7.8 Username and Password not "
    "accepted.",
    "mnop" },
  { "EMAIL_HOST_PASSWORD=abcdefghijklmnop 535 5.7.8 Username and Password not "
    "accepted.",
    "abcdefgh" },
  { "sendemail.smtppass = abcdefghijklmnop 535 5.7.8 Username and Password not "
    "accepted.",
    "abcdefgh" },
  { "curl -u anna@gmail.com:abcdefghijklmnop: curl: (67) Login denied", "abcdefgh" },
  { "imaps://anna:pa55:word@imap.gmail.com: [AUTHENTICATIONFAILED] Invalid credentials",
    "pa55" },
  { "machine smtp.gmail.com login anna password hunter2: 535 5.7.8 Username and "
    "Password not accepted.",
    "hunter2" },
  { "server.login('anna@gmail.com', 'pa55 word') -> 535 5.7.8 Username and Password "
    "not "
    "accepted.",
    "pa55" },
  { "user anna, secret 'abcdefghijklmnop', 535 5.7.8 Username and Password not "
    "accepted.",
    "abcdefgh" },
  { "a1 LOGIN anna@gmail.com abcd efgh ijkl mnop -> a1 BAD Too many arguments provided",
    "mnop" },
};

static void
test_privacy (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PRIVATE); i++)
    {
      g_autoptr (BaruaExplanation) explanation = barua_explain (PRIVATE[i].text, -1);
      GPtrArray *evidence = explanation->verdict->evidence;

      g_test_message ("%s", PRIVATE[i].text);
      g_assert_cmpstr (explanation->verdict->cause->id, !=, "unknown");
      g_assert_cmpuint (evidence->len, >=, 1);
      for (guint j = 0; j < evidence->len; j++)
        g_assert_null (strstr (g_ptr_array_index (evidence, j), PRIVATE[i].hidden));
      g_assert_true (explanation->verdict->name == NULL ||
                     strstr (explanation->verdict->name, PRIVATE[i].hidden) == NULL);
    }
}

/* Not every word of four letters is part of an app password. */
static void
test_shows_the_rest (void)
{
  static const char *const TEXTS[] = {
    "535 5.7.8 Username and Password not accepted. Send mail from your host.",
    "[ALERT] Too many simultaneous connections. (Failure) Each mail host must wait.",
    "https://mail.google.com/: 535 5.7.8 Username and Password not accepted at 10:15.",
    "Login failed with password login: 'Authentication failed', imap.gmail.com:993.",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_autoptr (BaruaExplanation) explanation = barua_explain (TEXTS[i], -1);
      GPtrArray *evidence = explanation->verdict->evidence;

      g_assert_cmpuint (evidence->len, ==, 1);
      g_assert_cmpstr (g_ptr_array_index (evidence, 0), ==, TEXTS[i]);
    }
}

static void
test_names (void)
{
  static const struct
  {
    const char *text;
    const char *name;
  } ROWS[] = {
    { "getaddrinfo ENOTFOUND smtp.gmail.com", "smtp.gmail.com" },
    { "a1 NO [NONEXISTENT] Unknown Mailbox: [Gmail]/Sent Items (Failure)",
      "[Gmail]/Sent Items" },
    { "x509: certificate is valid for *.hosting.example, not smtp.gmail.com",
      "*.hosting.example" },
    { "Could not connect to imap.google.com: timed out", "imap.google.com" },
    { "550-5.1.1 The email account that you tried to reach does not exist: "
      "bo@example.net",
      NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaExplanation) explanation = barua_explain (ROWS[i].text, -1);

      g_assert_cmpstr (explanation->verdict->name, ==, ROWS[i].name);
    }
}

/* Twenty megabytes, a failure in each hundredth line; nothing of it is kept for long. */
static void
test_long_log (void)
{
  g_autoptr (BaruaExplainer) explainer = barua_explainer_new ();
  g_autoptr (BaruaExplanation) explanation = NULL;
  GString *noise = make_noise (100);
  struct rusage before;
  struct rusage after;
  guint64 lines = 0;

  getrusage (RUSAGE_SELF, &before);
  for (gsize fed = 0; fed < 20 * 1000 * 1000; fed += noise->len + 44)
    {
      barua_explainer_feed (explainer, noise->str, noise->len);
      barua_explainer_feed (explainer, "421 4.3.0 Temporary System Problem. - gsmtp\n",
                            44);
      lines += 101;
    }
  getrusage (RUSAGE_SELF, &after);
  explanation = barua_explainer_finish (explainer);
  g_assert_cmpstr (explanation->verdict->cause->id, ==, "temporary-failure");
  g_assert_cmpuint (explanation->matches->len, ==, BARUA_EXPLANATION_MATCHES);
  g_assert_cmpuint (g_array_index (explanation->matches, BaruaExplanationMatch, 99).line,
                    ==, lines);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (after.ru_maxrss - before.ru_maxrss, <, 8 * 1024);
#endif
  g_string_free (noise, TRUE);
}

/* No text, however odd, is too much. */
static void
test_odd_bytes (void)
{
  g_autoptr (BaruaExplainer) explainer = barua_explainer_new ();
  g_autoptr (BaruaExplanation) line = NULL;
  g_autoptr (BaruaExplanation) noise = NULL;
  g_autofree char *endless = g_strnfill (3 * 1000 * 1000, 'A');
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  char bytes[4096];

  barua_explainer_feed (explainer, endless, strlen (endless));
  barua_explainer_feed (explainer,
                        " 552-5.7.0 This message was blocked because its content "
                        "presents a potential security issue.",
                        91);
  line = barua_explainer_finish (explainer);
  g_assert_cmpstr (line->verdict->cause->id, ==, "content-blocked");
  g_assert_cmpuint (g_array_index (line->matches, BaruaExplanationMatch, 0).line, ==, 1);
  for (guint i = 0; i < 300; i++)
    {
      for (gsize j = 0; j < sizeof bytes; j++)
        bytes[j] = (char) g_rand_int_range (rand, 0, 256);
      barua_explainer_feed (explainer, bytes, sizeof bytes);
    }
  noise = barua_explainer_finish (explainer);
  g_assert_cmpstr (noise->verdict->cause->id, ==, "unknown");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/explain/texts", test_texts);
  g_test_add_func ("/diagnose/explain/every-cause", test_every_cause);
  g_test_add_func ("/diagnose/explain/chunks", test_chunks);
  g_test_add_func ("/diagnose/explain/deep", test_deep_in_a_log);
  g_test_add_func ("/diagnose/explain/lines", test_lines);
  g_test_add_func ("/diagnose/explain/success", test_success_after_failure);
  g_test_add_func ("/diagnose/explain/privacy", test_privacy);
  g_test_add_func ("/diagnose/explain/shows-the-rest", test_shows_the_rest);
  g_test_add_func ("/diagnose/explain/names", test_names);
  g_test_add_func ("/diagnose/explain/long-log", test_long_log);
  g_test_add_func ("/diagnose/explain/odd-bytes", test_odd_bytes);
  return g_test_run ();
}
