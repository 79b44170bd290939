#pragma once

#include "cli/output.h"
#include "diagnose/verdict.h"
#include "setup/hosting.h"

G_BEGIN_DECLS

/**
 * barua_card_add:
 * @output: where to
 * @verdict: what is wrong
 * @heading: (nullable): translated: what stands above the evidence, as in "What the
 *   server said:"; %NULL leaves the evidence out
 *
 * Tells one verdict in full: the cause as a heading, why, the steps with the pages to
 * open, and what shows it.
 */
void
barua_card_add (BaruaOutput *output, const BaruaVerdict *verdict, const char *heading);

/**
 * barua_card_add_short:
 * @output: where to
 * @label: (nullable): whom it concerns: "IMAP"; %NULL for all
 * @verdict: what is worth a word
 *
 * Tells one verdict in short paragraphs: the cause, why, and the first step.
 */
void barua_card_add_short (BaruaOutput *output,
                           const char *label,
                           const BaruaVerdict *verdict);

/**
 * barua_card_add_hosting:
 * @output: where to
 * @address: whose mail
 * @discovery: who keeps it
 *
 * Tells who keeps the mail of @address, where that does not go without saying.
 */
void barua_card_add_hosting (BaruaOutput *output,
                             const BaruaAddress *address,
                             const BaruaDiscovery *discovery);

/**
 * barua_card_style:
 * @severity: how grave something is
 *
 * Returns: how it stands out
 */
BaruaStyle barua_card_style (BaruaSeverity severity);

G_END_DECLS
