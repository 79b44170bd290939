#pragma once

#include "diagnose/word-rule.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BARUA_WORD_KEY:
 *
 * With so many bytes all words begin that are in the index: enough to tell most apart.
 */
#define BARUA_WORD_KEY 4

/**
 * BARUA_WORD_BUCKETS, BARUA_WORD_SIEVE_BITS:
 *
 * How many buckets words are spread over by their keys; and the bits of a hash that a
 * sieve keeps: one bit of it for each value.
 */
#define BARUA_WORD_BUCKET_BITS 12
#define BARUA_WORD_BUCKETS (1 << BARUA_WORD_BUCKET_BITS)
#define BARUA_WORD_SIEVE_BITS 17

/**
 * BARUA_BYTE_WORD, BARUA_BYTE_BEGINS:
 *
 * What a byte may be: a letter or digit of ASCII; the first of words in the index.
 */
#define BARUA_BYTE_WORD 1
#define BARUA_BYTE_BEGINS 2

/**
 * BaruaWordEntry:
 * @table: where @rule comes from, a #BaruaWordTable
 * @rule: (nullable): whose words these are; %NULL for something that may stand near
 * @words: the words, up to the first "*"
 * @length: how many bytes of them
 * @open: whether the last word may go on
 * @rest: (nullable): what of the rule's words follows, from the first "*" on
 * @thing: the number of what may stand near, where @rule is %NULL
 * @near: which of the neighbours must stand near, or -1
 * @never: which of the neighbours must not stand near, or -1
 * @key: their first four bytes
 *
 * Words that are looked for in normalized text.
 */
typedef struct
{
  guint table;
  const BaruaWordRule *rule;
  const char *words;
  gsize length;
  gboolean open;
  const char *rest;
  guint thing;
  int near;
  int never;
  guint32 key;
} BaruaWordEntry;

/**
 * BaruaWordStart:
 * @bytes: the first eight bytes of an entry's words, as they lie in memory
 * @mask: which of them there are
 *
 * Tells most entries that share a key apart before they are looked at.
 */
typedef struct
{
  guint64 bytes;
  guint64 mask;
} BaruaWordStart;

/**
 * BaruaNeighbours:
 * @choices: what may stand near; "|" separates choices
 * @has_short: whether any is too short for the index, and must be looked for by itself
 * @members: a byte for each thing: whether it is one of the choices
 */
typedef struct
{
  const char *choices;
  gboolean has_short;
  GByteArray *members;
} BaruaNeighbours;

/**
 * BaruaWordAnchor:
 * @key: its first four bytes
 * @words: the words of a rule by which it is found in bytes as they came
 * @length: how many bytes
 * @next: the next in the same bucket, or -1
 */
typedef struct
{
  guint32 key;
  const char *words;
  gsize length;
  int next;
} BaruaWordAnchor;

/**
 * BaruaWordSet:
 * @entries: words, by bucket
 * @starts: how each of @entries begins
 * @first: for each bucket its first entry; the next bucket's first ends it
 * @sieve: keys of @entries
 * @bytes: for each byte what it may be, %BARUA_BYTE_WORD and %BARUA_BYTE_BEGINS
 *
 * Words that are looked for all at once at every place of a text.
 */
typedef struct
{
  BaruaWordEntry *entries;
  BaruaWordStart *starts;
  guint32 first[BARUA_WORD_BUCKETS + 1];
  guint32 sieve[1 << (BARUA_WORD_SIEVE_BITS - 5)];
  guint8 bytes[256];
} BaruaWordSet;

/**
 * BaruaWordIndex:
 * @rules: the words of rules
 * @things: what may stand near
 * @neighbours: (element-type BaruaNeighbours): what may stand near rules
 * @anchors: (element-type BaruaWordAnchor): what the quick look looks for
 * @anchor_heads: for each bucket its first anchor, or -1
 * @anchor_sieve: keys of @anchors
 *
 * All words of all rules.
 */
typedef struct
{
  BaruaWordSet rules;
  BaruaWordSet things;
  GArray *neighbours;
  GArray *anchors;
  int anchor_heads[BARUA_WORD_BUCKETS];
  guint32 anchor_sieve[1 << (BARUA_WORD_SIEVE_BITS - 5)];
} BaruaWordIndex;

/**
 * barua_word_index_get:
 *
 * Returns: (transfer none): the index, made when it is first asked for
 */
const BaruaWordIndex *barua_word_index_get (void);

/**
 * barua_words_get_segment:
 * @words: words of a rule, or choices
 * @open: (out): whether they end with "~": the last word may go on
 *
 * Returns: how many bytes there are up to "*", "|" or the end, without "~"
 */
gsize barua_words_get_segment (const char *words, gboolean *open);

/**
 * barua_word_key:
 * @bytes: (array fixed-size=4): the first bytes of words
 *
 * Returns: the same as a number, the first byte lowest
 */
static inline guint32
barua_word_key (const char *bytes)
{
  const guchar *b = (const guchar *) bytes;

  return (guint32) b[0] | (guint32) b[1] << 8 | (guint32) b[2] << 16 |
         (guint32) b[3] << 24;
}

/**
 * barua_word_hash:
 * @key: how words begin
 *
 * Returns: a number whose upper bits differ for most keys
 */
static inline guint32
barua_word_hash (guint32 key)
{
  return key * 2654435761u;
}

/**
 * barua_word_bucket:
 * @key: how words begin
 *
 * Returns: the bucket they are in
 */
static inline guint32
barua_word_bucket (guint32 key)
{
  return barua_word_hash (key) >> (32 - BARUA_WORD_BUCKET_BITS);
}

/**
 * barua_word_sieve_holds:
 * @sieve: the sieve of a set, or of the anchors
 * @key: how words begin
 *
 * Returns: %FALSE when none begin so; now and then %TRUE when none do
 */
static inline gboolean
barua_word_sieve_holds (const guint32 *sieve, guint32 key)
{
  guint32 bit = barua_word_hash (key) >> (32 - BARUA_WORD_SIEVE_BITS);

  return (sieve[bit >> 5] >> (bit & 31) & 1) != 0;
}

G_END_DECLS
