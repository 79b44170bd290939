#include "config.h"

#include "export/swap.h"

#include "base/file.h"
#include "export/error.h"
#include "export/plan.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

BaruaSwap *
barua_swap_new (const char *target,
                const char *token,
                guint index,
                const char *before,
                const char *after)
{
  BaruaSwap *self = g_new0 (BaruaSwap, 1);
  g_autofree char *folder = NULL;

  g_return_val_if_fail (target != NULL && token != NULL, NULL);

  /* Hidden, and short: some programs read all files of a folder. */
  folder = g_path_get_dirname (target);
  self->target = g_strdup (target);
  self->fresh = g_strdup_printf ("%s/.barua-%s-%u-new", folder, token, index);
  self->former = g_strdup_printf ("%s/.barua-%s-%u-old", folder, token, index);
  self->before = g_strdup (before);
  self->after = g_strdup (after);
  return self;
}

void
barua_swap_free (BaruaSwap *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->target);
  g_free (self->fresh);
  g_free (self->former);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

gboolean
barua_swap_digest (const char *path, char **digest, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gsize length = 0;
  g_autofree char *bytes =
    barua_file_read (path, BARUA_EXPORT_FILE_MAX, &length, &local_error);

  if (bytes != NULL)
    *digest =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
  else if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
           g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
    *digest = NULL;
  else
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

gboolean
barua_swap_check (const BaruaSwap *self, const char *shown, GError **error)
{
  g_autofree char *digest = NULL;

  if (!barua_swap_digest (self->target, &digest, error))
    return FALSE;
  if (g_strcmp0 (digest, self->before) == 0)
    return TRUE;
  g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_CHANGED,
               _ ("“%s” was changed by somebody else in the meantime, so nothing was "
                  "done. Try again."),
               shown);
  return FALSE;
}

gboolean
barua_swap_prepare (const BaruaSwap *self, GBytes *content, int mode, GError **error)
{
  g_return_val_if_fail (self != NULL && content != NULL, FALSE);

  return barua_file_create (self->fresh, content, mode, error);
}

/* A file system that has no second names for a file gets on without the file for a
 * moment. */
static gboolean
keep_former (const BaruaSwap *self)
{
  return link (self->target, self->former) == 0 ||
         (errno != ENOENT && errno != EEXIST && rename (self->target, self->former) == 0);
}

static gboolean
change_names (const BaruaSwap *self)
{
  if (self->before != NULL && !keep_former (self))
    return FALSE;
  if (self->after != NULL)
    return rename (self->fresh, self->target) == 0;
  return unlink (self->target) == 0 || errno == ENOENT;
}

gboolean
barua_swap_make (const BaruaSwap *self, const char *shown, GError **error)
{
  int code = 0;

  if (!barua_swap_check (self, shown, error))
    return FALSE;
  if (self->before == NULL && self->after == NULL)
    return TRUE;
  if (change_names (self) && barua_file_sync_folder (self->target))
    return TRUE;
  code = errno;
  /* Translators: the name of a file, and the system's own words. */
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _ ("“%s” cannot be written: %s"), shown, g_strerror (code));
  return FALSE;
}

static gboolean
is_there (const char *path)
{
  struct stat facts;

  return lstat (path, &facts) == 0;
}

static gboolean
take_away (const char *path)
{
  return unlink (path) == 0 || errno == ENOENT || errno == ENOTDIR;
}

static gboolean
put_back (const BaruaSwap *self, const char *digest)
{
  gboolean ours = digest == NULL || g_strcmp0 (digest, self->before) == 0 ||
                  g_strcmp0 (digest, self->after) == 0;

  if (ours && rename (self->former, self->target) != 0)
    return FALSE;
  /* Two names of one file are not made one by renaming. */
  return take_away (self->former);
}

gboolean
barua_swap_take_back (const BaruaSwap *self)
{
  g_autofree char *digest = NULL;
  gboolean back = TRUE;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!barua_swap_digest (self->target, &digest, NULL))
    return FALSE;
  if (is_there (self->former))
    back = put_back (self, digest);
  else if (self->before == NULL && !is_there (self->fresh) && digest != NULL &&
           g_strcmp0 (digest, self->after) == 0)
    back = take_away (self->target);
  if (!back || !take_away (self->fresh))
    return FALSE;
  return barua_file_sync_folder (self->target) || errno == ENOENT || errno == ENOTDIR;
}

gboolean
barua_swap_sweep (const BaruaSwap *self)
{
  gboolean swept = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  swept = take_away (self->fresh);
  return take_away (self->former) && swept;
}
