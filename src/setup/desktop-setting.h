#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * barua_desktop_setting_read:
 * @schema: the id of a GSettings schema
 * @key: a key
 * @value: what it might be set to
 * @user_value: (out) (transfer full) (nullable): what it is set to; %NULL where it is
 *   left at its default
 *
 * Returns: whether the schema is installed, has no path of its own, and has a key that
 *   takes @value
 */
gboolean barua_desktop_setting_read (const char *schema,
                                     const char *key,
                                     GVariant *value,
                                     GVariant **user_value);

/**
 * barua_desktop_setting_write:
 * @schema: a schema that was read
 * @key: its key
 * @value: (nullable): what it will be; %NULL for its default
 *
 * Sets a setting, or leaves it where the schema is not installed any more. It is on disk
 * after g_settings_sync().
 */
void barua_desktop_setting_write (const char *schema, const char *key, GVariant *value);

G_END_DECLS
