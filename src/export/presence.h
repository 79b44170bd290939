#pragma once

#include "export/exporter.h"

G_BEGIN_DECLS

/**
 * BaruaPresenceKind:
 * @BARUA_PRESENCE_NONE: it is not here
 * @BARUA_PRESENCE_NATIVE: a program of the system
 * @BARUA_PRESENCE_FLATPAK: a Flatpak
 * @BARUA_PRESENCE_SNAP: a Snap
 *
 * In which form a mail program is here.
 */
typedef enum
{
  BARUA_PRESENCE_NONE,
  BARUA_PRESENCE_NATIVE,
  BARUA_PRESENCE_FLATPAK,
  BARUA_PRESENCE_SNAP,
} BaruaPresenceKind;

/**
 * BaruaPresence:
 * @exporter: the mail program
 * @kind: in which form it is here
 * @version: (nullable): its version, if that is known without starting it
 * @icon: (nullable): the name of its icon, or the path of one, from its desktop file
 * @desktop_id: (nullable): its desktop file, with ".desktop", to start it with
 * @running: whether this person runs it now
 * @has_account: whether the address asked about is set up in it
 *
 * What is known of one mail program on this machine.
 */
typedef struct
{
  const BaruaExporter *exporter;
  BaruaPresenceKind kind;
  char *version;
  char *icon;
  char *desktop_id;
  gboolean running;
  gboolean has_account;
} BaruaPresence;

/**
 * barua_presence_free:
 * @self: (transfer full): a presence
 */
void barua_presence_free (BaruaPresence *self);

/**
 * barua_presence_kind_get_id:
 * @kind: a kind
 *
 * Returns: (nullable): the stable word of the interface: "native", "flatpak", "snap";
 *   %NULL for none
 */
const char *barua_presence_kind_get_id (BaruaPresenceKind kind);

/**
 * barua_presence_look:
 * @exporter: a mail program
 * @home: whose machine
 * @address: (nullable): whether it is set up for this address
 *
 * Looks for one mail program: in the search path, among desktop files, in the folders of
 * Flatpak and Snap. Reads files and starts nothing, so it is fast, and may be called in
 * any thread.
 *
 * Returns: (transfer full): what was found
 */
BaruaPresence *barua_presence_look (const BaruaExporter *exporter,
                                    const BaruaHome *home,
                                    const char *address);

/**
 * barua_presence_is_native:
 * @exporter: a mail program
 * @home: whose machine
 *
 * Returns: whether it is here as a program of the system's own, be there others or not. A
 *   package that only starts a Snap is none
 */
gboolean barua_presence_is_native (const BaruaExporter *exporter, const BaruaHome *home);

/**
 * barua_presence_is_running:
 * @exporter: a mail program
 * @home: whose machine
 *
 * Returns: whether a process of it belongs to this person
 */
gboolean barua_presence_is_running (const BaruaExporter *exporter, const BaruaHome *home);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaPresence, barua_presence_free)

G_END_DECLS
