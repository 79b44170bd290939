#include "config.h"

#include "export/msmtp.h"

#include "export/audit.h"
#include "export/formats/edits.h"
#include "export/formats/msmtp-rc.h"

#include <glib/gi18n.h>
#include <string.h>

#define PORT_PLAIN 25
#define PORT_TLS 465

/* Ways of signing in that msmtp has and Google has not. */
static const char *const RETIRED[] = {
  "cram-md5", "digest-md5", "scram-sha-1",        "scram-sha-256", "scram-sha-1-plus",
  "ntlm",     "gssapi",     "scram-sha-256-plus", "external",      NULL,
};

static const char *const SWITCHES[] = { "auth", "tls", "tls_starttls", NULL };

/* One account, and how lines are added to it. */
typedef struct
{
  const char *path;
  const char *text;
  const BaruaMsmtpFile *file;
  const BaruaMsmtpAccount *account;
  GPtrArray *faults;
  GPtrArray *leads;
  const char *line_end;
} Look;

static const char *
on_or_off (BaruaSecurityKind kind)
{
  return kind == BARUA_SECURITY_KIND_STARTTLS ? "on" : "off";
}

static const char *
always_on (BaruaSecurityKind kind G_GNUC_UNUSED)
{
  return "on";
}

static guint
count_lines (const char *text, gsize offset)
{
  guint lines = 1;

  for (gsize i = 0; i < offset; i++)
    lines += text[i] == '\n';
  return lines;
}

/* A line of its own for what stands nowhere, or where other accounts take it over from.
 */
static void
set_place (const Look *self, BaruaValue *value)
{
  const BaruaMsmtpAccount *account = self->account;
  const BaruaWord *last =
    account->end > account->first ? self->file->words->pdata[account->end - 1] : NULL;
  gboolean ended = account->after == 0 || self->text[account->after - 1] == '\n';
  char *lead = g_strconcat (ended ? "" : self->line_end, last != NULL ? last->indent : "",
                            value->key, " ", NULL);

  g_ptr_array_add (self->leads, lead);
  value->span.offset = account->after;
  value->span.length = 0;
  value->span.line = count_lines (self->text, account->after);
  value->lead = lead;
  value->tail = ended ? self->line_end : "";
}

static BaruaValue
look_up (const Look *self, const char *name)
{
  gboolean own = FALSE;
  const BaruaWord *word =
    barua_msmtp_file_look_up (self->file, self->account, name, &own);
  BaruaValue value = { .key = name };

  /* Without a value: a switch that is on, or an empty text. */
  if (word != NULL)
    value.text = word->value != NULL                ? word->value
                 : g_strv_contains (SWITCHES, name) ? "on"
                                                    : "";
  if (own)
    {
      value.span = word->span;
      value.lead = word->value == NULL ? " " : NULL;
    }
  else
    set_place (self, &value);
  return value;
}

static gboolean
is_on (const BaruaValue *value, gboolean usual)
{
  return value->text != NULL ? strcmp (value->text, "on") == 0 : usual;
}

static BaruaSetServer
read_server (const Look *self)
{
  BaruaValue tls = look_up (self, "tls");
  BaruaValue starttls = look_up (self, "tls_starttls");
  gboolean encrypted = is_on (&tls, FALSE);
  gboolean later = is_on (&starttls, TRUE);
  BaruaSetServer server = {
    .client = "msmtp",
    .file = self->path,
    .protocol = BARUA_PROTOCOL_SMTP,
    .host = look_up (self, "host"),
    .port = look_up (self, "port"),
    .default_port = encrypted && !later ? PORT_TLS : PORT_PLAIN,
    .security = encrypted ? starttls : tls,
    .security_kind = !encrypted ? BARUA_SECURITY_KIND_NONE
                     : later    ? BARUA_SECURITY_KIND_STARTTLS
                                : BARUA_SECURITY_KIND_TLS,
    .user = look_up (self, "user"),
    .address = look_up (self, "from").text,
    .authentication = look_up (self, "auth"),
    .write_security = encrypted ? on_or_off : always_on,
    .write_authentication = "on",
    .quote = barua_words_quote,
  };

  server.retired = server.authentication.text != NULL &&
                   g_strv_contains (RETIRED, server.authentication.text);
  return server;
}

/* Where encryption is off, the line that says from when it is on may be wrong, too. */
static void
audit_start (const Look *self, const BaruaSetServer *server)
{
  gboolean later = g_strcmp0 (server->port.text, "465") != 0;
  BaruaValue starttls = look_up (self, "tls_starttls");
  BaruaFault *fault = NULL;

  if (server->security_kind != BARUA_SECURITY_KIND_NONE ||
      is_on (&starttls, TRUE) == later)
    return;
  fault = barua_audit_add (self->faults, "msmtp", self->path, &starttls,
                           later ? "on" : "off", later ? "on" : "off");
  fault->cause = "tls-wrong-mode";
  fault->why =
    g_strdup (_ ("Port and encryption do not fit together: 465 is encrypted from the "
                 "first moment, and 587 switches over with STARTTLS."));
}

/* Where it stands, if others take it over, too. */
static BaruaValue
look_up_password (const Look *self)
{
  const BaruaWord *word =
    barua_msmtp_file_look_up (self->file, self->account, "password", NULL);
  BaruaValue value = { .key = "password" };

  if (word != NULL && word->value != NULL)
    {
      value.text = word->value;
      value.span = word->span;
    }
  return value;
}

static void
audit_signing_in (const Look *self, const BaruaSetServer *server)
{
  BaruaValue password = look_up_password (self);
  BaruaFault *fault = NULL;

  if (server->authentication.text == NULL ||
      strcmp (server->authentication.text, "off") == 0)
    {
      fault = barua_audit_add (self->faults, "msmtp", self->path, &server->authentication,
                               "on", "on");
      fault->cause = "auth-missing";
      fault->why =
        g_strdup (_ ("Google takes mail for sending only from somebody who has "
                     "signed in."));
    }
  if (password.text != NULL && *password.text != '\0')
    barua_audit_add_password (self->faults, "msmtp", self->path, &password, NULL, NULL);
}

static void
audit_account (const Look *self)
{
  BaruaSetServer server = read_server (self);
  gboolean relay = g_strcmp0 (server.host.text, "smtp-relay.gmail.com") == 0;

  /* Without a user name it is for others to take over. */
  if (server.host.text == NULL || server.user.text == NULL || relay ||
      !barua_audit_is_gmail (server.host.text, server.user.text))
    return;
  barua_audit_server (&server, self->faults);
  audit_start (self, &server);
  audit_signing_in (self, &server);
}

/* An account that takes over another one for another name, as "account default : zoe". */
static gboolean
is_bare (const BaruaMsmtpAccount *account)
{
  return account->name == NULL || account->end == account->first;
}

void
barua_msmtp_audit (const BaruaHome *home, GPtrArray *faults)
{
  g_autofree char *path = barua_msmtp_dup_path (home);
  g_autoptr (BaruaPlan) plan = barua_plan_new ("msmtp");
  g_autoptr (GPtrArray) leads = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BaruaMsmtpFile) file = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  Look look = { .path = path, .faults = faults, .leads = leads };

  if (!barua_plan_read (plan, path, &text, &length, NULL) || text == NULL)
    return;
  file = barua_msmtp_file_new (text, length);
  look.text = text;
  look.file = file;
  look.line_end = barua_edits_line_end (text, length);
  for (guint i = 0; i < file->accounts->len; i++)
    {
      look.account = file->accounts->pdata[i];
      if (!is_bare (look.account))
        audit_account (&look);
    }
}
