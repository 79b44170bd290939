#pragma once

#include "setup/journey.h"

G_BEGIN_DECLS

/**
 * BaruaDetail:
 * @label: what it is, translated
 * @value: what was seen: printable, maybe several lines
 * @is_code: whether it is to be shown as code
 *
 * One detail of a conversation.
 */
typedef struct
{
  char *label;
  char *value;
  gboolean is_code;
} BaruaDetail;

/**
 * barua_detail_free:
 * @self: (transfer full): a detail
 */
void barua_detail_free (BaruaDetail *self);

/**
 * barua_service_text_title:
 * @service: an endpoint
 *
 * Returns: (transfer full): what it is for: "Sending (SMTP, port 465)"
 */
char *barua_service_text_title (const BaruaService *service);

/**
 * barua_service_text_waiting:
 *
 * Returns: what a row says before anything was seen, translated
 */
const char *barua_service_text_waiting (void);

/**
 * barua_service_text_live:
 * @evidence: what was seen so far
 * @step: the step that has just ended
 *
 * Returns: how far it has come, in a few translated words
 */
const char *barua_service_text_live (const BaruaEvidence *evidence,
                                     const BaruaStep *step);

/**
 * barua_service_text_duration:
 * @ms: thousandths of a second
 *
 * Returns: (transfer full): the same as people read it: "143 ms", "12.3 s"
 */
char *barua_service_text_duration (gint64 ms);

/**
 * barua_service_text_outcome:
 * @service: what came out of a conversation
 *
 * Returns: (transfer full): the same on one line: "works · smtp.gmail.com, SSL/TLS ·
 *   143 ms"
 */
char *barua_service_text_outcome (const BaruaServiceDiagnosis *service);

/**
 * barua_service_text_icon:
 * @service: what came out of a conversation
 *
 * Returns: the icon that goes with it
 */
const char *barua_service_text_icon (const BaruaServiceDiagnosis *service);

/**
 * barua_service_text_style:
 * @service: what came out of a conversation
 *
 * Returns: the style class that goes with it
 */
const char *barua_service_text_style (const BaruaServiceDiagnosis *service);

/**
 * barua_service_text_state:
 * @service: what came out of a conversation
 *
 * Returns: a word for it, translated: "works", "answers", "not reached"
 */
const char *barua_service_text_state (const BaruaServiceDiagnosis *service);

/**
 * barua_service_text_details:
 * @service: what came out of a conversation
 *
 * Returns: (transfer full) (element-type BaruaDetail): all that was seen: the stages with
 *   their times, both address families, the chain, protocol and cipher, what is offered,
 *   the redacted transcript
 */
GPtrArray *barua_service_text_details (const BaruaServiceDiagnosis *service);

G_END_DECLS
