#include "fuzz/fuzz.h"

#include "export/formats/fetchmail-rc.h"

#include <string.h>

static void
check_quote (const char *value)
{
  g_autofree char *quoted = barua_fetchmail_rc_quote (value);
  g_autofree char *line = g_strconcat ("user ", quoted, " here\n", NULL);
  g_autoptr (BaruaFetchmailRc) rc = barua_fetchmail_rc_new (line, strlen (line));
  const BaruaFetchmailToken *token = NULL;

  g_assert_cmpuint (rc->tokens->len, ==, 3);
  token = rc->tokens->pdata[1];
  g_assert_true (token->is_string);
  g_assert_cmpstr (token->text, ==, value);
}

static void
check_entries (const BaruaFetchmailRc *rc)
{
  static const char *const NAMES[] = { "port", "service", NULL };

  for (guint i = 0; i < rc->entries->len; i++)
    {
      const BaruaFetchmailEntry *entry = rc->entries->pdata[i];

      g_assert_cmpuint (entry->first, <, entry->end);
      g_assert_cmpuint (entry->user, <=, entry->end);
      g_assert_cmpuint (entry->end, <=, rc->tokens->len);
      g_assert_cmpuint (barua_fetchmail_rc_find (rc, entry->first, entry->end, NAMES), <=,
                        entry->end);
      (void) barua_fetchmail_rc_get (rc, entry->first, entry->end, NAMES);
      (void) barua_fetchmail_rc_get_host (rc, entry);
    }
}

/* All words stand within the text, in order; any line can be written as one. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (BaruaFetchmailRc) rc = NULL;
  g_autofree char *value = g_strndup ((const char *) data, size);
  gsize end = 0;

  fuzz_no_criticals ();
  if (memchr (data, '\0', size) != NULL)
    return 0;
  rc = barua_fetchmail_rc_new ((const char *) data, size);
  for (guint i = 0; i < rc->tokens->len; i++)
    {
      const BaruaFetchmailToken *token = rc->tokens->pdata[i];

      g_assert_cmpuint (token->span.offset, >=, end);
      end = token->span.offset + token->span.length;
      g_assert_cmpuint (end, <=, size);
      g_assert_nonnull (token->text);
    }
  check_entries (rc);
  /* Control characters are made blanks. */
  for (char *at = value; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  check_quote (value);
  return 0;
}
