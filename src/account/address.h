#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BaruaAddress:
 *
 * One person's mail address, as typed and as a mail server wants it. Immutable.
 */
typedef struct _BaruaAddress BaruaAddress;

#define BARUA_TYPE_ADDRESS (barua_address_get_type ())
GType barua_address_get_type (void);

/**
 * BARUA_ADDRESS_ERROR:
 *
 * Why a text is no address. The message of such an error is a translated sentence that
 * says what to do.
 */
#define BARUA_ADDRESS_ERROR (barua_address_error_quark ())
GQuark barua_address_error_quark (void);

/**
 * BaruaAddressError:
 * @BARUA_ADDRESS_ERROR_EMPTY: nothing was typed
 * @BARUA_ADDRESS_ERROR_LOCAL_PART: nothing, or something impossible, before the "@"
 * @BARUA_ADDRESS_ERROR_DOMAIN: nothing, or something impossible, after the "@"
 * @BARUA_ADDRESS_ERROR_SEVERAL: more than one address
 * @BARUA_ADDRESS_ERROR_TOO_LONG: longer than RFC 5321, 4.5.3.1, allows
 */
typedef enum
{
  BARUA_ADDRESS_ERROR_EMPTY,
  BARUA_ADDRESS_ERROR_LOCAL_PART,
  BARUA_ADDRESS_ERROR_DOMAIN,
  BARUA_ADDRESS_ERROR_SEVERAL,
  BARUA_ADDRESS_ERROR_TOO_LONG,
} BaruaAddressError;

/**
 * barua_address_new:
 * @text: what a person typed or pasted: "zoe", "zoe@gmail.com", "Zoë <zoe@gmail.com>",
 *   "mailto:zoe@gmail.com", with white space around it
 * @error: %BARUA_ADDRESS_ERROR
 *
 * Reads an address (RFC 5321, 4.1.2, without quoted local parts, which Google does not
 * give out). A bare name gets "@gmail.com". The domain is lower-cased and, where it is
 * internationalized, turned into its ASCII form (RFC 5891).
 *
 * Returns: (transfer full) (nullable): the address; %NULL with @error set
 */
BaruaAddress *barua_address_new (const char *text, GError **error);

/**
 * barua_address_ref:
 * @self: an address
 *
 * Returns: (transfer full): @self
 */
BaruaAddress *barua_address_ref (BaruaAddress *self);

/**
 * barua_address_unref:
 * @self: (transfer full): an address
 */
void barua_address_unref (BaruaAddress *self);

/**
 * barua_address_get_text:
 * @self: an address
 *
 * Returns: the whole address as a mail server wants it: "zoe@gmail.com", the domain in
 *   ASCII and lower case, the local part as typed
 */
const char *barua_address_get_text (const BaruaAddress *self);

/**
 * barua_address_get_local_part:
 * @self: an address
 *
 * Returns: what stands before the "@", as typed
 */
const char *barua_address_get_local_part (const BaruaAddress *self);

/**
 * barua_address_get_domain:
 * @self: an address
 *
 * Returns: what stands after the "@", in ASCII and lower case
 */
const char *barua_address_get_domain (const BaruaAddress *self);

/**
 * barua_address_get_domain_for_display:
 * @self: an address
 *
 * Returns: the domain as people read it: "þjóðin.is" for "xn--jin-3mao8d.is"
 */
const char *barua_address_get_domain_for_display (const BaruaAddress *self);

/**
 * barua_address_get_name:
 * @self: an address
 *
 * Returns: (nullable): the display name that stood before "<zoe@gmail.com>", if any
 */
const char *barua_address_get_name (const BaruaAddress *self);

/**
 * barua_address_is_gmail:
 * @self: an address
 *
 * Returns: whether it is a personal one, of gmail.com or googlemail.com
 */
gboolean barua_address_is_gmail (const BaruaAddress *self);

/**
 * barua_address_dup_login:
 * @self: an address
 *
 * Returns: (transfer full): the name to sign in with: the whole address, without a
 *   "+tag", and for gmail.com in lower case. Dots stay, they do no harm
 */
char *barua_address_dup_login (const BaruaAddress *self);

/**
 * barua_address_same_mailbox:
 * @a: an address
 * @b: another
 *
 * Returns: whether mail to both arrives in the same mailbox, as far as can be known: for
 *   gmail.com and googlemail.com dots, letter case and tags do not matter; elsewhere
 *   only letter case does not
 */
gboolean barua_address_same_mailbox (const BaruaAddress *a, const BaruaAddress *b);

/**
 * barua_address_dup_masked:
 * @self: an address
 *
 * Returns: (transfer full): the address for a report that strangers read: "z…@gmail.com"
 */
char *barua_address_dup_masked (const BaruaAddress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaAddress, barua_address_unref)

G_END_DECLS
