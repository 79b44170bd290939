#include "config.h"

#include "diagnose/matcher.h"

#include "diagnose/matcher-index.h"

#include <string.h>

/* What "*" stands for is no longer than this. */
#define GAP_MAX 200

/* How far to both sides "near" is. */
#define NEAR 480

/* How many bytes a BaruaWordStart tells. */
#define EIGHT sizeof (guint64)

/* Something that may stand near, seen. */
typedef struct
{
  guint thing;
  gsize start;
  gsize end;
} Seen;

typedef struct
{
  const BaruaWordEntry *entry;
  BaruaWordHit hit;
} Candidate;

static inline gboolean
is_word (char c)
{
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

static inline char
lower (char c)
{
  return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
}

/* Whole words only: a boundary is where one side is no letter or digit of ASCII. */
static gboolean
is_bounded (const char *text, gsize length, gsize start, gsize end, gboolean open)
{
  if (start > 0 && is_word (text[start]) && is_word (text[start - 1]))
    return FALSE;
  return open || end >= length || !is_word (text[end - 1]) || !is_word (text[end]);
}

static gboolean
find_segment (const char *text, gsize length, gsize *at, gsize until, const char *words)
{
  gboolean open = FALSE;
  gsize size = barua_words_get_segment (words, &open);
  const char *found = NULL;
  gsize start = *at;

  until = MIN (until, length);
  while (start + size <= until)
    {
      found = memmem (text + start, until - start, words, size);
      if (found == NULL)
        return FALSE;
      start = (gsize) (found - text);
      if (is_bounded (text, length, start, start + size, open))
        {
          *at = start + size;
          return TRUE;
        }
      start++;
    }
  return FALSE;
}

/* The first eight bytes are known to be the entry's. */
static gboolean
is_here (const char *text, gsize length, gsize start, const BaruaWordEntry *entry)
{
  gsize end = start + entry->length;

  if (end > length)
    return FALSE;
  if (entry->length > EIGHT &&
      memcmp (text + start + EIGHT, entry->words + EIGHT, entry->length - EIGHT) != 0)
    return FALSE;
  return is_bounded (text, length, start, end, entry->open);
}

/* Returns where the words of a rule end that begin at @start; 0 if they do not. */
static gsize
match_words (const char *text, gsize length, gsize start, const BaruaWordEntry *entry)
{
  gsize at = start + entry->length;

  if (!is_here (text, length, start, entry))
    return 0;
  for (const char *rest = entry->rest; rest != NULL; rest = strchr (rest, '*'))
    {
      gboolean ignored = FALSE;

      rest++;
      if (!find_segment (text, length, &at,
                         at + GAP_MAX + barua_words_get_segment (rest, &ignored), rest))
        return 0;
    }
  return at;
}

typedef struct
{
  const char *text;
  gsize length;
  const BaruaWordIndex *index;
  gsize end;
  GArray *candidates;
  GArray *seen;
  gsize seen_until;
} Scene;

/* The eight bytes that begin at a place; what lies beyond the end is zero. */
static inline guint64
read_eight (const char *text, gsize length, gsize at)
{
  guint64 bytes = 0;

  if (at + EIGHT <= length)
    memcpy (&bytes, text + at, EIGHT);
  else
    memcpy (&bytes, text + at, length - at);
  return bytes;
}

static void
meet (Scene *scene, gsize at, const BaruaWordEntry *entry, guint tables)
{
  if (entry->rule == NULL && is_here (scene->text, scene->length, at, entry))
    {
      Seen seen = { entry->thing, at, at + entry->length };

      g_array_append_val (scene->seen, seen);
    }
  else if (entry->rule != NULL && (tables & (1u << entry->table)) != 0)
    {
      Candidate candidate = { entry, { entry->rule, at, 0 } };

      candidate.hit.end = match_words (scene->text, scene->length, at, entry);
      if (candidate.hit.end > 0)
        g_array_append_val (scene->candidates, candidate);
    }
}

static void
look_at (Scene *scene, const BaruaWordSet *set, gsize at, guint32 key, guint tables)
{
  guint64 bytes = read_eight (scene->text, scene->length, at);
  guint32 bucket = barua_word_bucket (key);

  for (guint32 i = set->first[bucket]; i < set->first[bucket + 1]; i++)
    if (((bytes ^ set->starts[i].bytes) & set->starts[i].mask) == 0)
      meet (scene, at, &set->entries[i], tables);
}

static inline gsize
skip_word (const BaruaWordSet *set, const char *text, gsize at, gsize until)
{
  while (at < until && (set->bytes[(guchar) text[at]] & BARUA_BYTE_WORD) != 0)
    at++;
  return at;
}

/* Looks wherever a word begins, and at all that is no letter or digit. */
static void
look_through (
  Scene *scene, const BaruaWordSet *set, gsize from, gsize until, guint tables)
{
  const char *text = scene->text;
  gsize at = from;

  if (scene->length < BARUA_WORD_KEY)
    return;
  until = MIN (until, scene->length - BARUA_WORD_KEY + 1);
  if (at > 0 && at < until && is_word (text[at - 1]))
    at = skip_word (set, text, at, until);
  while (at < until)
    {
      guint8 here = set->bytes[(guchar) text[at]];

      if ((here & BARUA_BYTE_BEGINS) != 0)
        {
          guint32 key = barua_word_key (text + at);

          if (barua_word_sieve_holds (set->sieve, key))
            look_at (scene, set, at, key, tables);
        }
      at++;
      if ((here & BARUA_BYTE_WORD) != 0)
        at = skip_word (set, text, at, until);
    }
}

/* Few rules ask for what stands near, so that is looked for only where one does; and
 * only once at each place, since candidates come in the order of the text. */
static void
look_around (Scene *scene, gsize from, gsize until)
{
  from = MAX (from, scene->seen_until);
  until = MIN (until, scene->end);
  if (from >= until)
    return;
  look_through (scene, &scene->index->things, from, until, 0);
  scene->seen_until = until;
}

/* The first thing seen that begins at or after a place. */
static guint
find_seen (const GArray *seen, gsize from)
{
  guint low = 0;
  guint high = seen->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (seen, Seen, middle).start < from)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static gboolean
find_short (const Scene *scene, const char *choices, gsize from, gsize until)
{
  while (choices != NULL)
    {
      gboolean open = FALSE;
      gsize at = from;

      if (barua_words_get_segment (choices, &open) < BARUA_WORD_KEY &&
          find_segment (scene->text, scene->length, &at, until, choices))
        return TRUE;
      choices = strchr (choices, '|');
      if (choices != NULL)
        choices++;
    }
  return FALSE;
}

/* Whether any of several choices stands near; @end becomes where it ends, if later. */
static gboolean
is_near (Scene *scene, const BaruaWordHit *hit, int neighbours, gsize *end)
{
  const BaruaNeighbours *set =
    &g_array_index (scene->index->neighbours, BaruaNeighbours, (guint) neighbours);
  gsize from = hit->start > NEAR ? hit->start - NEAR : 0;
  gsize until = MIN (hit->end + NEAR, scene->length);

  look_around (scene, from, until);
  for (guint i = find_seen (scene->seen, from); i < scene->seen->len; i++)
    {
      const Seen *seen = &g_array_index (scene->seen, Seen, i);

      if (seen->start > until)
        break;
      if (seen->thing >= set->members->len || set->members->data[seen->thing] == 0 ||
          seen->end > until)
        continue;
      *end = MAX (*end, seen->end);
      return TRUE;
    }
  return set->has_short && find_short (scene, set->choices, from, until);
}

static void
decide (Scene *scene, const Candidate *candidate, GArray *hits)
{
  const BaruaWordEntry *entry = candidate->entry;
  BaruaWordHit hit = candidate->hit;
  gsize ignored = 0;

  if (entry->never >= 0 && is_near (scene, &candidate->hit, entry->never, &ignored))
    return;
  if (entry->near >= 0 && !is_near (scene, &candidate->hit, entry->near, &hit.end))
    return;
  g_array_append_val (hits, hit);
}

void
barua_matcher_scan (
  const char *text, gsize length, gsize from, gsize to, guint tables, GArray *hits)
{
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (Seen));
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  const BaruaWordIndex *index = barua_word_index_get ();
  gsize end = MIN (length, to + BARUA_MATCHER_REACH);
  Scene scene = { text, length, index, end, candidates, seen, 0 };

  g_return_if_fail (text != NULL || length == 0);
  g_return_if_fail (hits != NULL);

  look_through (&scene, &index->rules, from, to, tables);
  for (guint i = 0; i < candidates->len; i++)
    decide (&scene, &g_array_index (candidates, Candidate, i), hits);
}

static inline gboolean
is_passed_over (char c)
{
  return c == '\'' || c == '"' || c == '`' || c == '\\' || c == ' ' || c == '\n' ||
         c == '\r' || c == '\t' || (guchar) c >= 0x80;
}

/* Like memcmp(), but forgiving: letter case, quotation marks and the width of white space
 * do not matter. */
static gboolean
is_alike (const char *bytes, gsize length, const char *words, gsize n_words)
{
  gsize at = 0;
  gsize word = 0;

  while (word < n_words)
    {
      if (at >= length)
        return FALSE;
      if (lower (bytes[at]) == words[word])
        word++;
      else if (words[word] == ' ' && word > 0 &&
               ((guchar) bytes[at] <= ' ' || bytes[at] == '-' || bytes[at] == '\\'))
        word++;
      else if (at == 0 || !is_passed_over (bytes[at]))
        return FALSE;
      at++;
    }
  return TRUE;
}

static gboolean
try_anchors (const BaruaWordIndex *index, guint32 key, const char *bytes, gsize length)
{
  int next = index->anchor_heads[barua_word_bucket (key)];

  while (next >= 0)
    {
      const BaruaWordAnchor *anchor =
        &g_array_index (index->anchors, BaruaWordAnchor, next);

      if (anchor->key == key && is_alike (bytes, length, anchor->words, anchor->length))
        return TRUE;
      next = anchor->next;
    }
  return FALSE;
}

gboolean
barua_matcher_may_hold (const char *bytes, gsize length)
{
  const BaruaWordIndex *index = barua_word_index_get ();
  guint32 key = 0;

  g_return_val_if_fail (bytes != NULL || length == 0, FALSE);

  for (gsize i = 0; i < length; i++)
    {
      /* The last four bytes in lower case; the oldest lies lowest, as in
       * barua_word_key(). */
      key = key >> 8 | (guint32) (guchar) lower (bytes[i]) << 24;
      if (i + 1 < BARUA_WORD_KEY || !barua_word_sieve_holds (index->anchor_sieve, key))
        continue;
      if (i >= BARUA_WORD_KEY && is_word (bytes[i - BARUA_WORD_KEY]) &&
          is_word (bytes[i + 1 - BARUA_WORD_KEY]))
        continue;
      if (try_anchors (index, key, bytes + i + 1 - BARUA_WORD_KEY,
                       length - i - 1 + BARUA_WORD_KEY))
        return TRUE;
    }
  return FALSE;
}
