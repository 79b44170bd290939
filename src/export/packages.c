#include "config.h"

#include "export/packages.h"

#include "base/file.h"
#include "base/text.h"

#include <string.h>
#include <sys/stat.h>

/* 5 MB is usual; a machine with everything installed has ten times that. */
#define STATUS_MAX (128 * 1024 * 1024)
#define VERSION_MAX 80

/* What was read last, and what tells whether it still holds. */
typedef struct
{
  char *path;
  struct stat facts;
  GHashTable *versions;
} List;

static GMutex lock;
static List list;

static char *
take_field (const char *line, gsize length, const char *field)
{
  gsize name = strlen (field);
  char *value = NULL;

  if (length <= name || strncmp (line, field, name) != 0 || line[name] != ':')
    return NULL;
  value = g_strndup (line + name + 1, length - name - 1);
  return g_strstrip (value);
}

/* "1:2.26+dfsg-1" is 2.26: epoch, revision, and that it was packed anew go. */
static char *
dup_upstream (const char *version)
{
  const char *colon = strchr (version, ':');
  const char *begin = colon != NULL ? colon + 1 : version;
  const char *end = strrchr (begin, '-');
  g_autofree char *upstream =
    end != NULL ? g_strndup (begin, (gsize) (end - begin)) : g_strdup (begin);
  char *packed = strstr (upstream, "+dfsg");

  if (packed != NULL)
    *packed = '\0';
  return barua_text_one_line (upstream, -1, VERSION_MAX);
}

static void
replace (char **value, char *newer)
{
  if (newer == NULL)
    return;
  g_free (*value);
  *value = newer;
}

static GHashTable *
read_versions (const char *text, gsize length)
{
  GHashTable *versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *package = NULL;
  g_autofree char *status = NULL;
  g_autofree char *version = NULL;
  const char *end = text + length;

  for (const char *line = text; line < end;)
    {
      const char *stop = memchr (line, '\n', (gsize) (end - line));
      gsize size = (gsize) ((stop != NULL ? stop : end) - line);

      replace (&package, take_field (line, size, "Package"));
      replace (&status, take_field (line, size, "Status"));
      replace (&version, take_field (line, size, "Version"));
      line += size + 1;
      if (size > 0 && line < end)
        continue;
      /* The same package may be there for two architectures, in one version. */
      if (package != NULL && version != NULL && status != NULL &&
          g_str_has_suffix (status, " installed"))
        g_hash_table_replace (versions, g_steal_pointer (&package),
                              dup_upstream (version));
      g_clear_pointer (&package, g_free);
      g_clear_pointer (&status, g_free);
      g_clear_pointer (&version, g_free);
    }
  return versions;
}

static gboolean
is_current (const char *path, const struct stat *facts)
{
  return g_strcmp0 (list.path, path) == 0 && list.facts.st_ino == facts->st_ino &&
         list.facts.st_size == facts->st_size &&
         list.facts.st_mtim.tv_sec == facts->st_mtim.tv_sec &&
         list.facts.st_mtim.tv_nsec == facts->st_mtim.tv_nsec;
}

static GHashTable *
get_versions (const char *path)
{
  struct stat facts = { 0 };
  g_autofree char *text = NULL;
  gsize length = 0;

  if (stat (path, &facts) != 0)
    return NULL;
  if (is_current (path, &facts))
    return list.versions;
  text = barua_file_read (path, STATUS_MAX, &length, NULL);
  if (text == NULL)
    return NULL;
  g_free (list.path);
  g_clear_pointer (&list.versions, g_hash_table_unref);
  list.path = g_strdup (path);
  list.facts = facts;
  list.versions = read_versions (text, length);
  return list.versions;
}

char *
barua_packages_dup_version (const char *status, const char *const *names)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  GHashTable *versions = get_versions (status);

  if (versions == NULL || names == NULL)
    return NULL;
  for (gsize i = 0; names[i] != NULL; i++)
    {
      const char *version = g_hash_table_lookup (versions, names[i]);

      if (version != NULL)
        return g_strdup (version);
    }
  return NULL;
}
