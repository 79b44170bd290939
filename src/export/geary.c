#include "config.h"

#include "export/exporters.h"

#include "export/geary.h"
#include "export/gnome.h"
#include "export/match.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAME "Geary"
#define FLATPAK "org.gnome.Geary"
#define SCHEMA "org.gnome.Geary"
#define FILE_NAME "geary.ini"
#define PREFIX "account_"
#define ACCOUNTS_MAX 200
#define SPECIALS "()<>[]:;@\\,.\""

/* One account: @id is its folder below @config and @data. */
typedef struct
{
  char *config;
  char *data;
  char *id;
  gboolean is_there;
  guint ordinal;
} Account;

static void
account_clear (Account *self)
{
  g_free (self->config);
  g_free (self->data);
  g_free (self->id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Account, account_clear)

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static GPtrArray *
list_folders (const char *path)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (folder != NULL && names->len < ACCOUNTS_MAX &&
         (name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static char *
dup_file_path (const Account *self, const char *id)
{
  return g_build_filename (self->config, id, FILE_NAME, NULL);
}

static BaruaKeyFile *
look (const Account *self, const char *id)
{
  g_autofree char *path = dup_file_path (self, id);

  return barua_gnome_look (path);
}

/* The first sender's address. A name may hold what divides a list, an address may not. */
static char *
dup_sender (const BaruaKeyFile *file)
{
  g_autofree char *list = barua_key_file_dup (file, "Account", "sender_mailboxes");
  const char *start = list != NULL ? strchr (list, '<') : NULL;

  if (start != NULL)
    return g_strndup (start + 1, strcspn (start + 1, ">"));
  return list != NULL ? g_strndup (list, strcspn (list, ";")) : NULL;
}

static gboolean
is_for (const BaruaKeyFile *file, const char *address)
{
  g_autofree char *login = barua_gnome_dup (file, "Incoming", "login");
  g_autofree char *old = barua_gnome_dup (file, "AccountInformation", "primary_email");
  g_autofree char *host = barua_gnome_dup (file, "Incoming", "host");
  g_autofree char *sender = NULL;

  if (barua_gnome_same_mailbox (login, address) ||
      barua_gnome_same_mailbox (old, address))
    return TRUE;
  sender = dup_sender (file);
  if (!barua_gnome_same_mailbox (sender, address))
    return FALSE;
  /* GNOME Online Accounts keep the login, or it lacks its domain. */
  return login == NULL || (strchr (login, '@') == NULL && barua_match_host (host));
}

static gboolean
is_removed (const BaruaKeyFile *file)
{
  return barua_gnome_equals (file, "Metadata", "status", "removed");
}

static void
find_number (const GPtrArray *names, guint *last)
{
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      guint64 number = 0;

      if (g_str_has_prefix (name, PREFIX) &&
          g_ascii_string_to_unsigned (name + strlen (PREFIX), 10, 1, 9998, &number, NULL))
        *last = MAX (*last, (guint) number);
    }
}

/* A new account is shown after all others. */
static void
find_ordinal (Account *self, const GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (BaruaKeyFile) file = look (self, names->pdata[i]);
      g_autofree char *text =
        file != NULL ? barua_key_file_dup (file, "Account", "ordinal") : NULL;
      guint64 number = 0;

      if (text != NULL &&
          g_ascii_string_to_unsigned (text, 10, 0, ACCOUNTS_MAX, &number, NULL))
        self->ordinal = MAX (self->ordinal, (guint) number + 1);
    }
}

static void
find_place (Account *self, const BaruaHome *home)
{
  gboolean is_flatpak = FALSE;

  self->config = barua_gnome_find_place (home, "geary", FLATPAK, "geary", &is_flatpak);
  self->data = is_flatpak ? barua_home_dup_path (home, ".var/app/" FLATPAK "/data/geary")
                          : barua_home_dup_data_path (home, "geary");
}

static void
find_account (Account *self, const BaruaHome *home, const char *address)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) data = NULL;
  guint last = 0;

  find_place (self, home);
  names = list_folders (self->config);
  for (guint i = 0; i < names->len && !self->is_there; i++)
    {
      g_autoptr (BaruaKeyFile) file = look (self, names->pdata[i]);

      self->is_there = file != NULL && !is_removed (file) && is_for (file, address);
      if (self->is_there)
        self->id = g_strdup (names->pdata[i]);
    }
  if (self->is_there)
    return;
  data = list_folders (self->data);
  find_number (names, &last);
  find_number (data, &last);
  self->id = g_strdup_printf (PREFIX "%02u", last + 1);
  self->ordinal = 1;
  find_ordinal (self, names);
}

/* A mailbox of RFC 5322, 3.4, and then one item of a list of GKeyFile's. */
static char *
dup_sender_list (const BaruaExportRequest *request)
{
  const char *name = barua_export_request_get_name (request);
  g_autoptr (GString) mailbox = g_string_new (NULL);
  g_autofree char *escaped = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *item = NULL;
  gboolean quoted = strpbrk (name, SPECIALS) != NULL;

  if (quoted)
    g_string_append_c (mailbox, '"');
  for (const char *at = name; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (mailbox, '\\');
      g_string_append_c (mailbox, *at);
    }
  g_string_append_printf (mailbox, "%s <%s>", quoted ? "\"" : "",
                          request->account->address);
  if (g_str_equal (name, request->account->address))
    g_string_assign (mailbox, name);
  escaped = barua_key_file_escape (mailbox->str);
  parts = g_strsplit (escaped, ";", 0);
  item = g_strjoinv ("\\;", parts);
  return g_strconcat (item, ";", NULL);
}

static void
put_service (BaruaKeyFile *file,
             const char *group,
             const BaruaService *service,
             const char *credentials)
{
  g_autofree char *host = barua_gnome_dup (file, group, "host");
  g_autofree char *port = g_strdup_printf ("%u", service->port);
  gboolean starttls = service->security == BARUA_SECURITY_STARTTLS;
  const BaruaGnomeSetting settings[] = {
    { group, "host", barua_match_server (host, service->host) ? NULL : service->host },
    { group, "port", port },
    { group, "transport_security", starttls ? "start-tls" : "transport" },
    { group, "credentials", credentials },
  };

  barua_gnome_put (file, settings, G_N_ELEMENTS (settings));
}

/* Geary’s own settings for Gmail know no other port for sending than 465. */
static void
put_services (BaruaKeyFile *file, const BaruaExportRequest *request)
{
  g_autofree char *provider = barua_gnome_dup (file, "Account", "service_provider");
  gboolean knows_gmail = request->outgoing->security == BARUA_SECURITY_TLS;
  gboolean is_own = provider == NULL || g_str_equal (provider, "gmail");
  const BaruaGnomeSetting settings[] = {
    { "Account", "service_provider", is_own && knows_gmail ? "gmail" : "other" },
    { "Incoming", "login", request->account->address },
    { "Incoming", "remember_password", "true" },
    { "Outgoing", "login", request->account->address },
    { "Outgoing", "remember_password", "true" },
  };

  barua_gnome_put (file, settings, G_N_ELEMENTS (settings));
  if (is_own && knows_gmail)
    return;
  put_service (file, "Incoming", request->incoming, "custom");
  put_service (file, "Outgoing", request->outgoing, "use-incoming");
}

static void
put_account (const Account *self, BaruaKeyFile *file, const BaruaExportRequest *request)
{
  g_autofree char *senders = dup_sender_list (request);
  g_autofree char *there = dup_sender (file);
  g_autofree char *ordinal = g_strdup_printf ("%u", self->ordinal);
  const BaruaGnomeSetting new_ones[] = {
    { "Metadata", "version", "1" },
    { "Metadata", "status", "enabled" },
    { "Account", "ordinal", ordinal },
    { "Account", "label", request->account->address },
    { "Account", "prefetch_days", "14" },
    { "Account", "save_drafts", "true" },
    { "Account", "use_signature", "false" },
    { "Account", "signature", "" },
  };
  const BaruaGnomeSetting settings[] = {
    { "Metadata", "status", "enabled" },
    { "Account", "save_sent", "false" },
  };

  if (!self->is_there)
    barua_gnome_put_missing (file, new_ones, G_N_ELEMENTS (new_ones));
  barua_gnome_put (file, settings, G_N_ELEMENTS (settings));
  if (there == NULL)
    barua_key_file_set (file, "Account", "sender_mailboxes", senders);
  put_services (file, request);
}

static void
keep_password (BaruaPlan *plan,
               const BaruaKeyFile *file,
               const BaruaService *service,
               const char *login)
{
  gboolean is_imap = service->protocol == BARUA_PROTOCOL_IMAP;
  g_autofree char *set =
    barua_gnome_dup (file, is_imap ? "Incoming" : "Outgoing", "host");
  const char *proto = is_imap ? "IMAP" : "SMTP";
  g_autofree char *label = g_strdup_printf ("Geary %s password", proto);
  gboolean is_other = barua_gnome_equals (file, "Account", "service_provider", "other");

  barua_gnome_keep_password (
    plan, NAME,
    &(BaruaKeyringItem){
      .schema = SCHEMA,
      .label = label,
      .attributes = barua_gnome_attributes ("proto", proto, "host",
                                            is_other && set != NULL ? set : service->host,
                                            "login", login, NULL),
    });
}

static gboolean
plan_file (const Account *self,
           const BaruaExportRequest *request,
           BaruaPlan *plan,
           GError **error)
{
  g_autofree char *path = dup_file_path (self, self->id);
  g_autoptr (BaruaKeyFile) file = barua_gnome_read (plan, path, error);
  g_autofree char *data = g_build_filename (self->data, self->id, NULL);
  g_autofree char *online = NULL;
  const BaruaGnomeSetting sent = { "Account", "save_sent", "false" };

  if (file == NULL)
    return FALSE;
  online = barua_gnome_dup (file, "Metadata", "goa_id");
  if (online != NULL || g_str_has_prefix (self->id, "goa_"))
    {
      barua_gnome_put (file, &sent, 1);
      barua_gnome_write (
        plan, path, file, BARUA_FILE_PRIVATE,
        _ ("Keep Geary from saving sent mail a second time: Gmail does that."));
      barua_plan_add_note (plan, _ ("Geary has this account already, from GNOME Online "
                                    "Accounts, and signs in to it with them."));
      return TRUE;
    }
  /* Geary itself turns its former format into the present one. */
  if (!barua_key_file_has_group (file, "AccountInformation"))
    {
      put_account (self, file, request);
      barua_gnome_write (plan, path, file, BARUA_FILE_PRIVATE,
                         _ ("Set up the account in Geary."));
    }
  barua_plan_make_folder (plan, data, _ ("Make the folder where Geary keeps mail."));
  if (!barua_export_request_uses_password (request))
    {
      barua_gnome_ask_password (plan, NAME);
      return TRUE;
    }
  keep_password (plan, file, request->incoming, request->account->address);
  keep_password (plan, file, request->outgoing, request->account->address);
  return TRUE;
}

static void
plan_token (const BaruaExportRequest *request, BaruaPlan *plan)
{
  if (request->account->method == BARUA_METHOD_ONLINE_ACCOUNT)
    {
      barua_plan_add_note (plan, _ ("Geary takes this account over from GNOME Online "
                                    "Accounts by itself. Nothing is to be set up."));
      return;
    }
  barua_gnome_ask_online_account (
    plan, _ ("Geary signs in without an app password only through GNOME Online Accounts: "
             "sign in to Google once in the desktop’s settings. Geary then takes the "
             "account over by itself."));
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error)
{
  g_auto (Account) account = { 0 };

  find_account (&account, home, request->account->address);
  if (barua_export_request_uses_token (request) &&
      !(account.is_there && g_str_has_prefix (account.id, "goa_")))
    {
      plan_token (request, plan);
      return TRUE;
    }
  return plan_file (&account, request, plan, error);
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_auto (Account) account = { 0 };

  find_account (&account, home, address);
  return account.is_there;
}

gboolean
barua_geary_prepare_online_account (BaruaPlan *plan,
                                    const BaruaExportRequest *request,
                                    const BaruaHome *home,
                                    const char *id,
                                    GError **error)
{
  g_auto (Account) account = { 0 };
  g_autofree char *here = barua_home_find_program (home, "geary");
  g_autofree char *name = g_strconcat ("goa_", id, NULL);
  g_autofree char *path = NULL;
  g_autofree char *data = NULL;
  g_autofree char *senders = dup_sender_list (request);
  g_autofree char *there = NULL;
  g_autoptr (BaruaKeyFile) file = NULL;

  find_place (&account, home);
  if (here == NULL && !g_file_test (account.config, G_FILE_TEST_IS_DIR))
    return TRUE;
  path = dup_file_path (&account, name);
  data = g_build_filename (account.data, name, NULL);
  file = barua_gnome_read (plan, path, error);
  if (file == NULL)
    return FALSE;
  barua_gnome_put_missing (file,
                           (const BaruaGnomeSetting[]){
                             { "Metadata", "version", "1" },
                             { "Metadata", "status", "enabled" },
                             { "Metadata", "goa_id", id },
                             { "Account", "label", request->account->address },
                           },
                           4);
  if (!barua_gnome_equals (file, "Account", "save_sent", "false"))
    barua_key_file_set (file, "Account", "save_sent", "false");
  there = dup_sender (file);
  if (there == NULL)
    barua_key_file_set (file, "Account", "sender_mailboxes", senders);
  barua_gnome_write (
    plan, path, file, BARUA_FILE_PRIVATE,
    _ ("Keep Geary from saving sent mail a second time: Gmail does that."));
  barua_plan_make_folder (plan, data, _ ("Make the folder where Geary keeps mail."));
  return TRUE;
}

gboolean
barua_geary_has_own (const BaruaHome *home, const char *address)
{
  g_auto (Account) account = { 0 };

  find_account (&account, home, address);
  return account.is_there && !g_str_has_prefix (account.id, "goa_");
}

static const char *const COMMANDS[] = { "geary", NULL };
static const char *const DESKTOP_IDS[] = { "org.gnome.Geary", NULL };
static const char *const FLATPAKS[] = { FLATPAK, NULL };
static const char *const PACKAGES[] = { "geary", NULL };

const BaruaExporter barua_exporter_geary = {
  .id = "geary",
  .name = NAME,
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_SENDING | BARUA_EXPORTS_PASSWORD |
         BARUA_EXPORTS_TOKEN | BARUA_EXPORTS_CLOSED | BARUA_EXPORTS_GRAPHICAL,
  .commands = COMMANDS,
  .desktop_ids = DESKTOP_IDS,
  .flatpaks = FLATPAKS,
  .packages = PACKAGES,
  .has_account = has_account,
  .plan = plan,
  .audit = barua_geary_audit,
};
