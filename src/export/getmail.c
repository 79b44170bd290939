#include "config.h"

#include "export/exporters.h"

#include "export/fetcher.h"
#include "export/formats/key-file.h"
#include "export/match.h"

#include <glib/gi18n.h>
#include <string.h>

#define RETRIEVER "retriever"
#define DESTINATION "destination"
#define OPTIONS "options"
#define RECENT "recent:"

static char *
find_folder (const BaruaHome *home)
{
  g_autofree char *usual = barua_home_dup_config_path (home, "getmail");
  g_autofree char *older = barua_home_dup_path (home, ".getmail");

  return g_strdup (barua_home_first (home, (const char *const[]){ usual, older, NULL }));
}

static gboolean
is_configuration (const char *name)
{
  return *name != '.' && !g_str_has_prefix (name, "oldmail-") &&
         !g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, "~");
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Each file is an account. */
static GPtrArray *
list_files (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);

  for (const char *name = NULL;
       listing != NULL && (name = g_dir_read_name (listing)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (is_configuration (name) && g_file_test (path, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add (names, g_steal_pointer (&path));
    }
  g_ptr_array_sort (names, compare_names);
  return names;
}

static BaruaKeyFile *
read_file (const char *path, GError **error)
{
  g_autoptr (BaruaPlan) none = barua_plan_new ("getmail");
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!barua_plan_read (none, path, &text, &length, error))
    return NULL;
  return barua_key_file_new (text, (gssize) length, &BARUA_KEY_FILE_PYTHON);
}

/* With that before it, Gmail's POP gives the mail of the last 30 days to every device. */
static const char *
skip_recent (const char *user)
{
  gboolean recent = user != NULL && g_str_has_prefix (user, RECENT);

  return recent ? user + strlen (RECENT) : user;
}

static gboolean
is_account (const char *path, const char *address)
{
  g_autoptr (BaruaKeyFile) file = read_file (path, NULL);
  g_autofree char *server = NULL;
  g_autofree char *user = NULL;

  if (file == NULL)
    return FALSE;
  server = barua_key_file_dup (file, RETRIEVER, "server");
  user = barua_key_file_dup (file, RETRIEVER, "username");
  return barua_match_login (server, skip_recent (user), address);
}

static char *
find_file (const BaruaHome *home, const char *address)
{
  g_autofree char *folder = find_folder (home);
  g_autoptr (GPtrArray) files = list_files (folder);

  for (guint i = 0; i < files->len; i++)
    if (is_account (files->pdata[i], address))
      return g_strdup (files->pdata[i]);
  return NULL;
}

/* Without a name getmail takes "getmailrc", or where that is not there, every file: a new
 * one must not keep the others from being fetched. */
static char *
choose_file (const BaruaHome *home, const BaruaExportRequest *request)
{
  g_autofree char *folder = find_folder (home);
  g_autofree char *key = barua_export_request_dup_key (request);
  g_autofree char *name = g_strconcat ("getmail-", key, NULL);
  g_autoptr (GPtrArray) files = list_files (folder);

  for (guint i = 2;; i++)
    {
      g_autofree char *path =
        g_build_filename (folder, files->len == 0 && i == 2 ? "getmailrc" : name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
      g_free (name);
      name = g_strdup_printf ("getmail-%s-%u", key, i);
    }
}

static void
set_unless (BaruaKeyFile *file, const char *key, const char *value)
{
  g_autofree char *old = barua_key_file_dup (file, RETRIEVER, key);

  if (old == NULL || g_ascii_strcasecmp (old, value) != 0)
    barua_key_file_set (file, RETRIEVER, key, value);
}

static void
set_server (BaruaKeyFile *file, const BaruaExportRequest *request)
{
  gboolean pop = request->incoming->protocol == BARUA_PROTOCOL_POP;
  g_autofree char *type = barua_key_file_dup (file, RETRIEVER, "type");
  g_autofree char *host = barua_key_file_dup (file, RETRIEVER, "server");
  g_autofree char *user = barua_key_file_dup (file, RETRIEVER, "username");
  g_autofree char *boxes = barua_key_file_dup (file, RETRIEVER, "mailboxes");
  g_autofree char *port = g_strdup_printf ("%u", request->incoming->port);

  if (type == NULL ||
      !g_str_has_suffix (type, pop ? "POP3SSLRetriever" : "IMAPSSLRetriever"))
    barua_key_file_set (file, RETRIEVER, "type",
                        pop ? "SimplePOP3SSLRetriever" : "SimpleIMAPSSLRetriever");
  if (!barua_match_server (host, request->incoming->host))
    set_unless (file, "server", request->incoming->host);
  set_unless (file, "port", port);
  if (user == NULL || strchr (user, '@') == NULL ||
      (!pop && g_str_has_prefix (user, RECENT)))
    set_unless (file, "username", request->account->address);
  if (pop)
    barua_key_file_remove (file, RETRIEVER, "mailboxes");
  else if (boxes == NULL)
    barua_key_file_set (file, RETRIEVER, "mailboxes", "(\"INBOX\",)");
}

static char *
make_tuple (char **words)
{
  g_autoptr (GString) tuple = g_string_new ("(");

  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = barua_fetcher_quote_python (words[i]);

      g_string_append_printf (tuple, "%s%s", i > 0 ? ", " : "", word);
    }
  g_string_append_c (tuple, ')');
  return g_string_free (g_steal_pointer (&tuple), FALSE);
}

static void
set_secret (BaruaKeyFile *file, const BaruaExportRequest *request, BaruaPlan *plan)
{
  g_auto (GStrv) words = barua_export_request_list_command (request);
  g_autofree char *command = words != NULL ? make_tuple (words) : NULL;
  g_autofree char *kept = barua_key_file_dup (file, RETRIEVER, "password_command");
  g_autofree char *typed = barua_key_file_dup (file, RETRIEVER, "password");

  if (command == NULL)
    {
      if (kept == NULL && typed == NULL)
        barua_fetcher_ask (plan, "getmail");
      return;
    }
  barua_key_file_remove (file, RETRIEVER, "password");
  set_unless (file, "password_command", command);
  if (barua_export_request_uses_token (request))
    set_unless (file, "use_xoauth2", "true");
  else
    barua_key_file_remove (file, RETRIEVER, "use_xoauth2");
  barua_key_file_remove (file, RETRIEVER, "use_cram_md5");
  barua_key_file_remove (file, RETRIEVER, "use_apop");
}

/* Without a file of authorities it takes any certificate. */
static void
set_authorities (BaruaKeyFile *file, const BaruaHome *home, BaruaPlan *plan)
{
  g_autofree char *kept = barua_key_file_dup (file, RETRIEVER, "ca_certs");
  g_autofree char *found = barua_fetcher_find_authorities (home);

  if (kept == NULL && found != NULL)
    barua_key_file_set (file, RETRIEVER, "ca_certs", found);
  else if (kept == NULL)
    barua_plan_add_note (
      plan, _ ("The system’s file of certificate authorities was not found, and without "
               "it getmail does not check whom it talks to. Name it in the setting "
               "“ca_certs”."));
}

/* Gmail has a new certificate every few weeks, and nobody speaks the first versions of
 * TLS any more. */
static void
drop_old_trust (BaruaKeyFile *file)
{
  g_autofree char *version = barua_key_file_dup (file, RETRIEVER, "ssl_version");

  barua_key_file_remove (file, RETRIEVER, "ssl_fingerprints");
  if (version != NULL && g_ascii_strcasecmp (version, "tlsv1_2") != 0 &&
      g_ascii_strcasecmp (version, "sslv23") != 0)
    barua_key_file_remove (file, RETRIEVER, "ssl_version");
}

/* A Maildir must be there, with all of its three folders. */
static void
set_destination (BaruaKeyFile *file,
                 const BaruaExportRequest *request,
                 const BaruaHome *home,
                 BaruaPlan *plan)
{
  static const char *const PARTS[] = { "cur", "new", "tmp" };
  g_autofree char *key = barua_export_request_dup_key (request);
  g_autofree char *name = g_strdup_printf ("Mail/%s-getmail", key);
  g_autofree char *path = g_strdup_printf ("~/%s/", name);
  g_autofree char *kept = NULL;

  if (!barua_key_file_has_group (file, DESTINATION))
    {
      barua_key_file_set (file, DESTINATION, "type", "Maildir");
      barua_key_file_set (file, DESTINATION, "path", path);
    }
  kept = barua_key_file_dup (file, DESTINATION, "path");
  for (gsize i = 0; g_strcmp0 (kept, path) == 0 && i < G_N_ELEMENTS (PARTS); i++)
    {
      g_autofree char *part = g_build_filename (name, PARTS[i], NULL);
      g_autofree char *whole = barua_home_dup_path (home, part);

      barua_plan_make_folder (plan, whole, _ ("Make the folder for the mail."));
    }
  if (!barua_key_file_has_group (file, OPTIONS))
    {
      barua_key_file_set (file, OPTIONS, "read_all", "false");
      barua_key_file_set (file, OPTIONS, "delete", "false");
    }
}

static char *
dup_command (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *quoted = g_shell_quote (name);

  if (strcmp (name, "getmailrc") == 0)
    return g_strdup ("getmail");
  if (strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.@") == strlen (name))
    return g_strdup_printf ("getmail --rcfile %s", name);
  return g_strdup_printf ("getmail --rcfile %s", quoted);
}

static void
tell_more (BaruaPlan *plan, const BaruaKeyFile *file, const char *path)
{
  g_autofree char *command = dup_command (path);
  g_autofree char *kept = barua_key_file_dup (file, OPTIONS, "delete");
  /* Translators: what is typed in a terminal */
  g_autofree char *note = g_strdup_printf (_ ("Fetch with “%s”."), command);

  barua_plan_add_note (plan, note);
  if (g_strcmp0 (kept, "false") == 0)
    barua_plan_add_note (plan, _ ("What is fetched stays in Gmail as well."));
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error)
{
  g_autofree char *path = find_file (home, request->account->address);
  g_autofree char *text = NULL;
  g_autoptr (BaruaKeyFile) file = NULL;
  gsize length = 0;

  if (path == NULL)
    path = choose_file (home, request);
  if (!barua_plan_read (plan, path, &text, &length, error))
    return FALSE;
  file = barua_key_file_new (text, (gssize) length, &BARUA_KEY_FILE_PYTHON);
  set_server (file, request);
  set_secret (file, request, plan);
  set_authorities (file, home, plan);
  drop_old_trust (file);
  set_destination (file, request, home, plan);
  g_free (text);
  text = barua_key_file_dup_text (file, &length);
  barua_fetcher_write (plan, path, text, length, request, "getmail");
  tell_more (plan, file, path);
  return TRUE;
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_autofree char *path = find_file (home, address);

  return path != NULL;
}

const BaruaExporter barua_exporter_getmail = {
  .id = "getmail",
  .name = "getmail",
  .can =
    BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN,
  .commands = (const char *const[]){ "getmail", NULL },
  .packages = (const char *const[]){ "getmail6", "getmail", NULL },
  .has_account = has_account,
  .plan = plan,
};
