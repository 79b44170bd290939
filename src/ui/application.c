#include "config.h"

#include "ui/application.h"

#include "base/secret.h"
#include "ui/about.h"
#include "ui/focus.h"
#include "ui/preferences.h"
#include "ui/window.h"
#include "ui/words.h"

#include <glib/gi18n.h>

struct _BaruaApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (BaruaApplication, barua_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *accelerators[3];
} ACCELERATORS[] = {
  { "app.quit", { "<Primary>q" } },
  { "app.preferences", { "<Primary>comma" } },
  { "app.help", { "F1" } },
  { "window.close", { "<Primary>w" } },
  { "win.back", { "<Alt>Left", "Back" } },
  { "win.show-help-overlay", { "<Primary>question" } },
  { "win.menu", { "F10" } },
};

static void
on_quit (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter G_GNUC_UNUSED,
         gpointer user_data)
{
  GtkApplication *app = GTK_APPLICATION (user_data);
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (app));

  /* Each is asked, so that it can remember its size and end what is under way. */
  for (GList *item = windows; item != NULL; item = item->next)
    gtk_window_close (item->data);
}

static void
on_preferences (GSimpleAction *action G_GNUC_UNUSED,
                GVariant *parameter G_GNUC_UNUSED,
                gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  gtk_window_present (GTK_WINDOW (barua_preferences_new (window)));
}

static void
on_help (GSimpleAction *action G_GNUC_UNUSED,
         GVariant *parameter G_GNUC_UNUSED,
         gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.help", NULL);
}

static void
on_about (GSimpleAction *action G_GNUC_UNUSED,
          GVariant *parameter G_GNUC_UNUSED,
          gpointer user_data)
{
  barua_about_show (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

static const GActionEntry ACTIONS[] = {
  { .name = "about", .activate = on_about },
  { .name = "help", .activate = on_help },
  { .name = "preferences", .activate = on_preferences },
  { .name = "quit", .activate = on_quit },
};

static void
barua_application_activate (GApplication *app)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (app));

  if (window == NULL)
    window = GTK_WINDOW (barua_window_new (ADW_APPLICATION (app)));
  gtk_window_present (window);
}

/* A toolkit without a catalog for this language says a few words of ours; where it has
 * one, that holds. To be called when the toolkits have named the places of their own. */
static void
fill_in_toolkits (void)
{
  static const struct
  {
    const char *domain;
    const char *word;
  } toolkits[] = {
    { "gtk40", "_Copy" },
    { "libadwaita", "_Details" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (toolkits); i++)
    if (dgettext (toolkits[i].domain, toolkits[i].word) == toolkits[i].word)
      bindtextdomain (toolkits[i].domain, BARUA_TOOLKIT_LOCALEDIR);
}

static void
barua_application_window_added (GtkApplication *app, GtkWindow *window)
{
  GtkShortcutsWindow *keys = NULL;

  GTK_APPLICATION_CLASS (barua_application_parent_class)->window_added (app, window);

  barua_focus_keep_visible (window);
  if (GTK_IS_APPLICATION_WINDOW (window))
    keys = gtk_application_window_get_help_overlay (GTK_APPLICATION_WINDOW (window));
  if (keys != NULL)
    barua_words_wrap (GTK_WIDGET (keys));
}

static void
barua_application_startup (GApplication *app)
{
  G_APPLICATION_CLASS (barua_application_parent_class)->startup (app);

  fill_in_toolkits ();
  gtk_window_set_default_icon_name (BARUA_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (app), ACTIONS, G_N_ELEMENTS (ACTIONS),
                                   app);
  for (gsize i = 0; i < G_N_ELEMENTS (ACCELERATORS); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (app), ACCELERATORS[i].action,
                                           ACCELERATORS[i].accelerators);
  /* Only now: the desktop's portal tells its settings to processes that it can look at.
   */
  barua_secret_protect_process ();
}

static void
barua_application_class_init (BaruaApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  app_class->activate = barua_application_activate;
  app_class->startup = barua_application_startup;
  GTK_APPLICATION_CLASS (klass)->window_added = barua_application_window_added;
}

static void
barua_application_init (BaruaApplication *self)
{
  (void) self;
}

BaruaApplication *
barua_application_new (void)
{
  return g_object_new (BARUA_TYPE_APPLICATION, "application-id", BARUA_APP_ID, NULL);
}
