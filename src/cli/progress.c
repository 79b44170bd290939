#include "config.h"

#include "cli/progress.h"

#include "cli/output.h"
#include "cli/wrap.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* To the start of the first of so many lines (ECMA-48, 8.3.22). */
#define UP "\r\033[%" G_GSIZE_FORMAT "A"

typedef struct
{
  const BaruaService *service;
  const char *state;
} Row;

struct _BaruaProgressLines
{
  BaruaJourney *journey;
  gulong handler;
  BaruaTerminal terminal;
  GArray *rows;
  gsize shown;
};

static const char *
describe (const BaruaEvidence *evidence, const BaruaStep *step)
{
  gboolean sends = evidence->service.protocol == BARUA_PROTOCOL_SMTP;

  if (step->outcome != BARUA_OUTCOME_OK)
    return _ ("trouble");
  switch (step->stage)
    {
    case BARUA_STAGE_RESOLVE:
      return _ ("name found, connecting…");
    case BARUA_STAGE_CONNECT:
      return _ ("connected, greeting…");
    case BARUA_STAGE_STARTTLS:
    case BARUA_STAGE_TLS:
      return _ ("encrypted, greeting…");
    case BARUA_STAGE_GREETING:
      return _ ("greeted, asking what it offers…");
    case BARUA_STAGE_CAPABILITIES:
      return _ ("answers");
    case BARUA_STAGE_SIGN_IN:
      return _ ("signed in");
    case BARUA_STAGE_REHEARSAL:
      return sends ? _ ("ready to send") : _ ("looking for the test message…");
    case BARUA_STAGE_TEST_MESSAGE:
    default:
      return sends ? _ ("test message sent") : _ ("test message arrived");
    }
}

static char *
format_row (const Row *row, guint columns)
{
  g_autofree char *at = g_strdup_printf ("%s:%u", row->service->host, row->service->port);
  g_autofree char *line =
    g_strdup_printf ("  %-4s  %-18s  %s",
                     barua_protocol_get_name (row->service->protocol), at, row->state);

  /* A line that the terminal breaks would not be found again. */
  return barua_wrap_cut (line, columns - 1);
}

static void
take_away (BaruaProgressLines *self)
{
  if (self->shown > 0)
    g_printerr (UP "\033[J", self->shown);
  self->shown = 0;
}

static void
draw (BaruaProgressLines *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  self->terminal = barua_terminal_look (STDERR_FILENO);
  if (self->shown > 0)
    g_string_append_printf (text, UP, self->shown);
  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autofree char *line =
        format_row (&g_array_index (self->rows, Row, i), self->terminal.columns);

      g_string_append_printf (text, "%s\033[K\n", line);
    }
  self->shown = self->rows->len;
  /* In one go, so that nothing flickers. */
  g_printerr ("%s", text->str);
}

static void
on_step (BaruaJourney *journey,
         const BaruaEvidence *evidence,
         const BaruaStep *step,
         gpointer user_data)
{
  BaruaProgressLines *self = user_data;

  (void) journey;
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = &g_array_index (self->rows, Row, i);

      if (row->service->port == evidence->service.port &&
          row->service->protocol == evidence->service.protocol)
        row->state = describe (evidence, step);
    }
  draw (self);
}

BaruaProgressLines *
barua_progress_lines_new (BaruaJourney *journey, guint protocols)
{
  BaruaProgressLines *self = g_new0 (BaruaProgressLines, 1);
  const BaruaProvider *provider = barua_journey_get_provider (journey);

  self->journey = g_object_ref (journey);
  self->terminal = barua_terminal_look (STDERR_FILENO);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  for (gsize i = 0; i < provider->n_services; i++)
    {
      Row row = { &provider->services[i], _ ("looking up its address…") };

      if (protocols == 0 || (protocols & (1u << row.service->protocol)) != 0)
        g_array_append_val (self->rows, row);
    }
  if (self->terminal.moves)
    {
      self->handler = g_signal_connect (journey, "step", G_CALLBACK (on_step), self);
      draw (self);
    }
  else if (self->terminal.is_terminal)
    barua_output_complain (_ ("Checking the connections. This may take half a minute."));
  return self;
}

void
barua_progress_lines_free (BaruaProgressLines *self)
{
  g_return_if_fail (self != NULL);

  g_clear_signal_handler (&self->handler, self->journey);
  take_away (self);
  g_object_unref (self->journey);
  g_array_unref (self->rows);
  g_free (self);
}
