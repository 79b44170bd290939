#include "config.h"

#include "base/secret.h"

#include <malloc.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Its complement fills what is allocated. */
#define FREED_BYTE 0xff

struct _BaruaSecret
{
  gatomicrefcount references;
  gsize length;
  gsize mapped;
  char *bytes;
};

G_DEFINE_BOXED_TYPE (BaruaSecret, barua_secret, barua_secret_ref, barua_secret_unref)

BaruaSecret *
barua_secret_new (const char *bytes, gssize length)
{
  BaruaSecret *self = NULL;
  gsize size = 0;
  gsize page = (gsize) sysconf (_SC_PAGESIZE);

  g_return_val_if_fail (bytes != NULL, NULL);

  size = length < 0 ? strlen (bytes) : (gsize) length;
  self = g_new0 (BaruaSecret, 1);
  g_atomic_ref_count_init (&self->references);
  self->length = size;
  self->mapped = (size + page) / page * page;
  self->bytes =
    mmap (NULL, self->mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (self->bytes == MAP_FAILED)
    g_error ("No memory for a secret of %" G_GSIZE_FORMAT " bytes", size);
  /* Both may be refused by a small limit: then the pages are ordinary memory, and the
   * secret is still wiped. */
  (void) mlock (self->bytes, self->mapped);
  (void) madvise (self->bytes, self->mapped, MADV_DONTDUMP);
  memcpy (self->bytes, bytes, size);
  return self;
}

BaruaSecret *
barua_secret_ref (BaruaSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
barua_secret_unref (BaruaSecret *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  explicit_bzero (self->bytes, self->mapped);
  munmap (self->bytes, self->mapped);
  g_free (self);
}

const char *
barua_secret_peek (const BaruaSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->bytes;
}

gsize
barua_secret_get_length (const BaruaSecret *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->length;
}

gboolean
barua_secret_equal (const BaruaSecret *a, const BaruaSecret *b)
{
  guchar difference = 0;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  if (a->length != b->length)
    return FALSE;
  for (gsize i = 0; i < a->length; i++)
    difference |= (guchar) (a->bytes[i] ^ b->bytes[i]);
  return difference == 0;
}

void
barua_secret_wipe (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
}

void
barua_secret_free_text (char *text)
{
  barua_secret_wipe (text);
  g_free (text);
}

void
barua_secret_protect_process (void)
{
  const struct rlimit none = { 0, 0 };

#ifdef M_PERTURB
  /* What libraries copy a token to on its way is theirs to free, and they wipe nothing:
   * the C library does it for all but the smallest pieces. New memory is zero then. */
  (void) mallopt (M_PERTURB, FREED_BYTE);
#endif
  (void) setrlimit (RLIMIT_CORE, &none);
  (void) prctl (PR_SET_DUMPABLE, 0);
}
