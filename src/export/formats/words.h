#pragma once

#include "export/formats/key-file.h"

G_BEGIN_DECLS

/**
 * BaruaWord:
 * @name: the line's first word: "host"
 * @value: (nullable): what follows, without the blanks and quotes around it; %NULL if
 *   nothing does
 * @span: where that stands, quotes and all; where nothing follows, where it could
 * @offset: where the line begins
 * @length: how many bytes it has, with its line end
 * @indent: (transfer full): the blanks at its beginning
 *
 * One line of a file in which each is a word with a value, as msmtp has it.
 */
typedef struct
{
  char *name;
  char *value;
  BaruaSpan span;
  gsize offset;
  gsize length;
  char *indent;
} BaruaWord;

/**
 * barua_words_read:
 * @text: (nullable): any text
 * @length: how many bytes
 *
 * Reads all lines that are neither empty nor a comment ("#"). A value in double quotes
 * has no escapes.
 *
 * Returns: (transfer full) (element-type BaruaWord): the lines, in order
 */
GPtrArray *barua_words_read (const char *text, gsize length);

/**
 * barua_words_quote:
 * @value: one line
 *
 * Returns: (transfer full): @value as it is to stand in such a file
 */
char *barua_words_quote (const char *value);

G_END_DECLS
