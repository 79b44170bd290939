#include "config.h"

#include "export/mutt-wants.h"

#include "export/formats/mail-url.h"
#include "export/match.h"

#include <string.h>

#define TOKEN_WAYS "oauthbearer:xoauth2"

static void
want_free (gpointer data)
{
  BaruaMuttWant *self = data;

  g_free (self->value);
  g_free (self->written);
  g_free (self);
}

static BaruaMuttWant *
add (GPtrArray *wants, const char *name, const char *value, BaruaMuttFit fit)
{
  BaruaMuttWant *want = g_new0 (BaruaMuttWant, 1);

  want->name = name;
  want->value = g_strdup (value);
  want->written = value != NULL ? barua_mutt_rc_quote (value) : NULL;
  want->fit = fit;
  g_ptr_array_add (wants, want);
  return want;
}

static BaruaMuttWant *
add_switch (GPtrArray *wants, const char *name)
{
  BaruaMuttWant *want = add (wants, name, "yes", BARUA_MUTT_FIT_SAME);

  g_free (want->written);
  want->written = g_strdup ("yes");
  return want;
}

static void
add_computed (GPtrArray *wants, const char *name, const char *command)
{
  g_autofree char *written = barua_mutt_rc_quote_command (command);
  BaruaMuttWant *want = NULL;

  /* Without a command, it asks. */
  if (written == NULL)
    return;
  want = g_new0 (BaruaMuttWant, 1);
  want->name = name;
  want->written = g_steal_pointer (&written);
  want->value = g_strndup (want->written + 1, strlen (want->written) - 2);
  want->fit = BARUA_MUTT_FIT_SAME;
  g_ptr_array_add (wants, want);
}

static char *
dup_url (const BaruaService *service, const BaruaExportRequest *request)
{
  static const char *const SCHEMES[][2] = {
    [BARUA_PROTOCOL_SMTP] = { "smtps", "smtp" },
    [BARUA_PROTOCOL_IMAP] = { "imaps", "imap" },
    [BARUA_PROTOCOL_POP] = { "pops", "pop" },
  };
  g_autofree char *login = barua_export_request_dup_url_login (request);

  return g_strdup_printf (
    "%s://%s@%s:%u/",
    SCHEMES[service->protocol][service->security == BARUA_SECURITY_TLS ? 0 : 1], login,
    service->host, service->port);
}

static void
add_folder (GPtrArray *wants,
            const BaruaExportRequest *request,
            const char *name,
            const char *attribute)
{
  g_autofree char *folder = barua_export_request_dup_folder (request, attribute);
  g_autofree char *value = folder != NULL ? g_strconcat ("+", folder, NULL) : NULL;

  if (value != NULL)
    add (wants, name, value, BARUA_MUTT_FIT_FOLDER);
}

static void
add_token (GPtrArray *wants, const char *command, gboolean pop)
{
  /* NeoMutt takes no other name for POP, and stops at the line. */
  if (pop)
    add (wants, "pop_authenticators", "oauthbearer", BARUA_MUTT_FIT_SAME);
  else
    add (wants, "imap_authenticators", TOKEN_WAYS, BARUA_MUTT_FIT_TOKEN);
  add (wants, "smtp_authenticators", TOKEN_WAYS, BARUA_MUTT_FIT_TOKEN);
  add (wants, pop ? "pop_oauth_refresh_command" : "imap_oauth_refresh_command", command,
       BARUA_MUTT_FIT_SAME);
  add (wants, "smtp_oauth_refresh_command", command, BARUA_MUTT_FIT_SAME);
  /* A command for a password that is kept no more would complain at every start. */
  add (wants, pop ? "pop_pass" : "imap_pass", NULL, BARUA_MUTT_FIT_SAME)->usual = TRUE;
  add (wants, "smtp_pass", NULL, BARUA_MUTT_FIT_SAME)->usual = TRUE;
}

static void
add_secret (GPtrArray *wants, const BaruaExportRequest *request)
{
  g_autofree char *command = barua_export_request_dup_command (request);
  gboolean pop = request->incoming->protocol == BARUA_PROTOCOL_POP;

  if (barua_export_request_uses_token (request))
    {
      add_token (wants, command, pop);
      return;
    }
  add (wants, pop ? "pop_authenticators" : "imap_authenticators", NULL,
       BARUA_MUTT_FIT_NO_TOKEN);
  add (wants, "smtp_authenticators", NULL, BARUA_MUTT_FIT_NO_TOKEN);
  if (command == NULL)
    return;
  add_computed (wants, pop ? "pop_pass" : "imap_pass", command);
  add_computed (wants, "smtp_pass", command);
}

static void
add_mailboxes (GPtrArray *wants, const BaruaExportRequest *request)
{
  g_autofree char *url = dup_url (request->incoming, request);

  if (request->incoming->protocol == BARUA_PROTOCOL_POP)
    {
      add (wants, "pop_user", request->account->address, BARUA_MUTT_FIT_SAME);
      add (wants, "spoolfile", url, BARUA_MUTT_FIT_SERVER);
      /* Else a person who has none yet is asked whether it shall be made. */
      add (wants, "folder", "~/Mail", BARUA_MUTT_FIT_ANY);
    }
  else
    {
      add (wants, "imap_user", request->account->address, BARUA_MUTT_FIT_SAME);
      add (wants, "folder", url, BARUA_MUTT_FIT_SERVER);
      add (wants, "spoolfile", "+INBOX", BARUA_MUTT_FIT_INBOX);
      add_folder (wants, request, "postponed", "\\Drafts");
      add_folder (wants, request, "trash", "\\Trash");
    }
  add (wants, "record", NULL, BARUA_MUTT_FIT_NO_FOLDER);
}

GPtrArray *
barua_mutt_wants_new (const BaruaExportRequest *request)
{
  GPtrArray *wants = g_ptr_array_new_with_free_func (want_free);
  g_autofree char *url = NULL;

  g_return_val_if_fail (request != NULL, wants);

  url = dup_url (request->outgoing, request);
  add (wants, "realname", barua_export_request_get_name (request), BARUA_MUTT_FIT_ANY);
  add (wants, "from", request->account->address, BARUA_MUTT_FIT_ANY);
  add_mailboxes (wants, request);
  add (wants, "smtp_url", url, BARUA_MUTT_FIT_SERVER);
  if (request->outgoing->security == BARUA_SECURITY_STARTTLS)
    add_switch (wants, "ssl_starttls")->usual = TRUE;
  add_switch (wants, "ssl_force_tls");
  add_secret (wants, request);
  return wants;
}

static gboolean
is_at_server (const char *value)
{
  g_autoptr (BaruaMailUrl) url = barua_mail_url_parse (value);

  return url != NULL || value[0] == '+' || value[0] == '=' || value[0] == '!';
}

static gboolean
is_same_server (const BaruaMuttWant *self,
                const char *value,
                const BaruaMuttSettings *settings,
                const BaruaExportRequest *request)
{
  g_autoptr (BaruaMailUrl) there = barua_mail_url_parse (value);
  g_autoptr (BaruaMailUrl) wanted = barua_mail_url_parse (self->value);
  gboolean smtp = g_str_equal (self->name, "smtp_url");
  const char *user = NULL;

  if (there == NULL || wanted == NULL || there->password != NULL ||
      !g_str_equal (there->scheme, wanted->scheme) || *there->path != '\0' ||
      !barua_match_server (there->host, wanted->host))
    return FALSE;
  /* Without a port, that of the scheme holds; for "smtp" that is 25. */
  if (there->port == NULL ? g_str_equal (there->scheme, "smtp")
                          : !g_str_equal (there->port, wanted->port))
    return FALSE;
  user = there->user;
  if (user == NULL && !smtp)
    user = barua_mutt_settings_get (settings, "imap_user");
  return user != NULL && strchr (user, '@') != NULL &&
         barua_match_login (there->host, user, request->account->address);
}

static gboolean
is_inbox (const char *value)
{
  g_autoptr (BaruaMailUrl) url = barua_mail_url_parse (value);
  const char *name = url != NULL ? url->path : value + 1;

  if (url != NULL ? !g_str_equal (url->scheme, "imaps") || !barua_match_host (url->host)
                  : value[0] != '+' && value[0] != '=')
    return FALSE;
  return g_ascii_strcasecmp (name, "INBOX") == 0;
}

static gboolean
names_token (const char *ways)
{
  g_autofree char *lower = g_ascii_strdown (ways, -1);

  return strstr (lower, "oauth") != NULL;
}

gboolean
barua_mutt_want_is_met (const BaruaMuttWant *self,
                        const BaruaMuttSettings *settings,
                        const BaruaExportRequest *request)
{
  const BaruaMuttEntry *entry = barua_mutt_settings_find (settings, self->name);
  const char *value = barua_mutt_settings_get (settings, self->name);

  if (entry == NULL)
    return self->usual || self->fit == BARUA_MUTT_FIT_NO_TOKEN;
  if (value == NULL)
    return self->value == NULL;
  switch (self->fit)
    {
    case BARUA_MUTT_FIT_ANY:
      return TRUE;
    case BARUA_MUTT_FIT_SERVER:
      return is_same_server (self, value, settings, request);
    case BARUA_MUTT_FIT_INBOX:
      return is_inbox (value);
    case BARUA_MUTT_FIT_FOLDER:
      return g_strcmp0 (value + 1, self->value + 1) == 0 || !is_at_server (value);
    case BARUA_MUTT_FIT_NO_FOLDER:
      return !is_at_server (value);
    case BARUA_MUTT_FIT_NO_TOKEN:
      return !names_token (value);
    case BARUA_MUTT_FIT_TOKEN:
      return names_token (value);
    case BARUA_MUTT_FIT_SAME:
    default:
      return g_strcmp0 (value, self->value) == 0;
    }
}
