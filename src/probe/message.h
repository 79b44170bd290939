#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaMessage:
 * @address: the sender's and the recipient's, one and the same; ASCII
 * @name: (nullable): the sender's display name; UTF-8 of any kind
 * @subject: one line of UTF-8
 * @body: the text: UTF-8, lines ended by LF
 * @date: when it is written
 *
 * A short text message to oneself.
 */
typedef struct
{
  const char *address;
  const char *name;
  const char *subject;
  const char *body;
  GDateTime *date;
} BaruaMessage;

/**
 * barua_message_new_id:
 *
 * Returns: (transfer full): a Message-ID that no other message has, with its angle
 * brackets (RFC 5322, 3.6.4); it tells nothing about this machine
 */
char *barua_message_new_id (void);

/**
 * barua_message_build:
 * @self: what to say
 * @id: its Message-ID, with angle brackets
 *
 * Writes a message as RFC 5322 and RFC 2045 want it: ASCII lines of at most 76 characters
 * with CRLF, each header once, other scripts in encoded words (RFC 2047) and base64.
 *
 * Returns: (transfer full): the message, without the "." that ends it in SMTP. No line of
 * it begins with a dot
 */
char *barua_message_build (const BaruaMessage *self, const char *id);

G_END_DECLS
