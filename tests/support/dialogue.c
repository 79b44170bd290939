#include "config.h"

#include "support/dialogue-private.h"

#include <string.h>

static const char *const MECHANISMS[] = {
  [BARUA_MECHANISM_PASSWORD] = "password", [BARUA_MECHANISM_TOKEN] = "token",
  [BARUA_MECHANISM_PLAIN] = "plain",       [BARUA_MECHANISM_LOGIN] = "login",
  [BARUA_MECHANISM_XOAUTH2] = "xoauth2",   [BARUA_MECHANISM_OAUTHBEARER] = "oauthbearer",
};

static const char *const GOALS[] = {
  [BARUA_GOAL_CAPABILITIES] = "capabilities", [BARUA_GOAL_SIGN_IN] = "sign-in",
  [BARUA_GOAL_REHEARSE] = "rehearse",         [BARUA_GOAL_FOLDERS] = "folders",
  [BARUA_GOAL_TEST_MESSAGE] = "test-message",
};

static gboolean
find_word (const char *const *words, gsize n_words, const char *word, guint *index)
{
  for (gsize i = 0; i < n_words; i++)
    if (word != NULL && strcmp (words[i], word) == 0)
      {
        *index = (guint) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
find_stage (const char *word, BaruaStage *stage)
{
  for (guint i = 0; i <= BARUA_STAGE_TEST_MESSAGE; i++)
    if (word != NULL && strcmp (barua_stage_get_id ((BaruaStage) i), word) == 0)
      {
        *stage = (BaruaStage) i;
        return TRUE;
      }
  return FALSE;
}

static void
item_free (gpointer data)
{
  DialogueItem *item = data;

  g_free (item->text);
  g_free (item);
}

static void
add_item (
  Dialogue *self, DialogueItemKind kind, guint line, guint number, const char *text)
{
  DialogueItem *item = g_new0 (DialogueItem, 1);

  item->kind = kind;
  item->line = line;
  item->number = number;
  item->text = g_strdup (text);
  g_ptr_array_add (self->items, item);
}

static gboolean
parse_service (Dialogue *self, const char *text)
{
  static const struct
  {
    const char *host;
    guint16 port;
  } hosts[] = {
    [BARUA_PROTOCOL_SMTP] = { "smtp.gmail.com", 465 },
    [BARUA_PROTOCOL_IMAP] = { "imap.gmail.com", 993 },
    [BARUA_PROTOCOL_POP] = { "pop.gmail.com", 995 },
  };
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  if (g_strv_length (words) != 2 ||
      !barua_protocol_from_id (words[0], &self->service.protocol))
    return FALSE;
  self->service.host = hosts[self->service.protocol].host;
  self->service.port = hosts[self->service.protocol].port;
  self->service.security = BARUA_SECURITY_TLS;
  if (strcmp (words[1], "tls") == 0)
    return TRUE;
  self->service.security = BARUA_SECURITY_STARTTLS;
  self->service.port = 587;
  return strcmp (words[1], "starttls") == 0;
}

static gboolean
parse_login (Dialogue *self, const char *text)
{
  const DialogueValues none = { NULL, NULL, NULL };
  g_auto (GStrv) words = g_strsplit (text, " ", 3);
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (BaruaSecret) secret = NULL;
  guint mechanism = 0;

  if (g_strv_length (words) != 3 || self->login != NULL ||
      !find_word (MECHANISMS, G_N_ELEMENTS (MECHANISMS), words[0], &mechanism))
    return FALSE;
  dialogue_expand (words[2], words[2] + strlen (words[2]), &none, plain);
  secret = barua_secret_new (plain->str, (gssize) plain->len);
  self->login = barua_login_new ((BaruaMechanism) mechanism, words[1], secret);
  return TRUE;
}

static gboolean
parse_goal (Dialogue *self, const char *text)
{
  guint goal = 0;

  if (!find_word (GOALS, G_N_ELEMENTS (GOALS), text, &goal))
    return FALSE;
  self->goal = (BaruaGoal) goal;
  return TRUE;
}

static gboolean
parse_step (Dialogue *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint count = g_strv_length (words);
  DialogueStep step = { 0 };
  guint outcome = 0;

  if (count < 2 || count > 3 || !find_stage (words[0], &step.stage) ||
      !find_word (DIALOGUE_OUTCOMES, G_N_ELEMENTS (DIALOGUE_OUTCOMES), words[1],
                  &outcome))
    return FALSE;
  step.outcome = (BaruaOutcome) outcome;
  step.code = count == 3 ? (guint) g_ascii_strtoull (words[2], NULL, 10) : 0;
  g_array_append_val (self->steps, step);
  return TRUE;
}

static gboolean
parse_expectation (Dialogue *self, const char *line)
{
  const struct
  {
    const char *prefix;
    char **target;
    GPtrArray *list;
  } rows[] = {
    { "WORDS ", &self->words, NULL },   { "CHALLENGE ", &self->challenge, NULL },
    { "DETAIL ", &self->detail, NULL }, { "MECHANISM ", &self->mechanism, NULL },
    { "HAS ", NULL, self->offered },    { "LACKS ", NULL, self->lacking },
    { "HIDES ", NULL, self->hidden },   { "FOUND ", &self->found, NULL },
    { "MOVED ", &self->moved, NULL },   { "FOLDER ", NULL, self->folders },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_has_prefix (line, rows[i].prefix))
      {
        char *text = g_strdup (line + strlen (rows[i].prefix));

        if (rows[i].list != NULL)
          {
            g_ptr_array_add (rows[i].list, text);
            return TRUE;
          }
        g_free (*rows[i].target);
        *rows[i].target = text;
        return TRUE;
      }
  return g_str_has_prefix (line, "STEP ") && parse_step (self, line + 5);
}

/* "S: text" and "S:" alike. */
static const char *
after_mark (const char *line, const char *mark)
{
  gsize length = strlen (mark);

  if (strncmp (line, mark, length) != 0)
    return NULL;
  if (line[length] == ' ')
    return line + length + 1;
  return line[length] == '\0' ? line + length : NULL;
}

static gboolean
parse_counted (Dialogue *self, const char *line, guint number)
{
  char *rest = NULL;
  guint count = (guint) g_ascii_strtoull (strchr (line, ' ') + 1, &rest, 10);
  const char *text = *rest == ' ' ? after_mark (rest + 1, "S:") : NULL;

  if (g_str_has_prefix (line, "TIMES ") && text != NULL)
    {
      add_item (self, ITEM_LINE, number, count, text);
      return TRUE;
    }
  if (g_str_has_prefix (line, "FILL ") && *rest == ' ' && rest[1] != '\0')
    {
      add_item (self, ITEM_RAW, number, count, rest + 1);
      return TRUE;
    }
  if (*rest != '\0')
    return FALSE;
  add_item (self, line[0] == 'W' ? ITEM_WAIT : ITEM_DRIP, number, count, NULL);
  return g_str_has_prefix (line, "WAIT ") || g_str_has_prefix (line, "DRIP ");
}

static gboolean
parse_move (Dialogue *self, const char *line, guint number)
{
  static const struct
  {
    const char *mark;
    DialogueItemKind kind;
    gboolean takes_text;
  } rows[] = {
    { "S:", ITEM_LINE, TRUE },      { "RAW:", ITEM_RAW, TRUE },
    { "C:", ITEM_CLIENT, TRUE },    { "TLS", ITEM_TLS, TRUE },
    { "SKIP:", ITEM_SKIP, TRUE },   { "CLOSE", ITEM_CLOSE, FALSE },
    { "RESET", ITEM_RESET, FALSE }, { "HANG", ITEM_HANG, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *text = after_mark (line, rows[i].mark);

      if (text == NULL || (!rows[i].takes_text && *text != '\0'))
        continue;
      add_item (self, rows[i].kind, number, 1, text);
      return TRUE;
    }
  return strchr (line, ' ') != NULL && parse_counted (self, line, number);
}

static gboolean
parse_line (Dialogue *self, const char *line, guint number)
{
  if (*line == '\0' || *line == '#')
    return TRUE;
  if (g_str_has_prefix (line, "Service: "))
    return parse_service (self, line + 9);
  if (g_str_has_prefix (line, "Login: "))
    return parse_login (self, line + 7);
  if (g_str_has_prefix (line, "Goal: "))
    return parse_goal (self, line + 6);
  return parse_expectation (self, line) || parse_move (self, line, number);
}

Dialogue *
dialogue_parse (const char *text, const char *name, GError **error)
{
  g_autoptr (Dialogue) self = g_new0 (Dialogue, 1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  self->name = g_strdup (name);
  self->goal = BARUA_GOAL_REHEARSE;
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->steps = g_array_new (FALSE, FALSE, sizeof (DialogueStep));
  self->offered = g_ptr_array_new_with_free_func (g_free);
  self->lacking = g_ptr_array_new_with_free_func (g_free);
  self->hidden = g_ptr_array_new_with_free_func (g_free);
  self->folders = g_ptr_array_new_with_free_func (g_free);
  parse_service (self, "smtp tls");
  for (guint i = 0; lines[i] != NULL; i++)
    if (!parse_line (self, lines[i], i + 1))
      {
        g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                     "%s, line %u: this is no line of a dialogue: %s", name, i + 1,
                     lines[i]);
        return NULL;
      }
  return g_steal_pointer (&self);
}

Dialogue *
dialogue_load (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *name = g_path_get_basename (path);

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  return dialogue_parse (text, name, error);
}

void
dialogue_free (Dialogue *self)
{
  g_clear_pointer (&self->login, barua_login_unref);
  g_ptr_array_unref (self->items);
  g_array_unref (self->steps);
  g_ptr_array_unref (self->offered);
  g_ptr_array_unref (self->lacking);
  g_ptr_array_unref (self->hidden);
  g_free (self->name);
  g_free (self->words);
  g_free (self->challenge);
  g_free (self->detail);
  g_free (self->mechanism);
  g_free (self->found);
  g_free (self->moved);
  g_ptr_array_unref (self->folders);
  g_free (self);
}

const BaruaService *
dialogue_get_service (const Dialogue *self)
{
  return &self->service;
}

BaruaLogin *
dialogue_get_login (const Dialogue *self)
{
  return self->login;
}

BaruaGoal
dialogue_get_goal (const Dialogue *self)
{
  return self->goal;
}

const BaruaErrand *
dialogue_get_errand (void)
{
  static const BaruaErrand errand = {
    .message = "Message-ID: <letter@barua.invalid>\r\n\r\n.\r\n..two\r\n",
    .id = "<letter@barua.invalid>",
    .looks = 3,
  };

  return &errand;
}
