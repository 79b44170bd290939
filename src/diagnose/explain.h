#pragma once

#include "diagnose/verdict.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaExplanationMatch:
 * @line: the line in which it stands, or where the message that says it begins, from 1
 * @cause: a word of the vocabulary; constant
 */
typedef struct
{
  guint64 line;
  const char *cause;
} BaruaExplanationMatch;

/**
 * BARUA_EXPLANATION_MATCHES:
 *
 * The most matches kept: of a long log the last ones.
 */
#define BARUA_EXPLANATION_MATCHES 100

/**
 * BaruaExplanation:
 * @verdict: the last and gravest cause, "unknown" when no rule knows the text; its
 * evidence is the text around the line
 * @matches: (element-type BaruaExplanationMatch): where causes were seen, in the order of
 *   the text
 */
typedef struct
{
  BaruaVerdict *verdict;
  GArray *matches;
} BaruaExplanation;

/**
 * BaruaExplainer:
 *
 * Reads any pasted text or log and says what the one thing is that went wrong. Works on
 * chunks, in bounded memory and linear time.
 */
typedef struct _BaruaExplainer BaruaExplainer;

/**
 * barua_explainer_new:
 *
 * Returns: (transfer full): an explainer that has read nothing
 */
BaruaExplainer *barua_explainer_new (void);

/**
 * barua_explainer_free:
 * @self: (transfer full): an explainer; what it still holds is wiped
 */
void barua_explainer_free (BaruaExplainer *self);

/**
 * barua_explainer_feed:
 * @self: an explainer
 * @bytes: (array length=length): the next part of the text: any bytes, cut anywhere
 * @length: how many
 */
void barua_explainer_feed (BaruaExplainer *self, const char *bytes, gsize length);

/**
 * barua_explainer_finish:
 * @self: an explainer, which then has read nothing again
 *
 * Returns: (transfer full): what the text says; free with barua_explanation_free()
 */
BaruaExplanation *barua_explainer_finish (BaruaExplainer *self);

/**
 * barua_explain:
 * @text: (array length=length): a whole text
 * @length: how many bytes, or -1 when @text ends with NUL
 *
 * Returns: (transfer full): what the text says; free with barua_explanation_free()
 */
BaruaExplanation *barua_explain (const char *text, gssize length);

/**
 * barua_explanation_free:
 * @self: (transfer full): an explanation
 */
void barua_explanation_free (BaruaExplanation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaExplainer, barua_explainer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaExplanation, barua_explanation_free)

G_END_DECLS
