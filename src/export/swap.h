#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaSwap:
 * @target: the file itself, no symbolic link
 * @fresh: beside it: what it will hold, until it takes its place
 * @former: beside it: what it held, until all is done
 * @before: (nullable): the SHA-256 of what it holds; %NULL if there is none
 * @after: (nullable): the SHA-256 of what it will hold; %NULL if it is taken away
 *
 * One file of several that take the place of others, all or none. What needs room on the
 * disk is done beforehand: from then on there are only names to be changed, and changed
 * back, so that a full disk is in nobody's way.
 */
typedef struct
{
  char *target;
  char *fresh;
  char *former;
  char *before;
  char *after;
} BaruaSwap;

/**
 * barua_swap_new:
 * @target: the file itself, no symbolic link
 * @token: a word that no other swap under way has
 * @index: a number that no other swap with that @token has
 * @before: (nullable): as in #BaruaSwap
 * @after: (nullable): as in #BaruaSwap
 *
 * Returns: (transfer full): a swap, of which nothing is done yet
 */
BaruaSwap *barua_swap_new (const char *target,
                           const char *token,
                           guint index,
                           const char *before,
                           const char *after);

/**
 * barua_swap_free:
 * @self: (transfer full): a swap
 */
void barua_swap_free (BaruaSwap *self);

/**
 * barua_swap_digest:
 * @path: a file
 * @digest: (out) (transfer full) (nullable): its SHA-256; %NULL if there is none
 * @error: %G_FILE_ERROR
 *
 * Returns: whether it was read, or is not there
 */
gboolean barua_swap_digest (const char *path, char **digest, GError **error);

/**
 * barua_swap_check:
 * @self: a swap
 * @shown: what people call the file
 * @error: %BARUA_EXPORT_ERROR_CHANGED, %G_FILE_ERROR
 *
 * Returns: whether the file still is what it was
 */
gboolean barua_swap_check (const BaruaSwap *self, const char *shown, GError **error);

/**
 * barua_swap_prepare:
 * @self: a swap that does not take the file away
 * @content: what it will hold
 * @mode: its permissions
 * @error: %G_FILE_ERROR
 *
 * Writes what the file will hold, beside it.
 *
 * Returns: whether it is there
 */
gboolean
barua_swap_prepare (const BaruaSwap *self, GBytes *content, int mode, GError **error);

/**
 * barua_swap_make:
 * @self: a swap that is prepared
 * @shown: what people call the file
 * @error: %BARUA_EXPORT_ERROR_CHANGED, %G_FILE_ERROR
 *
 * Puts the new file in the place of the old one, which stays beside it.
 *
 * Returns: whether it is done
 */
gboolean barua_swap_make (const BaruaSwap *self, const char *shown, GError **error);

/**
 * barua_swap_take_back:
 * @self: a swap, as far as it came
 *
 * Puts the old file back. One that somebody else has written meanwhile is left as it is.
 * May be done any number of times.
 *
 * Returns: whether there is nothing more to take back
 */
gboolean barua_swap_take_back (const BaruaSwap *self);

/**
 * barua_swap_sweep:
 * @self: a swap that was made and is to stay
 *
 * Takes away what is beside the file.
 *
 * Returns: whether nothing is there any more
 */
gboolean barua_swap_sweep (const BaruaSwap *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaSwap, barua_swap_free)

G_END_DECLS
