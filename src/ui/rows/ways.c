#include "config.h"

#include "ui/rows/ways.h"

#include <glib/gi18n.h>

guint
barua_ways_list (const BaruaWaysFacts *facts, BaruaWay ways[BARUA_N_WAYS])
{
  guint n_ways = 0;

  if (facts->kept != BARUA_METHOD_NONE)
    ways[n_ways++] = BARUA_WAY_KEPT;
  if (facts->has_client)
    ways[n_ways++] = BARUA_WAY_BROWSER;
  if (facts->has_online && !facts->online_attention)
    ways[n_ways++] = BARUA_WAY_ONLINE;
  ways[n_ways++] = BARUA_WAY_PASSWORD;
  if (facts->has_online && facts->online_attention)
    ways[n_ways++] = BARUA_WAY_ONLINE;
  if (!facts->has_client)
    ways[n_ways++] = BARUA_WAY_BROWSER;
  ways[n_ways++] = BARUA_WAY_NONE;
  return n_ways;
}

const char *
barua_way_get_title (BaruaWay way)
{
  switch (way)
    {
    case BARUA_WAY_KEPT:
      return _ ("As Before");
    case BARUA_WAY_BROWSER:
      return _ ("In the Browser");
    case BARUA_WAY_ONLINE:
      return _ ("With This Desktop’s Account");
    case BARUA_WAY_PASSWORD:
      return _ ("With an App Password");
    case BARUA_WAY_NONE:
    default:
      return _ ("Without Signing In");
    }
}

const char *
barua_way_get_text (BaruaWay way, const BaruaWaysFacts *facts)
{
  switch (way)
    {
    case BARUA_WAY_KEPT:
      return facts->kept == BARUA_METHOD_ONLINE_ACCOUNT
               ? _ ("You are signed in through this desktop’s account.")
               : _ ("You are signed in: the keyring has what is needed.");
    case BARUA_WAY_BROWSER:
      return facts->has_client
               ? _ ("Google asks you on its own page; no password is kept here.")
               : _ ("For those who have made a Google client of their own.");
    case BARUA_WAY_ONLINE:
      return facts->online_attention
               ? _ (
                   "The desktop has this account, but it has to be signed in to again in "
                   "Settings first.")
               : _ ("The desktop is signed in to this account already: nothing to type.");
    case BARUA_WAY_PASSWORD:
      return _ ("Google makes one in a minute, and it works in every mail program.");
    case BARUA_WAY_NONE:
    default:
      return _ ("Everything else is set up, and the mail program asks for the password.");
    }
}

const char *
barua_way_get_icon (BaruaWay way)
{
  switch (way)
    {
    case BARUA_WAY_KEPT:
      return "emblem-ok-symbolic";
    case BARUA_WAY_BROWSER:
      return "web-browser-symbolic";
    case BARUA_WAY_ONLINE:
      return "user-desktop-symbolic";
    case BARUA_WAY_PASSWORD:
      return "dialog-password-symbolic";
    case BARUA_WAY_NONE:
    default:
      return "mail-unread-symbolic";
    }
}

const char *
barua_way_get_help_topic (BaruaWay way)
{
  switch (way)
    {
    case BARUA_WAY_KEPT:
      return "keyring";
    case BARUA_WAY_BROWSER:
      return "browser";
    case BARUA_WAY_ONLINE:
      return "gnome";
    case BARUA_WAY_PASSWORD:
      return "app-passwords";
    case BARUA_WAY_NONE:
    default:
      return "need";
    }
}

gboolean
barua_way_needs_keyring (BaruaWay way)
{
  return way == BARUA_WAY_BROWSER || way == BARUA_WAY_PASSWORD;
}
