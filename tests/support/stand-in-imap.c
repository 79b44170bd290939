#include "config.h"

#include "support/stand-in.h"

#include <stdlib.h>
#include <string.h>

#define BEFORE                                                                           \
  "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 XYZZY SASL-IR"
#define AFTER                                                                            \
  "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS "        \
  "COMPRESS=DEFLATE ENABLE MOVE CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED "            \
  "LIST-STATUS "                                                                         \
  "LITERAL- SPECIAL-USE APPENDLIMIT=35651584"
#define LITERAL_LIMIT 65536

typedef struct
{
  Wire *wire;
  char *tag;
  GPtrArray *words;
  gboolean signed_in;
  gboolean selected;
} Session;

/* Names as people of that language see them; the attributes are what counts. */
typedef struct
{
  const char *language;
  const char *names[7];
} Folders;

static const char *const uses[] = { "\\Drafts", "\\Sent", "\\Junk",     "\\Flagged",
                                    "\\Trash",  "\\All",  "\\Important" };
static const Folders folders[] = {
  { "en",
    { "Drafts", "Sent Mail", "Spam", "Starred", "Trash", "All Mail", "Important" } },
  { "en-GB",
    { "Drafts", "Sent Mail", "Spam", "Starred", "Bin", "All Mail", "Important" } },
  { "de",
    { "Entw&APw-rfe", "Gesendet", "Spam", "Markiert", "Papierkorb", "Alle Nachrichten",
      "Wichtig" } },
  { "is",
    { "Dr&APY-g", "Sendur p&APM-stur", "Ruslp&APM-stur", "Stj&APY-rnumerkt", "Rusl",
      "Allur p&APM-stur", "Mikilv&AOY-gt" } },
  /* Quotes, commands of a shell and of mail programs, escapes, marks that turn around. */
  { "hostile",
    { "\\\"; source /evil |", "Evil &IC4- $(touch evil)", "`touch evil` &JDA-",
      "<b>Evil</b> &-amp; \033[31m", "evil' \\\\ %s \a", "{ [ ( # ! ~ ../../evil",
      "&IGYgZw-" } },
};

static const Folders *
find_folders (Wire *wire)
{
  const char *language = wire_bend (wire, "language");
  for (gsize i = 0; language != NULL && i < G_N_ELEMENTS (folders); i++)
    if (g_str_equal (folders[i].language, language))
      return &folders[i];
  return &folders[0];
}

/* A quoted string, from behind its first quote. */
static const char *
take_quoted (const char *at, GString *word)
{
  while (*at != '\0' && *at != '"')
    {
      if (*at == '\\' && at[1] != '\0')
        at++;
      g_string_append_c (word, *at++);
    }
  return *at == '"' ? at + 1 : at;
}

/* Splits a command into words; asks for its literals as it comes to them. */
static void
take_words (Session *self, const char *at)
{
  g_autofree char *more = NULL;
  g_ptr_array_set_size (self->words, 0);
  while (*at != '\0')
    {
      g_autoptr (GString) word = g_string_new (NULL);
      if (*at == ' ')
        {
          at++;
          continue;
        }
      if (*at == '"')
        at = take_quoted (at + 1, word);
      else if (*at == '{')
        {
          gsize length = strtoul (at + 1, NULL, 10);
          if (strchr (at, '+') == NULL && strchr (at, '-') == NULL)
            wire_reply (self->wire, "+ go ahead");
          g_autofree char *bytes =
            wire_read_bytes (self->wire, MIN (length, LITERAL_LIMIT));
          g_string_append (word, bytes != NULL ? bytes : "");
          g_free (more);
          more = wire_read (self->wire);
          at = more != NULL ? more : "";
        }
      else
        {
          gsize length = strcspn (at, " \"{");
          g_string_append_len (word, at, MAX (length, 1));
          at += MAX (length, 1);
        }
      g_ptr_array_add (self->words, g_string_free (g_steal_pointer (&word), FALSE));
    }
}

static const char *
word (Session *self, guint index)
{
  return index < self->words->len ? g_ptr_array_index (self->words, index) : "";
}

static void
answer (Session *self, const char *text)
{
  wire_replyf (self->wire, "%s %s", self->tag, text);
}

static void
say_capabilities (Session *self, const char *before_tag)
{
  g_autoptr (GString) text = g_string_new (self->signed_in ? AFTER : BEFORE);
  g_auto (GStrv) mechanisms = g_strsplit (sasl_mechanisms (self->wire), " ", -1);
  for (gsize i = 0; !self->signed_in && mechanisms[i] != NULL; i++)
    if (*mechanisms[i] != '\0')
      g_string_append_printf (text, " AUTH=%s", mechanisms[i]);
  if (wire_bend (self->wire, "logindisabled") != NULL && !self->signed_in)
    g_string_append (text, " LOGINDISABLED");
  wire_replyf (self->wire, "* CAPABILITY %s\n%s %s", text->str, self->tag, before_tag);
}

static void
finish (Session *self, const StandInRefusal *refusal)
{
  if (refusal != NULL && refusal->imap != NULL)
    {
      answer (self, refusal->imap);
      return;
    }
  self->signed_in = TRUE;
  say_capabilities (self, "OK zoe@gmail.com authenticated (Success)");
}

static void
on_authenticate (Session *self)
{
  const char *mechanism = word (self, 0);
  if (!sasl_offers (self->wire, mechanism))
    {
      answer (self, "NO [CANNOT] Unsupported authentication mechanism.");
      return;
    }
  const char *initial = self->words->len > 1 ? word (self, 1) : NULL;
  SaslResult result = sasl_run (self->wire, mechanism, initial, "+ ");
  if (self->wire->dead)
    return;
  if (result.cancelled)
    answer (self, "BAD Authentication cancelled");
  else if (result.malformed)
    answer (self, "BAD Invalid SASL argument");
  else
    finish (self, result.refusal);
}

static void
on_login (Session *self)
{
  if (wire_bend (self->wire, "logindisabled") != NULL)
    answer (self, "NO [PRIVACYREQUIRED] LOGIN is disabled");
  else if (self->words->len > 2)
    answer (self, "BAD Too many arguments provided");
  else if (self->words->len < 2 || *word (self, 0) == '\0' || *word (self, 1) == '\0')
    answer (self, "NO Empty username or password");
  else
    finish (self, sasl_judge (self->wire, word (self, 0), word (self, 1)));
}

static void
on_list (Session *self)
{
  const Folders *own = find_folders (self->wire);
  g_autoptr (GString) text = g_string_new ("* LIST (\\HasNoChildren) \"/\" \"INBOX\"\n"
                                           "* LIST (\\HasChildren \\Noselect) \"/\" "
                                           "\"[Gmail]\"\n");
  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
    g_string_append_printf (text, "* LIST (%s \\HasNoChildren) \"/\" \"[Gmail]/%s\"\n",
                            uses[i], own->names[i]);
  g_string_append_printf (text, "%s OK Success", self->tag);
  wire_reply (self->wire, text->str);
}

static void
on_select (Session *self)
{
  const char *name = word (self, 0);
  const Folders *own = find_folders (self->wire);
  gboolean known = g_ascii_strcasecmp (name, "INBOX") == 0;
  guint count = 0;
  for (gsize i = 0; !known && i < G_N_ELEMENTS (own->names); i++)
    {
      g_autofree char *path = g_strconcat ("[Gmail]/", own->names[i], NULL);
      known = g_str_equal (path, name);
    }
  if (!known)
    {
      wire_replyf (self->wire, "%s NO [NONEXISTENT] Unknown Mailbox: %s (Failure)",
                   self->tag, name);
      return;
    }
  if (g_ascii_strcasecmp (name, "INBOX") == 0)
    {
      g_mutex_lock (&self->wire->stand_in->lock);
      count = self->wire->stand_in->messages->len;
      g_mutex_unlock (&self->wire->stand_in->lock);
    }
  self->selected = TRUE;
  wire_replyf (self->wire,
               "* FLAGS (\\Answered \\Flagged \\Draft \\Deleted \\Seen)\n"
               "* OK [UIDVALIDITY 1] UIDs valid.\n* %u EXISTS\n* 0 RECENT\n"
               "* OK [UIDNEXT %u] Predicted next UID.\n"
               "%s OK [READ-WRITE] %s selected. (Success)",
               count, count + 1, self->tag, name);
}

/* Numbers and UIDs of a message are the same here; one that is gone leaves a gap. */
static void
on_search (Session *self)
{
  g_autoptr (GString) text = g_string_new ("* SEARCH");
  StandIn *stand_in = self->wire->stand_in;
  const char *wanted = word (self, self->words->len > 0 ? self->words->len - 1 : 0);
  g_mutex_lock (&stand_in->lock);
  for (guint i = 0; i < stand_in->messages->len; i++)
    {
      gsize size = 0;
      const char *bytes =
        g_bytes_get_data (g_ptr_array_index (stand_in->messages, i), &size);
      if (size > 0 && g_strstr_len (bytes, size, wanted) != NULL)
        g_string_append_printf (text, " %u", i + 1);
    }
  g_mutex_unlock (&stand_in->lock);
  g_string_append_printf (text, "\n%s OK SEARCH completed (Success)", self->tag);
  wire_reply (self->wire, text->str);
}

static void
on_move (Session *self, const char *numbers)
{
  guint64 index = g_ascii_strtoull (numbers, NULL, 10);
  StandIn *stand_in = self->wire->stand_in;
  g_mutex_lock (&stand_in->lock);
  gboolean known = index > 0 && index <= stand_in->messages->len;
  if (known)
    {
      g_bytes_unref (stand_in->messages->pdata[index - 1]);
      stand_in->messages->pdata[index - 1] = g_bytes_new (NULL, 0);
    }
  g_mutex_unlock (&stand_in->lock);
  if (known)
    wire_replyf (self->wire,
                 "* OK [COPYUID 1 %" G_GUINT64_FORMAT " 1]\n"
                 "* %" G_GUINT64_FORMAT " EXPUNGE\n%s OK (Success)",
                 index, index, self->tag);
  else
    answer (self, "OK No messages found (Success)");
}

static void
on_mailbox_command (Session *self, const char *verb)
{
  gboolean by_uid = g_str_equal (verb, "UID");
  g_autofree char *what = g_ascii_strup (by_uid ? word (self, 0) : verb, -1);
  if (g_str_equal (what, "SEARCH"))
    on_search (self);
  else if (g_str_equal (what, "MOVE"))
    on_move (self, word (self, by_uid ? 1 : 0));
  else if (g_str_equal (what, "STORE") || g_str_equal (what, "EXPUNGE") ||
           g_str_equal (what, "FETCH") || g_str_equal (what, "CLOSE"))
    answer (self, "OK Success");
  else
    answer (self, "BAD Unknown command");
}

static void
on_signed_in_command (Session *self, const char *verb)
{
  if (g_str_equal (verb, "LIST") || g_str_equal (verb, "XLIST"))
    on_list (self);
  else if (g_str_equal (verb, "SELECT") || g_str_equal (verb, "EXAMINE"))
    on_select (self);
  else if (g_str_equal (verb, "NAMESPACE"))
    wire_replyf (self->wire, "* NAMESPACE ((\"\" \"/\")) NIL NIL\n%s OK Success",
                 self->tag);
  else if (self->selected)
    on_mailbox_command (self, verb);
  else
    answer (self, "BAD Unknown command");
}

/* Returns whether the conversation goes on. */
static gboolean
on_command (Session *self, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 3);
  if (parts[0] == NULL || parts[1] == NULL)
    {
      wire_reply (self->wire, "* BAD Could not parse command");
      return !self->wire->dead;
    }
  g_autofree char *verb = g_ascii_strup (parts[1], -1);
  g_free (self->tag);
  self->tag = g_strdup (parts[0]);
  wire_note_command (self->wire, verb);
  take_words (self, parts[2] != NULL ? parts[2] : "");

  if (g_str_equal (verb, "LOGOUT"))
    {
      wire_replyf (self->wire, "* BYE LOGOUT Requested\n%s OK 73 good day (Success)",
                   self->tag);
      return FALSE;
    }
  if (g_str_equal (verb, "CAPABILITY"))
    say_capabilities (self, "OK Thats all she wrote! n6mb62387647room");
  else if (g_str_equal (verb, "ID"))
    wire_replyf (self->wire,
                 "* ID (\"name\" \"GImap\" \"vendor\" \"Google, Inc.\")\n%s OK Success",
                 self->tag);
  else if (g_str_equal (verb, "NOOP"))
    answer (self, "OK Success");
  else if (self->signed_in)
    on_signed_in_command (self, verb);
  else if (g_str_equal (verb, "AUTHENTICATE"))
    on_authenticate (self);
  else if (g_str_equal (verb, "LOGIN"))
    on_login (self);
  else
    answer (self, "BAD Unknown command");
  return !self->wire->dead;
}

static void
greet (Wire *wire)
{
  const char *bent = wire_bend (wire, "greeting");
  if (bent == NULL)
    wire_replyf (wire, "* OK Gimap ready for requests from %s n6mb62387647room",
                 wire->peer);
  else if (g_str_equal (bent, "hosting"))
    wire_reply (wire,
                "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] cp12.hosting.example ready.");
  else if (g_str_equal (bent, "busy"))
    wire_reply (wire, "* BYE Temporary System Error");
  else if (g_str_equal (bent, "preauth"))
    wire_reply (wire, "* PREAUTH Gimap ready, welcome back");
  else
    {
      g_autofree char *text = g_strcompress (bent);
      wire_reply (wire, text);
    }
}

void
serve_imap (Wire *wire)
{
  Session self = { .wire = wire, .words = g_ptr_array_new_with_free_func (g_free) };
  greet (wire);
  self.signed_in = wire_is_bent (wire, "greeting", "preauth");
  for (gboolean on = !wire->dead && !wire_is_bent (wire, "greeting", "busy"); on;)
    {
      g_autofree char *line = wire_read (wire);
      on = line != NULL && on_command (&self, line);
    }
  g_ptr_array_unref (self.words);
  g_free (self.tag);
}
