#include "fuzz/fuzz.h"

#include "export/formats/pinerc.h"

#include <string.h>

#define PATH "{imap.gmail.com/ssl/user=zoe@gmail.com}INBOX"

static BaruaPinerc *
read_changed (const BaruaEdits *edits, char **text)
{
  gsize length = 0;

  *text = barua_edits_apply (edits, &length);
  return barua_pinerc_new (*text, length);
}

static void
check_set (const BaruaPinerc *pinerc, const char *text, size_t size)
{
  g_autoptr (BaruaEdits) edits = barua_edits_new (text, size);
  g_autofree char *changed = NULL;
  g_autoptr (BaruaPinerc) again = NULL;

  barua_pinerc_set (pinerc, edits, "inbox-path", PATH);
  again = read_changed (edits, &changed);
  g_assert_cmpstr (barua_pinerc_get (again, "inbox-path"), ==, PATH);
  g_assert_cmpuint (again->variables->len, >=, pinerc->variables->len);
}

/* Behind a quote that is left open all is one item, and behind a backslash a comma is
   none. */
static gboolean
is_open (const char *value)
{
  guint quotes = 0;

  for (const char *at = value != NULL ? value : ""; *at != '\0'; at++)
    quotes += *at == '"';
  return quotes % 2 > 0 || (value != NULL && strchr (value, '\\') != NULL);
}

static void
check_append (const BaruaPinerc *pinerc, const char *text, size_t size)
{
  g_autoptr (BaruaEdits) edits = barua_edits_new (text, size);
  g_autofree char *changed = NULL;
  g_autoptr (BaruaPinerc) again = NULL;
  g_auto (GStrv) before = barua_pinerc_list (barua_pinerc_get (pinerc, "smtp-server"));
  g_auto (GStrv) after = NULL;
  guint count = 0;

  if (is_open (barua_pinerc_get (pinerc, "smtp-server")))
    return;
  barua_pinerc_append (pinerc, edits, "smtp-server", "smtp.gmail.com/ssl");
  again = read_changed (edits, &changed);
  after = barua_pinerc_list (barua_pinerc_get (again, "smtp-server"));
  count = g_strv_length (after);
  g_assert_cmpuint (count, >=, 1);
  g_assert_cmpuint (count, >=, g_strv_length (before));
  g_assert_cmpstr (after[count - 1], ==, "smtp.gmail.com/ssl");
}

/* All stands within the text; what is set, and what is put into a list, is read again. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autofree char *any = g_strndup (text, size);
  g_autofree char *escaped = NULL;
  g_autoptr (BaruaPinerc) pinerc = NULL;

  fuzz_no_criticals ();
  if (memchr (data, '\0', size) != NULL)
    return 0;
  pinerc = barua_pinerc_new (text, size);
  for (guint i = 0; i < pinerc->variables->len; i++)
    {
      const BaruaPinercVariable *variable = pinerc->variables->pdata[i];

      g_assert_cmpuint (variable->span.offset + variable->span.length, <=, size);
    }
  check_set (pinerc, text, size);
  check_append (pinerc, text, size);
  escaped = barua_pinerc_escape (any);
  g_assert_null (strpbrk (escaped, "\r\n"));
  return 0;
}
