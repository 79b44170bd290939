#include "config.h"

#include "export/exporters.h"

#include "export/error.h"
#include "export/formats/key-file.h"
#include "export/match.h"
#include "export/relay.h"

#include <glib/gi18n.h>
#include <string.h>

#define FOLDER "etc/exim4/"
#define MAIN "update-exim4.conf.conf"
#define MACROS "exim4.conf.localmacros"
#define SPLIT_MACROS "conf.d/main/000_localmacros"
/* Where this one is, Debian's settings are not read at all. */
#define BY_HAND "exim4.conf"

/* Debian's settings are assignments of a shell; its macros have blanks around the sign.
 */
static const BaruaKeyFileStyle ASSIGNMENTS = {
  .comments = "#",
  .separator = "=",
  .separators = "=",
};
static const BaruaKeyFileStyle DEFINITIONS = {
  .comments = "#",
  .separator = " = ",
  .separators = "=",
};

/* The body of the script; its places are what it says where Debian's settings are not
 * read, the host and the port, the protocol, and the host again. The name that counts in
 * the file of passwords is the one that the host's own leads to, which may be another of
 * Google's; the certificate has to be the host's in any case. Where Exim does not run,
 * “reload” does nothing, and says that all is well. */
static const char BODY[] =
  "folder=/etc/exim4\n"
  "main=$folder/" MAIN "\n"
  "macros=$folder/" MACROS "\n"
  "if [ -e \"$folder/" BY_HAND "\" ]; then\n"
  "  printf '%%s\\n' %s >&2\n"
  "  exit 1\n"
  "fi\n"
  "if grep -qs \"^dc_use_split_config=['\\\"]*true\" \"$main\"; then\n"
  "  macros=$folder/" SPLIT_MACROS "\n"
  "fi\n"
  "for file in \"$main\" \"$macros\" \"$folder/passwd.client\"; do\n"
  "  if [ -e \"$file\" ] && [ ! -e \"$file.before-gmail\" ]; then\n"
  "    cp -p \"$file\" \"$file.before-gmail\"\n"
  "  fi\n"
  "done\n\n"
  "# put FILE NAME SEPARATOR VALUE: sets a line, in its place where there is one.\n"
  "put() {\n"
  "  [ -e \"$1\" ] || : >\"$1\"\n"
  "  if grep -q \"^$2[ =]\" \"$1\"; then\n"
  "    sed -i \"s|^$2[ =].*|$2$3$4|\" \"$1\"\n"
  "  else\n"
  "    printf '%%s\\n' \"$2$3$4\" >>\"$1\"\n"
  "  fi\n"
  "}\n"
  "# A satellite hands local mail on as well, and stays one.\n"
  "if ! grep -qs \"^dc_eximconfig_configtype=['\\\"]*satellite\" \"$main\"; then\n"
  "  put \"$main\" dc_eximconfig_configtype = \"'smarthost'\"\n"
  "fi\n"
  "put \"$main\" dc_smarthost = \"'%s::%u'\"\n"
  "put \"$macros\" REMOTE_SMTP_SMARTHOST_HOSTS_REQUIRE_TLS ' = ' '*'\n"
  "put \"$macros\" REMOTE_SMTP_SMARTHOST_TLS_VERIFY_HOSTS ' = ' '*'\n"
  "put \"$macros\" REMOTE_SMTP_SMARTHOST_PROTOCOL ' = ' %s\n\n"
  "# The only file with the password; lines for other servers stay,\n"
  "# behind ours: a line may be for any server, and the first that fits counts.\n"
  "names='%s *.google.com'\n"
  "set -f\n"
  "rm -f \"$folder/passwd.client.new\"\n"
  "umask 077\n"
  "{\n"
  "  for name in $names; do\n"
  "    printf '%%s:%%s:%%s\\n' \"$name\" \"$login\" \"$secret\"\n"
  "  done\n"
  "  if [ -e \"$folder/passwd.client\" ]; then\n"
  "    grep -Ev '^([^#:]*\\.)?(gmail\\.com|google\\.com|1e100\\.net):' "
  "\"$folder/passwd.client\" || true\n"
  "  fi\n"
  "} >\"$folder/passwd.client.new\"\n"
  "umask 022\n"
  "set +f\n"
  "chown root:Debian-exim \"$folder/passwd.client.new\"\n"
  "chmod 640 \"$folder/passwd.client.new\"\n"
  "mv \"$folder/passwd.client.new\" \"$folder/passwd.client\"\n\n"
  "update-exim4.conf\n"
  "service exim4 restart\n";

static void
set (BaruaKeyFile *file, const char *name, const char *value)
{
  g_autofree char *old = barua_key_file_dup (file, NULL, name);

  if (g_strcmp0 (old, value) != 0)
    barua_key_file_set (file, NULL, name, value);
}

static BaruaKeyFile *
read_file (BaruaPlan *plan,
           const BaruaHome *home,
           const char *name,
           const BaruaKeyFileStyle *style,
           GError **error)
{
  g_autofree char *below = g_strconcat (FOLDER, name, NULL);
  g_autofree char *path = barua_home_dup_system_path (home, below);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &text, &length, error))
    return NULL;
  return barua_key_file_new (text, (gssize) length, style);
}

static void
save (BaruaPlan *plan, const BaruaHome *home, const char *name, const BaruaKeyFile *file)
{
  g_autofree char *below = g_strconcat ("exim4/", name, NULL);
  g_autofree char *path = barua_home_dup_path (home, below);
  gsize length = 0;
  g_autofree char *text = barua_key_file_dup_text (file, &length);

  barua_plan_write (plan, path, text, (gssize) length, BARUA_FILE_ORDINARY,
                    _ ("Save the settings of Exim as they will be, to look at."));
}

/* What is between the quotes, or all of it. */
static char *
unquote (char *value)
{
  gsize length = value != NULL ? strlen (value) : 0;

  if (length >= 2 && (*value == '\'' || *value == '"') && value[length - 1] == *value)
    {
      value[length - 1] = '\0';
      memmove (value, value + 1, length - 1);
    }
  return value;
}

/* "smtp.gmail.com::587" */
static char *
dup_host (const BaruaKeyFile *file)
{
  g_autofree char *value = unquote (barua_key_file_dup (file, NULL, "dc_smarthost"));

  return value != NULL ? g_strndup (value, strcspn (value, ":;")) : NULL;
}

static void
tell_relay (BaruaPlan *plan, const BaruaKeyFile *file)
{
  g_autofree char *host = dup_host (file);
  g_autofree char *note = NULL;

  if (host == NULL || *host == '\0' || barua_match_host (host))
    return;
  note = g_strdup_printf (
    /* Translators: a server such as mail.example.org */
    _ ("All mail of this computer goes through %s now. It will go through Gmail."), host);
  barua_plan_add_note (plan, note);
}

static char *
dup_refusal (void)
{
  return g_strdup_printf (_ ("“%s” cannot be understood and is left alone. Look at it, "
                             "and move it aside if it is damaged."),
                          "/" FOLDER BY_HAND);
}

static char *
make_body (const BaruaService *service, const char *protocol)
{
  g_autofree char *refusal = dup_refusal ();
  g_autofree char *shown = g_shell_quote (refusal);

  return g_strdup_printf (BODY, shown, service->host, service->port, protocol,
                          service->host);
}

/* What the script does with the two files. */
static void
merge (BaruaKeyFile *file, BaruaKeyFile *macros, const char *host, const char *protocol)
{
  g_autofree char *kind =
    unquote (barua_key_file_dup (file, NULL, "dc_eximconfig_configtype"));

  if (g_strcmp0 (kind, "satellite") != 0)
    set (file, "dc_eximconfig_configtype", "'smarthost'");
  set (file, "dc_smarthost", host);
  set (macros, "REMOTE_SMTP_SMARTHOST_HOSTS_REQUIRE_TLS", "*");
  set (macros, "REMOTE_SMTP_SMARTHOST_TLS_VERIFY_HOSTS", "*");
  set (macros, "REMOTE_SMTP_SMARTHOST_PROTOCOL", protocol);
}

/* Whether it is Debian's settings that Exim reads. */
static gboolean
check_place (const BaruaHome *home, GError **error)
{
  g_autofree char *path = barua_home_dup_system_path (home, FOLDER BY_HAND);
  g_autofree char *refusal = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  refusal = dup_refusal ();
  g_set_error_literal (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNREADABLE, refusal);
  return FALSE;
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error)
{
  const BaruaService *service = request->outgoing;
  const char *protocol = service->security == BARUA_SECURITY_TLS ? "smtps" : "smtp";
  g_autoptr (BaruaKeyFile) file = NULL;
  g_autoptr (BaruaKeyFile) macros = NULL;
  g_autofree char *host = g_strdup_printf ("'%s::%u'", service->host, service->port);
  g_autofree char *split = NULL;
  g_autofree char *body = make_body (service, protocol);
  g_autofree char *program = barua_home_dup_system_path (home, "usr/sbin/exim4");
  const char *packages = g_file_test (program, G_FILE_TEST_EXISTS) ? NULL : "exim4";
  const char *name = NULL;

  if (!check_place (home, error))
    return FALSE;
  file = read_file (plan, home, MAIN, &ASSIGNMENTS, error);
  if (file == NULL)
    return FALSE;
  split = unquote (barua_key_file_dup (file, NULL, "dc_use_split_config"));
  name = g_strcmp0 (split, "true") == 0 ? SPLIT_MACROS : MACROS;
  macros = read_file (plan, home, name, &DEFINITIONS, error);
  if (macros == NULL)
    return FALSE;
  tell_relay (plan, file);
  merge (file, macros, host, protocol);
  save (plan, home, MAIN, file);
  save (plan, home, name, macros);
  barua_relay_plan (&(BaruaRelay){ "Exim", "set-up-exim.sh", packages, body }, request,
                    home, plan);
  return TRUE;
}

/* Whose mail it is stands in a file that only root can read. */
static gboolean
has_account (const BaruaHome *home, const char *address G_GNUC_UNUSED)
{
  g_autoptr (BaruaPlan) none = barua_plan_new ("exim");
  g_autoptr (BaruaKeyFile) file = read_file (none, home, MAIN, &ASSIGNMENTS, NULL);
  g_autofree char *host = file != NULL ? dup_host (file) : NULL;

  return barua_match_host (host);
}

const BaruaExporter barua_exporter_exim = {
  .id = "exim",
  .name = "Exim",
  .can = BARUA_EXPORTS_SENDING | BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TO_FOLDER,
  .commands = (const char *const[]){ "exim4", "exim", NULL },
  .packages = (const char *const[]){ "exim4-daemon-light", "exim4-daemon-heavy", NULL },
  .has_account = has_account,
  .plan = plan,
};
