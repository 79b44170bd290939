#include "config.h"

#include "export/match.h"

static void
test_server (void)
{
  static const struct
  {
    const char *description;
    const char *host;
    const char *wanted;
    gboolean same;
  } ROWS[] = {
    { "the same", "imap.gmail.com", "imap.gmail.com", TRUE },
    { "letter case", "IMAP.Gmail.Com", "imap.gmail.com", TRUE },
    { "by its other name", "imap.googlemail.com", "imap.gmail.com", TRUE },
    { "letter case there", "SMTP.GoogleMail.com", "smtp.gmail.com", TRUE },
    { "another service", "imap.googlemail.com", "smtp.gmail.com", FALSE },
    { "a longer label", "imaps.googlemail.com", "imap.gmail.com", FALSE },
    { "no such server", "imap.google.com", "imap.gmail.com", FALSE },
    { "what only begins so", "imap.gmail.com.example.org", "imap.gmail.com", FALSE },
    { "what only ends so", "x.imap.gmail.com", "imap.gmail.com", FALSE },
    { "the domain alone", "googlemail.com", "imap.gmail.com", FALSE },
    { "nothing", "", "imap.gmail.com", FALSE },
    { "none", NULL, "imap.gmail.com", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpint (barua_match_server (ROWS[i].host, ROWS[i].wanted), ==,
                       ROWS[i].same);
    }
}

static void
test_login (void)
{
  static const struct
  {
    const char *description;
    const char *host;
    const char *user;
    const char *address;
    gboolean same;
  } ROWS[] = {
    { "the address", "imap.gmail.com", "zoe@gmail.com", "zoe@gmail.com", TRUE },
    { "without its domain", "imap.gmail.com", "zoe", "zoe@gmail.com", TRUE },
    { "dots and the other domain", "imap.gmail.com", "z.oe@googlemail.com",
      "zoe@gmail.com", TRUE },
    { "somebody else", "imap.gmail.com", "juma@gmail.com", "zoe@gmail.com", FALSE },
    { "at another server", "mail.example.org", "zoe@gmail.com", "zoe@gmail.com", FALSE },
    { "no user", "imap.gmail.com", NULL, "zoe@gmail.com", FALSE },
    { "no server", NULL, "zoe@gmail.com", "zoe@gmail.com", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_test_message ("%s", ROWS[i].description);
      g_assert_cmpint (barua_match_login (ROWS[i].host, ROWS[i].user, ROWS[i].address),
                       ==, ROWS[i].same);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match/server", test_server);
  g_test_add_func ("/match/login", test_login);
  return g_test_run ();
}
