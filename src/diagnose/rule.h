#pragma once

#include "diagnose/case.h"
#include "diagnose/verdict.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaRule:
 * @id: a stable name, such as "four-timeouts", for reports and tests
 * @cause: (nullable): the word of the vocabulary that it establishes; %NULL where that is
 * for the server's own words to say
 * @matches: whether it holds: returns one verdict for each service it holds for, or one
 * for all; adds nothing when it does not. Reads only its argument: no clock, no network,
 * no settings
 * @hides: (nullable) (array zero-terminated=1): rules that say no more once this one
 * holds for the same services, as a blocked port hides a missing greeting
 * @even_if_well: whether it may blame a conversation that went well: well, but with
 * somebody else
 *
 * One way in which evidence shows a cause.
 */
typedef struct
{
  const char *id;
  const char *cause;
  void (*matches) (const BaruaCase *facts, GPtrArray *findings);
  const char *const *hides;
  gboolean even_if_well;
} BaruaRule;

/**
 * BaruaFinding:
 * @rule: which rule held; set by barua_diagnose()
 * @verdict: what it says
 * @evidence: (nullable): the conversation that it is about; %NULL for all
 */
typedef struct
{
  const BaruaRule *rule;
  BaruaVerdict *verdict;
  const BaruaEvidence *evidence;
} BaruaFinding;

/**
 * barua_finding_new:
 * @verdict: (transfer full): what is found
 * @evidence: (nullable): the conversation that it is about
 *
 * Returns: (transfer full): a finding of no rule yet
 */
BaruaFinding *barua_finding_new (BaruaVerdict *verdict, const BaruaEvidence *evidence);

/**
 * barua_finding_free:
 * @self: (transfer full): a finding
 */
void barua_finding_free (BaruaFinding *self);

/**
 * barua_rules_network, barua_rules_tls, barua_rules_sign_in, barua_rules_mail:
 * @n_rules: (out): how many
 *
 * Returns: (array length=n_rules): the rules of one area
 */
const BaruaRule *barua_rules_network (gsize *n_rules);
const BaruaRule *barua_rules_tls (gsize *n_rules);
const BaruaRule *barua_rules_sign_in (gsize *n_rules);
const BaruaRule *barua_rules_mail (gsize *n_rules);

G_END_DECLS
