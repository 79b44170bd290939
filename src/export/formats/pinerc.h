#pragma once

#include "export/formats/edits.h"
#include "export/formats/key-file.h"

G_BEGIN_DECLS

/**
 * BaruaPinercVariable:
 * @name: its name, such as "inbox-path"
 * @value: what it is: its lines made one, without blanks around; empty where it is not
 * set
 * @span: where the value stands, with the lines that go on with it, without the last line
 *   end
 *
 * One variable of Alpine's configuration.
 */
typedef struct
{
  char *name;
  char *value;
  BaruaSpan span;
} BaruaPinercVariable;

/**
 * BaruaPinerc:
 * @text: (nullable): the text that was read; not owned
 * @length: how many bytes
 * @variables: (element-type BaruaPinercVariable): its variables, in order
 *
 * What Alpine's configuration says. Nothing is changed here: see #BaruaEdits.
 */
typedef struct
{
  const char *text;
  gsize length;
  GPtrArray *variables;
} BaruaPinerc;

/**
 * barua_pinerc_new:
 * @text: (nullable): any text; must outlive what is returned
 * @length: how many bytes
 *
 * Returns: (transfer full): what it says
 */
BaruaPinerc *barua_pinerc_new (const char *text, gsize length);

/**
 * barua_pinerc_free:
 * @self: (transfer full): a configuration
 */
void barua_pinerc_free (BaruaPinerc *self);

/**
 * barua_pinerc_get:
 * @self: a configuration
 * @name: a variable
 *
 * Returns: (nullable): its value as it stands there; %NULL where it is not set. Two
 * quotes with nothing between are a value: it is empty on purpose
 */
const char *barua_pinerc_get (const BaruaPinerc *self, const char *name);

/**
 * barua_pinerc_list:
 * @value: (nullable): the value of a variable that is a list
 *
 * Returns: (transfer full) (array zero-terminated=1): its items, as they stand there
 */
char **barua_pinerc_list (const char *value);

/**
 * barua_pinerc_set:
 * @self: a configuration
 * @edits: the changes of its text
 * @name: a variable
 * @value: one line, as it is to stand there
 *
 * Sets a variable in its place, or at the end where there is none.
 */
void barua_pinerc_set (const BaruaPinerc *self,
                       BaruaEdits *edits,
                       const char *name,
                       const char *value);

/**
 * barua_pinerc_append:
 * @self: a configuration
 * @edits: the changes of its text
 * @name: a variable that is a list
 * @item: one line, as it is to stand there
 *
 * Puts an item at the end of a list, on a line of its own where there are others.
 */
void barua_pinerc_append (const BaruaPinerc *self,
                          BaruaEdits *edits,
                          const char *name,
                          const char *item);

/**
 * barua_pinerc_escape:
 * @text: any text
 *
 * Returns: (transfer full): @text without what Alpine would take for a variable of the
 *   environment, on one line
 */
char *barua_pinerc_escape (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaPinerc, barua_pinerc_free)

G_END_DECLS
