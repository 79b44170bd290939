#include "fuzz/fuzz.h"

#include "probe/engine.h"

#include <string.h>

#define WORD "qwertyuiopasdfgh"
#define STEPS_MAX 200

static const BaruaService SERVICES[] = {
  { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 465, BARUA_SECURITY_TLS },
  { BARUA_PROTOCOL_SMTP, "smtp.gmail.com", 587, BARUA_SECURITY_STARTTLS },
  { BARUA_PROTOCOL_IMAP, "imap.gmail.com", 993, BARUA_SECURITY_TLS },
  { BARUA_PROTOCOL_POP, "pop.gmail.com", 995, BARUA_SECURITY_TLS },
};

typedef struct
{
  const char *bytes;
  size_t length;
  size_t at;
  gboolean encrypted;
} Server;

static BaruaReply *
listen_to (Server *server, BaruaReader *reader)
{
  BaruaReply *reply = barua_reader_pop (reader);

  while (reply == NULL && server->at < server->length &&
         barua_reader_get_fault (reader) == BARUA_REPLY_FAULT_NONE)
    {
      barua_reader_push (reader, server->bytes + server->at++, 1);
      reply = barua_reader_pop (reader);
    }
  return reply;
}

/* No secret before the connection is encrypted, and none where people look. */
static void
check (const BaruaAction *action, gboolean encrypted)
{
  g_assert_true (encrypted || action->bytes == NULL ||
                 strcmp (action->bytes, "EHLO [127.0.0.1]\r\n") == 0 ||
                 strcmp (action->bytes, "STARTTLS\r\n") == 0);
  g_assert_true (action->shown == NULL || strstr (action->shown, WORD) == NULL);
}

static void
converse (BaruaEngine *engine,
          BaruaReader *reader,
          Server *server,
          BaruaEvidence *evidence)
{
  g_autoptr (BaruaAction) action = barua_engine_step (engine, NULL, evidence);

  for (guint i = 0; i < STEPS_MAX && action->kind != BARUA_ACTION_DONE; i++)
    {
      g_autoptr (BaruaReply) reply = NULL;

      check (action, server->encrypted);
      server->encrypted |= action->kind == BARUA_ACTION_STARTTLS;
      if (action->kind != BARUA_ACTION_STARTTLS && action->kind != BARUA_ACTION_WAIT)
        {
          reply = listen_to (server, reader);
          if (reply == NULL)
            return;
        }
      barua_action_free (g_steal_pointer (&action));
      action = barua_engine_step (engine, reply, evidence);
    }
}

/* The first byte chooses server, login and goal; the rest is what the server says. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const BaruaErrand errand = { "Subject: Hello\r\n\r\nHello\r\n", "<1@gmail.com>",
                                      3 };
  static const BaruaMechanism mechanisms[] = { BARUA_MECHANISM_PASSWORD,
                                               BARUA_MECHANISM_TOKEN };
  const BaruaService *service = NULL;
  g_autoptr (BaruaSecret) secret = barua_secret_new (WORD, -1);
  g_autoptr (BaruaLogin) login = NULL;
  g_autoptr (BaruaRedactor) redactor = barua_redactor_new ();
  g_autoptr (BaruaEngine) engine = NULL;
  g_autoptr (BaruaReader) reader = NULL;
  g_autoptr (BaruaEvidence) evidence = NULL;
  Server server = { 0 };

  fuzz_no_criticals ();
  if (size < 1)
    return 0;
  service = &SERVICES[data[0] % 4];
  if (data[0] & 4)
    login = barua_login_new (mechanisms[data[0] >> 3 & 1], "zoe@gmail.com", secret);
  barua_redactor_add (redactor, secret);
  engine = barua_engine_new (service, login, (BaruaGoal) (data[0] / 16 % 5), redactor);
  barua_engine_set_errand (engine, &errand);
  reader = barua_reader_new (service->protocol);
  evidence = barua_evidence_new (service);
  server = (Server){ (const char *) data + 1, size - 1, 0,
                     service->security == BARUA_SECURITY_TLS };
  converse (engine, reader, &server, evidence);
  return 0;
}
