#include "config.h"

#include "diagnose/normalizer.h"

#include "diagnose/reply-code.h"
#include "diagnose/text-escapes.h"

#include <string.h>

/* What an escape, a tag or a challenge may be long; so much is kept for the next push. */
#define LOOKAHEAD 2048

/* A line longer than this counts as several, so that what is shown of it lies near by. */
#define LINE_PART 1024

/* So far apart that no rule sees both sides. */
#define GAP 100000

/* Shorter runs of letters and digits are words; longer ones may be base64. */
#define RUN_MIN 24
#define RUN_OPAQUE 64

/* A word that can hold a reply code. */
#define WORD_MIN 5
#define WORD_MAX 48

typedef enum
{
  KIND_OTHER,
  KIND_RUN,
  KIND_BLANK,
  KIND_LINE,
  KIND_QUOTE,
  KIND_ESCAPE,
} Kind;

struct _BaruaNormalizer
{
  GByteArray *text;
  guint64 start;
  GArray *marks;
  guint64 raw;
  guint64 line;
  guint64 line_raw;
  BaruaReplyCode code;
  gsize word;
  gsize run;
  guint64 run_raw;
};

static Kind
get_kind (guchar byte)
{
  if (g_ascii_isalnum (byte) || byte == '+' || byte == '/' || byte == '_' || byte == '-')
    return KIND_RUN;
  if (byte == '\n')
    return KIND_LINE;
  if (byte == '\'' || byte == '"' || byte == '`')
    return KIND_QUOTE;
  if (byte == '\\' || byte == '<' || byte == '&' || byte == '=' || byte == '#' ||
      byte == 0x1b || byte == 0 || byte >= 0x80)
    return KIND_ESCAPE;
  if (byte <= ' ' || byte == '>' || byte == 0x7f)
    return KIND_BLANK;
  return KIND_OTHER;
}

/* What each byte is; and as what those are written that stay, with zero for all others.
 */
typedef struct
{
  guchar kinds[256];
  guchar letters[256];
} Alphabet;

static const Alphabet *
get_alphabet (void)
{
  static Alphabet alphabet;
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      for (guint i = 0; i < 256; i++)
        {
          alphabet.kinds[i] = (guchar) get_kind ((guchar) i);
          if (alphabet.kinds[i] == KIND_RUN || alphabet.kinds[i] == KIND_OTHER)
            alphabet.letters[i] = (guchar) g_ascii_tolower ((char) i);
        }
      g_once_init_leave (&once, 1);
    }
  return &alphabet;
}

static void
add_mark (BaruaNormalizer *self, guint64 raw, gboolean new_line)
{
  BaruaTextMark mark = { .at = self->start + self->text->len, .raw = raw };

  if (new_line)
    {
      self->line++;
      self->line_raw = raw;
    }
  mark.line = self->line;
  mark.first_line = self->line;
  mark.first_raw = self->line_raw;
  if (!new_line && self->marks->len > 0)
    {
      const BaruaTextMark *last =
        &g_array_index (self->marks, BaruaTextMark, self->marks->len - 1);

      mark.first_line = last->first_line;
      mark.first_raw = raw;
    }
  g_array_append_val (self->marks, mark);
}

BaruaNormalizer *
barua_normalizer_new (void)
{
  BaruaNormalizer *self = g_new0 (BaruaNormalizer, 1);

  self->text = g_byte_array_new ();
  self->marks = g_array_new (FALSE, FALSE, sizeof (BaruaTextMark));
  self->line = 1;
  add_mark (self, 0, FALSE);
  return self;
}

void
barua_normalizer_free (BaruaNormalizer *self)
{
  g_return_if_fail (self != NULL);

  if (self->text->len > 0)
    explicit_bzero (self->text->data, self->text->len);
  g_byte_array_unref (self->text);
  g_array_unref (self->marks);
  g_free (self);
}

void
barua_normalizer_restart (BaruaNormalizer *self, guint64 raw, guint64 line)
{
  g_return_if_fail (self != NULL);

  self->start += self->text->len + GAP;
  explicit_bzero (self->text->data, self->text->len);
  g_byte_array_set_size (self->text, 0);
  g_array_set_size (self->marks, 0);
  barua_reply_code_reset (&self->code);
  self->raw = raw;
  self->line = line;
  self->line_raw = raw;
  self->word = 0;
  self->run = 0;
  self->run_raw = raw;
  add_mark (self, raw, FALSE);
}

static inline void
put (BaruaNormalizer *self, char c)
{
  self->text->data[self->text->len++] = (guint8) c;
}

static void
put_all (BaruaNormalizer *self, const char *text)
{
  while (*text != '\0')
    put (self, *text++);
}

/* A run that has ended: base64 of interest is written decoded, other long base64 is left
 * out, so that what stands around it lies together. */
static void
end_long_run (BaruaNormalizer *self, const char *bytes, gsize at)
{
  gsize length = self->text->len - self->run;
  const char *run = NULL;
  g_autofree char *decoded = NULL;

  if (self->run_raw < self->raw || self->run_raw - self->raw + length > at)
    return;
  run = bytes + (self->run_raw - self->raw);
  decoded = barua_text_decode_run (run, length);
  if (decoded != NULL)
    {
      self->text->len = (guint) self->run;
      put_all (self, decoded);
      return;
    }
  if (length >= RUN_OPAQUE && barua_text_is_base64 (run, length))
    {
      self->text->len = (guint) self->run;
      put_all (self, "(base64)");
    }
}

static inline void
end_run (BaruaNormalizer *self, const char *bytes, gsize at)
{
  if (self->text->len - self->run >= RUN_MIN)
    end_long_run (self, bytes, at);
}

static void
end_word (BaruaNormalizer *self)
{
  gsize length = self->text->len - self->word;
  BaruaTextMark *mark = NULL;

  if (length < WORD_MIN || length > WORD_MAX)
    return;
  self->text->len = (guint) barua_reply_code_take (
    &self->code, (char *) self->text->data, self->text->len, self->word, self->line);
  mark = &g_array_index (self->marks, BaruaTextMark, self->marks->len - 1);
  if (self->code.fresh)
    self->code.raw = mark->first_raw;
  if (!self->code.goes_on)
    return;
  mark->first_line = self->code.line;
  mark->first_raw = self->code.raw;
}

static void
put_blank (BaruaNormalizer *self)
{
  gsize length = self->text->len;

  if (length == 0 || self->text->data[length - 1] == ' ')
    return;
  end_word (self);
  length = self->text->len;
  if (length > 0 && self->text->data[length - 1] != ' ')
    put (self, ' ');
  self->code.previous = self->word;
  self->word = self->text->len;
}

/* "b'…'" and "u'…'" are Python's. */
static void
drop_prefix (BaruaNormalizer *self)
{
  const guint8 *text = self->text->data;
  gsize length = self->text->len;

  if (length == 0 || (text[length - 1] != 'b' && text[length - 1] != 'u'))
    return;
  if (length == 1 || (!g_ascii_isalnum (text[length - 2]) && text[length - 2] < 0x80))
    self->text->len--;
}

static void
apply_escape (BaruaNormalizer *self, const BaruaEscape *escape)
{
  if (escape->blank)
    {
      put_blank (self);
      return;
    }
  for (gsize i = 0; i < escape->length; i++)
    put (self, escape->text[i]);
  if (escape->quote)
    drop_prefix (self);
}

static gsize
take_escape (BaruaNormalizer *self, const char *bytes, gsize at, gsize length)
{
  BaruaEscape escape = { 0 };
  gsize column = (gsize) (self->raw + at - self->line_raw);

  /* It does not end a run of base64. */
  if (bytes[at] == '=' && !barua_text_is_soft_break (bytes + at, length - at, column))
    {
      put (self, '=');
      return at + 1;
    }
  end_run (self, bytes, at);
  at += barua_text_take_escape (bytes + at, length - at, &escape);
  apply_escape (self, &escape);
  return at;
}

static gsize
take_one (BaruaNormalizer *self, const char *bytes, gsize at, gsize length, Kind kind)
{
  guchar byte = (guchar) bytes[at];

  switch (kind)
    {
    case KIND_ESCAPE:
      at = take_escape (self, bytes, at, length);
      if (byte == '=')
        return at;
      break;
    case KIND_QUOTE:
      end_run (self, bytes, at++);
      drop_prefix (self);
      break;
    case KIND_BLANK:
      end_run (self, bytes, at++);
      put_blank (self);
      break;
    case KIND_LINE:
      end_run (self, bytes, at++);
      put_blank (self);
      add_mark (self, self->raw + at, TRUE);
      break;
    case KIND_OTHER:
    case KIND_RUN:
    default:
      end_run (self, bytes, at++);
      put (self, (char) byte);
      break;
    }
  self->run = self->text->len;
  self->run_raw = self->raw + at;
  return at;
}

/* Copies bytes that stay, up to where a long run ends, and returns where it stopped. */
static gsize
copy_plain (BaruaNormalizer *self,
            const Alphabet *alphabet,
            const char *bytes,
            gsize at,
            gsize until)
{
  guint8 *text = self->text->data;
  gsize length = self->text->len;
  gsize run = self->run;
  gsize stop = until - at + length;
  const char *from = bytes + at - length;

  for (; length < stop; length++)
    {
      guchar byte = (guchar) from[length];
      guchar letter = alphabet->letters[byte];

      if (letter == 0)
        break;
      if (alphabet->kinds[byte] == KIND_OTHER)
        {
          if (length - run >= RUN_MIN)
            break;
          run = length + 1;
        }
      text[length] = letter;
    }
  at = (gsize) (from + length - bytes);
  self->text->len = (guint) length;
  if (run != self->run)
    self->run_raw = self->raw + at - (length - run);
  self->run = run;
  return at;
}

/* A run that may go on in the next bytes is read again with them. */
static gsize
rewind_run (BaruaNormalizer *self, gsize at)
{
  gsize length = self->text->len - self->run;

  if (self->run_raw < self->raw || length == 0 || length > LOOKAHEAD)
    return at;
  self->text->len = (guint) self->run;
  return (gsize) (self->run_raw - self->raw);
}

gsize
barua_normalizer_push (BaruaNormalizer *self,
                       const char *bytes,
                       gsize length,
                       gboolean last)
{
  const Alphabet *alphabet = get_alphabet ();
  gsize stop = last ? length : length - MIN (length, LOOKAHEAD);
  gsize written = 0;
  gsize part = LINE_PART;
  gsize at = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (bytes != NULL || length == 0, 0);

  written = self->text->len;
  /* Nothing is written longer than it was, but for a few bytes at the end. */
  g_byte_array_set_size (self->text, (guint) (written + length * 2 + 64));
  self->text->len = (guint) written;
  while (at < stop)
    {
      gsize until = MIN (stop, part);

      at = copy_plain (self, alphabet, bytes, at, until);
      if (at < until)
        at =
          take_one (self, bytes, at, length, (Kind) alphabet->kinds[(guchar) bytes[at]]);
      if (at < part)
        continue;
      part = at + LINE_PART;
      if (self->raw + at - self->line_raw > LINE_PART)
        add_mark (self, self->raw + at, FALSE);
    }
  if (!last)
    at = rewind_run (self, at);
  else
    {
      end_run (self, bytes, at);
      put_blank (self);
    }
  self->raw += at;
  self->run = self->text->len;
  self->run_raw = self->raw;
  return at;
}

const char *
barua_normalizer_get_text (const BaruaNormalizer *self, guint64 *start, gsize *length)
{
  g_return_val_if_fail (self != NULL, NULL);

  *start = self->start;
  *length = self->text->len;
  return (const char *) self->text->data;
}

void
barua_normalizer_forget (BaruaNormalizer *self, guint64 at)
{
  gsize count = 0;
  guint old = 0;

  g_return_if_fail (self != NULL);

  /* The word that is being written, and the one before it, may still change. */
  if (at <= self->start)
    return;
  count = MIN ((gsize) (at - self->start), MIN (self->word, self->code.previous));
  g_byte_array_remove_range (self->text, 0, (guint) count);
  self->start += count;
  self->word -= count;
  self->run -= MIN (self->run, count);
  self->code.previous -= count;
  self->code.at -= MIN (self->code.at, count);
  while (old + 1 < self->marks->len &&
         g_array_index (self->marks, BaruaTextMark, old + 1).at <= self->start)
    old++;
  if (old > 0)
    g_array_remove_range (self->marks, 0, old);
}

const BaruaTextMark *
barua_normalizer_find_mark (const BaruaNormalizer *self, guint64 at)
{
  guint low = 0;
  guint high = 0;

  g_return_val_if_fail (self != NULL, NULL);

  high = self->marks->len;
  while (low + 1 < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->marks, BaruaTextMark, middle).at <= at)
        low = middle;
      else
        high = middle;
    }
  return &g_array_index (self->marks, BaruaTextMark, low);
}

guint64
barua_normalizer_get_line (const BaruaNormalizer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->line;
}
