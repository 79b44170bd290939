#pragma once

#include "account/app-password.h"

G_BEGIN_DECLS

/**
 * BARUA_APP_PASSWORD_LETTERS:
 *
 * How many letters Google's app passwords have.
 */
#define BARUA_APP_PASSWORD_LETTERS 16

/**
 * barua_password_text_is_doubtful:
 * @typed: what has been typed so far
 *
 * Returns: whether it plainly is no app password, nor the beginning of one
 */
gboolean barua_password_text_is_doubtful (BaruaSecret *typed);

/**
 * barua_password_text_hint:
 * @typed: what has been typed so far
 *
 * Says how many of the letters are there, or kindly that it looks like something else.
 * Holds nothing of what was typed.
 *
 * Returns: (transfer full): one or two translated sentences
 */
char *barua_password_text_hint (BaruaSecret *typed);

G_END_DECLS
