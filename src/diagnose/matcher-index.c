#include "config.h"

#include "diagnose/matcher-index.h"

#include <string.h>

/* What is gathered of the index before all words are there. */
typedef struct
{
  BaruaWordIndex *index;
  GArray *rules;
  GArray *things;
} Builder;

gsize
barua_words_get_segment (const char *words, gboolean *open)
{
  gsize length = strcspn (words, "*|");

  *open = length > 0 && words[length - 1] == '~';
  return *open ? length - 1 : length;
}

static void
add_to_sieve (guint32 *sieve, guint32 key)
{
  guint32 bit = barua_word_hash (key) >> (32 - BARUA_WORD_SIEVE_BITS);

  sieve[bit >> 5] |= 1u << (bit & 31);
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
set_longest (BaruaWordAnchor *anchor, const char *words)
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
add_anchor (BaruaWordIndex *index, const BaruaWordRule *rule)
{
  BaruaWordAnchor anchor = { 0 };
  guint32 bucket = 0;

  set_longest (&anchor, rule->words);
  if (anchor.length < BARUA_WORD_KEY)
    return;
  /* "535 5.7.8" may stand there as "535-5.7.8" or "535, b'5.7.8". */
  if (anchor.length >= 9 && g_ascii_isdigit (anchor.words[2]) && anchor.words[3] == ' ')
    {
      anchor.words += 4;
      anchor.length -= 4;
    }
  anchor.key = barua_word_key (anchor.words);
  bucket = barua_word_bucket (anchor.key);
  add_to_sieve (index->anchor_sieve, anchor.key);
  anchor.next = index->anchor_heads[bucket];
  index->anchor_heads[bucket] = (int) index->anchors->len;
  g_array_append_val (index->anchors, anchor);
}

static void
add_entry (GArray *entries, BaruaWordEntry *entry, const char *words)
{
  entry->words = words;
  entry->length = barua_words_get_segment (words, &entry->open);
  if (entry->rule != NULL)
    entry->rest = strchr (words, '*');
  entry->key = barua_word_key (words);
  g_array_append_val (entries, *entry);
}

/* Returns the number of something that may stand near. */
static guint
add_thing (Builder *self, const char *words)
{
  BaruaWordEntry entry = { .thing = self->things->len };
  gboolean open = FALSE;
  gsize length = barua_words_get_segment (words, &open);

  for (guint i = 0; i < self->things->len; i++)
    {
      const BaruaWordEntry *known = &g_array_index (self->things, BaruaWordEntry, i);

      if (known->length == length && known->open == open &&
          memcmp (known->words, words, length) == 0)
        return known->thing;
    }
  add_entry (self->things, &entry, words);
  return entry.thing;
}

static void
add_member (BaruaNeighbours *set, guint thing)
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
add_neighbours (Builder *self, const char *choices)
{
  GArray *known = self->index->neighbours;
  BaruaNeighbours set = { .choices = choices };

  if (choices == NULL)
    return -1;
  for (guint i = 0; i < known->len; i++)
    if (strcmp (g_array_index (known, BaruaNeighbours, i).choices, choices) == 0)
      return (int) i;
  set.members = g_byte_array_new ();
  while (choices != NULL)
    {
      gboolean open = FALSE;

      if (barua_words_get_segment (choices, &open) >= BARUA_WORD_KEY)
        add_member (&set, add_thing (self, choices));
      else
        set.has_short = TRUE;
      choices = strchr (choices, '|');
      if (choices != NULL)
        choices++;
    }
  g_array_append_val (known, set);
  return (int) known->len - 1;
}

static void
add_rules (Builder *self, guint table, const BaruaWordRule *rules, gsize n_rules)
{
  for (gsize i = 0; i < n_rules; i++)
    {
      BaruaWordEntry entry = { .table = table, .rule = &rules[i] };

      entry.near = add_neighbours (self, rules[i].near);
      entry.never = add_neighbours (self, rules[i].never);
      add_entry (self->rules, &entry, rules[i].words);
      add_anchor (self->index, &rules[i]);
    }
}

static const BaruaWordRule CHALLENGES[] = {
  /* How {"status" and {"error" begin in base64. */
  { "challenge", "unknown", 0, 0, "eyjzdgf0dxm~" },
  { "challenge", "unknown", 0, 0, "eyjlcnjvci~" },
};

/* Lays words out by their buckets; of those in one, what was added last stands first. */
static void
lay_out (BaruaWordSet *set, const GArray *entries)
{
  const BaruaWordEntry *added = (const BaruaWordEntry *) (void *) entries->data;
  g_autofree guint32 *filled = g_new0 (guint32, BARUA_WORD_BUCKETS);

  for (guint i = 0; i < G_N_ELEMENTS (set->bytes); i++)
    set->bytes[i] = i < 0x80 && g_ascii_isalnum ((char) i) ? BARUA_BYTE_WORD : 0;
  for (guint i = 0; i < entries->len; i++)
    set->first[barua_word_bucket (added[i].key) + 1]++;
  for (guint i = 0; i < BARUA_WORD_BUCKETS; i++)
    set->first[i + 1] += set->first[i];
  set->entries = g_new (BaruaWordEntry, entries->len);
  set->starts = g_new0 (BaruaWordStart, entries->len);
  for (guint i = entries->len; i > 0; i--)
    {
      const BaruaWordEntry *entry = &added[i - 1];
      guint32 bucket = barua_word_bucket (entry->key);
      guint32 place = set->first[bucket] + filled[bucket]++;
      BaruaWordStart *start = &set->starts[place];

      set->entries[place] = *entry;
      memcpy (&start->bytes, entry->words, MIN (entry->length, sizeof start->bytes));
      memset (&start->mask, 0xff, MIN (entry->length, sizeof start->mask));
      add_to_sieve (set->sieve, entry->key);
      set->bytes[(guchar) entry->words[0]] |= BARUA_BYTE_BEGINS;
    }
}

static BaruaWordIndex *
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
    [BARUA_WORDS_DIALOGS] = barua_word_rules_dialogs,
  };
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (BaruaWordEntry));
  g_autoptr (GArray) things = g_array_new (FALSE, FALSE, sizeof (BaruaWordEntry));
  BaruaWordIndex *index = g_new0 (BaruaWordIndex, 1);
  Builder self = { index, words, things };

  index->neighbours = g_array_new (FALSE, FALSE, sizeof (BaruaNeighbours));
  index->anchors = g_array_new (FALSE, FALSE, sizeof (BaruaWordAnchor));
  memset (index->anchor_heads, -1, sizeof index->anchor_heads);
  for (guint i = 0; i < BARUA_WORDS_TABLES; i++)
    {
      gsize n_rules = 0;
      const BaruaWordRule *rules = TABLES[i](&n_rules);

      add_rules (&self, i, rules, n_rules);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (CHALLENGES); i++)
    add_anchor (index, &CHALLENGES[i]);
  lay_out (&index->rules, words);
  lay_out (&index->things, things);
  return index;
}

const BaruaWordIndex *
barua_word_index_get (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    g_once_init_leave (&once, (gsize) build_index ());
  return (const BaruaWordIndex *) once;
}
