#include "config.h"

#include "support/export-case.h"

#include "account/folder.h"
#include "base/file.h"
#include "export/error.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROGRAM "/usr/bin/barua"
#define FILE_MAX_BYTES (16 * 1024 * 1024)

static gboolean write_golden;

static const BaruaService IMAP = { BARUA_PROTOCOL_IMAP, "imap.gmail.com", 993,
                                   BARUA_SECURITY_TLS };
static const BaruaService POP = { BARUA_PROTOCOL_POP, "pop.gmail.com", 995,
                                  BARUA_SECURITY_TLS };
static const BaruaService SMTP_TLS = { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 465,
                                       BARUA_SECURITY_TLS };
static const BaruaService SMTP_STARTTLS = { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 587,
                                            BARUA_SECURITY_STARTTLS };

/* As Gmail lists them for an Icelandic account, RFC 3501 5.1.3. */
static const char *const FOLDERS[] = {
  "(\\HasNoChildren) \"/\" \"INBOX\"",
  "(\\HasChildren \\Noselect) \"/\" \"[Gmail]\"",
  "(\\All \\HasNoChildren) \"/\" \"[Gmail]/Allur p&APM-stur\"",
  "(\\Drafts \\HasNoChildren) \"/\" \"[Gmail]/Dr&APY-g\"",
  "(\\HasNoChildren \\Important) \"/\" \"[Gmail]/Mikilv&AOY-gt\"",
  "(\\HasNoChildren \\Sent) \"/\" \"[Gmail]/Sendur p&APM-stur\"",
  "(\\HasNoChildren \\Junk) \"/\" \"[Gmail]/Ruslp&APM-stur\"",
  "(\\Flagged \\HasNoChildren) \"/\" \"[Gmail]/Stj&APY-rnumerkt\"",
  "(\\HasNoChildren \\Trash) \"/\" \"[Gmail]/Rusl\"",
  "(\\HasNoChildren) \"/\" \"Vinna\"",
};

static GPtrArray *
list_folders (void)
{
  GPtrArray *folders =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_folder_free);

  for (gsize i = 0; i < G_N_ELEMENTS (FOLDERS); i++)
    {
      BaruaFolder *folder = barua_folder_parse (FOLDERS[i]);

      g_assert_nonnull (folder);
      g_ptr_array_add (folders, folder);
    }
  return folders;
}

BaruaExportRequest *
test_export_request_new (const TestExportCase *self)
{
  const char *address = self->address != NULL ? self->address : "zoe@gmail.com";
  const char *name = self->full_name != NULL ? self->full_name : "Zoë \"Q\" O'Neil";
  g_autoptr (BaruaAccount) account = barua_account_new (address);
  BaruaExportRequest *request = NULL;

  account->name = g_strdup (name);
  account->method = self->method;
  if (self->method == BARUA_METHOD_OAUTH)
    account->client_id = g_strdup ("123.apps.googleusercontent.com");
  request = barua_export_request_new (
    account, self->incoming == BARUA_PROTOCOL_POP ? &POP : &IMAP,
    self->starttls ? &SMTP_STARTTLS : &SMTP_TLS, PROGRAM);
  if (self->method == BARUA_METHOD_OAUTH)
    request->client_secret = g_strdup ("GOCSPX-of-the-client");
  if (!self->no_folders)
    request->folders = list_folders ();
  return request;
}

static void
copy_tree (const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (from, 0, &error);
  const char *name = NULL;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length = 0;

      if (g_file_test (source, G_FILE_TEST_IS_DIR))
        {
          g_assert_cmpint (g_mkdir (target, 0755), ==, 0);
          copy_tree (source, target);
          continue;
        }
      bytes = barua_file_read (source, FILE_MAX_BYTES, &length, &error);
      g_assert_no_error (error);
      g_assert_true (barua_file_write (target, bytes, length, 0644, &error));
      g_assert_no_error (error);
    }
}

static void
set_modes (const char *beside, const char *home)
{
  g_autofree char *path = g_build_filename (beside, "modes", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", 0);
  for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 3);
      gboolean link = g_str_equal (words[0], "->");
      g_autofree char *file = g_build_filename (home, link ? words[2] : words[1], NULL);

      if (link)
        g_assert_cmpint (symlink (words[1], file), ==, 0);
      else
        g_assert_cmpint (g_chmod (file, (int) strtol (words[0], NULL, 8)), ==, 0);
    }
}

BaruaHome *
test_home_copy (const char *folder, const char *root)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *top = g_dir_make_tmp ("barua-home-XXXXXX", &error);
  g_autofree char *home = g_build_filename (top, "home", NULL);
  g_autofree char *system = g_build_filename (top, "root", NULL);

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir (home, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (system, 0755), ==, 0);
  if (folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR))
    copy_tree (folder, home);
  if (root != NULL && g_file_test (root, G_FILE_TEST_IS_DIR))
    copy_tree (root, system);
  if (folder != NULL)
    {
      g_autofree char *beside = g_path_get_dirname (folder);

      set_modes (beside, home);
    }
  return barua_home_new_at (home, system);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = NULL;
  const char *name = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    folder = g_dir_open (path, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  (void) g_remove (path);
}

void
test_home_remove (BaruaHome *home)
{
  g_autofree char *top = g_path_get_dirname (home->home);

  g_assert_nonnull (strstr (top, "barua-home-"));
  remove_tree (top);
  barua_home_free (home);
}

void
test_plan_carry_out (const BaruaPlan *plan)
{
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];
      g_autoptr (GError) error = NULL;
      gsize length = 0;

      if (change->kind == BARUA_CHANGE_FOLDER)
        g_assert_true (barua_file_make_folder (change->path, &error));
      if (change->kind != BARUA_CHANGE_FILE || change->after == NULL)
        continue;
      (void) g_bytes_get_data (change->after, &length);
      g_assert_true (barua_file_write (change->path,
                                       g_bytes_get_data (change->after, NULL), length,
                                       change->mode, &error));
      g_assert_no_error (error);
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
dump_attributes (GString *out, GVariant *attributes)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GVariantIter iter = { 0 };
  const char *key = NULL;
  const char *value = NULL;

  g_variant_iter_init (&iter, attributes);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    g_ptr_array_add (lines, g_strdup_printf ("  %s = %s\n", key, value));
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append (out, lines->pdata[i]);
}

static void
dump_change (GString *out, const BaruaChange *change)
{
  g_autofree char *value = NULL;
  gsize length = 0;
  const char *bytes = NULL;

  switch (change->kind)
    {
    case BARUA_CHANGE_FILE:
      g_string_append_printf (out, "== file %s, mode %04o%s: %s\n", change->path,
                              (guint) change->mode, change->sealed ? ", sealed" : "",
                              change->summary);
      bytes = change->after != NULL ? g_bytes_get_data (change->after, &length) : NULL;
      if (bytes != NULL && memchr (bytes, '\0', length) != NULL)
        g_string_append (out, "(a picture)\n");
      else if (bytes != NULL && !change->sealed)
        g_string_append_len (out, bytes, (gssize) length);
      break;
    case BARUA_CHANGE_FOLDER:
      g_string_append_printf (out, "== folder %s\n", change->path);
      break;
    case BARUA_CHANGE_KEYRING:
      g_string_append_printf (out, "== keyring %s, “%s”%s: %s\n", change->schema,
                              change->label, change->wrap != NULL ? ", wrapped" : "",
                              change->summary);
      dump_attributes (out, change->attributes);
      break;
    case BARUA_CHANGE_SETTING:
      value = g_variant_print (change->value, FALSE);
      g_string_append_printf (out, "== setting %s %s = %s: %s\n", change->schema,
                              change->key, value, change->summary);
      break;
    case BARUA_CHANGE_COMMAND:
    default:
      g_string_append_printf (out, "== command%s: %s\n%s\n",
                              change->as_root ? " as root" : "", change->summary,
                              change->command);
      break;
    }
}

static void
dump_sentences (GString *out, const char *title, const GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    g_string_append_printf (out, "== %s: %s\n", title,
                            (const char *) sentences->pdata[i]);
}

static void
replace_all (GString *text, const char *what, const char *with)
{
  g_autofree char *before = g_strdup (text->str);
  g_auto (GStrv) parts = g_strsplit (before, what, 0);
  g_autofree char *after = g_strjoinv (with, parts);

  g_string_assign (text, after);
}

char *
test_plan_dump (const BaruaPlan *plan, const BaruaHome *home)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < plan->changes->len; i++)
    dump_change (out, plan->changes->pdata[i]);
  dump_sentences (out, "question", plan->questions);
  dump_sentences (out, "note", plan->notes);
  replace_all (out, home->home, "~");
  replace_all (out, home->lives, "~");
  replace_all (out, home->root, "<root>");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
compare (const char *golden, const char *text)
{
  g_autofree char *expected = NULL;

  if (write_golden)
    g_assert_true (g_file_set_contents (golden, text, -1, NULL));
  g_assert_true (g_file_get_contents (golden, &expected, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
check_again (const BaruaExporter *exporter,
             const BaruaExportRequest *request,
             const BaruaHome *home)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPlan) plan = barua_exporter_plan (exporter, request, home, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];

      /* What a file or folder holds is seen; a keyring is not looked into. */
      g_assert_cmpint (change->kind, !=, BARUA_CHANGE_FOLDER);
      if (change->kind == BARUA_CHANGE_FILE && !change->sealed)
        g_assert_cmpstr (change->path, ==, "changed again");
    }
}

/* What was just set up is as it should be, and so is all else in these homes. */
static void
check_no_faults (const BaruaExporter *exporter, const BaruaHome *home)
{
  g_autoptr (GPtrArray) faults =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_fault_free);
  guint wrong = 0;

  if (exporter->audit != NULL)
    exporter->audit (home, faults);
  for (guint i = 0; i < faults->len; i++)
    {
      const BaruaFault *fault = faults->pdata[i];

      /* A program that cannot run a command keeps the password that it was given. */
      if (strcmp (fault->cause, "ok") == 0 && fault->value == NULL)
        continue;
      g_test_message ("%s:%u: %s is %s, not %s: %s", fault->file, fault->line, fault->key,
                      fault->value, fault->expected, fault->cause);
      wrong++;
    }
  g_assert_cmpuint (wrong, ==, 0);
}

void
test_export_case_check (const BaruaExporter *exporter, const TestExportCase *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder =
    g_test_build_filename (G_TEST_DIST, "golden", exporter->id, self->name, NULL);
  g_autofree char *before = g_build_filename (folder, "before", NULL);
  g_autofree char *root = g_build_filename (folder, "root", NULL);
  g_autofree char *golden = g_build_filename (folder, "plan.txt", NULL);
  g_autoptr (BaruaExportRequest) request = test_export_request_new (self);
  BaruaHome *home = test_home_copy (before, root);
  g_autofree char *target = g_build_filename (home->home, "saved", NULL);
  BaruaHome *apart = self->apart ? barua_home_new_apart (home, target) : NULL;
  BaruaHome *used = self->apart ? apart : home;
  g_autoptr (BaruaPlan) plan = barua_exporter_plan (exporter, request, used, &error);

  if (self->error != 0)
    {
      g_assert_error (error, BARUA_EXPORT_ERROR, self->error - 1);
      g_assert_null (plan);
    }
  else
    {
      g_autofree char *dump = NULL;

      g_assert_no_error (error);
      if (write_golden)
        g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
      dump = test_plan_dump (plan, used);
      compare (golden, dump);
      test_plan_carry_out (plan);
      check_again (exporter, request, used);
      check_no_faults (exporter, used);
    }
  g_clear_pointer (&apart, barua_home_free);
  test_home_remove (home);
}

typedef struct
{
  const BaruaExporter *exporter;
  const TestExportCase *self;
} Row;

static void
test_case (gconstpointer user_data)
{
  const Row *row = user_data;

  test_export_case_check (row->exporter, row->self);
}

void
test_export_case_add (const BaruaExporter *exporter,
                      const TestExportCase *cases,
                      gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strdup_printf ("/%s/%s", exporter->id, cases[i].name);
      Row *row = g_new0 (Row, 1);

      row->exporter = exporter;
      row->self = &cases[i];
      g_test_add_data_func_full (path, row, test_case, g_free);
    }
}

void
test_export_case_init (int *argc, char ***argv)
{
  int kept = 1;

  for (int i = 1; i < *argc; i++)
    if (g_str_equal ((*argv)[i], "--write"))
      write_golden = TRUE;
    else
      (*argv)[kept++] = (*argv)[i];
  (*argv)[kept] = NULL;
  *argc = kept;
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (argc, argv, NULL);
}
