#include "config.h"

#include "export/exporters.h"

#include "base/buffer.h"
#include "export/evolution-sources.h"
#include "export/geary.h"
#include "export/gnome.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAME "GNOME Online Accounts"
#define SCHEMA "org.gnome.OnlineAccounts"
#define FILE_NAME "goa-1.0/accounts.conf"
#define PREFIX "Account "
#define NUMBERS_MAX 100

/* The group of the account, "Account account_1700000000_0"; %NULL if there is none. */
static char *
find_group (const BaruaKeyFile *file, const char *address, const char *provider)
{
  g_auto (GStrv) groups = barua_key_file_list_groups (file);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *kind = barua_gnome_dup (file, groups[i], "Provider");
      g_autofree char *identity = barua_gnome_dup (file, groups[i], "Identity");
      g_autofree char *mail = barua_gnome_dup (file, groups[i], "EmailAddress");

      /* The daemon gives its objects these names: other ones it does not take. */
      if (g_str_has_prefix (groups[i], PREFIX) && g_utf8_validate (groups[i], -1, NULL) &&
          g_strcmp0 (kind, provider) == 0 &&
          (barua_gnome_same_mailbox (identity, address) ||
           barua_gnome_same_mailbox (mail, address)))
        return g_strdup (groups[i]);
    }
  return NULL;
}

/* An id is part of the path of an object on the bus: no dashes. */
static char *
dup_new_group (const BaruaKeyFile *file, const BaruaExportRequest *request)
{
  g_autofree char *key = barua_export_request_dup_key (request);
  g_autofree char *group = NULL;

  g_strdelimit (key, "-", '_');
  group = g_strconcat (PREFIX "account_", key, NULL);
  for (guint i = 2; i < NUMBERS_MAX && barua_key_file_has_group (file, group); i++)
    {
      g_free (group);
      group = g_strdup_printf (PREFIX "account_%s_%u", key, i);
    }
  return g_steal_pointer (&group);
}

static void
put_account (BaruaKeyFile *file, const char *group, const BaruaExportRequest *request)
{
  const char *address = request->account->address;
  const char *name = request->account->name;
  const BaruaGnomeSetting unknown = { group, "Name", address };
  gboolean starttls = request->outgoing->security == BARUA_SECURITY_STARTTLS;
  g_autofree char *smtp = g_strdup_printf (
    starttls ? "%s:%u" : "%s", request->outgoing->host, (guint) request->outgoing->port);
  const BaruaGnomeSetting settings[] = {
    { group, "Provider", "imap_smtp" },
    { group, "Identity", address },
    { group, "PresentationIdentity", address },
    { group, "Enabled", "true" },
    { group, "EmailAddress", address },
    { group, "Name", name != NULL && *name != '\0' ? name : NULL },
    { group, "ImapHost", request->incoming->host },
    { group, "ImapUserName", address },
    { group, "ImapUseSsl", "true" },
    { group, "ImapUseTls", "false" },
    { group, "ImapAcceptSslErrors", "false" },
    { group, "SmtpHost", smtp },
    { group, "SmtpUseAuth", "true" },
    { group, "SmtpUserName", address },
    { group, "SmtpAuthLogin", "false" },
    { group, "SmtpAuthPlain", "true" },
    { group, "SmtpUseSsl", starttls ? "false" : "true" },
    { group, "SmtpUseTls", starttls ? "true" : "false" },
    { group, "SmtpAcceptSslErrors", "false" },
  };

  barua_gnome_put (file, settings, G_N_ELEMENTS (settings));
  barua_gnome_put_missing (file, &unknown, 1);
}

static void
append_quoted (BaruaBuffer *buffer, const char *text)
{
  barua_buffer_append (buffer, "<'", -1);
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '\'' || *at == '\\')
        barua_buffer_append_c (buffer, '\\');
      barua_buffer_append_c (buffer, *at);
    }
  barua_buffer_append (buffer, "'>", -1);
}

/* The text of a GVariant of type a{sv}, as the daemon reads and writes it. */
static BaruaSecret *
wrap_passwords (const BaruaExportSecrets *secrets)
{
  g_auto (BaruaBuffer) buffer = { 0 };

  if (secrets->app_password == NULL)
    return NULL;
  barua_buffer_append (&buffer, "{'imap-password': ", -1);
  append_quoted (&buffer, barua_secret_peek (secrets->app_password));
  barua_buffer_append (&buffer, ", 'smtp-password': ", -1);
  append_quoted (&buffer, barua_secret_peek (secrets->app_password));
  barua_buffer_append_c (&buffer, '}');
  return barua_secret_new (buffer.bytes, (gssize) buffer.length);
}

static void
keep_passwords (BaruaPlan *plan, const char *id)
{
  g_autofree char *identity = g_strconcat ("imap_smtp:gen0:", id, NULL);
  g_autofree char *label =
    g_strdup_printf ("GOA imap_smtp credentials for identity %s", id);

  barua_gnome_keep_password (
    plan, NAME,
    &(BaruaKeyringItem){
      .schema = SCHEMA,
      .label = label,
      .attributes = barua_gnome_attributes ("goa-identity", identity, NULL),
      .wrap = wrap_passwords,
    });
}

static void
ask_for_google (BaruaPlan *plan)
{
  barua_gnome_ask_online_account (
    plan,
    _ ("GNOME Online Accounts sign in to Google in a page of their own: sign in "
       "there once. Evolution and Geary then take the account over by themselves."));
}

static gboolean
evolution_has_own (const BaruaHome *home, const char *address)
{
  g_autoptr (BaruaEvolutionSources) sources = barua_evolution_sources_new (home);
  const BaruaEvolutionSource *source =
    barua_evolution_sources_find_mail (sources, address, NULL);

  return source != NULL && !barua_evolution_sources_is_managed (sources, source, NULL);
}

static void
note_takers (BaruaPlan *plan, const BaruaHome *home, const char *address)
{
  barua_plan_add_note (plan,
                       _ ("Evolution and Geary take the account over by themselves, "
                          "as soon as they are started."));
  barua_plan_add_note (
    plan, _ ("Evolution then also keeps a copy of what is sent on this computer. To stop "
             "that, hand the settings to Evolution too after it was started once."));
  if (evolution_has_own (home, address))
    barua_plan_add_note (plan,
                         _ ("Evolution has this account already, and will show it a "
                            "second time. Remove one of the two there."));
  if (barua_geary_has_own (home, address))
    barua_plan_add_note (plan, _ ("Geary has this account already, and will show it a "
                                  "second time. Remove one of the two there."));
}

static gboolean
plan_file (BaruaPlan *plan,
           BaruaKeyFile *file,
           const char *path,
           const BaruaExportRequest *request,
           const BaruaHome *home,
           GError **error)
{
  g_autofree char *there = find_group (file, request->account->address, "imap_smtp");
  g_autofree char *group =
    there != NULL ? g_strdup (there) : dup_new_group (file, request);
  const char *id = group + strlen (PREFIX);

  put_account (file, group, request);
  barua_gnome_write (plan, path, file, BARUA_FILE_PRIVATE,
                     _ ("Add the account to GNOME Online Accounts."));
  keep_passwords (plan, id);
  note_takers (plan, home, request->account->address);
  return barua_geary_prepare_online_account (plan, request, home, id, error);
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error)
{
  g_autofree char *path = barua_home_dup_config_path (home, FILE_NAME);
  g_autoptr (BaruaKeyFile) file = barua_gnome_read (plan, path, error);
  g_autofree char *google = NULL;

  if (file == NULL)
    return FALSE;
  google = find_group (file, request->account->address, "google");
  if (google != NULL || request->account->method == BARUA_METHOD_ONLINE_ACCOUNT)
    {
      barua_plan_add_note (plan,
                           _ ("GNOME Online Accounts have this account already, signed "
                              "in at Google. That is left as it is."));
      return TRUE;
    }
  if (!barua_export_request_uses_password (request))
    {
      ask_for_google (plan);
      return TRUE;
    }
  return plan_file (plan, file, path, request, home, error);
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_autofree char *path = barua_home_dup_config_path (home, FILE_NAME);
  g_autoptr (BaruaKeyFile) file = barua_gnome_look (path);
  g_autofree char *ours = NULL;
  g_autofree char *google = NULL;

  if (file == NULL)
    return FALSE;
  ours = find_group (file, address, "imap_smtp");
  google = find_group (file, address, "google");
  return ours != NULL || google != NULL;
}

/* The daemon is in no folder of PATH, but beside one. */
static const char *const COMMANDS[] = { "../libexec/goa-daemon", NULL };
static const char *const PROCESSES[] = { "goa-daemon", NULL };
static const char *const DESKTOP_IDS[] = { "gnome-online-accounts-panel", NULL };
static const char *const PACKAGES[] = { "gnome-online-accounts", NULL };

const BaruaExporter barua_exporter_gnome_online_accounts = {
  .id = "gnome-online-accounts",
  .name = NAME,
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_SENDING | BARUA_EXPORTS_PASSWORD |
         BARUA_EXPORTS_TOKEN | BARUA_EXPORTS_GRAPHICAL,
  .commands = COMMANDS,
  .processes = PROCESSES,
  .desktop_ids = DESKTOP_IDS,
  .packages = PACKAGES,
  .has_account = has_account,
  .plan = plan,
};
