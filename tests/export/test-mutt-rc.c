#include "config.h"

#include "export/formats/mutt-rc.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static void
dump (GString *out, const char *text, const BaruaMuttCommand *command)
{
  static const char *const KINDS[] = { "set", "unset", "source" };

  g_string_append_printf (out, "%s %s = %s%s", KINDS[command->kind],
                          command->name != NULL ? command->name : "-",
                          command->value != NULL ? command->value : "-",
                          command->computed ? " computed" : "");
  g_string_append_printf (out, " [%.*s]%s %u\n", (int) command->span.length,
                          text + command->span.offset, command->verbatim ? "v" : "",
                          command->span.line);
}

static const struct
{
  const char *description;
  const char *text;
  const char *expected;
} ROWS[] = {
  { "a value", "set from=zoe@gmail.com\n",
    "set from = zoe@gmail.com [zoe@gmail.com]v 1\n" },
  { "blanks", "  set\tfrom = zoe \n", "set from = zoe [zoe]v 1\n" },
  { "double quotes", "set realname = \"Zoë Moyo\"",
    "set realname = Zoë Moyo [\"Zoë Moyo\"]v 1\n" },
  { "escapes", "set realname=\"Zoë \\\"Q\\\" \\\\ \\$a \\`\"",
    "set realname = Zoë \"Q\" \\ $a ` [\"Zoë \\\"Q\\\" \\\\ \\$a \\`\"] 1\n" },
  { "single quotes", "set realname='a\\b \"c\" $d `e`'",
    "set realname = a\\b \"c\" $d `e` ['a\\b \"c\" $d `e`']v 1\n" },
  { "quotes in the middle", "set a=b\"c d\"'e f'",
    "set a = bc de f [b\"c d\"'e f'] 1\n" },
  { "several in one line", "set a=1 b = 2 ; set c=3",
    "set a = 1 [1]v 1\nset b = 2 [2]v 1\nset c = 3 [3]v 1\n" },
  { "a comment behind", "set a=1 # b=2", "set a = 1 [1]v 1\n" },
  { "a comment alone", "# set a=1\nset b=2", "set b = 2 [2]v 2\n" },
  { "a hash in quotes", "set a='#1'", "set a = #1 ['#1']v 1\n" },
  { "a comment without a blank", "set a=1#2", "set a = 1 [1]v 1\n" },
  { "on and off", "set a nob\nunset c d",
    "set a = yes [] 1\nunset b = - [] 1\n"
    "unset c = - [] 2\nunset d = - [] 2\n" },
  { "toggles and questions", "set inva b? ?c &d\ntoggle e", "" },
  { "what is added", "set a += 1", "set a = 1 computed [1]v 1\n" },
  { "a command", "set p=\"`pass show \\`a b\\``\" q=1",
    "set p = `pass show \\`a b\\`` computed [\"`pass show \\`a b\\``\"]v 1\nset q = 1 "
    "[1]v 1\n" },
  { "a variable", "set p=\"$q\" r='$q' s=a$ t=${u}",
    "set p = $q computed [\"$q\"]v 1\nset r = $q ['$q']v 1\nset s = a$ [a$]v 1\n"
    "set t = ${u} computed [${u}]v 1\n" },
  { "a line that goes on", "set a \\\n = 1\nset b=2",
    "set a = 1 [1]v 1\nset b = 2 [2]v 3\n" },
  { "a value that goes on", "set a=\"1\\\n2\"\r\nset b=2",
    "set a = 12 [\"1\\\n2\"] 1\nset b = 2 [2]v 3\n" },
  { "network line ends", "set a=1\r\nset b=2\r\n",
    "set a = 1 [1]v 1\nset b = 2 [2]v 2\n" },
  { "an empty value", "set record=\"\"\nset a=\nset b=1",
    "set record =  [\"\"]v 1\nset a =  [] 2\nset b = 1 [1]v 3\n" },
  { "another file", "source ~/.mutt/work # here\nsource \"a b\"",
    "source - = ~/.mutt/work [~/.mutt/work]v 1\nsource - = a b [\"a b\"]v 2\n" },
  { "NeoMutt's names", "set real_name=a spool_file=b",
    "set realname = a [a]v 1\nset spoolfile = b [b]v 1\n" },
  { "hooks and macros", "folder-hook . 'set from=a'\nmacro index a \"<b>set c=d\"", "" },
  { "octal numbers", "set a=\\101\\7", "set a = A7 [\\101\\7] 1\n" },
  { "an equals sign alone", "set = = a\nset b=1",
    "set  = = [=]v 1\nset a = yes [] 1\nset b = 1 [1]v 2\n" },
};

static void
test_read (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autoptr (GPtrArray) commands =
        barua_mutt_rc_read (ROWS[i].text, strlen (ROWS[i].text));
      g_autoptr (GString) out = g_string_new (NULL);

      g_test_message ("%s", ROWS[i].description);
      for (guint j = 0; j < commands->len; j++)
        dump (out, ROWS[i].text, commands->pdata[j]);
      g_assert_cmpstr (out->str, ==, ROWS[i].expected);
    }
}

static const char *const VALUES[] = {
  "zoe@gmail.com",
  "",
  "Zoë \"Q\" O'Neil",
  "a\\b",
  "$HOME ${HOME}",
  "`id`",
  "#",
  "a;b",
  " a ",
  "\\n\\",
  "<f2>",
  "%n",
  "a'b\"c`d\\e$f",
  "\\$a;",
  "+[Gmail]/Sendur póstur",
};

static void
test_quote (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (VALUES); i++)
    {
      g_autofree char *quoted = barua_mutt_rc_quote (VALUES[i]);
      g_autofree char *line = g_strdup_printf ("set a = %s", quoted);
      g_autoptr (GPtrArray) commands = barua_mutt_rc_read (line, strlen (line));
      const BaruaMuttCommand *command = NULL;

      g_assert_cmpuint (commands->len, ==, 1);
      command = commands->pdata[0];
      g_assert_cmpstr (command->value, ==, VALUES[i]);
      g_assert_false (command->computed);
      g_assert_cmpmem (line + command->span.offset, command->span.length, quoted,
                       strlen (quoted));
    }
}

/* What is put where a value is missing stands there, not at the next line. */
static void
test_empty (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } LINES[] = {
    { "set a=\nset b=x\n", "set a=new\nset b=x\n" },
    { "set a = \r\nset b=x\r\n", "set a = new\r\nset b=x\r\n" },
    { "set a=", "set a=new" },
    { "set a=\\\n\nset b=x\n", "set a=\\\nnew\nset b=x\n" },
    { "set a= # none\n", "set a= new# none\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (LINES); i++)
    {
      gsize length = strlen (LINES[i].text);
      g_autoptr (GPtrArray) commands = barua_mutt_rc_read (LINES[i].text, length);
      const BaruaMuttCommand *command = commands->pdata[0];
      g_autofree char *text =
        g_strdup_printf ("%.*snew%s", (int) command->span.offset, LINES[i].text,
                         LINES[i].text + command->span.offset);

      g_assert_cmpuint (command->span.length, ==, 0);
      g_assert_cmpstr (text, ==, LINES[i].expected);
    }
}

static char *
ask_program (const char *program, const char *rc)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  g_autofree char *complaint = NULL;
  const char *command[] = { program, "-n", "-F", rc, "-Q", "realname", NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL,
                               NULL, &out, &complaint, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (complaint, ==, "");
  return g_steal_pointer (&out);
}

/* What is written is read back by the program: it copies the value, and says it in its
 * own quotes. */
static void
test_program (gconstpointer data)
{
  const char *program = data;
  g_autofree char *found = g_find_program_in_path (program);
  g_autofree char *folder = g_dir_make_tmp ("barua-mutt-XXXXXX", NULL);
  g_autofree char *rc = g_build_filename (folder, "rc", NULL);

  if (found == NULL)
    {
      g_test_skip ("it is not installed");
      g_rmdir (folder);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (VALUES); i++)
    {
      g_autofree char *shell = g_shell_quote (VALUES[i]);
      g_autofree char *command = g_strdup_printf ("printf %%s %s", shell);
      g_autofree char *quoted = barua_mutt_rc_quote (VALUES[i]);
      g_autofree char *computed = barua_mutt_rc_quote_command (command);
      g_autofree char *text = g_strdup_printf ("set realname = %s\n", quoted);
      g_autofree char *other =
        g_strdup_printf ("set realname = %s\n", computed != NULL ? computed : "");
      g_autofree char *as_value = NULL;
      g_autofree char *as_command = NULL;

      g_test_message ("%s", VALUES[i]);
      g_assert_true (g_file_set_contents (rc, text, -1, NULL));
      as_value = ask_program (found, rc);
      g_assert_cmpint (computed == NULL, ==, strpbrk (VALUES[i], "\\`") != NULL);
      if (computed == NULL)
        continue;
      g_assert_true (g_file_set_contents (rc, other, -1, NULL));
      as_command = ask_program (found, rc);
      g_assert_cmpstr (as_command, ==, as_value);
      if (strpbrk (VALUES[i], "\\\"$`") == NULL)
        g_assert_nonnull (strstr (as_value, VALUES[i]));
    }
  g_assert_cmpint (g_remove (rc), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_random (void)
{
  static const char LETTERS[] = "set a=1\"'`\\$;#\n\n\r no unset source \xff";

  for (guint round = 0; round < 5000; round++)
    {
      char text[80];
      gsize length = (gsize) g_test_rand_int_range (0, sizeof text);
      g_autoptr (GPtrArray) commands = NULL;

      for (gsize i = 0; i < length; i++)
        text[i] = LETTERS[g_test_rand_int_range (0, sizeof LETTERS - 1)];
      commands = barua_mutt_rc_read (text, length);
      for (guint i = 0; i < commands->len; i++)
        {
          const BaruaMuttCommand *command = commands->pdata[i];

          g_assert_cmpuint (command->span.offset + command->span.length, <=, length);
          g_assert_cmpuint (command->after, <=, length);
          g_assert_true (command->after == length || command->after == 0 ||
                         text[command->after - 1] == '\n');
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mutt-rc/read", test_read);
  g_test_add_func ("/mutt-rc/quote", test_quote);
  g_test_add_func ("/mutt-rc/empty", test_empty);
  g_test_add_data_func ("/mutt-rc/mutt", "mutt", test_program);
  g_test_add_data_func ("/mutt-rc/neomutt", "neomutt", test_program);
  g_test_add_func ("/mutt-rc/random", test_random);
  return g_test_run ();
}
