#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaWordRule:
 * @id: the stable name of the rule; several wordings of one rule share it
 * @cause: a word of the vocabulary
 * @weight: one of %BARUA_WEIGHT_SAID…, or between: which of several rules that hold for
 *   one message is believed
 * @sure: how sure the wording is of its cause, in percent
 * @words: what must stand there, as barua_normalizer_push() writes it: lower case, one
 *   blank between words, no quotation marks. "*" stands for anything up to 200
 * characters, a final "~" lets a word go on. Otherwise whole words only. Begins with four
 * bytes or more that are no "*"
 * @near: (nullable): what must stand near by too; "|" separates choices
 * @never: (nullable): what must not stand near by; "|" separates choices
 *
 * One wording that means one cause.
 */
typedef struct
{
  const char *id;
  const char *cause;
  guint8 weight;
  guint8 sure;
  const char *words;
  const char *near;
  const char *never;
} BaruaWordRule;

/**
 * BARUA_WEIGHT_PROOF:
 *
 * Two statements together that leave no doubt: an OAuth challenge and the refusal.
 */
#define BARUA_WEIGHT_PROOF 95

/**
 * BARUA_WEIGHT_SAID:
 *
 * The server's own words, or Google's page for them.
 */
#define BARUA_WEIGHT_SAID 85

/**
 * BARUA_WEIGHT_CODE:
 *
 * An enhanced status code or an IMAP or POP response code alone.
 */
#define BARUA_WEIGHT_CODE 70

/**
 * BARUA_WEIGHT_SYSTEM:
 *
 * What the system or a TLS library says of a connection.
 */
#define BARUA_WEIGHT_SYSTEM 62

/**
 * BARUA_WEIGHT_CLIENT:
 *
 * What a mail program says in words of its own, when they can mean one thing only.
 */
#define BARUA_WEIGHT_CLIENT 52

/**
 * BARUA_WEIGHT_VAGUE:
 *
 * Words that many causes share; believed only where nothing better is there.
 */
#define BARUA_WEIGHT_VAGUE 30

/**
 * BARUA_WEIGHT_FAINT:
 *
 * A sign that something failed, and no more.
 */
#define BARUA_WEIGHT_FAINT 10

/**
 * BaruaWordTable:
 * @BARUA_WORDS_SMTP: replies of SMTP servers
 * @BARUA_WORDS_IMAP: replies of IMAP and POP servers
 * @BARUA_WORDS_OAUTH: Google's OAuth pages and token endpoint
 * @BARUA_WORDS_FINE: replies that say that all is well
 * @BARUA_WORDS_BOUNCE: bounces, and replies of servers that are not Google's
 * @BARUA_WORDS_NETWORK: errors of sockets and resolvers
 * @BARUA_WORDS_TLS: errors of TLS libraries
 * @BARUA_WORDS_PROGRAM: what mail programs say
 * @BARUA_WORDS_LIBRARY: what libraries and languages say
 * @BARUA_WORDS_HERE: keyrings, and parts that are not installed
 * @BARUA_WORDS_ABROAD: what systems and programs say in other languages
 * @BARUA_WORDS_DIALOGS: what the dialogs of Thunderbird say in other languages
 * @BARUA_WORDS_TABLES: how many tables there are
 *
 * Where words come from. The first five are what servers say.
 */
typedef enum
{
  BARUA_WORDS_SMTP,
  BARUA_WORDS_IMAP,
  BARUA_WORDS_OAUTH,
  BARUA_WORDS_FINE,
  BARUA_WORDS_BOUNCE,
  BARUA_WORDS_NETWORK,
  BARUA_WORDS_TLS,
  BARUA_WORDS_PROGRAM,
  BARUA_WORDS_LIBRARY,
  BARUA_WORDS_HERE,
  BARUA_WORDS_ABROAD,
  BARUA_WORDS_DIALOGS,
  BARUA_WORDS_TABLES,
} BaruaWordTable;

/**
 * barua_word_rules_smtp:
 * @n_rules: (out): how many
 *
 * Returns: (array length=n_rules): Google's SMTP replies, old wording and new. Source:
 *   https://support.google.com/a/answer/3726730
 */
const BaruaWordRule *barua_word_rules_smtp (gsize *n_rules);

/**
 * barua_word_rules_imap:
 * @n_rules: (out): how many
 *
 * Returns: (array length=n_rules): IMAP and POP replies; response codes of RFC 5530,
 *   RFC 9051 7.1, RFC 2449 8
 */
const BaruaWordRule *barua_word_rules_imap (gsize *n_rules);

/**
 * barua_word_rules_oauth:
 * @n_rules: (out): how many
 *
 * Returns: (array length=n_rules): errors of Google's OAuth pages, of the token endpoint
 *   (RFC 6749, 5.2) and of SASL challenges (RFC 7628, 3.2.2)
 */
const BaruaWordRule *barua_word_rules_oauth (gsize *n_rules);

/**
 * barua_word_rules_fine:
 * @n_rules: (out): how many
 *
 * Returns: (array length=n_rules): what is said when all is well
 */
const BaruaWordRule *barua_word_rules_fine (gsize *n_rules);

/**
 * barua_word_rules_bounce:
 * @n_rules: (out): how many
 *
 * Returns: (array length=n_rules): bounces, enhanced status codes (RFC 3463), and what
 *   servers other than Google's say
 */
const BaruaWordRule *barua_word_rules_bounce (gsize *n_rules);

/**
 * barua_word_rules_network:
 * @n_rules: (out): how many
 *
 * Returns: (array length=n_rules): errors of sockets and resolvers
 */
const BaruaWordRule *barua_word_rules_network (gsize *n_rules);

/**
 * barua_word_rules_tls:
 * @n_rules: (out): how many
 *
 * Returns: (array length=n_rules): errors of OpenSSL, GnuTLS, NSS, Java, .NET, Go, rustls
 */
const BaruaWordRule *barua_word_rules_tls (gsize *n_rules);

/**
 * barua_word_rules_program:
 * @n_rules: (out): how many
 *
 * Returns: (array length=n_rules): what mail programs say in words of their own
 */
const BaruaWordRule *barua_word_rules_program (gsize *n_rules);

/**
 * barua_word_rules_library:
 * @n_rules: (out): how many
 *
 * Returns: (array length=n_rules): what mail libraries say in words of their own
 */
const BaruaWordRule *barua_word_rules_library (gsize *n_rules);

/**
 * barua_word_rules_here:
 * @n_rules: (out): how many
 *
 * Returns: (array length=n_rules): keyrings that are locked or missing, parts that are
 * not installed
 */
const BaruaWordRule *barua_word_rules_here (gsize *n_rules);

/**
 * barua_word_rules_abroad:
 * @n_rules: (out): how many
 *
 * Returns: (array length=n_rules): what systems and programs say in languages other than
 *   English
 */
const BaruaWordRule *barua_word_rules_abroad (gsize *n_rules);

/**
 * barua_word_rules_dialogs:
 * @n_rules: (out): how many
 *
 * Returns: (array length=n_rules): what Thunderbird's dialogs say in languages other than
 *   English. Source: its translations, version 153
 */
const BaruaWordRule *barua_word_rules_dialogs (gsize *n_rules);

G_END_DECLS
