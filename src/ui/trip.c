#include "config.h"

#include "ui/trip.h"

#include "setup/roster.h"

G_DEFINE_BOXED_TYPE (BaruaTrip, barua_trip, barua_trip_ref, barua_trip_unref)

static void
forget_secrets (BaruaTrip *self)
{
  g_clear_pointer (&self->login, barua_login_unref);
  g_clear_pointer (&self->password, barua_secret_unref);
  g_clear_pointer (&self->token, barua_oauth_token_free);
}

static void
forget_sign_in (BaruaTrip *self)
{
  forget_secrets (self);
  self->kept = FALSE;
  g_clear_pointer (&self->check, barua_check_unref);
}

static void
forget (BaruaTrip *self)
{
  forget_sign_in (self);
  g_clear_object (&self->journey);
  g_clear_pointer (&self->address, barua_address_unref);
  g_clear_pointer (&self->discovery, barua_discovery_free);
  g_clear_pointer (&self->connection, barua_check_unref);
  g_clear_pointer (&self->account, barua_account_free);
}

static void
take_address (BaruaTrip *self, BaruaAddress *address)
{
  g_autofree char *login = address != NULL ? barua_address_dup_login (address) : NULL;

  self->journey = barua_journey_new (address);
  self->address = address != NULL ? barua_address_ref (address) : NULL;
  self->account = login != NULL ? barua_roster_find (login) : NULL;
  if (self->name == NULL && self->account != NULL)
    self->name = g_strdup (self->account->name);
}

static void
program_free (gpointer data)
{
  BaruaTripProgram *self = data;

  g_free (self->icon);
  g_free (self->desktop_id);
  g_free (self->undo);
  g_free (self);
}

BaruaTrip *
barua_trip_new (BaruaAddress *address)
{
  BaruaTrip *self = g_atomic_rc_box_new0 (BaruaTrip);

  self->done = g_ptr_array_new_with_free_func (program_free);
  self->incoming = BARUA_PROTOCOL_IMAP;
  take_address (self, address);
  return self;
}

BaruaTrip *
barua_trip_ref (BaruaTrip *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear (BaruaTrip *self)
{
  forget (self);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->done, g_ptr_array_unref);
}

void
barua_trip_unref (BaruaTrip *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

void
barua_trip_set_address (BaruaTrip *self, BaruaAddress *address)
{
  g_return_if_fail (self != NULL && address != NULL);

  if (self->address != NULL && g_str_equal (barua_address_get_text (self->address),
                                            barua_address_get_text (address)))
    return;
  forget (self);
  take_address (self, address);
}

void
barua_trip_set_discovery (BaruaTrip *self, BaruaDiscovery *discovery)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->discovery, barua_discovery_free);
  self->discovery = discovery;
}

void
barua_trip_set_connection (BaruaTrip *self, BaruaCheck *check)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->connection, barua_check_unref);
  self->connection = check;
}

void
barua_trip_set_check (BaruaTrip *self, BaruaCheck *check)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->check, barua_check_unref);
  self->check = check;
}

BaruaAccount *
barua_trip_set_method (BaruaTrip *self, BaruaMethod method)
{
  g_autofree char *login = NULL;

  g_return_val_if_fail (self != NULL && self->address != NULL, NULL);

  forget_sign_in (self);
  login = barua_address_dup_login (self->address);
  if (self->account == NULL)
    self->account = barua_account_new (login);
  self->account->method = method;
  if (self->name != NULL)
    {
      g_free (self->account->name);
      self->account->name = g_strdup (self->name);
    }
  return self->account;
}

void
barua_trip_set_password (BaruaTrip *self, BaruaSecret *password)
{
  g_return_if_fail (self != NULL && self->account != NULL && password != NULL);

  barua_secret_ref (password);
  forget_sign_in (self);
  self->password = password;
  self->login =
    barua_login_new (BARUA_MECHANISM_PASSWORD, self->account->address, password);
}

void
barua_trip_set_access (BaruaTrip *self, BaruaSecret *access, BaruaOauthToken *token)
{
  g_return_if_fail (self != NULL && self->account != NULL);
  g_return_if_fail (access != NULL || token != NULL);

  forget_sign_in (self);
  self->token = token;
  self->login = barua_login_new (BARUA_MECHANISM_TOKEN, self->account->address,
                                 token != NULL ? token->access : access);
  if (token != NULL)
    self->account->token_ends = token->refresh_expires;
}

void
barua_trip_keep_sign_in (BaruaTrip *self)
{
  g_autofree char *login = NULL;

  g_return_if_fail (self != NULL && self->address != NULL);

  forget_sign_in (self);
  login = barua_address_dup_login (self->address);
  g_clear_pointer (&self->account, barua_account_free);
  self->account = barua_roster_find (login);
}

void
barua_trip_set_kept (BaruaTrip *self)
{
  g_return_if_fail (self != NULL);

  forget_secrets (self);
  self->kept = TRUE;
}

void
barua_trip_add_done (BaruaTrip *self,
                     const BaruaExporter *exporter,
                     const char *icon,
                     const char *desktop_id,
                     const char *undo)
{
  BaruaTripProgram *program = NULL;

  g_return_if_fail (self != NULL && exporter != NULL);

  program = g_new0 (BaruaTripProgram, 1);
  program->exporter = exporter;
  program->icon = g_strdup (icon);
  program->desktop_id = g_strdup (desktop_id);
  program->undo = g_strdup (undo);
  g_ptr_array_add (self->done, program);
}
