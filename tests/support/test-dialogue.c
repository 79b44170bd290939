#include "config.h"

#include "support/dialogue.h"

#include <string.h>

static const char SCRIPT[] = "# a script\n"
                             "Service: imap tls\n"
                             "Login: xoauth2 zoe@gmail.com to\\x20ken\n"
                             "TLS expired\n"
                             "S: * OK ready\n"
                             "C: $TAG CAPABILITY\n"
                             "TIMES 2 S: * CAPABILITY A\n"
                             "S: $TAG OK done\n"
                             "FILL 3 x\n"
                             "RAW: \\r\\n\\x41\n"
                             "C: \\*\n"
                             "C: LOGIN *\n"
                             "C: $B64($USER \\)$SECRET)\n"
                             "DRIP 5\n"
                             "S:\n"
                             "WAIT 20\n"
                             "CLOSE\n"
                             "STEP greeting ok\n"
                             "STEP sign-in refused 535\n"
                             "WORDS no\n"
                             "HAS IDLE\n";

static DialoguePlayer *
start (Dialogue **dialogue)
{
  g_autoptr (GError) error = NULL;

  *dialogue = dialogue_parse (SCRIPT, "script", &error);
  g_assert_no_error (error);
  return dialogue_player_new (*dialogue, NULL, NULL);
}

static void
assert_move (DialoguePlayer *player, DialogueMoveKind kind, const char *bytes)
{
  const DialogueMove *move = dialogue_player_next (player);

  g_assert_cmpint (move->kind, ==, kind);
  if (bytes != NULL)
    g_assert_cmpmem (move->bytes, move->length, bytes, strlen (bytes));
}

static void
push (DialoguePlayer *player, const char *text)
{
  dialogue_player_push (player, text, strlen (text));
}

static void
test_plays (void)
{
  g_autoptr (Dialogue) dialogue = NULL;
  g_autoptr (DialoguePlayer) player = start (&dialogue);
  const DialogueMove *move = dialogue_player_next (player);

  g_assert_cmpint (move->kind, ==, DIALOGUE_TLS);
  g_assert_cmpstr (move->name, ==, "expired");
  assert_move (player, DIALOGUE_SEND, "* OK ready\r\n");
  assert_move (player, DIALOGUE_READ, NULL);
  push (player, "A7 CAPA");
  assert_move (player, DIALOGUE_READ, NULL);
  push (player, "BILITY\r\n");
  assert_move (player, DIALOGUE_SEND,
               "* CAPABILITY A\r\n* CAPABILITY A\r\nA7 OK done\r\nxxx\r\nA");
  push (player, "*\r\nLOGIN whatever\r\nem9lQGdtYWlsLmNvbSApdG8ga2Vu\r\n");
  move = dialogue_player_next (player);
  g_assert_cmpint (move->kind, ==, DIALOGUE_SEND);
  g_assert_cmpmem (move->bytes, move->length, "\r\n", 2);
  g_assert_cmpuint (move->ms, ==, 5);
  move = dialogue_player_next (player);
  g_assert_cmpint (move->kind, ==, DIALOGUE_WAIT);
  g_assert_cmpuint (move->ms, ==, 20);
  assert_move (player, DIALOGUE_CLOSE, NULL);
  g_assert_true (dialogue_player_is_over (player));
}

static void
test_finds_what_is_wrong (void)
{
  g_autoptr (Dialogue) dialogue = NULL;
  g_autoptr (DialoguePlayer) player = start (&dialogue);
  const DialogueMove *move = NULL;

  assert_move (player, DIALOGUE_TLS, NULL);
  assert_move (player, DIALOGUE_SEND, NULL);
  push (player, "A7 CAPABILITYX\r\n");
  move = dialogue_player_next (player);
  g_assert_cmpint (move->kind, ==, DIALOGUE_WRONG);
  g_assert_cmpstr (
    move->name, ==,
    "script, line 6: expected “$TAG CAPABILITY”, the client sent “A7 CAPABILITYX”");
  g_assert_false (dialogue_player_is_over (player));
}

static void
test_clear_text_before_tls_is_wrong (void)
{
  g_autoptr (Dialogue) dialogue =
    dialogue_parse ("C: STARTTLS\nS: 220 go\nTLS\n", "script", NULL);
  g_autoptr (DialoguePlayer) player = dialogue_player_new (dialogue, NULL, NULL);

  push (player, "STARTTLS\r\nAUTH PLAIN x\r\n");
  assert_move (player, DIALOGUE_SEND, "220 go\r\n");
  assert_move (player, DIALOGUE_WRONG, NULL);
}

static void
test_more_than_the_script_is_wrong (void)
{
  g_autoptr (Dialogue) dialogue = dialogue_parse ("C: QUIT\n", "script", NULL);
  g_autoptr (DialoguePlayer) player = dialogue_player_new (dialogue, NULL, NULL);

  push (player, "QUIT\r\n");
  assert_move (player, DIALOGUE_END, NULL);
  push (player, "NOOP\r\n");
  assert_move (player, DIALOGUE_WRONG, NULL);
}

static void
test_other_login (void)
{
  g_autoptr (Dialogue) dialogue =
    dialogue_parse ("Login: plain a b\nS: $USER $SECRET \\$5\n", "script", NULL);
  g_autoptr (DialoguePlayer) player = dialogue_player_new (dialogue, "zoe", "other");

  assert_move (player, DIALOGUE_SEND, "zoe other $5\r\n");
}

static void
test_refuses_what_is_no_dialogue (void)
{
  const char *const scripts[] = {
    "Service: smtp\n",
    "Service: nntp tls\n",
    "Login: plain zoe\n",
    "Login: crypt a b\n",
    "Goal: send\n",
    "STEP sign-in\n",
    "STEP nowhere ok\n",
    "STEP tls well\n",
    "S text\n",
    "CLOSE now\n",
    "WAIT\n",
    "WAIT soon\n",
    "TIMES 3 C: QUIT\n",
    "FILL 3\n",
    "CLOSED\n",
    "PAUSE 3\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", scripts[i]);
      g_assert_null (dialogue_parse (scripts[i], "script", &error));
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/support/dialogue/plays", test_plays);
  g_test_add_func ("/support/dialogue/wrong", test_finds_what_is_wrong);
  g_test_add_func ("/support/dialogue/clear-text", test_clear_text_before_tls_is_wrong);
  g_test_add_func ("/support/dialogue/more", test_more_than_the_script_is_wrong);
  g_test_add_func ("/support/dialogue/login", test_other_login);
  g_test_add_func ("/support/dialogue/refuses", test_refuses_what_is_no_dialogue);
  return g_test_run ();
}
