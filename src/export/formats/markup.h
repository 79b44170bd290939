#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_markup_add:
 * @out: where it is added
 * @indent: how many blanks stand before it
 * @element: the name of an element
 * @text: (nullable): what it holds; any text. %NULL for an empty one
 *
 * Adds a line of XML with one element; what XML 1.0 cannot hold is left out of @text.
 */
void barua_markup_add (GString *out, guint indent, const char *element, const char *text);

/**
 * barua_markup_escape:
 * @text: any text
 *
 * Returns: (transfer full): @text as it stands in XML or HTML, in an element or an
 *   attribute; without the characters that XML 1.0 cannot hold (section 2.2)
 */
char *barua_markup_escape (const char *text);

G_END_DECLS
