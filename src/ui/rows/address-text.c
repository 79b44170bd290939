#include "config.h"

#include "ui/rows/address-text.h"

#include "account/address.h"
#include "setup/hosting.h"

#include <glib/gi18n.h>
#include <string.h>

BaruaAddressHint
barua_address_text_hint (const char *typed)
{
  BaruaAddressHint hint = { NULL, NULL };
  g_autoptr (BaruaAddress) address = barua_address_new (typed, NULL);

  if (address == NULL)
    return hint;
  hint.suggestion = barua_hosting_dup_slip (address);
  if (hint.suggestion != NULL)
    hint.text = g_strdup_printf (_ ("Did you mean %s?"), hint.suggestion);
  else if (strchr (typed, '@') == NULL)
    /* Translators: a whole address, made of the name that was typed */
    hint.text =
      g_strdup_printf (_ ("Barua takes this as %s."), barua_address_get_text (address));
  return hint;
}

void
barua_address_hint_clear (BaruaAddressHint *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->suggestion, g_free);
}
