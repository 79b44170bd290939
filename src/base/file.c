#include "config.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_MODE 0700
#define LOCK_STEP_MS 10

typedef enum
{
  READING,
  WRITING,
  MAKING,
} Work;

static void
set_error (GError **error, Work work, const char *path, int code)
{
  g_autofree char *name = g_filename_display_name (path);
  const char *why = g_strerror (code);
  GFileError kind = g_file_error_from_errno (code);

  switch (work)
    {
    case READING:
      /* Translators: the name of a file, and the system's own words. */
      g_set_error (error, G_FILE_ERROR, kind, _ ("“%s” cannot be read: %s"), name, why);
      break;
    case WRITING:
      /* Translators: the name of a file, and the system's own words. */
      g_set_error (error, G_FILE_ERROR, kind, _ ("“%s” cannot be written: %s"), name,
                   why);
      break;
    case MAKING:
    default:
      /* Translators: the name of a folder, and the system's own words. */
      g_set_error (error, G_FILE_ERROR, kind, _ ("“%s” cannot be made: %s"), name, why);
      break;
    }
}

/* Takes up to @length bytes; fewer only at the end of the file. -1 with errno. */
static gssize
read_all (int fd, char *bytes, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = read (fd, bytes + done, length - done);

      if (n == 0)
        break;
      if (n < 0 && errno != EINTR)
        return -1;
      done += n > 0 ? (gsize) n : 0;
    }
  return (gssize) done;
}

static gboolean
write_all (int fd, const char *bytes, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = write (fd, bytes + done, length - done);

      if (n < 0 && errno != EINTR)
        return FALSE;
      done += n > 0 ? (gsize) n : 0;
    }
  return TRUE;
}

/* Takes all there is, or one byte more than @limit; @size is what it is said to be, and
 * may have changed. -1 with errno. */
static gssize
read_whole (int fd, gsize size, gsize limit, char **bytes)
{
  gsize room = MIN (size, limit) + 1;
  gsize done = 0;

  for (;;)
    {
      gssize n = 0;

      *bytes = g_realloc (*bytes, room + 1);
      n = read_all (fd, *bytes + done, room - done);
      if (n < 0)
        return -1;
      done += (gsize) n;
      if (done < room || room > limit)
        return (gssize) done;
      room = MIN (2 * room, limit + 1);
    }
}

char *
barua_file_read (const char *path, gsize limit, gsize *length, GError **error)
{
  g_autofree char *bytes = NULL;
  struct stat facts;
  gssize n = -1;
  /* Not to wait for the other end of a pipe that stands in the file's place. */
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  int code = errno;

  if (fd >= 0 && fstat (fd, &facts) == 0)
    {
      code = EINVAL;
      if (S_ISREG (facts.st_mode) && facts.st_size >= 0 && (gsize) facts.st_size <= limit)
        {
          n = read_whole (fd, (gsize) facts.st_size, limit, &bytes);
          code = n < 0 ? errno : EINVAL;
        }
    }
  if (fd >= 0)
    (void) close (fd);
  if (n < 0 || (gsize) n > limit)
    {
      set_error (error, READING, path, code);
      return NULL;
    }
  bytes[n] = '\0';
  if (length != NULL)
    *length = (gsize) n;
  return g_steal_pointer (&bytes);
}

/* The file that a name really stands for; NULL with errno for what is left alone. */
static char *
resolve (const char *path)
{
  struct stat facts;
  char *real = NULL;

  if (lstat (path, &facts) != 0)
    return errno == ENOENT ? g_strdup (path) : NULL;
  if (S_ISLNK (facts.st_mode))
    {
      real = realpath (path, NULL);
      if (real == NULL || stat (real, &facts) != 0)
        {
          free (real);
          errno = EPERM;
          return NULL;
        }
    }
  if (!S_ISREG (facts.st_mode) || facts.st_uid != geteuid ())
    {
      free (real);
      errno = EPERM;
      return NULL;
    }
  return real != NULL ? real : g_strdup (path);
}

gboolean
barua_file_sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  /* Some file systems have no such thing for folders. */
  gboolean synced = fd >= 0 && (fsync (fd) == 0 || errno == EINVAL || errno == EROFS);

  if (fd >= 0)
    (void) close (fd);
  return synced;
}

/* errno is set where FALSE is returned. */
static gboolean
create (const char *path, GBytes *content, int mode)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (content, &length);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  gboolean written = FALSE;
  int code = errno;

  if (fd < 0)
    return FALSE;
  written =
    write_all (fd, bytes, length) && fchmod (fd, (mode_t) mode) == 0 && fsync (fd) == 0;
  code = errno;
  if (close (fd) != 0 && written)
    {
      written = FALSE;
      code = errno;
    }
  if (written)
    return TRUE;
  (void) unlink (path);
  errno = code;
  return FALSE;
}

gboolean
barua_file_create (const char *path, GBytes *content, int mode, GError **error)
{
  if (create (path, content, mode))
    return TRUE;
  set_error (error, WRITING, path, errno);
  return FALSE;
}

char *
barua_file_resolve (const char *path, GError **error)
{
  char *target = resolve (path);

  if (target == NULL)
    set_error (error, WRITING, path, errno);
  return target;
}

static gboolean
write_beside (const char *path, const char *beside, GBytes *content, int mode)
{
  int code = 0;

  if (!create (beside, content, mode))
    return FALSE;
  if (rename (beside, path) == 0)
    return barua_file_sync_folder (path);
  code = errno;
  (void) unlink (beside);
  errno = code;
  return FALSE;
}

gboolean
barua_file_write (
  const char *path, const char *bytes, gsize length, int mode, GError **error)
{
  g_autofree char *target = resolve (path);
  g_autofree char *beside = NULL;
  g_autoptr (GBytes) content = NULL;

  if (target != NULL)
    {
      beside = g_strdup_printf ("%s.%08x", target, g_random_int ());
      content = g_bytes_new_static (bytes, length);
    }
  if (target != NULL && write_beside (target, beside, content, mode))
    return TRUE;
  set_error (error, WRITING, path, errno);
  return FALSE;
}

gboolean
barua_file_make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, FOLDER_MODE) == 0)
    return TRUE;
  set_error (error, MAKING, path, errno);
  return FALSE;
}

int
barua_file_lock (const char *folder, guint wait_ms, GError **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  guint waited = 0;

  if (fd < 0)
    {
      set_error (error, WRITING, folder, errno);
      return -1;
    }
  while (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if ((errno != EWOULDBLOCK && errno != EINTR) || waited >= wait_ms)
        {
          set_error (error, WRITING, folder, errno);
          (void) close (fd);
          return -1;
        }
      g_usleep (LOCK_STEP_MS * G_TIME_SPAN_MILLISECOND);
      waited += LOCK_STEP_MS;
    }
  return fd;
}
