#include "config.h"

#include "ui/pages/sign-in.h"

#include "setup/online.h"
#include "ui/cards/browser-panel.h"
#include "ui/cards/diagnosis-card.h"
#include "ui/cards/password-panel.h"
#include "ui/heading.h"
#include "ui/rows/ways.h"

#include <glib/gi18n.h>

struct _BaruaSignInPage
{
  BaruaPage parent_instance;
  BaruaDiagnosisCard *card;
  AdwPreferencesGroup *ways_group;
  BaruaPasswordPanel *password_panel;
  BaruaBrowserPanel *browser_panel;
  GtkWidget *rows[BARUA_N_WAYS];
  GtkWidget *marks[BARUA_N_WAYS];
  BaruaWaysFacts facts;
  BaruaWay way;
  gboolean was_chosen;
  /* Whether the person has been told that it is no app password, and wants it tried. */
  gboolean was_warned;
  char *looked_for;
  GCancellable *looking;
};

G_DEFINE_FINAL_TYPE (BaruaSignInPage, barua_sign_in_page, BARUA_TYPE_PAGE)

static BaruaTrip *
get_trip (BaruaSignInPage *self)
{
  return barua_page_get_trip (BARUA_PAGE (self));
}

static gboolean
is_ready (BaruaSignInPage *self)
{
  switch (self->way)
    {
    case BARUA_WAY_PASSWORD:
      return !barua_password_panel_is_empty (self->password_panel);
    case BARUA_WAY_BROWSER:
      return barua_browser_panel_is_ready (self->browser_panel);
    case BARUA_WAY_ONLINE:
      return !self->facts.online_attention;
    case BARUA_WAY_KEPT:
    case BARUA_WAY_NONE:
    default:
      return TRUE;
    }
}

static const char *
get_next_label (BaruaSignInPage *self)
{
  switch (self->way)
    {
    case BARUA_WAY_PASSWORD:
      return self->was_warned ? _ ("Use It All the Same") : _ ("Sign In");
    case BARUA_WAY_BROWSER:
      return _ ("Open Google’s Page");
    case BARUA_WAY_KEPT:
    case BARUA_WAY_NONE:
      return _ ("Continue");
    case BARUA_WAY_ONLINE:
    default:
      return _ ("Sign In");
    }
}

static void
update (BaruaSignInPage *self)
{
  barua_page_set_next_label (BARUA_PAGE (self), get_next_label (self));
  barua_page_set_complete (BARUA_PAGE (self), is_ready (self));
}

static void
on_changed (BaruaSignInPage *self)
{
  self->was_warned = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  update (self);
}

static void
show_trouble (BaruaSignInPage *self, const GError *error, const char *again)
{
  barua_diagnosis_card_set_trouble (self->card, error);
  barua_diagnosis_card_set_again (self->card, again);
  gtk_widget_set_visible (GTK_WIDGET (self->card), TRUE);
  barua_diagnosis_card_announce (self->card);
}

static void
on_keyring_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;

  (void) source;
  if (barua_keep_finish (result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->looking == NULL)
    return;
  show_trouble (self, error, _ ("Try Again"));
}

/* Before the person types anything, and Google grants anything. */
static void
look_for_keyring (BaruaSignInPage *self)
{
  BaruaTrip *trip = get_trip (self);
  g_autofree char *login = NULL;

  if (trip->address == NULL || self->looking == NULL ||
      !barua_way_needs_keyring (self->way))
    return;
  login = barua_address_dup_login (trip->address);
  barua_keep_check_async (login, self->looking, on_keyring_checked, g_object_ref (self));
}

static void
show_panel (BaruaSignInPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->password_panel),
                          self->way == BARUA_WAY_PASSWORD);
  gtk_widget_set_visible (GTK_WIDGET (self->browser_panel),
                          self->way == BARUA_WAY_BROWSER);
}

static void
choose (BaruaSignInPage *self, BaruaWay way)
{
  self->way = way;
  self->was_warned = FALSE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->marks[way]), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  barua_page_set_help_topic (BARUA_PAGE (self), barua_way_get_help_topic (way));
  show_panel (self);
  update (self);
  look_for_keyring (self);
}

static void
on_marked (GtkCheckButton *mark, BaruaSignInPage *self)
{
  BaruaWay way = (BaruaWay) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (mark), "way"));

  if (!gtk_check_button_get_active (mark) || way == self->way)
    return;
  self->was_chosen = TRUE;
  choose (self, way);
}

static GtkWidget *
make_row (BaruaSignInPage *self, BaruaWay way)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *mark = gtk_check_button_new ();
  GtkWidget *icon =
    g_object_new (GTK_TYPE_IMAGE, "icon-name", barua_way_get_icon (way),
                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), barua_way_get_title (way));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               barua_way_get_text (way, &self->facts));
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (mark), "way", GUINT_TO_POINTER (way));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), mark);
  self->rows[way] = row;
  self->marks[way] = mark;
  return row;
}

static void
show_ways (BaruaSignInPage *self)
{
  BaruaWay ways[BARUA_N_WAYS];
  guint n_ways = barua_ways_list (&self->facts, ways);

  for (guint i = 0; i < BARUA_N_WAYS; i++)
    {
      if (self->rows[i] != NULL)
        adw_preferences_group_remove (self->ways_group, self->rows[i]);
      self->rows[i] = self->marks[i] = NULL;
    }
  for (guint i = 0; i < n_ways; i++)
    {
      adw_preferences_group_add (self->ways_group, make_row (self, ways[i]));
      if (i > 0)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (self->marks[ways[i]]),
                                    GTK_CHECK_BUTTON (self->marks[ways[0]]));
    }
  if (!self->was_chosen || self->rows[self->way] == NULL)
    self->way = ways[0];
  choose (self, self->way);
  for (guint i = 0; i < n_ways; i++)
    g_signal_connect_object (self->marks[ways[i]], "toggled", G_CALLBACK (on_marked),
                             self, 0);
}

static void
on_online_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BaruaSignInPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaOnline) online = barua_online_find_finish (result, &error);

  (void) source;
  if (online == NULL || self->looking == NULL)
    return;
  self->facts.has_online = TRUE;
  self->facts.online_attention = online->attention;
  show_ways (self);
}

static void
stop_looking (BaruaSignInPage *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

/* What was typed stays; the rest is looked for anew when the address is another. */
static void
barua_sign_in_page_enter (BaruaPage *page)
{
  BaruaSignInPage *self = BARUA_SIGN_IN_PAGE (page);
  BaruaTrip *trip = get_trip (self);
  g_autofree char *login = barua_address_dup_login (trip->address);

  stop_looking (self);
  self->looking = g_cancellable_new ();
  if (g_strcmp0 (login, self->looked_for) != 0)
    {
      self->was_chosen = FALSE;
      self->facts = (BaruaWaysFacts){ 0 };
      if (trip->account != NULL)
        self->facts.kept = trip->account->method;
    }
  g_free (self->looked_for);
  self->looked_for = g_steal_pointer (&login);
  self->facts.has_client = barua_browser_panel_look (self->browser_panel);
  show_ways (self);
  if (!self->facts.has_online)
    barua_online_find_async (self->looked_for, self->looking, on_online_found,
                             g_object_ref (self));
}

static void
barua_sign_in_page_leave (BaruaPage *page)
{
  stop_looking (BARUA_SIGN_IN_PAGE (page));
  barua_page_set_busy (page, FALSE);
}

static void
barua_sign_in_page_forget (BaruaPage *page)
{
  BaruaSignInPage *self = BARUA_SIGN_IN_PAGE (page);

  barua_password_panel_forget (self->password_panel);
  /* Who comes back to this page goes on with what is kept. */
  self->facts.kept = get_trip (self)->account->method;
  self->was_chosen = FALSE;
}

static void
on_try_again (BaruaDiagnosisCard *card, BaruaSignInPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (card), FALSE);
  look_for_keyring (self);
}

static void
apply_password (BaruaSignInPage *self, GTask *task)
{
  BaruaTrip *trip = get_trip (self);
  g_autoptr (BaruaSecret) secret = barua_password_panel_dup_secret (self->password_panel);

  if (barua_password_panel_is_doubtful (self->password_panel) && !self->was_warned)
    {
      self->was_warned = TRUE;
      update (self);
      barua_password_panel_focus (self->password_panel);
      g_task_return_boolean (task, FALSE);
      return;
    }
  barua_trip_set_method (trip, BARUA_METHOD_APP_PASSWORD);
  barua_trip_set_password (trip, secret);
  g_task_return_boolean (task, TRUE);
}

/* The page stays, and says why. */
static void
fail (BaruaSignInPage *self, GTask *task, GError *error)
{
  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_trouble (self, error, NULL);
  g_task_return_error (task, error);
}

static void
on_browser_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BaruaSignInPage *self = g_task_get_source_object (task);
  BaruaBrowserPanel *panel = BARUA_BROWSER_PANEL (source);
  GError *error = NULL;
  BaruaOauthToken *token = barua_browser_panel_sign_in_finish (panel, result, &error);
  BaruaAccount *account = NULL;

  if (token == NULL)
    {
      fail (self, task, error);
      return;
    }
  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  account = barua_trip_set_method (get_trip (self), BARUA_METHOD_OAUTH);
  g_free (account->client_id);
  account->client_id = g_strdup (barua_browser_panel_get_client_id (panel));
  barua_trip_set_access (get_trip (self), NULL, token);
  gtk_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  g_task_return_boolean (task, TRUE);
}

static void
on_online_token (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BaruaSignInPage *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (BaruaSecret) token = barua_online_get_token_finish (result, &error);

  (void) source;
  if (token == NULL)
    {
      fail (self, task, error);
      return;
    }
  barua_page_set_busy (BARUA_PAGE (self), FALSE);
  barua_trip_set_access (get_trip (self), token, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
on_online_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  BaruaSignInPage *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (BaruaOnline) online = barua_online_find_finish (result, &error);
  BaruaAccount *account = NULL;

  (void) source;
  if (online == NULL)
    {
      fail (self, task, error);
      return;
    }
  account = barua_trip_set_method (get_trip (self), BARUA_METHOD_ONLINE_ACCOUNT);
  g_free (account->online_id);
  account->online_id = g_strdup (online->id);
  if (account->name == NULL)
    account->name = g_strdup (online->name);
  barua_online_get_token_async (account->address, g_task_get_cancellable (task),
                                on_online_token, g_object_ref (task));
}

static void
barua_sign_in_page_apply_async (BaruaPage *page,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  BaruaSignInPage *self = BARUA_SIGN_IN_PAGE (page);
  BaruaTrip *trip = get_trip (self);
  g_autoptr (GTask) task = g_task_new (page, cancellable, callback, user_data);

  g_task_set_source_tag (task, barua_sign_in_page_apply_async);
  gtk_widget_set_visible (GTK_WIDGET (self->card), FALSE);
  switch (self->way)
    {
    case BARUA_WAY_PASSWORD:
      apply_password (self, task);
      break;
    case BARUA_WAY_BROWSER:
      barua_page_set_busy (page, TRUE);
      barua_browser_panel_sign_in_async (self->browser_panel, trip->address, cancellable,
                                         on_browser_signed_in, g_steal_pointer (&task));
      break;
    case BARUA_WAY_ONLINE:
      barua_page_set_busy (page, TRUE);
      barua_online_find_async (self->looked_for, cancellable, on_online_chosen,
                               g_steal_pointer (&task));
      break;
    case BARUA_WAY_NONE:
      barua_trip_set_method (trip, BARUA_METHOD_NONE);
      g_task_return_boolean (task, TRUE);
      break;
    case BARUA_WAY_KEPT:
    default:
      barua_trip_keep_sign_in (trip);
      g_task_return_boolean (task, TRUE);
    }
}

static gboolean
barua_sign_in_page_apply_finish (BaruaPage *page, GAsyncResult *result, GError **error)
{
  (void) page;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
barua_sign_in_page_dispose (GObject *object)
{
  stop_looking (BARUA_SIGN_IN_PAGE (object));
  G_OBJECT_CLASS (barua_sign_in_page_parent_class)->dispose (object);
}

static void
barua_sign_in_page_finalize (GObject *object)
{
  g_clear_pointer (&BARUA_SIGN_IN_PAGE (object)->looked_for, g_free);
  G_OBJECT_CLASS (barua_sign_in_page_parent_class)->finalize (object);
}

static void
barua_sign_in_page_class_init (BaruaSignInPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  BaruaPageClass *page_class = BARUA_PAGE_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = barua_sign_in_page_dispose;
  object_class->finalize = barua_sign_in_page_finalize;
  page_class->enter = barua_sign_in_page_enter;
  page_class->leave = barua_sign_in_page_leave;
  page_class->forget = barua_sign_in_page_forget;
  page_class->apply_async = barua_sign_in_page_apply_async;
  page_class->apply_finish = barua_sign_in_page_apply_finish;
  g_type_ensure (BARUA_TYPE_HEADING);
  g_type_ensure (BARUA_TYPE_DIAGNOSIS_CARD);
  g_type_ensure (BARUA_TYPE_PASSWORD_PANEL);
  g_type_ensure (BARUA_TYPE_BROWSER_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/barua/Barua/pages/sign-in.ui");
  gtk_widget_class_bind_template_child (widget_class, BaruaSignInPage, card);
  gtk_widget_class_bind_template_child (widget_class, BaruaSignInPage, ways_group);
  gtk_widget_class_bind_template_child (widget_class, BaruaSignInPage, password_panel);
  gtk_widget_class_bind_template_child (widget_class, BaruaSignInPage, browser_panel);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_try_again);
}

static void
barua_sign_in_page_init (BaruaSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
