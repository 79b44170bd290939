#pragma once

#include "account/service.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * BaruaMxAnswer:
 * @kind: who keeps the mail, as far as the records tell
 * @host: (nullable): the record that told, the one with the lowest preference; printable
 * @keeper: (nullable): the name of the firm, where @host is one that is known: of a mail
 *   filter when @kind is %BARUA_HOST_UNKNOWN ("Proofpoint"), of the provider when it is
 *   %BARUA_HOST_OTHER ("Microsoft 365"); constant, not translated
 *
 * What the mail exchangers of a domain say.
 */
typedef struct
{
  BaruaHostKind kind;
  char *host;
  const char *keeper;
} BaruaMxAnswer;

/**
 * barua_mx_judge:
 * @records: (element-type GVariant): what g_resolver_lookup_records() answers for
 *   %G_RESOLVER_RECORD_MX: "(qs)", preference and host; whatever stands in them
 *
 * Pure: looks nothing up. Google's are aspmx.l.google.com and its like, smtp.google.com
 * and those below googlemail.com (https://support.google.com/a/answer/174125). A null MX
 * (RFC 7505) is %BARUA_HOST_OTHER without a host.
 *
 * Returns: (transfer full): the answer; free with barua_mx_answer_free()
 */
BaruaMxAnswer *barua_mx_judge (GList *records);

/**
 * barua_mx_answer_free:
 * @self: (transfer full): an answer
 */
void barua_mx_answer_free (BaruaMxAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaMxAnswer, barua_mx_answer_free)

G_END_DECLS
