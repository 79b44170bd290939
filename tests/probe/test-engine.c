#include "config.h"

#include "probe/engine.h"

#include "base/redact.h"
#include "support/dialogue.h"
#include "support/play.h"

#include <string.h>

#define USER "zoe@gmail.com"
#define WORD "qwertyuiopasdfgh"
#define ROUNDS 30000
#define LONGEST_PLAY 60
#define MUTATIONS 30
#define LONGEST_STREAM 20000

static const BaruaService SERVICES[] = {
  { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 465, BARUA_SECURITY_TLS },
  { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 587, BARUA_SECURITY_STARTTLS },
  { BARUA_PROTOCOL_IMAP, "imap.gmail.com", 993, BARUA_SECURITY_TLS },
  { BARUA_PROTOCOL_POP, "pop.gmail.com", 995, BARUA_SECURITY_TLS },
  { BARUA_PROTOCOL_IMAP, "imap.gmail.com", 143, BARUA_SECURITY_STARTTLS },
  { BARUA_PROTOCOL_POP, "pop.gmail.com", 110, BARUA_SECURITY_STARTTLS },
};

/* What servers say, in no order at all; "%s" is the last tag, "$" what they were sent. */
static const char *const SMTP_LINES[] = {
  "220 gsmtp",
  "220-a\r\n220 b",
  "250 ok",
  "250-x\r\n250-AUTH PLAIN LOGIN XOAUTH2\r\n250-STARTTLS\r\n250 PIPELINING",
  "250-x\r\n250-AUTH LOGIN\r\n250 STARTTLS",
  "250-x\r\n250 AUTH OAUTHBEARER",
  "235 in",
  "334",
  "334 eyJzdGF0dXMiOiI0MDAifQ==",
  "334 {",
  "334 $",
  "421 gone",
  "535-no $\r\n535 no",
  "550 no $",
  "354 go",
};
static const char *const IMAP_LINES[] = {
  "* OK Gimap",
  "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2] hi",
  "* PREAUTH hi",
  "* BYE $",
  "* CAPABILITY IMAP4rev1 AUTH=PLAIN",
  "* CAPABILITY IMAP4rev1 LOGINDISABLED",
  "* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=OAUTHBEARER",
  "* 5 EXISTS",
  "* LIST (\\All) \"/\" \"[Gmail]/Alle & K\"",
  "* LIST (\\Trash) NIL bin\r\n* LIST (\\Junk) \".\" {4}\r\nj\"nk",
  "* SEARCH 4 5\r\n%sOK",
  "* CAPABILITY MOVE UIDPLUS\r\n%sOK",
  "%sNO $",
  "* X {3}\r\nabc",
  "+",
  "+ eyJzdGF0dXMiOiI0MDAifQ==",
  "+ {",
  "+ $",
  "%sOK in",
  "%sNO [ALERT] $",
  "%sBAD $",
  "Z9 OK in",
};
static const char *const POP_LINES[] = {
  "+OK Gpop",
  "+OK\r\nUSER\r\nSASL PLAIN XOAUTH2\r\n.",
  "+OK\r\nUSER\r\n.",
  "+OK\r\nSASL OAUTHBEARER\r\n.",
  "-ERR no $",
  "+",
  "+ eyJzdGF0dXMiOiI0MDAifQ==",
  "+ {",
  "+ $",
};

static void
pick_line (BaruaProtocol protocol, const char *last, GString *out)
{
  const struct
  {
    const char *const *lines;
    gsize count;
  } sets[] = {
    [BARUA_PROTOCOL_SMTP] = { SMTP_LINES, G_N_ELEMENTS (SMTP_LINES) },
    [BARUA_PROTOCOL_IMAP] = { IMAP_LINES, G_N_ELEMENTS (IMAP_LINES) },
    [BARUA_PROTOCOL_POP] = { POP_LINES, G_N_ELEMENTS (POP_LINES) },
  };
  const char *line =
    sets[protocol].lines[g_test_rand_int_range (0, (gint32) sets[protocol].count)];
  g_autofree char *tag = g_strndup (last, strcspn (last, " ") + 1);
  g_autofree char *argument = g_strndup (last, strcspn (last, "\r\n"));

  g_string_truncate (out, 0);
  for (; *line != '\0'; line++)
    {
      if (*line == '$')
        g_string_append (out, argument);
      else if (g_str_has_prefix (line, "%s"))
        {
          g_string_append (out, tag);
          line++;
        }
      else
        g_string_append_c (out, *line);
    }
  g_string_append (out, "\r\n");
  if (g_test_rand_int_range (0, 30) == 0)
    out->str[g_test_rand_int_range (0, (gint32) out->len)] =
      (char) g_test_rand_int_range (0, 256);
}

static void
assert_clean (const char *text)
{
  g_autofree char *coded = g_base64_encode ((const guchar *) WORD, strlen (WORD));

  if (text == NULL)
    return;
  g_assert_null (strstr (text, WORD));
  coded[strlen (coded) - 3] = '\0';
  g_assert_null (strstr (text, coded));
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
assert_evidence_is_clean (const BaruaEvidence *evidence)
{
  for (guint i = 0; i < evidence->steps->len; i++)
    {
      const BaruaStep *step = g_ptr_array_index (evidence->steps, i);

      assert_clean (step->words);
      assert_clean (step->challenge);
      assert_clean (step->detail);
    }
  for (guint i = 0; evidence->capabilities[i] != NULL; i++)
    assert_clean (evidence->capabilities[i]);
  assert_clean (evidence->mechanism);
}

/* What is wrong for any engine, whatever the server says. */
static void
check_action (const BaruaAction *action, gboolean encrypted)
{
  if (action->bytes == NULL)
    return;
  g_assert_true (g_str_has_suffix (action->bytes, "\r\n"));
  if (!encrypted)
    g_assert_true (strcmp (action->bytes, "EHLO [127.0.0.1]\r\n") == 0 ||
                   strcmp (action->bytes, "STARTTLS\r\n") == 0);
  assert_clean (action->shown);
  /* A folder may be called anything, and is called so; the transcript is redacted. */
  if (action->shown == NULL && action->stage <= BARUA_STAGE_SIGN_IN)
    assert_clean (action->bytes);
}

/* What a server says: what was recorded of one, or anything at all. */
typedef struct
{
  const GString *stream;
  gsize position;
} Source;

static gboolean
say_more (Source *self, BaruaReader *reader, BaruaProtocol protocol, const char *last)
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (self->stream == NULL)
    {
      pick_line (protocol, last, line);
      barua_reader_push (reader, line->str, line->len);
      return TRUE;
    }
  if (self->position == self->stream->len)
    return FALSE;
  barua_reader_push (reader, self->stream->str + self->position++, 1);
  return TRUE;
}

static BaruaReply *
make_reply (Source *self, BaruaReader *reader, BaruaProtocol protocol, const char *last)
{
  BaruaReply *reply = barua_reader_pop (reader);

  while (reply == NULL && barua_reader_get_fault (reader) == BARUA_REPLY_FAULT_NONE &&
         say_more (self, reader, protocol, last))
    reply = barua_reader_pop (reader);
  return reply;
}

static void
converse (const BaruaService *service,
          BaruaLogin *login,
          BaruaGoal goal,
          const GString *stream)
{
  Source source = { stream, 0 };
  g_autoptr (BaruaRedactor) redactor = barua_redactor_new ();
  g_autoptr (BaruaEngine) engine = barua_engine_new (service, login, goal, redactor);
  g_autoptr (BaruaReader) reader = barua_reader_new (service->protocol);
  g_autoptr (BaruaEvidence) evidence = barua_evidence_new (service);
  g_autoptr (BaruaAction) action = NULL;
  g_autofree char *last = g_strdup ("");
  gboolean encrypted = service->security == BARUA_SECURITY_TLS;

  barua_engine_set_errand (engine, dialogue_get_errand ());
  if (login != NULL)
    barua_redactor_add (redactor, barua_login_get_secret (login));
  action = barua_engine_step (engine, NULL, evidence);
  for (guint i = 0; i < LONGEST_PLAY && action->kind != BARUA_ACTION_DONE; i++)
    {
      g_autoptr (BaruaReply) reply = NULL;

      check_action (action, encrypted);
      encrypted = encrypted || action->kind == BARUA_ACTION_STARTTLS;
      if (action->bytes != NULL)
        {
          g_free (last);
          last = g_strdup (action->bytes);
        }
      if (service->protocol == BARUA_PROTOCOL_POP)
        barua_reader_expect_lines (reader, action->several);
      if (action->kind != BARUA_ACTION_STARTTLS && action->kind != BARUA_ACTION_WAIT)
        {
          reply = make_reply (&source, reader, service->protocol, last);
          if (reply == NULL)
            break;
        }
      barua_action_free (action);
      action = barua_engine_step (engine, reply, evidence);
    }
  check_action (action, encrypted);
  assert_evidence_is_clean (evidence);
}

static void
test_no_server_gets_more (void)
{
  g_autoptr (BaruaSecret) secret = barua_secret_new (WORD, -1);

  for (guint round = 0; round < ROUNDS; round++)
    {
      const BaruaService *service = &SERVICES[round % G_N_ELEMENTS (SERVICES)];
      BaruaMechanism mechanism =
        (BaruaMechanism) g_test_rand_int_range (0, BARUA_MECHANISM_OAUTHBEARER + 1);
      g_autoptr (BaruaLogin) login =
        round % 11 == 0 ? NULL : barua_login_new (mechanism, USER, secret);

      converse (service, login,
                (BaruaGoal) g_test_rand_int_range (0, BARUA_GOAL_TEST_MESSAGE + 1), NULL);
    }
}

/* Changes, takes out, doubles or swaps something, in one to three places. */
static GString *
mutate (const GString *said)
{
  GString *out = g_string_new_len (said->str, (gssize) said->len);

  for (int left = g_test_rand_int_range (1, 4); left > 0 && out->len > 0; left--)
    {
      gint32 at = g_test_rand_int_range (0, (gint32) out->len);
      gint32 length = g_test_rand_int_range (1, MIN (40, (gint32) out->len - at) + 1);
      g_autofree char *piece = g_strndup (out->str + at, (gsize) length);

      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          out->str[at] = (char) g_test_rand_int_range (0, 256);
          break;
        case 1:
          g_string_erase (out, at, length);
          break;
        case 2:
          g_string_insert (out, at, piece);
          break;
        default:
          g_string_insert (out, g_test_rand_int_range (0, (gint32) out->len), piece);
          break;
        }
    }
  return out;
}

static void
mutate_dialogue (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Dialogue) dialogue = dialogue_load (path, &error);
  g_autoptr (GString) said = NULL;

  g_assert_no_error (error);
  said = play_record (dialogue);
  if (said->len == 0 || said->len > LONGEST_STREAM)
    return;
  for (guint i = 0; i < MUTATIONS; i++)
    {
      g_autoptr (GString) stream = mutate (said);

      converse (dialogue_get_service (dialogue), dialogue_get_login (dialogue),
                dialogue_get_goal (dialogue), stream);
    }
}

static void
test_mutated_dialogues (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "dialogues", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      mutate_dialogue (path);
    }
}

/* Once it is over it stays so. */
static void
test_stays_over (void)
{
  g_autoptr (BaruaEngine) engine =
    barua_engine_new (&SERVICES[4], NULL, BARUA_GOAL_REHEARSE, NULL);
  g_autoptr (BaruaEvidence) evidence = barua_evidence_new (&SERVICES[4]);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (BaruaAction) action = barua_engine_step (engine, NULL, evidence);

      g_assert_cmpint (action->kind, ==, BARUA_ACTION_DONE);
      g_assert_null (action->bytes);
      g_assert_cmpuint (evidence->steps->len, ==, 1);
    }
}

static BaruaAction *
answer (BaruaEngine *engine, BaruaEvidence *evidence, const char *text, gint64 ms)
{
  char *lines[] = { (char *) text, NULL };
  const BaruaReply reply = { lines, (guint) g_ascii_strtoull (text, NULL, 10), ms };

  return barua_engine_step (engine, &reply, evidence);
}

/* A step takes as long as all of its replies. */
static void
test_adds_times_up (void)
{
  const char *const replies[] = { "+OK Gpop", "-ERR no CAPA", "+OK", "+OK", "+OK 0 0" };
  g_autoptr (BaruaSecret) secret = barua_secret_new (WORD, -1);
  g_autoptr (BaruaLogin) login = barua_login_new (BARUA_MECHANISM_PASSWORD, USER, secret);
  g_autoptr (BaruaEngine) engine =
    barua_engine_new (&SERVICES[3], login, BARUA_GOAL_SIGN_IN, NULL);
  g_autoptr (BaruaEvidence) evidence = barua_evidence_new (&SERVICES[3]);
  const BaruaStep *step = NULL;

  barua_action_free (barua_engine_step (engine, NULL, evidence));
  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (BaruaAction) action =
        answer (engine, evidence, replies[i], (gint64) 10 << i);

      g_assert_cmpint (action->stage, ==,
                       i == 0   ? BARUA_STAGE_CAPABILITIES
                       : i == 4 ? action->stage
                                : BARUA_STAGE_SIGN_IN);
    }
  step = barua_evidence_get_step (evidence, BARUA_STAGE_GREETING);
  g_assert_cmpint (step->ms, ==, 10);
  step = barua_evidence_get_step (evidence, BARUA_STAGE_CAPABILITIES);
  g_assert_cmpint (step->ms, ==, 20);
  step = barua_evidence_get_step (evidence, BARUA_STAGE_SIGN_IN);
  g_assert_cmpint (step->ms, ==, 40 + 80 + 160);
}

/* What is no secret stands in the transcript as it is. */
static void
test_shows_what_is_no_secret (void)
{
  const struct
  {
    const char *offer;
    const char *shown;
    const char *challenge;
    const char *answer;
  } rows[] = {
    { "250-x\r\n250 AUTH XOAUTH2", "AUTH XOAUTH2 [hidden]", "334 e30=", "\r\n" },
    { "250-x\r\n250 AUTH OAUTHBEARER", "AUTH OAUTHBEARER [hidden]",
      "334 e30=", "AQ==\r\n" },
    { "250-x\r\n250 AUTH XOAUTH2", "AUTH XOAUTH2 [hidden]", "334 {", "*\r\n" },
  };
  g_autoptr (BaruaSecret) secret = barua_secret_new (WORD, -1);
  g_autoptr (BaruaLogin) login = barua_login_new (BARUA_MECHANISM_TOKEN, USER, secret);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) lines = g_strsplit (rows[i].offer, "\r\n", -1);
      const BaruaReply offer = { lines, 250, 0 };
      g_autoptr (BaruaEngine) engine =
        barua_engine_new (&SERVICES[0], login, BARUA_GOAL_SIGN_IN, NULL);
      g_autoptr (BaruaEvidence) evidence = barua_evidence_new (&SERVICES[0]);
      g_autoptr (BaruaAction) begun = NULL;
      g_autoptr (BaruaAction) answered = NULL;

      barua_action_free (barua_engine_step (engine, NULL, evidence));
      barua_action_free (answer (engine, evidence, "220 gsmtp", 0));
      begun = barua_engine_step (engine, &offer, evidence);
      g_assert_cmpstr (begun->shown, ==, rows[i].shown);
      answered = answer (engine, evidence, rows[i].challenge, 0);
      g_assert_null (answered->shown);
      g_assert_cmpstr (answered->bytes, ==, rows[i].answer);
    }
}

static void
test_keeps_words (void)
{
  const char *const replies[] = {
    "* OK Gimap", "* OK [ALERT] before", "* CAPABILITY IMAP4rev1",
    "* 5 EXISTS", "A1 OK done",          "* NO first",
    "* 3 EXISTS", "* BAD third",         "A2 NO second"
  };
  g_autoptr (BaruaSecret) secret = barua_secret_new (WORD, -1);
  g_autoptr (BaruaLogin) login = barua_login_new (BARUA_MECHANISM_PASSWORD, USER, secret);
  g_autoptr (BaruaEngine) engine =
    barua_engine_new (&SERVICES[2], login, BARUA_GOAL_SIGN_IN, NULL);
  g_autoptr (BaruaEvidence) evidence = barua_evidence_new (&SERVICES[2]);
  const BaruaStep *step = NULL;

  barua_action_free (barua_engine_step (engine, NULL, evidence));
  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    barua_action_free (answer (engine, evidence, replies[i], 0));
  step = barua_evidence_get_step (evidence, BARUA_STAGE_GREETING);
  g_assert_cmpstr (step->words, ==, "OK Gimap");
  step = barua_evidence_get_step (evidence, BARUA_STAGE_CAPABILITIES);
  g_assert_cmpstr (step->words, ==, "OK [ALERT] before\nOK done");
  step = barua_evidence_get_step (evidence, BARUA_STAGE_SIGN_IN);
  g_assert_cmpstr (step->words, ==, "NO first\nBAD third\nNO second");
  g_assert_cmpstr (step->detail, ==, "LOGIN");
  g_assert_cmpstr (evidence->capabilities[0], ==, "IMAP4rev1");
  g_assert_null (evidence->capabilities[1]);
}

/* What a server offers is bounded. */
static void
test_offers_are_bounded (void)
{
  g_autoptr (BaruaEngine) engine =
    barua_engine_new (&SERVICES[2], NULL, BARUA_GOAL_SIGN_IN, NULL);
  g_autoptr (BaruaEvidence) evidence = barua_evidence_new (&SERVICES[2]);
  g_autoptr (GString) line = g_string_new ("* CAPABILITY");
  g_autofree char *longest = g_strnfill (5000, 'x');

  g_string_append_printf (line, " %s", longest);
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (line, " X%u", i);
  barua_action_free (barua_engine_step (engine, NULL, evidence));
  barua_action_free (answer (engine, evidence, "* OK hi", 0));
  barua_action_free (answer (engine, evidence, line->str, 0));
  barua_action_free (answer (engine, evidence, "A1 OK", 0));
  g_assert_cmpuint (g_strv_length (evidence->capabilities), <=, 500);
  g_assert_cmpuint (strlen (evidence->capabilities[0]), <, 300);
}

/* A greeting in the clear is not kept; only whether it is like Gmail's. */
static void
test_strange_greeting (void)
{
  const struct
  {
    const char *greeting;
    const BaruaService *service;
    gboolean strange;
  } rows[] = {
    { "220 smtp.gmail.com ESMTP 5b1f17b1804b1 - gsmtp", &SERVICES[1], FALSE },
    { "220 MX.Google.com ESMTP 5b1f17b1804b1", &SERVICES[1], FALSE },
    { "220-host7.example.net ESMTP Exim 4.98", &SERVICES[1], TRUE },
    { "220 mail.example ESMTP Postfix", &SERVICES[0], FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (BaruaEngine) engine =
        barua_engine_new (rows[i].service, NULL, BARUA_GOAL_CAPABILITIES, NULL);
      g_autoptr (BaruaEvidence) evidence = barua_evidence_new (rows[i].service);
      const BaruaStep *step = NULL;

      barua_action_free (barua_engine_step (engine, NULL, evidence));
      barua_action_free (answer (engine, evidence, rows[i].greeting, 0));
      step = barua_evidence_get_step (evidence, BARUA_STAGE_GREETING);
      g_assert_cmpint (step->outcome, ==, BARUA_OUTCOME_OK);
      g_assert_cmpstr (step->detail, ==,
                       rows[i].strange ? BARUA_DETAIL_STRANGE_GREETING : NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/engine/hostile", test_no_server_gets_more);
  g_test_add_func ("/probe/engine/mutated", test_mutated_dialogues);
  g_test_add_func ("/probe/engine/over", test_stays_over);
  g_test_add_func ("/probe/engine/times", test_adds_times_up);
  g_test_add_func ("/probe/engine/shown", test_shows_what_is_no_secret);
  g_test_add_func ("/probe/engine/words", test_keeps_words);
  g_test_add_func ("/probe/engine/offers", test_offers_are_bounded);
  g_test_add_func ("/probe/engine/greeting", test_strange_greeting);
  return g_test_run ();
}
