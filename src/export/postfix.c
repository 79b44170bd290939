#include "config.h"

#include "export/postfix.h"

#include "export/exporters.h"
#include "export/fetcher.h"
#include "export/match.h"
#include "export/relay.h"

#include <glib/gi18n.h>
#include <string.h>

#define TABLE "gmail_passwd"
#define SETTINGS_MAX 12

const BaruaKeyFileStyle BARUA_POSTFIX_STYLE = {
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
    { "smtp_tls_security_level", authorities != NULL ? "secure" : "encrypt" },
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
    "rm -f \"$folder/" TABLE ".new\"\n"
    "(umask 077 && printf '%%s %%s:%%s\\n' '%s' \"$login\" \"$secret\" \\\n"
    "  >\"$folder/" TABLE ".new\")\n"
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
  g_autofree char *old = barua_postfix_dup (file, name);

  if (g_strcmp0 (old, value) != 0)
    barua_key_file_set (file, NULL, name, value);
}

static void
unlock (BaruaKeyFile *file, const char *name)
{
  g_autofree char *old = barua_postfix_dup (file, name);

  if (old != NULL && g_str_has_prefix (old, "error"))
    barua_key_file_set (file, NULL, name, "smtp");
}

/* The machine's own settings with ours in their places: what the script comes to. */
static char *
merge (BaruaKeyFile *file, const Setting *settings, gsize n, gsize *length)
{
  g_autofree char *maps = barua_postfix_dup (file, "smtp_sasl_password_maps");
  g_autofree char *more = NULL;

  if (maps == NULL || *maps == '\0')
    set (file, "smtp_sasl_password_maps", BARUA_POSTFIX_MAPS);
  else if (strstr (maps, BARUA_POSTFIX_MAPS) == NULL)
    {
      more = g_strconcat (BARUA_POSTFIX_MAPS ", ", maps, NULL);
      set (file, "smtp_sasl_password_maps", more);
    }
  for (gsize i = 0; i < n; i++)
    set (file, settings[i].name, settings[i].value);
  unlock (file, "default_transport");
  unlock (file, "relay_transport");
  return barua_key_file_dup_text (file, length);
}

char *
barua_postfix_dup (const BaruaKeyFile *file, const char *name)
{
  char *value = NULL;

  g_return_val_if_fail (file != NULL && name != NULL, NULL);

  value = barua_key_file_dup (file, NULL, name);
  return value != NULL ? g_strstrip (g_strdelimit (value, "\n", ' ')) : NULL;
}

char *
barua_postfix_dup_host (const char *relay)
{
  const char *start = relay != NULL && *relay == '[' ? relay + 1 : relay;

  g_return_val_if_fail (relay != NULL, NULL);

  return g_strndup (start, strcspn (start, "]:"));
}

static void
tell_relay (BaruaPlan *plan, const BaruaKeyFile *file, const char *relay)
{
  g_autofree char *old = barua_postfix_dup (file, "relayhost");
  g_autofree char *host = old != NULL ? barua_postfix_dup_host (old) : NULL;
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
  g_autofree char *system = barua_home_dup_system_path (home, BARUA_POSTFIX_MAIN);
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
  file = barua_key_file_new (text, (gssize) length, &BARUA_POSTFIX_STYLE);
  tell_relay (plan, file, relay);
  g_free (text);
  text = merge (file, settings, n, &length);
  barua_plan_write (plan, path, text, (gssize) length, BARUA_FILE_ORDINARY,
                    _ ("Save the settings of Postfix as they will be, to look at."));
  if (authorities == NULL)
    barua_plan_add_note (
      plan, _ ("The system’s file of certificate authorities was not found, and without "
               "it Postfix does not check whom it talks to. Name it in the setting "
               "“smtp_tls_CAfile”, and set “smtp_tls_security_level” to “secure”."));
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
  g_autofree char *system = barua_home_dup_system_path (home, BARUA_POSTFIX_MAIN);
  g_autoptr (BaruaPlan) none = barua_plan_new ("postfix");
  g_autoptr (BaruaKeyFile) file = NULL;
  g_autofree char *text = NULL;
  g_autofree char *relay = NULL;
  g_autofree char *host = NULL;
  gsize length = 0;

  if (!barua_plan_read (none, system, &text, &length, NULL))
    return FALSE;
  file = barua_key_file_new (text, (gssize) length, &BARUA_POSTFIX_STYLE);
  relay = barua_postfix_dup (file, "relayhost");
  host = relay != NULL ? barua_postfix_dup_host (relay) : NULL;
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
  .audit = barua_postfix_audit,
};
