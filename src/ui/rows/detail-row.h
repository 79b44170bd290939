#pragma once

#include "ui/rows/service-text.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * barua_detail_row_new:
 * @detail: what to show
 *
 * Returns: (transfer floating): a row of a list with a label, and text below that can be
 *   selected
 */
GtkWidget *barua_detail_row_new (const BaruaDetail *detail);

G_END_DECLS
