#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestOnlineSituation:
 * @objects: what GetManagedObjects answers, in GVariant's text format "a{oa{sa{sv}}}"
 * @refuse_at: (nullable): the method that is refused
 * @refusal: (nullable): the D-Bus error for @refuse_at
 * @crash_at: (nullable): the method at which the service goes away instead of answering
 * @token: (nullable): the access token given
 * @seconds: how long the token is good for
 * @odd_at: (nullable): the method at which it answers @odd
 * @odd: (nullable): a tuple in GVariant's text format; %NULL for no answer at all
 *
 * How the played service behaves.
 */
typedef struct
{
  const char *objects;
  const char *refuse_at;
  const char *refusal;
  const char *crash_at;
  const char *token;
  int seconds;
  const char *odd_at;
  const char *odd;
} TestOnlineSituation;

/**
 * TestOnlineAccounts:
 *
 * GNOME Online Accounts played on a bus of the test's own.
 */
typedef struct _TestOnlineAccounts TestOnlineAccounts;

/**
 * test_online_accounts_new:
 * @address: the bus
 * @situation: how to behave; copied, its texts are not
 *
 * Returns: (transfer full): a service that owns its name already
 */
TestOnlineAccounts *test_online_accounts_new (const char *address,
                                              const TestOnlineSituation *situation);

/**
 * test_online_accounts_free:
 * @self: (transfer full): a service; it leaves the bus
 */
void test_online_accounts_free (TestOnlineAccounts *self);

/**
 * test_online_accounts_cancel_at:
 * @self: a service
 * @method: the method at which to cancel, before it is answered
 * @cancellable: what to cancel
 */
void test_online_accounts_cancel_at (TestOnlineAccounts *self,
                                     const char *method,
                                     GCancellable *cancellable);

/**
 * test_online_accounts_get_calls:
 * @self: a service
 *
 * Returns: (transfer none): for each request the last part of its path, a colon, the
 *   method and a blank
 */
const char *test_online_accounts_get_calls (TestOnlineAccounts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestOnlineAccounts, test_online_accounts_free)

G_END_DECLS
