#include "config.h"

#include "diagnose/word-rule.h"

/* How far a success reaches: what is believed to work after it. */
#define SENT BARUA_WEIGHT_SAID
#define SIGNED_IN BARUA_WEIGHT_CODE
#define CONNECTED BARUA_WEIGHT_VAGUE
#define NOTHING BARUA_WEIGHT_FAINT

static const BaruaWordRule RULES[] = {
  { "greeting-smtp", "ok", CONNECTED, 90, "220 smtp.gmail.com esmtp~" },
  { "greeting-smtp", "ok", CONNECTED, 90, "220 smtp.googlemail.com esmtp~" },
  { "greeting-smtp", "ok", CONNECTED, 85, "220 mx.google.com esmtp~" },
  { "greeting-smtp", "ok", CONNECTED, 85, "220 smtp-relay.gmail.com esmtp~" },
  { "greeting-imap", "ok", CONNECTED, 90, "gimap ready for requests~" },
  { "greeting-pop", "ok", CONNECTED, 90, "gpop ready for requests~" },
  { "ehlo", "ok", CONNECTED, 90, "at your service", "250-~|250 ~" },
  { "ehlo", "ok", CONNECTED, 85, "250 smtputf8" },
  { "ehlo", "ok", CONNECTED, 85, "250-enhancedstatuscodes" },
  { "ehlo", "ok", CONNECTED, 85, "250 enhancedstatuscodes" },
  { "ehlo", "ok", CONNECTED, 85, "250-starttls" },
  { "ehlo", "ok", CONNECTED, 80, "250-auth~" },
  { "ehlo", "ok", CONNECTED, 80, "250 auth~" },
  { "ehlo", "ok", CONNECTED, 80, "250-size~" },
  { "ehlo", "ok", CONNECTED, 80, "250-8bitmime" },
  { "ehlo", "ok", CONNECTED, 80, "250 chunking" },
  { "prompt", "ok", CONNECTED, 70, "334 vxnlcm5hbwu6~" },
  { "prompt", "ok", CONNECTED, 70, "334 ugfzc3dvcmq6~" },
  { "starttls", "ok", CONNECTED, 90, "220 2.0.0 ready to start tls" },
  { "capability", "ok", CONNECTED, 88, "capability imap4rev1~" },
  { "capability", "ok", CONNECTED, 88, "thats all she wrote~" },
  { "capability", "ok", CONNECTED, 88, "+ok capability list follows" },
  { "id", "ok", CONNECTED, 80, "name gimap vendor google~" },
  { "throttled", "ok", CONNECTED, 80, "ok success [throttled]" },
  { "bye", "ok", NOTHING, 75, "221 2.0.0 closing connection~" },
  { "bye", "ok", NOTHING, 75, "bye logout requested~" },
  { "bye", "ok", NOTHING, 75, "+ok farewell~" },
  { "tls", "ok", NOTHING, 80, "verify return code: 0 (ok)" },
  { "tls", "ok", NOTHING, 75, "verification: ok" },
  { "signed-in", "ok", SIGNED_IN, 95, "235 2.7.0~" },
  { "signed-in", "ok", SIGNED_IN, 90, "235 accepted~" },
  { "signed-in", "ok", SIGNED_IN, 93, "authenticated (success)" },
  { "signed-in", "ok", SIGNED_IN, 85, "ok success~", NULL, "no [~|authenticationfailed" },
  { "signed-in", "ok", SIGNED_IN, 85, "ok logged in" },
  { "signed-in", "ok", SIGNED_IN, 88, "+ok welcome~" },
  { "signed-in", "ok", SIGNED_IN, 88, "selected. (success)" },
  { "signed-in", "ok", SIGNED_IN, 80, "authentication succe~" },
  { "signed-in", "ok", SIGNED_IN, 78, "login succe~" },
  { "accepted", "ok", SIGNED_IN, 80, "250 2.1.0 ok~" },
  { "accepted", "ok", SIGNED_IN, 80, "250 2.1.5 ok~" },
  { "accepted", "ok", SIGNED_IN, 80, "354 go ahead~" },
  { "sent", "ok", SENT, 96, "250 2.0.0 ok~" },
  { "sent", "ok", SENT, 96, "status=sent" },
  { "sent", "ok", SENT, 90, "250 ok*gsmtp" },
  { "sent", "ok", SENT, 85, "exitcode=ex_ok" },
  { "sent", "ok", SENT, 82, "message sent successfully" },
  { "sent", "ok", SENT, 82, "mail sent successfully" },
  { "sent", "ok", SENT, 82, "email sent successfully" },
};

const BaruaWordRule *
barua_word_rules_fine (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (RULES);
  return RULES;
}
