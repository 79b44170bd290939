#include "config.h"

#include "export/apply.h"

#include "base/file.h"
#include "export/error.h"
#include "export/record.h"
#include "export/roll-back.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_MODE 0700
#define PRIVATE 0600

/* @contents: of each file of the record, what it will hold. */
struct _BaruaTransaction
{
  BaruaRecord *record;
  GPtrArray *contents;
  GPtrArray *names;
  int lock;
};

static void
transaction_free (BaruaTransaction *self)
{
  if (self->lock >= 0)
    (void) close (self->lock);
  g_clear_pointer (&self->record, barua_record_free);
  g_ptr_array_unref (self->contents);
  g_ptr_array_unref (self->names);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaTransaction, transaction_free)

/* A folder that nothing else has: two within one second are told apart by a number. */
static char *
make_place (const BaruaHome *home, const char *client, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *place = g_strdup_printf ("%s/%s-%s", home->undo, time, client);

  for (guint i = 2; g_mkdir (place, FOLDER_MODE) != 0; i++)
    {
      if (errno != EEXIST)
        {
          /* Translators: the name of a folder, and the system's own words. */
          g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                       _ ("“%s” cannot be made: %s"), place, g_strerror (errno));
          return NULL;
        }
      g_free (place);
      place = g_strdup_printf ("%s/%s-%s-%u", home->undo, time, client, i);
    }
  return g_steal_pointer (&place);
}

static void
note_folders (BaruaRecord *record, const char *folder)
{
  g_autofree char *outer = NULL;

  if (g_file_test (folder, G_FILE_TEST_IS_DIR) ||
      g_ptr_array_find_with_equal_func (record->made, folder, g_str_equal, NULL))
    return;
  outer = g_path_get_dirname (folder);
  if (strcmp (outer, folder) != 0)
    note_folders (record, outer);
  g_ptr_array_add (record->made, g_strdup (folder));
}

static void
set_error (GError **error, const char *shown, int code)
{
  /* Translators: the name of a file, and the system's own words. */
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _ ("“%s” cannot be written: %s"), shown, g_strerror (code));
}

/* What would fail anyway is better said before anything is put into a keyring. */
static gboolean
check_folder (const char *folder, const char *shown, GError **error)
{
  g_autofree char *there = g_strdup (folder);

  while (access (there, F_OK) != 0 && errno == ENOENT && strcmp (there, "/") != 0)
    {
      g_autofree char *inner = g_steal_pointer (&there);

      there = g_path_get_dirname (inner);
    }
  if (access (there, W_OK | X_OK) == 0)
    return TRUE;
  set_error (error, shown, errno);
  return FALSE;
}

static char *
digest_of (GBytes *content)
{
  return content != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content)
                         : NULL;
}

static gboolean
keep_copy (BaruaTransaction *self, guint index, const BaruaChange *change, GError **error)
{
  BaruaRecordFile *file = self->record->files->pdata[index];
  g_autofree char *copy = barua_record_dup_copy_path (self->record, index);
  g_autoptr (GPtrArray) swaps = barua_record_list_swaps (self->record);
  const char *shown = self->names->pdata[index];
  struct stat facts = { 0 };

  if (!barua_swap_check (swaps->pdata[index], shown, error))
    return FALSE;
  if (change->before == NULL)
    return TRUE;
  if (stat (file->target, &facts) != 0)
    {
      set_error (error, shown, errno);
      return FALSE;
    }
  file->mode_before = (int) (facts.st_mode & 07777);
  return barua_file_create (copy, change->before, PRIVATE, error);
}

static gboolean
take_file (BaruaTransaction *self,
           const BaruaChange *change,
           BaruaChange *noted,
           const BaruaHome *home,
           GError **error)
{
  g_autofree char *target = barua_file_resolve (change->path, error);
  g_autofree char *folder = NULL;
  BaruaRecordFile *file = NULL;
  char *shown = NULL;

  if (target == NULL)
    return FALSE;
  shown = barua_home_dup_shown (home, change->path);
  folder = g_path_get_dirname (target);
  note_folders (self->record, folder);
  file = barua_record_add_file (self->record, noted);
  file->target = g_steal_pointer (&target);
  file->before = digest_of (change->before);
  file->after = digest_of (change->after);
  g_ptr_array_add (self->contents, g_bytes_ref (change->after));
  g_ptr_array_add (self->names, shown);
  return check_folder (folder, shown, error) &&
         keep_copy (self, self->record->files->len - 1, change, error);
}

static gboolean
take_changes (BaruaTransaction *self,
              const BaruaPlan *plan,
              const BaruaHome *home,
              GError **error)
{
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];
      BaruaChange *noted = NULL;

      if (change->kind == BARUA_CHANGE_COMMAND)
        continue;
      noted = barua_record_add (self->record, change);
      if (change->kind == BARUA_CHANGE_FOLDER)
        note_folders (self->record, change->path);
      if (change->kind == BARUA_CHANGE_FILE &&
          !take_file (self, change, noted, home, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_filled (const BaruaPlan *plan)
{
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];

      if (change->kind == BARUA_CHANGE_FILE && change->after == NULL)
        return FALSE;
    }
  return TRUE;
}

BaruaTransaction *
barua_transaction_begin (BaruaPlan *plan,
                         const BaruaHome *home,
                         const char *address,
                         GError **error)
{
  g_autoptr (BaruaTransaction) self = NULL;
  g_autofree char *place = NULL;

  g_return_val_if_fail (plan != NULL && home != NULL && is_filled (plan), NULL);

  self = g_new0 (BaruaTransaction, 1);
  self->contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->lock = barua_undo_lock (home, error);
  if (self->lock < 0)
    return NULL;
  place = make_place (home, plan->client, error);
  if (place == NULL)
    return NULL;
  self->record = barua_record_new (place, plan->client, address);
  if (take_changes (self, plan, home, error) &&
      barua_record_save (self->record, BARUA_RECORD_WORK, error))
    return g_steal_pointer (&self);
  barua_record_discard (place);
  return NULL;
}

const char *
barua_transaction_get_id (const BaruaTransaction *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->record->receipt->id;
}

static gboolean
make_folders (const BaruaRecord *record, GError **error)
{
  for (guint i = 0; i < record->made->len; i++)
    if (!barua_file_make_folder (record->made->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
write_files (BaruaTransaction *self, GPtrArray *swaps, GError **error)
{
  for (guint i = 0; i < swaps->len; i++)
    {
      const BaruaRecordFile *file = self->record->files->pdata[i];

      if (!barua_swap_prepare (swaps->pdata[i], self->contents->pdata[i],
                               file->change->mode, error))
        return FALSE;
    }
  if (!barua_record_save (self->record, NULL, error))
    return FALSE;
  for (guint i = 0; i < swaps->len; i++)
    if (!barua_swap_make (swaps->pdata[i], self->names->pdata[i], error))
      return FALSE;
  return barua_record_publish (self->record, error);
}

gboolean
barua_transaction_commit (BaruaTransaction *self, GError **error)
{
  G_GNUC_UNUSED g_autoptr (BaruaTransaction) owned = self;
  g_autoptr (GPtrArray) swaps = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  swaps = barua_record_list_swaps (self->record);
  if (make_folders (self->record, error) && write_files (self, swaps, error))
    {
      barua_roll_forward (self->record);
      return TRUE;
    }
  /* What cannot be taken back now is left to who comes next. */
  if (barua_roll_back (self->record) && !barua_record_has_more (self->record))
    barua_record_discard (self->record->folder);
  return FALSE;
}

void
barua_transaction_abort (BaruaTransaction *self)
{
  g_return_if_fail (self != NULL);

  barua_record_discard (self->record->folder);
  transaction_free (self);
}

void
barua_transaction_leave (BaruaTransaction *self)
{
  g_return_if_fail (self != NULL);

  transaction_free (self);
}
