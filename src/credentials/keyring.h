#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>

G_BEGIN_DECLS

/**
 * BaruaKeyring:
 *
 * An open conversation with the Secret Service of the session
 * (https://specifications.freedesktop.org/secret-service/0.2/), about the items that were
 * looked for when it was opened. libsecret agrees on the key and encrypts; everything
 * else is asked for directly, which takes half the round trips and tells every way of
 * failing apart.
 */
#define BARUA_TYPE_KEYRING (barua_keyring_get_type ())
G_DECLARE_FINAL_TYPE (BaruaKeyring, barua_keyring, BARUA, KEYRING, GObject)

/**
 * BaruaKeyringWish:
 * @BARUA_KEYRING_UNLOCKED: only those that are unlocked, and nobody is asked anything; if
 *   there are none but locked ones: %BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED
 * @BARUA_KEYRING_UNLOCK_ONE: at least one unlocked item, if there is any at all
 * @BARUA_KEYRING_UNLOCK_ALL: every item unlocked
 *
 * How far to go for the items that are looked for; the person is asked only where it is
 * necessary.
 */
typedef enum
{
  BARUA_KEYRING_UNLOCKED,
  BARUA_KEYRING_UNLOCK_ONE,
  BARUA_KEYRING_UNLOCK_ALL,
} BaruaKeyringWish;

/**
 * barua_keyring_open_async:
 * @attributes: (not nullable): "a{ss}", what the items must have; a floating one is taken
 * @wish: how far to go for them
 * @session: whether secrets will be read or written: agrees on a key with the service
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Connects to the service, starting it if need be, and looks for items.
 */
void barua_keyring_open_async (GVariant *attributes,
                               BaruaKeyringWish wish,
                               gboolean session,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * barua_keyring_open_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the conversation; %NULL with @error set
 */
BaruaKeyring *barua_keyring_open_finish (GAsyncResult *result, GError **error);

/**
 * barua_keyring_get_items:
 * @self: a conversation
 *
 * Returns: (transfer none): the object paths of the items found; unlocked if that was the
 *   wish
 */
const char *const *barua_keyring_get_items (BaruaKeyring *self);

/**
 * barua_keyring_encrypt:
 * @self: a conversation with a session
 * @value: a secret
 *
 * Returns: (transfer floating): "(oayays)", the secret as the service takes it
 */
GVariant *barua_keyring_encrypt (BaruaKeyring *self, SecretValue *value);

/**
 * barua_keyring_decrypt:
 * @self: a conversation with a session
 * @secret: "(oayays)", a secret as the service gave it
 *
 * Returns: (transfer full) (nullable): the secret; %NULL for one that was not encrypted
 *   with the session's key
 */
SecretValue *barua_keyring_decrypt (BaruaKeyring *self, GVariant *secret);

/**
 * barua_keyring_get_session:
 * @self: a conversation with a session
 *
 * Returns: (transfer none): the session's object path
 */
const char *barua_keyring_get_session (BaruaKeyring *self);

/**
 * BaruaKeyringCall:
 * @path: the object asked
 * @interface: the interface asked for
 * @method: what is asked
 * @parameters: (nullable): with what; a floating one is taken
 * @reply: (nullable): the type of a good answer
 * @prompts: whether the last value of the answer is the path of a question to the person
 *
 * One request to the service.
 */
typedef struct
{
  const char *path;
  const char *interface;
  const char *method;
  GVariant *parameters;
  const char *reply;
  gboolean prompts;
} BaruaKeyringCall;

/**
 * barua_keyring_call_async:
 * @self: a conversation
 * @call: what to ask; copied
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Asks the service, and lets it ask the person where it wants to.
 */
void barua_keyring_call_async (BaruaKeyring *self,
                               const BaruaKeyringCall *call,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * barua_keyring_call_finish:
 * @self: a conversation
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what came out of the question if one was asked,
 *   else the first value of the answer, else "()"; %NULL with @error set
 */
GVariant *
barua_keyring_call_finish (BaruaKeyring *self, GAsyncResult *result, GError **error);

/**
 * barua_keyring_unlock_async:
 * @self: a conversation
 * @paths: items or collections
 * @cancellable: (nullable): takes the question away
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Has the service unlock something, which may ask the person for a password.
 */
void barua_keyring_unlock_async (BaruaKeyring *self,
                                 const char *const *paths,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * barua_keyring_unlock_finish:
 * @self: a conversation
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED;
 *   %BARUA_CREDENTIALS_ERROR_KEYRING_LOCKED when the service unlocked nothing
 *
 * Returns: (transfer full) (nullable): the paths that are now unlocked, at least one;
 *   %NULL with @error set
 */
char **
barua_keyring_unlock_finish (BaruaKeyring *self, GAsyncResult *result, GError **error);

/**
 * barua_keyring_delete_async:
 * @self: a conversation
 * @first: how many of the items found stay
 * @cancellable: (nullable): ends it at once; some may be gone already
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Deletes items that were found, one after another.
 */
void barua_keyring_delete_async (BaruaKeyring *self,
                                 guint first,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * barua_keyring_delete_finish:
 * @self: a conversation
 * @result: what the callback was given
 * @n_deleted: (out) (optional): how many were deleted; one that somebody else took away
 *   in the meantime does not count
 * @error: %BARUA_CREDENTIALS_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether all of them are gone
 */
gboolean barua_keyring_delete_finish (BaruaKeyring *self,
                                      GAsyncResult *result,
                                      guint *n_deleted,
                                      GError **error);

G_END_DECLS
