#pragma once

#include "ui/page.h"

G_BEGIN_DECLS

/**
 * BARUA_ROUTE_PAGES:
 *
 * The most pages of one path.
 */
#define BARUA_ROUTE_PAGES 6

/**
 * BaruaPageEntry:
 * @id: the word by which paths name the page
 * @get_type: the type of a #BaruaPage
 * @is_needed: (nullable): whether the page has anything to do on a trip; %NULL for always
 *
 * One page of the window.
 */
typedef struct
{
  const char *id;
  GType (*get_type) (void);
  gboolean (*is_needed) (const BaruaTrip *trip);
} BaruaPageEntry;

/**
 * BaruaRoute:
 * @id: the word that "win.open" takes
 * @title: (nullable): marked: what stands in the header bar on all of its pages; %NULL
 *   for each page's own title
 * @pages: the ids of its pages, in order; %NULL ends them
 *
 * A short row of pages.
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *pages[BARUA_ROUTE_PAGES + 1];
} BaruaRoute;

/**
 * barua_page_entry_find:
 * @id: a page's word
 *
 * Returns: (nullable): the page
 */
const BaruaPageEntry *barua_page_entry_find (const char *id);

/**
 * barua_page_entries:
 * @n_entries: (out): how many
 *
 * Returns: (array length=n_entries): all pages
 */
const BaruaPageEntry *barua_page_entries (gsize *n_entries);

/**
 * barua_route_find:
 * @id: a path's word
 *
 * Returns: (nullable): the path
 */
const BaruaRoute *barua_route_find (const char *id);

/**
 * barua_routes:
 * @n_routes: (out): how many
 *
 * Returns: (array length=n_routes): all paths
 */
const BaruaRoute *barua_routes (gsize *n_routes);

G_END_DECLS
