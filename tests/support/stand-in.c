#include "config.h"

#include "support/stand-in.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const StandInPort ports[] = {
  { 465, "smtp", TRUE },
  { 587, "smtp", FALSE },
  { 993, "imap", TRUE },
  { 995, "pop", TRUE },
};

/* What may be bent, and how, for --help; the first word is looked up. */
static const char *const switches[][2] = {
  { "certificate", "CASE of make-certificates" },
  { "tls", "plain, garbage, alert, close, reset, silent, slow, endless, 1.0, 1.1, 1.2" },
  { "tls-delay", "MS before the handshake" },
  { "open", "silent, close, reset: in place of everything" },
  { "greeting", "busy, no-service, hosting, preauth, or a text with \\n" },
  { "ehlo", "rejected, later" },
  { "starttls", "missing, refused, temporary, close, silent, injected, plain" },
  { "mechanisms", "LIST in place of what is offered; may be empty" },
  { "logindisabled", "IMAP says so" },
  { "challenge", "endless" },
  { "refuse", "NAME: nobody gets in" },
  { "mail", "NAME: the answer to MAIL" },
  { "rcpt", "NAME: the answer to RCPT" },
  { "data", "NAME: the answer to a message" },
  { "lose", "messages are taken and never come" },
  { "language", "en, en-GB, de, is, hostile: names of folders" },
  { "play", "FILE: a dialogue, as dialogue.h describes" },
  { "spoil",
    "WHAT[@WHEN]: the reply becomes: close, reset, silent, half, binary, nul,"
    " bare-cr, bare-lf, cr-cr-lf, evil, alert, refusal, referral, long, early,"
    " endless-line, endless-lines, slow-line, slow-lines, literal, deep. WHEN is a"
    " number (1 is the greeting), a verb, or greeting, capabilities, inside,"
    " sign-in, mailbox, goodbye" },
  { "mark", "WORD in all that is said: greetings, offers, alerts, flags" },
  { "drip", "MS between two bytes" },
  { "delay", "MS before each reply and handshake" },
  { "user", "account:user=ADDRESS in place of zoe@gmail.com" },
  { "no-second-factor", "account: the main password is just wrong" },
  { "portal", "web: 302 (as if no value), 200 or 511: a sign-in page answers" },
  { "status", "web: CODE in place of 204" },
  { "mute", "web: never answers" },
  { "date", "web: SECONDS that its clock is ahead" },
  { "auth", "oauth: ERROR in the redirect; access_denied…" },
  { "page", "oauth: ERROR on a page of its own; admin_policy_enforced…" },
  { "token", "oauth: ERROR of the token endpoint for a code" },
  { "refresh", "oauth: ERROR for a refresh token" },
  { "revoke", "oauth: ERROR" },
  { "scope", "oauth: what is granted in place of what was asked" },
  { "state", "oauth: another one in the redirect" },
  { "iss", "oauth: another one in the redirect" },
  { "no-refresh-token", "oauth" },
  { "need-secret", "oauth: a client secret is asked for" },
  { "expires", "oauth: SECONDS" },
};

static char *certificates;
static char *secrets;
static char *log_path;
static char **bends;
static gboolean web_only;
static int only_port;

static const GOptionEntry entries[] = {
  { "certificates", 0, 0, G_OPTION_ARG_FILENAME, &certificates,
    "What make-certificates made", "DIRECTORY" },
  { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &secrets,
    "Where the files app-password, main-password… are", "DIRECTORY" },
  { "log", 0, 0, G_OPTION_ARG_FILENAME, &log_path, "Where to note each round trip",
    "FILE" },
  { "bend", 0, 0, G_OPTION_ARG_STRING_ARRAY, &bends,
    "Behave otherwise; as often as wanted", "WHERE:SWITCH[=VALUE]" },
  { "web-only", 0, 0, G_OPTION_ARG_NONE, &web_only, "Serve no mail", NULL },
  { "only", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &only_port, NULL, NULL },
  { NULL },
};

const char *
stand_in_bend (StandIn *self, const char *place, const char *what)
{
  g_autofree char *key = g_strdup_printf ("%s:%s", place, what);
  return g_hash_table_lookup (self->bends, key);
}

const char *
stand_in_secret (StandIn *self, const char *name)
{
  return g_hash_table_lookup (self->passwords, name);
}

GTlsCertificate *
stand_in_certificate (StandIn *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *chain = g_build_filename (self->certificates, name, "chain.pem", NULL);
  g_autofree char *key = g_build_filename (self->certificates, name, "key.pem", NULL);
  GTlsCertificate *found = g_tls_certificate_new_from_files (chain, key, &error);
  if (found == NULL)
    g_error ("%s", error->message);
  return found;
}

void
stand_in_note (StandIn *self, const char *who, const char *event, const char *text)
{
  if (self->log == NULL)
    return;
  g_mutex_lock (&self->lock);
  fprintf (self->log, "%" G_GINT64_FORMAT "\t%s\t%s\t%s\n",
           (g_get_monotonic_time () - self->start) / 1000, who, event, text);
  fflush (self->log);
  g_mutex_unlock (&self->lock);
}

static void
token_free (gpointer data)
{
  StandInToken *token = data;
  g_free (token->scope);
  g_free (token->user);
  g_free (token);
}

void
stand_in_keep_token (
  StandIn *self, const char *token, const char *user, const char *scope, int seconds)
{
  StandInToken *kept = g_new0 (StandInToken, 1);
  kept->user = g_strdup (user);
  kept->scope = g_strdup (scope);
  kept->expires = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->tokens, g_strdup (token), kept);
  g_mutex_unlock (&self->lock);
}

void
stand_in_drop_token (StandIn *self, const char *token)
{
  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->tokens, token);
  g_mutex_unlock (&self->lock);
}

/* Whether another process has to serve the port: GnuTLS knows one set of versions each.
 */
static const char *
other_version (Wire *wire)
{
  const char *tls = wire_bend (wire, "tls");
  return tls != NULL && g_str_has_prefix (tls, "1.") && only_port == 0 ? tls : NULL;
}

static gboolean
on_connection (G_GNUC_UNUSED GThreadedSocketService *service,
               GSocketConnection *connection,
               GObject *source,
               gpointer user_data)
{
  StandIn *self = user_data;
  Wire wire = { .stand_in = self, .connection = connection };
  wire.port = &ports[GPOINTER_TO_UINT (g_object_get_data (source, "row"))];
  wire.stream = g_object_ref (G_IO_STREAM (connection));
  wire.unread = g_string_new (NULL);
  wire.number = g_atomic_int_add (&self->connections, 1) + 1;
  g_autoptr (GSocketAddress) address =
    g_socket_connection_get_remote_address (connection, NULL);
  GInetAddress *peer =
    address != NULL ? g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))
                    : NULL;
  wire.peer = peer != NULL ? g_inet_address_to_string (peer) : g_strdup ("127.0.0.1");
  if (g_str_has_prefix (wire.peer, "::ffff:"))
    memmove (wire.peer, wire.peer + 7, strlen (wire.peer) - 6);
  wire_note (&wire, "open", wire.peer);

  const char *open = wire_bend (&wire, "open");
  gboolean plain = wire_is_bent (&wire, "tls", "plain");
  if (g_strcmp0 (open, "silent") == 0)
    wire_hang (&wire);
  else if (g_strcmp0 (open, "reset") == 0)
    wire_reset (&wire);
  else if (wire_bend (&wire, "play") != NULL)
    serve_dialogue (&wire, wire_bend (&wire, "play"));
  else if (open == NULL && (!wire.port->implicit || plain || wire_shake_hands (&wire)))
    {
      if (g_str_equal (wire.port->protocol, "smtp"))
        serve_smtp (&wire);
      else if (g_str_equal (wire.port->protocol, "imap"))
        serve_imap (&wire);
      else
        serve_pop (&wire);
    }
  wire_note (&wire, "close", "");
  g_io_stream_close (wire.stream, NULL, NULL);
  g_object_unref (wire.stream);
  g_string_free (wire.unread, TRUE);
  g_free (wire.peer);
  return TRUE;
}

static void
start_other (const StandInPort *port, const char *version, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) command = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (0);
  /* A library of today speaks the old ones only with hashes it no longer likes. */
  g_autofree char *priority = g_strdup_printf (
    "NORMAL:-VERS-ALL:+VERS-TLS%s:+SIGN-ALL:%%VERIFY_ALLOW_SIGN_WITH_SHA1", version);
  g_subprocess_launcher_setenv (launcher, "G_TLS_GNUTLS_PRIORITY", priority, TRUE);
  for (gsize i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (command, g_strdup (arguments[i]));
  g_ptr_array_add (command, g_strdup_printf ("--only=%u", port->number));
  g_ptr_array_add (command, NULL);
  g_autoptr (GSubprocess) other =
    g_subprocess_launcher_spawnv (launcher, (const char *const *) command->pdata, &error);
  if (other == NULL)
    g_error ("%s", error->message);
  /* It ends with the namespace; until then it is this one's child. */
  g_object_set_data_full (G_OBJECT (g_object_ref (other)), "launcher",
                          g_object_ref (launcher), g_object_unref);
}

static void
serve_mail (StandIn *self, GSocketService *service, char **arguments)
{
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (service), 128);
  for (gsize i = 0; i < G_N_ELEMENTS (ports); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GObject) source = g_object_new (G_TYPE_OBJECT, NULL);
      Wire wire = { .stand_in = self, .port = &ports[i] };
      const char *version = other_version (&wire);
      if (only_port != 0 && ports[i].number != only_port)
        continue;
      if (version != NULL)
        {
          start_other (&ports[i], version, arguments);
          continue;
        }
      g_object_set_data (source, "row", GUINT_TO_POINTER (i));
      if (!g_socket_listener_add_inet_port (G_SOCKET_LISTENER (service), ports[i].number,
                                            source, &error))
        g_error ("port %u: %s", ports[i].number, error->message);
    }
}

static gboolean
read_bends (StandIn *self)
{
  for (gsize i = 0; bends != NULL && bends[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (bends[i], "=", 2);
      const char *what = strchr (parts[0], ':');
      gboolean known = FALSE;
      for (gsize j = 0; what != NULL && j < G_N_ELEMENTS (switches); j++)
        known = known || g_str_equal (switches[j][0], what + 1);
      if (!known)
        {
          g_printerr ("stand-in: nothing is bent by “%s”\n", bends[i]);
          return FALSE;
        }
      g_hash_table_replace (self->bends, g_strdup (parts[0]),
                            g_strdup (parts[1] != NULL ? parts[1] : "yes"));
    }
  return TRUE;
}

/* As it is, and as it looks in the middle of what is base64, wherever it begins. */
static void
add_forms (StandIn *self, const char *secret)
{
  g_ptr_array_add (self->forms, g_strdup (secret));
  for (guint offset = 0; offset < 3; offset++)
    {
      g_autofree char *padded = g_strconcat ("xx" + 2 - offset, secret, NULL);
      g_autofree char *text =
        g_base64_encode ((const guchar *) padded, strlen (padded) / 3 * 3);
      g_ptr_array_add (self->forms, g_strdup (text + (offset > 0 ? 4 : 0)));
    }
}

static void
read_secrets (StandIn *self)
{
  const char *names[] = { "app-password", "main-password", "access-token",
                          "old-access-token", "refresh-token" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (secrets, names[i], NULL);
      char *text = NULL;
      if (g_file_get_contents (path, &text, NULL, NULL))
        {
          g_hash_table_insert (self->passwords, g_strdup (names[i]), g_strstrip (text));
          add_forms (self, text);
        }
    }
  if (stand_in_secret (self, "access-token") != NULL)
    stand_in_keep_token (self, stand_in_secret (self, "access-token"), "zoe@gmail.com",
                         "https://mail.google.com/", 24 * 60 * 60);
}

static StandIn *
stand_in_new (void)
{
  StandIn *self = g_new0 (StandIn, 1);
  self->certificates = certificates;
  self->bends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->passwords = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, token_free);
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->forms = g_ptr_array_new_with_free_func (g_free);
  self->start = g_get_monotonic_time ();
  self->log = log_path != NULL ? fopen (log_path, "a") : NULL;
  g_mutex_init (&self->lock);
  return self;
}

static char *
describe (void)
{
  GString *text =
    g_string_new ("WHERE is a port, smtp, imap, pop, mail (all of them), all,"
                  " account, web or oauth. Switches:\n");
  for (gsize i = 0; i < G_N_ELEMENTS (switches); i++)
    g_string_append_printf (text, "  %-18s%s\n", switches[i][0], switches[i][1]);
  g_string_append (text, "\nNames of refusals: --bend list");
  return g_string_free (text, FALSE);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("- plays Gmail");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_auto (GStrv) arguments = g_strdupv (argv);
  setlocale (LC_ALL, "");
  g_autofree char *description = describe ();
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, description);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("stand-in: %s\n", error->message);
      return 2;
    }
  if (bends != NULL && g_str_equal (bends[0], "list"))
    {
      refusals_list ();
      return 0;
    }
  if (certificates == NULL || secrets == NULL)
    {
      g_printerr ("stand-in: --certificates and --secrets are needed\n");
      return 2;
    }
  StandIn *self = stand_in_new ();
  if (!read_bends (self))
    return 2;
  read_secrets (self);
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (256);
  g_signal_connect (service, "run", G_CALLBACK (on_connection), self);
  if (!web_only)
    serve_mail (self, service, arguments);
  if (only_port == 0)
    {
      oauth_start (self);
      web_serve (self, FALSE);
      web_serve (self, TRUE);
    }
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}
