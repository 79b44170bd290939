#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

/**
 * BaruaHomePage:
 *
 * Where everything begins: the accounts with their last state, or the way to set one up,
 * and the other things that the program can do.
 */
#define BARUA_TYPE_HOME_PAGE (barua_home_page_get_type ())
G_DECLARE_FINAL_TYPE (BaruaHomePage, barua_home_page, BARUA, HOME_PAGE, BaruaPage)

G_END_DECLS
