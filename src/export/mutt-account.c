#include "config.h"

#include "export/mutt-account.h"

#include "export/mutt-settings.h"
#include "export/mutt-wants.h"

#include <glib/gi18n.h>
#include <string.h>

/* How many files of accounts are looked into. */
#define OWN_FILES_MAX 100
#define FIRST_KEY 2
#define LAST_KEY 12

static char *
dup_file (const BaruaHome *home, const char *name)
{
  if (g_str_has_prefix (name, "config:"))
    return barua_home_dup_config_path (home, name + strlen ("config:"));
  return barua_home_dup_path (home, name);
}

char *
barua_mutt_account_dup_path (const BaruaMuttProgram *program, const BaruaHome *home)
{
  for (gsize i = 0; program->files[i] != NULL; i++)
    {
      g_autofree char *path = dup_file (home, program->files[i]);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return dup_file (home, program->fresh);
}

/* Where NeoMutt reads mutt's settings, both share the account's file. */
static char *
dup_own_path (const BaruaHome *home, const char *rc, const char *key)
{
  g_autofree char *folder = g_path_get_dirname (rc);
  g_autofree char *last = g_path_get_basename (folder);
  g_autofree char *name = g_strdup_printf (
    "%s/%s.muttrc", g_str_equal (last, "neomutt") ? "neomutt" : "mutt", key);

  return barua_home_dup_config_path (home, name);
}

static char *
dup_named (const BaruaHome *home, const char *path)
{
  g_autofree char *later = barua_home_dup_later (home, path);
  gsize length = strlen (home->lives);

  if (strncmp (later, home->lives, length) == 0 && later[length] == '/')
    return g_strconcat ("~", later + length, NULL);
  return g_steal_pointer (&later);
}

static char *
dup_line (const BaruaMuttWant *want)
{
  return want->written != NULL
           ? g_strdup_printf ("set %s = %s\n", want->name, want->written)
           : g_strdup_printf ("unset %s\n", want->name);
}

static char *
dup_summary (const BaruaMuttProgram *program, const BaruaExportRequest *request)
{
  /* Translators: an address, then the name of a mail program */
  return g_strdup_printf (_ ("Put the account %s into the settings of %s."),
                          request->account->address, program->name);
}

static void
write_own_file (const BaruaMuttProgram *program,
                const BaruaExportRequest *request,
                const GPtrArray *wants,
                const char *path,
                BaruaPlan *plan)
{
  g_autofree char *summary = dup_summary (program, request);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "# %s, set up by Barua\n", request->account->address);
  for (guint i = 0; i < wants->len; i++)
    {
      g_autofree char *line = dup_line (wants->pdata[i]);

      g_string_append (text, line);
    }
  barua_plan_write (plan, path, text->str, (gssize) text->len, BARUA_FILE_PRIVATE,
                    summary);
}

/* Where settings that are missing go: behind what is there of the account. */
static void
find_anchor (const BaruaMuttSettings *settings, BaruaMuttFile **file, gsize *after)
{
  static const char *const NAMES[] = { "smtp_url", "from",      "imap_user", "pop_user",
                                       "folder",   "spoolfile", NULL };

  *file = settings->files->pdata[0];
  *after = (*file)->length;
  for (guint i = settings->entries->len; i > 0; i--)
    {
      const BaruaMuttEntry *entry = settings->entries->pdata[i - 1];

      if (entry->command->name == NULL || !g_strv_contains (NAMES, entry->command->name))
        continue;
      *file = entry->file;
      *after = entry->command->after;
      return;
    }
}

static void
change (const BaruaMuttSettings *settings, const BaruaMuttWant *want)
{
  const BaruaMuttEntry *entry = barua_mutt_settings_find (settings, want->name);
  g_autofree char *line = dup_line (want);
  BaruaMuttFile *file = NULL;
  gsize after = 0;

  if (entry != NULL && entry->command->span.offset > 0)
    {
      barua_edits_replace (entry->file->edits, entry->command->span.offset,
                           entry->command->span.length,
                           want->written != NULL ? want->written : "\"\"");
      return;
    }
  find_anchor (settings, &file, &after);
  if (entry != NULL)
    {
      file = entry->file;
      after = entry->command->after;
    }
  barua_edits_insert_lines (file->edits, after, line);
}

static void
update (const BaruaMuttProgram *program,
        const BaruaExportRequest *request,
        const BaruaMuttSettings *settings,
        const GPtrArray *wants,
        BaruaPlan *plan)
{
  g_autofree char *summary = dup_summary (program, request);

  for (guint i = 0; i < wants->len; i++)
    if (!barua_mutt_want_is_met (wants->pdata[i], settings, request))
      change (settings, wants->pdata[i]);
  for (guint i = 0; i < settings->files->len; i++)
    {
      const BaruaMuttFile *file = settings->files->pdata[i];
      gsize length = 0;
      g_autofree char *text = barua_edits_apply (file->edits, &length);

      /* Nothing in it is secret, so that the mode can stay. */
      if (!barua_edits_are_none (file->edits))
        barua_plan_write (plan, file->path, text, (gssize) length, BARUA_FILE_ORDINARY,
                          summary);
    }
}

static gboolean
plan_own_file (const BaruaMuttProgram *program,
               const BaruaExportRequest *request,
               const char *path,
               const BaruaHome *home,
               BaruaPlan *plan,
               GError **error)
{
  g_autoptr (GPtrArray) wants = barua_mutt_wants_new (request);
  g_autoptr (BaruaMuttSettings) settings = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      write_own_file (program, request, wants, path, plan);
      return TRUE;
    }
  settings = barua_mutt_settings_read (path, home, plan, error);
  if (settings == NULL)
    return FALSE;
  update (program, request, settings, wants, plan);
  return TRUE;
}

static guint
find_free_key (const BaruaMuttSettings *settings)
{
  for (guint key = FIRST_KEY; key <= LAST_KEY; key++)
    {
      g_autofree char *name = g_strdup_printf ("<f%u>", key);

      if (!barua_mutt_settings_contain (settings, name))
        return key;
    }
  return 0;
}

static char *
dup_switch (const BaruaMuttProgram *program,
            const BaruaExportRequest *request,
            const BaruaMuttSettings *settings,
            const char *named,
            BaruaPlan *plan)
{
  guint key = find_free_key (settings);
  g_autofree char *note = NULL;

  if (key == 0)
    {
      /* Translators: the name of a mail program, a command to type in it */
      note = g_strdup_printf (_ ("%s still starts with the account that was there. To "
                                 "switch, type “:source %s” in it."),
                              program->name, named);
      barua_plan_add_note (plan, note);
      return g_strdup_printf ("# %s: source %s\n", request->account->address, named);
    }
  /* Translators: the name of a mail program, the name of a key, an address */
  note = g_strdup_printf (_ ("%s still starts with the account that was there. Press F%u "
                             "in its list of messages to switch to %s."),
                          program->name, key, request->account->address);
  barua_plan_add_note (plan, note);
  return g_strdup_printf ("macro index,pager <F%u> \"<enter-command>source '%s'<enter>"
                          "<change-folder>!<enter>\" \"%s\"\n",
                          key, named, request->account->address);
}

static void
connect_own_file (const BaruaMuttProgram *program,
                  const BaruaExportRequest *request,
                  const BaruaMuttSettings *settings,
                  const char *named,
                  gboolean first,
                  BaruaPlan *plan)
{
  const BaruaMuttFile *rc = settings->files->pdata[0];
  g_autofree char *line = NULL;
  g_autofree char *text = NULL;
  g_autofree char *summary = NULL;
  gsize length = 0;

  if (barua_mutt_settings_contain (settings, named))
    return;
  if (first)
    {
      g_autofree char *quoted = barua_mutt_rc_quote (named);

      line = g_strdup_printf ("source %s # %s\n", quoted, request->account->address);
      /* Translators: the name of a mail program */
      summary = g_strdup_printf (_ ("Let %s read the account’s settings when it starts."),
                                 program->name);
    }
  else
    {
      line = dup_switch (program, request, settings, named, plan);
      /* Translators: the name of a mail program, an address */
      summary = g_strdup_printf (_ ("Let a key of %s switch to %s."), program->name,
                                 request->account->address);
    }
  barua_edits_append_paragraph (rc->edits, line);
  text = barua_edits_apply (rc->edits, &length);
  barua_plan_write (plan, rc->path, text, (gssize) length, BARUA_FILE_ORDINARY, summary);
}

/* An account of several that hooks and keys switch between. */
static BaruaMuttSettings *
find_later (const BaruaMuttSettings *settings,
            const BaruaHome *home,
            BaruaPlan *plan,
            const char *address)
{
  g_autoptr (GPtrArray) paths = barua_mutt_settings_list_later (settings, home);

  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (BaruaMuttSettings) later =
        barua_mutt_settings_read (paths->pdata[i], home, plan, NULL);

      if (later != NULL &&
          barua_mutt_settings_judge (later, address) == BARUA_MUTT_OWNER_SAME)
        return g_steal_pointer (&later);
    }
  return NULL;
}

static gboolean
plan_new (const BaruaMuttProgram *program,
          const BaruaExportRequest *request,
          const BaruaMuttSettings *settings,
          const BaruaHome *home,
          BaruaPlan *plan,
          GError **error)
{
  const BaruaMuttFile *rc = settings->files->pdata[0];
  BaruaMuttOwner owner = barua_mutt_settings_judge (settings, request->account->address);
  g_autofree char *key = barua_export_request_dup_key (request);
  g_autofree char *path = dup_own_path (home, rc->path, key);
  g_autofree char *named = dup_named (home, path);
  g_autoptr (BaruaMuttSettings) later =
    owner != BARUA_MUTT_OWNER_SAME
      ? find_later (settings, home, plan, request->account->address)
      : NULL;

  if (owner == BARUA_MUTT_OWNER_SAME || later != NULL)
    {
      g_autoptr (GPtrArray) wants = barua_mutt_wants_new (request);

      update (program, request, later != NULL ? later : settings, wants, plan);
      return TRUE;
    }
  if (!plan_own_file (program, request, path, home, plan, error))
    return FALSE;
  connect_own_file (program, request, settings, named, owner == BARUA_MUTT_OWNER_NOBODY,
                    plan);
  return TRUE;
}

static void
plan_local_folder (const BaruaMuttProgram *program,
                   const BaruaExportRequest *request,
                   const BaruaMuttSettings *settings,
                   const BaruaHome *home,
                   BaruaPlan *plan)
{
  g_autofree char *path = barua_home_dup_path (home, "Mail");
  const char *folder = barua_mutt_settings_get (settings, "folder");
  g_autofree char *summary = NULL;

  if (request->incoming->protocol != BARUA_PROTOCOL_POP ||
      (folder != NULL && !g_str_equal (folder, "~/Mail")))
    return;
  /* Translators: the name of a mail program */
  summary =
    g_strdup_printf (_ ("A folder for mail is made, which %s expects."), program->name);
  barua_plan_make_folder (plan, path, summary);
}

gboolean
barua_mutt_account_plan (const BaruaMuttProgram *program,
                         const BaruaExportRequest *request,
                         const BaruaHome *home,
                         BaruaPlan *plan,
                         GError **error)
{
  g_autofree char *rc = NULL;
  g_autofree char *question = NULL;
  g_autoptr (BaruaMuttSettings) settings = NULL;

  g_return_val_if_fail (program != NULL && request != NULL && home != NULL, FALSE);
  g_return_val_if_fail (plan != NULL, FALSE);

  rc = barua_mutt_account_dup_path (program, home);
  settings = barua_mutt_settings_read (rc, home, plan, error);
  if (settings == NULL || !plan_new (program, request, settings, home, plan, error))
    return FALSE;
  plan_local_folder (program, request, settings, home, plan);
  if (request->account->method == BARUA_METHOD_NONE)
    {
      /* Translators: the name of a mail program */
      question =
        g_strdup_printf (_ ("%s will ask for the password each time."), program->name);
      barua_plan_add_question (plan, question);
    }
  return TRUE;
}

static gboolean
own_file_exists (const char *folder, const BaruaHome *home, const char *address)
{
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);
  g_autoptr (BaruaPlan) plan = barua_plan_new ("mutt");
  const char *name = NULL;

  for (guint i = 0; listing != NULL && i < OWN_FILES_MAX; i++)
    {
      g_autofree char *path = NULL;
      g_autoptr (BaruaMuttSettings) settings = NULL;

      name = g_dir_read_name (listing);
      if (name == NULL)
        break;
      if (!g_str_has_prefix (name, "gmail-") || !g_str_has_suffix (name, ".muttrc"))
        continue;
      path = g_build_filename (folder, name, NULL);
      settings = barua_mutt_settings_read (path, home, plan, NULL);
      if (settings != NULL &&
          barua_mutt_settings_judge (settings, address) == BARUA_MUTT_OWNER_SAME)
        return TRUE;
    }
  return FALSE;
}

gboolean
barua_mutt_account_exists (const BaruaMuttProgram *program,
                           const BaruaHome *home,
                           const char *address)
{
  g_autofree char *rc = barua_mutt_account_dup_path (program, home);
  g_autofree char *own = dup_own_path (home, rc, "own");
  g_autofree char *folder = g_path_get_dirname (own);
  g_autoptr (BaruaPlan) plan = barua_plan_new (program->client);
  g_autoptr (BaruaMuttSettings) settings =
    barua_mutt_settings_read (rc, home, plan, NULL);
  g_autoptr (BaruaMuttSettings) later = NULL;

  if (settings == NULL)
    return FALSE;
  if (barua_mutt_settings_judge (settings, address) == BARUA_MUTT_OWNER_SAME)
    return TRUE;
  later = find_later (settings, home, plan, address);
  if (later != NULL)
    return TRUE;
  return settings->files->len > 0 && own_file_exists (folder, home, address);
}
