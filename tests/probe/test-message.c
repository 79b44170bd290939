#include "config.h"

#include "probe/message.h"

#include <string.h>

static char *
build (const char *name, const char *subject, const char *body)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (3 * 60 * 60);
  g_autoptr (GDateTime) date = g_date_time_new (zone, 2026, 5, 3, 15, 4, 5);
  const BaruaMessage message = {
    .address = "zoe@gmail.com",
    .name = name,
    .subject = subject,
    .body = body,
    .date = date,
  };

  return barua_message_build (&message, "<one@barua.invalid>");
}

static void
test_plain (void)
{
  g_autofree char *text = build ("Zoe", "A test message", "Hello");

  g_assert_cmpstr (text, ==,
                   "Date: Sun, 3 May 2026 15:04:05 +0300\r\n"
                   "From: Zoe\r\n <zoe@gmail.com>\r\n"
                   "To: <zoe@gmail.com>\r\n"
                   "Message-ID: <one@barua.invalid>\r\n"
                   "Subject: A test message\r\n"
                   "User-Agent: Barua/" BARUA_VERSION "\r\n"
                   "Auto-Submitted: auto-generated\r\n"
                   "MIME-Version: 1.0\r\n"
                   "Content-Type: text/plain; charset=utf-8\r\n"
                   "Content-Transfer-Encoding: base64\r\n"
                   "\r\n"
                   "SGVsbG8=\r\n");
}

static const struct
{
  const char *what;
  const char *name;
  const char *subject;
  const char *body;
} HARD[] = {
  { "nothing", NULL, "", "" },
  { "Icelandic", "Þórður Æsir", "Prufupóstur frá Barua", "Þetta er prufa.\nBless.\n" },
  { "quotes", "Zoë \"Q\" O'Neil, Dr. <x>", "a \\ \"b\"", "." },
  { "a line end in a name", "Zoe\r\nBcc: evil@example.com", "x\r\nBcc: y@example.com",
    "z" },
  { "four-byte letters", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "😀a😀b😀c😀d😀e😀f😀g😀h😀i😀j😀k😀l😀m😀n😀o😀p😀q😀r😀s",
    "😀" },
  { "a dot alone", "Zoe", "x", ".\n.\n..\n" },
  { "an encoded word of one's own", "=?UTF-8?B?eA==?=", "=?x?=", "y" },
};

static void
test_hard (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (HARD); i++)
    {
      g_autofree char *text = build (HARD[i].name, HARD[i].subject, HARD[i].body);
      g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

      g_test_message ("%s", HARD[i].what);
      g_assert_true (g_str_is_ascii (text));
      for (guint line = 0; lines[line] != NULL; line++)
        {
          g_assert_cmpuint (strlen (lines[line]), <=, 76);
          g_assert_false (g_str_has_prefix (lines[line], "."));
          g_assert_false (g_str_has_prefix (lines[line], "Bcc"));
          g_assert_null (strpbrk (lines[line], "\r\n"));
        }
    }
}

static void
test_read_back (void)
{
  g_autofree char *long_subject = g_strnfill (300, 'x');
  g_autofree char *text = build (NULL, long_subject, "Þ");
  g_autoptr (GString) decoded = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (text, "=?UTF-8?B?", -1);

  for (guint i = 1; words[i] != NULL; i++)
    {
      gsize length = 0;
      g_autofree guchar *bytes = NULL;

      *strstr (words[i], "?=") = '\0';
      bytes = g_base64_decode (words[i], &length);
      g_string_append_len (decoded, (const char *) bytes, (gssize) length);
    }
  g_assert_cmpstr (decoded->str, ==, long_subject);
  g_assert_nonnull (strstr (text, "\r\n\r\nw54=\r\n"));
}

static void
test_ids (void)
{
  g_autofree char *one = barua_message_new_id ();
  g_autofree char *other = barua_message_new_id ();

  g_assert_cmpstr (one, !=, other);
  g_assert_true (g_str_has_prefix (one, "<"));
  g_assert_true (g_str_has_suffix (one, "@barua.invalid>"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/message/plain", test_plain);
  g_test_add_func ("/probe/message/hard", test_hard);
  g_test_add_func ("/probe/message/read-back", test_read_back);
  g_test_add_func ("/probe/message/ids", test_ids);
  return g_test_run ();
}
