#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

/**
 * BaruaDonePage:
 *
 * What was done: each mail program, to be opened or taken back.
 */
#define BARUA_TYPE_DONE_PAGE (barua_done_page_get_type ())
G_DECLARE_FINAL_TYPE (BaruaDonePage, barua_done_page, BARUA, DONE_PAGE, BaruaPage)

G_END_DECLS
