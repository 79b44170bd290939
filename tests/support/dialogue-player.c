#include "config.h"

#include "support/dialogue-private.h"

#include <string.h>

struct _DialoguePlayer
{
  const Dialogue *dialogue;
  guint position;
  guint drip;
  char *user;
  char *secret;
  char *tag;
  char *complaint;
  GString *input;
  GString *output;
  DialogueMove move;
};

/* What "\" and the characters after it stand for. */
static const char *
expand_escape (const char *p, GString *out)
{
  static const char from[] = "rnt0\\$*)";
  static const char into[] = "\r\n\t\0\\$*)";
  const char *found = *p != '\0' ? strchr (from, *p) : NULL;

  if (found != NULL)
    {
      g_string_append_c (out, into[found - from]);
      return p + 1;
    }
  if (*p == 'x' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
    {
      g_string_append_c (
        out, (char) (g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2])));
      return p + 3;
    }
  g_string_append_c (out, '\\');
  return p;
}

static const char *
find_closing (const char *p)
{
  for (; *p != '\0' && *p != ')'; p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
  return p;
}

static void
append (GString *out, const char *text)
{
  if (text != NULL)
    g_string_append (out, text);
}

static const char *
expand_variable (const char *p, const DialogueValues *values, GString *out)
{
  if (g_str_has_prefix (p, "B64("))
    {
      const char *end = find_closing (p + 4);
      g_autoptr (GString) inner = g_string_new (NULL);
      g_autofree char *coded = NULL;

      dialogue_expand (p + 4, end, values, inner);
      coded = g_base64_encode ((const guchar *) inner->str, inner->len);
      g_string_append (out, coded);
      return *end == ')' ? end + 1 : end;
    }
  if (g_str_has_prefix (p, "USER"))
    {
      append (out, values->user);
      return p + 4;
    }
  if (g_str_has_prefix (p, "SECRET"))
    {
      append (out, values->secret);
      return p + 6;
    }
  if (g_str_has_prefix (p, "TAG"))
    {
      append (out, values->tag);
      return p + 3;
    }
  g_string_append_c (out, '$');
  return p;
}

void
dialogue_expand (const char *p,
                 const char *end,
                 const DialogueValues *values,
                 GString *out)
{
  while (p < end)
    {
      char c = *p++;

      if (c == '\\')
        p = expand_escape (p, out);
      else if (c == '$')
        p = expand_variable (p, values, out);
      else
        g_string_append_c (out, c);
    }
}

DialoguePlayer *
dialogue_player_new (const Dialogue *dialogue, const char *user, const char *secret)
{
  DialoguePlayer *self = g_new0 (DialoguePlayer, 1);

  self->dialogue = dialogue;
  self->input = g_string_new (NULL);
  self->output = g_string_new (NULL);
  if (dialogue->login != NULL && user == NULL)
    user = barua_login_get_user (dialogue->login);
  if (dialogue->login != NULL && secret == NULL)
    secret = barua_secret_peek (barua_login_get_secret (dialogue->login));
  self->user = g_strdup (user);
  self->secret = g_strdup (secret);
  return self;
}

void
dialogue_player_free (DialoguePlayer *self)
{
  g_string_free (self->input, TRUE);
  g_string_free (self->output, TRUE);
  g_free (self->user);
  g_free (self->secret);
  g_free (self->tag);
  g_free (self->complaint);
  g_free (self);
}

void
dialogue_player_push (DialoguePlayer *self, const char *bytes, gsize length)
{
  g_string_append_len (self->input, bytes, (gssize) length);
}

static const DialogueMove *
wrong (DialoguePlayer *self, guint line, const char *expected, const char *seen)
{
  if (self->complaint == NULL)
    self->complaint = g_strdup_printf ("%s, line %u: expected “%s”, the client sent “%s”",
                                       self->dialogue->name, line, expected, seen);
  self->move = (DialogueMove){ .kind = DIALOGUE_WRONG, .name = self->complaint };
  return &self->move;
}

static void
expand (const DialoguePlayer *self, const char *text, gsize length, GString *out)
{
  const DialogueValues values = { self->user, self->secret, self->tag };

  dialogue_expand (text, text + length, &values, out);
}

/* Whether @line is what @pattern says; takes the tag out of it. */
static gboolean
match_client (DialoguePlayer *self, const char *pattern, const char *line)
{
  g_autoptr (GString) wanted = g_string_new (NULL);
  gsize length = strlen (pattern);
  gboolean open = g_str_has_suffix (pattern, "*") && !g_str_has_suffix (pattern, "\\*");

  if (g_str_has_prefix (pattern, "$TAG"))
    {
      g_free (self->tag);
      self->tag = g_strndup (line, strcspn (line, " "));
    }
  expand (self, pattern, length - (open ? 1 : 0), wanted);
  if (open)
    return strncmp (line, wanted->str, wanted->len) == 0;
  return strlen (line) == wanted->len && strcmp (line, wanted->str) == 0;
}

static const DialogueMove *
take_client_line (DialoguePlayer *self, const DialogueItem *item)
{
  const char *end = strstr (self->input->str, "\r\n");
  g_autofree char *line = NULL;

  if (end == NULL)
    {
      self->move = (DialogueMove){ .kind = DIALOGUE_READ };
      return &self->move;
    }
  line = g_strndup (self->input->str, (gsize) (end - self->input->str));
  g_string_erase (self->input, 0, end - self->input->str + 2);
  if (item->kind == ITEM_SKIP && strcmp (item->text, line) != 0)
    return NULL;
  if (!match_client (self, item->text, line))
    return wrong (self, item->line, item->text, line);
  self->position++;
  return NULL;
}

static const DialogueMove *
collect_output (DialoguePlayer *self)
{
  const GPtrArray *items = self->dialogue->items;

  g_string_truncate (self->output, 0);
  for (; self->position < items->len; self->position++)
    {
      const DialogueItem *item = g_ptr_array_index (items, self->position);
      g_autoptr (GString) text = g_string_new (NULL);

      if (item->kind != ITEM_LINE && item->kind != ITEM_RAW)
        break;
      expand (self, item->text, strlen (item->text), text);
      if (item->kind == ITEM_LINE)
        g_string_append (text, "\r\n");
      for (guint i = 0; i < item->number; i++)
        g_string_append_len (self->output, text->str, (gssize) text->len);
    }
  self->move = (DialogueMove){
    .kind = DIALOGUE_SEND,
    .bytes = self->output->str,
    .length = self->output->len,
    .ms = self->drip,
  };
  return &self->move;
}

static const DialogueMove *
make_move (DialoguePlayer *self, const DialogueItem *item)
{
  static const DialogueMoveKind kinds[] = {
    [ITEM_TLS] = DIALOGUE_TLS,     [ITEM_WAIT] = DIALOGUE_WAIT,
    [ITEM_CLOSE] = DIALOGUE_CLOSE, [ITEM_RESET] = DIALOGUE_RESET,
    [ITEM_HANG] = DIALOGUE_HANG,
  };

  /* What was sent in the clear must not be taken for what comes inside TLS. */
  if (item->kind == ITEM_TLS && self->input->len > 0)
    return wrong (self, item->line, "TLS", self->input->str);
  self->position++;
  self->move = (DialogueMove){
    .kind = kinds[item->kind],
    .ms = item->number,
    .name = item->text,
  };
  return &self->move;
}

const DialogueMove *
dialogue_player_next (DialoguePlayer *self)
{
  const GPtrArray *items = self->dialogue->items;

  while (self->complaint == NULL && self->position < items->len)
    {
      const DialogueItem *item = g_ptr_array_index (items, self->position);
      const DialogueMove *move = NULL;

      if (item->kind == ITEM_LINE || item->kind == ITEM_RAW)
        return collect_output (self);
      if (item->kind == ITEM_DRIP)
        {
          self->drip = item->number;
          self->position++;
          continue;
        }
      if (item->kind != ITEM_CLIENT && item->kind != ITEM_SKIP)
        return make_move (self, item);
      move = take_client_line (self, item);
      if (move != NULL)
        return move;
    }
  if (self->complaint != NULL || self->input->len > 0)
    return wrong (self, 0, "nothing more", self->input->str);
  self->move = (DialogueMove){ .kind = DIALOGUE_END };
  return &self->move;
}

gboolean
dialogue_player_is_over (const DialoguePlayer *self)
{
  return self->complaint == NULL && self->input->len == 0 &&
         self->position == self->dialogue->items->len;
}
