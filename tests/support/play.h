#pragma once

#include "support/dialogue.h"

G_BEGIN_DECLS

/**
 * play_dialogue:
 * @dialogue: a dialogue
 * @chunk: how many bytes come with each read; 0 for all that there are
 *
 * Plays a dialogue to an engine in memory, and does with its actions what the probe does
 * with them. What the engine sends in the clear is compared with the little that it may
 * send there. Ends the program when the engine does not keep to the script.
 *
 * Returns: (transfer full): what was seen
 */
BaruaEvidence *play_dialogue (const Dialogue *dialogue, gsize chunk);

/**
 * play_record:
 * @dialogue: a dialogue
 *
 * Plays a dialogue like play_dialogue().
 *
 * Returns: (transfer full): all that the server said
 */
GString *play_record (const Dialogue *dialogue);

/**
 * play_all:
 * @prefix: the start of file names in tests/dialogues
 *
 * Adds a test for each dialogue of that name, played whole and one byte per read.
 */
void play_all (const char *prefix);

G_END_DECLS
