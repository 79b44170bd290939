#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

/**
 * BaruaAddressPage:
 *
 * Asks for name and address, offers what was meant by a slip, and looks up who keeps the
 * mail.
 */
#define BARUA_TYPE_ADDRESS_PAGE (barua_address_page_get_type ())
G_DECLARE_FINAL_TYPE (
  BaruaAddressPage, barua_address_page, BARUA, ADDRESS_PAGE, BaruaPage)

G_END_DECLS
