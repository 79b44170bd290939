#include "config.h"

#include "cli/typed.h"

BaruaAddress *
barua_typed_address (const char *word, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (word != NULL, NULL);

  if (!g_utf8_validate (word, -1, NULL))
    text = g_locale_to_utf8 (word, -1, NULL, NULL, NULL);
  if (text == NULL)
    text = g_utf8_make_valid (word, -1);
  return barua_address_new (text, error);
}
