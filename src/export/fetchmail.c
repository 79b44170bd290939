#include "config.h"

#include "export/exporters.h"

#include "export/error.h"
#include "export/fetcher.h"
#include "export/fetchmail-audit.h"
#include "export/formats/fetchmail-rc.h"
#include "export/match.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAME "fetchmail"

/* Each message whole or not at all. fetchmail has a shell run it. */
#define INTO_MAILDIR                                                                     \
  "umask 077; f=$(mktemp -p ~/Maildir/tmp) && cat >\"$f\" && mv \"$f\" ~/Maildir/new/"

static const char *const USER[] = { "user", "username", NULL };
static const char *const PROTOCOL[] = { "protocol", "proto", NULL };
static const char *const SERVICE[] = { "service", "port", NULL };
static const char *const AUTH[] = { "auth", "authenticate", NULL };
static const char *const PLUGIN[] = { "plugin", NULL };
static const char *const PASSWORD[] = { "password", "pass", NULL };
static const char *const SSL[] = { "ssl", NULL };
static const char *const SSLPROTO[] = { "sslproto", NULL };
static const char *const FINGERPRINT[] = { "sslfingerprint", NULL };
static const char *const CHECK[] = { "sslcertck", NULL };
static const char *const VIA[] = { "via", NULL };
static const char *const MDA[] = { "mda", NULL };
static const char *const FOLDER[] = { "folder", "folders", NULL };

/* Where a list of folders ends, fetchmail(1) "Keyword". */
static const char *const BEHIND_FOLDERS[] = {
  "is",          "to",          "here",       "there",       "with",
  "has",         "and",         "wants",      "options",     "user",
  "username",    "password",    "pass",       "ssl",         "sslcert",
  "sslcertck",   "sslcertfile", "sslkey",     "sslcertpath", "sslcommonname",
  "sslproto",    "smtp",        "smtphost",   "smtpname",    "sslfingerprint",
  "smtpaddress", "antispam",    "mda",        "bsmtp",       "fetchdomains",
  "lmtp",        "preconnect",  "keep",       "nokeep",      "postconnect",
  "no",          "flush",       "limitflush", "fetchall",    "nofetchall",
  "rewrite",     "norewrite",   "stripcr",    "forcecr",     "pass8bits",
  "dropstatus",  "mimedecode",  "idle",       "limit",       "dropdelivered",
  "warnings",    "batchlimit",  "fetchlimit", "fastuidl",    "fetchsizelimit",
  "expunge",     "properties",  NULL,
};

/* What is set up, while it is. @tunnel is %NULL where fetchmail has to sign in itself. */
typedef struct
{
  const BaruaExportRequest *request;
  const BaruaHome *home;
  BaruaPlan *plan;
  const BaruaFetchmailRc *rc;
  BaruaEdits *edits;
  char *tunnel;
} Export;

static const BaruaFetchmailEntry *
find_entry (const BaruaFetchmailRc *rc, const char *address)
{
  for (guint i = 0; i < rc->entries->len; i++)
    {
      const BaruaFetchmailEntry *entry = rc->entries->pdata[i];
      const BaruaFetchmailToken *host = barua_fetchmail_rc_get_host (rc, entry);

      for (guint at = entry->user; at < entry->end; at++)
        {
          const BaruaFetchmailToken *user =
            barua_fetchmail_rc_get (rc, at, entry->end, USER);

          if (host != NULL && user != NULL &&
              barua_match_login (host->text, user->text, address))
            return entry;
        }
    }
  return NULL;
}

static void
insert_after (const Export *self, guint index, const char *text)
{
  const BaruaFetchmailToken *token = self->rc->tokens->pdata[index];

  barua_edits_replace (self->edits, token->span.offset + token->span.length, 0, text);
}

/* Where a new option goes: behind a server's name; but behind all that is said of a user:
 * right behind its name, who it is here may stand, and fetchmail takes nothing in
 * between. */
static guint
find_place (const Export *self, guint first, guint end)
{
  const BaruaFetchmailToken *token = self->rc->tokens->pdata[first];
  g_autofree char *word = g_ascii_strdown (token->text, -1);

  return g_strv_contains (USER, word) ? end - 1 : first + 1;
}

/* Sets an option between two tokens, each time it stands there. */
static void
set (
  const Export *self, guint first, guint end, const char *const *names, const char *value)
{
  guint found = barua_fetchmail_rc_find (self->rc, first, end, names);
  /* Words of the language are none in quotes. */
  gboolean is_word =
    *value != '\0' &&
    strspn (value, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS) == strlen (value);
  g_autofree char *quoted = is_word ? g_strdup (value) : barua_fetchmail_rc_quote (value);
  g_autofree char *text = g_strdup_printf (" %s %s", names[0], quoted);

  if (found + 1 >= end)
    insert_after (self, find_place (self, first, end), text);
  for (; found + 1 < end;
       found = barua_fetchmail_rc_find (self->rc, found + 2, end, names))
    {
      const BaruaFetchmailToken *there = self->rc->tokens->pdata[found + 1];

      if (strcmp (there->text, value) != 0)
        barua_edits_replace (self->edits, there->span.offset, there->span.length, quoted);
    }
}

static void
unset_at (const Export *self, guint found, guint words)
{
  const BaruaFetchmailToken *begin = self->rc->tokens->pdata[found];
  const BaruaFetchmailToken *last = self->rc->tokens->pdata[found + words - 1];
  const BaruaFetchmailToken *before = self->rc->tokens->pdata[found - 1];

  /* The blank before it goes with it, a line end or a comment does not. */
  if (before->span.offset + before->span.length + 1 == begin->span.offset &&
      before->span.line == begin->span.line)
    barua_edits_replace (self->edits, begin->span.offset - 1,
                         last->span.offset + last->span.length - begin->span.offset + 1,
                         "");
  else
    barua_edits_replace (self->edits, begin->span.offset,
                         last->span.offset + last->span.length - begin->span.offset, "");
}

static void
unset (const Export *self, guint first, guint end, const char *const *names, guint words)
{
  for (guint found = barua_fetchmail_rc_find (self->rc, first, end, names);
       found + words <= end;
       found = barua_fetchmail_rc_find (self->rc, found + words, end, names))
    unset_at (self, found, words);
}

/* With POP, fetchmail gives an entry up that names folders. */
static void
unset_folders (const Export *self, const BaruaFetchmailEntry *entry)
{
  guint found = barua_fetchmail_rc_find (self->rc, entry->user, entry->end, FOLDER);
  guint end = barua_fetchmail_rc_find (self->rc, found + 1, entry->end, BEHIND_FOLDERS);

  if (found < entry->end)
    unset_at (self, found, end - found);
}

static void
add_flag (const Export *self, const BaruaFetchmailEntry *entry, const char *const *names)
{
  g_autofree char *text = g_strconcat (" ", names[0], NULL);

  if (barua_fetchmail_rc_find (self->rc, entry->user, entry->end, names) == entry->end)
    insert_after (self, entry->end - 1, text);
}

static void
set_host (const Export *self, const BaruaFetchmailEntry *entry)
{
  const char *wanted = self->request->incoming->host;

  if (!barua_match_server (barua_fetchmail_rc_get_host (self->rc, entry)->text, wanted))
    set (self, entry->first, entry->user, VIA, wanted);
}

static void
update_tunneled (const Export *self, const BaruaFetchmailEntry *entry)
{
  set (self, entry->first, entry->user, AUTH, "ssh");
  set (self, entry->first, entry->user, PLUGIN, self->tunnel);
  unset (self, entry->first, entry->user, SERVICE, 2);
  set (self, entry->user, entry->end, SSLPROTO, "");
  unset (self, entry->user, entry->end, SSL, 1);
  unset (self, entry->user, entry->end, PASSWORD, 2);
}

/* Switched off, or a version that nobody speaks any more; "+" stands for later ones. */
static gboolean
is_old_version (const char *version)
{
  static const char *const OLD[] = {
    "", "ssl2", "ssl3", "tls1", "tls1.0", "tls1.1", NULL
  };
  g_autofree char *lower = g_ascii_strdown (version, -1);

  return g_strv_contains (OLD, lower);
}

static void
update_asking (const Export *self, const BaruaFetchmailEntry *entry)
{
  g_autofree char *port = g_strdup_printf ("%u", self->request->incoming->port);
  const BaruaFetchmailToken *way =
    barua_fetchmail_rc_get (self->rc, entry->first, entry->user, AUTH);
  const BaruaFetchmailToken *versions =
    barua_fetchmail_rc_get (self->rc, entry->user, entry->end, SSLPROTO);

  if (way != NULL)
    set (self, entry->first, entry->user, AUTH, "password");
  unset (self, entry->first, entry->user, PLUGIN, 2);
  set (self, entry->first, entry->user, SERVICE, port);
  if (versions != NULL && is_old_version (versions->text))
    set (self, entry->user, entry->end, SSLPROTO, "TLS1.2+");
  /* Gmail has a new certificate every few weeks. */
  unset (self, entry->user, entry->end, FINGERPRINT, 2);
  add_flag (self, entry, CHECK);
  add_flag (self, entry, SSL);
  if (barua_fetchmail_rc_get (self->rc, entry->user, entry->end, PASSWORD) == NULL)
    barua_fetcher_ask (self->plan, NAME);
}

static const char *
get_protocol (const BaruaExportRequest *request)
{
  return request->incoming->protocol == BARUA_PROTOCOL_POP ? "POP3" : "IMAP";
}

static void
update (const Export *self, const BaruaFetchmailEntry *entry)
{
  const BaruaFetchmailToken *protocol =
    barua_fetchmail_rc_get (self->rc, entry->first, entry->user, PROTOCOL);

  /* What is said about the server holds for all its users. */
  if (entry->users > 1)
    {
      barua_plan_add_note (self->plan,
                           _ ("The account is in fetchmail’s settings already, together "
                              "with other users of the same server. That is left as it "
                              "is: give each user a “poll” of its own, and try again."));
      return;
    }
  set_host (self, entry);
  if (protocol == NULL ||
      g_ascii_strcasecmp (protocol->text, get_protocol (self->request)) != 0)
    set (self, entry->first, entry->user, PROTOCOL, get_protocol (self->request));
  if (self->request->incoming->protocol == BARUA_PROTOCOL_POP)
    unset_folders (self, entry);
  if (self->tunnel != NULL)
    update_tunneled (self, entry);
  else
    update_asking (self, entry);
}

static char *
use_maildir (const Export *self)
{
  static const char *const PARTS[] = { "Maildir/cur", "Maildir/new", "Maildir/tmp" };

  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++)
    {
      g_autofree char *path = barua_home_dup_path (self->home, PARTS[i]);

      barua_plan_make_folder (self->plan, path, _ ("Make the folder for new mail."));
    }
  barua_plan_add_note (self->plan,
                       _ ("fetchmail puts new mail into the folder “Maildir”, "
                          "where mutt and others find it."));
  return g_strdup (INTO_MAILDIR);
}

/* What takes the mail over: what does for other accounts, else what is here. A mail
 * server may be installed that takes no mail, which fetchmail would hand it to by itself.
 */
static char *
choose_mda (const Export *self)
{
  g_autofree char *procmail = barua_home_find_program (self->home, "procmail");
  g_autofree char *maildrop = barua_home_find_program (self->home, "maildrop");

  if (self->rc->entries->len > 0)
    {
      const BaruaFetchmailEntry *first = self->rc->entries->pdata[0];
      const BaruaFetchmailToken *there =
        barua_fetchmail_rc_get (self->rc, first->first, self->rc->tokens->len, MDA);

      return there != NULL ? g_strdup (there->text) : NULL;
    }
  if (procmail != NULL)
    return g_strconcat (procmail, " -d %T", NULL);
  if (maildrop != NULL)
    return g_steal_pointer (&maildrop);
  return use_maildir (self);
}

static void
append_option (GString *lines, const char *name, const char *value)
{
  g_autofree char *quoted = barua_fetchmail_rc_quote (value);

  g_string_append_printf (lines, " %s %s", name, quoted);
}

static char *
dup_free_name (const Export *self)
{
  char *name = barua_export_request_dup_key (self->request);

  for (guint i = 0; i < self->rc->entries->len; i++)
    {
      const BaruaFetchmailEntry *entry = self->rc->entries->pdata[i];
      const BaruaFetchmailToken *taken =
        entry->first + 1 < entry->end ? self->rc->tokens->pdata[entry->first + 1] : NULL;

      if (taken != NULL && g_ascii_strcasecmp (taken->text, name) == 0)
        {
          g_autofree char *old = name;

          name = g_strconcat (old, "-2", NULL);
        }
    }
  return name;
}

static void
add (const Export *self)
{
  g_autoptr (GString) lines = g_string_new ("poll");
  g_autofree char *name = dup_free_name (self);
  g_autofree char *mda = choose_mda (self);
  const BaruaService *service = self->request->incoming;

  g_string_append_printf (lines, " %s", name);
  append_option (lines, "via", service->host);
  g_string_append_printf (lines, " protocol %s", get_protocol (self->request));
  if (self->tunnel != NULL)
    {
      g_string_append (lines, " auth ssh");
      append_option (lines, "plugin", self->tunnel);
    }
  else
    g_string_append_printf (lines, " service %u auth password%s", service->port,
                            service->protocol == BARUA_PROTOCOL_POP ? " uidl" : "");
  g_string_append (lines, "\n ");
  append_option (lines, "user", self->request->account->address);
  g_string_append (lines, self->tunnel != NULL
                            ? " keep sslproto \"\""
                            : " keep ssl sslproto \"TLS1.2+\" sslcertck");
  g_string_append (lines, "\n");
  if (mda != NULL)
    {
      g_string_append (lines, " ");
      append_option (lines, "mda", mda);
      g_string_append (lines, "\n");
    }
  barua_edits_append_paragraph (self->edits, lines->str);
  if (self->tunnel == NULL)
    barua_fetcher_ask (self->plan, NAME);
}

/* A quote that was left open swallows what is put in. */
static gboolean
is_understood (const Export *self, const char *text, gsize length)
{
  g_autoptr (BaruaFetchmailRc) rc = barua_fetchmail_rc_new (text, length);

  return !rc->open && find_entry (rc, self->request->account->address) != NULL;
}

static gboolean
write_file (const Export *self, const char *path, GError **error)
{
  gsize length = 0;
  g_autofree char *text = barua_edits_apply (self->edits, &length);
  g_autofree char *shown = barua_home_dup_shown (self->home, path);
  g_autofree char *summary =
    /* Translators: an address, then the name of a mail program */
    g_strdup_printf (_ ("Put the account %s into the settings of %s."),
                     self->request->account->address, NAME);

  if (!is_understood (self, text, length))
    {
      g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNREADABLE,
                   /* Translators: the name of a program, and a file */
                   _ ("%s does not understand “%s”, and so it is left alone. Mend it "
                      "first."),
                   NAME, shown);
      return FALSE;
    }
  /* fetchmail refuses a file that others may read. */
  barua_plan_write (self->plan, path, text, (gssize) length, BARUA_FILE_PRIVATE, summary);
  return TRUE;
}

static gboolean
can_sign_in (const BaruaExportRequest *request, GError **error)
{
  if (request->incoming->protocol != BARUA_PROTOCOL_POP ||
      !barua_export_request_uses_token (request))
    return TRUE;
  g_set_error (
    error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNSUPPORTED,
    /* Translators: the name of a mail program */
    _ ("%s can fetch with POP only with an app password, and you are signed in "
       "without one. Choose IMAP."),
    NAME);
  return FALSE;
}

static gboolean
plan_account (const BaruaExportRequest *request,
              const BaruaHome *home,
              BaruaPlan *plan,
              GError **error)
{
  g_autofree char *path = barua_home_dup_path (home, ".fetchmailrc");
  g_autofree char *text = NULL;
  g_autofree char *tunnel = NULL;
  gsize length = 0;
  g_autoptr (BaruaFetchmailRc) rc = NULL;
  g_autoptr (BaruaEdits) edits = NULL;
  const BaruaFetchmailEntry *entry = NULL;
  Export export = { .request = request, .home = home, .plan = plan };

  if (!can_sign_in (request, error) ||
      !barua_plan_read (plan, path, &text, &length, error))
    return FALSE;
  rc = barua_fetchmail_rc_new (text, length);
  edits = barua_edits_new (text, length);
  tunnel = barua_export_request_dup_tunnel (request);
  export.rc = rc;
  export.edits = edits;
  export.tunnel = tunnel;
  entry = find_entry (rc, request->account->address);
  if (entry != NULL)
    update (&export, entry);
  else
    add (&export);
  return write_file (&export, path, error);
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_autofree char *path = barua_home_dup_path (home, ".fetchmailrc");
  g_autoptr (BaruaPlan) plan = barua_plan_new ("fetchmail");
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (BaruaFetchmailRc) rc = NULL;

  if (!barua_plan_read (plan, path, &text, &length, NULL))
    return FALSE;
  rc = barua_fetchmail_rc_new (text, length);
  return find_entry (rc, address) != NULL;
}

const BaruaExporter barua_exporter_fetchmail = {
  .id = "fetchmail",
  .name = NAME,
  .can =
    BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN,
  .commands = (const char *const[]){ "fetchmail", NULL },
  .packages = (const char *const[]){ "fetchmail", NULL },
  .has_account = has_account,
  .plan = plan_account,
  .audit = barua_fetchmail_audit,
};
