#include "config.h"

#include "cli/output.h"

#include "base/text.h"
#include "cli/wrap.h"
#include "diagnose/report.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NARROWEST 20
/* A column of text that is narrower cannot be read. */
#define NARROWEST_COLUMN 24

struct _BaruaOutput
{
  BaruaTerminal terminal;
  GString *text;
  gboolean gap;
  JsonNode *json;
};

static const char *const STYLES[] = {
  [BARUA_STYLE_PLAIN] = "",
  [BARUA_STYLE_STRONG] = "\033[1m",
  [BARUA_STYLE_FAINT] = "\033[2m",
  [BARUA_STYLE_GOOD] = "\033[1;32m",
  [BARUA_STYLE_WARNING] = "\033[1;33m",
  [BARUA_STYLE_BAD] = "\033[1;31m",
};

BaruaTerminal
barua_terminal_look (int fd)
{
  const char *term = g_getenv ("TERM");
  const char *no_colour = g_getenv ("NO_COLOR");
  BaruaTerminal terminal = { .fd = fd,
                             .width = BARUA_OUTPUT_WIDTH,
                             .columns = BARUA_OUTPUT_WIDTH };
  struct winsize size = { 0 };

  terminal.is_terminal = isatty (fd) == 1;
  if (!terminal.is_terminal)
    return terminal;
  if (ioctl (fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    {
      terminal.columns = MAX (size.ws_col, NARROWEST);
      terminal.width = MIN (terminal.columns, BARUA_OUTPUT_WIDTH);
    }
  terminal.moves = term != NULL && *term != '\0' && strcmp (term, "dumb") != 0;
  terminal.colour = terminal.moves && (no_colour == NULL || *no_colour == '\0');
  return terminal;
}

BaruaOutput *
barua_output_new (const BaruaTerminal *terminal)
{
  BaruaOutput *self = NULL;

  g_return_val_if_fail (terminal != NULL, NULL);

  self = g_new0 (BaruaOutput, 1);
  self->terminal = *terminal;
  self->text = g_string_new (NULL);
  return self;
}

void
barua_output_free (BaruaOutput *self)
{
  g_return_if_fail (self != NULL);
  g_string_free (self->text, TRUE);
  g_clear_pointer (&self->json, json_node_unref);
  g_free (self);
}

static void
begin_line (BaruaOutput *self, guint indent)
{
  if (self->gap && self->text->len > 0)
    g_string_append_c (self->text, '\n');
  self->gap = FALSE;
  g_string_append_printf (self->text, "%*s", (int) indent, "");
}

static void
append_styled (BaruaOutput *self, BaruaStyle style, const char *text)
{
  gboolean styled = self->terminal.colour && style != BARUA_STYLE_PLAIN && *text != '\0';

  if (styled)
    g_string_append (self->text, STYLES[style]);
  g_string_append (self->text, text);
  if (styled)
    g_string_append (self->text, "\033[0m");
}

static guint
room_behind (const BaruaOutput *self, guint indent)
{
  return self->terminal.width > indent + NARROWEST / 2 ? self->terminal.width - indent
                                                       : NARROWEST / 2;
}

void
barua_output_add_text (BaruaOutput *self,
                       BaruaStyle style,
                       guint indent,
                       const char *text)
{
  g_auto (GStrv) lines = NULL;

  g_return_if_fail (self != NULL && text != NULL);

  lines = barua_wrap_text (text, room_behind (self, indent));
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      begin_line (self, lines[i][0] != '\0' ? indent : 0);
      append_styled (self, style, lines[i]);
      g_string_append_c (self->text, '\n');
    }
}

void
barua_output_add_item (
  BaruaOutput *self, BaruaStyle style, guint indent, const char *marker, const char *text)
{
  g_auto (GStrv) lines = NULL;
  guint hang = 0;

  g_return_if_fail (self != NULL && marker != NULL && text != NULL);

  hang = indent + barua_wrap_width (marker) + 1;
  lines = barua_wrap_text (text, room_behind (self, hang));
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      begin_line (self, i == 0 ? indent : hang);
      if (i == 0)
        append_styled (self, style, marker);
      g_string_append (self->text, i == 0 ? " " : "");
      g_string_append (self->text, lines[i]);
      g_string_append_c (self->text, '\n');
    }
}

void
barua_output_add_styled_line (BaruaOutput *self,
                              BaruaStyle style,
                              guint indent,
                              const char *text)
{
  g_autofree char *line = NULL;

  g_return_if_fail (self != NULL && text != NULL);

  line = barua_text_printable (text, -1, 0);
  begin_line (self, indent);
  append_styled (self, style, line);
  g_string_append_c (self->text, '\n');
}

void
barua_output_add_line (BaruaOutput *self, guint indent, const char *text)
{
  barua_output_add_styled_line (self, BARUA_STYLE_PLAIN, indent, text);
}

gboolean
barua_output_add_drawing (BaruaOutput *self,
                          const char *coloured,
                          const char *plain,
                          guint columns)
{
  g_return_val_if_fail (self != NULL && coloured != NULL && plain != NULL, FALSE);

  if (self->terminal.is_terminal && self->terminal.columns < columns)
    return FALSE;
  begin_line (self, 0);
  g_string_append (self->text, self->terminal.colour ? coloured : plain);
  return TRUE;
}

void
barua_output_add_gap (BaruaOutput *self)
{
  g_return_if_fail (self != NULL);
  self->gap = TRUE;
}

static const char *
cell_text (const BaruaCell *cell)
{
  return cell->text != NULL ? cell->text : "";
}

static void
append_row (BaruaOutput *self,
            guint indent,
            const BaruaCell *row,
            const guint *widths,
            gsize n_columns)
{
  g_autoptr (GString) blanks = g_string_new (NULL);

  begin_line (self, indent);
  for (gsize i = 0; i < n_columns; i++)
    {
      const char *text = cell_text (&row[i]);
      int padding = (int) (widths[i] - barua_wrap_width (text));

      /* Blanks are kept back until something follows them. */
      if (row[i].right)
        g_string_append_printf (blanks, "%*s", padding, "");
      if (*text != '\0')
        {
          g_string_append (self->text, blanks->str);
          g_string_truncate (blanks, 0);
          append_styled (self, row[i].style, text);
        }
      if (!row[i].right)
        g_string_append_printf (blanks, "%*s", padding, "");
      g_string_append (blanks, "  ");
    }
  g_string_append_c (self->text, '\n');
}

static void
append_row_as_text (BaruaOutput *self,
                    guint indent,
                    const BaruaCell *row,
                    gsize n_columns)
{
  g_autoptr (GString) rest = g_string_new (NULL);

  for (gsize i = 1; i < n_columns; i++)
    if (*cell_text (&row[i]) != '\0')
      g_string_append_printf (rest, "%s%s", rest->len > 0 ? " " : "", row[i].text);
  barua_output_add_item (self, row[0].style, indent, cell_text (&row[0]), rest->str);
}

/* What the last column has no room for goes on below it. */
static void
append_row_in_lines (BaruaOutput *self,
                     guint indent,
                     const BaruaCell *row,
                     const guint *widths,
                     gsize n_columns,
                     guint room)
{
  const BaruaCell *last = &row[n_columns - 1];
  g_auto (GStrv) lines = barua_wrap_text (cell_text (last), room);
  g_autofree BaruaCell *first = g_memdup2 (row, n_columns * sizeof *row);

  first[n_columns - 1].text = lines[0];
  append_row (self, indent, first, widths, n_columns);
  for (gsize i = 1; lines[i] != NULL; i++)
    {
      begin_line (self, self->terminal.columns - room);
      append_styled (self, last->style, lines[i]);
      g_string_append_c (self->text, '\n');
    }
}

void
barua_output_add_table (
  BaruaOutput *self, guint indent, const BaruaCell *cells, gsize n_rows, gsize n_columns)
{
  g_autofree guint *widths = NULL;
  guint before = indent;
  guint room = 0;

  g_return_if_fail (self != NULL && n_columns > 0);
  g_return_if_fail (cells != NULL || n_rows == 0);

  widths = g_new0 (guint, n_columns);
  for (gsize i = 0; i < n_rows * n_columns; i++)
    {
      guint *width = &widths[i % n_columns];

      *width = MAX (*width, barua_wrap_width (cell_text (&cells[i])));
    }
  for (gsize i = 0; i + 1 < n_columns; i++)
    before += widths[i] + 2;
  if (before < self->terminal.columns)
    room = self->terminal.columns - before;
  for (gsize i = 0; i < n_rows; i++)
    {
      const BaruaCell *row = cells + i * n_columns;

      if (widths[n_columns - 1] <= room)
        append_row (self, indent, row, widths, n_columns);
      else if (room >= NARROWEST_COLUMN && !row[n_columns - 1].right)
        append_row_in_lines (self, indent, row, widths, n_columns, room);
      else
        append_row_as_text (self, indent, row, n_columns);
    }
}

void
barua_output_set_json (BaruaOutput *self, JsonNode *node)
{
  g_return_if_fail (self != NULL && node != NULL);

  g_clear_pointer (&self->json, json_node_unref);
  self->json = node;
}

gboolean
barua_output_has_json (const BaruaOutput *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->json != NULL;
}

char *
barua_output_dup_text (const BaruaOutput *self)
{
  g_autofree char *json = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->json == NULL)
    return g_strdup (self->text->str);
  json = barua_report_to_text (self->json);
  return g_str_has_suffix (json, "\n") ? g_steal_pointer (&json)
                                       : g_strconcat (json, "\n", NULL);
}

static gboolean
write_all (int fd, const char *bytes, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize written = write (fd, bytes, length);
      int reason = errno;

      if (written < 0 && (reason == EINTR || reason == EAGAIN))
        {
          GPollFD poll_fd = { .fd = fd, .events = G_IO_OUT };

          if (reason == EAGAIN)
            (void) g_poll (&poll_fd, 1, -1);
          continue;
        }
      if (written < 0)
        {
          g_set_error_literal (error, G_FILE_ERROR,
                               (int) g_file_error_from_errno (reason),
                               g_strerror (reason));
          return FALSE;
        }
      bytes += written;
      length -= (gsize) written;
    }
  return TRUE;
}

/* The session may be in another character set than UTF-8; what that has no letter for is
 * written as the nearest one it has. */
static char *
to_session_charset (char *text)
{
  g_autofree char *utf8 = text;
  g_autofree char *charset = NULL;
  char *converted = NULL;
  const char *name = NULL;

  if (g_get_charset (&name))
    return g_steal_pointer (&utf8);
  charset = g_strconcat (name, "//TRANSLIT", NULL);
  converted = g_convert_with_fallback (utf8, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
  return converted != NULL ? converted : g_steal_pointer (&utf8);
}

gboolean
barua_output_write (BaruaOutput *self, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  text = barua_output_dup_text (self);
  if (self->json == NULL)
    text = to_session_charset (g_steal_pointer (&text));
  g_string_truncate (self->text, 0);
  g_clear_pointer (&self->json, json_node_unref);
  return write_all (self->terminal.fd, text, strlen (text), error);
}

void
barua_output_complain (const char *text)
{
  BaruaTerminal terminal = barua_terminal_look (STDERR_FILENO);
  g_autoptr (BaruaOutput) output = NULL;
  g_autofree char *line = NULL;

  g_return_if_fail (text != NULL);

  /* Whoever filters messages wants each on one line. */
  if (!terminal.is_terminal)
    terminal.width = G_MAXUINT / 2;
  output = barua_output_new (&terminal);
  line = g_strconcat ("barua: ", text, NULL);
  barua_output_add_text (output, BARUA_STYLE_PLAIN, 0, line);
  (void) barua_output_write (output, NULL);
}
