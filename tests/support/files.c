#include "config.h"

#include "support/files.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_names (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

void
test_files_remove (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) &&
      g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GPtrArray) names = list_names (path);

      for (guint i = 0; i < names->len; i++)
        {
          g_autofree char *inner = g_build_filename (path, names->pdata[i], NULL);

          test_files_remove (inner);
        }
    }
  (void) g_remove (path);
}

char *
test_files_make (void)
{
  gboolean shared = access ("/dev/shm", W_OK | X_OK) == 0;
  g_autofree char *folder =
    g_build_filename (shared ? "/dev/shm" : g_get_tmp_dir (), "barua-test-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (folder));
  return g_steal_pointer (&folder);
}

void
test_files_put (const char *folder, const char *name, const char *text, int mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *place = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (place, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static void
describe (GString *out, const char *path, const char *shown)
{
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) names = NULL;
  struct stat facts;
  gsize length = 0;

  g_assert_cmpint (lstat (path, &facts), ==, 0);
  g_string_append_printf (out, "%s %06o", shown, (unsigned int) facts.st_mode);
  if (S_ISLNK (facts.st_mode))
    text = g_file_read_link (path, NULL);
  else if (S_ISREG (facts.st_mode) && g_file_get_contents (path, &text, &length, NULL))
    {
      g_autofree char *whole = g_steal_pointer (&text);

      text = g_uri_escape_bytes ((const guint8 *) whole, length, NULL);
    }
  g_string_append_printf (out, " %s\n", text != NULL ? text : "");
  if (!S_ISDIR (facts.st_mode))
    return;
  names = list_names (path);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *inner = g_build_filename (path, names->pdata[i], NULL);
      g_autofree char *name = g_build_filename (shown, names->pdata[i], NULL);

      describe (out, inner, name);
    }
}

char *
test_files_describe (const char *folder)
{
  GString *out = g_string_new (NULL);

  describe (out, folder, ".");
  return g_string_free (out, FALSE);
}
