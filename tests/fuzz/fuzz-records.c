#include "fuzz/fuzz.h"

#include "export/record.h"
#include "support/files.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>

#define ID "20261122-061500-msmtp"

static char *room;
static char *folder;

static void
leave (void)
{
  test_files_remove (room);
  g_free (room);
  g_free (folder);
}

static void
enter (const BaruaHome *home)
{
  folder = g_build_filename (home->undo, ID, NULL);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  atexit (leave);
}

static void
put (const void *data, gsize size)
{
  g_autofree char *path = g_build_filename (folder, BARUA_RECORD_RECEIPT, NULL);
  FILE *file = g_fopen (path, "we");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (data, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

static char *
dup_text (void)
{
  g_autofree char *path = g_build_filename (folder, BARUA_RECORD_RECEIPT, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* Of what is needed to undo changes: what can be read is written as it is read, and what
   cannot is left out of the list. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (BaruaHome) home = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (BaruaRecord) record = NULL;
  g_autoptr (BaruaRecord) again = NULL;
  g_autofree char *once = NULL;
  g_autofree char *twice = NULL;

  fuzz_no_criticals ();
  if (room == NULL)
    room = test_files_make ();
  home = barua_home_new_at (room, room);
  if (folder == NULL)
    enter (home);
  put (data, size);
  receipts = barua_receipts_list (home, &error);
  g_assert_no_error (error);
  record = barua_record_load (folder, BARUA_RECORD_RECEIPT, NULL);
  g_assert_cmpuint (receipts->len, ==, record != NULL);
  if (record == NULL)
    return 0;
  g_assert_true (barua_record_save (record, BARUA_RECORD_RECEIPT, &error));
  g_assert_no_error (error);
  once = dup_text ();
  again = barua_record_load (folder, BARUA_RECORD_RECEIPT, &error);
  g_assert_no_error (error);
  g_assert_true (barua_record_save (again, BARUA_RECORD_RECEIPT, &error));
  twice = dup_text ();
  g_assert_cmpstr (twice, ==, once);
  return 0;
}
