#include "config.h"

#include "export/exporters.h"
#include "support/evidence-builder.h"
#include "support/files.h"
#include "support/loop.h"
#include "ui/cards/check-view.h"
#include "ui/page.h"
#include "ui/rows/detail-row.h"
#include "ui/rows/plan-rows.h"
#include "ui/rows/program-row.h"
#include "ui/rows/service-row.h"
#include "ui/rows/value-row.h"
#include "ui/stage.h"
#include "ui/toast.h"

#include <string.h>

/*
 * What servers, files, folders and other programs call themselves is shown letter by
 * letter: nothing of it becomes bold, a link or an entity, and nothing is lost because it
 * is no markup.
 */

#define HOSTILE "<b>Evil</b> &amp; <a href='x'>here</a>"

#define PREFS                                                                            \
  "user_pref(\"mail.account.account1.identities\", \"id1\");\n"                          \
  "user_pref(\"mail.account.account1.server\", \"server1\");\n"                          \
  "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n"                         \
  "user_pref(\"mail.identity.id1.useremail\", \"zoe@gmail.com\");\n"                     \
  "user_pref(\"mail.identity.id1.fullName\", \"" HOSTILE "\");\n"                        \
  "user_pref(\"mail.identity.id1.smtpServer\", \"smtp1\");\n"                            \
  "user_pref(\"mail.server.server1.name\", \"" HOSTILE "\");\n"                          \
  "user_pref(\"mail.server.server1.hostname\", \"imap.gmail.com\");\n"                   \
  "user_pref(\"mail.server.server1.type\", \"imap\");\n"                                 \
  "user_pref(\"mail.server.server1.port\", 143);\n"                                      \
  "user_pref(\"mail.server.server1.userName\", \"zoe@gmail.com\");\n"                    \
  "user_pref(\"mail.smtpserver.smtp1.hostname\", \"smtp.gmail.com\");\n"                 \
  "user_pref(\"mail.smtpserver.smtp1.username\", \"zoe@gmail.com\");\n"                  \
  "user_pref(\"mail.smtpservers\", \"smtp1\");\n"

typedef struct
{
  GtkWidget *window;
  GtkWidget *overlay;
  GtkWidget *list;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  (void) data;
  self->window = adw_window_new ();
  self->overlay = adw_toast_overlay_new ();
  self->list = gtk_list_box_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->overlay), self->list);
  adw_window_set_content (ADW_WINDOW (self->window), self->overlay);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  (void) data;
  gtk_window_destroy (GTK_WINDOW (self->window));
  test_loop_drain ();
}

static char *
dup_text (GtkWidget *widget)
{
  GtkTextIter start = { 0 };
  GtkTextIter end = { 0 };

  if (GTK_IS_LABEL (widget))
    return g_strdup (gtk_label_get_text (GTK_LABEL (widget)));
  if (!GTK_IS_TEXT_VIEW (widget))
    return NULL;
  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), &start,
                              &end);
  return gtk_text_iter_get_text (&start, &end);
}

/* How often the words are shown; where they are not as they came, it is a fault. */
static guint
count_shown (GtkWidget *from)
{
  g_autofree char *text = NULL;
  guint count = 0;

  if (GTK_IS_EXPANDER (from))
    gtk_expander_set_expanded (GTK_EXPANDER (from), TRUE);
  if (ADW_IS_EXPANDER_ROW (from))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (from), TRUE);
  text = dup_text (from);
  for (const char *at = text; at != NULL && (at = strstr (at, "Evil")) != NULL; at++)
    {
      if (at - text < 3 || !g_str_has_prefix (at - 3, HOSTILE))
        g_error ("not as it came: “%s”", text);
      count++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_shown (child);
  return count;
}

typedef struct
{
  GtkWidget *from;
  guint count;
} Wanted;

static gboolean
is_shown (gpointer user_data)
{
  Wanted *wanted = user_data;

  return count_shown (wanted->from) >= wanted->count;
}

/* Waits for it, and for no more than it. */
static void
assert_shown (GtkWidget *from, guint count)
{
  Wanted wanted = { from, count };

  test_loop_until (is_shown, &wanted);
  test_loop_drain ();
  g_assert_cmpuint (count_shown (from), ==, count);
}

static void
add (Fixture *self, GtkWidget *row)
{
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
test_toast (Fixture *self, gconstpointer data)
{
  (void) data;
  barua_toast_say (self->list, "The file ~/" HOSTILE "/rc could not be read");
  assert_shown (self->overlay, 1);
}

static void
test_value (Fixture *self, gconstpointer data)
{
  const BaruaSheetRow row = { .name = (char *) HOSTILE, .value = (char *) HOSTILE };

  (void) data;
  add (self, barua_value_row_new (&row));
  assert_shown (self->list, 2);
}

static void
test_detail (Fixture *self, gconstpointer data)
{
  const BaruaDetail detail = { .label = (char *) HOSTILE, .value = (char *) HOSTILE };

  (void) data;
  add (self, barua_detail_row_new (&detail));
  assert_shown (self->list, 2);
}

/* A plan in which everything that is somebody else's is hostile. */
static BaruaPlan *
make_plan (const char *folder)
{
  BaruaPlan *plan = barua_plan_new ("msmtp");
  g_autofree char *path = g_build_filename (folder, HOSTILE, "rc", NULL);

  barua_plan_write (plan, path, "from " HOSTILE "\n", -1, BARUA_FILE_ORDINARY,
                    "Writes " HOSTILE);
  barua_plan_tell_command (plan, "run '" HOSTILE "'", FALSE, "Runs " HOSTILE);
  barua_plan_add_question (plan, HOSTILE);
  barua_plan_add_note (plan, HOSTILE);
  return plan;
}

static void
test_plan (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = test_files_make ();
  g_autoptr (BaruaHome) home = barua_home_new_at (folder, folder);
  g_autoptr (BaruaPlan) plan = make_plan (folder);
  g_autoptr (GPtrArray) rows = barua_plan_rows_new (plan, home);

  (void) data;
  for (guint i = 0; i < rows->len; i++)
    add (self, rows->pdata[i]);
  /* Summary, path and contents; summary and command; question; note. */
  assert_shown (self->list, 7);
  test_files_remove (folder);
}

static BaruaProgram *
make_program (const BaruaExporter *exporter)
{
  BaruaProgram *program = g_new0 (BaruaProgram, 1);

  program->presence = g_new0 (BaruaPresence, 1);
  program->presence->exporter = exporter;
  program->presence->kind = BARUA_PRESENCE_NATIVE;
  program->presence->version = g_strdup (HOSTILE);
  return program;
}

static void
test_program (Fixture *self, gconstpointer data)
{
  const BaruaExporter *exporter = barua_exporter_find ("msmtp");
  BaruaProgramRow *row = barua_program_row_new (exporter);
  BaruaProgram *program = make_program (exporter);

  (void) data;
  g_set_error_literal (&program->error, G_FILE_ERROR, G_FILE_ERROR_FAILED, HOSTILE);
  barua_program_row_set_program (row, program, NULL);
  add (self, GTK_WIDGET (row));
  assert_shown (self->list, 2);
}

/* A check at whose end a server has said no in such words, behind such a certificate. */
static BaruaCheck *
make_check (TestCase *built)
{
  BaruaCheck *check = g_atomic_rc_box_new0 (BaruaCheck);
  BaruaEvidence *refused = test_case_get (built, 465);
  BaruaStep *step = refused->steps->pdata[refused->steps->len - 1];

  g_free (step->words);
  step->words = g_strdup ("535 5.7.8 Username and Password not accepted " HOSTILE);
  g_free (step->detail);
  step->detail = g_strdup (HOSTILE);
  g_strfreev (refused->capabilities);
  refused->capabilities = g_strsplit (HOSTILE, "\n", -1);
  g_strfreev (refused->transcript);
  refused->transcript = g_strsplit ("S: 535 " HOSTILE, "\n", -1);
  check->started = g_date_time_new_now_utc ();
  check->diagnosis = barua_diagnose (&built->facts);
  return check;
}

static void
test_service (Fixture *self, gconstpointer data)
{
  g_autoptr (TestCase) built =
    test_case_new ("web open; 465 sign-in refused 535; rest signed");
  BaruaCheck *check = make_check (built);
  const BaruaService *service = &test_case_get (built, 465)->service;
  BaruaServiceRow *row = barua_service_row_new (service);

  (void) data;
  barua_service_row_finish (row, check);
  add (self, GTK_WIDGET (row));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  /* What is offered, what the server said, and the conversation. */
  assert_shown (self->list, GPOINTER_TO_UINT (data));
  barua_check_unref (check);
}

static void
test_check (Fixture *self, gconstpointer data)
{
  g_autoptr (TestCase) built =
    test_case_new ("web open; 465 sign-in refused 535; rest signed");
  BaruaCheck *check = make_check (built);
  BaruaVerdict *warning = barua_verdict_new ("tls-intercepted", 1);
  BaruaCheckView *view = g_object_new (BARUA_TYPE_CHECK_VIEW, NULL);

  barua_verdict_set_name (warning, HOSTILE);
  g_ptr_array_add (check->diagnosis->warnings, warning);
  gtk_list_box_append (GTK_LIST_BOX (self->list), GTK_WIDGET (view));
  barua_check_view_finish (view, check, NULL);
  /* The card's evidence, and the warning's explanation. */
  assert_shown (self->list, GPOINTER_TO_UINT (data));
  barua_check_unref (check);
}

static void
set_up_whole (TestStage *self, gconstpointer data)
{
  (void) data;
  test_stage_open (self, -1, -1);
}

static void
tear_down_whole (TestStage *self, gconstpointer data)
{
  (void) data;
  test_stage_close (self);
}

/* Somebody pastes what a server wrote. */
static void
test_explain (TestStage *self, gconstpointer data)
{
  GtkWidget *view = NULL;

  gtk_widget_activate_action (self->window, "win.open", "(ss)", "explain", "");
  test_loop_drain ();
  view = test_stage_find (self->window, GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                            "535-5.7.8 Username and Password not accepted " HOSTILE "\n"
                            "BAD [CLIENTBUG] " HOSTILE
                            "\n550 5.4.5 Daily user sending limit exceeded " HOSTILE,
                            -1);
  gtk_widget_activate_action (self->window, "win.next", NULL);
  assert_shown (self->window, GPOINTER_TO_UINT (data));
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* An ampersand is in order in an address. */
static gboolean
is_addressed (gpointer user_data)
{
  g_autofree char *text = dup_text (user_data);

  if (text != NULL && g_str_equal (text, "tom&jerry@example.com"))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (user_data); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_addressed (child))
      return TRUE;
  return FALSE;
}

static void
test_address (TestStage *self, gconstpointer data)
{
  gtk_widget_activate_action (self->window, "win.open", "(ss)", data,
                              "tom&jerry@example.com");
  test_loop_until (is_addressed, self->window);
}

/* A profile of Thunderbird's whose folder and account have such names. */
static void
test_repair (TestStage *self, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (g_get_home_dir (), ".thunderbird", NULL);
  g_autofree char *profile = g_build_filename (folder, HOSTILE, NULL);

  write_file (folder, "profiles.ini",
              "[Profile0]\nName=" HOSTILE "\nIsRelative=1\nPath=" HOSTILE
              "\nDefault=1\n");
  write_file (profile, "prefs.js", PREFS);
  gtk_widget_activate_action (self->window, "win.open", "(ss)", "repair", "");
  assert_shown (self->window, GPOINTER_TO_UINT (data));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/ui/hostile/toast", Fixture, NULL, set_up, test_toast, tear_down);
  g_test_add ("/ui/hostile/value", Fixture, NULL, set_up, test_value, tear_down);
  g_test_add ("/ui/hostile/detail", Fixture, NULL, set_up, test_detail, tear_down);
  g_test_add ("/ui/hostile/plan", Fixture, NULL, set_up, test_plan, tear_down);
  g_test_add ("/ui/hostile/program", Fixture, NULL, set_up, test_program, tear_down);
  g_test_add ("/ui/hostile/service", Fixture, GUINT_TO_POINTER (3), set_up, test_service,
              tear_down);
  g_test_add ("/ui/hostile/check", Fixture, GUINT_TO_POINTER (2), set_up, test_check,
              tear_down);
  g_test_add ("/ui/hostile/explain", TestStage, GUINT_TO_POINTER (4), set_up_whole,
              test_explain, tear_down_whole);
  g_test_add ("/ui/hostile/repair", TestStage, GUINT_TO_POINTER (6), set_up_whole,
              test_repair, tear_down_whole);
  g_test_add ("/ui/hostile/address", TestStage, "settings", set_up_whole, test_address,
              tear_down_whole);
  return g_test_run ();
}
