#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_environment_harden:
 *
 * Takes out of the environment whatever could weaken TLS, lead mail through somebody
 * else, load foreign code into the TLS library, or make a library write secrets into a
 * log. To be called first in main(), while there is one thread. Programs started later
 * inherit the cleaned environment.
 */
void barua_environment_harden (void);

/**
 * barua_environment_list_removed:
 *
 * Returns: (array zero-terminated=1): the names of the variables taken out; constant
 */
const char *const *barua_environment_list_removed (void);

/**
 * barua_environment_fill_descriptors:
 *
 * Sees to it that 0, 1 and 2 are open. Where one is not, the next connection would be
 * given its number, and what is meant for the terminal would go to a mail server. One
 * that was closed fails with %EBADF afterwards as it did before.
 */
void barua_environment_fill_descriptors (void);

/**
 * barua_environment_find_session:
 *
 * Finds the person's session for a process that was started outside of it, by cron for
 * instance, and so without XDG_RUNTIME_DIR: takes the person's own folder below /run/user
 * if it is there (pam_systemd(8)). The session bus is in it, and with it the keyring.
 */
void barua_environment_find_session (void);

G_END_DECLS
