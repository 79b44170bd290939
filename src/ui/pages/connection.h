#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

/**
 * BaruaConnectionPage:
 *
 * Checks the connections to all servers before anybody types a secret; goes on by itself
 * when all is well.
 */
#define BARUA_TYPE_CONNECTION_PAGE (barua_connection_page_get_type ())
G_DECLARE_FINAL_TYPE (
  BaruaConnectionPage, barua_connection_page, BARUA, CONNECTION_PAGE, BaruaPage)

G_END_DECLS
