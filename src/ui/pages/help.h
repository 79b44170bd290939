#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

/**
 * BaruaHelpPage:
 *
 * The help for people: topics that open in place.
 */
#define BARUA_TYPE_HELP_PAGE (barua_help_page_get_type ())
G_DECLARE_FINAL_TYPE (BaruaHelpPage, barua_help_page, BARUA, HELP_PAGE, BaruaPage)

G_END_DECLS
