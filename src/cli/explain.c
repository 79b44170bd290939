#include "config.h"

#include "cli/commands.h"

#include "cli/card.h"
#include "diagnose/explain.h"
#include "diagnose/report.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define CHUNK (256 * 1024)

/* More lines of one cause tell no more. */
#define LINES_SHOWN 5

/* A text that is being read. */
typedef struct
{
  BaruaExplainer *explainer;
  BaruaWaiter *waiter;
  char *chunk;
  int fd;
  guint source;
  int reason;
  gboolean anything;
  gboolean several_lines;
} Reading;

static gboolean
on_readable (int fd, GIOCondition condition, gpointer user_data)
{
  Reading *self = user_data;
  gssize got = read (fd, self->chunk, CHUNK);

  (void) condition;
  if (got < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  if (got > 0)
    {
      self->several_lines |=
        self->anything || memchr (self->chunk, '\n', (gsize) got - 1) != NULL;
      self->anything = TRUE;
      barua_explainer_feed (self->explainer, self->chunk, (gsize) got);
      return G_SOURCE_CONTINUE;
    }
  self->reason = got < 0 ? errno : 0;
  self->source = 0;
  barua_waiter_stop (self->waiter);
  return G_SOURCE_REMOVE;
}

/* Through the main loop, so that Ctrl-C is heard while a pipe stays silent. */
static gboolean
read_all (Reading *self)
{
  gboolean whole = FALSE;

  self->source =
    g_unix_fd_add (self->fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, self);
  self->chunk = g_malloc (CHUNK);
  whole = barua_waiter_run (self->waiter);
  /* The end of the text and a signal may come together. */
  if (self->source != 0)
    g_source_remove (self->source);
  explicit_bzero (self->chunk, CHUNK);
  g_clear_pointer (&self->chunk, g_free);
  return whole;
}

static char *
list_lines (const BaruaExplanation *explanation, const char *cause, guint *n_lines)
{
  g_autoptr (GString) list = g_string_new (NULL);

  *n_lines = 0;
  for (guint i = 0; i < explanation->matches->len; i++)
    {
      const BaruaExplanationMatch *match =
        &g_array_index (explanation->matches, BaruaExplanationMatch, i);

      if (strcmp (match->cause, cause) != 0)
        continue;
      if (++*n_lines <= LINES_SHOWN)
        g_string_append_printf (list, "%s%" G_GUINT64_FORMAT, list->len > 0 ? ", " : "",
                                match->line);
    }
  if (*n_lines > LINES_SHOWN)
    g_string_append (list, "…");
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static gboolean
was_listed (const BaruaExplanation *explanation, guint index)
{
  const char *cause =
    g_array_index (explanation->matches, BaruaExplanationMatch, index).cause;

  for (guint i = 0; i < index; i++)
    if (strcmp (g_array_index (explanation->matches, BaruaExplanationMatch, i).cause,
                cause) == 0)
      return TRUE;
  return FALSE;
}

static void
add_matches (BaruaOutput *output, const BaruaExplanation *explanation)
{
  barua_output_add_gap (output);
  for (guint i = 0; i < explanation->matches->len; i++)
    {
      const char *id =
        g_array_index (explanation->matches, BaruaExplanationMatch, i).cause;
      const BaruaCause *cause = barua_cause_find (id);
      g_autofree char *lines = NULL;
      g_autofree char *marker = NULL;
      guint n_lines = 0;

      if (cause == NULL || was_listed (explanation, i))
        continue;
      lines = list_lines (explanation, id, &n_lines);
      marker =
        /* Translators: numbers of lines in a text, as in “Lines 3, 17, 42:” */
        g_strdup_printf (ngettext ("Line %s:", "Lines %s:", n_lines), lines);
      barua_output_add_item (output, BARUA_STYLE_STRONG, 0, marker, _ (cause->title));
    }
}

static void
say_how_to_paste (int fd)
{
  if (isatty (fd) == 1)
    barua_output_complain (_ ("Paste the error message or log here, then press Enter and "
                              "Ctrl-D on a line of its own."));
}

static int
answer (const BaruaArguments *arguments, BaruaOutput *output, Reading *reading)
{
  g_autoptr (BaruaExplanation) explanation = barua_explainer_finish (reading->explainer);

  if (barua_arguments_has (arguments, "json"))
    barua_output_set_json (output, barua_report_explanation (explanation));
  if (!reading->anything)
    {
      barua_output_complain (_ ("There was no text to explain."));
      return BARUA_STATUS_PROBLEM;
    }
  if (!barua_output_has_json (output))
    {
      barua_card_add (output, explanation->verdict, _ ("What the text says:"));
      if (reading->several_lines)
        add_matches (output, explanation);
    }
  return barua_verdict_is (explanation->verdict, "ok") ? BARUA_STATUS_OK
                                                       : BARUA_STATUS_PROBLEM;
}

static int
fail_to_read (const BaruaArguments *arguments,
              BaruaOutput *output,
              const char *file,
              int reason)
{
  g_autofree char *shown = file != NULL ? barua_options_quote (file) : NULL;
  g_autofree char *message = NULL;

  /* Translators: the last placeholder is the system's reason, as in “Permission denied”
   */
  if (shown != NULL)
    message =
      g_strdup_printf (_ ("“%s” could not be read: %s."), shown, g_strerror (reason));
  else
    message =
      g_strdup_printf (_ ("Standard input could not be read: %s."), g_strerror (reason));
  return barua_command_failed (arguments, output, "unreadable", message);
}

static int
explain (const BaruaArguments *arguments, BaruaOutput *output, int fd, const char *file)
{
  g_autoptr (BaruaWaiter) waiter = barua_waiter_new ();
  g_autoptr (BaruaExplainer) explainer = barua_explainer_new ();
  Reading reading = { .explainer = explainer, .waiter = waiter, .fd = fd };

  say_how_to_paste (fd);
  if (!read_all (&reading))
    return barua_command_interrupted (arguments, output, waiter);
  if (reading.reason != 0)
    return fail_to_read (arguments, output, file, reading.reason);
  return answer (arguments, output, &reading);
}

static int
run (const BaruaArguments *arguments, BaruaOutput *output)
{
  const char *file = barua_arguments_get_word (arguments, 0);
  int status = BARUA_STATUS_OK;
  int fd = STDIN_FILENO;

  if (file == NULL || strcmp (file, "-") == 0)
    return explain (arguments, output, fd, NULL);

  /* Not to wait for somebody to write into a named pipe before Ctrl-C is heard. */
  fd = open (file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0)
    return fail_to_read (arguments, output, file, errno);
  status = explain (arguments, output, fd, file);
  (void) close (fd);
  return status;
}

static const BaruaOption OPTIONS[] = {
  { "json", NULL, N_ ("Answer with one JSON object, for programs") },
};

const BaruaCommand barua_command_explain = {
  .name = "explain",
  .usage = N_ ("[FILE | -] [--json]"),
  .summary = N_ ("Say what an error message or a log means"),
  .details = N_ (
    "Reads an error message, a mail program’s log or a returned message, of any "
    "length, and says what the one thing is that went wrong and how to mend it. Without "
    "a file, or with “-”, it reads what is pasted or piped in. Nothing leaves this "
    "computer."),
  .options = OPTIONS,
  .n_options = G_N_ELEMENTS (OPTIONS),
  .max_words = 1,
  .run = run,
};
