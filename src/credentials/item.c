#include "config.h"

#include "credentials/item.h"

#include <glib/gi18n.h>

static const char *const KINDS[] = {
  [BARUA_SECRET_KIND_APP_PASSWORD] = "app-password",
  [BARUA_SECRET_KIND_ACCESS_TOKEN] = "access-token",
  [BARUA_SECRET_KIND_REFRESH_TOKEN] = "refresh-token",
};

const char *
barua_secret_kind_get_id (BaruaSecretKind kind)
{
  return KINDS[kind];
}

GVariant *
barua_store_search_attributes (const char *account, const char *kind)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&builder, "{ss}", "service", "barua");
  if (account != NULL)
    g_variant_builder_add (&builder, "{ss}", "account", account);
  if (kind != NULL)
    g_variant_builder_add (&builder, "{ss}", "kind", kind);
  return g_variant_builder_end (&builder);
}

GVariant *
barua_store_item_dup_attributes (const BaruaStoreItem *item)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&builder, "{ss}", "xdg:schema", BARUA_STORE_SCHEMA);
  g_variant_builder_add (&builder, "{ss}", "service", "barua");
  g_variant_builder_add (&builder, "{ss}", "account", item->account);
  g_variant_builder_add (&builder, "{ss}", "kind", KINDS[item->kind]);
  if (item->expires > 0)
    {
      g_autofree char *expires = g_strdup_printf ("%" G_GINT64_FORMAT, item->expires);

      g_variant_builder_add (&builder, "{ss}", "expires", expires);
    }
  return g_variant_builder_end (&builder);
}

char *
barua_store_item_dup_label (const BaruaStoreItem *item)
{
  switch (item->kind)
    {
    case BARUA_SECRET_KIND_ACCESS_TOKEN:
      /* Translators: the name of an item in the keyring; %s is a mail address. */
      return g_strdup_printf (_ ("Access token of %s (Barua)"), item->account);
    case BARUA_SECRET_KIND_REFRESH_TOKEN:
      /* Translators: the name of an item in the keyring; %s is a mail address. */
      return g_strdup_printf (_ ("Refresh token of %s (Barua)"), item->account);
    case BARUA_SECRET_KIND_APP_PASSWORD:
    default:
      /* Translators: the name of an item in the keyring; %s is a mail address. */
      return g_strdup_printf (_ ("App password of %s (Barua)"), item->account);
    }
}
