#pragma once

#include "probe/probe.h"
#include "probe/surroundings.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BaruaSurveySetup:
 * @services: (array length=n_services): which endpoints to probe, all at once; copied
 * @n_services: how many; at most six are under way together
 * @login: (nullable): whom to sign in as
 * @goal: how far each conversation goes
 * @trust: (nullable): the authorities to trust; %NULL for the system's
 * @step_ms: the longest wait for one step
 * @total_ms: the longest the whole survey may take
 * @progress: (nullable): told about each step of each conversation
 * @progress_data: passed to @progress
 */
typedef struct
{
  const BaruaService *services;
  gsize n_services;
  BaruaLogin *login;
  BaruaGoal goal;
  GTlsDatabase *trust;
  guint step_ms;
  guint total_ms;
  BaruaProgress progress;
  gpointer progress_data;
} BaruaSurveySetup;

/**
 * BaruaSurvey:
 * @evidence: (element-type BaruaEvidence): one for each service, in the order asked for
 * @surroundings: (nullable): the network and clock; looked at only when a conversation
 *   failed before it was signed in, or was slow to get through its handshake, and not
 *   waited for when all goes well in the end
 *
 * What many probes saw together.
 */
typedef struct
{
  GPtrArray *evidence;
  BaruaSurroundings *surroundings;
} BaruaSurvey;

/**
 * barua_survey_async:
 * @setup: what to try; copied
 * @cancellable: (nullable): ends all of it at once
 * @callback: called in the thread-default main context
 * @user_data: passed to @callback
 *
 * Probes several endpoints side by side under one deadline. As soon as it is plain that
 * there is no way out of this machine at all, the rest is not waited for.
 */
void barua_survey_async (const BaruaSurveySetup *setup,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/**
 * barua_survey_finish:
 * @result: what @callback was given
 * @error: %G_IO_ERROR_CANCELLED, and nothing else
 *
 * Returns: (transfer full) (nullable): what was seen; free with barua_survey_free()
 */
BaruaSurvey *barua_survey_finish (GAsyncResult *result, GError **error);

/**
 * barua_survey_free:
 * @self: (transfer full): a survey
 */
void barua_survey_free (BaruaSurvey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaSurvey, barua_survey_free)

G_END_DECLS
