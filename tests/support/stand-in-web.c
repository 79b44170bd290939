#include "config.h"

#include "support/stand-in.h"

#include <libsoup/soup.h>
#include <string.h>

/* A page as hotels have them. */
static const char portal_page[] =
  "<!DOCTYPE html><html><head><title>Welcome to the Hotel</title></head>"
  "<body><h1>Welcome</h1><form action=\"/accept\"><input name=\"room\">"
  "<button>Go online</button></form></body></html>";

static void
answer_portal (SoupServerMessage *message, const char *how)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  guint status = g_ascii_strtoull (how, NULL, 10);
  if (status == 0)
    status = SOUP_STATUS_FOUND;
  if (status == SOUP_STATUS_FOUND)
    soup_message_headers_replace (headers, "Location",
                                  "http://login.hotel.example/start?from=generate_204");
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, portal_page,
                                    sizeof portal_page - 1);
}

static void
set_date (SoupServerMessage *message, const char *ahead)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) shown =
    g_date_time_add_seconds (now, ahead != NULL ? g_ascii_strtod (ahead, NULL) : 0);
  g_autofree char *text = soup_date_time_to_string (shown, SOUP_DATE_HTTP);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Date", text);
}

static void
on_request (G_GNUC_UNUSED SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  StandIn *self = user_data;
  const char *portal = stand_in_bend (self, "web", "portal");
  const char *status = stand_in_bend (self, "web", "status");
  g_autofree char *asked =
    g_strdup_printf ("%s %s", soup_server_message_get_method (message), path);
  stand_in_note (self, "web", "command", asked);

  if (stand_in_bend (self, "web", "mute") != NULL)
    soup_server_message_pause (message);
  else if (portal != NULL)
    answer_portal (message, portal);
  else if (oauth_answer (self, message, path, query))
    return;
  else if (g_str_equal (path, "/generate_204"))
    {
      set_date (message, stand_in_bend (self, "web", "date"));
      soup_server_message_set_status (message,
                                      status != NULL ? g_ascii_strtoull (status, NULL, 10)
                                                     : SOUP_STATUS_NO_CONTENT,
                                      NULL);
    }
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
}

void
web_serve (StandIn *self, gboolean secure)
{
  g_autoptr (GError) error = NULL;
  /* Lives as long as the program. */
  SoupServer *server = soup_server_new ("server-header", "gws", NULL);
  const char *name = stand_in_bend (self, "web", "certificate");
  if (secure)
    {
      g_autoptr (GTlsCertificate) certificate =
        stand_in_certificate (self, name != NULL ? name : "good");
      soup_server_set_tls_certificate (server, certificate);
    }
  soup_server_add_handler (server, NULL, on_request, self, NULL);
  if (!soup_server_listen_all (server, secure ? 443 : 80,
                               secure ? SOUP_SERVER_LISTEN_HTTPS : 0, &error))
    g_error ("port %d: %s", secure ? 443 : 80, error->message);
}
