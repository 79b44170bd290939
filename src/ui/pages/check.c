#include "config.h"

#include "ui/pages/check.h"

#include "setup/acceptance.h"
#include "setup/keep.h"
#include "ui/cards/check-view.h"
#include "ui/heading.h"
#include "ui/preferences.h"
#include "ui/rows/check-text.h"
#include "ui/rows/keeping-text.h"

#include <glib/gi18n.h>

struct _BaruaCheckPage
{
  BaruaPage parent_instance;
  BaruaHeading *heading;
  BaruaDiagnosisCard *trouble_card;
  BaruaCheckView *view;
  GtkWidget *proof_group;
  AdwActionRow *proof_row;
  GtkWidget *proof_button;
  GtkWidget *again_button;
  GCancellable *checking;
  gboolean sends;
  /* Whether what was signed in with is in the keyring, or was there before. */
  gboolean kept;
};

G_DEFINE_FINAL_TYPE (BaruaCheckPage, barua_check_page, BARUA_TYPE_PAGE)

static BaruaTrip *
get_trip (BaruaCheckPage *self)
{
  return barua_page_get_trip (BARUA_PAGE (self));
}

gboolean
barua_check_page_is_needed (const BaruaTrip *trip)
{
  return trip->account != NULL && trip->account->method != BARUA_METHOD_NONE;
}

static BaruaMethod
get_method (BaruaCheckPage *self)
{
  const BaruaAccount *account = get_trip (self)->account;

  return account != NULL ? account->method : BARUA_METHOD_NONE;
}

static void
show_heading (BaruaCheckPage *self, gboolean is_well, BaruaKeepAdvice advice)
{
  const char *where = barua_keeping_text_where (get_method (self), self->kept);

  if (is_well)
    barua_heading_set (self->heading, _ ("Mail Works"), where);
  else if (advice == BARUA_KEEP_ADVICE_NO)
    barua_heading_set (self->heading, _ ("Google Did Not Let You In"), where);
  else if (advice == BARUA_KEEP_ADVICE_ASK && !self->kept)
    barua_heading_set (self->heading, _ ("No Server Could Be Asked"),
                       _ ("So nobody knows yet whether the app password is right."));
  else
    barua_heading_set (self->heading, _ ("Something Stands in the Way"), where);
}

static void
show_proof (BaruaCheckPage *self)
{
  const BaruaProof *proof = get_trip (self)->check->proof;
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;

  if (proof == NULL)
    return;
  text = barua_proof_dup_text (proof);
  escaped = g_markup_escape_text (text, -1);
  adw_action_row_set_subtitle (self->proof_row, escaped);
  gtk_button_set_label (GTK_BUTTON (self->proof_button), _ ("Send Another"));
}

static const char *
get_next_label (BaruaCheckPage *self, gboolean is_refused)
{
  if (self->kept)
    return _ ("Choose Mail Programs");
  return is_refused ? NULL : _ ("Keep It All the Same");
}

static void
show_outcome (BaruaCheckPage *self)
{
  BaruaTrip *trip = get_trip (self);
  gboolean is_well = barua_check_text_is_well (trip->check);
  gboolean is_severe = trip->check->diagnosis->verdict->severity == BARUA_SEVERITY_ERROR;
  BaruaKeepAdvice advice =
    barua_keeping_text_advise (get_method (self), barua_acceptance_judge (trip->check));
  gboolean is_refused = advice == BARUA_KEEP_ADVICE_NO;

  show_heading (self, is_well, advice);
  barua_check_view_finish (self->view, trip->check,
                           is_refused && trip->login != NULL ? _ ("Sign In Differently")
                                                             : _ ("Check Again"));
  if (is_well)
    barua_heading_announce (self->heading);
  gtk_widget_set_visible (self->again_button, FALSE);
  gtk_widget_set_visible (self->proof_group, !is_severe && self->kept);
  show_proof (self);
  barua_page_set_next_plain (BARUA_PAGE (self), is_severe);
  barua_page_set_next_label (BARUA_PAGE (self), get_next_label (self, is_refused));
  barua_page_set_complete (BARUA_PAGE (self), self->kept || !is_refused);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaCheckPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean kept = barua_keep_finish (result, &error);

  (void) source;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->checking == NULL)
    return;
  g_clear_object (&self->checking);
  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  self->kept = kept;
  if (kept)
    barua_page_set_kept (BARUA_PAGE (self));
  show_outcome (self);
  if (kept)
    return;
  barua_diagnosis_card_set_trouble (self->trouble_card, error);
  barua_diagnosis_card_set_again (self->trouble_card, _ ("Try Again"));
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_card), TRUE);
  barua_diagnosis_card_announce (self->trouble_card);
}

static void
keep (BaruaCheckPage *self)
{
  BaruaTrip *trip = get_trip (self);
  BaruaKeep what = {
    .account = trip->account,
    .password = trip->password,
    .token = trip->token,
  };

  g_free (trip->account->last_cause);
  trip->account->last_check = g_date_time_to_unix (trip->check->started);
  trip->account->last_cause = g_strdup (trip->check->diagnosis->verdict->cause->id);
  g_clear_object (&self->checking);
  self->checking = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_card), FALSE);
  barua_page_set_busy (BARUA_PAGE (self), TRUE);
  barua_keep_async (&what, self->checking, on_kept, g_object_ref (self));
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaCheckPage) self = user_data;
  BaruaCheck *check = barua_journey_check_finish (BARUA_JOURNEY (source), result, NULL);
  BaruaTrip *trip = NULL;

  /* It fails only when it was cancelled, by whoever shows something else now. */
  if (check == NULL)
    return;
  trip = get_trip (self);
  g_clear_object (&self->checking);
  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  barua_trip_set_check (trip, check);
  if (trip->login == NULL)
    self->kept = TRUE;
  if (!self->kept &&
      barua_keeping_text_advise (get_method (self), barua_acceptance_judge (check)) ==
        BARUA_KEEP_ADVICE_YES)
    keep (self);
  else
    show_outcome (self);
}

static void
begin (BaruaCheckPage *self, gboolean sends)
{
  BaruaTrip *trip = get_trip (self);
  const BaruaCheckOptions options = {
    .login = trip->login,
    .kept_sign_in = trip->login == NULL,
    .send_test = sends,
    .total_ms = barua_preferences_get_time_limit_ms (),
  };

  g_clear_object (&self->checking);
  self->checking = g_cancellable_new ();
  self->sends = sends;
  barua_heading_set (self->heading,
                     sends ? _ ("Sending a Test Message") : _ ("Signing In"),
                     sends ? _ ("From you to yourself; it is found, timed, and moved to "
                                "the bin.")
                           : _ ("To all of Gmail’s servers, with a rehearsal of sending: "
                                "nothing is sent."));
  barua_page_set_complete (BARUA_PAGE (self), FALSE);
  barua_page_set_next_label (BARUA_PAGE (self), NULL);
  barua_page_set_busy (BARUA_PAGE (self), TRUE);
  gtk_widget_set_visible (self->again_button, FALSE);
  gtk_widget_set_visible (self->proof_group, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble_card), FALSE);
  barua_check_view_begin (self->view, trip->journey);
  barua_journey_check_async (trip->journey, &options, self->checking, on_checked,
                             g_object_ref (self));
}

static void
stop (BaruaCheckPage *self)
{
  if (self->checking == NULL)
    return;
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
}

static void
on_stop (BaruaCheckView *view, BaruaCheckPage *self)
{
  stop (self);
  barua_check_view_stop (view);
  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  barua_heading_set (self->heading, _ ("Stopped"), NULL);
  gtk_widget_set_visible (self->again_button, TRUE);
  gtk_widget_grab_focus (self->again_button);
}

static void
on_send (GtkButton *button, BaruaCheckPage *self)
{
  (void) button;
  begin (self, TRUE);
}

static void
on_again_clicked (GtkButton *button, BaruaCheckPage *self)
{
  (void) button;
  begin (self, self->sends);
}

static void
on_try_again (BaruaCheckView *view, BaruaCheckPage *self)
{
  BaruaTrip *trip = get_trip (self);

  (void) view;
  if (trip->login != NULL && trip->check != NULL &&
      barua_acceptance_judge (trip->check) == BARUA_ACCEPTANCE_NO)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
  else
    begin (self, self->sends);
}

static void
on_keep_again (BaruaDiagnosisCard *card, BaruaCheckPage *self)
{
  (void) card;
  keep (self);
}

static void
barua_check_page_enter (BaruaPage *page)
{
  BaruaCheckPage *self = BARUA_CHECK_PAGE (page);

  if (get_trip (self)->check != NULL)
    {
      show_outcome (self);
      return;
    }
  self->kept = get_trip (self)->login == NULL;
  begin (self, FALSE);
}

static void
barua_check_page_leave (BaruaPage *page)
{
  stop (BARUA_CHECK_PAGE (page));
  barua_page_set_busy (page, FALSE);
}

/* What nobody could be asked about is kept because the person says so. */
static void
on_kept_on_request (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BaruaCheckPage *self = g_task_get_source_object (task);
  GError *error = NULL;

  (void) source;
  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  self->kept = barua_keep_finish (result, &error);
  if (self->kept)
    {
      barua_page_set_kept (BARUA_PAGE (self));
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      barua_diagnosis_card_set_trouble (self->trouble_card, error);
      gtk_widget_set_visible (GTK_WIDGET (self->trouble_card), TRUE);
      barua_diagnosis_card_announce (self->trouble_card);
    }
  g_task_return_error (task, error);
}

static void
barua_check_page_apply_async (BaruaPage *page,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  BaruaCheckPage *self = BARUA_CHECK_PAGE (page);
  BaruaTrip *trip = get_trip (self);
  g_autoptr (GTask) task = g_task_new (page, cancellable, callback, user_data);
  const BaruaKeep what = {
    .account = trip->account,
    .password = trip->password,
    .token = trip->token,
  };

  g_task_set_source_tag (task, barua_check_page_apply_async);
  if (self->kept)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  barua_page_set_busy (page, TRUE);
  barua_keep_async (&what, cancellable, on_kept_on_request, g_steal_pointer (&task));
}

static gboolean
barua_check_page_apply_finish (BaruaPage *page, GAsyncResult *result, GError **error)
{
  (void) page;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
barua_check_page_dispose (GObject *object)
{
  stop (BARUA_CHECK_PAGE (object));
  G_OBJECT_CLASS (barua_check_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BaruaCheckPage, heading);
  gtk_widget_class_bind_template_child (widget_class, BaruaCheckPage, trouble_card);
  gtk_widget_class_bind_template_child (widget_class, BaruaCheckPage, view);
  gtk_widget_class_bind_template_child (widget_class, BaruaCheckPage, proof_group);
  gtk_widget_class_bind_template_child (widget_class, BaruaCheckPage, proof_row);
  gtk_widget_class_bind_template_child (widget_class, BaruaCheckPage, proof_button);
  gtk_widget_class_bind_template_child (widget_class, BaruaCheckPage, again_button);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_send);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_again);
}

static void
barua_check_page_class_init (BaruaCheckPageClass *klass)
{
  BaruaPageClass *page_class = BARUA_PAGE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barua_check_page_dispose;
  page_class->enter = barua_check_page_enter;
  page_class->leave = barua_check_page_leave;
  page_class->apply_async = barua_check_page_apply_async;
  page_class->apply_finish = barua_check_page_apply_finish;
  g_type_ensure (BARUA_TYPE_CHECK_VIEW);
  g_type_ensure (BARUA_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/pages/check.ui");
  bind_children (widget_class);
}

static void
barua_check_page_init (BaruaCheckPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
