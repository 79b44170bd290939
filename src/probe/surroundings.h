#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaWeb:
 * @BARUA_WEB_UNKNOWN: not asked, or the answer did not come in time
 * @BARUA_WEB_OPEN: the page that answers "204 No Content" did so
 * @BARUA_WEB_PORTAL: something else answered in its place: a sign-in page
 * @BARUA_WEB_CLOSED: nothing answered, though the name was found
 *
 * What the web looks like from here.
 */
typedef enum
{
  BARUA_WEB_UNKNOWN,
  BARUA_WEB_OPEN,
  BARUA_WEB_PORTAL,
  BARUA_WEB_CLOSED,
} BaruaWeb;

/**
 * BaruaSurroundings:
 * @route_ipv4: whether packets to the internet have a way out over IPv4
 * @route_ipv6: whether they have one over IPv6
 * @name_server_answers: whether the name of the page asked was found
 * @web: what the web looks like
 * @portal: (nullable): the host of the sign-in page, if it said so; printable, never
 * contacted
 * @clock_known: whether another clock was seen (the Date header of the page)
 * @clock_offset: how many seconds this machine's clock is ahead of it; negative when
 * behind
 * @ms: how long it took to look around
 *
 * What is true of this machine's network and clock, whatever the mail servers say.
 */
typedef struct
{
  gboolean route_ipv4;
  gboolean route_ipv6;
  gboolean name_server_answers;
  BaruaWeb web;
  char *portal;
  gboolean clock_known;
  gint64 clock_offset;
  gint64 ms;
} BaruaSurroundings;

/**
 * barua_surroundings_look_async:
 * @timeout_ms: how long it may take in all
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Looks around: whether there is a way out (a UDP socket is connected, which sends
 * nothing), and what http://connectivitycheck.gstatic.com/generate_204 answers: Google's
 * own page for finding sign-in pages. No redirect is followed, no cookie kept, no body
 * read beyond a few kilobytes. Without a way out nothing is asked and the answer is there
 * at once.
 */
void barua_surroundings_look_async (guint timeout_ms,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/**
 * barua_surroundings_look_finish:
 * @result: what @callback was given
 * @error: %G_IO_ERROR_CANCELLED, and nothing else
 *
 * Returns: (transfer full) (nullable): what was seen; free with barua_surroundings_free()
 */
BaruaSurroundings *barua_surroundings_look_finish (GAsyncResult *result, GError **error);

/**
 * barua_surroundings_ask_async:
 * @url: a page over http that answers "204 No Content"
 * @timeout_ms: how long it may take in all
 * @cancellable: (nullable): ends it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Asks for one page, directly: no proxy, no redirect, no cookie, no body.
 */
void barua_surroundings_ask_async (const char *url,
                                   guint timeout_ms,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * barua_surroundings_ask_finish:
 * @result: what the callback was given
 * @error: %G_IO_ERROR_CANCELLED, and nothing else
 *
 * Returns: (transfer full) (nullable): surroundings in which all that the page tells is
 *   filled in
 */
BaruaSurroundings *barua_surroundings_ask_finish (GAsyncResult *result, GError **error);

/**
 * barua_surroundings_read_answer:
 * @surroundings: takes what the answer tells
 * @status: the status code
 * @location: (nullable): where a redirect leads
 * @date: (nullable): the Date header
 * @has_body: whether there is more than an empty body
 * @now: this machine's clock, in seconds since 1970
 *
 * What an answer means. Pure.
 */
void barua_surroundings_read_answer (BaruaSurroundings *surroundings,
                                     guint status,
                                     const char *location,
                                     const char *date,
                                     gboolean has_body,
                                     gint64 now);

/**
 * barua_surroundings_free:
 * @self: (transfer full): surroundings
 */
void barua_surroundings_free (BaruaSurroundings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaSurroundings, barua_surroundings_free)

G_END_DECLS
