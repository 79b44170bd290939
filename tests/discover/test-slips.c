#include "config.h"

#include "discover/known.h"
#include "discover/slips.h"

/* Each of them means the domain after which the list is called. */
static const char *const GMAIL[] = {
  "gmial.com",       "gmail.con",      "gmail.co",         "gmail.cm",
  "gmai.com",        "gnail.com",      "qmail.com",        "gmaill.com",
  "gamil.com",       "gmali.com",      "gmal.com",         "gmil.com",
  "gmaul.com",       "gmsil.com",      "gmaik.com",        "ggmail.com",
  "gmmail.com",      "gmaail.com",     "gmaiil.com",       "g-mail.com",
  "gemail.com",      "gimail.com",     "gmails.com",       "gmila.com",
  "hmail.com",       "fmail.com",      "gmail.om",         "gmail.cmo",
  "gmail.ocm",       "gmail.comm",     "gmail.vom",        "gmail.xom",
  "gmail.cpm",       "gmail.coom",     "gmail.net",        "gmail.org",
  "gmail.is",        "gmail.de",       "gmail.fr",         "gmail.co.uk",
  "gmail.co.tz",     "gmail.com.br",   "gmail.com.com",    "gmail",
  "gmial",           "gmailcom",       "gmailcom.com",     "gmial.con",
  "gmai.co",         "GMIAL.COM",      "Gmail.Con",        "gmial.com.",
  "gmai1.com",       "mail.gmail.com", "imap.gmail.com",   "www.gmail.com",
  "mail.google.com", "gmaíl.com",      "xn--gmal-xpa.com", "gmeil.com",
};

static const char *const GOOGLEMAIL[] = {
  "googlemial.com",  "googlemail.con",      "googlemail.de", "googlemail.co.uk",
  "goglemail.com",   "googelmail.com",      "googlmail.com", "googlemai.com",
  "googlemaill.com", "mail.googlemail.com", "GoogleMail.Co", "goolgemail.com",
};

/* The right ones, those that are somebody's own, and what is not near enough. */
static const char *const NOTHING[] = {
  "gmail.com",
  "GMAIL.COM",
  "gmail.com.",
  "googlemail.com",
  "GoogleMail.com.",
  "mail.com",
  "email.com",
  "ymail.com",
  "gmx.com",
  "gmx.net",
  "gmx.de",
  "hotmail.com",
  "outlook.com",
  "aol.com",
  "proton.me",
  "protonmail.com",
  "icloud.com",
  "yahoo.com",
  "google.com",
  "googlemaps.com",
  "mail.ru",
  "mail.is",
  "email.is",
  "mail.co",
  "mail.con",
  "fastmail.com",
  "zoho.com",
  "yandex.com",
  "tmail.com",
  "xmail.com",
  "vmail.com",
  "jmail.com",
  "gail.com",
  "grail.com",
  "gmall.com",
  "gmail.pl",
  "gmail.ru",
  "gmatic.com",
  "gmaps.com",
  "gmial.is",
  "example.com",
  "example.is",
  "notgmail.com",
  "gmail-shop.com",
  "mygmail.com",
  "gmailify.com",
  "agmail.com",
  "g.mail.com",
  "mail.example.com",
  "",
  ".",
  ".com",
  "..",
  "com",
  "gmaid.com",
  "gmail.example.com",
  "gmail.com.example.com",

  "gmail..com",
  "\xff\xfe",
  "a.gmial.com",
  "gmx",
  "mail",
};

static void
test_meant (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (GMAIL); i++)
    {
      g_test_message ("%s", GMAIL[i]);
      g_assert_cmpstr (barua_slip_suggest (GMAIL[i]), ==, "gmail.com");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (GOOGLEMAIL); i++)
    {
      g_test_message ("%s", GOOGLEMAIL[i]);
      g_assert_cmpstr (barua_slip_suggest (GOOGLEMAIL[i]), ==, "googlemail.com");
    }
}

static void
test_somebodys_own (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (NOTHING); i++)
    {
      g_autofree char *shown = g_strescape (NOTHING[i], NULL);

      g_test_message ("%s", shown);
      g_assert_cmpstr (barua_slip_suggest (NOTHING[i]), ==, NULL);
    }
}

static void
test_endless (void)
{
  g_autofree char *name = g_strnfill (1024 * 1024, 'g');

  g_assert_null (barua_slip_suggest (name));
  g_assert_null (barua_slip_suggest_host (name));
  g_assert_null (barua_slip_suggest_host_for (name, BARUA_PROTOCOL_SMTP));
}

typedef struct
{
  const char *host;
  const char *meant;
} Host;

static const Host HOSTS[] = {
  { "imap.google.com", "imap.gmail.com" },
  { "smtp.google.com", "smtp.gmail.com" },
  { "smpt.gmail.com", "smtp.gmail.com" },
  { "stmp.gmail.com", "smtp.gmail.com" },
  { "mail.google.com", "imap.gmail.com" },
  { "mail.gmail.com", "imap.gmail.com" },
  { "gmail.com", "imap.gmail.com" },
  { "googlemail.com", "imap.gmail.com" },
  { "gmial.com", "imap.gmail.com" },
  { "imap.gmial.com", "imap.gmail.com" },
  { "smtp.gmial.com", "smtp.gmail.com" },
  { "imap.gmail.con", "imap.gmail.com" },
  { "impa.gmail.com", "imap.gmail.com" },
  { "imap4.gmail.com", "imap.gmail.com" },
  { "imap.googlemial.com", "imap.gmail.com" },
  { "pop3.gmail.com", "pop.gmail.com" },
  { "pop3.google.com", "pop.gmail.com" },
  { "pop.gmail.co", "pop.gmail.com" },
  { "SMTPS.GMAIL.COM.", "smtp.gmail.com" },
  { " smtp.gmial.com ", "smtp.gmail.com" },
  { "smtpgmail.com", "smtp.gmail.com" },
  { "imap-gmail.com", "imap.gmail.com" },
  { "pop,gmail.com", "pop.gmail.com" },
  { "gmail.google.com", "imap.gmail.com" },
  { "aspmx.l.google.com", "smtp.gmail.com" },
  { "alt1.aspmx.l.google.com", "smtp.gmail.com" },
  { "gmail-smtp-in.l.google.com", "smtp.gmail.com" },
  { "gmail-smtp-msa.l.google.com", "smtp.gmail.com" },
  { "gmail-imap.l.google.com", "imap.gmail.com" },
  { "gmail-pop.l.google.com", "pop.gmail.com" },
  { "imap.gmail.com", NULL },
  { "IMAP.GMAIL.COM.", NULL },
  { "smtp.gmail.com", NULL },
  { "pop.gmail.com", NULL },
  { "imap.googlemail.com", NULL },
  { "smtp.googlemail.com", NULL },
  { "pop.googlemail.com", NULL },
  { "smtp-relay.gmail.com", NULL },
  { "smtp.mail.com", NULL },
  { "imap.mail.yahoo.com", NULL },
  { "imap.example.com", NULL },
  { "mail.example.com", NULL },
  { "smtp.ymail.com", NULL },
  { "www.google.com", NULL },
  { "accounts.google.com", NULL },
  { "calendar.google.com", NULL },
  { "imap.gmail.com.example.com", NULL },
  { "aspmx.l.google.com.example.com", NULL },
  { "smtp.office365.com", NULL },
  { "outlook.office365.com", NULL },
  { "localhost", NULL },
  { "smtp", NULL },
  { "", NULL },
  { "127.0.0.1", NULL },
};

static void
test_hosts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (HOSTS); i++)
    {
      g_test_message ("%s", HOSTS[i].host);
      g_assert_cmpstr (barua_slip_suggest_host (HOSTS[i].host), ==, HOSTS[i].meant);
    }
}

typedef struct
{
  const char *what;
  const char *host;
  BaruaProtocol protocol;
  const char *meant;
} HostFor;

static const HostFor HOSTS_FOR[] = {
  { "right", "smtp.gmail.com", BARUA_PROTOCOL_SMTP, NULL },
  { "right by its other name", "pop.googlemail.com", BARUA_PROTOCOL_POP, NULL },
  { "the relay sends", "smtp-relay.gmail.com", BARUA_PROTOCOL_SMTP, NULL },
  { "and keeps no mail", "smtp-relay.gmail.com", BARUA_PROTOCOL_IMAP, "imap.gmail.com" },
  { "of another protocol", "imap.gmail.com", BARUA_PROTOCOL_SMTP, "smtp.gmail.com" },
  { "the domain alone", "gmail.com", BARUA_PROTOCOL_SMTP, "smtp.gmail.com" },
  { "the web page", "mail.google.com", BARUA_PROTOCOL_POP, "pop.gmail.com" },
  { "a slip and another protocol", "imap.gmial.com", BARUA_PROTOCOL_POP,
    "pop.gmail.com" },
  { "something else", "smtp.example.com", BARUA_PROTOCOL_SMTP, NULL },
};

static void
test_hosts_for (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (HOSTS_FOR); i++)
    {
      const HostFor *row = &HOSTS_FOR[i];

      g_test_message ("%s", row->what);
      g_assert_cmpstr (barua_slip_suggest_host_for (row->host, row->protocol), ==,
                       row->meant);
    }
}

/* What is offered must be right itself. */
static void
test_offers_what_is_known (void)
{
  const BaruaProvider *gmail = barua_known_gmail ();

  g_assert_true (barua_known_provider ("gmail.com") == gmail);
  g_assert_true (barua_known_provider ("googlemail.com") == gmail);
  g_assert_null (barua_known_provider ("google.com"));
  g_assert_null (barua_known_provider ("mail.gmail.com"));
  g_assert_null (barua_known_provider (""));
  g_assert_cmpuint (gmail->n_services, ==, 4);
  for (gsize i = 0; i < gmail->n_services; i++)
    {
      const BaruaService *service = &gmail->services[i];
      gboolean in_the_clear = service->security == BARUA_SECURITY_STARTTLS;

      g_assert_null (barua_slip_suggest_host (service->host));
      g_assert_null (barua_slip_suggest_host_for (service->host, service->protocol));
      g_assert_cmpstr (barua_slip_suggest_host_for ("gmail.com", service->protocol), ==,
                       service->host);
      g_assert_cmpint (in_the_clear, ==, service->port == 587);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/discover/slips/meant", test_meant);
  g_test_add_func ("/discover/slips/somebodys-own", test_somebodys_own);
  g_test_add_func ("/discover/slips/endless", test_endless);
  g_test_add_func ("/discover/slips/hosts", test_hosts);
  g_test_add_func ("/discover/slips/hosts-for", test_hosts_for);
  g_test_add_func ("/discover/slips/known", test_offers_what_is_known);
  return g_test_run ();
}
