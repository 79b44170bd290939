#include "config.h"

#include "account/address.h"

#include <string.h>

#define ZOE "zoe@gmail.com"
#define A16 "aaaaaaaaaaaaaaaa"

typedef struct
{
  const char *what;
  const char *typed;
  const char *text;
  const char *name;
} Good;

/* clang-format off */
static const Good GOOD[] = {
  { "as it is", ZOE, ZOE, NULL },
  { "a bare name", "zoe", ZOE, NULL },
  { "a bare name with a dot", "zoe.smith", "zoe.smith@gmail.com", NULL },
  { "a bare name in quotes", "\"zoe\"", ZOE, NULL },
  { "a bare name of digits", "12345", "12345@gmail.com", NULL },
  { "letter case", "Zoe.Smith@GMail.Com", "Zoe.Smith@gmail.com", NULL },
  { "the other name of Gmail", "zoe@googlemail.com", "zoe@googlemail.com", NULL },
  { "a tag stays in the text", "zoe+news@gmail.com", "zoe+news@gmail.com", NULL },
  { "a domain of its own", "zoe@Example.IS", "zoe@example.is", NULL },
  { "a domain that starts with a digit", "zoe@1984.is", "zoe@1984.is", NULL },
  { "all of atext", "a!#$%&'*+-/=?^_`{|}~z@a.is", "a!#$%&'*+-/=?^_`{|}~z@a.is", NULL },
  { "64 bytes", A16 A16 A16 A16 "@gmail.com", A16 A16 A16 A16 "@gmail.com", NULL },
  { "a final dot", ZOE ".", ZOE, NULL },
  { "an internationalized domain", "zoe@Þjóðin.is", "zoe@xn--jin-3mao8d.is", NULL },
  { "the same in ASCII", "zoe@XN--jin-3mao8d.is", "zoe@xn--jin-3mao8d.is", NULL },
  { "a letter that RFC 5891 keeps", "zoe@Straße.de", "zoe@xn--strae-oqa.de", NULL },
  { "decomposed letters", "zoe@þjo\u0301ðin.is", "zoe@xn--jin-3mao8d.is", NULL },
  { "white space around", " \t\r\n " ZOE " \n", ZOE, NULL },
  { "no-break spaces around", "\u00a0" ZOE "\u00a0", ZOE, NULL },
  { "zero-width characters", "\ufeffzoe\u200b@gmail.com\u2060", ZOE, NULL },
  { "bidirectional marks", "\u202a" ZOE "\u202c", ZOE, NULL },
  { "a soft hyphen", "zoe@gm\u00adail.com", ZOE, NULL },
  { "a full-width at sign", "zoe＠gmail.com", ZOE, NULL },
  { "a small at sign", "zoe﹫gmail.com", ZOE, NULL },
  { "all full-width", "ｚｏｅ＠ｇｍａｉｌ．ｃｏｍ", ZOE, NULL },
  { "an ideographic full stop", "zoe@gmail。com", ZOE, NULL },
  { "spaces beside the at sign", "zoe @ gmail.com", ZOE, NULL },
  { "a space that a telephone put in", "zoe@gmail. com", ZOE, NULL },
  { "a comma for a dot", "zoe@gmail,com", ZOE, NULL },
  { "angle brackets", "<" ZOE ">", ZOE, NULL },
  { "a name", "Zoë <" ZOE ">", ZOE, "Zoë" },
  { "a name in quotes", "\"Smith, Zoë\" <" ZOE ">", ZOE, "Smith, Zoë" },
  { "escaped quotes", "\"Zoë \\\"Z\\\" S\" <" ZOE ">", ZOE, "Zoë \"Z\" S" },
  { "a name and a comma behind", "Zoë <" ZOE ">,", ZOE, "Zoë" },
  { "a bracket that is not closed", "Zoë <" ZOE, ZOE, "Zoë" },
  { "no space before the bracket", "Zoë<" ZOE ">", ZOE, "Zoë" },
  { "an empty name", "\"\" <" ZOE ">", ZOE, NULL },
  { "the address for a name", ZOE " <" ZOE ">", ZOE, NULL },
  { "an encoded name", "=?utf-8?Q?Zo=C3=AB?= <" ZOE ">", ZOE, NULL },
  { "a name behind", ZOE " (Zoë)", ZOE, "Zoë" },
  { "full-width brackets", "Zoë ＜" ZOE "＞", ZOE, "Zoë" },
  { "controls in a name", "Z\x1b[31m\x07 <" ZOE ">", ZOE, "Z\ufffd[31m\ufffd" },
  { "a link", "mailto:" ZOE, ZOE, NULL },
  { "a link with a subject", "MAILTO:" ZOE "?subject=Hello,%20you", ZOE, NULL },
  { "a percent-encoded link", "mailto:zoe%2Ba%40gmail.com", "zoe+a@gmail.com", NULL },
  { "a link with slashes", "mailto://" ZOE, ZOE, NULL },
  { "a link in brackets", "<mailto:" ZOE ">", ZOE, NULL },
  { "a name called mailto", "mailto@gmail.com", "mailto@gmail.com", NULL },
  { "a comma", ZOE ",", ZOE, NULL },
  { "a semicolon", ZOE ";", ZOE, NULL },
  { "a colon and a question mark", ZOE ":?", ZOE, NULL },
  { "round brackets", "(" ZOE ")", ZOE, NULL },
  { "typographic quotes", "“" ZOE "”", ZOE, NULL },
  { "German quotes", "„" ZOE "“", ZOE, NULL },
  { "single quotes", "'" ZOE "'", ZOE, NULL },
};

typedef struct
{
  const char *what;
  const char *typed;
  BaruaAddressError code;
} Bad;

#define EMPTY BARUA_ADDRESS_ERROR_EMPTY
#define LOCAL BARUA_ADDRESS_ERROR_LOCAL_PART
#define DOMAIN BARUA_ADDRESS_ERROR_DOMAIN
#define SEVERAL BARUA_ADDRESS_ERROR_SEVERAL
#define TOO_LONG BARUA_ADDRESS_ERROR_TOO_LONG

static const Bad BAD[] = {
  { "nothing", "", EMPTY },
  { "white space", " \t\n\u00a0\u3000", EMPTY },
  { "invisible characters", "\u200b\ufeff", EMPTY },
  { "punctuation", "\"\"", EMPTY },
  { "an empty bracket", "Zoë <>", EMPTY },
  { "a link to nobody", "mailto:", EMPTY },
  { "nothing before", "@gmail.com", LOCAL },
  { "an at sign alone", "@", LOCAL },
  { "the domain alone", "gmail.com", LOCAL },
  { "a dot for the at sign", "zoe.gmail.com", LOCAL },
  { "an accent", "zoë@gmail.com", LOCAL },
  { "an accent in a bare name", "zoë", LOCAL },
  { "an accent at a domain of its own", "zoë@example.is", LOCAL },
  { "a Cyrillic letter that looks right", "z\u043ee@gmail.com", LOCAL },
  { "an emoji", "zoe😀@gmail.com", LOCAL },
  { "a space", "zoe smith@gmail.com", LOCAL },
  { "a space in a bare name", "zoe smith", LOCAL },
  { "a label before", "Email: zoe@gmail.com", LOCAL },
  { "a dot first", ".zoe@gmail.com", LOCAL },
  { "a dot last", "zoe.@gmail.com", LOCAL },
  { "two dots", "zoe..smith@gmail.com", LOCAL },
  { "a quoted local part", "a\"zoe\"@gmail.com", LOCAL },
  { "a backslash", "zoe\\@gmail.com", LOCAL },
  { "a line feed in a link", "mailto:zoe%0Asmith@gmail.com", LOCAL },
  { "a NUL in a link", "mailto:zoe%00@gmail.com@x", DOMAIN },
  { "an escape sequence", "zoe\x1b]52c\x07@gmail.com", LOCAL },
  { "a shell's words", "$(id)@gmail.com", LOCAL },
  { "no UTF-8", "zo\xeb@gmail.com", LOCAL },
  { "cut in a character", "zoe\xc3", LOCAL },
  { "65 bytes", A16 A16 A16 A16 "a@gmail.com", TOO_LONG },
  { "nothing after", "zoe@", DOMAIN },
  { "a dot after", "zoe@.", DOMAIN },
  { "no dot after", "zoe@gmail", DOMAIN },
  { "two at signs", "zoe@@gmail.com", DOMAIN },
  { "two domains", "zoe@example.is@gmail.com", DOMAIN },
  { "two dots after", "zoe@gmail..com", DOMAIN },
  { "a dot at once after", "zoe@.gmail.com", DOMAIN },
  { "a hyphen first", "zoe@-gmail.com", DOMAIN },
  { "a hyphen last", "zoe@gmail-.com", DOMAIN },
  { "an underscore", "zoe@g_mail.com", DOMAIN },
  { "a space after", "zoe@g mail.com", DOMAIN },
  { "a numeric address", "zoe@192.0.2.1", DOMAIN },
  { "a numeric address in brackets", "zoe@[192.0.2.1]", DOMAIN },
  { "a port", "zoe@gmail.com:993", DOMAIN },
  { "a path", "zoe@gmail.com/mail", DOMAIN },
  { "an escape sequence after", "zoe@gmail\x1b[1m.com", DOMAIN },
  { "two with a comma", "zoe@gmail.com, anna@gmail.com", SEVERAL },
  { "a comma and no space", "zoe@gmail.com,anna@gmail.com", SEVERAL },
  { "two with a semicolon", "zoe@gmail.com; anna@gmail.com", SEVERAL },
  { "two with a space", "zoe@gmail.com anna@gmail.com", SEVERAL },
  { "two lines", "zoe@gmail.com\nanna@gmail.com", SEVERAL },
  { "two with names", "Zoë <zoe@gmail.com>, Anna <anna@gmail.com>", SEVERAL },
  { "the second with a name", "zoe@gmail.com, Anna <anna@gmail.com>", SEVERAL },
  { "the first with a name", "Zoë <zoe@gmail.com>, anna@gmail.com", SEVERAL },
  { "two bare names", "zoe, anna", SEVERAL },
  { "a bare name behind", "zoe@gmail.com,anna", SEVERAL },
};
/* clang-format on */

static void
test_reads (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (GOOD); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaAddress) address = NULL;

      g_test_message ("%s", GOOD[i].what);
      address = barua_address_new (GOOD[i].typed, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (barua_address_get_text (address), ==, GOOD[i].text);
      g_assert_cmpstr (barua_address_get_name (address), ==, GOOD[i].name);
    }
}

static void
test_refuses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (BAD); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", BAD[i].what);
      g_assert_null (barua_address_new (BAD[i].typed, &error));
      g_assert_error (error, BARUA_ADDRESS_ERROR, (int) BAD[i].code);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_true (g_str_has_suffix (error->message, "."));
      g_assert_null (strchr (error->message, '\x1b'));
      g_assert_cmpuint (strlen (error->message), <, 400);
    }
}

static void
assert_too_long (const char *typed)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (barua_address_new (typed, &error));
  g_assert_error (error, BARUA_ADDRESS_ERROR, BARUA_ADDRESS_ERROR_TOO_LONG);
}

static void
test_bounds (void)
{
  g_autofree char *endless = g_strnfill (10 * 1024 * 1024, 'a');
  g_autofree char *label = g_strnfill (63, 'a');
  g_autofree char *fits = g_strdup_printf ("zoe@%s.is", label);
  g_autofree char *label_over = g_strdup_printf ("zoe@a%s.is", label);
  g_autofree char *domain =
    g_strdup_printf ("%s.%s.%s.%.61s", label, label, label, label);
  g_autofree char *domain_over = g_strdup_printf ("zoe@%sa", domain);
  g_autofree char *whole_over = g_strdup_printf ("zo@%s", domain + 1);
  g_autofree char *whole = g_strdup_printf ("z@%s", domain + 1);
  g_autoptr (BaruaAddress) address = barua_address_new (fits, NULL);
  g_autoptr (BaruaAddress) longest = barua_address_new (whole, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (domain), ==, 253);
  g_assert_nonnull (address);
  g_assert_nonnull (longest);
  g_assert_cmpuint (strlen (barua_address_get_text (longest)), ==, 254);
  assert_too_long (endless);
  assert_too_long (domain_over);
  assert_too_long (whole_over);
  g_assert_null (barua_address_new (label_over, &error));
  g_assert_error (error, BARUA_ADDRESS_ERROR, BARUA_ADDRESS_ERROR_DOMAIN);
  g_assert_null (barua_address_new ("zoe@gmail", NULL));
}

static void
test_long_name (void)
{
  g_autofree char *name = g_strnfill (1000, 'Z');
  g_autofree char *typed = g_strdup_printf ("%s <zoe@gmail.com>", name);
  g_autoptr (BaruaAddress) address = barua_address_new (typed, NULL);

  g_assert_nonnull (address);
  g_assert_cmpint (g_utf8_strlen (barua_address_get_name (address), -1), ==, 201);
}

static void
test_names_the_character (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (barua_address_new ("zoë@gmail.com", &error));
  g_assert_nonnull (strstr (error->message, "“ë”"));
}

typedef struct
{
  const char *what;
  const char *typed;
  const char *login;
  gboolean is_gmail;
} Login;

static const Login LOGINS[] = {
  { "plain", "zoe@gmail.com", "zoe@gmail.com", TRUE },
  { "dots stay", "zoe.s@gmail.com", "zoe.s@gmail.com", TRUE },
  { "letter case goes", "Zoe@Gmail.com", "zoe@gmail.com", TRUE },
  { "a tag goes", "zoe+news+more@gmail.com", "zoe@gmail.com", TRUE },
  { "the other name stays", "ZOE+a@googlemail.com", "zoe@googlemail.com", TRUE },
  { "letter case stays elsewhere", "Zoe@example.is", "Zoe@example.is", FALSE },
  { "a tag goes elsewhere too", "Zoe+a@example.is", "Zoe@example.is", FALSE },
  { "nothing but a tag", "+zoe@example.is", "+zoe@example.is", FALSE },
  { "not below gmail.com", "zoe@mail.gmail.com", "zoe@mail.gmail.com", FALSE },
  { "not by its end", "zoe@notgmail.com", "zoe@notgmail.com", FALSE },
};

static void
test_login (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (LOGINS); i++)
    {
      g_autoptr (BaruaAddress) address = barua_address_new (LOGINS[i].typed, NULL);
      g_autofree char *login = barua_address_dup_login (address);

      g_test_message ("%s", LOGINS[i].what);
      g_assert_cmpstr (login, ==, LOGINS[i].login);
      g_assert_cmpint (barua_address_is_gmail (address), ==, LOGINS[i].is_gmail);
    }
}

typedef struct
{
  const char *what;
  const char *one;
  const char *other;
  gboolean same;
} Pair;

static const Pair PAIRS[] = {
  { "the same", "zoe@gmail.com", "zoe@gmail.com", TRUE },
  { "dots, case and tag", "Z.o.e+a@gmail.com", "zoe+b@GMAIL.com", TRUE },
  { "both names of Gmail", "zoe@googlemail.com", "z.oe@gmail.com", TRUE },
  { "another person", "zoe@gmail.com", "zoes@gmail.com", FALSE },
  { "letter case elsewhere", "Zoe@example.is", "zoe@Example.is", TRUE },
  { "dots elsewhere", "z.oe@example.is", "zoe@example.is", FALSE },
  { "a tag elsewhere", "zoe+a@example.is", "zoe@example.is", FALSE },
  { "another domain", "zoe@example.is", "zoe@gmail.com", FALSE },
};

static void
test_same_mailbox (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PAIRS); i++)
    {
      g_autoptr (BaruaAddress) one = barua_address_new (PAIRS[i].one, NULL);
      g_autoptr (BaruaAddress) other = barua_address_new (PAIRS[i].other, NULL);

      g_test_message ("%s", PAIRS[i].what);
      g_assert_cmpint (barua_address_same_mailbox (one, other), ==, PAIRS[i].same);
      g_assert_cmpint (barua_address_same_mailbox (other, one), ==, PAIRS[i].same);
    }
}

typedef struct
{
  const char *what;
  const char *typed;
  const char *shown;
} Display;

static const Display DISPLAYS[] = {
  { "ASCII", "zoe@Example.is", "example.is" },
  { "Icelandic", "zoe@ÞJÓÐIN.is", "þjóðin.is" },
  { "Icelandic from ASCII", "zoe@xn--jin-3mao8d.is", "þjóðin.is" },
  { "no code at all", "zoe@xn--999999999.is", "xn--999999999.is" },
  { "a letter that RFC 5891 keeps", "zoe@xn--strae-oqa.de", "straße.de" },
};

static void
test_display (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (DISPLAYS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BaruaAddress) address = barua_address_new (DISPLAYS[i].typed, &error);

      g_test_message ("%s", DISPLAYS[i].what);
      g_assert_no_error (error);
      g_assert_cmpstr (barua_address_get_domain_for_display (address), ==,
                       DISPLAYS[i].shown);
    }
}

static void
test_parts (void)
{
  g_autoptr (BaruaAddress) address = barua_address_new ("Zoe+a@Þjóðin.is", NULL);
  g_autoptr (BaruaAddress) same = barua_address_ref (address);
  g_autofree char *masked = barua_address_dup_masked (address);

  g_assert_true (same == address);
  g_assert_cmpstr (barua_address_get_local_part (address), ==, "Zoe+a");
  g_assert_cmpstr (barua_address_get_domain (address), ==, "xn--jin-3mao8d.is");
  g_assert_cmpstr (masked, ==, "Z…@xn--jin-3mao8d.is");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account/address/reads", test_reads);
  g_test_add_func ("/account/address/refuses", test_refuses);
  g_test_add_func ("/account/address/bounds", test_bounds);
  g_test_add_func ("/account/address/long-name", test_long_name);
  g_test_add_func ("/account/address/names-the-character", test_names_the_character);
  g_test_add_func ("/account/address/login", test_login);
  g_test_add_func ("/account/address/same-mailbox", test_same_mailbox);
  g_test_add_func ("/account/address/display", test_display);
  g_test_add_func ("/account/address/parts", test_parts);
  return g_test_run ();
}
