#include "config.h"

#include "probe/reply.h"

#include "base/limits.h"
#include "support/clock.h"

#include <string.h>

typedef struct
{
  const char *description;
  BaruaProtocol protocol;
  const char *bytes;
  const char *replies;
  BaruaReplyFault fault;
} Row;

#define SMTP BARUA_PROTOCOL_SMTP
#define IMAP BARUA_PROTOCOL_IMAP
#define POP BARUA_PROTOCOL_POP
#define NONE BARUA_REPLY_FAULT_NONE
#define CONTROL BARUA_REPLY_FAULT_CONTROL
#define GRAMMAR BARUA_REPLY_FAULT_GRAMMAR
#define TOO_LONG BARUA_REPLY_FAULT_TOO_LONG

/* Replies are told apart with "/", their lines with "|"; "\1" in the bytes is a NUL. */
static const Row ROWS[] = {
  { "nothing", SMTP, "", "", NONE },
  { "one line", SMTP, "220 hi\r\n", "220:220 hi", NONE },
  { "a code alone", SMTP, "250\r\n", "250:250", NONE },
  { "a code and a blank", SMTP, "250 \r\n", "250:250 ", NONE },
  { "several lines", SMTP, "250-a\r\n250-\r\n250 b\r\n", "250:250-a|250-|250 b", NONE },
  { "two replies", SMTP, "250 a\r\n550 b\r\n", "250:250 a/550:550 b", NONE },
  { "no end yet", SMTP, "250-a\r\n250 b", "", NONE },
  { "UTF-8", SMTP, "250 þ\r\n", "250:250 þ", NONE },
  { "not UTF-8", SMTP, "250 \xff\xfe\r\n", "250:250 \xff\xfe", NONE },
  { "two codes", SMTP, "250-a\r\n251 b\r\n", "", GRAMMAR },
  { "two digits", SMTP, "25 a\r\n", "", GRAMMAR },
  { "two digits alone", SMTP, "25\r\n", "", GRAMMAR },
  { "four digits", SMTP, "2500 a\r\n", "", GRAMMAR },
  { "a plus", SMTP, "+25 a\r\n", "", GRAMMAR },
  { "a minus", SMTP, "-250 a\r\n", "", GRAMMAR },
  { "a blank in front", SMTP, " 250 a\r\n", "", GRAMMAR },
  { "a letter", SMTP, "25O a\r\n", "", GRAMMAR },
  { "other digits", SMTP, "\xd9\xa2\xd9\xa5\xd9\xa0 a\r\n", "", GRAMMAR },
  { "a small code", SMTP, "199 a\r\n", "", GRAMMAR },
  { "a large code", SMTP, "600 a\r\n", "", GRAMMAR },
  { "a tab", SMTP, "250\ta\r\n", "", GRAMMAR },
  { "an empty line", SMTP, "\r\n", "", GRAMMAR },
  { "a good one first", SMTP, "250 a\r\nhello\r\n250 b\r\n", "250:250 a", GRAMMAR },
  { "a NUL", SMTP, "250 a\1b\r\n", "", CONTROL },
  { "a NUL behind a line", SMTP, "250 a\r\n\1", "250:250 a", CONTROL },
  { "LF alone", SMTP, "250 a\n", "", CONTROL },
  { "CR alone", SMTP, "250 a\rb\r\n", "", CONTROL },
  { "CR CR LF", SMTP, "250 a\r\r\n", "", CONTROL },
  { "LF CR", SMTP, "250 a\n\r", "", CONTROL },
  { "CR without LF yet", SMTP, "250 a\r", "", NONE },

  { "well", POP, "+OK hi\r\n", "+OK hi", NONE },
  { "well, alone", POP, "+OK\r\n", "+OK", NONE },
  { "lower case", POP, "+ok hi\r\n", "+ok hi", NONE },
  { "no", POP, "-ERR [AUTH] no\r\n", "-ERR [AUTH] no", NONE },
  { "challenge", POP, "+ abc\r\n+\r\n", "+ abc/+", NONE },
  { "longer word", POP, "+OKAY\r\n", "", GRAMMAR },
  { "another word", POP, "-ERROR x\r\n", "", GRAMMAR },
  { "no sign", POP, "OK\r\n", "", GRAMMAR },
  { "an empty line", POP, "\r\n", "", GRAMMAR },
  { "a NUL", POP, "+OK \1\r\n", "", CONTROL },
  { "LF alone", POP, "+OK\n", "", CONTROL },
  { "CR alone", POP, "+OK\r-\r\n", "", CONTROL },
  { "CR CR LF", POP, "+OK\r\r\n", "", CONTROL },

  { "untagged", IMAP, "* OK hi\r\n", "* OK hi", NONE },
  { "tagged", IMAP, "A1 OK hi\r\n", "A1 OK hi", NONE },
  { "tagged, no text", IMAP, "A1 NO\r\n", "A1 NO", NONE },
  { "lower case", IMAP, "a1 bad x\r\n", "a1 bad x", NONE },
  { "a challenge", IMAP, "+ abc\r\n+ \r\n+\r\n", "+ abc/+ /+", NONE },
  { "unknown data", IMAP, "* XYZ \"it\r\n", "* XYZ \"it", NONE },
  { "a literal", IMAP, "* X {3}\r\nabc\r\n", "* X \"abc\"", NONE },
  { "a literal and more", IMAP, "* X {3}\r\na\"\\ (y)\r\n", "* X \"a\\\"\\\\\" (y)",
    NONE },
  { "a literal with lines", IMAP, "* X {4}\r\na\r\nb\r\n", "* X \"a  b\"", NONE },
  { "two literals", IMAP, "* X {1}\r\na {2}\r\nbc\r\n", "* X \"a\" \"bc\"", NONE },
  { "an empty literal", IMAP, "* X {0}\r\n\r\n", "* X \"\"", NONE },
  { "a binary literal", IMAP, "* X ~{1}\r\na\r\n", "* X ~\"a\"", NONE },
  { "a literal with plus", IMAP, "* X {1+}\r\na\r\n", "* X \"a\"", NONE },
  { "a literal that looks like an answer", IMAP, "* X {10}\r\nA1 OK in\r\n\r\n",
    "* X \"A1 OK in  \"", NONE },
  { "a brace in text", IMAP, "* OK hi {3}\r\n", "* OK hi {3}", NONE },
  { "a brace in a farewell", IMAP, "* BYE hi {3}\r\n", "* BYE hi {3}", NONE },
  { "a brace in PREAUTH", IMAP, "* PREAUTH hi {3}\r\n", "* PREAUTH hi {3}", NONE },
  { "a literal of ten digits", IMAP, "* X {0000000001}\r\na\r\n", "* X \"a\"", NONE },
  { "a literal of eleven digits", IMAP, "* X {00000000001}\r\n", "", GRAMMAR },
  { "an empty string in a second line", IMAP, "* X \"a\\\"\r\n* X \"\" {1}\r\na\r\n",
    "* X \"a\\\"/* X \"\" \"a\"", NONE },
  { "no tag", IMAP, " OK hi\r\n", "", GRAMMAR },
  { "a brace in a tagged text", IMAP, "A1 NO hi {3}\r\n", "A1 NO hi {3}", NONE },
  { "a brace in a challenge", IMAP, "+ {3}\r\n", "+ {3}", NONE },
  { "a brace in a quoted string", IMAP, "* X \"{3}\r\n", "* X \"{3}", NONE },
  { "an escaped quote before a brace", IMAP, "* X \"a\\\"\" {1}\r\nb\r\n",
    "* X \"a\\\"\" \"b\"", NONE },
  { "a brace with a word", IMAP, "* X {abc}\r\n", "* X {abc}", NONE },
  { "a literal not there yet", IMAP, "* X {3}\r\nab", "", NONE },
  { "an endless literal", IMAP, "* X {18446744073709551616}\r\n", "", GRAMMAR },
  { "a large literal", IMAP, "* X {65537}\r\n", "", TOO_LONG },
  { "a negative literal", IMAP, "* X {-3}\r\n", "", GRAMMAR },
  { "a literal of nothing", IMAP, "* X {}\r\n", "", GRAMMAR },
  { "a literal of a plus", IMAP, "* X {+}\r\n", "", GRAMMAR },
  { "a literal with a sign", IMAP, "* X {+3}\r\n", "", GRAMMAR },
  { "a NUL in a literal", IMAP, "* X {3}\r\na\1b\r\n", "", CONTROL },
  { "LF behind a literal", IMAP, "* X {1}\r\na\n", "", CONTROL },
  { "a NUL", IMAP, "* OK \1\r\n", "", CONTROL },
  { "LF alone", IMAP, "* OK\n", "", CONTROL },
  { "CR alone", IMAP, "* OK\rA1 OK\r\n", "", CONTROL },
  { "CR CR LF", IMAP, "* OK\r\r\n", "", CONTROL },
  { "no blank behind the star", IMAP, "*OK\r\n", "", GRAMMAR },
  { "a tag alone", IMAP, "A1\r\n", "", GRAMMAR },
  { "a tag with a word that is none", IMAP, "A1 OKAY\r\n", "", GRAMMAR },
  { "an odd tag", IMAP, "A(1 OK\r\n", "", GRAMMAR },
  { "another protocol", IMAP, "220 smtp.gmail.com ESMTP\r\n", "", GRAMMAR },
  { "yet another", IMAP, "+OK Gpop\r\n", "", GRAMMAR },
  { "a blank in front", IMAP, " * OK\r\n", "", GRAMMAR },
};

static void
append_replies (BaruaReader *reader, GString *out)
{
  while (TRUE)
    {
      g_autoptr (BaruaReply) reply = barua_reader_pop (reader);
      g_autofree char *lines = NULL;

      if (reply == NULL)
        return;
      lines = g_strjoinv ("|", reply->lines);
      if (out->len > 0)
        g_string_append_c (out, '/');
      if (reply->code != 0)
        g_string_append_printf (out, "%u:", reply->code);
      g_string_append (out, lines);
    }
}

static void
push (BaruaReader *reader, const char *bytes, gsize length, gsize chunk)
{
  for (gsize start = 0; start < length; start += chunk)
    barua_reader_push (reader, bytes + start, MIN (chunk, length - start));
}

static void
check_row (const Row *row, gsize chunk)
{
  g_autoptr (BaruaReader) reader = barua_reader_new (row->protocol);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autofree char *bytes = g_strdup (row->bytes);
  gsize length = strlen (bytes);

  for (gsize i = 0; i < length; i++)
    if (bytes[i] == '\1')
      bytes[i] = '\0';
  push (reader, bytes, length, chunk);
  append_replies (reader, seen);
  g_test_message ("%s, by %" G_GSIZE_FORMAT, row->description, chunk);
  g_assert_cmpstr (seen->str, ==, row->replies);
  g_assert_cmpint (barua_reader_get_fault (reader), ==, row->fault);
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    for (gsize chunk = 1; chunk < 40; chunk += 3)
      check_row (&ROWS[i], chunk);
}

static void
test_several_lines (void)
{
  static const char bytes[] =
    "+OK list\r\nA\r\n..B\r\n.C\r\n\r\n+OK\r\n-ERR\r\n.\r\n+OK\r\n";

  for (gsize chunk = 1; chunk < sizeof bytes; chunk++)
    {
      g_autoptr (BaruaReader) reader = barua_reader_new (POP);
      g_autoptr (GString) seen = g_string_new (NULL);

      barua_reader_expect_lines (reader, TRUE);
      push (reader, bytes, sizeof bytes - 1, chunk);
      append_replies (reader, seen);
      g_assert_cmpstr (seen->str, ==, "+OK list|A|.B|C||+OK|-ERR/+OK");
      g_assert_true (barua_reader_is_empty (reader));
    }
}

static void
test_several_lines_only_behind_well (void)
{
  g_autoptr (BaruaReader) reader = barua_reader_new (POP);
  g_autoptr (GString) seen = g_string_new (NULL);

  barua_reader_expect_lines (reader, TRUE);
  push (reader, "-ERR no\r\n+OK hi\r\n", 17, 1);
  append_replies (reader, seen);
  g_assert_cmpstr (seen->str, ==, "-ERR no/+OK hi");
}

typedef struct
{
  BaruaProtocol protocol;
  const char *head;
  const char *unit;
  gsize count;
  const char *tail;
  BaruaReplyFault fault;
} Limit;

static const Limit LIMITS[] = {
  { SMTP, "250 ", "x", BARUA_LIMIT_LINE_SMTP - 4, "\r\n", NONE },
  { SMTP, "250 ", "x", BARUA_LIMIT_LINE_SMTP - 3, "", BARUA_REPLY_FAULT_LINE_TOO_LONG },
  { POP, "+OK ", "x", BARUA_LIMIT_LINE_SMTP - 4, "\r\n", NONE },
  { POP, "+OK ", "x", BARUA_LIMIT_LINE_SMTP - 3, "", BARUA_REPLY_FAULT_LINE_TOO_LONG },
  { IMAP, "* X ", "x", BARUA_LIMIT_LINE_IMAP - 4, "\r\n", NONE },
  { IMAP, "* X ", "x", BARUA_LIMIT_LINE_IMAP - 3, "", BARUA_REPLY_FAULT_LINE_TOO_LONG },
  { SMTP, "", "250-\r\n", BARUA_LIMIT_REPLY_LINES - 1, "250 \r\n", NONE },
  { SMTP, "", "250-\r\n", BARUA_LIMIT_REPLY_LINES, "250 \r\n",
    BARUA_REPLY_FAULT_TOO_MANY_LINES },
  { IMAP, "", "* X\r\n", BARUA_LIMIT_UNTAGGED, "A1 OK\r\n", NONE },
  { IMAP, "", "* X\r\n", BARUA_LIMIT_UNTAGGED + 1, "", BARUA_REPLY_FAULT_TOO_MANY_LINES },
  { IMAP, "", "+ x\r\n", BARUA_LIMIT_UNTAGGED + 1, "", BARUA_REPLY_FAULT_TOO_MANY_LINES },
  { IMAP, "* X {65536}\r\n", "y", BARUA_LIMIT_LITERAL, "\r\n", NONE },
  { IMAP, "* X ", "(", BARUA_LIMIT_NESTING, "\r\n", NONE },
  { IMAP, "* X ", "(", BARUA_LIMIT_NESTING + 1, "\r\n", GRAMMAR },
  { IMAP, "* X ", "()", 2000, "\r\n", NONE },
  { IMAP, "* X ", ")", 2000, "\r\n", NONE },
  { IMAP, "* OK ", "(", 2000, "\r\n", NONE },
  { IMAP, "A1 OK ", "(", 2000, "\r\n", NONE },
};

static void
test_limits (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (LIMITS); i++)
    {
      g_autoptr (BaruaReader) reader = barua_reader_new (LIMITS[i].protocol);

      push (reader, LIMITS[i].head, strlen (LIMITS[i].head), 1);
      for (gsize n = 0; n < LIMITS[i].count; n++)
        barua_reader_push (reader, LIMITS[i].unit, strlen (LIMITS[i].unit));
      push (reader, LIMITS[i].tail, strlen (LIMITS[i].tail), 1);
      g_test_message ("%s%s…", LIMITS[i].head, LIMITS[i].unit);
      g_assert_cmpint (barua_reader_get_fault (reader), ==, LIMITS[i].fault);
    }
}

/* A reply of a megabyte sharp, and one byte more. */
static void
test_longest_reply (void)
{
  g_autofree char *filler = g_strnfill (8186, 'x');
  g_autofree char *line = g_strdup_printf ("250-%s\r\n", filler);
  g_autofree char *longer = g_strdup_printf ("250-x%s\r\n", filler);
  g_autofree char *last = g_strdup_printf ("250 %s\r\n", filler);

  for (guint more = 0; more < 2; more++)
    {
      const char *first = more == 0 ? line : longer;
      g_autoptr (BaruaReader) reader = barua_reader_new (SMTP);
      g_autoptr (BaruaReply) reply = NULL;

      barua_reader_push (reader, first, strlen (first));
      for (guint i = 0; i < 126; i++)
        barua_reader_push (reader, line, strlen (line));
      g_assert_cmpint (barua_reader_get_fault (reader), ==, NONE);
      barua_reader_push (reader, last, strlen (last));
      reply = barua_reader_pop (reader);
      g_assert_cmpint (barua_reader_get_fault (reader), ==, more == 0 ? NONE : TOO_LONG);
      g_assert_cmpint (reply != NULL, ==, more == 0);
    }
}

/* Many replies are not one long one. */
static void
test_replies_are_counted_apart (void)
{
  const struct
  {
    BaruaProtocol protocol;
    gboolean several;
    const char *format;
  } rows[] = {
    { SMTP, FALSE, "250-%s\r\n250 x\r\n" },
    { POP, FALSE, "+OK %s\r\n" },
    { POP, TRUE, "+OK\r\n%s\r\n.\r\n" },
  };
  g_autofree char *filler = g_strnfill (8000, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) parts = g_strsplit (rows[i].format, "%s", 2);
      g_autofree char *bytes = g_strconcat (parts[0], filler, parts[1], NULL);
      g_autoptr (BaruaReader) reader = barua_reader_new (rows[i].protocol);

      for (guint n = 0; n < 200; n++)
        {
          g_autoptr (BaruaReply) reply = NULL;

          if (rows[i].several)
            barua_reader_expect_lines (reader, TRUE);
          barua_reader_push (reader, bytes, strlen (bytes));
          reply = barua_reader_pop (reader);
          g_assert_nonnull (reply);
        }
      g_assert_cmpint (barua_reader_get_fault (reader), ==, NONE);
    }
}

/* Parentheses of one line do not count in the next. */
static void
test_nesting_begins_anew (void)
{
  g_autoptr (BaruaReader) reader = barua_reader_new (IMAP);

  for (guint i = 0; i < 10; i++)
    barua_reader_push (reader, "* X ((((((((((\r\n", 16);
  g_assert_cmpint (barua_reader_get_fault (reader), ==, NONE);
}

/* What was tagged begins the count of bytes and answers anew. */
static void
test_limits_begin_anew (void)
{
  g_autoptr (BaruaReader) reader = barua_reader_new (IMAP);
  g_autofree char *filler = g_strnfill (4000, 'x');
  g_autofree char *line = g_strdup_printf ("* X %s\r\n", filler);

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (BaruaReply) reply = NULL;

      barua_reader_push (reader, line, strlen (line));
      if (i % 200 == 0)
        barua_reader_push (reader, "A1 OK\r\n", 7);
      while ((reply = barua_reader_pop (reader)) != NULL)
        g_clear_pointer (&reply, barua_reply_free);
    }
  g_assert_cmpint (barua_reader_get_fault (reader), ==, NONE);
  for (guint i = 0; i < 300; i++)
    barua_reader_push (reader, line, strlen (line));
  g_assert_cmpint (barua_reader_get_fault (reader), ==, TOO_LONG);
}

static void
assert_rest (BaruaReader *reader, const char *expected)
{
  g_autofree char *rest = barua_reader_dup_rest (reader);

  g_assert_cmpstr (rest, ==, expected);
}

static void
test_rest (void)
{
  g_autoptr (BaruaReader) reader = barua_reader_new (SMTP);
  g_autoptr (BaruaReader) lines = barua_reader_new (SMTP);
  g_autoptr (BaruaReply) reply = NULL;

  g_assert_true (barua_reader_is_empty (reader));
  assert_rest (reader, "");
  push (reader, "250 a\r\n", 7, 1);
  g_assert_false (barua_reader_is_empty (reader));
  reply = barua_reader_pop (reader);
  g_assert_nonnull (reply);
  g_assert_true (barua_reader_is_empty (reader));
  push (reader, "\r", 1, 1);
  g_assert_false (barua_reader_is_empty (reader));
  push (reader, "x", 1, 1);
  assert_rest (reader, "");

  push (lines, "220-one\r\nSSH-2.0\x1b[31m\r\n", 23, 1);
  g_assert_cmpint (barua_reader_get_fault (lines), ==, GRAMMAR);
  g_assert_null (barua_reader_pop (lines));
  g_assert_false (barua_reader_is_empty (lines));
  assert_rest (lines, "220-one");
}

static void
test_rest_is_printable (void)
{
  g_autoptr (BaruaReader) reader = barua_reader_new (IMAP);
  g_autofree char *filler = g_strnfill (1000, 'x');
  g_autofree char *rest = NULL;

  push (reader, "HTTP/1.1 \x1b[31m\t\xff", 16, 3);
  assert_rest (reader, "HTTP/1.1 \xef\xbf\xbd[31m \xef\xbf\xbd");
  push (reader, filler, 1000, 1000);
  rest = barua_reader_dup_rest (reader);
  g_assert_cmpuint (g_utf8_strlen (rest, -1), ==, 201);
  g_assert_true (g_str_has_suffix (rest, "…"));
}

static void
test_says_nothing_after_a_fault (void)
{
  g_autoptr (BaruaReader) reader = barua_reader_new (SMTP);

  push (reader, "250 a\n250 b\r\n250 c\r\n", 20, 1);
  g_assert_cmpint (barua_reader_get_fault (reader), ==, CONTROL);
  g_assert_null (barua_reader_pop (reader));
  g_assert_cmpstr (barua_reply_fault_get_detail (CONTROL), !=, "");
}

/* A line of many quotes, braces and parentheses, and many literals: each byte is looked
 * at a fixed number of times, so that a megabyte takes no time to speak of. */
static void
test_is_linear (void)
{
  static const char *const units[] = { "{(\"\\",
                                       "* X {1}\r\n{ \"{1}\" {1}\r\n({1}\r\n{" };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (BaruaReader) reader = barua_reader_new (IMAP);
      gint64 start = test_clock_get_us ();

      for (gsize n = 0; n < 100000; n++)
        barua_reader_push (reader, units[i], strlen (units[i]));
      g_assert_cmpint (test_clock_get_us () - start, <, 5 * G_USEC_PER_SEC);
    }
}

/* Random bytes of those that matter: the same replies and the same fault whole, byte by
 * byte, and in pieces. */
static void
test_random_bytes (void)
{
  static const char alphabet[] = "250 -+OK*A1NBY{}39()\"\\.\r\r\r\r\n\n\n\n\0x";

  for (guint round = 0; round < 30000; round++)
    {
      BaruaProtocol protocol = (BaruaProtocol) (round % 3);
      char bytes[64];
      gsize length = (gsize) g_test_rand_int_range (0, sizeof bytes);
      g_autoptr (BaruaReader) whole = barua_reader_new (protocol);
      g_autoptr (BaruaReader) pieces = barua_reader_new (protocol);
      g_autoptr (GString) seen_whole = g_string_new (NULL);
      g_autoptr (GString) seen_pieces = g_string_new (NULL);

      for (gsize i = 0; i < length; i++)
        bytes[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      if (length > 5 && round % 2 == 0)
        memcpy (bytes,
                protocol == SMTP   ? "250-a"
                : protocol == IMAP ? "* X {"
                                   : "+OK x",
                5);
      if (protocol == POP && round % 4 == 0)
        {
          barua_reader_expect_lines (whole, TRUE);
          barua_reader_expect_lines (pieces, TRUE);
        }
      push (whole, bytes, length, MAX (length, 1));
      push (pieces, bytes, length, 1 + round % 5);
      append_replies (whole, seen_whole);
      append_replies (pieces, seen_pieces);
      g_assert_cmpmem (seen_whole->str, seen_whole->len, seen_pieces->str,
                       seen_pieces->len);
      g_assert_cmpint (barua_reader_get_fault (whole), ==,
                       barua_reader_get_fault (pieces));
      g_assert_cmpint (barua_reader_is_empty (whole), ==, barua_reader_is_empty (pieces));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/reply/rows", test_rows);
  g_test_add_func ("/probe/reply/several-lines", test_several_lines);
  g_test_add_func ("/probe/reply/several-lines-well",
                   test_several_lines_only_behind_well);
  g_test_add_func ("/probe/reply/limits", test_limits);
  g_test_add_func ("/probe/reply/limits-anew", test_limits_begin_anew);
  g_test_add_func ("/probe/reply/longest", test_longest_reply);
  g_test_add_func ("/probe/reply/apart", test_replies_are_counted_apart);
  g_test_add_func ("/probe/reply/nesting", test_nesting_begins_anew);
  g_test_add_func ("/probe/reply/rest", test_rest);
  g_test_add_func ("/probe/reply/rest-printable", test_rest_is_printable);
  g_test_add_func ("/probe/reply/fault", test_says_nothing_after_a_fault);
  g_test_add_func ("/probe/reply/linear", test_is_linear);
  g_test_add_func ("/probe/reply/random", test_random_bytes);
  return g_test_run ();
}
