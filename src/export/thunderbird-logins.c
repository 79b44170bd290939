#include "config.h"

#include "export/thunderbird-logins.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define VERSION 3

struct _BaruaLogins
{
  GBytes *before;
  JsonNode *root;
  JsonArray *list;
  gboolean changed;
};

static JsonNode *
make_root (void)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "nextId", 1);
  json_object_set_array_member (object, "logins", json_array_new ());
  json_object_set_array_member (object, "potentiallyVulnerablePasswords",
                                json_array_new ());
  json_object_set_object_member (object, "dismissedBreachAlertsByLoginGUID",
                                 json_object_new ());
  json_object_set_int_member (object, "version", VERSION);
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
parse_root (GBytes *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize length = 0;
  const char *bytes = g_bytes_get_data (text, &length);

  if (length == 0)
    return make_root ();
  if (!g_utf8_validate_len (bytes, length, NULL) ||
      !json_parser_load_from_data (parser, bytes, (gssize) length, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

static JsonArray *
find_list (JsonNode *root)
{
  JsonNode *list = NULL;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  list = json_object_get_member (json_node_get_object (root), "logins");
  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
}

/* json-glib takes escapes that JSON has not, and writes what it does not read again
 * (RFC 8259, section 7). */
static gboolean
has_odd_escapes (GBytes *text)
{
  gsize size = 0;
  const char *at = g_bytes_get_data (text, &size);

  for (gsize i = 0; i < size; i++)
    if (at[i] == '\\' &&
        (++i >= size || at[i] == '\0' || strchr ("\"\\/bfnrtu", at[i]) == NULL))
      return TRUE;
  return FALSE;
}

static char *
write_text (JsonNode *root, gsize *length)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, length);
}

/* A number can be too large for json-glib, which writes "inf" then. */
static gboolean
can_be_written (JsonNode *root)
{
  g_autofree char *text = write_text (root, NULL);
  g_autoptr (JsonNode) again = json_from_string (text, NULL);

  return again != NULL && json_node_equal (again, root);
}

BaruaLogins *
barua_logins_new (GBytes *text)
{
  g_autoptr (BaruaLogins) self = NULL;

  if (text != NULL && has_odd_escapes (text))
    return NULL;
  self = g_new0 (BaruaLogins, 1);
  self->root = text != NULL ? parse_root (text) : make_root ();
  self->list = find_list (self->root);
  self->before = text != NULL ? g_bytes_ref (text) : NULL;
  if (self->list == NULL || !can_be_written (self->root))
    return NULL;
  return g_steal_pointer (&self);
}

void
barua_logins_free (BaruaLogins *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->before, g_bytes_unref);
  g_clear_pointer (&self->root, json_node_unref);
  g_free (self);
}

static JsonObject *
get_entry (const BaruaLogins *self, int at)
{
  JsonNode *node = NULL;

  if (at < 0 || at >= (int) json_array_get_length (self->list))
    return NULL;
  node = json_array_get_element (self->list, (guint) at);
  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_text (const BaruaLogins *self, int at, const char *name)
{
  JsonObject *entry = get_entry (self, at);
  JsonNode *node = entry != NULL ? json_object_get_member (entry, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? json_node_get_string (node)
           : NULL;
}

int
barua_logins_next (const BaruaLogins *self, int after, const char *origin)
{
  for (int at = after + 1; at < (int) json_array_get_length (self->list); at++)
    if (g_strcmp0 (get_text (self, at, "hostname"), origin) == 0 &&
        g_strcmp0 (get_text (self, at, "httpRealm"), origin) == 0)
      return at;
  return -1;
}

const char *
barua_logins_get_user (const BaruaLogins *self, int at)
{
  return get_text (self, at, "encryptedUsername");
}

const char *
barua_logins_get_password (const BaruaLogins *self, int at)
{
  return get_text (self, at, "encryptedPassword");
}

static gint64
take_id (BaruaLogins *self)
{
  JsonObject *object = json_node_get_object (self->root);
  gint64 id = json_object_get_int_member_with_default (object, "nextId", 1);

  for (int at = 0; at < (int) json_array_get_length (self->list); at++)
    {
      JsonObject *entry = get_entry (self, at);

      if (entry != NULL)
        id = MAX (id, json_object_get_int_member_with_default (entry, "id", 0) + 1);
    }
  json_object_set_int_member (object, "nextId", id + 1);
  return id;
}

static JsonObject *
add_entry (BaruaLogins *self, const char *origin, gint64 now)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *guid = g_strdup_printf ("{%s}", uuid);
  JsonObject *entry = json_object_new ();

  json_object_set_int_member (entry, "id", take_id (self));
  json_object_set_string_member (entry, "hostname", origin);
  json_object_set_string_member (entry, "httpRealm", origin);
  json_object_set_null_member (entry, "formSubmitURL");
  json_object_set_string_member (entry, "usernameField", "");
  json_object_set_string_member (entry, "passwordField", "");
  json_object_set_string_member (entry, "encryptedUsername", "");
  json_object_set_string_member (entry, "encryptedPassword", "");
  json_object_set_string_member (entry, "guid", guid);
  json_object_set_int_member (entry, "encType", 1);
  json_object_set_int_member (entry, "timeCreated", now);
  json_object_set_int_member (entry, "timeLastUsed", now);
  json_object_set_int_member (entry, "timePasswordChanged", now);
  json_object_set_int_member (entry, "timesUsed", 1);
  json_array_add_object_element (self->list, entry);
  return entry;
}

void
barua_logins_put (BaruaLogins *self,
                  int at,
                  const char *origin,
                  const char *user,
                  const char *password,
                  gint64 now)
{
  JsonObject *entry = get_entry (self, at);

  if (entry == NULL)
    entry = add_entry (self, origin, now);
  json_object_set_string_member (entry, "encryptedUsername", user);
  json_object_set_string_member (entry, "encryptedPassword", password);
  json_object_set_int_member (entry, "timePasswordChanged", now);
  self->changed = TRUE;
}

gboolean
barua_logins_has_changed (const BaruaLogins *self)
{
  return self->changed;
}

GBytes *
barua_logins_dup_bytes (const BaruaLogins *self)
{
  gsize length = 0;
  char *text = NULL;

  if (!self->changed && self->before != NULL)
    return g_bytes_ref (self->before);
  text = write_text (self->root, &length);
  return g_bytes_new_take (text, length);
}
