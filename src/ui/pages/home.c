#include "config.h"

#include "ui/pages/home.h"

#include "setup/roster.h"
#include "ui/rows/account-text.h"

#include <glib/gi18n.h>

struct _BaruaHomePage
{
  BaruaPage parent_instance;
  GtkWidget *welcome;
  AdwPreferencesGroup *accounts_group;
  GtkLabel *trouble;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (BaruaHomePage, barua_home_page, BARUA_TYPE_PAGE)

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
make_row (const BaruaAccount *account, GDateTime *now)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *state = barua_account_text_state (account, now);
  g_autofree char *title = g_markup_escape_text (account->address, -1);
  g_autofree char *subtitle = g_markup_escape_text (state, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), make_state_icon (account));
  return row;
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
      GtkWidget *row = make_row (accounts->pdata[i], now);

      adw_preferences_group_add (self->accounts_group, row);
      g_ptr_array_add (self->rows, row);
    }
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
barua_home_page_finalize (GObject *object)
{
  g_clear_pointer (&BARUA_HOME_PAGE (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (barua_home_page_parent_class)->finalize (object);
}

static void
barua_home_page_class_init (BaruaHomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = barua_home_page_finalize;
  BARUA_PAGE_CLASS (klass)->enter = barua_home_page_enter;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/pages/home.ui");
  gtk_widget_class_bind_template_child (widget_class, BaruaHomePage, welcome);
  gtk_widget_class_bind_template_child (widget_class, BaruaHomePage, accounts_group);
  gtk_widget_class_bind_template_child (widget_class, BaruaHomePage, trouble);
}

static void
barua_home_page_init (BaruaHomePage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
