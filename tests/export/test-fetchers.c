#include "config.h"

#include "export/error.h"
#include "export/exporters.h"
#include "support/export-case.h"

static const TestExportCase ISYNC[] = {
  { .name = "fresh",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH, .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "oauth-with-plugin",
    .method = BARUA_METHOD_OAUTH,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "nothing-kept", .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "folders-unknown",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .no_folders = TRUE },
  { .name = "other-accounts",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "old-words",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "by-hand",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "by-hand-oauth",
    .method = BARUA_METHOD_OAUTH,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "other-language",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "newer-place",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "apart",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .apart = TRUE },
  { .name = "newer-version",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "no-packages",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP,
    .error = BARUA_EXPORT_ERROR_UNSUPPORTED + 1 },
};

static const TestExportCase GETMAIL[] = {
  { .name = "fresh",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "pop", .method = BARUA_METHOD_APP_PASSWORD, .incoming = BARUA_PROTOCOL_POP },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH, .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "nothing-kept", .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "no-authorities",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "other-accounts",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "by-hand",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "by-hand-pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP },
  { .name = "password-twice",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "older-place",
    .method = BARUA_METHOD_ONLINE_ACCOUNT,
    .incoming = BARUA_PROTOCOL_IMAP },
};

static const TestExportCase OFFLINEIMAP[] = {
  { .name = "fresh",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "oauth", .method = BARUA_METHOD_OAUTH, .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "nothing-kept", .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "folders-unknown",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .no_folders = TRUE },
  { .name = "per-cent",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP,
    .address = "100%zoe@example.org" },
  { .name = "other-accounts",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "by-hand",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "newer-place",
    .method = BARUA_METHOD_OAUTH,
    .incoming = BARUA_PROTOCOL_IMAP },
  { .name = "pop",
    .method = BARUA_METHOD_APP_PASSWORD,
    .incoming = BARUA_PROTOCOL_POP,
    .error = BARUA_EXPORT_ERROR_UNSUPPORTED + 1 },
};

int
main (int argc, char *argv[])
{
  test_export_case_init (&argc, &argv);
  test_export_case_add (&barua_exporter_isync, ISYNC, G_N_ELEMENTS (ISYNC));
  test_export_case_add (&barua_exporter_getmail, GETMAIL, G_N_ELEMENTS (GETMAIL));
  test_export_case_add (&barua_exporter_offlineimap, OFFLINEIMAP,
                        G_N_ELEMENTS (OFFLINEIMAP));
  return g_test_run ();
}
