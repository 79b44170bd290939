#include "config.h"

#include "export/exporters.h"
#include "support/export-case.h"

static const TestExportCase CASES[] = {
  { .name = "fresh", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "pop", .method = BARUA_METHOD_APP_PASSWORD, .incoming = BARUA_PROTOCOL_POP },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH },
  { .name = "with-mutt", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "its-own-names", .method = BARUA_METHOD_APP_PASSWORD },
  { .name = "other-account", .method = BARUA_METHOD_APP_PASSWORD },
};

int
main (int argc, char **argv)
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_neomutt, CASES, G_N_ELEMENTS (CASES));
  return g_test_run ();
}
