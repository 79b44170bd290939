#include "config.h"

#include "setup/machine.h"

#include "base/text.h"

#include <gio/gio.h>
#include <locale.h>
#include <sys/utsname.h>

/* What each is started as. Folders of Flatpak and Snap hold the other kinds. */
static const struct
{
  const char *name;
  const char *command;
  const char *flatpak;
} PROGRAMS[] = {
  { "Thunderbird", "thunderbird", "org.mozilla.Thunderbird" },
  { "Evolution", "evolution", "org.gnome.Evolution" },
  { "Geary", "geary", "org.gnome.Geary" },
  { "KMail", "kmail", "org.kde.kmail2" },
  { "Claws Mail", "claws-mail", "org.claws_mail.Claws-Mail" },
  { "Sylpheed", "sylpheed", NULL },
  { "Balsa", "balsa", NULL },
  { "mutt", "mutt", NULL },
  { "NeoMutt", "neomutt", NULL },
  { "aerc", "aerc", NULL },
  { "Alpine", "alpine", NULL },
  { "himalaya", "himalaya", NULL },
  { "msmtp", "msmtp", NULL },
  { "mbsync", "mbsync", NULL },
  { "fetchmail", "fetchmail", NULL },
  { "getmail", "getmail", NULL },
  { "OfflineIMAP", "offlineimap", NULL },
  { "git", "git", NULL },
  { "Postfix", "postfix", NULL },
  { "Exim", "exim4", NULL },
  { "Emacs", "emacs", "org.gnu.emacs" },
};

static void
add_system (GString *out)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  struct utsname kernel = { 0 };

  g_string_append_printf (out, "Barua: %s\n", BARUA_VERSION);
  g_string_append_printf (out, "GLib: %u.%u.%u\n", glib_major_version, glib_minor_version,
                          glib_micro_version);
  g_string_append_printf (out, "System: %s\n", system != NULL ? system : "unknown");
  if (uname (&kernel) == 0)
    g_string_append_printf (out, "Kernel: %s %s %s\n", kernel.sysname, kernel.release,
                            kernel.machine);
}

static void
add_desktop (GString *out)
{
  const char *desktop = g_getenv ("XDG_CURRENT_DESKTOP");
  const char *session = g_getenv ("XDG_SESSION_TYPE");
  const char *language = setlocale (LC_MESSAGES, NULL);
  g_autofree char *line = g_strdup_printf (
    "Desktop: %s (%s)\nLanguage: %s\n", desktop != NULL ? desktop : "none",
    session != NULL ? session : "none", language != NULL ? language : "unknown");
  g_autofree char *safe = barua_text_printable (line, -1, 300);

  g_string_append (out, safe);
}

static void
add_network (GString *out)
{
  static const char *const kinds[] = {
    [G_NETWORK_CONNECTIVITY_LOCAL] = "local only",
    [G_NETWORK_CONNECTIVITY_LIMITED] = "limited",
    [G_NETWORK_CONNECTIVITY_PORTAL] = "behind a sign-in page",
    [G_NETWORK_CONNECTIVITY_FULL] = "full",
  };
  GNetworkMonitor *monitor = g_network_monitor_get_default ();
  guint kind = 0;

  kind = (guint) g_network_monitor_get_connectivity (monitor);
  g_string_append_printf (
    out, "Network: %s, connectivity %s, %s (%s)\n",
    g_network_monitor_get_network_available (monitor) ? "available" : "not available",
    kind < G_N_ELEMENTS (kinds) && kinds[kind] != NULL ? kinds[kind] : "unknown",
    g_network_monitor_get_network_metered (monitor) ? "metered" : "not metered",
    G_OBJECT_TYPE_NAME (monitor));
}

static gboolean
has_flatpak (const char *id)
{
  g_autofree char *own = NULL;
  g_autofree char *shared = NULL;

  if (id == NULL)
    return FALSE;
  own = g_build_filename (g_get_user_data_dir (), "flatpak", "app", id, NULL);
  shared = g_build_filename ("/var/lib/flatpak/app", id, NULL);
  return g_file_test (own, G_FILE_TEST_IS_DIR) ||
         g_file_test (shared, G_FILE_TEST_IS_DIR);
}

static void
add_programs (GString *out)
{
  g_string_append (out, "Mail programs:\n");
  for (gsize i = 0; i < G_N_ELEMENTS (PROGRAMS); i++)
    {
      g_autofree char *path = g_find_program_in_path (PROGRAMS[i].command);
      g_autofree char *shown = path != NULL ? barua_text_one_line (path, -1, 200) : NULL;

      if (path != NULL)
        g_string_append_printf (out, "  %s: %s\n", PROGRAMS[i].name, shown);
      if (has_flatpak (PROGRAMS[i].flatpak))
        g_string_append_printf (out, "  %s: Flatpak\n", PROGRAMS[i].name);
    }
}

char *
barua_machine_describe (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  add_system (out);
  add_desktop (out);
  add_network (out);
  add_programs (out);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
