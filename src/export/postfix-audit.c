#include "config.h"

#include "export/postfix.h"

#include "export/audit-hosts.h"
#include "export/audit.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* main.cf while it is looked at. */
typedef struct
{
  const BaruaKeyFile *file;
  const char *text;
  gsize length;
  const char *path;
  gboolean writable;
  GPtrArray *faults;
} Look;

static gboolean
is_yes (const Look *self, const char *name)
{
  g_autofree char *value = barua_postfix_dup (self->file, name);

  return value != NULL && g_ascii_strcasecmp (value, "yes") == 0;
}

/* Postfix's settings are root's: where they cannot be written, the command is told. */
static void
add (const Look *self,
     const char *name,
     const char *expected,
     const char *cause,
     const char *why)
{
  g_autofree char *text = barua_postfix_dup (self->file, name);
  g_autofree char *lead = NULL;
  gboolean ended = self->length == 0 || self->text[self->length - 1] == '\n';
  BaruaValue value = { .key = name, .text = text };
  BaruaFault *fault = NULL;

  if (!barua_key_file_locate (self->file, NULL, name, &value.span))
    {
      lead = g_strconcat (ended ? "" : "\n", name, " = ", NULL);
      value.span = (BaruaSpan){ .offset = self->length, .line = 1 };
      value.lead = lead;
      value.tail = "\n";
    }
  fault = barua_audit_add (self->faults, "postfix", self->path, &value, expected,
                           self->writable ? expected : NULL);
  if (text == NULL)
    fault->line = 0;
  fault->cause = cause;
  if (self->writable)
    fault->why = g_strdup (why);
  else
    /* Translators: why something is wrong, then what is typed in a terminal */
    fault->why = g_strdup_printf (_ ("%s Mend it as root: postconf -e '%s = %s'"), why,
                                  name, expected);
}

static guint
read_port (const char *relay)
{
  const char *colon = strrchr (relay, ':');
  guint64 port = 0;

  if (colon == NULL || strchr (colon, ']') != NULL)
    return 25;
  if (g_ascii_string_to_unsigned (colon + 1, 10, 1, 65535, &port, NULL))
    return (guint) port;
  if (g_str_equal (colon + 1, "submission"))
    return 587;
  return g_str_has_prefix (colon + 1, "smtps") ||
             g_str_has_prefix (colon + 1, "submissions")
           ? 465
           : 25;
}

static void
audit_relay (const Look *self, const char *host, BaruaHostVerdict verdict, guint *port)
{
  const char *right = verdict == BARUA_HOST_RIGHT
                        ? host
                        : barua_audit_right_host (host, BARUA_PROTOCOL_SMTP);
  gboolean open = *port == 465 || *port == 587;
  g_autofree char *expected = NULL;

  if (open && verdict == BARUA_HOST_RIGHT)
    return;
  if (!open)
    *port = is_yes (self, "smtp_tls_wrappermode") ? 465 : 587;
  expected = g_strdup_printf ("[%s]:%u", right, *port);
  if (verdict == BARUA_HOST_DIRECT)
    add (
      self, "relayhost", expected, "direct-delivery-refused",
      _ ("This is where Google takes mail from other mail services. It takes none from "
         "your computer, and hands none out."));
  else if (verdict != BARUA_HOST_RIGHT)
    add (self, "relayhost", expected, "wrong-port", _ ("Gmail has no such server."));
  else
    add (
      self, "relayhost", expected, "wrong-port",
      _ ("Gmail takes mail to be sent at the ports 465 and 587 only. Port 25 is closed "
         "in most networks."));
}

static void
audit_encryption (const Look *self, guint port)
{
  gboolean wrapped = is_yes (self, "smtp_tls_wrappermode");
  g_autofree char *level = barua_postfix_dup (self->file, "smtp_tls_security_level");
  gboolean weak = level == NULL || *level == '\0' || strcmp (level, "none") == 0 ||
                  strcmp (level, "may") == 0;

  if (wrapped != (port == 465))
    add (self, "smtp_tls_wrappermode", port == 465 ? "yes" : "no", "tls-wrong-mode",
         _ ("Port and encryption do not fit together: 465 is encrypted from the first "
            "moment, and 587 switches over with STARTTLS."));
  /* Settings from before there was a level say it otherwise. */
  if (weak && !(level == NULL && is_yes (self, "smtp_enforce_tls")))
    add (
      self, "smtp_tls_security_level", "encrypt", "starttls-missing",
      _ ("Without encryption Gmail takes neither passwords nor mail. At port 587 it is "
         "switched on with STARTTLS."));
}

static gboolean
shuts_passwords_out (const char *options)
{
  return strstr (options, "noplaintext") != NULL;
}

static void
audit_sign_in (const Look *self)
{
  g_autofree char *maps = barua_postfix_dup (self->file, "smtp_sasl_password_maps");
  g_autofree char *usual = barua_postfix_dup (self->file, "smtp_sasl_security_options");
  g_autofree char *options =
    barua_postfix_dup (self->file, "smtp_sasl_tls_security_options");
  /* What is usual for both, unless something is said. */
  const char *holds = options != NULL && strchr (options, '$') == NULL ? options
                      : usual != NULL                                  ? usual
                                      : "noplaintext, noanonymous";

  if (!is_yes (self, "smtp_sasl_auth_enable"))
    add (self, "smtp_sasl_auth_enable", "yes", "auth-missing",
         _ ("Postfix does not sign in. Gmail takes no mail from it then."));
  if (maps == NULL || *maps == '\0')
    add (self, "smtp_sasl_password_maps", BARUA_POSTFIX_MAPS, "auth-missing",
         _ ("Postfix knows no password. Hand the settings over once more: that makes the "
            "file in which it looks."));
  if (shuts_passwords_out (holds))
    add (
      self, "smtp_sasl_tls_security_options", "noanonymous", "auth-mechanism-mismatch",
      _ ("Postfix does not send passwords as it is set, not even encrypted. Google has "
         "no other way for it to sign in."));
}

void
barua_postfix_audit (const BaruaHome *home, GPtrArray *faults)
{
  g_autofree char *path = NULL;
  g_autoptr (BaruaPlan) none = barua_plan_new ("postfix");
  g_autoptr (BaruaKeyFile) file = NULL;
  g_autofree char *text = NULL;
  g_autofree char *relay = NULL;
  g_autofree char *host = NULL;
  BaruaHostVerdict verdict = BARUA_HOST_NOT_MEANT;
  gsize length = 0;
  guint port = 0;
  Look look = { 0 };

  g_return_if_fail (home != NULL && faults != NULL);

  path = barua_home_dup_system_path (home, BARUA_POSTFIX_MAIN);
  if (!barua_plan_read (none, path, &text, &length, NULL) || text == NULL)
    return;
  file = barua_key_file_new (text, (gssize) length, &BARUA_POSTFIX_STYLE);
  relay = barua_postfix_dup (file, "relayhost");
  if (relay == NULL)
    return;
  host = barua_postfix_dup_host (relay);
  verdict = barua_audit_host (host, NULL, BARUA_PROTOCOL_SMTP);
  if (verdict == BARUA_HOST_NOT_MEANT || verdict == BARUA_HOST_RELAY)
    return;
  port = read_port (relay);
  look = (Look){ file, text, length, path, g_access (path, W_OK) == 0, faults };
  audit_relay (&look, host, verdict, &port);
  audit_encryption (&look, port);
  audit_sign_in (&look);
}
