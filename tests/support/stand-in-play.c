#include "config.h"

#include "support/stand-in.h"

#include "support/dialogue.h"

#include <string.h>

static void
push_more (Wire *wire, DialoguePlayer *player)
{
  char piece[4096];
  gssize got = wire_hear (wire, piece, sizeof piece);
  if (got <= 0)
    {
      wire->dead = TRUE;
      return;
    }
  wire_note (wire, "command", "(played)");
  dialogue_player_push (player, piece, got);
}

static void
send_move (Wire *wire, const DialogueMove *move)
{
  if (move->ms == 0)
    {
      wire_send (wire, move->bytes, move->length);
      return;
    }
  for (gsize i = 0; i < move->length && !wire->dead; i++)
    {
      wire_send (wire, move->bytes + i, 1);
      g_usleep (move->ms * 1000);
    }
}

static void
make_move (Wire *wire, DialoguePlayer *player, const DialogueMove *move)
{
  switch (move->kind)
    {
    case DIALOGUE_READ:
    case DIALOGUE_END:
      push_more (wire, player);
      break;
    case DIALOGUE_SEND:
      send_move (wire, move);
      break;
    case DIALOGUE_TLS:
      wire_shake_hands_as (wire,
                           move->name != NULL && *move->name != '\0' ? move->name : NULL);
      break;
    case DIALOGUE_WAIT:
      g_usleep (move->ms * 1000);
      break;
    case DIALOGUE_RESET:
      wire_reset (wire);
      break;
    case DIALOGUE_HANG:
      wire_hang (wire);
      break;
    case DIALOGUE_WRONG:
      wire_note (wire, "wrong", move->name);
      wire->dead = TRUE;
      break;
    case DIALOGUE_CLOSE:
    default:
      wire->dead = TRUE;
      break;
    }
}

void
serve_dialogue (Wire *wire, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Dialogue) dialogue = dialogue_load (path, &error);
  if (dialogue == NULL)
    g_error ("%s", error->message);
  BaruaLogin *login = dialogue_get_login (dialogue);
  gboolean token = login != NULL && barua_login_uses_token (login);
  g_autoptr (DialoguePlayer) player = dialogue_player_new (
    dialogue, "zoe@gmail.com",
    stand_in_secret (wire->stand_in, token ? "access-token" : "app-password"));
  while (!wire->dead)
    make_move (wire, player, dialogue_player_next (player));
}
