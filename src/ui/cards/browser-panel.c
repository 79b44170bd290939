#include "config.h"

#include "ui/cards/browser-panel.h"

#include "setup/browser-sign-in.h"
#include "setup/oauth-client.h"
#include "ui/browse.h"

#include <glib/gi18n.h>

#define CONSOLE "https://console.cloud.google.com/auth/clients"

struct _BaruaBrowserPanel
{
  AdwBin parent_instance;
  GtkWidget *known;
  GtkWidget *unknown;
  GtkWidget *waiting;
  GtkWidget *id_row;
  GtkWidget *secret_row;
  GtkWidget *paste_entry;
  BaruaClient *client;
  /* Belongs to the wait that is under way. */
  BaruaBrowserSignIn *attempt;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BaruaBrowserPanel, barua_browser_panel, ADW_TYPE_BIN)

static void
show (BaruaBrowserPanel *self, GtkWidget *part)
{
  gtk_widget_set_visible (self->known, part == self->known);
  gtk_widget_set_visible (self->unknown, part == self->unknown);
  gtk_widget_set_visible (self->waiting, part == self->waiting);
}

static void
on_open_console (GtkButton *button, BaruaBrowserPanel *self)
{
  (void) button;
  barua_browse_open (GTK_WIDGET (self), CONSOLE);
}

static void
on_typed (GtkEditable *editable, BaruaBrowserPanel *self)
{
  (void) editable;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_open_again (GtkButton *button, BaruaBrowserPanel *self)
{
  (void) button;
  if (self->attempt != NULL)
    barua_browse_open (GTK_WIDGET (self), barua_browser_sign_in_get_uri (self->attempt));
}

static void
on_copy_uri (GtkButton *button, BaruaBrowserPanel *self)
{
  (void) button;
  if (self->attempt != NULL)
    barua_browse_copy (GTK_WIDGET (self), barua_browser_sign_in_get_uri (self->attempt),
                       _ ("Address copied"));
}

/* Taken as soon as it is the answer; what is being typed is none yet, and no fault. */
static void
on_pasted (GtkEditable *editable, BaruaBrowserPanel *self)
{
  const char *pasted = gtk_editable_get_text (editable);

  if (self->attempt != NULL && *pasted != '\0' &&
      barua_browser_sign_in_paste (self->attempt, pasted, NULL))
    gtk_editable_set_text (editable, "");
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BaruaBrowserPanel *self = g_task_get_source_object (task);
  GError *error = NULL;
  BaruaOauthToken *token = barua_browser_sign_in_wait_finish (result, &error);
  BaruaBrowserSignIn *attempt = g_task_get_task_data (task);

  (void) source;
  if (self->attempt == attempt)
    {
      self->attempt = NULL;
      show (self, self->known);
    }
  if (token != NULL)
    g_task_return_pointer (task, token, (GDestroyNotify) barua_oauth_token_free);
  else
    g_task_return_error (task, error);
}

/* A client that was typed in becomes the known one. */
static gboolean
take_client (BaruaBrowserPanel *self, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;
  g_autofree char *secret = NULL;
  BaruaClient typed = { 0 };

  if (self->client != NULL)
    return TRUE;
  path = barua_client_dup_path ();
  id = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->id_row))));
  secret =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->secret_row))));
  typed.id = id;
  typed.secret = *secret != '\0' ? secret : NULL;
  if (!barua_client_save (path, &typed, error))
    return FALSE;
  self->client = barua_client_load (path, error);
  return self->client != NULL;
}

static void
barua_browser_panel_dispose (GObject *object)
{
  BaruaBrowserPanel *self = BARUA_BROWSER_PANEL (object);

  self->attempt = NULL;
  g_clear_pointer (&self->client, barua_client_free);
  G_OBJECT_CLASS (barua_browser_panel_parent_class)->dispose (object);
}

static void
barua_browser_panel_class_init (BaruaBrowserPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barua_browser_panel_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/cards/browser-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, BaruaBrowserPanel, known);
  gtk_widget_class_bind_template_child (widget_class, BaruaBrowserPanel, unknown);
  gtk_widget_class_bind_template_child (widget_class, BaruaBrowserPanel, waiting);
  gtk_widget_class_bind_template_child (widget_class, BaruaBrowserPanel, id_row);
  gtk_widget_class_bind_template_child (widget_class, BaruaBrowserPanel, secret_row);
  gtk_widget_class_bind_template_child (widget_class, BaruaBrowserPanel, paste_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_open_console);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_open_again);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_uri);
  gtk_widget_class_bind_template_callback (widget_class, on_pasted);
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", BARUA_TYPE_BROWSER_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
barua_browser_panel_init (BaruaBrowserPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
barua_browser_panel_look (BaruaBrowserPanel *self)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (BARUA_IS_BROWSER_PANEL (self), FALSE);

  path = barua_client_dup_path ();
  g_clear_pointer (&self->client, barua_client_free);
  self->client = barua_client_load (path, NULL);
  show (self, self->client != NULL ? self->known : self->unknown);
  return self->client != NULL;
}

gboolean
barua_browser_panel_is_ready (BaruaBrowserPanel *self)
{
  g_autofree char *typed = NULL;

  g_return_val_if_fail (BARUA_IS_BROWSER_PANEL (self), FALSE);

  if (self->client != NULL)
    return TRUE;
  typed = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->id_row))));
  return barua_client_is_plausible (typed);
}

const char *
barua_browser_panel_get_client_id (BaruaBrowserPanel *self)
{
  g_return_val_if_fail (BARUA_IS_BROWSER_PANEL (self), NULL);

  return self->client != NULL ? self->client->id : NULL;
}

void
barua_browser_panel_sign_in_async (BaruaBrowserPanel *self,
                                   BaruaAddress *address,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  BaruaBrowserSignIn *attempt = NULL;

  g_return_if_fail (BARUA_IS_BROWSER_PANEL (self) && address != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, barua_browser_panel_sign_in_async);
  if (take_client (self, &error))
    attempt = barua_browser_sign_in_new (address, self->client, &error);
  if (attempt == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, attempt, (GDestroyNotify) barua_browser_sign_in_free);
  self->attempt = attempt;
  show (self, self->waiting);
  barua_browse_open (GTK_WIDGET (self), barua_browser_sign_in_get_uri (attempt));
  barua_browser_sign_in_wait_async (attempt, cancellable, on_answered,
                                    g_steal_pointer (&task));
}

BaruaOauthToken *
barua_browser_panel_sign_in_finish (BaruaBrowserPanel *self,
                                    GAsyncResult *result,
                                    GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
