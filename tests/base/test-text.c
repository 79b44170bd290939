#include "config.h"

#include "base/text.h"

#include <string.h>

#define FFFD "\ufffd"

typedef struct
{
  const char *what;
  const char *bytes;
  gssize length;
  gsize characters;
  const char *printable;
  const char *one_line;
} Row;

/* clang-format off */
static const Row ROWS[] = {
  { "nothing", "", -1, 0, "", "" },
  { "ASCII", "250 OK", -1, 0, "250 OK", "250 OK" },
  { "letters of all kinds", "þjóðin ñ 日本 نص 👍", -1, 0, "þjóðin ñ 日本 نص 👍", "þjóðin ñ 日本 نص 👍" },
  { "an accent by itself", "e\u0301", -1, 0, "e\u0301", "e\u0301" },
  { "line feeds and tabs", "a\n\tb", -1, 0, "a\n\tb", "a b" },
  { "network line ends", "a\r\nb\r\n", -1, 0, "a\nb\n", "a b" },
  { "a lone carriage return", "real\rfake", -1, 0, "real" FFFD "fake", "real" FFFD "fake" },
  { "carriage returns in a row", "a\r\r\nb", -1, 0, "a" FFFD "\nb", "a" FFFD " b" },
  { "blanks around and in a row", "  a \t b  ", -1, 0, "  a \t b  ", "a b" },
  { "blanks alone", " \n\t ", -1, 0, " \n\t ", "" },
  { "no-break and wide blanks", "a\u00a0\u3000b", -1, 0, "a\u00a0\u3000b", "a b" },
  { "a colour", "\x1b[31mred", -1, 0, FFFD "[31mred", FFFD "[31mred" },
  { "the clipboard (OSC 52)", "\x1b]52;c;eA==\x07", -1, 0, FFFD "]52;c;eA==" FFFD, FFFD "]52;c;eA==" FFFD },
  { "a hidden link (OSC 8)", "\x1b]8;;http://x\x1b\\y", -1, 0, FFFD "]8;;http://x" FFFD "\\y", FFFD "]8;;http://x" FFFD "\\y" },
  { "backspace, bell, vertical tab, form feed, DEL", "\b\a\v\f\x7f", -1, 0, FFFD FFFD FFFD FFFD FFFD, FFFD FFFD FFFD FFFD FFFD },
  { "C1 in UTF-8: CSI and OSC", "\xc2\x9b" "31m\xc2\x9d" "52", -1, 0, FFFD "31m" FFFD "52", FFFD "31m" FFFD "52" },
  { "C1 as bytes", "\x9b" "31m", -1, 0, FFFD "31m", FFFD "31m" },
  { "next line", "a\xc2\x85" "b", -1, 0, "a" FFFD "b", "a" FFFD "b" },
  { "line and paragraph separators", "a\u2028b\u2029c", -1, 0, "a" FFFD "b" FFFD "c", "a" FFFD "b" FFFD "c" },
  { "bidirectional overrides", "\u202eabc\u202c", -1, 0, FFFD "abc" FFFD, FFFD "abc" FFFD },
  { "bidirectional isolates and marks", "\u2066a\u2069\u200e\u061c", -1, 0, FFFD "a" FFFD FFFD FFFD, FFFD "a" FFFD FFFD FFFD },
  { "tags", "a\U000e0041\U000e007f", -1, 0, "a" FFFD FFFD, "a" FFFD FFFD },
  { "zero-width characters", "a\u200b\u200d\ufeff\u00ad" "b", -1, 0, "a" FFFD FFFD FFFD FFFD "b", "a" FFFD FFFD FFFD FFFD "b" },
  { "variation selectors", "a\ufe0f\U000e0100", -1, 0, "a" FFFD FFFD, "a" FFFD FFFD },
  { "fillers", "\u3164\u115f\uffa0\u2800\u034f\u180b", -1, 0, FFFD FFFD FFFD FFFD FFFD FFFD, FFFD FFFD FFFD FFFD FFFD FFFD },
  { "private use and unassigned", "\ue000\U0010fffd\u0378", -1, 0, FFFD FFFD FFFD, FFFD FFFD FFFD },
  { "interlinear notes", "\ufff9a\ufffb", -1, 0, FFFD "a" FFFD, FFFD "a" FFFD },
  { "a mark on nothing", "\u0301a", -1, 0, FFFD "a", FFFD "a" },
  { "a mark on a line feed", "a\n\u0301", -1, 0, "a\n" FFFD, "a " FFFD },
  { "four marks", "a\u0301\u0302\u0303\u0304b\u0301", -1, 0, "a\u0301\u0302\u0303\u0304b\u0301", "a\u0301\u0302\u0303\u0304b\u0301" },
  { "five marks", "a\u0301\u0302\u0303\u0304\u0305b", -1, 0, "a\u0301\u0302\u0303\u0304" FFFD "b", "a\u0301\u0302\u0303\u0304" FFFD "b" },
  { "enclosing marks pile up too", "a\u20dd\u20dd\u20dd\u20dd\u20dd", -1, 0, "a\u20dd\u20dd\u20dd\u20dd" FFFD, "a\u20dd\u20dd\u20dd\u20dd" FFFD },
  { "Latin-1", "Zo\xeb!", -1, 0, "Zo" FFFD "!", "Zo" FFFD "!" },
  { "an overlong slash", "\xc0\xaf", -1, 0, FFFD FFFD, FFFD FFFD },
  { "a surrogate", "\xed\xa0\x80", -1, 0, FFFD FFFD FFFD, FFFD FFFD FFFD },
  { "beyond Unicode", "\xf4\x90\x80\x80", -1, 0, FFFD FFFD FFFD FFFD, FFFD FFFD FFFD FFFD },
  { "a lone continuation", "\x80", -1, 0, FFFD, FFFD },
  { "cut in mid character by its end", "a\xe6\x97", -1, 0, "a" FFFD FFFD, "a" FFFD FFFD },
  { "cut in mid character by the length", "a日b", 3, 0, "a" FFFD FFFD, "a" FFFD FFFD },
  { "NUL bytes", "a\0b\0", 4, 0, "a" FFFD "b" FFFD, "a" FFFD "b" FFFD },
  { "less than there is", "abcdef", 3, 0, "abc", "abc" },
  { "nothing of it", "abcdef", 0, 0, "", "" },
  { "as many characters as allowed", "abc", -1, 3, "abc", "abc" },
  { "one more", "abcd", -1, 3, "abc…", "abc…" },
  { "characters, not bytes", "þjóðin", -1, 5, "þjóði…", "þjóði…" },
  { "what is replaced counts", "\x1b\x1b\x1b\x1b", -1, 3, FFFD FFFD FFFD "…", FFFD FFFD FFFD "…" },
  { "folded first, cut then", "a    b    c", -1, 4, "a   …", "a b …" },
  { "markup stays as it is", "<b>&amp;</b>", -1, 0, "<b>&amp;</b>", "<b>&amp;</b>" },
};
/* clang-format on */

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      const Row *row = &ROWS[i];
      g_autofree char *printable =
        barua_text_printable (row->bytes, row->length, row->characters);
      g_autofree char *one_line =
        barua_text_one_line (row->bytes, row->length, row->characters);
      g_autofree char *again = barua_text_printable (printable, -1, 0);

      g_test_message ("%s", row->what);
      g_assert_cmpstr (printable, ==, row->printable);
      g_assert_cmpstr (one_line, ==, row->one_line);
      g_assert_cmpstr (again, ==, printable);
      g_assert_true (g_utf8_validate (printable, -1, NULL));
    }
}

static void
test_no_bytes (void)
{
  g_autofree char *printable = barua_text_printable (NULL, 0, 0);
  g_autofree char *one_line = barua_text_one_line (NULL, 0, 0);

  g_assert_cmpstr (printable, ==, "");
  g_assert_cmpstr (one_line, ==, "");
}

/* Every byte, alone and before a letter: never a control character, never invalid. */
static void
test_every_byte (void)
{
  for (guint i = 0; i < 256; i++)
    {
      const char bytes[] = { (char) i, 'x' };
      g_autofree char *text = barua_text_printable (bytes, sizeof bytes, 0);

      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_true (g_str_has_suffix (text, "x"));
      for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_true (*p == '\n' || *p == '\t' ||
                       !g_unichar_iscntrl (g_utf8_get_char (p)));
    }
}

static void
test_floods (void)
{
  static const char *const pieces[] = {
    "\u0301", "\x1b[", "\xff", " ", "\r\n", "a", "\u202e",
  };
  const gsize length = 1024 * 1024;

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) flood = g_string_sized_new (length);
      g_autofree char *one_line = NULL;

      while (flood->len < length)
        g_string_append (flood, pieces[i]);
      one_line = barua_text_one_line (flood->str, -1, BARUA_TEXT_SERVER_MAX);
      g_assert_cmpint (g_utf8_strlen (one_line, -1), <=, BARUA_TEXT_SERVER_MAX + 1);
      g_assert_true (g_utf8_validate (one_line, -1, NULL));
    }
}

static const struct
{
  const char *host;
  const char *domain;
  gboolean in;
} DOMAINS[] = {
  { "google.com", "google.com", TRUE },
  { "smtp.google.com", "google.com", TRUE },
  { "a.b.c.google.com", "google.com", TRUE },
  { "SMTP.Google.COM", "google.com", TRUE },
  { "smtp.google.com", "Google.Com", TRUE },
  { "smtp.google.com.", "google.com", TRUE },
  { ".google.com", "google.com", TRUE },
  { "evilgoogle.com", "google.com", FALSE },
  { "google.com.evil.com", "google.com", FALSE },
  { "google.co", "google.com", FALSE },
  { "oogle.com", "google.com", FALSE },
  { "com", "google.com", FALSE },
  { "smtp.google.com..", "google.com", FALSE },
  { "smtp.google\xc5\x9c.com", "google.com", FALSE },
  { ".", "google.com", FALSE },
  { "", "google.com", FALSE },
};

static void
test_domains (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (DOMAINS); i++)
    {
      g_test_message ("%s in %s", DOMAINS[i].host, DOMAINS[i].domain);
      g_assert_cmpint (barua_text_host_in_domain (DOMAINS[i].host, DOMAINS[i].domain), ==,
                       DOMAINS[i].in);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/rows", test_rows);
  g_test_add_func ("/base/text/no-bytes", test_no_bytes);
  g_test_add_func ("/base/text/every-byte", test_every_byte);
  g_test_add_func ("/base/text/floods", test_floods);
  g_test_add_func ("/base/text/domains", test_domains);
  return g_test_run ();
}
