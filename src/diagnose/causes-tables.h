#pragma once

#include "diagnose/causes.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_causes_network, barua_causes_tls, barua_causes_protocol, barua_causes_sign_in,
 * barua_causes_account, barua_causes_oauth, barua_causes_sending, barua_causes_here:
 * @n_causes: (out): how many
 *
 * Returns: (array length=n_causes): the causes of one group of the interface, in its
 *   order; for causes.c alone. Signing in is two tables, its second half is "account"
 */
const BaruaCause *barua_causes_network (gsize *n_causes);
const BaruaCause *barua_causes_tls (gsize *n_causes);
const BaruaCause *barua_causes_protocol (gsize *n_causes);
const BaruaCause *barua_causes_sign_in (gsize *n_causes);
const BaruaCause *barua_causes_account (gsize *n_causes);
const BaruaCause *barua_causes_oauth (gsize *n_causes);
const BaruaCause *barua_causes_sending (gsize *n_causes);
const BaruaCause *barua_causes_here (gsize *n_causes);

G_END_DECLS
