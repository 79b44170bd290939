#include "config.h"

#include "export/gnome.h"

#include "account/address.h"
#include "base/file.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
is_installed_as_flatpak (const BaruaHome *home, const char *id)
{
  g_autofree char *name = g_build_filename ("flatpak", "app", id, NULL);
  g_autofree char *own = barua_home_dup_data_path (home, name);
  g_autofree char *below = g_build_filename ("var", "lib", name, NULL);
  g_autofree char *shared = barua_home_dup_system_path (home, below);

  return g_file_test (own, G_FILE_TEST_IS_DIR) ||
         g_file_test (shared, G_FILE_TEST_IS_DIR);
}

char *
barua_gnome_find_place (const BaruaHome *home,
                        const char *program,
                        const char *flatpak,
                        const char *folder,
                        gboolean *is_flatpak)
{
  g_autofree char *own = barua_home_dup_config_path (home, folder);
  g_autofree char *below =
    g_build_filename (".var", "app", flatpak, "config", folder, NULL);
  g_autofree char *boxed = barua_home_dup_path (home, below);
  g_autofree char *here = barua_home_find_program (home, program);
  gboolean used = g_file_test (boxed, G_FILE_TEST_EXISTS);
  gboolean chosen = FALSE;

  if (here == NULL)
    chosen = used || is_installed_as_flatpak (home, flatpak);
  else
    chosen = used && !g_file_test (own, G_FILE_TEST_EXISTS);
  chosen = chosen && !home->apart;
  if (is_flatpak != NULL)
    *is_flatpak = chosen;
  return chosen ? g_steal_pointer (&boxed) : g_steal_pointer (&own);
}

BaruaKeyFile *
barua_gnome_read (BaruaPlan *plan, const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!barua_plan_read (plan, path, &text, &length, error))
    return NULL;
  return barua_key_file_new (text, (gssize) length, &BARUA_KEY_FILE_GLIB);
}

BaruaKeyFile *
barua_gnome_look (const char *path)
{
  gsize length = 0;
  g_autofree char *text = barua_file_read (path, BARUA_EXPORT_FILE_MAX, &length, NULL);

  if (text == NULL || memchr (text, '\0', length) != NULL)
    return NULL;
  return barua_key_file_new (text, (gssize) length, &BARUA_KEY_FILE_GLIB);
}

char *
barua_gnome_dup (const BaruaKeyFile *file, const char *group, const char *key)
{
  g_autofree char *value = barua_key_file_dup (file, group, key);

  return value != NULL && g_utf8_validate (value, -1, NULL)
           ? barua_key_file_unescape (value)
           : NULL;
}

gboolean
barua_gnome_equals (const BaruaKeyFile *file,
                    const char *group,
                    const char *key,
                    const char *text)
{
  g_autofree char *value = barua_gnome_dup (file, group, key);

  return g_strcmp0 (value, text) == 0;
}

static void
put (BaruaKeyFile *file, const BaruaGnomeSetting *setting)
{
  g_autofree char *value = barua_key_file_escape (setting->value);

  barua_key_file_set (file, setting->group, setting->key, value);
}

void
barua_gnome_put (BaruaKeyFile *file, const BaruaGnomeSetting *settings, gsize n_settings)
{
  for (gsize i = 0; i < n_settings; i++)
    if (settings[i].value != NULL &&
        !barua_gnome_equals (file, settings[i].group, settings[i].key, settings[i].value))
      put (file, &settings[i]);
}

void
barua_gnome_put_missing (BaruaKeyFile *file,
                         const BaruaGnomeSetting *settings,
                         gsize n_settings)
{
  for (gsize i = 0; i < n_settings; i++)
    {
      g_autofree char *there =
        barua_key_file_dup (file, settings[i].group, settings[i].key);

      if (there == NULL && settings[i].value != NULL)
        put (file, &settings[i]);
    }
}

void
barua_gnome_write (BaruaPlan *plan,
                   const char *path,
                   const BaruaKeyFile *file,
                   BaruaFilePrivacy privacy,
                   const char *summary)
{
  gsize length = 0;
  g_autofree char *text = barua_key_file_dup_text (file, &length);

  barua_plan_write (plan, path, text, (gssize) length, privacy, summary);
}

gboolean
barua_gnome_same_mailbox (const char *a, const char *b)
{
  g_autoptr (BaruaAddress) one = NULL;
  g_autoptr (BaruaAddress) other = NULL;

  if (a == NULL || b == NULL || strchr (a, '@') == NULL || strchr (b, '@') == NULL ||
      !g_utf8_validate (a, -1, NULL) || !g_utf8_validate (b, -1, NULL))
    return FALSE;
  one = barua_address_new (a, NULL);
  other = barua_address_new (b, NULL);
  return one != NULL && other != NULL && barua_address_same_mailbox (one, other);
}

void
barua_gnome_keep_password (BaruaPlan *plan,
                           const char *name,
                           const BaruaKeyringItem *item)
{
  g_autofree char *summary = g_strdup_printf (
    /* Translators: the name of a mail program */
    _ ("Put the app password where %s looks for it in the keyring."), name);

  barua_plan_keep (plan, item, summary);
}

GVariant *
barua_gnome_attributes (const char *first, ...)
{
  GVariantBuilder builder = { 0 };
  va_list rest;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  va_start (rest, first);
  for (const char *name = first; name != NULL; name = va_arg (rest, const char *))
    g_variant_builder_add (&builder, "{ss}", name, va_arg (rest, const char *));
  va_end (rest);
  return g_variant_builder_end (&builder);
}

void
barua_gnome_ask_password (BaruaPlan *plan, const char *name)
{
  g_autofree char *question = g_strdup_printf (
    /* Translators: the name of a mail program */
    _ ("%s asks for the app password when it connects for the first time."), name);

  barua_plan_add_question (plan, question);
}

void
barua_gnome_ask_online_account (BaruaPlan *plan, const char *question)
{
  barua_plan_add_question (plan, question);
  barua_plan_tell_command (plan, "gnome-control-center online-accounts add google", FALSE,
                           _ ("Open the page of the desktop’s settings where you sign in "
                              "to Google."));
}

BaruaValue
barua_gnome_value (const BaruaKeyFile *file,
                   const char *group,
                   const char *key,
                   GPtrArray *texts)
{
  BaruaValue value = { .key = key };
  char *text = barua_gnome_dup (file, group, key);

  if (text == NULL || !barua_key_file_locate (file, group, key, &value.span))
    return value;
  g_ptr_array_add (texts, text);
  value.text = text;
  return value;
}

void
barua_gnome_add_unsigned (GPtrArray *faults,
                          const char *client,
                          const char *file,
                          const BaruaValue *value,
                          const char *expected)
{
  BaruaFault *fault = barua_audit_add (faults, client, file, value, expected, expected);

  fault->cause = "auth-missing";
  fault->why =
    g_strdup (_ ("Google takes mail for sending only from somebody who has signed in."));
}
