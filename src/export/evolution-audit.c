#include "config.h"

#include "export/evolution-sources.h"

#include "export/gnome.h"

#include <string.h>

#define CLIENT "evolution"
#define TLS "ssl-on-alternate-port"
#define STARTTLS "starttls-on-standard-port"

/* Ways of signing in that Evolution has and Google has not. */
static const char *const RETIRED[] = { "CRAM-MD5", "DIGEST-MD5", "NTLM", "GSSAPI",
                                       "+APOP",    "POPB4SMTP",  NULL };

static const char *
write_security (BaruaSecurityKind kind)
{
  switch (kind)
    {
    case BARUA_SECURITY_KIND_TLS:
      return TLS;
    case BARUA_SECURITY_KIND_STARTTLS:
      return STARTTLS;
    case BARUA_SECURITY_KIND_NONE:
      return "none";
    case BARUA_SECURITY_KIND_UNSAID:
    default:
      return NULL;
    }
}

static BaruaSecurityKind
read_security (const char *text)
{
  if (g_strcmp0 (text, TLS) == 0)
    return BARUA_SECURITY_KIND_TLS;
  if (g_strcmp0 (text, STARTTLS) == 0)
    return BARUA_SECURITY_KIND_STARTTLS;
  if (text == NULL || *text == '\0' || strcmp (text, "none") == 0)
    return BARUA_SECURITY_KIND_NONE;
  return BARUA_SECURITY_KIND_UNSAID;
}

static gboolean
find_protocol (const BaruaEvolutionSource *source, BaruaProtocol *protocol)
{
  g_autofree char *fetches =
    barua_gnome_dup (source->file, "Mail Account", "BackendName");

  if (barua_gnome_equals (source->file, "Mail Transport", "BackendName", "smtp"))
    *protocol = BARUA_PROTOCOL_SMTP;
  else if (fetches != NULL && g_str_has_prefix (fetches, "imap"))
    *protocol = BARUA_PROTOCOL_IMAP;
  else if (g_strcmp0 (fetches, "pop") == 0)
    *protocol = BARUA_PROTOCOL_POP;
  else
    return FALSE;
  return TRUE;
}

static gboolean
leads_to (const BaruaEvolutionSource *identity, const BaruaEvolutionSource *source)
{
  g_autofree char *from = barua_gnome_dup (source->file, "Mail Account", "IdentityUid");

  return g_strcmp0 (from, identity->uid) == 0 ||
         barua_gnome_equals (identity->file, "Mail Submission", "TransportUid",
                             source->uid);
}

/* The address that mail of this account is from. */
static const char *
find_address (const BaruaEvolutionSources *sources,
              const BaruaEvolutionSource *source,
              GPtrArray *texts)
{
  for (guint i = 0; i < sources->all->len; i++)
    {
      const BaruaEvolutionSource *identity = sources->all->pdata[i];

      if (leads_to (identity, source))
        return barua_gnome_value (identity->file, "Mail Identity", "Address", texts).text;
    }
  return NULL;
}

static gboolean
signs_in (const BaruaSetServer *server)
{
  const char *method = server->authentication.text;

  return server->protocol != BARUA_PROTOCOL_SMTP ||
         (method != NULL && *method != '\0' && strcmp (method, "none") != 0);
}

static void
audit_server (const BaruaEvolutionSources *sources,
              const BaruaEvolutionSource *source,
              BaruaProtocol protocol,
              GPtrArray *faults)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  const BaruaKeyFile *file = source->file;
  const char *method = NULL;
  BaruaSetServer server = {
    .client = CLIENT,
    .file = source->path,
    .protocol = protocol,
    .host = barua_gnome_value (file, "Authentication", "Host", texts),
    .port = barua_gnome_value (file, "Authentication", "Port", texts),
    .security = barua_gnome_value (file, "Security", "Method", texts),
    .user = barua_gnome_value (file, "Authentication", "User", texts),
    .address = find_address (sources, source, texts),
    .authentication = barua_gnome_value (file, "Authentication", "Method", texts),
    .write_security = write_security,
    .write_authentication = "PLAIN",
    .quote = barua_key_file_escape,
  };

  server.security_kind = read_security (server.security.text);
  method = server.authentication.text;
  server.retired = method != NULL && (g_strv_contains (RETIRED, method) ||
                                      g_str_has_prefix (method, "SCRAM-"));
  barua_audit_server (&server, faults);
  if (!signs_in (&server) && barua_audit_is_gmail (server.host.text, server.user.text))
    barua_gnome_add_unsigned (faults, CLIENT, source->path, &server.authentication,
                              "PLAIN");
}

static gboolean
is_at_gmail (const BaruaEvolutionSources *sources, const char *folder)
{
  g_autofree char *uid = NULL;
  const BaruaEvolutionSource *source = NULL;
  g_autofree char *host = NULL;

  if (folder == NULL || !g_str_has_prefix (folder, "folder://"))
    return FALSE;
  folder += strlen ("folder://");
  uid = g_strndup (folder, strcspn (folder, "/"));
  source = barua_evolution_sources_find (sources, uid);
  if (source == NULL)
    return FALSE;
  host = barua_gnome_dup (source->file, "Authentication", "Host");
  return barua_audit_is_gmail (host, NULL);
}

/* A copy that stays on the computer is the person's own business. */
static void
audit_sent (const BaruaEvolutionSources *sources,
            const BaruaEvolutionSource *source,
            GPtrArray *faults)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  BaruaValue used =
    barua_gnome_value (source->file, "Mail Submission", "UseSentFolder", texts);
  BaruaValue folder =
    barua_gnome_value (source->file, "Mail Submission", "SentFolder", texts);

  if (g_strcmp0 (used.text, "true") == 0 && is_at_gmail (sources, folder.text))
    barua_audit_add_sent_copy (faults, CLIENT, source->path, &used, "false", "false");
}

void
barua_evolution_audit (const BaruaHome *home, GPtrArray *faults)
{
  g_autoptr (BaruaEvolutionSources) sources = barua_evolution_sources_new (home);

  for (guint i = 0; i < sources->all->len; i++)
    {
      const BaruaEvolutionSource *source = sources->all->pdata[i];
      BaruaProtocol protocol = BARUA_PROTOCOL_SMTP;

      if (find_protocol (source, &protocol) &&
          !barua_evolution_sources_is_managed (sources, source, NULL) &&
          !barua_gnome_equals (source->file, "Data Source", "Enabled", "false"))
        audit_server (sources, source, protocol, faults);
      audit_sent (sources, source, faults);
    }
}
