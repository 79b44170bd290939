#include "fuzz/fuzz.h"

#include "export/formats/toml.h"

#include <string.h>

#define VALUE "zo\"\\\xc3\xab\t@gmail.com"

static const char *const ROOT[] = { NULL };

static void
check_spans (const BaruaToml *toml, size_t size)
{
  for (guint i = 0; i < toml->values->len; i++)
    {
      const BaruaTomlValue *value = toml->values->pdata[i];

      g_assert_cmpuint (value->line, <=, value->offset);
      g_assert_cmpuint (value->offset + value->length, <=, value->after);
      g_assert_cmpuint (value->after, <=, size);
    }
  for (guint i = 0; i < toml->tables->len; i++)
    g_assert_cmpuint (((const BaruaTomlTable *) toml->tables->pdata[i])->end, <=, size);
}

static void
check_set (const BaruaToml *toml, const char *text, size_t size)
{
  g_autoptr (BaruaEdits) edits = barua_edits_new (text, size);
  g_autofree char *quoted = barua_toml_quote (VALUE);
  g_autofree char *changed = NULL;
  g_autoptr (BaruaToml) again = NULL;
  const BaruaTomlValue *value = NULL;
  gsize length = 0;

  if (barua_toml_is_blocked (toml, ROOT, "accounts.zoe.email"))
    return;
  barua_toml_set (toml, edits, ROOT, "accounts.zoe.email", quoted);
  changed = barua_edits_apply (edits, &length);
  again = barua_toml_new (changed, length);
  g_assert_nonnull (again);
  value = barua_toml_find (again, ROOT, "accounts.zoe.email");
  g_assert_nonnull (value);
  g_assert_cmpstr (value->value, ==, VALUE);
  g_assert_cmpuint (again->values->len, >=, toml->values->len);
}

/* What can be understood still can be when a value was set, which then is what is read.
 */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autoptr (BaruaToml) toml = NULL;

  fuzz_no_criticals ();
  if (memchr (data, '\0', size) != NULL)
    return 0;
  toml = barua_toml_new (text, size);
  if (toml == NULL)
    return 0;
  check_spans (toml, size);
  check_set (toml, text, size);
  return 0;
}
