#include "config.h"

#include "setup/proof.h"

#include "base/limits.h"
#include "diagnose/facts.h"
#include "probe/message.h"

#include <glib/gi18n.h>

/* One message under way. */
typedef struct
{
  BaruaProofSetup setup;
  BaruaProof *proof;
  GPtrArray *evidence;
  guint sending;
  guint receiving;
  GCancellable *in_vain;
  BaruaEvidence *sent;
  BaruaEvidence *received;
  gint64 accepted;
  gint64 found;
  guint pending;
} Run;

static void
run_free (gpointer data)
{
  Run *self = data;

  g_ptr_array_unref (self->evidence);
  barua_login_unref (self->setup.login);
  g_clear_object (&self->setup.trust);
  g_object_unref (self->in_vain);
  g_clear_pointer (&self->sent, barua_evidence_unref);
  g_clear_pointer (&self->received, barua_evidence_unref);
  g_clear_pointer (&self->proof, barua_proof_free);
  g_free (self);
}

static Run *
run_new (const BaruaProofSetup *setup)
{
  Run *self = g_new0 (Run, 1);

  self->setup = *setup;
  self->setup.name = NULL;
  self->evidence = g_ptr_array_ref (setup->evidence);
  barua_login_ref (setup->login);
  if (setup->trust != NULL)
    g_object_ref (setup->trust);
  self->in_vain = g_cancellable_new ();
  self->proof = g_new0 (BaruaProof, 1);
  return self;
}

static const BaruaEvidence *
get_evidence (const Run *self, guint index)
{
  return g_ptr_array_index (self->evidence, index);
}

/* The first service of a protocol that works. */
static gboolean
find_service (const Run *self, BaruaProtocol protocol, guint *index)
{
  for (guint i = 0; i < self->evidence->len; i++)
    {
      const BaruaEvidence *evidence = get_evidence (self, i);

      if (evidence->service.protocol != protocol || !barua_facts_works (evidence) ||
          !barua_evidence_has_passed (evidence, BARUA_STAGE_SIGN_IN))
        continue;
      *index = i;
      return TRUE;
    }
  return FALSE;
}

static char *
write_message (const BaruaProofSetup *setup, const char *id)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const BaruaMessage message = {
    .address = barua_login_get_user (setup->login),
    .name = setup->name,
    .subject = _ ("Test message from Barua"),
    .body = _ ("This is a test message. Barua sent it from your computer to your own "
               "address, to see whether your mail arrives.\n\n"
               "There is nothing to do: Barua moves it to the bin as soon as it has "
               "found it.\n"),
    .date = now,
  };

  return barua_message_build (&message, id);
}

static void
take (GPtrArray *evidence, guint index, BaruaEvidence *newer)
{
  barua_evidence_unref (g_ptr_array_index (evidence, index));
  g_ptr_array_index (evidence, index) = barua_evidence_ref (newer);
}

static char **
dup_titles (char **names)
{
  guint length = g_strv_length (names);
  char **titles = g_new0 (char *, length + 1);

  for (guint i = 0; i < length; i++)
    titles[i] = barua_folder_dup_title (names[i]);
  return titles;
}

static gboolean
is_spam (const BaruaEvidence *evidence)
{
  const BaruaFolder *spam = barua_folders_find (evidence->folders, "\\Junk");

  return spam != NULL && g_str_equal (spam->name, evidence->found_in);
}

/* What is worth knowing of this stage is how long the message was under way. */
static void
time_stage (BaruaEvidence *evidence, gint64 ms)
{
  for (guint i = 0; i < evidence->steps->len; i++)
    {
      BaruaStep *step = g_ptr_array_index (evidence->steps, i);

      if (step->stage == BARUA_STAGE_TEST_MESSAGE)
        step->ms = ms;
    }
}

static void
judge_receiving (Run *self)
{
  BaruaProof *proof = self->proof;
  BaruaEvidence *evidence = self->received;
  gint64 end = self->found != 0 ? self->found : g_get_monotonic_time ();

  proof->ms = MAX (end - self->accepted, 0) / G_TIME_SPAN_MILLISECOND;
  time_stage (evidence, proof->ms);
  if (evidence->found_in != NULL)
    {
      proof->outcome = BARUA_PROOF_FOUND;
      proof->found_in = barua_folder_dup_title (evidence->found_in);
      proof->in_spam = is_spam (evidence);
      if (evidence->moved_to != NULL)
        proof->moved_to = barua_folder_dup_title (evidence->moved_to);
      return;
    }
  proof->outcome = BARUA_PROOF_UNSEEN;
  if (evidence->looked_in == NULL)
    return;
  proof->outcome = BARUA_PROOF_LATE;
  proof->looked_in = dup_titles (evidence->looked_in);
}

static void
conclude (GTask *task)
{
  Run *self = g_task_get_task_data (task);
  const BaruaStep *step = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  take (self->evidence, self->sending, self->sent);
  step = barua_evidence_get_step (self->sent, BARUA_STAGE_TEST_MESSAGE);
  if (step == NULL || step->outcome != BARUA_OUTCOME_OK)
    self->proof->outcome = BARUA_PROOF_UNSENT;
  else
    {
      self->proof->accepted = g_strdup (step->words);
      judge_receiving (self);
      take (self->evidence, self->receiving, self->received);
    }
  g_task_return_pointer (task, g_steal_pointer (&self->proof),
                         (GDestroyNotify) barua_proof_free);
}

static void
on_progress (const BaruaEvidence *evidence, const BaruaStep *step, gpointer user_data)
{
  Run *self = user_data;
  gint64 *moment =
    evidence->service.protocol == BARUA_PROTOCOL_SMTP ? &self->accepted : &self->found;

  if (step->stage == BARUA_STAGE_TEST_MESSAGE && step->outcome == BARUA_OUTCOME_OK)
    *moment = g_get_monotonic_time ();
  if (self->setup.progress != NULL)
    self->setup.progress (evidence, step, self->setup.progress_data);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *self = g_task_get_task_data (task);

  (void) source;
  /* It fails only when the task was cancelled. */
  self->sent = barua_probe_finish (result, NULL);
  if (self->accepted == 0)
    g_cancellable_cancel (self->in_vain);
  if (--self->pending == 0)
    conclude (task);
}

static void
on_received (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *self = g_task_get_task_data (task);

  (void) source;
  self->received = barua_probe_finish (result, NULL);
  if (--self->pending == 0)
    conclude (task);
}

static void
start (GTask *task, const BaruaErrand *errand)
{
  Run *self = g_task_get_task_data (task);
  BaruaProbeSetup setup = {
    .service = &get_evidence (self, self->sending)->service,
    .login = self->setup.login,
    .goal = BARUA_GOAL_TEST_MESSAGE,
    .errand = errand,
    .trust = self->setup.trust,
    .step_ms = MIN (BARUA_LIMIT_STEP_MS, self->setup.total_ms),
    .total_ms = self->setup.total_ms,
    .progress = on_progress,
    .progress_data = self,
  };

  self->pending = 2;
  barua_probe_async (&setup, g_task_get_cancellable (task), on_sent, g_object_ref (task));
  setup.service = &get_evidence (self, self->receiving)->service;
  setup.hurry = self->in_vain;
  barua_probe_async (&setup, g_task_get_cancellable (task), on_received,
                     g_object_ref (task));
}

void
barua_proof_async (const BaruaProofSetup *setup,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *id = barua_message_new_id ();
  g_autofree char *message = NULL;
  Run *self = NULL;

  g_return_if_fail (setup != NULL && setup->evidence != NULL && setup->login != NULL);

  g_task_set_source_tag (task, barua_proof_async);
  self = run_new (setup);
  g_task_set_task_data (task, self, run_free);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (find_service (self, BARUA_PROTOCOL_SMTP, &self->sending) &&
      find_service (self, BARUA_PROTOCOL_IMAP, &self->receiving))
    {
      message = write_message (setup, id);
      start (task, &(BaruaErrand){ .message = message, .id = id });
      return;
    }
  self->proof->outcome = BARUA_PROOF_UNTRIED;
  g_task_return_pointer (task, g_steal_pointer (&self->proof),
                         (GDestroyNotify) barua_proof_free);
}

BaruaProof *
barua_proof_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
barua_proof_free (BaruaProof *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->found_in);
  g_free (self->moved_to);
  g_strfreev (self->looked_in);
  g_free (self->accepted);
  g_free (self);
}

static void
add (GString *text, const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

static void G_GNUC_PRINTF (2, 3) add_with (GString *text, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  add (text, sentence);
}

static void
tell_found (const BaruaProof *self, GString *text)
{
  /* Translators: seconds, as in “1.3 s”, and the name of a mail folder. */
  add_with (text, _ ("The test message arrived after %.1f s, in the folder “%s”."),
            (double) self->ms / 1000, self->found_in);
  if (self->in_spam)
    add (text,
         _ ("That is where Gmail puts spam: mark a message like it as “Not spam” in "
            "Gmail, and the next ones arrive where they should."));
  if (self->moved_to != NULL)
    /* Translators: the name of a mail folder. */
    add_with (text, _ ("It was moved to “%s”."), self->moved_to);
  else
    add (text, _ ("It could not be moved to the bin, so it still lies there."));
}

static void
tell_late (const BaruaProof *self, GString *text)
{
  g_autofree char *folders = g_strjoinv ("”, “", self->looked_in);

  add_with (
    text,
    /* Translators: seconds, as in “25.0 s”. */
    _ ("Gmail accepted the test message, but it did not arrive in the %.1f s that "
       "Barua waited for it."),
    (double) self->ms / 1000);
  /* Translators: names of mail folders, already with quotes between them: All Mail”,
   * “Spam */
  add_with (text, _ ("Barua looked in “%s”."), folders);
  add (text, _ ("Mail to oneself takes a few seconds as a rule. Look in Gmail after some "
                "minutes: a filter of yours may also have put the message elsewhere or "
                "into the bin."));
}

char *
barua_proof_dup_text (const BaruaProof *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  switch (self->outcome)
    {
    case BARUA_PROOF_FOUND:
      tell_found (self, text);
      break;
    case BARUA_PROOF_LATE:
      tell_late (self, text);
      break;
    case BARUA_PROOF_UNSEEN:
      add (text,
           _ ("Gmail accepted the test message, but Barua could not look whether it "
              "arrived."));
      break;
    case BARUA_PROOF_UNSENT:
      add (text, _ ("The test message was not accepted."));
      break;
    case BARUA_PROOF_UNTRIED:
    default:
      add (text, _ ("No test message was sent: for that, both sending and IMAP have to "
                    "work."));
    }
  if (self->accepted != NULL && self->outcome != BARUA_PROOF_FOUND)
    /* Translators: a mail server's own words, in English. */
    add_with (text, _ ("The server’s words when it took the message: %s"),
              self->accepted);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
