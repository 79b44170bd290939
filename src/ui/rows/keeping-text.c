#include "config.h"

#include "ui/rows/keeping-text.h"

#include <glib/gi18n.h>

BaruaKeepAdvice
barua_keeping_text_advise (BaruaMethod method, BaruaAcceptance acceptance)
{
  if (acceptance == BARUA_ACCEPTANCE_NO)
    return BARUA_KEEP_ADVICE_NO;
  if (acceptance == BARUA_ACCEPTANCE_UNKNOWN && method == BARUA_METHOD_APP_PASSWORD)
    return BARUA_KEEP_ADVICE_ASK;
  return BARUA_KEEP_ADVICE_YES;
}

const char *
barua_keeping_text_where (BaruaMethod method, gboolean kept)
{
  if (!kept)
    return _ ("Nothing was kept.");
  switch (method)
    {
    case BARUA_METHOD_APP_PASSWORD:
      return _ ("The app password is kept in the keyring.");
    case BARUA_METHOD_OAUTH:
      return _ ("The access that Google gave is kept in the keyring.");
    case BARUA_METHOD_ONLINE_ACCOUNT:
    case BARUA_METHOD_NONE:
    default:
      return _ ("Access comes from this desktop’s account, so nothing is kept here.");
    }
}
