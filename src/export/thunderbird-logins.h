#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaLogins:
 *
 * Mozilla's logins.json: a list of passwords, each encrypted. What is not changed keeps
 * its order and its values.
 */
typedef struct _BaruaLogins BaruaLogins;

/**
 * barua_logins_new:
 * @text: (nullable): what the file holds; %NULL for a new one
 *
 * Returns: (transfer full) (nullable): the list; %NULL for what cannot be understood
 */
BaruaLogins *barua_logins_new (GBytes *text);

/**
 * barua_logins_free:
 * @self: (transfer full): a list
 */
void barua_logins_free (BaruaLogins *self);

/**
 * barua_logins_next:
 * @self: a list
 * @after: the entry after which is looked; -1 for the beginning
 * @origin: where a password is for: "imap://imap.gmail.com"
 *
 * Returns: the next entry for @origin; -1 if there is none
 */
int barua_logins_next (const BaruaLogins *self, int after, const char *origin);

/**
 * barua_logins_get_user:
 * @self: a list
 * @at: an entry
 *
 * Returns: (nullable): its user name, encrypted, in base64
 */
const char *barua_logins_get_user (const BaruaLogins *self, int at);

/**
 * barua_logins_get_password:
 * @self: a list
 * @at: an entry
 *
 * Returns: (nullable): its password, encrypted, in base64
 */
const char *barua_logins_get_password (const BaruaLogins *self, int at);

/**
 * barua_logins_put:
 * @self: a list
 * @at: the entry that is changed; -1 to add one
 * @origin: where the password is for
 * @user: the user name, encrypted, in base64
 * @password: the password, likewise
 * @now: milliseconds since 1970
 */
void barua_logins_put (BaruaLogins *self,
                       int at,
                       const char *origin,
                       const char *user,
                       const char *password,
                       gint64 now);

/**
 * barua_logins_has_changed:
 * @self: a list
 *
 * Returns: whether anything was put into it
 */
gboolean barua_logins_has_changed (const BaruaLogins *self);

/**
 * barua_logins_dup_bytes:
 * @self: a list
 *
 * Returns: (transfer full): the whole file; what was read if nothing has changed
 */
GBytes *barua_logins_dup_bytes (const BaruaLogins *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaLogins, barua_logins_free)

G_END_DECLS
