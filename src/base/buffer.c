#include "config.h"

#include "base/buffer.h"

#include <string.h>

static void
make_room (BaruaBuffer *self, gsize wanted)
{
  gsize allocated = MAX (self->allocated, 64);
  char *bytes = NULL;

  if (self->bytes != NULL && wanted <= self->allocated)
    return;
  while (allocated < wanted)
    allocated *= 2;
  bytes = g_malloc (allocated);
  if (self->bytes != NULL)
    {
      memcpy (bytes, self->bytes, self->length + 1);
      explicit_bzero (self->bytes, self->allocated);
      g_free (self->bytes);
    }
  self->bytes = bytes;
  self->allocated = allocated;
}

void
barua_buffer_append (BaruaBuffer *self, const char *bytes, gssize length)
{
  gsize size = 0;

  g_return_if_fail (self != NULL && (bytes != NULL || length == 0));

  size = length < 0 ? strlen (bytes) : (gsize) length;
  make_room (self, self->length + size + 1);
  if (size > 0)
    memcpy (self->bytes + self->length, bytes, size);
  self->length += size;
  self->bytes[self->length] = '\0';
}

void
barua_buffer_append_c (BaruaBuffer *self, char byte)
{
  barua_buffer_append (self, &byte, 1);
}

char *
barua_buffer_steal (BaruaBuffer *self)
{
  char *bytes = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  make_room (self, self->length + 1);
  self->bytes[self->length] = '\0';
  bytes = g_steal_pointer (&self->bytes);
  self->length = 0;
  self->allocated = 0;
  return bytes;
}

void
barua_buffer_empty (BaruaBuffer *self)
{
  g_return_if_fail (self != NULL);

  if (self->bytes != NULL)
    explicit_bzero (self->bytes, self->length);
  self->length = 0;
}

void
barua_buffer_clear (BaruaBuffer *self)
{
  g_return_if_fail (self != NULL);

  if (self->bytes != NULL)
    explicit_bzero (self->bytes, self->allocated);
  g_clear_pointer (&self->bytes, g_free);
  self->length = 0;
  self->allocated = 0;
}
