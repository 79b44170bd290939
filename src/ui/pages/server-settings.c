#include "config.h"

#include "ui/pages/server-settings.h"

#include "export/sheet.h"
#include "setup/hosting.h"
#include "ui/browse.h"
#include "ui/rows/value-row.h"

#include <glib/gi18n.h>

#define APP_PASSWORDS "https://myaccount.google.com/apppasswords"
/* Long enough for somebody to go on typing. */
#define PAUSE_MS 400

struct _BaruaServerSettingsPage
{
  BaruaPage parent_instance;
  GtkEditable *address_row;
  GtkWidget *keeper;
  GtkLabel *keeper_title;
  GtkLabel *keeper_text;
  GtkBox *groups;
  GtkWidget *password_group;
  /* What is shown, and how much of it is there already. */
  GPtrArray *sheet;
  guint n_filled;
  guint filling;
  guint pause;
  GCancellable *asking;
};

G_DEFINE_FINAL_TYPE (BaruaServerSettingsPage, barua_server_settings_page, BARUA_TYPE_PAGE)

/* A group's own title is cut off where it is long. */
static GtkWidget *
make_title (const char *title)
{
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

static GtkWidget *
make_group (const BaruaSheetGroup *group)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *title = make_title (group->title);
  GtkWidget *list = adw_preferences_group_new ();

  for (guint i = 0; i < group->rows->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (list),
                               barua_value_row_new (group->rows->pdata[i]));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (list), group->note);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, title, NULL, -1);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), list);
  return box;
}

static void
clear_groups (BaruaServerSettingsPage *self)
{
  GtkWidget *child = NULL;

  g_clear_handle_id (&self->filling, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
}

/* A group at a time, so that nobody waits for an answer to a key meanwhile. */
static gboolean
on_fill (gpointer user_data)
{
  BaruaServerSettingsPage *self = user_data;

  if (self->n_filled < self->sheet->len)
    {
      gtk_box_append (self->groups, make_group (self->sheet->pdata[self->n_filled++]));
      return G_SOURCE_CONTINUE;
    }
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

static void
show_groups (BaruaServerSettingsPage *self, const char *username)
{
  BaruaJourney *journey = barua_page_get_trip (BARUA_PAGE (self))->journey;
  const BaruaProvider *provider = barua_journey_get_provider (journey);

  clear_groups (self);
  g_clear_pointer (&self->sheet, g_ptr_array_unref);
  self->sheet = barua_sheet_new (provider->services, provider->n_services, username);
  self->n_filled = 0;
  self->filling = g_idle_add (on_fill, self);
  gtk_widget_set_visible (self->password_group, TRUE);
}

static void
show_keeper (BaruaServerSettingsPage *self, const char *title, const char *text)
{
  gtk_label_set_label (self->keeper_title, title != NULL ? title : "");
  gtk_label_set_label (self->keeper_text, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->keeper_title), title != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->keeper_text), text != NULL);
  gtk_widget_set_visible (self->keeper, title != NULL || text != NULL);
}

static void
stop_asking (BaruaServerSettingsPage *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_handle_id (&self->pause, g_source_remove);
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaDiscovery) discovery =
    barua_journey_discover_finish (BARUA_JOURNEY (source), result, &error);
  BaruaServerSettingsPage *self = user_data;
  BaruaAddress *address = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  /* Cancelled, and maybe gone with its page. */
  if (error != NULL)
    return;
  address = barua_journey_get_address (BARUA_JOURNEY (source));
  title = barua_hosting_dup_title (address, discovery);
  text = barua_hosting_dup_text (address, discovery);
  show_keeper (self, title, text);
  if (barua_hosting_is_google (discovery))
    {
      g_autofree char *username = barua_address_dup_login (address);

      show_groups (self, username);
      return;
    }
  clear_groups (self);
  gtk_widget_set_visible (self->password_group, FALSE);
}

static void
on_typed (gpointer user_data)
{
  BaruaServerSettingsPage *self = user_data;
  const char *text = gtk_editable_get_text (self->address_row);
  g_autoptr (BaruaAddress) address = barua_address_new (text, NULL);
  g_autoptr (BaruaJourney) journey = NULL;

  self->pause = 0;
  show_keeper (self, NULL, NULL);
  if (address == NULL)
    {
      show_groups (self, NULL);
      return;
    }
  journey = barua_journey_new (address);
  self->asking = g_cancellable_new ();
  barua_journey_discover_async (journey, self->asking, on_discovered, self);
}

static void
on_address_changed (BaruaServerSettingsPage *self)
{
  stop_asking (self);
  self->pause = g_timeout_add_once (PAUSE_MS, on_typed, self);
}

static void
on_password_activated (BaruaServerSettingsPage *self)
{
  barua_browse_open (GTK_WIDGET (self), APP_PASSWORDS);
}

static void
barua_server_settings_page_leave (BaruaPage *page)
{
  stop_asking (BARUA_SERVER_SETTINGS_PAGE (page));
}

static void
barua_server_settings_page_constructed (GObject *object)
{
  BaruaServerSettingsPage *self = BARUA_SERVER_SETTINGS_PAGE (object);
  BaruaAddress *address = NULL;

  G_OBJECT_CLASS (barua_server_settings_page_parent_class)->constructed (object);
  address = barua_page_get_trip (BARUA_PAGE (self))->address;
  show_groups (self, NULL);
  if (address != NULL)
    gtk_editable_set_text (self->address_row, barua_address_get_text (address));
}

static void
barua_server_settings_page_dispose (GObject *object)
{
  BaruaServerSettingsPage *self = BARUA_SERVER_SETTINGS_PAGE (object);

  stop_asking (self);
  g_clear_handle_id (&self->filling, g_source_remove);
  g_clear_pointer (&self->sheet, g_ptr_array_unref);
  G_OBJECT_CLASS (barua_server_settings_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BaruaServerSettingsPage,
                                        address_row);
  gtk_widget_class_bind_template_child (widget_class, BaruaServerSettingsPage, keeper);
  gtk_widget_class_bind_template_child (widget_class, BaruaServerSettingsPage,
                                        keeper_title);
  gtk_widget_class_bind_template_child (widget_class, BaruaServerSettingsPage,
                                        keeper_text);
  gtk_widget_class_bind_template_child (widget_class, BaruaServerSettingsPage, groups);
  gtk_widget_class_bind_template_child (widget_class, BaruaServerSettingsPage,
                                        password_group);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_password_activated);
}

static void
barua_server_settings_page_class_init (BaruaServerSettingsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = barua_server_settings_page_constructed;
  object_class->dispose = barua_server_settings_page_dispose;
  BARUA_PAGE_CLASS (klass)->leave = barua_server_settings_page_leave;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/org/barua/Barua/pages/server-settings.ui");
  bind_children (widget_class);
}

static void
barua_server_settings_page_init (BaruaServerSettingsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
