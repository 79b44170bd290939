#include "fuzz/fuzz.h"

#include <stdio.h>
#include <string.h>

/* Where there is no libFuzzer: every file of the corpus as it is, then changed at random,
   always in the same way. */

#define ROUNDS 300
#define SIZE_MAX_BYTES 65536

/* The beginning once more, at the end. */
static void
repeat (GByteArray *bytes, guint length)
{
  g_autofree guint8 *copy = g_memdup2 (bytes->data, length);

  g_byte_array_append (bytes, copy, length);
}

static void
mutate (GRand *rand, GByteArray *bytes)
{
  guint times = (guint) g_rand_int_range (rand, 1, 8);

  for (guint i = 0; i < times && bytes->len > 0; i++)
    {
      guint at = (guint) g_rand_int_range (rand, 0, (gint32) bytes->len);
      guint8 byte = (guint8) g_rand_int_range (rand, 0, 256);

      switch (g_rand_int_range (rand, 0, 4))
        {
        case 0:
          bytes->data[at] = byte;
          break;
        case 1:
          g_byte_array_remove_index (bytes, at);
          break;
        case 2:
          g_byte_array_append (bytes, &byte, 1);
          break;
        default:
          repeat (bytes, MIN (at, SIZE_MAX_BYTES - bytes->len));
          break;
        }
    }
}

static void
run_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_str_hash ("barua"));
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  LLVMFuzzerTestOneInput ((const uint8_t *) text, length);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      g_byte_array_append (bytes, (const guint8 *) text,
                           (guint) MIN (length, SIZE_MAX_BYTES / 2));
      mutate (rand, bytes);
      LLVMFuzzerTestOneInput (bytes->data, bytes->len);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) corpus = NULL;
  const char *name = NULL;
  guint count = 0;

  if (argc != 2)
    return 2;
  corpus = g_dir_open (argv[1], 0, &error);
  if (corpus == NULL)
    g_error ("%s", error->message);
  while ((name = g_dir_read_name (corpus)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);

      run_file (path);
      count++;
    }
  printf ("%u files, %u inputs\n", count, count * (ROUNDS + 1));
  return count > 0 ? 0 : 1;
}
