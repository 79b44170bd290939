#include "config.h"

#include "export/msmtp.h"

#include "export/exporters.h"
#include "export/formats/edits.h"
#include "export/formats/msmtp-rc.h"
#include "export/match.h"

#include <glib/gi18n.h>
#include <string.h>

#define PROFILE "etc/apparmor.d/usr.bin.msmtp"
#define PROFILE_DISABLED "etc/apparmor.d/disable/usr.bin.msmtp"
#define PROFILE_COMPLAINS "etc/apparmor.d/force-complain/usr.bin.msmtp"
#define NAMES_MAX 1000

/* msmtp's settings while they are changed. @account is %NULL for a new one, which is
 * written into @lines. */
typedef struct
{
  const BaruaMsmtpFile *file;
  const BaruaMsmtpAccount *account;
  BaruaEdits *edits;
  GString *lines;
} Draft;

static char *
dup_path (const BaruaHome *home, gboolean *there)
{
  g_autofree char *old = barua_home_dup_path (home, ".msmtprc");
  g_autofree char *path = barua_home_dup_config_path (home, "msmtp/config");
  const char *found = barua_home_first (home, (const char *const[]){ old, path, NULL });

  *there = g_file_test (found, G_FILE_TEST_EXISTS);
  return g_strdup (*there ? found : path);
}

static gboolean
system_file_is_there (const BaruaHome *home, const char *name)
{
  g_autofree char *path = barua_home_dup_system_path (home, name);

  /* A disabled profile is a link, which may lead nowhere in another root. */
  return g_file_test (path, G_FILE_TEST_EXISTS) ||
         g_file_test (path, G_FILE_TEST_IS_SYMLINK);
}

static gboolean
is_confined (const BaruaHome *home)
{
  return system_file_is_there (home, PROFILE) &&
         !system_file_is_there (home, PROFILE_DISABLED) &&
         !system_file_is_there (home, PROFILE_COMPLAINS);
}

static char *
dup_confined_command (const BaruaExportRequest *request,
                      const BaruaHome *home,
                      BaruaPlan *plan)
{
  gboolean token = barua_export_request_uses_token (request);
  g_autofree char *account = g_shell_quote (request->account->address);
  g_autofree char *tool = barua_home_find_program (home, "secret-tool");

  if (tool == NULL)
    barua_plan_add_note (plan,
                         _ ("On this computer, AppArmor lets msmtp read the keyring "
                            "through “secret-tool” only. Install the package "
                            "libsecret-tools."));
  if (token)
    barua_plan_add_note (
      plan, _ ("On this computer, AppArmor keeps msmtp from asking Barua for "
               "a new token. It takes the one from the keyring, which is "
               "good for an hour after another program has fetched mail."));
  return g_strdup_printf ("secret-tool lookup service barua account %s kind %s", account,
                          token ? "access-token" : "app-password");
}

static char *
dup_password_command (const BaruaExportRequest *request,
                      const BaruaHome *home,
                      BaruaPlan *plan)
{
  if (request->account->method == BARUA_METHOD_NONE || !is_confined (home))
    return barua_export_request_dup_command (request);
  /* The desktop's tokens are not in the keyring in a form that secret-tool finds. */
  if (request->account->method == BARUA_METHOD_ONLINE_ACCOUNT)
    {
      barua_plan_add_question (
        plan, _ ("On this computer, AppArmor keeps msmtp from asking for "
                 "a token, so it will ask for a password. Sign in with an "
                 "app password, or switch msmtp’s AppArmor profile off."));
      return barua_export_request_dup_command (request);
    }
  return dup_confined_command (request, home, plan);
}

static void
set (Draft *draft, const char *name, const char *value)
{
  const BaruaWord *there = NULL;
  g_autofree char *quoted = value != NULL ? barua_words_quote (value) : NULL;
  gboolean own = FALSE;

  if (draft->account == NULL)
    {
      g_string_append_printf (draft->lines, "%s%s%s\n", name, quoted != NULL ? " " : "",
                              quoted != NULL ? quoted : "");
      return;
    }
  there = barua_msmtp_file_look_up (draft->file, draft->account, name, &own);
  if (own && there->value == NULL && quoted != NULL)
    {
      g_autofree char *more = g_strconcat (" ", quoted, NULL);

      barua_edits_replace (draft->edits, there->span.offset, 0, more);
    }
  else if (own)
    barua_edits_replace (draft->edits, there->span.offset, there->span.length,
                         quoted != NULL ? quoted : "");
  else
    {
      const BaruaWord *last = draft->account->end > draft->account->first
                                ? draft->file->words->pdata[draft->account->end - 1]
                                : NULL;
      g_autofree char *line =
        g_strconcat (last != NULL ? last->indent : "", name, quoted != NULL ? " " : "",
                     quoted != NULL ? quoted : "", "\n", NULL);

      barua_edits_insert_lines (draft->edits, draft->account->after, line);
    }
}

static const BaruaWord *
look_up (const Draft *draft, const char *name)
{
  const BaruaWord *found = NULL;

  if (draft->account != NULL)
    return barua_msmtp_file_look_up (draft->file, draft->account, name, NULL);
  for (guint i = 0; i < draft->file->accounts->len; i++)
    {
      const BaruaMsmtpAccount *account = draft->file->accounts->pdata[i];
      gboolean own = FALSE;
      const BaruaWord *word =
        account->name == NULL
          ? barua_msmtp_file_look_up (draft->file, account, name, &own)
          : NULL;

      found = own ? word : found;
    }
  return found;
}

static const char *
get (const Draft *draft, const char *name)
{
  const BaruaWord *word = draft->account != NULL ? look_up (draft, name) : NULL;

  return word != NULL ? word->value : NULL;
}

static void
ensure (Draft *draft, const char *name, const char *value)
{
  if (g_strcmp0 (get (draft, name), value) != 0)
    set (draft, name, value);
}

static void
ensure_switch (Draft *draft, const char *name, gboolean on)
{
  const BaruaWord *word = draft->account != NULL ? look_up (draft, name) : NULL;

  if (word == NULL || barua_msmtp_is_on (word, FALSE) != on)
    set (draft, name, on ? "on" : "off");
}

static gboolean
is_one_of (const char *value, const char *const *words)
{
  return value != NULL && g_strv_contains (words, value);
}

/* Each time it stands there, but for @kept: what is left would hold in its place. */
static void
remove_own (Draft *draft, const char *name, const BaruaWord *kept)
{
  for (guint i = draft->account->first; i < draft->account->end; i++)
    {
      const BaruaWord *word = draft->file->words->pdata[i];

      if (word != kept && g_str_equal (word->name, name))
        barua_edits_replace (draft->edits, word->offset, word->length, "");
    }
}

/* Also where it is taken over from elsewhere. */
static void
unset (Draft *draft, const char *name)
{
  const BaruaWord *there = look_up (draft, name);
  BaruaMsmtpAccount bare = { 0 };
  gboolean own = FALSE;

  if (there == NULL || there->value == NULL)
    return;
  if (draft->account == NULL)
    {
      set (draft, name, NULL);
      return;
    }
  (void) barua_msmtp_file_look_up (draft->file, draft->account, name, &own);
  bare = *draft->account;
  bare.end = bare.first;
  /* An empty one stands against one that is taken over. */
  if (own && barua_msmtp_file_look_up (draft->file, &bare, name, NULL) == NULL)
    {
      remove_own (draft, name, NULL);
      return;
    }
  if (own)
    remove_own (draft, name, there);
  set (draft, name, NULL);
}

static void
set_server (Draft *draft, const BaruaService *service)
{
  g_autofree char *port = g_strdup_printf ("%u", service->port);

  if (!barua_match_server (get (draft, "host"), service->host))
    set (draft, "host", service->host);
  ensure (draft, "port", port);
  ensure_switch (draft, "tls", TRUE);
  ensure_switch (draft, "tls_starttls", service->security == BARUA_SECURITY_STARTTLS);
  if (!barua_msmtp_is_on (look_up (draft, "tls_certcheck"), TRUE))
    set (draft, "tls_certcheck", "on");
  /* Gmail has a new certificate every few weeks, and no other would be taken. */
  unset (draft, "tls_fingerprint");
}

static void
set_login (Draft *draft, const BaruaExportRequest *request, const char *command)
{
  static const char *const PASSWORD[] = { "on", "plain", "login", NULL };
  static const char *const TOKEN[] = { "oauthbearer", "xoauth2", NULL };
  gboolean token = barua_export_request_uses_token (request);
  const char *user = get (draft, "user");

  if (!is_one_of (get (draft, "auth"), token ? TOKEN : PASSWORD))
    set (draft, "auth", token ? TOKEN[0] : PASSWORD[0]);
  if (user == NULL || strchr (user, '@') == NULL)
    set (draft, "user", request->account->address);
  if (get (draft, "from") == NULL)
    set (draft, "from", request->account->address);
  if (command == NULL)
    return;
  /* A password in the file would be used before the command, and can be read there. */
  unset (draft, "password");
  ensure (draft, "passwordeval", command);
}

static gboolean
asks (const Draft *draft, const char *command)
{
  return command == NULL && get (draft, "passwordeval") == NULL &&
         get (draft, "password") == NULL;
}

static gboolean
has_default (const BaruaMsmtpFile *file, const BaruaHome *home, BaruaPlan *plan)
{
  g_autofree char *path = barua_home_dup_system_path (home, "etc/msmtprc");
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (BaruaMsmtpFile) system = NULL;

  if (barua_msmtp_file_find (file, "default") != NULL)
    return TRUE;
  /* The system's own is often not for everybody to read: then it does not say. */
  if (!barua_plan_read (plan, path, &text, &length, NULL))
    return FALSE;
  system = barua_msmtp_file_new (text, length);
  return barua_msmtp_file_find (system, "default") != NULL;
}

static char *
dup_free_name (const BaruaMsmtpFile *file, const BaruaExportRequest *request)
{
  g_autofree char *key = barua_export_request_dup_key (request);
  g_autofree char *name = g_strdup (key);

  for (guint i = 2; i < NAMES_MAX && barua_msmtp_file_find (file, name) != NULL; i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%u", key, i);
    }
  return g_steal_pointer (&name);
}

static char *
draft_account (const BaruaExportRequest *request,
               const BaruaHome *home,
               BaruaPlan *plan,
               Draft *draft)
{
  g_autofree char *command = dup_password_command (request, home, plan);
  g_autofree char *name = draft->account != NULL ? g_strdup (draft->account->name)
                                                 : dup_free_name (draft->file, request);

  if (draft->account == NULL)
    g_string_append_printf (draft->lines, "account %s\n", name);
  set_server (draft, request->outgoing);
  set_login (draft, request, command);
  if (asks (draft, command))
    {
      /* Translators: the name of a mail program */
      g_autofree char *question =
        g_strdup_printf (_ ("%s will ask for the password each time."), "msmtp");

      barua_plan_add_question (plan, question);
    }
  if (draft->lines->len > 0)
    barua_edits_append_paragraph (draft->edits, draft->lines->str);
  if (!has_default (draft->file, home, plan))
    {
      g_autofree char *line = g_strdup_printf ("account default : %s\n", name);

      barua_edits_append_paragraph (draft->edits, line);
    }
  return g_steal_pointer (&name);
}

static void
write_file (const BaruaExportRequest *request,
            BaruaPlan *plan,
            const char *path,
            gboolean there,
            const BaruaEdits *edits)
{
  gsize length = 0;
  g_autofree char *text = barua_edits_apply (edits, &length);
  g_autofree char *summary =
    /* Translators: an address, then the name of a mail program */
    g_strdup_printf (_ ("Put the account %s into the settings of %s."),
                     request->account->address, "msmtp");

  /* Nothing in it is secret, so that the mode of one that is there can stay. */
  if (!barua_edits_are_none (edits))
    barua_plan_write (plan, path, text, (gssize) length,
                      there ? BARUA_FILE_ORDINARY : BARUA_FILE_PRIVATE, summary);
}

char *
barua_msmtp_plan (const BaruaExportRequest *request,
                  const BaruaHome *home,
                  BaruaPlan *plan,
                  GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autofree char *program = NULL;
  g_autofree char *path = NULL;
  g_autoptr (BaruaMsmtpFile) file = NULL;
  g_autoptr (BaruaEdits) edits = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  gboolean there = FALSE;
  gsize length = 0;
  Draft draft = { .lines = lines };

  g_return_val_if_fail (request != NULL && home != NULL && plan != NULL, NULL);

  path = dup_path (home, &there);
  if (!barua_plan_read (plan, path, &text, &length, error))
    return NULL;
  file = barua_msmtp_file_new (text, length);
  edits = barua_edits_new (text, length);
  draft.file = file;
  draft.account = barua_msmtp_file_find_login (file, request->account->address);
  draft.edits = edits;
  name = draft_account (request, home, plan, &draft);
  write_file (request, plan, path, there, edits);
  program = barua_home_find_program (home, "msmtp");
  if (program == NULL)
    barua_plan_add_note (plan, _ ("Mail is sent with msmtp. Install the package msmtp."));
  return g_steal_pointer (&name);
}

char *
barua_msmtp_dup_command (const BaruaHome *home, const char *account)
{
  g_autofree char *program = barua_home_find_program (home, "msmtp");
  g_autofree char *quoted = NULL;

  g_return_val_if_fail (account != NULL, NULL);

  if (strspn (account, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.@") !=
      strlen (account))
    quoted = g_shell_quote (account);
  return g_strdup_printf ("%s -a %s", program != NULL ? program : "/usr/bin/msmtp",
                          quoted != NULL ? quoted : account);
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  gboolean there = FALSE;
  g_autofree char *path = dup_path (home, &there);
  g_autoptr (BaruaPlan) plan = barua_plan_new ("msmtp");
  g_autofree char *text = NULL;
  gsize length = 0;
  g_autoptr (BaruaMsmtpFile) file = NULL;

  if (!barua_plan_read (plan, path, &text, &length, NULL))
    return FALSE;
  file = barua_msmtp_file_new (text, length);
  return barua_msmtp_file_find_login (file, address) != NULL;
}

static gboolean
plan_account (const BaruaExportRequest *request,
              const BaruaHome *home,
              BaruaPlan *plan,
              GError **error)
{
  g_autofree char *name = barua_msmtp_plan (request, home, plan, error);

  return name != NULL;
}

char *
barua_msmtp_dup_path (const BaruaHome *home)
{
  gboolean there = FALSE;

  return dup_path (home, &there);
}

const BaruaExporter barua_exporter_msmtp = {
  .id = "msmtp",
  .name = "msmtp",
  .can = BARUA_EXPORTS_SENDING | BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN,
  .commands = (const char *const[]){ "msmtp", NULL },
  .packages = (const char *const[]){ "msmtp", NULL },
  .has_account = has_account,
  .plan = plan_account,
  .audit = barua_msmtp_audit,
};
