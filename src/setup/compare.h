#pragma once

#include "setup/hand-over.h"

G_BEGIN_DECLS

/**
 * BaruaComparison:
 * @secrets: (nullable): what mail programs may be given; %NULL where nobody needs any
 * @held: (element-type BaruaChange BaruaSecret): what the items hold now that will be
 *   overwritten
 *
 * What has to be known of the keyring to apply a plan. Held while that is done, no
 * longer.
 */
typedef struct
{
  BaruaExportSecrets *secrets;
  GHashTable *held;
} BaruaComparison;

/**
 * BaruaCompareSetup:
 * @hand_over: a hand-over
 * @exporter: the mail program that @plan is for
 * @plan: gets its sealed files filled, and loses what is there already, what there is no
 *   secret for, and what nothing takes; not to be used until the end
 * @to_apply: whether it is going to be applied: then whatever cannot be looked at is an
 *   error, changes note what gives back what was there, and a locked keyring asks. If
 *   not, it stays in the plan
 */
typedef struct
{
  BaruaHandOver *hand_over;
  const BaruaExporter *exporter;
  BaruaPlan *plan;
  gboolean to_apply;
} BaruaCompareSetup;

/**
 * barua_comparison_free:
 * @self: (transfer full): a comparison; its secrets are wiped
 */
void barua_comparison_free (BaruaComparison *self);

/**
 * barua_comparison_dup_wanted:
 * @self: a comparison
 * @change: a change of the keyring
 *
 * Returns: (transfer full) (nullable): what the item is to hold; %NULL where there is no
 *   secret for it
 */
BaruaSecret *barua_comparison_dup_wanted (const BaruaComparison *self,
                                          const BaruaChange *change);

/**
 * barua_compare_async:
 * @setup: what to compare; copied
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Looks which changes of a plan there is nothing to do for, where only the secret itself
 * can tell. Changes nothing.
 */
void barua_compare_async (const BaruaCompareSetup *setup,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/**
 * barua_compare_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED; to apply, all that may keep secrets from being had, or
 *   what the exporter says while it seals
 *
 * Returns: (transfer full) (nullable): what was found
 */
BaruaComparison *barua_compare_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaComparison, barua_comparison_free)

G_END_DECLS
