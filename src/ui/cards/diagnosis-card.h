#pragma once

#include "diagnose/verdict.h"
#include "setup/journey.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BaruaDiagnosisCard:
 *
 * One verdict, told the same everywhere: the cause as a heading, why, numbered steps with
 * their buttons, what was said folded below, and the report to copy. Signals:
 *
 * - "try-again": the button for it was pressed
 */
#define BARUA_TYPE_DIAGNOSIS_CARD (barua_diagnosis_card_get_type ())
G_DECLARE_FINAL_TYPE (
  BaruaDiagnosisCard, barua_diagnosis_card, BARUA, DIAGNOSIS_CARD, AdwBin)

/**
 * barua_diagnosis_card_new:
 *
 * Returns: (transfer floating): a card that tells nothing yet
 */
BaruaDiagnosisCard *barua_diagnosis_card_new (void);

/**
 * barua_diagnosis_card_set_verdict:
 * @self: a card
 * @verdict: what to tell; held
 * @heading: (nullable): translated: what stands above the evidence, as in "What the
 *   server said:"; %NULL leaves the evidence out
 */
void barua_diagnosis_card_set_verdict (BaruaDiagnosisCard *self,
                                       BaruaVerdict *verdict,
                                       const char *heading);

/**
 * barua_diagnosis_card_set_trouble:
 * @self: a card
 * @error: what something ended with that could not be done
 *
 * Tells the cause that @error stands for, or else what it says.
 */
void barua_diagnosis_card_set_trouble (BaruaDiagnosisCard *self, const GError *error);

/**
 * barua_diagnosis_card_set_check:
 * @self: a card
 * @check: (nullable): the check that the verdict came of; held. With it the card offers a
 *   whole report to copy, without it its own text
 */
void barua_diagnosis_card_set_check (BaruaDiagnosisCard *self, BaruaCheck *check);

/**
 * barua_diagnosis_card_set_again:
 * @self: a card
 * @label: (nullable): what the button says that tries again, translated; %NULL for none
 */
void barua_diagnosis_card_set_again (BaruaDiagnosisCard *self, const char *label);

/**
 * barua_diagnosis_card_announce:
 * @self: a card that has just come into view
 *
 * Moves the focus to the card, so that it is read out and can be seen.
 */
void barua_diagnosis_card_announce (BaruaDiagnosisCard *self);

G_END_DECLS
