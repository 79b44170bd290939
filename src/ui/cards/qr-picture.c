#include "config.h"

#include "ui/cards/qr-picture.h"

/* In pixels: large enough for any camera, and on any screen. */
#define SIDE 560

struct _BaruaQrPicture
{
  GObject parent_instance;
  BaruaQr *code;
};

static void barua_qr_picture_init_paintable (GdkPaintableInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BaruaQrPicture,
                               barua_qr_picture,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE,
                                                      barua_qr_picture_init_paintable))

static void
draw_row (GtkSnapshot *snapshot, const BaruaQr *code, int row, int module)
{
  static const GdkRGBA BLACK = { 0, 0, 0, 1 };
  int size = (int) barua_qr_get_size (code);
  int start = 0;

  for (int column = 0; column <= size; column++)
    {
      graphene_rect_t run;

      if (barua_qr_is_dark (code, column, row))
        continue;
      graphene_rect_init (&run, (float) (start * module), (float) (row * module),
                          (float) ((column - start) * module), (float) module);
      if (column > start)
        gtk_snapshot_append_color (snapshot, &BLACK, &run);
      start = column + 1;
    }
}

static void
move (GtkSnapshot *snapshot, int x, int y)
{
  graphene_point_t corner;

  graphene_point_init (&corner, (float) x, (float) y);
  gtk_snapshot_translate (snapshot, &corner);
}

/* All modules are equally wide, and begin at whole pixels: so they are sharp. */
static void
barua_qr_picture_snapshot (GdkPaintable *paintable,
                           GdkSnapshot *snapshot,
                           double width,
                           double height)
{
  static const GdkRGBA WHITE = { 1, 1, 1, 1 };
  const BaruaQr *code = BARUA_QR_PICTURE (paintable)->code;
  int size = (int) barua_qr_get_size (code);
  int n_modules = size + 2 * BARUA_QR_QUIET;
  int module = MAX ((int) MIN (width, height) / n_modules, 1);
  int side = module * n_modules;
  graphene_rect_t paper;

  graphene_rect_init (&paper, 0, 0, (float) side, (float) side);
  gtk_snapshot_save (snapshot);
  move (snapshot, ((int) width - side) / 2, ((int) height - side) / 2);
  gtk_snapshot_append_color (snapshot, &WHITE, &paper);
  move (snapshot, BARUA_QR_QUIET * module, BARUA_QR_QUIET * module);
  for (int row = 0; row < size; row++)
    draw_row (snapshot, code, row, module);
  gtk_snapshot_restore (snapshot);
}

static GdkPaintableFlags
barua_qr_picture_get_flags (GdkPaintable *paintable)
{
  (void) paintable;
  return GDK_PAINTABLE_STATIC_SIZE | GDK_PAINTABLE_STATIC_CONTENTS;
}

static int
barua_qr_picture_get_side (GdkPaintable *paintable)
{
  (void) paintable;
  return SIDE;
}

static void
barua_qr_picture_init_paintable (GdkPaintableInterface *interface)
{
  interface->snapshot = barua_qr_picture_snapshot;
  interface->get_flags = barua_qr_picture_get_flags;
  interface->get_intrinsic_width = barua_qr_picture_get_side;
  interface->get_intrinsic_height = barua_qr_picture_get_side;
}

static void
barua_qr_picture_finalize (GObject *object)
{
  g_clear_pointer (&BARUA_QR_PICTURE (object)->code, barua_qr_free);
  G_OBJECT_CLASS (barua_qr_picture_parent_class)->finalize (object);
}

static void
barua_qr_picture_class_init (BaruaQrPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = barua_qr_picture_finalize;
}

static void
barua_qr_picture_init (BaruaQrPicture *self)
{
  (void) self;
}

GdkPaintable *
barua_qr_picture_new (BaruaQr *code)
{
  BaruaQrPicture *self = NULL;

  g_return_val_if_fail (code != NULL, NULL);

  self = g_object_new (BARUA_TYPE_QR_PICTURE, NULL);
  self->code = code;
  return GDK_PAINTABLE (self);
}
