#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

/**
 * BaruaProgramsPage:
 *
 * The mail programs that can be set up, those on this machine first: what each would
 * change, and a switch for each.
 */
#define BARUA_TYPE_PROGRAMS_PAGE (barua_programs_page_get_type ())
G_DECLARE_FINAL_TYPE (
  BaruaProgramsPage, barua_programs_page, BARUA, PROGRAMS_PAGE, BaruaPage)

G_END_DECLS
