#pragma once

#include "export/mutt-settings.h"

G_BEGIN_DECLS

/**
 * BaruaMuttFit:
 * @BARUA_MUTT_FIT_SAME: only this value does
 * @BARUA_MUTT_FIT_ANY: any value does
 * @BARUA_MUTT_FIT_SERVER: another way to name the same server does
 * @BARUA_MUTT_FIT_INBOX: another way to name the inbox does
 * @BARUA_MUTT_FIT_FOLDER: a folder on this machine does
 * @BARUA_MUTT_FIT_NO_FOLDER: only a folder at the server does not
 * @BARUA_MUTT_FIT_NO_TOKEN: only signing in with a token does not
 * @BARUA_MUTT_FIT_TOKEN: any way of signing in with a token does
 *
 * Which values that are there may stay.
 */
typedef enum
{
  BARUA_MUTT_FIT_SAME,
  BARUA_MUTT_FIT_ANY,
  BARUA_MUTT_FIT_SERVER,
  BARUA_MUTT_FIT_INBOX,
  BARUA_MUTT_FIT_FOLDER,
  BARUA_MUTT_FIT_NO_FOLDER,
  BARUA_MUTT_FIT_NO_TOKEN,
  BARUA_MUTT_FIT_TOKEN,
} BaruaMuttFit;

/**
 * BaruaMuttWant:
 * @name: the variable; constant
 * @value: (nullable): what it is to be, unquoted; %NULL if it is to be empty
 * @written: (nullable): the same as it is written
 * @fit: which other values do
 * @usual: whether the program's default is right too
 *
 * One variable that an account needs.
 */
typedef struct
{
  const char *name;
  char *value;
  char *written;
  BaruaMuttFit fit;
  gboolean usual;
} BaruaMuttWant;

/**
 * barua_mutt_wants_new:
 * @request: what to set up
 *
 * Returns: (transfer full) (element-type BaruaMuttWant): what mutt and NeoMutt need for
 *   it, in the order in which it is written
 */
GPtrArray *barua_mutt_wants_new (const BaruaExportRequest *request);

/**
 * barua_mutt_want_is_met:
 * @self: a variable that is needed
 * @settings: what there is
 * @request: what to set up
 *
 * Returns: whether nothing has to be changed
 */
gboolean barua_mutt_want_is_met (const BaruaMuttWant *self,
                                 const BaruaMuttSettings *settings,
                                 const BaruaExportRequest *request);

G_END_DECLS
