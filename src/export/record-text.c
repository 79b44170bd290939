#include "config.h"

#include "export/record.h"

#include "base/file.h"
#include "export/error.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define RECORD_MAX (1024 * 1024)
#define CHANGES_MAX 1000
#define HEAD "Receipt"
#define FORMAT 1
#define PRIVATE 0600

static const char *const KINDS[] = {
  [BARUA_CHANGE_FILE] = "file",
  [BARUA_CHANGE_FOLDER] = "folder",
  [BARUA_CHANGE_KEYRING] = "keyring",
  [BARUA_CHANGE_SETTING] = "setting",
};

static void
put (GKeyFile *text, const char *group, const char *key, const char *value)
{
  if (value != NULL)
    g_key_file_set_string (text, group, key, value);
}

/* Names of files are any bytes, and a key file is UTF-8. */
static void
put_path (GKeyFile *text, const char *group, const char *key, const char *path)
{
  g_autofree char *escaped = path != NULL ? g_uri_escape_string (path, "/ ", TRUE) : NULL;

  put (text, group, key, escaped);
}

static void
put_variant (GKeyFile *text, const char *group, const char *key, GVariant *value)
{
  g_autofree char *printed = value != NULL ? g_variant_print (value, TRUE) : NULL;

  put (text, group, key, printed);
}

static void
put_mode (GKeyFile *text, const char *group, const char *key, int mode)
{
  g_autofree char *octal = g_strdup_printf ("%04o", (unsigned int) mode);

  put (text, group, key, octal);
}

static const BaruaRecordFile *
find_file (const BaruaRecord *self, const BaruaChange *change)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const BaruaRecordFile *file = self->files->pdata[i];

      if (file->change == change)
        return file;
    }
  return NULL;
}

static void
put_change (const BaruaRecord *self, const BaruaChange *change, GKeyFile *text, guint i)
{
  g_autofree char *group = g_strdup_printf ("Change %u", i);
  const BaruaRecordFile *file = find_file (self, change);

  put (text, group, "Kind", KINDS[change->kind]);
  put (text, group, "Summary", change->summary);
  put_path (text, group, "Path", change->path);
  put (text, group, "Schema", change->schema);
  put (text, group, "Label", change->label);
  put_variant (text, group, "Attributes", change->attributes);
  put (text, group, "Key", change->key);
  put_variant (text, group, "Value", change->value);
  put (text, group, "Former", change->former);
  put_variant (text, group, "ValueBefore", change->value_before);
  if (file == NULL)
    return;
  put_mode (text, group, "Mode", change->mode);
  g_key_file_set_boolean (text, group, "Sealed", change->sealed);
  put_path (text, group, "Target", file->target);
  put (text, group, "Before", file->before);
  put (text, group, "After", file->after);
  if (file->before != NULL)
    put_mode (text, group, "ModeBefore", file->mode_before);
}

static char *
write_text (const BaruaRecord *self, gsize *length)
{
  g_autoptr (GKeyFile) text = g_key_file_new ();
  const BaruaReceipt *receipt = self->receipt;

  g_key_file_set_integer (text, HEAD, "Format", FORMAT);
  put (text, HEAD, "Client", receipt->client);
  put (text, HEAD, "Address", receipt->address);
  g_key_file_set_int64 (text, HEAD, "When", receipt->when);
  g_key_file_set_int64 (text, HEAD, "Order", self->order);
  g_key_file_set_boolean (text, HEAD, "Undone", receipt->undone);
  g_key_file_set_boolean (text, HEAD, "Undoing", self->undoing);
  put (text, HEAD, "Token", self->token);
  g_key_file_set_uint64 (text, HEAD, "Changes", receipt->changes->len);
  g_key_file_set_uint64 (text, HEAD, "Made", self->made->len);
  for (guint i = 0; i < self->made->len; i++)
    {
      g_autofree char *group = g_strdup_printf ("Made %u", i);

      put_path (text, group, "Path", self->made->pdata[i]);
    }
  for (guint i = 0; i < receipt->changes->len; i++)
    put_change (self, receipt->changes->pdata[i], text, i);
  return g_key_file_to_data (text, length, NULL);
}

gboolean
barua_record_save (const BaruaRecord *self, const char *name, GError **error)
{
  gsize length = 0;
  char *text = write_text (self, &length);
  g_autoptr (GBytes) content = g_bytes_new_take (text, length);
  g_autofree char *next = g_build_filename (self->folder, BARUA_RECORD_NEXT, NULL);
  g_autofree char *path = NULL;

  /* A process that is no more may have left one. */
  (void) unlink (next);
  if (!barua_file_create (next, content, PRIVATE, error))
    return FALSE;
  if (name == NULL)
    return TRUE;
  path = g_build_filename (self->folder, name, NULL);
  if (rename (next, path) == 0 && barua_file_sync_folder (path))
    return TRUE;
  /* Translators: the name of a file, and the system's own words. */
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
               _ ("“%s” cannot be written: %s"), path, g_strerror (errno));
  (void) unlink (next);
  return FALSE;
}

static char *
take (GKeyFile *text, const char *group, const char *key)
{
  return g_key_file_get_string (text, group, key, NULL);
}

static char *
take_path (GKeyFile *text, const char *group, const char *key)
{
  g_autofree char *escaped = take (text, group, key);
  g_autofree char *path = escaped != NULL ? g_uri_unescape_string (escaped, NULL) : NULL;

  if (path == NULL || !g_path_is_absolute (path))
    return NULL;
  return g_steal_pointer (&path);
}

static GVariant *
take_variant (GKeyFile *text, const char *group, const char *key)
{
  g_autofree char *printed = take (text, group, key);

  if (printed == NULL)
    return NULL;
  return g_variant_parse (NULL, printed, NULL, NULL, NULL);
}

static int
take_mode (GKeyFile *text, const char *group, const char *key)
{
  g_autofree char *octal = take (text, group, key);

  return octal != NULL ? (int) (g_ascii_strtoull (octal, NULL, 8) & 07777) : PRIVATE;
}

static gboolean
take_kind (GKeyFile *text, const char *group, BaruaChangeKind *kind)
{
  g_autofree char *word = take (text, group, "Kind");

  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++)
    if (g_strcmp0 (word, KINDS[i]) == 0)
      {
        *kind = (BaruaChangeKind) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
take_file (BaruaRecord *self, GKeyFile *text, const char *group, BaruaChange *change)
{
  BaruaRecordFile *file = barua_record_add_file (self, change);

  change->mode = take_mode (text, group, "Mode");
  change->sealed = g_key_file_get_boolean (text, group, "Sealed", NULL);
  file->target = take_path (text, group, "Target");
  file->before = take (text, group, "Before");
  file->after = take (text, group, "After");
  file->mode_before = take_mode (text, group, "ModeBefore");
  return change->path != NULL && file->target != NULL;
}

static gboolean
is_whole (const BaruaChange *change)
{
  switch (change->kind)
    {
    case BARUA_CHANGE_FOLDER:
      return change->path != NULL;
    case BARUA_CHANGE_KEYRING:
      return change->schema != NULL && change->label != NULL &&
             change->attributes != NULL &&
             g_variant_is_of_type (change->attributes, G_VARIANT_TYPE ("a{ss}"));
    case BARUA_CHANGE_SETTING:
      return change->schema != NULL && change->key != NULL && change->value != NULL;
    case BARUA_CHANGE_FILE:
    case BARUA_CHANGE_COMMAND:
    default:
      return TRUE;
    }
}

static gboolean
take_change (BaruaRecord *self, GKeyFile *text, guint i)
{
  g_autofree char *group = g_strdup_printf ("Change %u", i);
  BaruaChange *change = g_new0 (BaruaChange, 1);

  g_ptr_array_add (self->receipt->changes, change);
  if (!take_kind (text, group, &change->kind))
    return FALSE;
  change->summary = take (text, group, "Summary");
  change->path = take_path (text, group, "Path");
  change->schema = take (text, group, "Schema");
  change->label = take (text, group, "Label");
  change->attributes = take_variant (text, group, "Attributes");
  change->key = take (text, group, "Key");
  change->value = take_variant (text, group, "Value");
  change->former = take (text, group, "Former");
  change->value_before = take_variant (text, group, "ValueBefore");
  if (change->kind == BARUA_CHANGE_FILE)
    return take_file (self, text, group, change);
  return is_whole (change);
}

static gboolean
is_token (const char *text)
{
  return text != NULL && strlen (text) == 8 &&
         strspn (text, "0123456789abcdef") == strlen (text);
}

static gboolean
take_head (BaruaRecord *self, GKeyFile *text)
{
  BaruaReceipt *receipt = self->receipt;

  g_free (self->token);
  receipt->client = take (text, HEAD, "Client");
  receipt->address = take (text, HEAD, "Address");
  receipt->when = g_key_file_get_int64 (text, HEAD, "When", NULL);
  receipt->undone = g_key_file_get_boolean (text, HEAD, "Undone", NULL);
  self->order = g_key_file_get_int64 (text, HEAD, "Order", NULL);
  self->undoing = g_key_file_get_boolean (text, HEAD, "Undoing", NULL);
  self->token = take (text, HEAD, "Token");
  return g_key_file_get_integer (text, HEAD, "Format", NULL) == FORMAT &&
         receipt->client != NULL && is_token (self->token);
}

static gboolean
take_all (BaruaRecord *self, GKeyFile *text)
{
  guint64 made = g_key_file_get_uint64 (text, HEAD, "Made", NULL);
  guint64 changes = g_key_file_get_uint64 (text, HEAD, "Changes", NULL);

  if (!take_head (self, text) || made > CHANGES_MAX || changes > CHANGES_MAX)
    return FALSE;
  for (guint i = 0; i < made; i++)
    {
      g_autofree char *group = g_strdup_printf ("Made %u", i);
      g_autofree char *path = take_path (text, group, "Path");

      if (path == NULL)
        return FALSE;
      g_ptr_array_add (self->made, g_steal_pointer (&path));
    }
  for (guint i = 0; i < changes; i++)
    if (!take_change (self, text, i))
      return FALSE;
  return TRUE;
}

BaruaRecord *
barua_record_load (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (BaruaRecord) self = NULL;
  g_autoptr (GKeyFile) text = g_key_file_new ();
  gsize length = 0;
  g_autofree char *bytes = barua_file_read (path, RECORD_MAX, &length, error);

  if (bytes == NULL)
    return NULL;
  self = barua_record_new (folder, NULL, NULL);
  if (length > 0 &&
      g_key_file_load_from_data (text, bytes, length, G_KEY_FILE_NONE, NULL) &&
      take_all (self, text))
    return g_steal_pointer (&self);
  g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_DAMAGED,
               /* Translators: the name of a file. */
               _ ("“%s”, which is needed to undo changes, is damaged, so nothing was "
                  "changed."),
               path);
  return NULL;
}
