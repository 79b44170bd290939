#include "fuzz/fuzz.h"

#include "export/formats/edits.h"
#include "export/formats/msmtp-rc.h"

#include <string.h>

static void
check_words (const GPtrArray *words, size_t size)
{
  gsize end = 0;

  for (guint i = 0; i < words->len; i++)
    {
      const BaruaWord *word = words->pdata[i];

      g_assert_cmpuint (word->offset, >=, end);
      end = word->offset + word->length;
      g_assert_cmpuint (end, <=, size);
      g_assert_cmpuint (word->span.offset + word->span.length, <=, end);
      g_assert_cmpuint (strlen (word->name), >, 0);
    }
}

static void
check_account (const BaruaMsmtpFile *file,
               const BaruaMsmtpAccount *account,
               const char *text,
               size_t size)
{
  g_autoptr (BaruaEdits) edits = barua_edits_new (text, size);
  g_autofree char *changed = NULL;
  g_autoptr (BaruaMsmtpFile) again = NULL;
  const BaruaMsmtpAccount *same = NULL;
  const BaruaWord *word = NULL;
  gboolean own = FALSE;
  gsize length = 0;

  g_assert_cmpuint (account->first, <=, account->end);
  g_assert_cmpuint (account->end, <=, file->words->len);
  g_assert_cmpuint (account->after, <=, size);
  /* Accounts can take over each other, round and round. */
  (void) barua_msmtp_file_look_up (file, account, "host", &own);
  if (account->name == NULL || account != barua_msmtp_file_find (file, account->name))
    return;
  barua_edits_insert_lines (edits, account->after, "maildomain gmail.com\n");
  changed = barua_edits_apply (edits, &length);
  again = barua_msmtp_file_new (changed, length);
  g_assert_cmpuint (again->accounts->len, ==, file->accounts->len);
  g_assert_cmpuint (again->words->len, ==, file->words->len + 1);
  same = barua_msmtp_file_find (again, account->name);
  g_assert_nonnull (same);
  word = barua_msmtp_file_look_up (again, same, "maildomain", &own);
  g_assert_nonnull (word);
  g_assert_true (own);
}

static void
check_quote (const char *value)
{
  g_autofree char *quoted = barua_words_quote (value);
  g_autofree char *line = g_strconcat ("user ", quoted, "\n", NULL);
  g_autoptr (GPtrArray) words = barua_words_read (line, strlen (line));

  g_assert_cmpuint (words->len, ==, 1);
  g_assert_cmpstr (((const BaruaWord *) words->pdata[0])->value, ==, value);
}

/* All lines stand within the text, in order; what is put into an account is read there,
   and no other account is made or lost; any line can be a value. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autoptr (BaruaMsmtpFile) file = NULL;
  g_autofree char *value = g_strndup (text, size);

  fuzz_no_criticals ();
  if (memchr (data, '\0', size) != NULL)
    return 0;
  file = barua_msmtp_file_new (text, size);
  check_words (file->words, size);
  for (guint i = 0; i < MIN (file->accounts->len, 8); i++)
    check_account (file, file->accounts->pdata[i], text, size);
  (void) barua_msmtp_file_find_login (file, "zoe@gmail.com");
  check_quote (g_strdelimit (value, "\r\n", ' '));
  return 0;
}
