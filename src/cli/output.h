#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * BaruaStyle:
 * @BARUA_STYLE_PLAIN: as the terminal has it
 * @BARUA_STYLE_STRONG: a heading
 * @BARUA_STYLE_FAINT: what matters less
 * @BARUA_STYLE_GOOD: all is well
 * @BARUA_STYLE_WARNING: worth a look
 * @BARUA_STYLE_BAD: a problem
 *
 * How a text stands out, where colours can be shown. Never the only sign of anything.
 */
typedef enum
{
  BARUA_STYLE_PLAIN,
  BARUA_STYLE_STRONG,
  BARUA_STYLE_FAINT,
  BARUA_STYLE_GOOD,
  BARUA_STYLE_WARNING,
  BARUA_STYLE_BAD,
} BaruaStyle;

/**
 * BaruaTerminal:
 * @fd: the descriptor written to
 * @is_terminal: whether a person sees what is written there
 * @moves: whether the cursor can be moved: a terminal that is not "dumb"
 * @colour: whether colours are shown: such a terminal, unless NO_COLOR is set
 *   (https://no-color.org)
 * @width: how many columns a line of running text may take
 * @columns: how many columns there really are
 *
 * What is at the other end of a descriptor.
 */
typedef struct
{
  int fd;
  gboolean is_terminal;
  gboolean moves;
  gboolean colour;
  guint width;
  guint columns;
} BaruaTerminal;

/**
 * BARUA_OUTPUT_WIDTH:
 *
 * The width of text that goes to no terminal, and the most on one: longer lines are hard
 * to read.
 */
#define BARUA_OUTPUT_WIDTH 80

/**
 * BaruaCell:
 * @text: (nullable): what stands in it; %NULL for nothing
 * @style: how it stands out
 * @right: whether it stands at the right, as numbers do
 *
 * One cell of a table.
 */
typedef struct
{
  const char *text;
  BaruaStyle style;
  gboolean right;
} BaruaCell;

/**
 * BaruaOutput:
 *
 * Gathers what a command answers and writes it in one go, so that a command that fails
 * half-way leaves no half answer.
 */
typedef struct _BaruaOutput BaruaOutput;

/**
 * barua_terminal_look:
 * @fd: a descriptor
 *
 * Returns: what is at its other end
 */
BaruaTerminal barua_terminal_look (int fd);

/**
 * barua_output_new:
 * @terminal: where it goes; copied
 *
 * Returns: (transfer full): an output without a word
 */
BaruaOutput *barua_output_new (const BaruaTerminal *terminal);

/**
 * barua_output_free:
 * @self: (transfer full): an output; what was not written is dropped
 */
void barua_output_free (BaruaOutput *self);

/**
 * barua_output_add_text:
 * @self: an output
 * @style: how it stands out
 * @indent: how many blanks stand before each line
 * @text: one paragraph, wrapped; line feeds in it stay
 */
void barua_output_add_text (BaruaOutput *self,
                            BaruaStyle style,
                            guint indent,
                            const char *text);

/**
 * barua_output_add_item:
 * @self: an output
 * @style: how @marker stands out
 * @indent: how many blanks stand before @marker
 * @marker: what stands before the first line: "1.", "Server"; the text hangs behind it
 * @text: one paragraph, wrapped
 */
void barua_output_add_item (BaruaOutput *self,
                            BaruaStyle style,
                            guint indent,
                            const char *marker,
                            const char *text);

/**
 * barua_output_add_line:
 * @self: an output
 * @indent: how many blanks stand before it
 * @text: one line that is never broken, such as a web address
 */
void barua_output_add_line (BaruaOutput *self, guint indent, const char *text);

/**
 * barua_output_add_styled_line:
 * @self: an output
 * @style: how it stands out
 * @indent: how many blanks stand before it
 * @text: one line that is never broken
 */
void barua_output_add_styled_line (BaruaOutput *self,
                                   BaruaStyle style,
                                   guint indent,
                                   const char *text);

/**
 * barua_output_add_drawing:
 * @self: an output
 * @coloured: lines for a terminal with colours, with their escapes; from this program
 *   alone
 * @plain: the same for anything else
 * @columns: how many columns they take
 *
 * Adds a drawing of characters, as it is.
 *
 * Returns: whether it was added: not to a terminal that is too narrow for it
 */
gboolean barua_output_add_drawing (BaruaOutput *self,
                                   const char *coloured,
                                   const char *plain,
                                   guint columns);

/**
 * barua_output_add_gap:
 * @self: an output
 *
 * Leaves one empty line before what follows; nothing at the beginning or the end, and
 * never two.
 */
void barua_output_add_gap (BaruaOutput *self);

/**
 * barua_output_add_table:
 * @self: an output
 * @indent: how many blanks stand before each row
 * @cells: (array length=n_rows*n_columns): the cells, row after row
 * @n_rows: how many rows
 * @n_columns: how many columns
 *
 * Adds a table; where it is too wide for the terminal, the last column takes several
 * lines, or, if that would be too narrow, each row becomes a paragraph.
 */
void barua_output_add_table (
  BaruaOutput *self, guint indent, const BaruaCell *cells, gsize n_rows, gsize n_columns);

/**
 * barua_output_set_json:
 * @self: an output
 * @node: (transfer full): the one value to answer, in place of all text
 */
void barua_output_set_json (BaruaOutput *self, JsonNode *node);

/**
 * barua_output_has_json:
 * @self: an output
 *
 * Returns: whether barua_output_set_json() was called
 */
gboolean barua_output_has_json (const BaruaOutput *self);

/**
 * barua_output_dup_text:
 * @self: an output
 *
 * Returns: (transfer full): what would be written, in UTF-8
 */
char *barua_output_dup_text (const BaruaOutput *self);

/**
 * barua_output_write:
 * @self: an output, which then is empty again
 * @error: a %G_FILE_ERROR: the other end is closed, or full
 *
 * Writes what was gathered: JSON as UTF-8, text in the character set of the session.
 *
 * Returns: whether all of it was taken
 */
gboolean barua_output_write (BaruaOutput *self, GError **error);

/**
 * barua_output_complain:
 * @text: a whole sentence, or several
 *
 * Tells the person something on standard error, wrapped, with the program's name before.
 */
void barua_output_complain (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaOutput, barua_output_free)

G_END_DECLS
