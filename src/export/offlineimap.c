#include "config.h"

#include "export/exporters.h"

#include "export/fetcher.h"
#include "export/formats/key-file.h"
#include "export/match.h"

#include <glib/gi18n.h>
#include <string.h>

#define GENERAL "general"
#define ACCOUNT "Account "
#define REPOSITORY "Repository "
#define FILTER "lambda folder: folder not in ["
#define RUN "__import__(\"subprocess\").check_output(["
#define RAN "], text=True).strip()"

/* What is set up, while it is; the groups of the account's three parts. */
typedef struct
{
  const BaruaExportRequest *request;
  const BaruaHome *home;
  BaruaPlan *plan;
  BaruaKeyFile *file;
  char *remote;
} Export;

static char *
find_file (const BaruaHome *home)
{
  g_autofree char *newer = barua_home_dup_config_path (home, "offlineimap/config");

  /* The order in which offlineimap itself looks. */
  if (g_file_test (newer, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&newer);
  return barua_home_dup_path (home, ".offlineimaprc");
}

/* A value as the program has it: it puts other values in the place of "%(…)s". */
static void
set (const Export *self, const char *group, const char *key, const char *value)
{
  g_autofree char *doubled = barua_fetcher_double (g_strdup (value), '%');
  g_autofree char *old = barua_key_file_dup (self->file, group, key);

  if (g_strcmp0 (old, doubled) != 0)
    barua_key_file_set (self->file, group, key, doubled);
}

static void
set_remote (const Export *self, const char *key, const char *value)
{
  set (self, self->remote, key, value);
}

static char *
get (const BaruaKeyFile *file, const char *group, const char *key)
{
  g_autofree char *value = barua_key_file_dup (file, group, key);
  g_auto (GStrv) parts = value != NULL ? g_strsplit (value, "%%", -1) : NULL;

  return parts != NULL ? g_strjoinv ("%", parts) : NULL;
}

static gboolean
is_remote (const BaruaKeyFile *file, const char *group, const char *address)
{
  g_autofree char *type = NULL;
  g_autofree char *host = NULL;
  g_autofree char *user = NULL;

  if (!g_str_has_prefix (group, REPOSITORY))
    return FALSE;
  type = get (file, group, "type");
  host = get (file, group, "remotehost");
  user = get (file, group, "remoteuser");
  if (host == NULL && g_strcmp0 (type, "Gmail") == 0)
    host = g_strdup ("imap.gmail.com");
  return barua_match_login (host, user, address);
}

static char *
find_remote (const BaruaKeyFile *file, const char *address)
{
  g_auto (GStrv) groups = barua_key_file_list_groups (file);

  for (gsize i = 0; groups[i] != NULL; i++)
    if (is_remote (file, groups[i], address))
      return g_strdup (groups[i]);
  return NULL;
}

/* The name of the account whose mail lies in @remote. */
static char *
find_account (const BaruaKeyFile *file, const char *remote)
{
  g_auto (GStrv) groups = barua_key_file_list_groups (file);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *used = NULL;

      if (!g_str_has_prefix (groups[i], ACCOUNT))
        continue;
      used = barua_key_file_dup (file, groups[i], "remoterepository");
      if (g_strcmp0 (used, remote + strlen (REPOSITORY)) == 0)
        return g_strdup (groups[i] + strlen (ACCOUNT));
    }
  return NULL;
}

static char *
make_call (char **words)
{
  g_autoptr (GString) call = g_string_new (RUN);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = barua_fetcher_quote_python (words[i]);

      g_string_append_printf (call, "%s%s", i > 0 ? ", " : "", word);
    }
  g_string_append (call, RAN);
  return g_string_free (g_steal_pointer (&call), FALSE);
}

static void
ask_for_secret (const Export *self)
{
  static const char *const KEYS[] = { "remotepass", "remotepassfile", "remotepasseval",
                                      "oauth2_access_token_eval" };

  for (gsize i = 0; i < G_N_ELEMENTS (KEYS); i++)
    {
      g_autofree char *kept = barua_key_file_dup (self->file, self->remote, KEYS[i]);

      if (kept != NULL)
        return;
    }
  barua_fetcher_ask (self->plan, "OfflineIMAP");
}

static void
set_secret (const Export *self)
{
  static const char *const OLD[] = { "remotepass",
                                     "remotepassfile",
                                     "oauth2_access_token",
                                     "oauth2_refresh_token",
                                     "oauth2_refresh_token_eval",
                                     NULL };
  gboolean token = barua_export_request_uses_token (self->request);
  g_auto (GStrv) words = barua_export_request_list_command (self->request);
  g_autofree char *call = words != NULL ? make_call (words) : NULL;

  if (call == NULL)
    {
      ask_for_secret (self);
      return;
    }
  for (gsize i = 0; OLD[i] != NULL; i++)
    barua_key_file_remove (self->file, self->remote, OLD[i]);
  barua_key_file_remove (self->file, self->remote,
                         token ? "remotepasseval" : "oauth2_access_token_eval");
  set_remote (self, "auth_mechanisms", token ? "XOAUTH2" : "PLAIN, LOGIN");
  set_remote (self, token ? "oauth2_access_token_eval" : "remotepasseval", call);
}

static void
set_unless_off (const Export *self, const char *key, const char *wrong, const char *right)
{
  g_autofree char *old = barua_key_file_dup (self->file, self->remote, key);

  if (old != NULL && g_ascii_strcasecmp (old, wrong) == 0)
    set_remote (self, key, right);
}

static void
set_server (const Export *self)
{
  const BaruaService *service = self->request->incoming;
  g_autofree char *host = barua_key_file_dup (self->file, self->remote, "remotehost");
  g_autofree char *port = barua_key_file_dup (self->file, self->remote, "remoteport");
  g_autofree char *user = get (self->file, self->remote, "remoteuser");
  g_autofree char *type = barua_key_file_dup (self->file, self->remote, "type");
  g_autofree char *trust = barua_key_file_dup (self->file, self->remote, "sslcacertfile");
  g_autofree char *found = barua_fetcher_find_authorities (self->home);
  g_autofree char *number = g_strdup_printf ("%u", service->port);

  if (type == NULL)
    set_remote (self, "type", "Gmail");
  if (host != NULL && !barua_match_server (host, service->host))
    set_remote (self, "remotehost", service->host);
  /* Gmail's own type has them already. */
  if (port != NULL)
    set_remote (self, "remoteport", number);
  set_unless_off (self, "ssl", "no", "yes");
  set_unless_off (self, "starttls", "yes", "no");
  if (user == NULL || strchr (user, '@') == NULL)
    set_remote (self, "remoteuser", self->request->account->address);
  if (trust == NULL)
    set_remote (self, "sslcacertfile", found != NULL ? found : "OS-DEFAULT");
}

/* Gmail has a new certificate every few weeks, and nobody speaks the first versions of
 * TLS any more. */
static void
drop_old_trust (const Export *self)
{
  static const char *const OLD[] = { "ssl2", "ssl3", "tls1", "tls1_1" };

  barua_key_file_remove (self->file, self->remote, "cert_fingerprint");
  for (gsize i = 0; i < G_N_ELEMENTS (OLD); i++)
    set_unless_off (self, "ssl_version", OLD[i], "tls1_2");
}

static char *
make_filter (char **views)
{
  g_autoptr (GString) filter = g_string_new (FILTER);

  for (gsize i = 0; views[i] != NULL; i++)
    {
      g_autofree char *name = barua_fetcher_quote_python (views[i]);

      g_string_append_printf (filter, "%s%s", i > 0 ? ", " : "", name);
    }
  g_string_append_c (filter, ']');
  return g_string_free (g_steal_pointer (&filter), FALSE);
}

static void
set_folder (const Export *self, const char *key, const char *attribute)
{
  g_autofree char *name = barua_export_request_dup_raw_folder (self->request, attribute);

  if (name != NULL)
    set_remote (self, key, name);
}

/* A filter of the person's own stays. */
static void
set_folders (const Export *self)
{
  g_auto (GStrv) views = barua_fetcher_list_views (self->request, TRUE);
  g_autofree char *kept = barua_key_file_dup (self->file, self->remote, "folderfilter");
  g_autofree char *filter = make_filter (views);

  if (views[0] != NULL && (kept == NULL || g_str_has_prefix (kept, FILTER)))
    set_remote (self, "folderfilter", filter);
  set_folder (self, "trashfolder", "\\Trash");
  set_folder (self, "spamfolder", "\\Junk");
}

static char *
make_name (const BaruaKeyFile *file, const char *key)
{
  char *name = g_strdup (key);

  for (guint i = 2;; i++)
    {
      g_autofree char *account = g_strconcat (ACCOUNT, name, NULL);
      g_autofree char *remote = g_strconcat (REPOSITORY, name, "-remote", NULL);
      g_autofree char *local = g_strconcat (REPOSITORY, name, "-local", NULL);

      if (!barua_key_file_has_group (file, account) &&
          !barua_key_file_has_group (file, remote) &&
          !barua_key_file_has_group (file, local))
        return name;
      g_free (name);
      name = g_strdup_printf ("%s-%u", key, i);
    }
}

/* Sets up the account and the folder on this machine for a server that has neither. */
static char *
add_account (const Export *self, const char *name)
{
  g_autofree char *account = g_strconcat (ACCOUNT, name, NULL);
  g_autofree char *short_local = g_strconcat (name, "-local", NULL);
  g_autofree char *local = g_strconcat (REPOSITORY, short_local, NULL);
  g_autofree char *folder = g_strdup_printf ("~/Mail/%s-offlineimap", name);

  set (self, account, "localrepository", short_local);
  set (self, account, "remoterepository", self->remote + strlen (REPOSITORY));
  set (self, local, "type", "Maildir");
  set (self, local, "localfolders", folder);
  return g_strdup (name);
}

static void
list_account (const Export *self, const char *name)
{
  g_autofree char *kept = barua_key_file_dup (self->file, GENERAL, "accounts");
  g_auto (GStrv) names = g_strsplit (kept != NULL ? kept : "", ",", -1);
  g_autofree char *longer = NULL;

  for (gsize i = 0; names[i] != NULL; i++)
    if (strcmp (g_strstrip (names[i]), name) == 0)
      return;
  if (kept == NULL || *kept == '\0')
    longer = g_strdup (name);
  else
    longer = g_strconcat (g_strdelimit (kept, "\n", ' '), ", ", name, NULL);
  barua_key_file_set (self->file, GENERAL, "accounts", longer);
}

static void
bring_up_to_date (Export *self)
{
  const char *address = self->request->account->address;
  g_autofree char *key = barua_export_request_dup_key (self->request);
  g_autofree char *name = make_name (self->file, key);
  g_autofree char *account = NULL;
  g_autofree char *note = NULL;

  self->remote = find_remote (self->file, address);
  if (self->remote == NULL)
    {
      self->remote = g_strconcat (REPOSITORY, name, "-remote", NULL);
      list_account (self, name);
      account = add_account (self, name);
    }
  else
    account = find_account (self->file, self->remote);
  if (account == NULL)
    account = add_account (self, name);
  list_account (self, account);
  set_server (self);
  drop_old_trust (self);
  set_secret (self);
  set_folders (self);
  note = g_strdup_printf (
    /* Translators: what is typed in a terminal */
    _ ("Fetch with “offlineimap -a %s”. What you delete here or there is deleted on the "
       "other side too."),
    account);
  barua_plan_add_note (self->plan, note);
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error)
{
  g_autofree char *path = find_file (home);
  g_autofree char *text = NULL;
  g_autofree char *written = NULL;
  g_autofree char *remote = NULL;
  g_autoptr (BaruaKeyFile) file = NULL;
  Export export = { 0 };
  gsize length = 0;

  if (!barua_plan_read (plan, path, &text, &length, error))
    return FALSE;
  file = barua_key_file_new (text, (gssize) length, &BARUA_KEY_FILE_PYTHON);
  export = (Export){ request, home, plan, file, NULL };
  bring_up_to_date (&export);
  remote = export.remote;
  written = barua_key_file_dup_text (file, &length);
  barua_fetcher_write (plan, path, written, length, request, "OfflineIMAP");
  return TRUE;
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_autofree char *path = find_file (home);
  g_autoptr (BaruaPlan) none = barua_plan_new ("offlineimap");
  g_autofree char *text = NULL;
  g_autofree char *remote = NULL;
  g_autoptr (BaruaKeyFile) file = NULL;
  gsize length = 0;

  if (!barua_plan_read (none, path, &text, &length, NULL))
    return FALSE;
  file = barua_key_file_new (text, (gssize) length, &BARUA_KEY_FILE_PYTHON);
  remote = find_remote (file, address);
  return remote != NULL;
}

const BaruaExporter barua_exporter_offlineimap = {
  .id = "offlineimap",
  .name = "OfflineIMAP",
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN,
  .commands = (const char *const[]){ "offlineimap", NULL },
  .packages = (const char *const[]){ "offlineimap3", "offlineimap", NULL },
  .has_account = has_account,
  .plan = plan,
};
