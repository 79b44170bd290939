#include "config.h"

#include "probe/imap-private.h"

#include <string.h>

/* The first looks come quickly, to be exact about the seconds. */
#define QUICK_LOOKS 10
#define QUICK_MS 300
#define SLOW_MS 1000

/* From which look on, and how often, the folder with all mail is looked at as well, for
 * what a filter has put away, and that for spam. Not sooner: Gmail shows a copy of what
 * was sent among all mail before it is delivered. */
#define ELSEWHERE_FROM 12
#define ELSEWHERE_EVERY 6

/* The most messages that are taken for ours: each answer is one, and some servers keep
 * what was sent beside what arrived. */
#define MOST_FOUND 10

#define MOST_FOLDERS 2000

/* What the answer to the last command is made of. */
typedef enum
{
  WANTS_NOTHING,
  WANTS_CAPABILITY,
  WANTS_FOLDERS,
  WANTS_NUMBERS,
} Wants;

struct _BaruaSearch
{
  Wants wants;
  GPtrArray *places;
  guint place;
  gboolean is_open;
  gboolean is_last;
  guint looks;
  GString *found;
  guint n_found;
};

static BaruaAction *look (BaruaEngine *self, const BaruaReply *reply);
static BaruaAction *open_place (BaruaEngine *self);

static BaruaAction *
ask (BaruaEngine *self, Wants wants, BaruaState answered, const char *text)
{
  self->search->wants = wants;
  /* The words of a step are those about its last command. */
  barua_buffer_empty (&self->words);
  return barua_imap_command (self, self->stage, answered, text);
}

static BaruaAction *
ask_about (BaruaEngine *self, BaruaState answered, const char *verb, const char *folder)
{
  g_auto (BaruaBuffer) text = { 0 };

  barua_buffer_append (&text, verb, -1);
  barua_imap_append_quoted (&text, folder, strlen (folder));
  return ask (self, WANTS_NOTHING, answered, text.bytes);
}

static const char *
get_place (const BaruaEngine *self)
{
  return g_ptr_array_index (self->search->places, self->search->place);
}

/* The message is found; where it lies now is said in the evidence. */
static BaruaAction *
leave (BaruaEngine *self, const BaruaReply *reply G_GNUC_UNUSED)
{
  return barua_engine_finish (self);
}

static BaruaAction *
on_moved (BaruaEngine *self, const BaruaReply *reply)
{
  const BaruaFolder *bin = barua_folders_find (self->evidence->folders, "\\Trash");

  self->evidence->moved_to = g_strdup (bin->name);
  return leave (self, reply);
}

static BaruaAction *
ask_with_numbers (BaruaEngine *self, BaruaState answered, const char *format)
{
  g_auto (GStrv) parts = g_strsplit (format, "#", 2);
  g_autofree char *text =
    g_strconcat (parts[0], self->search->found->str, parts[1], NULL);
  BaruaAction *action = ask (self, WANTS_NOTHING, answered, text);

  self->refused = leave;
  return action;
}

/* RFC 4315, 2.1: these messages and no others that somebody has marked as deleted. */
static BaruaAction *
on_marked (BaruaEngine *self, const BaruaReply *reply G_GNUC_UNUSED)
{
  return ask_with_numbers (self, on_moved, "UID EXPUNGE #");
}

static BaruaAction *
on_copied (BaruaEngine *self, const BaruaReply *reply G_GNUC_UNUSED)
{
  return ask_with_numbers (self, on_marked, "UID STORE # +FLAGS.SILENT (\\Deleted)");
}

static BaruaAction *
move_to (BaruaEngine *self, const BaruaFolder *bin, const char *verb, BaruaState answered)
{
  g_autofree char *start = g_strdup_printf ("UID %s %s", verb, self->search->found->str);
  BaruaAction *action = ask_about (self, answered, start, bin->name);

  self->refused = leave;
  return action;
}

/* Without MOVE (RFC 6851) and UIDPLUS (RFC 4315) it cannot be moved without touching
 * other messages, so it stays. */
static BaruaAction *
take_away (BaruaEngine *self)
{
  const BaruaFolder *bin = barua_folders_find (self->evidence->folders, "\\Trash");

  if (bin == NULL || strcmp (bin->name, get_place (self)) == 0)
    return leave (self, NULL);
  if (barua_engine_is_offered (self, "MOVE"))
    return move_to (self, bin, "MOVE", on_moved);
  if (barua_engine_is_offered (self, "UIDPLUS"))
    return move_to (self, bin, "COPY", on_copied);
  return leave (self, NULL);
}

static BaruaAction *
give_up (BaruaEngine *self)
{
  BaruaSearch *search = self->search;
  g_autoptr (GString) detail =
    g_string_new (search->looks == 1 ? "looked once in" : NULL);

  if (search->looks != 1)
    g_string_printf (detail, "looked %u times in", search->looks);
  self->evidence->looked_in = g_new0 (char *, search->places->len + 1);
  for (guint i = 0; i < search->places->len; i++)
    {
      const char *name = g_ptr_array_index (search->places, i);
      g_autofree char *title = barua_folder_dup_title (name);

      g_string_append_printf (detail, "%s “%s”", i > 0 ? "," : "", title);
      self->evidence->looked_in[i] = g_strdup (name);
    }
  barua_buffer_empty (&self->words);
  return barua_engine_stop (self, BARUA_STAGE_TEST_MESSAGE, BARUA_OUTCOME_TIMED_OUT, NULL,
                            detail->str);
}

/* Without time for a further wait there is one last look everywhere. */
static BaruaAction *
on_waited (BaruaEngine *self, const BaruaReply *reply G_GNUC_UNUSED)
{
  self->search->is_last = self->hurried;
  if (self->search->is_open)
    return ask (self, WANTS_NOTHING, look, "NOOP");
  self->search->place = 0;
  return open_place (self);
}

static gboolean
is_time_for_elsewhere (const BaruaSearch *search)
{
  return search->is_last || search->place > 0 ||
         (search->looks >= ELSEWHERE_FROM && search->looks % ELSEWHERE_EVERY == 0);
}

static BaruaAction *
look_on (BaruaEngine *self)
{
  BaruaSearch *search = self->search;

  search->is_last |= self->looks > 0 && search->looks >= self->looks;
  if (search->place + 1 < search->places->len && is_time_for_elsewhere (search))
    {
      search->place++;
      return open_place (self);
    }
  if (search->is_last)
    return give_up (self);
  return barua_engine_wait (self, BARUA_STAGE_TEST_MESSAGE, on_waited,
                            search->looks < QUICK_LOOKS ? QUICK_MS : SLOW_MS);
}

static BaruaAction *
on_looked (BaruaEngine *self, const BaruaReply *reply)
{
  BaruaSearch *search = self->search;
  BaruaStep *step = NULL;

  if (search->place == 0)
    search->looks++;
  if (search->n_found == 0)
    return look_on (self);
  self->evidence->found_in = g_strdup (get_place (self));
  step = barua_engine_pass (self, BARUA_STAGE_TEST_MESSAGE, reply);
  step->detail = barua_folder_dup_title (get_place (self));
  return take_away (self);
}

static BaruaAction *
look (BaruaEngine *self, const BaruaReply *reply G_GNUC_UNUSED)
{
  g_auto (BaruaBuffer) text = { 0 };

  self->search->is_open = self->search->place == 0;
  g_string_truncate (self->search->found, 0);
  self->search->n_found = 0;
  barua_buffer_append (&text, "UID SEARCH HEADER Message-ID", -1);
  barua_imap_append_quoted (&text, self->message_id, strlen (self->message_id));
  return ask (self, WANTS_NUMBERS, on_looked, text.bytes);
}

/* Without INBOX, which is always there (RFC 9051, 5.1), it is over; any other folder is
 * no place to look at any more. */
static BaruaAction *
on_shut (BaruaEngine *self, const BaruaReply *reply)
{
  BaruaSearch *search = self->search;

  if (search->place == 0)
    return barua_engine_stop (self, BARUA_STAGE_TEST_MESSAGE, BARUA_OUTCOME_REFUSED,
                              reply, NULL);
  g_ptr_array_remove_index (search->places, search->place);
  search->place--;
  return look_on (self);
}

static BaruaAction *
open_place (BaruaEngine *self)
{
  BaruaAction *action = ask_about (self, look, "SELECT", get_place (self));

  self->search->is_open = FALSE;
  self->refused = on_shut;
  return action;
}

static void
add_place (BaruaSearch *search, const BaruaFolder *folder)
{
  if (folder != NULL)
    g_ptr_array_add (search->places, g_strdup (folder->name));
}

static BaruaAction *
on_listed (BaruaEngine *self, const BaruaReply *reply)
{
  BaruaSearch *search = self->search;
  const GPtrArray *folders = self->evidence->folders;

  barua_engine_pass (self, BARUA_STAGE_REHEARSAL, reply);
  if (!barua_engine_has_errand (self))
    return barua_engine_finish (self);
  self->stage = BARUA_STAGE_TEST_MESSAGE;
  g_ptr_array_add (search->places, g_strdup ("INBOX"));
  add_place (search, barua_folders_find (folders, "\\All"));
  add_place (search, barua_folders_find (folders, "\\Junk"));
  return open_place (self);
}

static BaruaAction *
on_capability (BaruaEngine *self, const BaruaReply *reply G_GNUC_UNUSED)
{
  self->evidence->folders =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_folder_free);
  return ask (self, WANTS_FOLDERS, on_listed, "LIST \"\" \"*\"");
}

BaruaAction *
barua_search_begin (BaruaEngine *self)
{
  self->search = g_new0 (BaruaSearch, 1);
  self->search->places = g_ptr_array_new_with_free_func (g_free);
  self->search->found = g_string_new (NULL);
  self->stage = BARUA_STAGE_REHEARSAL;
  /* No attempt to sign in is under way any more, which could be challenged. */
  g_clear_pointer (&self->sasl, barua_sasl_free);
  return ask (self, WANTS_CAPABILITY, on_capability, "CAPABILITY");
}

static void
take_folder (BaruaEngine *self, const char *text)
{
  BaruaFolder *folder = barua_folder_parse (text);

  if (folder != NULL && self->evidence->folders->len < MOST_FOLDERS)
    g_ptr_array_add (self->evidence->folders, folder);
  else
    g_clear_pointer (&folder, barua_folder_free);
}

/* RFC 9051, 9: nz-number; nothing else is sent back. */
static void
take_numbers (BaruaSearch *search, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL && search->n_found < MOST_FOUND; i++)
    {
      guint64 number = 0;

      if (!g_ascii_string_to_unsigned (words[i], 10, 1, G_MAXUINT32, &number, NULL))
        continue;
      g_string_append_printf (search->found, "%s%" G_GUINT64_FORMAT,
                              search->n_found > 0 ? "," : "", number);
      search->n_found++;
    }
}

void
barua_search_take (BaruaEngine *self, const char *text)
{
  BaruaSearch *search = self->search;

  if (search->wants == WANTS_CAPABILITY && barua_imap_is_word (text, "CAPABILITY"))
    barua_imap_take_offers (self, text + 10, strlen (text + 10));
  else if (search->wants == WANTS_FOLDERS && barua_imap_is_word (text, "LIST") &&
           text[4] == ' ')
    take_folder (self, text + 5);
  else if (search->wants == WANTS_NUMBERS && barua_imap_is_word (text, "SEARCH"))
    take_numbers (search, text + 6);
}

void
barua_search_free (BaruaSearch *self)
{
  g_ptr_array_unref (self->places);
  g_string_free (self->found, TRUE);
  g_free (self);
}
