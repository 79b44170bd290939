#include "config.h"

#include "export/relay.h"

#include <glib/gi18n.h>
#include <string.h>

static char *
quote (const char *word)
{
  if (*word != '\0' && strspn (word, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS
                               "@%+=:,./_-") == strlen (word))
    return g_strdup (word);
  return g_shell_quote (word);
}

/* It must be readable by the shell of any system, and is run by somebody who has read it:
 * so it does one thing a line. "printf" is a part of the shell, and no process that shows
 * its arguments. */
static char *
write_script (const BaruaRelay *self, const BaruaExportRequest *request)
{
  const char *address = request->account->address;
  g_autofree char *asks =
    /* Translators: an address; the app password is typed behind it */
    g_strdup_printf (_ ("App password for %s: "), address);
  g_autofree char *shown = g_shell_quote (asks);
  g_autofree char *no_root = g_shell_quote (_ ("This has to be run as root."));
  g_autofree char *no_secret =
    g_shell_quote (_ ("There was no app password. Nothing is changed."));
  g_autofree char *done = g_shell_quote (_ ("Done."));
  g_autofree char *login = quote (address);
  g_autoptr (GString) script = g_string_new ("#!/bin/sh\n");

  g_string_append_printf (
    script,
    "# Lets %s hand all mail of this computer on to Gmail.\n"
    "# Run it as root, with the app password on its standard input.\n"
    "set -eu\n"
    "umask 022\n"
    "login=%s\n\n"
    "if [ \"$(id -u)\" -ne 0 ]; then\n"
    "  printf '%%s\\n' %s >&2\n"
    "  exit 1\n"
    "fi\n"
    "secret=\n"
    "if [ -t 0 ]; then\n"
    "  printf '%%s' %s >&2\n"
    "  trap 'stty echo' EXIT INT TERM\n"
    "  stty -echo\n"
    "  IFS= read -r secret || true\n"
    "  stty echo\n"
    "  trap - EXIT INT TERM\n"
    "  echo >&2\n"
    "else\n"
    "  IFS= read -r secret || true\n"
    "fi\n"
    "# Google shows it in groups of four.\n"
    "secret=$(printf '%%s' \"$secret\" | tr -d ' ')\n"
    "if [ -z \"$secret\" ]; then\n"
    "  printf '%%s\\n' %s >&2\n"
    "  exit 1\n"
    "fi\n\n",
    self->name, login, no_root, shown, no_secret);
  g_string_append (script, self->body);
  g_string_append_printf (script, "printf '%%s\\n' %s\n", done);
  return g_string_free (g_steal_pointer (&script), FALSE);
}

static void
tell_commands (const BaruaRelay *self,
               const BaruaExportRequest *request,
               BaruaPlan *plan,
               const char *path)
{
  gboolean kept = barua_export_request_uses_password (request);
  g_autofree char *password = kept ? barua_export_request_dup_command (request) : NULL;
  g_autofree char *quoted = quote (path);
  g_autofree char *command =
    g_strdup_printf ("%s%ssudo sh %s", kept ? password : "", kept ? " | " : "", quoted);
  g_autofree char *set_up = g_strdup_printf (
    /* Translators: the name of a mail server: Postfix */
    _ ("Set %s up as root, with the app password from your own keyring."), self->name);

  if (self->packages != NULL)
    {
      g_autofree char *install = g_strdup_printf ("apt install %s", self->packages);

      barua_plan_tell_command (plan, install, TRUE, _ ("Install what is needed."));
    }
  /* Only its second half is run as root, whose keyring is empty. */
  barua_plan_tell_command (plan, command, FALSE, set_up);
  if (!kept)
    barua_plan_add_question (
      plan, _ ("The script asks for an app password: a mail server of this computer "
               "cannot sign in in another way."));
}

void
barua_relay_plan (const BaruaRelay *self,
                  const BaruaExportRequest *request,
                  const BaruaHome *home,
                  BaruaPlan *plan)
{
  g_autofree char *path = NULL;
  g_autofree char *script = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *note = NULL;

  g_return_if_fail (self != NULL && request != NULL && home != NULL && plan != NULL);

  path = barua_home_dup_path (home, self->script);
  script = write_script (self, request);
  summary = g_strdup_printf (
    /* Translators: the name of a mail server: Postfix */
    _ ("Save the script that sets %s up. It has no password in it."), self->name);
  barua_plan_write (plan, path, script, -1, BARUA_FILE_ORDINARY, summary);
  tell_commands (self, request, plan, path);
  note = g_strdup_printf (
    /* Translators: the name of a mail server: Postfix */
    _ ("%s can keep the app password only as plain text, in a file that nobody but root "
       "and the mail server can read. Make an app password for it alone, so that you can "
       "take it back by itself."),
    self->name);
  barua_plan_add_note (plan, note);
  barua_plan_add_note (plan, _ ("Gmail puts your address in the place of the sender’s in "
                                "all mail of this computer."));
}
