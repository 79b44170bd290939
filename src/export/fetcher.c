#include "config.h"

#include "export/fetcher.h"

#include <glib/gi18n.h>
#include <string.h>

void
barua_fetcher_write (BaruaPlan *plan,
                     const char *path,
                     const char *text,
                     gsize length,
                     const BaruaExportRequest *request,
                     const char *program)
{
  gboolean there = g_file_test (path, G_FILE_TEST_EXISTS);
  g_autofree char *summary =
    /* Translators: an address, then the name of a mail program */
    g_strdup_printf (_ ("Put the account %s into the settings of %s."),
                     request->account->address, program);

  barua_plan_write (plan, path, text, (gssize) length,
                    there ? BARUA_FILE_ORDINARY : BARUA_FILE_PRIVATE, summary);
}

void
barua_fetcher_ask (BaruaPlan *plan, const char *program)
{
  g_autofree char *question =
    /* Translators: the name of a mail program */
    g_strdup_printf (_ ("%s will ask for the password each time."), program);

  barua_plan_add_question (plan, question);
}

char *
barua_fetcher_find_authorities (const BaruaHome *home)
{
  /* Debian and Arch; Fedora; openSUSE; Alpine. */
  static const char *const NAMES[] = {
    "etc/ssl/certs/ca-certificates.crt",
    "etc/pki/tls/certs/ca-bundle.crt",
    "etc/ssl/ca-bundle.pem",
    "etc/ssl/cert.pem",
  };

  g_return_val_if_fail (home != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *path = barua_home_dup_system_path (home, NAMES[i]);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_strconcat ("/", NAMES[i], NULL);
    }
  return NULL;
}

static gboolean
has_name (const char *folder, const char *word)
{
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);

  for (const char *name = NULL;
       listing != NULL && (name = g_dir_read_name (listing)) != NULL;)
    if (strstr (name, word) != NULL && strstr (name, ".so") != NULL)
      return TRUE;
  return FALSE;
}

gboolean
barua_fetcher_has_plugin (const BaruaHome *home, const char *word)
{
  static const char *const PLACES[] = { "usr/lib64/sasl2", "usr/lib/sasl2" };
  g_autofree char *libraries = NULL;
  g_autoptr (GDir) listing = NULL;

  g_return_val_if_fail (home != NULL && word != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (PLACES); i++)
    {
      g_autofree char *folder = barua_home_dup_system_path (home, PLACES[i]);

      if (has_name (folder, word))
        return TRUE;
    }
  /* Debian has a folder for each kind of machine. */
  libraries = barua_home_dup_system_path (home, "usr/lib");
  listing = g_dir_open (libraries, 0, NULL);
  for (const char *name = NULL;
       listing != NULL && (name = g_dir_read_name (listing)) != NULL;)
    {
      g_autofree char *folder = g_build_filename (libraries, name, "sasl2", NULL);

      if (has_name (folder, word))
        return TRUE;
    }
  return FALSE;
}

char **
barua_fetcher_list_views (const BaruaExportRequest *request, gboolean raw)
{
  static const char *const ATTRIBUTES[] = { "\\All", "\\Flagged", "\\Important" };
  GPtrArray *views = g_ptr_array_new ();

  g_return_val_if_fail (request != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ATTRIBUTES); i++)
    {
      char *name = raw ? barua_export_request_dup_raw_folder (request, ATTRIBUTES[i])
                       : barua_export_request_dup_folder (request, ATTRIBUTES[i]);

      if (name != NULL)
        g_ptr_array_add (views, name);
    }
  g_ptr_array_add (views, NULL);
  return (char **) g_ptr_array_free (views, FALSE);
}

char *
barua_fetcher_quote_python (const char *text)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (*at == '"' || *at == '\\')
      g_string_append_printf (quoted, "\\%c", *at);
    else if ((guchar) *at < ' ')
      g_string_append_printf (quoted, "\\x%02x", (guint) *at);
    else
      g_string_append_c (quoted, *at);
  g_string_append_c (quoted, '"');
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

char *
barua_fetcher_double (char *text, char mark)
{
  g_autofree char *given = text;
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *at = given; *at != '\0'; at++)
    {
      if (*at == mark)
        g_string_append_c (out, mark);
      g_string_append_c (out, *at);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
