#include "config.h"

#include "export/audit.h"

#include "export/audit-hosts.h"

#include <glib/gi18n.h>
#include <string.h>

#define PORT_MAX 65535

typedef struct
{
  const char *name;
  guint port;
} PortName;

/* As /etc/services has them. */
static const PortName PORT_NAMES[] = {
  { "smtp", 25 },        { "smtps", 465 }, { "ssmtp", 465 }, { "submissions", 465 },
  { "submission", 587 }, { "imap", 143 },  { "imap2", 143 }, { "imaps", 993 },
  { "pop3", 110 },       { "pop-3", 110 }, { "pop3s", 995 },
};

/* What Gmail needs, and how it can be had by changing the least. */
typedef struct
{
  guint port;
  BaruaSecurityKind security;
} Needed;

/* Mail services of their own: never an organisation's domain at Google. */
static const char *const OTHER_SERVICES[] = {
  "aol.com",  "gmx.com",     "gmx.de",    "gmx.net",        "hotmail.com", "icloud.com",
  "live.com", "outlook.com", "proton.me", "protonmail.com", "web.de",      "yahoo.com",
};

static guint
read_port (const BaruaSetServer *server)
{
  const char *text = server->port.text;
  guint64 port = 0;

  if (text == NULL)
    return server->default_port;
  for (gsize i = 0; i < G_N_ELEMENTS (PORT_NAMES); i++)
    if (g_ascii_strcasecmp (text, PORT_NAMES[i].name) == 0)
      return PORT_NAMES[i].port;
  if (g_ascii_string_to_unsigned (text, 10, 1, PORT_MAX, &port, NULL))
    return (guint) port;
  return 0;
}

static gboolean
can_put (const BaruaValue *value)
{
  return value->span.line > 0 && (value->text != NULL || value->lead != NULL);
}

static const char *
word_for (const BaruaSetServer *server, BaruaSecurityKind kind)
{
  return server->write_security != NULL ? server->write_security (kind) : NULL;
}

static gboolean
can_say (const BaruaSetServer *server, BaruaSecurityKind kind)
{
  return can_put (&server->security) && word_for (server, kind) != NULL;
}

static Needed
need_for_sending (const BaruaSetServer *server, guint port)
{
  const Needed tls = { 465, BARUA_SECURITY_KIND_TLS };
  const Needed starttls = { 587, BARUA_SECURITY_KIND_STARTTLS };
  BaruaSecurityKind kind = server->security_kind;

  if (port == tls.port && kind == starttls.security && !can_say (server, tls.security) &&
      can_put (&server->port))
    return starttls;
  if (port == starttls.port && kind == tls.security &&
      !can_say (server, starttls.security) && can_put (&server->port))
    return tls;
  if (port == tls.port)
    return tls;
  if (port == starttls.port || kind == starttls.security)
    return starttls;
  if (kind == tls.security)
    return tls;
  return word_for (server, starttls.security) != NULL ? starttls : tls;
}

static Needed
need (const BaruaSetServer *server, guint port)
{
  const Needed imap = { 993, BARUA_SECURITY_KIND_TLS };
  const Needed pop = { 995, BARUA_SECURITY_KIND_TLS };

  switch (server->protocol)
    {
    case BARUA_PROTOCOL_IMAP:
      return imap;
    case BARUA_PROTOCOL_POP:
      return pop;
    case BARUA_PROTOCOL_SMTP:
    default:
      return need_for_sending (server, port);
    }
}

static void
add (const BaruaSetServer *server,
     GPtrArray *faults,
     const BaruaValue *value,
     const char *expected,
     const char *cause,
     const char *why)
{
  g_autofree char *quoted =
    expected != NULL && server->quote != NULL ? server->quote (expected) : NULL;
  const char *replacement = quoted != NULL ? quoted : expected;
  BaruaFault *fault = barua_audit_add (faults, server->client, server->file, value,
                                       expected, can_put (value) ? replacement : NULL);

  fault->cause = cause;
  fault->why = g_strdup (why);
}

static void
audit_host (const BaruaSetServer *server, BaruaHostVerdict verdict, GPtrArray *faults)
{
  const char *right = barua_audit_right_host (server->host.text, server->protocol);

  if (verdict == BARUA_HOST_STRANGE)
    add (server, faults, &server->host, right, "wrong-server",
         _ ("This server is not Gmail’s, but the user name is that of a Gmail account. "
            "The password does not belong there."));
  else if (verdict == BARUA_HOST_DIRECT)
    add (
      server, faults, &server->host, right, "direct-delivery-refused",
      _ ("This is where Google takes mail from other mail services. It takes none from "
         "your computer, and hands none out."));
  else if (verdict == BARUA_HOST_MISTAKEN)
    add (server, faults, &server->host, right, "wrong-port",
         _ ("Gmail has no such server."));
}

static void
audit_port (const BaruaSetServer *server, guint port, Needed needed, GPtrArray *faults)
{
  g_autofree char *expected = g_strdup_printf ("%u", needed.port);
  gboolean swapped =
    server->protocol == BARUA_PROTOCOL_SMTP && (port == 465 || port == 587);

  if (port == 0 || port == needed.port)
    return;
  if (swapped)
    add (server, faults, &server->port, expected, "tls-wrong-mode",
         _ ("Port and encryption do not fit together: 465 is encrypted from the first "
            "moment, and 587 switches over with STARTTLS."));
  else if (server->protocol == BARUA_PROTOCOL_SMTP)
    add (
      server, faults, &server->port, expected, "wrong-port",
      _ ("Gmail takes mail to be sent at the ports 465 and 587 only. Port 25 is closed "
         "in most networks."));
  else
    add (server, faults, &server->port, expected, "wrong-port",
         _ ("Gmail answers at port 993 for IMAP and at port 995 for POP, and nowhere "
            "else."));
}

static void
audit_security (const BaruaSetServer *server, Needed needed, GPtrArray *faults)
{
  const char *expected = word_for (server, needed.security);

  if (server->security_kind == BARUA_SECURITY_KIND_UNSAID ||
      server->security_kind == needed.security)
    return;
  if (expected == NULL)
    {
      BaruaValue fixed = server->security;

      fixed.span.line = 0;
      add (server, faults, &fixed,
           needed.security == BARUA_SECURITY_KIND_TLS ? "TLS" : "STARTTLS",
           "tls-wrong-mode", _ ("The program cannot encrypt as this port needs it."));
      return;
    }
  if (needed.security == BARUA_SECURITY_KIND_STARTTLS &&
      server->security_kind == BARUA_SECURITY_KIND_NONE)
    add (
      server, faults, &server->security, expected, "starttls-missing",
      _ ("Without encryption Gmail takes neither passwords nor mail. At port 587 it is "
         "switched on with STARTTLS."));
  else if (server->security_kind == BARUA_SECURITY_KIND_NONE)
    add (server, faults, &server->security, expected, "tls-wrong-mode",
         _ ("Without encryption Gmail does not answer. It has to be on from the first "
            "moment (TLS)."));
  else
    add (
      server, faults, &server->security, expected, "tls-wrong-mode",
      _ ("Port and encryption do not fit together: 465, 993 and 995 are encrypted from "
         "the first moment, and 587 switches over with STARTTLS."));
}

static gboolean
is_other_service (const char *domain)
{
  for (gsize i = 0; i < G_N_ELEMENTS (OTHER_SERVICES); i++)
    if (g_ascii_strcasecmp (domain, OTHER_SERVICES[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The address of the account, if the file says it and it is @local's. */
static char *
whole_address (const BaruaSetServer *server, const char *local)
{
  const char *address = server->address;
  gsize length = strlen (local);

  if (address != NULL && g_ascii_strncasecmp (address, local, length) == 0 &&
      address[length] == '@' && !barua_audit_is_slip (address + length + 1))
    return g_strdup (address);
  /* As Google completes it. */
  return g_strconcat (local, "@gmail.com", NULL);
}

static gboolean
is_plain_user (const char *user)
{
  return *user != '\0' && strpbrk (user, "$%`{}()<>\"\\/ \t") == NULL;
}

static void
audit_domain (const BaruaSetServer *server, const char *user, GPtrArray *faults)
{
  const char *domain = strrchr (user, '@') + 1;
  g_autofree char *local = g_strndup (user, (gsize) (domain - user) - 1);
  g_autofree char *expected = NULL;

  if (is_other_service (domain) && server->address != NULL &&
      g_str_has_suffix (server->address, "@gmail.com"))
    {
      add (
        server, faults, &server->user, server->address, "wrong-username",
        _ ("The user name is an address at another provider. Gmail needs the account’s "
           "own."));
      return;
    }
  if (!barua_audit_is_slip (domain))
    return;
  expected = g_strconcat (local, "@gmail.com", NULL);
  add (server, faults, &server->user, expected, "wrong-username",
       _ ("The user name has a slip in what stands behind the @."));
}

static void
audit_user (const BaruaSetServer *server, GPtrArray *faults)
{
  const char *user = server->user.text;
  g_autofree char *expected = NULL;

  /* "recent:" before it is Gmail's own way to fetch with several programs. */
  if (user == NULL || !is_plain_user (user) || g_str_has_prefix (user, "recent:"))
    return;
  if (strchr (user, '@') != NULL)
    {
      audit_domain (server, user, faults);
      return;
    }
  expected = whole_address (server, user);
  add (server, faults, &server->user, expected, "wrong-username",
       _ ("The user name has to be the whole address."));
}

void
barua_audit_server (const BaruaSetServer *server, GPtrArray *faults)
{
  BaruaHostVerdict verdict = BARUA_HOST_NOT_MEANT;
  guint port = 0;
  Needed needed = { 0 };

  g_return_if_fail (server != NULL && faults != NULL);

  verdict = barua_audit_host (server->host.text, server->user.text, server->protocol);
  if (verdict == BARUA_HOST_NOT_MEANT || verdict == BARUA_HOST_RELAY)
    return;
  port = read_port (server);
  needed = need (server, port);
  audit_host (server, verdict, faults);
  audit_port (server, port, needed, faults);
  audit_security (server, needed, faults);
  audit_user (server, faults);
  if (server->retired)
    add (server, faults, &server->authentication, server->write_authentication,
         "auth-mechanism-mismatch",
         _ ("Google does not have this way of signing in any more. The connection is "
            "encrypted, so the plain one is right, with an app password or OAuth2."));
}
