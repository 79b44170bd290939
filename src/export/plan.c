#include "config.h"

#include "export/plan.h"

#include "base/file.h"
#include "base/text.h"
#include "export/conceal.h"
#include "export/diff.h"
#include "export/error.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>

#define MODE_PRIVATE 0600
#define MODE_ORDINARY 0644
#define MODE_OTHERS 0077
#define MODE_READING 0444
#define DIFF_CONTEXT 3
#define NAME_MAX_CHARACTERS 400

void
barua_change_free (BaruaChange *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->summary);
  g_free (self->path);
  g_clear_pointer (&self->before, g_bytes_unref);
  g_clear_pointer (&self->after, g_bytes_unref);
  g_free (self->schema);
  g_free (self->label);
  g_clear_pointer (&self->attributes, g_variant_unref);
  g_free (self->key);
  g_clear_pointer (&self->value, g_variant_unref);
  g_free (self->command);
  g_free (self->former);
  g_clear_pointer (&self->value_before, g_variant_unref);
  g_free (self);
}

BaruaPlan *
barua_plan_new (const char *client)
{
  BaruaPlan *self = g_new0 (BaruaPlan, 1);

  self->client = client;
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) barua_change_free);
  self->questions = g_ptr_array_new_with_free_func (g_free);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
barua_plan_free (BaruaPlan *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->changes);
  g_ptr_array_unref (self->questions);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

static BaruaChange *
add_change (BaruaPlan *self, BaruaChangeKind kind, const char *summary)
{
  BaruaChange *change = g_new0 (BaruaChange, 1);

  change->kind = kind;
  change->summary = g_strdup (summary);
  g_ptr_array_add (self->changes, change);
  return change;
}

static BaruaChange *
find_change (BaruaPlan *self, BaruaChangeKind kind, const char *path)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      BaruaChange *change = self->changes->pdata[i];

      if (change->kind == kind && g_strcmp0 (change->path, path) == 0)
        return change;
    }
  return NULL;
}

static gboolean
read_there (const char *path, char **text, gsize *length, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *read =
    barua_file_read (path, BARUA_EXPORT_FILE_MAX, length, &local_error);

  if (read == NULL && !g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT) &&
      !g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  *text = g_steal_pointer (&read);
  return TRUE;
}

static gboolean
read_text (const char *path, char **text, gsize *length, GError **error)
{
  g_autofree char *read = NULL;
  gsize size = 0;

  if (!read_there (path, &read, &size, error))
    return FALSE;
  if (read != NULL && memchr (read, '\0', size) != NULL)
    {
      g_autofree char *name = barua_text_one_line (path, -1, NAME_MAX_CHARACTERS);

      g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNREADABLE,
                   _ ("“%s” is no text file and is left alone. Look at it, and move it "
                      "aside if it is damaged."),
                   name);
      return FALSE;
    }
  *text = g_steal_pointer (&read);
  *length = size;
  return TRUE;
}

gboolean
barua_plan_read (
  BaruaPlan *self, const char *path, char **text, gsize *length, GError **error)
{
  const BaruaChange *planned = NULL;
  gsize size = 0;

  g_return_val_if_fail (self != NULL && path != NULL && text != NULL, FALSE);

  planned = find_change (self, BARUA_CHANGE_FILE, path);
  if (planned != NULL && planned->after != NULL)
    {
      const char *bytes = g_bytes_get_data (planned->after, &size);

      *text = g_strndup (bytes != NULL ? bytes : "", size);
    }
  else if (!read_text (path, text, &size, error))
    return FALSE;
  if (length != NULL)
    *length = *text != NULL ? size : 0;
  return TRUE;
}

static int
wanted_mode (const char *path, gboolean there, gboolean private)
{
  struct stat facts = { 0 };
  int mode = MODE_ORDINARY;

  if (there && stat (path, &facts) == 0)
    mode = (int) (facts.st_mode & 07777);
  else if (private)
    return MODE_PRIVATE;
  return private ? mode & ~MODE_OTHERS : mode;
}

static gboolean
mode_differs (const BaruaChange *change)
{
  struct stat facts = { 0 };

  return stat (change->path, &facts) == 0 &&
         (int) (facts.st_mode & 07777) != change->mode;
}

static void
plan_parents (BaruaPlan *self, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  /* Not a change worth a sentence of its own: it goes with the file. */
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR) &&
      find_change (self, BARUA_CHANGE_FOLDER, folder) == NULL)
    add_change (self, BARUA_CHANGE_FOLDER, NULL)->path = g_steal_pointer (&folder);
}

static BaruaChange *
plan_file (BaruaPlan *self, const char *path, gboolean private, const char *summary)
{
  BaruaChange *change = find_change (self, BARUA_CHANGE_FILE, path);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (change != NULL)
    {
      if (private)
        change->mode &= ~MODE_OTHERS;
      return change;
    }
  plan_parents (self, path);
  change = add_change (self, BARUA_CHANGE_FILE, summary);
  change->path = g_strdup (path);
  if (read_there (path, &text, &length, NULL) && text != NULL)
    change->before = g_bytes_new_take (g_steal_pointer (&text), length);
  change->mode = wanted_mode (path, change->before != NULL, private);
  return change;
}

void
barua_plan_write (BaruaPlan *self,
                  const char *path,
                  const char *text,
                  gssize length,
                  BaruaFilePrivacy privacy,
                  const char *summary)
{
  BaruaChange *change = NULL;

  g_return_if_fail (self != NULL && path != NULL && text != NULL && summary != NULL);

  change = plan_file (self, path, privacy == BARUA_FILE_PRIVATE, summary);
  if (privacy == BARUA_FILE_PROGRAM)
    change->mode |= (change->mode & MODE_READING) >> 2;
  g_clear_pointer (&change->after, g_bytes_unref);
  change->after = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  if (change->before != NULL && g_bytes_equal (change->before, change->after) &&
      !mode_differs (change))
    g_ptr_array_remove (self->changes, change);
}

void
barua_plan_seal (BaruaPlan *self, const char *path, const char *summary)
{
  g_return_if_fail (self != NULL && path != NULL && summary != NULL);

  plan_file (self, path, TRUE, summary)->sealed = TRUE;
}

void
barua_plan_fill (BaruaPlan *self, const char *path, GBytes *bytes)
{
  BaruaChange *change = NULL;

  g_return_if_fail (self != NULL && path != NULL && bytes != NULL);

  change = find_change (self, BARUA_CHANGE_FILE, path);
  g_return_if_fail (change != NULL && change->sealed);
  g_clear_pointer (&change->after, g_bytes_unref);
  change->after = g_bytes_ref (bytes);
}

void
barua_plan_make_folder (BaruaPlan *self, const char *path, const char *summary)
{
  BaruaChange *change = NULL;

  g_return_if_fail (self != NULL && path != NULL);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return;
  change = find_change (self, BARUA_CHANGE_FOLDER, path);
  if (change == NULL)
    {
      change = add_change (self, BARUA_CHANGE_FOLDER, summary);
      change->path = g_strdup (path);
    }
  else if (change->summary == NULL)
    change->summary = g_strdup (summary);
}

void
barua_plan_keep (BaruaPlan *self, const BaruaKeyringItem *item, const char *summary)
{
  BaruaChange *change = NULL;

  g_return_if_fail (self != NULL && item != NULL && summary != NULL);
  g_return_if_fail (item->schema != NULL && item->label != NULL);
  g_return_if_fail (g_variant_is_of_type (item->attributes, G_VARIANT_TYPE ("a{ss}")));

  change = add_change (self, BARUA_CHANGE_KEYRING, summary);
  change->schema = g_strdup (item->schema);
  change->label = g_strdup (item->label);
  change->attributes = g_variant_ref_sink (item->attributes);
  change->wrap = item->wrap;
}

void
barua_plan_set (BaruaPlan *self,
                const char *schema,
                const char *key,
                GVariant *value,
                const char *summary)
{
  BaruaChange *change = NULL;

  g_return_if_fail (self != NULL && schema != NULL && key != NULL && value != NULL);

  change = add_change (self, BARUA_CHANGE_SETTING, summary);
  change->schema = g_strdup (schema);
  change->key = g_strdup (key);
  change->value = g_variant_ref_sink (value);
}

void
barua_plan_tell_command (BaruaPlan *self,
                         const char *command,
                         gboolean as_root,
                         const char *summary)
{
  BaruaChange *change = NULL;

  g_return_if_fail (self != NULL && command != NULL && summary != NULL);

  change = add_change (self, BARUA_CHANGE_COMMAND, summary);
  change->command = g_strdup (command);
  change->as_root = as_root;
}

static void
add_once (GPtrArray *sentences, const char *sentence)
{
  g_return_if_fail (sentence != NULL);

  if (!g_ptr_array_find_with_equal_func (sentences, sentence, g_str_equal, NULL))
    g_ptr_array_add (sentences, g_strdup (sentence));
}

void
barua_plan_add_question (BaruaPlan *self, const char *question)
{
  add_once (self->questions, question);
}

void
barua_plan_add_note (BaruaPlan *self, const char *note)
{
  add_once (self->notes, note);
}

gboolean
barua_plan_is_empty (const BaruaPlan *self)
{
  for (guint i = 0; i < self->changes->len; i++)
    {
      const BaruaChange *change = self->changes->pdata[i];

      if (change->kind != BARUA_CHANGE_COMMAND)
        return FALSE;
    }
  return TRUE;
}

/* Text files never hold NUL. */
static gboolean
is_picture (GBytes *bytes)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);

  return text != NULL && memchr (text, '\0', length) != NULL;
}

const char *
barua_plan_describe_nothing (const BaruaPlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->by_hand)
    return _ ("Nothing is written for this program: what stands below has to be typed.");
  return _ ("Everything is there already: nothing is to be done.");
}

char *
barua_change_dup_diff (const BaruaChange *self, const BaruaHome *home)
{
  g_autofree char *name = NULL;
  g_autofree char *diff = NULL;

  g_return_val_if_fail (self != NULL && home != NULL, NULL);

  if (self->kind != BARUA_CHANGE_FILE || self->sealed || self->after == NULL ||
      is_picture (self->after))
    return NULL;
  name = barua_home_dup_shown (home, self->path);
  diff = barua_diff_new (name, self->before, self->after, DIFF_CONTEXT);
  return barua_conceal_passwords (diff);
}
