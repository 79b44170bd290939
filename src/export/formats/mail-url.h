#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaMailUrl:
 * @scheme: in lower case: "imaps", "smtps+plain"
 * @user: (nullable): the user name, decoded
 * @password: (nullable): a password that stands in it
 * @host: the server, without the brackets of an IPv6 address
 * @port: (nullable): the port, as it stands there
 * @path: what follows the host, without the first "/"; may be empty
 * @user_at: where the user name begins in the text; 0 if there is none
 * @user_length: how many bytes it has there
 * @password_at: where the password begins in the text
 * @password_length: how many bytes it has there
 * @host_at: where the host begins in the text
 * @port_at: where the port begins in the text; 0 if there is none
 *
 * A server and a user name in one line, as mutt and aerc have them:
 * "imaps://zoe%40gmail.com@imap.gmail.com:993/". The scheme stands at the beginning.
 */
typedef struct
{
  char *scheme;
  char *user;
  char *password;
  char *host;
  char *port;
  char *path;
  gsize user_at;
  gsize user_length;
  gsize password_at;
  gsize password_length;
  gsize host_at;
  gsize port_at;
} BaruaMailUrl;

/**
 * barua_mail_url_parse:
 * @text: (nullable): any text
 *
 * Takes user names with "@" too, as mutt does: the last one stands before the host.
 *
 * Returns: (transfer full) (nullable): its parts; %NULL if it is no such line
 */
BaruaMailUrl *barua_mail_url_parse (const char *text);

/**
 * barua_mail_url_free:
 * @self: (transfer full): a URL
 */
void barua_mail_url_free (BaruaMailUrl *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaMailUrl, barua_mail_url_free)

G_END_DECLS
