#include "config.h"

#include "export/formats/mbsync-rc.h"

#include <string.h>

static const char SAMPLE[] = "# my mail\n"
                             "SyncState *\n"
                             "\n"
                             "IMAPAccount \"my work\"\n"
                             "  Host imap.example.org # the firm's\n"
                             "  # Port 143\n"
                             "\tuser \"zo\\\"e\\\\\"\n"
                             "PassCmd \"echo \\\"a b\\\"\"\n"
                             " \t\n"
                             "IMAPStore work\r\n"
                             "Account \"my work\"\r\n"
                             "\n\n"
                             "Channel work\n"
                             "Far :work:\n"
                             "Near :here:\n"
                             "Patterns INBOX \"!a b\"\n"
                             "Patterns *\n"
                             "\n"
                             "Group all work\n"
                             "Channel other\n"
                             "Channel another";

static void
test_values (void)
{
  static const struct
  {
    const char *what;
    const char *kind;
    const char *name;
    const char *key;
    const char *value;
  } rows[] = {
    { "a comment behind a value", "IMAPAccount", "my work", "Host", "imap.example.org" },
    { "a comment is no line", "imapaccount", "my work", "Port", NULL },
    { "letter case, quotes, escapes", "IMAPAccount", "my work", "User", "zo\"e\\" },
    { "quotes within quotes", "IMAPAccount", "my work", "PassCmd", "echo \"a b\"" },
    { "network line ends", "IMAPStore", "work", "Account", "my work" },
    { "the last line counts", "Channel", "work", "Patterns", "*" },
    { "a channel in a group is no section", "Group", "all", "Channel", "another" },
    { "the next section's lines are not its", "IMAPStore", "work", "Far", NULL },
  };
  g_autoptr (BaruaMbsyncRc) rc = barua_mbsync_rc_new (SAMPLE, -1);

  g_assert_cmpuint (barua_mbsync_rc_count (rc), ==, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *value = NULL;
      guint section = 0;

      g_test_message ("%s", rows[i].what);
      g_assert_true (barua_mbsync_rc_find (rc, rows[i].kind, rows[i].name, &section));
      value = barua_mbsync_rc_dup (rc, section, rows[i].key);
      g_assert_cmpstr (value, ==, rows[i].value);
    }
}

static void
test_lists (void)
{
  g_autoptr (BaruaMbsyncRc) rc = barua_mbsync_rc_new (SAMPLE, -1);
  g_auto (GStrv) patterns = NULL;
  g_autofree char *joined = NULL;
  guint section = 9;

  g_assert_false (barua_mbsync_rc_find (rc, "Channel", "other", &section));
  g_assert_cmpuint (section, ==, 9);
  g_assert_true (barua_mbsync_rc_find (rc, "Channel", "work", &section));
  patterns = barua_mbsync_rc_list (rc, section, "patterns");
  joined = g_strjoinv ("|", patterns);
  g_assert_cmpstr (joined, ==, "INBOX|!a b|*");
}

static void
test_places (void)
{
  g_autoptr (BaruaMbsyncRc) rc = barua_mbsync_rc_new (SAMPLE, -1);
  g_autofree char *text = NULL;
  BaruaSpan span = { 0 };

  g_assert_true (barua_mbsync_rc_locate (rc, 0, "HOST", &span));
  text = g_strndup (SAMPLE + span.offset, span.length);
  g_assert_cmpstr (text, ==, "imap.example.org");
  g_assert_cmpuint (span.line, ==, 5);
  g_clear_pointer (&text, g_free);
  g_assert_true (barua_mbsync_rc_locate (rc, 0, NULL, &span));
  text = g_strndup (SAMPLE + span.offset, span.length);
  g_assert_cmpstr (text, ==, "\"my work\"");
  g_assert_false (barua_mbsync_rc_locate (rc, 0, "Timeout", &span));
}

static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "",
    "\n",
    "\r\n\r\n",
    "Channel",
    "Channel x",
    "IMAPAccount a\nHost",
    "\\",
    "\"a\nb\"",
    "Channel \\\nFar",
    "#\n\n\n# \t",
    "Host before any section\n",
    "IMAPStore \xff\xfe\n",
    SAMPLE,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BaruaMbsyncRc) rc = barua_mbsync_rc_new (texts[i], -1);
      gsize length = 0;
      g_autofree char *text = barua_mbsync_rc_dup_text (rc, &length);

      g_assert_cmpstr (text, ==, texts[i]);
      g_assert_cmpuint (length, ==, strlen (texts[i]));
    }
}

static void
test_changes (void)
{
  g_autoptr (BaruaMbsyncRc) rc = barua_mbsync_rc_new (SAMPLE, -1);
  g_autofree char *text = NULL;
  guint added = 0;

  barua_mbsync_rc_set (rc, 0, "Host", "imap.gmail.com");
  barua_mbsync_rc_set (rc, 0, "Port", "993");
  g_assert_true (barua_mbsync_rc_remove (rc, 0, "PASSCMD"));
  g_assert_false (barua_mbsync_rc_remove (rc, 0, "PassCmd"));
  barua_mbsync_rc_set (rc, 1, "Path", "x");
  added = barua_mbsync_rc_add (rc, "Group", "more");
  g_assert_cmpuint (added, ==, 4);
  barua_mbsync_rc_append (rc, added, "Channel", "a");
  barua_mbsync_rc_append (rc, added, "Channel", "b");
  text = barua_mbsync_rc_dup_text (rc, NULL);
  g_assert_cmpstr (text, ==,
                   "# my mail\nSyncState *\n\n"
                   "IMAPAccount \"my work\"\n"
                   "  Host imap.gmail.com # the firm's\n"
                   "  # Port 143\n"
                   "\tuser \"zo\\\"e\\\\\"\n"
                   "Port 993\r\n"
                   " \t\n"
                   "IMAPStore work\r\nAccount \"my work\"\r\nPath x\r\n"
                   "\n\n"
                   "Channel work\nFar :work:\nNear :here:\nPatterns INBOX \"!a b\"\n"
                   "Patterns *\n\n"
                   "Group all work\nChannel other\nChannel another\r\n"
                   "\r\n"
                   "Group more\r\nChannel a\r\nChannel b\r\n");
}

/* mbsync starts with no such file; what is put there is to be seen all the same. */
static void
test_open_quotation (void)
{
  static const struct
  {
    const char *before;
    const char *after;
  } rows[] = {
    { "IMAPAccount a\n Host\"\nPort 993\n",
      "IMAPAccount a\n Host imap.gmail.com\nPort 993\n" },
    { "IMAPAccount a\nHost \"old\nPort 993\n",
      "IMAPAccount a\nHost imap.gmail.com\nPort 993\n" },
    { "IMAPAccount a\nHost \"old\" # \"\nPort 993\n",
      "IMAPAccount a\nHost imap.gmail.com # \"\nPort 993\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BaruaMbsyncRc) rc = barua_mbsync_rc_new (rows[i].before, -1);
      g_autofree char *text = NULL;

      barua_mbsync_rc_set (rc, 0, "Host", "imap.gmail.com");
      text = barua_mbsync_rc_dup_text (rc, NULL);
      g_assert_cmpstr (text, ==, rows[i].after);
    }
}

static void
test_quotes (void)
{
  static const struct
  {
    const char *word;
    const char *quoted;
  } rows[] = {
    { "plain", "plain" },
    { "", "\"\"" },
    { "#1", "\"#1\"" },
    { "a#1", "a#1" },
    { "[Gmail]/Sent Mail", "\"[Gmail]/Sent Mail\"" },
    { "a\"b\\c", "\"a\\\"b\\\\c\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *quoted = barua_mbsync_rc_quote (rows[i].word);
      g_autofree char *line = g_strconcat ("Channel ", quoted, "\n", NULL);
      g_autoptr (BaruaMbsyncRc) rc = barua_mbsync_rc_new (line, -1);

      g_assert_cmpstr (quoted, ==, rows[i].quoted);
      g_assert_cmpstr (barua_mbsync_rc_get_name (rc, 0), ==, rows[i].word);
    }
}

/* Whatever is there, a value that was set can be read again, and no other has changed. */
static void
test_random (void)
{
  static const char ALPHABET[] = "aH \t\n\r\"\\#:Channel\nHost x\n\nIMAPStore y\n";

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (BaruaMbsyncRc) rc = NULL;
      g_autoptr (BaruaMbsyncRc) again = NULL;
      g_autofree char *written = NULL;
      g_autofree char *value = NULL;
      guint section = 0;

      for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
        {
          int at = g_test_rand_int_range (0, sizeof (ALPHABET) - 1);
          int length = g_test_rand_int_range (1, (int) sizeof (ALPHABET) - at);

          g_string_append_len (text, ALPHABET + at, length);
        }
      rc = barua_mbsync_rc_new (text->str, (gssize) text->len);
      if (barua_mbsync_rc_count (rc) == 0)
        continue;
      section = (guint) g_test_rand_int_range (0, (int) barua_mbsync_rc_count (rc));
      barua_mbsync_rc_set (rc, section, "Host", "imap.gmail.com");
      written = barua_mbsync_rc_dup_text (rc, NULL);
      again = barua_mbsync_rc_new (written, -1);
      g_assert_cmpuint (barua_mbsync_rc_count (again), ==, barua_mbsync_rc_count (rc));
      value = barua_mbsync_rc_dup (again, section, "Host");
      g_assert_cmpstr (value, ==, "imap.gmail.com");
      barua_mbsync_rc_remove (again, section, "Host");
      g_clear_pointer (&value, g_free);
      value = barua_mbsync_rc_dup (again, section, "Host");
      g_assert_null (value);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mbsync-rc/values", test_values);
  g_test_add_func ("/mbsync-rc/lists", test_lists);
  g_test_add_func ("/mbsync-rc/places", test_places);
  g_test_add_func ("/mbsync-rc/round-trip", test_round_trip);
  g_test_add_func ("/mbsync-rc/changes", test_changes);
  g_test_add_func ("/mbsync-rc/open-quotation", test_open_quotation);
  g_test_add_func ("/mbsync-rc/quotes", test_quotes);
  g_test_add_func ("/mbsync-rc/random", test_random);
  return g_test_run ();
}
