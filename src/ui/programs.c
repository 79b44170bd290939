#include "config.h"

#include "ui/programs.h"

typedef struct
{
  char *address;
  BaruaHandOver *hand_over;
} Looking;

typedef struct
{
  BaruaHandOver *hand_over;
  const BaruaExporter *exporter;
  BaruaPlan *plan;
} SettingUp;

void
barua_program_free (BaruaProgram *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->presence, barua_presence_free);
  g_clear_pointer (&self->plan, barua_plan_free);
  g_clear_error (&self->error);
  g_free (self);
}

static void
looking_free (gpointer data)
{
  Looking *self = data;

  g_free (self->address);
  g_clear_pointer (&self->hand_over, barua_hand_over_unref);
  g_free (self);
}

static void
setting_up_free (gpointer data)
{
  SettingUp *self = data;

  barua_hand_over_unref (self->hand_over);
  g_clear_pointer (&self->plan, barua_plan_free);
  g_free (self);
}

static BaruaProgram *
look_at (const Looking *looking, const BaruaHome *home, const BaruaExporter *exporter)
{
  BaruaProgram *program = g_new0 (BaruaProgram, 1);

  program->presence = barua_presence_look (exporter, home, looking->address);
  if (looking->hand_over != NULL && (exporter->can & BARUA_EXPORTS_TO_FOLDER) == 0)
    program->plan = barua_hand_over_plan (looking->hand_over, exporter, &program->error);
  return program;
}

static void
look (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const BaruaExporter *const *exporters = barua_exporters ();
  g_autoptr (BaruaHome) home = barua_home_new ();
  g_autoptr (GPtrArray) programs =
    g_ptr_array_new_with_free_func ((GDestroyNotify) barua_program_free);

  (void) source;
  for (gsize i = 0; exporters[i] != NULL && !g_cancellable_is_cancelled (cancellable);
       i++)
    g_ptr_array_add (programs, look_at (data, home, exporters[i]));
  g_task_return_pointer (task, g_steal_pointer (&programs),
                         (GDestroyNotify) g_ptr_array_unref);
}

void
barua_programs_look_async (const char *address,
                           BaruaHandOver *hand_over,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Looking *looking = g_new0 (Looking, 1);

  g_task_set_source_tag (task, barua_programs_look_async);
  looking->address = g_strdup (address);
  looking->hand_over = hand_over != NULL ? barua_hand_over_ref (hand_over) : NULL;
  g_task_set_task_data (task, looking, looking_free);
  g_task_run_in_thread (task, look);
}

GPtrArray *
barua_programs_look_finish (GAsyncResult *result,
                            BaruaHandOver **hand_over,
                            GError **error)
{
  const Looking *looking = NULL;
  GPtrArray *programs = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  programs = g_task_propagate_pointer (G_TASK (result), error);
  if (programs == NULL)
    return NULL;
  looking = g_task_get_task_data (G_TASK (result));
  *hand_over =
    looking->hand_over != NULL ? barua_hand_over_ref (looking->hand_over) : NULL;
  return programs;
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *undo = barua_hand_over_apply_finish (result, &error);

  (void) source;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, undo, g_free);
}

static void
plan (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SettingUp *setting_up = data;
  GError *error = NULL;
  BaruaPlan *planned =
    barua_hand_over_plan (setting_up->hand_over, setting_up->exporter, &error);

  (void) source;
  (void) cancellable;
  if (planned != NULL)
    g_task_return_pointer (task, planned, (GDestroyNotify) barua_plan_free);
  else
    g_task_return_error (task, error);
}

static void
on_planned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SettingUp *setting_up = g_task_get_task_data (task);
  GError *error = NULL;

  (void) source;
  setting_up->plan = g_task_propagate_pointer (G_TASK (result), &error);
  if (setting_up->plan == NULL)
    g_task_return_error (task, error);
  else
    barua_hand_over_apply_async (setting_up->hand_over, setting_up->exporter,
                                 setting_up->plan, g_task_get_cancellable (task),
                                 on_applied, g_object_ref (task));
}

static SettingUp *
setting_up_new (BaruaHandOver *hand_over, const BaruaExporter *exporter)
{
  SettingUp *self = g_new0 (SettingUp, 1);

  self->hand_over = barua_hand_over_ref (hand_over);
  self->exporter = exporter;
  return self;
}

void
barua_programs_set_up_async (BaruaHandOver *hand_over,
                             const BaruaExporter *exporter,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) planning = NULL;

  g_return_if_fail (hand_over != NULL && exporter != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, barua_programs_set_up_async);
  /* What was done is done, also when somebody cancels meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, setting_up_new (hand_over, exporter), setting_up_free);
  planning = g_task_new (NULL, cancellable, on_planned, g_object_ref (task));
  g_task_set_source_tag (planning, barua_programs_set_up_async);
  g_task_set_task_data (planning, setting_up_new (hand_over, exporter), setting_up_free);
  g_task_run_in_thread (planning, plan);
}

gboolean
barua_programs_set_up_finish (GAsyncResult *result, char **undo, GError **error)
{
  GError *own = NULL;
  char *id = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  id = g_task_propagate_pointer (G_TASK (result), &own);
  if (own != NULL)
    {
      g_propagate_error (error, own);
      return FALSE;
    }
  *undo = id;
  return TRUE;
}
