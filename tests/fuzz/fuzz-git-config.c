#include "fuzz/fuzz.h"

#include "export/formats/git-config.h"

#include <string.h>

#define VALUE " zoe\\\"#;@gmail.com"

static void
check_spans (const BaruaGitConfig *config, size_t size)
{
  for (guint i = 0; i < config->values->len; i++)
    {
      const BaruaGitValue *value = config->values->pdata[i];

      g_assert_cmpuint (value->line, <=, value->offset);
      g_assert_cmpuint (value->offset, <=, value->span.offset);
      g_assert_cmpuint (value->span.offset + value->span.length, <=, value->after);
      g_assert_cmpuint (value->after, <=, size);
    }
}

static void
check_set (const char *text, size_t size, const char *part)
{
  g_autoptr (BaruaGitConfig) config = barua_git_config_new (text, size);
  g_autoptr (BaruaGitConfig) again = NULL;
  const BaruaGitValue *value = NULL;
  g_autofree char *changed = NULL;
  gsize length = 0;

  barua_git_config_set (config, "sendemail", part, "smtpUser", VALUE);
  barua_git_config_set (config, "sendemail", part, "smtpServer", "smtp.gmail.com");
  changed = barua_edits_apply (config->edits, &length);
  again = barua_git_config_new (changed, length);
  g_assert_nonnull (again);
  value = barua_git_config_find (again, "sendemail", part, "smtpuser");
  g_assert_nonnull (value);
  g_assert_cmpstr (value->value, ==, VALUE);
  value = barua_git_config_find (again, "sendemail", part, "smtpserver");
  g_assert_nonnull (value);
  g_assert_cmpstr (value->value, ==, "smtp.gmail.com");
  g_assert_cmpuint (again->values->len, >=, config->values->len);
}

static void
check_remove (const char *text, size_t size)
{
  g_autoptr (BaruaGitConfig) config = barua_git_config_new (text, size);
  g_autoptr (BaruaGitConfig) again = NULL;
  g_autofree char *changed = NULL;
  gsize length = 0;

  barua_git_config_remove (config, "sendemail", NULL, "smtpserver");
  changed = barua_edits_apply (config->edits, &length);
  again = barua_git_config_new (changed, length);
  g_assert_nonnull (again);
  g_assert_null (barua_git_config_find (again, "sendemail", NULL, "smtpserver"));
  g_assert_cmpuint (again->sections->len, ==, config->sections->len);
}

/* What git would take is written back as it was, still can be read when something was set
   or taken out, and then says what was set, and no more what was taken out. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autoptr (BaruaGitConfig) config = NULL;
  g_autofree char *same = NULL;
  gsize length = 0;

  fuzz_no_criticals ();
  if (memchr (data, '\0', size) != NULL)
    return 0;
  config = barua_git_config_new (text, size);
  if (config == NULL)
    return 0;
  same = barua_edits_apply (config->edits, &length);
  g_assert_cmpmem (same, length, data, size);
  check_spans (config, size);
  check_set (text, size, NULL);
  check_set (text, size, "zoe");
  check_remove (text, size);
  return 0;
}
