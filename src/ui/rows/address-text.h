#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaAddressHint:
 * @text: (nullable): what is worth a word about what has been typed so far, translated
 * @suggestion: (nullable): the address that was most likely meant, to be taken at a press
 *
 * What helps somebody who is typing an address.
 */
typedef struct
{
  char *text;
  char *suggestion;
} BaruaAddressHint;

/**
 * barua_address_text_hint:
 * @typed: what has been typed so far
 *
 * Looks at an address while it is being typed. Says nothing about one that is not
 * finished: nobody wants to be told off in the middle of a word.
 *
 * Returns: (transfer full): what helps; clear with barua_address_hint_clear()
 */
BaruaAddressHint barua_address_text_hint (const char *typed);

/**
 * barua_address_hint_clear:
 * @self: what was given
 */
void barua_address_hint_clear (BaruaAddressHint *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BaruaAddressHint, barua_address_hint_clear)

G_END_DECLS
