#pragma once

#include "account/address.h"
#include "account/service.h"
#include "export/apply.h"
#include "export/exporter.h"
#include "export/presence.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaHandOver:
 * @home: whose settings are written
 * @request: what mail programs are set up with: what the account is signed in to with,
 *   the port of SMTP that is open, the account's own folders
 * @warning: (nullable): translated sentences: that an earlier run was stopped half way,
 *   and taken back; when the servers could not be asked: the usual port is taken, and
 *   folders are not known; and on what a sandbox keeps from us
 *
 * All that is needed to set up mail programs for one address. Immutable.
 */
typedef struct
{
  BaruaHome *home;
  BaruaExportRequest *request;
  char *warning;
} BaruaHandOver;

/**
 * BaruaHandOverOptions:
 * @incoming: IMAP or POP
 * @output: (nullable): a folder to save to, in place of the person's own files
 * @name: (nullable): the person's full name, in place of the one that is remembered
 * @own: (nullable): whose files; %NULL for the person's who runs this program
 * @provider: (nullable): whose endpoints to ask and to set; constant. %NULL for Gmail's
 * @trust: (nullable): the authorities to trust; %NULL for the system's
 *
 * What a person can choose, and what else it depends on.
 */
typedef struct
{
  BaruaProtocol incoming;
  const char *output;
  const char *name;
  const BaruaHome *own;
  const BaruaProvider *provider;
  GTlsDatabase *trust;
} BaruaHandOverOptions;

/**
 * barua_hand_over_prepare_async:
 * @address: whose account
 * @options: what was chosen; copied
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Looks up what is kept of the address, and asks the servers, side by side, which port of
 * SMTP is open and what the account's folders are called. Takes back first what an
 * earlier run left half done.
 */
void barua_hand_over_prepare_async (BaruaAddress *address,
                                    const BaruaHandOverOptions *options,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/**
 * barua_hand_over_prepare_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, %BARUA_CREDENTIALS_ERROR, %BARUA_TOKEN_ERROR,
 *   %BARUA_OAUTH_ERROR, %BARUA_EXPORT_ERROR, %G_FILE_ERROR
 *
 * Returns: (transfer full) (nullable): what is needed
 */
BaruaHandOver *barua_hand_over_prepare_finish (GAsyncResult *result, GError **error);

/**
 * barua_hand_over_ref:
 * @self: a hand-over
 *
 * Returns: (transfer full): @self
 */
BaruaHandOver *barua_hand_over_ref (BaruaHandOver *self);

/**
 * barua_hand_over_unref:
 * @self: (transfer full): a hand-over
 */
void barua_hand_over_unref (BaruaHandOver *self);

/**
 * barua_hand_over_plan:
 * @self: a hand-over
 * @exporter: a mail program
 * @error: %BARUA_EXPORT_ERROR, %G_FILE_ERROR
 *
 * Plans what sets the mail program up. Reads its files, writes none. Of what is saved to
 * a folder, all that only the person's own machine can hold is left out, and noted.
 *
 * Returns: (transfer full) (nullable): the plan
 */
BaruaPlan *
barua_hand_over_plan (BaruaHandOver *self, const BaruaExporter *exporter, GError **error);

/**
 * barua_hand_over_compare_async:
 * @self: a hand-over
 * @exporter: the mail program that @plan is for
 * @plan: what to do, as barua_hand_over_plan() gave it; not to be used until the end
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Takes out of a plan that is only shown what is there already, where only the secret
 * itself can tell: items of the keyring, the program's own store of passwords; and
 * settings that nothing takes. Nobody is asked anything; what cannot be looked at stays.
 * Applying does the same by itself.
 */
void barua_hand_over_compare_async (BaruaHandOver *self,
                                    const BaruaExporter *exporter,
                                    BaruaPlan *plan,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/**
 * barua_hand_over_compare_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, and nothing else
 *
 * Returns: whether the plan can be shown
 */
gboolean barua_hand_over_compare_finish (GAsyncResult *result, GError **error);

/**
 * barua_hand_over_apply_async:
 * @self: a hand-over
 * @exporter: the mail program that @plan is for
 * @plan: what to do, as barua_hand_over_plan() gave it; not to be used until the end
 * @cancellable: (nullable): ends it while no file is written yet, and takes back what was
 *   put into the keyring; then it is done to the end
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Does what was planned: the program must be closed where it has to be; secrets go into
 * keyring items and the program's own store; then the files, all or none. What was done
 * can be undone. What turns out to be there already is taken out of @plan.
 */
void barua_hand_over_apply_async (BaruaHandOver *self,
                                  const BaruaExporter *exporter,
                                  BaruaPlan *plan,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * barua_hand_over_apply_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, %BARUA_EXPORT_ERROR, %BARUA_CREDENTIALS_ERROR,
 *   %G_FILE_ERROR; nothing was changed then
 *
 * Returns: (transfer full) (nullable): the id to undo it with; %NULL with @error set, or
 *   without when there was nothing to do
 */
char *barua_hand_over_apply_finish (GAsyncResult *result, GError **error);

/**
 * barua_take_back_async:
 * @home: whose
 * @id: (nullable): what to undo; %NULL for the latest that was not undone
 * @cancellable: (nullable): ends it while nothing is written yet
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Undoes one hand-over or repair: files, then keyring items and settings. An item that
 * was there before gets its former secret again. What a process that is no more has left
 * half done counts as the latest.
 */
void barua_take_back_async (const BaruaHome *home,
                            const char *id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/**
 * barua_take_back_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, %BARUA_EXPORT_ERROR, %BARUA_CREDENTIALS_ERROR,
 *   %G_FILE_ERROR
 *
 * Returns: (transfer full) (nullable): what was undone
 */
BaruaReceipt *barua_take_back_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaHandOver, barua_hand_over_unref)

G_END_DECLS
