#include "config.h"

#include "export/exporters.h"

#include "base/buffer.h"
#include "base/file.h"
#include "export/evolution-sources.h"
#include "export/gnome.h"
#include "export/match.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAME "Evolution"
#define SCHEMA "org.gnome.Evolution.Data.Source"
#define ORIGIN "evolution-data-server"
#define SETTINGS "org.gnome.evolution-data-server"
#define SETTINGS_FILE "usr/share/glib-2.0/schemas/" SETTINGS ".gschema.xml"
#define TLS "ssl-on-alternate-port"
#define STARTTLS "starttls-on-standard-port"

/* One export under way. */
typedef struct
{
  const BaruaExportRequest *request;
  const BaruaHome *home;
  BaruaPlan *plan;
  BaruaEvolutionSources *sources;
  BaruaEvolutionAccount *account;
} Export;

static const char *
get_backend (const BaruaExportRequest *request)
{
  return request->incoming->protocol == BARUA_PROTOCOL_POP ? "pop" : "imapx";
}

static BaruaKeyFile *
open_source (const Export *self, const char *uid, char **path, GError **error)
{
  *path = barua_evolution_sources_dup_path (self->sources, uid);
  return barua_gnome_read (self->plan, *path, error);
}

/* As camel_url_encode() would have it: a part of an account that is no folder's name. */
static char *
dup_folder_uri (const Export *self, const char *attribute)
{
  g_autofree char *folder = barua_export_request_dup_folder (self->request, attribute);
  g_autofree char *encoded = NULL;

  if (folder == NULL || self->request->incoming->protocol == BARUA_PROTOCOL_POP)
    return NULL;
  encoded = g_uri_escape_string (folder, "/!$&'()*+,=", FALSE);
  return g_strdup_printf ("folder://%s/%s", self->account->account, encoded);
}

static void
put_missing_or_empty (BaruaKeyFile *file,
                      const char *group,
                      const char *key,
                      const char *value)
{
  BaruaGnomeSetting setting = { group, key, value };
  g_autofree char *there = barua_key_file_dup (file, group, key);

  if (there == NULL || *there == '\0')
    barua_gnome_put (file, &setting, 1);
}

static void
put_head (const Export *self, BaruaKeyFile *file, gboolean is_child)
{
  const BaruaGnomeSetting head[] = {
    { "Data Source", "DisplayName", self->request->account->address },
    { "Data Source", "Enabled", "true" },
    { "Data Source", "Parent", is_child ? self->account->account : "" },
  };
  const BaruaGnomeSetting enabled = { "Data Source", "Enabled", "true" };

  barua_gnome_put_missing (file, head, G_N_ELEMENTS (head));
  barua_gnome_put (file, &enabled, 1);
}

/* A way of signing in that is there and works is kept. */
static const char *
choose_method (const Export *self, const BaruaKeyFile *file)
{
  static const char *const PASSWORDS[] = { "PLAIN", "LOGIN", NULL };
  g_autofree char *there = barua_gnome_dup (file, "Authentication", "Method");
  gboolean is_set = there != NULL && *there != '\0' && !g_str_equal (there, "none");

  if (barua_export_request_uses_token (self->request))
    return "Google";
  if (is_set && (!barua_export_request_uses_password (self->request) ||
                 g_strv_contains (PASSWORDS, there)))
    return NULL;
  return "PLAIN";
}

static void
put_server (const Export *self, BaruaKeyFile *file, const BaruaService *service)
{
  g_autofree char *host = barua_gnome_dup (file, "Authentication", "Host");
  g_autofree char *port = g_strdup_printf ("%u", service->port);
  gboolean starttls = service->security == BARUA_SECURITY_STARTTLS;
  const BaruaGnomeSetting server[] = {
    { "Authentication", "Host",
      barua_match_server (host, service->host) ? NULL : service->host },
    { "Authentication", "Method", choose_method (self, file) },
    { "Authentication", "Port", port },
    { "Authentication", "RememberPassword", "true" },
    { "Authentication", "User", self->request->account->address },
    { "Security", "Method", starttls ? STARTTLS : TLS },
  };
  const BaruaGnomeSetting new_ones[] = {
    { "Authentication", "ProxyUid", "system-proxy" },
    { "Authentication", "CredentialName", "" },
    { "Authentication", "IsExternal", "false" },
  };

  barua_gnome_put (file, server, G_N_ELEMENTS (server));
  barua_gnome_put_missing (file, new_ones, G_N_ELEMENTS (new_ones));
}

static gboolean
plan_identity (const Export *self, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (BaruaKeyFile) file =
    open_source (self, self->account->identity, &path, error);
  g_autofree char *address = NULL;
  g_autofree char *drafts = dup_folder_uri (self, "\\Drafts");
  const char *name = self->request->account->name;

  if (file == NULL)
    return FALSE;
  address = barua_gnome_dup (file, "Mail Identity", "Address");
  put_head (self, file, TRUE);
  barua_gnome_put (
    file,
    (const BaruaGnomeSetting[]){
      { "Mail Identity", "Address",
        barua_gnome_same_mailbox (address, self->request->account->address)
          ? NULL
          : self->request->account->address },
      { "Mail Identity", "Name", name != NULL && *name != '\0' ? name : NULL },
      { "Mail Submission", "TransportUid", self->account->transport },
      { "Mail Submission", "UseSentFolder", "false" },
    },
    4);
  put_missing_or_empty (file, "Mail Identity", "Name",
                        barua_export_request_get_name (self->request));
  put_missing_or_empty (file, "Mail Composition", "DraftsFolder",
                        drafts != NULL ? drafts : "folder://local/Drafts");
  put_missing_or_empty (file, "Mail Composition", "TemplatesFolder",
                        "folder://local/Templates");
  barua_gnome_write (self->plan, path, file, BARUA_FILE_PRIVATE,
                     _ ("Tell Evolution whom mail is from."));
  return TRUE;
}

static gboolean
plan_transport (const Export *self, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (BaruaKeyFile) file =
    open_source (self, self->account->transport, &path, error);
  const BaruaGnomeSetting backend = { "Mail Transport", "BackendName", "smtp" };

  if (file == NULL)
    return FALSE;
  put_head (self, file, TRUE);
  barua_gnome_put (file, &backend, 1);
  put_server (self, file, self->request->outgoing);
  barua_gnome_write (self->plan, path, file, BARUA_FILE_PRIVATE,
                     _ ("Tell Evolution where mail is sent."));
  return TRUE;
}

static void
put_imap (const Export *self, BaruaKeyFile *file)
{
  g_autofree char *archive = dup_folder_uri (self, "\\All");
  g_autofree char *junk = barua_export_request_dup_folder (self->request, "\\Junk");
  g_autofree char *trash = barua_export_request_dup_folder (self->request, "\\Trash");
  /* Where folders are not known, Evolution looks for them when it connects first. */
  const BaruaGnomeSetting settings[] = {
    { "Mail Account", "NeedsInitialSetup",
      self->request->folders != NULL ? "false" : "true" },
    { "Mail Account", "ArchiveFolder", archive },
    { "Imapx Backend", "UseRealJunkPath", junk != NULL ? "true" : NULL },
    { "Imapx Backend", "RealJunkPath", junk },
    { "Imapx Backend", "UseRealTrashPath", trash != NULL ? "true" : NULL },
    { "Imapx Backend", "RealTrashPath", trash },
  };

  barua_gnome_put_missing (file, settings, G_N_ELEMENTS (settings));
}

static gboolean
plan_account (const Export *self, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (BaruaKeyFile) file =
    open_source (self, self->account->account, &path, error);
  gboolean is_pop = self->request->incoming->protocol == BARUA_PROTOCOL_POP;
  const BaruaGnomeSetting new_ones[] = {
    { "Pop Backend", "KeepOnServer", is_pop ? "true" : NULL },
    { "Offline", "StaySynchronized", "false" },
    { "Refresh", "Enabled", "true" },
    { "Refresh", "IntervalMinutes", "10" },
  };
  const BaruaGnomeSetting identity = { "Mail Account", "IdentityUid",
                                       self->account->identity };
  const BaruaGnomeSetting backend = { "Mail Account", "BackendName",
                                      get_backend (self->request) };

  if (file == NULL)
    return FALSE;
  put_head (self, file, FALSE);
  barua_gnome_put_missing (file, &backend, 1);
  barua_gnome_put (file, &identity, 1);
  /* How often and where is the person's own choice in an account that is there. */
  if (!self->account->is_there && !is_pop)
    put_imap (self, file);
  if (!self->account->is_there)
    barua_gnome_put_missing (file, new_ones, G_N_ELEMENTS (new_ones));
  put_server (self, file, self->request->incoming);
  barua_gnome_write (self->plan, path, file, BARUA_FILE_PRIVATE,
                     _ ("Tell Evolution where mail is fetched."));
  return TRUE;
}

static GVariant *
dup_attributes (const Export *self, const char *uid)
{
  /* A Flatpak's secrets are told apart by the program they are for. */
  return barua_gnome_attributes (
    "e-source-uid", uid, "eds-origin",
    self->sources->is_flatpak ? "org.gnome.Evolution." ORIGIN : ORIGIN, NULL);
}

static void
keep_password (const Export *self, const char *uid)
{
  g_autofree char *label =
    g_strdup_printf ("Evolution Data Source “%s”", self->request->account->address);

  barua_gnome_keep_password (self->plan, NAME,
                             &(BaruaKeyringItem){
                               .schema = SCHEMA,
                               .label = label,
                               .attributes = dup_attributes (self, uid),
                             });
}

static void
append_string (BaruaBuffer *buffer, const char *key, BaruaSecret *value)
{
  static const char HEX[] = "0123456789abcdef";

  barua_buffer_append (buffer, buffer->length > 0 ? ",\"" : "{\"", -1);
  barua_buffer_append (buffer, key, -1);
  barua_buffer_append (buffer, "\":\"", -1);
  for (const char *at = barua_secret_peek (value); *at != '\0'; at++)
    {
      guint byte = (guchar) *at;

      if (byte < 0x20)
        {
          barua_buffer_append (buffer, "\\u00", -1);
          barua_buffer_append_c (buffer, HEX[byte >> 4]);
          barua_buffer_append_c (buffer, HEX[byte & 0xf]);
          continue;
        }
      if (*at == '"' || *at == '\\')
        barua_buffer_append_c (buffer, '\\');
      barua_buffer_append_c (buffer, *at);
    }
  barua_buffer_append_c (buffer, '"');
}

/* What e_oauth2_service_get_access_token_sync() reads: an object of strings. */
static BaruaSecret *
wrap_tokens (const BaruaExportSecrets *secrets)
{
  g_auto (BaruaBuffer) buffer = { 0 };
  g_autofree char *expires = g_strdup_printf ("%" G_GINT64_FORMAT, secrets->expires);
  g_autoptr (BaruaSecret) until = barua_secret_new (expires, -1);

  if (secrets->refresh_token == NULL)
    return NULL;
  append_string (&buffer, "refresh_token", secrets->refresh_token);
  if (secrets->access_token != NULL)
    append_string (&buffer, "access_token", secrets->access_token);
  append_string (&buffer, "expires_after", until);
  barua_buffer_append_c (&buffer, '}');
  return barua_secret_new (buffer.bytes, (gssize) buffer.length);
}

static gboolean
holds (const char *bytes, gsize length, const char *text)
{
  return memmem (bytes, length, text, strlen (text)) != NULL;
}

/* Whether Evolution has no OAuth client of the person's own, or has this one already. The
 * names and values of settings stand as they are in the desktop's database. */
static gboolean
is_client_free (const Export *self, gboolean *is_set)
{
  g_autofree char *path = barua_home_dup_config_path (self->home, "dconf/user");
  gsize length = 0;
  g_autofree char *bytes = barua_file_read (path, BARUA_EXPORT_FILE_MAX, &length, NULL);

  *is_set = FALSE;
  if (bytes == NULL)
    return !g_file_test (path, G_FILE_TEST_EXISTS);
  if (!holds (bytes, length, "oauth2-google-client-"))
    return TRUE;
  *is_set = holds (bytes, length, self->request->account->client_id) &&
            holds (bytes, length, self->request->client_secret);
  return *is_set;
}

static gboolean
can_use_own_client (const Export *self, gboolean *is_set)
{
  const BaruaAccount *account = self->request->account;
  g_autofree char *schema = barua_home_dup_system_path (self->home, SETTINGS_FILE);

  return account->method == BARUA_METHOD_OAUTH && account->client_id != NULL &&
         *account->client_id != '\0' && self->request->client_secret != NULL &&
         *self->request->client_secret != '\0' && !self->home->apart &&
         !self->sources->is_flatpak && g_file_test (schema, G_FILE_TEST_EXISTS) &&
         !barua_evolution_sources_use_google (self->sources, self->account) &&
         is_client_free (self, is_set);
}

static void
note_restart (const Export *self)
{
  barua_plan_add_note (self->plan, _ ("If Evolution is open now, close it and start it "
                                      "again, so that it sees what has changed."));
}

static void
plan_client (const Export *self)
{
  barua_plan_set (self->plan, SETTINGS, "oauth2-google-client-id",
                  g_variant_new_string (self->request->account->client_id),
                  _ ("Let Evolution get its access tokens from Google in the way that "
                     "was set up here."));
  barua_plan_set (self->plan, SETTINGS, "oauth2-google-client-secret",
                  g_variant_new_string (self->request->client_secret),
                  _ ("Let Evolution get its access tokens from Google in the way that "
                     "was set up here."));
  note_restart (self);
}

static void
plan_tokens (const Export *self)
{
  g_autofree char *uid =
    g_strdup_printf ("OAuth2::Google[%s]", self->request->account->address);
  g_autofree char *label = g_strdup_printf ("Evolution Data Source “%s”", uid);
  gboolean is_set = FALSE;

  if (!can_use_own_client (self, &is_set))
    {
      barua_plan_add_question (
        self->plan,
        _ ("Evolution opens Google’s own page, for you to sign in there once: "
           "it gets access tokens of its own."));
      return;
    }
  if (!is_set)
    plan_client (self);
  barua_plan_keep (self->plan,
                   &(BaruaKeyringItem){
                     .schema = SCHEMA,
                     .label = label,
                     .attributes = dup_attributes (self, uid),
                     .wrap = wrap_tokens,
                   },
                   _ ("Put what gets access tokens where Evolution looks for it in the "
                      "keyring."));
}

static void
plan_secrets (const Export *self)
{
  if (barua_export_request_uses_token (self->request))
    plan_tokens (self);
  else if (barua_export_request_uses_password (self->request))
    {
      keep_password (self, self->account->account);
      keep_password (self, self->account->transport);
      if (self->account->collection != NULL)
        keep_password (self, self->account->collection);
    }
  else
    barua_gnome_ask_password (self->plan, NAME);
}

/* Its servers and its sign-in are not ours to change; where sent mail goes is. */
static gboolean
plan_managed (const Export *self, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (BaruaKeyFile) file = NULL;
  const BaruaGnomeSetting sent = { "Mail Submission", "UseSentFolder", "false" };

  barua_plan_add_note (
    self->plan,
    _ ("Evolution has this account already, and signs in to it by itself: with GNOME "
       "Online Accounts, or at Google. That is left as it is."));
  if (barua_evolution_sources_find (self->sources, self->account->identity) == NULL)
    return TRUE;
  file = open_source (self, self->account->identity, &path, error);
  if (file == NULL)
    return FALSE;
  barua_gnome_put (file, &sent, 1);
  barua_gnome_write (
    self->plan, path, file, BARUA_FILE_PRIVATE,
    _ ("Keep Evolution from saving sent mail a second time: Gmail does that."));
  return TRUE;
}

static void
note_other_way (const Export *self)
{
  gboolean is_pop = self->request->incoming->protocol == BARUA_PROTOCOL_POP;

  if (self->account->is_there ||
      barua_evolution_sources_find_mail (self->sources, self->request->account->address,
                                         is_pop ? "imapx" : "pop") == NULL)
    return;
  barua_plan_add_note (
    self->plan, is_pop ? _ ("Evolution also keeps the account that fetches with IMAP. "
                            "Remove it there if you do not need both.")
                       : _ ("Evolution also keeps the account that fetches with POP. "
                            "Remove it there if you do not need both."));
}

static gboolean
plan_sources (const Export *self, GError **error)
{
  if (self->account->is_managed)
    return plan_managed (self, error);
  if (self->request->account->method == BARUA_METHOD_ONLINE_ACCOUNT)
    {
      barua_plan_add_note (self->plan,
                           _ ("Evolution takes this account over from GNOME Online "
                              "Accounts by itself. Nothing is to be set up."));
      return TRUE;
    }
  note_other_way (self);
  /* Evolution looks for the other two as soon as it sees the account. */
  if (!plan_identity (self, error) || !plan_transport (self, error) ||
      !plan_account (self, error))
    return FALSE;
  if (self->account->is_there && !barua_plan_is_empty (self->plan))
    note_restart (self);
  plan_secrets (self);
  return TRUE;
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error)
{
  g_autoptr (BaruaEvolutionSources) sources = barua_evolution_sources_new (home);
  g_autofree char *name = barua_export_request_dup_key (request);
  g_autofree char *key = request->incoming->protocol == BARUA_PROTOCOL_POP
                           ? g_strconcat (name, "-pop", NULL)
                           : g_strdup (name);
  g_autoptr (BaruaEvolutionAccount) account = barua_evolution_account_new (
    sources, request->account->address, get_backend (request), key);
  const Export self = { request, home, plan, sources, account };

  return plan_sources (&self, error);
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_autoptr (BaruaEvolutionSources) sources = barua_evolution_sources_new (home);

  return barua_evolution_sources_find_mail (sources, address, NULL) != NULL;
}

static const char *const COMMANDS[] = { "evolution", NULL };
static const char *const DESKTOP_IDS[] = { "org.gnome.Evolution", "evolution", NULL };
static const char *const FLATPAKS[] = { "org.gnome.Evolution", NULL };
static const char *const PACKAGES[] = { "evolution", NULL };

const BaruaExporter barua_exporter_evolution = {
  .id = "evolution",
  .name = NAME,
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_SENDING |
         BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN | BARUA_EXPORTS_GRAPHICAL,
  .commands = COMMANDS,
  .desktop_ids = DESKTOP_IDS,
  .flatpaks = FLATPAKS,
  .packages = PACKAGES,
  .has_account = has_account,
  .plan = plan,
  .audit = barua_evolution_audit,
};
