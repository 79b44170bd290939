#include "config.h"

#include "probe/tls-facts.h"

#include "base/text.h"
#include "probe/key-purpose.h"

#include <string.h>

/* The most characters of a distinguished name or one of its parts, and of a DNS name
 * (RFC 1035, 2.3.4), that are kept. */
#define NAME_CHARACTERS 300
#define PART_CHARACTERS 120
#define DNS_CHARACTERS 253

const char *
barua_tls_version_get_name (GTlsProtocolVersion version)
{
  switch (version)
    {
    case G_TLS_PROTOCOL_VERSION_SSL_3_0:
      return "SSL 3.0";
    case G_TLS_PROTOCOL_VERSION_TLS_1_0:
      return "TLS 1.0";
    case G_TLS_PROTOCOL_VERSION_TLS_1_1:
      return "TLS 1.1";
    case G_TLS_PROTOCOL_VERSION_TLS_1_2:
      return "TLS 1.2";
    case G_TLS_PROTOCOL_VERSION_TLS_1_3:
      return "TLS 1.3";
    case G_TLS_PROTOCOL_VERSION_DTLS_1_0:
    case G_TLS_PROTOCOL_VERSION_DTLS_1_2:
    case G_TLS_PROTOCOL_VERSION_UNKNOWN:
    default:
      return NULL;
    }
}

static gboolean
name_matches (const char *name, gsize length, const char *host)
{
  const char *rest = strchr (host, '.');

  if (length > 2 && name[0] == '*' && name[1] == '.')
    {
      if (rest == NULL || rest == host)
        return FALSE;
      name++;
      length--;
      host = rest;
    }
  return length == strlen (host) && g_ascii_strncasecmp (name, host, length) == 0;
}

gboolean
barua_tls_names_match (const GPtrArray *names, const char *host)
{
  g_return_val_if_fail (host != NULL, FALSE);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      gsize length = 0;
      const char *name = g_bytes_get_data (g_ptr_array_index (names, i), &length);

      if (name_matches (name, length, host))
        return TRUE;
    }
  return FALSE;
}

/* Where the value that begins at @p ends: RFC 4514, 3: at a "," or "+" that is neither
 * escaped nor quoted; ";" is what RFC 2253 allowed besides. */
static const char *
find_end (const char *p)
{
  gboolean quoted = FALSE;

  for (; *p != '\0'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      else if (*p == '"')
        quoted = !quoted;
      else if (!quoted && strchr (",+;", *p) != NULL)
        break;
    }
  return p;
}

static char *
unescape (const char *p, const char *end)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (; p < end; p++)
    {
      if (*p == '"')
        continue;
      if (*p == '\\' && end - p > 2 && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
        {
          int byte = g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2]);

          g_string_append_c (out, (char) byte);
          p += 2;
          continue;
        }
      if (*p == '\\' && end - p > 1)
        p++;
      g_string_append_c (out, *p);
    }
  return barua_text_one_line (out->str, (gssize) out->len, PART_CHARACTERS);
}

char *
barua_tls_name_dup_part (const char *name, const char *type)
{
  gsize length = strlen (type);

  for (const char *p = name; *p != '\0';)
    {
      const char *end = NULL;

      p += strspn (p, " ");
      end = find_end (p);
      if (g_ascii_strncasecmp (p, type, length) == 0 && p[length] == '=')
        return unescape (p + length + 1, end);
      p = *end != '\0' ? end + 1 : end;
    }
  return NULL;
}

static char **
dup_names (const GPtrArray *names)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; names != NULL && i < MIN (names->len, BARUA_TLS_NAMES_MAX); i++)
    {
      gsize length = 0;
      const char *name = g_bytes_get_data (g_ptr_array_index (names, i), &length);
      g_autofree char *text = barua_text_one_line (name, (gssize) length, DNS_CHARACTERS);

      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

static char *
dup_name (const char *name)
{
  return name == NULL ? NULL : barua_text_one_line (name, -1, NAME_CHARACTERS);
}

/* What people know a name by: @first, where there is one, else @second. */
static char *
dup_known (const char *name, const char *first, const char *second)
{
  char *known = NULL;

  if (name == NULL)
    return NULL;
  known = barua_tls_name_dup_part (name, first);
  return known != NULL ? known : barua_tls_name_dup_part (name, second);
}

BaruaCertificate *
barua_certificate_new (GTlsCertificate *certificate)
{
  BaruaCertificate *self = g_new0 (BaruaCertificate, 1);
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);
  g_autoptr (GPtrArray) names = g_tls_certificate_get_dns_names (certificate);
  g_autoptr (GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  self->subject = dup_name (subject);
  self->subject_name = dup_known (subject, "CN", "O");
  self->issuer = dup_name (issuer);
  self->issuer_name = dup_known (issuer, "O", "CN");
  self->names = dup_names (names);
  self->not_before = g_tls_certificate_get_not_valid_before (certificate);
  self->not_after = g_tls_certificate_get_not_valid_after (certificate);
  self->sha256 = g_compute_checksum_for_data (
    G_CHECKSUM_SHA256, der != NULL ? der->data : NULL, der != NULL ? der->len : 0);
  self->self_issued = g_strcmp0 (subject, issuer) == 0;
  return self;
}

static gboolean
is_for_servers (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  return der != NULL && barua_key_purpose_is_server (der->data, der->len);
}

BaruaTlsFacts *
barua_tls_facts_new_from_connection (GTlsConnection *connection, const char *host)
{
  GTlsCertificate *leaf = g_tls_connection_get_peer_certificate (connection);
  GTlsProtocolVersion version = g_tls_connection_get_protocol_version (connection);
  g_autoptr (BaruaTlsFacts) self = NULL;
  g_autoptr (GPtrArray) names = NULL;

  if (leaf == NULL)
    return NULL;
  self = barua_tls_facts_new ();
  self->version = g_strdup (barua_tls_version_get_name (version));
  self->cipher = g_tls_connection_get_ciphersuite_name (connection);
  self->errors = g_tls_connection_get_peer_certificate_errors (connection);
  names = g_tls_certificate_get_dns_names (leaf);
  if (!barua_tls_names_match (names, host))
    self->errors |= G_TLS_CERTIFICATE_BAD_IDENTITY;
  if (!is_for_servers (leaf))
    self->errors |= G_TLS_CERTIFICATE_GENERIC_ERROR;
  for (GTlsCertificate *item = leaf;
       item != NULL && self->chain->len < BARUA_TLS_CHAIN_MAX;
       item = g_tls_certificate_get_issuer (item))
    g_ptr_array_add (self->chain, barua_certificate_new (item));
  return g_steal_pointer (&self);
}
