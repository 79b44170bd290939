#include "config.h"

#include "probe/conversation.h"

#include "base/secret.h"
#include "probe/engine.h"
#include "probe/handshake.h"
#include "probe/reply.h"
#include "probe/transcript.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

/* How many bytes are read at once. */
#define BUFFER_BYTES 8192

/* How long a connection that is kept may be idle before it is looked whether the server
 * is still there. */
#define KEEPALIVE_SECONDS 300

/* How long closing a connection in good order may take before it is dropped. */
#define CLOSING_MS 1000

/* What must be left of the time for everything once a wait is over, so that the
 * conversation still comes to an end of its own. */
#define LAST_CALL_MS 2000

typedef struct
{
  BaruaRun *run;
  GIOStream *stream;
  BaruaEngine *engine;
  BaruaReader *reader;
  BaruaTranscript *transcript;
  BaruaAction *action;
  BaruaStage stage;
  gint64 asked;
  GError *write_error;
  char buffer[BUFFER_BYTES];
} Conversation;

static void receive (GTask *task);
static void perform (GTask *task);

static void
conversation_free (gpointer data)
{
  Conversation *self = data;

  g_clear_object (&self->stream);
  g_clear_pointer (&self->engine, barua_engine_free);
  g_clear_pointer (&self->reader, barua_reader_free);
  g_clear_pointer (&self->transcript, barua_transcript_free);
  g_clear_pointer (&self->action, barua_action_free);
  g_clear_pointer (&self->run, barua_run_unref);
  g_clear_error (&self->write_error);
  explicit_bzero (self->buffer, sizeof self->buffer);
  g_free (self);
}

static gboolean
is_encrypted (const Conversation *self)
{
  return G_IS_TLS_CONNECTION (self->stream);
}

static gboolean
on_closing_late (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GSource) timer = user_data;

  /* A goodbye that fails spoils nothing. */
  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
  g_source_destroy (timer);
}

/* Nothing but the server's own TCP tells that it is gone from a session that is idle. */
static void
keep_alive (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);

  g_socket_set_keepalive (socket, TRUE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_KEEPIDLE, KEEPALIVE_SECONDS, NULL);
}

/* Nobody waits for this: what the kernel does not take at once is not worth it. */
static void
hang_up (GIOStream *stream, const char *farewell)
{
  GOutputStream *out = g_io_stream_get_output_stream (stream);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GSource) timer = g_timeout_source_new (CLOSING_MS);

  if (farewell != NULL)
    g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (out), farewell,
                                                strlen (farewell), NULL, NULL);
  g_source_set_static_name (timer, "BaruaConversation");
  g_source_set_callback (timer, on_closing_late, g_object_ref (cancellable),
                         g_object_unref);
  g_source_attach (timer, g_main_context_get_thread_default ());
  g_io_stream_close_async (stream, G_PRIORITY_DEFAULT, cancellable, on_closed,
                           g_steal_pointer (&timer));
}

static void
conclude (GTask *task)
{
  Conversation *self = g_task_get_task_data (task);
  BaruaEvidence *evidence = self->run->evidence;

  barua_clock_stop_step (self->run->clock);
  g_strfreev (evidence->transcript);
  evidence->transcript = barua_transcript_end (self->transcript);
  barua_run_tell (self->run);
  g_task_return_boolean (task, TRUE);
}

static void
finish (GTask *task, const char *farewell)
{
  Conversation *self = g_task_get_task_data (task);

  hang_up (self->stream, farewell);
  conclude (task);
}

static void
fail (GTask *task, const GError *error)
{
  Conversation *self = g_task_get_task_data (task);

  barua_run_add_failure (self->run, self->action->stage, error);
  finish (task, NULL);
}

static void
misbehave (GTask *task, BaruaStage stage, const char *detail)
{
  Conversation *self = g_task_get_task_data (task);
  BaruaStep *step = barua_run_add_step (self->run, stage, BARUA_OUTCOME_MISBEHAVED);
  g_autofree char *rest = barua_reader_dup_rest (self->reader);

  step->detail = g_strdup (detail);
  if (is_encrypted (self) && rest != NULL && *rest != '\0')
    step->words = barua_redactor_apply (self->run->redactor, rest);
  finish (task, NULL);
}

/* Takes what the engine wants next. A step's clock runs from a command to the whole of
 * its answer, so that a drip of untagged lines does not wind it up again. */
static void
take_action (Conversation *self, const BaruaReply *reply)
{
  BaruaAction *action = barua_engine_step (self->engine, reply, self->run->evidence);

  g_clear_pointer (&self->action, barua_action_free);
  self->action = action;
  if (action->kind == BARUA_ACTION_SEND || reply == NULL || action->stage != self->stage)
    {
      barua_clock_start_step (self->run->clock);
      self->asked = g_get_monotonic_time ();
    }
  self->stage = action->stage;
  if (self->run->setup.service->protocol == BARUA_PROTOCOL_POP)
    barua_reader_expect_lines (self->reader, action->several);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
  Conversation *self = g_task_get_task_data (task);

  if (length <= 0)
    {
      fail (task, self->write_error != NULL ? self->write_error : error);
      return;
    }
  barua_reader_push (self->reader, self->buffer, (gsize) length);
  receive (task);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Conversation *self = g_task_get_task_data (task);

  /* A server that hangs up says why first: that is read, though it takes nothing more. */
  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    self->write_error = g_steal_pointer (&error);
  receive (task);
}

static void
send_command (GTask *task)
{
  Conversation *self = g_task_get_task_data (task);
  GOutputStream *out = g_io_stream_get_output_stream (self->stream);
  const BaruaAction *action = self->action;

  /* Whatever a server made the engine believe: no name and no secret in the clear. */
  if (!is_encrypted (self) && action->stage >= BARUA_STAGE_SIGN_IN)
    {
      misbehave (task, action->stage, "no TLS");
      return;
    }
  barua_transcript_add_sent (self->transcript, action);
  g_output_stream_write_all_async (
    out, action->bytes, strlen (action->bytes), G_PRIORITY_DEFAULT,
    barua_clock_get_cancellable (self->run->clock), on_written, g_object_ref (task));
}

static void
on_shaken (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data);

static void
shake_hands (GTask *task)
{
  Conversation *self = g_task_get_task_data (task);

  barua_handshake_async (self->run, self->stream, on_shaken, g_object_ref (task));
}

/* RFC 3207, 6: what was sent in the clear must not be taken for what comes inside. */
static void
start_tls (GTask *task)
{
  Conversation *self = g_task_get_task_data (task);

  if (barua_reader_is_empty (self->reader))
    shake_hands (task);
  else
    misbehave (task, BARUA_STAGE_STARTTLS, "bytes after the STARTTLS reply");
}

static gboolean
on_waited (gpointer user_data)
{
  GTask *task = user_data;
  Conversation *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (g_cancellable_set_error_if_cancelled (
        barua_clock_get_cancellable (self->run->clock), &error))
    {
      fail (task, error);
      return G_SOURCE_REMOVE;
    }
  take_action (self, NULL);
  perform (task);
  return G_SOURCE_REMOVE;
}

/* A cancellable's own source wakes the timer that it is a child of. */
static gboolean
on_wait_cancelled (G_GNUC_UNUSED GCancellable *cancellable,
                   G_GNUC_UNUSED gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_a_while (GTask *task)
{
  Conversation *self = g_task_get_task_data (task);
  BaruaClock *clock = self->run->clock;
  guint ms = self->action->wait_ms;
  g_autoptr (GSource) timer = NULL;
  g_autoptr (GSource) child = NULL;

  barua_clock_stop_step (clock);
  if (barua_clock_get_remaining_ms (clock) < ms + LAST_CALL_MS)
    {
      barua_engine_hurry (self->engine);
      ms = 0;
    }
  timer = g_timeout_source_new (ms);
  child = g_cancellable_source_new (barua_clock_get_cancellable (clock));
  g_source_set_callback (child, G_SOURCE_FUNC (on_wait_cancelled), NULL, NULL);
  g_source_add_child_source (timer, child);
  g_source_set_static_name (timer, "BaruaConversation");
  g_source_set_callback (timer, on_waited, g_object_ref (task), g_object_unref);
  g_source_attach (timer, g_task_get_context (task));
}

/* Whoever goes on would take what came too early for an answer to something of theirs. */
static void
end_in_order (GTask *task)
{
  Conversation *self = g_task_get_task_data (task);
  const BaruaEvidence *evidence = self->run->evidence;

  barua_transcript_add_sent (self->transcript, self->action);
  if (!self->run->setup.keep || barua_evidence_get_failure (evidence) != NULL ||
      !barua_evidence_has_passed (evidence, BARUA_STAGE_SIGN_IN))
    finish (task, self->action->bytes);
  else if (!barua_reader_is_empty (self->reader))
    misbehave (task, BARUA_STAGE_SIGN_IN, "bytes after the last reply");
  else
    {
      self->run->kept = g_steal_pointer (&self->stream);
      conclude (task);
    }
}

static void
perform (GTask *task)
{
  Conversation *self = g_task_get_task_data (task);

  barua_run_tell (self->run);
  if (self->action->kind == BARUA_ACTION_STARTTLS)
    start_tls (task);
  else if (self->action->kind == BARUA_ACTION_SEND)
    send_command (task);
  else if (self->action->kind == BARUA_ACTION_READ)
    receive (task);
  else if (self->action->kind == BARUA_ACTION_WAIT)
    wait_a_while (task);
  else
    end_in_order (task);
}

static void
wait_for_bytes (GTask *task)
{
  Conversation *self = g_task_get_task_data (task);
  BaruaReplyFault fault = barua_reader_get_fault (self->reader);

  if (fault != BARUA_REPLY_FAULT_NONE)
    {
      misbehave (task, self->action->stage, barua_reply_fault_get_detail (fault));
      return;
    }
  g_input_stream_read_async (g_io_stream_get_input_stream (self->stream), self->buffer,
                             sizeof self->buffer, G_PRIORITY_DEFAULT,
                             barua_clock_get_cancellable (self->run->clock), on_read,
                             g_object_ref (task));
}

/* Each reply is charged with the time since the command, or since the reply before it. */
static void
take_time (Conversation *self, BaruaReply *reply)
{
  gint64 now = g_get_monotonic_time ();

  reply->ms = (now - self->asked) / G_TIME_SPAN_MILLISECOND;
  self->asked += reply->ms * G_TIME_SPAN_MILLISECOND;
}

static void
receive (GTask *task)
{
  Conversation *self = g_task_get_task_data (task);

  do
    {
      g_autoptr (BaruaReply) reply = barua_reader_pop (self->reader);

      if (reply == NULL)
        {
          wait_for_bytes (task);
          return;
        }
      take_time (self, reply);
      barua_transcript_add_received (self->transcript, reply, is_encrypted (self));
      take_action (self, reply);
    }
  while (self->action->kind == BARUA_ACTION_READ);
  perform (task);
}

static void
on_shaken (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GIOStream *stream = barua_handshake_finish (result);
  Conversation *self = g_task_get_task_data (task);

  if (stream == NULL)
    {
      finish (task, NULL);
      return;
    }
  g_set_object (&self->stream, stream);
  g_object_unref (stream);
  take_action (self, NULL);
  perform (task);
}

void
barua_conversation_async (BaruaRun *run,
                          GSocketConnection *connection,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  const BaruaProbeSetup *setup = &run->setup;
  Conversation *self = g_new0 (Conversation, 1);

  g_task_set_source_tag (task, barua_conversation_async);
  g_task_set_task_data (task, self, conversation_free);
  self->run = barua_run_ref (run);
  self->stream = g_object_ref (G_IO_STREAM (connection));
  self->engine =
    barua_engine_new (setup->service, setup->login, setup->goal, run->redactor);
  barua_engine_set_errand (self->engine, setup->errand);
  if (setup->keep)
    {
      barua_engine_keep (self->engine);
      keep_alive (connection);
    }
  self->reader = barua_reader_new (setup->service->protocol);
  self->transcript = barua_transcript_new (run->redactor);
  if (setup->service->security == BARUA_SECURITY_TLS)
    {
      shake_hands (task);
      return;
    }
  take_action (self, NULL);
  perform (task);
}

void
barua_conversation_finish (GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
