#pragma once

#include "account/account.h"
#include "account/login.h"
#include "export/exporter.h"
#include "setup/journey.h"
#include "setup/keep.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaTripProgram:
 * @exporter: the mail program
 * @icon: (nullable): the name of its icon, or the path of one
 * @desktop_id: (nullable): what it is opened with
 * @undo: (nullable): what takes the hand-over back; %NULL if there was nothing to do
 * @undone: whether it was taken back
 *
 * A mail program that was set up on the way.
 */
typedef struct
{
  const BaruaExporter *exporter;
  char *icon;
  char *desktop_id;
  char *undo;
  gboolean undone;
} BaruaTripProgram;

/**
 * BaruaTrip:
 * @journey: what drives the checks; never %NULL
 * @address: (nullable): whose mail; %NULL while none was typed, and for Gmail in general
 * @name: (nullable): the person's full name, as typed
 * @incoming: how mail is to be fetched: IMAP, unless the person chose POP
 * @discovery: (nullable): who keeps the mail of @address, once that was looked up
 * @connection: (nullable): the check of the connections alone
 * @account: (nullable): what is, or will be, remembered of the address
 * @login: (nullable): what to sign in with, while it is not kept yet
 * @password: (nullable): the app password in @login
 * @token: (nullable): what Google gave in the browser, of which @login is part
 * @kept: whether what was signed in with on this walk is kept by now, and gone from here
 * @check: (nullable): the check with the sign-in
 * @help_topic: (nullable): which topic of the help is asked for; constant
 * @done: (element-type BaruaTripProgram): mail programs that were set up on the way, in
 *   that order
 *
 * What one walk along the pages has gathered. The pages of a path share it, one after
 * the other; it is made anew when another path begins.
 */
typedef struct
{
  BaruaJourney *journey;
  BaruaAddress *address;
  char *name;
  BaruaProtocol incoming;
  BaruaDiscovery *discovery;
  BaruaCheck *connection;
  BaruaAccount *account;
  BaruaLogin *login;
  BaruaSecret *password;
  BaruaOauthToken *token;
  gboolean kept;
  BaruaCheck *check;
  const char *help_topic;
  GPtrArray *done;
} BaruaTrip;

#define BARUA_TYPE_TRIP (barua_trip_get_type ())
GType barua_trip_get_type (void);

/**
 * barua_trip_new:
 * @address: (nullable): whose mail
 *
 * Returns: (transfer full): a trip at its start; it knows what is remembered of @address
 */
BaruaTrip *barua_trip_new (BaruaAddress *address);

/**
 * barua_trip_ref:
 * @self: a trip
 *
 * Returns: (transfer full): @self
 */
BaruaTrip *barua_trip_ref (BaruaTrip *self);

/**
 * barua_trip_unref:
 * @self: (transfer full): a trip; secrets in it are wiped with the last reference
 */
void barua_trip_unref (BaruaTrip *self);

/**
 * barua_trip_set_address:
 * @self: a trip
 * @address: whose mail
 *
 * Goes on with another address. What was found out about the former one is forgotten,
 * unless it is the same.
 */
void barua_trip_set_address (BaruaTrip *self, BaruaAddress *address);

/**
 * barua_trip_set_discovery:
 * @self: a trip
 * @discovery: (nullable) (transfer full): who keeps the mail
 */
void barua_trip_set_discovery (BaruaTrip *self, BaruaDiscovery *discovery);

/**
 * barua_trip_set_connection:
 * @self: a trip
 * @check: (nullable) (transfer full): a finished check of the connections
 */
void barua_trip_set_connection (BaruaTrip *self, BaruaCheck *check);

/**
 * barua_trip_set_check:
 * @self: a trip
 * @check: (nullable) (transfer full): a finished check with the sign-in
 */
void barua_trip_set_check (BaruaTrip *self, BaruaCheck *check);

/**
 * barua_trip_set_method:
 * @self: a trip that has an address
 * @method: how it is signed in to
 *
 * Forgets what was to be signed in with before, and returns the account in which the
 * rest is to be written down.
 *
 * Returns: (transfer none): the account
 */
BaruaAccount *barua_trip_set_method (BaruaTrip *self, BaruaMethod method);

/**
 * barua_trip_set_password:
 * @self: a trip whose method is the app password
 * @password: a normalized app password
 */
void barua_trip_set_password (BaruaTrip *self, BaruaSecret *password);

/**
 * barua_trip_set_access:
 * @self: a trip whose method has tokens
 * @access: (nullable): an access token of the desktop's account; %NULL when @token has it
 * @token: (nullable) (transfer full): what Google gave in the browser
 */
void barua_trip_set_access (BaruaTrip *self, BaruaSecret *access, BaruaOauthToken *token);

/**
 * barua_trip_keep_sign_in:
 * @self: a trip whose address is signed in to already
 *
 * Goes on with what is kept on this machine, and forgets what was to be signed in with.
 */
void barua_trip_keep_sign_in (BaruaTrip *self);

/**
 * barua_trip_set_kept:
 * @self: a trip
 *
 * What was signed in with is kept where it belongs: here it is wiped.
 */
void barua_trip_set_kept (BaruaTrip *self);

/**
 * barua_trip_add_done:
 * @self: a trip
 * @exporter: a mail program that was set up
 * @icon: (nullable): the name of its icon, or the path of one
 * @desktop_id: (nullable): what it is opened with
 * @undo: (nullable): what takes it back
 */
void barua_trip_add_done (BaruaTrip *self,
                          const BaruaExporter *exporter,
                          const char *icon,
                          const char *desktop_id,
                          const char *undo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaTrip, barua_trip_unref)

G_END_DECLS
