#include "fuzz/fuzz.h"

#include "discover/mx.h"

/* Each line is a mail exchanger, its first byte the preference; all of it is a domain. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 50);
  GList *records = NULL;
  g_autoptr (BaruaMxAnswer) answer = NULL;

  fuzz_no_criticals ();
  for (guint i = 0; lines[i] != NULL; i++)
    {
      /* GResolver makes variants of what came, whatever it was. */
      g_autofree char *host = g_utf8_make_valid (lines[i], -1);

      records = g_list_prepend (records, g_variant_ref_sink (g_variant_new (
                                           "(qs)", (guint16) (guint8) *lines[i], host)));
    }
  answer = barua_mx_judge (records);
  g_assert_true (answer->host == NULL || g_utf8_validate (answer->host, -1, NULL));
  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
  return 0;
}
