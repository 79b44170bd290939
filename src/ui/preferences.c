#include "config.h"

#include "ui/preferences.h"

#include "setup/oauth-client.h"
#include "ui/browse.h"
#include "ui/focus.h"
#include "ui/toast.h"
#include "ui/words.h"

#include <glib/gi18n.h>

#define CLIENTS "https://console.cloud.google.com/auth/clients"
#define TIME_LIMIT "time-limit"
/* Long enough for somebody to go on typing. */
#define PAUSE_MS 600

struct _BaruaPreferences
{
  AdwPreferencesWindow parent_instance;
  GtkEditable *client_id;
  GtkEditable *client_secret;
  GtkAdjustment *seconds;
  GSettings *settings;
  guint pause;
};

G_DEFINE_FINAL_TYPE (BaruaPreferences, barua_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* Where the program runs without being installed, there may be no schema. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, BARUA_APP_ID, TRUE) : NULL;

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

guint
barua_preferences_get_time_limit_ms (void)
{
  g_autoptr (GSettings) settings = open_settings ();

  return settings != NULL ? g_settings_get_uint (settings, TIME_LIMIT) * 1000 : 0;
}

static char *
dup_typed (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
mark (GtkEditable *entry, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
    wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
say (BaruaPreferences *self, const char *text)
{
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (self),
                                    barua_toast_new (GTK_WIDGET (self), text, NULL));
}

static void
save_client (BaruaPreferences *self)
{
  g_autofree char *path = barua_client_dup_path ();
  g_autofree char *id = dup_typed (self->client_id);
  g_autofree char *secret = dup_typed (self->client_secret);
  g_autoptr (GError) error = NULL;
  BaruaClient client = { id, *secret != '\0' ? secret : NULL };
  gboolean wrong = *id != '\0' && !barua_client_is_plausible (id);

  mark (self->client_id, wrong);
  if (wrong)
    {
      say (self, _ ("A client id ends with “.apps.googleusercontent.com”"));
      return;
    }
  if (!barua_client_save (path, *id != '\0' ? &client : NULL, &error))
    say (self, error->message);
}

static void
on_typed (gpointer user_data)
{
  BaruaPreferences *self = user_data;

  self->pause = 0;
  save_client (self);
}

static void
on_client_changed (BaruaPreferences *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add_once (PAUSE_MS, on_typed, self);
}

static void
on_guide_activated (BaruaPreferences *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  barua_browse_open (parent != NULL ? GTK_WIDGET (parent) : GTK_WIDGET (self), CLIENTS);
}

static void
show_client (BaruaPreferences *self)
{
  g_autofree char *path = barua_client_dup_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaClient) client = barua_client_load (path, &error);

  if (error != NULL)
    say (self, error->message);
  if (client == NULL)
    return;
  gtk_editable_set_text (self->client_id, client->id);
  gtk_editable_set_text (self->client_secret,
                         client->secret != NULL ? client->secret : "");
}

static void
barua_preferences_dispose (GObject *object)
{
  BaruaPreferences *self = BARUA_PREFERENCES (object);

  /* Closed while typing: what stands there is kept. */
  if (self->pause != 0)
    {
      g_clear_handle_id (&self->pause, g_source_remove);
      save_client (self);
    }
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (barua_preferences_parent_class)->dispose (object);
}

static void
barua_preferences_class_init (BaruaPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barua_preferences_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, BaruaPreferences, client_id);
  gtk_widget_class_bind_template_child (widget_class, BaruaPreferences, client_secret);
  gtk_widget_class_bind_template_child (widget_class, BaruaPreferences, seconds);
  gtk_widget_class_bind_template_callback (widget_class, on_client_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_guide_activated);
}

static void
barua_preferences_init (BaruaPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  barua_focus_keep_visible (GTK_WINDOW (self));
  barua_words_wrap (GTK_WIDGET (self));
  self->settings = open_settings ();
  if (self->settings != NULL)
    g_settings_bind (self->settings, TIME_LIMIT, self->seconds, "value",
                     G_SETTINGS_BIND_DEFAULT);
  show_client (self);
  /* Filling the fields in is no typing. */
  g_clear_handle_id (&self->pause, g_source_remove);
}

BaruaPreferences *
barua_preferences_new (GtkWindow *parent)
{
  return g_object_new (BARUA_TYPE_PREFERENCES, "transient-for", parent, NULL);
}
