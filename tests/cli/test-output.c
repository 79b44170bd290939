#include "config.h"

#include "cli/output.h"
#include "cli/wrap.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <string.h>
#include <unistd.h>

static void
test_width (void)
{
  static const struct
  {
    const char *description;
    const char *text;
    guint width;
  } ROWS[] = {
    { "nothing", "", 0 },
    { "ASCII", "Gmail", 5 },
    { "letters beyond ASCII", "Þjóðin", 6 },
    { "wide letters", "電子メール", 10 },
    { "a combining accent", "Zoe\xcc\x88", 3 },
    { "typographic quotes", "“ok”", 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpuint (barua_wrap_width (ROWS[i].text), ==, ROWS[i].width);
    }
}

static void
test_wrap (void)
{
  static const struct
  {
    const char *description;
    const char *text;
    guint width;
    const char *lines;
  } ROWS[] = {
    { "nothing", "", 10, "" },
    { "fits exactly", "one two", 7, "one two" },
    { "one column short", "one two", 6, "one|two" },
    { "several blanks", "one  \t two", 20, "one two" },
    { "a blank at the end", "one two ", 7, "one two" },
    { "line feeds stay", "one\ntwo\n\nthree", 20, "one|two||three" },
    { "CR LF", "one\r\ntwo", 20, "one|two" },
    { "an address is not broken", "see https://myaccount.google.com/apppasswords now", 20,
      "see|https://myaccount.google.com/apppasswords|now" },
    { "a no-break space is no blank", "a b\u00a0c d", 5, "a b\u00a0c|d" },
    { "Swahili, a third longer",
      "Nenosiri lako la kawaida la Google halifanyi kazi kwenye programu", 24,
      "Nenosiri lako la kawaida|la Google halifanyi kazi|kwenye programu" },
    { "wide letters count twice", "電子 メール", 10, "電子|メール" },
    { "wide letters may be parted", "電子メールです", 6, "電子メ|ールで|す" },
    { "narrower than a letter", "電子", 1, "電|子" },
    { "escape sequences lose their teeth", "a\033[2Jb", 20, "a\uFFFD[2Jb" },
    { "bytes that are no UTF-8",
      "a\xff"
      "b",
      20, "a\uFFFDb" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_auto (GStrv) lines = barua_wrap_text (ROWS[i].text, ROWS[i].width);
      g_autofree char *joined = g_strjoinv ("|", lines);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpstr (joined, ==, ROWS[i].lines);
    }
}

static void
test_cut (void)
{
  static const struct
  {
    const char *text;
    guint width;
    const char *cut;
  } ROWS[] = {
    { "SMTP", 4, "SMTP" },         { "SMTP", 3, "SM…" },
    { "電子メール", 5, "電子…" },  { "電子メール", 6, "電子…" },
    { "one\ntwo", 20, "one two" }, { "two  blanks", 20, "two  blanks" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *cut = barua_wrap_cut (ROWS[i].text, ROWS[i].width);

      g_assert_cmpstr (cut, ==, ROWS[i].cut);
    }
}

static BaruaOutput *
output_of (guint width, gboolean colour)
{
  const BaruaTerminal terminal = {
    .fd = -1, .width = width, .columns = width, .colour = colour
  };

  return barua_output_new (&terminal);
}

static void
test_layout (void)
{
  g_autoptr (BaruaOutput) output = output_of (24, FALSE);
  g_autofree char *text = NULL;

  barua_output_add_gap (output);
  barua_output_add_text (output, BARUA_STYLE_BAD, 0, "A heading");
  barua_output_add_gap (output);
  barua_output_add_gap (output);
  barua_output_add_item (output, BARUA_STYLE_STRONG, 2, "1.",
                         "A step that takes two lines");
  barua_output_add_line (output, 5, "https://support.google.com/mail");
  barua_output_add_gap (output);
  text = barua_output_dup_text (output);
  g_assert_cmpstr (text, ==,
                   "A heading\n"
                   "\n"
                   "  1. A step that takes\n"
                   "     two lines\n"
                   "     https://support.google.com/mail\n");
}

static void
test_colour (void)
{
  g_autoptr (BaruaOutput) coloured = output_of (40, TRUE);
  g_autoptr (BaruaOutput) plain = output_of (40, FALSE);
  g_autofree char *with = NULL;
  g_autofree char *without = NULL;

  barua_output_add_text (coloured, BARUA_STYLE_GOOD, 0, "fine");
  barua_output_add_text (coloured, BARUA_STYLE_PLAIN, 0, "plain");
  barua_output_add_text (plain, BARUA_STYLE_GOOD, 0, "fine");
  with = barua_output_dup_text (coloured);
  without = barua_output_dup_text (plain);
  g_assert_cmpstr (with, ==, "\033[1;32mfine\033[0m\nplain\n");
  g_assert_cmpstr (without, ==, "fine\n");
}

static void
add_sample_table (BaruaOutput *output)
{
  const BaruaCell cells[] = {
    { .text = "SMTP" }, { .text = "465", .right = TRUE },  { .text = "answers" },
    { .text = "POP" },  { .text = "1995", .right = TRUE }, { .text = NULL },
  };

  barua_output_add_table (output, 2, cells, 2, 3);
}

static void
test_table (void)
{
  g_autoptr (BaruaOutput) wide = output_of (40, FALSE);
  g_autoptr (BaruaOutput) narrow = output_of (20, FALSE);
  g_autofree char *table = NULL;
  g_autofree char *list = NULL;

  add_sample_table (wide);
  add_sample_table (narrow);
  table = barua_output_dup_text (wide);
  list = barua_output_dup_text (narrow);
  g_assert_cmpstr (table, ==, "  SMTP   465  answers\n  POP   1995\n");
  g_assert_cmpstr (list, ==, "  SMTP 465 answers\n  POP 1995\n");
}

static void
add_options (BaruaOutput *output)
{
  const BaruaCell cells[] = {
    { .text = "--to PROGRAMS" },
    { .text = "Which mail programs, as the list names them" },
    { .text = "--json" },
    { .text = "For programs" },
  };

  barua_output_add_table (output, 2, cells, 2, 2);
}

static void
test_table_of_long_text (void)
{
  g_autoptr (BaruaOutput) enough = output_of (41, FALSE);
  g_autoptr (BaruaOutput) too_narrow = output_of (40, FALSE);
  g_autofree char *table = NULL;
  g_autofree char *list = NULL;

  add_options (enough);
  add_options (too_narrow);
  table = barua_output_dup_text (enough);
  list = barua_output_dup_text (too_narrow);
  g_assert_cmpstr (table, ==,
                   "  --to PROGRAMS  Which mail programs, as\n"
                   "                 the list names them\n"
                   "  --json         For programs\n");
  g_assert_cmpstr (list, ==,
                   "  --to PROGRAMS Which mail programs, as\n"
                   "                the list names them\n"
                   "  --json For programs\n");
}

static void
test_writes_all (void)
{
  g_autofree char *long_text = g_strnfill (300000, 'x');
  g_autoptr (BaruaOutput) output = NULL;
  g_autoptr (GError) error = NULL;
  BaruaTerminal terminal = { .width = 80, .columns = 80 };
  g_autofree char *path = NULL;
  g_autofree char *read_back = NULL;
  gsize length = 0;

  terminal.fd = g_file_open_tmp ("barua-output-XXXXXX", &path, &error);
  g_assert_no_error (error);
  output = barua_output_new (&terminal);
  barua_output_add_line (output, 0, long_text);
  g_assert_true (barua_output_write (output, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &read_back, &length, NULL));
  g_assert_cmpuint (length, ==, 300001);
  (void) close (terminal.fd);
  (void) unlink (path);
}

static void
test_write_fails (void)
{
  g_autoptr (BaruaOutput) output = NULL;
  g_autoptr (GError) error = NULL;
  BaruaTerminal terminal = { .width = 80, .columns = 80 };

  terminal.fd = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (terminal.fd, >=, 0);
  output = barua_output_new (&terminal);
  barua_output_add_line (output, 0, "text");
  g_assert_false (barua_output_write (output, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  (void) close (terminal.fd);
}

static void
test_terminal (void)
{
  static const struct
  {
    const char *description;
    const char *term;
    const char *no_colour;
    gboolean moves;
    gboolean colour;
  } ROWS[] = {
    { "an ordinary one", "xterm-256color", NULL, TRUE, TRUE },
    { "NO_COLOR", "xterm-256color", "1", TRUE, FALSE },
    { "NO_COLOR that is empty counts as not set", "xterm", "", TRUE, TRUE },
    { "a dumb one", "dumb", NULL, FALSE, FALSE },
    { "one without a name", NULL, NULL, FALSE, FALSE },
  };
  const struct winsize size = { .ws_col = 50, .ws_row = 20 };
  int master = -1;
  int slave = -1;

  g_assert_cmpint (openpty (&master, &slave, NULL, NULL, &size), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      BaruaTerminal terminal = { 0 };

      g_test_message ("%s", ROWS[i].description);
      g_unsetenv ("TERM");
      g_unsetenv ("NO_COLOR");
      if (ROWS[i].term != NULL)
        g_setenv ("TERM", ROWS[i].term, TRUE);
      if (ROWS[i].no_colour != NULL)
        g_setenv ("NO_COLOR", ROWS[i].no_colour, TRUE);
      terminal = barua_terminal_look (slave);
      g_assert_true (terminal.is_terminal);
      g_assert_cmpint (terminal.moves, ==, ROWS[i].moves);
      g_assert_cmpint (terminal.colour, ==, ROWS[i].colour);
      g_assert_cmpuint (terminal.width, ==, 50);
    }
  (void) close (slave);
  (void) close (master);
}

static void
test_no_terminal (void)
{
  int fds[2] = { -1, -1 };
  BaruaTerminal terminal = { 0 };

  g_assert_cmpint (pipe (fds), ==, 0);
  g_setenv ("TERM", "xterm", TRUE);
  terminal = barua_terminal_look (fds[1]);
  g_assert_false (terminal.is_terminal);
  g_assert_false (terminal.moves);
  g_assert_false (terminal.colour);
  g_assert_cmpuint (terminal.width, ==, BARUA_OUTPUT_WIDTH);
  (void) close (fds[0]);
  (void) close (fds[1]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/output/width", test_width);
  g_test_add_func ("/cli/output/wrap", test_wrap);
  g_test_add_func ("/cli/output/cut", test_cut);
  g_test_add_func ("/cli/output/layout", test_layout);
  g_test_add_func ("/cli/output/colour", test_colour);
  g_test_add_func ("/cli/output/table", test_table);
  g_test_add_func ("/cli/output/table-of-long-text", test_table_of_long_text);
  g_test_add_func ("/cli/output/writes-all", test_writes_all);
  g_test_add_func ("/cli/output/write-fails", test_write_fails);
  g_test_add_func ("/cli/output/terminal", test_terminal);
  g_test_add_func ("/cli/output/no-terminal", test_no_terminal);
  return g_test_run ();
}
