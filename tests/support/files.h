#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * test_files_remove:
 * @path: a file or folder
 *
 * Takes it away with all that is in it. Symbolic links are not followed.
 */
void test_files_remove (const char *path);

/**
 * test_files_make:
 *
 * Makes a folder for files that are written many thousand times: in memory, where there
 * is such a place.
 *
 * Returns: (transfer full): its path
 */
char *test_files_make (void);

/**
 * test_files_put:
 * @folder: a folder
 * @name: a path below it; its folders are made
 * @text: what the file will hold
 * @mode: its permissions
 */
void test_files_put (const char *folder, const char *name, const char *text, int mode);

/**
 * test_files_describe:
 * @folder: a folder
 *
 * Returns: (transfer full): all that is in it, a line each, sorted: the path, the kind,
 * the mode, what a file holds or a link leads to; two folders that hold the same are
 *   described by the same text
 */
char *test_files_describe (const char *folder);

G_END_DECLS
