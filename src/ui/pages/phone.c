#include "config.h"

#include "ui/pages/phone.h"

#include "export/exporters.h"
#include "setup/hand-over.h"
#include "setup/password.h"
#include "ui/cards/diagnosis-card.h"
#include "ui/cards/qr-picture.h"
#include "ui/heading.h"

#include <glib/gi18n.h>

/* How long the password can be photographed by whoever passes by. */
#define SHOWN_SECONDS 60

struct _BaruaPhonePage
{
  BaruaPage parent_instance;
  BaruaDiagnosisCard *card;
  GtkWidget *waiting;
  GtkWidget *content;
  GtkPicture *view;
  GtkWidget *password_group;
  GtkSwitch *password_switch;
  GtkWidget *warning;
  GtkLabel *state;
  GtkLabel *steps;
  BaruaHandOver *hand_over;
  GCancellable *working;
  guint hide_id;
  gulong active_handler;
};

G_DEFINE_FINAL_TYPE (BaruaPhonePage, barua_phone_page, BARUA_TYPE_PAGE)

static void
show_state (BaruaPhonePage *self, const char *text)
{
  gtk_label_set_label (self->state, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), text != NULL);
}

static void
show_trouble (BaruaPhonePage *self, const GError *error)
{
  barua_diagnosis_card_set_trouble (self->card, error);
  barua_diagnosis_card_set_again (self->card, _ ("Try Again"));
  gtk_widget_set_visible (GTK_WIDGET (self->card), TRUE);
  barua_diagnosis_card_announce (self->card);
}

static void
add_sentences (GString *text, const GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    {
      if (text->len > 0)
        g_string_append (text, "\n\n");
      g_string_append (text, sentences->pdata[i]);
    }
}

static void
show_steps (BaruaPhonePage *self, const BaruaPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);

  add_sentences (text, plan->questions);
  add_sentences (text, plan->notes);
  gtk_label_set_label (self->steps, text->str);
}

/* Nothing of the text is left in ordinary memory: only the picture is. */
static gboolean
show_code (BaruaPhonePage *self, BaruaSecret *password)
{
  const BaruaExporter *exporter = &barua_exporter_thunderbird_android;
  g_autoptr (BaruaPlan) plan = barua_plan_new (exporter->id);
  g_autoptr (GError) error = NULL;
  char *text = exporter->code (self->hand_over->request, password, plan, &error);
  BaruaQr *code = text != NULL ? barua_qr_new (text) : NULL;
  g_autoptr (GdkPaintable) picture = code != NULL ? barua_qr_picture_new (code) : NULL;

  barua_secret_free_text (text);
  gtk_picture_set_paintable (self->view, picture);
  if (error != NULL)
    show_trouble (self, error);
  show_steps (self, plan);
  return picture != NULL;
}

static void
unfollow (BaruaPhonePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_handle_id (&self->hide_id, g_source_remove);
  if (root != NULL)
    g_clear_signal_handler (&self->active_handler, root);
}

static void
hide_password (BaruaPhonePage *self, const char *why)
{
  unfollow (self);
  gtk_switch_set_active (self->password_switch, FALSE);
  show_state (self, why);
}

static gboolean
on_time_over (gpointer user_data)
{
  BaruaPhonePage *self = user_data;

  self->hide_id = 0;
  hide_password (self, _ ("A minute is over: the code is without the password again."));
  return G_SOURCE_REMOVE;
}

static void
on_active (BaruaPhonePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root) && !gtk_window_is_active (GTK_WINDOW (root)))
    hide_password (self, _ ("The code is without the password again, since you went to "
                            "another window."));
}

static void
follow (BaruaPhonePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  unfollow (self);
  self->hide_id = g_timeout_add_seconds (SHOWN_SECONDS, on_time_over, self);
  if (root != NULL)
    self->active_handler = g_signal_connect_object (
      root, "notify::is-active", G_CALLBACK (on_active), self, G_CONNECT_SWAPPED);
}

static void
on_password (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaPhonePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaSecret) password = barua_password_get_finish (result, &error);

  (void) source;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->working == NULL)
    return;
  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  if (!gtk_switch_get_active (self->password_switch))
    return;
  if (password == NULL)
    {
      hide_password (self, NULL);
      show_trouble (self, error);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  if (show_code (self, password))
    {
      follow (self);
      show_state (self, _ ("This code holds the app password. It goes away after a "
                           "minute, and when you go to another window."));
    }
}

static void
on_password_switched (GtkSwitch *button, GParamSpec *pspec, BaruaPhonePage *self)
{
  gboolean wanted = gtk_switch_get_active (button);

  (void) pspec;
  gtk_widget_set_visible (self->warning, wanted);
  show_state (self, NULL);
  if (self->hand_over == NULL)
    return;
  if (!wanted)
    {
      unfollow (self);
      show_code (self, NULL);
      return;
    }
  barua_page_set_busy (BARUA_PAGE (self), TRUE);
  barua_password_get_async (self->hand_over->request->account->address, self->working,
                            on_password, g_object_ref (self));
}

static void
on_prepared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaPhonePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaHandOver) hand_over = barua_hand_over_prepare_finish (result, &error);

  (void) source;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->working == NULL)
    return;
  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  gtk_widget_set_visible (self->waiting, FALSE);
  if (hand_over == NULL)
    {
      show_trouble (self, error);
      return;
    }
  g_clear_pointer (&self->hand_over, barua_hand_over_unref);
  self->hand_over = g_steal_pointer (&hand_over);
  gtk_widget_set_visible (self->password_group,
                          barua_export_request_uses_password (self->hand_over->request));
  gtk_widget_set_visible (self->content, show_code (self, NULL));
}

static void
stop (BaruaPhonePage *self)
{
  unfollow (self);
  g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
  g_clear_pointer (&self->hand_over, barua_hand_over_unref);
}

static void
prepare (BaruaPhonePage *self)
{
  BaruaTrip *trip = barua_page_get_trip (BARUA_PAGE (self));
  const BaruaHandOverOptions options = { .incoming = trip->incoming, .name = trip->name };

  stop (self);
  self->working = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  gtk_widget_set_visible (self->content, FALSE);
  gtk_widget_set_visible (self->waiting, TRUE);
  barua_page_set_busy (BARUA_PAGE (self), TRUE);
  barua_hand_over_prepare_async (trip->address, &options, self->working, on_prepared,
                                 g_object_ref (self));
}

static void
on_try_again (BaruaDiagnosisCard *card, BaruaPhonePage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (card), FALSE);
  if (self->hand_over == NULL)
    prepare (self);
  else
    gtk_switch_set_active (self->password_switch, TRUE);
}

static void
barua_phone_page_enter (BaruaPage *page)
{
  prepare (BARUA_PHONE_PAGE (page));
}

static void
barua_phone_page_leave (BaruaPage *page)
{
  BaruaPhonePage *self = BARUA_PHONE_PAGE (page);

  stop (self);
  gtk_picture_set_paintable (self->view, NULL);
  gtk_switch_set_active (self->password_switch, FALSE);
  barua_page_set_busy (page, FALSE);
}

static void
barua_phone_page_dispose (GObject *object)
{
  stop (BARUA_PHONE_PAGE (object));
  G_OBJECT_CLASS (barua_phone_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BaruaPhonePage, card);
  gtk_widget_class_bind_template_child (widget_class, BaruaPhonePage, waiting);
  gtk_widget_class_bind_template_child (widget_class, BaruaPhonePage, content);
  gtk_widget_class_bind_template_child (widget_class, BaruaPhonePage, view);
  gtk_widget_class_bind_template_child (widget_class, BaruaPhonePage, password_group);
  gtk_widget_class_bind_template_child (widget_class, BaruaPhonePage, password_switch);
  gtk_widget_class_bind_template_child (widget_class, BaruaPhonePage, warning);
  gtk_widget_class_bind_template_child (widget_class, BaruaPhonePage, state);
  gtk_widget_class_bind_template_child (widget_class, BaruaPhonePage, steps);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again);
  gtk_widget_class_bind_template_callback (widget_class, on_password_switched);
}

static void
barua_phone_page_class_init (BaruaPhonePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = barua_phone_page_dispose;
  BARUA_PAGE_CLASS (klass)->enter = barua_phone_page_enter;
  BARUA_PAGE_CLASS (klass)->leave = barua_phone_page_leave;
  g_type_ensure (BARUA_TYPE_HEADING);
  g_type_ensure (BARUA_TYPE_DIAGNOSIS_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/pages/phone.ui");
  bind_children (widget_class);
}

static void
barua_phone_page_init (BaruaPhonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
