#include "config.h"

#include "export/fetchmail-audit.h"

#include "export/audit.h"
#include "export/formats/fetchmail-rc.h"

#include <string.h>

#define IMAPS 993
#define POPS 995

static const char *const USER[] = { "user", "username", NULL };
static const char *const PROTOCOL[] = { "protocol", "proto", NULL };
static const char *const SERVICE[] = { "service", "port", NULL };
static const char *const AUTH[] = { "auth", "authenticate", NULL };
static const char *const PLUGIN[] = { "plugin", NULL };
static const char *const PASSWORD[] = { "password", "pass", NULL };
static const char *const SSL[] = { "ssl", NULL };
static const char *const SSLPROTO[] = { "sslproto", NULL };

/* Ways of signing in that fetchmail has and Google has not. */
static const char *const RETIRED[] = {
  "cram-md5", "gssapi", "kerberos", "kerberos_v4", "kerberos_v5",
  "msn",      "ntlm",   "otp",      "external",    NULL,
};

/* One user of one server: the words from @first to @end are about the user alone. */
typedef struct
{
  const char *path;
  const BaruaFetchmailRc *rc;
  const BaruaFetchmailEntry *entry;
  const BaruaFetchmailEntry *defaults;
  guint first;
  guint end;
  GPtrArray *faults;
} Look;

static const BaruaFetchmailToken *
token_at (const Look *self, guint index)
{
  return self->rc->tokens->pdata[index];
}

static BaruaValue
value_of (const char *key, const BaruaFetchmailToken *token)
{
  BaruaValue value = { .key = key };

  if (token != NULL)
    {
      value.text = token->text;
      value.span = token->span;
    }
  return value;
}

/* Behind all that is said of the user: right behind its name, who it is here may stand,
 * and fetchmail takes nothing in between. */
static void
set_place (const Look *self, BaruaValue *value, const char *lead)
{
  const BaruaFetchmailToken *token = token_at (self, self->end - 1);

  value->span = token->span;
  value->span.offset += token->span.length;
  value->span.length = 0;
  value->lead = lead;
}

static const BaruaFetchmailToken *
get_of_server (const Look *self, const char *const *names)
{
  const BaruaFetchmailToken *own =
    barua_fetchmail_rc_get (self->rc, self->entry->first, self->entry->user, names);

  if (own != NULL || self->defaults == NULL)
    return own;
  return barua_fetchmail_rc_get (self->rc, self->defaults->first, self->defaults->end,
                                 names);
}

static gboolean
has_of_user (const Look *self, const char *const *names)
{
  return barua_fetchmail_rc_find (self->rc, self->first, self->end, names) < self->end ||
         (self->defaults != NULL &&
          barua_fetchmail_rc_find (self->rc, self->defaults->first, self->defaults->end,
                                   names) < self->defaults->end);
}

static BaruaProtocol
read_protocol (const Look *self, const char *host)
{
  const BaruaFetchmailToken *said = get_of_server (self, PROTOCOL);
  const char *word = said != NULL ? said->text : host;

  return g_ascii_strncasecmp (word, "pop", 3) == 0 ||
             g_ascii_strcasecmp (word, "apop") == 0
           ? BARUA_PROTOCOL_POP
           : BARUA_PROTOCOL_IMAP;
}

static const char *
write_security (BaruaSecurityKind kind)
{
  return kind == BARUA_SECURITY_KIND_TLS ? "ssl" : NULL;
}

/* Words and numbers of the language are none in quotes. */
static char *
quote (const char *text)
{
  if (strspn (text, G_CSET_a_2_z G_CSET_DIGITS) == strlen (text))
    return g_strdup (text);
  return barua_fetchmail_rc_quote (text);
}

static gboolean
is_retired (const BaruaFetchmailToken *way)
{
  g_autofree char *word = way != NULL ? g_ascii_strdown (way->text, -1) : NULL;

  return word != NULL && g_strv_contains (RETIRED, word);
}

/* Without "ssl" it switches encryption on where it can, unless it must not. */
static BaruaSecurityKind
read_security (const Look *self)
{
  const BaruaFetchmailToken *versions =
    barua_fetchmail_rc_get (self->rc, self->first, self->end, SSLPROTO);

  if (has_of_user (self, SSL))
    return BARUA_SECURITY_KIND_TLS;
  return versions != NULL && *versions->text == '\0' ? BARUA_SECURITY_KIND_NONE
                                                     : BARUA_SECURITY_KIND_STARTTLS;
}

static void
audit_user (const Look *self)
{
  const BaruaFetchmailToken *host = barua_fetchmail_rc_get_host (self->rc, self->entry);
  const BaruaFetchmailToken *way = get_of_server (self, AUTH);
  const BaruaFetchmailToken *password =
    barua_fetchmail_rc_get (self->rc, self->first, self->end, PASSWORD);
  BaruaProtocol protocol = read_protocol (self, host->text);
  BaruaSetServer server = {
    .client = "fetchmail",
    .file = self->path,
    .protocol = protocol,
    .host = value_of ("server", host),
    .port = value_of ("service", get_of_server (self, SERVICE)),
    /* What it takes once it encrypts. */
    .default_port = protocol == BARUA_PROTOCOL_POP ? POPS : IMAPS,
    .security = value_of ("ssl", NULL),
    .security_kind = read_security (self),
    .user = value_of ("user", token_at (self, self->first + 1)),
    .authentication = value_of ("auth", way),
    .retired = is_retired (way),
    .write_security = write_security,
    .write_authentication = "password",
    .quote = quote,
  };

  if (!barua_audit_is_gmail (host->text, server.user.text))
    return;
  set_place (self, &server.security, " ");
  barua_audit_server (&server, self->faults);
  if (password != NULL && *password->text != '\0')
    {
      BaruaValue secret = value_of ("password", password);

      barua_audit_add_password (self->faults, "fetchmail", self->path, &secret, NULL,
                                NULL);
    }
}

static void
audit_entry (Look *self)
{
  guint at = self->entry->user;

  /* Through another program, as ours, it need not encrypt nor sign in. */
  if (barua_fetchmail_rc_get_host (self->rc, self->entry) == NULL ||
      get_of_server (self, PLUGIN) != NULL)
    return;
  while (at + 1 < self->entry->end)
    {
      self->first = at;
      self->end = barua_fetchmail_rc_find (self->rc, at + 1, self->entry->end, USER);
      audit_user (self);
      at = self->end;
    }
}

static const BaruaFetchmailEntry *
find_defaults (const BaruaFetchmailRc *rc)
{
  const BaruaFetchmailEntry *first = rc->entries->len > 0 ? rc->entries->pdata[0] : NULL;
  const BaruaFetchmailToken *word =
    first != NULL ? rc->tokens->pdata[first->first] : NULL;

  return word != NULL && g_ascii_strcasecmp (word->text, "defaults") == 0 ? first : NULL;
}

void
barua_fetchmail_audit (const BaruaHome *home, GPtrArray *faults)
{
  g_autofree char *path = barua_home_dup_path (home, ".fetchmailrc");
  g_autoptr (BaruaPlan) plan = barua_plan_new ("fetchmail");
  g_autoptr (BaruaFetchmailRc) rc = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  Look look = { .path = path, .faults = faults };

  if (!barua_plan_read (plan, path, &text, &length, NULL) || text == NULL)
    return;
  rc = barua_fetchmail_rc_new (text, length);
  look.rc = rc;
  look.defaults = find_defaults (rc);
  for (guint i = 0; i < rc->entries->len; i++)
    {
      look.entry = rc->entries->pdata[i];
      if (look.entry != look.defaults)
        audit_entry (&look);
    }
}
