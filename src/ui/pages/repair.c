#include "config.h"

#include "ui/pages/repair.h"

#include "setup/fault-text.h"
#include "setup/hand-over.h"
#include "setup/repair.h"
#include "setup/trouble.h"
#include "ui/rows/plan-rows.h"
#include "ui/toast.h"

#include <glib/gi18n.h>

struct _BaruaRepairPage
{
  BaruaPage parent_instance;
  GtkStack *stack;
  GtkWidget *looking;
  GtkSpinner *spinner;
  GtkWidget *fine;
  AdwStatusPage *trouble;
  GtkWidget *found;
  GtkBox *groups;
  BaruaHome *home;
  GPtrArray *repairs;
  GCancellable *under_way;
};

G_DEFINE_FINAL_TYPE (BaruaRepairPage, barua_repair_page, BARUA_TYPE_PAGE)

/* One program being mended: the repair is not to be freed until the end. */
typedef struct
{
  BaruaRepairPage *page;
  GPtrArray *repairs;
} Mending;

static void
mending_free (Mending *self)
{
  g_object_unref (self->page);
  g_ptr_array_unref (self->repairs);
  g_free (self);
}

static void look (BaruaRepairPage *self);

static void
show_state (BaruaRepairPage *self, GtkWidget *child)
{
  gtk_stack_set_visible_child (self->stack, child);
  gtk_spinner_set_spinning (self->spinner, child == self->looking);
}

static void
show_error (BaruaRepairPage *self, const GError *error)
{
  g_autofree char *message = barua_trouble_dup_message (error);
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  adw_status_page_set_description (self->trouble, escaped);
  show_state (self, GTK_WIDGET (self->trouble));
}

static GtkWidget *
make_fault_row (const BaruaFault *fault, const BaruaHome *home)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *what = barua_fault_dup_what (fault);
  g_autofree char *where = barua_fault_dup_where (fault, home);
  g_autofree char *title = g_markup_escape_text (what, -1);
  g_autofree char *text = g_strconcat (
    fault->why, "\n", fault->fixable ? "" : _ ("Barua cannot correct this by itself."),
    fault->fixable ? "" : "\n", where, NULL);
  g_autofree char *subtitle = g_markup_escape_text (text, -1);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  gtk_widget_add_css_class (icon, "warning");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

static void
on_taken_back (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaRepairPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaReceipt) receipt = barua_take_back_finish (result, &error);

  if (receipt == NULL)
    {
      g_autofree char *message = barua_trouble_dup_message (error);

      barua_toast_say (GTK_WIDGET (self), message);
      return;
    }
  barua_toast_say (GTK_WIDGET (self), _ ("Taken back"));
  look (self);
}

static void
on_undo (AdwToast *toast, BaruaRepairPage *self)
{
  const char *id = g_object_get_data (G_OBJECT (toast), "undo");

  barua_take_back_async (self->home, id, NULL, on_taken_back, g_object_ref (self));
}

static void
offer_undo (BaruaRepairPage *self, char *id)
{
  AdwToast *toast = barua_toast_new (GTK_WIDGET (self), _ ("Mended"), _ ("_Undo"));

  g_object_set_data_full (G_OBJECT (toast), "undo", id, g_free);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo), self, 0);
  barua_toast_show (GTK_WIDGET (self), toast);
}

static void
on_mended (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Mending *mending = user_data;
  BaruaRepairPage *self = mending->page;
  g_autoptr (GError) error = NULL;
  guint left = 0;
  g_autofree char *undo = barua_repair_apply_finish (result, &left, &error);

  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  if (error != NULL)
    {
      g_autofree char *message = barua_trouble_dup_message (error);

      barua_toast_say (GTK_WIDGET (self), message);
    }
  else if (undo != NULL)
    offer_undo (self, g_steal_pointer (&undo));
  look (self);
  mending_free (mending);
}

static void
on_mend (GtkButton *button, BaruaRepairPage *self)
{
  BaruaRepair *repair = g_object_get_data (G_OBJECT (button), "repair");
  Mending *mending = g_new0 (Mending, 1);

  mending->page = g_object_ref (self);
  mending->repairs = g_ptr_array_ref (self->repairs);
  barua_page_set_busy (BARUA_PAGE (self), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->groups), FALSE);
  barua_repair_apply_async (self->home, repair, NULL, on_mended, mending);
}

static GtkWidget *
make_button (BaruaRepairPage *self, BaruaRepair *repair)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Mend"));
  /* Translators: what a button does; the name of a mail program */
  g_autofree char *label = g_strdup_printf (_ ("Mend %s"), _ (repair->exporter->name));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  g_object_set_data (G_OBJECT (button), "repair", repair);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_mend), self, 0);
  return button;
}

static void
add_preview (BaruaRepairPage *self, AdwPreferencesGroup *group, BaruaRepair *repair)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autoptr (GPtrArray) rows = barua_plan_rows_new (repair->plan, self->home);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("What Will Be Changed"));
  for (guint i = 0; i < rows->len; i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (row), rows->pdata[i]);
  adw_preferences_group_add (group, row);
  adw_preferences_group_set_header_suffix (group, make_button (self, repair));
}

static GtkWidget *
make_group (BaruaRepairPage *self, BaruaRepair *repair)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  g_autofree char *title = g_markup_escape_text (_ (repair->exporter->name), -1);

  adw_preferences_group_set_title (group, title);
  for (guint i = 0; i < repair->faults->len; i++)
    adw_preferences_group_add (group,
                               make_fault_row (repair->faults->pdata[i], self->home));
  if (repair->plan != NULL && !barua_plan_is_empty (repair->plan))
    add_preview (self, group, repair);
  if (repair->error != NULL)
    {
      g_autofree char *message = barua_trouble_dup_message (repair->error);
      g_autofree char *escaped = g_markup_escape_text (message, -1);

      adw_preferences_group_set_description (group, escaped);
    }
  return GTK_WIDGET (group);
}

static void
show_repairs (BaruaRepairPage *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->groups))) != NULL)
    gtk_box_remove (self->groups, child);
  gtk_widget_set_sensitive (GTK_WIDGET (self->groups), TRUE);
  for (guint i = 0; i < self->repairs->len; i++)
    gtk_box_append (self->groups, make_group (self, self->repairs->pdata[i]));
  show_state (self, self->repairs->len > 0 ? self->found : self->fine);
}

static void
on_looked (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) repairs = barua_repair_look_finish (result, &error);
  BaruaRepairPage *self = user_data;

  /* Cancelled, and maybe gone with its page. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->under_way);
  if (repairs == NULL)
    {
      show_error (self, error);
      return;
    }
  g_clear_pointer (&self->repairs, g_ptr_array_unref);
  self->repairs = g_steal_pointer (&repairs);
  show_repairs (self);
}

static void
stop (BaruaRepairPage *self)
{
  g_cancellable_cancel (self->under_way);
  g_clear_object (&self->under_way);
}

static void
look (BaruaRepairPage *self)
{
  stop (self);
  if (self->repairs == NULL)
    show_state (self, self->looking);
  self->under_way = g_cancellable_new ();
  barua_repair_look_async (self->home, NULL, self->under_way, on_looked, self);
}

static void
on_again (BaruaRepairPage *self)
{
  g_clear_pointer (&self->repairs, g_ptr_array_unref);
  look (self);
}

static void
barua_repair_page_enter (BaruaPage *page)
{
  look (BARUA_REPAIR_PAGE (page));
}

static void
barua_repair_page_leave (BaruaPage *page)
{
  stop (BARUA_REPAIR_PAGE (page));
}

static void
barua_repair_page_dispose (GObject *object)
{
  stop (BARUA_REPAIR_PAGE (object));
  G_OBJECT_CLASS (barua_repair_page_parent_class)->dispose (object);
}

static void
barua_repair_page_finalize (GObject *object)
{
  BaruaRepairPage *self = BARUA_REPAIR_PAGE (object);

  g_clear_pointer (&self->repairs, g_ptr_array_unref);
  g_clear_pointer (&self->home, barua_home_free);
  G_OBJECT_CLASS (barua_repair_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BaruaRepairPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BaruaRepairPage, looking);
  gtk_widget_class_bind_template_child (widget_class, BaruaRepairPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, BaruaRepairPage, fine);
  gtk_widget_class_bind_template_child (widget_class, BaruaRepairPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, BaruaRepairPage, found);
  gtk_widget_class_bind_template_child (widget_class, BaruaRepairPage, groups);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
}

static void
barua_repair_page_class_init (BaruaRepairPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BaruaPageClass *page_class = BARUA_PAGE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = barua_repair_page_dispose;
  object_class->finalize = barua_repair_page_finalize;
  page_class->enter = barua_repair_page_enter;
  page_class->leave = barua_repair_page_leave;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/pages/repair.ui");
  bind_children (widget_class);
}

static void
barua_repair_page_init (BaruaRepairPage *self)
{
  self->home = barua_home_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
