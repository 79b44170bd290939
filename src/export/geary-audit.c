#include "config.h"

#include "export/geary.h"

#include "export/gnome.h"

#include <string.h>

#define CLIENT "geary"
#define FILE_NAME "geary.ini"
#define ACCOUNTS_MAX 200

/* One account's file. */
typedef struct
{
  const char *path;
  BaruaKeyFile *file;
  GPtrArray *texts;
  GPtrArray *faults;
} Look;

static const char *
write_security (BaruaSecurityKind kind)
{
  switch (kind)
    {
    case BARUA_SECURITY_KIND_TLS:
      return "transport";
    case BARUA_SECURITY_KIND_STARTTLS:
      return "start-tls";
    case BARUA_SECURITY_KIND_NONE:
      return "none";
    case BARUA_SECURITY_KIND_UNSAID:
    default:
      return NULL;
    }
}

static BaruaSecurityKind
read_security (const char *text)
{
  if (g_strcmp0 (text, "transport") == 0)
    return BARUA_SECURITY_KIND_TLS;
  if (g_strcmp0 (text, "start-tls") == 0)
    return BARUA_SECURITY_KIND_STARTTLS;
  return g_strcmp0 (text, "none") == 0 ? BARUA_SECURITY_KIND_NONE
                                       : BARUA_SECURITY_KIND_UNSAID;
}

/* For Gmail by name Geary has the servers in itself, whatever the file says of them. */
static void
put_builtin (BaruaSetServer *server, gboolean is_imap)
{
  const BaruaValue host = { .key = "host",
                            .text = is_imap ? "imap.gmail.com" : "smtp.gmail.com" };
  const BaruaValue port = { .key = "port" };
  const BaruaValue security = { .key = "transport_security" };

  server->host = host;
  server->port = port;
  server->security = security;
  server->security_kind = BARUA_SECURITY_KIND_TLS;
}

static BaruaSetServer
audit_server (const Look *self, const char *group, gboolean is_builtin)
{
  gboolean is_imap = strcmp (group, "Incoming") == 0;
  BaruaValue credentials =
    barua_gnome_value (self->file, group, "credentials", self->texts);
  BaruaSetServer server = {
    .client = CLIENT,
    .file = self->path,
    .protocol = is_imap ? BARUA_PROTOCOL_IMAP : BARUA_PROTOCOL_SMTP,
    .host = barua_gnome_value (self->file, group, "host", self->texts),
    .port = barua_gnome_value (self->file, group, "port", self->texts),
    .default_port = is_imap ? 993 : 465,
    .security = barua_gnome_value (self->file, group, "transport_security", self->texts),
    .user = barua_gnome_value (self->file, group, "login", self->texts),
    .authentication = credentials,
    .write_security = write_security,
    .quote = barua_key_file_escape,
  };

  server.security_kind = read_security (server.security.text);
  if (is_builtin)
    put_builtin (&server, is_imap);
  /* Without credentials of its own the login that stands there says nothing. */
  if (!is_imap && (is_builtin || g_strcmp0 (credentials.text, "custom") != 0))
    server.user.text = NULL;
  barua_audit_server (&server, self->faults);
  return server;
}

static void
audit_file (const Look *self)
{
  gboolean is_builtin =
    barua_gnome_equals (self->file, "Account", "service_provider", "gmail");
  BaruaValue sent = barua_gnome_value (self->file, "Account", "save_sent", self->texts);
  BaruaSetServer incoming = { 0 };
  BaruaSetServer outgoing = { 0 };

  if (!is_builtin &&
      !barua_gnome_equals (self->file, "Account", "service_provider", "other"))
    return;
  incoming = audit_server (self, "Incoming", is_builtin);
  outgoing = audit_server (self, "Outgoing", is_builtin);
  if (is_builtin)
    return;
  if (g_strcmp0 (outgoing.authentication.text, "none") == 0 &&
      barua_audit_is_gmail (outgoing.host.text, NULL))
    barua_gnome_add_unsigned (self->faults, CLIENT, self->path, &outgoing.authentication,
                              "use-incoming");
  if (g_strcmp0 (sent.text, "true") == 0 &&
      barua_audit_is_gmail (incoming.host.text, NULL))
    barua_audit_add_sent_copy (self->faults, CLIENT, self->path, &sent, "false", "false");
}

void
barua_geary_audit (const BaruaHome *home, GPtrArray *faults)
{
  g_autofree char *place =
    barua_gnome_find_place (home, "geary", "org.gnome.Geary", "geary", NULL);
  g_autoptr (GDir) folder = g_dir_open (place, 0, NULL);
  const char *name = NULL;

  for (guint i = 0; folder != NULL && i < ACCOUNTS_MAX; i++)
    {
      g_autofree char *path = NULL;
      g_autoptr (BaruaKeyFile) file = NULL;
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

      name = g_dir_read_name (folder);
      if (name == NULL)
        break;
      path = g_build_filename (place, name, FILE_NAME, NULL);
      file = barua_gnome_look (path);
      if (file != NULL && !barua_gnome_equals (file, "Metadata", "status", "removed"))
        audit_file (&(Look){ path, file, texts, faults });
    }
}
