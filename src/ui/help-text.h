#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BARUA_HELP_PARAGRAPHS:
 *
 * The most paragraphs of one topic.
 */
#define BARUA_HELP_PARAGRAPHS 5

/**
 * BaruaHelpTopic:
 * @id: a stable word
 * @title: marked: a few words
 * @paragraphs: marked; %NULL ends them
 * @link: (nullable): a page that tells more
 *
 * One page of the help.
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *paragraphs[BARUA_HELP_PARAGRAPHS + 1];
  const char *link;
} BaruaHelpTopic;

/**
 * BaruaHelpChapter:
 * @title: marked: a few words
 * @topics: (array length=n_topics): its pages
 * @n_topics: how many
 *
 * Pages of the help that belong together.
 */
typedef struct
{
  const char *title;
  const BaruaHelpTopic *topics;
  gsize n_topics;
} BaruaHelpChapter;

/**
 * barua_help_chapters:
 * @n_chapters: (out): how many
 *
 * Returns: (array length=n_chapters): the whole help
 */
const BaruaHelpChapter *barua_help_chapters (gsize *n_chapters);

G_END_DECLS
