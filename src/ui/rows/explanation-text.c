#include "config.h"

#include "ui/rows/explanation-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* More lines of one cause tell no more. */
#define LINES_SHOWN 5

static void
text_free (gpointer data)
{
  BaruaExplanationText *self = data;

  g_free (self->title);
  g_free (self->lines);
  g_free (self);
}

static const BaruaExplanationMatch *
get_match (const BaruaExplanation *explanation, guint index)
{
  return &g_array_index (explanation->matches, BaruaExplanationMatch, index);
}

static gboolean
is_first (const BaruaExplanation *explanation, guint index)
{
  for (guint i = 0; i < index; i++)
    if (strcmp (get_match (explanation, i)->cause,
                get_match (explanation, index)->cause) == 0)
      return FALSE;
  return TRUE;
}

static char *
list_lines (const BaruaExplanation *explanation, const char *cause)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n_lines = 0;

  for (guint i = 0; i < explanation->matches->len; i++)
    {
      const BaruaExplanationMatch *match = get_match (explanation, i);

      if (strcmp (match->cause, cause) != 0)
        continue;
      if (++n_lines <= LINES_SHOWN)
        g_string_append_printf (list, "%s%" G_GUINT64_FORMAT, list->len > 0 ? ", " : "",
                                match->line);
    }
  if (n_lines > LINES_SHOWN)
    g_string_append (list, "…");
  /* Translators: numbers of lines in a text, as in “Lines 3, 17, 42” */
  return g_strdup_printf (ngettext ("Line %s", "Lines %s", n_lines), list->str);
}

GPtrArray *
barua_explanation_text_list (const BaruaExplanation *explanation)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (text_free);
  gboolean others = FALSE;

  g_return_val_if_fail (explanation != NULL, texts);

  for (guint i = 0; i < explanation->matches->len; i++)
    {
      const BaruaExplanationMatch *match = get_match (explanation, i);
      const BaruaCause *cause = barua_cause_find (match->cause);
      BaruaExplanationText *text = NULL;

      if (cause == NULL || !is_first (explanation, i))
        continue;
      others |= match->line > 1 || cause != explanation->verdict->cause;
      text = g_new0 (BaruaExplanationText, 1);
      text->title = g_strdup (_ (cause->title));
      text->lines = list_lines (explanation, cause->id);
      g_ptr_array_add (texts, text);
    }
  if (!others)
    g_ptr_array_set_size (texts, 0);
  return texts;
}
