#include "config.h"

#include "setup/desktop-setting.h"

/* GSettings ends the program where anything of this is not as it thinks. */
static GSettingsSchema *
find_schema (const char *id, const char *key)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source != NULL ? g_settings_schema_source_lookup (source, id, TRUE) : NULL;

  if (schema == NULL || g_settings_schema_get_path (schema) == NULL ||
      !g_settings_schema_has_key (schema, key))
    return NULL;
  return g_steal_pointer (&schema);
}

static gboolean
takes (GSettingsSchema *schema, const char *key, GVariant *value)
{
  g_autoptr (GSettingsSchemaKey) facts = g_settings_schema_get_key (schema, key);

  return g_variant_is_of_type (value, g_settings_schema_key_get_value_type (facts)) &&
         g_settings_schema_key_range_check (facts, value);
}

gboolean
barua_desktop_setting_read (const char *schema,
                            const char *key,
                            GVariant *value,
                            GVariant **user_value)
{
  g_autoptr (GSettingsSchema) found = find_schema (schema, key);
  g_autoptr (GSettings) settings = NULL;

  if (found == NULL || !takes (found, key, value))
    return FALSE;
  settings = g_settings_new_full (found, NULL, NULL);
  *user_value = g_settings_get_user_value (settings, key);
  return TRUE;
}

void
barua_desktop_setting_write (const char *schema, const char *key, GVariant *value)
{
  g_autoptr (GSettingsSchema) found = find_schema (schema, key);
  g_autoptr (GSettings) settings = NULL;

  if (found == NULL || (value != NULL && !takes (found, key, value)))
    return;
  settings = g_settings_new_full (found, NULL, NULL);
  if (value != NULL)
    (void) g_settings_set_value (settings, key, value);
  else
    g_settings_reset (settings, key);
}
