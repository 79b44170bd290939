#include "config.h"

#include "ui/rows/program-text.h"

#include "setup/trouble.h"

#include <glib/gi18n.h>
#include <string.h>

gboolean
barua_program_text_must_close (const BaruaProgram *program)
{
  return program->presence->running &&
         (program->presence->exporter->can & BARUA_EXPORTS_CLOSED) != 0;
}

gboolean
barua_program_text_is_here (const BaruaProgram *program)
{
  return program->presence->kind != BARUA_PRESENCE_NONE;
}

gboolean
barua_program_text_has_place (const BaruaProgram *program)
{
  return (program->presence->exporter->can & BARUA_EXPORTS_TO_FOLDER) == 0;
}

static gboolean
writes_files (const BaruaPlan *plan)
{
  for (guint i = 0; i < plan->changes->len; i++)
    if (((const BaruaChange *) plan->changes->pdata[i])->kind == BARUA_CHANGE_FILE)
      return TRUE;
  return FALSE;
}

/* What the keyring holds is not looked up before it is needed, so it is always planned.
 */
static char *
describe_plan (const BaruaPlan *plan, gboolean has_account)
{
  guint n_questions = plan->questions->len;

  if (barua_plan_is_empty (plan) || (has_account && !writes_files (plan)))
    return g_strdup (_ ("set up already"));
  if (has_account)
    return g_strdup (_ ("knows this account, would be brought up to date"));
  if (n_questions == 0)
    return g_strdup (_ ("will ask nothing"));
  /* Translators: how many questions a mail program will still ask */
  return g_strdup_printf (
    ngettext ("will ask %u thing", "will ask %u things", n_questions), n_questions);
}

char *
barua_program_text_state (const BaruaProgram *program)
{
  if (program->error != NULL)
    return barua_trouble_dup_message (program->error);
  if (program->plan != NULL && program->plan->by_hand)
    return g_strdup (_ ("to be set up by hand"));
  if (program->plan != NULL && barua_plan_is_empty (program->plan))
    return g_strdup (_ ("set up already"));
  if (barua_program_text_must_close (program))
    return g_strdup (_ ("close it first"));
  if (program->plan != NULL)
    return describe_plan (program->plan, program->presence->has_account);
  return program->presence->has_account ? g_strdup (_ ("knows this account")) : NULL;
}

static const char *
get_kind (BaruaPresenceKind kind)
{
  switch (kind)
    {
    case BARUA_PRESENCE_FLATPAK:
      return "Flatpak";
    case BARUA_PRESENCE_SNAP:
      return "Snap";
    case BARUA_PRESENCE_NONE:
      return _ ("not installed");
    case BARUA_PRESENCE_NATIVE:
    default:
      return NULL;
    }
}

/* What a package's version says about packaging says nothing to people. */
static char *
shorten_version (const char *version)
{
  const char *colon = strchr (version, ':');
  const char *start = colon != NULL ? colon + 1 : version;
  gsize length = strcspn (start, "-+~");

  return length > 0 ? g_strndup (start, length) : g_strdup (version);
}

char *
barua_program_text_subtitle (const BaruaProgram *program)
{
  g_autofree char *state = barua_program_text_state (program);
  g_autofree char *version = program->presence->version != NULL
                               ? shorten_version (program->presence->version)
                               : NULL;
  const char *parts[4] = { NULL };
  gsize n_parts = 0;

  if (version != NULL)
    parts[n_parts++] = version;
  if (get_kind (program->presence->kind) != NULL)
    parts[n_parts++] = get_kind (program->presence->kind);
  if (state != NULL)
    parts[n_parts++] = state;
  return g_strjoinv (" · ", (char **) parts);
}

static gboolean
has_window (const BaruaProgram *program)
{
  return (program->presence->exporter->can & BARUA_EXPORTS_GRAPHICAL) != 0;
}

int
barua_program_text_compare (gconstpointer a, gconstpointer b)
{
  const BaruaProgram *first = *(BaruaProgram *const *) a;
  const BaruaProgram *second = *(BaruaProgram *const *) b;

  return (int) has_window (second) - (int) has_window (first);
}

guint
barua_program_text_count_windowed (const GPtrArray *programs)
{
  guint n_windowed = 0;

  for (guint i = 0; i < programs->len; i++)
    {
      const BaruaProgram *program = programs->pdata[i];

      n_windowed += barua_program_text_is_here (program) &&
                    barua_program_text_has_place (program) && has_window (program);
    }
  return n_windowed;
}

gboolean
barua_program_text_is_suggested (const BaruaProgram *program,
                                 const char *default_id,
                                 guint n_windowed)
{
  const BaruaPresence *presence = program->presence;

  if (!barua_program_text_is_here (program) || !barua_program_text_has_place (program) ||
      !has_window (program) || program->error != NULL ||
      (program->plan != NULL && barua_plan_is_empty (program->plan)))
    return FALSE;
  return n_windowed == 1 || g_strcmp0 (presence->desktop_id, default_id) == 0;
}
