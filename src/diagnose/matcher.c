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

typedef struct
{
  guint32 key;
  guint table;
  const BaruaWordRule *rule;
  int next;
} Entry;

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
  int heads[BUCKETS];
  GArray *anchors;
  int anchor_heads[BUCKETS];
  guint32 sieve[1 << (SIEVE_BITS - 5)];
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

static inline guint32
get_bucket (guint32 key)
{
  return hash (key) >> (32 - BUCKET_BITS);
}

static inline gboolean
is_word (char c)
{
  return g_ascii_isalnum (c);
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

/* Returns where the words of a rule end that begin at @start; 0 if they do not. */
static gsize
match_words (const char *text, gsize length, gsize start, const char *words)
{
  gboolean open = FALSE;
  gsize size = get_segment (words, &open);
  gsize at = start + size;

  if (at > length || memcmp (text + start, words, size) != 0 ||
      !is_bounded (text, length, start, at, open))
    return 0;
  for (words = strchr (words, '*'); words != NULL; words = strchr (words, '*'))
    {
      gboolean ignored = FALSE;

      words++;
      if (!find_segment (text, length, &at, at + GAP_MAX + get_segment (words, &ignored),
                         words))
        return 0;
    }
  return at;
}

/* Looks for any of several choices; @end becomes where the one found ends. */
static gboolean
is_near (const char *text,
         gsize length,
         const BaruaWordHit *hit,
         const char *choices,
         gsize *end)
{
  gsize from = hit->start > NEAR ? hit->start - NEAR : 0;
  gsize until = MIN (hit->end + NEAR, length);

  while (choices != NULL)
    {
      gsize at = from;

      if (find_segment (text, length, &at, until, choices))
        {
          *end = MAX (*end, at);
          return TRUE;
        }
      choices = strchr (choices, '|');
      if (choices != NULL)
        choices++;
    }
  return FALSE;
}

static void
try_rule (
  const char *text, gsize length, gsize start, const BaruaWordRule *rule, GArray *hits)
{
  BaruaWordHit hit = { .rule = rule, .start = start };
  gsize ignored = 0;

  hit.end = match_words (text, length, start, rule->words);
  if (hit.end == 0)
    return;
  if (rule->never != NULL && is_near (text, length, &hit, rule->never, &ignored))
    return;
  if (rule->near != NULL && !is_near (text, length, &hit, rule->near, &hit.end))
    return;
  g_array_append_val (hits, hit);
}

static void
add_anchor (Index *index, const BaruaWordRule *rule)
{
  Anchor anchor = { .words = rule->words };
  gboolean open = FALSE;
  guint32 bucket = 0;
  guint32 bit = 0;

  anchor.length = get_segment (rule->words, &open);
  /* "535 5.7.8" may stand there as "535-5.7.8" or "535, b'5.7.8". */
  if (anchor.length >= 9 && g_ascii_isdigit (anchor.words[2]) && anchor.words[3] == ' ')
    {
      anchor.words += 4;
      anchor.length -= 4;
    }
  anchor.key = get_key (anchor.words);
  bit = hash (anchor.key) >> (32 - SIEVE_BITS);
  bucket = get_bucket (anchor.key);
  index->sieve[bit >> 5] |= 1u << (bit & 31);
  anchor.next = index->anchor_heads[bucket];
  index->anchor_heads[bucket] = (int) index->anchors->len;
  g_array_append_val (index->anchors, anchor);
}

static void
add_rules (Index *index, guint table, const BaruaWordRule *rules, gsize n_rules)
{
  for (gsize i = 0; i < n_rules; i++)
    {
      Entry entry = { .table = table, .rule = &rules[i] };
      guint32 bucket = 0;

      entry.key = get_key (rules[i].words);
      bucket = get_bucket (entry.key);
      entry.next = index->heads[bucket];
      index->heads[bucket] = (int) index->entries->len;
      g_array_append_val (index->entries, entry);
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

void
barua_matcher_scan (
  const char *text, gsize length, gsize from, gsize to, guint tables, GArray *hits)
{
  const Index *index = get_index ();

  g_return_if_fail (text != NULL || length == 0);
  g_return_if_fail (hits != NULL);

  for (gsize i = from; i < to && i + KEY <= length; i++)
    {
      guint32 key = 0;
      int next = 0;

      if (i > 0 && is_word (text[i]) && is_word (text[i - 1]))
        continue;
      key = get_key (text + i);
      next = index->heads[get_bucket (key)];
      while (next >= 0)
        {
          const Entry *entry = &g_array_index (index->entries, Entry, next);

          if (entry->key == key && (tables & (1u << entry->table)) != 0)
            try_rule (text, length, i, entry->rule, hits);
          next = entry->next;
        }
    }
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
      if (g_ascii_tolower (bytes[at]) == words[word])
        word++;
      else if (words[word] == ' ' && word > 0 &&
               ((guchar) bytes[at] <= ' ' || bytes[at] == '-' || bytes[at] == '\\'))
        word++;
      else if (at == 0 || strchr ("'\"` \\\r\n\t", bytes[at]) == NULL)
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
      guint32 bit = 0;

      /* The last four bytes in lower case; the oldest lies lowest, as in get_key(). */
      key = key >> 8 | (guint32) (guchar) g_ascii_tolower (bytes[i]) << 24;
      bit = hash (key) >> (32 - SIEVE_BITS);
      if ((index->sieve[bit >> 5] & (1u << (bit & 31))) == 0 || i + 1 < KEY)
        continue;
      if (i >= KEY && is_word (bytes[i - KEY]) && is_word (bytes[i + 1 - KEY]))
        continue;
      if (try_anchors (index, key, bytes + i + 1 - KEY, length - i - 1 + KEY))
        return TRUE;
    }
  return FALSE;
}
