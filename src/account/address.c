#include "config.h"

#include "account/address.h"

#include "account/pasted.h"
#include "base/text.h"

#include <glib/gi18n.h>
#include <string.h>

/* RFC 5321, 4.5.3.1, in bytes; the whole without the angle brackets (RFC 3696, erratum
 * 1690). */
#define LOCAL_PART_MAX 64
#define DOMAIN_MAX 253
#define ADDRESS_MAX 254
#define LABEL_MAX 63

/* Nobody types more: what is longer was pasted by mistake. */
#define TYPED_MAX 2048

struct _BaruaAddress
{
  char *text;
  char *local_part;
  char *domain;
  char *display_domain;
  char *name;
};

G_DEFINE_BOXED_TYPE (BaruaAddress, barua_address, barua_address_ref, barua_address_unref)
G_DEFINE_QUARK (barua_address_error, barua_address_error)

static gboolean
fail (GError **error, BaruaAddressError code, const char *message)
{
  g_set_error_literal (error, BARUA_ADDRESS_ERROR, (int) code, message);
  return FALSE;
}

static gboolean
check_whole (const char *text, GError **error)
{
  const char *first = strchr (text, '@');
  const char *last = strrchr (text, '@');
  const char *gap = strchr (text, ' ');

  if (strpbrk (text, ",;") != NULL ||
      (first != last && gap != NULL && gap > first && gap < last))
    return fail (error, BARUA_ADDRESS_ERROR_SEVERAL,
                 _ ("That is more than one address. Type only one."));
  if (first != last)
    return fail (error, BARUA_ADDRESS_ERROR_DOMAIN,
                 _ ("There is more than one “@” in the address. Keep only one."));
  if (gap != NULL)
    return fail (error,
                 first == NULL || gap < first ? BARUA_ADDRESS_ERROR_LOCAL_PART
                                              : BARUA_ADDRESS_ERROR_DOMAIN,
                 _ ("There is a space in the address. Take it out."));
  return TRUE;
}

static gboolean
fail_with_character (const char *p, GError **error)
{
  g_autofree char *shown = barua_text_printable (p, g_utf8_next_char (p) - p, 1);

  g_set_error (error, BARUA_ADDRESS_ERROR, BARUA_ADDRESS_ERROR_LOCAL_PART,
               /* Translators: %s is the one character that cannot be there. */
               _ ("“%s” cannot stand before the “@”. A Gmail address has only letters "
                  "without accents, digits and dots there."),
               shown);
  return FALSE;
}

/* A dot-string (RFC 5321, 4.1.2). */
static gboolean
check_local_part (const char *text, GError **error)
{
  if (*text == '\0')
    return fail (error, BARUA_ADDRESS_ERROR_LOCAL_PART,
                 _ ("The part before the “@” is missing. Type the whole address, such as "
                    "name@gmail.com."));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_ascii_isalnum (*p) && strchr (".!#$%&'*+-/=?^_`{|}~", *p) == NULL)
      return fail_with_character (p, error);
  if (*text == '.' || g_str_has_suffix (text, ".") || strstr (text, "..") != NULL)
    return fail (error, BARUA_ADDRESS_ERROR_LOCAL_PART,
                 _ ("Before the “@”, a dot can stand only between two other characters. "
                    "Check the dots."));
  if (strlen (text) > LOCAL_PART_MAX)
    return fail (error, BARUA_ADDRESS_ERROR_TOO_LONG,
                 _ ("The part before the “@” is too long for a mail address. Check it, "
                    "and type only the address."));
  return TRUE;
}

static gboolean
is_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > LABEL_MAX || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  return strspn (label, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* A host name with at least two labels; a last one of digits alone would be a numeric
 * address (RFC 3696, 2). */
static gboolean
is_domain (const char *domain)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);
  guint n = g_strv_length (labels);

  for (guint i = 0; i < n; i++)
    if (!is_label (labels[i]))
      return FALSE;
  return n > 1 && strspn (labels[n - 1], "0123456789") < strlen (labels[n - 1]);
}

static gboolean
fail_with_domain (const char *text, GError **error)
{
  g_autofree char *shown = barua_text_one_line (text, -1, 60);

  g_set_error (
    error, BARUA_ADDRESS_ERROR, BARUA_ADDRESS_ERROR_DOMAIN,
    /* Translators: %s is what was typed after the “@”. */
    _ ("“%s” cannot stand after the “@”. Check it for typing mistakes; a Gmail "
       "address ends with “@gmail.com”."),
    shown);
  return FALSE;
}

static char *
read_domain (const char *text, GError **error)
{
  g_autofree char *ascii = NULL;
  gsize length = strlen (text);

  if (length == 0 || g_str_equal (text, "."))
    {
      fail (error, BARUA_ADDRESS_ERROR_DOMAIN,
            _ ("The part after the “@” is missing. Type the whole address, such as "
               "name@gmail.com."));
      return NULL;
    }
  ascii = g_hostname_is_non_ascii (text) ? g_hostname_to_ascii (text)
                                         : g_ascii_strdown (text, -1);
  if (ascii != NULL && g_str_has_suffix (ascii, "."))
    ascii[strlen (ascii) - 1] = '\0';
  if (ascii != NULL && strlen (ascii) > DOMAIN_MAX)
    {
      fail (
        error, BARUA_ADDRESS_ERROR_TOO_LONG,
        _ ("The part after the “@” is too long for a mail address. Check it, and type "
           "only the address."));
      return NULL;
    }
  if (ascii == NULL || !is_domain (ascii))
    {
      fail_with_domain (text, error);
      return NULL;
    }
  return g_steal_pointer (&ascii);
}

/* The readable form only where it is printable and leads back to the same domain. */
static char *
make_display_domain (const char *domain)
{
  g_autofree char *readable = g_hostname_to_unicode (domain);
  g_autofree char *printable = NULL;
  g_autofree char *back = NULL;

  if (readable == NULL)
    return g_strdup (domain);
  printable = barua_text_one_line (readable, -1, 0);
  back = g_hostname_to_ascii (readable);
  if (g_strcmp0 (printable, readable) != 0 || g_strcmp0 (back, domain) != 0)
    return g_strdup (domain);
  return g_steal_pointer (&readable);
}

/* "zoe.gmail.com" and "gmail.com" lack the "@": nobody is called that. */
static gboolean
lacks_at (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  return g_str_has_suffix (lower, "gmail.com") ||
         g_str_has_suffix (lower, "googlemail.com");
}

static BaruaAddress *
read_address (const char *text, GError **error)
{
  g_autoptr (BaruaAddress) self = g_atomic_rc_box_new0 (BaruaAddress);
  const char *at = strchr (text, '@');

  if (!check_whole (text, error))
    return NULL;
  if (at == NULL && lacks_at (text))
    {
      fail (error, BARUA_ADDRESS_ERROR_LOCAL_PART,
            _ ("The “@” is missing. Type the whole address, such as name@gmail.com."));
      return NULL;
    }
  self->local_part = at != NULL ? g_strndup (text, (gsize) (at - text)) : g_strdup (text);
  if (!check_local_part (self->local_part, error))
    return NULL;
  self->domain = read_domain (at != NULL ? at + 1 : "gmail.com", error);
  if (self->domain == NULL)
    return NULL;
  self->text = g_strconcat (self->local_part, "@", self->domain, NULL);
  if (strlen (self->text) > ADDRESS_MAX)
    {
      fail (error, BARUA_ADDRESS_ERROR_TOO_LONG,
            _ ("That is too long for a mail address. Type only the address, such as "
               "name@gmail.com."));
      return NULL;
    }
  self->display_domain = make_display_domain (self->domain);
  return g_steal_pointer (&self);
}

static gboolean
check_typed (const char *text, GError **error)
{
  if (strlen (text) > TYPED_MAX)
    return fail (error, BARUA_ADDRESS_ERROR_TOO_LONG,
                 _ ("That is too long for a mail address. Type only the address, such as "
                    "name@gmail.com."));
  if (!g_utf8_validate (text, -1, NULL))
    return fail (error, BARUA_ADDRESS_ERROR_LOCAL_PART,
                 _ ("There are characters in the address that cannot be read. Type it "
                    "anew."));
  return TRUE;
}

BaruaAddress *
barua_address_new (const char *text, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *part = NULL;
  BaruaAddress *self = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!check_typed (text, error))
    return NULL;
  part = barua_pasted_address (text, &name);
  if (part == NULL)
    {
      fail (error, BARUA_ADDRESS_ERROR_SEVERAL,
            _ ("That is more than one address. Type only one."));
      return NULL;
    }
  if (*part == '\0')
    {
      fail (error, BARUA_ADDRESS_ERROR_EMPTY,
            _ ("Type your Gmail address, such as name@gmail.com."));
      return NULL;
    }
  self = read_address (part, error);
  if (self != NULL)
    self->name = g_steal_pointer (&name);
  return self;
}

BaruaAddress *
barua_address_ref (BaruaAddress *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  BaruaAddress *self = data;

  g_free (self->text);
  g_free (self->local_part);
  g_free (self->domain);
  g_free (self->display_domain);
  g_free (self->name);
}

void
barua_address_unref (BaruaAddress *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

const char *
barua_address_get_text (const BaruaAddress *self)
{
  return self->text;
}

const char *
barua_address_get_local_part (const BaruaAddress *self)
{
  return self->local_part;
}

const char *
barua_address_get_domain (const BaruaAddress *self)
{
  return self->domain;
}

const char *
barua_address_get_domain_for_display (const BaruaAddress *self)
{
  return self->display_domain;
}

const char *
barua_address_get_name (const BaruaAddress *self)
{
  return self->name;
}

gboolean
barua_address_is_gmail (const BaruaAddress *self)
{
  return g_str_equal (self->domain, "gmail.com") ||
         g_str_equal (self->domain, "googlemail.com");
}

static char *
dup_without_tag (const BaruaAddress *self)
{
  const char *plus = strchr (self->local_part, '+');

  if (plus == NULL || plus == self->local_part)
    return g_strdup (self->local_part);
  return g_strndup (self->local_part, (gsize) (plus - self->local_part));
}

char *
barua_address_dup_login (const BaruaAddress *self)
{
  g_autofree char *local = dup_without_tag (self);
  g_autofree char *whole = g_strconcat (local, "@", self->domain, NULL);

  return barua_address_is_gmail (self) ? g_ascii_strdown (whole, -1)
                                       : g_steal_pointer (&whole);
}

/* The form in which two spellings of one mailbox are the same text. */
static char *
dup_mailbox (const BaruaAddress *self)
{
  g_autofree char *local = NULL;
  g_autofree char *lower = NULL;
  g_auto (GStrv) pieces = NULL;

  if (!barua_address_is_gmail (self))
    return g_ascii_strdown (self->text, -1);
  local = dup_without_tag (self);
  lower = g_ascii_strdown (local, -1);
  pieces = g_strsplit (lower, ".", -1);
  g_free (local);
  local = g_strjoinv ("", pieces);
  return g_strconcat (local, "@gmail.com", NULL);
}

gboolean
barua_address_same_mailbox (const BaruaAddress *a, const BaruaAddress *b)
{
  g_autofree char *one = dup_mailbox (a);
  g_autofree char *other = dup_mailbox (b);

  return g_str_equal (one, other);
}

char *
barua_address_dup_masked (const BaruaAddress *self)
{
  return g_strdup_printf ("%c…@%s", self->local_part[0], self->domain);
}
