#include "config.h"

#include "export/exporters.h"

#include "export/error.h"
#include "export/formats/pinerc.h"
#include "export/match.h"
#include "export/msmtp.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAME "Alpine"

/* The version of the configuration: an older one gets a greeting. */
#define VERSION "6.26"

/* Alpine puts in its own path of a program, the host, the user, and the service. Nothing
 * of the host is wanted, and the service is always the same. */
#define OPENS_MAILBOX "%s tunnel imap%.0s %s"

/* What is set up, while it is. */
typedef struct
{
  const BaruaExportRequest *request;
  const BaruaHome *home;
  BaruaPlan *plan;
  BaruaPinerc *rc;
  BaruaEdits *edits;
  char *server;
  gboolean opens;
} Export;

/* One "{host:port/user=zoe}" in a value. */
typedef struct
{
  char *host;
  char *user;
} Server;

static void
server_clear (Server *self)
{
  g_free (self->host);
  g_free (self->user);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Server, server_clear)

static const char *
end_of_part (const char *text, const char *end)
{
  gboolean quoted = FALSE;

  for (; text < end; text++)
    {
      if (*text == '"')
        quoted = !quoted;
      if (*text == '/' && !quoted)
        break;
    }
  return text;
}

/* @text without braces: "imap.gmail.com:993/ssl/user=zoe@gmail.com". */
static void
server_read (Server *self, const char *text, gsize length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *next = end_of_part (text, end);
      g_autofree char *part = g_strndup (text, (gsize) (next - text));

      if (self->host == NULL)
        self->host = g_strndup (part, strcspn (part, ":"));
      else if (g_ascii_strncasecmp (part, "user=", 5) == 0 && self->user == NULL)
        {
          const char *user = part[5] == '"' ? part + 6 : part + 5;

          self->user = g_strndup (user, strcspn (user, "\""));
        }
      text = next + 1;
    }
}

static gboolean
is_ours (const char *text, gsize length, const char *address)
{
  g_auto (Server) server = { 0 };

  server_read (&server, text, length);
  return barua_match_login (server.host, server.user, address);
}

/* The next "{…}" of ours in a text, without its braces. */
static const char *
find_server (const char *text, const char *end, const char *address, gsize *length)
{
  while (text < end)
    {
      const char *open = memchr (text, '{', (gsize) (end - text));
      const char *close = open != NULL ? memchr (open, '}', (gsize) (end - open)) : NULL;

      if (close == NULL)
        return NULL;
      *length = (gsize) (close - open) - 1;
      if (is_ours (open + 1, *length, address))
        return open + 1;
      text = open + 1;
    }
  return NULL;
}

static gboolean
holds_account (const char *value, const char *address)
{
  gsize length = 0;

  return value != NULL &&
         find_server (value, value + strlen (value), address, &length) != NULL;
}

static char *
write_server (const Export *self)
{
  const BaruaService *service = self->request->incoming;
  const char *address = self->request->account->address;
  gboolean plain = strspn (address, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "@._+-'") ==
                   strlen (address);
  const char *quote = plain ? "" : "\"";

  /* Where the mailbox cannot be opened, Alpine goes on by itself, without encryption:
   * "/secure" has it send no password then. */
  if (self->opens)
    return g_strdup_printf ("%s/user=%s%s%s/secure", service->host, quote, address,
                            quote);
  return g_strdup_printf ("%s:%u%s/ssl/user=%s%s%s", service->host, service->port,
                          service->protocol == BARUA_PROTOCOL_POP ? "/pop3" : "", quote,
                          address, quote);
}

static void
set (const Export *self, const char *name, const char *value)
{
  const char *there = barua_pinerc_get (self->rc, name);

  if (g_strcmp0 (there, value) != 0)
    barua_pinerc_set (self->rc, self->edits, name, value);
}

static void
set_if_unset (const Export *self, const char *name, const char *value)
{
  if (barua_pinerc_get (self->rc, name) == NULL)
    barua_pinerc_set (self->rc, self->edits, name, value);
}

/* Whether @name can be what is wanted without taking anything from anybody. */
static gboolean
is_free (const Export *self, const char *name, const char *value)
{
  const char *there = barua_pinerc_get (self->rc, name);

  return there == NULL || strcmp (there, value) == 0;
}

static gboolean
can_open (const Export *self)
{
  g_autofree char *tunnel = barua_export_request_dup_tunnel (self->request);
  const char *path = barua_pinerc_get (self->rc, "ssh-path");

  if (tunnel == NULL)
    return FALSE;
  /* This program may have been elsewhere. */
  if (path != NULL &&
      g_strcmp0 (barua_pinerc_get (self->rc, "ssh-command"), OPENS_MAILBOX) == 0)
    return TRUE;
  return is_free (self, "ssh-path", self->request->program) &&
         is_free (self, "ssh-command", OPENS_MAILBOX);
}

/* Every place at which the account stands already. POP has one folder only: the others
 * are still looked into with IMAP. */
static void
update_servers (const Export *self)
{
  const char *address = self->request->account->address;

  for (guint i = 0; i < self->rc->variables->len; i++)
    {
      const BaruaPinercVariable *variable = self->rc->variables->pdata[i];
      const char *at = self->rc->text + variable->span.offset;
      const char *end = at + variable->span.length;
      gsize length = 0;

      if (self->request->incoming->protocol == BARUA_PROTOCOL_POP &&
          strcmp (variable->name, "inbox-path") != 0)
        continue;
      while ((at = find_server (at, end, address, &length)) != NULL)
        {
          if (strlen (self->server) != length || memcmp (at, self->server, length) != 0)
            barua_edits_replace (self->edits, (gsize) (at - self->rc->text), length,
                                 self->server);
          at += length;
        }
    }
}

static void
add_collection (const Export *self)
{
  const char *there = barua_pinerc_get (self->rc, "folder-collections");
  g_autofree char *ours = NULL;

  if (self->request->incoming->protocol == BARUA_PROTOCOL_POP ||
      holds_account (there, self->request->account->address))
    return;
  ours = g_strdup_printf ("%s {%s}[]", self->request->account->address, self->server);
  barua_pinerc_append (self->rc, self->edits, "folder-collections", ours);
}

static gboolean
is_inbox (const Export *self)
{
  const char *inbox = barua_pinerc_get (self->rc, "inbox-path");

  return inbox == NULL || g_ascii_strcasecmp (inbox, "inbox") == 0 ||
         holds_account (inbox, self->request->account->address);
}

/* RFC 5322, 3.4. Alpine divides the list at commas outside quotes, and takes no note of
 * the backslash before one. */
static char *
write_sender (const BaruaExportRequest *request)
{
  g_autofree char *name = barua_pinerc_escape (barua_export_request_get_name (request));
  g_autoptr (GString) sender = g_string_new ("From: \"");
  guint quotes = 0;

  for (const char *p = name; *p != '\0'; p++)
    quotes += *p == '"';
  for (const char *p = name; *p != '\0'; p++)
    {
      if ((*p == '"' && quotes % 2 == 0) || *p == '\\')
        g_string_append_c (sender, '\\');
      g_string_append_c (sender, *p == '"' && quotes % 2 == 1 ? '\'' : *p);
    }
  g_string_append_printf (sender, "\" <%s>", request->account->address);
  if (g_str_equal (barua_export_request_get_name (request), request->account->address))
    g_string_printf (sender, "From: %s", request->account->address);
  return g_string_free (g_steal_pointer (&sender), FALSE);
}

static gboolean
has_sender (const Export *self)
{
  g_auto (GStrv) headers =
    barua_pinerc_list (barua_pinerc_get (self->rc, "customized-hdrs"));

  for (gsize i = 0; headers[i] != NULL; i++)
    if (g_ascii_strncasecmp (headers[i], "From:", 5) == 0)
      return TRUE;
  return FALSE;
}

static void
set_person (const Export *self)
{
  const char *domain = strrchr (self->request->account->address, '@');
  g_autofree char *name =
    barua_pinerc_escape (barua_export_request_get_name (self->request));
  g_autofree char *sender = write_sender (self->request);

  if (!g_str_equal (name, self->request->account->address))
    set_if_unset (self, "personal-name", name);
  if (domain != NULL)
    set_if_unset (self, "user-domain", domain + 1);
  if (!has_sender (self))
    barua_pinerc_append (self->rc, self->edits, "customized-hdrs", sender);
}

static gboolean
sends_elsewhere (const Export *self)
{
  const char *server = barua_pinerc_get (self->rc, "smtp-server");

  if (barua_pinerc_get (self->rc, "sendmail-path") != NULL)
    return TRUE;
  return server != NULL &&
         !is_ours (server, strlen (server), self->request->account->address);
}

static void
send_asking (const Export *self)
{
  const BaruaService *service = self->request->outgoing;
  g_autofree char *server =
    g_strdup_printf ("%s:%u/%s/user=%s", service->host, service->port,
                     service->security == BARUA_SECURITY_TLS ? "ssl" : "tls",
                     self->request->account->address);

  set (self, "smtp-server", server);
}

static gboolean
set_sending (const Export *self, GError **error)
{
  g_autofree char *account = NULL;
  g_autofree char *command = NULL;
  g_autofree char *line = NULL;
  const char *there = barua_pinerc_get (self->rc, "sendmail-path");

  /* "Sent" would be a second copy: Gmail keeps one by itself. */
  set_if_unset (self, "default-fcc", "\"\"");
  if (self->request->account->method == BARUA_METHOD_NONE)
    {
      if (!sends_elsewhere (self))
        send_asking (self);
      return TRUE;
    }
  if (sends_elsewhere (self) && (there == NULL || strstr (there, "msmtp") == NULL))
    {
      barua_plan_add_note (self->plan,
                           _ ("Alpine sends mail as it was set to before, since it "
                              "knows one way of sending for all accounts."));
      return TRUE;
    }
  account = barua_msmtp_plan (self->request, self->home, self->plan, error);
  if (account == NULL)
    return FALSE;
  command = barua_msmtp_dup_command (self->home, account);
  line = g_strconcat (command, " -t -oi", NULL);
  if (there == NULL)
    set (self, "sendmail-path", line);
  return TRUE;
}

static gboolean
set_as_own (const Export *self, GError **error)
{
  g_autofree char *inbox = g_strdup_printf ("{%s}INBOX", self->server);
  g_autofree char *drafts =
    barua_export_request_dup_raw_folder (self->request, "\\Drafts");

  if (!holds_account (barua_pinerc_get (self->rc, "inbox-path"),
                      self->request->account->address))
    set (self, "inbox-path", inbox);
  set_person (self);
  if (drafts != NULL && self->request->incoming->protocol == BARUA_PROTOCOL_IMAP)
    {
      g_autofree char *folder = g_strdup_printf ("{%s}%s", self->server, drafts);

      set_if_unset (self, "postponed-folder", folder);
    }
  return set_sending (self, error);
}

static void
set_opening (const Export *self)
{
  if (self->opens)
    {
      set (self, "ssh-path", self->request->program);
      set (self, "ssh-command", OPENS_MAILBOX);
      return;
    }
  barua_plan_add_question (
    self->plan, _ ("Alpine will ask for the password each time it is started."));
}

static gboolean
can_sign_in (const Export *self, GError **error)
{
  if (self->opens || !barua_export_request_uses_token (self->request))
    return TRUE;
  if (self->request->incoming->protocol == BARUA_PROTOCOL_POP)
    g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNSUPPORTED,
                 /* Translators: the name of a mail program */
                 _ ("%s can fetch with POP only with an app password, and you are signed "
                    "in without one. Choose IMAP."),
                 NAME);
  else
    g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNSUPPORTED,
                 _ ("Alpine is set to open mailboxes with a program of yours (ssh-path, "
                    "ssh-command), and has no other way to sign in without an app "
                    "password."));
  return FALSE;
}

static gboolean
carry_out (Export *self, const char *path, GError **error)
{
  gsize length = 0;
  g_autofree char *text = NULL;
  g_autofree char *summary =
    /* Translators: an address, then the name of a mail program */
    g_strdup_printf (_ ("Put the account %s into the settings of %s."),
                     self->request->account->address, NAME);

  update_servers (self);
  if (is_inbox (self))
    {
      if (!set_as_own (self, error))
        return FALSE;
    }
  else
    barua_plan_add_note (
      self->plan,
      _ (
        "Alpine opens the inbox and sends mail as it was set to before. Your Gmail is in "
        "its list of folders."));
  add_collection (self);
  set_opening (self);
  set_if_unset (self, "last-version-used", VERSION);
  text = barua_edits_apply (self->edits, &length);
  barua_plan_write (self->plan, path, text, (gssize) length,
                    self->rc->text != NULL ? BARUA_FILE_ORDINARY : BARUA_FILE_PRIVATE,
                    summary);
  return TRUE;
}

static gboolean
plan_account (const BaruaExportRequest *request,
              const BaruaHome *home,
              BaruaPlan *plan,
              GError **error)
{
  g_autofree char *path = barua_home_dup_path (home, ".pinerc");
  g_autofree char *text = NULL;
  g_autofree char *server = NULL;
  gsize length = 0;
  g_autoptr (BaruaPinerc) rc = NULL;
  g_autoptr (BaruaEdits) edits = NULL;
  Export export = { .request = request, .home = home, .plan = plan };

  if (!barua_plan_read (plan, path, &text, &length, error))
    return FALSE;
  rc = barua_pinerc_new (text, length);
  edits = barua_edits_new (text, length);
  export.rc = rc;
  export.edits = edits;
  export.opens = can_open (&export);
  if (!can_sign_in (&export, error))
    return FALSE;
  server = write_server (&export);
  export.server = server;
  return carry_out (&export, path, error);
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_autofree char *path = barua_home_dup_path (home, ".pinerc");
  g_autoptr (BaruaPlan) plan = barua_plan_new ("alpine");
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (BaruaPinerc) rc = NULL;

  if (!barua_plan_read (plan, path, &text, &length, NULL))
    return FALSE;
  rc = barua_pinerc_new (text, length);
  for (guint i = 0; i < rc->variables->len; i++)
    {
      const BaruaPinercVariable *variable = rc->variables->pdata[i];

      if (holds_account (variable->value, address))
        return TRUE;
    }
  return FALSE;
}

const BaruaExporter barua_exporter_alpine = {
  .id = "alpine",
  .name = NAME,
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_SENDING |
         BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN | BARUA_EXPORTS_CLOSED,
  .commands = (const char *const[]){ "alpine", NULL },
  .packages = (const char *const[]){ "alpine", NULL },
  .has_account = has_account,
  .plan = plan_account,
};
