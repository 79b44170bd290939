#include "config.h"

#include "setup/tunnel.h"

#include "base/limits.h"
#include "diagnose/diagnose.h"
#include "discover/known.h"
#include "probe/probe.h"
#include "setup/session.h"
#include "setup/tokens.h"

#include <glib/gi18n.h>
#include <string.h>

/* As long as a client waits for a greeting, which may be half a minute. */
#define TOTAL_MS 25000

/* RFC 9051, 4: no client has to take longer lines. */
#define GREETING_BYTES 4096

void
barua_tunnel_free (BaruaTunnel *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->stream);
  g_free (self->greeting);
  g_clear_pointer (&self->verdict, barua_verdict_unref);
  g_free (self);
}

/* Nobody has to sign in here any more, and nobody is to try. */
static gboolean
is_for_client (const char *word)
{
  static const char *const SIGNING_IN[] = { "STARTTLS", "LOGINDISABLED", "SASL-IR" };

  for (gsize i = 0; i < G_N_ELEMENTS (SIGNING_IN); i++)
    if (g_ascii_strcasecmp (word, SIGNING_IN[i]) == 0)
      return FALSE;
  for (const char *p = word; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p) || *p == ']')
      return FALSE;
  return *word != '\0' && g_ascii_strncasecmp (word, "AUTH=", 5) != 0;
}

static char *
write_greeting (const BaruaEvidence *evidence)
{
  g_autoptr (GString) line = g_string_new ("* PREAUTH [CAPABILITY");
  char **words = evidence->capabilities;
  gsize bare = line->len;

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    if (is_for_client (words[i]) && line->len + strlen (words[i]) < GREETING_BYTES)
      g_string_append_printf (line, " %s", words[i]);
  if (line->len == bare)
    g_string_assign (line, "* PREAUTH");
  else
    g_string_append_c (line, ']');
  g_string_append (line, " signed in by Barua\r\n");
  return g_string_free (g_steal_pointer (&line), FALSE);
}

char *
barua_tunnel_dup_farewell (const char *id)
{
  const BaruaCause *cause = barua_cause_find (id);
  g_autofree char *reason = NULL;

  if (cause == NULL)
    return g_strdup_printf ("* BYE Barua cannot open this mailbox (%s)\r\n", id);
  reason = g_str_to_ascii (cause->title, "C");
  return g_strdup_printf ("* BYE Barua cannot open this mailbox: %s (%s)\r\n", reason,
                          id);
}

static BaruaVerdict *
judge (const BaruaLogin *login, BaruaEvidence *evidence)
{
  g_autoptr (BaruaAddress) address =
    barua_address_new (barua_login_get_user (login), NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  const BaruaCase facts = {
    .address = address,
    .evidence = all,
    .now = evidence->started,
    .shape = barua_secret_shape (barua_login_get_secret (login)),
  };
  g_autoptr (BaruaDiagnosis) diagnosis = NULL;

  g_ptr_array_add (all, evidence);
  diagnosis = barua_diagnose (&facts);
  /* A server may behave as no check would ever see it. */
  if (barua_verdict_is (diagnosis->verdict, "ok"))
    return barua_verdict_new ("unknown", 1);
  return barua_verdict_ref (diagnosis->verdict);
}

static void
on_signed_in (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) stream = barua_probe_steal_stream (result);
  g_autoptr (BaruaEvidence) evidence = barua_probe_finish (result, &error);
  BaruaTunnel *tunnel = NULL;

  if (evidence == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  tunnel = g_new0 (BaruaTunnel, 1);
  tunnel->stream = g_steal_pointer (&stream);
  if (tunnel->stream != NULL)
    tunnel->greeting = write_greeting (evidence);
  else
    {
      tunnel->verdict = judge (g_task_get_task_data (task), evidence);
      tunnel->greeting = barua_tunnel_dup_farewell (tunnel->verdict->cause->id);
    }
  g_task_return_pointer (task, tunnel, (GDestroyNotify) barua_tunnel_free);
}

void
barua_tunnel_open_async (const BaruaTunnelSetup *setup,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  BaruaProbeSetup probe = { 0 };

  g_return_if_fail (setup != NULL && setup->login != NULL);
  g_return_if_fail (setup->service != NULL);
  g_return_if_fail (setup->service->protocol == BARUA_PROTOCOL_IMAP);

  g_task_set_source_tag (task, barua_tunnel_open_async);
  g_task_set_task_data (task, barua_login_ref (setup->login),
                        (GDestroyNotify) barua_login_unref);
  probe = (BaruaProbeSetup){
    .service = setup->service,
    .login = setup->login,
    .goal = BARUA_GOAL_SIGN_IN,
    .trust = setup->trust,
    .step_ms = BARUA_LIMIT_STEP_MS,
    .total_ms = TOTAL_MS,
    .keep = TRUE,
  };
  barua_probe_async (&probe, cancellable, on_signed_in, g_steal_pointer (&task));
}

BaruaTunnel *
barua_tunnel_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static const BaruaService *
find_service (void)
{
  const BaruaProvider *gmail = barua_known_gmail ();

  for (gsize i = 0; i < gmail->n_services; i++)
    if (gmail->services[i].protocol == BARUA_PROTOCOL_IMAP)
      return &gmail->services[i];
  return NULL;
}

static void
on_opened (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  BaruaTunnel *tunnel = barua_tunnel_open_finish (result, &error);

  if (tunnel == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, tunnel, (GDestroyNotify) barua_tunnel_free);
}

static void
on_session (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSession) session = barua_session_open_finish (result, &error);
  const char *address = g_task_get_task_data (task);

  if (session == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (session->login != NULL)
    {
      const BaruaTunnelSetup setup = { find_service (), session->login, NULL };

      barua_tunnel_open_async (&setup, g_task_get_cancellable (task), on_opened,
                               g_object_ref (task));
    }
  else if (session->error != NULL)
    g_task_return_error (task, g_steal_pointer (&session->error));
  else
    g_task_return_new_error (task, BARUA_TOKEN_ERROR, BARUA_TOKEN_ERROR_NO_ACCOUNT,
                             _ ("%s is not set up here. Sign in first: barua sign-in %s"),
                             address, address);
}

void
barua_tunnel_open_account_async (BaruaAddress *address,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (address != NULL);

  g_task_set_source_tag (task, barua_tunnel_open_account_async);
  g_task_set_task_data (task, barua_address_dup_login (address), g_free);
  barua_session_open_async (address, cancellable, on_session, g_steal_pointer (&task));
}

BaruaTunnel *
barua_tunnel_open_account_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
