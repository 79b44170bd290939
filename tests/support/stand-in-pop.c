#include "config.h"

#include "support/stand-in.h"

#include <string.h>

typedef struct
{
  Wire *wire;
  char *user;
  const StandInRefusal *late;
  gboolean signed_in;
} Session;

static void
greet (Wire *wire)
{
  const char *bent = wire_bend (wire, "greeting");
  if (bent == NULL)
    {
      wire_replyf (wire, "+OK Gpop ready for requests from %s n67mb28062338room",
                   wire->peer);
      return;
    }
  if (g_str_equal (bent, "hosting"))
    wire_reply (wire, "+OK POP3 server of cp12.hosting.example is ready.");
  else if (g_str_equal (bent, "busy"))
    wire_reply (wire,
                "-ERR [SYS/TEMP] Temporary system problem. Please try again later.");
  else
    {
      g_autofree char *text = g_strcompress (bent);
      wire_reply (wire, text);
    }
}

/* Says how a sign-in went; what Gmail says only at STAT is kept for then. */
static void
finish (Session *self, const StandInRefusal *refusal)
{
  if (refusal != NULL && refusal->pop == NULL)
    refusal = NULL;
  if (refusal != NULL && !refusal->late)
    {
      wire_reply (self->wire, refusal->pop);
      return;
    }
  self->late = refusal;
  self->signed_in = TRUE;
  wire_reply (self->wire, "+OK Welcome.");
}

static void
on_auth (Session *self, const char *arguments)
{
  g_auto (GStrv) parts = g_strsplit (arguments, " ", 2);
  if (parts[0] == NULL || !sasl_offers (self->wire, parts[0]))
    {
      wire_reply (self->wire, "-ERR bad command");
      return;
    }
  SaslResult result = sasl_run (self->wire, parts[0], parts[1], "+ ");
  if (self->wire->dead)
    return;
  if (result.cancelled || result.malformed)
    wire_reply (self->wire, "-ERR malformed command");
  else
    finish (self, result.refusal);
}

static void
on_pass (Session *self, const char *password)
{
  if (self->user == NULL)
    wire_reply (self->wire, "-ERR malformed command");
  else
    finish (self, sasl_judge (self->wire, self->user, password));
}

static void
on_stat (Session *self)
{
  gsize size = 0;
  StandIn *stand_in = self->wire->stand_in;
  if (self->late != NULL)
    {
      wire_reply (self->wire, self->late->pop);
      return;
    }
  g_mutex_lock (&stand_in->lock);
  guint count = stand_in->messages->len;
  for (guint i = 0; i < count; i++)
    size += g_bytes_get_size (g_ptr_array_index (stand_in->messages, i));
  g_mutex_unlock (&stand_in->lock);
  wire_replyf (self->wire, "+OK %u %" G_GSIZE_FORMAT, count, size);
}

static void
on_capa (Wire *wire)
{
  g_autoptr (GString) text = g_string_new ("+OK Capability list follows\n");
  if (!wire_is_bent (wire, "mechanisms", ""))
    g_string_append_printf (text, "USER\nSASL %s\n", sasl_mechanisms (wire));
  g_string_append (text,
                   "RESP-CODES\nEXPIRE 0\nLOGIN-DELAY 300\nTOP\nUIDL\nX-GOOGLE-RICO\n.");
  wire_reply (wire, text->str);
}

static gboolean
on_command (Session *self, const char *line)
{
  Wire *wire = self->wire;
  g_auto (GStrv) parts = g_strsplit (line, " ", 2);
  g_autofree char *verb = g_ascii_strup (parts[0] != NULL ? parts[0] : "", -1);
  const char *rest = parts[0] != NULL && parts[1] != NULL ? parts[1] : "";
  wire_note_command (wire, verb);

  if (g_str_equal (verb, "CAPA"))
    on_capa (wire);
  else if (g_str_equal (verb, "USER"))
    {
      g_free (self->user);
      self->user = g_strdup (rest);
      wire_reply (wire, "+OK send PASS");
    }
  else if (g_str_equal (verb, "PASS"))
    on_pass (self, rest);
  else if (g_str_equal (verb, "AUTH"))
    on_auth (self, rest);
  else if (g_str_equal (verb, "QUIT"))
    {
      wire_reply (wire, self->signed_in ? "+OK Farewell." : "+OK Bye.");
      return FALSE;
    }
  else if (!self->signed_in)
    wire_reply (wire, "-ERR bad command");
  else if (g_str_equal (verb, "STAT") || g_str_equal (verb, "LIST"))
    on_stat (self);
  else if (g_str_equal (verb, "NOOP") || g_str_equal (verb, "RSET"))
    wire_reply (wire, "+OK");
  else
    wire_reply (wire, "-ERR bad command");
  return !wire->dead;
}

void
serve_pop (Wire *wire)
{
  Session self = { .wire = wire };
  greet (wire);
  for (gboolean on = !wire->dead; on;)
    {
      g_autofree char *line = wire_read (wire);
      on = line != NULL && on_command (&self, line);
    }
  g_free (self.user);
}
