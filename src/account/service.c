#include "config.h"

#include "account/service.h"

static const struct
{
  const char *id;
  const char *name;
} PROTOCOLS[] = {
  [BARUA_PROTOCOL_SMTP] = { "smtp", "SMTP" },
  [BARUA_PROTOCOL_IMAP] = { "imap", "IMAP" },
  [BARUA_PROTOCOL_POP] = { "pop", "POP" },
};

const char *
barua_protocol_get_id (BaruaProtocol protocol)
{
  return PROTOCOLS[protocol].id;
}

const char *
barua_protocol_get_name (BaruaProtocol protocol)
{
  return PROTOCOLS[protocol].name;
}

gboolean
barua_protocol_from_id (const char *id, BaruaProtocol *protocol)
{
  g_return_val_if_fail (id != NULL && protocol != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (PROTOCOLS); i++)
    if (g_ascii_strcasecmp (id, PROTOCOLS[i].id) == 0)
      {
        *protocol = (BaruaProtocol) i;
        return TRUE;
      }
  return FALSE;
}

const char *
barua_security_get_id (BaruaSecurity security)
{
  return security == BARUA_SECURITY_STARTTLS ? "starttls" : "tls";
}

const char *
barua_host_kind_get_id (BaruaHostKind kind)
{
  switch (kind)
    {
    case BARUA_HOST_GMAIL:
      return "gmail";
    case BARUA_HOST_WORKSPACE:
      return "workspace";
    case BARUA_HOST_OTHER:
    case BARUA_HOST_UNKNOWN:
    default:
      return "other";
    }
}
