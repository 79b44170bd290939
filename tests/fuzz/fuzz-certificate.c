#include "fuzz/fuzz.h"

#include "probe/key-purpose.h"
#include "probe/tls-facts.h"

#include <string.h>

#define HOST "imap.gmail.com"

/* A certificate, its names, and what it says of its issuer, as a server sends them. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *part = NULL;
  g_autoptr (GPtrArray) names =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const uint8_t *at = data;

  fuzz_no_criticals ();
  (void) barua_key_purpose_is_server (data, size);
  part = barua_tls_name_dup_part (valid, "O");
  while (at < data + size)
    {
      const uint8_t *end = memchr (at, '\n', (size_t) (data + size - at));
      size_t length = end != NULL ? (size_t) (end - at) : (size_t) (data + size - at);

      g_ptr_array_add (names, g_bytes_new (at, length));
      at += length + 1;
    }
  if (barua_tls_names_match (names, HOST))
    g_assert_true (memmem (data, size, ".", 1) != NULL);
  return 0;
}
