#pragma once

#include "export/request.h"

G_BEGIN_DECLS

/**
 * barua_thunderbird_android_dup_code:
 * @request: what to set up
 * @password: (nullable): the app password, if the person wishes it to be in the picture,
 *   and only to be shown: never for a file. %NULL lets the phone ask for it
 *
 * Writes what a QR code says to Thunderbird for Android and K-9 Mail ("Import settings",
 * "Scan QR code"): the JSON that Thunderbird itself writes (QRExport.sys.mjs, version 1),
 * in ASCII.
 *
 * Returns: (transfer full): the text; free with barua_secret_free_text()
 */
char *barua_thunderbird_android_dup_code (const BaruaExportRequest *request,
                                          BaruaSecret *password);

G_END_DECLS
