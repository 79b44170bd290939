#include "config.h"

#include "ui/cards/diagnosis-card.h"
#include "ui/cards/password-panel.h"
#include "ui/help-text.h"
#include "ui/pages.h"
#include "ui/pages/sign-in.h"
#include "ui/stage.h"
#include "ui/toast.h"
#include "ui/turns.h"
#include "ui/words.h"

#include "support/loop.h"

#include <gdk/x11/gdkx.h>
#include <string.h>

/* How long each page is watched. */
#define WATCH_MS 700

/* Longer nobody may wait for an answer to a key. A sanitizer makes everything slower. */
#if defined(__SANITIZE_ADDRESS__)
#define LONGEST_MS 200
#else
#define LONGEST_MS 50
#endif

/* The smallest screen, less what the window has around a page. */
#define NARROWEST 360
#define LOWEST 360

/* Names of servers are never answered, so every page waits for as long as it likes. */
static void
keep_silent (TestResolver *resolver)
{
  static const char *const NAMES[] = { "smtp.gmail.com", "imap.gmail.com",
                                       "pop.gmail.com" };

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      test_resolver_set_delay (resolver, NAMES[i], TEST_QUESTION_IPV4,
                               TEST_RESOLVER_NEVER);
      test_resolver_set_delay (resolver, NAMES[i], TEST_QUESTION_IPV6,
                               TEST_RESOLVER_NEVER);
    }
}

static void
set_up (TestStage *self, gconstpointer data)
{
  (void) data;
  test_stage_open (self, -1, -1);
  keep_silent (self->resolver);
  test_stage_watch (WATCH_MS);
  test_turns_reset ();
}

static void
tear_down (TestStage *self, gconstpointer data)
{
  (void) data;
  test_stage_close (self);
}

static void
assert_quick (const char *what)
{
  double longest = test_turns_get_longest_ms ();

  g_test_message ("%s: %.1f ms at a time", what, longest);
  if (longest > LONGEST_MS)
    g_error ("%s: the loop was held for %.1f ms", what, longest);
  test_turns_reset ();
}

/* Who uses the keyboard alone begins on the page, and nowhere else. */
static void
assert_focus_on_page (GtkWidget *window, const char *what)
{
  GtkWidget *page = test_stage_find (window, BARUA_TYPE_PAGE);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, page))
    g_error ("%s: the focus is on %s", what,
             focus != NULL ? G_OBJECT_TYPE_NAME (focus) : "nothing");
}

/* Every path, as a person opens it, with all that it begins by itself. */
static void
test_routes (TestStage *self, gconstpointer data)
{
  gsize n_routes = 0;
  const BaruaRoute *routes = barua_routes (&n_routes);

  (void) data;
  for (gsize i = 0; i < n_routes; i++)
    {
      g_assert_true (gtk_widget_activate_action (self->window, "win.open", "(ss)",
                                                 routes[i].id, "zoe@gmail.com"));
      test_stage_watch (WATCH_MS);
      assert_quick (routes[i].id);
      assert_focus_on_page (self->window, routes[i].id);
      g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), !=, "");
      gtk_widget_activate_action (self->window, "win.home", NULL);
      test_stage_watch (WATCH_MS / 2);
      assert_quick ("back home");
    }
}

static gboolean
is_help_topic (const char *id)
{
  gsize n_chapters = 0;
  const BaruaHelpChapter *chapters = barua_help_chapters (&n_chapters);

  for (gsize i = 0; i < n_chapters; i++)
    for (gsize j = 0; j < chapters[i].n_topics; j++)
      if (g_strcmp0 (chapters[i].topics[j].id, id) == 0)
        return TRUE;
  return FALSE;
}

/* Every page by itself: it is made, waits, is left, and nothing of it stays behind. */
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

      g_assert_true (BARUA_IS_PAGE (page));
      g_assert_nonnull (barua_page_get_title (page));
      if (!g_str_equal (entries[i].id, "help"))
        g_assert_true (is_help_topic (barua_page_get_help_topic (page)));
      g_object_add_weak_pointer (page, &page);
      gtk_window_set_default_size (GTK_WINDOW (window), 760, 680);
      gtk_window_set_child (GTK_WINDOW (window), page);
      gtk_window_present (GTK_WINDOW (window));
      barua_page_enter (page);
      test_stage_watch (WATCH_MS);
      barua_page_leave (page);
      assert_quick (entries[i].id);
      gtk_window_destroy (GTK_WINDOW (window));
      test_loop_until (test_stage_is_gone, &page);
    }
}

/* Each page of a path exists, and each page but the first is on a path. */
static void
test_table (void)
{
  gsize n_routes = 0;
  const BaruaRoute *routes = barua_routes (&n_routes);

  for (gsize i = 0; i < n_routes; i++)
    {
      g_assert_nonnull (routes[i].pages[0]);
      for (gsize j = 0; routes[i].pages[j] != NULL; j++)
        g_assert_nonnull (barua_page_entry_find (routes[i].pages[j]));
      g_assert_true (barua_route_find (routes[i].id) == &routes[i]);
    }
  g_assert_null (barua_route_find ("nowhere"));
  g_assert_null (barua_page_entry_find ("nowhere"));
}

static GtkWidget *
find_expanded (GtkWidget *from)
{
  if (ADW_IS_EXPANDER_ROW (from) &&
      adw_expander_row_get_expanded (ADW_EXPANDER_ROW (from)))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_expanded (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

typedef struct
{
  GtkWidget *window;
  const char *title;
} Topic;

/* What tells of it is open, and has the focus. */
static gboolean
is_on_topic (gpointer user_data)
{
  const Topic *topic = user_data;
  GtkWidget *page = test_stage_find (topic->window, BARUA_TYPE_PAGE);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (topic->window));
  GtkWidget *found = page != NULL ? find_expanded (page) : NULL;

  return found != NULL && focus != NULL && gtk_widget_is_ancestor (focus, found) &&
         g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (found)),
                      topic->title);
}

/* From each page, the help opens at what tells of it. */
static void
test_help (TestStage *self, gconstpointer data)
{
  static const char *const TITLES[][2] = {
    { "home", "What You Need" },
    { "check", "Mail Cannot Be Sent" },
    { "explain", "An Error Message" },
    { "phone", "Your Phone" },
  };

  (void) data;
  for (gsize i = 0; i < G_N_ELEMENTS (TITLES); i++)
    {
      Topic topic = { self->window, TITLES[i][1] };

      gtk_widget_activate_action (self->window, "win.open", "(ss)", TITLES[i][0],
                                  "zoe@gmail.com");
      test_stage_watch (WATCH_MS / 2);
      g_action_group_activate_action (G_ACTION_GROUP (self->app), "help", NULL);
      test_stage_watch (WATCH_MS);
      assert_quick (TITLES[i][1]);
      assert_focus_on_page (self->window, TITLES[i][1]);
      test_loop_until (is_on_topic, &topic);
      gtk_widget_activate_action (self->window, "win.home", NULL);
      test_stage_watch (WATCH_MS / 2);
    }
}

/* What was typed is there when one comes back, and gone when the walk is over. */
static void
test_back (TestStage *self, gconstpointer data)
{
  GtkWidget *row = NULL;

  (void) data;
  gtk_widget_activate_action (self->window, "win.open", "(ss)", "setup", "");
  test_stage_watch (WATCH_MS);
  row = test_stage_find (self->window, ADW_TYPE_ENTRY_ROW);
  g_assert_nonnull (row);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "");
  gtk_editable_set_text (GTK_EDITABLE (row), "zoe@gmail.com");
  gtk_widget_activate_action (self->window, "win.next", NULL);
  test_stage_watch (WATCH_MS);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==, "Connection");
  gtk_widget_activate_action (self->window, "win.back", NULL);
  test_stage_watch (WATCH_MS);
  assert_focus_on_page (self->window, "back at the address");
  row = test_stage_find (self->window, ADW_TYPE_ENTRY_ROW);
  g_assert_nonnull (row);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "zoe@gmail.com");
  g_assert_cmpuint (test_resolver_count_waiting (self->resolver), ==, 0);
  gtk_widget_activate_action (self->window, "win.home", NULL);
  test_stage_watch (WATCH_MS);
  gtk_widget_activate_action (self->window, "win.open", "(ss)", "setup", "");
  test_stage_watch (WATCH_MS);
  row = test_stage_find (self->window, ADW_TYPE_ENTRY_ROW);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "");
}

/* However fast one goes back, nothing of a walk is left when it is over. */
static void
test_over (TestStage *self, gconstpointer data)
{
  static const guint GAPS_MS[] = { 0, 100 };

  (void) data;
  for (gsize i = 0; i <= G_N_ELEMENTS (GAPS_MS); i++)
    {
      gpointer pages[3] = { NULL };

      gtk_widget_activate_action (self->window, "win.open", "(ss)", "setup", "");
      for (gsize j = 0; j < G_N_ELEMENTS (pages); j++)
        {
          test_stage_watch (WATCH_MS);
          pages[j] = test_stage_find (self->window, BARUA_TYPE_PAGE);
          g_object_add_weak_pointer (pages[j], &pages[j]);
          if (j == 0)
            {
              gtk_editable_set_text (
                GTK_EDITABLE (test_stage_find (pages[j], ADW_TYPE_ENTRY_ROW)),
                "zoe@gmail.com");
              gtk_widget_activate_action (self->window, "win.next", NULL);
            }
          else if (j + 1 < G_N_ELEMENTS (pages))
            barua_page_proceed (pages[j]);
        }
      g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==, "Sign In");
      if (i == G_N_ELEMENTS (GAPS_MS))
        gtk_widget_activate_action (self->window, "win.home", NULL);
      for (gsize j = 0; i < G_N_ELEMENTS (GAPS_MS) && j < G_N_ELEMENTS (pages); j++)
        {
          gtk_widget_activate_action (self->window, "win.back", NULL);
          test_stage_watch (GAPS_MS[i]);
        }
      g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==, "Barua");
      for (gsize j = 0; j < G_N_ELEMENTS (pages); j++)
        test_loop_until (test_stage_is_gone, &pages[j]);
    }
}

/* A page that goes on by itself takes the focus along, also from what is there no more.
 */
static void
test_proceed (TestStage *self, gconstpointer data)
{
  GtkWidget *row = NULL;

  (void) data;
  gtk_widget_activate_action (self->window, "win.open", "(ss)", "setup", "");
  test_stage_watch (WATCH_MS);
  row = test_stage_find (self->window, ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (row), "zoe@gmail.com");
  gtk_widget_activate_action (self->window, "win.next", NULL);
  test_stage_watch (WATCH_MS);
  assert_focus_on_page (self->window, "the connection");
  barua_page_proceed (BARUA_PAGE (test_stage_find (self->window, BARUA_TYPE_PAGE)));
  test_stage_watch (WATCH_MS);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==, "Sign In");
  assert_focus_on_page (self->window, "signing in");
  assert_quick ("signing in");
}

/* A page fits on a phone, in both directions, also where text is twice as large as a
 * phone's; what is higher than the screen can be scrolled. */
static void
test_width (TestStage *self, gconstpointer data)
{
  const gboolean is_large = GPOINTER_TO_INT (data);
  GtkSettings *settings = gtk_settings_get_default ();
  gsize n_entries = 0;
  const BaruaPageEntry *entries = barua_page_entries (&n_entries);
  g_autoptr (BaruaAddress) address = barua_address_new ("zoe@gmail.com", NULL);

  (void) self;
  if (is_large)
    g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  gtk_widget_set_default_direction (is_large ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
  for (gsize i = 0; i < n_entries; i++)
    {
      g_autoptr (BaruaTrip) trip = barua_trip_new (address);
      GtkWidget *window = gtk_window_new ();
      gpointer page = g_object_new (entries[i].get_type (), "trip", trip, NULL);
      int width = 0;
      int height = 0;

      g_object_add_weak_pointer (page, &page);
      gtk_window_set_child (GTK_WINDOW (window), page);
      gtk_window_present (GTK_WINDOW (window));
      barua_page_enter (BARUA_PAGE (page));
      test_stage_watch (WATCH_MS);
      gtk_widget_measure (page, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      gtk_widget_measure (page, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
      g_test_message ("%s: %d x %d", entries[i].id, width, height);
      g_assert_cmpint (width, <=, is_large ? 2 * NARROWEST : NARROWEST);
      g_assert_cmpint (height, <=, LOWEST);
      /* It ends what is under way, though nobody has told it to leave. */
      gtk_window_destroy (GTK_WINDOW (window));
      test_loop_until (test_stage_is_gone, &page);
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

/* How the hint below a password stands on its page. */
typedef struct
{
  GtkWidget *page;
  GtkWidget *hint;
} Hint;

static gboolean
is_in_view (gpointer data)
{
  const Hint *self = data;
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (self->hint, self->page, &bounds) &&
         bounds.origin.y >= 0 && bounds.size.height > 0 &&
         bounds.origin.y + bounds.size.height <= gtk_widget_get_height (self->page);
}

/* What is said of a password can be read while it is typed, in a low window too. */
static void
test_hint (TestStage *self, gconstpointer data)
{
  static const char *const TYPED[] = { "kqzvjxwy", "My-secret9" };
  g_autoptr (BaruaAddress) address = barua_address_new ("zoe@gmail.com", NULL);
  g_autoptr (BaruaTrip) trip = barua_trip_new (address);
  GtkWidget *window = gtk_window_new ();
  gpointer page = g_object_new (BARUA_TYPE_SIGN_IN_PAGE, "trip", trip, NULL);
  GtkWidget *panel = NULL;
  GtkWidget *text = NULL;
  Hint hint = { page, NULL };

  (void) self;
  (void) data;
  gtk_window_set_default_size (GTK_WINDOW (window), NARROWEST, LOWEST);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  barua_page_enter (page);
  test_stage_watch (WATCH_MS);
  panel = test_stage_find (page, BARUA_TYPE_PASSWORD_PANEL);
  text = test_stage_find (panel, GTK_TYPE_TEXT);
  hint.hint = gtk_widget_get_next_sibling (gtk_widget_get_parent (text));
  g_assert_true (GTK_IS_LABEL (hint.hint));
  g_assert_false (is_in_view (&hint));
  gtk_widget_grab_focus (text);
  for (gsize i = 0; i < G_N_ELEMENTS (TYPED); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (text), TYPED[i]);
      test_stage_watch (WATCH_MS / 4);
      test_loop_until (is_in_view, &hint);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A button beside a long sentence takes one line, as long as there is room. */
static void
test_button (TestStage *self, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label ("Send Another");
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  (void) self;
  (void) data;
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), "Test Message");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               "The test message arrived after 0.3 s, in the folder "
                               "“INBOX”. It was moved to “[Gmail]/Bin”.");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  barua_words_wrap (row);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 120);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  test_stage_watch (WATCH_MS);
  g_assert_true (gtk_label_get_wrap (GTK_LABEL (label)));
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label))),
                   ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What fits into a line of a toast stands in one, and what does not is wrapped. */
static void
test_toast (TestStage *self, gconstpointer data)
{
  static const struct
  {
    const char *text;
    int least_lines;
    int most_lines;
  } rows[] = {
    { "isync is set up", 1, 1 },
    { "Mail programs that are told nothing of this go on as they did before, and what "
      "was "
      "set up for them can be taken back later.",
      2, 3 },
  };

  (void) data;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *page = test_stage_find (self->window, BARUA_TYPE_PAGE);
      AdwToast *toast = barua_toast_new (page, rows[i].text, "Undo");
      GtkLabel *label = GTK_LABEL (adw_toast_get_custom_title (toast));
      int n_lines = 0;

      barua_toast_show (page, toast);
      test_stage_watch (WATCH_MS);
      n_lines = pango_layout_get_line_count (gtk_label_get_layout (label));
      g_assert_cmpint (n_lines, >=, rows[i].least_lines);
      g_assert_cmpint (n_lines, <=, rows[i].most_lines);
      g_assert_cmpint (gtk_widget_get_width (self->window), <=, 760);
      adw_toast_dismiss (toast);
      test_stage_watch (WATCH_MS);
    }
}

/* The list of keys fits on a phone too. */
static void
test_keys (TestStage *self, gconstpointer data)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (self->window);
  GtkWidget *keys = GTK_WIDGET (gtk_application_window_get_help_overlay (window));
  int least = 0;

  (void) data;
  g_assert_nonnull (keys);
  gtk_window_present (GTK_WINDOW (keys));
  test_stage_watch (WATCH_MS);
  gtk_widget_measure (keys, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, <=, NARROWEST);
  gtk_window_close (GTK_WINDOW (keys));
}

#define HOSTILE "<b>Evil</b> &amp; <a href='https://evil.example/'>here</a>"

/* How many labels show the hostile words; those that do not show each letter are a fault.
 */
static guint
count_hostile (GtkWidget *from)
{
  guint count = 0;

  if (GTK_IS_EXPANDER (from))
    gtk_expander_set_expanded (GTK_EXPANDER (from), TRUE);
  if (GTK_IS_LABEL (from) && strstr (gtk_label_get_text (GTK_LABEL (from)), "Evil"))
    {
      g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (from)), HOSTILE));
      count++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_hostile (child);
  return count;
}

/* Whatever a server or a certificate calls itself is text, and nothing to click on. */
static void
test_hostile (TestStage *self, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  BaruaDiagnosisCard *card = barua_diagnosis_card_new ();
  g_autoptr (BaruaVerdict) verdict = barua_verdict_new ("tls-intercepted", 1);

  (void) self;
  (void) data;
  barua_verdict_set_name (verdict, HOSTILE);
  barua_verdict_add_evidence (verdict, HOSTILE);
  barua_diagnosis_card_set_verdict (card, verdict, "What the server said:");
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (card));
  gtk_window_present (GTK_WINDOW (window));
  test_stage_watch (WATCH_MS);
  g_assert_cmpuint (count_hostile (GTK_WIDGET (card)), ==, 2);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is no address is said so, and nothing goes on. */
static void
test_no_address (TestStage *self, gconstpointer data)
{
  GtkWidget *row = NULL;

  (void) data;
  gtk_widget_activate_action (self->window, "win.open", "(ss)", "setup", "");
  test_stage_watch (WATCH_MS);
  row = test_stage_find (self->window, ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (row), "zoe@");
  gtk_widget_activate_action (self->window, "win.next", NULL);
  test_stage_watch (WATCH_MS / 2);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->window)), ==, "Address");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  gtk_editable_set_text (GTK_EDITABLE (row), "zoe");
  g_assert_false (gtk_widget_has_css_class (row, "error"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  test_turns_watch (
    ConnectionNumber (gdk_x11_display_get_xdisplay (gdk_display_get_default ())));
  g_test_add_func ("/ui/pages/table", test_table);
  g_test_add ("/ui/pages/hostile", TestStage, NULL, set_up, test_hostile, tear_down);
  g_test_add ("/ui/pages/routes", TestStage, NULL, set_up, test_routes, tear_down);
  g_test_add ("/ui/pages/alone", TestStage, NULL, set_up, test_pages, tear_down);
  g_test_add ("/ui/pages/help", TestStage, NULL, set_up, test_help, tear_down);
  g_test_add ("/ui/pages/back", TestStage, NULL, set_up, test_back, tear_down);
  g_test_add ("/ui/pages/over", TestStage, NULL, set_up, test_over, tear_down);
  g_test_add ("/ui/pages/proceed", TestStage, NULL, set_up, test_proceed, tear_down);
  g_test_add ("/ui/pages/width", TestStage, GINT_TO_POINTER (FALSE), set_up, test_width,
              tear_down);
  g_test_add ("/ui/pages/width-large", TestStage, GINT_TO_POINTER (TRUE), set_up,
              test_width, tear_down);
  g_test_add ("/ui/pages/hint", TestStage, NULL, set_up, test_hint, tear_down);
  g_test_add ("/ui/pages/button", TestStage, NULL, set_up, test_button, tear_down);
  g_test_add ("/ui/pages/keys", TestStage, NULL, set_up, test_keys, tear_down);
  g_test_add ("/ui/pages/toast", TestStage, NULL, set_up, test_toast, tear_down);
  g_test_add ("/ui/pages/no-address", TestStage, NULL, set_up, test_no_address,
              tear_down);
  return g_test_run ();
}
