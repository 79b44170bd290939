#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaClient:
 * @id: the client id, of Google's type "Desktop app"
 * @secret: (nullable): the client secret that belongs to it, which Google does not treat
 * as a secret in desktop programs
 *
 * The registration at Google with which people sign in through the browser.
 */
typedef struct
{
  char *id;
  char *secret;
} BaruaClient;

/**
 * barua_client_dup_path:
 *
 * Returns: (transfer full): the file for a person's own registration:
 * "barua/settings.ini" in the folder for settings (XDG Base Directory Specification)
 */
char *barua_client_dup_path (void);

/**
 * barua_client_load:
 * @path: the file with a person's own registration; none there is like an empty one
 * @error: %G_FILE_ERROR, if it is there and cannot be read
 *
 * Finds the registration to use: the person's own, else the one that the program was
 * built with.
 *
 * Returns: (transfer full) (nullable): the registration; %NULL without @error set when
 *   there is none, and the way through the browser cannot be offered
 */
BaruaClient *barua_client_load (const char *path, GError **error);

/**
 * barua_client_save:
 * @path: the file; what else is in it stays
 * @client: (nullable): the person's own registration; %NULL takes it out again
 * @error: %G_FILE_ERROR
 *
 * Remembers a person's own registration.
 *
 * Returns: whether the file holds it now
 */
gboolean barua_client_save (const char *path, const BaruaClient *client, GError **error);

/**
 * barua_client_is_plausible:
 * @id: what a person typed as the client id
 *
 * Returns: whether it looks like one of Google's ("….apps.googleusercontent.com")
 */
gboolean barua_client_is_plausible (const char *id);

/**
 * barua_client_free:
 * @self: (nullable) (transfer full): a registration
 */
void barua_client_free (BaruaClient *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaClient, barua_client_free)

G_END_DECLS
