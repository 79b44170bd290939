#include "config.h"

#include "export/mutt-settings.h"

#include "export/formats/mail-url.h"
#include "export/match.h"

#include <string.h>

/* How many files may be read, how deeply they may name one another, and how many settings
 * there may be before no more are read. */
#define FILES_MAX 64
#define DEPTH_MAX 8
#define ENTRIES_MAX 100000

/* Variables in variables grow quickly. */
#define EXPANDED_MAX 2000

#define LATER_MAX 32

static void
file_free (gpointer data)
{
  BaruaMuttFile *self = data;

  g_free (self->path);
  g_free (self->text);
  g_ptr_array_unref (self->commands);
  barua_edits_free (self->edits);
  g_free (self);
}

static void
entry_free (gpointer data)
{
  BaruaMuttEntry *self = data;

  g_free (self->expanded);
  g_free (self);
}

/* "$my_user" or "${my_user}" at @at. */
static const char *
read_variable (const BaruaMuttSettings *self, const BaruaHome *home, const char **at)
{
  gboolean braces = (*at)[1] == '{';
  const char *begin = *at + (braces ? 2 : 1);
  gsize length = strspn (begin, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_");
  g_autofree char *name = g_strndup (begin, length);

  if (length == 0 || (braces && begin[length] != '}'))
    return NULL;
  *at = begin + length + (braces ? 1 : 0);
  return g_str_equal (name, "HOME") ? home->home : barua_mutt_settings_get (self, name);
}

static char *
expand (const BaruaMuttSettings *self, const BaruaHome *home, const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *at = text; *at != '\0';)
    {
      const char *value = NULL;

      if (*at != '$')
        {
          g_string_append_c (out, *at++);
          continue;
        }
      value = read_variable (self, home, &at);
      if (value == NULL || strlen (value) > EXPANDED_MAX || out->len > EXPANDED_MAX)
        return NULL;
      g_string_append (out, value);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Where nothing is quoted one by one, each "$" begins a variable. */
static char *
dup_expanded (const BaruaMuttSettings *self,
              const BaruaHome *home,
              const BaruaMuttFile *file,
              const BaruaMuttCommand *command)
{
  g_autofree char *raw =
    g_strndup (file->text + command->span.offset, command->span.length);

  if (!command->computed || command->value == NULL || strpbrk (raw, "\\'`") != NULL)
    return NULL;
  return expand (self, home, command->value);
}

/* mutt knows "~", and looks for others from wherever it was started. */
static char *
dup_named_file (const BaruaHome *home, const char *name)
{
  if (g_str_has_prefix (name, "~/"))
    return barua_home_dup_path (home, name + strlen ("~/"));
  return g_path_is_absolute (name) ? g_strdup (name) : NULL;
}

static BaruaMuttFile *
find_file (const BaruaMuttSettings *self, const char *path)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      BaruaMuttFile *file = self->files->pdata[i];

      if (g_str_equal (file->path, path))
        return file;
    }
  return NULL;
}

/* A file that is named twice is one file all the same. */
static gboolean
read_file (BaruaMuttSettings *self,
           const char *path,
           BaruaPlan *plan,
           BaruaMuttFile **file,
           GError **error)
{
  g_autofree char *text = NULL;
  BaruaMuttFile *known = find_file (self, path);
  gsize length = 0;

  if (known != NULL)
    {
      *file = known;
      return TRUE;
    }
  if (self->files->len >= FILES_MAX ||
      !barua_plan_read (plan, path, &text, &length, error))
    return FALSE;
  *file = g_new0 (BaruaMuttFile, 1);
  (*file)->path = g_strdup (path);
  (*file)->text = g_steal_pointer (&text);
  (*file)->length = length;
  (*file)->commands = barua_mutt_rc_read ((*file)->text, length);
  (*file)->edits = barua_edits_new ((*file)->text, length);
  g_ptr_array_add (self->files, *file);
  return TRUE;
}

static void
follow (BaruaMuttSettings *self,
        BaruaMuttFile *file,
        const BaruaHome *home,
        BaruaPlan *plan,
        guint depth)
{
  /* One that leads back to itself is of no use to mutt either. */
  if (file->open || depth > DEPTH_MAX || self->entries->len > ENTRIES_MAX)
    return;
  file->open = TRUE;
  for (guint i = 0; i < file->commands->len; i++)
    {
      const BaruaMuttCommand *command = file->commands->pdata[i];
      g_autofree char *expanded = dup_expanded (self, home, file, command);
      g_autofree char *path = NULL;
      BaruaMuttFile *named = NULL;

      if (command->kind != BARUA_MUTT_SOURCE)
        {
          BaruaMuttEntry entry = { file, command, g_steal_pointer (&expanded) };

          g_ptr_array_add (self->entries, g_memdup2 (&entry, sizeof entry));
          continue;
        }
      path = dup_named_file (home, expanded != NULL ? expanded : command->value);
      if (path != NULL && read_file (self, path, plan, &named, NULL))
        follow (self, named, home, plan, depth + 1);
    }
  file->open = FALSE;
}

BaruaMuttSettings *
barua_mutt_settings_read (const char *path,
                          const BaruaHome *home,
                          BaruaPlan *plan,
                          GError **error)
{
  g_autoptr (BaruaMuttSettings) self = g_new0 (BaruaMuttSettings, 1);
  BaruaMuttFile *file = NULL;

  self->files = g_ptr_array_new_with_free_func (file_free);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  if (!read_file (self, path, plan, &file, error))
    return NULL;
  follow (self, file, home, plan, 0);
  return g_steal_pointer (&self);
}

void
barua_mutt_settings_free (BaruaMuttSettings *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->files);
  g_free (self);
}

const BaruaMuttEntry *
barua_mutt_settings_find (const BaruaMuttSettings *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = self->entries->len; i > 0; i--)
    {
      const BaruaMuttEntry *entry = self->entries->pdata[i - 1];

      if (g_strcmp0 (entry->command->name, name) == 0)
        return entry;
    }
  return NULL;
}

const char *
barua_mutt_settings_get (const BaruaMuttSettings *self, const char *name)
{
  const BaruaMuttEntry *entry = barua_mutt_settings_find (self, name);
  const char *value = entry == NULL             ? NULL
                      : entry->expanded != NULL ? entry->expanded
                                                : entry->command->value;

  return value != NULL && *value != '\0' ? value : NULL;
}

/* One that is read when the program starts is no such file. */
static void
add_later (const BaruaMuttSettings *self,
           const BaruaHome *home,
           const char *begin,
           GPtrArray *paths)
{
  gsize length = strcspn (begin, " \t\r\n'\"\\<>;|#`");
  g_autofree char *name = g_strndup (begin, length);
  g_autofree char *expanded = expand (self, home, name);
  g_autofree char *path = expanded != NULL ? dup_named_file (home, expanded) : NULL;

  if (path != NULL && find_file (self, path) == NULL &&
      !g_ptr_array_find_with_equal_func (paths, path, g_str_equal, NULL))
    g_ptr_array_add (paths, g_steal_pointer (&path));
}

GPtrArray *
barua_mutt_settings_list_later (const BaruaMuttSettings *self, const BaruaHome *home)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (self != NULL && home != NULL, paths);

  for (guint i = 0; i < self->files->len; i++)
    {
      const BaruaMuttFile *file = self->files->pdata[i];
      const char *at = file->text;

      while (paths->len < LATER_MAX && at != NULL && (at = strstr (at, "source")) != NULL)
        {
          at += strlen ("source");
          if (*at == ' ' || *at == '\t')
            add_later (self, home, at + strspn (at, " \t'\"\\"), paths);
        }
    }
  return paths;
}

gboolean
barua_mutt_settings_contain (const BaruaMuttSettings *self, const char *text)
{
  g_autofree char *wanted = g_ascii_strdown (text, -1);

  for (guint i = 0; i < self->files->len; i++)
    {
      const BaruaMuttFile *file = self->files->pdata[i];
      g_autofree char *there =
        file->text != NULL ? g_ascii_strdown (file->text, (gssize) file->length) : NULL;

      if (there != NULL && strstr (there, wanted) != NULL)
        return TRUE;
    }
  return FALSE;
}

static BaruaMuttOwner
judge_server (const BaruaMuttSettings *self,
              const char *server,
              const char *user,
              const char *address)
{
  const char *value = barua_mutt_settings_get (self, server);
  g_autoptr (BaruaMailUrl) url = barua_mail_url_parse (value);
  const char *login = NULL;

  if (value == NULL)
    return BARUA_MUTT_OWNER_NOBODY;
  if (url == NULL)
    return value[0] == '+' || value[0] == '=' || value[0] == '!' ? BARUA_MUTT_OWNER_NOBODY
                                                                 : BARUA_MUTT_OWNER_OTHER;
  login = url->user != NULL ? url->user : barua_mutt_settings_get (self, user);
  return barua_match_login (url->host, login, address) ? BARUA_MUTT_OWNER_SAME
                                                       : BARUA_MUTT_OWNER_OTHER;
}

BaruaMuttOwner
barua_mutt_settings_judge (const BaruaMuttSettings *self, const char *address)
{
  static const char *const SERVERS[][2] = {
    { "spoolfile", "imap_user" },
    { "spoolfile", "pop_user" },
    { "folder", "imap_user" },
    { "pop_host", "pop_user" },
  };
  BaruaMuttOwner owner = BARUA_MUTT_OWNER_NOBODY;
  const char *from = NULL;

  g_return_val_if_fail (self != NULL && address != NULL, BARUA_MUTT_OWNER_OTHER);

  for (gsize i = 0; i < G_N_ELEMENTS (SERVERS); i++)
    {
      BaruaMuttOwner said = judge_server (self, SERVERS[i][0], SERVERS[i][1], address);

      if (said == BARUA_MUTT_OWNER_SAME)
        return said;
      if (said == BARUA_MUTT_OWNER_OTHER)
        owner = said;
    }
  if (owner != BARUA_MUTT_OWNER_NOBODY ||
      barua_mutt_settings_contain (self, "account-hook"))
    return BARUA_MUTT_OWNER_OTHER;
  /* Nothing is fetched: then whoever sends. */
  owner = judge_server (self, "smtp_url", "smtp_user", address);
  from = barua_mutt_settings_get (self, "from");
  if (owner == BARUA_MUTT_OWNER_NOBODY && from != NULL)
    owner = barua_match_login ("gmail.com", from, address) ? BARUA_MUTT_OWNER_SAME
                                                           : BARUA_MUTT_OWNER_OTHER;
  return owner;
}
