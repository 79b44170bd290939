#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_trouble_get_id:
 * @error: what signing in, out, or getting at a secret ended with
 *
 * Returns: a stable word for it, constant: a word of the causes' vocabulary where one
 *   fits, else "not-signed-in", "other-account", "unreadable", "unreachable" or "failed"
 */
const char *barua_trouble_get_id (const GError *error);

/**
 * barua_trouble_is_problem:
 * @error: what signing in, out, or getting at a secret ended with
 *
 * Returns: whether it is something found out about the account, as that nobody is signed
 *   in or that Google refuses; %FALSE when it could not be done at all, as with a locked
 *   keyring or without a network
 */
gboolean barua_trouble_is_problem (const GError *error);

/**
 * barua_trouble_is_passing:
 * @error: what getting at a secret ended with
 *
 * Returns: whether it says nothing about the account or this machine and may go away by
 *   itself, as that there is no network, or that Google's side has trouble
 */
gboolean barua_trouble_is_passing (const GError *error);

/**
 * barua_trouble_dup_message:
 * @error: what signing in, out, or getting at a secret ended with
 *
 * Returns: (transfer full): what is wrong and the first thing to do about it: one or two
 *   translated sentences
 */
char *barua_trouble_dup_message (const GError *error);

G_END_DECLS
