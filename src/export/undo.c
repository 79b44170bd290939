#include "config.h"

#include "export/apply.h"

#include "base/file.h"
#include "export/error.h"
#include "export/roll-back.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define LOCK_WAIT_MS 2000

/* How many receipts of what was undone are kept: they only tell what has been. One that
 * was not undone is never cleared, as undoing all goes back through each of them. */
#define UNDONE_MAX 20

int
barua_undo_lock (const BaruaHome *home, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  int lock = -1;

  if (!barua_file_make_folder (home->undo, error))
    return -1;
  lock = barua_file_lock (home->undo, LOCK_WAIT_MS, &local_error);
  if (lock >= 0)
    return lock;
  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_AGAIN))
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
                         _ ("Barua is just changing settings elsewhere. Wait until that "
                            "has ended, and try again."));
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

/* The inner ones first; what others have put something into stays. */
static gboolean
remove_folders (const BaruaRecord *record)
{
  gboolean removed = TRUE;

  for (guint i = record->made->len; i > 0; i--)
    if (rmdir (record->made->pdata[i - 1]) != 0 && errno != ENOTEMPTY &&
        errno != EEXIST && errno != ENOENT && errno != ENOTDIR)
      removed = FALSE;
  return removed;
}

gboolean
barua_roll_back (const BaruaRecord *record)
{
  g_autoptr (GPtrArray) swaps = barua_record_list_swaps (record);
  gboolean back = TRUE;

  for (guint i = swaps->len; i > 0; i--)
    back = barua_swap_take_back (swaps->pdata[i - 1]) && back;
  if (!back || record->undoing)
    return back;
  return remove_folders (record);
}

void
barua_roll_forward (const BaruaRecord *record)
{
  g_autoptr (GPtrArray) swaps = barua_record_list_swaps (record);

  gboolean swept = TRUE;

  for (guint i = 0; i < swaps->len; i++)
    swept = barua_swap_sweep (swaps->pdata[i]) && swept;
  if (record->undoing)
    {
      swept = remove_folders (record) && swept;
      barua_record_forget_copies (record->folder);
    }
  /* The next run tries again. */
  if (swept && record->undoing && barua_record_has_more (record))
    barua_record_owe_rest (record->folder);
  else if (swept)
    barua_record_forget_work (record->folder);
}

static gboolean
is_published (const BaruaRecord *work)
{
  g_autoptr (BaruaRecord) receipt =
    barua_record_load (work->folder, BARUA_RECORD_RECEIPT, NULL);

  return receipt != NULL && strcmp (receipt->token, work->token) == 0;
}

/* What was left half done by a process that is no more: nobody else has the lock. */
static gboolean
recover_one (const char *folder, BaruaUnsettled *unsettled, GError **error)
{
  g_autoptr (BaruaRecord) work = barua_record_load (folder, BARUA_RECORD_WORK, error);
  gboolean undoing = FALSE;
  gboolean done = FALSE;

  if (work == NULL)
    return FALSE;
  undoing = work->undoing;
  done = is_published (work);
  if (done)
    barua_roll_forward (work);
  else if (!barua_roll_back (work))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                   /* Translators: the name of a folder. */
                   _ ("Changes that were left half done cannot be taken back. What the "
                      "files held before is kept in “%s”."),
                   folder);
      return FALSE;
    }
  if (!done && undoing)
    barua_record_forget_work (folder);
  else if (!done && barua_record_has_more (work))
    barua_record_owe_rest (folder);
  else if (!done)
    barua_record_discard (folder);
  /* What an undoing has left to its caller it has left to this one. */
  if (done == undoing)
    barua_unsettled_add (unsettled, g_steal_pointer (&work));
  return TRUE;
}

static gboolean
has (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return access (path, F_OK) == 0;
}

static void
take_rest (const char *folder, BaruaUnsettled *unsettled)
{
  BaruaRecord *rest = barua_record_load (folder, BARUA_RECORD_REST, NULL);

  /* Nobody will ever know what was in it. */
  if (rest == NULL)
    barua_record_forget_rest (folder);
  else
    barua_unsettled_add (unsettled, rest);
}

static gboolean
recover_all (const BaruaHome *home, BaruaUnsettled *unsettled, GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (home->undo, 0, error);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (home->undo, name, NULL);

      if (has (folder, BARUA_RECORD_REST))
        take_rest (folder, unsettled);
      else if (has (folder, BARUA_RECORD_WORK) && !recover_one (folder, unsettled, error))
        return FALSE;
      /* One that never came to note what it was about to do. */
      if (!has (folder, BARUA_RECORD_RECEIPT) && !has (folder, BARUA_RECORD_REST))
        barua_record_discard (folder);
    }
  barua_unsettled_sort (unsettled);
  return dir != NULL;
}

static void
settle_all (BaruaUnsettled *unsettled)
{
  for (guint i = 0; i < barua_unsettled_get_receipts (unsettled)->len; i++)
    barua_unsettled_settle (unsettled, i);
}

gboolean
barua_apply_recover (const BaruaHome *home, BaruaUnsettled **unsettled, GError **error)
{
  g_autoptr (BaruaUnsettled) taken_back = NULL;
  int lock = -1;

  g_return_val_if_fail (home != NULL, FALSE);

  if (g_file_test (home->undo, G_FILE_TEST_IS_DIR))
    {
      lock = barua_undo_lock (home, error);
      if (lock < 0)
        return FALSE;
      taken_back = barua_unsettled_new (lock);
      if (!recover_all (home, taken_back, error))
        return FALSE;
    }
  if (taken_back != NULL && unsettled == NULL)
    settle_all (taken_back);
  if (taken_back != NULL && barua_unsettled_get_receipts (taken_back)->len == 0)
    g_clear_pointer (&taken_back, barua_unsettled_free);
  if (unsettled != NULL)
    *unsettled = g_steal_pointer (&taken_back);
  return TRUE;
}

static int
compare_latest_first (gconstpointer a, gconstpointer b)
{
  const BaruaRecord *first = *(const BaruaRecord *const *) a;
  const BaruaRecord *second = *(const BaruaRecord *const *) b;

  if (first->order == second->order)
    return strcmp (second->receipt->id, first->receipt->id);
  return first->order < second->order ? 1 : -1;
}

static GPtrArray *
list_records (const BaruaHome *home, GError **error)
{
  g_autoptr (GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_record_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GDir) dir = g_dir_open (home->undo, 0, &local_error);
  const char *name = NULL;

  if (dir == NULL && !g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (home->undo, name, NULL);
      g_autoptr (BaruaRecord) record =
        barua_record_load (folder, BARUA_RECORD_RECEIPT, NULL);

      if (record != NULL)
        g_ptr_array_add (records, g_steal_pointer (&record));
    }
  g_ptr_array_sort (records, compare_latest_first);
  return g_steal_pointer (&records);
}

GPtrArray *
barua_receipts_list (const BaruaHome *home, GError **error)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) receipts = NULL;

  g_return_val_if_fail (home != NULL, NULL);

  records = list_records (home, error);
  if (records == NULL)
    return NULL;
  receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) barua_receipt_free);
  for (guint i = 0; i < records->len; i++)
    {
      BaruaRecord *record = records->pdata[i];

      g_ptr_array_add (receipts, g_steal_pointer (&record->receipt));
    }
  return g_steal_pointer (&receipts);
}

static BaruaRecord *
load_latest (const BaruaHome *home, GError **error)
{
  g_autoptr (GPtrArray) records = list_records (home, error);

  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    {
      const BaruaRecord *record = records->pdata[i];

      if (!record->receipt->undone)
        return g_ptr_array_steal_index (records, i);
    }
  g_set_error_literal (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NOT_FOUND,
                       _ ("There is nothing to undo."));
  return NULL;
}

static BaruaRecord *
load_named (const BaruaHome *home, const char *id, GError **error)
{
  g_autofree char *folder = g_build_filename (home->undo, id, NULL);
  g_autoptr (BaruaRecord) record = NULL;

  if (*id == '\0' || *id == '.' || strchr (id, '/') != NULL ||
      !has (folder, BARUA_RECORD_RECEIPT))
    {
      g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NOT_FOUND,
                   /* Translators: "barua undo --list" is typed as it stands. */
                   _ ("There is nothing called “%s” to undo. “barua undo --list” shows "
                      "what there is."),
                   id);
      return NULL;
    }
  record = barua_record_load (folder, BARUA_RECORD_RECEIPT, error);
  if (record != NULL && record->receipt->undone)
    {
      g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NOT_FOUND,
                   _ ("“%s” has been undone already."), id);
      return NULL;
    }
  return g_steal_pointer (&record);
}

static gboolean
find_target (BaruaRecordFile *file, const char *shown, GError **error)
{
  g_autofree char *target = barua_file_resolve (file->change->path, error);
  g_autofree char *digest = NULL;

  if (target == NULL || !barua_swap_digest (target, &digest, error))
    return FALSE;
  if (g_strcmp0 (digest, file->after) != 0 && g_strcmp0 (digest, file->before) != 0)
    {
      g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_CHANGED,
                   _ ("“%s” has been changed since, so nothing was undone. Undoing would "
                      "lose those changes."),
                   shown);
      return FALSE;
    }
  /* It may have been put back by hand: then only the rest is done. */
  g_free (file->target);
  g_free (file->after);
  file->target = g_steal_pointer (&target);
  file->after = g_steal_pointer (&digest);
  return TRUE;
}

static GBytes *
read_copy (const BaruaRecord *record, guint index, GError **error)
{
  const BaruaRecordFile *file = record->files->pdata[index];
  g_autofree char *path = barua_record_dup_copy_path (record, index);
  g_autofree char *digest = NULL;
  gsize length = 0;
  char *bytes = barua_file_read (path, BARUA_EXPORT_FILE_MAX, &length, error);
  g_autoptr (GBytes) content = NULL;

  if (bytes == NULL)
    return NULL;
  content = g_bytes_new_take (bytes, length);
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  if (g_strcmp0 (digest, file->before) == 0)
    return g_steal_pointer (&content);
  g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_DAMAGED,
               _ ("“%s”, which is needed to undo changes, is damaged, so nothing was "
                  "changed."),
               path);
  return NULL;
}

static gboolean
prepare (const BaruaRecord *record, GPtrArray *swaps, GError **error)
{
  for (guint i = 0; i < swaps->len; i++)
    {
      const BaruaRecordFile *file = record->files->pdata[i];
      g_autoptr (GBytes) content = NULL;

      if (file->before == NULL)
        continue;
      content = read_copy (record, i, error);
      if (content == NULL ||
          !barua_swap_prepare (swaps->pdata[i], content, file->mode_before, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make (GPtrArray *swaps, const char *const *names, GError **error)
{
  for (guint i = 0; i < swaps->len; i++)
    if (!barua_swap_make (swaps->pdata[i], names[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
take_back (BaruaRecord *record, const char *const *names, GError **error)
{
  g_autoptr (GPtrArray) swaps = NULL;

  record->undoing = TRUE;
  barua_record_renew_token (record);
  if (!barua_record_save (record, BARUA_RECORD_WORK, error))
    return FALSE;
  record->receipt->undone = TRUE;
  swaps = barua_record_list_swaps (record);
  if (prepare (record, swaps, error) && barua_record_save (record, NULL, error) &&
      make (swaps, names, error) && barua_record_publish (record, error))
    {
      barua_roll_forward (record);
      return TRUE;
    }
  if (barua_roll_back (record))
    barua_record_forget_work (record->folder);
  return FALSE;
}

static gboolean
undo (BaruaRecord *record, const BaruaHome *home, GError **error)
{
  g_auto (GStrv) names = g_new0 (char *, record->files->len + 1);

  for (guint i = 0; i < record->files->len; i++)
    {
      BaruaRecordFile *file = record->files->pdata[i];

      names[i] = barua_home_dup_shown (home, file->change->path);
      if (!find_target (file, names[i], error))
        return FALSE;
    }
  return take_back (record, (const char *const *) names, error);
}

static void
clear_undone (const BaruaHome *home)
{
  g_autoptr (GPtrArray) records = list_records (home, NULL);
  guint undone = 0;

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const BaruaRecord *record = records->pdata[i];

      if (record->receipt->undone && ++undone > UNDONE_MAX &&
          !has (record->folder, BARUA_RECORD_WORK) &&
          !has (record->folder, BARUA_RECORD_REST))
        barua_record_discard (record->folder);
    }
}

BaruaUnsettled *
barua_undo_files (const BaruaHome *home, const char *id, GError **error)
{
  g_autoptr (BaruaRecord) record = NULL;
  g_autoptr (BaruaUnsettled) unsettled = NULL;
  int lock = -1;

  g_return_val_if_fail (home != NULL, NULL);

  lock = barua_undo_lock (home, error);
  if (lock < 0)
    return NULL;
  unsettled = barua_unsettled_new (lock);
  record = id != NULL ? load_named (home, id, error) : load_latest (home, error);
  if (record == NULL || !undo (record, home, error))
    return NULL;
  barua_unsettled_add (unsettled, g_steal_pointer (&record));
  clear_undone (home);
  return g_steal_pointer (&unsettled);
}

BaruaReceipt *
barua_undo (const BaruaHome *home, const char *id, GError **error)
{
  g_autoptr (BaruaUnsettled) undone = barua_undo_files (home, id, error);
  g_autoptr (GPtrArray) receipts = NULL;

  if (undone == NULL)
    return NULL;
  settle_all (undone);
  receipts = barua_unsettled_steal_receipts (undone);
  return g_ptr_array_steal_index (receipts, 0);
}
