#include "fuzz/fuzz.h"

#include "export/formats/edits.h"
#include "export/formats/mutt-rc.h"

#include <string.h>

static void
check_command (const BaruaMuttCommand *command, const char *text, size_t size)
{
  const BaruaSpan *span = &command->span;

  g_assert_cmpuint (span->offset + span->length, <=, size);
  g_assert_cmpuint (command->after, <=, size);
  g_assert_true (command->kind == BARUA_MUTT_SOURCE || command->name != NULL);
  if (command->verbatim)
    {
      size_t length = strlen (command->value);

      g_assert_cmpuint (length, <=, span->length);
      g_assert_true (strncmp (text + span->offset, command->value, length) == 0 ||
                     strncmp (text + span->offset + 1, command->value, length) == 0);
    }
}

/* Puts a value in the place of one that is there, and is not added to another ("+="): it
   is what is read there then, and the other commands are as many as before. */
static void
check_replace (const GPtrArray *commands, guint at, const char *text, size_t size)
{
  const BaruaMuttCommand *command = commands->pdata[at];
  g_autoptr (BaruaEdits) edits = barua_edits_new (text, size);
  g_autofree char *quoted = barua_mutt_rc_quote ("zo\"e`$x'\\;#@gmail.com");
  g_autofree char *changed = NULL;
  g_autoptr (GPtrArray) again = NULL;
  gboolean was_computed = command->computed;
  gsize length = 0;

  if (command->kind != BARUA_MUTT_SET || command->span.offset == 0 || command->computed)
    return;
  barua_edits_replace (edits, command->span.offset, command->span.length, quoted);
  changed = barua_edits_apply (edits, &length);
  again = barua_mutt_rc_read (changed, length);
  g_assert_cmpuint (again->len, ==, commands->len);
  command = again->pdata[at];
  g_assert_cmpstr (command->value, ==, "zo\"e`$x'\\;#@gmail.com");
  /* What is added with "+=" still depends on what there was. */
  g_assert_true (was_computed || !command->computed);
}

static void
check_quote (const char *value)
{
  g_autofree char *quoted = barua_mutt_rc_quote (value);
  g_autofree char *line = g_strconcat ("set from = ", quoted, "\n", NULL);
  g_autoptr (GPtrArray) commands = barua_mutt_rc_read (line, strlen (line));
  const BaruaMuttCommand *command = NULL;

  g_assert_cmpuint (commands->len, ==, 1);
  command = commands->pdata[0];
  g_assert_cmpstr (command->value, ==, value);
  g_assert_false (command->computed);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  g_autoptr (GPtrArray) commands = NULL;
  g_autofree char *value = g_strndup (text, size);

  fuzz_no_criticals ();
  if (memchr (data, '\0', size) != NULL)
    return 0;
  commands = barua_mutt_rc_read (text, size);
  for (guint i = 0; i < commands->len; i++)
    check_command (commands->pdata[i], text, size);
  if (commands->len > 0)
    check_replace (commands, size % commands->len, text, size);
  check_quote (g_strdelimit (value, "\r\n", ' '));
  return 0;
}
