#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaHome:
 * @home: the folder in which a person's files are read and written
 * @config: the same for settings: ~/.config, or what XDG_CONFIG_HOME says
 * @data: the same for data: ~/.local/share, or what XDG_DATA_HOME says
 * @lives: what files that are written call the person's home. The same as @home, unless
 *   files are saved to a folder from which the person takes them
 * @undo: where what is needed to undo changes is kept; the person's own, also when files
 *   are saved to a folder
 * @root: where the system's own files lie: "/"
 * @search: (array zero-terminated=1): the folders in which programs are looked for
 * @apart: whether @home is a folder to save to, in which nothing is looked for
 *
 * Where everything of one person lies. An argument, so that a test can bring its own.
 */
typedef struct
{
  char *home;
  char *config;
  char *data;
  char *lives;
  char *undo;
  char *root;
  char **search;
  gboolean apart;
} BaruaHome;

/**
 * barua_home_new:
 *
 * Returns: (transfer full): the home of the person who runs this program
 */
BaruaHome *barua_home_new (void);

/**
 * barua_home_new_at:
 * @folder: a folder that stands for a person's home
 * @root: a folder that stands for the system
 *
 * Returns: (transfer full): a home in which everything has its usual name, with
 *   "usr/bin" below @root as the only folder in which programs are looked for
 */
BaruaHome *barua_home_new_at (const char *folder, const char *root);

/**
 * barua_home_new_apart:
 * @self: a home
 * @folder: where files are to be saved instead, laid out as in a home
 *
 * Returns: (transfer full): a home in which nothing is yet, whose files still speak of
 *   the person's own
 */
BaruaHome *barua_home_new_apart (const BaruaHome *self, const char *folder);

/**
 * barua_home_copy:
 * @self: a home
 *
 * Returns: (transfer full): another like it
 */
BaruaHome *barua_home_copy (const BaruaHome *self);

/**
 * barua_home_free:
 * @self: (transfer full): a home
 */
void barua_home_free (BaruaHome *self);

/**
 * barua_home_dup_path:
 * @self: a home
 * @name: a path below it: ".muttrc"
 *
 * Returns: (transfer full): the whole path
 */
char *barua_home_dup_path (const BaruaHome *self, const char *name);

/**
 * barua_home_dup_config_path:
 * @self: a home
 * @name: a path below the folder of settings: "aerc/accounts.conf"
 *
 * Returns: (transfer full): the whole path
 */
char *barua_home_dup_config_path (const BaruaHome *self, const char *name);

/**
 * barua_home_dup_data_path:
 * @self: a home
 * @name: a path below the folder of data
 *
 * Returns: (transfer full): the whole path
 */
char *barua_home_dup_data_path (const BaruaHome *self, const char *name);

/**
 * barua_home_dup_system_path:
 * @self: a home
 * @name: a path below the system's root: "etc/msmtprc"
 *
 * Returns: (transfer full): the whole path
 */
char *barua_home_dup_system_path (const BaruaHome *self, const char *name);

/**
 * barua_home_dup_later:
 * @self: a home
 * @path: a path in it
 *
 * Returns: (transfer full): what files that are written call @path: the same, but for a
 *   home apart
 */
char *barua_home_dup_later (const BaruaHome *self, const char *path);

/**
 * barua_home_dup_shown:
 * @self: a home
 * @path: a path
 *
 * Returns: (transfer full): the path as people read it: "~/.muttrc"; printable
 */
char *barua_home_dup_shown (const BaruaHome *self, const char *path);

/**
 * barua_home_find_program:
 * @self: a home
 * @name: what it is started as
 *
 * Returns: (transfer full) (nullable): the path of the program; %NULL if it is not here
 */
char *barua_home_find_program (const BaruaHome *self, const char *name);

/**
 * barua_home_first:
 * @self: a home
 * @paths: (array zero-terminated=1): whole paths, the likeliest first
 *
 * Returns: the first of @paths that is there; the first of all if none is
 */
const char *barua_home_first (const BaruaHome *self, const char *const *paths);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaHome, barua_home_free)

G_END_DECLS
