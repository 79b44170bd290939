#include "config.h"

#include "probe/message.h"

#include <string.h>

/* RFC 2047, 2: a line with an encoded word has at most 76 characters. 12 of them are
 * "=?UTF-8?B?" and "?=", 9 "Subject: ", and base64 makes four of three. */
#define WORD_BYTES 39
#define LINE_BYTES 57

char *
barua_message_new_id (void)
{
  g_autofree char *unique = g_uuid_string_random ();

  return g_strdup_printf ("<%s@barua.invalid>", unique);
}

static gboolean
is_plain (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != ' ')
      return FALSE;
  return strlen (text) < 60 && strstr (text, "  ") == NULL;
}

/* A word must end between characters: RFC 2047, 5. */
static gsize
word_length (const char *text)
{
  gsize length = 0;

  while (text[length] != '\0')
    {
      gsize next = (gsize) (g_utf8_next_char (text + length) - text);

      if (next > WORD_BYTES)
        break;
      length = next;
    }
  return length;
}

static void
append_text (GString *out, const char *text)
{
  if (is_plain (text))
    {
      g_string_append (out, text);
      return;
    }
  while (*text != '\0')
    {
      gsize length = word_length (text);
      g_autofree char *word = g_base64_encode ((const guchar *) text, length);

      g_string_append_printf (out, "=?UTF-8?B?%s?=", word);
      text += length;
      if (*text != '\0')
        g_string_append (out, "\r\n ");
    }
}

static void
append_address (GString *out, const char *header, const char *name, const char *address)
{
  g_string_append_printf (out, "%s: ", header);
  if (name != NULL && *name != '\0')
    {
      append_text (out, name);
      /* The address on a line of its own keeps the line short, whatever the name. */
      g_string_append (out, "\r\n ");
    }
  g_string_append_printf (out, "<%s>\r\n", address);
}

/* RFC 5322, 3.3. g_date_time_format() would name days and months in the person's own
 * language. */
static void
append_date (GString *out, GDateTime *date)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autofree char *clock = g_date_time_format (date, "%H:%M:%S %z");

  g_string_append_printf (
    out, "Date: %s, %d %s %d %s\r\n", days[g_date_time_get_day_of_week (date) - 1],
    g_date_time_get_day_of_month (date), months[g_date_time_get_month (date) - 1],
    g_date_time_get_year (date), clock);
}

static void
append_body (GString *out, const char *body)
{
  g_auto (GStrv) lines = g_strsplit (body, "\n", -1);
  g_autofree char *text = g_strjoinv ("\r\n", lines);
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i += LINE_BYTES)
    {
      g_autofree char *line =
        g_base64_encode ((const guchar *) text + i, MIN (LINE_BYTES, length - i));

      g_string_append_printf (out, "%s\r\n", line);
    }
}

char *
barua_message_build (const BaruaMessage *self, const char *id)
{
  g_autoptr (GString) out = g_string_new (NULL);

  append_date (out, self->date);
  append_address (out, "From", self->name, self->address);
  append_address (out, "To", NULL, self->address);
  g_string_append_printf (out, "Message-ID: %s\r\n", id);
  g_string_append (out, "Subject: ");
  append_text (out, self->subject);
  g_string_append (out, "\r\n"
                        "User-Agent: Barua/" BARUA_VERSION "\r\n"
                        /* So that no holiday notice answers it: RFC 3834, 5. */
                        "Auto-Submitted: auto-generated\r\n"
                        "MIME-Version: 1.0\r\n"
                        "Content-Type: text/plain; charset=utf-8\r\n"
                        "Content-Transfer-Encoding: base64\r\n"
                        "\r\n");
  append_body (out, self->body);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
