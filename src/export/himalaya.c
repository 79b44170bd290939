#include "config.h"

#include "export/error.h"
#include "export/exporters.h"
#include "export/formats/toml.h"
#include "export/match.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAMES_MAX 1000

/* The addresses of Google's that its first generation wants to know. */
#define AUTH_URL "https://accounts.google.com/o/oauth2/v2/auth"
#define TOKEN_URL "https://oauth2.googleapis.com/token"
#define SCOPE "https://mail.google.com/"

/* The two generations of its settings have not one key of a server in common. */
typedef struct
{
  const BaruaExportRequest *request;
  const BaruaToml *file;
  BaruaEdits *edits;
  GString *lines;
  const char *const *table;
  gboolean blocked;
} Draft;

static char *
dup_path (const BaruaHome *home)
{
  g_autofree char *usual = barua_home_dup_config_path (home, "himalaya/config.toml");
  g_autofree char *other = barua_home_dup_path (home, ".config/himalaya/config.toml");
  g_autofree char *old = barua_home_dup_path (home, ".himalayarc");

  return g_strdup (
    barua_home_first (home, (const char *const[]){ usual, other, old, NULL }));
}

static gboolean
is_account (char *const *path)
{
  return g_strcmp0 (path[0], "accounts") == 0 && path[1] != NULL;
}

static gboolean
is_second_generation (const BaruaToml *file)
{
  static const char *const SERVERS[] = {
    "imap", "smtp", "jmap", "gmail", "msgraph", NULL
  };

  for (guint i = 0; i < file->values->len; i++)
    {
      const BaruaTomlValue *value = file->values->pdata[i];

      if (is_account (value->path) && value->path[2] != NULL &&
          g_strv_contains (SERVERS, value->path[2]))
        return TRUE;
    }
  return FALSE;
}

/* Not mail on this computer, which another program fetches, and no other server. */
static gboolean
is_at_google (const BaruaToml *file, const char *const *table)
{
  const BaruaTomlValue *type = barua_toml_find (file, table, "backend.type");
  const BaruaTomlValue *host = barua_toml_find (file, table, "backend.host");

  return (type == NULL || g_strcmp0 (type->value, "imap") == 0) &&
         (host == NULL || barua_match_host (host->value));
}

static char *
dup_account (const BaruaToml *file, const char *address)
{
  static const char *const NAMES[] = { "email", "backend.login",
                                       "imap.sasl.plain.username" };

  for (guint i = 0; i < file->values->len; i++)
    {
      const BaruaTomlValue *value = file->values->pdata[i];
      const char *table[] = { "accounts", NULL, NULL };

      if (!is_account (value->path) || value->value == NULL)
        continue;
      table[1] = value->path[1];
      for (gsize j = 0; j < G_N_ELEMENTS (NAMES); j++)
        if (barua_toml_find (file, table, NAMES[j]) == value &&
            barua_match_login ("gmail.com", value->value, address) &&
            is_at_google (file, table))
          return g_strdup (value->path[1]);
    }
  return NULL;
}

static gboolean
name_is_taken (const BaruaToml *file, const char *name)
{
  for (guint i = 0; i < file->values->len; i++)
    {
      char *const *path = ((const BaruaTomlValue *) file->values->pdata[i])->path;

      if (is_account (path) && g_strcmp0 (path[1], name) == 0)
        return TRUE;
    }
  for (guint i = 0; i < file->tables->len; i++)
    {
      char *const *path = ((const BaruaTomlTable *) file->tables->pdata[i])->path;

      if (is_account (path) && g_strcmp0 (path[1], name) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_table (const BaruaToml *file, const char *const *table)
{
  for (guint i = 0; i < file->tables->len; i++)
    {
      const BaruaTomlTable *found = file->tables->pdata[i];

      if (g_strv_equal ((const char *const *) found->path, table))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_accounts (const BaruaToml *file)
{
  for (guint i = 0; i < file->values->len; i++)
    if (is_account (((const BaruaTomlValue *) file->values->pdata[i])->path))
      return TRUE;
  return FALSE;
}

static void
set_raw (Draft *draft, const char *key, const char *value)
{
  const BaruaTomlValue *there = NULL;

  if (draft->file == NULL)
    {
      g_string_append_printf (draft->lines, "%s = %s\n", key, value);
      return;
    }
  there = barua_toml_find (draft->file, draft->table, key);
  if (there == NULL && barua_toml_is_blocked (draft->file, draft->table, key))
    draft->blocked = TRUE;
  else
    barua_toml_set (draft->file, draft->edits, draft->table, key, value);
}

static void
set (Draft *draft, const char *prefix, const char *key, const char *value)
{
  g_autofree char *whole = g_strconcat (prefix, key, NULL);
  g_autofree char *quoted = barua_toml_quote (value);
  const BaruaTomlValue *there =
    draft->file != NULL ? barua_toml_find (draft->file, draft->table, whole) : NULL;

  if (there == NULL || g_strcmp0 (there->value, value) != 0)
    set_raw (draft, whole, quoted);
}

static void
set_missing (Draft *draft, const char *key, const char *value)
{
  if (draft->file == NULL || barua_toml_find (draft->file, draft->table, key) == NULL)
    set (draft, "", key, value);
}

static void
remove_key (Draft *draft, const char *prefix, const char *key)
{
  g_autofree char *whole = g_strconcat (prefix, key, NULL);
  const BaruaTomlValue *there =
    draft->file != NULL ? barua_toml_find (draft->file, draft->table, whole) : NULL;

  if (there != NULL)
    barua_edits_replace (draft->edits, there->line, there->after - there->line, "");
}

static void
set_folder (Draft *draft, const char *key, const char *attribute)
{
  g_autofree char *folder = barua_export_request_dup_folder (draft->request, attribute);

  if (folder != NULL)
    set (draft, "", key, folder);
}

static void
set_first_secret (Draft *draft, const char *prefix)
{
  g_autofree char *command = barua_export_request_dup_command (draft->request);
  const char *client = draft->request->account->client_id;

  if (!barua_export_request_uses_token (draft->request))
    {
      set (draft, prefix, "auth.type", "password");
      if (command != NULL)
        {
          remove_key (draft, prefix, "auth.raw");
          remove_key (draft, prefix, "auth.keyring");
          set (draft, prefix, "auth.cmd", command);
        }
      return;
    }
  set (draft, prefix, "auth.type", "oauth2");
  set (draft, prefix, "auth.method", "xoauth2");
  set (draft, prefix, "auth.client-id", client != NULL ? client : "barua");
  set (draft, prefix, "auth.auth-url", AUTH_URL);
  set (draft, prefix, "auth.token-url", TOKEN_URL);
  set (draft, prefix, "auth.scope", SCOPE);
  remove_key (draft, prefix, "auth.access-token.raw");
  remove_key (draft, prefix, "auth.access-token.keyring");
  set (draft, prefix, "auth.access-token.cmd", command);
}

static void
set_number (Draft *draft, const char *prefix, const char *key, guint number)
{
  g_autofree char *whole = g_strconcat (prefix, key, NULL);
  g_autofree char *value = g_strdup_printf ("%u", number);

  set_raw (draft, whole, value);
}

static void
set_first_server (Draft *draft, const char *prefix, const BaruaService *service)
{
  set (draft, prefix, "type", service->protocol == BARUA_PROTOCOL_SMTP ? "smtp" : "imap");
  set (draft, prefix, "host", service->host);
  set_number (draft, prefix, "port", service->port);
  set (draft, prefix, "encryption.type",
       service->security == BARUA_SECURITY_TLS ? "tls" : "start-tls");
  set (draft, prefix, "login", draft->request->account->address);
  set_first_secret (draft, prefix);
}

static void
draft_first (Draft *draft)
{
  set_folder (draft, "folder.aliases.sent", "\\Sent");
  set_folder (draft, "folder.aliases.drafts", "\\Drafts");
  set_folder (draft, "folder.aliases.trash", "\\Trash");
  set_first_server (draft, "backend.", draft->request->incoming);
  set_first_server (draft, "message.send.backend.", draft->request->outgoing);
  /* Gmail keeps what is sent, and would have it twice. */
  set_raw (draft, "message.send.save-copy", "false");
}

static void
set_second_server (Draft *draft, const char *prefix, const BaruaService *service)
{
  gboolean tls = service->security == BARUA_SECURITY_TLS;
  gboolean token = barua_export_request_uses_token (draft->request);
  g_autofree char *command = barua_export_request_dup_command (draft->request);
  g_autofree char *way =
    g_strconcat (prefix, token ? "sasl.xoauth2." : "sasl.plain.", NULL);
  g_autofree char *starttls = g_strconcat (prefix, "starttls", NULL);
  g_autofree char *url = g_strdup_printf (
    "%s%s://%s:%u", service->protocol == BARUA_PROTOCOL_SMTP ? "smtp" : "imap",
    tls ? "s" : "", service->host, service->port);

  set (draft, prefix, "server", url);
  if (tls)
    remove_key (draft, prefix, "starttls");
  else
    set_raw (draft, starttls, "true");
  /* One way of signing in only. */
  remove_key (draft, prefix, token ? "sasl.plain.username" : "sasl.xoauth2.username");
  remove_key (draft, prefix,
              token ? "sasl.plain.password.command" : "sasl.xoauth2.token.command");
  remove_key (draft, way, "password.raw");
  set (draft, way, "username", draft->request->account->address);
  if (command != NULL)
    set (draft, way, token ? "token.command" : "password.command", command);
}

static void
draft_second (Draft *draft)
{
  set_folder (draft, "mailbox.alias.sent", "\\Sent");
  set_folder (draft, "mailbox.alias.drafts", "\\Drafts");
  set_folder (draft, "mailbox.alias.trash", "\\Trash");
  set_second_server (draft, "imap.", draft->request->incoming);
  set_second_server (draft, "smtp.", draft->request->outgoing);
}

static gboolean
fail (const BaruaHome *home, const char *path, GError **error)
{
  g_autofree char *shown = barua_home_dup_shown (home, path);

  g_set_error (
    error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNREADABLE,
    /* Translators: a file */
    _ ("The account in “%s” is written in a way that Barua cannot add to. Look "
       "at it, and take the account out if it is not needed."),
    shown);
  return FALSE;
}

static char *
dup_free_name (const BaruaToml *file, const BaruaExportRequest *request)
{
  g_autofree char *key = barua_export_request_dup_key (request);
  g_autofree char *name = g_strdup (key);

  for (guint i = 2; i < NAMES_MAX && name_is_taken (file, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u", key, i);
    }
  return g_steal_pointer (&name);
}

/* Into @edits; %FALSE where the account cannot be added to. */
static gboolean
draft_account (const BaruaExportRequest *request,
               const BaruaToml *file,
               BaruaEdits *edits)
{
  g_autofree char *there = dup_account (file, request->account->address);
  g_autofree char *name =
    there != NULL ? g_strdup (there) : dup_free_name (file, request);
  const char *table[] = { "accounts", name, NULL };
  g_autoptr (GString) lines = g_string_new (NULL);
  Draft draft = { request, there != NULL ? file : NULL, edits, lines, table, FALSE };

  if (there != NULL && !has_table (file, table))
    return FALSE;
  if (there == NULL)
    g_string_append_printf (lines, "[accounts.%s]\n", name);
  if (there == NULL && !has_accounts (file))
    set_raw (&draft, "default", "true");
  set (&draft, "", "email", request->account->address);
  set_missing (&draft, "display-name", barua_export_request_get_name (request));
  if (is_second_generation (file))
    draft_second (&draft);
  else
    draft_first (&draft);
  if (lines->len > 0)
    barua_edits_append_paragraph (edits, lines->str);
  return !draft.blocked;
}

static void
tell (const BaruaExportRequest *request, BaruaPlan *plan)
{
  /* Translators: the name of a mail program */
  g_autofree char *question =
    g_strdup_printf (_ ("%s will ask for the password each time."), "Himalaya");

  if (request->account->method == BARUA_METHOD_NONE)
    barua_plan_add_question (plan, question);
}

static gboolean
plan_account (const BaruaExportRequest *request,
              const BaruaHome *home,
              BaruaPlan *plan,
              GError **error)
{
  g_autofree char *path = dup_path (home);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *summary = NULL;
  g_autoptr (BaruaToml) file = NULL;
  g_autoptr (BaruaEdits) edits = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &before, &length, error))
    return FALSE;
  file = barua_toml_new (before, length);
  edits = barua_edits_new (before, length);
  if (file == NULL || !draft_account (request, file, edits))
    return fail (home, path, error);
  after = barua_edits_apply (edits, &length);
  /* Translators: an address, then the name of a mail program */
  summary = g_strdup_printf (_ ("Put the account %s into the settings of %s."),
                             request->account->address, "Himalaya");
  barua_plan_write (plan, path, after, (gssize) length,
                    before != NULL ? BARUA_FILE_ORDINARY : BARUA_FILE_PRIVATE, summary);
  tell (request, plan);
  return TRUE;
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_autofree char *path = dup_path (home);
  g_autoptr (BaruaPlan) plan = barua_plan_new ("himalaya");
  g_autofree char *text = NULL;
  g_autofree char *account = NULL;
  g_autoptr (BaruaToml) file = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &text, &length, NULL))
    return FALSE;
  file = barua_toml_new (text, length);
  account = file != NULL ? dup_account (file, address) : NULL;
  return account != NULL;
}

const BaruaExporter barua_exporter_himalaya = {
  .id = "himalaya",
  .name = "Himalaya",
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_SENDING | BARUA_EXPORTS_PASSWORD |
         BARUA_EXPORTS_TOKEN,
  .commands = (const char *const[]){ "himalaya", NULL },
  .has_account = has_account,
  .plan = plan_account,
};
