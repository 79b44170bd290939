#include "config.h"

#include "export/exporters.h"

#include <string.h>

/* The interface's words, in the order in which people are shown them. */
static const char *const IDS[] = {
  /* clang-format off */
  "thunderbird",
  "thunderbird-android",
  "evolution",
  "geary",
  "kmail",
  "claws-mail",
  "sylpheed",
  "balsa",
  "mutt",
  "neomutt",
  "aerc",
  "alpine",
  "himalaya",
  "msmtp",
  "isync",
  "fetchmail",
  "getmail",
  "offlineimap",
  "git",
  "postfix",
  "exim",
  "emacs",
  "gnome-online-accounts",
  "apple",
  "autoconfig",
  "settings",
  /* clang-format on */
};

static void
test_order (void)
{
  const BaruaExporter *const *exporters = barua_exporters ();

  for (gsize i = 0; i < G_N_ELEMENTS (IDS); i++)
    {
      g_assert_nonnull (exporters[i]);
      g_assert_cmpstr (exporters[i]->id, ==, IDS[i]);
      g_assert_true (barua_exporter_find (IDS[i]) == exporters[i]);
    }
  g_assert_null (exporters[G_N_ELEMENTS (IDS)]);
  g_assert_null (barua_exporter_find ("pine"));
  g_assert_null (barua_exporter_find (""));
}

/* What each must have for the rest of the house to make sense of it. */
static void
test_whole (void)
{
  const BaruaExporter *const *exporters = barua_exporters ();

  for (gsize i = 0; exporters[i] != NULL; i++)
    {
      const BaruaExporter *exporter = exporters[i];
      gboolean to_folder = (exporter->can & BARUA_EXPORTS_TO_FOLDER) != 0;

      g_test_message ("%s", exporter->id);
      g_assert_nonnull (exporter->name);
      g_assert_nonnull (exporter->plan);
      g_assert_true ((exporter->can & (BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP |
                                       BARUA_EXPORTS_SENDING)) != 0);
      g_assert_true ((exporter->can & (BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN)) !=
                     0);
      /* It can be found, unless there is nothing to find. */
      g_assert_true (to_folder || exporter->commands != NULL ||
                     exporter->desktop_ids != NULL);
      /* Whether it runs can be told, if that matters. */
      g_assert_true ((exporter->can & BARUA_EXPORTS_CLOSED) == 0 ||
                     exporter->processes != NULL || exporter->commands != NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/exporters/order", test_order);
  g_test_add_func ("/export/exporters/whole", test_whole);
  return g_test_run ();
}
