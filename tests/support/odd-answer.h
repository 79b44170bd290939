#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * test_odd_answer:
 * @connection: of a played service
 * @message: what came in on it
 * @method: (nullable): the method that is answered oddly
 * @odd: (nullable): with what: a tuple in GVariant's text format; %NULL for silence
 *
 * To be called in a filter of @connection, for a service that breaks its own interface.
 *
 * Returns: whether it was that method: nobody else is to see @message
 */
gboolean test_odd_answer (GDBusConnection *connection,
                          GDBusMessage *message,
                          const char *method,
                          const char *odd);

G_END_DECLS
