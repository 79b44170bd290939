#include "config.h"

#include "export/mutt-account.h"

#include "export/audit.h"
#include "export/formats/mail-url.h"
#include "export/mutt-settings.h"

#include <string.h>

#define PLAIN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.@_+-"

/* A setting that names a server, and where its user name and way of signing in stand. */
typedef struct
{
  const char *setting;
  const char *user;
  const char *ways;
  const char *password;
} Place;

static const Place PLACES[] = {
  { "folder", "imap_user", "imap_authenticators", "imap_pass" },
  { "spoolfile", "imap_user", "imap_authenticators", "imap_pass" },
  { "pop_host", "pop_user", "pop_authenticators", "pop_pass" },
  { "smtp_url", "smtp_user", "smtp_authenticators", "smtp_pass" },
};

typedef struct
{
  const char *scheme;
  BaruaProtocol protocol;
  gboolean tls;
  guint port;
} Scheme;

static const Scheme SCHEMES[] = {
  { "imaps", BARUA_PROTOCOL_IMAP, TRUE, 993 },
  { "imap", BARUA_PROTOCOL_IMAP, FALSE, 143 },
  { "pops", BARUA_PROTOCOL_POP, TRUE, 995 },
  { "pop", BARUA_PROTOCOL_POP, FALSE, 110 },
  { "smtps", BARUA_PROTOCOL_SMTP, TRUE, 465 },
  { "smtp", BARUA_PROTOCOL_SMTP, FALSE, 25 },
};

static const char *
imap_word (BaruaSecurityKind kind)
{
  return kind == BARUA_SECURITY_KIND_TLS ? "imaps" : NULL;
}

static const char *
pop_word (BaruaSecurityKind kind)
{
  return kind == BARUA_SECURITY_KIND_TLS ? "pops" : NULL;
}

static const char *
smtp_word (BaruaSecurityKind kind)
{
  return kind == BARUA_SECURITY_KIND_TLS        ? "smtps"
         : kind == BARUA_SECURITY_KIND_STARTTLS ? "smtp"
                                                : NULL;
}

static const char *
starttls_word (BaruaSecurityKind kind)
{
  return kind == BARUA_SECURITY_KIND_STARTTLS ? "yes" : NULL;
}

static char *
quote_in_url (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

/* A host or port in a URL must stay as it is; a user name of its own may need quotes. */
static char *
quote_if_needed (const char *text)
{
  return strspn (text, PLAIN) == strlen (text) ? g_strdup (text)
                                               : barua_mutt_rc_quote (text);
}

static const Scheme *
find_scheme (const BaruaMailUrl *url)
{
  for (gsize i = 0; url != NULL && i < G_N_ELEMENTS (SCHEMES); i++)
    if (g_str_equal (SCHEMES[i].scheme, url->scheme))
      return &SCHEMES[i];
  return NULL;
}

/* A part of a setting's value; it can be mended only where the value stands as it is. */
static BaruaValue
part_of (const BaruaMuttEntry *entry, const char *key, const char *text, gsize at)
{
  BaruaValue value = { .key = key, .text = text };
  const BaruaMuttCommand *command = entry->command;
  gsize quote = command->span.length > strlen (command->value) ? 1 : 0;

  if (!command->verbatim)
    return value;
  value.span = command->span;
  value.span.offset += quote + at;
  value.span.length = text != NULL ? strlen (text) : 0;
  return value;
}

static BaruaValue
whole_of (const BaruaMuttSettings *settings, const char *name, const BaruaMuttFile *file)
{
  const BaruaMuttEntry *entry = barua_mutt_settings_find (settings, name);
  BaruaValue value = { .key = name };

  if (entry == NULL || entry->command->computed)
    return value;
  value.text = barua_mutt_settings_get (settings, name);
  if (entry->file == file && entry->command->span.offset > 0)
    value.span = entry->command->span;
  return value;
}

static gboolean
is_retired (const char *ways)
{
  static const char *const WORKING[] = { "plain", "login", "oauthbearer", "xoauth2",
                                         "user",  "sasl",  "gsasl",       NULL };
  g_auto (GStrv) words = ways != NULL ? g_strsplit_set (ways, ": ", 0) : NULL;

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *word = g_ascii_strdown (words[i], -1);

      if (g_strv_contains (WORKING, word))
        return FALSE;
    }
  return words != NULL && words[0] != NULL;
}

static void
set_security (BaruaSetServer *server,
              const Scheme *scheme,
              const BaruaMuttEntry *entry,
              const BaruaMuttSettings *settings)
{
  static const char *(*const WORDS[]) (BaruaSecurityKind) = {
    [BARUA_PROTOCOL_SMTP] = smtp_word,
    [BARUA_PROTOCOL_IMAP] = imap_word,
    [BARUA_PROTOCOL_POP] = pop_word,
  };
  const BaruaMuttEntry *starttls = barua_mutt_settings_find (settings, "ssl_starttls");
  gboolean off = starttls != NULL && (starttls->command->kind == BARUA_MUTT_UNSET ||
                                      g_strcmp0 (starttls->command->value, "no") == 0);

  server->security = part_of (entry, entry->command->name, scheme->scheme, 0);
  server->write_security = WORDS[scheme->protocol];
  server->security_kind = scheme->tls ? BARUA_SECURITY_KIND_TLS
                          : off       ? BARUA_SECURITY_KIND_NONE
                                      : BARUA_SECURITY_KIND_STARTTLS;
  /* At 587 it is the switch that is wrong, and not the URL. */
  if (!scheme->tls && off && scheme->protocol == BARUA_PROTOCOL_SMTP &&
      g_strcmp0 (server->port.text, "465") != 0)
    {
      server->security = whole_of (settings, "ssl_starttls", entry->file);
      server->security.text = "no";
      server->write_security = starttls_word;
    }
}

static void
set_user (BaruaSetServer *server,
          const Place *place,
          const BaruaMailUrl *url,
          const BaruaMuttEntry *entry,
          const BaruaMuttSettings *settings)
{
  if (url->user == NULL)
    {
      server->user = whole_of (settings, place->user, entry->file);
      server->quote = quote_if_needed;
      return;
    }
  server->user = part_of (entry, place->setting, url->user, url->user_at);
  if (server->user.span.line > 0)
    server->user.span.length = url->user_length;
  server->quote = quote_in_url;
}

static void
audit_password (const BaruaSetServer *server,
                const BaruaMailUrl *url,
                const BaruaMuttEntry *entry,
                GPtrArray *faults)
{
  BaruaValue value = { 0 };

  if (url->password == NULL || *url->password == '\0')
    return;
  value = part_of (entry, entry->command->name, url->password, url->password_at);
  if (value.span.line > 0)
    value.span.length = url->password_length;
  barua_audit_add_password (faults, server->client, server->file, &value, NULL, NULL);
}

static gboolean
audit_place (const char *client,
             const Place *place,
             const BaruaMuttSettings *settings,
             GPtrArray *faults)
{
  const BaruaMuttEntry *entry = barua_mutt_settings_find (settings, place->setting);
  g_autoptr (BaruaMailUrl) url =
    entry != NULL ? barua_mail_url_parse (entry->command->value) : NULL;
  const Scheme *scheme = find_scheme (url);
  BaruaSetServer server = { .client = client };

  if (scheme == NULL || entry->command->computed)
    return FALSE;
  server.file = entry->file->path;
  server.protocol = scheme->protocol;
  server.host = part_of (entry, place->setting, url->host, url->host_at);
  server.default_port = scheme->port;
  server.port =
    part_of (entry, place->setting, url->port,
             url->port != NULL ? url->port_at : url->host_at + strlen (url->host));
  server.port.lead = url->port == NULL ? ":" : NULL;
  set_security (&server, scheme, entry, settings);
  set_user (&server, place, url, entry, settings);
  server.address = barua_mutt_settings_get (settings, "from");
  server.authentication = whole_of (settings, place->ways, entry->file);
  server.retired = is_retired (server.authentication.text);
  server.write_authentication = "plain";
  if (!barua_audit_is_gmail (server.host.text, server.user.text))
    return FALSE;
  barua_audit_server (&server, faults);
  audit_password (&server, url, entry, faults);
  return TRUE;
}

static void
audit_secret (const char *client,
              const char *name,
              const BaruaMuttSettings *settings,
              GPtrArray *faults)
{
  const BaruaMuttEntry *entry = barua_mutt_settings_find (settings, name);
  BaruaValue value = { .key = name };

  if (entry == NULL || entry->command->computed ||
      barua_mutt_settings_get (settings, name) == NULL)
    return;
  value.text = entry->command->value;
  value.span = entry->command->span;
  barua_audit_add_password (faults, client, entry->file->path, &value, NULL, NULL);
}

static void
audit_record (const char *client, const BaruaMuttSettings *settings, GPtrArray *faults)
{
  const BaruaMuttEntry *entry = barua_mutt_settings_find (settings, "record");
  const char *record = barua_mutt_settings_get (settings, "record");
  const char *folder = barua_mutt_settings_get (settings, "folder");
  gboolean short_name = record != NULL && (*record == '+' || *record == '=');
  g_autoptr (BaruaMailUrl) url = barua_mail_url_parse (short_name ? folder : record);
  BaruaValue value = { .key = "record", .text = record };

  if (url == NULL || entry->command->computed || !barua_audit_is_gmail (url->host, NULL))
    return;
  value.span = entry->command->span;
  barua_audit_add_sent_copy (faults, client, entry->file->path, &value, NULL, "\"\"");
}

static void
audit_settings (const char *client, const BaruaMuttSettings *settings, GPtrArray *faults)
{
  gboolean fetches = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (PLACES); i++)
    {
      gboolean gmail = audit_place (client, &PLACES[i], settings, faults);

      /* "folder" and "spoolfile" have one password. */
      if (gmail && !(fetches && g_str_equal (PLACES[i].password, "imap_pass")))
        audit_secret (client, PLACES[i].password, settings, faults);
      fetches |= gmail;
    }
  audit_record (client, settings, faults);
}

void
barua_mutt_account_audit (const BaruaMuttProgram *program,
                          const BaruaHome *home,
                          GPtrArray *faults)
{
  g_autofree char *rc = NULL;
  g_autoptr (BaruaPlan) plan = NULL;
  g_autoptr (BaruaMuttSettings) settings = NULL;
  g_autoptr (GPtrArray) paths = NULL;

  g_return_if_fail (program != NULL && home != NULL && faults != NULL);

  rc = barua_mutt_account_dup_path (program, home);
  plan = barua_plan_new (program->client);
  settings = barua_mutt_settings_read (rc, home, plan, NULL);
  if (settings == NULL)
    return;
  audit_settings (program->client, settings, faults);
  paths = barua_mutt_settings_list_later (settings, home);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (BaruaMuttSettings) later =
        barua_mutt_settings_read (paths->pdata[i], home, plan, NULL);

      if (later != NULL)
        audit_settings (program->client, later, faults);
    }
}
