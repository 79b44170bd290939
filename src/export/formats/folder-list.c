#include "config.h"

#include "export/formats/folder-list.h"

#include <string.h>

/* How a list is read: @depth counts the elements that are open, @last where the last tag
 * at that place began. */
typedef struct
{
  GPtrArray *trees;
  guint depth;
  guint seen;
} Reading;

static void
tree_free (gpointer data)
{
  BaruaFolderTree *tree = data;

  g_free (tree->type);
  g_free (tree->name);
  g_free (tree->path);
  g_free (tree);
}

/* An attribute can come twice. */
static void
take (char **place, const char *value)
{
  g_free (*place);
  *place = g_strdup (value);
}

static void
read_tree (Reading *reading, const char **names, const char **values)
{
  BaruaFolderTree *tree = g_new0 (BaruaFolderTree, 1);

  for (gsize i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], "type") == 0)
      take (&tree->type, values[i]);
    else if (strcmp (names[i], "name") == 0)
      take (&tree->name, values[i]);
    else if (strcmp (names[i], "path") == 0)
      take (&tree->path, values[i]);
    else if (strcmp (names[i], "account_id") == 0)
      tree->account = (guint) g_ascii_strtoull (values[i], NULL, 10);
  g_ptr_array_add (reading->trees, tree);
}

static void
on_start (GMarkupParseContext *context G_GNUC_UNUSED,
          const char *element,
          const char **names,
          const char **values,
          gpointer user_data,
          GError **error)
{
  Reading *reading = user_data;

  if (reading->depth == 0 && (reading->seen++ > 0 || strcmp (element, "folderlist") != 0))
    g_set_error (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                 "“%s” is no list of folders", element);
  if (reading->depth == 1 && strcmp (element, "folder") == 0)
    read_tree (reading, names, values);
  reading->depth++;
}

static void
on_end (GMarkupParseContext *context G_GNUC_UNUSED,
        const char *element G_GNUC_UNUSED,
        gpointer user_data,
        GError **error G_GNUC_UNUSED)
{
  Reading *reading = user_data;

  reading->depth--;
}

/* How what is no element begins and ends: the last row is a declaration. */
static const struct
{
  const char *begin;
  const char *end;
} OTHERS[] = {
  { "<!--", "-->" },
  { "<![CDATA[", "]]>" },
  { "<?", "?>" },
  { "<!", ">" },
};

static const char *
skip_other (const char *at, const char *end)
{
  for (gsize i = 0; i < G_N_ELEMENTS (OTHERS); i++)
    {
      gsize length = strlen (OTHERS[i].begin);

      if ((gsize) (end - at) >= length && strncmp (at, OTHERS[i].begin, length) == 0)
        /* To GLib, "<?>" and "<!-->" are whole. */
        return g_strstr_len (at + 1, end - at - 1, OTHERS[i].end);
    }
  return NULL;
}

/* The first "<" from @at on that begins an element. */
static const char *
find_element (const char *at, const char *end)
{
  while (at != NULL && (at = memchr (at, '<', (gsize) (end - at))) != NULL &&
         end - at > 1 && (at[1] == '!' || at[1] == '?'))
    at = skip_other (at, end);
  return at;
}

static gsize
line_begin (const char *text, gsize at)
{
  gsize begin = at;

  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t'))
    begin--;
  return begin == 0 || text[begin - 1] == '\n' ? begin : at;
}

/* Within a list that is well formed. A ">" in an attribute is none of a tag's end, but in
 * this one there are no attributes that could hold one. */
static gboolean
find_places (BaruaFolderList *self)
{
  const char *end = self->text + self->length;
  const char *list = find_element (self->text, end);
  const char *open = list != NULL ? memchr (list, '>', (gsize) (end - list)) : NULL;
  const char *close = g_strrstr_len (self->text, (gssize) self->length, "</folderlist");
  const char *first = NULL;

  if (open == NULL || close == NULL || close < open)
    return FALSE;
  first = find_element (open, end);
  self->end = line_begin (self->text, (gsize) (close - self->text));
  self->first = first != NULL && first <= close
                  ? line_begin (self->text, (gsize) (first - self->text))
                  : self->end;
  return TRUE;
}

static gboolean
parse (GPtrArray *trees, const char *text, gsize length, GError **error)
{
  static const GMarkupParser PARSER = { .start_element = on_start,
                                        .end_element = on_end };
  Reading reading = { .trees = trees };
  g_autoptr (GMarkupParseContext) context =
    g_markup_parse_context_new (&PARSER, 0, &reading, NULL);

  return g_markup_parse_context_parse (context, text, (gssize) length, error) &&
         g_markup_parse_context_end_parse (context, error);
}

/* In comments, CDATA and attributes there can be what only looks like a tag. */
static gboolean
can_be_added_to (const BaruaFolderList *self)
{
  static const char PROBE[] = "<folder type=\"\"/>";
  g_autoptr (GPtrArray) trees = g_ptr_array_new_with_free_func (tree_free);
  g_autoptr (BaruaEdits) edits = barua_edits_new (self->text, self->length);
  g_autofree char *text = NULL;
  gsize length = 0;

  barua_edits_replace (edits, self->first, 0, PROBE);
  barua_edits_replace (edits, self->end, 0, PROBE);
  text = barua_edits_apply (edits, &length);
  return parse (trees, text, length, NULL) && trees->len == self->trees->len + 2 &&
         g_strcmp0 (((BaruaFolderTree *) trees->pdata[0])->type, "") == 0 &&
         g_strcmp0 (((BaruaFolderTree *) trees->pdata[trees->len - 1])->type, "") == 0;
}

static gboolean
read_list (BaruaFolderList *self, GError **error)
{
  if (!parse (self->trees, self->text, self->length, error))
    return FALSE;
  if (find_places (self) && can_be_added_to (self))
    return TRUE;
  g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT,
                       "The list of folders has no end");
  return FALSE;
}

BaruaFolderList *
barua_folder_list_new (const char *text, gsize length, GError **error)
{
  g_autoptr (BaruaFolderList) self = g_new0 (BaruaFolderList, 1);

  self->text = text;
  self->length = length;
  self->trees = g_ptr_array_new_with_free_func (tree_free);
  if (text != NULL && !read_list (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
barua_folder_list_free (BaruaFolderList *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->trees);
  g_free (self);
}

const BaruaFolderTree *
barua_folder_list_find (const BaruaFolderList *self, const char *type, guint account)
{
  for (guint i = 0; i < self->trees->len; i++)
    {
      const BaruaFolderTree *tree = self->trees->pdata[i];

      if (g_strcmp0 (tree->type, type) == 0 && (account == 0 || tree->account == account))
        return tree;
    }
  return NULL;
}

void
barua_folder_list_add (const BaruaFolderList *self,
                       BaruaEdits *edits,
                       const char *tree,
                       gboolean is_first)
{
  g_return_if_fail (self->text != NULL);

  barua_edits_insert_lines (edits, is_first ? self->first : self->end, tree);
}
