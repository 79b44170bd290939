#include "config.h"

#include "export/formats/mbsync-rc.h"

#include <string.h>

/* @text with its line end; @words: keyword first, empty for a comment; where what stands
 * behind the keyword begins and ends in @text; whether it ends inside a quotation. */
typedef struct
{
  char *text;
  gsize offset;
  GPtrArray *words;
  gsize value_at;
  gsize value_end;
  gboolean blank;
  gboolean open;
} Line;

/* Its lines, the first with its kind and name, and the end of them. */
typedef struct
{
  guint first;
  guint end;
} Section;

struct _BaruaMbsyncRc
{
  GPtrArray *lines;
  GArray *sections;
  const char *line_end;
};

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->text);
  g_ptr_array_unref (line->words);
  g_free (line);
}

/* Takes the word that begins at @at; returns where it ends, and whether a quotation that
 * began there does not end. */
static gsize
read_word (const char *text, gsize at, GString *word, gboolean *open)
{
  gboolean quoted = FALSE;

  for (; text[at] != '\0' && text[at] != '\n'; at++)
    if (text[at] == '\\' && text[at + 1] != '\0' && text[at + 1] != '\n')
      g_string_append_c (word, text[++at]);
    else if (text[at] == '"')
      quoted = !quoted;
    else if (!quoted && g_ascii_isspace (text[at]))
      break;
    else
      g_string_append_c (word, text[at]);
  *open = quoted;
  return at;
}

static void
read_line (Line *line)
{
  gsize at = 0;

  line->open = FALSE;
  line->words = g_ptr_array_new_with_free_func (g_free);
  while (TRUE)
    {
      g_autoptr (GString) word = g_string_new (NULL);
      gsize end = 0;

      while (g_ascii_isspace (line->text[at]))
        at++;
      line->blank = line->words->len == 0 && line->text[at] == '\0';
      if (line->text[at] == '\0' || line->text[at] == '#')
        break;
      end = read_word (line->text, at, word, &line->open);
      g_ptr_array_add (line->words, g_string_free (g_steal_pointer (&word), FALSE));
      if (line->words->len == 2)
        line->value_at = at;
      line->value_end = end;
      at = end;
    }
  if (line->words->len == 1)
    line->value_at = line->value_end;
}

static Line *
line_new (char *text)
{
  Line *line = g_new0 (Line, 1);

  line->text = text;
  read_line (line);
  return line;
}

static gboolean
begins_section (const Line *line)
{
  static const char *const KINDS[] = { "IMAPAccount", "IMAPStore", "MaildirStore",
                                       "Channel",     "Group",     NULL };

  if (line->words->len < 2)
    return FALSE;
  for (gsize i = 0; KINDS[i] != NULL; i++)
    if (g_ascii_strcasecmp (line->words->pdata[0], KINDS[i]) == 0)
      return TRUE;
  return FALSE;
}

static void
find_sections (BaruaMbsyncRc *self)
{
  gboolean inside = FALSE;

  g_array_set_size (self->sections, 0);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = self->lines->pdata[i];

      if (line->blank)
        inside = FALSE;
      else if (!inside && begins_section (line))
        {
          Section section = { .first = i, .end = i + 1 };

          inside = TRUE;
          g_array_append_val (self->sections, section);
        }
      else if (inside && line->words->len > 0)
        g_array_index (self->sections, Section, self->sections->len - 1).end = i + 1;
    }
}

BaruaMbsyncRc *
barua_mbsync_rc_new (const char *text, gssize length)
{
  BaruaMbsyncRc *self = g_new0 (BaruaMbsyncRc, 1);
  gsize size = 0;

  if (text != NULL)
    size = length < 0 ? strlen (text) : (gsize) length;
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->sections = g_array_new (FALSE, FALSE, sizeof (Section));
  self->line_end = "\n";
  for (gsize at = 0; at < size;)
    {
      const char *end = memchr (text + at, '\n', size - at);
      gsize taken = end != NULL ? (gsize) (end - text) + 1 - at : size - at;
      Line *line = line_new (g_strndup (text + at, taken));

      line->offset = at;
      g_ptr_array_add (self->lines, line);
      if (g_str_has_suffix (line->text, "\r\n"))
        self->line_end = "\r\n";
      at += taken;
    }
  find_sections (self);
  return self;
}

void
barua_mbsync_rc_free (BaruaMbsyncRc *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->lines);
  g_array_unref (self->sections);
  g_free (self);
}

guint
barua_mbsync_rc_count (const BaruaMbsyncRc *self)
{
  return self->sections->len;
}

static const Section *
get_section (const BaruaMbsyncRc *self, guint section)
{
  return &g_array_index (self->sections, Section, section);
}

static const Line *
get_head (const BaruaMbsyncRc *self, guint section)
{
  return self->lines->pdata[get_section (self, section)->first];
}

gboolean
barua_mbsync_rc_is (const BaruaMbsyncRc *self, guint section, const char *kind)
{
  g_return_val_if_fail (self != NULL && section < self->sections->len, FALSE);

  return g_ascii_strcasecmp (get_head (self, section)->words->pdata[0], kind) == 0;
}

const char *
barua_mbsync_rc_get_name (const BaruaMbsyncRc *self, guint section)
{
  g_return_val_if_fail (self != NULL && section < self->sections->len, NULL);

  return get_head (self, section)->words->pdata[1];
}

gboolean
barua_mbsync_rc_find (const BaruaMbsyncRc *self,
                      const char *kind,
                      const char *name,
                      guint *section)
{
  for (guint i = 0; i < self->sections->len; i++)
    if (barua_mbsync_rc_is (self, i, kind) &&
        strcmp (barua_mbsync_rc_get_name (self, i), name) == 0)
      {
        *section = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
has_key (const Line *line, const char *key)
{
  return line->words->len > 0 && g_ascii_strcasecmp (line->words->pdata[0], key) == 0;
}

/* The last line with @key; 0 if there is none, as a section's head is not asked for. */
static guint
find_key (const BaruaMbsyncRc *self, guint section, const char *key)
{
  const Section *place = get_section (self, section);
  guint found = 0;

  for (guint i = place->first + 1; i < place->end; i++)
    if (has_key (self->lines->pdata[i], key))
      found = i;
  return found;
}

char *
barua_mbsync_rc_dup (const BaruaMbsyncRc *self, guint section, const char *key)
{
  const Line *line = NULL;
  guint found = 0;

  g_return_val_if_fail (self != NULL && section < self->sections->len, NULL);

  found = find_key (self, section, key);
  line = self->lines->pdata[found];
  return found > 0 && line->words->len > 1 ? g_strdup (line->words->pdata[1]) : NULL;
}

char **
barua_mbsync_rc_list (const BaruaMbsyncRc *self, guint section, const char *key)
{
  const Section *place = NULL;
  GPtrArray *words = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL && section < self->sections->len, NULL);

  place = get_section (self, section);
  for (guint i = place->first + 1; i < place->end; i++)
    {
      const Line *line = self->lines->pdata[i];

      for (guint j = 1; has_key (line, key) && j < line->words->len; j++)
        g_ptr_array_add (words, g_strdup (line->words->pdata[j]));
    }
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}

gboolean
barua_mbsync_rc_locate (const BaruaMbsyncRc *self,
                        guint section,
                        const char *key,
                        BaruaSpan *span)
{
  const Line *line = NULL;
  guint found = 0;

  g_return_val_if_fail (self != NULL && section < self->sections->len, FALSE);

  found =
    key != NULL ? find_key (self, section, key) : get_section (self, section)->first;
  if (found == 0 && key != NULL)
    return FALSE;
  line = self->lines->pdata[found];
  span->offset = line->offset + line->value_at;
  span->length = line->value_end - line->value_at;
  span->line = found + 1;
  return TRUE;
}

gboolean
barua_mbsync_rc_locate_end (const BaruaMbsyncRc *self, guint section, BaruaSpan *span)
{
  const Line *line = NULL;
  guint end = 0;

  g_return_val_if_fail (self != NULL && section < self->sections->len, FALSE);

  end = get_section (self, section)->end;
  line = self->lines->pdata[end - 1];
  span->offset = line->offset + strlen (line->text);
  span->length = 0;
  span->line = end;
  return g_str_has_suffix (line->text, "\n");
}

static void
replace_text (Line *line, char *text)
{
  g_free (line->text);
  g_ptr_array_unref (line->words);
  line->text = text;
  read_line (line);
}

static void
insert (BaruaMbsyncRc *self, guint at, char *text)
{
  Line *before = at > 0 ? self->lines->pdata[at - 1] : NULL;

  if (before != NULL && !g_str_has_suffix (before->text, "\n"))
    replace_text (before, g_strconcat (before->text, self->line_end, NULL));
  g_ptr_array_insert (self->lines, (int) at, line_new (text));
  find_sections (self);
}

/* The blanks with which the section's last line begins. */
static char *
dup_indent (const BaruaMbsyncRc *self, const Section *place)
{
  const Line *line = self->lines->pdata[place->end - 1];
  gsize blanks = place->end > place->first + 1 ? strspn (line->text, " \t") : 0;

  return g_strndup (line->text, blanks);
}

void
barua_mbsync_rc_append (BaruaMbsyncRc *self,
                        guint section,
                        const char *key,
                        const char *words)
{
  const Section *place = NULL;
  g_autofree char *indent = NULL;

  g_return_if_fail (self != NULL && section < self->sections->len);
  g_return_if_fail (key != NULL && words != NULL && strpbrk (words, "\r\n") == NULL);

  place = get_section (self, section);
  indent = dup_indent (self, place);
  insert (self, place->end, g_strconcat (indent, key, " ", words, self->line_end, NULL));
}

void
barua_mbsync_rc_set (BaruaMbsyncRc *self,
                     guint section,
                     const char *key,
                     const char *words)
{
  Line *line = NULL;
  guint found = 0;

  g_return_if_fail (self != NULL && section < self->sections->len);
  g_return_if_fail (key != NULL && words != NULL && strpbrk (words, "\r\n") == NULL);

  found = find_key (self, section, key);
  if (found == 0)
    {
      barua_mbsync_rc_append (self, section, key, words);
      return;
    }
  line = self->lines->pdata[found];
  if (line->open)
    {
      /* What is put behind an open quotation would be part of it. */
      replace_text (line,
                    g_strdup_printf ("%.*s%s %s%s", (int) strspn (line->text, " \t"),
                                     line->text, key, words, self->line_end));
      return;
    }
  replace_text (line, g_strdup_printf ("%.*s%s%s%s", (int) line->value_at, line->text,
                                       line->words->len == 1 ? " " : "", words,
                                       line->text + line->value_end));
}

gboolean
barua_mbsync_rc_remove (BaruaMbsyncRc *self, guint section, const char *key)
{
  gboolean found = FALSE;

  g_return_val_if_fail (self != NULL && section < self->sections->len, FALSE);

  for (guint i = find_key (self, section, key); i > 0; i = find_key (self, section, key))
    {
      g_ptr_array_remove_index (self->lines, i);
      find_sections (self);
      found = TRUE;
    }
  return found;
}

guint
barua_mbsync_rc_add (BaruaMbsyncRc *self, const char *kind, const char *name)
{
  const Line *last = NULL;

  g_return_val_if_fail (self != NULL && kind != NULL && name != NULL, 0);

  if (self->lines->len > 0)
    last = self->lines->pdata[self->lines->len - 1];
  if (last != NULL && !last->blank)
    insert (self, self->lines->len, g_strdup (self->line_end));
  insert (self, self->lines->len, g_strconcat (kind, " ", name, self->line_end, NULL));
  return self->sections->len - 1;
}

char *
barua_mbsync_rc_dup_text (const BaruaMbsyncRc *self, gsize *length)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->lines->len; i++)
    g_string_append (text, ((const Line *) self->lines->pdata[i])->text);
  if (length != NULL)
    *length = text->len;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
barua_mbsync_rc_quote (const char *word)
{
  g_autoptr (GString) quoted = g_string_new ("\"");

  g_return_val_if_fail (word != NULL, NULL);

  if (*word != '\0' && *word != '#' && strpbrk (word, " \t\\\"") == NULL)
    return g_strdup (word);
  for (const char *at = word; *at != '\0'; at++)
    {
      if (*at == '"' || *at == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *at);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}
