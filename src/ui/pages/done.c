#include "config.h"

#include "ui/pages/done.h"

#include "setup/hand-over.h"
#include "ui/cards/diagnosis-card.h"
#include "ui/heading.h"
#include "ui/report.h"
#include "ui/rows/program-icon.h"
#include "ui/toast.h"

#include <gio/gdesktopappinfo.h>
#include <glib/gi18n.h>

struct _BaruaDonePage
{
  BaruaPage parent_instance;
  BaruaHeading *heading;
  BaruaDiagnosisCard *card;
  AdwPreferencesGroup *group;
  GtkWidget *report_button;
  GPtrArray *rows;
  /* How many of the trip's programs the toast has spoken of. */
  guint n_told;
  GCancellable *working;
};

/* One taking back under way. */
typedef struct
{
  BaruaDonePage *page;
  guint index;
} Undoing;

G_DEFINE_FINAL_TYPE (BaruaDonePage, barua_done_page, BARUA_TYPE_PAGE)

static void show_programs (BaruaDonePage *self);

static GPtrArray *
get_done (BaruaDonePage *self)
{
  return barua_page_get_trip (BARUA_PAGE (self))->done;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaDonePage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_uris_finish (G_APP_INFO (source), result, &error))
    barua_toast_say (GTK_WIDGET (self), _ ("It could not be opened"));
}

static void
on_open (GtkButton *button, BaruaDonePage *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));
  const BaruaTripProgram *program = get_done (self)->pdata[index];
  g_autoptr (GDesktopAppInfo) info = g_desktop_app_info_new (program->desktop_id);
  g_autoptr (GdkAppLaunchContext) context =
    gdk_display_get_app_launch_context (gtk_widget_get_display (GTK_WIDGET (self)));

  if (info == NULL)
    {
      barua_toast_say (GTK_WIDGET (self), _ ("It could not be opened"));
      return;
    }
  g_app_info_launch_uris_async (G_APP_INFO (info), NULL, G_APP_LAUNCH_CONTEXT (context),
                                NULL, on_opened, g_object_ref (self));
}

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Undoing *undoing = user_data;
  g_autoptr (BaruaDonePage) self = undoing->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaReceipt) receipt = barua_take_back_finish (result, &error);
  BaruaTripProgram *program = NULL;

  (void) source;
  g_application_release (g_application_get_default ());
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  if (receipt == NULL)
    {
      barua_diagnosis_card_set_trouble (self->card, error);
      gtk_widget_set_visible (GTK_WIDGET (self->card), TRUE);
      barua_diagnosis_card_announce (self->card);
      return;
    }
  program = get_done (self)->pdata[undoing->index];
  program->undone = TRUE;
  show_programs (self);
  barua_toast_say (GTK_WIDGET (self), _ ("Everything is as it was before"));
}

static void
take_back (BaruaDonePage *self, guint index)
{
  const BaruaTripProgram *program = get_done (self)->pdata[index];
  g_autoptr (BaruaHome) home = NULL;
  Undoing *undoing = NULL;

  if (program->undo == NULL || program->undone || barua_page_get_busy (BARUA_PAGE (self)))
    return;
  home = barua_home_new ();
  undoing = g_new0 (Undoing, 1);
  undoing->page = g_object_ref (self);
  undoing->index = index;
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  barua_page_set_busy (BARUA_PAGE (self), TRUE);
  g_application_hold (g_application_get_default ());
  barua_take_back_async (home, program->undo, self->working, on_taken_back, undoing);
}

static void
on_undo (GtkButton *button, BaruaDonePage *self)
{
  take_back (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index")));
}

static void
on_undo_toast (AdwToast *toast, BaruaDonePage *self)
{
  take_back (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (toast), "index")));
}

static GtkWidget *
make_button (BaruaDonePage *self, const char *label, const char *spoken, guint index)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
  (void) self;
  return button;
}

static const char *
get_state (const BaruaTripProgram *program)
{
  if (program->undone)
    return _ ("taken back");
  return program->undo != NULL ? _ ("set up") : _ ("set up already");
}

static GtkWidget *
make_row (BaruaDonePage *self, const BaruaTripProgram *program, guint index)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "pixel-size", 32, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  const char *name = _ (program->exporter->name);
  /* Translators: the name of a mail program */
  g_autofree char *open = g_strdup_printf (_ ("Open %s"), name);
  /* Translators: the name of a mail program */
  g_autofree char *undo = g_strdup_printf (_ ("Undo the settings for %s"), name);
  GtkWidget *button = NULL;

  barua_program_icon_set (GTK_IMAGE (icon), program->icon, program->exporter->can);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), get_state (program));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (program->undo != NULL && !program->undone)
    {
      button = make_button (self, _ ("Undo"), undo, index);
      gtk_widget_add_css_class (button, "flat");
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_undo), self, 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  if (program->desktop_id != NULL && !program->undone)
    {
      button = make_button (self, _ ("Open"), open, index);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_open), self, 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  return row;
}

static void
show_programs (BaruaDonePage *self)
{
  GPtrArray *done = get_done (self);
  guint n_set_up = 0;

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < done->len; i++)
    {
      const BaruaTripProgram *program = done->pdata[i];
      GtkWidget *row = make_row (self, program, i);

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
      n_set_up += !program->undone;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->group), done->len > 0);
  barua_heading_set (
    self->heading, _ ("All Is Ready"),
    n_set_up > 0 ? _ ("Your mail is waiting. What was done can be taken back here, or "
                      "later with “barua undo”.")
                 : _ ("No mail program was changed. You can set one up at any time."));
}

static void
tell (BaruaDonePage *self)
{
  GPtrArray *done = get_done (self);
  const BaruaTripProgram *last = done->len > 0 ? done->pdata[done->len - 1] : NULL;
  g_autofree char *text = NULL;
  AdwToast *toast = NULL;

  if (last == NULL || done->len == self->n_told || last->undo == NULL)
    return;
  self->n_told = done->len;
  /* Translators: the name of a mail program */
  text = g_strdup_printf (_ ("%s is set up"), _ (last->exporter->name));
  toast = barua_toast_new (GTK_WIDGET (self), text, _ ("_Undo"));
  g_object_set_data (G_OBJECT (toast), "index", GUINT_TO_POINTER (done->len - 1));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (on_undo_toast), self, 0);
  barua_toast_show (GTK_WIDGET (self), toast);
}

static void
on_report (GtkButton *button, BaruaDonePage *self)
{
  (void) button;
  barua_report_copy (GTK_WIDGET (self), barua_page_get_trip (BARUA_PAGE (self))->check);
}

static void
barua_done_page_enter (BaruaPage *page)
{
  BaruaDonePage *self = BARUA_DONE_PAGE (page);

  g_clear_object (&self->working);
  self->working = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  gtk_widget_set_visible (self->report_button, barua_page_get_trip (page)->check != NULL);
  show_programs (self);
  barua_heading_announce (self->heading);
  tell (self);
}

static void
stop (BaruaDonePage *self)
{
  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
}

static void
barua_done_page_leave (BaruaPage *page)
{
  stop (BARUA_DONE_PAGE (page));
  barua_page_set_busy (page, FALSE);
}

static void
barua_done_page_dispose (GObject *object)
{
  stop (BARUA_DONE_PAGE (object));
  G_OBJECT_CLASS (barua_done_page_parent_class)->dispose (object);
}

static void
barua_done_page_finalize (GObject *object)
{
  g_clear_pointer (&BARUA_DONE_PAGE (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (barua_done_page_parent_class)->finalize (object);
}

static void
barua_done_page_class_init (BaruaDonePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = barua_done_page_dispose;
  object_class->finalize = barua_done_page_finalize;
  BARUA_PAGE_CLASS (klass)->enter = barua_done_page_enter;
  BARUA_PAGE_CLASS (klass)->leave = barua_done_page_leave;
  g_type_ensure (BARUA_TYPE_HEADING);
  g_type_ensure (BARUA_TYPE_DIAGNOSIS_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/pages/done.ui");
  gtk_widget_class_bind_template_child (widget_class, BaruaDonePage, heading);
  gtk_widget_class_bind_template_child (widget_class, BaruaDonePage, card);
  gtk_widget_class_bind_template_child (widget_class, BaruaDonePage, group);
  gtk_widget_class_bind_template_child (widget_class, BaruaDonePage, report_button);
  gtk_widget_class_bind_template_callback (widget_class, on_report);
}

static void
barua_done_page_init (BaruaDonePage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
