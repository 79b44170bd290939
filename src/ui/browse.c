#include "config.h"

#include "ui/browse.h"

#include "ui/toast.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *from;
  char *uri;
} Opening;

static void
opening_free (Opening *self)
{
  g_object_unref (self->from);
  g_free (self->uri);
  g_free (self);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    barua_browse_copy (self->from, self->uri,
                       _ ("No browser could be opened. The page’s address is copied"));
  opening_free (self);
}

void
barua_browse_open (GtkWidget *from, const char *uri)
{
  GtkRoot *root = NULL;
  Opening *self = NULL;

  g_return_if_fail (GTK_IS_WIDGET (from) && uri != NULL);

  root = gtk_widget_get_root (from);
  if (!GTK_IS_WINDOW (root))
    return;
  self = g_new0 (Opening, 1);
  self->from = g_object_ref (from);
  self->uri = g_strdup (uri);
  gtk_show_uri_full (GTK_WINDOW (root), uri, GDK_CURRENT_TIME, NULL, on_shown, self);
}

void
barua_browse_copy (GtkWidget *from, const char *text, const char *said)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && text != NULL && said != NULL);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (from), text);
  barua_toast_say (from, said);
}
