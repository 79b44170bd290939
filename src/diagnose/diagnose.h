#pragma once

#include "diagnose/case.h"
#include "diagnose/rule.h"
#include "diagnose/verdict.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaServiceDiagnosis:
 * @evidence: the conversation
 * @verdict: what is wrong with this endpoint, "ok" if nothing is
 * @usable: whether a mail program can use it as things are
 */
typedef struct
{
  BaruaEvidence *evidence;
  BaruaVerdict *verdict;
  gboolean usable;
} BaruaServiceDiagnosis;

/**
 * BaruaDiagnosis:
 * @verdict: the root cause: the one thing which, if mended, makes mail work; "ok" if it
 * does
 * @services: (element-type BaruaServiceDiagnosis): one for each conversation, in order.
 *   Those that could not be judged because of the root cause carry it too; one that works
 * is never blamed
 * @warnings: (element-type BaruaVerdict): what is worth a word besides, the gravest first
 * @findings: (element-type BaruaFinding): every rule that held and was not hidden
 */
typedef struct
{
  BaruaVerdict *verdict;
  GPtrArray *services;
  GPtrArray *warnings;
  GPtrArray *findings;
} BaruaDiagnosis;

/**
 * barua_diagnose:
 * @facts: all that was gathered about one account; must outlive the answer's findings
 *
 * Tries every rule, takes out what others hide, and finds the root cause.
 *
 * Returns: (transfer full): the answer, the same for the same facts; free with
 *   barua_diagnosis_free()
 */
BaruaDiagnosis *barua_diagnose (const BaruaCase *facts);

/**
 * barua_diagnosis_free:
 * @self: (transfer full): a diagnosis
 */
void barua_diagnosis_free (BaruaDiagnosis *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaDiagnosis, barua_diagnosis_free)

G_END_DECLS
