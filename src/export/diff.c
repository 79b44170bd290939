#include "config.h"

#include "export/diff.h"

#include "base/text.h"

#include <string.h>

/* The most lines taken out and put in that are looked for one by one. */
#define EDITS_MAX 600
#define LINE_MAX_CHARACTERS 1000

typedef struct
{
  const char *start;
  gsize length;
} Line;

typedef struct
{
  Line *lines;
  int n;
} Lines;

/* kept[i] is the line of the other text that line i is the same as, or -1. */
typedef struct
{
  Lines a;
  Lines b;
  int *kept;
} Comparison;

static Lines
split (GBytes *bytes)
{
  gsize size = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  Lines result = { 0 };

  for (gsize at = 0; at < size;)
    {
      const char *end = memchr (text + at, '\n', size - at);
      gsize length = end != NULL ? (gsize) (end - text) + 1 - at : size - at;
      Line line = { text + at, length };

      g_array_append_val (lines, line);
      at += length;
    }
  result.n = (int) lines->len;
  result.lines = (Line *) (void *) g_array_free (lines, FALSE);
  return result;
}

static gboolean
same (const Comparison *self, int i, int j)
{
  const Line *a = &self->a.lines[i];
  const Line *b = &self->b.lines[j];

  return a->length == b->length && memcmp (a->start, b->start, a->length) == 0;
}

/* Goes the way back that forward() found: one row of furthest points for each edit. */
static void
trace (Comparison *self, GPtrArray *rows, int first, int n, int m)
{
  int x = n;
  int y = m;

  for (int d = (int) rows->len - 1; d >= 0; d--)
    {
      const int *row = (const int *) rows->pdata[d] + EDITS_MAX + 1;
      int k = x - y;
      gboolean down = k == -d || (k != d && row[k - 1] < row[k + 1]);
      int before_k = down ? k + 1 : k - 1;
      int before_x = d > 0 ? row[before_k] : 0;
      int before_y = d > 0 ? before_x - before_k : 0;

      while (x > before_x && y > before_y)
        {
          x--;
          y--;
          self->kept[first + x] = first + y;
        }
      x = before_x;
      y = before_y;
    }
}

/* E. Myers, An O(ND) Difference Algorithm and Its Variations, 1986, figure 2. */
static void
compare_middle (Comparison *self, int first, int n, int m)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  gsize size = (2 * EDITS_MAX + 3) * sizeof (int);
  g_autofree int *furthest = g_malloc0 (size);
  int *at = furthest + EDITS_MAX + 1;

  for (int d = 0; d <= EDITS_MAX; d++)
    {
      g_ptr_array_add (rows, g_memdup2 (furthest, size));
      for (int k = -d; k <= d; k += 2)
        {
          gboolean down = k == -d || (k != d && at[k - 1] < at[k + 1]);
          int x = down ? at[k + 1] : at[k - 1] + 1;

          while (x < n && x - k < m && x - k >= 0 &&
                 same (self, first + x, first + x - k))
            x++;
          at[k] = x;
          if (x >= n && x - k >= m)
            {
              trace (self, rows, first, n, m);
              return;
            }
        }
    }
}

static void
compare (Comparison *self)
{
  int first = 0;
  int n = self->a.n;
  int m = self->b.n;

  self->kept = g_new (int, MAX (self->a.n, 1));
  for (int i = 0; i < self->a.n; i++)
    self->kept[i] = -1;
  while (first < n && first < m && same (self, first, first))
    {
      self->kept[first] = first;
      first++;
    }
  while (n > first && m > first && same (self, n - 1, m - 1))
    {
      n--;
      m--;
      self->kept[n] = m;
    }
  compare_middle (self, first, n - first, m - first);
}

static void
print_line (GString *out, char sign, const Line *line)
{
  gsize length = line->length;
  gboolean ended = length > 0 && line->start[length - 1] == '\n';
  gboolean returned = FALSE;
  g_autofree char *shown = NULL;

  length -= ended;
  returned = length > 0 && line->start[length - 1] == '\r';
  shown =
    barua_text_printable (line->start, (gssize) (length - returned), LINE_MAX_CHARACTERS);
  /* Seen as an end of line, not taken for one. */
  g_string_append_printf (out, "%c%s%s\n", sign, shown, returned ? "␍" : "");
  if (!ended)
    g_string_append (out, "\\ No newline at end of file\n");
}

typedef struct
{
  char sign;
  int a;
  int b;
} Row;

static GArray *
list_rows (const Comparison *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  int j = 0;

  for (int i = 0; i <= self->a.n; i++)
    {
      int until = self->b.n;
      Row row = { '-', i, j };

      if (i < self->a.n)
        until = self->kept[i] >= 0 ? self->kept[i] : j;
      for (; j < until; j++)
        {
          Row added = { '+', i, j };

          g_array_append_val (rows, added);
        }
      if (i == self->a.n)
        break;
      row.b = j;
      if (self->kept[i] >= 0)
        {
          row.sign = ' ';
          j++;
        }
      g_array_append_val (rows, row);
    }
  return rows;
}

/* Taken out before put in, within one place. */
static void
print_rows (
  GString *out, const Comparison *self, const GArray *rows, guint from, guint to)
{
  for (guint i = from; i < to;)
    {
      guint end = i;

      while (end < to && g_array_index (rows, Row, end).sign != ' ')
        end++;
      for (guint at = i; at < end; at++)
        if (g_array_index (rows, Row, at).sign == '-')
          print_line (out, '-', &self->a.lines[g_array_index (rows, Row, at).a]);
      for (guint at = i; at < end; at++)
        if (g_array_index (rows, Row, at).sign == '+')
          print_line (out, '+', &self->b.lines[g_array_index (rows, Row, at).b]);
      if (end < to)
        print_line (out, ' ', &self->a.lines[g_array_index (rows, Row, end).a]);
      i = end + 1;
    }
}

static void
print_range (GString *out, char sign, int first, int count)
{
  g_string_append_printf (out, "%c%d", sign, count > 0 ? first + 1 : first);
  if (count != 1)
    g_string_append_printf (out, ",%d", count);
}

static void
print_hunk (
  GString *out, const Comparison *self, const GArray *rows, guint from, guint to)
{
  const Row *first = &g_array_index (rows, Row, from);
  int taken = 0;
  int put = 0;

  for (guint i = from; i < to; i++)
    {
      char sign = g_array_index (rows, Row, i).sign;

      taken += sign != '+';
      put += sign != '-';
    }
  g_string_append (out, "@@ ");
  print_range (out, '-', first->a, taken);
  g_string_append_c (out, ' ');
  print_range (out, '+', first->b, put);
  g_string_append (out, " @@\n");
  print_rows (out, self, rows, from, to);
}

static void
print_hunks (GString *out, const Comparison *self, const GArray *rows, guint context)
{
  for (guint i = 0; i < rows->len;)
    {
      guint from = 0;
      guint end = 0;

      if (g_array_index (rows, Row, i).sign == ' ')
        {
          i++;
          continue;
        }
      from = i > context ? i - context : 0;
      /* Goes on while the next change is so near that both contexts touch. */
      for (end = i + 1; i < rows->len && i < end + 2 * context + 1; i++)
        if (g_array_index (rows, Row, i).sign != ' ')
          end = i + 1;
      end = MIN (end + context, rows->len);
      print_hunk (out, self, rows, from, end);
      i = end;
    }
}

char *
barua_diff_new (const char *name, GBytes *before, GBytes *after, guint context)
{
  Comparison self = { .a = split (before), .b = split (after) };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GArray) rows = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  compare (&self);
  rows = list_rows (&self);
  print_hunks (out, &self, rows, context);
  if (out->len > 0)
    {
      g_autofree char *head =
        g_strdup_printf ("--- %s\n+++ %s\n", before != NULL ? name : "/dev/null",
                         after != NULL ? name : "/dev/null");

      g_string_prepend (out, head);
    }
  g_free (self.a.lines);
  g_free (self.b.lines);
  g_free (self.kept);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
