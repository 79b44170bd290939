#include "fuzz/fuzz.h"

#include "export/apply.h"
#include "export/audit.h"
#include "export/presence.h"
#include "support/export-case.h"
#include "support/files.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define ADDRESS "zoe@gmail.com"
#define HEADING "=== "
#define FILES_MAX 16
#define NAME_MAX_BYTES 120
#define NAME_LETTERS G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_./"

static char *room;

static void
leave (void)
{
  test_files_remove (room);
  g_free (room);
}

/* Nothing outside of the room, and nothing in place of it. */
static gboolean
is_name (const char *name)
{
  return (g_str_has_prefix (name, "home/") || g_str_has_prefix (name, "root/")) &&
         strlen (name) < NAME_MAX_BYTES && strspn (name, NAME_LETTERS) == strlen (name) &&
         strstr (name, "..") == NULL && strstr (name, "//") == NULL &&
         strstr (name, "/./") == NULL && !g_str_has_suffix (name, "/");
}

static void
put (const char *name, const char *text, gsize length)
{
  g_autofree char *path = g_build_filename (room, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  /* What is a file cannot be a folder, and the other way round. */
  if (!is_name (name) || g_mkdir_with_parents (folder, 0700) != 0)
    return;
  if (g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_NONE,
                                0700, NULL))
    return;
}

/* "=== home/.muttrc", and what stands in it. */
static void
lay_out (const char *text, const char *end)
{
  test_files_remove (room);
  g_assert_cmpint (g_mkdir (room, 0700), ==, 0);
  for (guint files = 0; files < FILES_MAX && text < end; files++)
    {
      const char *line = memchr (text, '\n', (gsize) (end - text));
      const char *next = NULL;
      g_autofree char *name = NULL;

      if (line == NULL || !g_str_has_prefix (text, HEADING))
        return;
      name =
        g_strndup (text + strlen (HEADING), (gsize) (line - text) - strlen (HEADING));
      line++;
      next = memmem (line, (gsize) (end - line), "\n" HEADING, strlen (HEADING) + 1);
      text = next != NULL ? next + 1 : end;
      put (name, line, (gsize) (text - line));
    }
}

/* Settings may name any file; this test has to do with those of its own only. */
static gboolean
stays_inside (const BaruaPlan *plan)
{
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];

      if (change->path != NULL && (!g_str_has_prefix (change->path, room) ||
                                   strstr (change->path, "/..") != NULL))
        return FALSE;
      if (change->kind == BARUA_CHANGE_FILE && change->sealed)
        return FALSE;
    }
  return TRUE;
}

static void
check_audit (const BaruaExporter *exporter, const BaruaHome *home)
{
  g_autoptr (GPtrArray) faults =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_fault_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPlan) plan = NULL;

  if (exporter->audit == NULL)
    return;
  exporter->audit (home, faults);
  plan = barua_audit_plan (exporter->id, faults, home, &error);
  g_assert_true ((plan == NULL) == (error != NULL));
}

/* It can be planned once more, and undone it is as it was. */
static void
check_applied (const BaruaExporter *exporter,
               const BaruaExportRequest *request,
               const BaruaHome *home,
               const char *before)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again_error = NULL;
  g_autoptr (BaruaReceipt) receipt = NULL;
  g_autofree char *after = NULL;
  g_autoptr (BaruaPlan) again =
    barua_exporter_plan (exporter, request, home, &again_error);

  g_assert_true ((again == NULL) == (again_error != NULL));
  receipt = barua_undo (home, NULL, &error);
  g_assert_no_error (error);
  after = test_files_describe (home->home);
  g_assert_cmpstr (after, ==, before);
}

static void
check_plan (const BaruaExporter *exporter,
            const BaruaExportRequest *request,
            const BaruaHome *home)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPlan) plan = barua_exporter_plan (exporter, request, home, &error);
  g_autofree char *before = NULL;
  BaruaTransaction *transaction = NULL;

  g_assert_true ((plan == NULL) == (error != NULL));
  if (plan == NULL || barua_plan_is_empty (plan) || !stays_inside (plan))
    return;
  before = test_files_describe (home->home);
  transaction = barua_transaction_begin (plan, home, ADDRESS, NULL);
  if (transaction != NULL && barua_transaction_commit (transaction, NULL))
    check_applied (exporter, request, home, before);
}

/* What has no place in a home is saved to a folder of its own. */
static BaruaHome *
make_home (const BaruaExporter *exporter)
{
  g_autofree char *folder = g_build_filename (room, "home", NULL);
  g_autofree char *root = g_build_filename (room, "root", NULL);
  BaruaHome *home = barua_home_new_at (folder, root);

  g_free (home->undo);
  home->undo = g_build_filename (room, "undo", NULL);
  if (exporter->can & BARUA_EXPORTS_TO_FOLDER)
    {
      g_autoptr (BaruaHome) own = home;

      home = barua_home_new_apart (own, folder);
    }
  return home;
}

/* The first line names the mail program and says what is asked for: "mutt op" is OAuth
   and POP. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  const char *line = memchr (text, '\n', size);
  g_autofree char *head = line != NULL ? g_strndup (text, (gsize) (line - text)) : NULL;
  const char *asked = head != NULL ? head + strcspn (head, " ") : "";
  const TestExportCase wanted = {
    .method = strchr (asked, 'o') != NULL   ? BARUA_METHOD_OAUTH
              : strchr (asked, 'n') != NULL ? BARUA_METHOD_NONE
                                            : BARUA_METHOD_APP_PASSWORD,
    .incoming = strchr (asked, 'p') != NULL ? BARUA_PROTOCOL_POP : BARUA_PROTOCOL_IMAP,
    .starttls = strchr (asked, 's') != NULL,
    .no_folders = strchr (asked, 'f') != NULL,
  };
  g_autofree char *id = head != NULL ? g_strndup (head, (gsize) (asked - head)) : NULL;
  const BaruaExporter *exporter = id != NULL ? barua_exporter_find (id) : NULL;
  g_autoptr (BaruaExportRequest) request = NULL;
  g_autoptr (BaruaHome) home = NULL;
  g_autoptr (BaruaPresence) presence = NULL;

  fuzz_no_criticals ();
  if (exporter == NULL)
    return 0;
  if (room == NULL)
    {
      room = test_files_make ();
      atexit (leave);
    }
  lay_out (line + 1, text + size);
  home = make_home (exporter);
  request = test_export_request_new (&wanted);
  presence = barua_presence_look (exporter, home, ADDRESS);
  g_assert_true (presence->version == NULL ||
                 g_utf8_validate (presence->version, -1, NULL));
  check_audit (exporter, home);
  if (g_mkdir_with_parents (home->home, 0700) == 0)
    check_plan (exporter, request, home);
  return 0;
}
