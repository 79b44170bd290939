#pragma once

#include "diagnose/explain.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaExplanationText:
 * @title: what was seen; translated
 * @lines: in which lines; translated
 *
 * One thing that was seen in a text beside what the verdict names.
 */
typedef struct
{
  char *title;
  char *lines;
} BaruaExplanationText;

/**
 * barua_explanation_text_list:
 * @explanation: what a text says
 *
 * Returns: (transfer full) (element-type BaruaExplanationText): what was seen in a text
 * of several lines, each cause once; nothing where the verdict says it all
 */
GPtrArray *barua_explanation_text_list (const BaruaExplanation *explanation);

G_END_DECLS
