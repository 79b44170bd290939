#include "config.h"

#include "cli/options.h"

#include "account/service.h"
#include "base/text.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define SHOWN_MAX 60
#define SHORTEST_MS 100
#define LONGEST_MS (3600 * 1000)

G_DEFINE_QUARK (barua_options_error, barua_options_error)

struct _BaruaArguments
{
  GHashTable *given;
  GPtrArray *words;
};

static const BaruaOption HELP = { "help", NULL, NULL };

char *
barua_options_quote (const char *word)
{
  return barua_text_one_line (word, -1, SHOWN_MAX);
}

/* Optimal string alignment: a letter too many, too few, another one, or two swapped. */
static guint
distance (const char *a, const char *b)
{
  gsize rows = strlen (a) + 1;
  gsize columns = strlen (b) + 1;
  g_autofree guint *cells = g_new0 (guint, rows * columns);

  for (gsize i = 0; i < rows; i++)
    for (gsize j = 0; j < columns; j++)
      {
        guint *cell = &cells[i * columns + j];
        guint other = 0;

        if (i == 0 || j == 0)
          {
            *cell = (guint) (i + j);
            continue;
          }
        other = a[i - 1] != b[j - 1];
        *cell =
          MIN (MIN (*(cell - columns), *(cell - 1)) + 1, *(cell - columns - 1) + other);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
          *cell = MIN (*cell, *(cell - 2 * columns - 2) + 1);
      }
  return cells[rows * columns - 1];
}

const char *
barua_options_nearest (const char *typed, const char *const *known)
{
  g_autofree char *lower = NULL;
  const char *nearest = NULL;
  guint least = 3;

  g_return_val_if_fail (typed != NULL && known != NULL, NULL);

  if (strlen (typed) > SHOWN_MAX)
    return NULL;
  lower = g_ascii_strdown (typed, -1);
  for (gsize i = 0; known[i] != NULL; i++)
    {
      guint away = distance (lower, known[i]);

      if (strlen (lower) >= 3 && g_str_has_prefix (known[i], lower))
        away = MIN (away, 1);
      /* In a short word two slips leave nothing of it. */
      if (away < least && away * 2 < strlen (known[i]))
        {
          least = away;
          nearest = known[i];
        }
    }
  return nearest;
}

static const BaruaOption *
find_option (const BaruaOption *options, gsize n_options, const char *name)
{
  if (strcmp (name, HELP.name) == 0 || strcmp (name, "h") == 0)
    return &HELP;
  for (gsize i = 0; i < n_options; i++)
    if (strcmp (options[i].name, name) == 0)
      return &options[i];
  return NULL;
}

static void
set_unknown_error (GError **error,
                   const char *word,
                   const BaruaOption *options,
                   gsize n_options)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *shown = barua_options_quote (word);
  g_autofree char *name = g_strdup (word + strspn (word, "-"));
  const char *nearest = NULL;

  for (gsize i = 0; i < n_options; i++)
    g_ptr_array_add (names, (gpointer) options[i].name);
  g_ptr_array_add (names, (gpointer) HELP.name);
  g_ptr_array_add (names, NULL);
  name[strcspn (name, "=")] = '\0';
  nearest = barua_options_nearest (name, (const char *const *) names->pdata);
  if (nearest != NULL)
    g_set_error (error, BARUA_OPTIONS_ERROR, BARUA_OPTIONS_ERROR_UNKNOWN,
                 _ ("There is no option “%s”. Did you mean “--%s”?"), shown, nearest);
  else
    g_set_error (error, BARUA_OPTIONS_ERROR, BARUA_OPTIONS_ERROR_UNKNOWN,
                 _ ("There is no option “%s”."), shown);
}

static gboolean
check_value (const BaruaOption *option, const char *value, GError **error)
{
  if (option->argument == NULL && value != NULL)
    {
      g_set_error (error, BARUA_OPTIONS_ERROR, BARUA_OPTIONS_ERROR_VALUE,
                   _ ("The option “--%s” takes no value."), option->name);
      return FALSE;
    }
  if (option->argument != NULL && (value == NULL || *value == '\0'))
    {
      g_set_error (error, BARUA_OPTIONS_ERROR, BARUA_OPTIONS_ERROR_VALUE,
                   /* Translators: the second one stands for the value, as in the help:
                    * “--timeout” needs a value: --timeout SECONDS */
                   _ ("The option “--%s” needs a value: --%s %s."), option->name,
                   option->name, _ (option->argument));
      return FALSE;
    }
  return TRUE;
}

typedef struct
{
  const BaruaOption *options;
  gsize n_options;
  const char *const *next;
} Reading;

static gboolean
take_option (BaruaArguments *self, Reading *reading, const char *word, GError **error)
{
  const char *begin = word + (word[1] == '-' ? 2 : 1);
  const char *equals = strchr (begin, '=');
  g_autofree char *name =
    equals != NULL ? g_strndup (begin, (gsize) (equals - begin)) : g_strdup (begin);
  const BaruaOption *option = find_option (reading->options, reading->n_options, name);
  const char *value = equals != NULL ? equals + 1 : NULL;

  if (option == NULL || (word[1] != '-' && strcmp (word, "-h") != 0))
    {
      set_unknown_error (error, word, reading->options, reading->n_options);
      return FALSE;
    }
  if (option->argument != NULL && value == NULL && *reading->next != NULL &&
      !g_str_has_prefix (*reading->next, "--"))
    value = *reading->next++;
  if (!check_value (option, value, error))
    return FALSE;
  if (value != NULL && g_hash_table_contains (self->given, option->name))
    {
      g_set_error (error, BARUA_OPTIONS_ERROR, BARUA_OPTIONS_ERROR_TWICE,
                   _ ("The option “--%s” is given twice, and once is enough."),
                   option->name);
      return FALSE;
    }
  g_hash_table_insert (self->given, (gpointer) option->name, g_strdup (value));
  return TRUE;
}

static gboolean
take_word (BaruaArguments *self, const char *word, guint max_words, GError **error)
{
  g_autofree char *shown = NULL;

  if (self->words->len < max_words)
    {
      g_ptr_array_add (self->words, g_strdup (word));
      return TRUE;
    }
  shown = barua_options_quote (word);
  g_set_error (error, BARUA_OPTIONS_ERROR, BARUA_OPTIONS_ERROR_TOO_MANY,
               _ ("There is one word too many: “%s”."), shown);
  return FALSE;
}

BaruaArguments *
barua_arguments_parse (const char *const *words,
                       const BaruaOption *options,
                       gsize n_options,
                       guint max_words,
                       GError **error)
{
  g_autoptr (BaruaArguments) self = NULL;
  Reading reading = { options, n_options, words };
  gboolean only_words = FALSE;

  g_return_val_if_fail (words != NULL, NULL);

  self = g_new0 (BaruaArguments, 1);
  self->given = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->words = g_ptr_array_new_with_free_func (g_free);
  while (*reading.next != NULL)
    {
      const char *word = *reading.next++;
      gboolean is_option = !only_words && word[0] == '-' && word[1] != '\0';

      if (is_option && strcmp (word, "--") == 0)
        only_words = TRUE;
      else if (is_option ? !take_option (self, &reading, word, error)
                         : !take_word (self, word, max_words, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
barua_arguments_free (BaruaArguments *self)
{
  g_return_if_fail (self != NULL);
  g_hash_table_unref (self->given);
  g_ptr_array_unref (self->words);
  g_free (self);
}

gboolean
barua_arguments_has (const BaruaArguments *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, FALSE);
  return g_hash_table_contains (self->given, name);
}

const char *
barua_arguments_get (const BaruaArguments *self, const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);
  return g_hash_table_lookup (self->given, name);
}

const char *
barua_arguments_get_word (const BaruaArguments *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  return index < self->words->len ? g_ptr_array_index (self->words, index) : NULL;
}

gboolean
barua_options_parse_seconds (const char *text, guint *milliseconds, GError **error)
{
  g_autofree char *shown = NULL;
  char *end = NULL;
  double seconds = 0;

  g_return_val_if_fail (text != NULL && milliseconds != NULL, FALSE);

  seconds = g_ascii_strtod (text, &end);
  if (g_ascii_isdigit (*text) && *end == '\0' && isfinite (seconds) &&
      strpbrk (text, "xX") == NULL && seconds * 1000 >= SHORTEST_MS &&
      seconds * 1000 <= LONGEST_MS)
    {
      *milliseconds = (guint) (seconds * 1000);
      return TRUE;
    }
  shown = barua_options_quote (text);
  g_set_error (
    error, BARUA_OPTIONS_ERROR, BARUA_OPTIONS_ERROR_VALUE,
    _ ("“%s” is no time limit. Give a number of seconds from 0.1 to 3600, such "
       "as “--timeout 60”."),
    shown);
  return FALSE;
}

gboolean
barua_options_parse_protocols (const char *text, guint *protocols, GError **error)
{
  g_auto (GStrv) words = NULL;
  guint found = 0;

  g_return_val_if_fail (text != NULL && protocols != NULL, FALSE);

  /* Splitting nothing gives no word at all, not an empty one. */
  words = *text != '\0' ? g_strsplit (text, ",", -1) : g_strsplit (",", ",", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      BaruaProtocol protocol = BARUA_PROTOCOL_SMTP;
      g_autofree char *shown = NULL;

      if (barua_protocol_from_id (g_strstrip (words[i]), &protocol))
        {
          found |= 1u << protocol;
          continue;
        }
      shown = barua_options_quote (words[i]);
      g_set_error (
        error, BARUA_OPTIONS_ERROR, BARUA_OPTIONS_ERROR_VALUE,
        _ ("“%s” is none of the services. They are smtp, imap and pop; several "
           "are joined with commas, as in “--only smtp,imap”."),
        shown);
      return FALSE;
    }
  *protocols = found;
  return TRUE;
}
