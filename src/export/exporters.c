#include "config.h"

#include "export/exporters.h"

#include "export/error.h"

#include <glib/gi18n.h>
#include <string.h>

/* The order in which they are shown. */
static const BaruaExporter *const EXPORTERS[] = {
  /* clang-format off */
  &barua_exporter_thunderbird,
  &barua_exporter_thunderbird_android,
  &barua_exporter_evolution,
  &barua_exporter_geary,
  &barua_exporter_kmail,
  &barua_exporter_claws_mail,
  &barua_exporter_sylpheed,
  &barua_exporter_balsa,
  &barua_exporter_mutt,
  &barua_exporter_neomutt,
  &barua_exporter_aerc,
  &barua_exporter_alpine,
  &barua_exporter_himalaya,
  &barua_exporter_msmtp,
  &barua_exporter_isync,
  &barua_exporter_fetchmail,
  &barua_exporter_getmail,
  &barua_exporter_offlineimap,
  &barua_exporter_git,
  &barua_exporter_postfix,
  &barua_exporter_exim,
  &barua_exporter_emacs,
  &barua_exporter_gnome_online_accounts,
  &barua_exporter_apple,
  &barua_exporter_autoconfig,
  &barua_exporter_settings,
  NULL,
  /* clang-format on */
};

const BaruaExporter *const *
barua_exporters (void)
{
  return EXPORTERS;
}

const BaruaExporter *
barua_exporter_find (const char *id)
{
  for (gsize i = 0; EXPORTERS[i] != NULL; i++)
    if (g_strcmp0 (EXPORTERS[i]->id, id) == 0)
      return EXPORTERS[i];
  return NULL;
}

static gboolean
can_do (const BaruaExporter *self, const BaruaExportRequest *request, GError **error)
{
  BaruaProtocol protocol = request->incoming->protocol;
  BaruaExports wanted =
    protocol == BARUA_PROTOCOL_POP ? BARUA_EXPORTS_POP : BARUA_EXPORTS_IMAP;
  BaruaExports fetches = self->can & (BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP);

  /* What only sends does not care how mail is fetched. */
  if (fetches == 0 || (fetches & wanted) != 0)
    return TRUE;
  g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNSUPPORTED,
               /* Translators: the name of a mail program, then IMAP or POP */
               _ ("%s cannot fetch mail with %s. Choose the other way of fetching."),
               _ (self->name), barua_protocol_get_name (protocol));
  return FALSE;
}

BaruaPlan *
barua_exporter_plan (const BaruaExporter *self,
                     const BaruaExportRequest *request,
                     const BaruaHome *home,
                     GError **error)
{
  g_autoptr (BaruaPlan) plan = NULL;

  g_return_val_if_fail (self != NULL && request != NULL && home != NULL, NULL);

  if (!can_do (self, request, error))
    return NULL;
  if ((self->can & BARUA_EXPORTS_TO_FOLDER) != 0 && !home->apart)
    {
      g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_NO_PLACE,
                   _ ("The settings for %s are saved to a folder. Choose one."),
                   _ (self->name));
      return NULL;
    }
  plan = barua_plan_new (self->id);
  if (!self->plan (request, home, plan, error))
    return NULL;
  return g_steal_pointer (&plan);
}

void
barua_fault_free (BaruaFault *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->file);
  g_free (self->key);
  g_free (self->value);
  g_free (self->expected);
  g_free (self->why);
  g_free (self->replacement);
  g_free (self);
}
