#pragma once

/**
 * BARUA_LIMIT_LINE_SMTP:
 *
 * The longest line taken from an SMTP or POP server, in bytes. RFC 5321, 4.5.3.1.5, says
 * 512; Gmail's own lines are longer.
 */
#define BARUA_LIMIT_LINE_SMTP 8192

/**
 * BARUA_LIMIT_LINE_IMAP:
 *
 * The longest line, literals left out, taken from an IMAP server, in bytes.
 */
#define BARUA_LIMIT_LINE_IMAP 65536

/**
 * BARUA_LIMIT_LITERAL:
 *
 * The longest IMAP literal taken, in bytes (RFC 9051, 4.3, knows no limit).
 */
#define BARUA_LIMIT_LITERAL 65536

/**
 * BARUA_LIMIT_REPLY_LINES:
 *
 * The most lines of one SMTP or POP reply.
 */
#define BARUA_LIMIT_REPLY_LINES 1000

/**
 * BARUA_LIMIT_REPLY:
 *
 * The most bytes of one reply, and of all untagged IMAP data before one tagged answer.
 */
#define BARUA_LIMIT_REPLY (1024 * 1024)

/**
 * BARUA_LIMIT_UNTAGGED:
 *
 * The most untagged IMAP answers before one tagged answer.
 */
#define BARUA_LIMIT_UNTAGGED 5000

/**
 * BARUA_LIMIT_NESTING:
 *
 * The deepest nesting of parentheses in an IMAP answer.
 */
#define BARUA_LIMIT_NESTING 32

/**
 * BARUA_LIMIT_STEP_MS:
 *
 * How long one name, connection, handshake or reply is waited for, if nothing else is
 * said.
 */
#define BARUA_LIMIT_STEP_MS 10000

/**
 * BARUA_LIMIT_TOTAL_MS:
 *
 * How long a whole check may take, if nothing else is said.
 */
#define BARUA_LIMIT_TOTAL_MS 30000

/**
 * BARUA_LIMIT_SASL_STEPS:
 *
 * The most challenges answered in one attempt to sign in.
 */
#define BARUA_LIMIT_SASL_STEPS 4
