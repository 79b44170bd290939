#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

/**
 * BaruaRepairPage:
 *
 * What is set wrongly for Gmail in the mail programs of this machine: where, what it is,
 * what it should be, why; mended after a look at the change, and undone.
 */
#define BARUA_TYPE_REPAIR_PAGE (barua_repair_page_get_type ())
G_DECLARE_FINAL_TYPE (BaruaRepairPage, barua_repair_page, BARUA, REPAIR_PAGE, BaruaPage)

G_END_DECLS
