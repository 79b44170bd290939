#include "config.h"

#include "support/stand-in.h"

#include <string.h>

#define GIGABYTE (1024L * 1024 * 1024)

/* Between two bytes, or lines, of what never ends; shorter than any step may take. */
#define FEED_MS 50

/* What a terminal, a label or a log could take for more than words: a title, colours,
 * markup, a link, entities, directives of printf, marks that turn text around or hide,
 * and bytes that are no UTF-8. */
#define EVIL                                                                             \
  "\033]0;owned\a\033[31m<b>Evil</b> <a href=\"https://evil.example/\">here</a> &amp; "  \
  "&#27; %s%n \302\23331m \342\200\256txt\342\201\246 \342\200\213\357\273\277\177\b\b " \
  "\377\376\300\257\355\240\200"

/* Moments of a conversation; a verb of the protocol names one as well. */
static const struct
{
  const char *name;
  const char *verbs[5];
} MOMENTS[] = {
  { "capabilities", { "EHLO", "CAPABILITY", "CAPA" } },
  { "sign-in", { "AUTH", "AUTHENTICATE", "LOGIN", "USER", "PASS" } },
  { "mailbox", { "MAIL", "STAT", "LIST" } },
  { "goodbye", { "QUIT", "LOGOUT" } },
};

static gboolean
is_now (Wire *self, const char *moment)
{
  if (g_ascii_isdigit (*moment))
    return self->replies == g_ascii_strtoull (moment, NULL, 10);
  if (g_str_equal (moment, "greeting"))
    return *self->asked == '\0';
  if (g_str_equal (moment, "inside"))
    return self->secure && g_str_equal (self->asked, "EHLO");
  for (gsize i = 0; i < G_N_ELEMENTS (MOMENTS); i++)
    for (gsize j = 0; g_str_equal (MOMENTS[i].name, moment) && j < 5; j++)
      if (g_strcmp0 (MOMENTS[i].verbs[j], self->asked) == 0)
        return TRUE;
  return g_str_equal (moment, self->asked);
}

static gboolean
speaks (Wire *self, const char *protocol)
{
  return g_str_equal (self->port->protocol, protocol);
}

static void
say (Wire *self, const char *text)
{
  wire_write (self, text, strlen (text));
}

/* Sends pieces without end; at least, until nobody takes them. */
static void
flood (Wire *self, const char *piece)
{
  g_autoptr (GString) block = g_string_new (NULL);
  while (block->len < 64 * 1024)
    g_string_append (block, piece);
  for (gsize sent = 0; sent < GIGABYTE && !self->dead; sent += block->len)
    wire_write (self, block->str, block->len);
  wire_hang (self);
}

static void
feed (Wire *self, const char *piece)
{
  while (!self->dead)
    {
      say (self, piece);
      g_usleep (FEED_MS * 1000);
    }
}

/* One more line of what could go on. */
static const char *
one_more (Wire *self)
{
  if (speaks (self, "smtp"))
    return "250-and one more\r\n";
  return speaks (self, "imap") ? "* 1 EXISTS\r\n" : "ONE MORE\r\n";
}

/* Everything of a reply but what ends it: the first line. */
static void
begin (Wire *self, const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\n"));
  if (speaks (self, "smtp") && strlen (line) > 3)
    line[3] = '-';
  say (self, line);
  say (self, "\r\n");
}

/* How a refusal begins at this moment; @text is what would have been said. */
static char *
dup_refusal (Wire *self, const char *text)
{
  const char *last = strrchr (text, '\n');
  last = last != NULL ? last + 1 : text;
  if (speaks (self, "pop"))
    return g_strdup ("-ERR ");
  if (speaks (self, "imap"))
    return *self->asked == '\0'
             ? g_strdup ("* BYE ")
             : g_strdup_printf ("%.*s NO ", (int) strcspn (last, " "),
                                g_str_has_prefix (last, "+") ? "*" : last);
  if (*self->asked == '\0')
    return g_strdup ("554 5.7.1 ");
  return g_strdup (g_str_equal (self->asked, "EHLO") ? "501 5.5.4 " : "535 5.7.8 ");
}

static void
refuse (Wire *self, const char *text, const char *code, const char *words)
{
  g_autofree char *start = dup_refusal (self, text);
  g_autofree char *line = g_strconcat (start, code, words, "\r\n", NULL);
  say (self, line);
}

/* The reply as it is, with words beside it that nobody asked for. */
static void
alert (Wire *self, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *whole = g_strjoinv ("\r\n", lines);
  gboolean greeting = *self->asked == '\0';
  if (speaks (self, "imap") && !greeting)
    say (self, "* NO [ALERT] " EVIL "\r\n");
  else if (speaks (self, "smtp"))
    {
      g_autofree char *line = g_strdup_printf ("%.3s-%s\r\n", text, EVIL);
      say (self, line);
    }
  else if (strchr (text, '\n') == NULL)
    {
      g_autofree char *more =
        g_strconcat (g_str_has_prefix (text, "* OK") ? "* OK [ALERT] " : text,
                     g_str_has_prefix (text, "* OK") ? "" : " ", EVIL, NULL);
      g_free (g_steal_pointer (&whole));
      whole = g_steal_pointer (&more);
    }
  say (self, whole);
  say (self, "\r\n");
}

/* A line as long as may be, all of it words. */
static void
ramble (Wire *self, const char *text)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gsize length = speaks (self, "imap") ? 60000 : 8000;
  while (words->len + strlen (EVIL) < length)
    g_string_append (words, EVIL);
  refuse (self, text, "", words->str);
}

/* A yes before anything was asked. */
static void
be_early (Wire *self)
{
  if (speaks (self, "smtp"))
    say (self, "235 2.7.0 Accepted\r\n");
  else if (speaks (self, "imap"))
    say (self, "* PREAUTH Gimap ready, welcome back\r\n");
  else
    say (self, "+OK Welcome.\r\n");
}

/* What is said once, and the connection goes on. */
static gboolean
say_otherwise (Wire *self, const char *kind, const char *text)
{
  static const char evil[] = "\033]0;owned\a\033[31m<b>&amp;\302\233\342\200\256\r\n";
  gsize first = strcspn (text, "\n");
  if (g_str_equal (kind, "bare-lf"))
    {
      say (self, text);
      say (self, "\n");
    }
  else if (g_str_equal (kind, "bare-cr") || g_str_equal (kind, "cr-cr-lf"))
    {
      wire_write (self, text, first);
      say (self, g_str_equal (kind, "bare-cr") ? "\rand on\r\n" : "\r\r\n");
    }
  else if (g_str_equal (kind, "nul"))
    {
      wire_write (self, text, first);
      wire_write (self, "\0and on\r\n", 9);
    }
  else if (g_str_equal (kind, "evil"))
    {
      wire_write (self, text, MIN (4, strlen (text)));
      wire_write (self, evil, sizeof evil - 1);
    }
  else if (g_str_equal (kind, "alert"))
    alert (self, text);
  else if (g_str_equal (kind, "refusal"))
    refuse (self, text, speaks (self, "imap") ? "[ALERT] " : "", EVIL);
  else if (g_str_equal (kind, "referral"))
    refuse (self, text,
            speaks (self, "smtp") ? "" : "[REFERRAL imap://zoe;AUTH=*@evil.example/] ",
            "try https://evil.example/ or <a href=\"//evil.example\">there</a>");
  else if (g_str_equal (kind, "long"))
    ramble (self, text);
  else if (g_str_equal (kind, "early"))
    be_early (self);
  else
    return FALSE;
  return TRUE;
}

/* What is said last. */
static gboolean
end_otherwise (Wire *self, const char *kind, const char *text)
{
  if (g_str_equal (kind, "close"))
    g_io_stream_close (self->stream, NULL, NULL);
  else if (g_str_equal (kind, "reset"))
    wire_reset (self);
  else if (g_str_equal (kind, "silent"))
    wire_hang (self);
  else if (g_str_equal (kind, "endless-line"))
    flood (self, "2");
  else if (g_str_equal (kind, "endless-lines"))
    {
      begin (self, text);
      flood (self, one_more (self));
    }
  else if (g_str_equal (kind, "slow-line"))
    feed (self, "2");
  else if (g_str_equal (kind, "slow-lines"))
    {
      begin (self, text);
      feed (self, one_more (self));
    }
  else if (g_str_equal (kind, "binary"))
    wire_write (self, "\x00\xff\xfe\x01\x80\x07\r\n", 8);
  else if (g_str_equal (kind, "half"))
    {
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
      g_autofree char *whole = g_strjoinv ("\r\n", lines);
      wire_write (self, whole, strlen (whole) / 2);
      g_io_stream_close (self->stream, NULL, NULL);
    }
  else if (g_str_equal (kind, "literal"))
    {
      say (self, "* LIST () \"/\" {1073741824}\r\n");
      flood (self, "x");
    }
  else if (g_str_equal (kind, "deep"))
    {
      say (self, "* LIST ");
      flood (self, "(");
    }
  else
    return FALSE;
  self->dead = TRUE;
  return TRUE;
}

gboolean
wire_spoil (Wire *self, const char *text)
{
  const char *spoilt = wire_bend (self, "spoil");
  if (spoilt == NULL)
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (spoilt, "@", 2);
  if (!is_now (self, parts[1] != NULL ? parts[1] : "1"))
    return FALSE;
  wire_note (self, "spoil", parts[0]);
  if (say_otherwise (self, parts[0], text) || end_otherwise (self, parts[0], text))
    return TRUE;
  g_printerr ("no way to spoil a reply is called “%s”\n", parts[0]);
  return FALSE;
}

gboolean
wire_spoil_handshake (Wire *self)
{
  /* The head of a record of 16 KiB, of which nothing comes. */
  static const char head[] = "\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03";
  const char *how = wire_bend (self, "tls");
  if (how == NULL || g_str_has_prefix (how, "1."))
    return FALSE;
  wire_note (self, "spoil-tls", how);
  /* What comes together with the answer to STARTTLS, or before anybody listens, is
   * another matter. What is closed with something unread is reset. */
  char hello[4096];
  if (!g_str_equal (how, "silent"))
    wire_hear (self, hello, g_str_equal (how, "reset") ? 16 : sizeof hello);
  if (g_str_equal (how, "garbage"))
    say (self, "This is no handshake at all, whatever you may say.\r\n");
  else if (g_str_equal (how, "alert"))
    wire_write (self, "\x15\x03\x03\x00\x02\x02\x28", 7);
  else if (g_str_equal (how, "reset"))
    wire_reset (self);
  else if (g_str_equal (how, "close"))
    g_io_stream_close (self->stream, NULL, NULL);
  else if (g_str_equal (how, "slow"))
    {
      wire_write (self, head, sizeof head - 1);
      feed (self, "x");
    }
  else if (g_str_equal (how, "endless"))
    flood (self, "\x16\x03\x03\x01\x01x");
  if (!self->dead)
    wire_hang (self);
  self->dead = TRUE;
  return TRUE;
}
