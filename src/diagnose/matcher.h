#pragma once

#include "diagnose/word-rule.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BARUA_MATCHER_REACH:
 *
 * How far, in bytes, a rule looks to both sides of its words.
 */
#define BARUA_MATCHER_REACH 1024

/**
 * BARUA_MATCHER_REPLIES, BARUA_MATCHER_ALL:
 *
 * Which tables to look in: what servers say, or everything.
 */
#define BARUA_MATCHER_REPLIES ((1u << BARUA_WORDS_NETWORK) - 1)
#define BARUA_MATCHER_ALL ((1u << BARUA_WORDS_TABLES) - 1)

/**
 * BaruaWordHit:
 * @rule: what holds
 * @start: where its words begin
 * @end: where they, and what stands near by, end
 *
 * A rule that holds at one place.
 */
typedef struct
{
  const BaruaWordRule *rule;
  gsize start;
  gsize end;
} BaruaWordHit;

/**
 * barua_matcher_scan:
 * @text: (array length=length): normalized text
 * @length: how many bytes
 * @from: where to look for the beginning of words
 * @to: up to where; what lies within the reach beyond it is looked at too
 * @tables: which tables, a bit for each #BaruaWordTable
 * @hits: (element-type BaruaWordHit): where hits are added, in the order of the text
 */
void barua_matcher_scan (
  const char *text, gsize length, gsize from, gsize to, guint tables, GArray *hits);

/**
 * barua_matcher_may_hold:
 * @bytes: (array length=length): bytes as they came
 * @length: how many bytes
 *
 * A quick look. One that is wrong now and then where text is wrapped or quoted in
 * unusual ways, but never for a line as programs write it.
 *
 * Returns: whether any rule may hold there
 */
gboolean barua_matcher_may_hold (const char *bytes, gsize length);

G_END_DECLS
