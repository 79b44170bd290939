#include "config.h"

#include "export/conceal.h"

#include <string.h>

#define SECRET "hunter2"

static const struct
{
  const char *description;
  const char *line;
  const char *expected;
} ROWS[] = {
  { "msmtp", " password hunter2", " password [hidden]" },
  { "msmtp, in quotes and indented", "-  password \"hunter2 x\"",
    "-  password [hidden]" },
  { "mutt", "-set imap_pass=\"hunter2\"", "-set imap_pass=[hidden]" },
  { "mutt, with blanks", " set my_pass = hunter2", " set my_pass = [hidden]" },
  { "mbsync", " Pass hunter2", " Pass [hidden]" },
  { "mbsync, in quotes", " Pass \"hunter2\"", " Pass [hidden]" },
  { "getmail", " password = hunter2", " password = [hidden]" },
  { "OfflineIMAP", " remotepass = hunter2", " remotepass = [hidden]" },
  { "Git", " \tsmtpPass = hunter2", " \tsmtpPass = [hidden]" },
  { "fetchmail", " poll imap.gmail.com user \"zoe\" password \"hunter2\" ssl",
    " poll imap.gmail.com user \"zoe\" password [hidden] ssl" },
  { "netrc", " machine imap.gmail.com login zoe password hunter2",
    " machine imap.gmail.com login zoe password [hidden]" },
  { "a URL", "+source = imaps://zoe%40gmail.com:hunter2@imap.gmail.com:993",
    "+source = imaps://zoe%40gmail.com:[hidden]@imap.gmail.com:993" },
  { "Postfix", " [smtp.gmail.com]:587 zoe@gmail.com:hunter2",
    " [smtp.gmail.com]:587 zoe@gmail.com:[hidden]" },
  { "Thunderbird", " user_pref(\"mail.server.server1.password\", \"hunter2\");",
    " user_pref(\"mail.server.server1.password\", [hidden]);" },

  { "Himalaya", "-backend.auth.raw = \"hunter2\"", "-backend.auth.raw = [hidden]" },
  { "a token", " oauth2_refresh_token = hunter2", " oauth2_refresh_token = [hidden]" },
  { "a client’s", " oauth2_client_secret: hunter2", " oauth2_client_secret: [hidden]" },
  { "a variable of one’s own", " set my_pw='hunter2'", " set my_pw=[hidden]" },

  { "one like a switch", " password = on-fire", " password = [hidden]" },
  { "one like a variable", " password = $ecret", " password = [hidden]" },

  { "a variable of mutt", " set imap_pass = $my_pass", NULL },
  { "a command of ours", "+passwordeval /usr/bin/barua password zoe@gmail.com", NULL },
  { "a command in mutt", "+set imap_pass=\"`/usr/bin/barua password zoe@gmail.com`\"",
    NULL },
  { "a command in mbsync", "+PassCmd \"/usr/bin/barua password zoe@gmail.com\"", NULL },
  { "a command in getmail",
    "+password_command = (\"/usr/bin/barua\", \"password\", \"zoe@gmail.com\")", NULL },
  { "a command in Git",
    "+\thelper = \"!f() { p=$(barua password z@x) && echo \\\"password=$p\\\"; }; f\"",
    NULL },
  { "a command for a token", "+oauth2_access_token_eval = get (\"x\")", NULL },
  { "a kind of text", " draw = x", NULL },
  { "a command of others", " passwordeval pass show firm", NULL },
  { "the keyring", "+passwordeval secret-tool lookup service barua kind app-password",
    NULL },
  { "a switch", " storepass=true", NULL },
  { "a URL without one", "+source = imaps://zoe%40gmail.com@imap.gmail.com:993", NULL },
  { "a remark", " # Never write the password down", NULL },
  { "a place in the file", "@@ -1,2 +1,3 @@", NULL },
  { "an address", " from = zoe@gmail.com", NULL },
};

static void
test_lines (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *diff =
        g_strdup_printf ("--- ~/x\n+++ ~/x\n%s\n end\n", ROWS[i].line);
      g_autofree char *expected =
        g_strdup_printf ("--- ~/x\n+++ ~/x\n%s\n end\n",
                         ROWS[i].expected != NULL ? ROWS[i].expected : ROWS[i].line);
      g_autofree char *shown = barua_conceal_passwords (diff);

      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpstr (shown, ==, expected);
    }
}

/* A line on which a matcher that goes back and forth would not end. */
static void
test_long_lines (void)
{
  g_autofree char *blanks = g_strnfill (20000, ' ');
  g_autofree char *letters = g_strnfill (20000, 'a');
  g_autofree char *diff = g_strdup_printf ("+%s pass%sword %s\n+password " SECRET "\n",
                                           letters, blanks, letters);
  gint64 start = g_get_monotonic_time ();
  g_autofree char *shown = barua_conceal_passwords (diff);

  g_assert_null (strstr (shown, SECRET));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/conceal/lines", test_lines);
  g_test_add_func ("/export/conceal/long", test_long_lines);
  return g_test_run ();
}
