#include "config.h"

#include "export/claws-mail-audit.h"

#include "export/audit.h"
#include "export/formats/edits.h"

#include <glib/gi18n.h>
#include <string.h>

#define CLIENT "claws-mail"
#define ACCOUNT "Account: "

/* Bits of "imap_auth_method" and "smtp_auth_method" that Google has not: CRAM-MD5,
 * anonymous, GSSAPI, DIGEST-MD5, SCRAM-SHA-1; and CRAM-MD5, DIGEST-MD5. */
#define IMAP_RETIRED (2 | 4 | 8 | 16 | 32)
#define SMTP_RETIRED (2 | 4)

/* One account; @texts owns what is lent out. */
typedef struct
{
  const char *path;
  const BaruaKeyFile *file;
  const char *group;
  const char *line_end;
  gboolean saves_copies;
  GPtrArray *texts;
  GPtrArray *faults;
} Look;

static const char *
get (const Look *self, const char *key)
{
  char *text = barua_key_file_dup (self->file, self->group, key);

  if (text != NULL)
    g_ptr_array_add (self->texts, text);
  return text;
}

static gboolean
is_one (const Look *self, const char *key)
{
  return g_strcmp0 (get (self, key), "1") == 0;
}

/* What is not there can be put in behind the server, which always is. */
static BaruaValue
look_up (const Look *self, const char *key, const char *server)
{
  BaruaValue value = { .key = key, .text = get (self, key) };

  if (barua_key_file_locate (self->file, self->group, key, &value.span))
    return value;
  if (barua_key_file_locate (self->file, self->group, server, &value.span))
    {
      char *lead = g_strconcat (self->line_end, key, "=", NULL);

      g_ptr_array_add (self->texts, lead);
      value.span.offset += value.span.length;
      value.span.length = 0;
      value.lead = lead;
    }
  return value;
}

static BaruaSecurityKind
read_security (const BaruaValue *ssl)
{
  if (g_strcmp0 (ssl->text, "1") == 0)
    return BARUA_SECURITY_KIND_TLS;
  return g_strcmp0 (ssl->text, "2") == 0 ? BARUA_SECURITY_KIND_STARTTLS
                                         : BARUA_SECURITY_KIND_NONE;
}

static const char *
write_security (BaruaSecurityKind kind)
{
  return kind == BARUA_SECURITY_KIND_TLS ? "1" : "2";
}

static gboolean
is_retired (const BaruaValue *way, guint bits)
{
  guint64 set = way->text != NULL ? g_ascii_strtoull (way->text, NULL, 10) : 0;

  return (set & bits) != 0;
}

static BaruaValue
look_up_port (const Look *self, const char *has_port, const char *key)
{
  BaruaValue none = { .key = key };

  return is_one (self, has_port) ? look_up (self, key, key) : none;
}

static void
audit_fetching (const Look *self, BaruaProtocol protocol)
{
  gboolean pop = protocol == BARUA_PROTOCOL_POP;
  BaruaValue ssl = look_up (self, pop ? "ssl_pop" : "ssl_imap", "receive_server");
  BaruaValue way = look_up (self, "imap_auth_method", "receive_server");
  BaruaSetServer server = {
    .client = CLIENT,
    .file = self->path,
    .protocol = protocol,
    .host = look_up (self, "receive_server", "receive_server"),
    .port = look_up_port (self, pop ? "set_popport" : "set_imapport",
                          pop ? "pop_port" : "imap_port"),
    /* What it takes once it encrypts. */
    .default_port = pop ? 995 : 993,
    .security = ssl,
    .security_kind = read_security (&ssl),
    .user = look_up (self, "user_id", "user_id"),
    .address = get (self, "address"),
    .authentication = way,
    .retired = !pop && is_retired (&way, IMAP_RETIRED),
    .write_security = write_security,
    .write_authentication = "0",
  };

  barua_audit_server (&server, self->faults);
}

static void
audit_signing_in (const Look *self)
{
  BaruaValue uses = look_up (self, "use_smtp_auth", "smtp_server");
  BaruaFault *fault = NULL;

  if (g_strcmp0 (uses.text, "1") == 0)
    return;
  fault = barua_audit_add (self->faults, CLIENT, self->path, &uses, "1", "1");
  fault->cause = "auth-missing";
  fault->why =
    g_strdup (_ ("Google takes mail for sending only from somebody who has signed in."));
}

static void
audit_sending (const Look *self)
{
  BaruaValue ssl = look_up (self, "ssl_smtp", "smtp_server");
  BaruaValue way = look_up (self, "smtp_auth_method", "smtp_server");
  const char *own_user = get (self, "smtp_user_id");
  gboolean has_own = own_user != NULL && *own_user != '\0';
  BaruaSetServer server = {
    .client = CLIENT,
    .file = self->path,
    .protocol = BARUA_PROTOCOL_SMTP,
    .host = look_up (self, "smtp_server", "smtp_server"),
    .port = look_up_port (self, "set_smtpport", "smtp_port"),
    .default_port = 465,
    .security = ssl,
    .security_kind = read_security (&ssl),
    .address = get (self, "address"),
    .authentication = way,
    .retired = is_retired (&way, SMTP_RETIRED),
    .write_security = write_security,
    .write_authentication = "0",
  };

  if (!barua_audit_is_gmail (server.host.text,
                             has_own ? own_user : get (self, "user_id")))
    return;
  /* Without one of its own it takes the other, which was looked at already. */
  if (has_own)
    server.user = look_up (self, "smtp_user_id", "smtp_user_id");
  barua_audit_server (&server, self->faults);
  if (g_strcmp0 (server.host.text, "smtp-relay.gmail.com") != 0)
    audit_signing_in (self);
}

static void
audit_copies (const Look *self)
{
  BaruaValue folder = look_up (self, "sent_folder", "sent_folder");

  if (self->saves_copies && is_one (self, "set_sent_folder") && folder.text != NULL &&
      g_str_has_prefix (folder.text, "#imap/") &&
      barua_audit_is_gmail (get (self, "receive_server"), get (self, "user_id")))
    barua_audit_add_sent_copy (self->faults, CLIENT, self->path, &folder, NULL, NULL);
}

/* The numbers were others before accounts had a version. */
static gboolean
read_protocol (const Look *self, BaruaProtocol *protocol)
{
  const char *number = get (self, "protocol");
  const char *imap = get (self, "config_version") != NULL ? "1" : "3";

  *protocol = BARUA_PROTOCOL_IMAP;
  if (g_strcmp0 (number, imap) == 0)
    return TRUE;
  *protocol = BARUA_PROTOCOL_POP;
  return number == NULL || strcmp (number, "0") == 0;
}

static void
audit_account (const Look *self)
{
  BaruaProtocol protocol = BARUA_PROTOCOL_IMAP;

  /* Through other programs, as ours, it need not encrypt nor sign in. */
  if (read_protocol (self, &protocol) && !is_one (self, "set_tunnelcmd"))
    audit_fetching (self, protocol);
  if (!is_one (self, "use_mail_command"))
    audit_sending (self);
  audit_copies (self);
}

static gboolean
saves_copies (const BaruaHome *home, BaruaPlan *plan)
{
  g_autofree char *path = barua_home_dup_path (home, ".claws-mail/clawsrc");
  g_autofree char *text = NULL;
  g_autofree char *saves = NULL;
  g_autoptr (BaruaKeyFile) file = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &text, &length, NULL))
    return FALSE;
  file = barua_key_file_new (text, (gssize) length, &BARUA_KEY_FILE_GLIB);
  saves = barua_key_file_dup (file, "Common", "save_message");
  return g_strcmp0 (saves, "0") != 0;
}

void
barua_claws_mail_audit (const BaruaHome *home, GPtrArray *faults)
{
  g_autofree char *path = barua_home_dup_path (home, ".claws-mail/accountrc");
  g_autoptr (BaruaPlan) plan = barua_plan_new (CLIENT);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (BaruaKeyFile) file = NULL;
  g_auto (GStrv) groups = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  Look look = { .path = path, .texts = texts, .faults = faults };

  if (!barua_plan_read (plan, path, &text, &length, NULL) || text == NULL)
    return;
  file = barua_key_file_new (text, (gssize) length, &BARUA_KEY_FILE_GLIB);
  look.file = file;
  look.line_end = barua_edits_line_end (text, length);
  look.saves_copies = saves_copies (home, plan);
  groups = barua_key_file_list_groups (file);
  for (gsize i = 0; groups[i] != NULL; i++)
    {
      look.group = groups[i];
      if (g_str_has_prefix (groups[i], ACCOUNT))
        audit_account (&look);
    }
}
