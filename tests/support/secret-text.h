#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * test_secret_text_of:
 * @attributes: "a{ss}", of an item in a keyring
 *
 * Returns: (transfer full): them, sorted by name, as "name=value" with blanks between
 */
char *test_secret_text_of (GVariant *attributes);

G_END_DECLS
