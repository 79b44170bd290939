#pragma once

#include "support/certificates.h"
#include "support/dialogue.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TestFamilies:
 * @TEST_IPV4: 127.0.0.1
 * @TEST_IPV6: ::1
 *
 * On which addresses of this machine a server listens, on the same port.
 */
typedef enum
{
  TEST_IPV4 = 1 << 0,
  TEST_IPV6 = 1 << 1,
} TestFamilies;

/**
 * TestServer:
 *
 * Plays dialogues over real sockets, with real TLS, each connection in a thread of its
 * own.
 */
typedef struct _TestServer TestServer;

/**
 * TestServerOptions:
 * @families: where it listens
 * @certificates: (nullable): where it takes the certificates from that dialogues name
 * @certificate: (nullable): the case shown when a dialogue names none; %NULL for "good"
 * @delay_ms: how long it thinks before each reply
 * @flood: (nullable): when the dialogue is over, sent again and again until the client
 *   goes away
 * @rude: CLOSE and the end of TLS come without saying so inside TLS (close_notify)
 * @lenient: a client that does not keep to the dialogue is no failure of the test, since
 *   it is cancelled at some moment
 *
 * How a server behaves, apart from its dialogue.
 */
typedef struct
{
  TestFamilies families;
  TestCertificates *certificates;
  const char *certificate;
  guint delay_ms;
  const char *flood;
  gboolean rude;
  gboolean lenient;
} TestServerOptions;

/**
 * test_server_new:
 * @dialogue: played to each client; must outlive the server
 * @options: how; its pointers must outlive the server
 *
 * Returns: (transfer full): a server that listens on a free port
 */
TestServer *test_server_new (const Dialogue *dialogue, const TestServerOptions *options);

/**
 * test_server_free:
 * @self: (transfer full): a server
 *
 * Waits until every client has gone. Ends the program with a message if one did not keep
 * to the dialogue.
 */
void test_server_free (TestServer *self);

/**
 * test_server_get_port:
 * @self: a server
 *
 * Returns: on which port it listens
 */
guint16 test_server_get_port (const TestServer *self);

/**
 * test_server_count_clients:
 * @self: a server
 *
 * Returns: how many have connected so far
 */
guint test_server_count_clients (TestServer *self);

/**
 * test_server_count_open:
 * @self: a server
 *
 * Returns: how many of them are still connected
 */
guint test_server_count_open (TestServer *self);

/**
 * test_server_count_quiet:
 * @self: a server
 *
 * Returns: how many have come to a HANG or to the end of their dialogue
 */
guint test_server_count_quiet (TestServer *self);

/**
 * test_server_count_turns:
 * @self: a server
 *
 * Returns: how often, in all, it spoke after having waited for a client, or before
 *   anything was said: the round trips after the handshake
 */
guint test_server_count_turns (TestServer *self);

/**
 * test_server_count_bytes:
 * @self: a server
 *
 * Returns: how many bytes it has sent in all, before they were encrypted
 */
guint64 test_server_count_bytes (TestServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)

G_END_DECLS
