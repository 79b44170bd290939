#include "config.h"

#include "ui/pages/address.h"

#include "base/text.h"
#include "setup/hosting.h"
#include "ui/heading.h"
#include "ui/rows/address-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define FULL_NAME_MAX 200

struct _BaruaAddressPage
{
  BaruaPage parent_instance;
  AdwEntryRow *address_row;
  AdwEntryRow *name_row;
  GtkWidget *hint_box;
  GtkLabel *hint;
  GtkWidget *hint_button;
  GtkWidget *verdict_card;
  GtkLabel *verdict_title;
  GtkLabel *verdict_text;
  GtkButton *verdict_button;
  char *suggestion;
};

G_DEFINE_FINAL_TYPE (BaruaAddressPage, barua_address_page, BARUA_TYPE_PAGE)

static const char *
get_typed (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
show_hint (BaruaAddressPage *self, const char *text, const char *suggestion)
{
  g_free (self->suggestion);
  self->suggestion = g_strdup (suggestion);
  gtk_label_set_label (self->hint, text != NULL ? text : "");
  gtk_widget_set_visible (self->hint_button, suggestion != NULL);
  gtk_widget_set_visible (self->hint_box, text != NULL);
}

static void
on_address_changed (GtkEditable *editable, BaruaAddressPage *self)
{
  const char *typed = gtk_editable_get_text (editable);
  g_auto (BaruaAddressHint) hint = barua_address_text_hint (typed);

  gtk_widget_remove_css_class (GTK_WIDGET (self->address_row), "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self->address_row),
                              GTK_ACCESSIBLE_STATE_INVALID);
  gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "error");
  gtk_widget_set_visible (self->verdict_card, FALSE);
  show_hint (self, hint.text, hint.suggestion);
  barua_page_set_complete (BARUA_PAGE (self), *typed != '\0');
}

static void
on_suggestion (GtkButton *button, BaruaAddressPage *self)
{
  g_autofree char *suggestion = g_strdup (self->suggestion);

  (void) button;
  if (suggestion == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->address_row), suggestion);
  gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
  gtk_editable_set_position (GTK_EDITABLE (self->address_row), -1);
}

static void
complain (BaruaAddressPage *self, const char *message)
{
  show_hint (self, message, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->hint), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->address_row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->address_row),
                               GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->address_row),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->hint, NULL,
                                  -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->address_row));
}

static void
show_verdict (BaruaAddressPage *self,
              const BaruaAddress *address,
              const BaruaDiscovery *discovery)
{
  g_autofree char *title = barua_hosting_dup_title (address, discovery);
  g_autofree char *text = barua_hosting_dup_text (address, discovery);
  g_autofree char *suggestion = barua_hosting_dup_suggestion (address, discovery);

  show_hint (self, NULL, suggestion);
  gtk_label_set_label (self->verdict_title, title != NULL ? title : "");
  gtk_label_set_label (self->verdict_text, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_text), text != NULL);
  if (suggestion != NULL)
    {
      /* Translators: a mail address */
      g_autofree char *label = g_strdup_printf (_ ("Use %s"), suggestion);

      gtk_button_set_label (self->verdict_button, label);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_button), suggestion != NULL);
  gtk_widget_set_visible (self->verdict_card, TRUE);
  gtk_widget_grab_focus (self->verdict_card);
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  BaruaJourney *journey = BARUA_JOURNEY (source);
  BaruaDiscovery *discovery = barua_journey_discover_finish (journey, result, &error);
  BaruaAddressPage *self = g_task_get_source_object (task);
  gboolean is_google = FALSE;

  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  if (discovery == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  is_google = barua_hosting_is_google (discovery);
  if (!is_google)
    show_verdict (self, barua_journey_get_address (journey), discovery);
  barua_trip_set_discovery (barua_page_get_trip (BARUA_PAGE (self)), discovery);
  g_task_return_boolean (task, is_google);
}

static void
take_name (BaruaAddressPage *self, BaruaTrip *trip, const BaruaAddress *address)
{
  const char *typed = get_typed (self->name_row);

  if (*typed == '\0' && barua_address_get_name (address) != NULL)
    typed = barua_address_get_name (address);
  g_free (trip->name);
  trip->name = *typed != '\0' ? barua_text_one_line (typed, -1, FULL_NAME_MAX) : NULL;
}

static void
barua_address_page_apply_async (BaruaPage *page,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  BaruaAddressPage *self = BARUA_ADDRESS_PAGE (page);
  BaruaTrip *trip = barua_page_get_trip (page);
  g_autoptr (GTask) task = g_task_new (page, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaAddress) address =
    barua_address_new (get_typed (self->address_row), &error);

  g_task_set_source_tag (task, barua_address_page_apply_async);
  if (address == NULL)
    {
      complain (self, error->message);
      g_task_return_boolean (task, FALSE);
      return;
    }
  barua_trip_set_address (trip, address);
  take_name (self, trip, address);
  barua_page_set_busy (page, TRUE);
  barua_journey_discover_async (trip->journey, cancellable, on_discovered,
                                g_steal_pointer (&task));
}

static gboolean
barua_address_page_apply_finish (BaruaPage *page, GAsyncResult *result, GError **error)
{
  (void) page;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
barua_address_page_enter (BaruaPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (BARUA_ADDRESS_PAGE (page)->address_row));
}

static void
barua_address_page_constructed (GObject *object)
{
  BaruaAddressPage *self = BARUA_ADDRESS_PAGE (object);
  BaruaTrip *trip = barua_page_get_trip (BARUA_PAGE (self));
  /* What GLib says when the system does not know it. */
  const char *known =
    g_str_equal (g_get_real_name (), "Unknown") ? "" : g_get_real_name ();

  G_OBJECT_CLASS (barua_address_page_parent_class)->constructed (object);
  gtk_editable_set_text (GTK_EDITABLE (self->name_row),
                         trip->name != NULL ? trip->name : known);
  if (trip->address != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->address_row),
                           barua_address_get_text (trip->address));
}

static void
barua_address_page_finalize (GObject *object)
{
  g_clear_pointer (&BARUA_ADDRESS_PAGE (object)->suggestion, g_free);
  G_OBJECT_CLASS (barua_address_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BaruaAddressPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, BaruaAddressPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, BaruaAddressPage, hint_box);
  gtk_widget_class_bind_template_child (widget_class, BaruaAddressPage, hint);
  gtk_widget_class_bind_template_child (widget_class, BaruaAddressPage, hint_button);
  gtk_widget_class_bind_template_child (widget_class, BaruaAddressPage, verdict_card);
  gtk_widget_class_bind_template_child (widget_class, BaruaAddressPage, verdict_title);
  gtk_widget_class_bind_template_child (widget_class, BaruaAddressPage, verdict_text);
  gtk_widget_class_bind_template_child (widget_class, BaruaAddressPage, verdict_button);
  gtk_widget_class_bind_template_callback (widget_class, on_address_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_suggestion);
}

static void
barua_address_page_class_init (BaruaAddressPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BaruaPageClass *page_class = BARUA_PAGE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = barua_address_page_constructed;
  object_class->finalize = barua_address_page_finalize;
  page_class->enter = barua_address_page_enter;
  page_class->apply_async = barua_address_page_apply_async;
  page_class->apply_finish = barua_address_page_apply_finish;
  g_type_ensure (BARUA_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/pages/address.ui");
  bind_children (widget_class);
}

static void
barua_address_page_init (BaruaAddressPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
