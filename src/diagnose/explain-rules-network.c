#include "config.h"

#include "diagnose/word-rule.h"

#define PROOF (BARUA_WEIGHT_SYSTEM + 6)
#define SYSTEM BARUA_WEIGHT_SYSTEM
#define LESS (BARUA_WEIGHT_SYSTEM - 4)
#define VAGUE BARUA_WEIGHT_VAGUE

/* Ports that are blocked on the way more often than anything else goes wrong there. */
#define PORT_NEAR                                                                        \
  ":25|:25)|port 25|port: 25|port=25|port:25|, 25|]:25|:465|port 465|port: 465|"         \
  "port=465|port:465|, 465|:587|port 587|port: 587|port=587|port:587|, 587|:smtp|"       \
  ":submission|:smtps|gmail-smtp-in.l.google.com|aspmx.l.google.com"
#define OLD_PORT_NEAR                                                                    \
  "gmail.com:143|gmail.com:110|port 143|port: 143|port=143|port 110|port: 110|"          \
  "port=110|gmail.com, 143|gmail.com, 110|gmail.com/143|]:143|]:110|:143|:110|/143]|"    \
  "/110]"
#define LOCAL_NEAR "127.0.0.1~|localhost~|::1~"
#define SIX_NEAR                                                                         \
  "2a00:1450:~|2607:f8b0:~|2404:6800:~|2800:3f0:~|2c0f:fb50:~|2001:4860:~|ipv6|inet6|"   \
  "aaaa"
#define BAD_NAME_NEAR "smtp.google.com|imap.google.com|pop.google.com|mail.google.com:~"

#define TIMED_OUT(words)                                                                 \
  { "timed-out-port", "port-blocked", PROOF, 66, words, PORT_NEAR, ":993|:995" },        \
    { "timed-out-old-port", "wrong-port", PROOF + 2, 80, words, OLD_PORT_NEAR },         \
    { "timed-out-name", "wrong-server", PROOF + 3, 80, words, BAD_NAME_NEAR },           \
  {                                                                                      \
    "timed-out", "connection-timeout", SYSTEM, 70, words                                 \
  }

#define REFUSED(words)                                                                   \
  { "refused-here", "wrong-server", PROOF, 82, words, LOCAL_NEAR },                      \
    { "refused-old-port", "wrong-port", PROOF, 80, words, OLD_PORT_NEAR },               \
    { "refused-mail-port",                                                               \
      "port-blocked",                                                                    \
      LESS + 6,                                                                          \
      66,                                                                                \
      words,                                                                             \
      ":25|]:25|port 25|port: 25|port=25" },                                             \
    { "refused-name", "wrong-server", PROOF, 80, words, BAD_NAME_NEAR },                 \
  {                                                                                      \
    "refused", "connection-refused", SYSTEM, 75, words                                   \
  }

#define NO_ROUTE(words)                                                                  \
  { "no-route-six", "ipv6-broken", LESS, 72, words, SIX_NEAR },                          \
  {                                                                                      \
    "no-route", "no-network", SYSTEM, 80, words, NULL, SIX_NEAR                          \
  }

#define NO_NAME(words)                                                                   \
  { "no-name", "dns-failure", SYSTEM, 82, words },                                       \
  {                                                                                      \
    "no-name-known", "wrong-server", PROOF, 85, words, BAD_NAME_NEAR                     \
  }

static const BaruaWordRule RULES[] = {
  TIMED_OUT ("connection timed out"),
  TIMED_OUT ("connect timed out"),
  TIMED_OUT ("operation timed out"),
  TIMED_OUT ("connection attempt timed out"),
  TIMED_OUT ("connecting timed out"),
  TIMED_OUT ("timed out while connecting~"),
  TIMED_OUT ("timedout while connecting~"),
  TIMED_OUT ("timed out connecting~"),
  TIMED_OUT ("timeout connecting~"),
  TIMED_OUT ("timeout while connecting~"),
  TIMED_OUT ("connection timeout"),
  TIMED_OUT ("connect timeout"),
  TIMED_OUT ("socket timeout"),
  TIMED_OUT ("i/o timeout"),
  TIMED_OUT ("etimedout"),
  TIMED_OUT ("esockettimedout"),
  TIMED_OUT ("wsaetimedout"),
  TIMED_OUT ("errno 110"),
  TIMED_OUT ("winerror 10060"),
  TIMED_OUT ("(10060)"),
  TIMED_OUT ("properly respond after a period of time"),
  TIMED_OUT ("sockettimeoutexception"),
  TIMED_OUT ("connecttimeoutexception"),
  TIMED_OUT ("opentimeout"),
  TIMED_OUT ("execution expired"),
  TIMED_OUT ("socket.timeout"),
  TIMED_OUT ("timeouterror"),
  TIMED_OUT ("context deadline exceeded"),
  TIMED_OUT ("socket i/o timed out"),
  TIMED_OUT ("socket error on*: timeout"),
  TIMED_OUT ("timeout after*seconds waiting~"),
  TIMED_OUT ("failed to connect*timed out"),
  TIMED_OUT ("port*timed out"),
  { "timed-out-six", "ipv6-broken", PROOF + 3, 72, "ipv6*timed out", "ipv4~" },
  { "timed-out-six", "ipv6-broken", PROOF + 3, 72, "ipv4 works~", "ipv6" },
  { "timed-out-vague", "connection-timeout", VAGUE + 4, 60, "timed out" },
  { "timed-out-vague", "connection-timeout", VAGUE + 2, 55, "timedout" },
  { "timed-out-vague", "connection-timeout", VAGUE + 2, 55, "read timeout" },
  { "timed-out-vague", "connection-timeout", VAGUE + 2, 55, "readtimeout" },
  { "timed-out-vague", "connection-timeout", VAGUE, 50, "timeout",
    "imap~|smtp~|pop3~|gmail~|connect~|server" },

  REFUSED ("connection refused"),
  REFUSED ("econnrefused"),
  REFUSED ("wsaeconnrefused"),
  REFUSED ("connectionrefused~"),
  REFUSED ("actively refused"),
  REFUSED ("actively refused it"),
  REFUSED ("errno 111"),
  REFUSED ("errno=111"),
  REFUSED ("winerror 10061"),
  REFUSED ("(10061)"),
  REFUSED ("connection was refused"),
  REFUSED ("refused the connection"),
  { "not-permitted", "port-blocked", SYSTEM, 75, "permission denied: connect" },
  { "not-permitted", "port-blocked", SYSTEM, 72, "socket*permission denied",
    "connect~|smtp~|gmail~", "keyring|.ssh" },
  { "not-permitted", "port-blocked", SYSTEM, 72, "connect*permission denied",
    "gmail~|:25|:465|:587|:993", "publickey" },
  { "not-permitted", "port-blocked", SYSTEM, 72, "eacces", "connect~|gmail~" },
  { "not-permitted", "port-blocked", SYSTEM, 75, "administratively prohibited" },
  { "not-permitted", "port-blocked", SYSTEM, 75, "access permissions*10013" },
  { "not-permitted", "port-blocked", SYSTEM, 75,
    "access a socket in a way forbidden by~" },
  { "not-permitted", "port-blocked", SYSTEM, 72, "port 25*blocked" },
  { "not-permitted", "port-blocked", SYSTEM, 72, "blocked*port 25" },
  { "not-permitted", "port-blocked", SYSTEM, 66, "firewall*block~", "smtp~|imap~|port" },

  NO_ROUTE ("network is unreachable"),
  NO_ROUTE ("network unreachable"),
  NO_ROUTE ("network is down"),
  NO_ROUTE ("no route to host"),
  NO_ROUTE ("noroutetohostexception"),
  NO_ROUTE ("host is unreachable"),
  NO_ROUTE ("unreachable network"),
  NO_ROUTE ("unreachable host"),
  NO_ROUTE ("enetunreach"),
  NO_ROUTE ("ehostunreach"),
  NO_ROUTE ("enetdown"),
  NO_ROUTE ("errno 101"),
  NO_ROUTE ("errno 113"),
  NO_ROUTE ("winerror 10051"),
  NO_ROUTE ("winerror 10065"),
  { "no-route", "no-network", SYSTEM, 75, "address family not supported by protocol" },
  { "no-route", "no-network", SYSTEM, 75, "eafnosupport" },
  { "no-route", "no-network", SYSTEM, 85, "no internet connection" },
  { "no-route", "no-network", SYSTEM, 85, "not connected to the internet" },
  { "no-route", "no-network", SYSTEM, 82, "internet connection appears to be offline" },
  { "no-route", "no-network", SYSTEM, 80, "network connection is not available" },
  { "no-route", "no-network", SYSTEM, 80, "err_internet_disconnected" },
  { "no-route", "no-network", LESS, 75, "network is not available" },
  { "no-route", "no-network", LESS, 75, "you are offline" },
  { "no-address-six", "ipv6-broken", VAGUE + 6, 65, "assign requested address",
    SIX_NEAR },
  { "no-address-six", "ipv6-broken", VAGUE + 6, 65, "eaddrnotavail", SIX_NEAR },
  { "no-address", "no-network", VAGUE, 55, "assign requested address", NULL, SIX_NEAR },
  { "no-address", "no-network", VAGUE, 55, "eaddrnotavail", NULL, SIX_NEAR },

  { "portal", "captive-portal", PROOF, 85, "captive portal" },
  { "portal", "captive-portal", PROOF, 85, "captive-portal" },
  { "portal", "captive-portal", LESS, 70, "hotspot login" },
  { "portal", "captive-portal", LESS, 75, "sign in to network" },
  { "portal", "captive-portal", LESS, 75, "log in to this network" },

  NO_NAME ("name or service not known"),
  NO_NAME ("temporary failure in name resolution"),
  NO_NAME ("nodename nor servname provided~"),
  NO_NAME ("no address associated with hostname"),
  NO_NAME ("no address associated with name"),
  NO_NAME ("getaddrinfo enotfound"),
  NO_NAME ("enotfound"),
  NO_NAME ("eai_again"),
  NO_NAME ("eai_noname"),
  NO_NAME ("eai_fail"),
  NO_NAME ("getaddrinfo failed"),
  NO_NAME ("getaddrinfo error"),
  NO_NAME ("getaddrinfo:~"),
  NO_NAME ("php_network_getaddresses~"),
  NO_NAME ("gethostbyname~*fail~"),
  NO_NAME ("gaierror"),
  NO_NAME ("no such host"),
  NO_NAME ("no such host is known"),
  NO_NAME ("unknownhostexception"),
  NO_NAME ("unresolvedaddressexception"),
  NO_NAME ("could not resolve host~"),
  NO_NAME ("couldnt resolve host~"),
  NO_NAME ("cant resolve host~"),
  NO_NAME ("cannot resolve host~"),
  NO_NAME ("unable to resolve host~"),
  NO_NAME ("could not resolve~"),
  NO_NAME ("cannot resolve~"),
  NO_NAME ("failed to resolve~"),
  NO_NAME ("unable to resolve~"),
  NO_NAME ("error resolving~"),
  NO_NAME ("cannot locate host~"),
  NO_NAME ("could not find the host~"),
  NO_NAME ("could not find host~"),
  NO_NAME ("unable to look up host~"),
  NO_NAME ("failed to lookup address information"),
  NO_NAME ("host not found"),
  NO_NAME ("unknown host~"),
  NO_NAME ("server misbehaving"),
  NO_NAME ("nxdomain"),
  NO_NAME ("winerror 11001"),
  NO_NAME ("winerror 11002"),
  NO_NAME ("errno 11001"),
  NO_NAME ("querya etimeout"),
  NO_NAME ("querya eserv~"),
  NO_NAME ("err_name_not_resolved"),
  NO_NAME ("name resolution fail~"),
  NO_NAME ("host or domain name not found"),
  NO_NAME ("couldnt find canonical dns name~"),
  NO_NAME ("requested name is valid, but no data~"),

  /* Names that are no mail host of Gmail's, whatever is said of them. */
  { "name", "wrong-server", SYSTEM, 82, "imap.google.com" },
  { "name", "wrong-server", SYSTEM, 82, "pop.google.com" },
  { "name", "wrong-server", SYSTEM, 82, "pop3.google.com" },
  { "name", "wrong-server", SYSTEM, 78, "smtp.google.com",
    "error|fail~|connect~|unable|could~|cannot|lookup|timeout" },
  { "name", "wrong-server", SYSTEM, 80, "smtp.gmail.co",
    "error|fail~|connect~|unable|could~|cannot|lookup" },
  { "name", "wrong-server", SYSTEM, 80, "smtps.gmail.com",
    "error|fail~|connect~|unable|could~|cannot|lookup" },
  { "name", "wrong-server", SYSTEM, 80, "pop3.gmail.com",
    "error|fail~|connect~|unable|could~|cannot|lookup" },
  { "name", "wrong-server", SYSTEM, 80, "mail.gmail.com",
    "error|fail~|connect~|unable|could~|cannot|lookup", "@mail.gmail.com" },
  { "greeting-of-another", "wrong-server", PROOF + 20, 85, "220 smtp.gmail.com esmtp~",
    "imap server: unexpected~|imap*unexpected response|unexpected response: "
    "220|unexpected response: b220|expected * ok|invalid imap greeting|not an imap "
    "server|imap server:" },
  { "greeting-of-another", "wrong-server", PROOF + 20, 85, "gimap ready for requests~",
    "invalid greeting|unexpected smtp~|expected 220|invalid response|response=* ok "
    "gimap|smtp server" },
  { "greeting-of-another", "wrong-server", PROOF + 20, 85, "gpop ready for requests~",
    "invalid greeting|expected 220|invalid response|not an imap server" },

  /* The end of a connection, which may have any reason. */
  { "closed", "connection-closed", VAGUE + 8, 62, "connection reset by peer" },
  { "closed", "connection-closed", VAGUE + 8, 62, "connection was reset" },
  { "closed", "connection-closed", VAGUE + 8, 62, "connection reset" },
  { "closed", "connection-closed", VAGUE + 8, 62, "econnreset" },
  { "closed", "connection-closed", VAGUE + 8, 62, "wsaeconnreset" },
  { "closed", "connection-closed", VAGUE + 8, 62, "errno 104" },
  { "closed", "connection-closed", VAGUE + 8, 62, "winerror 10054" },
  { "closed", "connection-closed", VAGUE + 8, 62, "forcibly closed~" },
  { "closed", "connection-closed", VAGUE + 8, 60, "connection aborted" },
  { "closed", "connection-closed", VAGUE + 8, 60, "software caused connection abort" },
  { "closed", "connection-closed", VAGUE + 8, 60, "broken pipe" },
  { "closed", "connection-closed", VAGUE + 8, 60, "epipe" },
  { "closed", "connection-closed", VAGUE + 8, 62, "unexpected eof~" },
  { "closed", "connection-closed", VAGUE + 8, 62,
    "eof occurred in violation of protocol" },
  { "closed", "connection-closed", VAGUE + 8, 62, "socket hang up" },
  { "closed", "connection-closed", VAGUE + 8, 60, "end of file reached" },
  { "closed", "connection-closed", VAGUE + 8, 62, "lost connection with~" },
  { "closed", "connection-closed", VAGUE + 8, 62, "lost connection to~" },
  { "closed", "connection-closed", VAGUE + 6, 62, "connection lost" },
  { "closed", "connection-closed", VAGUE + 8, 62, "unexpectedly disconnected" },
  { "closed", "connection-closed", VAGUE + 8, 62, "disconnected unexpectedly" },
  { "closed", "connection-closed", VAGUE + 8, 62, "connection unexpectedly closed" },
  { "closed", "connection-closed", VAGUE + 8, 62, "closed unexpectedly" },
  { "closed", "connection-closed", VAGUE + 8, 62, "unexpectedly closed the connection" },
  { "closed", "connection-closed", VAGUE + 8, 62, "closed the connection" },
  { "closed", "connection-closed", VAGUE + 8, 60, "was closed by~",
    "connection|imap~|server" },
  { "closed", "connection-closed", VAGUE + 8, 60, "connection closed~" },
  { "closed", "connection-closed", VAGUE + 8, 60, "connection is closed" },
  { "closed", "connection-closed", VAGUE + 8, 60, "connection has been closed" },
  { "closed", "connection-closed", VAGUE + 8, 60, "connection dropped" },
  { "closed", "connection-closed", VAGUE + 8, 60, "closed by foreign host" },
  { "closed", "connection-closed", VAGUE + 8, 60, "closed by remote host" },
  { "closed", "connection-closed", VAGUE + 8, 60, "imap connection broken" },
  { "closed", "connection-closed", VAGUE + 8, 60, "premature close" },
  { "closed", "connection-closed", VAGUE + 8, 60, "socket closed~" },
  { "closed", "connection-closed", VAGUE + 8, 58, "socket error~",
    "imap~|smtp~|pop~|fetch~" },
  { "closed", "connection-closed", VAGUE + 6, 58, "server disconnected" },
  { "closed", "connection-closed", VAGUE + 8, 60, "session failed: read error" },
  { "closed", "connection-closed", VAGUE + 8, 60, "session failed: write error" },
  { "closed", "connection-closed", VAGUE + 8, 62, "has disconnected", "server|imap~" },
  { "closed", "connection-closed", VAGUE + 6, 55, "transport stream*eof" },
};

const BaruaWordRule *
barua_word_rules_network (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (RULES);
  return RULES;
}
