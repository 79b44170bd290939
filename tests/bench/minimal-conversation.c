/* The least that a program does which talks to an SMTP server as a check does, one
 * conversation and nothing else: what a check is measured against.
 *
 *   minimal-conversation HOST */

#include <gio/gio.h>
#include <string.h>

static gboolean
say (GIOStream *stream, const char *command, GError **error)
{
  return command == NULL ||
         g_output_stream_write_all (g_io_stream_get_output_stream (stream), command,
                                    strlen (command), NULL, NULL, error);
}

/* A reply of several lines has a dash behind its code, but in the last (RFC 5321, 4.2.1).
 */
static gboolean
hear (GIOStream *stream, const char *command, GError **error)
{
  g_autoptr (GDataInputStream) input =
    g_data_input_stream_new (g_io_stream_get_input_stream (stream));
  gboolean more = say (stream, command, error);

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (input), FALSE);
  if (!more)
    return FALSE;
  while (more)
    {
      g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, error);

      if (line == NULL)
        return FALSE;
      more = strlen (line) > 3 && line[3] == '-';
    }
  return TRUE;
}

static gboolean
talk (const char *host, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
    g_socket_client_connect_to_host (client, host, 587, NULL, error);
  g_autoptr (GSocketConnectable) name = g_network_address_new (host, 587);
  g_autoptr (GIOStream) secure = NULL;

  if (connection == NULL || !hear (G_IO_STREAM (connection), NULL, error) ||
      !hear (G_IO_STREAM (connection), "EHLO localhost\r\n", error) ||
      !hear (G_IO_STREAM (connection), "STARTTLS\r\n", error))
    return FALSE;
  secure = g_tls_client_connection_new (G_IO_STREAM (connection), name, error);
  return secure != NULL &&
         g_tls_connection_handshake (G_TLS_CONNECTION (secure), NULL, error) &&
         hear (secure, "EHLO localhost\r\n", error) && say (secure, "QUIT\r\n", error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (argc == 2 && talk (argv[1], &error))
    return 0;
  g_printerr ("minimal-conversation: %s\n",
              error != NULL ? error->message : "which host?");
  return 1;
}
