#include "config.h"

#include "diagnose/explain.h"

#include "base/secret.h"
#include "diagnose/explain-judge.h"
#include "diagnose/matcher.h"
#include "diagnose/normalizer.h"

#include <string.h>

/* A text is looked at in parts of this size, counted from its beginning, so that it does
 * not matter how it comes. */
#define PART (32 * 1024)

/* Of what was read so much is kept for showing it, and for what lies before a match. */
#define KEPT (32 * 1024)

/* What people paste is read whole; of long logs only the parts that may say something. */
#define READ_WHOLE (2 * PART)

/* How much before a part that may say something is read too. */
#define CONTEXT 2048

/* The longest words that the quick look knows. */
#define OVERLAP 128

/* What is shown of a text that says nothing. */
#define BEGINNING 600

struct _BaruaExplainer
{
  GByteArray *raw;
  guint64 raw_start;
  gsize part_at;
  guint64 part_line;
  gboolean reading;
  gboolean said_something;
  gsize pushed;
  guint64 scanned;
  BaruaNormalizer *normalizer;
  BaruaJudge *judge;
  GArray *hits;
  char *beginning;
};

static void
start (BaruaExplainer *self)
{
  self->raw_start = 0;
  self->part_at = 0;
  self->part_line = 1;
  self->reading = TRUE;
  self->said_something = TRUE;
  self->pushed = 0;
  self->scanned = 0;
  self->normalizer = barua_normalizer_new ();
  self->judge = barua_judge_new ();
}

static void
stop (BaruaExplainer *self)
{
  explicit_bzero (self->raw->data, self->raw->len);
  g_byte_array_set_size (self->raw, 0);
  barua_normalizer_free (self->normalizer);
  barua_judge_free (self->judge);
  barua_secret_free_text (self->beginning);
  self->beginning = NULL;
}

BaruaExplainer *
barua_explainer_new (void)
{
  BaruaExplainer *self = g_new0 (BaruaExplainer, 1);

  self->raw = g_byte_array_sized_new (KEPT + PART);
  self->hits = g_array_new (FALSE, FALSE, sizeof (BaruaWordHit));
  start (self);
  return self;
}

void
barua_explainer_free (BaruaExplainer *self)
{
  g_return_if_fail (self != NULL);

  stop (self);
  g_byte_array_unref (self->raw);
  g_array_unref (self->hits);
  g_free (self);
}

static guint64
count_lines (const guint8 *bytes, gsize length)
{
  const guint8 *end = bytes + length;
  guint64 lines = 0;

  while (bytes < end)
    {
      bytes = memchr (bytes, '\n', (gsize) (end - bytes));
      if (bytes == NULL)
        break;
      bytes++;
      lines++;
    }
  return lines;
}

static char *
read_raw (gpointer data, guint64 from, guint64 to)
{
  BaruaExplainer *self = data;
  guint64 end = self->raw_start + self->raw->len;

  from = MAX (from, self->raw_start);
  to = MIN (to, end);
  if (from >= to)
    return NULL;
  return g_strndup ((const char *) self->raw->data + (from - self->raw_start),
                    (gsize) (to - from));
}

/* Where the line ends that goes through a place. */
static guint64
find_line_end (const BaruaExplainer *self, guint64 at)
{
  const guint8 *end = NULL;
  gsize from = 0;

  if (at < self->raw_start || at >= self->raw_start + self->raw->len)
    return at;
  from = (gsize) (at - self->raw_start);
  end = memchr (self->raw->data + from, '\n', self->raw->len - from);
  return end != NULL ? self->raw_start + (guint64) (end - self->raw->data)
                     : self->raw_start + self->raw->len;
}

static void
report (BaruaExplainer *self, const BaruaWordHit *hit, guint64 text_start)
{
  guint64 start = text_start + hit->start;
  guint64 end = text_start + hit->end;
  const BaruaTextMark *last = barua_normalizer_find_mark (self->normalizer, end - 1);
  const BaruaTextMark *first =
    last->at <= start ? last : barua_normalizer_find_mark (self->normalizer, start);
  BaruaSighting sighting = {
    .rule = hit->rule,
    .start = start,
    .end = end,
    .line = first->first_line,
    .last_line = last->line,
    .raw_start = first->first_raw,
    .raw_end = find_line_end (self, last->raw),
  };

  barua_judge_hear (self->judge, &sighting);
}

/* Looks through what was written and is settled; at the end of what is read, all is. */
static void
scan (BaruaExplainer *self, gboolean all)
{
  guint64 text_start = 0;
  gsize length = 0;
  const char *text = barua_normalizer_get_text (self->normalizer, &text_start, &length);
  gsize settled = all ? length : length - MIN (length, BARUA_MATCHER_REACH);
  gsize from = self->scanned > text_start ? (gsize) (self->scanned - text_start) : 0;
  BaruaExcerpt excerpt = { self, read_raw };

  if (settled <= from)
    return;
  g_array_set_size (self->hits, 0);
  barua_matcher_scan (text, length, from, settled, BARUA_MATCHER_ALL, self->hits);
  for (guint i = 0; i < self->hits->len; i++)
    report (self, &g_array_index (self->hits, BaruaWordHit, i), text_start);
  barua_judge_read (self->judge, &excerpt);
  self->scanned = text_start + settled;
  if (settled > BARUA_MATCHER_REACH)
    barua_normalizer_forget (self->normalizer, self->scanned - BARUA_MATCHER_REACH);
}

static void
push (BaruaExplainer *self, gsize until, gboolean last)
{
  self->pushed += barua_normalizer_push (self->normalizer,
                                         (const char *) self->raw->data + self->pushed,
                                         until - self->pushed, last);
  scan (self, last);
}

/* Begins to read a little before the part, where a line begins. */
static void
begin_reading (BaruaExplainer *self)
{
  gsize from = self->part_at - MIN (self->part_at, CONTEXT);
  const guint8 *line = memchr (self->raw->data + from, '\n', self->part_at - from);
  guint64 lines = 0;

  from = line != NULL ? (gsize) (line - self->raw->data) + 1 : self->part_at;
  lines = count_lines (self->raw->data + from, self->part_at - from);
  self->reading = TRUE;
  self->pushed = from;
  barua_normalizer_restart (self->normalizer, self->raw_start + from,
                            self->part_line - lines);
}

static void
take_part (BaruaExplainer *self, gboolean last)
{
  gsize end = self->raw->len;
  gsize look = self->part_at - MIN (self->part_at, OVERLAP);
  gboolean whole = self->raw_start + end <= READ_WHOLE;
  gboolean says =
    whole || barua_matcher_may_hold ((const char *) self->raw->data + look, end - look);

  if (says && !self->reading)
    begin_reading (self);
  if (self->reading)
    {
      /* One part more is read than says something, for what belongs to it. */
      gboolean ends = last || (!says && !self->said_something);

      push (self, end, ends);
      self->reading = !ends;
    }
  self->said_something = says;
  self->part_line += count_lines (self->raw->data + self->part_at, end - self->part_at);
  self->part_at = end;
}

static void
let_go (BaruaExplainer *self)
{
  gsize count = self->raw->len - MIN (self->raw->len, KEPT);

  if (self->reading)
    count = MIN (count, self->pushed);
  if (count == 0)
    return;
  g_byte_array_remove_range (self->raw, 0, (guint) count);
  explicit_bzero (self->raw->data + self->raw->len, count);
  self->raw_start += count;
  self->part_at -= count;
  self->pushed -= MIN (self->pushed, count);
}

static void
keep_beginning (BaruaExplainer *self)
{
  if (self->beginning == NULL && self->raw_start == 0)
    self->beginning =
      g_strndup ((const char *) self->raw->data, MIN (self->raw->len, BEGINNING));
}

void
barua_explainer_feed (BaruaExplainer *self, const char *bytes, gsize length)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL || length == 0);

  while (length > 0)
    {
      gsize room = PART - (self->raw->len - self->part_at);
      gsize count = MIN (room, length);

      g_byte_array_append (self->raw, (const guint8 *) bytes, (guint) count);
      bytes += count;
      length -= count;
      if (count < room)
        return;
      keep_beginning (self);
      take_part (self, FALSE);
      let_go (self);
    }
}

BaruaExplanation *
barua_explainer_finish (BaruaExplainer *self)
{
  BaruaExplanation *explanation = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  keep_beginning (self);
  take_part (self, TRUE);
  explanation = barua_judge_conclude (self->judge, self->beginning);
  stop (self);
  start (self);
  return explanation;
}

BaruaExplanation *
barua_explain (const char *text, gssize length)
{
  g_autoptr (BaruaExplainer) self = barua_explainer_new ();

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  barua_explainer_feed (self, text, length < 0 ? strlen (text) : (gsize) length);
  return barua_explainer_finish (self);
}

void
barua_explanation_free (BaruaExplanation *self)
{
  g_return_if_fail (self != NULL);

  barua_verdict_unref (self->verdict);
  g_array_unref (self->matches);
  g_free (self);
}
