#include "config.h"

#include "ui/page.h"

#include "ui/words.h"

typedef struct
{
  BaruaTrip *trip;
  char *title;
  char *next_label;
  char *help_topic;
  gboolean next_plain;
  gboolean complete;
  gboolean busy;
} BaruaPagePrivate;

enum
{
  PROP_TRIP = 1,
  PROP_TITLE,
  PROP_NEXT_LABEL,
  PROP_NEXT_PLAIN,
  PROP_HELP_TOPIC,
  PROP_COMPLETE,
  PROP_BUSY,
  N_PROPS,
};

enum
{
  SIGNAL_PROCEED,
  SIGNAL_KEPT,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BaruaPage, barua_page, ADW_TYPE_BIN)

static BaruaPagePrivate *
get_private (BaruaPage *self)
{
  return barua_page_get_instance_private (self);
}

static void
barua_page_finalize (GObject *object)
{
  BaruaPagePrivate *priv = get_private (BARUA_PAGE (object));

  g_clear_pointer (&priv->trip, barua_trip_unref);
  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->next_label, g_free);
  g_clear_pointer (&priv->help_topic, g_free);
  G_OBJECT_CLASS (barua_page_parent_class)->finalize (object);
}

static void
barua_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BaruaPagePrivate *priv = get_private (BARUA_PAGE (object));

  switch (id)
    {
    case PROP_TRIP:
      g_value_set_boxed (value, priv->trip);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_NEXT_LABEL:
      g_value_set_string (value, priv->next_label);
      break;
    case PROP_NEXT_PLAIN:
      g_value_set_boolean (value, priv->next_plain);
      break;
    case PROP_HELP_TOPIC:
      g_value_set_string (value, priv->help_topic);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, priv->complete);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, priv->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
barua_page_set_property (GObject *object,
                         guint id,
                         const GValue *value,
                         GParamSpec *pspec)
{
  BaruaPage *self = BARUA_PAGE (object);

  switch (id)
    {
    case PROP_TRIP:
      get_private (self)->trip = g_value_dup_boxed (value);
      break;
    case PROP_TITLE:
      barua_page_set_title (self, g_value_get_string (value));
      break;
    case PROP_NEXT_LABEL:
      barua_page_set_next_label (self, g_value_get_string (value));
      break;
    case PROP_NEXT_PLAIN:
      barua_page_set_next_plain (self, g_value_get_boolean (value));
      break;
    case PROP_HELP_TOPIC:
      barua_page_set_help_topic (self, g_value_get_string (value));
      break;
    case PROP_COMPLETE:
      barua_page_set_complete (self, g_value_get_boolean (value));
      break;
    case PROP_BUSY:
      barua_page_set_busy (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
barua_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (barua_page_parent_class)->constructed (object);
  barua_words_wrap (GTK_WIDGET (object));
}

static void
barua_page_class_init (BaruaPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = barua_page_constructed;
  object_class->finalize = barua_page_finalize;
  object_class->get_property = barua_page_get_property;
  object_class->set_property = barua_page_set_property;
  properties[PROP_TRIP] = g_param_spec_boxed ("trip", NULL, NULL, BARUA_TYPE_TRIP,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_NEXT_LABEL] =
    g_param_spec_string ("next-label", NULL, NULL, NULL, flags);
  properties[PROP_NEXT_PLAIN] =
    g_param_spec_boolean ("next-plain", NULL, NULL, FALSE, flags);
  properties[PROP_HELP_TOPIC] =
    g_param_spec_string ("help-topic", NULL, NULL, NULL, flags);
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_PROCEED] = g_signal_new ("proceed", BARUA_TYPE_PAGE, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_KEPT] = g_signal_new ("kept", BARUA_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
barua_page_init (BaruaPage *self)
{
  (void) self;
}

BaruaTrip *
barua_page_get_trip (BaruaPage *self)
{
  g_return_val_if_fail (BARUA_IS_PAGE (self), NULL);

  return get_private (self)->trip;
}

const char *
barua_page_get_title (BaruaPage *self)
{
  g_return_val_if_fail (BARUA_IS_PAGE (self), NULL);

  return get_private (self)->title;
}

static void
set_text (BaruaPage *self, char **place, const char *text, guint property)
{
  if (g_strcmp0 (*place, text) == 0)
    return;
  g_free (*place);
  *place = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_flag (BaruaPage *self, gboolean *place, gboolean flag, guint property)
{
  if (!*place == !flag)
    return;
  *place = !!flag;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
barua_page_set_title (BaruaPage *self, const char *title)
{
  g_return_if_fail (BARUA_IS_PAGE (self));

  set_text (self, &get_private (self)->title, title, PROP_TITLE);
}

const char *
barua_page_get_next_label (BaruaPage *self)
{
  g_return_val_if_fail (BARUA_IS_PAGE (self), NULL);

  return get_private (self)->next_label;
}

void
barua_page_set_next_label (BaruaPage *self, const char *label)
{
  g_return_if_fail (BARUA_IS_PAGE (self));

  set_text (self, &get_private (self)->next_label, label, PROP_NEXT_LABEL);
}

const char *
barua_page_get_help_topic (BaruaPage *self)
{
  g_return_val_if_fail (BARUA_IS_PAGE (self), NULL);

  return get_private (self)->help_topic;
}

void
barua_page_set_help_topic (BaruaPage *self, const char *id)
{
  g_return_if_fail (BARUA_IS_PAGE (self));

  set_text (self, &get_private (self)->help_topic, id, PROP_HELP_TOPIC);
}

gboolean
barua_page_get_next_plain (BaruaPage *self)
{
  g_return_val_if_fail (BARUA_IS_PAGE (self), FALSE);

  return get_private (self)->next_plain;
}

void
barua_page_set_next_plain (BaruaPage *self, gboolean plain)
{
  g_return_if_fail (BARUA_IS_PAGE (self));

  set_flag (self, &get_private (self)->next_plain, plain, PROP_NEXT_PLAIN);
}

gboolean
barua_page_get_complete (BaruaPage *self)
{
  g_return_val_if_fail (BARUA_IS_PAGE (self), FALSE);

  return get_private (self)->complete;
}

void
barua_page_set_complete (BaruaPage *self, gboolean complete)
{
  g_return_if_fail (BARUA_IS_PAGE (self));

  set_flag (self, &get_private (self)->complete, complete, PROP_COMPLETE);
}

gboolean
barua_page_get_busy (BaruaPage *self)
{
  g_return_val_if_fail (BARUA_IS_PAGE (self), FALSE);

  return get_private (self)->busy;
}

void
barua_page_set_busy (BaruaPage *self, gboolean busy)
{
  g_return_if_fail (BARUA_IS_PAGE (self));

  set_flag (self, &get_private (self)->busy, busy, PROP_BUSY);
}

void
barua_page_proceed (BaruaPage *self)
{
  g_return_if_fail (BARUA_IS_PAGE (self));

  g_signal_emit (self, signals[SIGNAL_PROCEED], 0);
}

void
barua_page_set_kept (BaruaPage *self)
{
  g_return_if_fail (BARUA_IS_PAGE (self));

  barua_trip_set_kept (get_private (self)->trip);
  g_signal_emit (self, signals[SIGNAL_KEPT], 0);
}

void
barua_page_enter (BaruaPage *self)
{
  g_return_if_fail (BARUA_IS_PAGE (self));

  if (BARUA_PAGE_GET_CLASS (self)->enter != NULL)
    BARUA_PAGE_GET_CLASS (self)->enter (self);
}

void
barua_page_leave (BaruaPage *self)
{
  g_return_if_fail (BARUA_IS_PAGE (self));

  if (BARUA_PAGE_GET_CLASS (self)->leave != NULL)
    BARUA_PAGE_GET_CLASS (self)->leave (self);
}

void
barua_page_forget (BaruaPage *self)
{
  g_return_if_fail (BARUA_IS_PAGE (self));

  if (BARUA_PAGE_GET_CLASS (self)->forget != NULL)
    BARUA_PAGE_GET_CLASS (self)->forget (self);
}

void
barua_page_apply_async (BaruaPage *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (BARUA_IS_PAGE (self));

  if (BARUA_PAGE_GET_CLASS (self)->apply_async != NULL)
    BARUA_PAGE_GET_CLASS (self)->apply_async (self, cancellable, callback, user_data);
  else
    {
      g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

      g_task_set_source_tag (task, barua_page_apply_async);
      g_task_return_boolean (task, TRUE);
    }
}

gboolean
barua_page_apply_finish (BaruaPage *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BARUA_IS_PAGE (self), FALSE);

  if (BARUA_PAGE_GET_CLASS (self)->apply_finish != NULL)
    return BARUA_PAGE_GET_CLASS (self)->apply_finish (self, result, error);
  return g_task_propagate_boolean (G_TASK (result), error);
}
