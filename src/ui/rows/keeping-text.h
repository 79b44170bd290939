#pragma once

#include "account/account.h"
#include "setup/acceptance.h"

G_BEGIN_DECLS

/**
 * BaruaKeepAdvice:
 * @BARUA_KEEP_ADVICE_YES: a server took it, or Google vouches for it
 * @BARUA_KEEP_ADVICE_NO: it was refused
 * @BARUA_KEEP_ADVICE_ASK: nobody could be asked: only if the person wants it
 *
 * Whether what was signed in with is to be kept.
 */
typedef enum
{
  BARUA_KEEP_ADVICE_YES,
  BARUA_KEEP_ADVICE_NO,
  BARUA_KEEP_ADVICE_ASK,
} BaruaKeepAdvice;

/**
 * barua_keeping_text_advise:
 * @method: how it was signed in
 * @acceptance: what the servers said
 *
 * Returns: whether it is to be kept
 */
BaruaKeepAdvice barua_keeping_text_advise (BaruaMethod method,
                                           BaruaAcceptance acceptance);

/**
 * barua_keeping_text_where:
 * @method: how it was signed in
 * @kept: whether it was kept
 *
 * Returns: what became of the secret, one translated sentence
 */
const char *barua_keeping_text_where (BaruaMethod method, gboolean kept);

G_END_DECLS
