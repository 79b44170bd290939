#include "config.h"

#include "export/sheet.h"

#include <glib/gi18n.h>

static void
row_free (gpointer data)
{
  BaruaSheetRow *row = data;

  g_free (row->name);
  g_free (row->value);
  g_free (row);
}

BaruaSheetGroup *
barua_sheet_group_new (const char *title)
{
  BaruaSheetGroup *self = g_new0 (BaruaSheetGroup, 1);

  self->title = g_strdup (title);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  return self;
}

void
barua_sheet_group_free (BaruaSheetGroup *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  g_free (self->note);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

void
barua_sheet_group_add (BaruaSheetGroup *self,
                       const char *name,
                       const char *value,
                       gboolean is_exact)
{
  BaruaSheetRow *row = g_new0 (BaruaSheetRow, 1);

  row->name = g_strdup (name);
  row->value = g_strdup (value);
  row->is_exact = is_exact;
  g_ptr_array_add (self->rows, row);
}

static const char *
describe_protocol (BaruaProtocol protocol)
{
  switch (protocol)
    {
    case BARUA_PROTOCOL_SMTP:
      return _ ("Sending mail (SMTP)");
    case BARUA_PROTOCOL_IMAP:
      return _ ("Receiving mail (IMAP): it stays at Google, every device sees the same");
    case BARUA_PROTOCOL_POP:
    default:
      return _ ("Receiving mail (POP): it is fetched to this one computer");
    }
}

static const char *
describe_security (BaruaSecurity security)
{
  return security == BARUA_SECURITY_TLS ? _ ("SSL/TLS") : _ ("STARTTLS");
}

static BaruaSheetGroup *
describe_service (const BaruaService *service, const char *username)
{
  BaruaSheetGroup *group = barua_sheet_group_new (describe_protocol (service->protocol));
  g_autofree char *port = g_strdup_printf ("%u", service->port);

  barua_sheet_group_add (group, _ ("Server"), service->host, TRUE);
  barua_sheet_group_add (group, _ ("Port"), port, TRUE);
  barua_sheet_group_add (group, _ ("Encryption"), describe_security (service->security),
                         FALSE);
  barua_sheet_group_add (group, _ ("User name"),
                         username != NULL ? username : _ ("your whole address"),
                         username != NULL);
  barua_sheet_group_add (group, _ ("Password"),
                         _ ("an app password, or sign-in in the browser (OAuth2)"),
                         FALSE);
  return group;
}

static char *
describe_other_way (const BaruaService *service)
{
  /* Translators: a port number and a kind of encryption, as in “587” and “STARTTLS” */
  return g_strdup_printf (_ ("or port %u with %s, where a program or network needs it"),
                          service->port, describe_security (service->security));
}

GPtrArray *
barua_sheet_new (const BaruaService *services, gsize n_services, const char *username)
{
  GPtrArray *groups =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_sheet_group_free);

  g_return_val_if_fail (services != NULL || n_services == 0, groups);

  for (gsize i = 0; i < n_services; i++)
    {
      BaruaSheetGroup *last = groups->len > 0 ? groups->pdata[groups->len - 1] : NULL;

      if (last == NULL || services[i - 1].protocol != services[i].protocol)
        g_ptr_array_add (groups, describe_service (&services[i], username));
      else if (last->note == NULL)
        last->note = describe_other_way (&services[i]);
    }
  return groups;
}
