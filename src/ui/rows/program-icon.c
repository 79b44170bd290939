#include "config.h"

#include "ui/rows/program-icon.h"

void
barua_program_icon_set (GtkImage *image, const char *icon, BaruaExports can)
{
  GtkIconTheme *theme = NULL;
  const char *instead = (can & BARUA_EXPORTS_GRAPHICAL) != 0
                          ? "mail-unread-symbolic"
                          : "utilities-terminal-symbolic";

  g_return_if_fail (GTK_IS_IMAGE (image));

  theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (image)));
  if (icon != NULL && g_path_is_absolute (icon) &&
      g_file_test (icon, G_FILE_TEST_IS_REGULAR))
    gtk_image_set_from_file (image, icon);
  else if (icon != NULL && gtk_icon_theme_has_icon (theme, icon))
    gtk_image_set_from_icon_name (image, icon);
  else
    gtk_image_set_from_icon_name (image, instead);
}
