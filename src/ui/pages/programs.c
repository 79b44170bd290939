#include "config.h"

#include "ui/pages/programs.h"

#include "ui/cards/diagnosis-card.h"
#include "ui/heading.h"
#include "ui/programs.h"
#include "ui/rows/program-row.h"
#include "ui/rows/program-text.h"
#include "ui/rows/save-row.h"

#include <glib/gi18n.h>

#define ROWS_AT_ONCE 3

struct _BaruaProgramsPage
{
  BaruaPage parent_instance;
  BaruaHeading *heading;
  BaruaDiagnosisCard *card;
  GtkLabel *warning;
  GtkWidget *close_box;
  GtkLabel *close_label;
  GtkWidget *waiting;
  AdwPreferencesGroup *here_group;
  AdwPreferencesGroup *elsewhere_group;
  GtkWidget *options_group;
  AdwComboRow *incoming_row;
  GtkWidget *others_button;
  AdwPreferencesGroup *others_group;
  /* One for each mail program with a place of its own, and where each stands. */
  GPtrArray *rows;
  BaruaHandOver *hand_over;
  GCancellable *looking;
  gulong active_handler;
  /* What was looked up and is being shown, and what it was looked up with. */
  GPtrArray *arriving;
  BaruaHandOver *arriving_with;
  guint arriving_id;
  guint n_windowed;
  gboolean was_suggested;
  gboolean has_save_rows;
  guint next;
};

G_DEFINE_FINAL_TYPE (BaruaProgramsPage, barua_programs_page, BARUA_TYPE_PAGE)

static BaruaTrip *
get_trip (BaruaProgramsPage *self)
{
  return barua_page_get_trip (BARUA_PAGE (self));
}

static guint
count_chosen (BaruaProgramsPage *self)
{
  guint n_chosen = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n_chosen += barua_program_row_get_chosen (self->rows->pdata[i]);
  return n_chosen;
}

/* The first that is chosen and has to be closed before. */
static const BaruaProgram *
find_open (BaruaProgramsPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const BaruaProgram *program = barua_program_row_get_program (self->rows->pdata[i]);

      if (program != NULL && barua_program_row_get_chosen (self->rows->pdata[i]) &&
          barua_program_text_must_close (program))
        return program;
    }
  return NULL;
}

static void
update (BaruaProgramsPage *self)
{
  guint n_chosen = count_chosen (self);
  const BaruaProgram *open = find_open (self);
  g_autofree char *label = NULL;

  if (n_chosen > 0)
    label = g_strdup_printf (
      ngettext ("Set Up %u Program", "Set Up %u Programs", n_chosen), n_chosen);
  else
    label = g_strdup (_ ("Finish"));
  barua_page_set_next_label (BARUA_PAGE (self), label);
  if (open != NULL)
    {
      g_autofree char *text = g_strdup_printf (
        /* Translators: the name of a mail program */
        _ ("Close %s first: while it runs, it would overwrite what is set here."),
        _ (open->presence->exporter->name));

      gtk_label_set_label (self->close_label, text);
    }
  gtk_widget_set_visible (self->close_box, open != NULL);
  barua_page_set_complete (BARUA_PAGE (self), self->hand_over != NULL && open == NULL);
}

static void
on_chosen (BaruaProgramsPage *self)
{
  update (self);
}

static BaruaProgramRow *
find_row (BaruaProgramsPage *self, const BaruaExporter *exporter)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (barua_program_row_get_exporter (self->rows->pdata[i]) == exporter)
      return self->rows->pdata[i];
  return NULL;
}

static BaruaProgramRow *
add_row (BaruaProgramsPage *self, const BaruaProgram *program)
{
  BaruaProgramRow *row = barua_program_row_new (program->presence->exporter);

  adw_preferences_group_add (barua_program_text_is_here (program) ? self->here_group
                                                                  : self->others_group,
                             GTK_WIDGET (row));
  g_ptr_array_add (self->rows, row);
  g_signal_connect_object (row, "notify::chosen", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  return row;
}

static char *
dup_default_id (void)
{
  g_autoptr (GAppInfo) info = g_app_info_get_default_for_uri_scheme ("mailto");

  return info != NULL ? g_strdup (g_app_info_get_id (info)) : NULL;
}

/* Only once: what the person chose then stays. */
static void
suggest (BaruaProgramsPage *self)
{
  g_autofree char *default_id = NULL;

  if (self->was_suggested)
    return;
  self->was_suggested = TRUE;
  default_id = dup_default_id ();
  for (guint i = 0; i < self->rows->len; i++)
    {
      const BaruaProgram *program = barua_program_row_get_program (self->rows->pdata[i]);

      if (program != NULL &&
          barua_program_text_is_suggested (program, default_id, self->n_windowed))
        barua_program_row_set_chosen (self->rows->pdata[i], TRUE);
    }
}

static void
show_program (BaruaProgramsPage *self, BaruaProgram *program)
{
  BaruaProgramRow *row = find_row (self, program->presence->exporter);

  if (row == NULL)
    row = add_row (self, program);
  gtk_widget_set_visible (barua_program_text_is_here (program)
                            ? GTK_WIDGET (self->here_group)
                            : self->others_button,
                          TRUE);
  barua_program_row_set_program (row, program, self->arriving_with);
}

static void
end_arriving (BaruaProgramsPage *self)
{
  g_clear_handle_id (&self->arriving_id, g_source_remove);
  g_clear_pointer (&self->arriving, g_ptr_array_unref);
  g_clear_pointer (&self->arriving_with, barua_hand_over_unref);
}

/* All are there. */
static void
on_arrived (BaruaProgramsPage *self)
{
  if (self->arriving_with != NULL)
    {
      suggest (self);
      gtk_widget_set_visible (self->waiting, FALSE);
      barua_page_set_busy (BARUA_PAGE (self), FALSE);
    }
  if (gtk_widget_get_visible (GTK_WIDGET (self->others_group)))
    gtk_widget_set_visible (self->others_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->elsewhere_group), TRUE);
  gtk_widget_set_visible (self->options_group, TRUE);
  end_arriving (self);
  update (self);
}

/* A few rows at a time, so that nobody waits for an answer to a key meanwhile. */
static gboolean
on_arriving (gpointer user_data)
{
  BaruaProgramsPage *self = user_data;

  for (guint i = 0; i < ROWS_AT_ONCE && self->arriving->len > 0; i++)
    {
      BaruaProgram *program = g_ptr_array_steal_index (self->arriving, 0);

      if (barua_program_text_has_place (program))
        show_program (self, program);
      else
        barua_program_free (program);
    }
  if (self->arriving->len > 0)
    return G_SOURCE_CONTINUE;
  self->arriving_id = 0;
  on_arrived (self);
  return G_SOURCE_REMOVE;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaProgramsPage) self = user_data;
  g_autoptr (BaruaHandOver) hand_over = NULL;
  GPtrArray *programs = barua_programs_look_finish (result, &hand_over, NULL);

  (void) source;
  if (programs == NULL || self->looking == NULL)
    {
      g_clear_pointer (&programs, g_ptr_array_unref);
      return;
    }
  end_arriving (self);
  g_ptr_array_sort (programs, barua_program_text_compare);
  self->n_windowed = barua_program_text_count_windowed (programs);
  self->arriving = programs;
  self->arriving_with = g_steal_pointer (&hand_over);
  self->arriving_id = g_idle_add (on_arriving, self);
}

static void
look (BaruaProgramsPage *self)
{
  g_autofree char *login = barua_address_dup_login (get_trip (self)->address);

  barua_programs_look_async (login, self->hand_over, self->looking, on_looked,
                             g_object_ref (self));
}

static void
show_trouble (BaruaProgramsPage *self, const GError *error, const char *again)
{
  barua_diagnosis_card_set_trouble (self->card, error);
  barua_diagnosis_card_set_again (self->card, again);
  gtk_widget_set_visible (GTK_WIDGET (self->card), TRUE);
  barua_diagnosis_card_announce (self->card);
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaProgramsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  BaruaHandOver *hand_over = barua_hand_over_prepare_finish (result, &error);

  (void) source;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (self->looking == NULL)
    {
      g_clear_pointer (&hand_over, barua_hand_over_unref);
      return;
    }
  if (hand_over == NULL)
    {
      gtk_widget_set_visible (self->waiting, FALSE);
      barua_page_set_busy (BARUA_PAGE (self), FALSE);
      show_trouble (self, error, _ ("Try Again"));
      return;
    }
  g_clear_pointer (&self->hand_over, barua_hand_over_unref);
  self->hand_over = hand_over;
  gtk_label_set_label (self->warning,
                       hand_over->warning != NULL ? hand_over->warning : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning), hand_over->warning != NULL);
  look (self);
}

static void
stop_looking (BaruaProgramsPage *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  end_arriving (self);
}

static void
prepare (BaruaProgramsPage *self)
{
  BaruaTrip *trip = get_trip (self);
  const BaruaHandOverOptions options = {
    .incoming = trip->incoming,
    .name = trip->name,
  };

  stop_looking (self);
  self->looking = g_cancellable_new ();
  g_clear_pointer (&self->hand_over, barua_hand_over_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  gtk_widget_set_visible (self->waiting, TRUE);
  barua_page_set_busy (BARUA_PAGE (self), TRUE);
  update (self);
  barua_hand_over_prepare_async (trip->address, &options, self->looking, on_prepared,
                                 g_object_ref (self));
  /* What is here is shown at once; what would change follows. */
  if (self->rows->len == 0)
    look (self);
}

static void
on_try_again (BaruaDiagnosisCard *card, BaruaProgramsPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (card), FALSE);
  if (self->hand_over == NULL)
    prepare (self);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.next", NULL);
}

static void
on_look_again (GtkButton *button, BaruaProgramsPage *self)
{
  (void) button;
  if (self->hand_over != NULL)
    look (self);
}

static void
on_incoming_changed (AdwComboRow *row, GParamSpec *pspec, BaruaProgramsPage *self)
{
  (void) pspec;
  get_trip (self)->incoming =
    adw_combo_row_get_selected (row) == 1 ? BARUA_PROTOCOL_POP : BARUA_PROTOCOL_IMAP;
  if (self->looking != NULL)
    prepare (self);
}

static void
on_show_others (GtkButton *button, BaruaProgramsPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (button), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->others_group), TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->others_group), GTK_DIR_TAB_FORWARD);
}

static void
on_phone (AdwActionRow *row, BaruaProgramsPage *self)
{
  (void) row;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "phone",
                              barua_address_get_text (get_trip (self)->address));
}

/* Who has just closed a program comes back to this window. */
static void
on_active (BaruaProgramsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root)) &&
      self->looking != NULL && !barua_page_get_busy (BARUA_PAGE (self)) &&
      find_open (self) != NULL)
    look (self);
}

static void
unfollow (BaruaProgramsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL)
    g_clear_signal_handler (&self->active_handler, root);
}

/* What is taken to another machine as a file. */
static void
add_save_rows (BaruaProgramsPage *self)
{
  const BaruaExporter *const *exporters = barua_exporters ();

  if (self->has_save_rows)
    return;
  self->has_save_rows = TRUE;
  for (gsize i = 0; exporters[i] != NULL; i++)
    if ((exporters[i]->can & BARUA_EXPORTS_TO_FOLDER) != 0)
      adw_preferences_group_add (
        self->elsewhere_group,
        GTK_WIDGET (barua_save_row_new (exporters[i], get_trip (self))));
}

static void
barua_programs_page_enter (BaruaPage *page)
{
  BaruaProgramsPage *self = BARUA_PROGRAMS_PAGE (page);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  unfollow (self);
  if (root != NULL)
    self->active_handler = g_signal_connect_object (
      root, "notify::is-active", G_CALLBACK (on_active), self, G_CONNECT_SWAPPED);
  add_save_rows (self);
  prepare (self);
  barua_heading_announce (self->heading);
}

static void
barua_programs_page_leave (BaruaPage *page)
{
  BaruaProgramsPage *self = BARUA_PROGRAMS_PAGE (page);

  unfollow (self);
  stop_looking (self);
  barua_page_set_busy (page, FALSE);
}

static void set_up_next (BaruaProgramsPage *self, GTask *task);

static void
on_set_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BaruaProgramsPage *self = g_task_get_source_object (task);
  BaruaProgramRow *row = self->rows->pdata[self->next];
  const BaruaProgram *program = barua_program_row_get_program (row);
  g_autofree char *undo = NULL;
  GError *error = NULL;

  (void) source;
  g_application_release (g_application_get_default ());
  barua_program_row_set_busy (row, FALSE);
  if (!barua_programs_set_up_finish (result, &undo, &error))
    {
      barua_page_set_busy (BARUA_PAGE (self), FALSE);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_trouble (self, error, _ ("Try Again"));
      look (self);
      g_task_return_error (task, error);
      return;
    }
  barua_program_row_set_chosen (row, FALSE);
  barua_trip_add_done (get_trip (self), barua_program_row_get_exporter (row),
                       program->presence->icon, program->presence->desktop_id, undo);
  self->next++;
  set_up_next (self, task);
}

/* One after the other: each is done whole, or not at all. */
static void
set_up_next (BaruaProgramsPage *self, GTask *task)
{
  BaruaProgramRow *row = NULL;

  while (self->next < self->rows->len &&
         !barua_program_row_get_chosen (self->rows->pdata[self->next]))
    self->next++;
  if (self->next == self->rows->len)
    {
      barua_page_set_busy (BARUA_PAGE (self), FALSE);
      g_task_return_boolean (task, TRUE);
      return;
    }
  row = self->rows->pdata[self->next];
  barua_program_row_set_busy (row, TRUE);
  /* The program stays until what was begun is done, also without its window. */
  g_application_hold (g_application_get_default ());
  barua_programs_set_up_async (self->hand_over, barua_program_row_get_exporter (row),
                               g_task_get_cancellable (task), on_set_up,
                               g_object_ref (task));
}

static void
barua_programs_page_apply_async (BaruaPage *page,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  BaruaProgramsPage *self = BARUA_PROGRAMS_PAGE (page);
  g_autoptr (GTask) task = g_task_new (page, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_programs_page_apply_async);
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  barua_page_set_busy (page, TRUE);
  self->next = 0;
  set_up_next (self, task);
}

static gboolean
barua_programs_page_apply_finish (BaruaPage *page, GAsyncResult *result, GError **error)
{
  (void) page;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
barua_programs_page_dispose (GObject *object)
{
  BaruaProgramsPage *self = BARUA_PROGRAMS_PAGE (object);

  stop_looking (self);
  g_clear_pointer (&self->hand_over, barua_hand_over_unref);
  G_OBJECT_CLASS (barua_programs_page_parent_class)->dispose (object);
}

static void
barua_programs_page_finalize (GObject *object)
{
  g_clear_pointer (&BARUA_PROGRAMS_PAGE (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (barua_programs_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BaruaProgramsPage, heading);
  gtk_widget_class_bind_template_child (widget_class, BaruaProgramsPage, card);
  gtk_widget_class_bind_template_child (widget_class, BaruaProgramsPage, warning);
  gtk_widget_class_bind_template_child (widget_class, BaruaProgramsPage, close_box);
  gtk_widget_class_bind_template_child (widget_class, BaruaProgramsPage, close_label);
  gtk_widget_class_bind_template_child (widget_class, BaruaProgramsPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, BaruaProgramsPage, here_group);
  gtk_widget_class_bind_template_child (widget_class, BaruaProgramsPage, elsewhere_group);
  gtk_widget_class_bind_template_child (widget_class, BaruaProgramsPage, options_group);
  gtk_widget_class_bind_template_child (widget_class, BaruaProgramsPage, incoming_row);
  gtk_widget_class_bind_template_child (widget_class, BaruaProgramsPage, others_button);
  gtk_widget_class_bind_template_child (widget_class, BaruaProgramsPage, others_group);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again);
  gtk_widget_class_bind_template_callback (widget_class, on_look_again);
  gtk_widget_class_bind_template_callback (widget_class, on_incoming_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_show_others);
  gtk_widget_class_bind_template_callback (widget_class, on_phone);
}

static void
barua_programs_page_class_init (BaruaProgramsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BaruaPageClass *page_class = BARUA_PAGE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = barua_programs_page_dispose;
  object_class->finalize = barua_programs_page_finalize;
  page_class->enter = barua_programs_page_enter;
  page_class->leave = barua_programs_page_leave;
  page_class->apply_async = barua_programs_page_apply_async;
  page_class->apply_finish = barua_programs_page_apply_finish;
  g_type_ensure (BARUA_TYPE_HEADING);
  g_type_ensure (BARUA_TYPE_DIAGNOSIS_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/pages/programs.ui");
  bind_children (widget_class);
}

static void
barua_programs_page_init (BaruaProgramsPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
