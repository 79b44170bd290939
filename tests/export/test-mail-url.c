#include "config.h"

#include "export/formats/mail-url.h"

#include <string.h>

static void
test_parse (void)
{
  static const struct
  {
    const char *description;
    const char *text;
    const char *scheme;
    const char *user;
    const char *password;
    const char *host;
    const char *port;
    const char *path;
  } ROWS[] = {
    { "everything", "imaps://zoe%40gmail.com:s%3At@imap.gmail.com:993/INBOX", "imaps",
      "zoe@gmail.com", "s:t", "imap.gmail.com", "993", "INBOX" },
    { "a bare host", "imaps://imap.gmail.com", "imaps", NULL, NULL, "imap.gmail.com",
      NULL, "" },
    { "a slash and no path", "smtps://zoe@smtp.gmail.com/", "smtps", "zoe", NULL,
      "smtp.gmail.com", NULL, "" },
    { "an address that is not encoded", "smtp://zoe@gmail.com@smtp.gmail.com:587/",
      "smtp", "zoe@gmail.com", NULL, "smtp.gmail.com", "587", "" },
    { "capital letters", "IMAPS://Imap.Gmail.com/", "imaps", NULL, NULL, "Imap.Gmail.com",
      NULL, "" },
    { "a way of signing in", "imaps+xoauth2://zoe@imap.gmail.com?scope=a/b",
      "imaps+xoauth2", "zoe", NULL, "imap.gmail.com", NULL, "?scope=a/b" },
    { "an address of IPv6", "imap://zoe@[::1]:143/", "imap", "zoe", NULL, "::1", "143",
      "" },
    { "IPv6 without a port", "imap://[::1]/", "imap", NULL, NULL, "::1", NULL, "" },
    { "an empty port", "imap://a:/", "imap", NULL, NULL, "a", NULL, "" },
    { "an @ in the path", "imap://a/b@c", "imap", NULL, NULL, "a", NULL, "b@c" },
    { "broken encoding", "imap://a%4@b/", "imap", "a%4", NULL, "b", NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (BaruaMailUrl) url = barua_mail_url_parse (ROWS[i].text);

      g_test_message ("%s", ROWS[i].description);
      g_assert_nonnull (url);
      g_assert_cmpstr (url->scheme, ==, ROWS[i].scheme);
      g_assert_cmpstr (url->user, ==, ROWS[i].user);
      g_assert_cmpstr (url->password, ==, ROWS[i].password);
      g_assert_cmpstr (url->host, ==, ROWS[i].host);
      g_assert_cmpstr (url->port, ==, ROWS[i].port);
      g_assert_cmpstr (url->path, ==, ROWS[i].path);
      if (url->port != NULL)
        g_assert_true (g_str_has_prefix (ROWS[i].text + url->port_at, url->port));
      if (url->host[0] != ':')
        g_assert_true (g_str_has_prefix (ROWS[i].text + url->host_at, url->host));
    }
}

static void
test_no_url (void)
{
  static const char *const TEXTS[] = { "",         "imap.gmail.com", "+INBOX",
                                       "imaps:/a", "://a",           "imaps://",
                                       "~/Mail",   "imaps:///a",     "a b://c" };

  g_assert_null (barua_mail_url_parse (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (TEXTS); i++)
    {
      g_test_message ("“%s”", TEXTS[i]);
      g_assert_null (barua_mail_url_parse (TEXTS[i]));
    }
}

static void
test_places (void)
{
  static const char TEXT[] = "imaps://zoe%40x:pass@h:1/";
  g_autoptr (BaruaMailUrl) url = barua_mail_url_parse (TEXT);

  g_assert_cmpmem (TEXT + url->user_at, url->user_length, "zoe%40x", 7);
  g_assert_cmpmem (TEXT + url->password_at, url->password_length, "pass", 4);
  g_assert_cmpuint (url->host_at, ==, 21);
  g_assert_cmpuint (url->port_at, ==, 23);
}

static void
test_random (void)
{
  static const char LETTERS[] = "a:/@[]%.?4";

  for (guint round = 0; round < 5000; round++)
    {
      char text[40] = "imaps://";
      gsize length = (gsize) g_test_rand_int_range (8, sizeof text - 1);
      g_autoptr (BaruaMailUrl) url = NULL;

      for (gsize i = 8; i < length; i++)
        text[i] = LETTERS[g_test_rand_int_range (0, sizeof LETTERS - 1)];
      url = barua_mail_url_parse (text);
      if (url == NULL)
        continue;
      g_assert_cmpuint (url->user_at + url->user_length, <=, length);
      g_assert_cmpuint (url->password_at + url->password_length, <=, length);
      g_assert_cmpuint (url->host_at, <=, length);
      g_assert_cmpuint (url->port_at, <, length);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail-url/parse", test_parse);
  g_test_add_func ("/mail-url/no-url", test_no_url);
  g_test_add_func ("/mail-url/places", test_places);
  g_test_add_func ("/mail-url/random", test_random);
  return g_test_run ();
}
