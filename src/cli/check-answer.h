#pragma once

#include "cli/output.h"
#include "setup/journey.h"

G_BEGIN_DECLS

/**
 * barua_check_answer_text:
 * @output: where to
 * @check: a finished check
 * @unasked: whether the person wanted nobody to be signed in
 *
 * Tells people what a check found: who keeps the mail if that does not go without saying,
 * the one cause, a row for each service, what else is worth a word, and that nobody was
 * signed in if so.
 */
void
barua_check_answer_text (BaruaOutput *output, const BaruaCheck *check, gboolean unasked);

/**
 * barua_check_answer_json:
 * @output: where to
 * @check: a finished check
 *
 * Tells programs what a check found, in the form of barua_report_check(); an address that
 * was not checked has "suggestion", the one that was most likely meant or null.
 */
void barua_check_answer_json (BaruaOutput *output, const BaruaCheck *check);

G_END_DECLS
