#include "config.h"

#include "export/presence.h"

#include "base/file.h"
#include "support/files.h"

#include <glib/gstdio.h>
#include <string.h>

/* A machine and a home in a folder of their own. */
typedef struct
{
  char *folder;
  BaruaHome *home;
} World;

static const char *const COMMANDS[] = { "testbird", "testbird-esr", NULL };
static const char *const PROCESSES[] = { "testbird", "testbird-with-a-long-name", NULL };
static const char *const DESKTOP_IDS[] = { "testbird", "org.example.Testbird", NULL };
static const char *const FLATPAKS[] = { "org.example.Testbird", NULL };
static const char *const PACKAGES[] = { "testbird-esr", "testbird", NULL };

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_autofree char *path = barua_home_dup_path (home, ".testbird");
  g_autofree char *text = barua_file_read (path, 1000, NULL, NULL);

  return text != NULL && strstr (text, address) != NULL;
}

static const BaruaExporter TESTBIRD = {
  .id = "testbird",
  .name = "Testbird",
  .commands = COMMANDS,
  .processes = PROCESSES,
  .desktop_ids = DESKTOP_IDS,
  .flatpaks = FLATPAKS,
  .snap = "testbird",
  .packages = PACKAGES,
  .has_account = has_account,
};

static void
world_set_up (World *self, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *person = NULL;

  self->folder = g_dir_make_tmp ("barua-presence-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  person = g_build_filename (self->folder, "home", "zoe", NULL);
  g_assert_cmpint (g_mkdir_with_parents (person, 0700), ==, 0);
  self->home = barua_home_new_at (person, self->folder);
}

static void
world_tear_down (World *self, gconstpointer data G_GNUC_UNUSED)
{
  barua_home_free (self->home);
  test_files_remove (self->folder);
  g_free (self->folder);
}

/* @path: below the system's root; one that begins with "~" below the person's home. */
static void
put (const World *self, const char *path, const char *text, int mode)
{
  if (*path == '~')
    test_files_put (self->home->home, path + 1, text, mode);
  else
    test_files_put (self->folder, path, text, mode);
}

#define STATUS                                                                           \
  "Package: adduser\n"                                                                   \
  "Status: install ok installed\n"                                                       \
  "Version: 3.134\n"                                                                     \
  "Description: add users\n"                                                             \
  " Version: 9 is no field, since it is indented\n"                                      \
  "\n"                                                                                   \
  "Package: testbird-esr\n"                                                              \
  "Status: deinstall ok config-files\n"                                                  \
  "Version: 1.0\n"                                                                       \
  "\n"                                                                                   \
  "Package: testbird\n"                                                                  \
  "Status: install ok installed\n"                                                       \
  "Version: 1:128.4.0-1~deb12u1\n"                                                       \
  "\n"

#define DESKTOP_FILE                                                                     \
  "[Desktop Entry]\n"                                                                    \
  "Type=Application\n"                                                                   \
  "Name=Testbird\n"                                                                      \
  "Exec=/opt/testbird/testbird %u\n"                                                     \
  "Icon=testbird-icon\n"

#define METAINFO                                                                         \
  "<?xml version=\"1.0\"?>\n"                                                            \
  "<component type=\"desktop\"><id>org.example.Testbird</id>\n"                          \
  "<releases><release version=\"140.1\" date=\"2026-01-01\"/>"                           \
  "<release version=\"139.0\"/></releases></component>\n"

typedef struct
{
  const char *path;
  const char *text;
  int mode;
} File;

typedef struct
{
  const char *description;
  File files[4];
  BaruaPresenceKind kind;
  const char *version;
  const char *icon;
  const char *desktop_id;
} Row;

static const Row ROWS[] = {
  { "nothing at all", { { 0 } }, BARUA_PRESENCE_NONE, NULL, NULL, NULL },
  { "in the search path",
    { { "usr/bin/testbird-esr", "", 0755 } },
    BARUA_PRESENCE_NATIVE,
    NULL,
    NULL,
    NULL },
  { "a file that cannot be run",
    { { "usr/bin/testbird", "", 0644 } },
    BARUA_PRESENCE_NONE,
    NULL,
    NULL,
    NULL },
  { "with package and desktop file",
    { { "usr/bin/testbird", "", 0755 },
      { "var/lib/dpkg/status", STATUS, 0644 },
      { "usr/share/applications/org.example.Testbird.desktop", DESKTOP_FILE, 0644 } },
    BARUA_PRESENCE_NATIVE,
    "128.4.0",
    "testbird-icon",
    "org.example.Testbird.desktop" },
  { "from a desktop file that the person made",
    { { "~.local/share/applications/testbird.desktop", DESKTOP_FILE, 0644 },
      { "opt/testbird/testbird", "", 0755 } },
    BARUA_PRESENCE_NATIVE,
    NULL,
    "testbird-icon",
    "testbird.desktop" },
  { "a desktop file that outlived its program",
    { { "usr/share/applications/testbird.desktop", DESKTOP_FILE, 0644 } },
    BARUA_PRESENCE_NONE,
    NULL,
    NULL,
    NULL },
  { "a desktop file that is none",
    { { "usr/bin/testbird", "", 0755 },
      { "usr/share/applications/testbird.desktop", "\xff\xfe[[[", 0644 } },
    BARUA_PRESENCE_NATIVE,
    NULL,
    NULL,
    NULL },
  { "a Flatpak of the person's",
    { { "~.local/share/flatpak/app/org.example.Testbird/current/active/files/share/"
        "metainfo/org.example.Testbird.metainfo.xml",
        METAINFO, 0644 },
      { "~.local/share/flatpak/exports/share/applications/org.example.Testbird.desktop",
        "[Desktop Entry]\nIcon=org.example.Testbird\n", 0644 } },
    BARUA_PRESENCE_FLATPAK,
    "140.1",
    "org.example.Testbird",
    "org.example.Testbird.desktop" },
  { "a Flatpak of the system's, with an older name for what tells of it",
    { { "var/lib/flatpak/app/org.example.Testbird/current/active/files/share/appdata/"
        "org.example.Testbird.appdata.xml",
        METAINFO, 0644 } },
    BARUA_PRESENCE_FLATPAK,
    "140.1",
    NULL,
    NULL },
  { "a Flatpak that tells nothing",
    { { "var/lib/flatpak/app/org.example.Testbird/current/active/files/share/appdata/"
        "org.example.Testbird.appdata.xml",
        "<component><relea", 0644 } },
    BARUA_PRESENCE_FLATPAK,
    NULL,
    NULL,
    NULL },
  { "another Flatpak",
    { { "var/lib/flatpak/app/org.example.Testbird2/x", "", 0644 } },
    BARUA_PRESENCE_NONE,
    NULL,
    NULL,
    NULL },
  { "a Snap",
    { { "snap/testbird/current/meta/snap.yaml",
        "name: testbird\nversion: '128.5'\nbase: core22\n", 0644 },
      { "var/lib/snapd/desktop/applications/testbird_testbird.desktop",
        "[Desktop Entry]\nIcon=/snap/testbird/1/icon.png\n", 0644 } },
    BARUA_PRESENCE_SNAP,
    "128.5",
    "/snap/testbird/1/icon.png",
    "testbird_testbird.desktop" },
  { "a Snap where the system keeps them apart",
    { { "var/lib/snapd/snap/testbird/current/meta/snap.yaml", "version: 9\n", 0644 } },
    BARUA_PRESENCE_SNAP,
    "9",
    NULL,
    NULL },
  { "a package that only starts a Snap",
    { { "usr/bin/testbird", "", 0755 },
      { "var/lib/dpkg/status",
        "Package: testbird\nStatus: install ok installed\n"
        "Version: 2:1snap1-0ubuntu3\n",
        0644 },
      { "snap/testbird/current/meta/snap.yaml", "version: 9\n", 0644 } },
    BARUA_PRESENCE_SNAP,
    "9",
    NULL,
    NULL },
};

static void
test_finds (gconstpointer data)
{
  const Row *row = data;
  World world = { 0 };
  g_autoptr (BaruaPresence) presence = NULL;

  g_test_message ("%s", row->description);
  world_set_up (&world, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (row->files) && row->files[i].path != NULL; i++)
    put (&world, row->files[i].path, row->files[i].text, row->files[i].mode);
  presence = barua_presence_look (&TESTBIRD, world.home, "zoe@gmail.com");
  g_assert_true (presence->exporter == &TESTBIRD);
  g_assert_cmpint (presence->kind, ==, row->kind);
  g_assert_cmpstr (presence->version, ==, row->version);
  g_assert_cmpstr (presence->icon, ==, row->icon);
  g_assert_cmpstr (presence->desktop_id, ==, row->desktop_id);
  g_assert_false (presence->running);
  g_assert_false (presence->has_account);
  world_tear_down (&world, NULL);
}

static void
test_snap_in_path (World *world, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *bin = g_build_filename (world->folder, "snap", "bin", NULL);
  g_autoptr (BaruaPresence) presence = NULL;

  put (world, "snap/bin/testbird", "", 0755);
  put (world, "snap/testbird/current/meta/snap.yaml", "version: 9\n", 0644);
  g_strfreev (world->home->search);
  world->home->search = g_strsplit (bin, ":", 0);
  presence = barua_presence_look (&TESTBIRD, world->home, NULL);
  g_assert_cmpint (presence->kind, ==, BARUA_PRESENCE_SNAP);
  g_assert_cmpstr (presence->version, ==, "9");
}

static void
test_reads_packages_anew (World *world, gconstpointer data G_GNUC_UNUSED)
{
  static const struct
  {
    const char *version;
    const char *shown;
  } VERSIONS[] = { { "1", "1" },
                   { "43.0-1+b1", "43.0" },
                   { "1:2.26+dfsg-1", "2.26" },
                   { "0.0~git20211018.e64c254+dfsg-2", "0.0~git20211018.e64c254" },
                   { "2:1.2-rc-3-4", "1.2-rc-3" },
                   { "", "" } };

  put (world, "usr/bin/testbird", "", 0755);
  for (gsize i = 0; i < G_N_ELEMENTS (VERSIONS); i++)
    {
      g_autofree char *status =
        g_strdup_printf ("Package: testbird\nStatus: install ok installed\nVersion: %s",
                         VERSIONS[i].version);
      g_autoptr (BaruaPresence) presence = NULL;

      put (world, "var/lib/dpkg/status", status, 0644);
      presence = barua_presence_look (&TESTBIRD, world->home, NULL);
      g_assert_cmpstr (presence->version, ==, VERSIONS[i].shown);
    }
}

static void
test_has_account (World *world, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (BaruaPresence) hers = NULL;
  g_autoptr (BaruaPresence) his = NULL;

  put (world, "~.testbird", "user zoe@gmail.com", 0644);
  hers = barua_presence_look (&TESTBIRD, world->home, "zoe@gmail.com");
  his = barua_presence_look (&TESTBIRD, world->home, "joe@gmail.com");
  g_assert_true (hers->has_account);
  g_assert_false (his->has_account);
}

static void
test_running (void)
{
  static const struct
  {
    const char *description;
    const char *process;
    const char *comm;
    const char *stat;
    gboolean runs;
  } RUNNING[] = {
    { "by its name", "4711", "testbird\n", "4711 (testbird) S 1 1", TRUE },
    { "cut by the kernel", "4711", "testbird-with-a\n", NULL, TRUE },
    { "one letter less", "4711", "testbird-with-\n", NULL, FALSE },
    { "a longer name", "4711", "testbirds\n", NULL, FALSE },
    { "no name", "4711", "\n", NULL, FALSE },
    { "one that has ended", "4711", "testbird\n", "4711 (testbird) Z 1 1", FALSE },
    { "a name with a parenthesis", "4711", "testbird\n", "4711 (a) Z b) S 1 1", TRUE },
    { "no process", "self", "testbird\n", NULL, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (RUNNING); i++)
    {
      World world = { 0 };
      g_autofree char *comm = g_strdup_printf ("proc/%s/comm", RUNNING[i].process);
      g_autofree char *stat = g_strdup_printf ("proc/%s/stat", RUNNING[i].process);

      g_test_message ("%s", RUNNING[i].description);
      world_set_up (&world, NULL);
      put (&world, comm, RUNNING[i].comm, 0644);
      if (RUNNING[i].stat != NULL)
        put (&world, stat, RUNNING[i].stat, 0644);
      g_assert_cmpint (barua_presence_is_running (&TESTBIRD, world.home), ==,
                       RUNNING[i].runs);
      world_tear_down (&world, NULL);
    }
}

static void
test_running_here (void)
{
  g_autofree char *comm = NULL;
  g_autoptr (BaruaHome) home = barua_home_new ();
  const char *names[] = { NULL, NULL };
  const BaruaExporter self = { .id = "self", .name = "Self", .commands = names };

  g_assert_true (g_file_get_contents ("/proc/self/comm", &comm, NULL, NULL));
  g_strchomp (comm);
  names[0] = comm;
  g_assert_true (barua_presence_is_running (&self, home));
  names[0] = "no-program-has-this-name";
  g_assert_false (barua_presence_is_running (&self, home));
}

static void
test_kinds (void)
{
  g_assert_null (barua_presence_kind_get_id (BARUA_PRESENCE_NONE));
  g_assert_cmpstr (barua_presence_kind_get_id (BARUA_PRESENCE_NATIVE), ==, "native");
  g_assert_cmpstr (barua_presence_kind_get_id (BARUA_PRESENCE_FLATPAK), ==, "flatpak");
  g_assert_cmpstr (barua_presence_kind_get_id (BARUA_PRESENCE_SNAP), ==, "snap");
}

#define ADD(name, function)                                                              \
  g_test_add ("/export/presence/" name, World, NULL, world_set_up, function,             \
              world_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *name =
        g_strdup_printf ("/export/presence/finds/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (name, &ROWS[i], test_finds);
    }
  ADD ("snap-in-path", test_snap_in_path);
  ADD ("packages-anew", test_reads_packages_anew);
  ADD ("has-account", test_has_account);
  g_test_add_func ("/export/presence/running", test_running);
  g_test_add_func ("/export/presence/running/here", test_running_here);
  g_test_add_func ("/export/presence/kinds", test_kinds);
  return g_test_run ();
}
