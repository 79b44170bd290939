#include "config.h"

#include "export/apply.h"
#include "export/audit.h"
#include "support/export-case.h"
#include "support/files.h"
#include "support/tracer.h"

#include <string.h>

/* Real settings are changed, and the process is killed, or refused something, before any
 * of its system calls: the next run finds all old or all new, and finishes. */

#define MOMENTS_MAX 5000
#define REFUSED_STRIDE 7
/* Where memory is watched, each run takes long. */
#ifdef __SANITIZE_ADDRESS__
#define STRIDE 11
#else
#define STRIDE 1
#endif

typedef struct
{
  const char *client;
  const char *name;
  gboolean repairs;
  BaruaMethod method;
} Case;

static const Case CASES[] = {
  { "mutt", "named-files", FALSE, BARUA_METHOD_APP_PASSWORD },
  { "git", "hand-written-oauth", FALSE, BARUA_METHOD_OAUTH },
  { "balsa", "fresh", FALSE, BARUA_METHOD_APP_PASSWORD },
  { "evolution", "other-accounts", FALSE, BARUA_METHOD_APP_PASSWORD },
  { "msmtp", "link", FALSE, BARUA_METHOD_APP_PASSWORD },
  { "mutt", "hand-written", TRUE, BARUA_METHOD_APP_PASSWORD },
  { "evolution", "already-there", TRUE, BARUA_METHOD_APP_PASSWORD },
};

/* @plan: what is done; @before and @after: how the home looks, described. */
typedef struct
{
  const Case *row;
  const BaruaExporter *exporter;
  BaruaExportRequest *request;
  BaruaHome *home;
  BaruaPlan *plan;
  char *before;
  char *after;
} Fixture;

static gboolean
apply (const Fixture *fixture, BaruaPlan *plan)
{
  BaruaTransaction *transaction =
    barua_transaction_begin (plan, fixture->home, "zoe@gmail.com", NULL);

  return transaction != NULL && barua_transaction_commit (transaction, NULL);
}

static BaruaPlan *
make_plan (const Fixture *fixture)
{
  g_autoptr (GPtrArray) faults =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_fault_free);

  if (!fixture->row->repairs)
    return barua_exporter_plan (fixture->exporter, fixture->request, fixture->home, NULL);
  fixture->exporter->audit (fixture->home, faults);
  return barua_audit_plan (fixture->exporter->id, faults, fixture->home, NULL);
}

/* As each run of the program does: first what an earlier one has left is taken back. */
static gboolean
work (gpointer data)
{
  const Fixture *fixture = data;
  g_autoptr (BaruaPlan) plan = NULL;

  if (!barua_apply_recover (fixture->home, NULL, NULL))
    return FALSE;
  plan = make_plan (fixture);
  return plan != NULL && (barua_plan_is_empty (plan) || apply (fixture, plan));
}

static gboolean
carry_out (gpointer data)
{
  const Fixture *fixture = data;

  return apply (fixture, fixture->plan);
}

static gboolean
undo (gpointer data)
{
  const Fixture *fixture = data;
  g_autoptr (BaruaReceipt) receipt = NULL;

  if (!barua_apply_recover (fixture->home, NULL, NULL))
    return FALSE;
  receipt = barua_undo (fixture->home, NULL, NULL);
  return receipt != NULL;
}

static void
assert_looks (const Fixture *fixture, const char *expected)
{
  g_autofree char *now = test_files_describe (fixture->home->home);

  g_assert_cmpstr (now, ==, expected);
}

/* Either as before or as after; says which. */
static gboolean
is_done (const Fixture *fixture)
{
  g_autofree char *now = NULL;

  g_assert_true (barua_apply_recover (fixture->home, NULL, NULL));
  now = test_files_describe (fixture->home->home);
  if (strcmp (now, fixture->after) == 0)
    return TRUE;
  g_assert_cmpstr (now, ==, fixture->before);
  return FALSE;
}

/* Nothing is known of earlier runs. */
static void
start_anew (const Fixture *fixture)
{
  assert_looks (fixture, fixture->before);
  test_files_remove (fixture->home->undo);
}

static void
check_worked (Fixture *fixture, TestTracerEnd end)
{
  if (is_done (fixture))
    g_assert_cmpint (end, !=, TEST_TRACER_REFUSED);
  else
    {
      g_assert_cmpint (end, !=, TEST_TRACER_DONE);
      g_assert_true (work (fixture));
    }
  assert_looks (fixture, fixture->after);
  g_assert_true (undo (fixture));
}

static void
check_undone (Fixture *fixture, TestTracerEnd end)
{
  if (!is_done (fixture))
    g_assert_cmpint (end, !=, TEST_TRACER_REFUSED);
  else
    {
      g_assert_cmpint (end, !=, TEST_TRACER_DONE);
      g_assert_true (undo (fixture));
    }
}

static void
disturb_everywhere (Fixture *fixture,
                    TestTracerWork disturbed,
                    TestTracerDeed deed,
                    guint stride)
{
  TestTracerEnd end = TEST_TRACER_DONE;
  guint moment = 0;

  for (moment = 0; end != TEST_TRACER_UNTOUCHED && moment < MOMENTS_MAX; moment += stride)
    {
      if (disturbed == undo)
        g_assert_true (work (fixture));
      end = test_tracer_run (disturbed, fixture, deed, moment);
      if (end == TEST_TRACER_FORBIDDEN)
        {
          g_test_skip ("the system does not allow processes to be traced");
          return;
        }
      if (disturbed == undo)
        check_undone (fixture, end);
      else
        check_worked (fixture, end);
      start_anew (fixture);
    }
  g_test_message ("%u moments", moment);
  g_assert_cmpint (end, ==, TEST_TRACER_UNTOUCHED);
  g_assert_cmpuint (moment, >, 20);
}

static void
open_fixture (Fixture *fixture, const Case *row)
{
  const TestExportCase asked = { .method = row->method };
  g_autofree char *before =
    g_test_build_filename (G_TEST_DIST, "golden", row->client, row->name, "before", NULL);
  g_autofree char *root =
    g_test_build_filename (G_TEST_DIST, "golden", row->client, row->name, "root", NULL);

  fixture->row = row;
  fixture->exporter = barua_exporter_find (row->client);
  fixture->request = test_export_request_new (&asked);
  fixture->home = test_home_copy (before, root);
  g_free (fixture->home->undo);
  fixture->home->undo = g_build_filename (fixture->home->root, "undo", NULL);
  fixture->before = test_files_describe (fixture->home->home);
  fixture->plan = make_plan (fixture);
  g_assert_true (work (fixture));
  fixture->after = test_files_describe (fixture->home->home);
  g_assert_cmpstr (fixture->before, !=, fixture->after);
  g_assert_true (undo (fixture));
  start_anew (fixture);
}

static void
test_case (gconstpointer data)
{
  Fixture fixture = { 0 };

  open_fixture (&fixture, data);
  disturb_everywhere (&fixture, work, TEST_TRACER_KILL, STRIDE);
  disturb_everywhere (&fixture, undo, TEST_TRACER_KILL, STRIDE);
  if (test_tracer_can_fail ())
    {
      /* What cannot be read is planned with as if it was not there. */
      disturb_everywhere (&fixture, carry_out, TEST_TRACER_FAIL, REFUSED_STRIDE * STRIDE);
      disturb_everywhere (&fixture, undo, TEST_TRACER_FAIL, REFUSED_STRIDE * STRIDE);
    }
  test_home_remove (fixture.home);
  barua_export_request_free (fixture.request);
  barua_plan_free (fixture.plan);
  g_free (fixture.before);
  g_free (fixture.after);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = test_files_make ();
  int status = 0;

  g_assert_true (g_setenv ("TMPDIR", folder, TRUE));
  test_export_case_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/export/crash-homes/%s/%s%s", CASES[i].client, CASES[i].name,
                         CASES[i].repairs ? "/repair" : "");

      g_test_add_data_func (path, &CASES[i], test_case);
    }
  status = g_test_run ();
  test_files_remove (folder);
  return status;
}
