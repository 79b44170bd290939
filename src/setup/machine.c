#include "config.h"

#include "setup/machine.h"

#include "base/text.h"
#include "export/presence.h"

#include <gio/gio.h>
#include <locale.h>
#include <sys/utsname.h>

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

static void
add_program (GString *out, const BaruaPresence *presence)
{
  g_string_append_printf (out, "  %s: %s (%s)%s\n", presence->exporter->name,
                          presence->version != NULL ? presence->version : "here",
                          barua_presence_kind_get_id (presence->kind),
                          presence->running ? ", running" : "");
}

static void
add_programs (GString *out)
{
  const BaruaExporter *const *exporters = barua_exporters ();
  g_autoptr (BaruaHome) home = barua_home_new ();

  g_string_append (out, "Mail programs:\n");
  for (gsize i = 0; exporters[i] != NULL; i++)
    {
      g_autoptr (BaruaPresence) presence = barua_presence_look (exporters[i], home, NULL);

      if (presence->kind != BARUA_PRESENCE_NONE)
        add_program (out, presence);
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
