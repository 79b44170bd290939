#pragma once

#include "setup/journey.h"

G_BEGIN_DECLS

/**
 * BaruaRemark:
 * @title: what is worth a word, translated
 * @text: why, and the first thing to do about it, translated
 * @url: (nullable): the page to open for it
 * @severity: how grave it is
 *
 * Something besides the root cause.
 */
typedef struct
{
  char *title;
  char *text;
  char *url;
  BaruaSeverity severity;
} BaruaRemark;

/**
 * barua_remark_free:
 * @self: (transfer full): a remark
 */
void barua_remark_free (BaruaRemark *self);

/**
 * barua_check_text_remarks:
 * @check: a finished check
 *
 * Returns: (transfer full) (element-type BaruaRemark): services with a trouble of their
 *   own, and warnings; nothing that the root cause tells already
 */
GPtrArray *barua_check_text_remarks (const BaruaCheck *check);

/**
 * barua_check_text_heading:
 * @check: a finished check
 *
 * Returns: what stands above that which shows the verdict, translated: "What the server
 *   said:", or "What was seen:"
 */
const char *barua_check_text_heading (const BaruaCheck *check);

/**
 * barua_check_text_is_well:
 * @check: a finished check
 *
 * Returns: whether nothing stands in the way of mail; there may be warnings
 */
gboolean barua_check_text_is_well (const BaruaCheck *check);

G_END_DECLS
