#include "config.h"

#include "export/diff.h"

#include "support/files.h"

#include <glib/gstdio.h>
#include <string.h>

#define RANDOM_TEXTS 3000
#define PATCHED_TEXTS 60
#define LINES_MAX 40
#define LONG_LINES 100000

typedef struct
{
  const char *description;
  const char *before;
  const char *after;
  const char *expected;
} Row;

static const Row ROWS[] = {
  { "the same", "a\nb\n", "a\nb\n", "" },
  { "nothing and nothing", NULL, "", "" },
  { "a new file", NULL, "a\nb\n", "--- /dev/null\n+++ ~/x\n@@ -0,0 +1,2 @@\n+a\n+b\n" },
  { "a file that goes", "a\n", NULL, "--- ~/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n" },
  { "a line in between", "a\nb\n", "a\nx\nb\n",
    "--- ~/x\n+++ ~/x\n@@ -1,2 +1,3 @@\n a\n+x\n b\n" },
  { "a line changed", "a\nb\nc\n", "a\nx\nc\n",
    "--- ~/x\n+++ ~/x\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n" },
  { "three lines around it", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n",
    "--- ~/x\n+++ ~/x\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n" },
  { "two places", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "x\n2\n3\n4\n5\n6\n7\n8\ny\n",
    "--- ~/x\n+++ ~/x\n@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n "
    "8\n-9\n+y\n" },
  { "two places that touch", "1\n2\n3\n4\n5\n6\n7\n8\n", "x\n2\n3\n4\n5\n6\n7\ny\n",
    "--- ~/x\n+++ ~/x\n@@ -1,8 +1,8 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n" },
  { "no final line end", "a", "b",
    "--- ~/x\n+++ ~/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline "
    "at "
    "end of file\n" },
  { "a final line end comes", "a", "a\n",
    "--- ~/x\n+++ ~/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n" },
  { "network line ends are seen", "a\r\n", "a\n",
    "--- ~/x\n+++ ~/x\n@@ -1 +1 @@\n-a␍\n+a\n" },
  { "blanks before network line ends are seen too", "\ta  b\r\n", "\ta  c\r\n",
    "--- ~/x\n+++ ~/x\n@@ -1 +1 @@\n-\ta  b␍\n+\ta  c␍\n" },
  { "bytes that are no UTF-8", "\xff\n", "b\n",
    "--- ~/x\n+++ ~/x\n@@ -1 +1 @@\n-\xef\xbf\xbd\n+b\n" },
  { "what a terminal would obey", "a\n", "\x1b[2J\n",
    "--- ~/x\n+++ ~/x\n@@ -1 +1 @@\n-a\n+\xef\xbf\xbd[2J\n" },
};

static GBytes *
bytes_of (const char *text)
{
  return text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
}

static char *
diff (const char *before, const char *after, guint context)
{
  g_autoptr (GBytes) old = bytes_of (before);
  g_autoptr (GBytes) new = bytes_of (after);

  return barua_diff_new ("~/x", old, new, context);
}

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *found = diff (ROWS[i].before, ROWS[i].after, 3);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpstr (found, ==, ROWS[i].expected);
    }
}

static char *
random_text (void)
{
  GString *text = g_string_new (NULL);
  int n = g_test_rand_int_range (0, LINES_MAX);

  /* Few different lines, so that many are the same. */
  for (int i = 0; i < n; i++)
    g_string_append_printf (text, "%c\n", 'a' + g_test_rand_int_range (0, 6));
  if (text->len > 0 && g_test_rand_int_range (0, 4) == 0)
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

/* Some lines of @text changed, gone or new. */
static char *
random_change (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 0);
  GString *out = g_string_new (NULL);

  for (gsize i = 0; lines[i] != NULL && (*lines[i] != '\0' || lines[i + 1] != NULL); i++)
    switch (g_test_rand_int_range (0, 8))
      {
      case 0:
        break;
      case 1:
        g_string_append_printf (out, "new\n%s\n", lines[i]);
        break;
      case 2:
        g_string_append (out, "other\n");
        break;
      default:
        g_string_append_printf (out, "%s\n", lines[i]);
        break;
      }
  return g_string_free (out, FALSE);
}

/* Whole lines, each with its line end if it has one. */
static GPtrArray *
split (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  while (*text != '\0')
    {
      gsize length = strcspn (text, "\n");

      length += text[length] == '\n';
      g_ptr_array_add (lines, g_strndup (text, length));
      text += length;
    }
  return lines;
}

static guint
count_same (const GPtrArray *a, const GPtrArray *b)
{
  guint kept[LINES_MAX * 2 + 1][LINES_MAX * 2 + 1] = { 0 };

  for (guint i = a->len; i > 0; i--)
    for (guint j = b->len; j > 0; j--)
      {
        guint same = g_str_equal (a->pdata[i - 1], b->pdata[j - 1]) ? kept[i][j] + 1 : 0;

        kept[i - 1][j - 1] = MAX (same, MAX (kept[i][j - 1], kept[i - 1][j]));
      }
  return kept[0][0];
}

/* Does what @text says, to the letter, and counts the lines that change. */
static char *
carry_out (const char *text, const char *before, guint *changed)
{
  g_autoptr (GPtrArray) old = split (before);
  g_autoptr (GPtrArray) rows = split (text);
  GString *out = g_string_new (NULL);
  guint at = 0;

  *changed = 0;
  for (guint i = 2; i < rows->len; i++)
    {
      const char *row = rows->pdata[i];
      gboolean ends = i + 1 >= rows->len || *(char *) rows->pdata[i + 1] != '\\';
      g_autofree char *line = g_strndup (row + 1, strlen (row) - (ends ? 1 : 2));
      int first = 0;

      if (*row == '@')
        {
          g_assert_cmpint (sscanf (row, "@@ -%d", &first), ==, 1);
          first -= strstr (row, ",0 +") == NULL ? 1 : 0;
          g_assert_cmpuint (at, <=, (guint) first);
          while (at < (guint) first)
            g_string_append (out, old->pdata[at++]);
        }
      if (*row == ' ' || *row == '-')
        g_assert_cmpstr (old->pdata[at++], ==, line);
      if (*row == ' ' || *row == '+')
        g_string_append (out, line);
      *changed += *row == '-' || *row == '+';
    }
  while (at < old->len)
    g_string_append (out, old->pdata[at++]);
  return g_string_free (out, FALSE);
}

static void
test_random (void)
{
  for (guint i = 0; i < RANDOM_TEXTS; i++)
    {
      g_autofree char *before = random_text ();
      g_autofree char *after = i % 2 == 0 ? random_text () : random_change (before);
      g_autofree char *found = diff (before, after, (guint) g_test_rand_int_range (0, 5));
      g_autoptr (GPtrArray) old = split (before);
      g_autoptr (GPtrArray) new = split (after);
      guint changed = 0;
      g_autofree char *got = carry_out (found, before, &changed);

      g_assert_cmpstr (got, ==, after);
      /* No more than has to. */
      g_assert_cmpuint (changed, ==, old->len + new->len - 2 * count_same (old, new));
    }
}

static void
patch (const char *program, const char *folder, const char *before, const char *after)
{
  g_autofree char *found = diff (before, after, 3);
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *change = g_build_filename (folder, "change", NULL);
  const char *words[] = { program, "--quiet", "--batch", file, change, NULL };
  g_autofree char *got = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (*found == '\0')
    return;
  test_files_put (folder, "file", before, 0644);
  test_files_put (folder, "change", found, 0644);
  g_assert_true (g_spawn_sync (NULL, (char **) words, NULL, G_SPAWN_STDOUT_TO_DEV_NULL,
                               NULL, NULL, NULL, NULL, &status, &error));
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  /* An empty file may be taken away. */
  if (!g_file_get_contents (file, &got, NULL, NULL))
    got = g_strdup ("");
  g_assert_cmpstr (got, ==, after);
}

static void
test_patch (void)
{
  g_autofree char *program = g_find_program_in_path ("patch");
  g_autofree char *folder = NULL;

  if (program == NULL)
    {
      g_test_skip ("patch is not here");
      return;
    }
  folder = g_dir_make_tmp ("barua-diff-XXXXXX", NULL);
  for (guint i = 0; i < PATCHED_TEXTS; i++)
    {
      g_autofree char *before = random_text ();
      g_autofree char *after = random_change (before);

      patch (program, folder, before, after);
    }
  test_files_remove (folder);
}

/* Long texts in which much differs cost time in proportion. */
static void
test_long (void)
{
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);
  gint64 start = g_get_monotonic_time ();
  g_autofree char *found = NULL;
  guint changed = 0;
  g_autofree char *got = NULL;

  for (guint i = 0; i < LONG_LINES; i++)
    {
      g_string_append_printf (before, "old %u\n", i);
      g_string_append_printf (after, "%s %u\n", i % 2 == 0 ? "old" : "new", i);
    }
  found = diff (before->str, after->str, 3);
  got = carry_out (found, before->str, &changed);
  g_assert_cmpstr (got, ==, after->str);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/diff/rows", test_rows);
  g_test_add_func ("/export/diff/random", test_random);
  g_test_add_func ("/export/diff/patch", test_patch);
  g_test_add_func ("/export/diff/long", test_long);
  return g_test_run ();
}
