#include "config.h"

#include "ui/signing-out.h"

#include "setup/sign-out.h"
#include "setup/trouble.h"
#include "ui/toast.h"

#include <glib/gi18n.h>

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GtkWidget *from = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (BaruaSignedOut) out = barua_sign_out_finish (result, &error);

  (void) source;
  if (out == NULL)
    {
      g_autofree char *message = barua_trouble_dup_message (error);

      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        barua_toast_say (from, message);
      g_task_return_error (task, error);
      return;
    }
  if (out->not_revoked != NULL)
    barua_toast_say (from,
                     _ ("Signed out, but Google was not reached to give access back"));
  else
    barua_toast_say (from, out->revoked
                             ? _ ("Signed out, and access given back to Google")
                             : _ ("Signed out"));
  g_task_return_boolean (task, TRUE);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  (void) dialog;
  if (g_strcmp0 (response, "sign-out") != 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "The person said no");
  else
    barua_sign_out_async (g_task_get_task_data (task), g_task_get_cancellable (task),
                          on_signed_out, g_object_ref (task));
}

void
barua_signing_out_ask (GtkWidget *from,
                       const char *address,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GtkRoot *root = NULL;
  GtkWidget *dialog = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GTK_IS_WIDGET (from) && address != NULL);

  root = gtk_widget_get_root (from);
  task = g_task_new (from, cancellable, callback, user_data);
  g_task_set_source_tag (task, barua_signing_out_ask);
  g_task_set_task_data (task, g_strdup (address), g_free);
  dialog = adw_message_dialog_new (GTK_WINDOW (root), NULL, NULL);
  /* Translators: a mail address */
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _ ("Sign out of %s?"),
                                     address);
  adw_message_dialog_set_body (
    ADW_MESSAGE_DIALOG (dialog),
    _ (
      "What is kept in the keyring for it is forgotten, and mail programs that ask Barua "
      "for it can no longer sign in. Their settings stay."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "sign-out", _ ("_Sign Out"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "sign-out",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response),
                    g_steal_pointer (&task));
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
barua_signing_out_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
