#include "config.h"

#include "ui/pages/explain.h"

#include "setup/explaining.h"
#include "ui/cards/diagnosis-card.h"
#include "ui/rows/explanation-text.h"

#include <glib/gi18n.h>
#include <string.h>

struct _BaruaExplainPage
{
  BaruaPage parent_instance;
  GtkTextView *text;
  GtkTextBuffer *buffer;
  GtkWidget *clear_button;
  GtkLabel *trouble;
  BaruaDiagnosisCard *card;
  AdwPreferencesGroup *matches;
  GPtrArray *rows;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (BaruaExplainPage, barua_explain_page, BARUA_TYPE_PAGE)

static char *
dup_text (BaruaExplainPage *self)
{
  GtkTextIter start = { 0 };
  GtkTextIter end = { 0 };

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
clear_answer (BaruaExplainPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->matches, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->matches), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
}

static void
show_matches (BaruaExplainPage *self, const BaruaExplanation *explanation)
{
  g_autoptr (GPtrArray) texts = barua_explanation_text_list (explanation);

  for (guint i = 0; i < texts->len; i++)
    {
      const BaruaExplanationText *text = texts->pdata[i];
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *title = g_markup_escape_text (text->title, -1);
      g_autofree char *subtitle = g_markup_escape_text (text->lines, -1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      adw_preferences_group_add (self->matches, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->matches), texts->len > 0);
}

static void
show_answer (BaruaExplainPage *self, const BaruaExplanation *explanation)
{
  clear_answer (self);
  barua_diagnosis_card_set_verdict (self->card, explanation->verdict,
                                    _ ("What the text says:"));
  gtk_widget_set_visible (GTK_WIDGET (self->card), TRUE);
  show_matches (self, explanation);
  barua_diagnosis_card_announce (self->card);
}

static void
show_trouble (BaruaExplainPage *self, const GError *error)
{
  g_autofree char *text =
    g_strdup_printf (_ ("The file could not be read: %s"), error->message);

  clear_answer (self);
  gtk_label_set_label (self->trouble, text);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
}

static void
on_explained (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  BaruaExplanation *explanation = barua_explain_bytes_finish (result, &error);
  BaruaExplainPage *self = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  self = g_task_get_source_object (task);
  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  if (explanation != NULL)
    {
      show_answer (self, explanation);
      barua_explanation_free (explanation);
    }
  else
    show_trouble (self, error);
  g_clear_error (&error);
  /* The answer stands on this page. */
  g_task_return_boolean (task, FALSE);
}

static void
barua_explain_page_apply_async (BaruaPage *page,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  BaruaExplainPage *self = BARUA_EXPLAIN_PAGE (page);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  char *text = dup_text (self);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  g_task_set_source_tag (task, barua_explain_page_apply_async);
  barua_page_set_busy (page, TRUE);
  barua_explain_bytes_async (bytes, cancellable, on_explained, task);
}

static gboolean
barua_explain_page_apply_finish (BaruaPage *page, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, page), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_file_explained (GObject *source G_GNUC_UNUSED,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (BaruaExplainPage) self = user_data;
  g_autoptr (GError) error = NULL;
  BaruaExplanation *explanation = barua_explain_bytes_finish (result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      barua_page_set_busy (BARUA_PAGE (self), FALSE);
      if (explanation != NULL)
        show_answer (self, explanation);
      else
        show_trouble (self, error);
    }
  g_clear_pointer (&explanation, barua_explanation_free);
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, BaruaExplainPage *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    {
      barua_page_set_busy (BARUA_PAGE (self), TRUE);
      barua_explain_file_async (file, NULL, on_file_explained, g_object_ref (self));
    }
  g_clear_object (&self->chooser);
}

static void
on_file_clicked (BaruaExplainPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Open a File"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
                                               _ ("_Cancel"));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_file_chosen), self,
                           0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_changed (BaruaExplainPage *self)
{
  gboolean any = gtk_text_buffer_get_char_count (self->buffer) > 0;

  barua_page_set_complete (BARUA_PAGE (self), any);
  gtk_widget_set_sensitive (self->clear_button, any);
}

static void
on_pasted (BaruaExplainPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.next", NULL);
}

static void
on_clear_clicked (BaruaExplainPage *self)
{
  gtk_text_buffer_set_text (self->buffer, "", 0);
  clear_answer (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
barua_explain_page_leave (BaruaPage *page)
{
  barua_page_set_busy (page, FALSE);
}

static void
barua_explain_page_dispose (GObject *object)
{
  g_clear_object (&BARUA_EXPLAIN_PAGE (object)->chooser);
  G_OBJECT_CLASS (barua_explain_page_parent_class)->dispose (object);
}

static void
barua_explain_page_finalize (GObject *object)
{
  g_clear_pointer (&BARUA_EXPLAIN_PAGE (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (barua_explain_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BaruaExplainPage, text);
  gtk_widget_class_bind_template_child (widget_class, BaruaExplainPage, buffer);
  gtk_widget_class_bind_template_child (widget_class, BaruaExplainPage, clear_button);
  gtk_widget_class_bind_template_child (widget_class, BaruaExplainPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, BaruaExplainPage, card);
  gtk_widget_class_bind_template_child (widget_class, BaruaExplainPage, matches);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_pasted);
  gtk_widget_class_bind_template_callback (widget_class, on_file_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
}

static void
barua_explain_page_class_init (BaruaExplainPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BaruaPageClass *page_class = BARUA_PAGE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = barua_explain_page_dispose;
  object_class->finalize = barua_explain_page_finalize;
  page_class->leave = barua_explain_page_leave;
  page_class->apply_async = barua_explain_page_apply_async;
  page_class->apply_finish = barua_explain_page_apply_finish;
  g_type_ensure (BARUA_TYPE_DIAGNOSIS_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/pages/explain.ui");
  bind_children (widget_class);
}

static void
barua_explain_page_init (BaruaExplainPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
