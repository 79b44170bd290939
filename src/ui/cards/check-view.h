#pragma once

#include "setup/journey.h"
#include "ui/cards/diagnosis-card.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaruaCheckView:
 *
 * A check while it runs and after: a row for each endpoint, a card where something is
 * wrong, and what else is worth a word. Signals:
 *
 * - "stop": the button for it was pressed
 * - "try-again": the card's button for it was pressed
 */
#define BARUA_TYPE_CHECK_VIEW (barua_check_view_get_type ())
G_DECLARE_FINAL_TYPE (BaruaCheckView, barua_check_view, BARUA, CHECK_VIEW, AdwBin)

/**
 * barua_check_view_begin:
 * @self: a view
 * @journey: whose check begins; its steps are followed
 */
void barua_check_view_begin (BaruaCheckView *self, BaruaJourney *journey);

/**
 * barua_check_view_stop:
 * @self: a view
 *
 * Says that it was not waited for the end.
 */
void barua_check_view_stop (BaruaCheckView *self);

/**
 * barua_check_view_finish:
 * @self: a view
 * @check: what came out; held
 * @again: what the card's button says that tries again, translated
 */
void barua_check_view_finish (BaruaCheckView *self, BaruaCheck *check, const char *again);

/**
 * barua_check_view_is_touched:
 * @self: a view
 *
 * Returns: whether the person has opened details, and so wants to read
 */
gboolean barua_check_view_is_touched (BaruaCheckView *self);

G_END_DECLS
