#include "config.h"

#include "credentials/online-account.h"

#include "account/address.h"
#include "base/text.h"
#include "credentials/bus.h"
#include "credentials/error.h"

#include <string.h>

#define BUS_NAME "org.gnome.OnlineAccounts"
#define MANAGER_PATH "/org/gnome/OnlineAccounts"
#define ACCOUNT_INTERFACE "org.gnome.OnlineAccounts.Account"
#define MAIL_INTERFACE "org.gnome.OnlineAccounts.Mail"
#define TOKEN_INTERFACE "org.gnome.OnlineAccounts.OAuth2Based"
#define ACCOUNTS_PATH MANAGER_PATH "/Accounts/"

/* Long enough for the service to ask Google on a slow network. */
#define CALL_MS 60000
#define TOKEN_MAX 16384

/* What is longer is nobody's name, and would only fill the list of accounts. */
#define ID_MAX 255
#define FULL_NAME_MAX 200

void
barua_online_account_free (BaruaOnlineAccount *self)
{
  g_free (self->id);
  g_free (self->address);
  g_free (self->name);
  g_free (self);
}

static char *
dup_property (GVariant *interfaces, const char *interface, const char *property)
{
  g_autoptr (GVariant) properties =
    g_variant_lookup_value (interfaces, interface, G_VARIANT_TYPE_VARDICT);
  char *text = NULL;

  if (properties == NULL || !g_variant_lookup (properties, property, "s", &text))
    return NULL;
  if (text[0] == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static gboolean
get_flag (GVariant *interfaces, const char *property)
{
  g_autoptr (GVariant) properties =
    g_variant_lookup_value (interfaces, ACCOUNT_INTERFACE, G_VARIANT_TYPE_VARDICT);
  gboolean flag = FALSE;

  return properties != NULL && g_variant_lookup (properties, property, "b", &flag) &&
         flag;
}

static gboolean
has_interface (GVariant *interfaces, const char *interface)
{
  g_autoptr (GVariant) properties = g_variant_lookup_value (interfaces, interface, NULL);

  return properties != NULL;
}

/* NULL for what is no Google account. */
static BaruaOnlineAccount *
read_account (const char *path, GVariant *interfaces)
{
  g_autofree char *provider =
    dup_property (interfaces, ACCOUNT_INTERFACE, "ProviderType");
  g_autofree char *address = dup_property (interfaces, MAIL_INTERFACE, "EmailAddress");
  g_autofree char *name = dup_property (interfaces, MAIL_INTERFACE, "Name");
  BaruaOnlineAccount *self = NULL;

  if (!g_str_has_prefix (path, ACCOUNTS_PATH) ||
      strlen (path) > strlen (ACCOUNTS_PATH) + ID_MAX ||
      g_strcmp0 (provider, "google") != 0)
    return NULL;
  /* There is no mail interface while mail is switched off. */
  if (address == NULL)
    address = dup_property (interfaces, ACCOUNT_INTERFACE, "PresentationIdentity");
  if (address == NULL)
    return NULL;
  self = g_new0 (BaruaOnlineAccount, 1);
  self->id = g_strdup (path + strlen (ACCOUNTS_PATH));
  self->address = g_steal_pointer (&address);
  if (name != NULL)
    self->name = barua_text_one_line (name, -1, FULL_NAME_MAX);
  self->mail = has_interface (interfaces, MAIL_INTERFACE) &&
               has_interface (interfaces, TOKEN_INTERFACE) &&
               !get_flag (interfaces, "MailDisabled");
  self->attention = get_flag (interfaces, "AttentionNeeded");
  return self;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  const BaruaOnlineAccount *const *first = a;
  const BaruaOnlineAccount *const *second = b;

  return strcmp ((*first)->id, (*second)->id);
}

static GPtrArray *
read_accounts (GVariant *reply)
{
  GPtrArray *accounts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_online_account_free);
  g_autoptr (GVariant) objects = g_variant_get_child_value (reply, 0);
  GVariantIter iter;
  const char *path = NULL;
  GVariant *interfaces = NULL;

  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      BaruaOnlineAccount *account = read_account (path, interfaces);

      if (account != NULL)
        g_ptr_array_add (accounts, account);
    }
  g_ptr_array_sort (accounts, compare_ids);
  return accounts;
}

static void
on_objects (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL)
    g_task_return_error (task,
                         barua_credentials_error_from_online (g_steal_pointer (&error)));
  else
    g_task_return_pointer (task, read_accounts (reply),
                           (GDestroyNotify) g_ptr_array_unref);
}

static void
on_bus (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = barua_bus_finish (result, &error);

  if (connection == NULL)
    g_task_return_error (task,
                         barua_credentials_error_from_online (g_steal_pointer (&error)));
  else
    g_dbus_connection_call (connection, BUS_NAME, MANAGER_PATH,
                            "org.freedesktop.DBus.ObjectManager", "GetManagedObjects",
                            NULL, G_VARIANT_TYPE ("(a{oa{sa{sv}}})"),
                            G_DBUS_CALL_FLAGS_NONE, -1, g_task_get_cancellable (task),
                            on_objects, g_object_ref (task));
}

void
barua_online_accounts_list_async (GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_online_accounts_list_async);
  barua_bus_async (cancellable, on_bus, g_object_ref (task));
}

GPtrArray *
barua_online_accounts_list_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

const BaruaOnlineAccount *
barua_online_accounts_find (GPtrArray *accounts, const char *address)
{
  g_autoptr (BaruaAddress) wanted = barua_address_new (address, NULL);
  const BaruaOnlineAccount *best = NULL;
  int best_worth = -1;

  if (wanted == NULL)
    return NULL;
  for (guint i = 0; i < accounts->len; i++)
    {
      const BaruaOnlineAccount *account = accounts->pdata[i];
      g_autoptr (BaruaAddress) theirs = barua_address_new (account->address, NULL);
      int worth = 2 * account->mail + !account->attention;

      if (theirs != NULL && barua_address_same_mailbox (theirs, wanted) &&
          worth > best_worth)
        {
          best = account;
          best_worth = worth;
        }
    }
  return best;
}

/* Taking a token: which account, whether it is in order, then the token itself. */
typedef struct
{
  char *address;
  char *path;
  gint64 expires;
} Taking;

static void
taking_free (gpointer data)
{
  Taking *self = data;

  g_free (self->address);
  g_free (self->path);
  g_free (self);
}

/* It goes to servers and to other programs as it is: RFC 6750, 2.1. */
static gboolean
is_token (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;
  return text[0] != '\0' && strlen (text) <= TOKEN_MAX;
}

static void
on_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  Taking *taking = g_task_get_task_data (task);
  const char *token = NULL;
  int seconds = 0;

  if (reply == NULL)
    {
      g_task_return_error (
        task, barua_credentials_error_from_online (g_steal_pointer (&error)));
      return;
    }
  g_variant_get (reply, "(&si)", &token, &seconds);
  if (!is_token (token))
    {
      g_task_return_error (
        task, barua_credentials_error_new (BARUA_CREDENTIALS_ERROR_ONLINE_REFUSED));
      return;
    }
  if (seconds > 0)
    taking->expires = g_get_real_time () / G_USEC_PER_SEC + seconds;
  g_task_return_pointer (task, barua_secret_new (token, -1),
                         (GDestroyNotify) barua_secret_unref);
}

static void
on_ensured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = G_DBUS_CONNECTION (source);
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (connection, result, &error);
  Taking *taking = g_task_get_task_data (task);

  if (reply == NULL)
    g_task_return_error (task,
                         barua_credentials_error_from_online (g_steal_pointer (&error)));
  else
    g_dbus_connection_call (connection, BUS_NAME, taking->path, TOKEN_INTERFACE,
                            "GetAccessToken", NULL, G_VARIANT_TYPE ("(si)"),
                            G_DBUS_CALL_FLAGS_NONE, CALL_MS,
                            g_task_get_cancellable (task), on_token, g_object_ref (task));
}

static void
on_bus_for_token (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = barua_bus_finish (result, &error);
  Taking *taking = g_task_get_task_data (task);

  if (connection == NULL)
    g_task_return_error (task,
                         barua_credentials_error_from_online (g_steal_pointer (&error)));
  else
    g_dbus_connection_call (
      connection, BUS_NAME, taking->path, ACCOUNT_INTERFACE, "EnsureCredentials", NULL,
      G_VARIANT_TYPE ("(i)"), G_DBUS_CALL_FLAGS_NONE, CALL_MS,
      g_task_get_cancellable (task), on_ensured, g_object_ref (task));
}

static void
on_listed (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = barua_online_accounts_list_finish (result, &error);
  Taking *taking = g_task_get_task_data (task);
  const BaruaOnlineAccount *account = NULL;

  if (accounts == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  account = barua_online_accounts_find (accounts, taking->address);
  if (account == NULL || !account->mail)
    {
      g_task_return_error (
        task, barua_credentials_error_new (account == NULL
                                             ? BARUA_CREDENTIALS_ERROR_ONLINE_MISSING
                                             : BARUA_CREDENTIALS_ERROR_ONLINE_MAIL_OFF));
      return;
    }
  /* An account that needs attention is tried all the same: the service takes the mark
   * away when the trouble has gone by itself. */
  taking->path = g_strconcat (ACCOUNTS_PATH, account->id, NULL);
  barua_bus_async (g_task_get_cancellable (task), on_bus_for_token, g_object_ref (task));
}

void
barua_online_account_get_token_async (const char *address,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Taking *taking = g_new0 (Taking, 1);

  taking->address = g_strdup (address);
  g_task_set_source_tag (task, barua_online_account_get_token_async);
  g_task_set_task_data (task, taking, taking_free);
  barua_online_accounts_list_async (cancellable, on_listed, g_object_ref (task));
}

BaruaSecret *
barua_online_account_get_token_finish (GAsyncResult *result,
                                       gint64 *expires,
                                       GError **error)
{
  BaruaSecret *token = NULL;
  Taking *taking = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  token = g_task_propagate_pointer (G_TASK (result), error);
  taking = g_task_get_task_data (G_TASK (result));
  if (token != NULL && expires != NULL)
    *expires = taking->expires;
  return token;
}
