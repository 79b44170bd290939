#include "config.h"

#include "export/exporters.h"

#include "export/gnome.h"
#include "export/match.h"

#include <glib/gi18n.h>
#include <string.h>

#define NAME "Balsa"
#define SCHEMA "org.gnome.Balsa.NetworkPassword"
#define NUMBERS_MAX 1000

static const char *const LOCAL_MAILBOXES[] = { "Outbox", "Sentbox", "Draftbox", "Trash" };

/* Both files of Balsa's: user names stand in the private one. */
typedef struct
{
  const BaruaExportRequest *request;
  const BaruaHome *home;
  BaruaPlan *plan;
  char *path;
  char *private_path;
  BaruaKeyFile *file;
  BaruaKeyFile *private_file;
  gboolean is_new;
} Balsa;

static void
balsa_clear (Balsa *self)
{
  g_free (self->path);
  g_free (self->private_path);
  g_clear_pointer (&self->file, barua_key_file_free);
  g_clear_pointer (&self->private_file, barua_key_file_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Balsa, balsa_clear)

static void
find_place (Balsa *self)
{
  g_autofree char *usual = barua_home_dup_path (self->home, ".balsa/config");
  g_autofree char *newer = barua_home_dup_config_path (self->home, "balsa/config");
  const char *const paths[] = { usual, newer, NULL };

  self->path = g_strdup (barua_home_first (self->home, paths));
  self->private_path = g_strconcat (self->path, "-private", NULL);
}

static char *
dup_user (const Balsa *self, const char *group)
{
  char *user = self->private_file != NULL
                 ? barua_gnome_dup (self->private_file, group, "Username")
                 : NULL;

  return user != NULL ? user : barua_gnome_dup (self->file, group, "Username");
}

/* Whether a group leads to Google, and there to that account. */
static gboolean
is_server_for (const Balsa *self, const char *group, const char *address)
{
  g_autofree char *server = barua_gnome_dup (self->file, group, "Server");
  g_autofree char *user = dup_user (self, group);

  if (server == NULL)
    return FALSE;
  server[strcspn (server, ":")] = '\0';
  return barua_match_login (server, user, address);
}

static char *
find_server (const Balsa *self, const char *prefix, const char *address)
{
  g_auto (GStrv) groups = barua_key_file_list_groups (self->file);

  for (gsize i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], prefix) && is_server_for (self, groups[i], address))
      return g_strdup (groups[i]);
  return NULL;
}

static char *
dup_free_group (const Balsa *self, const char *prefix, guint first)
{
  for (guint i = first; i < NUMBERS_MAX; i++)
    {
      g_autofree char *group = g_strdup_printf ("%s%u", prefix, i);

      if (!barua_key_file_has_group (self->file, group))
        return g_steal_pointer (&group);
    }
  return g_strdup_printf ("%s%u", prefix, (guint) NUMBERS_MAX);
}

static void
keep_password (const Balsa *self, const char *group, const BaruaService *service)
{
  g_autofree char *server = barua_gnome_dup (self->file, group, "Server");
  const char *protocol = service->protocol == BARUA_PROTOCOL_POP
                           ? "pop3"
                           : barua_protocol_get_id (service->protocol);

  if (!barua_export_request_uses_password (self->request))
    return;
  barua_gnome_keep_password (self->plan, NAME,
                             &(BaruaKeyringItem){
                               .schema = SCHEMA,
                               .label = "Balsa passwords",
                               .attributes = barua_gnome_attributes (
                                 "protocol", protocol, "server", server, "user",
                                 self->request->account->address, NULL),
                             });
}

static void
put_server (const Balsa *self, const char *group, const BaruaService *service)
{
  g_autofree char *there = barua_gnome_dup (self->file, group, "Server");
  g_autofree char *server = NULL;
  gboolean starttls = service->security == BARUA_SECURITY_STARTTLS;
  const BaruaGnomeSetting user = { group, "Username", self->request->account->address };

  if (there != NULL)
    there[strcspn (there, ":")] = '\0';
  server = g_strdup_printf (
    "%s:%u", barua_match_server (there, service->host) ? there : service->host,
    (guint) service->port);
  barua_gnome_put (self->file,
                   (const BaruaGnomeSetting[]){
                     { group, "Server", server },
                     { group, "Security", starttls ? "2" : "1" },
                     { group, "AuthMode", "2" },
                     { group, "Anonymous", "false" },
                     { group, "RememberPasswd", "true" },
                   },
                   5);
  barua_gnome_put (self->private_file, &user, 1);
}

static gboolean
fetches_by (const Balsa *self, const char *group)
{
  g_autofree char *type = barua_gnome_dup (self->file, group, "Type");

  if (self->request->incoming->protocol == BARUA_PROTOCOL_POP)
    return g_strcmp0 (type, "LibBalsaMailboxPOP3") == 0;
  return g_strcmp0 (type, "LibBalsaImapFolder") == 0 ||
         g_strcmp0 (type, "LibBalsaMailboxImap") == 0;
}

/* The folder and single mailboxes of it can be there side by side. */
static guint
update_incoming (const Balsa *self)
{
  g_auto (GStrv) groups = barua_key_file_list_groups (self->file);
  guint found = 0;

  for (gsize i = 0; groups[i] != NULL; i++)
    if (fetches_by (self, groups[i]) &&
        is_server_for (self, groups[i], self->request->account->address))
      {
        put_server (self, groups[i], self->request->incoming);
        if (found++ == 0)
          keep_password (self, groups[i], self->request->incoming);
      }
  return found;
}

static void
add_incoming (const Balsa *self)
{
  gboolean is_pop = self->request->incoming->protocol == BARUA_PROTOCOL_POP;
  g_autofree char *group = dup_free_group (self, is_pop ? "mailbox-" : "folder-", 1);
  const BaruaGnomeSetting new_ones[] = {
    { group, "Type", is_pop ? "LibBalsaMailboxPOP3" : "LibBalsaImapFolder" },
    { group, "Name", self->request->account->address },
    { group, "Subscribed", is_pop ? NULL : "false" },
    { group, "ListInbox", is_pop ? NULL : "true" },
    { group, "Check", is_pop ? "true" : NULL },
    { group, "Delete", is_pop ? "false" : NULL },
  };

  barua_gnome_put_missing (self->file, new_ones, G_N_ELEMENTS (new_ones));
  put_server (self, group, self->request->incoming);
  keep_password (self, group, self->request->incoming);
}

static char *
find_identity (const Balsa *self)
{
  g_auto (GStrv) groups = barua_key_file_list_groups (self->file);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *address = barua_gnome_dup (self->file, groups[i], "Address");

      if (g_str_has_prefix (groups[i], "identity-") &&
          barua_gnome_same_mailbox (address, self->request->account->address))
        return g_strdup (groups[i]);
    }
  return NULL;
}

/* Returns the name of the server for sending: the group's without "smtp-server-". */
static char *
put_outgoing (const Balsa *self)
{
  static const char PREFIX[] = "smtp-server-";
  g_autofree char *key = barua_export_request_dup_key (self->request);
  g_autofree char *group = find_server (self, PREFIX, self->request->account->address);

  if (group == NULL)
    group = g_strconcat (PREFIX, key, NULL);
  for (guint i = 2; i < NUMBERS_MAX && barua_key_file_has_group (self->file, group) &&
                    !is_server_for (self, group, self->request->account->address);
       i++)
    {
      g_free (group);
      group = g_strdup_printf ("%s%s-%u", PREFIX, key, i);
    }
  put_server (self, group, self->request->outgoing);
  keep_password (self, group, self->request->outgoing);
  return g_strdup (group + strlen (PREFIX));
}

static void
put_identity (const Balsa *self, const char *smtp)
{
  g_autofree char *there = find_identity (self);
  g_autofree char *group =
    there != NULL ? g_strdup (there) : dup_free_group (self, "identity-", 0);
  const char *name = self->request->account->name;
  const BaruaGnomeSetting new_ones[] = {
    { group, "FullName", barua_export_request_get_name (self->request) },
    { group, "Address", self->request->account->address },
    { "identity", "CurrentIdentity", group + strlen ("identity-") },
  };
  const BaruaGnomeSetting settings[] = {
    { group, "FullName", name != NULL && *name != '\0' ? name : NULL },
    { group, "SmtpServer", smtp },
  };

  barua_gnome_put_missing (self->file, new_ones, G_N_ELEMENTS (new_ones));
  barua_gnome_put (self->file, settings, G_N_ELEMENTS (settings));
}

static void
put_local_mailbox (const Balsa *self, const char *folder, const char *name)
{
  g_autofree char *group = g_strconcat ("mailbox-", name, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *later = barua_home_dup_later (self->home, path);
  const BaruaGnomeSetting settings[] = {
    { group, "Type", "LibBalsaMailboxMbox" },
    { group, "Name", name },
    { group, "Path", later },
  };

  if (barua_key_file_has_group (self->file, group))
    return;
  barua_gnome_put (self->file, settings, G_N_ELEMENTS (settings));
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    barua_plan_write (self->plan, path, "", 0, BARUA_FILE_PRIVATE,
                      _ ("Make a mailbox on this computer that Balsa needs."));
}

/* The inbox that Balsa opens and looks into is the account's own. */
static void
put_inbox (const Balsa *self)
{
  const BaruaGnomeSetting settings[] = {
    { "mailbox-Inbox", "Type", "LibBalsaMailboxImap" },
    { "mailbox-Inbox", "Name", "Inbox" },
    { "mailbox-Inbox", "Path", "INBOX" },
  };

  if (barua_key_file_has_group (self->file, "mailbox-Inbox"))
    return;
  barua_gnome_put (self->file, settings, G_N_ELEMENTS (settings));
  put_server (self, "mailbox-Inbox", self->request->incoming);
}

/* What the assistant would ask for at the first start. */
static void
put_basis (const Balsa *self)
{
  g_autofree char *folder = barua_home_dup_path (self->home, "mail");
  g_autofree char *later = barua_home_dup_later (self->home, folder);
  const BaruaGnomeSetting mail = { "Globals", "MailDir", later };
  const BaruaGnomeSetting rest[] = {
    { "Sending", "CopyToSentbox", "0" },
    { "Notifications", "GtkUIManager", "true" },
    { "Notifications", "LibBalsaAddressView", "true" },
  };

  barua_gnome_put (self->file, &mail, 1);
  if (self->request->incoming->protocol == BARUA_PROTOCOL_POP)
    put_local_mailbox (self, folder, "Inbox");
  else
    put_inbox (self);
  for (gsize i = 0; i < G_N_ELEMENTS (LOCAL_MAILBOXES); i++)
    put_local_mailbox (self, folder, LOCAL_MAILBOXES[i]);
  barua_gnome_put (self->file, rest, G_N_ELEMENTS (rest));
}

static gboolean
open_files (Balsa *self, GError **error)
{
  find_place (self);
  self->file = barua_gnome_read (self->plan, self->path, error);
  if (self->file == NULL)
    return FALSE;
  self->private_file = barua_gnome_read (self->plan, self->private_path, error);
  self->is_new = !barua_key_file_has_group (self->file, "Globals");
  return self->private_file != NULL;
}

static void
ask (const Balsa *self)
{
  if (barua_export_request_uses_token (self->request))
    barua_plan_add_question (
      self->plan, _ ("Balsa cannot sign in with access tokens. It asks for an app "
                     "password when it connects for the first time."));
  else if (!barua_export_request_uses_password (self->request))
    barua_gnome_ask_password (self->plan, NAME);
}

static gboolean
plan (const BaruaExportRequest *request,
      const BaruaHome *home,
      BaruaPlan *plan,
      GError **error)
{
  g_auto (Balsa) self = { .request = request, .home = home, .plan = plan };
  g_autofree char *smtp = NULL;
  guint found = 0;

  if (!open_files (&self, error))
    return FALSE;
  found = update_incoming (&self);
  if (self.is_new)
    put_basis (&self);
  if (found == 0)
    add_incoming (&self);
  smtp = put_outgoing (&self);
  put_identity (&self, smtp);
  barua_gnome_write (plan, self.path, self.file, BARUA_FILE_PRIVATE,
                     _ ("Set up the account in Balsa."));
  barua_gnome_write (plan, self.private_path, self.private_file, BARUA_FILE_PRIVATE,
                     _ ("Tell Balsa the user name."));
  ask (&self);
  return TRUE;
}

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  g_auto (Balsa) self = { .home = home };
  g_autofree char *imap = NULL;
  g_autofree char *pop = NULL;

  find_place (&self);
  self.file = barua_gnome_look (self.path);
  self.private_file = barua_gnome_look (self.private_path);
  if (self.file == NULL)
    return FALSE;
  imap = find_server (&self, "folder-", address);
  pop = find_server (&self, "mailbox-", address);
  return imap != NULL || pop != NULL;
}

static const char *const COMMANDS[] = { "balsa", NULL };
static const char *const DESKTOP_IDS[] = { "org.desktop.Balsa", NULL };
static const char *const PACKAGES[] = { "balsa", NULL };

const BaruaExporter barua_exporter_balsa = {
  .id = "balsa",
  .name = NAME,
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_SENDING |
         BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_CLOSED | BARUA_EXPORTS_GRAPHICAL,
  .commands = COMMANDS,
  .desktop_ids = DESKTOP_IDS,
  .packages = PACKAGES,
  .has_account = has_account,
  .plan = plan,
};
