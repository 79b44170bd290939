#include "config.h"

#include "export/formats/mutt-rc.h"

#include <string.h>

#define BLANKS " \t\r\n\v\f"

/* One line with those that continue it; for each of its bytes, where it stands. */
typedef struct
{
  GString *text;
  GArray *places;
  gsize at;
  guint number;
  guint joined;
  gsize after;
  GPtrArray *commands;
} Line;

typedef struct
{
  GString *value;
  gboolean computed;
  gsize begin;
  gsize end;
} Token;

static void
command_free (gpointer data)
{
  BaruaMuttCommand *self = data;

  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

static char
peek (const Line *line)
{
  return line->at < line->text->len ? line->text->str[line->at] : '\0';
}

static void
skip_blanks (Line *line)
{
  while (peek (line) != '\0' && strchr (BLANKS, peek (line)) != NULL)
    line->at++;
}

static gboolean
at_end (const Line *line)
{
  return peek (line) == '\0' || peek (line) == '#' || peek (line) == ';';
}

static gboolean
is_octal (char letter)
{
  return letter >= '0' && letter <= '7';
}

/* \n, \t, \101…: what is behind a backslash. */
static void
read_escape (Line *line, Token *token)
{
  static const char FROM[] = "nrtfe";
  static const char TO[] = "\n\r\t\f\x1b";
  char letter = peek (line);
  const char *known = letter != '\0' ? strchr (FROM, letter) : NULL;
  const char *rest = NULL;

  if (letter == '\0')
    return;
  line->at++;
  rest = line->text->str + line->at;
  if (known != NULL)
    {
      g_string_append_c (token->value, TO[known - FROM]);
      return;
    }
  if (is_octal (letter) && line->at + 1 < line->text->len && is_octal (rest[0]) &&
      is_octal (rest[1]))
    {
      line->at += 2;
      letter = (char) (((letter - '0') << 6) | ((rest[0] - '0') << 3) | (rest[1] - '0'));
    }
  g_string_append_c (token->value, letter);
}

/* `command`, kept as it stands. */
static void
read_command (Line *line, Token *token)
{
  token->computed = TRUE;
  while (peek (line) != '\0')
    {
      char letter = peek (line);

      line->at++;
      g_string_append_c (token->value, letter);
      if (letter == '`')
        return;
      if (letter == '\\' && peek (line) != '\0')
        g_string_append_c (token->value, line->text->str[line->at++]);
    }
}

static gboolean
ends_token (char letter, gboolean name)
{
  return letter == '\0' || strchr (BLANKS, letter) != NULL || letter == '#' ||
         letter == ';' || (name && letter == '=');
}

static void
read_letter (Line *line, Token *token, char *quote)
{
  char letter = line->text->str[line->at++];

  if (letter == *quote)
    *quote = '\0';
  else if (*quote == '\0' && (letter == '"' || letter == '\''))
    *quote = letter;
  else if (letter == '\\' && *quote != '\'')
    read_escape (line, token);
  else
    {
      g_string_append_c (token->value, letter);
      if (letter == '`' && *quote != '\'')
        read_command (line, token);
      else if (letter == '$' && *quote != '\'' &&
               (peek (line) == '{' || g_ascii_isalpha (peek (line))))
        token->computed = TRUE;
    }
}

static Token
read_token (Line *line, gboolean name)
{
  Token token = { .value = g_string_new (NULL), .begin = line->at };
  char quote = '\0';

  while (line->at < line->text->len && (quote != '\0' || !ends_token (peek (line), name)))
    read_letter (line, &token, &quote);
  token.end = line->at;
  return token;
}

static BaruaMuttCommand *
add (Line *line, BaruaMuttKind kind, const char *name)
{
  /* NeoMutt's own names, since 2021. */
  static const char *const SAME[][2] = {
    { "real_name", "realname" },
    { "spool_file", "spoolfile" },
  };
  BaruaMuttCommand *command = g_new0 (BaruaMuttCommand, 1);

  command->kind = kind;
  command->name = g_strdup (name);
  command->after = line->after;
  command->span.line = line->number;
  for (gsize i = 0; i < G_N_ELEMENTS (SAME); i++)
    if (g_strcmp0 (name, SAME[i][0]) == 0)
      {
        g_free (command->name);
        command->name = g_strdup (SAME[i][1]);
      }
  g_ptr_array_add (line->commands, command);
  return command;
}

static gsize
place_of (const Line *line, gsize at)
{
  return g_array_index (line->places, gsize, at);
}

/* Takes @token over. */
static void
give_value (const Line *line, BaruaMuttCommand *command, Token *token, const char *text)
{
  command->computed |= token->computed;
  command->value = g_string_free (g_steal_pointer (&token->value), FALSE);
  command->span.offset = place_of (line, token->begin);
  if (token->end > token->begin)
    {
      gsize quote =
        line->text->str[token->begin] == '"' || line->text->str[token->begin] == '\'' ? 1
                                                                                      : 0;
      gsize length = strlen (command->value);

      command->span.length = place_of (line, token->end - 1) + 1 - command->span.offset;
      command->verbatim =
        command->span.length == length + 2 * quote &&
        memcmp (text + command->span.offset + quote, command->value, length) == 0;
    }
}

static void
read_set_word (Line *line, const char *text)
{
  gboolean off = FALSE;
  gboolean odd = FALSE;
  Token name = { 0 };
  g_autofree char *own = NULL;

  if (g_str_has_prefix (line->text->str + line->at, "no"))
    {
      off = TRUE;
      line->at += 2;
    }
  name = read_token (line, TRUE);
  skip_blanks (line);
  /* "+=", "-=", and questions. */
  if (name.value->len > 0 && strchr ("+-?", name.value->str[name.value->len - 1]) != NULL)
    {
      odd = TRUE;
      g_string_truncate (name.value, name.value->len - 1);
    }
  if ((peek (line) == '+' || peek (line) == '-') && line->text->str[line->at + 1] == '=')
    {
      odd = TRUE;
      line->at++;
    }
  own = g_string_free (name.value, FALSE);
  if (peek (line) == '=')
    {
      BaruaMuttCommand *command = add (line, BARUA_MUTT_SET, own);
      Token value = { 0 };

      line->at++;
      skip_blanks (line);
      value = read_token (line, FALSE);
      command->computed = odd;
      give_value (line, command, &value, text);
    }
  else if (off)
    add (line, BARUA_MUTT_UNSET, own);
  else if (!odd && g_ascii_isalpha (*own) && !g_str_has_prefix (own, "inv"))
    add (line, BARUA_MUTT_SET, own)->value = g_strdup ("yes");
}

static void
read_arguments (Line *line, const char *word, const char *text)
{
  skip_blanks (line);
  while (!at_end (line))
    {
      gsize before = line->at;

      if (g_str_equal (word, "set"))
        read_set_word (line, text);
      else
        {
          Token token = read_token (line, FALSE);

          if (g_str_equal (word, "unset") || g_str_equal (word, "reset"))
            add (line, BARUA_MUTT_UNSET, token.value->str);
          else if (g_str_equal (word, "source"))
            give_value (line, add (line, BARUA_MUTT_SOURCE, NULL), &token, text);
          if (token.value != NULL)
            g_string_free (token.value, TRUE);
        }
      skip_blanks (line);
      /* Something odd, "=" alone, must not be read for ever. */
      if (line->at == before)
        line->at++;
    }
}

static void
read_line (Line *line, const char *text)
{
  for (;;)
    {
      g_autofree char *word = NULL;

      while (peek (line) == ';' ||
             (peek (line) != '\0' && strchr (BLANKS, peek (line)) != NULL))
        line->at++;
      if (at_end (line))
        return;
      word = g_string_free (read_token (line, FALSE).value, FALSE);
      read_arguments (line, word, text);
    }
}

/* Takes physical lines up to one that does not end with a backslash. */
static gsize
join_lines (Line *line, const char *text, gsize length, gsize at)
{
  gboolean more = TRUE;
  gsize stop = at;

  g_string_truncate (line->text, 0);
  g_array_set_size (line->places, 0);
  line->at = 0;
  line->number += line->joined;
  line->joined = 0;
  while (more && at < length)
    {
      const char *feed = memchr (text + at, '\n', length - at);
      gsize end = feed != NULL ? (gsize) (feed - text) : length;
      gsize next = feed != NULL ? end + 1 : length;

      if (end > at && text[end - 1] == '\r')
        end--;
      more = end > at && text[end - 1] == '\\' && feed != NULL;
      if (more)
        end--;
      for (; at < end; at++)
        {
          g_string_append_c (line->text, text[at]);
          g_array_append_val (line->places, at);
        }
      line->joined++;
      stop = end;
      at = next;
    }
  /* Where an empty value stands that ends the line. */
  g_array_append_val (line->places, stop);
  line->after = at;
  return at;
}

GPtrArray *
barua_mutt_rc_read (const char *text, gsize length)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gsize));
  Line line = { .text = joined, .places = places, .number = 1 };
  gsize at = 0;

  line.commands = g_ptr_array_new_with_free_func (command_free);
  while (text != NULL && at < length)
    {
      at = join_lines (&line, text, length, at);
      read_line (&line, text);
    }
  return line.commands;
}

char *
barua_mutt_rc_quote (const char *value)
{
  g_autoptr (GString) out = g_string_new ("\"");

  g_return_val_if_fail (value != NULL, NULL);

  for (const char *at = value; *at != '\0'; at++)
    {
      if (strchr ("\\\"`$", *at) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
replace (const char *text, const char *what, const char *with)
{
  g_auto (GStrv) parts = g_strsplit (text, what, 0);

  return g_strjoinv (with, parts);
}

char *
barua_mutt_rc_quote_command (const char *command)
{
  g_autofree char *apostrophes = NULL;
  g_autofree char *variables = NULL;

  g_return_val_if_fail (command != NULL, NULL);

  /* mutt keeps backslashes in a command, NeoMutt takes them for its own, and puts
   * variables in; the shell can do without either. */
  apostrophes = replace (command, "'\\''", "'\"'\"'");
  variables = replace (apostrophes, "$", "$''");
  if (strpbrk (variables, "\\`") != NULL)
    return NULL;
  return g_strdup_printf ("\"`%s`\"", variables);
}
