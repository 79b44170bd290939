#pragma once

#include "ui/programs.h"

G_BEGIN_DECLS

/**
 * barua_program_text_must_close:
 * @program: a mail program
 *
 * Returns: whether it is running, and its files can be written only while it is closed
 */
gboolean barua_program_text_must_close (const BaruaProgram *program);

/**
 * barua_program_text_state:
 * @program: a mail program
 *
 * Returns: (transfer full) (nullable): what is to be known before it is chosen, in a few
 *   translated words: "close it first", "set up already", "will ask nothing"; %NULL for
 *   nothing
 */
char *barua_program_text_state (const BaruaProgram *program);

/**
 * barua_program_text_subtitle:
 * @program: a mail program
 *
 * Returns: (transfer full): its version and form, and its state
 */
char *barua_program_text_subtitle (const BaruaProgram *program);

/**
 * barua_program_text_is_here:
 * @program: a mail program
 *
 * Returns: whether it is on this machine
 */
gboolean barua_program_text_is_here (const BaruaProgram *program);

/**
 * barua_program_text_has_place:
 * @program: a mail program
 *
 * Returns: whether it has a place of its own for its settings; %FALSE for what is saved
 *   to a folder
 */
gboolean barua_program_text_has_place (const BaruaProgram *program);

/**
 * barua_program_text_compare:
 * @a: a #BaruaProgram **
 * @b: another
 *
 * Orders those with a window first: most people look for one of them.
 *
 * Returns: less than 0 when @a comes first
 */
int barua_program_text_compare (gconstpointer a, gconstpointer b);

/**
 * barua_program_text_count_windowed:
 * @programs: (element-type BaruaProgram): mail programs
 *
 * Returns: how many with a window are on this machine
 */
guint barua_program_text_count_windowed (const GPtrArray *programs);

/**
 * barua_program_text_is_suggested:
 * @program: a mail program
 * @default_id: (nullable): the desktop file of the program that opens mail addresses
 * @n_windowed: how many programs with a window are here
 *
 * Returns: whether it is chosen from the start: the one that the person uses anyway, or
 *   the only one there is
 */
gboolean barua_program_text_is_suggested (const BaruaProgram *program,
                                          const char *default_id,
                                          guint n_windowed);

G_END_DECLS
