#include "config.h"

#include "export/audit.h"
#include "support/export-case.h"
#include "support/files.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What people do to their settings, at random: then the mail program is set up, and no
 * line of theirs is lost. */

/* @TIMES: for how many changed homes of each case. Memory that is watched takes longer.
 */
#ifdef __SANITIZE_ADDRESS__
#define TIMES 6
#define EDITS_LEAST 500
#else
#define TIMES 60
#define EDITS_LEAST 10000
#endif
#define EDITS_MAX 6
#define WEIGHT 10000

/* @text: %NULL for a symbolic link to @target. */
typedef struct
{
  char *name;
  char *text;
  char *target;
  int mode;
} Original;

/* @lines: all of the case; @strangers: how many lines have been made up. */
typedef struct
{
  const BaruaExporter *exporter;
  BaruaHome *home;
  GPtrArray *files;
  GPtrArray *system;
  GPtrArray *lines;
  GRand *random;
  guint strangers;
} Fixture;

/* What an exporter sets, or takes out because it would hold in place of that: how lines
 * begin that may be another one afterwards. Everything else stays. */
static const struct
{
  const char *id;
  const char *settings;
} OWN[] = {
  { "thunderbird", "user_pref *\\( *[\"']mail\\.(account|identity|server|smtp)" },
  { "evolution", "(Host|Port|User|Method|Name|Address|UseSentFolder|RememberPassword|"
                 "Enabled|IdentityUid|TransportUid|BackendName) *=" },
  { "geary", "(save_sent|port|remember_password|login|host|status|transport_security|"
             "credentials|service_provider) *=" },
  { "claws-mail", "(smtp_server|user_id|ssl_imap|imap_port|set_imapport|receive_server|"
                  "protocol) *=" },
  { "sylpheed", "(smtp_server|user_id|ssl_(imap|smtp)|imap_auth_method|receive_server|"
                "(imap|smtp)_port|set_(imapport|smtpport|sent_folder)|use_smtp_auth|"
                "protocol|password|"
                "is_default) *=|[ \\t]*</folder></folderlist>" },
  { "balsa", "(AuthMode|Security|FullName|Username|Server|SmtpServer|CopyToSentbox) *=" },
  { "mutt", "[ \\t]*(set|unset|spoolfile)\\b" },
  { "neomutt", "[ \\t]*(set|unset|spoolfile)\\b" },
  { "aerc", "(source|source-cred-cmd|outgoing|outgoing-cred-cmd|copy-to|postpone|archive|"
            "smtp-starttls) *[=:]" },
  { "alpine", "(inbox-path|postponed-folder|folder-collections|default-fcc|user-domain|"
              "personal-name|sendmail-path|customized-hdrs|ssh-path|ssh-command) *=|"
              "[ \\t]" },
  { "himalaya", "(backend|folder|imap|message|type|port|login)\\b" },
  { "msmtp", "[ "
             "\\t]*(host|port|user|auth|tls|tls_starttls|tls_fingerprint|password|"
             "passwordeval)\\b" },
  { "isync", "[ \\t]*(Host|Port|User|Pass|PassCmd|AuthMechs?|SSLType|TLSType|"
             "SSLVersions|RequireSSL|Use[A-Z][A-Za-z0-9.]*|Far|Patterns)\\b" },
  { "fetchmail",
    "[ \\t]*(poll|via|proto|folders|service|user|username|password|pass|ssl)\\b" },
  { "getmail", "(type|server|port|username|password|mailboxes|use_cram_md5|use_apop|"
               "ssl_version|ssl_fingerprints) *"
               "[=:]|[ \\t]+\"" },
  { "offlineimap", "(accounts|remotehost|remoteuser|remotepass|remoteport|ssl|starttls|"
                   "ssl_version|cert_fingerprint|remotepasseval) *[=:]|"
                   "[ \\t]+\\S*$" },
  { "git", "[ \\t]*(\\[sendemail\\] *)?(smtp|sendmailcmd|helper|from)" },
  { "gnome-online-accounts", "(Name|Identity|PresentationIdentity|EmailAddress|Enabled|"
                             "Imap[A-Za-z]*|Smtp[A-Za-z]*) *=" },
};

/* These are written by this program, whole. */
static const char *const OWN_FILES[] = { "/gmail-zoe.el", "/syl-auth-helper", NULL };

static void
original_free (gpointer data)
{
  Original *self = data;

  g_free (self->name);
  g_free (self->text);
  g_free (self->target);
  g_free (self);
}

static Original *
original_new (const char *path, const struct stat *facts, const char *name)
{
  Original *self = g_new0 (Original, 1);

  self->name = g_strdup (name);
  self->mode = (int) facts->st_mode & 07777;
  if (S_ISLNK (facts->st_mode))
    self->target = g_file_read_link (path, NULL);
  else
    g_assert_true (g_file_get_contents (path, &self->text, NULL, NULL));
  return self;
}

static void
collect (GPtrArray *files, const char *top, const char *inner)
{
  g_autofree char *folder = g_build_filename (top, inner, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (inner, name, NULL);
      g_autofree char *path = g_build_filename (top, below, NULL);
      struct stat facts;

      g_assert_cmpint (lstat (path, &facts), ==, 0);
      if (S_ISDIR (facts.st_mode))
        collect (files, top, below);
      else
        g_ptr_array_add (files, original_new (path, &facts, below));
    }
}

/* The lines of @text, each with its end. */
static GPtrArray *
split (const char *text, gsize length)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  for (gsize at = 0; at < length;)
    {
      const char *end = memchr (text + at, '\n', length - at);
      gsize taken = end != NULL ? (gsize) (end - text) + 1 - at : length - at;

      g_ptr_array_add (lines, g_strndup (text + at, taken));
      at += taken;
    }
  return lines;
}

static GPtrArray *
split_bytes (GBytes *bytes)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);

  return split (text, length);
}

static guint
pick (Fixture *fixture, guint count)
{
  return (guint) g_rand_int_range (fixture->random, 0, (gint32) count);
}

/* What this program has nothing to do with. */
static char *
make_stranger (Fixture *fixture)
{
  static const struct
  {
    const char *before;
    const char *after;
  } FORMS[] = {
    { "# remark ", "\n" },      { "; remark ", "\n" },   { "// remark ", "\n" },
    { "stranger", " = 1\n" },   { "\n# remark ", "\n" }, { "  # remark ", "\n" },
    { "stranger", " \"x\"\n" }, { "# remark ", "\r\n" },
  };
  guint form = pick (fixture, G_N_ELEMENTS (FORMS));

  return g_strdup_printf ("%s%u%s", FORMS[form].before, ++fixture->strangers,
                          FORMS[form].after);
}

static void
change_line (Fixture *fixture, GPtrArray *lines, guint at)
{
  static const char LETTERS[] = "x =\"#;[]\\'{}<>/$\t";
  char *line = lines->pdata[at];

  if (at + 1 == lines->len && g_str_has_suffix (line, "\n"))
    line[strlen (line) - 1] = '\0';
  else if (pick (fixture, 2) == 0)
    {
      lines->pdata[at] = g_strconcat (g_strchomp (line), "\r\n", NULL);
      g_free (line);
    }
  else
    line[pick (fixture, (guint) strlen (line))] =
      LETTERS[pick (fixture, sizeof LETTERS - 1)];
}

static void
edit (Fixture *fixture, GPtrArray *lines)
{
  guint at = pick (fixture, lines->len + 1);
  const char *line = at < lines->len ? lines->pdata[at] : "";

  switch (*line != '\0' ? pick (fixture, 9) : 0)
    {
    case 0:
    case 1:
    case 2:
      g_ptr_array_insert (lines, (int) at, make_stranger (fixture));
      break;
    case 3:
      g_ptr_array_remove_index (lines, at);
      break;
    case 4:
      g_ptr_array_insert (lines, (int) pick (fixture, lines->len), g_strdup (line));
      break;
    case 5:
      line = fixture->lines->pdata[pick (fixture, fixture->lines->len)];
      g_ptr_array_insert (lines, (int) at, g_strdup (line));
      break;
    case 6:
      g_ptr_array_add (lines, g_ptr_array_steal_index (lines, at));
      break;
    default:
      change_line (fixture, lines, at);
      break;
    }
}

/* A line that has lost its end has it again, unless it is the last. */
static char *
join (const GPtrArray *lines)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    {
      if (text->len > 0 && text->str[text->len - 1] != '\n')
        g_string_append_c (text, '\n');
      g_string_append (text, lines->pdata[i]);
    }
  return g_string_free (text, FALSE);
}

static guint
put_all (Fixture *fixture, const GPtrArray *files, const char *top)
{
  guint edits = 0;

  for (guint i = 0; i < files->len; i++)
    {
      const Original *file = files->pdata[i];
      g_autofree char *path = g_build_filename (top, file->name, NULL);
      g_autofree char *folder = g_path_get_dirname (path);
      g_autofree char *text = NULL;
      g_autoptr (GPtrArray) lines = NULL;

      g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
      (void) g_unlink (path);
      if (file->target != NULL)
        {
          g_assert_cmpint (symlink (file->target, path), ==, 0);
          continue;
        }
      lines = split (file->text, strlen (file->text));
      for (guint left = 1 + pick (fixture, EDITS_MAX); left > 0; left--, edits++)
        edit (fixture, lines);
      text = join (lines);
      test_files_put (top, file->name, text, file->mode);
    }
  return edits;
}

static guint
lay_out (Fixture *fixture)
{
  test_files_remove (fixture->home->home);
  g_assert_cmpint (g_mkdir (fixture->home->home, 0700), ==, 0);
  return put_all (fixture, fixture->files, fixture->home->home) +
         put_all (fixture, fixture->system, fixture->home->root);
}

/* Whether @line is there still, perhaps with something put in before or behind. */
static gboolean
is_in (const char *line, const char *now)
{
  g_autofree char *wanted = g_strstrip (g_strdup (line));

  return *wanted == '\0' ? *now == '\n' || *now == '\r' : strstr (now, wanted) != NULL;
}

static gboolean
is_own (const Fixture *fixture, const char *line)
{
  if (strspn (line, " \t\r\n") == strlen (line))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (OWN); i++)
    if (g_str_equal (OWN[i].id, fixture->exporter->id))
      return g_regex_match_simple (OWN[i].settings, line, G_REGEX_CASELESS | G_REGEX_RAW,
                                   G_REGEX_MATCH_ANCHORED);
  return FALSE;
}

static void
complain (const Fixture *fixture, const char *what, const BaruaChange *change)
{
  g_test_message ("%s: %s: %s\nbefore:\n%s\nafter:\n%s", fixture->exporter->id,
                  change->path, what,
                  (const char *) g_bytes_get_data (change->before, NULL),
                  (const char *) g_bytes_get_data (change->after, NULL));
  g_test_fail ();
}

/* Follows the row of lines that stand in both, in that order, and weighs most: what is
 * not the exporter's counts before all else. */
static void
check_lines (const Fixture *fixture, const BaruaChange *change)
{
  g_autoptr (GPtrArray) old = split_bytes (change->before);
  g_autoptr (GPtrArray) now = split_bytes (change->after);
  guint width = now->len + 1;
  g_autofree guint *kept = g_new0 (guint, (old->len + 1) * width);

  for (guint i = old->len; i > 0; i--)
    {
      guint weight = is_own (fixture, old->pdata[i - 1]) ? 1 : WEIGHT;

      for (guint j = now->len; j > 0; j--)
        {
          guint *here = &kept[(i - 1) * width + j - 1];

          *here = MAX (here[width], here[1]);
          if (is_in (old->pdata[i - 1], now->pdata[j - 1]))
            *here = MAX (*here, here[width + 1] + weight);
        }
    }
  for (guint i = 0, j = 0; i < old->len;)
    {
      const guint *here = &kept[i * width + j];

      if (j < now->len && *here == here[1])
        j++;
      else if (*here == here[width])
        {
          if (!is_own (fixture, old->pdata[i]))
            complain (fixture, old->pdata[i], change);
          i++;
        }
      else
        i++, j++;
    }
}

static void
check_kept (const Fixture *fixture, const BaruaPlan *plan)
{
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];
      const char *name = change->path != NULL ? strrchr (change->path, '/') : NULL;

      if (change->before != NULL && change->after != NULL &&
          !g_strv_contains (OWN_FILES, name))
        check_lines (fixture, change);
    }
}

static BaruaExportRequest *
make_request (Fixture *fixture)
{
  const TestExportCase asked = {
    .method = pick (fixture, 4) > 0 ? BARUA_METHOD_APP_PASSWORD : BARUA_METHOD_OAUTH,
    .incoming = pick (fixture, 5) > 0 ? BARUA_PROTOCOL_IMAP : BARUA_PROTOCOL_POP,
    .starttls = pick (fixture, 2) > 0,
    .no_folders = pick (fixture, 8) == 0,
  };

  return test_export_request_new (&asked);
}

/* The same once more changes nothing more. */
static void
check_again (const Fixture *fixture, const BaruaExportRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPlan) plan =
    barua_exporter_plan (fixture->exporter, request, fixture->home, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];

      g_assert_cmpint (change->kind, !=, BARUA_CHANGE_FOLDER);
      if (change->kind == BARUA_CHANGE_FILE && !change->sealed)
        complain (fixture, "changed again", change);
    }
}

/* What can be mended is, and then there is nothing more of it. */
static void
check_audit (const Fixture *fixture)
{
  g_autoptr (GPtrArray) faults =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_fault_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPlan) plan = NULL;

  if (fixture->exporter->audit == NULL)
    return;
  fixture->exporter->audit (fixture->home, faults);
  plan = barua_audit_plan (fixture->exporter->id, faults, fixture->home, &error);
  g_assert_no_error (error);
  check_kept (fixture, plan);
}

static guint
check_once (Fixture *fixture)
{
  g_autoptr (BaruaExportRequest) request = make_request (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPlan) plan = NULL;
  guint edits = lay_out (fixture);

  check_audit (fixture);
  if (fixture->exporter->has_account != NULL)
    (void) fixture->exporter->has_account (fixture->home, "zoe@gmail.com");
  plan = barua_exporter_plan (fixture->exporter, request, fixture->home, &error);
  g_assert_true ((plan == NULL) == (error != NULL));
  /* What it does not understand, or cannot do, it says. */
  if (plan == NULL)
    return 0;
  check_kept (fixture, plan);
  test_plan_carry_out (plan);
  check_again (fixture, request);
  return edits;
}

static guint
check_case (const BaruaExporter *exporter, const char *folder, const char *name)
{
  g_autofree char *before = g_build_filename (folder, name, "before", NULL);
  g_autofree char *root = g_build_filename (folder, name, "root", NULL);
  Fixture fixture = { .exporter = exporter };
  guint edits = 0;

  fixture.home = test_home_copy (before, root);
  fixture.files = g_ptr_array_new_with_free_func (original_free);
  fixture.system = g_ptr_array_new_with_free_func (original_free);
  fixture.lines = g_ptr_array_new_with_free_func (g_free);
  collect (fixture.files, fixture.home->home, "");
  collect (fixture.system, fixture.home->root, "");
  g_ptr_array_add (fixture.lines, g_strdup ("\n"));
  for (guint i = 0; i < fixture.files->len; i++)
    {
      const Original *file = fixture.files->pdata[i];
      const char *text = file->text != NULL ? file->text : "";

      g_ptr_array_extend_and_steal (fixture.lines, split (text, strlen (text)));
    }
  for (guint i = 0; i < TIMES && fixture.files->len > 0; i++)
    {
      /* The same at every run. */
      g_test_message ("%s/%s, %u", exporter->id, name, i);
      fixture.random = g_rand_new_with_seed (g_str_hash (name) + i);
      edits += check_once (&fixture);
      g_rand_free (fixture.random);
    }
  test_home_remove (fixture.home);
  g_ptr_array_unref (fixture.files);
  g_ptr_array_unref (fixture.system);
  g_ptr_array_unref (fixture.lines);
  return edits;
}

static void
test_edited (void)
{
  const BaruaExporter *const *exporters = barua_exporters ();
  guint edits = 0;

  for (gsize i = 0; exporters[i] != NULL; i++)
    {
      g_autofree char *folder =
        g_test_build_filename (G_TEST_DIST, "golden", exporters[i]->id, NULL);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name = NULL;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        edits += check_case (exporters[i], folder, name);
    }
  g_test_message ("%u edits", edits);
  g_assert_cmpuint (edits, >, EDITS_LEAST);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = test_files_make ();
  int status = 0;

  /* Files are written many thousand times. */
  g_assert_true (g_setenv ("TMPDIR", folder, TRUE));
  test_export_case_init (&argc, &argv);
  g_test_add_func ("/export/lines/edited", test_edited);
  status = g_test_run ();
  test_files_remove (folder);
  return status;
}
