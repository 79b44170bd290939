#include "config.h"

#include "cli/signing-in.h"

#include "account/app-password.h"
#include "cli/hand-out.h"
#include "cli/typing.h"

#include <glib/gi18n.h>

#define PAGE "https://myaccount.google.com/apppasswords"

static BaruaSecret *
read_password (BaruaSigningIn *self, int *status)
{
  g_autofree char *prompt = g_strdup_printf (
    /* Translators: a web address, then a mail address; what is typed behind it is not
     * shown */
    _ (
      "Google makes an app password at %s\nType or paste it here; it will not be shown.\n"
      "App password of %s: "),
    PAGE, self->account->address);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSecret) typed = barua_typing_read_secret (self->waiter, prompt, &error);

  if (typed != NULL)
    return barua_app_password_normalize (typed);
  if (g_error_matches (error, BARUA_TYPING_ERROR, BARUA_TYPING_ERROR_INTERRUPTED))
    *status = barua_command_interrupted (self->arguments, self->output, self->waiter);
  else
    *status =
      barua_command_failed (self->arguments, self->output, "unreadable", error->message);
  return NULL;
}

static const char *
describe_shape (BaruaSecretShape shape)
{
  switch (shape)
    {
    case BARUA_SECRET_SHAPE_PHONE_CODE:
      return _ (
        "This looks like a code that Google sends to a phone. An app password has "
        "16 letters and nothing else.");
    case BARUA_SECRET_SHAPE_TOKEN:
      return _ ("This looks like an access token. An app password has 16 letters and "
                "nothing else.");
    case BARUA_SECRET_SHAPE_OTHER:
      return _ (
        "This does not look like an app password, which has 16 letters and nothing "
        "else. Google refuses the ordinary password in mail programs.");
    case BARUA_SECRET_SHAPE_UNKNOWN:
    case BARUA_SECRET_SHAPE_APP_PASSWORD:
    case BARUA_SECRET_SHAPE_EMPTY:
    default:
      return NULL;
    }
}

/* What is plainly no app password is sent only if the person says so. */
static gboolean
is_meant (BaruaSigningIn *self, BaruaSecretShape shape)
{
  const char *doubt = describe_shape (shape);

  if (doubt == NULL)
    return TRUE;
  barua_output_complain (doubt);
  return barua_typing_confirm (self->waiter, _ ("Use it all the same?"));
}

int
barua_signing_in_with_password (BaruaSigningIn *self)
{
  g_autoptr (BaruaSecret) password = NULL;
  g_autoptr (BaruaLogin) login = NULL;
  BaruaKeep keep = { .account = self->account };
  BaruaSecretShape shape = BARUA_SECRET_SHAPE_EMPTY;
  int status = BARUA_STATUS_FAILED;

  self->account->method = BARUA_METHOD_APP_PASSWORD;
  if (!barua_signing_in_has_keyring (self, &status))
    return status;
  password = read_password (self, &status);
  if (password == NULL)
    return status;
  shape = barua_secret_shape (password);
  if (shape == BARUA_SECRET_SHAPE_EMPTY)
    return barua_command_misused (&barua_command_sign_in,
                                  _ ("There was no app password: nothing was typed, or "
                                     "standard input is empty."));
  if (!is_meant (self, shape))
    return barua_waiter_get_status (self->waiter) != 0
             ? barua_command_interrupted (self->arguments, self->output, self->waiter)
             : barua_signing_in_refuse (self, "app-password-required", 0.9);
  keep.password = password;
  login = barua_login_new (BARUA_MECHANISM_PASSWORD, self->account->address, password);
  return barua_signing_in_prove_and_keep (self, login, &keep);
}
