#include "config.h"

#include "export/presence.h"

#include "base/file.h"
#include "base/text.h"
#include "export/packages.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DESKTOP_FILE_MAX (1024 * 1024)
#define METADATA_MAX (4 * 1024 * 1024)
#define VERSION_MAX 80
#define ICON_MAX 400
/* TASK_COMM_LEN of the kernel, less its NUL (proc(5)). */
#define PROCESS_NAME_MAX 15

void
barua_presence_free (BaruaPresence *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->version);
  g_free (self->icon);
  g_free (self->desktop_id);
  g_free (self);
}

const char *
barua_presence_kind_get_id (BaruaPresenceKind kind)
{
  static const char *const IDS[] = {
    [BARUA_PRESENCE_NONE] = NULL,
    [BARUA_PRESENCE_NATIVE] = "native",
    [BARUA_PRESENCE_FLATPAK] = "flatpak",
    [BARUA_PRESENCE_SNAP] = "snap",
  };

  g_return_val_if_fail (kind <= BARUA_PRESENCE_SNAP, NULL);
  return IDS[kind];
}

static GKeyFile *
load_desktop_file (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gsize length = 0;
  g_autofree char *text = barua_file_read (path, DESKTOP_FILE_MAX, &length, NULL);

  if (text == NULL ||
      !g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, NULL))
    return NULL;
  return g_steal_pointer (&file);
}

static char *
get_entry (GKeyFile *file, const char *key)
{
  return g_key_file_get_string (file, G_KEY_FILE_DESKTOP_GROUP, key, NULL);
}

/* Whether what the file starts is there: a file may outlive its program. */
static gboolean
starts_something (GKeyFile *file, const BaruaHome *home)
{
  g_autofree char *command = get_entry (file, G_KEY_FILE_DESKTOP_KEY_EXEC);
  g_auto (GStrv) words = NULL;
  g_autofree char *program = NULL;

  if (command == NULL || !g_shell_parse_argv (command, NULL, &words, NULL))
    return FALSE;
  if (g_path_is_absolute (words[0]))
    program = barua_home_dup_system_path (home, words[0]);
  else
    program = barua_home_find_program (home, words[0]);
  return program != NULL && g_file_test (program, G_FILE_TEST_IS_EXECUTABLE);
}

static gboolean
take_desktop_file (BaruaPresence *self,
                   const BaruaHome *home,
                   const char *folder,
                   const char *name,
                   gboolean only_if_it_starts)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GKeyFile) file = load_desktop_file (path);
  g_autofree char *icon = NULL;

  if (file == NULL || (only_if_it_starts && !starts_something (file, home)))
    return FALSE;
  icon = get_entry (file, G_KEY_FILE_DESKTOP_KEY_ICON);
  self->icon = icon != NULL ? barua_text_one_line (icon, -1, ICON_MAX) : NULL;
  self->desktop_id = g_strdup (name);
  return TRUE;
}

static gboolean
find_desktop_file (BaruaPresence *self, const BaruaHome *home, gboolean only_if_it_starts)
{
  g_autofree char *own = barua_home_dup_data_path (home, "applications");
  g_autofree char *local =
    barua_home_dup_system_path (home, "usr/local/share/applications");
  g_autofree char *shared = barua_home_dup_system_path (home, "usr/share/applications");
  const char *const folders[] = { own, local, shared };
  const char *const *ids = self->exporter->desktop_ids;

  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat (ids[i], ".desktop", NULL);

      for (gsize j = 0; j < G_N_ELEMENTS (folders); j++)
        if (take_desktop_file (self, home, folders[j], name, only_if_it_starts))
          return TRUE;
    }
  return FALSE;
}

static gboolean
is_below (const char *path, const BaruaHome *home, const char *folder)
{
  g_autofree char *whole = barua_home_dup_system_path (home, folder);

  return g_str_has_prefix (path, whole) && path[strlen (whole)] == '/';
}

/* What Snap puts into the search path is no program of the system. */
static gboolean
has_command (const BaruaExporter *exporter, const BaruaHome *home)
{
  for (gsize i = 0; exporter->commands != NULL && exporter->commands[i] != NULL; i++)
    {
      g_autofree char *path = barua_home_find_program (home, exporter->commands[i]);

      if (path != NULL && !is_below (path, home, "snap") &&
          !is_below (path, home, "var/lib/snapd"))
        return TRUE;
    }
  return FALSE;
}

static gboolean
find_native (BaruaPresence *self, const BaruaHome *home)
{
  g_autofree char *status = barua_home_dup_system_path (home, "var/lib/dpkg/status");

  if (has_command (self->exporter, home))
    (void) find_desktop_file (self, home, FALSE);
  else if (!find_desktop_file (self, home, TRUE))
    return FALSE;
  self->kind = BARUA_PRESENCE_NATIVE;
  self->version = barua_packages_dup_version (status, self->exporter->packages);
  return TRUE;
}

static void
on_element (GMarkupParseContext *context G_GNUC_UNUSED,
            const char *element,
            const char **names,
            const char **values,
            gpointer user_data,
            GError **error)
{
  char **version = user_data;

  if (!g_str_equal (element, "release"))
    return;
  for (gsize i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "version"))
      *version = barua_text_one_line (values[i], -1, VERSION_MAX);
  /* The first is the latest (AppStream, 2.3.1); the rest need not be read. */
  g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "found");
}

static char *
read_release (const char *path)
{
  static const GMarkupParser PARSER = { .start_element = on_element };
  gsize length = 0;
  g_autofree char *text = barua_file_read (path, METADATA_MAX, &length, NULL);
  g_autoptr (GMarkupParseContext) context = NULL;
  char *version = NULL;

  if (text == NULL)
    return NULL;
  context = g_markup_parse_context_new (&PARSER, 0, &version, NULL);
  (void) g_markup_parse_context_parse (context, text, (gssize) length, NULL);
  return version;
}

static char *
find_release (const char *app, const char *id)
{
  static const char *const PLACES[] = { "metainfo", "appdata" };
  static const char *const ENDINGS[] = { ".metainfo.xml", ".appdata.xml" };

  for (gsize i = 0; i < G_N_ELEMENTS (PLACES) * G_N_ELEMENTS (ENDINGS); i++)
    {
      g_autofree char *name = g_strconcat (id, ENDINGS[i % 2], NULL);
      g_autofree char *path = g_build_filename (app, "current", "active", "files",
                                                "share", PLACES[i / 2], name, NULL);
      char *version = read_release (path);

      if (version != NULL)
        return version;
    }
  return NULL;
}

static gboolean
find_flatpak_in (BaruaPresence *self,
                 const BaruaHome *home,
                 const char *installation,
                 const char *id)
{
  g_autofree char *app = g_build_filename (installation, "app", id, NULL);
  g_autofree char *folder =
    g_build_filename (installation, "exports", "share", "applications", NULL);
  g_autofree char *name = g_strconcat (id, ".desktop", NULL);

  if (!g_file_test (app, G_FILE_TEST_IS_DIR))
    return FALSE;
  self->kind = BARUA_PRESENCE_FLATPAK;
  self->version = find_release (app, id);
  (void) take_desktop_file (self, home, folder, name, FALSE);
  return TRUE;
}

static gboolean
find_flatpak (BaruaPresence *self, const BaruaHome *home)
{
  g_autofree char *own = barua_home_dup_data_path (home, "flatpak");
  g_autofree char *shared = barua_home_dup_system_path (home, "var/lib/flatpak");
  const char *const *ids = self->exporter->flatpaks;

  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++)
    if (find_flatpak_in (self, home, own, ids[i]) ||
        find_flatpak_in (self, home, shared, ids[i]))
      return TRUE;
  return FALSE;
}

static char *
read_snap_version (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "current", "meta", "snap.yaml", NULL);
  g_autofree char *text = barua_file_read (path, METADATA_MAX, NULL, NULL);
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  for (gsize i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      char *value = lines[i] + strlen ("version:");

      if (!g_str_has_prefix (lines[i], "version:"))
        continue;
      /* A version that looks like a number stands in quotes. */
      g_strdelimit (value, "'\"", ' ');
      return barua_text_one_line (g_strstrip (value), -1, VERSION_MAX);
    }
  return NULL;
}

static gboolean
find_snap (BaruaPresence *self, const BaruaHome *home)
{
  static const char *const PLACES[] = { "snap", "var/lib/snapd/snap" };
  const char *snap = self->exporter->snap;

  for (gsize i = 0; snap != NULL && i < G_N_ELEMENTS (PLACES); i++)
    {
      g_autofree char *place = barua_home_dup_system_path (home, PLACES[i]);
      g_autofree char *folder = g_build_filename (place, snap, NULL);
      g_autofree char *applications =
        barua_home_dup_system_path (home, "var/lib/snapd/desktop/applications");
      g_autofree char *name = g_strdup_printf ("%s_%s.desktop", snap, snap);

      if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
        continue;
      self->kind = BARUA_PRESENCE_SNAP;
      self->version = read_snap_version (folder);
      (void) take_desktop_file (self, home, applications, name, FALSE);
      return TRUE;
    }
  return FALSE;
}

static void
forget (BaruaPresence *self)
{
  self->kind = BARUA_PRESENCE_NONE;
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->icon, g_free);
  g_clear_pointer (&self->desktop_id, g_free);
}

/* Ubuntu's packages of what it has as a Snap hold a script that starts that. */
static gboolean
only_leads_to_snap (const BaruaPresence *self)
{
  return self->version != NULL && strstr (self->version, "1snap") != NULL;
}

static void
find (BaruaPresence *self, const BaruaHome *home)
{
  if (find_native (self, home) && !only_leads_to_snap (self))
    return;
  forget (self);
  if (!find_flatpak (self, home))
    (void) find_snap (self, home);
}

gboolean
barua_presence_is_native (const BaruaExporter *exporter, const BaruaHome *home)
{
  g_autoptr (BaruaPresence) self = g_new0 (BaruaPresence, 1);

  g_return_val_if_fail (exporter != NULL && home != NULL, FALSE);

  self->exporter = exporter;
  return find_native (self, home) && !only_leads_to_snap (self);
}

BaruaPresence *
barua_presence_look (const BaruaExporter *exporter,
                     const BaruaHome *home,
                     const char *address)
{
  BaruaPresence *self = NULL;

  g_return_val_if_fail (exporter != NULL && home != NULL, NULL);

  self = g_new0 (BaruaPresence, 1);
  self->exporter = exporter;
  find (self, home);
  self->running = barua_presence_is_running (exporter, home);
  self->has_account = address != NULL && exporter->has_account != NULL &&
                      exporter->has_account (home, address);
  return self;
}

static gboolean
is_number (const char *name)
{
  return *name != '\0' && strspn (name, "0123456789") == strlen (name);
}

/* Small files of /proc have no length, and what is read of them is bounded by itself. */
static char *
read_process_file (const char *process, const char *name)
{
  g_autofree char *path = g_build_filename (process, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

/* One that has ended, and whose end nobody has taken note of, has no files open. */
static gboolean
has_ended (const char *process)
{
  g_autofree char *stat = read_process_file (process, "stat");
  const char *after = stat != NULL ? strrchr (stat, ')') : NULL;

  return after != NULL &&
         (g_str_has_prefix (after, ") Z") || g_str_has_prefix (after, ") X"));
}

static gboolean
is_one_of (const char *process, const char *const *names)
{
  struct stat facts = { 0 };
  g_autofree char *name = NULL;

  if (stat (process, &facts) != 0 || facts.st_uid != getuid ())
    return FALSE;
  name = read_process_file (process, "comm");
  if (name == NULL)
    return FALSE;
  g_strchomp (name);
  for (gsize i = 0; names[i] != NULL; i++)
    if (*name != '\0' && strncmp (name, names[i], PROCESS_NAME_MAX) == 0)
      return !has_ended (process);
  return FALSE;
}

gboolean
barua_presence_is_running (const BaruaExporter *exporter, const BaruaHome *home)
{
  const char *const *names = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GDir) folder = NULL;

  g_return_val_if_fail (exporter != NULL && home != NULL, FALSE);

  names = exporter->processes != NULL ? exporter->processes : exporter->commands;
  path = barua_home_dup_system_path (home, "proc");
  folder = names != NULL ? g_dir_open (path, 0, NULL) : NULL;
  for (const char *name = folder != NULL ? g_dir_read_name (folder) : NULL; name != NULL;
       name = g_dir_read_name (folder))
    {
      g_autofree char *process = g_build_filename (path, name, NULL);

      if (is_number (name) && is_one_of (process, names))
        return TRUE;
    }
  return FALSE;
}
