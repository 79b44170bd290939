#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_png_new:
 * @light: (array): @size rows of @size dots: 0 for black, 1 for white
 * @size: how many dots the picture is wide and high; at least 1
 * @scale: how many pixels a dot is wide and high; at least 1
 *
 * Returns: (transfer full): a square picture in PNG (ISO/IEC 15948), of one bit a pixel
 */
GBytes *barua_png_new (const guint8 *light, guint size, guint scale);

G_END_DECLS
