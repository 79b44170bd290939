#include "config.h"

#include "export/exporters.h"
#include "export/formats/key-file.h"
#include "export/formats/mail-url.h"
#include "export/match.h"

#include <glib/gi18n.h>
#include <string.h>

#define ACCOUNTS "aerc/accounts.conf"
#define NAMES_MAX 1000

static const BaruaKeyFileStyle STYLE = {
  .comments = "#;",
  .separator = " = ",
  .separators = "=:",
};

typedef struct
{
  BaruaKeyFile *file;
  char *group;
} Draft;

static gboolean
is_login (const BaruaKeyFile *file,
          const char *group,
          const char *key,
          const char *address)
{
  g_autofree char *value = barua_key_file_dup (file, group, key);
  g_autoptr (BaruaMailUrl) url = barua_mail_url_parse (value);

  return url != NULL && barua_match_login (url->host, url->user, address);
}

static char *
dup_account (const BaruaKeyFile *file, const char *address)
{
  g_auto (GStrv) groups = barua_key_file_list_groups (file);

  for (gsize i = 0; groups[i] != NULL; i++)
    if (is_login (file, groups[i], "source", address))
      return g_strdup (groups[i]);
  return NULL;
}

static char *
dup_free_name (const BaruaKeyFile *file, const BaruaExportRequest *request)
{
  g_autofree char *label = barua_export_request_dup_label (request);
  g_autofree char *name = g_strdup (label);

  for (guint i = 2; i < NAMES_MAX && barua_key_file_has_group (file, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s %u", label, i);
    }
  return g_steal_pointer (&name);
}

static char *
dup_from (const BaruaExportRequest *request)
{
  const char *name = barua_export_request_get_name (request);
  g_autoptr (GString) out = g_string_new ("\"");

  if (g_str_equal (name, request->account->address))
    return g_strdup (name);
  for (const char *at = name; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *at);
    }
  g_string_append_printf (out, "\" <%s>", request->account->address);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Later versions than 0.14 know "smtp" as what begins with STARTTLS; that one is told
 * with a setting, which those no longer look at. */
static char *
dup_url (const BaruaService *service, const BaruaExportRequest *request)
{
  gboolean smtp = service->protocol == BARUA_PROTOCOL_SMTP;
  const char *way = "";
  g_autofree char *login = barua_export_request_dup_url_login (request);

  if (barua_export_request_uses_token (request))
    way = "+xoauth2";
  else if (smtp)
    way = "+plain";
  return g_strdup_printf ("%s%s%s://%s@%s:%u", smtp ? "smtp" : "imap",
                          service->security == BARUA_SECURITY_TLS ? "s" : "", way, login,
                          service->host, service->port);
}

static gboolean
signs_in_alike (const char *there, const char *wanted)
{
  g_auto (GStrv) a = g_strsplit (there, "+", 2);
  g_auto (GStrv) b = g_strsplit (wanted, "+", 2);
  const char *way = a[1] != NULL ? a[1] : "plain";
  gboolean token = g_str_equal (way, "xoauth2") || g_str_equal (way, "oauthbearer");

  return g_strcmp0 (a[0], b[0]) == 0 && !g_str_equal (way, "insecure") &&
         !g_str_equal (way, "none") && token == (g_strcmp0 (b[1], "xoauth2") == 0);
}

static gboolean
is_same_server (const char *there, const char *wanted, const char *address)
{
  g_autoptr (BaruaMailUrl) a = barua_mail_url_parse (there);
  g_autoptr (BaruaMailUrl) b = barua_mail_url_parse (wanted);

  if (a == NULL || b == NULL || a->password != NULL || *a->path != '\0')
    return FALSE;
  if (!barua_match_server (a->host, b->host))
    return FALSE;
  return signs_in_alike (a->scheme, b->scheme) && g_strcmp0 (a->port, b->port) == 0 &&
         a->user != NULL && strchr (a->user, '@') != NULL &&
         barua_match_login (a->host, a->user, address);
}

static void
set (Draft *draft, const char *key, const char *value)
{
  g_autofree char *there = barua_key_file_dup (draft->file, draft->group, key);

  if (g_strcmp0 (there, value) != 0)
    barua_key_file_set (draft->file, draft->group, key, value);
}

static void
set_missing (Draft *draft, const char *key, const char *value)
{
  g_autofree char *there = barua_key_file_dup (draft->file, draft->group, key);

  if (there == NULL)
    barua_key_file_set (draft->file, draft->group, key, value);
}

static void
set_url (Draft *draft,
         const char *key,
         const BaruaService *service,
         const BaruaExportRequest *request)
{
  g_autofree char *there = barua_key_file_dup (draft->file, draft->group, key);
  g_autofree char *url = dup_url (service, request);

  if (there == NULL || !is_same_server (there, url, request->account->address))
    barua_key_file_set (draft->file, draft->group, key, url);
}

static void
set_folder (Draft *draft,
            const char *key,
            const BaruaExportRequest *request,
            const char *attribute)
{
  g_autofree char *folder = barua_export_request_dup_folder (request, attribute);

  if (folder != NULL)
    set (draft, key, folder);
}

static void
set_secret (Draft *draft, const BaruaExportRequest *request, BaruaPlan *plan)
{
  g_autofree char *command = barua_export_request_dup_command (request);

  if (command == NULL)
    {
      barua_plan_add_question (
        plan, _ ("aerc asks for no password and cannot sign in without one. Sign in to "
                 "this account with Barua, then hand the settings over again."));
      return;
    }
  set (draft, "source-cred-cmd", command);
  set (draft, "outgoing-cred-cmd", command);
  if (!barua_export_request_uses_token (request))
    return;
  /* A token is good for an hour; for fetching, aerc asks once only. */
  set (draft, "outgoing-cred-cmd-cache", "false");
  barua_plan_add_note (plan,
                       _ ("aerc asks for a token when it starts. Start it again when "
                          "it loses its connection after an hour or more."));
}

static void
draft_account (Draft *draft, const BaruaExportRequest *request, BaruaPlan *plan)
{
  g_autofree char *from = dup_from (request);

  set_url (draft, "source", request->incoming, request);
  set_url (draft, "outgoing", request->outgoing, request);
  if (request->outgoing->security == BARUA_SECURITY_STARTTLS)
    set (draft, "smtp-starttls", "yes");
  else
    barua_key_file_remove (draft->file, draft->group, "smtp-starttls");
  set_secret (draft, request, plan);
  set_missing (draft, "from", from);
  set_missing (draft, "default", "INBOX");
  set_folder (draft, "postpone", request, "\\Drafts");
  set_folder (draft, "archive", request, "\\All");
  /* Gmail keeps what is sent, and would have it twice. */
  barua_key_file_remove (draft->file, draft->group, "copy-to");
}

static gboolean
plan_account (const BaruaExportRequest *request,
              const BaruaHome *home,
              BaruaPlan *plan,
              GError **error)
{
  g_autofree char *path = barua_home_dup_config_path (home, ACCOUNTS);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *summary = NULL;
  g_autoptr (BaruaKeyFile) file = NULL;
  g_autofree char *group = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &before, &length, error))
    return FALSE;
  file = barua_key_file_new (before, (gssize) length, &STYLE);
  group = dup_account (file, request->account->address);
  if (group == NULL)
    group = dup_free_name (file, request);
  draft_account (&(Draft){ file, group }, request, plan);
  after = barua_key_file_dup_text (file, &length);
  /* Translators: an address, then the name of a mail program */
  summary = g_strdup_printf (_ ("Put the account %s into the settings of %s."),
                             request->account->address, "aerc");
  /* aerc does not start with a file that others may read. */
  barua_plan_write (plan, path, after, (gssize) length, BARUA_FILE_PRIVATE, summary);
  return TRUE;
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_autofree char *path = barua_home_dup_config_path (home, ACCOUNTS);
  g_autoptr (BaruaPlan) plan = barua_plan_new ("aerc");
  g_autofree char *text = NULL;
  g_autofree char *group = NULL;
  g_autoptr (BaruaKeyFile) file = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &text, &length, NULL) || text == NULL)
    return FALSE;
  file = barua_key_file_new (text, (gssize) length, &STYLE);
  group = dup_account (file, address);
  return group != NULL;
}

const BaruaExporter barua_exporter_aerc = {
  .id = "aerc",
  .name = "aerc",
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_SENDING | BARUA_EXPORTS_PASSWORD |
         BARUA_EXPORTS_TOKEN,
  .commands = (const char *const[]){ "aerc", NULL },
  .packages = (const char *const[]){ "aerc", NULL },
  .has_account = has_account,
  .plan = plan_account,
};
