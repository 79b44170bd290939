#include "config.h"

#include "export/formats/mail-url.h"

#include <string.h>

#define SCHEME_LETTERS G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "+-."

static char *
decode (const char *text, gsize length)
{
  g_autofree char *raw = g_strndup (text, length);
  char *decoded = g_uri_unescape_string (raw, NULL);

  return decoded != NULL ? decoded : g_steal_pointer (&raw);
}

static void
read_user (BaruaMailUrl *self, const char *text, gsize begin, gsize end)
{
  const char *colon = memchr (text + begin, ':', end - begin);
  gsize user_end = colon != NULL ? (gsize) (colon - text) : end;

  self->user_at = begin;
  self->user_length = user_end - begin;
  self->user = decode (text + begin, user_end - begin);
  if (colon == NULL)
    return;
  self->password_at = user_end + 1;
  self->password_length = end - user_end - 1;
  self->password = decode (text + user_end + 1, self->password_length);
}

static void
read_host (BaruaMailUrl *self, const char *text, gsize begin, gsize end)
{
  gboolean brackets = begin < end && text[begin] == '[';
  const char *close = brackets ? memchr (text + begin, ']', end - begin) : NULL;
  gsize from = close != NULL ? (gsize) (close - text) : begin;
  const char *colon = memchr (text + from, ':', end - from);
  gsize host_end = colon != NULL ? (gsize) (colon - text) : end;

  self->host_at = begin;
  self->host = close != NULL ? g_strndup (text + begin + 1, from - begin - 1)
                             : g_strndup (text + begin, host_end - begin);
  if (colon == NULL || host_end + 1 == end)
    return;
  self->port_at = host_end + 1;
  self->port = g_strndup (text + host_end + 1, end - host_end - 1);
}

BaruaMailUrl *
barua_mail_url_parse (const char *text)
{
  gsize scheme = text != NULL ? strspn (text, SCHEME_LETTERS) : 0;
  BaruaMailUrl *self = NULL;
  const char *at = NULL;
  gsize begin = 0;
  gsize end = 0;

  if (scheme == 0 || !g_str_has_prefix (text + scheme, "://"))
    return NULL;
  begin = scheme + strlen ("://");
  end = begin + strcspn (text + begin, "/?");
  if (begin == end)
    return NULL;
  self = g_new0 (BaruaMailUrl, 1);
  self->scheme = g_ascii_strdown (text, (gssize) scheme);
  self->path = g_strdup (text[end] == '/' ? text + end + 1 : text + end);
  at = g_strrstr_len (text + begin, (gssize) (end - begin), "@");
  if (at != NULL)
    {
      read_user (self, text, begin, (gsize) (at - text));
      begin = (gsize) (at - text) + 1;
    }
  read_host (self, text, begin, end);
  return self;
}

void
barua_mail_url_free (BaruaMailUrl *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->scheme);
  g_free (self->user);
  g_free (self->password);
  g_free (self->host);
  g_free (self->port);
  g_free (self->path);
  g_free (self);
}
