#pragma once

#include "diagnose/causes.h"

#include <glib.h>

G_BEGIN_DECLS

/* The groups of the vocabulary, in the order of the interface; for causes.c alone. */

/**
 * barua_causes_network:
 * @n_causes: (out): how many
 *
 * Returns: (array length=n_causes): the causes of the network
 */
const BaruaCause *barua_causes_network (gsize *n_causes);

/**
 * barua_causes_tls:
 * @n_causes: (out): how many
 *
 * Returns: (array length=n_causes): the causes of TLS
 */
const BaruaCause *barua_causes_tls (gsize *n_causes);

/**
 * barua_causes_protocol:
 * @n_causes: (out): how many
 *
 * Returns: (array length=n_causes): the causes of the protocols
 */
const BaruaCause *barua_causes_protocol (gsize *n_causes);

/**
 * barua_causes_sign_in:
 * @n_causes: (out): how many
 *
 * Returns: (array length=n_causes): the causes of signing in: the first half
 */
const BaruaCause *barua_causes_sign_in (gsize *n_causes);

/**
 * barua_causes_account:
 * @n_causes: (out): how many
 *
 * Returns: (array length=n_causes): the causes of signing in: the second half, what the
 * account itself allows
 */
const BaruaCause *barua_causes_account (gsize *n_causes);

/**
 * barua_causes_oauth:
 * @n_causes: (out): how many
 *
 * Returns: (array length=n_causes): the causes of OAuth
 */
const BaruaCause *barua_causes_oauth (gsize *n_causes);

/**
 * barua_causes_sending:
 * @n_causes: (out): how many
 *
 * Returns: (array length=n_causes): the causes of sending
 */
const BaruaCause *barua_causes_sending (gsize *n_causes);

/**
 * barua_causes_here:
 * @n_causes: (out): how many
 *
 * Returns: (array length=n_causes): the causes of this computer
 */
const BaruaCause *barua_causes_here (gsize *n_causes);

G_END_DECLS
