#include "config.h"

#include "support/play.h"

#include "base/redact.h"
#include "probe/reply.h"
#include "probe/transcript.h"

#include <string.h>

typedef struct
{
  DialoguePlayer *player;
  BaruaEngine *engine;
  BaruaEvidence *evidence;
  BaruaReader *reader;
  BaruaTranscript *transcript;
  GString *pending;
  gsize fed;
  BaruaProtocol protocol;
  gsize chunk;
  gboolean encrypted;
} Play;

static void
fail (Play *self, BaruaStage stage, BaruaOutcome outcome, const char *detail)
{
  BaruaStep *step = barua_evidence_add_step (self->evidence, stage, outcome, 0);

  step->detail = g_strdup (detail);
}

/* Gives the reader the next bytes that the server has sent already. */
static gboolean
feed (Play *self)
{
  gsize rest = self->pending->len - self->fed;
  gsize length = self->chunk == 0 ? rest : MIN (self->chunk, rest);

  if (length == 0)
    return FALSE;
  barua_reader_push (self->reader, self->pending->str + self->fed, length);
  self->fed += length;
  return TRUE;
}

/* Lets the server go on until it has sent something. */
static gboolean
advance (Play *self, BaruaStage stage)
{
  const DialogueMove *move = dialogue_player_next (self->player);

  while (move->kind == DIALOGUE_WAIT)
    move = dialogue_player_next (self->player);
  if (move->kind == DIALOGUE_WRONG)
    g_error ("%s", move->name);
  if (move->kind == DIALOGUE_SEND)
    {
      g_string_append_len (self->pending, move->bytes, (gssize) move->length);
      return TRUE;
    }
  if (move->kind == DIALOGUE_CLOSE || move->kind == DIALOGUE_RESET)
    fail (self, stage, BARUA_OUTCOME_CLOSED, NULL);
  else
    fail (self, stage, BARUA_OUTCOME_TIMED_OUT, NULL);
  return FALSE;
}

/* Returns: (nullable): the next reply; %NULL when there is none, and a step says why. */
static BaruaReply *
wait_for_reply (Play *self, BaruaStage stage)
{
  while (TRUE)
    {
      BaruaReply *reply = barua_reader_pop (self->reader);
      BaruaReplyFault fault = barua_reader_get_fault (self->reader);

      if (reply != NULL)
        return reply;
      if (fault != BARUA_REPLY_FAULT_NONE)
        {
          fail (self, stage, BARUA_OUTCOME_MISBEHAVED,
                barua_reply_fault_get_detail (fault));
          return NULL;
        }
      if (!feed (self) && !advance (self, stage))
        return NULL;
    }
}

static void
send_bytes (Play *self, const BaruaAction *action)
{
  if (!self->encrypted)
    g_assert_true (g_str_has_prefix (action->bytes, "EHLO ") ||
                   strcmp (action->bytes, "STARTTLS\r\n") == 0);
  g_assert_true (g_str_has_suffix (action->bytes, "\r\n"));
  barua_transcript_add_sent (self->transcript, action);
  dialogue_player_push (self->player, action->bytes, strlen (action->bytes));
}

static gboolean
shake_hands (Play *self)
{
  const DialogueMove *move = NULL;

  while (feed (self))
    ;
  if (!barua_reader_is_empty (self->reader))
    {
      fail (self, BARUA_STAGE_STARTTLS, BARUA_OUTCOME_MISBEHAVED, "more than the answer");
      return FALSE;
    }
  move = dialogue_player_next (self->player);
  if (move->kind == DIALOGUE_WRONG)
    g_error ("%s", move->name);
  self->encrypted = move->kind == DIALOGUE_TLS;
  if (!self->encrypted)
    fail (self, BARUA_STAGE_TLS,
          move->kind == DIALOGUE_CLOSE || move->kind == DIALOGUE_RESET
            ? BARUA_OUTCOME_CLOSED
            : BARUA_OUTCOME_FAILED,
          NULL);
  return self->encrypted;
}

/* Returns: (transfer full) (nullable): the next action; %NULL when it is over. */
static BaruaAction *
follow (Play *self, const BaruaAction *action)
{
  g_autoptr (BaruaReply) reply = NULL;

  if (action->kind == BARUA_ACTION_STARTTLS)
    return shake_hands (self) ? barua_engine_step (self->engine, NULL, self->evidence)
                              : NULL;
  if (action->kind == BARUA_ACTION_WAIT)
    return barua_engine_step (self->engine, NULL, self->evidence);
  if (action->bytes != NULL)
    {
      if (self->protocol == BARUA_PROTOCOL_POP)
        barua_reader_expect_lines (self->reader, action->several);
      send_bytes (self, action);
    }
  if (action->kind == BARUA_ACTION_DONE)
    return NULL;
  reply = wait_for_reply (self, action->stage);
  if (reply == NULL)
    return NULL;
  barua_transcript_add_received (self->transcript, reply, self->encrypted);
  return barua_engine_step (self->engine, reply, self->evidence);
}

static void
converse (Play *self)
{
  g_autoptr (BaruaAction) action = barua_engine_step (self->engine, NULL, self->evidence);

  while (action != NULL)
    {
      BaruaAction *next = follow (self, action);

      barua_action_free (action);
      action = next;
    }
}

/* What the server still says to the farewell, and whether all of its script came. */
static void
end_script (Play *self)
{
  const DialogueMove *move = NULL;

  do
    move = dialogue_player_next (self->player);
  while (move->kind == DIALOGUE_SEND || move->kind == DIALOGUE_WAIT);
  if (move->kind == DIALOGUE_WRONG)
    g_error ("%s", move->name);
  if (!dialogue_player_is_over (self->player))
    g_error ("the conversation ended early");
}

static BaruaEvidence *
play (const Dialogue *dialogue, gsize chunk, GString *pending)
{
  const BaruaService *service = dialogue_get_service (dialogue);
  BaruaLogin *login = dialogue_get_login (dialogue);
  g_autoptr (DialoguePlayer) player = dialogue_player_new (dialogue, NULL, NULL);
  g_autoptr (BaruaRedactor) redactor = barua_redactor_new ();
  g_autoptr (BaruaEngine) engine =
    barua_engine_new (service, login, dialogue_get_goal (dialogue), redactor);
  g_autoptr (BaruaReader) reader = barua_reader_new (service->protocol);
  g_autoptr (BaruaEvidence) evidence = barua_evidence_new (service);
  g_autoptr (BaruaTranscript) transcript = barua_transcript_new (redactor);
  Play self = {
    .player = player,
    .engine = engine,
    .evidence = evidence,
    .reader = reader,
    .transcript = transcript,
    .pending = pending,
    .protocol = service->protocol,
    .chunk = chunk,
    .encrypted = FALSE,
  };

  barua_engine_set_errand (engine, dialogue_get_errand ());
  if (login != NULL)
    barua_redactor_add (redactor, barua_login_get_secret (login));
  if (service->security == BARUA_SECURITY_STARTTLS || shake_hands (&self))
    converse (&self);
  end_script (&self);
  g_strfreev (evidence->transcript);
  evidence->transcript = barua_transcript_end (transcript);
  return g_steal_pointer (&evidence);
}

BaruaEvidence *
play_dialogue (const Dialogue *dialogue, gsize chunk)
{
  g_autoptr (GString) said = g_string_new (NULL);

  return play (dialogue, chunk, said);
}

GString *
play_record (const Dialogue *dialogue)
{
  GString *said = g_string_new (NULL);

  barua_evidence_unref (play (dialogue, 0, said));
  return said;
}

static void
test_dialogue (gconstpointer data)
{
  const gsize chunks[] = { 0, 1, 7 };
  g_autoptr (GError) error = NULL;
  g_autoptr (Dialogue) dialogue = dialogue_load (data, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (chunks); i++)
    {
      g_autoptr (BaruaEvidence) evidence = play_dialogue (dialogue, chunks[i]);

      dialogue_check (dialogue, evidence);
    }
}

void
play_all (const char *prefix)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "dialogues", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint found = 0;

  for (const char *name = NULL; dir != NULL && (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *stem = g_strndup (name, strcspn (name, "."));
      g_autofree char *path = g_strconcat ("/dialogue/", stem, NULL);

      if (!g_str_has_prefix (name, prefix) || !g_str_has_suffix (name, ".txt"))
        continue;
      g_test_add_data_func_full (path, g_build_filename (folder, name, NULL),
                                 test_dialogue, g_free);
      found++;
    }
  if (found == 0)
    g_error ("no dialogue in %s begins with %s", folder, prefix);
}
