#include "config.h"

#include "ui/rows/save-row.h"

#include "setup/hand-over.h"
#include "setup/trouble.h"
#include "ui/programs.h"
#include "ui/toast.h"

#include <glib/gi18n.h>

struct _BaruaSaveRow
{
  AdwActionRow parent_instance;
  const BaruaExporter *exporter;
  BaruaTrip *trip;
  GtkWidget *button;
  GtkFileChooserNative *chooser;
  GCancellable *saving;
};

G_DEFINE_FINAL_TYPE (BaruaSaveRow, barua_save_row, ADW_TYPE_ACTION_ROW)

static void
end (BaruaSaveRow *self, const GError *error)
{
  g_autofree char *message = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->saving == NULL)
    return;
  g_clear_object (&self->saving);
  gtk_widget_set_sensitive (self->button, TRUE);
  message = error != NULL ? barua_trouble_dup_message (error) : g_strdup (_ ("Saved"));
  barua_toast_say (GTK_WIDGET (self), message);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaSaveRow) self = user_data;
  g_autofree char *undo = NULL;
  g_autoptr (GError) error = NULL;

  (void) source;
  (void) barua_programs_set_up_finish (result, &undo, &error);
  end (self, error);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaSaveRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaHandOver) hand_over = barua_hand_over_prepare_finish (result, &error);

  (void) source;
  if (hand_over == NULL)
    end (self, error);
  else
    barua_programs_set_up_async (hand_over, self->exporter, self->saving, on_saved,
                                 g_object_ref (self));
}

static void
on_folder (GtkNativeDialog *dialog, int response, BaruaSaveRow *self)
{
  g_autoptr (GFile) folder = NULL;
  g_autofree char *path = NULL;
  BaruaHandOverOptions options = { .incoming = self->trip->incoming,
                                   .name = self->trip->name };

  if (response == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = folder != NULL ? g_file_get_path (folder) : NULL;
  g_clear_object (&self->chooser);
  if (path == NULL)
    return;
  options.output = path;
  self->saving = g_cancellable_new ();
  gtk_widget_set_sensitive (self->button, FALSE);
  barua_hand_over_prepare_async (self->trip->address, &options, self->saving, on_prepared,
                                 g_object_ref (self));
}

static void
on_clicked (BaruaSaveRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->chooser = gtk_file_chooser_native_new (_ ("Choose a Folder"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                               /* Translators: a button */
                                               _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_folder), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
barua_save_row_dispose (GObject *object)
{
  BaruaSaveRow *self = BARUA_SAVE_ROW (object);

  g_cancellable_cancel (self->saving);
  g_clear_object (&self->saving);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->trip, barua_trip_unref);
  G_OBJECT_CLASS (barua_save_row_parent_class)->dispose (object);
}

static void
barua_save_row_class_init (BaruaSaveRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = barua_save_row_dispose;
}

static void
barua_save_row_init (BaruaSaveRow *self)
{
  GtkWidget *icon =
    g_object_new (GTK_TYPE_IMAGE, "icon-name", "document-save-symbolic",
                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  self->button = gtk_button_new_with_label (_ ("Save…"));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->button);
}

BaruaSaveRow *
barua_save_row_new (const BaruaExporter *exporter, BaruaTrip *trip)
{
  BaruaSaveRow *self = g_object_new (BARUA_TYPE_SAVE_ROW, NULL);

  self->exporter = exporter;
  self->trip = barua_trip_ref (trip);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (exporter->name));
  return self;
}
