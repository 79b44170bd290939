#pragma once

#include "base/secret.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaSecretShape:
 * @BARUA_SECRET_SHAPE_UNKNOWN: no secret was looked at
 * @BARUA_SECRET_SHAPE_APP_PASSWORD: 16 ASCII letters, as Google makes them
 * @BARUA_SECRET_SHAPE_OTHER: something else, an ordinary password most likely
 * @BARUA_SECRET_SHAPE_PHONE_CODE: six to eight digits: a verification code
 * @BARUA_SECRET_SHAPE_TOKEN: an OAuth access token ("ya29.…")
 * @BARUA_SECRET_SHAPE_EMPTY: nothing
 *
 * What a secret looks like. Says nothing about whether it is right.
 */
typedef enum
{
  BARUA_SECRET_SHAPE_UNKNOWN,
  BARUA_SECRET_SHAPE_APP_PASSWORD,
  BARUA_SECRET_SHAPE_OTHER,
  BARUA_SECRET_SHAPE_PHONE_CODE,
  BARUA_SECRET_SHAPE_TOKEN,
  BARUA_SECRET_SHAPE_EMPTY,
} BaruaSecretShape;

/**
 * barua_app_password_normalize:
 * @typed: what was typed or pasted
 *
 * Takes white space of every kind (Unicode's too, and invisible marks), and dashes
 * between groups, out of what would be an app password without them; whatever else loses
 * nothing but the line end.
 *
 * Returns: (transfer full): the secret to send
 */
BaruaSecret *barua_app_password_normalize (BaruaSecret *typed);

/**
 * barua_secret_shape:
 * @secret: (nullable): a normalized secret
 *
 * Returns: what it looks like
 */
BaruaSecretShape barua_secret_shape (BaruaSecret *secret);

/**
 * barua_app_password_count_letters:
 * @typed: what has been typed so far
 *
 * Returns: how many ASCII letters are there, for "9 of the 16 letters"
 */
guint barua_app_password_count_letters (BaruaSecret *typed);

G_END_DECLS
