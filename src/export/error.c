#include "config.h"

#include "export/error.h"

G_DEFINE_QUARK (barua_export_error, barua_export_error)

static const char *const IDS[] = {
  [BARUA_EXPORT_ERROR_RUNNING] = "running",
  [BARUA_EXPORT_ERROR_UNREADABLE] = "unreadable",
  [BARUA_EXPORT_ERROR_CHANGED] = "changed",
  [BARUA_EXPORT_ERROR_UNSUPPORTED] = "unsupported",
  [BARUA_EXPORT_ERROR_NO_PLACE] = "no-place",
  [BARUA_EXPORT_ERROR_LOCKED] = "store-locked",
  [BARUA_EXPORT_ERROR_NO_SECRET] = "no-secret",
  [BARUA_EXPORT_ERROR_NOT_FOUND] = "not-found",
  [BARUA_EXPORT_ERROR_DAMAGED] = "damaged",
  [BARUA_EXPORT_ERROR_STORE] = "store-unwritable",
  [BARUA_EXPORT_ERROR_ELSEWHERE] = "not-at-google",
};

const char *
barua_export_error_get_id (const GError *error)
{
  if (error == NULL || error->domain != BARUA_EXPORT_ERROR)
    return NULL;
  g_return_val_if_fail (error->code >= 0 && error->code < (int) G_N_ELEMENTS (IDS), NULL);
  return IDS[error->code];
}
