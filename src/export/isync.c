#include "config.h"

#include "export/isync.h"

#include "account/folder.h"
#include "export/exporters.h"
#include "export/fetcher.h"
#include "export/formats/mbsync-rc.h"
#include "export/match.h"
#include "export/packages.h"

#include <glib/gi18n.h>
#include <string.h>

/* What is set up, while it is. */
typedef struct
{
  const BaruaExportRequest *request;
  const BaruaHome *home;
  BaruaPlan *plan;
  BaruaMbsyncRc *rc;
  char *key;
  gboolean raw;
} Export;

/* A folder of its own kind: what the server says of it, and what it is called here. */
typedef struct
{
  const char *attribute;
  const char *suffix;
  const char *name;
} Kind;

static const char *const PACKAGES[] = { "isync", NULL };

static const Kind KINDS[] = {
  { "\\Sent", "sent", "Sent" },
  { "\\Drafts", "drafts", "Drafts" },
  { "\\Trash", "trash", "Trash" },
  { "\\Junk", "junk", "Junk" },
};

const char *const barua_isync_old_words[] = {
  "RequireSSL", "UseIMAPS",   "UseSSLv2",   "UseSSLv3", "UseTLSv1",
  "UseTLSv1.1", "UseTLSv1.2", "UseTLSv1.3", NULL,
};

char *
barua_isync_find_file (const BaruaHome *home)
{
  g_autofree char *usual = barua_home_dup_path (home, ".mbsyncrc");
  g_autofree char *newer = barua_home_dup_config_path (home, "isyncrc");

  return g_strdup (barua_home_first (home, (const char *const[]){ usual, newer, NULL }));
}

/* Up to 1.4 names of folders are written as the server has them, since 1.5 in UTF-8. A
 * system without Debian's list of packages has a newer one. */
static gboolean
wants_raw_names (const BaruaHome *home)
{
  g_autofree char *status = barua_home_dup_system_path (home, "var/lib/dpkg/status");
  g_autofree char *version = barua_packages_dup_version (status, PACKAGES);
  guint64 major = 0;
  guint64 minor = 0;
  char *end = NULL;

  if (version == NULL)
    return g_file_test (status, G_FILE_TEST_EXISTS);
  major = g_ascii_strtoull (version, &end, 10);
  if (*end == '.')
    minor = g_ascii_strtoull (end + 1, NULL, 10);
  return major < 1 || (major == 1 && minor < 5);
}

static char *
dup_folder (const Export *self, const char *attribute)
{
  return self->raw ? barua_export_request_dup_raw_folder (self->request, attribute)
                   : barua_export_request_dup_folder (self->request, attribute);
}

static void
set_quoted (BaruaMbsyncRc *rc, guint section, const char *key, const char *word)
{
  g_autofree char *quoted = barua_mbsync_rc_quote (word);

  barua_mbsync_rc_set (rc, section, key, quoted);
}

static void
set_unless (BaruaMbsyncRc *rc, guint section, const char *key, const char *word)
{
  g_autofree char *old = barua_mbsync_rc_dup (rc, section, key);

  if (old == NULL || g_ascii_strcasecmp (old, word) != 0)
    set_quoted (rc, section, key, word);
}

static char *
make_name (const BaruaMbsyncRc *rc, const char *kind, const char *wanted)
{
  char *name = g_strdup (wanted);
  guint taken = 0;

  for (guint i = 2; barua_mbsync_rc_find (rc, kind, name, &taken); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u", wanted, i);
    }
  return name;
}

static guint
add_section (const Export *self, const char *kind, const char *suffix)
{
  g_autofree char *wanted = g_strconcat (self->key, suffix, NULL);
  g_autofree char *name = make_name (self->rc, kind, wanted);
  g_autofree char *quoted = barua_mbsync_rc_quote (name);

  return barua_mbsync_rc_add (self->rc, kind, quoted);
}

/* "imaps:imap.gmail.com" and "imaps://imap.gmail.com", as it was written before 1.2. */
static const char *
skip_scheme (const char *host)
{
  if (g_ascii_strncasecmp (host, "imap:", 5) == 0)
    host += 5;
  else if (g_ascii_strncasecmp (host, "imaps:", 6) == 0)
    host += 6;
  return g_str_has_prefix (host, "//") ? host + 2 : host;
}

/* An account, or a store that is one at the same time. */
static gboolean
find_account (const BaruaMbsyncRc *rc, const char *address, guint *found)
{
  for (guint i = 0; i < barua_mbsync_rc_count (rc); i++)
    {
      g_autofree char *host = NULL;
      g_autofree char *user = NULL;

      if (!barua_mbsync_rc_is (rc, i, "IMAPAccount") &&
          !barua_mbsync_rc_is (rc, i, "IMAPStore"))
        continue;
      host = barua_mbsync_rc_dup (rc, i, "Host");
      user = barua_mbsync_rc_dup (rc, i, "User");
      if (host != NULL && barua_match_login (skip_scheme (host), user, address))
        {
          *found = i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
names_only (const BaruaMbsyncRc *rc, guint account, const char *const *allowed)
{
  g_auto (GStrv) ways = barua_mbsync_rc_list (rc, account, "AuthMechs");

  for (gsize i = 0; ways[i] != NULL; i++)
    {
      g_autofree char *way = g_ascii_strup (ways[i], -1);

      if (!g_strv_contains (allowed, way))
        return FALSE;
    }
  return ways[0] != NULL;
}

/* With libsasl2-modules-kdexoauth2, left to itself, it sends the password as a token. */
static void
set_ways (const Export *self, guint account)
{
  static const char *const PASSWORD[] = { "PLAIN", "LOGIN", NULL };
  static const char *const TOKEN[] = { "XOAUTH2", "OAUTHBEARER", NULL };
  gboolean token = barua_export_request_uses_token (self->request);

  barua_mbsync_rc_remove (self->rc, account, "AuthMech");
  barua_mbsync_rc_remove (self->rc, account, "RequireCRAM");
  if (!names_only (self->rc, account, token ? TOKEN : PASSWORD))
    barua_mbsync_rc_set (self->rc, account, "AuthMechs", token ? TOKEN[0] : PASSWORD[0]);
}

static void
set_secret (const Export *self, guint account)
{
  g_autofree char *command = barua_export_request_dup_command (self->request);
  g_autofree char *kept = barua_mbsync_rc_dup (self->rc, account, "PassCmd");

  if (command == NULL)
    {
      if (kept == NULL)
        barua_fetcher_ask (self->plan, "mbsync");
      return;
    }
  barua_mbsync_rc_remove (self->rc, account, "Pass");
  barua_mbsync_rc_remove (self->rc, account, "UseKeychain");
  if (g_strcmp0 (kept, command) != 0)
    set_quoted (self->rc, account, "PassCmd", command);
}

/* Nobody speaks the versions before 1.2 any more. What is not said is all there are. */
static void
drop_old_versions (const Export *self, guint account)
{
  g_auto (GStrv) versions = barua_mbsync_rc_list (self->rc, account, "SSLVersions");

  for (gsize i = 0; versions[i] != NULL; i++)
    if (g_ascii_strcasecmp (versions[i], "TLSv1.2") == 0 ||
        g_ascii_strcasecmp (versions[i], "TLSv1.3") == 0)
      return;
  barua_mbsync_rc_remove (self->rc, account, "SSLVersions");
}

static void
set_account (const Export *self, guint account)
{
  const BaruaService *service = self->request->incoming;
  g_autofree char *host = barua_mbsync_rc_dup (self->rc, account, "Host");
  g_autofree char *user = barua_mbsync_rc_dup (self->rc, account, "User");
  g_autofree char *kind = barua_mbsync_rc_dup (self->rc, account, "TLSType");
  g_autofree char *port = g_strdup_printf ("%u", service->port);

  if (!barua_match_server (host, service->host))
    set_unless (self->rc, account, "Host", service->host);
  set_unless (self->rc, account, "Port", port);
  if (user == NULL || strchr (user, '@') == NULL)
    set_quoted (self->rc, account, "User", self->request->account->address);
  /* Since 1.5 TLSType; the former name is understood for ever. */
  set_unless (self->rc, account, kind != NULL ? "TLSType" : "SSLType", "IMAPS");
  for (gsize i = 0; barua_isync_old_words[i] != NULL; i++)
    barua_mbsync_rc_remove (self->rc, account, barua_isync_old_words[i]);
  drop_old_versions (self, account);
  set_ways (self, account);
  set_secret (self, account);
}

/* The store of @account, which may be the account itself. */
static gboolean
find_store (const Export *self, guint account, guint *store)
{
  const char *name = barua_mbsync_rc_get_name (self->rc, account);

  if (barua_mbsync_rc_is (self->rc, account, "IMAPStore"))
    {
      *store = account;
      return TRUE;
    }
  for (guint i = 0; i < barua_mbsync_rc_count (self->rc); i++)
    {
      g_autofree char *used = NULL;

      if (!barua_mbsync_rc_is (self->rc, i, "IMAPStore"))
        continue;
      used = barua_mbsync_rc_dup (self->rc, i, "Account");
      if (g_strcmp0 (used, name) == 0)
        {
          *store = i;
          return TRUE;
        }
    }
  return FALSE;
}

static guint
ensure_store (const Export *self, guint account)
{
  g_autofree char *name =
    barua_mbsync_rc_quote (barua_mbsync_rc_get_name (self->rc, account));
  guint store = 0;

  if (find_store (self, account, &store))
    return store;
  store = add_section (self, "IMAPStore", "-remote");
  barua_mbsync_rc_set (self->rc, store, "Account", name);
  return store;
}

static gboolean
is_used (const Export *self, const char *store)
{
  static const char *const SIDES[] = { "Far", "Near", "Master", "Slave" };
  g_autofree char *wanted = g_strdup_printf (":%s:", store);

  for (guint i = 0; i < barua_mbsync_rc_count (self->rc); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (SIDES); j++)
      {
        g_autofree char *box = barua_mbsync_rc_dup (self->rc, i, SIDES[j]);

        if (box != NULL && barua_mbsync_rc_is (self->rc, i, "Channel") &&
            g_str_has_prefix (box, wanted))
          return TRUE;
      }
  return FALSE;
}

static guint
add_channel (const Export *self, const char *suffix, const char *far, const char *near)
{
  g_autofree char *far_word = barua_mbsync_rc_quote (far);
  g_autofree char *near_word = barua_mbsync_rc_quote (near);
  guint channel = add_section (self, "Channel", suffix);

  barua_mbsync_rc_set (self->rc, channel, "Far", far_word);
  barua_mbsync_rc_set (self->rc, channel, "Near", near_word);
  return channel;
}

static void
finish_channel (const Export *self, guint channel, GPtrArray *channels)
{
  /* Nothing is deleted on either side until the person asks for it. */
  barua_mbsync_rc_set (self->rc, channel, "Create", "Near");
  barua_mbsync_rc_set (self->rc, channel, "Expunge", "None");
  barua_mbsync_rc_set (self->rc, channel, "SyncState", "*");
  g_ptr_array_add (channels, g_strdup (barua_mbsync_rc_get_name (self->rc, channel)));
}

/* Labels are folders beside these; what is left out shows the same messages again, or has
 * a channel of its own. */
static char *
make_patterns (const Export *self)
{
  g_autoptr (GString) patterns = g_string_new ("INBOX");
  g_auto (GStrv) views = barua_fetcher_list_views (self->request, self->raw);

  if (self->request->folders == NULL)
    return g_string_free (g_steal_pointer (&patterns), FALSE);
  g_string_append (patterns, " *");
  for (gsize i = 0; views[i] != NULL; i++)
    {
      g_autofree char *pattern = g_strconcat ("!", views[i], NULL);
      g_autofree char *quoted = barua_mbsync_rc_quote (pattern);

      g_string_append_printf (patterns, " %s", quoted);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++)
    {
      g_autofree char *folder = dup_folder (self, KINDS[i].attribute);
      g_autofree char *pattern = folder != NULL ? g_strconcat ("!", folder, NULL) : NULL;
      g_autofree char *quoted = pattern != NULL ? barua_mbsync_rc_quote (pattern) : NULL;

      if (quoted != NULL)
        g_string_append_printf (patterns, " %s", quoted);
    }
  return g_string_free (g_steal_pointer (&patterns), FALSE);
}

static gboolean
is_label (const BaruaExportRequest *request, const char *name)
{
  for (guint i = 0; i < request->folders->len; i++)
    {
      const BaruaFolder *folder = request->folders->pdata[i];

      if (g_ascii_strcasecmp (folder->name, name) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_kind (const Export *self,
          const Kind *kind,
          const char *far_store,
          const char *near_store,
          GPtrArray *channels)
{
  g_autofree char *folder = dup_folder (self, kind->attribute);
  g_autofree char *far = NULL;
  g_autofree char *near = NULL;
  g_autofree char *suffix = g_strconcat ("-", kind->suffix, NULL);

  if (folder == NULL)
    return;
  far = g_strdup_printf (":%s:%s", far_store, folder);
  near =
    g_strdup_printf (":%s:%s%s", near_store,
                     is_label (self->request, kind->name) ? "Gmail-" : "", kind->name);
  finish_channel (self, add_channel (self, suffix, far, near), channels);
}

static void
add_group (const Export *self, const GPtrArray *channels)
{
  guint group = add_section (self, "Group", "");

  for (guint i = 0; i < channels->len; i++)
    barua_mbsync_rc_append (self->rc, group, "Channel", channels->pdata[i]);
}

static char *
add_local_store (const Export *self)
{
  g_autofree char *folder = g_build_filename ("Mail", self->key, NULL);
  g_autofree char *path = g_strdup_printf ("~/%s/", folder);
  g_autofree char *inbox = g_strdup_printf ("~/%s/INBOX", folder);
  guint store = add_section (self, "MaildirStore", "-local");

  barua_mbsync_rc_set (self->rc, store, "SubFolders", "Verbatim");
  set_quoted (self->rc, store, "Path", path);
  set_quoted (self->rc, store, "Inbox", inbox);
  return g_strdup (barua_mbsync_rc_get_name (self->rc, store));
}

static void
add_channels (const Export *self, const char *far_store)
{
  g_autoptr (GPtrArray) channels = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *near_store = add_local_store (self);
  g_autofree char *far = g_strdup_printf (":%s:", far_store);
  g_autofree char *near = g_strdup_printf (":%s:", near_store);
  g_autofree char *patterns = make_patterns (self);
  guint inbox = add_channel (self, "-inbox", far, near);

  barua_mbsync_rc_set (self->rc, inbox, "Patterns", patterns);
  finish_channel (self, inbox, channels);
  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++)
    add_kind (self, &KINDS[i], far_store, near_store, channels);
  add_group (self, channels);
}

/* A channel that an earlier export wrote for the same store. */
static gboolean
find_channel (const Export *self, const char *suffix, const char *store, guint *channel)
{
  g_autofree char *name = g_strdup_printf ("%s-%s", self->key, suffix);
  g_autofree char *begin = g_strdup_printf (":%s:", store);
  g_autofree char *far = NULL;

  if (!barua_mbsync_rc_find (self->rc, "Channel", name, channel))
    return FALSE;
  far = barua_mbsync_rc_dup (self->rc, *channel, "Far");
  return far != NULL && g_str_has_prefix (far, begin);
}

/* What an earlier export wrote, where the account's folders have other names by now. */
static void
renew_channels (const Export *self, const char *far_store)
{
  g_autofree char *patterns = make_patterns (self);
  guint channel = 0;

  if (self->request->folders == NULL ||
      !find_channel (self, "inbox", far_store, &channel))
    return;
  barua_mbsync_rc_set (self->rc, channel, "Patterns", patterns);
  for (gsize i = 0; i < G_N_ELEMENTS (KINDS); i++)
    {
      g_autofree char *folder = dup_folder (self, KINDS[i].attribute);
      g_autofree char *far = g_strdup_printf (":%s:%s", far_store, folder);

      if (folder != NULL && find_channel (self, KINDS[i].suffix, far_store, &channel))
        set_unless (self->rc, channel, "Far", far);
    }
}

static void
tell_more (const Export *self)
{
  g_autofree char *folder = g_build_filename ("Mail", self->key, NULL);
  g_autofree char *whole = barua_home_dup_path (self->home, folder);
  g_autofree char *shown = g_strconcat ("~/", folder, NULL);
  g_autofree char *note = NULL;
  guint group = 0;

  if (barua_export_request_uses_token (self->request) &&
      !barua_fetcher_has_plugin (self->home, "xoauth2"))
    barua_plan_tell_command (self->plan, "apt install libsasl2-modules-kdexoauth2", TRUE,
                             _ ("Install what lets mbsync sign in without a password."));
  if (!barua_mbsync_rc_find (self->rc, "Group", self->key, &group))
    return;
  barua_plan_make_folder (self->plan, whole, _ ("Make the folder for the mail."));
  note = g_strdup_printf (
    /* Translators: what is typed in a terminal, then a folder: ~/Mail/gmail-zoe */
    _ ("Fetch with “mbsync %s”. Mail is copied to “%s”, and nothing is deleted on either "
       "side."),
    self->key, shown);
  barua_plan_add_note (self->plan, note);
  if (self->request->folders == NULL)
    barua_plan_add_note (
      self->plan, _ ("The names of the account’s folders are not known, so only the "
                     "inbox is fetched. Hand the settings over once more when Gmail can "
                     "be reached."));
}

static void
bring_up_to_date (const Export *self)
{
  g_autofree char *name = NULL;
  guint account = 0;

  if (!find_account (self->rc, self->request->account->address, &account))
    account = add_section (self, "IMAPAccount", "");
  set_account (self, account);
  name = g_strdup (barua_mbsync_rc_get_name (self->rc, ensure_store (self, account)));
  if (is_used (self, name))
    renew_channels (self, name);
  else
    add_channels (self, name);
  tell_more (self);
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error)
{
  g_autofree char *path = barua_isync_find_file (home);
  g_autofree char *text = NULL;
  g_autofree char *written = NULL;
  g_autofree char *key = barua_export_request_dup_key (request);
  g_autoptr (BaruaMbsyncRc) rc = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &text, &length, error))
    return FALSE;
  rc = barua_mbsync_rc_new (text, (gssize) length);
  bring_up_to_date (&(Export){ request, home, plan, rc, key, wants_raw_names (home) });
  written = barua_mbsync_rc_dup_text (rc, &length);
  barua_fetcher_write (plan, path, written, length, request, "mbsync");
  return TRUE;
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_autofree char *path = barua_isync_find_file (home);
  g_autoptr (BaruaPlan) none = barua_plan_new ("isync");
  g_autofree char *text = NULL;
  g_autoptr (BaruaMbsyncRc) rc = NULL;
  gsize length = 0;
  guint account = 0;

  if (!barua_plan_read (none, path, &text, &length, NULL))
    return FALSE;
  rc = barua_mbsync_rc_new (text, (gssize) length);
  return find_account (rc, address, &account);
}

const BaruaExporter barua_exporter_isync = {
  .id = "isync",
  .name = "isync",
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN,
  .commands = (const char *const[]){ "mbsync", NULL },
  .packages = PACKAGES,
  .has_account = has_account,
  .plan = plan,
  .audit = barua_isync_audit,
};
