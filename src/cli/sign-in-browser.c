#include "config.h"

#include "cli/signing-in.h"

#include "base/buffer.h"
#include "cli/hand-out.h"
#include "cli/typing.h"
#include "cli/window.h"
#include "diagnose/causes.h"
#include "setup/browser-sign-in.h"
#include "setup/oauth-client.h"
#include "setup/trouble.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define CHUNK 512

/* The answer comes over the loopback, or somebody pastes it: whichever is first. */
typedef struct
{
  BaruaWaiter *waiter;
  BaruaBrowserSignIn *attempt;
  BaruaBuffer pasted;
  guint input;
  BaruaOauthToken *token;
  GError *error;
} Waiting;

static void
on_signed_in (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->token = barua_browser_sign_in_wait_finish (result, &waiting->error);
  barua_waiter_stop (waiting->waiter);
}

static void
take_lines (Waiting *waiting)
{
  char *end = NULL;

  while (waiting->pasted.length > 0 &&
         (end = memchr (waiting->pasted.bytes, '\n', waiting->pasted.length)) != NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *rest = g_strdup (end + 1);

      *end = '\0';
      if (g_strstrip (waiting->pasted.bytes)[0] != '\0' &&
          !barua_browser_sign_in_paste (waiting->attempt, waiting->pasted.bytes, &error))
        barua_output_complain (_ (
          "That is not the answer. Copy the whole address of the page that the browser "
          "shows at the end; it begins with “http://127.0.0.1”."));
      barua_buffer_empty (&waiting->pasted);
      barua_buffer_append (&waiting->pasted, rest, -1);
      barua_secret_wipe (rest);
    }
}

static gboolean
on_pasted (int fd, GIOCondition condition G_GNUC_UNUSED, gpointer user_data)
{
  Waiting *waiting = user_data;
  char chunk[CHUNK];
  gssize n = read (fd, chunk, sizeof chunk);

  if (n < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  if (n > 0)
    barua_buffer_append (&waiting->pasted, chunk, n);
  explicit_bzero (chunk, sizeof chunk);
  if (n > 0 && waiting->pasted.length <= BARUA_TYPING_MAX)
    {
      take_lines (waiting);
      return G_SOURCE_CONTINUE;
    }
  waiting->input = 0;
  return G_SOURCE_REMOVE;
}

static void
show_page (const char *uri)
{
  g_autofree char *text = g_strdup_printf (
    /* Translators: a web address on lines of its own */
    _ ("Open this page in a browser and choose your account there:\n\n%s\n\nIf the "
       "browser "
       "runs on another computer: at the end it shows a page that cannot be opened. Copy "
       "that page’s address and paste it here.\n"),
    uri);

  barua_signing_in_say (text);
  if (barua_window_has_display () && !g_app_info_launch_default_for_uri (uri, NULL, NULL))
    g_debug ("No browser could be opened");
}

static void
wait_for_answer (BaruaSigningIn *self, Waiting *waiting)
{
  waiting->input =
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_pasted, waiting);
  barua_browser_sign_in_wait_async (
    waiting->attempt, barua_waiter_get_cancellable (self->waiter), on_signed_in, waiting);
  show_page (barua_browser_sign_in_get_uri (waiting->attempt));
  (void) barua_waiter_run (self->waiter);
  g_clear_handle_id (&waiting->input, g_source_remove);
  barua_buffer_clear (&waiting->pasted);
}

/* What Google said no with is told in full, as everywhere. */
static int
answer_trouble (BaruaSigningIn *self, const GError *error)
{
  const char *id = error != NULL ? barua_trouble_get_id (error) : "failed";

  if (barua_waiter_get_status (self->waiter) == 0 && error != NULL &&
      barua_trouble_is_problem (error) && barua_cause_find (id) != NULL)
    return barua_signing_in_refuse (self, id, 1);
  return barua_command_in_trouble (self->arguments, self->output, self->waiter, error);
}

static int
use_token (BaruaSigningIn *self, const BaruaOauthToken *token)
{
  const BaruaKeep keep = { .account = self->account, .token = token };
  g_autoptr (BaruaLogin) login =
    barua_login_new (BARUA_MECHANISM_TOKEN, self->account->address, token->access);

  self->account->token_ends = token->refresh_expires;
  return barua_signing_in_prove_and_keep (self, login, &keep);
}

static int
sign_in_with (BaruaSigningIn *self, const BaruaClient *client)
{
  g_autoptr (GError) error = NULL;
  Waiting waiting = { .waiter = self->waiter };
  int status = BARUA_STATUS_FAILED;

  waiting.attempt = barua_browser_sign_in_new (self->address, client, &error);
  if (waiting.attempt == NULL)
    return barua_command_failed (self->arguments, self->output, "failed", error->message);
  g_free (self->account->client_id);
  self->account->client_id = g_strdup (client->id);
  wait_for_answer (self, &waiting);
  if (waiting.token != NULL)
    status = use_token (self, waiting.token);
  else
    status = answer_trouble (self, waiting.error);
  /* After a second signal it may be waiting still; then the process ends anyway. */
  if (waiting.token != NULL || waiting.error != NULL)
    barua_browser_sign_in_free (waiting.attempt);
  g_clear_pointer (&waiting.token, barua_oauth_token_free);
  g_clear_error (&waiting.error);
  return status;
}

int
barua_signing_in_in_browser (BaruaSigningIn *self)
{
  g_autofree char *path = barua_client_dup_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaClient) client = barua_client_load (path, &error);
  g_autofree char *message = NULL;
  int status = BARUA_STATUS_FAILED;

  self->account->method = BARUA_METHOD_OAUTH;
  if (client != NULL)
    return barua_signing_in_has_keyring (self, &status) ? sign_in_with (self, client)
                                                        : status;
  if (error != NULL)
    return barua_command_failed (self->arguments, self->output, "unreadable",
                                 error->message);
  message = g_strdup_printf (
    /* Translators: a web address, then the name of a file. “Desktop app” is what Google
     * calls it; “client-id” and “client-secret” stay as they are. */
    _ ("No Google client is known to this program, so the way through the browser cannot "
       "be taken. You can make one of the type “Desktop app” at %s, publish it (or it "
       "lasts "
       "seven days at a time), and write its client-id and client-secret into the group "
       "[OAuth] of %s. An app password needs none of this."),
    "https://console.cloud.google.com/auth/clients", path);
  return barua_command_failed (self->arguments, self->output, "no-client", message);
}
