#include "config.h"

#include "support/play.h"

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  play_all ("smtp-");
  return g_test_run ();
}
