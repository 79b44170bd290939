#include "config.h"

#include "export/formats/fetchmail-rc.h"

#include <string.h>

/* What may stand between words and says nothing. */
#define BLANKS " \t\r\n,:;="

static const char *const USER[] = { "user", "username", NULL };
static const char *const VIA[] = { "via", NULL };

static void
token_free (gpointer data)
{
  BaruaFetchmailToken *token = data;

  g_free (token->text);
  g_free (token);
}

static int
hex_of (const char *text)
{
  int high = g_ascii_xdigit_value (text[0]);
  int low = high >= 0 ? g_ascii_xdigit_value (text[1]) : -1;

  return low >= 0 ? high * 16 + low : -1;
}

/* One escape, behind its backslash; says how many bytes it takes. */
static gsize
read_escape (const char *at, gsize left, GString *out)
{
  static const char NAMES[] = "nrtb";
  static const char BYTES[] = "\n\r\t\b";
  const char *name = left > 0 ? strchr (NAMES, at[0]) : NULL;
  char digits[4] = { 0 };
  gsize length = 0;

  if (left == 0)
    return 0;
  if (at[0] == 'x' && left > 2 && hex_of (at + 1) > 0)
    {
      g_string_append_c (out, (char) hex_of (at + 1));
      return 3;
    }
  while (length < 3 && length < left && at[length] >= '0' && at[length] <= '7')
    {
      digits[length] = at[length];
      length++;
    }
  if (length > 0)
    {
      g_string_append_c (out, (char) g_ascii_strtoull (digits, NULL, 8));
      return length;
    }
  g_string_append_c (out, name != NULL ? BYTES[name - NAMES] : at[0]);
  return 1;
}

static char *
unescape (const char *text, gsize length)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    if (text[i] == '\\')
      i += read_escape (text + i + 1, length - i - 1, out);
    else
      g_string_append_c (out, text[i]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* A string ends with the next quote of its kind: no escape keeps it from that. */
static gsize
measure (const char *text, gsize left)
{
  const char *end = NULL;
  gsize length = 0;

  if (*text != '"' && *text != '\'')
    {
      while (length < left && strchr (BLANKS "#", text[length]) == NULL)
        length++;
      return length;
    }
  end = memchr (text + 1, *text, left - 1);
  return end != NULL ? (gsize) (end - text) + 1 : left;
}

static gboolean
ends (const char *string, gsize length)
{
  return length > 1 && string[length - 1] == string[0];
}

static BaruaFetchmailToken *
read_token (const char *text, gsize left)
{
  BaruaFetchmailToken *token = g_new0 (BaruaFetchmailToken, 1);
  gsize length = measure (text, left);

  token->is_string = *text == '"' || *text == '\'';
  token->span.length = length;
  if (!token->is_string)
    token->text = g_strndup (text, length);
  else
    token->text = unescape (text + 1, ends (text, length) ? length - 2 : length - 1);
  return token;
}

static void
read_tokens (BaruaFetchmailRc *self, const char *text, gsize length)
{
  guint line = 1;

  for (gsize at = 0; at < length;)
    {
      BaruaFetchmailToken *token = NULL;

      if (text[at] == '#')
        {
          const char *end = memchr (text + at, '\n', length - at);

          at = end != NULL ? (gsize) (end - text) : length;
          continue;
        }
      if (text[at] == '\0' || strchr (BLANKS, text[at]) != NULL)
        {
          line += text[at] == '\n';
          at++;
          continue;
        }
      token = read_token (text + at, length - at);
      self->open |= token->is_string && !ends (text + at, token->span.length);
      token->span.offset = at;
      token->span.line = line;
      for (gsize i = 0; i < token->span.length; i++)
        line += text[at + i] == '\n';
      at += token->span.length;
      g_ptr_array_add (self->tokens, token);
    }
}

static gboolean
is_word (const BaruaFetchmailRc *self, guint index, const char *const *names)
{
  const BaruaFetchmailToken *token = self->tokens->pdata[index];

  return !token->is_string && g_strv_contains (names, token->text);
}

static void
read_entries (BaruaFetchmailRc *self)
{
  static const char *const STARTS[] = { "poll", "server", "skip", "defaults", NULL };
  static const char *const ENDS[] = { "poll", "server", "skip", "defaults", "set", NULL };
  BaruaFetchmailEntry *entry = NULL;

  for (guint i = 0; i < self->tokens->len; i++)
    {
      if (is_word (self, i, ENDS))
        {
          if (entry != NULL)
            entry->end = i;
          entry = NULL;
        }
      if (is_word (self, i, STARTS))
        {
          entry = g_new0 (BaruaFetchmailEntry, 1);
          entry->first = i;
          entry->user = G_MAXUINT;
          entry->end = self->tokens->len;
          g_ptr_array_add (self->entries, entry);
        }
      else if (entry != NULL && is_word (self, i, USER))
        {
          entry->user = MIN (entry->user, i);
          entry->users++;
        }
    }
  for (guint i = 0; i < self->entries->len; i++)
    {
      entry = self->entries->pdata[i];
      entry->user = MIN (entry->user, entry->end);
    }
}

BaruaFetchmailRc *
barua_fetchmail_rc_new (const char *text, gsize length)
{
  BaruaFetchmailRc *self = g_new0 (BaruaFetchmailRc, 1);

  self->tokens = g_ptr_array_new_with_free_func (token_free);
  self->entries = g_ptr_array_new_with_free_func (g_free);
  if (text != NULL)
    read_tokens (self, text, length);
  read_entries (self);
  return self;
}

void
barua_fetchmail_rc_free (BaruaFetchmailRc *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->tokens);
  g_ptr_array_unref (self->entries);
  g_free (self);
}

guint
barua_fetchmail_rc_find (const BaruaFetchmailRc *self,
                         guint first,
                         guint end,
                         const char *const *names)
{
  for (guint i = first; i < end && i < self->tokens->len; i++)
    if (is_word (self, i, names))
      return i;
  return end;
}

const BaruaFetchmailToken *
barua_fetchmail_rc_get (const BaruaFetchmailRc *self,
                        guint first,
                        guint end,
                        const char *const *names)
{
  guint found = barua_fetchmail_rc_find (self, first, end, names);

  return found + 1 < end && found + 1 < self->tokens->len ? self->tokens->pdata[found + 1]
                                                          : NULL;
}

const BaruaFetchmailToken *
barua_fetchmail_rc_get_host (const BaruaFetchmailRc *self,
                             const BaruaFetchmailEntry *entry)
{
  guint at = barua_fetchmail_rc_find (self, entry->first, entry->user, VIA);
  const BaruaFetchmailToken *via =
    barua_fetchmail_rc_get (self, entry->first, entry->user, VIA);

  /* Where the name is missing, fetchmail does not understand the entry. */
  if (at == entry->first + 1)
    return NULL;
  if (via != NULL)
    return via;
  return entry->first + 1 < entry->end ? self->tokens->pdata[entry->first + 1] : NULL;
}

char *
barua_fetchmail_rc_quote (const char *text)
{
  gboolean single = strchr (text, '"') != NULL && strchr (text, '\'') == NULL;
  g_autoptr (GString) out = g_string_new (single ? "'" : "\"");

  for (const char *p = text; *p != '\0'; p++)
    if (*p == '\\')
      g_string_append (out, "\\\\");
    else if (*p == '"' && !single)
      g_string_append (out, "\\x22");
    else if (g_ascii_iscntrl (*p))
      g_string_append_c (out, ' ');
    else
      g_string_append_c (out, *p);
  g_string_append_c (out, single ? '\'' : '"');
  return g_string_free (g_steal_pointer (&out), FALSE);
}
