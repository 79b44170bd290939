#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

/**
 * BaruaCheckPage:
 *
 * Signs in to all services at once, rehearses sending, keeps what works, and sends a test
 * message if the person wants one.
 */
#define BARUA_TYPE_CHECK_PAGE (barua_check_page_get_type ())
G_DECLARE_FINAL_TYPE (BaruaCheckPage, barua_check_page, BARUA, CHECK_PAGE, BaruaPage)

/**
 * barua_check_page_is_needed:
 * @trip: a trip
 *
 * Returns: whether there is something to sign in with
 */
gboolean barua_check_page_is_needed (const BaruaTrip *trip);

G_END_DECLS
