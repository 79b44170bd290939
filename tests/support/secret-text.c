#include "config.h"

#include "support/secret-text.h"

#include <stdlib.h>
#include <string.h>

static int
compare_texts (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

char *
test_secret_text_of (GVariant *attributes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) pairs = NULL;
  GVariantIter iter;
  const char *name = NULL;
  const char *value = NULL;

  g_variant_iter_init (&iter, attributes);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    {
      g_autofree char *pair = g_strdup_printf ("%s=%s", name, value);

      g_strv_builder_add (builder, pair);
    }
  pairs = g_strv_builder_end (builder);
  qsort (pairs, g_strv_length (pairs), sizeof *pairs, compare_texts);
  return g_strjoinv (" ", pairs);
}
