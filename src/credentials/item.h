#pragma once

#include "base/secret.h"

G_BEGIN_DECLS

/**
 * BaruaSecretKind:
 * @BARUA_SECRET_KIND_APP_PASSWORD: an app password, as it is sent
 * @BARUA_SECRET_KIND_ACCESS_TOKEN: an OAuth access token; has an end
 * @BARUA_SECRET_KIND_REFRESH_TOKEN: what gets new access tokens
 *
 * What the keyring holds for an account; at most one of each.
 */
typedef enum
{
  BARUA_SECRET_KIND_APP_PASSWORD,
  BARUA_SECRET_KIND_ACCESS_TOKEN,
  BARUA_SECRET_KIND_REFRESH_TOKEN,
} BaruaSecretKind;

/**
 * BARUA_STORE_SCHEMA:
 *
 * The schema's name, as other programs see it in the attribute "xdg:schema". An item's
 * other attributes are "service" (always "barua"), "account" (the address), "kind", and
 * for an access token "expires" (Unix time): so
 * `secret-tool lookup service barua account ADDRESS kind app-password` prints what a mail
 * program needs.
 */
#define BARUA_STORE_SCHEMA "org.barua.Barua.Secret"

/**
 * BARUA_STORE_SECRET_MAX:
 *
 * The longest secret kept or taken, in bytes. Google promises no length; access tokens
 * have at most 2048 (Google's page "Using OAuth 2.0", "Token size").
 */
#define BARUA_STORE_SECRET_MAX 16384

/**
 * barua_secret_kind_get_id:
 * @kind: a kind
 *
 * Returns: the word in the attribute: "app-password", "access-token" or "refresh-token"
 */
const char *barua_secret_kind_get_id (BaruaSecretKind kind);

/**
 * BaruaStoreItem:
 * @account: the address, as barua_address_dup_login() gives it
 * @kind: what it is
 * @secret: the secret; one that is empty or longer than %BARUA_STORE_SECRET_MAX is not
 *   kept: %BARUA_CREDENTIALS_ERROR_KEYRING_REFUSED
 * @expires: the Unix time at which an access token ends, or 0
 *
 * A secret to keep.
 */
typedef struct
{
  const char *account;
  BaruaSecretKind kind;
  BaruaSecret *secret;
  gint64 expires;
} BaruaStoreItem;

/**
 * barua_store_item_dup_attributes:
 * @item: an item
 *
 * Returns: (transfer floating): "a{ss}", all attributes it is kept under; nothing in them
 *   is secret, since services keep and show them in the clear
 */
GVariant *barua_store_item_dup_attributes (const BaruaStoreItem *item);

/**
 * barua_store_item_dup_label:
 * @item: an item
 *
 * Returns: (transfer full): what the desktop's own programs for passwords call it;
 *   translated
 */
char *barua_store_item_dup_label (const BaruaStoreItem *item);

/**
 * barua_store_search_attributes:
 * @account: (nullable): whose items; %NULL for everybody's
 * @kind: (nullable): what barua_secret_kind_get_id() gives; %NULL for every kind
 *
 * Returns: (transfer floating): "a{ss}", what finds them. The schema is not among it, so
 *   that an item which a person made with secret-tool is found too
 */
GVariant *barua_store_search_attributes (const char *account, const char *kind);

G_END_DECLS
