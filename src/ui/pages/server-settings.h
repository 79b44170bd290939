#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

/**
 * BaruaServerSettingsPage:
 *
 * The table that people search the web for, in general or for the address that is typed
 * in, each value with a button that copies it.
 */
#define BARUA_TYPE_SERVER_SETTINGS_PAGE (barua_server_settings_page_get_type ())
G_DECLARE_FINAL_TYPE (BaruaServerSettingsPage,
                      barua_server_settings_page,
                      BARUA,
                      SERVER_SETTINGS_PAGE,
                      BaruaPage)

G_END_DECLS
