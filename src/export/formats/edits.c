#include "config.h"

#include "export/formats/edits.h"

#include <string.h>

/* @below: whether it stands below all else that is put in at the same place. */
typedef struct
{
  gsize offset;
  gsize length;
  gboolean below;
  guint order;
  char *replacement;
} Edit;

struct _BaruaEdits
{
  const char *text;
  gsize length;
  const char *line_end;
  gboolean ended;
  gboolean appended;
  GPtrArray *edits;
};

static void
edit_free (gpointer data)
{
  Edit *edit = data;

  g_free (edit->replacement);
  g_free (edit);
}

const char *
barua_edits_line_end (const char *text, gsize length)
{
  const char *feed = text != NULL ? memchr (text, '\n', length) : NULL;

  return feed != NULL && feed > text && feed[-1] == '\r' ? "\r\n" : "\n";
}

BaruaEdits *
barua_edits_new (const char *text, gsize length)
{
  BaruaEdits *self = g_new0 (BaruaEdits, 1);

  self->text = text != NULL ? text : "";
  self->length = text != NULL ? length : 0;
  self->line_end = barua_edits_line_end (text, length);
  self->ended = self->length == 0 || self->text[self->length - 1] == '\n';
  self->edits = g_ptr_array_new_with_free_func (edit_free);
  return self;
}

void
barua_edits_free (BaruaEdits *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->edits);
  g_free (self);
}

static Edit *
add (BaruaEdits *self, gsize offset, gsize length, const char *replacement)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->offset = offset;
  edit->length = length;
  edit->order = self->edits->len;
  edit->replacement = g_strdup (replacement);
  g_ptr_array_add (self->edits, edit);
  return edit;
}

void
barua_edits_replace (BaruaEdits *self,
                     gsize offset,
                     gsize length,
                     const char *replacement)
{
  g_return_if_fail (self != NULL && replacement != NULL);
  g_return_if_fail (offset <= self->length && length <= self->length - offset);

  (void) add (self, offset, length, replacement);
}

void
barua_edits_insert_lines (BaruaEdits *self, gsize offset, const char *lines)
{
  g_autofree char *own = NULL;
  gboolean at_end = FALSE;

  g_return_if_fail (self != NULL && lines != NULL && offset <= self->length);

  at_end = offset == self->length;
  if (at_end && !self->ended)
    {
      add (self, offset, 0, self->line_end)->below = TRUE;
      self->ended = TRUE;
    }
  if (*self->line_end == '\r')
    {
      g_auto (GStrv) parts = g_strsplit (lines, "\n", 0);

      own = g_strjoinv (self->line_end, parts);
    }
  /* A last line without an end may still be added to. */
  add (self, offset, 0, own != NULL ? own : lines)->below = at_end;
}

static gboolean
ends_with_empty_line (const BaruaEdits *self)
{
  gsize end = self->length;

  if (end == 0)
    return TRUE;
  if (self->text[end - 1] != '\n')
    return FALSE;
  end--;
  if (end > 0 && self->text[end - 1] == '\r')
    end--;
  return end == 0 || self->text[end - 1] == '\n';
}

void
barua_edits_append_paragraph (BaruaEdits *self, const char *lines)
{
  g_return_if_fail (self != NULL && lines != NULL);

  if (self->appended || !ends_with_empty_line (self))
    barua_edits_insert_lines (self, self->length, "\n");
  barua_edits_insert_lines (self, self->length, lines);
  self->appended = TRUE;
}

gboolean
barua_edits_are_none (const BaruaEdits *self)
{
  return self->edits->len == 0;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const Edit *first = *(const Edit *const *) a;
  const Edit *second = *(const Edit *const *) b;

  if (first->offset != second->offset)
    return first->offset < second->offset ? -1 : 1;
  if (first->below != second->below)
    return first->below ? 1 : -1;
  return first->order < second->order ? -1 : first->order > second->order;
}

static gboolean
is_same (const Edit *a, const Edit *b)
{
  return a->offset == b->offset && a->length == b->length &&
         strcmp (a->replacement, b->replacement) == 0;
}

char *
barua_edits_apply (const BaruaEdits *self, gsize *length)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize at = 0;

  g_return_val_if_fail (self != NULL, NULL);

  g_ptr_array_sort (self->edits, compare);
  for (guint i = 0; i < self->edits->len; i++)
    {
      const Edit *edit = self->edits->pdata[i];

      if (i > 0 && edit->length > 0 && is_same (self->edits->pdata[i - 1], edit))
        continue;
      g_return_val_if_fail (edit->offset >= at, NULL);
      g_string_append_len (text, self->text + at, (gssize) (edit->offset - at));
      g_string_append (text, edit->replacement);
      at = edit->offset + edit->length;
    }
  g_string_append_len (text, self->text + at, (gssize) (self->length - at));
  if (length != NULL)
    *length = text->len;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
