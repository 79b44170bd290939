#include "config.h"

#include "diagnose/reply-code.h"

#include <string.h>

/* Further apart than this, the same code belongs to another reply. */
#define REPLY_REACH 1200
#define REPLY_REACH_BARE 300

typedef struct
{
  const char *code;
  gsize code_length;
  const char *enhanced;
  gsize enhanced_length;
  gsize start;
  gboolean dash;
} Found;

void
barua_reply_code_reset (BaruaReplyCode *self)
{
  g_return_if_fail (self != NULL);

  memset (self, 0, sizeof *self);
}

static gboolean
is_code (const char *text)
{
  return text[0] >= '2' && text[0] <= '5' && g_ascii_isdigit (text[1]) &&
         g_ascii_isdigit (text[2]);
}

/* Returns where digits that end at @end begin, at most three of them. */
static gsize
skip_digits (const char *text, gsize end)
{
  gsize start = end;

  while (start > 0 && end - start < 3 && g_ascii_isdigit (text[start - 1]))
    start--;
  return start;
}

static inline gboolean
is_punctuation (char c)
{
  return c == '.' || c == ',' || c == ':' || c == ';' || c == ')' || c == ']';
}

/* Finds "5.7.8" at the end of a word. */
static gboolean
find_enhanced (const char *word, gsize length, Found *found)
{
  gsize end = length;
  gsize start = 0;

  while (end > 0 && is_punctuation (word[end - 1]))
    end--;
  start = skip_digits (word, end);
  if (start == end || start < 4 || word[start - 1] != '.')
    return FALSE;
  end = start - 1;
  start = skip_digits (word, end);
  if (start == end || start < 2 || word[start - 1] != '.')
    return FALSE;
  start -= 2;
  if (word[start] != '2' && word[start] != '4' && word[start] != '5')
    return FALSE;
  found->enhanced = word + start;
  found->enhanced_length = length - start;
  while (is_punctuation (found->enhanced[found->enhanced_length - 1]))
    found->enhanced_length--;
  found->start = start;
  return TRUE;
}

/* Finds three digits in the word before, whatever punctuation is around them. */
static void
find_code_before (const char *text, gsize previous, gsize word, Found *found)
{
  const char *start = text + previous;
  gsize length = word - previous;

  while (length > 3 && !g_ascii_isdigit (*start))
    {
      start++;
      length--;
    }
  while (length > 3 && !g_ascii_isdigit (start[length - 1]))
    length--;
  if (length != 3 || !is_code (start))
    return;
  found->code = start;
  found->code_length = 3;
}

static gboolean
find (const char *text, gsize length, gsize previous, gsize word, Found *found)
{
  gsize prefix = 0;

  if (!find_enhanced (text + word, length - word, found))
    return FALSE;
  prefix = found->start;
  if (prefix >= 4 && text[word + prefix - 1] == '-' &&
      is_code (text + word + prefix - 4) &&
      (prefix == 4 || !g_ascii_isalnum (text[word + prefix - 5])))
    {
      found->code = text + word + prefix - 4;
      found->code_length = 3;
      found->dash = TRUE;
      return TRUE;
    }
  if (prefix > 0 && g_ascii_isalnum (text[word + prefix - 1]))
    return FALSE;
  if (prefix == 0 && word > previous)
    find_code_before (text, previous, word, found);
  return TRUE;
}

static gboolean
goes_on (const BaruaReplyCode *self, const char *code, gsize at, guint64 line)
{
  const char *bare = strchr (self->text, ' ');
  gsize reach = self->dash ? REPLY_REACH : REPLY_REACH_BARE;

  if (self->text[0] == '\0' || line > self->last_line + 1 || at > self->at + reach)
    return FALSE;
  if (strcmp (code, self->text) == 0)
    return self->dash || strchr (code, ' ') == NULL;
  /* smtplib leaves out the three digits from the second line on. */
  return strchr (code, ' ') == NULL && bare != NULL && strcmp (code, bare + 1) == 0;
}

/* Writes "535 5.7.8", or "5.7.8" alone, and returns where in the text it begins. */
static const char *
write_code (char *code, gsize size, const Found *found)
{
  gsize length = 0;
  gsize rest = 0;

  if (found->code != NULL)
    {
      memcpy (code, found->code, found->code_length);
      code[found->code_length] = ' ';
      length = found->code_length + 1;
    }
  rest = MIN (found->enhanced_length, size - length - 1);
  memcpy (code + length, found->enhanced, rest);
  code[length + rest] = '\0';
  return found->code != NULL ? found->code : found->enhanced;
}

gsize
barua_reply_code_take (
  BaruaReplyCode *self, char *text, gsize length, gsize word, guint64 line)
{
  Found found = { 0 };
  char code[sizeof self->text];
  gsize start = 0;

  g_return_val_if_fail (self != NULL && text != NULL, length);

  self->goes_on = FALSE;
  self->fresh = FALSE;
  if (!find (text, length, self->previous, word, &found))
    return length;
  start = (gsize) (write_code (code, sizeof code, &found) - text);
  if (goes_on (self, code, start, line))
    {
      self->goes_on = TRUE;
      self->at = start;
      self->last_line = line;
      self->dash = found.dash;
      return start;
    }
  self->fresh = TRUE;
  memcpy (self->text, code, strlen (code) + 1);
  self->at = start;
  self->line = line;
  self->last_line = line;
  self->dash = found.dash;
  memcpy (text + start, code, strlen (code));
  return start + strlen (code);
}
