#include "config.h"

#include "export/thunderbird-audit.h"

#include "export/audit.h"
#include "export/thunderbird-accounts.h"
#include "export/thunderbird-profile.h"

#include <glib/gi18n.h>
#include <string.h>

#define CLIENT "thunderbird"

/* nsMsgAuthMethod and nsMsgSocketType, as they stand in the file. */
#define AUTH_NONE "1"
#define AUTH_PASSWORD G_STRINGIFY (BARUA_THUNDERBIRD_AUTH_PASSWORD)
#define SOCKET_STARTTLS G_STRINGIFY (BARUA_THUNDERBIRD_SOCKET_STARTTLS)
#define SOCKET_TLS G_STRINGIFY (BARUA_THUNDERBIRD_SOCKET_TLS)

/* Encrypted password, Kerberos, NTLM, certificate, and any of those. */
static const char *const RETIRED[] = { "4", "5", "6", "7", "8", NULL };

/* @user tells which of the two files is looked at: what stands in user.js goes before.
 * @texts keeps what the values point to. */
typedef struct
{
  const BaruaThunderbirdSettings *settings;
  gboolean user;
  GPtrArray *texts;
  GPtrArray *faults;
} Look;

/* What one kind of server is called in the settings. */
typedef struct
{
  const char *kind;
  const char *user;
  const char *security;
} Names;

static const Names INCOMING = { "mail.server", "userName", "socketType" };
static const Names OUTGOING = { "mail.smtpserver", "username", "try_ssl" };

static char *
keep (const Look *self, char *text)
{
  g_ptr_array_add (self->texts, text);
  return text;
}

static const BaruaPrefs *
get_prefs (const Look *self)
{
  return self->user ? self->settings->user : self->settings->prefs;
}

static const char *
get_path (const Look *self)
{
  return self->user ? self->settings->user_path : self->settings->path;
}

/* A statement of its own, at the end, for what stands nowhere. */
static void
set_place (const Look *self, BaruaValue *value)
{
  gsize length = 0;
  g_autofree char *text = barua_prefs_dup_text (get_prefs (self), &length);
  g_autofree char *name = barua_prefs_quote (value->key);
  gboolean ended = length == 0 || text[length - 1] == '\n';

  value->span.offset = length;
  value->span.line = 1;
  for (gsize i = 0; i < length; i++)
    value->span.line += text[i] == '\n';
  value->lead =
    keep (self, g_strdup_printf ("%suser_pref(%s, ", ended ? "" : "\n", name));
  value->tail = ");\n";
}

static BaruaValue
look_up (const Look *self, const char *kind, const char *key, const char *name)
{
  BaruaValue value = { 0 };

  value.key = keep (self, barua_thunderbird_settings_dup_name (kind, key, name));
  value.text = barua_thunderbird_settings_get (self->settings, value.key);
  if (value.text == NULL)
    set_place (self, &value);
  else if (self->user || !barua_prefs_has (self->settings->user, value.key))
    (void) barua_prefs_locate (get_prefs (self), value.key, &value.span);
  return value;
}

static const char *
write_security (BaruaSecurityKind kind)
{
  return kind == BARUA_SECURITY_KIND_STARTTLS ? SOCKET_STARTTLS : SOCKET_TLS;
}

static BaruaSecurityKind
read_security (const char *text)
{
  if (g_strcmp0 (text, SOCKET_TLS) == 0)
    return BARUA_SECURITY_KIND_TLS;
  /* Before it was taken away, 1 was STARTTLS where the server offers it. */
  if (g_strcmp0 (text, SOCKET_STARTTLS) == 0 || g_strcmp0 (text, "1") == 0)
    return BARUA_SECURITY_KIND_STARTTLS;
  return BARUA_SECURITY_KIND_NONE;
}

/* Numbers stand without quotes. */
static char *
quote (const char *text)
{
  return text[strspn (text, "0123456789")] == '\0' ? g_strdup (text)
                                                   : barua_prefs_quote (text);
}

static guint
usual_port (BaruaProtocol protocol, BaruaSecurityKind kind)
{
  gboolean tls = kind == BARUA_SECURITY_KIND_TLS;

  switch (protocol)
    {
    case BARUA_PROTOCOL_IMAP:
      return tls ? 993 : 143;
    case BARUA_PROTOCOL_POP:
      return tls ? 995 : 110;
    case BARUA_PROTOCOL_SMTP:
    default:
      return tls ? 465 : 587;
    }
}

static BaruaSetServer
read_server (const Look *self,
             const Names *names,
             const char *key,
             BaruaProtocol protocol)
{
  BaruaSetServer server = {
    .client = CLIENT,
    .file = get_path (self),
    .protocol = protocol,
    .host = look_up (self, names->kind, key, "hostname"),
    .port = look_up (self, names->kind, key, "port"),
    .security = look_up (self, names->kind, key, names->security),
    .user = look_up (self, names->kind, key, names->user),
    .authentication = look_up (self, names->kind, key, "authMethod"),
    .write_security = write_security,
    .write_authentication = AUTH_PASSWORD,
    .quote = quote,
  };

  server.security_kind = read_security (server.security.text);
  server.default_port = usual_port (protocol, server.security_kind);
  /* As Thunderbird writes what it has chosen by itself. */
  if (g_strcmp0 (server.port.text, "-1") == 0 || g_strcmp0 (server.port.text, "0") == 0)
    server.port.text = NULL;
  server.retired = server.authentication.text != NULL &&
                   g_strv_contains (RETIRED, server.authentication.text);
  return server;
}

static gboolean
is_in_user_js (const Look *self, const char *kind, const char *key)
{
  g_autofree char *name = barua_thunderbird_settings_dup_name (kind, key, "hostname");

  return barua_prefs_has (self->settings->user, name);
}

static const char *
get_of (const Look *self, const char *kind, const char *key, const char *name)
{
  return barua_thunderbird_settings_get_of (self->settings, kind, key, name);
}

static const char *
get_identity (const Look *self, const char *account)
{
  g_autofree char *name =
    barua_thunderbird_settings_dup_name ("mail.account", account, "identities");
  g_auto (GStrv) identities = barua_thunderbird_settings_list (self->settings, name);

  return identities[0] != NULL
           ? get_of (self, "mail.identity", identities[0], "useremail")
           : NULL;
}

static void
audit_incoming (Look *self, const char *account)
{
  const char *key = get_of (self, "mail.account", account, "server");
  const char *type = key != NULL ? get_of (self, "mail.server", key, "type") : NULL;
  gboolean imap = g_strcmp0 (type, "imap") == 0;
  BaruaSetServer server = { 0 };

  if (!imap && g_strcmp0 (type, "pop3") != 0)
    return;
  self->user = is_in_user_js (self, "mail.server", key);
  server =
    read_server (self, &INCOMING, key, imap ? BARUA_PROTOCOL_IMAP : BARUA_PROTOCOL_POP);
  server.address = get_identity (self, account);
  barua_audit_server (&server, self->faults);
}

static const char *
find_address (const Look *self, char **accounts, const char *sender)
{
  for (gsize i = 0; accounts[i] != NULL; i++)
    {
      g_autofree char *name =
        barua_thunderbird_settings_dup_name ("mail.account", accounts[i], "identities");
      g_auto (GStrv) identities = barua_thunderbird_settings_list (self->settings, name);

      for (gsize j = 0; identities[j] != NULL; j++)
        if (g_strcmp0 (get_of (self, "mail.identity", identities[j], "smtpServer"),
                       sender) == 0)
          return get_of (self, "mail.identity", identities[j], "useremail");
    }
  return NULL;
}

static void
audit_outgoing (Look *self, char **accounts, const char *sender)
{
  BaruaSetServer server = { 0 };
  BaruaFault *fault = NULL;

  self->user = is_in_user_js (self, "mail.smtpserver", sender);
  server = read_server (self, &OUTGOING, sender, BARUA_PROTOCOL_SMTP);
  server.address = find_address (self, accounts, sender);
  /* A relay knows its senders by their network, and needs no name. */
  if (server.user.text == NULL ||
      g_strcmp0 (server.host.text, "smtp-relay.gmail.com") == 0 ||
      !barua_audit_is_gmail (server.host.text, server.user.text))
    return;
  barua_audit_server (&server, self->faults);
  if (g_strcmp0 (server.authentication.text, AUTH_NONE) != 0)
    return;
  fault = barua_audit_add (self->faults, CLIENT, server.file, &server.authentication,
                           AUTH_PASSWORD,
                           server.authentication.span.line > 0 ? AUTH_PASSWORD : NULL);
  fault->cause = "auth-missing";
  fault->why = g_strdup (_ ("Google takes mail for sending only from somebody who has "
                            "signed in."));
}

static void
audit_copies (Look *self, const char *account)
{
  g_autofree char *name =
    barua_thunderbird_settings_dup_name ("mail.account", account, "identities");
  g_auto (GStrv) identities = barua_thunderbird_settings_list (self->settings, name);
  const char *server = get_of (self, "mail.account", account, "server");

  if (server == NULL ||
      g_strcmp0 (get_of (self, "mail.server", server, "type"), "imap") != 0 ||
      !barua_thunderbird_accounts_is_google (
        get_of (self, "mail.server", server, "hostname")))
    return;
  for (gsize i = 0; identities[i] != NULL; i++)
    {
      BaruaValue value = { 0 };

      self->user = FALSE;
      value = look_up (self, "mail.identity", identities[i], "fcc");
      if (g_strcmp0 (value.text, "false") != 0 &&
          barua_thunderbird_accounts_saves_twice (self->settings, identities[i]))
        barua_audit_add_sent_copy (self->faults, CLIENT, get_path (self), &value, "false",
                                   value.span.line > 0 ? "false" : NULL);
    }
}

static void
audit_profile (const BaruaThunderbirdSettings *settings, GPtrArray *faults)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) accounts =
    barua_thunderbird_settings_list (settings, "mail.accountmanager.accounts");
  g_auto (GStrv) senders = barua_thunderbird_settings_list (settings, "mail.smtpservers");
  Look look = { .settings = settings, .texts = texts, .faults = faults };

  for (gsize i = 0; accounts[i] != NULL; i++)
    {
      audit_incoming (&look, accounts[i]);
      audit_copies (&look, accounts[i]);
    }
  for (gsize i = 0; senders[i] != NULL; i++)
    audit_outgoing (&look, accounts, senders[i]);
}

void
barua_thunderbird_audit (const BaruaHome *home, GPtrArray *faults)
{
  g_autoptr (GPtrArray) profiles = NULL;

  g_return_if_fail (home != NULL && faults != NULL);

  profiles = barua_thunderbird_profile_list (home);
  for (guint i = 0; i < profiles->len; i++)
    {
      const BaruaThunderbirdProfile *profile = profiles->pdata[i];
      g_autoptr (BaruaThunderbirdSettings) settings =
        barua_thunderbird_settings_read (profile->folder, home, NULL, NULL);

      if (settings != NULL)
        audit_profile (settings, faults);
    }
}
