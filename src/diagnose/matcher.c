#include "config.h"

#include "diagnose/matcher.h"

#include <string.h>

/* What "*" stands for is no longer than this. */
#define GAP_MAX 200

/* How far to both sides "near" is. */
#define NEAR 480

/* Four bytes are enough to tell most beginnings apart. */
#define KEY 4
#define BUCKET_BITS 12
#define BUCKETS (1 << BUCKET_BITS)

/* For the quick look: one bit for each hash of four bytes. */
#define SIEVE_BITS 17

/* What begins with four bytes: the words of a rule, or something that may stand near. */
typedef struct
{
  guint32 key;
  guint table;
  const BaruaWordRule *rule;
  const char *words;
  gsize length;
  gboolean open;
  const char *rest;
  guint thing;
  int near;
  int never;
  int next;
} Entry;

/* One string of choices: a flag for each thing that may stand near. Those too short for
 * the index are looked for by themselves. */
typedef struct
{
  const char *choices;
  gboolean has_short;
  GByteArray *members;
} Neighbours;

/* Something that may stand near, seen. */
typedef struct
{
  guint thing;
  gsize start;
  gsize end;
} Seen;

typedef struct
{
  const Entry *entry;
  BaruaWordHit hit;
} Candidate;

/* The words of a rule by which it is found in bytes as they came. */
typedef struct
{
  guint32 key;
  const char *words;
  gsize length;
  int next;
} Anchor;

typedef struct
{
  GArray *entries;
  GArray *neighbours;
  guint n_things;
  int heads[BUCKETS];
  GArray *anchors;
  int anchor_heads[BUCKETS];
  guint32 sieve[1 << (SIEVE_BITS - 5)];
  guint32 anchor_sieve[1 << (SIEVE_BITS - 5)];
} Index;

static guint32
get_key (const char *bytes)
{
  const guchar *b = (const guchar *) bytes;

  return (guint32) b[0] | (guint32) b[1] << 8 | (guint32) b[2] << 16 |
         (guint32) b[3] << 24;
}

static inline guint32
hash (guint32 key)
{
  return key * 2654435761u;
}

static void
add_to_sieve (guint32 *sieve, guint32 key)
{
  guint32 bit = hash (key) >> (32 - SIEVE_BITS);

  sieve[bit >> 5] |= 1u << (bit & 31);
}

static inline gboolean
is_in_sieve (const guint32 *sieve, guint32 key)
{
  guint32 bit = hash (key) >> (32 - SIEVE_BITS);

  return (sieve[bit >> 5] & (1u << (bit & 31))) != 0;
}

static inline guint32
get_bucket (guint32 key)
{
  return hash (key) >> (32 - BUCKET_BITS);
}

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

static gsize
get_segment (const char *words, gboolean *open)
{
  gsize length = strcspn (words, "*|");

  *open = length > 0 && words[length - 1] == '~';
  return *open ? length - 1 : length;
}

static gboolean
find_segment (const char *text, gsize length, gsize *at, gsize until, const char *words)
{
  gboolean open = FALSE;
  gsize size = get_segment (words, &open);
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

static gboolean
is_here (const char *text, gsize length, gsize start, const Entry *entry)
{
  gsize end = start + entry->length;

  return end <= length && memcmp (text + start, entry->words, entry->length) == 0 &&
         is_bounded (text, length, start, end, entry->open);
}

/* Returns where the words of a rule end that begin at @start; 0 if they do not. */
static gsize
match_words (const char *text, gsize length, gsize start, const Entry *entry)
{
  gsize at = start + entry->length;

  if (!is_here (text, length, start, entry))
    return 0;
  for (const char *rest = entry->rest; rest != NULL; rest = strchr (rest, '*'))
    {
      gboolean ignored = FALSE;

      rest++;
      if (!find_segment (text, length, &at, at + GAP_MAX + get_segment (rest, &ignored),
                         rest))
        return 0;
    }
  return at;
}

typedef struct
{
  const char *text;
  gsize length;
  const Index *index;
  GArray *seen;
} Scene;

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

      if (get_segment (choices, &open) < KEY &&
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
is_near (const Scene *scene, const BaruaWordHit *hit, int neighbours, gsize *end)
{
  const Neighbours *set =
    &g_array_index (scene->index->neighbours, Neighbours, (guint) neighbours);
  gsize from = hit->start > NEAR ? hit->start - NEAR : 0;
  gsize until = MIN (hit->end + NEAR, scene->length);

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
decide (const Scene *scene, const Candidate *candidate, GArray *hits)
{
  const Entry *entry = candidate->entry;
  BaruaWordHit hit = candidate->hit;
  gsize ignored = 0;

  if (entry->never >= 0 && is_near (scene, &candidate->hit, entry->never, &ignored))
    return;
  if (entry->near >= 0 && !is_near (scene, &candidate->hit, entry->near, &hit.end))
    return;
  g_array_append_val (hits, hit);
}

static gsize
count_ascii (const char *words)
{
  gsize length = 0;

  while (words[length] != '\0' && strchr ("*~", words[length]) == NULL &&
         (guchar) words[length] < 0x80)
    length++;
  return length;
}

/* The longest of the words that stand together says most. Other letters than ASCII's have
 * more forms than the quick look knows. */
static void
set_longest (Anchor *anchor, const char *words)
{
  while (*words != '\0')
    {
      gsize length = count_ascii (words);

      if (length > anchor->length)
        {
          anchor->words = words;
          anchor->length = length;
        }
      words += MAX (length, 1);
    }
}

static void
add_anchor (Index *index, const BaruaWordRule *rule)
{
  Anchor anchor = { 0 };
  guint32 bucket = 0;

  set_longest (&anchor, rule->words);
  if (anchor.length < KEY)
    return;
  /* "535 5.7.8" may stand there as "535-5.7.8" or "535, b'5.7.8". */
  if (anchor.length >= 9 && g_ascii_isdigit (anchor.words[2]) && anchor.words[3] == ' ')
    {
      anchor.words += 4;
      anchor.length -= 4;
    }
  anchor.key = get_key (anchor.words);
  bucket = get_bucket (anchor.key);
  add_to_sieve (index->anchor_sieve, anchor.key);
  anchor.next = index->anchor_heads[bucket];
  index->anchor_heads[bucket] = (int) index->anchors->len;
  g_array_append_val (index->anchors, anchor);
}

static void
add_entry (Index *index, Entry *entry, const char *words)
{
  guint32 bucket = 0;

  entry->words = words;
  entry->length = get_segment (words, &entry->open);
  if (entry->rule != NULL)
    entry->rest = strchr (words, '*');
  entry->key = get_key (words);
  add_to_sieve (index->sieve, entry->key);
  bucket = get_bucket (entry->key);
  entry->next = index->heads[bucket];
  index->heads[bucket] = (int) index->entries->len;
  g_array_append_val (index->entries, *entry);
}

/* Returns the number of something that may stand near. */
static guint
add_thing (Index *index, const char *words)
{
  Entry entry = { .thing = index->n_things };
  gboolean open = FALSE;
  gsize length = get_segment (words, &open);

  for (guint i = 0; i < index->entries->len; i++)
    {
      const Entry *known = &g_array_index (index->entries, Entry, i);

      if (known->rule == NULL && known->length == length && known->open == open &&
          memcmp (known->words, words, length) == 0)
        return known->thing;
    }
  add_entry (index, &entry, words);
  return index->n_things++;
}

static void
add_member (Neighbours *set, guint thing)
{
  guint length = set->members->len;

  if (thing >= length)
    {
      g_byte_array_set_size (set->members, thing + 1);
      memset (set->members->data + length, 0, thing + 1 - length);
    }
  set->members->data[thing] = 1;
}

/* Returns the number of a string of choices, which many rules share. */
static int
add_neighbours (Index *index, const char *choices)
{
  Neighbours set = { .choices = choices };

  if (choices == NULL)
    return -1;
  for (guint i = 0; i < index->neighbours->len; i++)
    if (strcmp (g_array_index (index->neighbours, Neighbours, i).choices, choices) == 0)
      return (int) i;
  set.members = g_byte_array_new ();
  while (choices != NULL)
    {
      gboolean open = FALSE;

      if (get_segment (choices, &open) >= KEY)
        add_member (&set, add_thing (index, choices));
      else
        set.has_short = TRUE;
      choices = strchr (choices, '|');
      if (choices != NULL)
        choices++;
    }
  g_array_append_val (index->neighbours, set);
  return (int) index->neighbours->len - 1;
}

static void
add_rules (Index *index, guint table, const BaruaWordRule *rules, gsize n_rules)
{
  for (gsize i = 0; i < n_rules; i++)
    {
      Entry entry = { .table = table, .rule = &rules[i] };

      entry.near = add_neighbours (index, rules[i].near);
      entry.never = add_neighbours (index, rules[i].never);
      add_entry (index, &entry, rules[i].words);
      add_anchor (index, &rules[i]);
    }
}

static const BaruaWordRule CHALLENGES[] = {
  /* How {"status" and {"error" begin in base64. */
  { "challenge", "unknown", 0, 0, "eyjzdgf0dxm~" },
  { "challenge", "unknown", 0, 0, "eyjlcnjvci~" },
};

static Index *
build_index (void)
{
  static const BaruaWordRule *(*const TABLES[BARUA_WORDS_TABLES]) (gsize *) = {
    [BARUA_WORDS_SMTP] = barua_word_rules_smtp,
    [BARUA_WORDS_IMAP] = barua_word_rules_imap,
    [BARUA_WORDS_OAUTH] = barua_word_rules_oauth,
    [BARUA_WORDS_FINE] = barua_word_rules_fine,
    [BARUA_WORDS_BOUNCE] = barua_word_rules_bounce,
    [BARUA_WORDS_NETWORK] = barua_word_rules_network,
    [BARUA_WORDS_TLS] = barua_word_rules_tls,
    [BARUA_WORDS_PROGRAM] = barua_word_rules_program,
    [BARUA_WORDS_LIBRARY] = barua_word_rules_library,
    [BARUA_WORDS_HERE] = barua_word_rules_here,
    [BARUA_WORDS_ABROAD] = barua_word_rules_abroad,
  };
  Index *index = g_new0 (Index, 1);

  index->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  index->neighbours = g_array_new (FALSE, FALSE, sizeof (Neighbours));
  index->anchors = g_array_new (FALSE, FALSE, sizeof (Anchor));
  memset (index->heads, -1, sizeof index->heads);
  memset (index->anchor_heads, -1, sizeof index->anchor_heads);
  for (guint i = 0; i < BARUA_WORDS_TABLES; i++)
    {
      gsize n_rules = 0;
      const BaruaWordRule *rules = TABLES[i](&n_rules);

      add_rules (index, i, rules, n_rules);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (CHALLENGES); i++)
    add_anchor (index, &CHALLENGES[i]);
  return index;
}

static const Index *
get_index (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) build_index ());
  return (const Index *) once;
}

static void
look_at (const Scene *scene, gsize at, guint tables, GArray *candidates)
{
  guint32 key = get_key (scene->text + at);
  int next = -1;

  if (is_in_sieve (scene->index->sieve, key))
    next = scene->index->heads[get_bucket (key)];
  while (next >= 0)
    {
      const Entry *entry = &g_array_index (scene->index->entries, Entry, next);

      next = entry->next;
      if (entry->key != key)
        continue;
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
            g_array_append_val (candidates, candidate);
        }
    }
}

void
barua_matcher_scan (
  const char *text, gsize length, gsize from, gsize to, guint tables, GArray *hits)
{
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (Seen));
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  Scene scene = { text, length, get_index (), seen };
  gsize stop = MIN (length, to + BARUA_MATCHER_REACH);

  g_return_if_fail (text != NULL || length == 0);
  g_return_if_fail (hits != NULL);

  for (gsize i = from - MIN (from, NEAR); i < stop && i + KEY <= length; i++)
    if (i == 0 || !is_word (text[i]) || !is_word (text[i - 1]))
      look_at (&scene, i, i >= from && i < to ? tables : 0, candidates);
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
try_anchors (const Index *index, guint32 key, const char *bytes, gsize length)
{
  int next = index->anchor_heads[get_bucket (key)];

  while (next >= 0)
    {
      const Anchor *anchor = &g_array_index (index->anchors, Anchor, next);

      if (anchor->key == key && is_alike (bytes, length, anchor->words, anchor->length))
        return TRUE;
      next = anchor->next;
    }
  return FALSE;
}

gboolean
barua_matcher_may_hold (const char *bytes, gsize length)
{
  const Index *index = get_index ();
  guint32 key = 0;

  g_return_val_if_fail (bytes != NULL || length == 0, FALSE);

  for (gsize i = 0; i < length; i++)
    {
      /* The last four bytes in lower case; the oldest lies lowest, as in get_key(). */
      key = key >> 8 | (guint32) (guchar) lower (bytes[i]) << 24;
      if (i + 1 < KEY || !is_in_sieve (index->anchor_sieve, key))
        continue;
      if (i >= KEY && is_word (bytes[i - KEY]) && is_word (bytes[i + 1 - KEY]))
        continue;
      if (try_anchors (index, key, bytes + i + 1 - KEY, length - i - 1 + KEY))
        return TRUE;
    }
  return FALSE;
}
