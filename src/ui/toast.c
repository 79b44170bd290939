#include "config.h"

#include "ui/toast.h"

void
barua_toast_show (GtkWidget *from, AdwToast *toast)
{
  GtkWidget *overlay = NULL;

  g_return_if_fail (GTK_IS_WIDGET (from) && ADW_IS_TOAST (toast));

  overlay = gtk_widget_get_ancestor (from, ADW_TYPE_TOAST_OVERLAY);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast);
}

void
barua_toast_say (GtkWidget *from, const char *text)
{
  AdwToast *toast = NULL;

  g_return_if_fail (GTK_IS_WIDGET (from) && text != NULL);

  toast = adw_toast_new (text);
  adw_toast_set_timeout (toast, 4);
  barua_toast_show (from, toast);
}
