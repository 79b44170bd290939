#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * barua_flatpak_is_inside:
 * @root: the folder that stands for the system: "/"
 *
 * Returns: whether this program runs as a Flatpak, which the file ".flatpak-info" of its
 *   system says (flatpak-metadata(5))
 */
gboolean barua_flatpak_is_inside (const char *root);

/**
 * barua_flatpak_dup_launcher:
 * @root: the folder that stands for the system: "/"
 *
 * Finds how programs outside of the sandbox start this one: Flatpak puts a script for
 * that beside the folder in which its programs lie, that of the system or the person's
 * own, and hands it all arguments.
 *
 * Returns: (transfer full) (nullable): the script's whole path outside:
 *   "/var/lib/flatpak/exports/bin/org.barua.Barua"; %NULL where this is no Flatpak, or
 *   the file cannot be understood
 */
char *barua_flatpak_dup_launcher (const char *root);

/**
 * barua_flatpak_dup_outer:
 * @root: the folder that stands for the system: "/"
 * @told: (nullable): the path outside, as HOST_XDG_CONFIG_HOME has it
 * @name: what it is called below the home where @told is no whole path: ".config"
 *
 * Returns: (transfer full) (nullable): where a person's folder lies that has another
 *   place for what runs as a Flatpak; %NULL where this is none
 */
char *barua_flatpak_dup_outer (const char *root, const char *told, const char *name);

/**
 * barua_flatpak_can_write:
 * @root: the folder that stands for the system: "/"
 * @home: the person's home
 * @config: the person's folder of settings outside
 * @path: a whole path
 *
 * Looks whether a file is kept: what is written elsewhere in the home stays in the
 * sandbox, and is gone at its end.
 *
 * Returns: whether @path lies in a folder that this Flatpak was given; %TRUE where this
 * is none
 */
gboolean barua_flatpak_can_write (const char *root,
                                  const char *home,
                                  const char *config,
                                  const char *path);

G_END_DECLS
