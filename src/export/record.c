#include "config.h"

#include "export/record.h"

#include "base/file.h"
#include "export/error.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define COPY_PREFIX "copy-"
#define PRIVATE 0600

static void
file_free (gpointer data)
{
  BaruaRecordFile *file = data;

  g_free (file->target);
  g_free (file->before);
  g_free (file->after);
  g_free (file);
}

void
barua_receipt_free (BaruaReceipt *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->client);
  g_free (self->address);
  g_ptr_array_unref (self->changes);
  g_free (self);
}

BaruaRecord *
barua_record_new (const char *folder, const char *client, const char *address)
{
  BaruaRecord *self = g_new0 (BaruaRecord, 1);
  BaruaReceipt *receipt = g_new0 (BaruaReceipt, 1);

  self->receipt = receipt;
  self->folder = g_strdup (folder);
  self->order = g_get_real_time ();
  self->files = g_ptr_array_new_with_free_func (file_free);
  self->made = g_ptr_array_new_with_free_func (g_free);
  receipt->id = g_path_get_basename (folder);
  receipt->client = g_strdup (client);
  receipt->address = g_strdup (address);
  receipt->when = self->order / G_USEC_PER_SEC;
  receipt->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) barua_change_free);
  barua_record_renew_token (self);
  return self;
}

void
barua_record_free (BaruaRecord *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->receipt, barua_receipt_free);
  g_free (self->folder);
  g_free (self->token);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->made);
  g_free (self);
}

static GVariant *
ref_variant (GVariant *value)
{
  return value != NULL ? g_variant_ref (value) : NULL;
}

BaruaChange *
barua_record_add (BaruaRecord *self, const BaruaChange *change)
{
  BaruaChange *copy = g_new0 (BaruaChange, 1);

  copy->kind = change->kind;
  copy->summary = g_strdup (change->summary);
  copy->path = g_strdup (change->path);
  copy->mode = change->mode;
  copy->sealed = change->sealed;
  copy->schema = g_strdup (change->schema);
  copy->label = g_strdup (change->label);
  copy->attributes = ref_variant (change->attributes);
  copy->key = g_strdup (change->key);
  copy->value = ref_variant (change->value);
  copy->former = g_strdup (change->former);
  copy->value_before = ref_variant (change->value_before);
  g_ptr_array_add (self->receipt->changes, copy);
  return copy;
}

BaruaRecordFile *
barua_record_add_file (BaruaRecord *self, BaruaChange *change)
{
  BaruaRecordFile *file = g_new0 (BaruaRecordFile, 1);

  file->change = change;
  g_ptr_array_add (self->files, file);
  return file;
}

void
barua_record_renew_token (BaruaRecord *self)
{
  g_free (self->token);
  self->token = g_strdup_printf ("%08x", g_random_int ());
}

char *
barua_record_dup_copy_path (const BaruaRecord *self, guint index)
{
  return g_strdup_printf ("%s/" COPY_PREFIX "%u", self->folder, index);
}

GPtrArray *
barua_record_list_swaps (const BaruaRecord *self)
{
  GPtrArray *swaps = g_ptr_array_new_with_free_func ((GDestroyNotify) barua_swap_free);

  for (guint i = 0; i < self->files->len; i++)
    {
      const BaruaRecordFile *file = self->files->pdata[i];
      const char *from = self->undoing ? file->after : file->before;
      const char *to = self->undoing ? file->before : file->after;

      g_ptr_array_add (swaps, barua_swap_new (file->target, self->token, i, from, to));
    }
  return swaps;
}

gboolean
barua_record_publish (const BaruaRecord *self, GError **error)
{
  g_autofree char *next = g_build_filename (self->folder, BARUA_RECORD_NEXT, NULL);
  g_autofree char *receipt = g_build_filename (self->folder, BARUA_RECORD_RECEIPT, NULL);

  if (rename (next, receipt) == 0)
    {
      /* It is done now, whatever becomes of the disk. */
      (void) barua_file_sync_folder (receipt);
      return TRUE;
    }
  /* Translators: the name of a file, and the system's own words. */
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
               _ ("“%s” cannot be written: %s"), receipt, g_strerror (errno));
  return FALSE;
}

static void
take_away (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  (void) unlink (path);
}

gboolean
barua_record_has_more (const BaruaRecord *self)
{
  for (guint i = 0; i < self->receipt->changes->len; i++)
    {
      const BaruaChange *change = self->receipt->changes->pdata[i];

      if (change->kind == BARUA_CHANGE_KEYRING || change->kind == BARUA_CHANGE_SETTING)
        return TRUE;
    }
  return FALSE;
}

void
barua_record_owe_rest (const char *folder)
{
  g_autofree char *work = g_build_filename (folder, BARUA_RECORD_WORK, NULL);
  g_autofree char *rest = g_build_filename (folder, BARUA_RECORD_REST, NULL);

  take_away (folder, BARUA_RECORD_NEXT);
  /* Where it fails the work stays, and the next run comes here again. */
  (void) rename (work, rest);
  (void) barua_file_sync_folder (rest);
}

void
barua_record_forget_rest (const char *folder)
{
  g_autofree char *rest = g_build_filename (folder, BARUA_RECORD_REST, NULL);

  (void) unlink (rest);
  (void) barua_file_sync_folder (rest);
}

void
barua_record_forget_work (const char *folder)
{
  g_autofree char *work = g_build_filename (folder, BARUA_RECORD_WORK, NULL);

  take_away (folder, BARUA_RECORD_NEXT);
  (void) unlink (work);
  (void) barua_file_sync_folder (work);
}

void
barua_record_forget_copies (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, COPY_PREFIX))
      take_away (folder, name);
}

void
barua_record_discard (const char *folder)
{
  take_away (folder, BARUA_RECORD_RECEIPT);
  take_away (folder, BARUA_RECORD_REST);
  barua_record_forget_work (folder);
  barua_record_forget_copies (folder);
  (void) rmdir (folder);
}
