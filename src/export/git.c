#include "config.h"

#include "export/git.h"

#include "export/error.h"
#include "export/exporters.h"
#include "export/formats/git-config.h"
#include "export/match.h"
#include "export/msmtp.h"

#include <glib/gi18n.h>
#include <string.h>

#define SECTION "sendemail"
#define NAMES_MAX 1000

/* How many files may be included, by one another too. */
#define FILES_MAX 32

typedef struct
{
  char *path;
  char *text;
  gsize length;
  BaruaGitConfig *config;
} File;

/* @files: (element-type File): git reads the second one first, so that the first one
 * holds; those behind them are included. */
typedef struct
{
  GPtrArray *files;
  File *file;
  char *part;
  gboolean found;
} Choice;

static void
file_free (gpointer data)
{
  File *self = data;

  g_clear_pointer (&self->config, barua_git_config_free);
  g_free (self->path);
  g_free (self->text);
  g_free (self);
}

static void
choice_clear (Choice *self)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->part);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Choice, choice_clear)

static const char *
get (const BaruaGitConfig *config, const char *part, const char *name)
{
  const BaruaGitValue *value = barua_git_config_find (config, SECTION, part, name);

  return value != NULL ? value->value : NULL;
}

static gboolean
sends_as (const BaruaGitConfig *config, const char *part, const char *address)
{
  const char *command = get (config, part, "sendmailCmd");
  const char *from = get (config, part, "from");

  if (barua_match_login (get (config, part, "smtpServer"), get (config, part, "smtpUser"),
                         address))
    return TRUE;
  /* Through msmtp, what it sends as is not said here. */
  return command != NULL && strstr (command, "msmtp") != NULL &&
         barua_match_login ("gmail.com", from, address);
}

static gboolean
find_account (Choice *self, const char *address)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      File *file = self->files->pdata[i];

      for (guint j = 0; j < file->config->sections->len; j++)
        {
          const BaruaGitSection *section = file->config->sections->pdata[j];

          if (!g_str_equal (section->section, SECTION) ||
              !sends_as (file->config, section->part, address))
            continue;
          self->file = file;
          self->part = g_strdup (section->part);
          self->found = TRUE;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
any_has (const Choice *self, const char *part, const char *const *names)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const File *file = self->files->pdata[i];

      for (gsize j = 0; names[j] != NULL; j++)
        if (barua_git_config_find (file->config, SECTION, part, names[j]) != NULL)
          return TRUE;
    }
  return FALSE;
}

static char *
dup_included (const BaruaHome *home, const char *from, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (from);

  if (g_str_has_prefix (path, "~/"))
    return barua_home_dup_path (home, path + strlen ("~/"));
  return g_path_is_absolute (path) ? g_strdup (path)
                                   : g_build_filename (folder, path, NULL);
}

static void
add_included (const BaruaHome *home, const char *from, GPtrArray *paths)
{
  g_autoptr (BaruaPlan) none = barua_plan_new ("git");
  g_autoptr (BaruaGitConfig) config = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!barua_plan_read (none, from, &text, &length, NULL))
    return;
  config = barua_git_config_new (text, length);
  for (guint i = 0; config != NULL && i < config->values->len && paths->len < FILES_MAX;
       i++)
    {
      const BaruaGitValue *value = config->values->pdata[i];
      g_autofree char *path = NULL;

      /* What is included in some repositories only is no business of the others. */
      if (!g_str_equal (value->section, "include") ||
          !g_str_equal (value->name, "path") || value->value == NULL)
        continue;
      path = dup_included (home, from, value->value);
      /* One that is missing git passes over, too. */
      if (g_file_test (path, G_FILE_TEST_IS_REGULAR) &&
          !g_ptr_array_find_with_equal_func (paths, path, g_str_equal, NULL))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
}

GPtrArray *
barua_git_list_files (const BaruaHome *home)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (home != NULL, paths);

  g_ptr_array_add (paths, barua_home_dup_path (home, ".gitconfig"));
  g_ptr_array_add (paths, barua_home_dup_config_path (home, "git/config"));
  for (guint i = 0; i < paths->len; i++)
    add_included (home, paths->pdata[i], paths);
  return paths;
}

static gboolean
load_file (Choice *self, const char *path, BaruaPlan *plan, GError **error)
{
  File *file = g_new0 (File, 1);

  g_ptr_array_add (self->files, file);
  file->path = g_strdup (path);
  if (!barua_plan_read (plan, path, &file->text, &file->length, error))
    return FALSE;
  file->config = barua_git_config_new (file->text, file->length);
  return TRUE;
}

static void
choose_file (Choice *self)
{
  File *first = self->files->pdata[0];
  File *second = self->files->pdata[1];

  self->file = first->text == NULL && second->text != NULL ? second : first;
}

static gboolean
load (Choice *self, const BaruaHome *home, BaruaPlan *plan, GError **error)
{
  g_autoptr (GPtrArray) paths = barua_git_list_files (home);

  self->files = g_ptr_array_new_with_free_func (file_free);
  for (guint i = 0; i < paths->len; i++)
    {
      const File *file = NULL;
      g_autofree char *shown = NULL;

      if (!load_file (self, paths->pdata[i], plan, error))
        return FALSE;
      file = self->files->pdata[i];
      if (file->config != NULL)
        continue;
      shown = barua_home_dup_shown (home, file->path);
      g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNREADABLE,
                   /* Translators: the name of a program, and a file */
                   _ ("%s does not understand “%s”, and so it is left alone. Mend it "
                      "first."),
                   "git", shown);
      return FALSE;
    }
  choose_file (self);
  return TRUE;
}

static void
choose_part (Choice *self, const BaruaExportRequest *request)
{
  static const char *const SERVER[] = { "smtpServer", "sendmailCmd", "smtpUser",
                                        "smtpPass", NULL };
  g_autofree char *key = barua_export_request_dup_key (request);

  if (find_account (self, request->account->address) || !any_has (self, NULL, SERVER))
    return;
  self->part = g_strdup (key);
  for (guint i = 2; i < NAMES_MAX && any_has (self, self->part, SERVER); i++)
    {
      g_free (self->part);
      self->part = g_strdup_printf ("%s-%u", key, i);
    }
}

static void
set (const Choice *self, const char *name, const char *value)
{
  const char *there = get (self->file->config, self->part, name);

  if (there == NULL || g_ascii_strcasecmp (there, value) != 0)
    barua_git_config_set (self->file->config, SECTION, self->part, name, value);
}

static char *
dup_from (const BaruaExportRequest *request)
{
  const char *name = barua_export_request_get_name (request);
  g_autofree char *quoted = NULL;

  if (g_str_equal (name, request->account->address))
    return g_strdup (name);
  if (strpbrk (name, "\"\\()<>[]:;@,.") == NULL)
    return g_strdup_printf ("%s <%s>", name, request->account->address);
  quoted = barua_git_config_quote_part (name);
  return g_strdup_printf ("%s <%s>", quoted, request->account->address);
}

static void
set_from (const Choice *self, const BaruaExportRequest *request, gboolean always)
{
  g_autofree char *from = NULL;

  if (get (self->file->config, self->part, "from") != NULL)
    return;
  for (guint i = 0; !always && i < self->files->len; i++)
    {
      const File *file = self->files->pdata[i];
      const BaruaGitValue *email =
        barua_git_config_find (file->config, "user", NULL, "email");

      /* Patches by the person are from the person already. */
      if (email != NULL && email->value != NULL)
        {
          if (barua_match_login ("gmail.com", email->value, request->account->address))
            return;
          break;
        }
    }
  from = dup_from (request);
  set (self, "from", from);
}

/* Wherever it stands, it would hold in place of what is set here. */
static void
remove_all (const Choice *self, const char *name)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const File *file = self->files->pdata[i];

      barua_git_config_remove (file->config, SECTION, self->part, name);
    }
}

static void
set_server (const Choice *self, const BaruaExportRequest *request)
{
  const BaruaService *service = request->outgoing;
  const char *host = get (self->file->config, self->part, "smtpServer");
  const char *user = get (self->file->config, self->part, "smtpUser");
  g_autofree char *port = g_strdup_printf ("%u", service->port);

  if (!barua_match_server (host, service->host))
    set (self, "smtpServer", service->host);
  set (self, "smtpServerPort", port);
  set (self, "smtpEncryption", service->security == BARUA_SECURITY_TLS ? "ssl" : "tls");
  if (user == NULL || strchr (user, '@') == NULL)
    set (self, "smtpUser", request->account->address);
  if (barua_export_request_uses_password (request))
    remove_all (self, "smtpPass");
  remove_all (self, "sendmailCmd");
}

static gboolean
set_command (const Choice *self,
             const BaruaExportRequest *request,
             const BaruaHome *home,
             BaruaPlan *plan,
             GError **error)
{
  g_autofree char *account = barua_msmtp_plan (request, home, plan, error);
  g_autofree char *command = NULL;

  if (account == NULL)
    return FALSE;
  command = barua_msmtp_dup_command (home, account);
  set (self, "sendmailCmd", command);
  remove_all (self, "smtpPass");
  return TRUE;
}

static char *
dup_helper (const BaruaExportRequest *request)
{
  g_autofree char *command = barua_export_request_dup_command (request);

  return g_strdup_printf (
    "!f() { test \"$1\" = get && p=$(%s) && echo \"password=$p\"; }; f", command);
}

/* An empty helper first: others, which may keep passwords in plain text, are told
 * nothing of this one. */
static void
set_helper (BaruaGitConfig *config, const char *part, const BaruaExportRequest *request)
{
  const char *host = get (config, part, "smtpServer");
  const char *user = get (config, part, "smtpUser");
  g_autofree char *login = g_uri_escape_string (user != NULL ? user : "", NULL, FALSE);
  g_autofree char *helper = dup_helper (request);
  g_autofree char *url =
    g_strdup_printf ("smtp://%s@%s:%u", login, host, request->outgoing->port);
  const char *wanted[] = { "", helper };
  guint met = 0;

  for (guint i = 0; i < config->values->len; i++)
    {
      const BaruaGitValue *value = config->values->pdata[i];

      if (!g_str_equal (value->section, "credential") ||
          g_strcmp0 (value->part, url) != 0 || !g_str_equal (value->name, "helper"))
        continue;
      met = met < G_N_ELEMENTS (wanted) && g_strcmp0 (value->value, wanted[met]) == 0
              ? met + 1
              : G_MAXUINT;
      if (met == G_MAXUINT)
        break;
    }
  if (met == G_N_ELEMENTS (wanted))
    return;
  barua_git_config_remove (config, "credential", url, "helper");
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    barua_git_config_add (config, "credential", url, "helper", wanted[i]);
}

static gboolean
goes_through_msmtp (const Choice *self, const BaruaExportRequest *request)
{
  static const char *const TAKEN_OVER[] = { "sendmailCmd",      "smtpPass",
                                            "smtpAuth",         "smtpSSLCertPath",
                                            "smtpServerOption", NULL };

  /* An identity takes over what the others have; not all of it can be taken back. */
  return barua_export_request_uses_token (request) ||
         (self->part != NULL && any_has (self, NULL, TAKEN_OVER));
}

static void
write_file (const Choice *self,
            const File *file,
            const BaruaExportRequest *request,
            BaruaPlan *plan)
{
  g_autofree char *text = NULL;
  g_autofree char *final = NULL;
  g_autofree char *summary = NULL;
  g_autoptr (BaruaGitConfig) again = NULL;
  gsize length = 0;

  if (file != self->file && barua_edits_are_none (file->config->edits))
    return;
  text = barua_edits_apply (file->config->edits, &length);
  again = barua_git_config_new (text, length);
  g_return_if_fail (again != NULL);
  if (file == self->file && barua_export_request_uses_password (request) &&
      get (again, self->part, "sendmailCmd") == NULL)
    set_helper (again, self->part, request);
  final = barua_edits_apply (again->edits, &length);
  /* Translators: an address, then the name of a mail program */
  summary = g_strdup_printf (_ ("Put the account %s into the settings of %s."),
                             request->account->address, "git");
  if (file->text == NULL || strcmp (file->text, final) != 0)
    barua_plan_write (plan, file->path, final, (gssize) length, BARUA_FILE_ORDINARY,
                      summary);
}

static void
write_files (const Choice *self, const BaruaExportRequest *request, BaruaPlan *plan)
{
  for (guint i = 0; i < self->files->len; i++)
    write_file (self, self->files->pdata[i], request, plan);
}

static void
tell_package (const BaruaHome *home, BaruaPlan *plan)
{
  g_autofree char *folder = barua_home_dup_system_path (home, "usr/lib/git-core");
  g_autofree char *program = g_build_filename (folder, "git-send-email", NULL);

  if (g_file_test (folder, G_FILE_TEST_IS_DIR) &&
      !g_file_test (program, G_FILE_TEST_EXISTS))
    barua_plan_add_note (plan,
                         _ ("git sends mail only with a package of its own. Install "
                            "the package git-email."));
}

static void
tell_identity (const Choice *self, BaruaPlan *plan)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const File *file = self->files->pdata[i];

      if (barua_git_config_find (file->config, "user", NULL, "email") != NULL)
        return;
    }
  barua_plan_add_note (plan,
                       _ ("git sends nothing before it knows who you are. Tell it once, "
                          "with “git config --global user.name” and “git config --global "
                          "user.email”."));
}

static void
tell (const Choice *self, const BaruaExportRequest *request, BaruaPlan *plan)
{
  if (self->part != NULL)
    {
      /* Translators: an option of a command */
      g_autofree char *note = g_strdup_printf (
        _ ("git sends as it did before. To send with this account, type “git send-email "
           "--identity=%s”."),
        self->part);

      barua_plan_add_note (plan, note);
    }
  if (request->account->method == BARUA_METHOD_NONE)
    {
      /* Translators: the name of a mail program */
      g_autofree char *question =
        g_strdup_printf (_ ("%s will ask for the password each time."), "git");

      barua_plan_add_question (plan, question);
    }
}

static gboolean
plan_account (const BaruaExportRequest *request,
              const BaruaHome *home,
              BaruaPlan *plan,
              GError **error)
{
  g_auto (Choice) choice = { 0 };

  if (!load (&choice, home, plan, error))
    return FALSE;
  choose_part (&choice, request);
  if (!goes_through_msmtp (&choice, request))
    set_server (&choice, request);
  else if (!set_command (&choice, request, home, plan, error))
    return FALSE;
  /* Through msmtp, it is what tells the account the next time. */
  set_from (&choice, request,
            choice.part != NULL || goes_through_msmtp (&choice, request));
  write_files (&choice, request, plan);
  tell (&choice, request, plan);
  tell_package (home, plan);
  tell_identity (&choice, plan);
  return TRUE;
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_auto (Choice) choice = { 0 };
  g_autoptr (BaruaPlan) plan = barua_plan_new ("git");

  return load (&choice, home, plan, NULL) && find_account (&choice, address);
}

const BaruaExporter barua_exporter_git = {
  .id = "git",
  .name = "git send-email",
  .can = BARUA_EXPORTS_SENDING | BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN,
  .commands = (const char *const[]){ "git", NULL },
  .packages = (const char *const[]){ "git-email", "git", NULL },
  .has_account = has_account,
  .plan = plan_account,
  .audit = barua_git_audit,
};
