#pragma once

#include "export/qr.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BaruaQrPicture:
 *
 * A QR code to be drawn (a #GdkPaintable), black on white in a dark theme too. What it
 * says is only in the picture: nothing of it can be read out or copied.
 */
#define BARUA_TYPE_QR_PICTURE (barua_qr_picture_get_type ())
G_DECLARE_FINAL_TYPE (BaruaQrPicture, barua_qr_picture, BARUA, QR_PICTURE, GObject)

/**
 * barua_qr_picture_new:
 * @code: (transfer full): what to draw; overwritten when the picture goes
 *
 * Returns: (transfer full): a picture of @code
 */
GdkPaintable *barua_qr_picture_new (BaruaQr *code);

G_END_DECLS
