#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaruaHeading:
 *
 * What stands at the top of a page: a large title, and a paragraph below. Properties:
 *
 * - "title": translated
 * - "text": (nullable): translated
 */
#define BARUA_TYPE_HEADING (barua_heading_get_type ())
G_DECLARE_FINAL_TYPE (BaruaHeading, barua_heading, BARUA, HEADING, AdwBin)

/**
 * barua_heading_set:
 * @self: a heading
 * @title: a few translated words
 * @text: (nullable): a translated paragraph
 */
void barua_heading_set (BaruaHeading *self, const char *title, const char *text);

/**
 * barua_heading_announce:
 * @self: a heading that says something new
 *
 * Moves the focus to the heading, so that it is read out. With the keyboard alone it is
 * never come to.
 */
void barua_heading_announce (BaruaHeading *self);

G_END_DECLS
