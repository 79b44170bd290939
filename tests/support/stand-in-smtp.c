#include "config.h"

#include "support/stand-in.h"

#include <string.h>

#define MARK "d9443c01a7336-room - gsmtp"

typedef struct
{
  Wire *wire;
  char *sender;
  guint recipients;
  gboolean greeted;
  gboolean signed_in;
} Session;

/* Sends a refusal with the session's mark behind its last line, as Gmail does. */
static void
refuse (Wire *wire, const StandInRefusal *refusal)
{
  const char *text = refusal->smtp;
  wire_replyf (wire, "%s %s", text, MARK);
  if (g_str_has_prefix (text, "421"))
    {
      g_io_stream_close (wire->stream, NULL, NULL);
      wire->dead = TRUE;
    }
}

static gboolean
refused (Session *self, const char *what)
{
  const char *name = wire_bend (self->wire, what);
  const StandInRefusal *refusal = refusal_find (name);
  if (refusal == NULL || refusal->smtp == NULL)
    return FALSE;
  refuse (self->wire, refusal);
  return TRUE;
}

static void
greet (Wire *wire)
{
  const char *bent = wire_bend (wire, "greeting");
  if (bent == NULL)
    wire_reply (wire, "220 smtp.gmail.com ESMTP " MARK);
  else if (g_str_equal (bent, "busy"))
    wire_reply (wire, "421 4.3.0 Temporary System Problem. Try again later. " MARK);
  else if (g_str_equal (bent, "no-service"))
    wire_reply (wire, "554 5.7.1 No service for you here");
  else if (g_str_equal (bent, "hosting"))
    wire_reply (wire, "220-cp12.hosting.example ESMTP Exim 4.96\n"
                      "220-We do not authorize the use of this system to transport\n"
                      "220 unsolicited, and/or bulk e-mail.");
  else
    {
      g_autofree char *text = g_strcompress (bent);
      wire_reply (wire, text);
    }
  if (bent != NULL && (g_str_equal (bent, "busy")))
    {
      g_io_stream_close (wire->stream, NULL, NULL);
      wire->dead = TRUE;
    }
}

static void
on_ehlo (Session *self, const char *name)
{
  Wire *wire = self->wire;
  const char *bent = wire_bend (wire, "ehlo");
  g_autoptr (GString) text = g_string_new (NULL);
  if (bent != NULL && g_str_equal (bent, "later"))
    {
      wire_reply (wire, "421 4.7.0 Try again later, closing connection. (EHLO) " MARK);
      g_io_stream_close (wire->stream, NULL, NULL);
      wire->dead = TRUE;
      return;
    }
  if (*name == '\0' || (bent != NULL && g_str_equal (bent, "rejected")))
    {
      wire_reply (wire,
                  "501-5.5.4 HELO/EHLO argument is invalid, closing connection. For\n"
                  "501 5.5.4  more go to https://support.google.com/mail/?p=helo " MARK);
      return;
    }
  self->greeted = TRUE;
  gboolean hosting = wire_is_bent (wire, "greeting", "hosting");
  g_string_append_printf (
    text, "250-%s at your service, [%s]\n250-SIZE 35882577\n250-8BITMIME\n",
    hosting ? "cp12.hosting.example" : "smtp.gmail.com", wire->peer);
  if (!wire->secure && !wire_is_bent (wire, "starttls", "missing"))
    g_string_append (text, "250-STARTTLS\n");
  if (wire->secure && *sasl_mechanisms (wire) != '\0')
    g_string_append_printf (text, "250-AUTH %s\n", sasl_mechanisms (wire));
  g_string_append (text,
                   "250-ENHANCEDSTATUSCODES\n250-PIPELINING\n250-CHUNKING\n250 SMTPUTF8");
  wire_reply (wire, text->str);
}

static void
on_starttls (Session *self)
{
  Wire *wire = self->wire;
  const char *bent = wire_bend (wire, "starttls");
  if (bent == NULL)
    bent = "";
  if (wire->secure)
    {
      wire_reply (wire, "454 5.5.1 STARTTLS may not be repeated " MARK);
      return;
    }
  if (g_str_equal (bent, "missing") || g_str_equal (bent, "refused"))
    {
      wire_reply (wire, "502 5.5.1 Unrecognized command. " MARK);
      return;
    }
  if (g_str_equal (bent, "temporary"))
    {
      wire_reply (wire, "454 4.7.0 TLS not available due to temporary reason");
      return;
    }
  if (g_str_equal (bent, "close"))
    {
      g_io_stream_close (wire->stream, NULL, NULL);
      wire->dead = TRUE;
      return;
    }
  if (g_str_equal (bent, "silent"))
    {
      wire_hang (wire);
      return;
    }
  if (g_str_equal (bent, "injected"))
    wire_reply (wire, "220 2.0.0 Ready to start TLS\n250-smtp.gmail.com\n250 AUTH PLAIN");
  else
    wire_reply (wire, "220 2.0.0 Ready to start TLS");
  if (g_str_equal (bent, "plain"))
    return;
  self->greeted = FALSE;
  if (!wire_shake_hands (wire))
    wire->dead = TRUE;
}

static void
on_auth (Session *self, const char *arguments)
{
  Wire *wire = self->wire;
  g_auto (GStrv) parts = g_strsplit (arguments, " ", 2);
  if (!wire->secure)
    {
      wire_reply (wire, "530 5.7.0 Must issue a STARTTLS command first. " MARK);
      return;
    }
  if (parts[0] == NULL || !sasl_offers (wire, parts[0]))
    {
      wire_reply (wire, "504 5.7.4 Unrecognized Authentication Type " MARK);
      return;
    }
  SaslResult result = sasl_run (wire, parts[0], parts[1], "334 ");
  if (wire->dead)
    return;
  if (result.cancelled)
    wire_reply (wire, "501 5.7.0 Authentication canceled. " MARK);
  else if (result.malformed)
    wire_reply (wire, "501 5.5.2 Cannot Decode response " MARK);
  else if (result.refusal != NULL && result.refusal->smtp != NULL)
    refuse (wire, result.refusal);
  else
    {
      self->signed_in = TRUE;
      wire_reply (wire, "235 2.7.0 Accepted");
    }
}

static void
on_mail (Session *self, const char *arguments)
{
  Wire *wire = self->wire;
  if (!self->greeted)
    wire_reply (wire, "503 5.5.1 EHLO/HELO first. " MARK);
  else if (!wire->secure)
    wire_reply (wire, "530 5.7.0 Must issue a STARTTLS command first. " MARK);
  else if (!self->signed_in)
    refuse (wire, refusal_find ("want-auth"));
  else if (refused (self, "mail"))
    return;
  else if (g_ascii_strncasecmp (arguments, "FROM:<", 6) != 0)
    refuse (wire, refusal_find ("syntax"));
  else
    {
      g_free (self->sender);
      self->sender = g_strdup (arguments + 6);
      self->recipients = 0;
      wire_reply (wire, "250 2.1.0 OK " MARK);
    }
}

static void
on_rcpt (Session *self, const char *arguments)
{
  Wire *wire = self->wire;
  if (self->sender == NULL)
    wire_reply (wire, "503 5.5.1 MAIL first. " MARK);
  else if (refused (self, "rcpt"))
    return;
  else if (g_ascii_strncasecmp (arguments, "TO:<", 4) != 0)
    refuse (wire, refusal_find ("syntax"));
  else if (strchr (arguments, '@') == NULL)
    refuse (wire, refusal_find ("bad-recipient"));
  else
    {
      self->recipients++;
      wire_reply (wire, "250 2.1.5 OK " MARK);
    }
}

static void
on_data (Session *self)
{
  Wire *wire = self->wire;
  if (self->recipients == 0)
    {
      wire_reply (wire, "503 5.5.1 RCPT first. " MARK);
      return;
    }
  wire_reply (wire, "354 Go ahead " MARK);
  g_autoptr (GString) message = g_string_new (NULL);
  for (;;)
    {
      g_autofree char *line = wire_read (wire);
      if (line == NULL)
        return;
      if (g_str_equal (line, "."))
        break;
      g_string_append_printf (message, "%s\r\n", line[0] == '.' ? line + 1 : line);
    }
  g_clear_pointer (&self->sender, g_free);
  self->recipients = 0;
  if (refused (self, "data"))
    return;
  /* A message that was taken and never comes: somebody's filter, or a long queue. */
  if (wire_bend (wire, "lose") == NULL)
    {
      g_mutex_lock (&wire->stand_in->lock);
      g_ptr_array_add (wire->stand_in->messages,
                       g_string_free_to_bytes (g_steal_pointer (&message)));
      g_mutex_unlock (&wire->stand_in->lock);
    }
  wire_reply (wire, "250 2.0.0 OK  1770000000 " MARK);
}

/* Returns whether the conversation goes on. */
static gboolean
on_command (Session *self, const char *line)
{
  Wire *wire = self->wire;
  g_auto (GStrv) parts = g_strsplit (line, " ", 2);
  g_autofree char *verb = g_ascii_strup (parts[0] != NULL ? parts[0] : "", -1);
  const char *rest = parts[0] != NULL && parts[1] != NULL ? parts[1] : "";
  wire_note_command (wire, verb);

  if (g_str_equal (verb, "EHLO") || g_str_equal (verb, "HELO"))
    on_ehlo (self, rest);
  else if (g_str_equal (verb, "STARTTLS"))
    on_starttls (self);
  else if (g_str_equal (verb, "AUTH"))
    on_auth (self, rest);
  else if (g_str_equal (verb, "MAIL"))
    on_mail (self, rest);
  else if (g_str_equal (verb, "RCPT"))
    on_rcpt (self, rest);
  else if (g_str_equal (verb, "DATA"))
    on_data (self);
  else if (g_str_equal (verb, "RSET"))
    {
      g_clear_pointer (&self->sender, g_free);
      self->recipients = 0;
      wire_reply (wire, "250 2.1.5 Flushed " MARK);
    }
  else if (g_str_equal (verb, "NOOP"))
    wire_reply (wire, "250 2.0.0 OK " MARK);
  else if (g_str_equal (verb, "QUIT"))
    {
      wire_reply (wire, "221 2.0.0 closing connection " MARK);
      return FALSE;
    }
  else
    wire_reply (wire, "502 5.5.1 Unrecognized command. " MARK);
  return !wire->dead;
}

void
serve_smtp (Wire *wire)
{
  Session self = { .wire = wire };
  greet (wire);
  for (gboolean on = !wire->dead; on;)
    {
      g_autofree char *line = wire_read (wire);
      on = line != NULL && on_command (&self, line);
    }
  g_free (self.sender);
}
