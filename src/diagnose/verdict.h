#pragma once

#include "account/service.h"
#include "diagnose/causes.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BaruaVerdict:
 * @cause: what it is
 * @severity: how much it stands in the way here
 * @has_service: whether it concerns one service alone
 * @service: which one, if so
 * @sure: from 0 to 1
 * @name: (nullable): the culprit's own name, printable: an issuer, a host, a firm
 * @advice: (nullable): marked constant: one step to be told before those of the cause,
 * such as "use port 465"
 * @advice_suffices: whether @advice is told in place of the cause's steps
 * @checked: whether the servers were asked, as in a check; the words of a mail program
 * alone leave more to be looked at
 * @evidence: (element-type utf8): what shows it: a server's words, a time-out; printable,
 * in the language of the one who said it
 *
 * One finding, ready to be told. Immutable once made.
 */
typedef struct
{
  const BaruaCause *cause;
  BaruaSeverity severity;
  gboolean has_service;
  BaruaProtocol service;
  double sure;
  char *name;
  const char *advice;
  gboolean advice_suffices;
  gboolean checked;
  GPtrArray *evidence;
} BaruaVerdict;

/**
 * barua_verdict_new:
 * @cause_id: a word of the vocabulary
 * @sure: from 0 to 1
 *
 * Returns: (transfer full): a verdict of the cause's own severity, that concerns no
 *   service alone and has no evidence yet
 */
BaruaVerdict *barua_verdict_new (const char *cause_id, double sure);

/**
 * barua_verdict_ref:
 * @self: a verdict
 *
 * Returns: (transfer full): @self
 */
BaruaVerdict *barua_verdict_ref (BaruaVerdict *self);

/**
 * barua_verdict_unref:
 * @self: (transfer full): a verdict
 */
void barua_verdict_unref (BaruaVerdict *self);

/**
 * barua_verdict_set_service:
 * @self: a verdict that is still being made
 * @service: the one service that it concerns
 */
void barua_verdict_set_service (BaruaVerdict *self, BaruaProtocol service);

/**
 * barua_verdict_set_name:
 * @self: a verdict that is still being made
 * @name: (nullable): the culprit's name; made printable and cut to a line
 */
void barua_verdict_set_name (BaruaVerdict *self, const char *name);

/**
 * barua_verdict_add_evidence:
 * @self: a verdict that is still being made
 * @text: (nullable): what shows it; made printable and shortened. %NULL adds nothing
 */
void barua_verdict_add_evidence (BaruaVerdict *self, const char *text);

/**
 * barua_verdict_is:
 * @self: (nullable): a verdict
 * @cause_id: a word of the vocabulary
 *
 * Returns: whether that is the cause
 */
gboolean barua_verdict_is (const BaruaVerdict *self, const char *cause_id);

/**
 * barua_verdict_compare:
 * @a: a verdict
 * @b: another
 *
 * Returns: less than 0 when @a is to be told first: the graver, then the surer
 */
int barua_verdict_compare (const BaruaVerdict *a, const BaruaVerdict *b);

/**
 * barua_verdict_get_title:
 * @self: a verdict
 *
 * Returns: what is wrong, translated
 */
const char *barua_verdict_get_title (const BaruaVerdict *self);

/**
 * barua_verdict_dup_explanation:
 * @self: a verdict
 *
 * Returns: (transfer full): why, translated, with the culprit's name where there is one,
 *   and with a word of doubt where it is not sure
 */
char *barua_verdict_dup_explanation (const BaruaVerdict *self);

/**
 * barua_verdict_get_n_steps:
 * @self: a verdict
 *
 * Returns: how many steps there are to be told
 */
guint barua_verdict_get_n_steps (const BaruaVerdict *self);

/**
 * barua_verdict_get_step:
 * @self: a verdict
 * @index: which one, from 0
 * @url: (out) (optional) (nullable): the page to open for it
 *
 * Returns: what to do, translated
 */
const char *
barua_verdict_get_step (const BaruaVerdict *self, guint index, const char **url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaVerdict, barua_verdict_unref)

G_END_DECLS
