#include "config.h"

#include "account/app-password.h"

#include <string.h>

/* Google shows an app password as four groups of four letters
 * (https://support.google.com/accounts/answer/185833). */
#define LETTERS 16
#define GROUP 4

#define TOKEN_PREFIX "ya29."
#define TOKEN_MIN 20

/* Reads one character of @bytes, and how long it is; 0 for what is no UTF-8. */
static gunichar
read_character (const char *bytes, gsize length, gsize *size)
{
  gunichar c = g_utf8_get_char_validated (bytes, (gssize) length);

  if (c == (gunichar) -1 || c == (gunichar) -2 || c == 0)
    {
      *size = 1;
      return 0;
    }
  *size = (gsize) g_unichar_to_utf8 (c, NULL);
  return c;
}

/* What is not seen between letters, however it came there by copying. */
static gboolean
is_blank (gunichar c)
{
  if (c == 0)
    return FALSE;
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_FORMAT ||
         (c >= 0xfe00 && c <= 0xfe0f) || c == 0x034f || c == 0x115f || c == 0x1160 ||
         c == 0x2800 || c == 0x3164 || c == 0xffa0 || c == 0x85;
}

static gboolean
is_dash (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || c == 0x2212 || c == 0x2043 ||
         c == 0x02d7;
}

static gboolean
is_letter (gunichar c)
{
  return c < 0x80 && g_ascii_isalpha ((char) c);
}

/* Writes the letters of an app password to @letters; FALSE when it is none. */
static gboolean
collect (BaruaSecret *typed, char *letters)
{
  const char *bytes = barua_secret_peek (typed);
  gsize length = barua_secret_get_length (typed);
  gsize n = 0;
  gsize size = 0;

  for (gsize i = 0; i < length; i += size)
    {
      gunichar c = read_character (bytes + i, length - i, &size);

      if (is_letter (c) && n < LETTERS)
        letters[n++] = (char) c;
      else if (!is_blank (c) && !(is_dash (c) && n > 0 && n < LETTERS && n % GROUP == 0))
        return FALSE;
    }
  return n == LETTERS;
}

BaruaSecret *
barua_app_password_normalize (BaruaSecret *typed)
{
  char letters[LETTERS];
  BaruaSecret *normal = NULL;
  const char *bytes = NULL;
  gsize length = 0;

  g_return_val_if_fail (typed != NULL, NULL);

  bytes = barua_secret_peek (typed);
  length = barua_secret_get_length (typed);
  if (collect (typed, letters))
    normal = barua_secret_new (letters, LETTERS);
  explicit_bzero (letters, sizeof letters);
  if (normal != NULL)
    return normal;
  if (length > 0 && bytes[length - 1] == '\n')
    length--;
  if (length > 0 && bytes[length - 1] == '\r')
    length--;
  return barua_secret_new (bytes, (gssize) length);
}

static gboolean
is_all_blank (const char *bytes, gsize length)
{
  gsize size = 0;

  for (gsize i = 0; i < length; i += size)
    if (!is_blank (read_character (bytes + i, length - i, &size)))
      return FALSE;
  return TRUE;
}

/* "123456", "123 456", "1234 5678" (a backup code), "G-123456" (a text message). */
static gboolean
is_phone_code (const char *bytes, gsize length)
{
  gsize digits = 0;
  gsize size = 0;
  gsize i = 0;

  if (length > 2 && g_ascii_toupper (bytes[0]) == 'G' && bytes[1] == '-')
    i = 2;
  for (; i < length; i += size)
    {
      gunichar c = read_character (bytes + i, length - i, &size);

      if (c >= '0' && c <= '9')
        digits++;
      else if (!is_blank (c))
        return FALSE;
    }
  return digits >= 6 && digits <= 8;
}

static gboolean
is_token (const char *bytes, gsize length)
{
  if (length < TOKEN_MIN || strncmp (bytes, TOKEN_PREFIX, strlen (TOKEN_PREFIX)) != 0)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (bytes[i]))
      return FALSE;
  return TRUE;
}

BaruaSecretShape
barua_secret_shape (BaruaSecret *secret)
{
  const char *bytes = NULL;
  gsize length = 0;

  if (secret == NULL)
    return BARUA_SECRET_SHAPE_UNKNOWN;
  bytes = barua_secret_peek (secret);
  length = barua_secret_get_length (secret);
  if (is_all_blank (bytes, length))
    return BARUA_SECRET_SHAPE_EMPTY;
  if (length == LETTERS && barua_app_password_count_letters (secret) == LETTERS)
    return BARUA_SECRET_SHAPE_APP_PASSWORD;
  if (is_phone_code (bytes, length))
    return BARUA_SECRET_SHAPE_PHONE_CODE;
  if (is_token (bytes, length))
    return BARUA_SECRET_SHAPE_TOKEN;
  return BARUA_SECRET_SHAPE_OTHER;
}

guint
barua_app_password_count_letters (BaruaSecret *typed)
{
  const char *bytes = NULL;
  guint letters = 0;

  g_return_val_if_fail (typed != NULL, 0);

  bytes = barua_secret_peek (typed);
  for (gsize i = 0; i < barua_secret_get_length (typed); i++)
    if (g_ascii_isalpha (bytes[i]))
      letters++;
  return letters;
}
