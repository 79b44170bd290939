#include "config.h"

#include "export/thunderbird-settings.h"

#include <glib/gi18n.h>
#include <string.h>

static BaruaPrefs *
read_prefs (const char *path, const BaruaHome *home, BaruaPlan *plan, GError **error)
{
  g_autofree char *shown = barua_home_dup_shown (home, path);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &text, &length, error))
    return NULL;
  return barua_prefs_new (text, (gssize) length, shown, error);
}

BaruaThunderbirdSettings *
barua_thunderbird_settings_read (const char *folder,
                                 const BaruaHome *home,
                                 BaruaPlan *plan,
                                 GError **error)
{
  g_autoptr (BaruaThunderbirdSettings) self = g_new0 (BaruaThunderbirdSettings, 1);
  g_autoptr (BaruaPlan) none = NULL;

  g_return_val_if_fail (folder != NULL && home != NULL, NULL);

  if (plan == NULL)
    plan = none = barua_plan_new ("thunderbird");
  self->path = g_build_filename (folder, "prefs.js", NULL);
  self->user_path = g_build_filename (folder, "user.js", NULL);
  self->prefs = read_prefs (self->path, home, plan, error);
  if (self->prefs == NULL)
    return NULL;
  self->user = read_prefs (self->user_path, home, plan, error);
  return self->user != NULL ? g_steal_pointer (&self) : NULL;
}

void
barua_thunderbird_settings_free (BaruaThunderbirdSettings *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->path);
  g_clear_pointer (&self->prefs, barua_prefs_free);
  g_free (self->user_path);
  g_clear_pointer (&self->user, barua_prefs_free);
  g_free (self);
}

char *
barua_thunderbird_settings_dup_name (const char *kind, const char *key, const char *name)
{
  return g_strjoin (".", kind, key, name, NULL);
}

const char *
barua_thunderbird_settings_get (const BaruaThunderbirdSettings *self, const char *name)
{
  const char *value = barua_prefs_get_text (self->user, name);

  return value != NULL ? value : barua_prefs_get_text (self->prefs, name);
}

const char *
barua_thunderbird_settings_get_of (const BaruaThunderbirdSettings *self,
                                   const char *kind,
                                   const char *key,
                                   const char *name)
{
  g_autofree char *whole = barua_thunderbird_settings_dup_name (kind, key, name);

  return barua_thunderbird_settings_get (self, whole);
}

char **
barua_thunderbird_settings_list (const BaruaThunderbirdSettings *self, const char *name)
{
  const char *value = barua_thunderbird_settings_get (self, name);
  g_auto (GStrv) parts = g_strsplit (value != NULL ? value : "", ",", 0);
  GStrvBuilder *keys = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  char **list = NULL;

  for (gsize i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0' && g_hash_table_add (seen, parts[i]))
      g_strv_builder_add (keys, parts[i]);
  list = g_strv_builder_end (keys);
  g_strv_builder_unref (keys);
  return list;
}

static guint
highest (const BaruaPrefs *prefs, const char *prefix)
{
  g_auto (GStrv) names = barua_prefs_list (prefs, prefix);
  guint found = 0;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      char *end = NULL;
      guint64 number = g_ascii_strtoull (names[i] + strlen (prefix), &end, 10);

      if (*end == '.' && number > found && number < G_MAXINT32)
        found = (guint) number;
    }
  return found;
}

guint
barua_thunderbird_settings_find_number (const BaruaThunderbirdSettings *self,
                                        const char *prefix)
{
  return MAX (highest (self->prefs, prefix), highest (self->user, prefix)) + 1;
}

void
barua_thunderbird_settings_set_string (BaruaThunderbirdSettings *self,
                                       const char *name,
                                       const char *value)
{
  barua_prefs_set_string (self->prefs, name, value);
  if (barua_prefs_has (self->user, name))
    barua_prefs_set_string (self->user, name, value);
}

void
barua_thunderbird_settings_set_int (BaruaThunderbirdSettings *self,
                                    const char *name,
                                    int value)
{
  barua_prefs_set_int (self->prefs, name, value);
  if (barua_prefs_has (self->user, name))
    barua_prefs_set_int (self->user, name, value);
}

void
barua_thunderbird_settings_set_bool (BaruaThunderbirdSettings *self,
                                     const char *name,
                                     gboolean value)
{
  barua_prefs_set_bool (self->prefs, name, value);
  if (barua_prefs_has (self->user, name))
    barua_prefs_set_bool (self->user, name, value);
}

void
barua_thunderbird_settings_append (BaruaThunderbirdSettings *self,
                                   const char *name,
                                   const char *key)
{
  g_auto (GStrv) keys = barua_thunderbird_settings_list (self, name);
  const char *value = barua_thunderbird_settings_get (self, name);
  g_autofree char *longer = NULL;

  if (g_strv_contains ((const char *const *) keys, key))
    return;
  longer =
    value != NULL && *value != '\0' ? g_strjoin (",", value, key, NULL) : g_strdup (key);
  barua_thunderbird_settings_set_string (self, name, longer);
}

static void
plan_file (const char *path,
           const BaruaPrefs *prefs,
           BaruaPlan *plan,
           const char *summary)
{
  gsize length = 0;
  g_autofree char *text = barua_prefs_dup_text (prefs, &length);

  /* Thunderbird makes its own for the person alone; one that is there keeps its mode. */
  if (length > 0)
    barua_plan_write (plan, path, text, (gssize) length,
                      g_file_test (path, G_FILE_TEST_EXISTS) ? BARUA_FILE_ORDINARY
                                                             : BARUA_FILE_PRIVATE,
                      summary);
}

void
barua_thunderbird_settings_plan (const BaruaThunderbirdSettings *self, BaruaPlan *plan)
{
  plan_file (self->path, self->prefs, plan, _ ("Set up the account in Thunderbird."));
  plan_file (self->user_path, self->user, plan,
             _ ("Change the values that would go before those in Thunderbird."));
}
