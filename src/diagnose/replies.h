#pragma once

#include "account/app-password.h"
#include "account/service.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaReplyContext:
 * @has_protocol: whether @protocol is known
 * @protocol: who said it
 * @mechanism: (nullable): how it was signed in when it was said: "PLAIN", "XOAUTH2"…
 * @shape: what the secret looked like that was sent
 * @challenge: (nullable): the decoded OAuth challenge before it
 *
 * What is known besides the words. All of it may be unknown: pasted text has only words.
 */
typedef struct
{
  gboolean has_protocol;
  BaruaProtocol protocol;
  const char *mechanism;
  BaruaSecretShape shape;
  const char *challenge;
} BaruaReplyContext;

/**
 * BaruaReplyMatch:
 * @cause: (nullable): a word of the vocabulary, constant; %NULL when no rule knows the
 * words
 * @rule: (nullable): the stable id of the rule that matched, constant
 * @sure: from 0 to 1
 */
typedef struct
{
  const char *cause;
  const char *rule;
  double sure;
} BaruaReplyMatch;

/**
 * barua_replies_match:
 * @words: a server's reply, of one line or several, with or without its codes
 * @context: (nullable): what else is known
 *
 * Finds what a server's words mean. Google's page slug ("?p=BadCredentials") and the
 * enhanced status code (RFC 3463) are looked at first, IMAP and POP response codes next,
 * the wording last; session ids and the phrases around links never. Source:
 * https://support.google.com/a/answer/3726730
 *
 * Returns: what they mean
 */
BaruaReplyMatch barua_replies_match (const char *words, const BaruaReplyContext *context);

G_END_DECLS
