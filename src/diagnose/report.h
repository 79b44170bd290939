#pragma once

#include "account/address.h"
#include "account/service.h"
#include "diagnose/diagnose.h"
#include "diagnose/explain.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * BaruaCheckFacts:
 * @address: (nullable): whose mail was checked
 * @kind: who keeps it
 * @started: when the check began
 * @ms: how long it took
 * @diagnosis: what came out
 */
typedef struct
{
  const BaruaAddress *address;
  BaruaHostKind kind;
  GDateTime *started;
  gint64 ms;
  const BaruaDiagnosis *diagnosis;
} BaruaCheckFacts;

/**
 * barua_report_check:
 * @facts: a finished check
 *
 * Returns: (transfer full): the object that `barua check --json` answers
 */
JsonNode *barua_report_check (const BaruaCheckFacts *facts);

/**
 * barua_report_explanation:
 * @explanation: a finished explanation
 *
 * Returns: (transfer full): the object that `barua explain --json` answers
 */
JsonNode *barua_report_explanation (const BaruaExplanation *explanation);

/**
 * barua_report_settings:
 * @provider: whose endpoints
 * @username: (nullable): the name to sign in with; %NULL where no address is known
 *
 * Returns: (transfer full): the object that `barua settings --json` answers
 */
JsonNode *barua_report_settings (const BaruaProvider *provider, const char *username);

/**
 * barua_report_verdict:
 * @verdict: a verdict
 *
 * Returns: (transfer full): the object that stands for it in every answer
 */
JsonNode *barua_report_verdict (const BaruaVerdict *verdict);

/**
 * barua_report_to_text:
 * @node: an answer
 *
 * Returns: (transfer full): one valid UTF-8 JSON value on lines of its own, the last
 *   ended too, with U+2028, U+2029 and every control character escaped
 */
char *barua_report_to_text (JsonNode *node);

G_END_DECLS
