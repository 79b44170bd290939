#include "config.h"

#include "ui/pages/home.h"

#include "setup/roster.h"
#include "ui/heading.h"
#include "ui/rows/account-text.h"
#include "ui/signing-out.h"

#include <glib/gi18n.h>

struct _BaruaHomePage
{
  BaruaPage parent_instance;
  GtkWidget *welcome;
  AdwPreferencesGroup *accounts_group;
  GtkLabel *trouble;
  AdwActionRow *check_row;
  GPtrArray *rows;
  GCancellable *working;
};

G_DEFINE_FINAL_TYPE (BaruaHomePage, barua_home_page, BARUA_TYPE_PAGE)

static void show_accounts (BaruaHomePage *self);

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaHomePage) self = user_data;

  (void) source;
  if (barua_signing_out_finish (result, NULL))
    show_accounts (self);
}

static GtkWidget *
make_state_icon (const BaruaAccount *account)
{
  GtkWidget *icon = gtk_image_new_from_icon_name (barua_account_text_icon (account));
  const char *style = barua_account_text_style (account);

  if (style != NULL)
    gtk_widget_add_css_class (icon, style);
  return icon;
}

static GtkWidget *
make_action_row (const char *title, const char *icon)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static GtkWidget *
make_open_row (const char *title,
               const char *icon,
               const char *route,
               const char *address)
{
  GtkWidget *row = make_action_row (title, icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", route, address);
  return row;
}

static void
on_sign_out (AdwActionRow *row, BaruaHomePage *self)
{
  barua_signing_out_ask (GTK_WIDGET (self), g_object_get_data (G_OBJECT (row), "address"),
                         self->working, on_signed_out, g_object_ref (self));
}

static GtkWidget *
make_sign_out_row (BaruaHomePage *self, const char *address)
{
  GtkWidget *row = make_action_row (_ ("Sign Out"), "system-log-out-symbolic");

  g_object_set_data_full (G_OBJECT (row), "address", g_strdup (address), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_sign_out), self, 0);
  return row;
}

static GtkWidget *
make_row (BaruaHomePage *self, const BaruaAccount *account, GDateTime *now)
{
  GtkWidget *row = adw_expander_row_new ();
  AdwExpanderRow *expander = ADW_EXPANDER_ROW (row);
  g_autofree char *state = barua_account_text_state (account, now);
  g_autofree char *title = g_markup_escape_text (account->address, -1);
  g_autofree char *subtitle = g_markup_escape_text (state, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (expander, subtitle);
  adw_expander_row_add_prefix (expander, make_state_icon (account));
  adw_expander_row_add_row (expander,
                            make_open_row (_ ("Check Again"), "view-refresh-symbolic",
                                           "check-account", account->address));
  adw_expander_row_add_row (expander, make_open_row (_ ("Set Up Another Mail Program"),
                                                     "list-add-symbolic", "programs",
                                                     account->address));
  adw_expander_row_add_row (expander, make_sign_out_row (self, account->address));
  return row;
}

/* With one account it is clear what is meant: it is signed in to, too. */
static void
show_check_row (BaruaHomePage *self, const BaruaAccount *account)
{
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->check_row), "(ss)",
                                    account != NULL ? "check-account" : "check",
                                    account != NULL ? account->address : "");
}

static void
show_accounts (BaruaHomePage *self)
{
  g_autoptr (GError) error = NULL;
  gboolean damaged = FALSE;
  g_autoptr (GPtrArray) accounts = barua_roster_load (&damaged, &error);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  guint n_accounts = accounts != NULL ? accounts->len : 0;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->accounts_group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < n_accounts; i++)
    {
      GtkWidget *row = make_row (self, accounts->pdata[i], now);

      adw_preferences_group_add (self->accounts_group, row);
      g_ptr_array_add (self->rows, row);
    }
  show_check_row (self, n_accounts == 1 ? accounts->pdata[0] : NULL);
  gtk_widget_set_visible (self->welcome, n_accounts == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->accounts_group), n_accounts > 0);
  if (error != NULL)
    gtk_label_set_label (self->trouble, error->message);
  else if (damaged)
    gtk_label_set_label (
      self->trouble,
      _ ("Parts of the list of accounts are damaged and were left out. Nothing is lost: "
         "before it is written anew, the damaged list is put aside."));
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), error != NULL || damaged);
}

static void
barua_home_page_enter (BaruaPage *page)
{
  show_accounts (BARUA_HOME_PAGE (page));
}

static void
barua_home_page_dispose (GObject *object)
{
  BaruaHomePage *self = BARUA_HOME_PAGE (object);

  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  G_OBJECT_CLASS (barua_home_page_parent_class)->dispose (object);
}

static void
barua_home_page_finalize (GObject *object)
{
  g_clear_pointer (&BARUA_HOME_PAGE (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (barua_home_page_parent_class)->finalize (object);
}

static void
barua_home_page_class_init (BaruaHomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barua_home_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = barua_home_page_finalize;
  BARUA_PAGE_CLASS (klass)->enter = barua_home_page_enter;
  g_type_ensure (BARUA_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/pages/home.ui");
  gtk_widget_class_bind_template_child (widget_class, BaruaHomePage, welcome);
  gtk_widget_class_bind_template_child (widget_class, BaruaHomePage, accounts_group);
  gtk_widget_class_bind_template_child (widget_class, BaruaHomePage, trouble);
  gtk_widget_class_bind_template_child (widget_class, BaruaHomePage, check_row);
}

static void
barua_home_page_init (BaruaHomePage *self)
{
  self->rows = g_ptr_array_new ();
  self->working = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
