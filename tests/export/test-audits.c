#include "config.h"

#include "export/audit.h"
#include "export/exporter.h"
#include "support/export-case.h"
#include "support/files.h"

#include <string.h>

/* What is planted into a right file: @from is taken out of it, @to put in its place;
 * @expected: "key=expected cause" of what must be found. */
typedef struct
{
  const char *description;
  const char *from;
  const char *to;
  const char *expected;
} Fault;

/* One mail program's file in which nothing is wrong, and what can be. */
typedef struct
{
  const char *client;
  const char *name;
  const char *text;
  const Fault *faults;
  gsize n_faults;
} Planted;

static const Fault MSMTP[] = {
  { "a server that is not", "smtp.gmail.com", "smtp.google.com",
    "host=smtp.gmail.com wrong-port" },
  { "Google's MX", "smtp.gmail.com", "gmail-smtp-in.l.google.com",
    "host=smtp.gmail.com direct-delivery-refused" },
  { "port 25", "port 465\ntls_starttls off\n", "port 25\n", "port=587 wrong-port" },
  { "no port", "port 465\ntls_starttls off\n", "", "port=587 wrong-port" },
  { "STARTTLS at 465", "tls_starttls off", "tls_starttls on",
    "tls_starttls=off tls-wrong-mode" },
  { "TLS at 587", "port 465", "port 587", "tls_starttls=on tls-wrong-mode" },
  { "no encryption", "tls on\nport 465\ntls_starttls off\n", "port 587\n",
    "tls=on starttls-missing" },
  { "no encryption at 465", "tls on", "tls off", "tls=on tls-wrong-mode" },
  { "a user name without a domain", "user zoe@gmail.com", "user zoe",
    "user=zoe@gmail.com wrong-username" },
  { "a retired way of signing in", "auth on", "auth cram-md5",
    "auth=on auth-mechanism-mismatch" },
  { "no signing in", "auth on\n", "", "auth=on auth-missing" },
  { "the password in the file", "passwordeval \"cat x\"", "password hunter2",
    "password=(null) app-password-required" },
  { "googlemail.com", "smtp.gmail.com", "smtp.googlemail.com", "" },
  { "587 with STARTTLS", "port 465\ntls_starttls off", "port 587", "" },
  { "a program in between", "smtp.gmail.com", "localhost", "" },
  { "one way of signing in", "auth on", "auth oauthbearer", "" },
};

static const Fault EVOLUTION[] = {
  { "a server that is not", "imap.gmail.com", "imap.google.com",
    "Host=imap.gmail.com wrong-port" },
  { "port and encryption of former days", "Port=993", "Port=143", "Port=993 wrong-port" },
  { "STARTTLS at 993", "ssl-on-alternate-port", "starttls-on-standard-port",
    "Method=ssl-on-alternate-port tls-wrong-mode" },
  { "no encryption", "ssl-on-alternate-port", "none",
    "Method=ssl-on-alternate-port tls-wrong-mode" },
  { "a user name without a domain", "User=Zoe@gmail.com", "User=Zoe",
    "User=Zoe@gmail.com wrong-username" },
  { "a retired way of signing in", "Method=LOGIN", "Method=CRAM-MD5",
    "Method=PLAIN auth-mechanism-mismatch" },
  { "a copy of sent mail at Gmail", "UseSentFolder=false", "UseSentFolder=true",
    "UseSentFolder=false ok" },
  { "a copy that stays here", "UseSentFolder=false\nSentFolder=folder://a/",
    "UseSentFolder=true\nSentFolder=folder://local/", "" },
  { "googlemail.com", "imap.gmail.com", "imap.googlemail.com", "" },
  { "another mail service", "imap.gmail.com\nPort=993\nUser=Zoe@gmail.com",
    "imap.example.org\nPort=143\nUser=zoe", "" },
};

static const Fault EVOLUTION_SENDING[] = {
  { "port 25", "Port=465", "Port=25", "Port=465 wrong-port" },
  { "STARTTLS at 465", "ssl-on-alternate-port", "starttls-on-standard-port",
    "Method=ssl-on-alternate-port tls-wrong-mode" },
  { "TLS at 587", "Port=465", "Port=587",
    "Method=starttls-on-standard-port tls-wrong-mode" },
  { "no signing in", "Method=Google", "Method=none", "Method=PLAIN auth-missing" },
  { "switched off",
    "Enabled=true\r\n[Mail Transport]\r\nBackendName=smtp\r\n[Authentication]\r\n"
    "Host=smtp.gmail.com\r\nPort=465",
    "Enabled=false\r\n[Mail Transport]\r\nBackendName=smtp\r\n[Authentication]\r\n"
    "Host=smtp.gmail.com\r\nPort=25",
    "" },
};

static const Fault GEARY[] = {
  { "a server that is not", "imap.gmail.com", "imap.google.com",
    "host=imap.gmail.com wrong-port" },
  { "IMAP without TLS", "port=993\ntransport_security=transport",
    "port=143\ntransport_security=none",
    "port=993 wrong-port; transport_security=transport tls-wrong-mode" },
  { "TLS at 587", "start-tls", "transport",
    "transport_security=start-tls tls-wrong-mode" },
  { "a user name without a domain", "login=zoe@gmail.com", "login=zoe",
    "login=zoe@gmail.com wrong-username" },
  { "no signing in", "use-incoming", "none", "credentials=use-incoming auth-missing" },
  { "a second copy of sent mail", "save_sent=false", "save_sent=true",
    "save_sent=false ok" },
  { "Geary's own settings for Gmail", "service_provider=other\nsave_sent=false",
    "service_provider=gmail\nsave_sent=true", "" },
};

static const Fault MUTT[] = {
  { "a server that is not", "imap.gmail.com", "imap.google.com",
    "folder=imap.gmail.com wrong-port" },
  { "no encryption", "imaps://imap.gmail.com:993", "imap://imap.gmail.com:143",
    "folder=993 wrong-port; folder=imaps tls-wrong-mode" },
  { "encryption too late", "imaps:", "imap:", "folder=imaps tls-wrong-mode" },
  { "a user name without a domain", "imap_user=zoe@gmail.com", "imap_user=zoe",
    "imap_user=zoe@gmail.com wrong-username" },
  { "no domain in a URL", "zoe%40gmail.com@", "zoe@",
    "smtp_url=zoe@gmail.com wrong-username" },
  { "port 25", "smtps://zoe%40gmail.com@smtp.gmail.com:465",
    "smtp://zoe%40gmail.com@smtp.gmail.com", "smtp_url=587 wrong-port" },
  { "STARTTLS at 465", "smtps://", "smtp://", "smtp_url=smtps tls-wrong-mode" },
  { "TLS at 587", ":465", ":587", "smtp_url=smtp tls-wrong-mode" },
  { "a second copy", "record=\"\"", "record='+[Gmail]/Sent Mail'", "record=(null) ok" },
  { "the password in the file", "`cat x`", "hunter2",
    "imap_pass=(null) app-password-required" },
  { "the password in a URL", "zoe%40gmail.com@", "zoe%40gmail.com:hunter2@",
    "smtp_url=(null) app-password-required" },
  { "a retired way of signing in", "set record",
    "set imap_authenticators=cram-md5 record",
    "imap_authenticators=plain auth-mechanism-mismatch" },
};

static const Fault NEOMUTT[] = {
  { "a server that is not", "pop.gmail.com", "pop3.gmail.com",
    "pop_host=pop.gmail.com wrong-port" },
  { "no encryption",
    "pops:", "pop:", "pop_host=995 wrong-port; pop_host=pops tls-wrong-mode" },
  { "no STARTTLS", "set pop_user", "set ssl_starttls=no pop_user",
    "ssl_starttls=yes starttls-missing" },
};

static const Fault GIT[] = {
  { "a server that is not", "smtp.gmail.com", "smtp.google.com",
    "smtpServer=smtp.gmail.com wrong-port" },
  { "port 25", "587", "25", "smtpServerPort=587 wrong-port" },
  { "no port", "\tsmtpserverport = 587\n", "", "smtpServerPort=587 wrong-port" },
  { "TLS at 587", "= tls", "= ssl", "smtpEncryption=tls tls-wrong-mode" },
  { "no encryption", "\tsmtpEncryption = tls\n", "",
    "smtpEncryption=tls starttls-missing" },
  { "a user name without a domain", "smtpUser = zoe@gmail.com", "smtpUser = zoe",
    "smtpUser=zoe@gmail.com wrong-username" },
  { "a retired way of signing in", "[user]", "[sendemail]\n\tsmtpAuth = CRAM-MD5\n[user]",
    "smtpAuth=PLAIN auth-mechanism-mismatch" },
  { "the password in the file", "\tsmtpUser", "\tsmtpPass = hunter2\n\tsmtpUser",
    "smtpPass=(null) app-password-required" },
};

static const Fault GIT_IDENTITY[] = {
  { "STARTTLS at 465", "= ssl", "= tls", "smtpEncryption=ssl tls-wrong-mode" },
  { "no encryption at 465", "\tsmtpEncryption = ssl\r\n", "",
    "smtpEncryption=ssl tls-wrong-mode" },
};

static const Fault FETCHMAIL[] = {
  { "a server that is not", "imap.gmail.com", "mail.gmail.com",
    "server=imap.gmail.com wrong-port" },
  { "in the clear", " ssl", "", "ssl=ssl tls-wrong-mode" },
  { "never encrypted", " ssl", " sslproto ''", "ssl=ssl tls-wrong-mode" },
  { "port 143", "service 993", "service 143", "service=993 wrong-port" },
  { "no port", " service 993", "", "" },
  { "a user name without a domain", "user 'zoe@gmail.com'", "user zoe",
    "user=zoe@gmail.com wrong-username" },
  { "a retired way of signing in", "auth password", "auth ntlm",
    "auth=password auth-mechanism-mismatch" },
  { "the password in the file", "fetchall", "password 'abcdefghijklmnop'",
    "password=(null) ok" },
  { "POP at IMAP's port and server", "IMAP", "POP3",
    "server=pop.gmail.com wrong-port; service=995 wrong-port" },
  { "with another program in between", "auth password",
    "auth ssh plugin '/usr/bin/barua tunnel imap zoe@gmail.com'", "" },
  { "another mail service", "imap.gmail.com", "imap.example.org",
    "server=imap.gmail.com wrong-server" },
};

static const Fault CLAWS_MAIL[] = {
  { "a server that is not", "imap.gmail.com", "imap.google.com",
    "receive_server=imap.gmail.com wrong-port" },
  { "a server for sending that is not", "smtp.gmail.com", "smtp.google.com",
    "smtp_server=smtp.gmail.com wrong-port" },
  { "port 143 in the clear", "ssl_imap=1\nset_imapport=1\nimap_port=993",
    "ssl_imap=0\nset_imapport=1\nimap_port=143",
    "imap_port=993 wrong-port; ssl_imap=1 tls-wrong-mode" },
  { "its own port in the clear", "ssl_imap=1\nset_imapport=1\nimap_port=993\n", "",
    "ssl_imap=1 tls-wrong-mode" },
  { "its own port", "set_imapport=1\nimap_port=993\n", "", "" },
  { "STARTTLS at 465", "ssl_smtp=1", "ssl_smtp=2", "ssl_smtp=1 tls-wrong-mode" },
  { "TLS at 587", "smtp_port=465", "smtp_port=587", "ssl_smtp=2 tls-wrong-mode" },
  { "STARTTLS at 587", "ssl_smtp=1\nset_smtpport=1\nsmtp_port=465",
    "ssl_smtp=2\nset_smtpport=1\nsmtp_port=587", "" },
  { "a user name without a domain", "user_id=zoe@gmail.com", "user_id=zoe",
    "user_id=zoe@gmail.com wrong-username" },
  { "a retired way of signing in", "imap_auth_method=0", "imap_auth_method=2",
    "imap_auth_method=0 auth-mechanism-mismatch" },
  { "one that is not", "imap_auth_method=0", "imap_auth_method=64", "" },
  { "no signing in", "use_smtp_auth=1\n", "", "use_smtp_auth=1 auth-missing" },
  { "a copy of sent mail at Gmail", "[Account: 2]",
    "set_sent_folder=1\nsent_folder=#imap/Gmail/Sent\n[Account: 2]",
    "sent_folder=(null) ok" },
  { "a copy that stays here", "[Account: 2]",
    "set_sent_folder=1\nsent_folder=#mh/Mailbox/sent\n[Account: 2]", "" },
  { "with another program in between", "receive_server=imap.gmail.com\nssl_imap=1",
    "receive_server=imap.gmail.com\nset_tunnelcmd=1\nssl_imap=0", "" },
};

static const Planted PLANTED[] = {
  { "claws-mail", ".claws-mail/accountrc",
    "[Account: 1]\nconfig_version=4\naddress=zoe@gmail.com\nprotocol=1\n"
    "receive_server=imap.gmail.com\nssl_imap=1\nset_imapport=1\nimap_port=993\n"
    "imap_auth_method=0\nsmtp_server=smtp.gmail.com\nssl_smtp=1\nset_smtpport=1\n"
    "smtp_port=465\nuse_smtp_auth=1\nuser_id=zoe@gmail.com\n"
    "[Account: 2]\nconfig_version=4\nprotocol=0\nreceive_server=pop.example.org\n"
    "user_id=juma\n",
    CLAWS_MAIL, G_N_ELEMENTS (CLAWS_MAIL) },
  { "fetchmail", ".fetchmailrc",
    "# mine\nset daemon 300\n"
    "poll imap.gmail.com protocol IMAP service 993 auth password\n"
    "  user 'zoe@gmail.com' there is 'zoe' here ssl fetchall\n"
    "poll mail.example.org protocol POP3 user juma password x\n",
    FETCHMAIL, G_N_ELEMENTS (FETCHMAIL) },
  { "mutt", ".muttrc",
    "set realname=\"Zoe\" from=zoe@gmail.com\nset imap_user=zoe@gmail.com\n"
    "set folder=imaps://imap.gmail.com:993/\nset spoolfile=\"+INBOX\"\n"
    "set record=\"\"\nset imap_pass=\"`cat x`\"\n"
    "set smtp_url='smtps://zoe%40gmail.com@smtp.gmail.com:465/'\n"
    "set smtp_pass=$imap_pass\n",
    MUTT, G_N_ELEMENTS (MUTT) },
  { "neomutt", ".config/neomutt/neomuttrc",
    "set pop_user = zoe@gmail.com\nset pop_host = pops://pop.gmail.com/\n"
    "set smtp_url = \"smtp://zoe@gmail.com@smtp.googlemail.com:587/\"\n",
    NEOMUTT, G_N_ELEMENTS (NEOMUTT) },
  { "git", ".gitconfig",
    "[user]\n\tname = Zoe\n[sendemail]\n\tsmtpServer = smtp.gmail.com\n"
    "\tsmtpserverport = 587\n\tsmtpEncryption = tls\n"
    "\tsmtpUser = zoe@gmail.com\n\tfrom = Zoe <zoe@gmail.com>\n"
    "[sendemail \"firm\"]\n\tsmtpServer = mail.example.org\n\tsmtpPass = x\n",
    GIT, G_N_ELEMENTS (GIT) },
  { "git", ".config/git/config",
    "[sendemail \"g\"]\r\n\tsmtpServer = smtp.gmail.com\r\n"
    "\tsmtpEncryption = ssl\r\n\tsmtpServerPort = 465\r\n"
    "\tsmtpUser = zoe@gmail.com\r\n",
    GIT_IDENTITY, G_N_ELEMENTS (GIT_IDENTITY) },
  { "msmtp", ".msmtprc",
    "# mine\naccount gmail\nhost smtp.gmail.com\ntls on\nport 465\ntls_starttls off\n"
    "auth on\nfrom zoe@gmail.com\nuser zoe@gmail.com\npasswordeval \"cat x\"\n"
    "\naccount firm\nhost mail.example.org\nuser zoe\nport 25\n",
    MSMTP, G_N_ELEMENTS (MSMTP) },
  { "evolution", ".config/evolution/sources/a.source",
    "[Data Source]\nEnabled=true\nParent=\n\n[Mail Account]\nBackendName=imapx\n"
    "IdentityUid=a\n\n[Authentication]\nHost=imap.gmail.com\nPort=993\n"
    "User=Zoe@gmail.com\nMethod=LOGIN\n\n[Security]\n"
    "Method=ssl-on-alternate-port\n\n[Mail Identity]\nAddress=Zoe@gmail.com\n\n"
    "[Mail Submission]\nUseSentFolder=false\n"
    "SentFolder=folder://a/%5BGmail%5D/Sent%20Mail\n",
    EVOLUTION, G_N_ELEMENTS (EVOLUTION) },
  { "evolution", ".config/evolution/sources/b.source",
    "[Data Source]\r\nEnabled=true\r\n[Mail Transport]\r\nBackendName=smtp\r\n"
    "[Authentication]\r\nHost=smtp.gmail.com\r\nPort=465\r\n"
    "User=zoe@gmail.com\r\nMethod=Google\r\n[Security]\r\n"
    "Method=ssl-on-alternate-port\r\n",
    EVOLUTION_SENDING, G_N_ELEMENTS (EVOLUTION_SENDING) },
  { "geary", ".config/geary/account_01/geary.ini",
    "[Metadata]\nstatus=enabled\n\n[Account]\nservice_provider=other\n"
    "save_sent=false\n\n[Incoming]\nlogin=zoe@gmail.com\nhost=imap.gmail.com\n"
    "port=993\ntransport_security=transport\ncredentials=custom\n\n[Outgoing]\n"
    "login=zoe\nhost=smtp.gmail.com\nport=587\ntransport_security=start-tls\n"
    "credentials=use-incoming\n",
    GEARY, G_N_ELEMENTS (GEARY) },
};

static char *
plant (const char *text, const char *from, const char *to)
{
  const char *at = strstr (text, from);
  g_autofree char *head = NULL;

  g_assert_nonnull (at);
  head = g_strndup (text, (gsize) (at - text));
  return g_strconcat (head, to, at + strlen (from), NULL);
}

static GPtrArray *
audit (const Planted *set, const BaruaHome *home)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func ((GDestroyNotify) barua_fault_free);
  const BaruaExporter *exporter = barua_exporter_find (set->client);

  g_assert_nonnull (exporter);
  g_assert_nonnull (exporter->audit);
  exporter->audit (home, faults);
  return faults;
}

static char *
describe (const GPtrArray *faults)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < faults->len; i++)
    {
      const BaruaFault *fault = faults->pdata[i];

      g_string_append_printf (out, "%s%s=%s %s", i > 0 ? "; " : "", fault->key,
                              fault->expected != NULL ? fault->expected : "(null)",
                              fault->cause);
    }
  return g_string_free (out, FALSE);
}

/* A fault points at what it speaks of. */
static void
check_places (const GPtrArray *faults, const char *path, const char *text)
{
  gsize length = strlen (text);

  for (guint i = 0; i < faults->len; i++)
    {
      const BaruaFault *fault = faults->pdata[i];
      guint line = 1;

      g_assert_cmpstr (fault->file, ==, path);
      g_assert_cmpuint (strlen (fault->why), >, 0);
      if (fault->line == 0)
        continue;
      g_assert_cmpuint (fault->offset, <=, length);
      g_assert_cmpuint (fault->length, <=, length - fault->offset);
      for (gsize at = 0; at < fault->offset; at++)
        line += text[at] == '\n';
      g_assert_cmpuint (fault->line, ==, line);
    }
}

/* What can be mended is right afterwards, and nothing else is wrong then. */
static void
check_mending (const Planted *set, const BaruaHome *home, const GPtrArray *faults)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaPlan) plan = barua_audit_plan (set->client, faults, home, &error);
  g_autoptr (GPtrArray) left = NULL;
  g_autofree char *shown = NULL;

  g_assert_no_error (error);
  test_plan_carry_out (plan);
  left = audit (set, home);
  shown = describe (left);
  for (guint i = 0; i < left->len; i++)
    if (((const BaruaFault *) left->pdata[i])->fixable)
      g_test_message ("left: %s", shown);
  for (guint i = 0; i < left->len; i++)
    g_assert_false (((const BaruaFault *) left->pdata[i])->fixable);
}

static void
check_planted (const Planted *set, const char *text, const char *expected)
{
  BaruaHome *home = test_home_copy (NULL, NULL);
  g_autofree char *path = barua_home_dup_path (home, set->name);
  g_autoptr (GPtrArray) faults = NULL;
  g_autofree char *found = NULL;

  test_files_put (home->home, set->name, text, 0600);
  faults = audit (set, home);
  found = describe (faults);
  g_assert_cmpstr (found, ==, expected);
  check_places (faults, path, text);
  check_mending (set, home, faults);
  test_home_remove (home);
}

static void
test_planted (gconstpointer data)
{
  const Planted *set = data;

  check_planted (set, set->text, "");
  for (gsize i = 0; i < set->n_faults; i++)
    {
      const Fault *fault = &set->faults[i];
      g_autofree char *text = plant (set->text, fault->from, fault->to);

      g_test_message ("%s: %s", set->client, fault->description);
      check_planted (set, text, fault->expected);
    }
}

static void
test_enough (void)
{
  guint wrong = 0;
  guint right = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (PLANTED); i++)
    for (gsize j = 0; j < PLANTED[i].n_faults; j++)
      {
        wrong += *PLANTED[i].faults[j].expected != '\0';
        right += *PLANTED[i].faults[j].expected == '\0';
      }
  g_test_message ("%u wrong, %u near misses", wrong, right);
  g_assert_cmpuint (wrong, >=, 40);
  g_assert_cmpuint (right, >=, 10);
}

int
main (int argc, char *argv[])
{
  test_export_case_init (&argc, &argv);
  g_test_add_func ("/export/audits/enough", test_enough);
  for (gsize i = 0; i < G_N_ELEMENTS (PLANTED); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/export/audits/%s/%" G_GSIZE_FORMAT, PLANTED[i].client, i);

      g_test_add_data_func (path, &PLANTED[i], test_planted);
    }
  return g_test_run ();
}
