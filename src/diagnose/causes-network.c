#include "config.h"

#include "diagnose/causes-tables.h"

#include <glib/gi18n.h>

static const BaruaCause CAUSES[] = {
  {
    .id = "no-network",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 990,
    .title = N_ ("This computer is not connected to the internet"),
    .explanation =
      N_ ("There is no way out of this computer to the internet at the moment, so nothing "
          "can be said about your mail yet. Your account and its settings may well be "
          "fine."),
    .steps = {
      { N_ ("Check that Wi-Fi is on, or that the network cable is plugged in.") },
      { N_ ("Open any web page to see whether the internet can be reached.") },
      { N_ ("If you use a VPN, switch it off and on again.") },
      { N_ ("When web pages open again, check your mail once more.") },
    },
  },
  {
    .id = "captive-portal",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 980,
    .title = N_ ("This network wants you to sign in first"),
    .explanation =
      N_ ("As in many hotels, cafés and trains, a sign-in page answers here in place of "
          "the internet. Mail gets through once you have signed in to the network."),
    .named =
      /* Translators: %s is the name of the computer that shows the sign-in page. */
      N_ ("As in many hotels, cafés and trains, a sign-in page (%s) answers here in place "
          "of the internet. Mail gets through once you have signed in to the network."),
    .steps = {
      { N_ ("Open a web browser and go to any page; the network’s sign-in page appears.") },
      { N_ ("Sign in there, or accept the network’s terms.") },
      { N_ ("Check your mail again.") },
    },
  },
  {
    .id = "dns-failure",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 960,
    .title = N_ ("The names of Google’s mail servers cannot be found"),
    .explanation =
      N_ ("Before a mail program can talk to a server it asks the network where that server "
          "is. It got no answer. Most often the internet connection is down or has just "
          "come back; sometimes the server’s name is misspelt."),
    .named =
      /* Translators: %s is the name of a server, such as smtp.gmail.com. */
      N_ ("Before a mail program can talk to a server it asks the network where that server "
          "is. It asked for “%s” and got no answer. Most often the internet connection is "
          "down or has just come back; sometimes the name is misspelt."),
    .steps = {
      { N_ ("Open any web page to see whether the internet can be reached.") },
      { N_ ("Check the spelling: smtp.gmail.com for sending, imap.gmail.com or "
            "pop.gmail.com for receiving, with nothing before or after."),
        NULL, BARUA_STEP_PASTED },
      { N_ ("Restart your router, or reconnect to the network.") },
      { N_ ("If other names cannot be found either, choose another name server (DNS) in "
            "your network settings.") },
    },
  },
  {
    .id = "ipv6-broken",
    .severity = BARUA_SEVERITY_WARNING,
    .gravity = 300,
    .title = N_ ("One of the two roads to the internet is broken"),
    .explanation =
      N_ ("The internet has an old kind of address (IPv4) and a new one (IPv6). On this "
          "network IPv6 seems to be switched on, but nothing comes back over it. Programs "
          "that try it first hang for a while before they fetch your mail, or give up."),
    .steps = {
      { N_ ("Restart your router; this often brings IPv6 back.") },
      { N_ ("If you use a VPN, look in its settings whether it carries IPv6.") },
      { N_ ("If it stays that way, tell your internet provider that IPv6 does not work, or "
            "switch IPv6 off for this network in your network settings.") },
    },
  },
  {
    .id = "port-blocked",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 940,
    .title = N_ ("Something on the way blocks mail connections"),
    .explanation =
      N_ ("Google’s servers are up, but the doors (ports) that mail uses are closed on the "
          "way to them: by a firewall on this computer or in the router, by a VPN, or by "
          "the internet provider. Many providers close port 25 for everybody."),
    .named =
      /* Translators: %s is a server and its port, such as smtp.gmail.com:587. */
      N_ ("Connections to %s do not get through. The door (port) is closed on the way: by a "
          "firewall on this computer or in the router, by a VPN, or by the internet "
          "provider. Many providers close port 25 for everybody."),
    .steps = {
      { N_ ("For sending, use smtp.gmail.com with port 465 (TLS) or 587 (STARTTLS), and "
            "never port 25."), NULL, BARUA_STEP_PASTED },
      { N_ ("Try another network, such as a phone’s hotspot: if mail works there, the block "
            "is in your usual network.") },
      { N_ ("Look whether a firewall or a VPN on this computer keeps the ports 465, 587, "
            "993 and 995 closed, and allow them there.") },
      { N_ ("Ask whoever runs your network, or your internet provider, to open these "
            "ports.") },
    },
  },
  {
    .id = "connection-refused",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 930,
    .title = N_ ("The connection was refused"),
    .explanation =
      N_ ("Something answered, and it said at once that nobody takes mail there. Google’s "
          "servers do not do that on their mail ports: either the server name or the port "
          "in the settings is wrong, or a firewall refuses the connection."),
    .named =
      /* Translators: %s is the name of a server, such as smtp.gmail.com. */
      N_ ("%s refused the connection at once. Google’s servers do not do that on their mail "
          "ports: either the server name or the port in the settings is wrong, or a "
          "firewall refuses the connection."),
    .steps = {
      { N_ ("Check the settings: smtp.gmail.com with port 465 or 587, imap.gmail.com with "
            "port 993, pop.gmail.com with port 995."),
        "https://support.google.com/mail/answer/7126229", BARUA_STEP_PASTED },
      { N_ ("Look whether a firewall, a virus scanner or a VPN stands in between.") },
      { N_ ("Try another network, such as a phone’s hotspot.") },
    },
  },
  {
    .id = "connection-timeout",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 920,
    .title = N_ ("The server did not answer in time"),
    .explanation =
      N_ ("The mail program knocked and waited, but no answer came. The connection may be "
          "very slow, something on the way may swallow it, or the port in the settings is "
          "one that Google does not serve."),
    .named =
      /* Translators: %s is the name of a server, such as smtp.gmail.com. */
      N_ ("The mail program knocked at %s and waited, but no answer came. The connection "
          "may be very slow, something on the way may swallow it, or the port in the "
          "settings is one that Google does not serve."),
    .steps = {
      { N_ ("Open any web page to see whether the internet can be reached.") },
      { N_ ("Check the settings: smtp.gmail.com with port 465 or 587, imap.gmail.com with "
            "port 993, pop.gmail.com with port 995."),
        "https://support.google.com/mail/answer/7126229", BARUA_STEP_PASTED },
      { N_ ("Run Barua’s check: it tries every port and both kinds of internet address, and "
            "finds out which of them is blocked."), NULL, BARUA_STEP_PASTED },
      { N_ ("Look whether a firewall, a virus scanner or a VPN stands in between."), NULL,
        BARUA_STEP_CHECKED },
      { N_ ("Try another network, such as a phone’s hotspot."),
        NULL, BARUA_STEP_CHECKED },
    },
  },
  {
    .id = "connection-closed",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 700,
    .title = N_ ("The connection was closed in the middle"),
    .explanation =
      N_ ("The connection had been made and then ended without a proper goodbye. Google "
          "does this now and then: after an hour with a sign-in by browser, after a day "
          "otherwise, or when too much goes on at once. If mail works when you try again, "
          "nothing is wrong."),
    .steps = {
      { N_ ("Try again: mail programs normally reconnect by themselves.") },
      { N_ ("If it happens every time, restart the mail program and look whether a firewall "
            "or a virus scanner checks mail connections.") },
      { N_ ("Run Barua’s check to see at which step the connection ends."),
        NULL, BARUA_STEP_PASTED },
    },
  },
  {
    .id = "wrong-server",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 950,
    .title = N_ ("Another server than Gmail’s answers"),
    .explanation =
      N_ ("The mail program does not talk to Gmail’s servers at all: the server name in its "
          "settings is not one of Gmail’s, or a firm in between (often a web host) leads "
          "mail connections to a server of its own. Your password does not belong "
          "there."),
    .named =
      /* Translators: %s is the name of the server that answers in place of Gmail. */
      N_ ("The mail program does not talk to Gmail’s servers, but to “%s”: the server name "
          "in its settings is not one of Gmail’s, or a firm in between (often a web host) "
          "leads mail connections to a server of its own. Your password does not belong "
          "there."),
    .steps = {
      { N_ ("Set the servers to smtp.gmail.com for sending and to imap.gmail.com or "
            "pop.gmail.com for receiving; names that end in google.com are not right "
            "here."),
        "https://support.google.com/mail/answer/7126229", BARUA_STEP_PASTED },
      { N_ ("If the names are right already, ask your network’s or web host’s support "
            "whether they redirect outgoing mail.") },
      { N_ ("Until that is settled, use another network, and do not type your password for "
            "this server.") },
    },
  },
  {
    .id = "wrong-port",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 945,
    .title = N_ ("The server or port in the settings is not one of Gmail’s"),
    .explanation =
      N_ ("Gmail takes mail connections at a few doors (ports) only. The mail program’s "
          "settings name another one, and nobody answers there."),
    .named =
      /* Translators: %s is a server and its port, such as imap.gmail.com:143. */
      N_ ("Gmail takes mail connections at a few doors (ports) only. The mail program’s "
          "settings name %s, and nobody answers there."),
    .steps = {
      { N_ ("For receiving, set imap.gmail.com with port 993, or pop.gmail.com with port "
            "995, each with TLS."),
        "https://support.google.com/mail/answer/7126229" },
      { N_ ("For sending, set smtp.gmail.com with port 465 and TLS, or with port 587 and "
            "STARTTLS.") },
    },
  },
  {
    .id = "direct-delivery-refused",
    .severity = BARUA_SEVERITY_ERROR,
    .gravity = 480,
    .title = N_ ("The mail was carried to the wrong server at Google"),
    .explanation =
      N_ ("A program tried to hand the message straight to the servers at which Google "
          "receives mail from other mail services. From a home or office connection these "
          "take nothing. Mail that you send goes through smtp.gmail.com, with your "
          "account."),
    .named =
      /* Translators: %s is the name of a server, such as gmail-smtp-in.l.google.com. */
      N_ ("A program tried to hand the message straight to %s, where Google receives mail "
          "from other mail services. From a home or office connection it takes nothing. "
          "Mail that you send goes through smtp.gmail.com, with your account."),
    .steps = {
      { N_ ("Set the outgoing server (relay, smarthost) to smtp.gmail.com with port 465 and "
            "TLS, or with port 587 and STARTTLS."),
        "https://support.google.com/mail/answer/7126229" },
      { N_ ("Let the program sign in there with your full address and an app password."),
        "https://myaccount.google.com/apppasswords" },
      { N_ ("If you do run a mail server of your own, read what Google asks of it."),
        "https://support.google.com/mail/answer/81126" },
    },
  },
};

const BaruaCause *
barua_causes_network (gsize *n_causes)
{
  *n_causes = G_N_ELEMENTS (CAUSES);
  return CAUSES;
}
