#include "config.h"

#include "diagnose/causes-tables.h"

#include <glib/gi18n.h>

static const BaruaCause CAUSES[] = {
  {
    .id = "tls-intercepted",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 880,
    .title = N_ ("A program or firm reads along on the way to Google"),
    .explanation =
      N_ ("The connection should be sealed between you and Google. Here something in "
          "between has opened the seal and put on its own: most often a virus scanner on "
          "this computer, or the firewall of a workplace or school. Your mail program is "
          "right not to go on."),
    .named =
      /* Translators: %s is the name on the certificate, such as "Avast Web/Mail Shield
         Root". */
      N_ ("The connection should be sealed between you and Google. Here “%s” has opened the "
          "seal and put on its own: most often that is a virus scanner on this computer, or "
          "the firewall of a workplace or school. Your mail program is right not to go "
          "on."),
    .steps = {
      { N_ ("If it is a virus scanner on this computer, tell it to leave encrypted mail "
            "connections alone; messages are still checked when you open them.") },
      { N_ ("At work or school, ask the people who run the network to leave imap.gmail.com, "
            "pop.gmail.com and smtp.gmail.com out of their inspection.") },
      { N_ ("If you know of no virus scanner and no firewall here, use another network, "
            "and type no password on this one.") },
    },
  },
  {
    .id = "tls-untrusted",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 850,
    .title = N_ ("The server’s identity could not be confirmed"),
    .explanation =
      N_ ("Every mail server shows a certificate, a kind of passport. This computer does not "
          "know the authority that issued the one it was shown: its list of known "
          "authorities may be missing or old, or the server is not really Google’s."),
    .named =
      /* Translators: %s is the name of whoever issued the certificate. */
      N_ ("Every mail server shows a certificate, a kind of passport. This computer does not "
          "know “%s”, who issued the one it was shown: its list of known authorities may be "
          "missing or old, or the server is not really Google’s."),
    .steps = {
      { N_ ("Update your system, so that its list of authorities (the package "
            "“ca-certificates”) is fresh.") },
      { N_ ("If the mail program has a setting for a certificate file, let it use the "
            "system’s list."), NULL, BARUA_STEP_PASTED },
      { N_ ("Run Barua’s check: it shows who issued the certificate."),
        NULL, BARUA_STEP_PASTED },
      { N_ ("Do not accept the certificate by hand: whoever is behind it could read your "
            "password.") },
    },
  },
  {
    .id = "tls-hostname",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 870,
    .title = N_ ("The server’s certificate is made out to another name"),
    .explanation =
      N_ ("The server that answered shows a certificate, a kind of passport, with a name on "
          "it that is not the one asked for. Either the server name in the settings is not "
          "one of Gmail’s, or something else than Gmail answers."),
    .named =
      /* Translators: %s is the name on the certificate, such as *.hosting.example. */
      N_ ("The server that answered shows a certificate, a kind of passport, made out to "
          "“%s”. That is not the name asked for: either the server name in the settings is "
          "not one of Gmail’s, or something else than Gmail answers."),
    .steps = {
      { N_ ("Set the server names exactly: smtp.gmail.com for sending, imap.gmail.com or "
            "pop.gmail.com for receiving; no number in place of the name."),
        "https://support.google.com/mail/answer/7126229", BARUA_STEP_PASTED },
      { N_ ("If they are right already, ask your network’s or web host’s support whether "
            "they redirect mail connections."), NULL, BARUA_STEP_PASTED },
      { N_ ("If the names are right already, ask your network’s or web host’s support "
            "whether they redirect outgoing mail."), NULL, BARUA_STEP_CHECKED },
      { N_ ("Do not accept the certificate by hand: whoever is behind it could read your "
            "password.") },
    },
  },
  {
    .id = "tls-expired",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 860,
    .title = N_ ("The certificate that was shown is out of date"),
    .explanation =
      N_ ("A certificate, a server’s passport, is valid for some months only. The one that "
          "was shown is not valid today. Google renews its own in good time, so either this "
          "computer’s date is wrong, or something in between shows an old one."),
    .named =
      /* Translators: %s is the name on the certificate, or of whoever issued it. */
      N_ ("A certificate, a server’s passport, is valid for some months only. That of “%s” "
          "is not valid today. Google renews its own in good time, so either this "
          "computer’s date is wrong, or something in between shows an old one."),
    .steps = {
      { N_ ("Look at the date and time of this computer, the year too, and let it set them "
            "by itself.") },
      { N_ ("Look whether a virus scanner or a firewall checks mail connections; if so, "
            "update it.") },
      { N_ ("Do not accept the certificate by hand.") },
    },
  },
  {
    .id = "clock-wrong",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 890,
    .title = N_ ("This computer’s date or time is wrong"),
    .explanation =
      N_ ("Certificates, the passports of servers, are valid from one day to another. Since "
          "this computer’s clock is off, Google’s certificates look as if they were not "
          "valid yet, or no longer."),
    .steps = {
      { N_ ("Open the system’s settings, go to date and time, and switch on the automatic "
            "setting.") },
      { N_ ("If the clock is wrong again after each start, the small battery inside the "
            "computer may be empty.") },
      { N_ ("Check your mail again.") },
    },
  },
  {
    .id = "tls-handshake",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 820,
    .title = N_ ("The two sides could not agree on an encryption"),
    .explanation =
      N_ ("Google asks for encryption of today (TLS 1.2 or newer). The mail program, or "
          "something between it and Google, could not agree on it. Old programs and old "
          "systems are the usual reason."),
    .steps = {
      { N_ ("Update the mail program and the system.") },
      { N_ ("If the program lets you choose the encryption’s version, choose the automatic "
            "setting, or TLS 1.2 and newer."), NULL, BARUA_STEP_PASTED },
      { N_ ("Run Barua’s check: it tells whether this computer itself gets through."),
        NULL, BARUA_STEP_PASTED },
      { N_ ("Look whether a firewall, a virus scanner or a VPN stands in between."), NULL,
        BARUA_STEP_CHECKED },
      { N_ ("Try another network, such as a phone’s hotspot."),
        NULL, BARUA_STEP_CHECKED },
    },
  },
  {
    .id = "tls-wrong-mode",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 840,
    .title = N_ ("Port and encryption do not fit together"),
    .explanation =
      N_ ("Some ports are encrypted from the first moment (TLS: 465, 993, 995), and one "
          "begins in the clear and switches over (STARTTLS: 587). The mail program used one "
          "way at a port for the other, so the two sides do not understand each other."),
    .steps = {
      { N_ ("For sending, set port 465 with “TLS” (also called SSL), or port 587 with "
            "“STARTTLS”."),
        "https://support.google.com/mail/answer/7126229", BARUA_STEP_PASTED },
      { N_ ("For receiving, set port 993 (IMAP) or 995 (POP) with “TLS” (also called "
            "SSL)."), NULL, BARUA_STEP_PASTED },
      { N_ ("Look whether a firewall, a virus scanner or a VPN stands in between."), NULL,
        BARUA_STEP_CHECKED },
      { N_ ("Try another network, such as a phone’s hotspot."),
        NULL, BARUA_STEP_CHECKED },
    },
  },
  {
    .id = "tls-no-sni",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 875,
    .title = N_ ("The mail program does not say which server it wants"),
    .explanation =
      N_ ("Many servers share one address at Google, so a program has to say which one it "
          "wants (this is called SNI). This one does not, because it is too old or because "
          "a number stands in its settings in place of the name. Google then shows a "
          "certificate that nobody can trust, on purpose."),
    .steps = {
      { N_ ("Make sure that a server name stands in the settings, such as imap.gmail.com, "
            "and not a number.") },
      { N_ ("Update the mail program, and the library that it uses for encryption.") },
      { N_ ("If there is no newer version, use another mail program; do not accept the "
            "certificate.") },
    },
  },
  {
    .id = "starttls-missing",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 660,
    .title = N_ ("The mail program did not switch on encryption"),
    .explanation =
      N_ ("At port 587 the conversation begins in the clear, and the program has to switch "
          "over to encryption (STARTTLS) before it signs in or sends. It did not, and Google "
          "takes no mail that way."),
    .steps = {
      { N_ ("In the settings for sending, choose “STARTTLS” for port 587, or “TLS” (also "
            "called SSL) with port 465."),
        "https://support.google.com/mail/answer/7126229" },
      { N_ ("If the program has no such choice, it was installed without its encryption "
            "part: install that, or use another program.") },
    },
  },
  {
    .id = "starttls-stripped",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 885,
    .title = N_ ("Something on the way takes the encryption away"),
    .explanation =
      N_ ("At port 587 Google always offers to switch over to encryption (STARTTLS). The "
          "offer did not arrive here, or the switch was refused. A firewall, a virus "
          "scanner or the network itself tampers with the connection, so that it would "
          "stay readable."),
    .steps = {
      { N_ ("For sending, use port 465 with “TLS” (also called SSL): it is encrypted from "
            "the first moment."),
        "https://support.google.com/mail/answer/7126229", BARUA_STEP_PASTED },
      { N_ ("If a firewall or a virus scanner checks mail connections, tell it to leave them "
            "alone.") },
      { N_ ("Type no password as long as the connection is not encrypted; use another "
            "network if you have to.") },
    },
  },
};

const BaruaCause *
barua_causes_tls (gsize *n_causes)
{
  *n_causes = G_N_ELEMENTS (CAUSES);
  return CAUSES;
}
