#include "config.h"

#include "diagnose/word-rule.h"

#define CLIENT BARUA_WEIGHT_CLIENT
#define LESS (BARUA_WEIGHT_CLIENT - 4)
#define VAGUE BARUA_WEIGHT_VAGUE

static const BaruaWordRule RULES[] = {
  /* PHP: PHPMailer, Swift Mailer, Symfony, the imap extension. */
  { "php-password", "bad-credentials", VAGUE + 6, 54,
    "smtp error: could not authenticate" },
  { "php-empty-reply", "ehlo-rejected", LESS, 55,
    "expected response code 250 but got an empty response" },
  { "php-empty-reply", "ehlo-rejected", LESS, 55,
    "expected response code 250 but got code , with message" },
  { "php-empty-reply", "ehlo-rejected", LESS, 55,
    "expected response code 250 but got empty code~" },
  { "php-empty-reply", "tls-wrong-mode", LESS, 60,
    "expected response code 220 but got an empty response" },
  { "php-empty-reply", "tls-wrong-mode", LESS, 60,
    "expected response code 220 but got code , with message" },
  { "php-empty-reply", "tls-wrong-mode", LESS, 60,
    "expected response code 220 but got empty code~" },
  { "php-attempts", "bad-credentials", VAGUE + 4, 54, "too many login failures" },
  { "php-attempts", "bad-credentials", VAGUE + 4, 54,
    "can not authenticate to imap server~" },
  { "php-attempts", "bad-credentials", VAGUE + 4, 54,
    "can not authenticate to pop3 server~" },

  /* Java, .NET. */
  { "java-connect", "connection-timeout", VAGUE, 45, "couldnt connect to host, port~" },
  { "java-connect", "connection-timeout", VAGUE, 45, "could not connect to smtp host~" },
  { "java-mechanism", "auth-mechanism-mismatch", LESS, 64,
    "no authentication mechanisms supported by both server and client" },
  { "java-mechanism", "auth-mechanism-mismatch", LESS, 64, "no login methods supported" },
  { "dotnet-password", "bad-credentials", LESS, 58,
    "did not respond with a +ok response to the auth command" },
  { "dotnet-password", "bad-credentials", LESS, 58,
    "did not respond with a +ok response to the pass command" },
  { "dotnet-password", "bad-credentials", LESS, 56,
    "did not respond with a +ok response to the user command" },
  { "dotnet-mechanism", "starttls-missing", LESS, 62,
    "the smtp server does not support authentication" },
  { "dotnet-greeting", "wrong-server", LESS, 58, "unexpected greeting from the~" },

  /* JavaScript: nodemailer, node-imap, ImapFlow. */
  { "node-password", "bad-credentials", LESS, 58, "authenticationfailed: true" },
  { "node-token", "oauth-token-revoked", LESS + 2, 70, "cant create new access token~" },
  { "node-greeting", "wrong-server", LESS, 60, "invalid greeting", "response=~|smtp~",
    "220 smtp.gmail.com" },
  { "node-address", "wrong-server", BARUA_WEIGHT_SYSTEM + 7, 84, "enotfound http" },
  { "node-address", "wrong-server", BARUA_WEIGHT_SYSTEM + 7, 84, "enotfound https" },
  { "node-address", "wrong-server", BARUA_WEIGHT_SYSTEM + 7, 84, "enotfound undefined" },
  { "node-address", "wrong-server", BARUA_WEIGHT_SYSTEM + 7, 84, "enotfound null" },
  { "node-address", "wrong-server", BARUA_WEIGHT_SYSTEM + 7, 82, "enotfound ssl" },
  { "node-address", "wrong-server", BARUA_WEIGHT_SYSTEM + 7, 82, "enotfound gmail" },
  { "node-closed", "connection-closed", VAGUE + 6, 58, "noconnection" },

  /* Python. */
  { "python-blank", "bad-credentials", LESS, 62, "cant encode character xa0~",
    "login|smtp~|imap~|ascii" },
  { "python-blank", "bad-credentials", LESS, 60, "cant encode character~",
    "login|auth~|password" },
  { "python-start", "connection-closed", VAGUE, 45, "please run connect() first" },
  { "python-size", "message-too-large", LESS, 66, "smtpsenderrefused*552" },

  /* Go, Rust, Perl, Ruby. */
  { "go-short", "tls-wrong-mode", LESS, 56, "short response:~" },
  { "rust-password", "bad-credentials", LESS, 60, "permanent error (535)" },
  { "rust-later", "temporary-failure", LESS, 60, "transient error (421)" },
  { "rust-later", "temporary-failure", LESS, 60, "transient error (454)" },
  { "ruby-missing", "auth-missing", LESS, 70, "smtp-auth requested but missing~" },
};

const BaruaWordRule *
barua_word_rules_library (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (RULES);
  return RULES;
}
