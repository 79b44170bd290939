#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * barua_words_wrap:
 * @widget: whatever holds widgets
 *
 * Lets the words of buttons, and the titles of groups and of keys, in @widget take
 * several lines: in a longer language, or with larger letters, they are wider than a
 * small screen. A button that has room for one line takes no more.
 */
void barua_words_wrap (GtkWidget *widget);

/**
 * barua_words_keep:
 * @label: a label that shows what has to be typed or compared: a path, the name of a
 * server
 *
 * Breaks what is too long for a line in @label without a hyphen, which would be taken for
 * a part of it.
 */
void barua_words_keep (GtkLabel *label);

G_END_DECLS
