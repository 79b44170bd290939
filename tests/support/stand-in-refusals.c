#include "config.h"

#include "support/stand-in.h"

/*
 * Real codes, slugs and response codes, as Google documents them or as transcripts of the
 * last years show them; the sentences around them are only alike, as nobody may rely on
 * them.
 */
static const StandInRefusal refusals[] = {
  { "bad-credentials",
    "535-5.7.8 Username and Password not accepted. For more information, go to\n"
    "535 5.7.8  https://support.google.com/mail/?p=BadCredentials",
    "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
    "-ERR [AUTH] Username and password not accepted." },
  { "second-factor",
    "534-5.7.9 Application-specific password required. For more information, go to\n"
    "534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor",
    "NO [ALERT] Application-specific password required: "
    "https://support.google.com/accounts/answer/185833 (Failure)",
    "-ERR [AUTH] Application-specific password required: "
    "https://support.google.com/accounts/answer/185833" },
  { "web-login",
    "534-5.7.9 Please log in with your web browser and then try again. For more\n"
    "534-5.7.9 information, go to\n"
    "534 5.7.9  https://support.google.com/mail/?p=WebLoginRequired",
    "NO [WEBALERT https://accounts.google.com/signin/continue?scc=1&plt=room] "
    "Web login required.",
    "-ERR [AUTH] Web login required: https://support.google.com/mail/answer/78754" },
  { "web-login-old",
    "534-5.7.14 <https://accounts.google.com/signin/continue?plt=room>\n"
    "534-5.7.14 Please log in via your web browser and then try again.\n"
    "534-5.7.14  Learn more at\n"
    "534 5.7.14  https://support.google.com/mail/answer/78754",
    "NO [ALERT] Please log in via your web browser: "
    "https://support.google.com/mail/accounts/answer/78754 (Failure)",
    "-ERR [AUTH] Web login required: https://support.google.com/mail/answer/78754" },
  { "too-many-attempts",
    "454-4.7.0 Too many login attempts, please try again later. For more information,\n"
    "454 4.7.0  go to https://support.google.com/mail/answer/7126229",
    "NO [ALERT] Too many login attempts, please try again later (Failure)",
    "-ERR [SYS/TEMP] Too many login attempts, please try again later." },
  { "too-many-connections", "421 4.7.0 Too many simultaneous connections.",
    "NO [ALERT] Too many simultaneous connections. (Failure)",
    "-ERR [SYS/TEMP] Too many simultaneous connections." },
  { "temporary",
    "454 4.7.0 Cannot authenticate due to temporary system problem. Try again later.",
    "NO [UNAVAILABLE] Temporary System Error (Failure)",
    "-ERR [SYS/TEMP] Temporary system problem. Please try again later." },
  { "domain-disabled",
    "535-5.7.8 Username and Password not accepted. For more information, go to\n"
    "535 5.7.8  https://support.google.com/mail/?p=BadCredentials",
    "NO [ALERT] IMAP access is disabled for your domain. Please contact your domain "
    "administrator for questions about this feature. (Failure)",
    "-ERR [SYS/PERM] POP access is disabled for your domain. Please contact your domain "
    "administrator for questions about this feature." },
  { "imap-disabled", NULL,
    "NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail "
    "settings page and enable your account for IMAP access. (Failure)",
    NULL },
  { "pop-disabled", NULL, NULL,
    "-ERR [SYS/PERM] Your account is not enabled for POP access. Please visit your Gmail "
    "settings page and enable your account for POP access.",
    TRUE },
  { "child", NULL, "NO [ALERT] IMAP access is not allowed for this account.", NULL },
  { "account-disabled",
    "535-5.7.8 Account has been disabled. For more information, go to\n"
    "535 5.7.8  https://support.google.com/mail/?p=DisabledUser",
    "NO [ALERT] Account disabled (Failure)",
    "-ERR [AUTH] Username and password not accepted." },
  { "bandwidth", "421 4.7.0 Account exceeded bandwidth limits. Try again later.",
    "NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)",
    "-ERR [SYS/TEMP] Account exceeded POP command or bandwidth limits." },
  { "bad-sasl", "501 5.5.2 Cannot Decode response", "BAD Invalid SASL argument",
    "-ERR malformed command" },
  { "unknown-words", "599 9.9.9 The moon is in the wrong quarter",
    "NO The moon is in the wrong quarter", "-ERR The moon is in the wrong quarter" },
  /* For MAIL, RCPT and DATA. */
  { "daily-limit",
    "550-5.4.5 Daily user sending limit exceeded. For more information on Gmail\n"
    "550-5.4.5 sending limits go to\n"
    "550 5.4.5  https://support.google.com/a/answer/166852" },
  { "relay-denied", "550-5.7.0 Mail relay denied. For more information, go to\n"
                    "550 5.7.0  https://support.google.com/a/answer/6140680" },
  { "sending-denied", "550 5.7.0 Mail sending denied." },
  { "rate-limited",
    "450-4.2.1 The user you are trying to contact is receiving mail too quickly.\n"
    "450 4.2.1  https://support.google.com/mail/?p=ReceivingRate" },
  { "want-auth", "530-5.7.0 Authentication Required. For more information, go to\n"
                 "530 5.7.0  https://support.google.com/mail/?p=WantAuthError" },
  { "mailbox-full",
    "452-4.2.2 The recipient's inbox is out of storage space. Please direct the\n"
    "452-4.2.2 recipient to\n"
    "452 4.2.2  https://support.google.com/mail/?p=OverQuotaTemp" },
  { "no-such-user",
    "550-5.1.1 The email account that you tried to reach does not exist. Please try\n"
    "550 5.1.1  https://support.google.com/mail/?p=NoSuchUser" },
  { "recipient-disabled",
    "550-5.2.1 The email account that you tried to reach is inactive. For more\n"
    "550 5.2.1 information, go to https://support.google.com/mail/?p=DisabledUser" },
  { "bad-recipient", "553-5.1.3 The recipient address is not a valid RFC 5321 address.\n"
                     "553 5.1.3  https://support.google.com/a/answer/3221692" },
  { "syntax",
    "555-5.5.2 Syntax error, cannot decode response. For more information, go to\n"
    "555 5.5.2  https://support.google.com/a/answer/3221692" },
  { "system-problem", "421 4.3.0 Temporary System Problem. Try again later." },
  { "spam",
    "550-5.7.1 Our system has detected that this message is likely unsolicited mail.\n"
    "550 5.7.1  https://support.google.com/mail/?p=UnsolicitedMessageError" },
  { "blocked",
    "552-5.7.0 This message was blocked because its content presents a potential\n"
    "552-5.7.0 security issue. To review our message content and attachment content\n"
    "552 5.7.0 guidelines, go to https://support.google.com/mail/?p=BlockedMessage" },
  { "too-large",
    "552-5.3.4 Your message exceeded Google's message size limits. To view our message\n"
    "552 5.3.4 size guidelines, go to https://support.google.com/mail/?p=MaxSizeError" },
};

const StandInRefusal *
refusal_find (const char *name)
{
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (refusals); i++)
    if (g_str_equal (refusals[i].name, name))
      return &refusals[i];
  return NULL;
}

void
refusals_list (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    g_print ("  %s\n", refusals[i].name);
}
