#include "config.h"

#include "export/sylph.h"

#include "account/folder.h"
#include "export/error.h"
#include "export/formats/folder-list.h"
#include "export/formats/markup.h"
#include "export/match.h"

#include <glib/gi18n.h>
#include <string.h>

#define GROUP "Account: "
#define LOCAL_NAME "Mailbox (MH)"
#define LOCAL_PATH "Mail"

/* More folders than a list is good for. */
#define FOLDERS_MAX 500
#define ACCOUNTS_MAX 10000

static const struct
{
  const char *type;
  const char *name;
} LOCAL_FOLDERS[] = {
  { "inbox", "inbox" }, { "outbox", "sent" }, { "draft", "draft" },
  { "queue", "queue" }, { "trash", "trash" },
};

static gboolean
read_number (const char *group, guint *number)
{
  guint64 read = 0;

  if (!g_str_has_prefix (group, GROUP) ||
      !g_ascii_string_to_unsigned (group + strlen (GROUP), 10, 1, ACCOUNTS_MAX, &read,
                                   NULL))
    return FALSE;
  *number = (guint) read;
  return TRUE;
}

static gboolean
is_for (const BaruaKeyFile *file, const char *group, const char *address)
{
  g_autofree char *host = barua_key_file_dup (file, group, "receive_server");
  g_autofree char *user = barua_key_file_dup (file, group, "user_id");

  return barua_match_login (host, user, address);
}

static void
find_group (BaruaSylphAccount *self, const char *address)
{
  g_auto (GStrv) groups = barua_key_file_list_groups (self->file);
  guint last = 0;
  guint accounts = 0;

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      guint number = 0;

      if (!read_number (groups[i], &number))
        continue;
      accounts++;
      last = MAX (last, number);
      if (self->is_there || !is_for (self->file, groups[i], address))
        continue;
      self->is_there = TRUE;
      self->number = number;
      self->group = g_strdup (groups[i]);
    }
  self->is_first = accounts == (self->is_there ? 1 : 0);
  if (self->is_there)
    return;
  self->number = last + 1;
  self->group = g_strdup_printf (GROUP "%u", self->number);
}

static char *
dup_path (const BaruaSylph *kind, const BaruaHome *home, const char *name)
{
  g_autofree char *below = g_build_filename (kind->place, name, NULL);

  return barua_home_dup_path (home, below);
}

gboolean
barua_sylph_account_open (BaruaSylphAccount *self,
                          const BaruaSylph *kind,
                          const BaruaHome *home,
                          BaruaPlan *plan,
                          const char *address,
                          GError **error)
{
  g_autofree char *path = dup_path (kind, home, "accountrc");
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &text, &length, error))
    return FALSE;
  self->path = g_steal_pointer (&path);
  self->file = barua_key_file_new (text, (gssize) length, &BARUA_KEY_FILE_GLIB);
  find_group (self, address);
  return TRUE;
}

void
barua_sylph_account_clear (BaruaSylphAccount *self)
{
  g_free (self->path);
  g_free (self->group);
  g_clear_pointer (&self->file, barua_key_file_free);
}

static void
put (BaruaSylphAccount *self, const char *key, const char *value)
{
  g_autofree char *there = barua_key_file_dup (self->file, self->group, key);

  if (g_strcmp0 (there, value) != 0)
    barua_key_file_set (self->file, self->group, key, value);
}

void
barua_sylph_account_put (BaruaSylphAccount *self,
                         const BaruaSylphSetting *settings,
                         gsize n_settings)
{
  for (gsize i = 0; i < n_settings; i++)
    put (self, settings[i].key, settings[i].value);
}

static gboolean
is_name_free (const BaruaSylphAccount *self, const char *name)
{
  g_auto (GStrv) groups = barua_key_file_list_groups (self->file);

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *taken = barua_key_file_dup (self->file, groups[i], "account_name");

      if (g_strcmp0 (taken, name) == 0)
        return FALSE;
    }
  return TRUE;
}

/* Two accounts of one name would share their folders. */
static char *
dup_free_name (const BaruaSylphAccount *self, const BaruaExportRequest *request)
{
  g_autofree char *label = barua_export_request_dup_label (request);
  char *name = g_strdup (label);

  for (guint i = 2; i < ACCOUNTS_MAX && !is_name_free (self, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s (%u)", label, i);
    }
  return name;
}

static void
put_person (BaruaSylphAccount *self, const BaruaExportRequest *request)
{
  g_autofree char *name = dup_free_name (self, request);
  const BaruaSylphSetting settings[] = {
    { "account_name", name },
    { "is_default", self->is_first ? "1" : "0" },
    { "name", barua_export_request_get_name (request) },
    { "address", request->account->address },
  };

  barua_sylph_account_put (self, settings, G_N_ELEMENTS (settings));
}

static void
put_server (BaruaSylphAccount *self,
            const char *key,
            const BaruaService *service,
            const char *word)
{
  g_autofree char *there = barua_key_file_dup (self->file, self->group, key);
  g_autofree char *port = g_strdup_printf ("%u", service->port);
  g_autofree char *ssl = g_strdup_printf ("ssl_%s", word);
  g_autofree char *has_port = g_strdup_printf ("set_%sport", word);
  g_autofree char *port_key = g_strdup_printf ("%s_port", word);
  const BaruaSylphSetting settings[] = {
    { ssl, service->security == BARUA_SECURITY_TLS ? "1" : "2" },
    { has_port, "1" },
    { port_key, port },
  };

  if (!barua_match_server (there, service->host))
    put (self, key, service->host);
  barua_sylph_account_put (self, settings, G_N_ELEMENTS (settings));
}

void
barua_sylph_account_begin (BaruaSylphAccount *self, const BaruaExportRequest *request)
{
  gboolean pop = request->incoming->protocol == BARUA_PROTOCOL_POP;
  g_autofree char *user = NULL;

  if (!self->is_there)
    put_person (self, request);
  put_server (self, "receive_server", request->incoming, pop ? "pop" : "imap");
  put_server (self, "smtp_server", request->outgoing, "smtp");
  user = barua_key_file_dup (self->file, self->group, "user_id");
  if (user == NULL || strchr (user, '@') == NULL)
    put (self, "user_id", request->account->address);
  put (self, "use_smtp_auth", "1");
  /* Unlike Gmail's own web pages, these would delete what they have fetched. */
  if (pop && !self->is_there)
    put (self, "remove_mail", "0");
}

void
barua_sylph_account_write (const BaruaSylphAccount *self,
                           const BaruaSylph *kind,
                           const BaruaExportRequest *request,
                           BaruaPlan *plan)
{
  gsize length = 0;
  g_autofree char *text = barua_key_file_dup_text (self->file, &length);
  g_autofree char *summary =
    /* Translators: an address, then the name of a mail program */
    g_strdup_printf (_ ("Put the account %s into the settings of %s."),
                     request->account->address, kind->name);

  barua_plan_write (plan, self->path, text, (gssize) length, BARUA_FILE_PRIVATE, summary);
}

/* One folder of the account: its path as people read it. */
typedef struct
{
  const BaruaFolder *folder;
  char *path;
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->path);
  g_free (item);
}

static gboolean
is_view (const BaruaFolder *folder)
{
  return barua_folder_has (folder, "\\All") || barua_folder_has (folder, "\\Important") ||
         barua_folder_has (folder, "\\Flagged");
}

static GPtrArray *
list_items (const BaruaExportRequest *request)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);
  const GPtrArray *folders = request->folders;

  for (guint i = 0; folders != NULL && i < folders->len && items->len < FOLDERS_MAX; i++)
    {
      const BaruaFolder *folder = folders->pdata[i];
      Item *item = NULL;

      if (is_view (folder) || g_ascii_strcasecmp (folder->name, "INBOX") == 0)
        continue;
      item = g_new0 (Item, 1);
      item->folder = folder;
      item->path = barua_folder_dup_title (folder->name);
      if (folder->separator != '\0')
        g_strdelimit (item->path, (char[]){ folder->separator, '\0' }, '/');
      g_ptr_array_add (items, item);
    }
  return items;
}

static const char *
get_type (const BaruaFolder *folder)
{
  if (barua_folder_has (folder, "\\Sent"))
    return "outbox";
  if (barua_folder_has (folder, "\\Drafts"))
    return "draft";
  return barua_folder_has (folder, "\\Trash") ? "trash" : "normal";
}

/* What of @path stands below @parent, and not deeper than one. */
static const char *
child_name (const char *path, const char *parent)
{
  gsize length = strlen (parent);

  if (length > 0 && (!g_str_has_prefix (path, parent) || path[length] != '/'))
    return NULL;
  if (length > 0)
    path += length + 1;
  return *path != '\0' && strchr (path, '/') == NULL ? path : NULL;
}

static void
add_items (GString *out, const GPtrArray *items, const char *parent, guint depth)
{
  for (guint i = 0; i < items->len; i++)
    {
      const Item *item = items->pdata[i];
      const char *child = child_name (item->path, parent);
      g_autofree char *name = child != NULL ? barua_markup_escape (child) : NULL;
      g_autofree char *path = NULL;
      gsize before = 0;

      if (child == NULL)
        continue;
      path = barua_markup_escape (item->path);
      g_string_append_printf (
        out, "%*s<folderitem type=\"%s\" name=\"%s\" path=\"%s\"%s", (int) depth * 4, "",
        get_type (item->folder), name, path,
        barua_folder_has (item->folder, "\\Noselect") ? " no_select=\"1\"" : "");
      before = out->len;
      g_string_append (out, ">\n");
      add_items (out, items, item->path, depth + 1);
      if (out->len > before + 2)
        g_string_append_printf (out, "%*s</folderitem>\n", (int) depth * 4, "");
      else
        {
          g_string_truncate (out, before);
          g_string_append (out, " />\n");
        }
    }
}

static char *
write_account_tree (const BaruaSylphAccount *self, const BaruaExportRequest *request)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) items = list_items (request);
  g_autofree char *label = barua_key_file_dup (self->file, self->group, "account_name");
  g_autofree char *name = barua_markup_escape (label != NULL ? label : "");

  g_string_append_printf (out,
                          "    <folder type=\"imap\" name=\"%s\" account_id=\"%u\">\n",
                          name, self->number);
  g_string_append (
    out, "        <folderitem type=\"inbox\" name=\"INBOX\" path=\"INBOX\" />\n");
  add_items (out, items, "", 2);
  g_string_append (out, "    </folder>\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
write_local_tree (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append (out, "    <folder type=\"mh\" name=\"" LOCAL_NAME
                        "\" path=\"" LOCAL_PATH "\">\n");
  for (gsize i = 0; i < G_N_ELEMENTS (LOCAL_FOLDERS); i++)
    g_string_append_printf (
      out, "        <folderitem type=\"%s\" name=\"%s\" path=\"%s\" />\n",
      LOCAL_FOLDERS[i].type, LOCAL_FOLDERS[i].name, LOCAL_FOLDERS[i].name);
  g_string_append (out, "    </folder>\n");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
make_local_folders (const BaruaHome *home, BaruaPlan *plan)
{
  for (gsize i = 0; i < G_N_ELEMENTS (LOCAL_FOLDERS); i++)
    {
      g_autofree char *below = g_build_filename (LOCAL_PATH, LOCAL_FOLDERS[i].name, NULL);
      g_autofree char *path = barua_home_dup_path (home, below);

      barua_plan_make_folder (plan, path, _ ("Make the folder for mail that lies here."));
    }
}

static BaruaFolderList *
read_list (
  const BaruaHome *home, const char *path, const char *text, gsize length, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  BaruaFolderList *list = barua_folder_list_new (text, length, &local_error);

  if (list == NULL)
    {
      g_autofree char *shown = barua_home_dup_shown (home, path);

      g_set_error (error, BARUA_EXPORT_ERROR, BARUA_EXPORT_ERROR_UNREADABLE,
                   _ ("“%s” cannot be understood and is left alone. Look at it, and move "
                      "it aside if it is damaged."),
                   shown);
    }
  return list;
}

static char *
write_list (const BaruaFolderList *list,
            const BaruaSylph *kind,
            const char *local,
            const char *account,
            gsize *length)
{
  g_autoptr (BaruaEdits) edits = NULL;

  if (list->text == NULL)
    {
      g_autoptr (GString) text =
        g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<folderlist");

      if (kind->version != NULL)
        g_string_append_printf (text, " config_version=\"%s\"", kind->version);
      g_string_append_printf (text, ">\n%s%s</folderlist>\n", local != NULL ? local : "",
                              account != NULL ? account : "");
      *length = text->len;
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
  edits = barua_edits_new (list->text, list->length);
  if (local != NULL)
    barua_folder_list_add (list, edits, local, TRUE);
  if (account != NULL)
    barua_folder_list_add (list, edits, account, FALSE);
  return barua_edits_apply (edits, length);
}

static void
save_copies_here (BaruaSylphAccount *self)
{
  g_autofree char *chosen =
    barua_key_file_dup (self->file, self->group, "set_sent_folder");

  if (g_strcmp0 (chosen, "1") != 0)
    barua_sylph_account_put (
      self,
      (const BaruaSylphSetting[]){
        { "set_sent_folder", "1" },
        /* Where there is none of that name, the first local one is taken. */
        { "sent_folder", "#mh/" LOCAL_NAME "/sent" },
      },
      2);
}

gboolean
barua_sylph_plan_copies (BaruaSylphAccount *self,
                         const BaruaSylph *kind,
                         const BaruaHome *home,
                         BaruaPlan *plan,
                         const char *file,
                         GError **error)
{
  g_autofree char *path = dup_path (kind, home, file);
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;
  g_autofree char *saves = NULL;
  g_autoptr (BaruaKeyFile) settings = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &text, &length, error))
    return FALSE;
  settings = barua_key_file_new (text, (gssize) length, &BARUA_KEY_FILE_GLIB);
  saves = barua_key_file_dup (settings, "Common", "save_message");
  if (g_strcmp0 (saves, "0") == 0)
    return TRUE;
  if (!self->is_first)
    {
      save_copies_here (self);
      return TRUE;
    }
  if (text == NULL && kind->version != NULL)
    barua_key_file_set (settings, "Common", "config_version", kind->version);
  barua_key_file_set (settings, "Common", "save_message", "0");
  after = barua_key_file_dup_text (settings, &length);
  barua_plan_write (
    plan, path, after, (gssize) length, BARUA_FILE_PRIVATE,
    _ ("Keep sent mail from being saved a second time: Gmail does that."));
  return TRUE;
}

gboolean
barua_sylph_plan_folders (const BaruaSylphAccount *self,
                          const BaruaSylph *kind,
                          const BaruaExportRequest *request,
                          const BaruaHome *home,
                          BaruaPlan *plan,
                          GError **error)
{
  g_autofree char *path = dup_path (kind, home, "folderlist.xml");
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;
  g_autofree char *local = NULL;
  g_autofree char *account = NULL;
  g_autoptr (BaruaFolderList) list = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &text, &length, error))
    return FALSE;
  list = read_list (home, path, text, length, error);
  if (list == NULL)
    return FALSE;
  if (barua_folder_list_find (list, "mh", 0) == NULL)
    {
      local = write_local_tree ();
      make_local_folders (home, plan);
    }
  if (request->incoming->protocol == BARUA_PROTOCOL_IMAP &&
      barua_folder_list_find (list, "imap", self->number) == NULL)
    account = write_account_tree (self, request);
  if (account != NULL && request->folders == NULL)
    barua_plan_add_note (
      plan, _ ("The account’s folders are not known, so only the inbox is set up. Try "
               "again when the servers can be reached."));
  if (local == NULL && account == NULL)
    return TRUE;
  after = write_list (list, kind, local, account, &length);
  barua_plan_write (plan, path, after, (gssize) length, BARUA_FILE_PRIVATE,
                    _ ("Put the account’s folders into the list of folders."));
  return TRUE;
}

gboolean
barua_sylph_has_account (const BaruaSylph *kind,
                         const BaruaHome *home,
                         const char *address)
{
  g_auto (BaruaSylphAccount) account = { 0 };
  g_autoptr (BaruaPlan) plan = barua_plan_new (kind->name);

  return barua_sylph_account_open (&account, kind, home, plan, address, NULL) &&
         account.is_there;
}
