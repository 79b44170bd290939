#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaQuick:
 * @BARUA_QUICK_DONE: the secret was printed
 * @BARUA_QUICK_MORE: there is more to it, or something to be said
 * @BARUA_QUICK_UNWRITABLE: standard output did not take all of it; errno says why
 *
 * What came of trying it quickly.
 */
typedef enum
{
  BARUA_QUICK_DONE,
  BARUA_QUICK_MORE,
  BARUA_QUICK_UNWRITABLE,
} BaruaQuick;

/**
 * barua_quick_try:
 * @argc: how many words
 * @argv: (array length=argc): the whole command line, the program's name first
 *
 * Does "barua password ADDRESS" and "barua token ADDRESS" where a look into an open
 * keyring is all there is to it, which is nearly always. Mail programs call it at every
 * connection, so it has no libraries for the web, for JSON, or for any language with it.
 *
 * Returns: what came of it
 */
BaruaQuick barua_quick_try (int argc, char **argv);

/**
 * barua_quick_write:
 * @bytes: (array length=length): an answer
 * @length: how many bytes
 *
 * Writes to standard output at once.
 *
 * Returns: whether all of it was taken; if not, errno says why
 */
gboolean barua_quick_write (const char *bytes, gsize length);

G_END_DECLS
