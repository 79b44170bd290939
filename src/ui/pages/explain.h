#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

/**
 * BaruaExplainPage:
 *
 * Takes any text that a person pastes, or a file, and says what the one thing is that
 * went wrong.
 */
#define BARUA_TYPE_EXPLAIN_PAGE (barua_explain_page_get_type ())
G_DECLARE_FINAL_TYPE (
  BaruaExplainPage, barua_explain_page, BARUA, EXPLAIN_PAGE, BaruaPage)

G_END_DECLS
