#include "config.h"

#include "export/formats/folder-list.h"

#include <string.h>

/* How a list is read: @depth counts the elements that are open, @last where the last tag
 * at that place began. */
typedef struct
{
  BaruaFolderList *list;
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

static void
read_tree (Reading *reading, const char **names, const char **values)
{
  BaruaFolderTree *tree = g_new0 (BaruaFolderTree, 1);

  for (gsize i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], "type") == 0)
      tree->type = g_strdup (values[i]);
    else if (strcmp (names[i], "name") == 0)
      tree->name = g_strdup (values[i]);
    else if (strcmp (names[i], "path") == 0)
      tree->path = g_strdup (values[i]);
    else if (strcmp (names[i], "account_id") == 0)
      tree->account = (guint) g_ascii_strtoull (values[i], NULL, 10);
  g_ptr_array_add (reading->list->trees, tree);
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

/* The first "<" behind @at that begins an element, over comments and declarations. */
static const char *
find_element (const char *at)
{
  while ((at = strchr (at, '<')) != NULL && (at[1] == '!' || at[1] == '?'))
    {
      const char *end = strstr (at, strncmp (at, "<!--", 4) == 0 ? "-->" : ">");

      if (end == NULL)
        return NULL;
      at = end;
    }
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
  const char *list = find_element (self->text);
  const char *open = list != NULL ? strchr (list, '>') : NULL;
  const char *close = g_strrstr_len (self->text, (gssize) self->length, "</folderlist");
  const char *first = NULL;

  if (open == NULL || close == NULL || close < open)
    return FALSE;
  first = find_element (open);
  self->end = line_begin (self->text, (gsize) (close - self->text));
  self->first = first != NULL && first <= close
                  ? line_begin (self->text, (gsize) (first - self->text))
                  : self->end;
  return TRUE;
}

static gboolean
read_list (BaruaFolderList *self, GError **error)
{
  static const GMarkupParser PARSER = { .start_element = on_start,
                                        .end_element = on_end };
  Reading reading = { .list = self };
  g_autoptr (GMarkupParseContext) context =
    g_markup_parse_context_new (&PARSER, 0, &reading, NULL);

  if (!g_markup_parse_context_parse (context, self->text, (gssize) self->length, error) ||
      !g_markup_parse_context_end_parse (context, error))
    return FALSE;
  if (find_places (self))
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
