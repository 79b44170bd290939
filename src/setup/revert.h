#pragma once

#include "base/secret.h"
#include "credentials/foreign-item.h"
#include "export/plan.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BARUA_FORMER_SCHEMA:
 *
 * The schema's name of items that hold what an item of another program held before it was
 * overwritten. Their attributes are "service" ("barua-former") and "name", a name that
 * nothing else has.
 */
#define BARUA_FORMER_SCHEMA "org.barua.Barua.Former"

/**
 * barua_revert_get_item:
 * @change: a change of the keyring
 *
 * Returns: the item that is changed; what it points to is @change's
 */
BaruaForeignItem barua_revert_get_item (const BaruaChange *change);

/**
 * barua_revert_keep_async:
 * @change: a change of the keyring that has a former secret
 * @secret: what the item holds
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Keeps in the keyring what an item holds, before it is overwritten; ended by
 * barua_foreign_item_save_finish().
 */
void barua_revert_keep_async (const BaruaChange *change,
                              BaruaSecret *secret,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * barua_revert_async:
 * @changes: (element-type BaruaChange): what was changed, or was about to be
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Takes changes of the keyring and of settings back, the last first: an item that was
 * there before gets its former secret again, and others are deleted. Those that cannot be
 * taken back do not keep the rest from being.
 */
void
barua_revert_async (GPtrArray *changes, GAsyncReadyCallback callback, gpointer user_data);

/**
 * barua_revert_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR: the first that there was
 *
 * Returns: whether all is as it was
 */
gboolean barua_revert_finish (GAsyncResult *result, GError **error);

/**
 * barua_revert_probe_async:
 * @changes: (element-type BaruaChange): what is to be taken back
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Makes sure that the keyring will let changes be taken back, by unlocking it.
 */
void barua_revert_probe_async (GPtrArray *changes,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * barua_revert_probe_finish:
 * @result: what the callback was given
 * @error: %BARUA_CREDENTIALS_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it will
 */
gboolean barua_revert_probe_finish (GAsyncResult *result, GError **error);

G_END_DECLS
