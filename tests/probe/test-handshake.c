#include "config.h"

#include "probe/handshake.h"

#include "discover/known.h"
#include "support/clock.h"
#include "support/loop.h"
#include "support/memory.h"
#include "support/prober.h"

#include <string.h>

#define GREETING "220 smtp.gmail.com ESMTP 5b1f17b1804b1 - gsmtp\r\n"
#define OFFERS "250-smtp.gmail.com at your service\r\n250 STARTTLS\r\n"
#define READY "220 2.0.0 Ready to start TLS\r\n"

/* RFC 8446, 4 and 5.1. */
#define RECORD_CHANGE 20
#define RECORD_ALERT 21
#define RECORD_HANDSHAKE 22
#define RECORD_DATA 23
#define RECORD_HEARTBEAT 24
#define RECORD_MAX 16384
#define HELLO 1
#define ANSWER 2
#define EXTENSION_NAME 0
#define EXTENSION_VERSIONS 43
#define HEAD_BYTES 5
#define HELLO_MAX 65536

/* What one handshake may take, in KiB: a message of the most that its head can say, and
 * as much again while it grows. */
#define GROWTH_MAX (64 * 1024 + TEST_MEMORY_HELD_BACK)
#define FLOOD_BYTES 65536
#define STEP_MS 700
#define LONGEST_US (5 * G_TIME_SPAN_SECOND)

/* @starttls: whether it begins in the clear; @head: sent after the client's hello;
 * @flood: sent again and again from then on; @hello: the client's, without the heads of
 * records. */
typedef struct
{
  GSocketListener *listener;
  GThread *thread;
  guint16 port;
  gboolean starttls;
  const GByteArray *head;
  const GByteArray *flood;
  GByteArray *hello;
  guint64 sent;
} Peer;

static TestCertificates *certificates;

/* Bytes not yet read. */
typedef struct
{
  const guint8 *bytes;
  gsize length;
} Span;

static Span
take (Span *from, gsize length)
{
  Span taken = { from->bytes, length };

  g_assert_cmpuint (length, <=, from->length);
  from->bytes += length;
  from->length -= length;
  return taken;
}

static guint
take_number (Span *from, gsize digits)
{
  Span taken = take (from, digits);
  guint number = 0;

  for (gsize i = 0; i < digits; i++)
    number = number << 8 | taken.bytes[i];
  return number;
}

/* What has its length before it, in so many bytes. */
static Span
take_vector (Span *from, gsize digits)
{
  return take (from, take_number (from, digits));
}

static gboolean
say (Peer *self, GIOStream *stream, const void *bytes, gsize length)
{
  gsize written = 0;
  gboolean well = g_output_stream_write_all (g_io_stream_get_output_stream (stream),
                                             bytes, length, &written, NULL, NULL);

  self->sent += written;
  return well;
}

static gboolean
hear (GIOStream *stream, guint8 *bytes, gsize length)
{
  gsize heard = 0;

  return g_input_stream_read_all (g_io_stream_get_input_stream (stream), bytes, length,
                                  &heard, NULL, NULL) &&
         heard == length;
}

static gboolean
hear_line (GIOStream *stream)
{
  guint8 byte = 0;

  while (byte != '\n')
    if (!hear (stream, &byte, 1))
      return FALSE;
  return TRUE;
}

static gboolean
open_in_clear (Peer *self, GIOStream *stream)
{
  return say (self, stream, GREETING, strlen (GREETING)) && hear_line (stream) &&
         say (self, stream, OFFERS, strlen (OFFERS)) && hear_line (stream) &&
         say (self, stream, READY, strlen (READY));
}

static gboolean
is_whole (const GByteArray *hello)
{
  Span span = { hello->data, hello->len };

  if (hello->len < 4)
    return FALSE;
  take (&span, 1);
  return take_number (&span, 3) <= span.length;
}

static gboolean
hear_hello (Peer *self, GIOStream *stream)
{
  while (!is_whole (self->hello))
    {
      guint8 head[HEAD_BYTES];
      guint8 record[G_MAXUINT16];
      gsize length = 0;

      if (self->hello->len > HELLO_MAX || !hear (stream, head, sizeof head))
        return FALSE;
      length = (gsize) head[3] << 8 | head[4];
      if (head[0] != RECORD_HANDSHAKE || !hear (stream, record, length))
        return FALSE;
      g_byte_array_append (self->hello, record, (guint) length);
    }
  return TRUE;
}

static gpointer
serve (gpointer data)
{
  Peer *self = data;
  g_autoptr (GSocketConnection) connection =
    g_socket_listener_accept (self->listener, NULL, NULL, NULL);
  GIOStream *stream = G_IO_STREAM (connection);
  guint8 byte = 0;

  if (stream == NULL || (self->starttls && !open_in_clear (self, stream)) ||
      !hear_hello (self, stream) || self->head == NULL ||
      !say (self, stream, self->head->data, self->head->len))
    return NULL;
  while (self->flood != NULL && say (self, stream, self->flood->data, self->flood->len))
    continue;
  while (self->flood == NULL && hear (stream, &byte, 1))
    continue;
  return NULL;
}

static Peer *
peer_new (gboolean starttls, const GByteArray *head, const GByteArray *flood)
{
  Peer *self = g_new0 (Peer, 1);
  g_autoptr (GSocketAddress) wanted =
    g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->starttls = starttls;
  self->head = head;
  self->flood = flood;
  self->hello = g_byte_array_new ();
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("peer", serve, self);
  return self;
}

static void
peer_free (Peer *self)
{
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_byte_array_unref (self->hello);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_free)

/* Probes the peer as if it were @service, and waits until the peer has done. */
static BaruaEvidence *
probe (Peer *peer, const BaruaService *service, guint step_ms)
{
  g_autoptr (TestProber) prober = test_prober_new (certificates);
  g_autoptr (GError) error = NULL;
  BaruaService near = *service;
  BaruaEvidence *evidence = NULL;

  near.port = peer->port;
  prober->setup.step_ms = step_ms;
  test_prober_answer (prober, near.host);
  evidence = test_prober_run (prober, &near, &error);
  g_assert_no_error (error);
  test_loop_drain ();
  g_thread_join (g_steal_pointer (&peer->thread));
  return evidence;
}

/* RFC 8446, 4.1.2: what is offered, and the extensions. */
static void
open_hello (const Peer *peer, Span *suites, Span *extensions)
{
  Span whole = { peer->hello->data, peer->hello->len };
  Span hello = { NULL, 0 };

  g_assert_cmpuint (take_number (&whole, 1), ==, HELLO);
  hello = take_vector (&whole, 3);
  take (&hello, 2 + 32);
  take_vector (&hello, 1);
  *suites = take_vector (&hello, 2);
  take_vector (&hello, 1);
  *extensions = take_vector (&hello, 2);
  g_assert_cmpuint (hello.length, ==, 0);
}

static gboolean
find_extension (Span extensions, guint wanted, Span *content)
{
  while (extensions.length > 0)
    {
      guint kind = take_number (&extensions, 2);

      *content = take_vector (&extensions, 2);
      if (kind == wanted)
        return TRUE;
    }
  return FALSE;
}

/* The numbers of IANA's registry under which there is no encryption, none that holds, or
 * nobody known at the other end: NULL, EXPORT, RC2, RC4, DES, 3DES, IDEA, anonymous. */
static const struct
{
  guint first;
  guint last;
} WEAK[] = {
  { 0x0000, 0x002e }, { 0x0034, 0x0034 }, { 0x003a, 0x003b }, { 0x0046, 0x0046 },
  { 0x0060, 0x0066 }, { 0x006c, 0x006d }, { 0x0072, 0x0074 }, { 0x0077, 0x0079 },
  { 0x007c, 0x007e }, { 0x0089, 0x008b }, { 0x008e, 0x008f }, { 0x0092, 0x0093 },
  { 0x009b, 0x009b }, { 0x00a6, 0x00a7 }, { 0x00b0, 0x00b1 }, { 0x00b4, 0x00b5 },
  { 0x00b8, 0x00b9 }, { 0x00bf, 0x00bf }, { 0x00c5, 0x00c5 }, { 0xc001, 0xc003 },
  { 0xc006, 0xc008 }, { 0xc00b, 0xc00d }, { 0xc010, 0xc012 }, { 0xc015, 0xc01c },
  { 0xc033, 0xc034 }, { 0xc039, 0xc03b }, { 0xc046, 0xc047 }, { 0xc05a, 0xc05b },
  { 0xc084, 0xc085 }, { 0xc0b4, 0xc0b5 }, { 0xfe00, 0xfeff },
};

static gboolean
is_weak (guint suite)
{
  for (gsize i = 0; i < G_N_ELEMENTS (WEAK); i++)
    if (suite >= WEAK[i].first && suite <= WEAK[i].last)
      return TRUE;
  return FALSE;
}

static void
assert_strong (Span suites)
{
  gboolean newest = FALSE;

  g_assert_cmpuint (suites.length, >, 0);
  while (suites.length > 0)
    {
      guint suite = take_number (&suites, 2);

      g_assert_false (is_weak (suite));
      newest = newest || suite == 0x1301 || suite == 0x1302;
    }
  g_assert_true (newest);
}

/* RFC 6066, 3: one name, of the type host_name. */
static void
assert_named (Span extensions, const char *host)
{
  Span content = { NULL, 0 };
  Span list = { NULL, 0 };
  Span name = { NULL, 0 };

  g_assert_true (find_extension (extensions, EXTENSION_NAME, &content));
  list = take_vector (&content, 2);
  g_assert_cmpuint (take_number (&list, 1), ==, 0);
  name = take_vector (&list, 2);
  g_assert_cmpuint (list.length, ==, 0);
  g_assert_cmpmem (name.bytes, name.length, host, strlen (host));
}

/* GIO cannot be told to leave TLS 1.0 and 1.1 out: they are offered, and refused when the
 * server takes them. SSL is not even offered. */
static void
assert_no_older (Span extensions)
{
  Span content = { NULL, 0 };
  Span versions = { NULL, 0 };
  gboolean newest = FALSE;

  g_assert_true (find_extension (extensions, EXTENSION_VERSIONS, &content));
  versions = take_vector (&content, 1);
  while (versions.length > 0)
    {
      guint version = take_number (&versions, 2);

      g_assert_cmpuint (version, >=, 0x0301);
      newest = newest || version == 0x0304;
    }
  g_assert_true (newest);
}

/* What goes out first, at each of Gmail's ports. */
static void
test_says_hello (void)
{
  const BaruaProvider *gmail = barua_known_gmail ();

  for (gsize i = 0; i < gmail->n_services; i++)
    {
      const BaruaService *service = &gmail->services[i];
      g_autoptr (Peer) peer =
        peer_new (service->security == BARUA_SECURITY_STARTTLS, NULL, NULL);
      g_autoptr (BaruaEvidence) evidence = probe (peer, service, 5000);
      Span suites = { NULL, 0 };
      Span extensions = { NULL, 0 };

      g_test_message ("%s:%d", service->host, service->port);
      g_assert_cmpint (barua_evidence_get_failure (evidence)->stage, ==, BARUA_STAGE_TLS);
      open_hello (peer, &suites, &extensions);
      assert_strong (suites);
      assert_named (extensions, service->host);
      assert_no_older (extensions);
    }
}

static void
add_record (GByteArray *out, guint8 kind, const guint8 *bytes, gsize length)
{
  const guint8 head[] = { kind, 3, 3, (guint8) (length >> 8), (guint8) length };

  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, bytes, (guint) length);
}

/* A message of so many bytes, over as many records as it needs: RFC 5246, 6.2.1 and
 * 7.4. */
static void
add_message (GByteArray *out, guint8 kind, const GByteArray *content)
{
  const guint length = content->len;
  const guint8 head[] = { kind, (guint8) (length >> 16), (guint8) (length >> 8),
                          (guint8) length };
  g_autoptr (GByteArray) message = g_byte_array_new ();

  g_byte_array_append (message, head, sizeof head);
  g_byte_array_append (message, content->data, length);
  for (guint i = 0; i < message->len; i += RECORD_MAX)
    add_record (out, RECORD_HANDSHAKE, message->data + i,
                MIN (RECORD_MAX, message->len - i));
}

/* The answer that chooses TLS 1.2, in which the rest of a handshake is in the clear, with
 * extensions of nothing but zeros: RFC 5246, 7.4.1.3. */
static void
add_answer (GByteArray *out, guint extensions)
{
  const guint8 chosen[] = { 0, 0xc0, 0x2f, 0 };
  const guint8 length[] = { (guint8) (extensions >> 8), (guint8) extensions };
  const guint8 version[] = { 3, 3 };
  g_autoptr (GByteArray) hello = g_byte_array_new ();

  g_byte_array_append (hello, version, sizeof version);
  g_byte_array_set_size (hello, 2 + 32);
  memset (hello->data + 2, 'r', 32);
  g_byte_array_append (hello, chosen, sizeof chosen);
  g_byte_array_append (hello, length, sizeof length);
  g_byte_array_set_size (hello, hello->len + extensions);
  memset (hello->data + hello->len - extensions, 0, extensions);
  add_message (out, ANSWER, hello);
}

/* @extensions: how long those of the answer are, -1 for no answer; @opens: the head of a
 * message that comes then; @kind, @length: the records that follow without end;
 * @begins: what each begins with, before zeros. */
static const struct
{
  const char *name;
  int extensions;
  guint8 opens[4];
  guint8 kind;
  guint length;
  guint8 begins[2];
} HOSTILE_ROWS[] = {
  { "a certificate without end",
    0,
    { 11, 0xff, 0xff, 0xff },
    RECORD_HANDSHAKE,
    RECORD_MAX,
    { 0 } },
  { "the same, byte by byte", 0, { 11, 0xff, 0xff, 0xff }, RECORD_HANDSHAKE, 1, { 0 } },
  { "as long as may be, byte by byte",
    0,
    { 11, 0x01, 0xff, 0xff },
    RECORD_HANDSHAKE,
    1,
    { 0 } },
  { "a certificate for ever",
    0,
    { 11, 0, 0x40, 0 },
    RECORD_HANDSHAKE,
    RECORD_MAX,
    { 0 } },
  { "an answer without end",
    -1,
    { 2, 0xff, 0xff, 0xff },
    RECORD_HANDSHAKE,
    RECORD_MAX,
    { 0 } },
  { "extensions without number", 65500, { 0 }, RECORD_HANDSHAKE, RECORD_MAX, { 0 } },
  { "hellos asked for again and again", 0, { 0 }, RECORD_HANDSHAKE, 4, { 0 } },
  { "records of nothing", -1, { 0 }, RECORD_HANDSHAKE, 0, { 0 } },
  { "records of nothing after an answer", 0, { 0 }, RECORD_HANDSHAKE, 0, { 0 } },
  { "warnings", -1, { 0 }, RECORD_ALERT, 2, { 1, 112 } },
  { "warnings after an answer", 0, { 0 }, RECORD_ALERT, 2, { 1, 112 } },
  { "changes of cipher", -1, { 0 }, RECORD_CHANGE, 1, { 1 } },
  { "changes of cipher after an answer", 0, { 0 }, RECORD_CHANGE, 1, { 1 } },
  { "data too early", -1, { 0 }, RECORD_DATA, RECORD_MAX, { 0 } },
  { "data of nothing", -1, { 0 }, RECORD_DATA, 0, { 0 } },
  { "beats of a heart", -1, { 0 }, RECORD_HEARTBEAT, 8, { 1 } },
  { "records that are too long", -1, { 0 }, RECORD_HANDSHAKE, G_MAXUINT16, { 0 } },
  { "a kind that there is not", -1, { 0 }, 99, 16, { 0 } },
};

static GByteArray *
make_head (gsize row)
{
  GByteArray *head = g_byte_array_new ();

  if (HOSTILE_ROWS[row].extensions >= 0)
    add_answer (head, (guint) HOSTILE_ROWS[row].extensions);
  if (HOSTILE_ROWS[row].opens[0] != 0)
    add_record (head, RECORD_HANDSHAKE, HOSTILE_ROWS[row].opens,
                sizeof HOSTILE_ROWS[row].opens);
  return head;
}

static GByteArray *
make_flood (gsize row)
{
  GByteArray *flood = g_byte_array_new ();
  guint8 bytes[G_MAXUINT16] = { 0 };

  memcpy (bytes, HOSTILE_ROWS[row].begins, sizeof HOSTILE_ROWS[row].begins);
  while (flood->len < FLOOD_BYTES)
    add_record (flood, HOSTILE_ROWS[row].kind, bytes, HOSTILE_ROWS[row].length);
  return flood;
}

static void
check_hostile (const BaruaService *service, gsize row)
{
  g_autoptr (GByteArray) head = make_head (row);
  g_autoptr (GByteArray) flood = make_flood (row);
  g_autoptr (Peer) peer =
    peer_new (service->security == BARUA_SECURITY_STARTTLS, head, flood);
  g_autoptr (BaruaEvidence) evidence = NULL;
  gint64 start = test_clock_get_us ();
  guint64 mark = 0;
  guint64 growth = 0;

  mark = test_memory_mark ();
  evidence = probe (peer, service, STEP_MS);
  growth = test_memory_get_growth (mark);
  g_test_message ("%s: %" G_GUINT64_FORMAT " KiB more of %" G_GUINT64_FORMAT,
                  HOSTILE_ROWS[row].name, growth, peer->sent / 1024);
  g_assert_cmpint (barua_evidence_get_failure (evidence)->stage, ==, BARUA_STAGE_TLS);
  g_assert_cmpuint (growth, <, GROWTH_MAX);
  g_assert_cmpint (test_clock_get_us () - start, <, LONGEST_US);
}

static void
test_bears_hostility (void)
{
  const BaruaProvider *gmail = barua_known_gmail ();

  for (gsize i = 0; i < G_N_ELEMENTS (HOSTILE_ROWS); i++)
    check_hostile (&gmail->services[i % gmail->n_services], i);
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  certificates = test_certificates_new ();
  g_test_add_func ("/probe/handshake/hello", test_says_hello);
  g_test_add_func ("/probe/handshake/hostile", test_bears_hostility);
  status = g_test_run ();
  test_certificates_free (certificates);
  return status;
}
