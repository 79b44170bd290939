#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BARUA_EXPORT_ERROR:
 *
 * Why settings could not be planned, handed over or taken back. The message of such an
 * error is a translated sentence that says what to do.
 */
#define BARUA_EXPORT_ERROR (barua_export_error_quark ())
GQuark barua_export_error_quark (void);

/**
 * BaruaExportError:
 * @BARUA_EXPORT_ERROR_RUNNING: the mail program must be closed first
 * @BARUA_EXPORT_ERROR_UNREADABLE: what is there cannot be understood, and so not added to
 * @BARUA_EXPORT_ERROR_CHANGED: a file has changed since it was planned or written
 * @BARUA_EXPORT_ERROR_UNSUPPORTED: the program cannot do what was asked for: POP, say
 * @BARUA_EXPORT_ERROR_NO_PLACE: the settings have no place of their own: a folder to save
 *   them in must be named
 * @BARUA_EXPORT_ERROR_LOCKED: the program's own store of passwords has a password
 * @BARUA_EXPORT_ERROR_NO_SECRET: there is nothing to sign in with for this account
 * @BARUA_EXPORT_ERROR_NOT_FOUND: there is nothing of that name to undo
 * @BARUA_EXPORT_ERROR_DAMAGED: the notes kept for undoing cannot be understood
 * @BARUA_EXPORT_ERROR_STORE: the program's own store of passwords cannot be written
 * @BARUA_EXPORT_ERROR_ELSEWHERE: Google does not keep the mail of this address
 *
 * The codes of %BARUA_EXPORT_ERROR.
 */
typedef enum
{
  BARUA_EXPORT_ERROR_RUNNING,
  BARUA_EXPORT_ERROR_UNREADABLE,
  BARUA_EXPORT_ERROR_CHANGED,
  BARUA_EXPORT_ERROR_UNSUPPORTED,
  BARUA_EXPORT_ERROR_NO_PLACE,
  BARUA_EXPORT_ERROR_LOCKED,
  BARUA_EXPORT_ERROR_NO_SECRET,
  BARUA_EXPORT_ERROR_NOT_FOUND,
  BARUA_EXPORT_ERROR_DAMAGED,
  BARUA_EXPORT_ERROR_STORE,
  BARUA_EXPORT_ERROR_ELSEWHERE,
} BaruaExportError;

/**
 * barua_export_error_get_id:
 * @error: any error
 *
 * Returns: (nullable): the stable word of the command line for an error of this domain:
 *   "running", "unreadable", "changed"…; %NULL for other domains
 */
const char *barua_export_error_get_id (const GError *error);

G_END_DECLS
