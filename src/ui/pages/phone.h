#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

/**
 * BaruaPhonePage:
 *
 * A code that a phone scans to set the address up in Thunderbird or K-9 Mail. It holds
 * the app password only where the person asks for it, and then for a minute at most, and
 * only while the window is looked at.
 */
#define BARUA_TYPE_PHONE_PAGE (barua_phone_page_get_type ())
G_DECLARE_FINAL_TYPE (BaruaPhonePage, barua_phone_page, BARUA, PHONE_PAGE, BaruaPage)

G_END_DECLS
