#pragma once

#include "account/service.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaReplyFault:
 * @BARUA_REPLY_FAULT_NONE: nothing is wrong
 * @BARUA_REPLY_FAULT_LINE_TOO_LONG: see limits.h
 * @BARUA_REPLY_FAULT_TOO_MANY_LINES: see limits.h
 * @BARUA_REPLY_FAULT_TOO_LONG: see limits.h
 * @BARUA_REPLY_FAULT_CONTROL: a NUL, a CR without LF, or a LF without CR
 * @BARUA_REPLY_FAULT_GRAMMAR: no three digits, another code within one reply, no "+OK"
 *   and no "-ERR", an impossible literal…
 *
 * What makes a reply one that must not be believed.
 */
typedef enum
{
  BARUA_REPLY_FAULT_NONE,
  BARUA_REPLY_FAULT_LINE_TOO_LONG,
  BARUA_REPLY_FAULT_TOO_MANY_LINES,
  BARUA_REPLY_FAULT_TOO_LONG,
  BARUA_REPLY_FAULT_CONTROL,
  BARUA_REPLY_FAULT_GRAMMAR,
} BaruaReplyFault;

/**
 * BaruaReply:
 * @lines: (array zero-terminated=1): its lines without their ends, as they came: perhaps
 *   not UTF-8. SMTP: with their codes. IMAP: one line, literals within it replaced with
 *   quoted strings. POP: the status line, then the lines of a multi-line answer,
 * unstuffed
 * @code: SMTP: the three digits; else 0
 * @ms: milliseconds from when the command was sent, or from the reply before this one to
 *   the same command, to when the reply was whole; set by whoever does the I/O
 *
 * One whole reply of a server. IMAP's untagged data counts as a reply for each line.
 */
typedef struct
{
  char **lines;
  guint code;
  gint64 ms;
} BaruaReply;

/**
 * BaruaReader:
 *
 * Cuts the bytes that a server sends into replies, without I/O, within limits, in linear
 * time, and the same whether the bytes come whole or one by one.
 */
typedef struct _BaruaReader BaruaReader;

/**
 * barua_reader_new:
 * @protocol: whose grammar: RFC 5321, 4.2; RFC 9051, 7; RFC 1939, 3
 *
 * Returns: (transfer full): a reader that has seen nothing
 */
BaruaReader *barua_reader_new (BaruaProtocol protocol);

/**
 * barua_reader_free:
 * @self: (transfer full): a reader; what it holds is wiped, since servers echo secrets
 */
void barua_reader_free (BaruaReader *self);

/**
 * barua_reader_expect_lines:
 * @self: a reader for POP
 * @several: whether the next "+OK" is followed by lines up to a lone "." (RFC 1939, 3)
 */
void barua_reader_expect_lines (BaruaReader *self, gboolean several);

/**
 * barua_reader_push:
 * @self: a reader
 * @bytes: (array length=length): what came
 * @length: how many bytes
 *
 * Takes in bytes. After a fault they are dropped.
 */
void barua_reader_push (BaruaReader *self, const char *bytes, gsize length);

/**
 * barua_reader_pop:
 * @self: a reader
 *
 * Returns: (transfer full) (nullable): the next whole reply; %NULL when there is none
 * yet, or a fault came first. Free with barua_reply_free()
 */
BaruaReply *barua_reader_pop (BaruaReader *self);

/**
 * barua_reader_get_fault:
 * @self: a reader
 *
 * Returns: what is wrong with what came; once set it stays
 */
BaruaReplyFault barua_reader_get_fault (const BaruaReader *self);

/**
 * barua_reader_is_empty:
 * @self: a reader
 *
 * Returns: whether nothing has come that was not popped. Must hold before a TLS
 * handshake: what came in the clear must not be taken for what comes inside (RFC 3207, 6)
 */
gboolean barua_reader_is_empty (const BaruaReader *self);

/**
 * barua_reader_dup_rest:
 * @self: a reader
 *
 * Returns: (transfer full): the first bytes of what came and is no whole reply, for
 * saying what it looks like; printable, at most a line
 */
char *barua_reader_dup_rest (const BaruaReader *self);

/**
 * barua_reply_free:
 * @self: (transfer full): a reply; its lines are wiped
 */
void barua_reply_free (BaruaReply *self);

/**
 * barua_reply_fault_get_detail:
 * @fault: a fault
 *
 * Returns: a few technical words for it, the same in every language
 */
const char *barua_reply_fault_get_detail (BaruaReplyFault fault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaReader, barua_reader_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaReply, barua_reply_free)

G_END_DECLS
