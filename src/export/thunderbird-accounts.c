#include "config.h"

#include "export/thunderbird-accounts.h"

#include "account/address.h"
#include "base/text.h"
#include "export/match.h"

#include <string.h>

#define ACCOUNTS "mail.accountmanager.accounts"
#define DEFAULT_ACCOUNT "mail.accountmanager.defaultaccount"
#define LOCAL_FOLDERS "mail.accountmanager.localfoldersserver"
#define LAST_ACCOUNT "mail.account.lastKey"
#define SENDERS "mail.smtpservers"
#define DEFAULT_SENDER "mail.smtp.defaultserver"

#define ACCOUNT "mail.account"
#define SERVER "mail.server"
#define IDENTITY "mail.identity"
#define SENDER "mail.smtpserver"

#define CHECK_MINUTES 10
#define OAUTH_TEXT G_STRINGIFY (BARUA_THUNDERBIRD_AUTH_OAUTH)

typedef BaruaThunderbirdSettings Settings;

void
barua_thunderbird_login_free (BaruaThunderbirdLogin *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->incoming_host);
  g_free (self->incoming_user);
  g_free (self->outgoing_host);
  g_free (self->outgoing_user);
  g_free (self);
}

static const char *
get_of (const Settings *settings, const char *kind, const char *key, const char *name)
{
  return barua_thunderbird_settings_get_of (settings, kind, key, name);
}

static void
set_string (Settings *settings,
            const char *kind,
            const char *key,
            const char *name,
            const char *value)
{
  g_autofree char *whole = barua_thunderbird_settings_dup_name (kind, key, name);

  barua_thunderbird_settings_set_string (settings, whole, value);
}

static void
set_int (
  Settings *settings, const char *kind, const char *key, const char *name, int value)
{
  g_autofree char *whole = barua_thunderbird_settings_dup_name (kind, key, name);

  barua_thunderbird_settings_set_int (settings, whole, value);
}

static void
set_bool (
  Settings *settings, const char *kind, const char *key, const char *name, gboolean value)
{
  g_autofree char *whole = barua_thunderbird_settings_dup_name (kind, key, name);

  barua_thunderbird_settings_set_bool (settings, whole, value);
}

gboolean
barua_thunderbird_accounts_is_google (const char *host)
{
  static const char *const DOMAINS[] = { "gmail.com", "googlemail.com", "google.com" };

  for (gsize i = 0; host != NULL && i < G_N_ELEMENTS (DOMAINS); i++)
    if (barua_text_host_in_domain (host, DOMAINS[i]))
      return TRUE;
  return FALSE;
}

/* A user name without its domain is meant for the domain of the address. */
static gboolean
is_user (const char *user, const char *address)
{
  g_autoptr (BaruaAddress) mine = barua_address_new (address, NULL);
  g_autoptr (BaruaAddress) theirs = NULL;
  g_autofree char *whole = NULL;

  if (user == NULL || mine == NULL)
    return FALSE;
  whole = strchr (user, '@') != NULL
            ? g_strdup (user)
            : g_strconcat (user, "@", barua_address_get_domain (mine), NULL);
  theirs = barua_address_new (whole, NULL);
  return theirs != NULL && barua_address_same_mailbox (mine, theirs);
}

static const char *
get_type (const BaruaExportRequest *request)
{
  return request->incoming->protocol == BARUA_PROTOCOL_POP ? "pop3" : "imap";
}

static gboolean
fetches (const Settings *settings,
         const char *account,
         const char *address,
         const char *type)
{
  const char *server = get_of (settings, ACCOUNT, account, "server");
  const char *its_type = NULL;

  if (server == NULL)
    return FALSE;
  its_type = get_of (settings, SERVER, server, "type");
  if (type != NULL
        ? g_strcmp0 (its_type, type) != 0
        : g_strcmp0 (its_type, "imap") != 0 && g_strcmp0 (its_type, "pop3") != 0)
    return FALSE;
  return barua_thunderbird_accounts_is_google (
           get_of (settings, SERVER, server, "hostname")) &&
         is_user (get_of (settings, SERVER, server, "userName"), address);
}

char *
barua_thunderbird_accounts_find (const Settings *settings,
                                 const char *address,
                                 const char *type)
{
  g_auto (GStrv) accounts = barua_thunderbird_settings_list (settings, ACCOUNTS);

  for (gsize i = 0; accounts[i] != NULL; i++)
    if (fetches (settings, accounts[i], address, type))
      return g_strdup (accounts[i]);
  return NULL;
}

static char *
number_key (const Settings *settings, const char *kind, const char *word)
{
  g_autofree char *prefix = g_strconcat (kind, ".", word, NULL);

  return g_strdup_printf ("%s%u", word,
                          barua_thunderbird_settings_find_number (settings, prefix));
}

/* The numbers of accounts that were deleted are not given again. */
static char *
add_account (Settings *settings, const char *server)
{
  guint number = barua_thunderbird_settings_find_number (settings, ACCOUNT ".account");
  const char *last = barua_thunderbird_settings_get (settings, LAST_ACCOUNT);
  gint64 last_number = last != NULL ? g_ascii_strtoll (last, NULL, 10) : 0;
  char *account = NULL;

  if (last_number >= number && last_number < G_MAXINT32)
    number = (guint) last_number + 1;
  account = g_strdup_printf ("account%u", number);
  set_string (settings, ACCOUNT, account, "server", server);
  barua_thunderbird_settings_append (settings, ACCOUNTS, account);
  barua_thunderbird_settings_set_int (settings, LAST_ACCOUNT, (int) number);
  return account;
}

static void
add_local_folders (Settings *settings)
{
  g_autofree char *server = NULL;
  g_autofree char *account = NULL;

  if (barua_thunderbird_settings_get (settings, LOCAL_FOLDERS) != NULL ||
      barua_thunderbird_settings_get (settings, ACCOUNTS) != NULL)
    return;
  server = number_key (settings, SERVER, "server");
  set_string (settings, SERVER, server, "type", "none");
  set_string (settings, SERVER, server, "hostname", "Local Folders");
  set_string (settings, SERVER, server, "userName", "nobody");
  set_string (settings, SERVER, server, "name", "Local Folders");
  set_string (settings, SERVER, server, "directory-rel", "[ProfD]Mail/Local Folders");
  account = add_account (settings, server);
  barua_thunderbird_settings_set_string (settings, LOCAL_FOLDERS, server);
}

/* Whoever lets a mail program ask for a password has one of the two ways there already.
 */
static int
choose_method (const BaruaExportRequest *request, const char *there)
{
  if (barua_export_request_uses_password (request))
    return BARUA_THUNDERBIRD_AUTH_PASSWORD;
  if (barua_export_request_uses_token (request) || g_strcmp0 (there, OAUTH_TEXT) == 0)
    return BARUA_THUNDERBIRD_AUTH_OAUTH;
  return BARUA_THUNDERBIRD_AUTH_PASSWORD;
}

static int
choose_socket (const BaruaService *service)
{
  return service->security == BARUA_SECURITY_STARTTLS ? BARUA_THUNDERBIRD_SOCKET_STARTTLS
                                                      : BARUA_THUNDERBIRD_SOCKET_TLS;
}

static void
set_user (Settings *settings,
          const char *kind,
          const char *key,
          const char *name,
          const BaruaExportRequest *request)
{
  const char *there = get_of (settings, kind, key, name);

  if (there == NULL || strchr (there, '@') == NULL)
    set_string (settings, kind, key, name, request->account->address);
}

static void
set_incoming (Settings *settings, const char *server, const BaruaExportRequest *request)
{
  const BaruaService *service = request->incoming;

  set_string (settings, SERVER, server, "type", get_type (request));
  if (!barua_match_server (get_of (settings, SERVER, server, "hostname"), service->host))
    set_string (settings, SERVER, server, "hostname", service->host);
  set_int (settings, SERVER, server, "port", service->port);
  set_int (settings, SERVER, server, "socketType", choose_socket (service));
  set_int (settings, SERVER, server, "authMethod",
           choose_method (request, get_of (settings, SERVER, server, "authMethod")));
  set_user (settings, SERVER, server, "userName", request);
}

static char *
add_server (Settings *settings, const BaruaExportRequest *request)
{
  g_autofree char *label = barua_export_request_dup_label (request);
  char *server = number_key (settings, SERVER, "server");

  set_incoming (settings, server, request);
  set_string (settings, SERVER, server, "name", label);
  set_bool (settings, SERVER, server, "login_at_startup", TRUE);
  set_bool (settings, SERVER, server, "check_new_mail", TRUE);
  set_int (settings, SERVER, server, "check_time", CHECK_MINUTES);
  if (request->incoming->protocol != BARUA_PROTOCOL_POP)
    {
      set_bool (settings, SERVER, server, "is_gmail", TRUE);
      return server;
    }
  set_bool (settings, SERVER, server, "download_on_biff", TRUE);
  set_bool (settings, SERVER, server, "leave_on_server", TRUE);
  return server;
}

static gboolean
sends (const Settings *settings, const char *sender, const char *address)
{
  return barua_thunderbird_accounts_is_google (
           get_of (settings, SENDER, sender, "hostname")) &&
         is_user (get_of (settings, SENDER, sender, "username"), address);
}

static char *
find_sender (const Settings *settings, const char *preferred, const char *address)
{
  g_auto (GStrv) senders = barua_thunderbird_settings_list (settings, SENDERS);

  if (preferred != NULL && g_strv_contains ((const char *const *) senders, preferred) &&
      sends (settings, preferred, address))
    return g_strdup (preferred);
  for (gsize i = 0; senders[i] != NULL; i++)
    if (sends (settings, senders[i], address))
      return g_strdup (senders[i]);
  return NULL;
}

static char *
set_outgoing (Settings *settings,
              const char *preferred,
              const char *server,
              const BaruaExportRequest *request)
{
  const BaruaService *service = request->outgoing;
  char *sender = find_sender (settings, preferred, request->account->address);
  int method = 0;

  if (sender == NULL)
    {
      sender = number_key (settings, SENDER, "smtp");
      set_string (settings, SENDER, sender, "type", "smtp");
      set_string (settings, SENDER, sender, "description", "Gmail");
    }
  if (!barua_match_server (get_of (settings, SENDER, sender, "hostname"), service->host))
    set_string (settings, SENDER, sender, "hostname", service->host);
  set_int (settings, SENDER, sender, "port", service->port);
  set_int (settings, SENDER, sender, "try_ssl", choose_socket (service));
  method = choose_method (request, get_of (settings, SENDER, sender, "authMethod"));
  set_int (settings, SENDER, sender, "authMethod", method);
  set_user (settings, SENDER, sender, "username", request);
  /* Then a password that is typed for one is used for both. */
  if (request->account->method == BARUA_METHOD_NONE &&
      method == BARUA_THUNDERBIRD_AUTH_PASSWORD)
    set_string (settings, SENDER, sender, "incomingAccount", server);
  barua_thunderbird_settings_append (settings, SENDERS, sender);
  return sender;
}

static char *
find_identity (const Settings *settings, const char *account, const char *address)
{
  g_autofree char *name =
    barua_thunderbird_settings_dup_name (ACCOUNT, account, "identities");
  g_auto (GStrv) identities = barua_thunderbird_settings_list (settings, name);

  for (gsize i = 0; identities[i] != NULL; i++)
    if (is_user (get_of (settings, IDENTITY, identities[i], "useremail"), address))
      return g_strdup (identities[i]);
  return NULL;
}

static char *
take_identity (Settings *settings, const char *account, const BaruaExportRequest *request)
{
  g_autofree char *name =
    barua_thunderbird_settings_dup_name (ACCOUNT, account, "identities");
  char *identity = find_identity (settings, account, request->account->address);

  if (identity != NULL)
    return identity;
  identity = number_key (settings, IDENTITY, "id");
  set_string (settings, IDENTITY, identity, "fullName",
              barua_export_request_get_name (request));
  set_string (settings, IDENTITY, identity, "useremail", request->account->address);
  set_bool (settings, IDENTITY, identity, "valid", TRUE);
  barua_thunderbird_settings_append (settings, name, identity);
  return identity;
}

gboolean
barua_thunderbird_accounts_saves_twice (const Settings *settings, const char *identity)
{
  const char *sender = get_of (settings, IDENTITY, identity, "smtpServer");
  const char *folder = get_of (settings, IDENTITY, identity, "fcc_folder");

  if (sender == NULL)
    sender = barua_thunderbird_settings_get (settings, DEFAULT_SENDER);
  if (sender == NULL || !barua_thunderbird_accounts_is_google (
                          get_of (settings, SENDER, sender, "hostname")))
    return FALSE;
  return folder == NULL ||
         (g_str_has_prefix (folder, "imap://") && strstr (folder, "mail.com") != NULL);
}

/* The account may send under other names too. */
static void
drop_copies (Settings *settings, const char *account)
{
  g_autofree char *name =
    barua_thunderbird_settings_dup_name (ACCOUNT, account, "identities");
  g_auto (GStrv) identities = barua_thunderbird_settings_list (settings, name);

  for (gsize i = 0; identities[i] != NULL; i++)
    if (barua_thunderbird_accounts_saves_twice (settings, identities[i]))
      set_bool (settings, IDENTITY, identities[i], "fcc", FALSE);
}

static gboolean
has_default_account (const Settings *settings)
{
  const char *account = barua_thunderbird_settings_get (settings, DEFAULT_ACCOUNT);
  g_auto (GStrv) accounts = barua_thunderbird_settings_list (settings, ACCOUNTS);
  const char *server = NULL;
  const char *type = NULL;

  if (account == NULL || !g_strv_contains ((const char *const *) accounts, account))
    return FALSE;
  server = get_of (settings, ACCOUNT, account, "server");
  type = server != NULL ? get_of (settings, SERVER, server, "type") : NULL;
  return type != NULL && !g_str_equal (type, "none") && !g_str_equal (type, "rss");
}

static gboolean
has_default_sender (const Settings *settings)
{
  const char *sender = barua_thunderbird_settings_get (settings, DEFAULT_SENDER);
  g_auto (GStrv) senders = barua_thunderbird_settings_list (settings, SENDERS);

  return sender != NULL && g_strv_contains ((const char *const *) senders, sender);
}

static BaruaThunderbirdLogin *
make_login (const Settings *settings, const char *server, const char *sender)
{
  BaruaThunderbirdLogin *login = g_new0 (BaruaThunderbirdLogin, 1);

  login->incoming_host = g_strdup (get_of (settings, SERVER, server, "hostname"));
  login->incoming_user = g_strdup (get_of (settings, SERVER, server, "userName"));
  login->outgoing_host = g_strdup (get_of (settings, SENDER, sender, "hostname"));
  login->outgoing_user = g_strdup (get_of (settings, SENDER, sender, "username"));
  login->oauth =
    g_strcmp0 (get_of (settings, SERVER, server, "authMethod"), OAUTH_TEXT) == 0;
  return login;
}

BaruaThunderbirdLogin *
barua_thunderbird_accounts_set_up (Settings *settings, const BaruaExportRequest *request)
{
  g_autofree char *account = barua_thunderbird_accounts_find (
    settings, request->account->address, get_type (request));
  g_autofree char *server = NULL;
  g_autofree char *identity = NULL;
  g_autofree char *sender = NULL;

  g_return_val_if_fail (settings != NULL && request != NULL, NULL);

  if (account != NULL)
    {
      server = g_strdup (get_of (settings, ACCOUNT, account, "server"));
      set_incoming (settings, server, request);
    }
  else
    {
      add_local_folders (settings);
      server = add_server (settings, request);
      account = add_account (settings, server);
    }
  identity = take_identity (settings, account, request);
  sender = set_outgoing (settings, get_of (settings, IDENTITY, identity, "smtpServer"),
                         server, request);
  set_string (settings, IDENTITY, identity, "smtpServer", sender);
  /* smtp.gmail.com keeps what is sent by itself. */
  set_bool (settings, IDENTITY, identity, "fcc", FALSE);
  if (!has_default_account (settings))
    barua_thunderbird_settings_set_string (settings, DEFAULT_ACCOUNT, account);
  if (!has_default_sender (settings))
    barua_thunderbird_settings_set_string (settings, DEFAULT_SENDER, sender);
  drop_copies (settings, account);
  return make_login (settings, server, sender);
}

BaruaThunderbirdLogin *
barua_thunderbird_accounts_look_up (const Settings *settings,
                                    const BaruaExportRequest *request)
{
  const char *address = request->account->address;
  g_autofree char *account =
    barua_thunderbird_accounts_find (settings, address, get_type (request));
  g_autofree char *identity =
    account != NULL ? find_identity (settings, account, address) : NULL;
  g_autofree char *sender = NULL;

  if (identity != NULL)
    sender = find_sender (settings, get_of (settings, IDENTITY, identity, "smtpServer"),
                          address);
  return sender != NULL
           ? make_login (settings, get_of (settings, ACCOUNT, account, "server"), sender)
           : NULL;
}
