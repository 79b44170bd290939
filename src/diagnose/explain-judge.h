#pragma once

#include "diagnose/explain.h"
#include "diagnose/word-rule.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaSighting:
 * @rule: what holds
 * @start: where its words begin, in normalized text
 * @end: where they end
 * @line: the line in which the message begins, from 1
 * @last_line: the line in which the words end
 * @raw_start: where the message begins, in the bytes that were read
 * @raw_end: where the line ends in which the words end
 *
 * A rule that holds somewhere in a text.
 */
typedef struct
{
  const BaruaWordRule *rule;
  guint64 start;
  guint64 end;
  guint64 line;
  guint64 last_line;
  guint64 raw_start;
  guint64 raw_end;
} BaruaSighting;

/**
 * BaruaExcerpt:
 * @data: handed to whoever asks
 * @read: returns (transfer full) (nullable) the bytes between two places of what was read
 *
 * Where the judge gets the words themselves from.
 */
typedef struct
{
  gpointer data;
  char *(*read) (gpointer data, guint64 start, guint64 end);
} BaruaExcerpt;

/**
 * BaruaJudge:
 *
 * Hears what was seen in a text, in its order, and keeps the one thing that matters: the
 * last failure that no later success made good.
 */
typedef struct _BaruaJudge BaruaJudge;

/**
 * barua_judge_new:
 *
 * Returns: (transfer full): a judge who has heard nothing
 */
BaruaJudge *barua_judge_new (void);

/**
 * barua_judge_free:
 * @self: (transfer full): a judge; what it holds is wiped
 */
void barua_judge_free (BaruaJudge *self);

/**
 * barua_judge_hear:
 * @self: a judge
 * @sighting: what was seen next
 */
void barua_judge_hear (BaruaJudge *self, const BaruaSighting *sighting);

/**
 * barua_judge_read:
 * @self: a judge
 * @excerpt: where to get the words from of what was heard since the last time; they are
 *   asked for now or not at all
 *
 * To be called while the bytes are there in which it was seen: only of the few sightings
 * that still matter then are the words read.
 */
void barua_judge_read (BaruaJudge *self, const BaruaExcerpt *excerpt);

/**
 * barua_judge_conclude:
 * @self: a judge
 * @beginning: (nullable): the first lines of the text, shown where nothing is known
 *
 * Returns: (transfer full): what it comes down to
 */
BaruaExplanation *barua_judge_conclude (const BaruaJudge *self, const char *beginning);

G_END_DECLS
