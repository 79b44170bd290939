#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

/**
 * BaruaSignInPage:
 *
 * The ways of signing in, the best possible first, and what each of them needs.
 */
#define BARUA_TYPE_SIGN_IN_PAGE (barua_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (BaruaSignInPage, barua_sign_in_page, BARUA, SIGN_IN_PAGE, BaruaPage)

G_END_DECLS
