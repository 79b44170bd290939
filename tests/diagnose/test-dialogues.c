#include "config.h"

#include "diagnose/diagnose.h"
#include "support/evidence-builder.h"
#include "support/play.h"

#include <string.h>

/* Which verdict each dialogue of tests/dialogues leads to: its name and the cause, with a
 * tab between; "-" for what only a real socket can show. */
static char *
dup_path (const char *folder, const char *file)
{
  return g_test_build_filename (G_TEST_DIST, folder, file, NULL);
}

static GHashTable *
read_list (void)
{
  g_autofree char *path = dup_path ("diagnose", "dialogues.tsv");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GHashTable *list = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", 2);

      if (g_strv_length (parts) == 2)
        g_assert_true (
          g_hash_table_insert (list, g_strdup (parts[0]), g_strdup (parts[1])));
    }
  return list;
}

/* Puts a step that went well in place @index: plays in memory have no sockets. */
static void
put_step (BaruaEvidence *evidence, guint index, BaruaStage stage)
{
  barua_evidence_add_step (evidence, stage, BARUA_OUTCOME_OK, 1);
  g_ptr_array_insert (
    evidence->steps, (int) index,
    g_ptr_array_steal_index (evidence->steps, evidence->steps->len - 1));
}

static void
put_handshake (BaruaEvidence *evidence)
{
  if (evidence->service.security == BARUA_SECURITY_TLS)
    {
      put_step (evidence, 0, BARUA_STAGE_TLS);
      return;
    }
  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const BaruaStep *step = g_ptr_array_index (evidence->steps, i);

      if (step->stage == BARUA_STAGE_STARTTLS && step->outcome == BARUA_OUTCOME_OK &&
          i + 1 < evidence->steps->len)
        {
          put_step (evidence, i + 1, BARUA_STAGE_TLS);
          return;
        }
    }
}

static TestCase *
make_case (const Dialogue *dialogue)
{
  BaruaEvidence *evidence = play_dialogue (dialogue, 0);
  BaruaLogin *login = dialogue_get_login (dialogue);
  TestCase *test_case = test_case_new (NULL);

  put_handshake (evidence);
  put_step (evidence, 0, BARUA_STAGE_CONNECT);
  put_step (evidence, 0, BARUA_STAGE_RESOLVE);
  g_ptr_array_add (test_case->facts.evidence, evidence);
  if (login != NULL && dialogue_get_goal (dialogue) > BARUA_GOAL_CAPABILITIES)
    test_case->facts.shape = barua_secret_shape (barua_login_get_secret (login));
  return test_case;
}

static void
check_dialogue (const char *file, const char *cause)
{
  g_autofree char *path = dup_path ("dialogues", file);
  g_autoptr (GError) error = NULL;
  g_autoptr (Dialogue) dialogue = dialogue_load (path, &error);
  g_autoptr (TestCase) test_case = NULL;
  g_autoptr (BaruaDiagnosis) diagnosis = NULL;
  const BaruaServiceDiagnosis *service = NULL;

  g_assert_no_error (error);
  test_case = make_case (dialogue);
  diagnosis = barua_diagnose (&test_case->facts);
  service = g_ptr_array_index (diagnosis->services, 0);
  g_test_message ("%s: %s", file, diagnosis->verdict->cause->id);
  if (cause != NULL)
    g_assert_cmpstr (diagnosis->verdict->cause->id, ==, cause);
  g_assert_cmpint (service->usable, ==,
                   service->verdict->severity != BARUA_SEVERITY_ERROR);
}

/* One that is not in the list must come to some verdict too. */
static void
test_all (void)
{
  g_autoptr (GHashTable) list = read_list ();
  g_autofree char *folder = dup_path ("dialogues", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_nonnull (dir);
  for (const char *file = NULL; (file = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *name = g_strndup (file, strcspn (file, "."));
      const char *cause = g_hash_table_lookup (list, name);

      if (g_str_has_suffix (file, ".txt") && g_strcmp0 (cause, "-") != 0)
        check_dialogue (file, cause);
      g_hash_table_remove (list, name);
    }
  g_assert_cmpuint (g_hash_table_size (list), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnose/dialogues", test_all);
  return g_test_run ();
}
