#include "config.h"

#include "ui/pages.h"
#include "ui/stage.h"

#include "support/loop.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <unistd.h>

/* The smallest window that has to do, as on a phone. */
#define WIDTH 360
#define HEIGHT 640

/* What a frame takes away where there is no compositor; a page is measured without it. */
#define FRAME 10

/* How long each page has for what it shows by itself. */
#define WATCH_MS 300

static void
set_up (TestStage *self, gconstpointer data)
{
  (void) data;
  test_stage_open (self, WIDTH, HEIGHT);
  test_stage_watch (WATCH_MS);
}

static void
tear_down (TestStage *self, gconstpointer data)
{
  (void) data;
  test_stage_close (self);
}

/* Text twice as large, as somebody sets it who sees badly. */
static void
set_up_large (TestStage *self, gconstpointer data)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * PANGO_SCALE, NULL);
  set_up (self, data);
}

static void
tear_down_large (TestStage *self, gconstpointer data)
{
  tear_down (self, data);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
}

/* Nothing may ask for more than there is, or the window grows out of the screen. */
static void
assert_narrow (GtkWidget *widget, int width, const char *what)
{
  int least = 0;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_test_message ("%s: asks for %d", what, least);
  if (least > width || gtk_widget_get_width (widget) > WIDTH)
    g_error ("%s: asks for a width of %d, and has %d", what, least,
             gtk_widget_get_width (widget));
}

/* Every path as it begins, in the window. */
static void
test_routes (TestStage *self, gconstpointer data)
{
  gsize n_routes = 0;
  const BaruaRoute *routes = barua_routes (&n_routes);

  (void) data;
  assert_narrow (self->window, WIDTH, "home");
  for (gsize i = 0; i < n_routes; i++)
    {
      g_assert_true (gtk_widget_activate_action (self->window, "win.open", "(ss)",
                                                 routes[i].id, "zoe@gmail.com"));
      test_stage_watch (WATCH_MS);
      assert_narrow (self->window, WIDTH, routes[i].id);
      gtk_widget_activate_action (self->window, "win.home", NULL);
      test_stage_watch (WATCH_MS / 2);
    }
}

/* Every page, those too that others lead to. */
static void
test_pages (TestStage *self, gconstpointer data)
{
  gsize n_entries = 0;
  const BaruaPageEntry *entries = barua_page_entries (&n_entries);
  g_autoptr (BaruaAddress) address = barua_address_new ("zoe@gmail.com", NULL);

  (void) self;
  (void) data;
  for (gsize i = 0; i < n_entries; i++)
    {
      g_autoptr (BaruaTrip) trip = barua_trip_new (address);
      GtkWidget *window = gtk_window_new ();
      gpointer page = g_object_new (entries[i].get_type (), "trip", trip, NULL);

      g_object_add_weak_pointer (page, &page);
      gtk_window_set_default_size (GTK_WINDOW (window), WIDTH, HEIGHT);
      gtk_window_set_child (GTK_WINDOW (window), page);
      gtk_window_present (GTK_WINDOW (window));
      barua_page_enter (page);
      test_stage_watch (WATCH_MS);
      assert_narrow (window, WIDTH - FRAME, entries[i].id);
      barua_page_leave (page);
      gtk_window_destroy (GTK_WINDOW (window));
      test_loop_until (test_stage_is_gone, &page);
    }
}

/* Without it, the two others would show nothing. */
static void
test_language (void)
{
  g_assert_cmpstr (_ ("Sign In"), !=, "Sign In");
  g_assert_cmpint (g_utf8_strlen (_ ("Sign In"), -1), >, 7);
}

/* Lays the catalogue out as an installed language, which comes before all others. */
static char *
speak (const char *catalogue)
{
  g_autofree char *root = g_dir_make_tmp ("barua-language-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (root, "xx", "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (folder, GETTEXT_PACKAGE ".mo", NULL);
  g_autofree char *target = g_canonicalize_filename (catalogue, NULL);

  g_assert_nonnull (setlocale (LC_ALL, "C.UTF-8"));
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (symlink (target, path), ==, 0);
  g_setenv ("LANGUAGE", "xx", TRUE);
  bindtextdomain (GETTEXT_PACKAGE, root);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return g_steal_pointer (&root);
}

static void
forget (const char *root)
{
  static const char *const PLACES[] = { "xx/LC_MESSAGES/" GETTEXT_PACKAGE ".mo",
                                        "xx/LC_MESSAGES", "xx", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (PLACES); i++)
    {
      g_autofree char *path = g_build_filename (root, PLACES[i], NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *root = NULL;
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  root = speak (argv[1]);
  gtk_init ();
  g_test_add_func ("/ui/widths/language", test_language);
  g_test_add ("/ui/widths/routes", TestStage, NULL, set_up, test_routes, tear_down);
  g_test_add ("/ui/widths/pages", TestStage, NULL, set_up, test_pages, tear_down);
  g_test_add ("/ui/widths/large/routes", TestStage, NULL, set_up_large, test_routes,
              tear_down_large);
  g_test_add ("/ui/widths/large/pages", TestStage, NULL, set_up_large, test_pages,
              tear_down_large);
  status = g_test_run ();
  forget (root);
  return status;
}
