#include "config.h"

#include "probe/handshake.h"

#include "probe/tap.h"
#include "probe/tls-facts.h"

typedef struct
{
  BaruaRun *run;
  BaruaTap *tap;
} Handshake;

static void
handshake_free (gpointer data)
{
  Handshake *self = data;

  barua_run_unref (self->run);
  g_object_unref (self->tap);
  g_free (self);
}

static void
add_failed_step (Handshake *self, const GError *error, const char *detail)
{
  BaruaStep *step = barua_run_add_step (self->run, BARUA_STAGE_TLS, BARUA_OUTCOME_FAILED);

  step->error = g_error_copy (error);
  step->detail = g_strdup (detail);
}

/* GIO says G_TLS_ERROR_NOT_TLS for a peer that hangs up as for one that speaks something
 * else, and has no number for an alert. */
static void
add_failure (Handshake *self, const GError *error)
{
  BaruaTapSeen seen = barua_tap_get_seen (self->tap);
  g_autoptr (GError) named = NULL;
  g_autofree char *detail = NULL;
  gboolean reset = FALSE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    barua_run_add_failure (self->run, BARUA_STAGE_TLS, error);
  else if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    add_failed_step (self, error, NULL);
  else if (seen == BARUA_TAP_OTHER)
    {
      named = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_NOT_TLS, error->message);
      detail = barua_tap_dup_text (self->tap);
      add_failed_step (self, named, detail);
    }
  else if (seen == BARUA_TAP_ALERT)
    {
      named = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE, error->message);
      detail = g_strdup_printf ("alert %d", barua_tap_get_alert (self->tap));
      add_failed_step (self, named, detail);
    }
  else if (barua_tap_has_ended (self->tap, &reset))
    {
      named = reset ? g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                                           error->message)
                    : g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_EOF, error->message);
      barua_run_add_failure (self->run, BARUA_STAGE_TLS, named);
    }
  else
    barua_run_add_failure (self->run, BARUA_STAGE_TLS, error);
}

/* GIO goes down to TLS 1.0, and takes a CN where there is no DNS name, and a certificate
 * for clients. */
static gboolean
is_good_enough (Handshake *self, GTlsConnection *tls)
{
  const BaruaTlsFacts *facts = self->run->evidence->tls;
  GTlsProtocolVersion version = g_tls_connection_get_protocol_version (tls);
  g_autoptr (GError) error = NULL;

  if (version != G_TLS_PROTOCOL_VERSION_TLS_1_2 &&
      version != G_TLS_PROTOCOL_VERSION_TLS_1_3)
    {
      error = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE,
                                   "The server speaks no TLS newer than 1.1");
      add_failed_step (self, error, barua_tls_version_get_name (version));
      return FALSE;
    }
  if (facts == NULL || facts->errors != 0)
    {
      error = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE,
                                   "The certificate is not one of this server");
      add_failed_step (self, error, NULL);
      return FALSE;
    }
  return TRUE;
}

static void
on_shaken (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GTlsConnection *tls = G_TLS_CONNECTION (source);
  Handshake *self = g_task_get_task_data (task);
  BaruaRun *run = self->run;
  g_autoptr (GError) error = NULL;
  GIOStream *stream = NULL;
  gboolean well = g_tls_connection_handshake_finish (tls, result, &error);

  run->evidence->tls =
    barua_tls_facts_new_from_connection (tls, run->setup.service->host);
  if (!well)
    {
      add_failure (self, error);
      if (run->evidence->tls != NULL)
        g_clear_pointer (&run->evidence->tls->version, g_free);
    }
  else if (is_good_enough (self, tls))
    {
      BaruaStep *step = barua_run_add_step (run, BARUA_STAGE_TLS, BARUA_OUTCOME_OK);

      step->detail = g_strdup (run->evidence->tls->version);
      stream = g_object_ref (G_IO_STREAM (tls));
    }
  barua_clock_stop_step (run->clock);
  barua_run_tell (run);
  g_task_return_pointer (task, stream, g_object_unref);
}

void
barua_handshake_async (BaruaRun *run,
                       GIOStream *base,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_autoptr (GSocketConnectable) identity =
    g_network_address_new (run->setup.service->host, run->setup.service->port);
  g_autoptr (GIOStream) tls = NULL;
  g_autoptr (GError) error = NULL;
  Handshake *self = g_new0 (Handshake, 1);

  self->run = barua_run_ref (run);
  /* The tap is no socket connection, and to these alone does GIO give tickets of earlier
   * sessions, with which it would not look at the certificate again. */
  self->tap = barua_tap_new (base);
  g_task_set_source_tag (task, barua_handshake_async);
  g_task_set_task_data (task, self, handshake_free);
  barua_clock_start_step (run->clock);
  tls = g_tls_client_connection_new (G_IO_STREAM (self->tap), identity, &error);
  if (tls == NULL)
    {
      add_failed_step (self, error, NULL);
      barua_run_tell (run);
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  /* Nobody answers "accept-certificate", which refuses whatever GIO finds fault with. */
  if (run->setup.trust != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (tls), run->setup.trust);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT,
                                    barua_clock_get_cancellable (run->clock), on_shaken,
                                    g_steal_pointer (&task));
}

GIOStream *
barua_handshake_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
