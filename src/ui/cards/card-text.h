#pragma once

#include "diagnose/verdict.h"

G_BEGIN_DECLS

/**
 * barua_card_text_icon:
 * @severity: how grave something is
 *
 * Returns: the icon that goes with it
 */
const char *barua_card_text_icon (BaruaSeverity severity);

/**
 * barua_card_text_style:
 * @severity: how grave something is
 *
 * Returns: the style class that goes with it: "success", "warning", "error"
 */
const char *barua_card_text_style (BaruaSeverity severity);

/**
 * barua_card_text_severity:
 * @severity: how grave something is
 *
 * Returns: the same in a word, translated, for those who do not see icon and colour
 */
const char *barua_card_text_severity (BaruaSeverity severity);

/**
 * barua_card_text_host:
 * @url: a page
 *
 * Returns: (transfer full): the name of the server, for the button that opens it
 */
char *barua_card_text_host (const char *url);

/**
 * barua_card_text_dup:
 * @verdict: a verdict
 *
 * Returns: (transfer full): all of it as text for the clipboard: cause, why, the steps
 *   with their pages, what was said
 */
char *barua_card_text_dup (const BaruaVerdict *verdict);

G_END_DECLS
