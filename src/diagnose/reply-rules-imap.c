#include "config.h"

#include "diagnose/word-rule.h"

#define SAID BARUA_WEIGHT_SAID
#define CODE BARUA_WEIGHT_CODE
#define LESS (BARUA_WEIGHT_CODE - 4)

#define OAUTH_NEAR                                                                       \
  "authenticate xoauth2|auth xoauth2|xoauth2 authent~|xoauth2 authoriz~|xoauth2 auth "   \
  "failed|oauth2 auth failed|"                                                           \
  "xoauth2authenti~|xoauth2 failed|oauth2 authent~|oauth2 authoriz~|"                    \
  "oauth2authenti~|authenticate oauthbearer|oauthbearer failed|using xoauth2|"           \
  "method xoauth2|mechanism xoauth2|auth=bearer|xoauth2-response|type: oauth2|"          \
  "authentication method: oauth2|xoauth2: "

static const BaruaWordRule RULES[] = {
  /* The account does not let mail programs in. */
  { "imap-off", "imap-disabled", SAID, 93, "not enabled for imap~" },
  { "imap-off", "imap-disabled", SAID, 90, "imap is not enabled~" },
  { "imap-off", "imap-disabled", SAID, 90, "imap access is not enabled~" },
  { "imap-off", "imap-disabled", SAID, 86, "imap support is not enabled~" },
  { "imap-off", "imap-disabled", SAID, 88, "imap is disabled for your account" },
  { "imap-off", "imap-disabled", SAID, 88, "imap access is disabled for your account" },
  { "imap-off", "imap-disabled", CODE, 80, "imap is disabled", NULL, "domain" },
  { "imap-off", "imap-disabled", CODE, 80, "imap access is disabled", NULL, "domain" },
  { "admin-off", "disabled-by-admin", SAID, 97,
    "imap access is disabled for your domain" },
  { "admin-off", "disabled-by-admin", SAID, 97,
    "pop access is disabled for your domain" },
  { "admin-off", "disabled-by-admin", SAID, 95, "is disabled for your domain" },
  { "admin-off", "disabled-by-admin", SAID, 95,
    "has been disabled by your*administrator" },
  { "admin-off", "disabled-by-admin", SAID, 93, "disabled by your domain admin~" },
  { "admin-off", "disabled-by-admin", SAID, 90, "your domain administrator*disabled" },
  { "admin-off", "disabled-by-admin", SAID, 92,
    "domain administrators have disabled gmail~" },
  { "pop-off", "pop-disabled", SAID, 96, "not enabled for pop~" },
  { "pop-off", "pop-disabled", SAID, 92, "pop access is not enabled~" },
  { "pop-off", "pop-disabled", SAID, 90, "pop is not enabled~" },
  { "pop-off", "pop-disabled", SAID, 88, "pop access is disabled", NULL, "domain" },
  { "pop-off", "pop-disabled", SAID, 88, "enable your account for pop~" },
  { "child", "child-account", SAID, 92, "imap access is not allowed for this account" },
  { "child", "child-account", SAID, 88, "pop access is not allowed for this account" },
  { "child", "child-account", SAID, 85, "access is not allowed for this account" },
  { "child", "child-account", CODE, 75, "family link" },
  { "no-mailbox", "service-not-enabled", SAID, 95, "mail service not enabled" },
  { "no-mailbox", "service-not-enabled", SAID, 90, "gmail is not enabled for~" },
  { "no-mailbox", "service-not-enabled", SAID, 90, "gmail is disabled for your~" },
  { "no-mailbox", "service-not-enabled", SAID, 88, "not a gmail user" },
  { "disabled", "account-disabled", SAID, 90, "[alert] account disabled~" },
  { "disabled", "account-disabled", SAID, 90, "[sys/perm] account disabled~" },
  { "disabled", "account-disabled", SAID, 90, "[alert] account is disabled~" },
  { "disabled", "account-disabled", SAID, 88, "your account has been disabled~" },
  { "disabled", "account-disabled", SAID, 88, "account is disabled", NULL,
    "you tried to reach" },
  { "disabled", "account-disabled", SAID, 85, "account is suspended", NULL,
    "you tried to reach" },
  { "disabled", "account-disabled", SAID, 85, "user account is locked" },
  { "advanced", "advanced-protection", SAID, 93, "advanced protection" },

  /* Limits. */
  { "connections", "too-many-connections", SAID, 97,
    "too many simultaneous connections~" },
  { "connections", "too-many-connections", SAID, 93, "too many concurrent connections~" },
  { "connections", "too-many-connections", CODE, 80, "maximum number of connections~" },
  { "connections", "too-many-connections", CODE, 60, "too many connections" },
  { "connections", "too-many-connections", CODE, 60, "-err [in-use]" },
  { "bandwidth", "bandwidth-exceeded", SAID, 96, "exceeded command or bandwidth limit~" },
  { "bandwidth", "bandwidth-exceeded", SAID, 95, "exceeded*command or bandwidth limit~" },
  { "bandwidth", "bandwidth-exceeded", SAID, 94, "exceeded the gmail bandwidth limit~" },
  { "bandwidth", "bandwidth-exceeded", SAID, 92, "bandwidth limit~*exceeded" },
  { "bandwidth", "bandwidth-exceeded", SAID, 90, "exceeded*bandwidth limit~" },
  { "bandwidth", "bandwidth-exceeded", SAID, 88, "lockdown in sector~" },
  { "bandwidth", "bandwidth-exceeded", CODE, 78, "[overquota]", NULL, "disk~|storage" },
  { "full", "mailbox-full", SAID, 88, "[overquota]*disk~" },
  { "full", "mailbox-full", SAID, 88, "[overquota]*storage" },
  { "attempts", "too-many-attempts", CODE, 80, "[login-delay]" },
  { "attempts", "too-many-attempts", SAID, 75, "[limit]*login" },

  /* Signing in. */
  { "refused-token", "oauth-token-expired", SAID, 66, "[authenticationfailed]",
    OAUTH_NEAR },
  { "refused-token", "oauth-token-expired", SAID, 62, "invalid credentials (failure)",
    OAUTH_NEAR },
  { "refused-token", "oauth-token-expired", SAID, 62, "authenticationfailed",
    OAUTH_NEAR },
  { "refused", "bad-credentials", CODE, 64, "[authenticationfailed]" },
  { "refused", "bad-credentials", CODE, 62, "authenticationfailed" },
  { "refused", "bad-credentials", CODE, 62, "invalid credentials (failure)" },
  { "refused", "bad-credentials", LESS, 58, "invalid credentials" },
  { "refused", "bad-credentials", CODE, 62, "-err [auth] username and password~" },
  { "refused", "bad-credentials", LESS, 55, "-err [auth]", NULL,
    "web login~|application-specific~|temporary~" },
  { "refused", "bad-credentials", LESS, 58, "[auth] invalid~" },
  { "no-name", "auth-missing", SAID, 90, "empty username or password" },
  { "no-name", "auth-missing", SAID, 88, "username or password is empty" },
  { "lookup", "wrong-username", SAID, 85, "no lookup failed" },
  { "lookup", "wrong-username", SAID, 80, "lookup failed (failure)" },
  { "lookup", "wrong-username", SAID, 82, "lookup failed", "imap|login|gimap" },
  { "lookup", "wrong-username", SAID, 80, "username not recognized" },
  { "lookup", "wrong-username", SAID, 80, "unknown user name", NULL, "recipient" },
  { "sasl", "oauth-bad-sasl-string", SAID, 90, "invalid sasl argument~" },
  { "sasl", "oauth-bad-sasl-string", CODE, 75, "invalid base64~*sasl" },
  { "privacy", "starttls-missing", CODE, 85, "[privacyrequired]" },
  { "mechanism", "auth-mechanism-mismatch", CODE, 75, "[authorizationfailed]" },
  { "mechanism", "auth-mechanism-mismatch", SAID, 82,
    "wants more steps despite successful sasl authentication" },
  { "expired", "oauth-token-expired", CODE, 70, "no [expired]" },
  { "contact", "account-disabled", CODE, 60, "[contactadmin]" },

  /* Folders. */
  { "folder", "folder-missing", SAID, 93, "unknown mailbox" },
  { "folder", "folder-missing", CODE, 88, "[nonexistent]" },
  { "folder", "folder-missing", CODE, 85, "[trycreate]" },
  { "folder", "folder-missing", CODE, 82, "mailbox doesnt exist" },
  { "folder", "folder-missing", CODE, 82, "mailbox does not exist" },
  { "folder", "folder-missing", CODE, 80, "folder doesnt exist" },
  { "folder", "folder-missing", CODE, 80, "folder does not exist" },
  { "folder", "folder-missing", CODE, 80, "no such mailbox", NULL,
    "recipient|rcpt|550~" },
  { "folder", "folder-missing", CODE, 78, "no such folder" },
  { "folder", "folder-missing", CODE, 75, "folder not found" },
  { "folder", "folder-missing", CODE, 78, "mailbox not found",
    "select|imap|folder|open" },
  { "folder-name", "folder-name-invalid", SAID, 94, "contains excess whitespace" },
  { "folder-name", "folder-name-invalid", CODE, 85, "[cannot]*folder~" },
  { "folder-name", "folder-name-invalid", CODE, 82, "[cannot]*mailbox~" },
  { "folder-name", "folder-name-invalid", CODE, 80, "[cannot]*name" },
  { "folder-name", "folder-name-invalid", CODE, 70, "no [cannot]" },
  { "folder-name", "folder-name-invalid", SAID, 85, "invalid folder name~" },
  { "folder-name", "folder-name-invalid", SAID, 85, "invalid mailbox name~" },
  { "folder-name", "folder-name-invalid", SAID, 85, "folder name is not allowed" },
  { "folder-name", "folder-name-invalid", SAID, 85, "folder name is invalid" },
  { "folder-name", "folder-name-invalid", SAID, 82, "character not allowed in mailbox~" },
  { "folder-name", "folder-name-invalid", SAID, 85, "label name*not allowed" },
  { "folder-name", "folder-name-invalid", SAID, 85, "invalid label name~" },
  { "folder-name", "folder-name-invalid", CODE, 75, "[alreadyexists]" },
  { "folder-name", "folder-name-invalid", CODE, 75, "duplicate folder name~" },

  /* Grammar. */
  { "grammar", "syntax-error", SAID, 88, "bad could not parse command" },
  { "grammar", "syntax-error", SAID, 85, "could not parse command" },
  { "grammar", "syntax-error", SAID, 88, "too many arguments~", "bad|imap|command" },
  { "grammar", "syntax-error", SAID, 86, "bad unknown command" },
  { "grammar", "syntax-error", SAID, 86, "bad invalid command" },
  { "grammar", "syntax-error", SAID, 86, "bad invalid argument~" },
  { "grammar", "syntax-error", SAID, 86, "bad missing~" },
  { "grammar", "syntax-error", SAID, 85, "bad not enough arguments~" },
  { "grammar", "syntax-error", SAID, 85, "bad command syntax~" },
  { "grammar", "syntax-error", SAID, 84, "bad [clientbug]" },
  { "grammar", "syntax-error", SAID, 84, "too many invalid imap commands" },
  { "grammar", "syntax-error", SAID, 84, "-err bad command" },
  { "grammar", "syntax-error", SAID, 84, "-err unknown command" },
  { "grammar", "syntax-error", SAID, 84, "-err invalid command" },
  { "grammar", "syntax-error", SAID, 80, "not allowed now", "bad|imap" },
  { "grammar", "syntax-error", SAID, 80, "bad command is not valid in this state" },
  { "grammar", "syntax-error", SAID, 80, "not valid in this state" },

  /* Google's own troubles. */
  { "later", "temporary-failure", SAID, 88, "system error (failure)" },
  { "later", "temporary-failure", SAID, 85, "internal error (failure)" },
  { "later", "temporary-failure", SAID, 85, "backend error" },
  { "later", "temporary-failure", CODE, 85, "[unavailable]" },
  { "later", "temporary-failure", CODE, 82, "[serverbug]" },
  { "later", "temporary-failure", CODE, 85, "[sys/temp]" },
  { "later", "temporary-failure", CODE, 75, "[inuse]" },
  { "later", "temporary-failure", CODE, 75, "[sys/perm]", NULL, "pop~|imap~" },
  { "later", "temporary-failure", SAID, 84, "bye system error" },
  { "later", "temporary-failure", SAID, 82, "messages could not be fetched (failure)" },
  { "later", "temporary-failure", SAID, 82, "server error - please try again~" },
  { "later", "temporary-failure", CODE, 75, "temporary problem" },
  { "later", "temporary-failure", CODE, 75, "service temporarily unavailable" },
  { "later", "temporary-failure", CODE, 75, "temporarily unavailable", NULL,
    "resource temporarily unavailable" },

  /* The end of a session. */
  { "session", "connection-closed", SAID, 90, "session expired, please login again" },
  { "session", "connection-closed", CODE, 82, "session expired", "bye|imap" },
  { "session", "connection-closed", SAID, 82, "bye autologout~" },
  { "session", "connection-closed", SAID, 80, "bye idle~" },
  { "session", "connection-closed", SAID, 78, "bye disconnected~" },
  { "session", "connection-closed", SAID, 78, "bye connection~" },
  { "session", "unknown", BARUA_WEIGHT_FAINT, 30, "too many commands before auth" },
};

const BaruaWordRule *
barua_word_rules_imap (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (RULES);
  return RULES;
}
