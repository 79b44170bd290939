#pragma once

#include "account/account.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaWay:
 * @BARUA_WAY_KEPT: as it is kept on this machine already
 * @BARUA_WAY_BROWSER: in the browser (OAuth)
 * @BARUA_WAY_ONLINE: with the account of the desktop
 * @BARUA_WAY_PASSWORD: with an app password
 * @BARUA_WAY_NONE: not at all: the mail program will ask by itself
 *
 * How somebody can sign in.
 */
typedef enum
{
  BARUA_WAY_KEPT,
  BARUA_WAY_BROWSER,
  BARUA_WAY_ONLINE,
  BARUA_WAY_PASSWORD,
  BARUA_WAY_NONE,
} BaruaWay;

#define BARUA_N_WAYS (BARUA_WAY_NONE + 1)

/**
 * BaruaWaysFacts:
 * @kept: how the address is signed in to already; %BARUA_METHOD_NONE for not at all
 * @has_client: whether a Google client is known
 * @has_online: whether the desktop has the account, with mail
 * @online_attention: whether it has to be signed in to again in the desktop's settings
 *
 * What the choice of a way depends on.
 */
typedef struct
{
  BaruaMethod kept;
  gboolean has_client;
  gboolean has_online;
  gboolean online_attention;
} BaruaWaysFacts;

/**
 * barua_ways_list:
 * @facts: what the choice depends on
 * @ways: (out) (array fixed-size=5): the ways to offer, the best possible first
 *
 * Returns: how many
 */
guint barua_ways_list (const BaruaWaysFacts *facts, BaruaWay ways[BARUA_N_WAYS]);

/**
 * barua_way_get_title:
 * @way: a way
 *
 * Returns: what it is called, translated
 */
const char *barua_way_get_title (BaruaWay way);

/**
 * barua_way_get_text:
 * @way: a way
 * @facts: what the choice depends on
 *
 * Returns: when to choose it, one translated sentence
 */
const char *barua_way_get_text (BaruaWay way, const BaruaWaysFacts *facts);

/**
 * barua_way_get_icon:
 * @way: a way
 *
 * Returns: the icon that goes with it
 */
const char *barua_way_get_icon (BaruaWay way);

/**
 * barua_way_get_help_topic:
 * @way: a way
 *
 * Returns: which topic of the help tells of it: a #BaruaHelpTopic's id
 */
const char *barua_way_get_help_topic (BaruaWay way);

/**
 * barua_way_needs_keyring:
 * @way: a way
 *
 * Returns: whether a secret is kept for it
 */
gboolean barua_way_needs_keyring (BaruaWay way);

G_END_DECLS
