#include "config.h"

#include "ui/rows/password-text.h"

#include <glib/gi18n.h>

/* Letters alone, and not too many: the beginning of an app password. */
static gboolean
is_beginning (BaruaSecret *normalized, guint n_letters)
{
  return n_letters == barua_secret_get_length (normalized) &&
         n_letters < BARUA_APP_PASSWORD_LETTERS;
}

/* Groups with blanks or dashes between them are letters, too, while more may come. */
static gboolean
is_grouped_beginning (BaruaSecret *typed, guint n_letters)
{
  const char *text = barua_secret_peek (typed);

  for (; *text != '\0'; text++)
    if (!g_ascii_isalpha (*text) && !g_ascii_isspace (*text) && *text != '-')
      return FALSE;
  return n_letters < BARUA_APP_PASSWORD_LETTERS;
}

gboolean
barua_password_text_is_doubtful (BaruaSecret *typed)
{
  g_autoptr (BaruaSecret) normalized = barua_app_password_normalize (typed);
  BaruaSecretShape shape = barua_secret_shape (normalized);
  guint n_letters = barua_app_password_count_letters (typed);

  if (shape == BARUA_SECRET_SHAPE_APP_PASSWORD || shape == BARUA_SECRET_SHAPE_EMPTY)
    return FALSE;
  return !is_beginning (normalized, n_letters) &&
         !is_grouped_beginning (typed, n_letters);
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
    default:
      return _ (
        "This does not look like an app password, which has 16 letters and nothing "
        "else. Google refuses the ordinary password in mail programs.");
    }
}

char *
barua_password_text_hint (BaruaSecret *typed)
{
  g_autoptr (BaruaSecret) normalized = barua_app_password_normalize (typed);
  BaruaSecretShape shape = barua_secret_shape (normalized);
  guint n_letters = barua_app_password_count_letters (typed);

  if (shape == BARUA_SECRET_SHAPE_APP_PASSWORD)
    return g_strdup (_ ("All 16 letters are there."));
  if (shape == BARUA_SECRET_SHAPE_EMPTY)
    return g_strdup (_ ("It has 16 letters. Blanks and dashes between them do no harm."));
  if (barua_password_text_is_doubtful (typed))
    return g_strdup (describe_shape (shape));
  /* Translators: how many letters have been typed so far */
  return g_strdup_printf (
    ngettext ("%u of the 16 letters", "%u of the 16 letters", n_letters), n_letters);
}
