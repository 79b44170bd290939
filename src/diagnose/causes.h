#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaSeverity:
 * @BARUA_SEVERITY_OK: nothing is wrong
 * @BARUA_SEVERITY_WARNING: mail works, or can be made to work at once another way
 * @BARUA_SEVERITY_ERROR: mail does not work
 *
 * How much something stands in the way of mail.
 */
typedef enum
{
  BARUA_SEVERITY_OK,
  BARUA_SEVERITY_WARNING,
  BARUA_SEVERITY_ERROR,
} BaruaSeverity;

/**
 * BaruaStepUse:
 * @BARUA_STEP_ALWAYS: whatever shows the cause
 * @BARUA_STEP_PASTED: where only words of a mail program are known: to look at its
 *   settings, or to run a check
 * @BARUA_STEP_CHECKED: where the servers themselves were asked, by the right names and at
 *   the right ports
 *
 * When a step is worth telling.
 */
typedef enum
{
  BARUA_STEP_ALWAYS,
  BARUA_STEP_PASTED,
  BARUA_STEP_CHECKED,
} BaruaStepUse;

/**
 * BaruaCauseStep:
 * @text: one marked sentence, or two: what to do
 * @url: (nullable): the page to open for it; https and a Google host
 * @use: when it is told
 *
 * One step towards mail that works.
 */
typedef struct
{
  const char *text;
  const char *url;
  BaruaStepUse use;
} BaruaCauseStep;

/**
 * BARUA_CAUSE_STEPS:
 *
 * The most steps of one cause.
 */
#define BARUA_CAUSE_STEPS 6

/**
 * BaruaCause:
 * @id: the stable word of interface and JSON: "app-password-required"
 * @severity: how grave it is, unless a rule says otherwise
 * @gravity: orders causes of one severity; the larger is told first
 * @title: marked: what is wrong, in plain words, without a final stop
 * @explanation: marked: why, in one short paragraph
 * @named: (nullable): marked, with exactly one "%s": the explanation used in place of
 *   @explanation when the culprit's name is known: a host, an issuer, a firm, a folder
 * @steps: what to do, in order; the first without a text ends them
 *
 * One thing that keeps mail from working.
 */
typedef struct
{
  const char *id;
  BaruaSeverity severity;
  guint gravity;
  const char *title;
  const char *explanation;
  const char *named;
  BaruaCauseStep steps[BARUA_CAUSE_STEPS + 1];
} BaruaCause;

/**
 * barua_causes:
 * @n_causes: (out): how many
 *
 * Returns: (array length=n_causes): the whole vocabulary, in the order of the interface
 */
const BaruaCause *barua_causes (gsize *n_causes);

/**
 * barua_cause_find:
 * @id: a word of the vocabulary
 *
 * Returns: (nullable): the cause; %NULL if there is none of that name
 */
const BaruaCause *barua_cause_find (const char *id);

/**
 * barua_severity_get_id:
 * @severity: a severity
 *
 * Returns: "ok", "warning" or "error"
 */
const char *barua_severity_get_id (BaruaSeverity severity);

G_END_DECLS
