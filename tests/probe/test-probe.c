#include "config.h"

#include "probe/probe.h"

#include "support/prober.h"

#include <string.h>

static TestCertificates *certificates;

/* How many steps a dialogue expects, those included that it need not name. */
static guint
count_steps (const char *text)
{
  g_auto (GStrv) pieces = g_strsplit (text, "\nSTEP ", -1);
  guint steps = g_strv_length (pieces) - 1;

  steps += strstr (text, "\nSTEP resolve") == NULL ? 2 : 0;
  if (strstr (text, "\nTLS") != NULL && strstr (text, "\nSTEP tls") == NULL)
    steps++;
  return steps;
}

static void
test_dialogue (gconstpointer data)
{
  g_autoptr (TestProber) prober = test_prober_new (certificates);
  g_autoptr (BaruaEvidence) evidence = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_file_get_contents (data, &text, NULL, &error);
  g_assert_no_error (error);
  if (strstr (text, "port=") != NULL)
    {
      g_test_skip ("The mechanism names the port, which is another one here");
      return;
    }
  if (strstr (text, "timed-out") != NULL)
    prober->hurry_after = count_steps (text) - 1;
  /* Where there is no handshake, the client's is not part of the script. */
  prober->options.lenient = strstr (text, "\nTLS") == NULL;
  evidence = test_prober_play (prober, text, data);
  g_assert_cmpuint (evidence->attempts->len, ==, 1);
}

/* What the engines are tried with in memory holds over real sockets and TLS as well. */
static void
add_dialogues (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "dialogues", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) files = g_dir_open (folder, 0, &error);

  g_assert_no_error (error);
  for (const char *name = g_dir_read_name (files); name != NULL;
       name = g_dir_read_name (files))
    {
      g_autofree char *path = g_strconcat ("/probe/probe/", name, NULL);

      if (g_str_has_suffix (name, ".txt"))
        g_test_add_data_func_full (path, g_build_filename (folder, name, NULL),
                                   test_dialogue, g_free);
    }
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  certificates = test_certificates_new ();
  add_dialogues ();
  status = g_test_run ();
  test_certificates_free (certificates);
  return status;
}
