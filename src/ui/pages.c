#include "config.h"

#include "ui/pages.h"

#include "ui/pages/address.h"
#include "ui/pages/check.h"
#include "ui/pages/connection.h"
#include "ui/pages/done.h"
#include "ui/pages/explain.h"
#include "ui/pages/help.h"
#include "ui/pages/home.h"
#include "ui/pages/phone.h"
#include "ui/pages/programs.h"
#include "ui/pages/repair.h"
#include "ui/pages/server-settings.h"
#include "ui/pages/sign-in.h"

#include <glib/gi18n.h>

static const BaruaPageEntry PAGES[] = {
  { "home", barua_home_page_get_type, NULL },
  { "address", barua_address_page_get_type, NULL },
  { "connection", barua_connection_page_get_type, NULL },
  { "explain", barua_explain_page_get_type, NULL },
  { "help", barua_help_page_get_type, NULL },
  { "phone", barua_phone_page_get_type, NULL },
  { "repair", barua_repair_page_get_type, NULL },
  { "settings", barua_server_settings_page_get_type, NULL },
  { "sign-in", barua_sign_in_page_get_type, NULL },
  { "check", barua_check_page_get_type, barua_check_page_is_needed },
  { "programs", barua_programs_page_get_type, NULL },
  { "done", barua_done_page_get_type, NULL },
};

/* A page that stands for itself is a path of one. */
static const BaruaRoute ROUTES[] = {
  { "home", NULL, { "home" } },
  { "setup",
    N_ ("Set Up Gmail"),
    { "address", "connection", "sign-in", "check", "programs", "done" } },
  { "check", N_ ("Check"), { "connection" } },
  { "explain", NULL, { "explain" } },
  { "help", NULL, { "help" } },
  { "phone", NULL, { "phone" } },
  { "repair", NULL, { "repair" } },
  { "settings", NULL, { "settings" } },
  { "check-account", N_ ("Check"), { "check", "programs", "done" } },
  { "programs", N_ ("Mail Programs"), { "programs", "done" } },
};

const BaruaPageEntry *
barua_page_entries (gsize *n_entries)
{
  *n_entries = G_N_ELEMENTS (PAGES);
  return PAGES;
}

const BaruaPageEntry *
barua_page_entry_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PAGES); i++)
    if (g_strcmp0 (PAGES[i].id, id) == 0)
      return &PAGES[i];
  return NULL;
}

const BaruaRoute *
barua_routes (gsize *n_routes)
{
  *n_routes = G_N_ELEMENTS (ROUTES);
  return ROUTES;
}

const BaruaRoute *
barua_route_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROUTES); i++)
    if (g_strcmp0 (ROUTES[i].id, id) == 0)
      return &ROUTES[i];
  return NULL;
}
