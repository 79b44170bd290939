#include "config.h"

#include "export/exporters.h"

#include "export/fetcher.h"
#include "export/formats/key-file.h"
#include "export/match.h"
#include "export/relay.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAIN "etc/postfix/main.cf"
#define TABLE "gmail_passwd"
#define MAPS "texthash:/etc/postfix/" TABLE
#define SETTINGS_MAX 12

/* postconf(5): the last line of a name counts, indented lines go on with the one before.
 */
static const BaruaKeyFileStyle STYLE = {
  .comments = "#",
  .separator = " = ",
  .separators = "=",
  .continues = TRUE,
};

typedef struct
{
  const char *name;
  const char *value;
} Setting;

/* What hands mail on. The other ways of signing in are shut out, because a plugin for one
 * of them would send the password as a token. */
static gsize
list_settings (Setting *settings,
               const char *relay,
               const char *authorities,
               gboolean tls)
{
  const Setting all[] = {
    { "relayhost", relay },
    { "smtp_sasl_auth_enable", "yes" },
    { "smtp_sasl_security_options", "noanonymous" },
    { "smtp_sasl_tls_security_options", "noanonymous" },
    { "smtp_sasl_mechanism_filter", "plain, login" },
    { "smtp_tls_security_level", "secure" },
    { "smtp_tls_wrappermode", tls ? "yes" : "no" },
    { "smtp_tls_CAfile", authorities },
  };
  gsize n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i].value != NULL)
      settings[n++] = all[i];
  return n;
}

static char *
make_body (const Setting *settings, gsize n, const char *relay)
{
  g_autoptr (GString) body = g_string_new (NULL);

  g_string_append_printf (
    body,
    "folder=$(postconf -h config_directory)\n"
    "[ -e \"$folder/main.cf.before-gmail\" ] ||\n"
    "  cp -p \"$folder/main.cf\" \"$folder/main.cf.before-gmail\"\n\n"
    "# The only file with the password; Postfix reads it before it gives up root's "
    "rights.\n"
    "printf '%%s %%s:%%s\\n' '%s' \"$login\" \"$secret\" >\"$folder/" TABLE ".new\"\n"
    "chmod 600 \"$folder/" TABLE ".new\"\n"
    "mv \"$folder/" TABLE ".new\" \"$folder/" TABLE "\"\n"
    "maps=$(postconf -h smtp_sasl_password_maps)\n"
    "case \"$maps\" in\n"
    "  *\"texthash:$folder/" TABLE "\"*) ;;\n"
    "  *) maps=\"texthash:$folder/" TABLE "${maps:+, $maps}\" ;;\n"
    "esac\n"
    "postconf -e \"smtp_sasl_password_maps = $maps\"\n",
    relay);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (body, "postconf -e '%s = %s'\n", settings[i].name,
                            settings[i].value);
  g_string_append (
    body, "# What Debian calls \"Local only\" sends nothing out.\n"
          "case \"$(postconf -h default_transport)\" in\n"
          "  error*) postconf -e 'default_transport = smtp' ;;\n"
          "esac\n"
          "case \"$(postconf -h relay_transport)\" in\n"
          "  error*) postconf -e 'relay_transport = smtp' ;;\n"
          "esac\n\n"
          "postfix check\n"
          "if postfix status 2>/dev/null; then postfix reload; else postfix start; fi\n");
  return g_string_free (g_steal_pointer (&body), FALSE);
}

static void
set (BaruaKeyFile *file, const char *name, const char *value)
{
  g_autofree char *old = barua_key_file_dup (file, NULL, name);

  if (g_strcmp0 (old, value) != 0)
    barua_key_file_set (file, NULL, name, value);
}

static void
unlock (BaruaKeyFile *file, const char *name)
{
  g_autofree char *old = barua_key_file_dup (file, NULL, name);

  if (old != NULL && g_str_has_prefix (old, "error"))
    barua_key_file_set (file, NULL, name, "smtp");
}

/* The machine's own settings with ours in their places: what the script comes to. */
static char *
merge (BaruaKeyFile *file, const Setting *settings, gsize n, gsize *length)
{
  g_autofree char *maps = barua_key_file_dup (file, NULL, "smtp_sasl_password_maps");
  g_autofree char *more = NULL;

  if (maps != NULL)
    g_strdelimit (maps, "\n", ' ');
  if (maps == NULL || *maps == '\0')
    set (file, "smtp_sasl_password_maps", MAPS);
  else if (strstr (maps, MAPS) == NULL)
    {
      more = g_strconcat (MAPS ", ", maps, NULL);
      set (file, "smtp_sasl_password_maps", more);
    }
  for (gsize i = 0; i < n; i++)
    set (file, settings[i].name, settings[i].value);
  unlock (file, "default_transport");
  unlock (file, "relay_transport");
  return barua_key_file_dup_text (file, length);
}

/* "[smtp.gmail.com]:465": without the brackets its MX would be looked for. */
static char *
dup_host (const char *relay)
{
  const char *start = *relay == '[' ? relay + 1 : relay;

  return g_strndup (start, strcspn (start, "]:"));
}

static void
tell_relay (BaruaPlan *plan, const BaruaKeyFile *file, const char *relay)
{
  g_autofree char *old = barua_key_file_dup (file, NULL, "relayhost");
  g_autofree char *host = old != NULL ? dup_host (old) : NULL;
  g_autofree char *note = NULL;

  if (host == NULL || *host == '\0' || strcmp (old, relay) == 0 ||
      barua_match_host (host))
    return;
  note = g_strdup_printf (
    /* Translators: a server such as mail.example.org */
    _ ("All mail of this computer goes through %s now. It will go through Gmail."), host);
  barua_plan_add_note (plan, note);
}

static const char *
list_packages (const BaruaHome *home)
{
  g_autofree char *program = barua_home_dup_system_path (home, "usr/sbin/postfix");
  gboolean there = g_file_test (program, G_FILE_TEST_EXISTS);

  /* Without the plugin it cannot send a password at all. */
  if (there && barua_fetcher_has_plugin (home, "libplain"))
    return NULL;
  return there ? "libsasl2-modules" : "postfix libsasl2-modules";
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error)
{
  const BaruaService *service = request->outgoing;
  gboolean tls = service->security == BARUA_SECURITY_TLS;
  g_autofree char *system = barua_home_dup_system_path (home, MAIN);
  g_autofree char *path = barua_home_dup_path (home, "postfix/main.cf");
  g_autofree char *relay = g_strdup_printf ("[%s]:%u", service->host, service->port);
  g_autofree char *authorities = barua_fetcher_find_authorities (home);
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;
  g_autoptr (BaruaKeyFile) file = NULL;
  Setting settings[SETTINGS_MAX] = { 0 };
  gsize n = list_settings (settings, relay, authorities, tls);
  gsize length = 0;

  if (!barua_plan_read (plan, system, &text, &length, error))
    return FALSE;
  file = barua_key_file_new (text, (gssize) length, &STYLE);
  tell_relay (plan, file, relay);
  g_free (text);
  text = merge (file, settings, n, &length);
  barua_plan_write (plan, path, text, (gssize) length, BARUA_FILE_ORDINARY,
                    _ ("Save the settings of Postfix as they will be, to look at"));
  body = make_body (settings, n, relay);
  barua_relay_plan (
    &(BaruaRelay){ "Postfix", "set-up-postfix.sh", list_packages (home), body }, request,
    home, plan);
  return TRUE;
}

/* Whose mail it is stands in a file that only root can read. */
static gboolean
has_account (const BaruaHome *home, const char *address G_GNUC_UNUSED)
{
  g_autofree char *system = barua_home_dup_system_path (home, MAIN);
  g_autoptr (BaruaPlan) none = barua_plan_new ("postfix");
  g_autoptr (BaruaKeyFile) file = NULL;
  g_autofree char *text = NULL;
  g_autofree char *relay = NULL;
  g_autofree char *host = NULL;
  gsize length = 0;

  if (!barua_plan_read (none, system, &text, &length, NULL))
    return FALSE;
  file = barua_key_file_new (text, (gssize) length, &STYLE);
  relay = barua_key_file_dup (file, NULL, "relayhost");
  host = relay != NULL ? dup_host (relay) : NULL;
  return barua_match_host (host);
}

const BaruaExporter barua_exporter_postfix = {
  .id = "postfix",
  .name = "Postfix",
  .can = BARUA_EXPORTS_SENDING | BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TO_FOLDER,
  .commands = (const char *const[]){ "postfix", "postconf", NULL },
  .packages = (const char *const[]){ "postfix", NULL },
  .has_account = has_account,
  .plan = plan,
};
