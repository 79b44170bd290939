#include "config.h"

#include "cli/typing.h"

#include "base/buffer.h"
#include "cli/output.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define CHUNK 512

G_DEFINE_QUARK (barua_typing_error, barua_typing_error)

typedef struct
{
  BaruaWaiter *waiter;
  BaruaBuffer buffer;
  gboolean one_line;
  int trouble;
} Typing;

gboolean
barua_typing_has_person (void)
{
  return isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

static gboolean
on_readable (int fd, GIOCondition condition G_GNUC_UNUSED, gpointer user_data)
{
  Typing *typing = user_data;
  char chunk[CHUNK];
  gssize n = read (fd, chunk, sizeof chunk);
  gboolean ended = FALSE;

  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  if (n < 0)
    typing->trouble = errno;
  if (n > 0)
    barua_buffer_append (&typing->buffer, chunk, n);
  ended = n <= 0 || typing->buffer.length > BARUA_TYPING_MAX ||
          (typing->one_line && memchr (chunk, '\n', (gsize) n) != NULL);
  explicit_bzero (chunk, sizeof chunk);
  if (!ended)
    return G_SOURCE_CONTINUE;
  barua_waiter_stop (typing->waiter);
  return G_SOURCE_REMOVE;
}

/* Whether it was read to its end, and not interrupted. */
static gboolean
read_input (Typing *typing)
{
  guint source =
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, typing);
  gboolean ended = barua_waiter_run (typing->waiter);
  GSource *left = g_main_context_find_source_by_id (NULL, source);

  if (left != NULL)
    g_source_destroy (left);
  return ended;
}

static void
write_prompt (const char *text)
{
  g_autofree char *shown = g_locale_from_utf8 (text, -1, NULL, NULL, NULL);
  const char *bytes = shown != NULL ? shown : text;

  if (write (STDERR_FILENO, bytes, strlen (bytes)) < 0)
    g_debug ("The question could not be shown");
}

static gboolean
read_line_unseen (Typing *typing, const char *prompt)
{
  struct termios seen;
  struct termios unseen;
  gboolean ended = FALSE;

  if (tcgetattr (STDIN_FILENO, &seen) != 0)
    return read_input (typing);
  unseen = seen;
  unseen.c_lflag &= (tcflag_t) ~ECHO;
  unseen.c_lflag |= ECHONL;
  /* What was typed ahead could have been seen, and is not taken. */
  (void) tcsetattr (STDIN_FILENO, TCSAFLUSH, &unseen);
  write_prompt (prompt);
  ended = read_input (typing);
  (void) tcsetattr (STDIN_FILENO, TCSAFLUSH, &seen);
  if (!ended)
    write_prompt ("\n");
  return ended;
}

static void
drop_line_end (BaruaBuffer *buffer)
{
  while (buffer->length > 0 && (buffer->bytes[buffer->length - 1] == '\n' ||
                                buffer->bytes[buffer->length - 1] == '\r'))
    buffer->bytes[--buffer->length] = '\0';
}

BaruaSecret *
barua_typing_read_secret (BaruaWaiter *waiter, const char *prompt, GError **error)
{
  Typing typing = { .waiter = waiter, .one_line = isatty (STDIN_FILENO) };
  gboolean ended =
    typing.one_line ? read_line_unseen (&typing, prompt) : read_input (&typing);
  BaruaSecret *secret = NULL;

  if (!ended)
    g_set_error_literal (error, BARUA_TYPING_ERROR, BARUA_TYPING_ERROR_INTERRUPTED,
                         _ ("It was stopped before its end."));
  else if (typing.trouble != 0)
    g_set_error (error, BARUA_TYPING_ERROR, BARUA_TYPING_ERROR_UNREADABLE,
                 /* Translators: the placeholder is the system's reason */
                 _ ("Standard input could not be read: %s."),
                 g_strerror (typing.trouble));
  else if (typing.buffer.length > BARUA_TYPING_MAX)
    g_set_error_literal (error, BARUA_TYPING_ERROR, BARUA_TYPING_ERROR_TOO_LONG,
                         _ ("What came on standard input is too long for a password."));
  else
    {
      drop_line_end (&typing.buffer);
      secret = barua_secret_new (typing.buffer.bytes != NULL ? typing.buffer.bytes : "",
                                 (gssize) typing.buffer.length);
    }
  barua_buffer_clear (&typing.buffer);
  return secret;
}

gboolean
barua_typing_confirm (BaruaWaiter *waiter, const char *question)
{
  Typing typing = { .waiter = waiter, .one_line = TRUE };
  /* Translators: a whole question; the letters are those that your language's locale
   * takes for yes and no, the capital one is what Enter alone means. */
  g_autofree char *prompt = g_strdup_printf (_ ("%s [y/N] "), question);
  gboolean yes = FALSE;

  if (!barua_typing_has_person ())
    return FALSE;
  write_prompt (prompt);
  if (read_input (&typing) && typing.trouble == 0 && typing.buffer.length > 0)
    yes = rpmatch (typing.buffer.bytes) == 1;
  barua_buffer_clear (&typing.buffer);
  return yes;
}
