#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaBuffer:
 * @bytes: (nullable): what is in it, with a NUL behind it; %NULL when nothing ever was
 * @length: how many bytes, without that NUL
 * @allocated: how many there is room for
 *
 * Bytes that grow and may hold a secret: each place they were moved away from is
 * overwritten. Starts as { 0 } and ends with barua_buffer_clear().
 */
typedef struct
{
  char *bytes;
  gsize length;
  gsize allocated;
} BaruaBuffer;

/**
 * barua_buffer_append:
 * @self: a buffer
 * @bytes: (array length=length): what to add; not from the buffer itself
 * @length: how many bytes, or -1 when @bytes ends with NUL
 */
void barua_buffer_append (BaruaBuffer *self, const char *bytes, gssize length);

/**
 * barua_buffer_append_c:
 * @self: a buffer
 * @byte: what to add
 */
void barua_buffer_append_c (BaruaBuffer *self, char byte);

/**
 * barua_buffer_steal:
 * @self: a buffer; empty afterwards
 *
 * Returns: (transfer full): what was in it, NUL-terminated; free with
 *   barua_secret_free_text()
 */
char *barua_buffer_steal (BaruaBuffer *self);

/**
 * barua_buffer_empty:
 * @self: a buffer; its bytes are overwritten, its memory is kept
 */
void barua_buffer_empty (BaruaBuffer *self);

/**
 * barua_buffer_clear:
 * @self: a buffer; its bytes are overwritten and its memory is freed
 */
void barua_buffer_clear (BaruaBuffer *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaruaBuffer, barua_buffer_clear)

G_END_DECLS
