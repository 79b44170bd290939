#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_file_read:
 * @path: a file; symbolic links are followed
 * @limit: the most bytes to take
 * @length: (out) (optional): how many bytes were read
 * @error: %G_FILE_ERROR; its message is a translated sentence. %G_FILE_ERROR_NOENT if
 *   there is none, %G_FILE_ERROR_INVAL for what is no regular file or longer than @limit
 *
 * Reads a whole file.
 *
 * Returns: (transfer full) (nullable): what it holds, with a NUL behind; %NULL with
 *   @error set
 */
char *barua_file_read (const char *path, gsize limit, gsize *length, GError **error);

/**
 * barua_file_write:
 * @path: a file, there or not; its folder must be there
 * @bytes: (array length=length): what it will hold
 * @length: how many bytes
 * @mode: its permissions, whatever the umask says
 * @error: %G_FILE_ERROR; its message is a translated sentence. %G_FILE_ERROR_PERM for
 *   what is left alone: a file of another person, no regular file, a link to nothing
 *
 * Puts a file in place of another in one move: at any moment there is the old one or the
 * new one, whole, even if the machine stops (written beside it, fsync, rename, fsync of
 * the folder). A symbolic link stays, and what it leads to is replaced.
 *
 * Returns: whether the file is there now; if not, the old one is untouched and nothing is
 *   left beside it
 */
gboolean barua_file_write (
  const char *path, const char *bytes, gsize length, int mode, GError **error);

/**
 * barua_file_create:
 * @path: a file that is not there; its folder must be
 * @content: what it will hold
 * @mode: its permissions, whatever the umask says
 * @error: %G_FILE_ERROR; its message is a translated sentence. %G_FILE_ERROR_EXIST if
 *   there is something of that name
 *
 * Makes a new file, and waits until it is on the disk.
 *
 * Returns: whether it is there, whole; if not, nothing is left of it
 */
gboolean barua_file_create (const char *path, GBytes *content, int mode, GError **error);

/**
 * barua_file_resolve:
 * @path: a file, there or not
 * @error: %G_FILE_ERROR; its message is a translated sentence. %G_FILE_ERROR_PERM as
 *   barua_file_write() says
 *
 * Returns: (transfer full) (nullable): the file that is written when @path is: where the
 *   symbolic links lead; %NULL for what is left alone
 */
char *barua_file_resolve (const char *path, GError **error);

/**
 * barua_file_sync_folder:
 * @path: a file
 *
 * Waits until the folder it lies in, with the names of its files, is on the disk.
 *
 * Returns: whether it is; errno says why not
 */
gboolean barua_file_sync_folder (const char *path);

/**
 * barua_file_make_folder:
 * @path: a folder
 * @error: %G_FILE_ERROR; its message is a translated sentence
 *
 * Makes a folder, and those it lies in, for the person alone (0700). What is there stays
 * as it is.
 *
 * Returns: whether it is there now
 */
gboolean barua_file_make_folder (const char *path, GError **error);

/**
 * barua_file_lock:
 * @folder: a folder
 * @wait_ms: how long to wait for another process that holds it
 * @error: %G_FILE_ERROR; %G_FILE_ERROR_AGAIN if it was held all the time
 *
 * Keeps other processes of this program, and other threads of this one, from changing
 * what is in a folder, until the descriptor is closed or the process ends. Nothing is
 * left in the folder for it.
 *
 * Returns: a descriptor to close(); -1 with @error set
 */
int barua_file_lock (const char *folder, guint wait_ms, GError **error);

G_END_DECLS
