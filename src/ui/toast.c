#include "config.h"

#include "ui/toast.h"

/* What a toast takes beside its words, in pixels: margins, and its closing button. */
#define BESIDE 84
/* The same of another button, without its words. */
#define BESIDE_BUTTON 40
#define FEWEST_LETTERS 6
#define MOST_LETTERS 60

/* How many letters fit beside the button in a line of the window. */
static int
count_letters (GtkWidget *from, const char *button)
{
  GtkRoot *root = gtk_widget_get_root (from);
  PangoContext *context = gtk_widget_get_pango_context (from);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int letter = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                    pango_font_metrics_get_approximate_digit_width (metrics));
  int room = 0;

  pango_font_metrics_unref (metrics);
  if (root == NULL || letter <= 0)
    return MOST_LETTERS;
  room = gtk_widget_get_width (GTK_WIDGET (root)) - BESIDE;
  if (button != NULL)
    {
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (from, button);
      int width = 0;

      pango_layout_get_pixel_size (layout, &width, NULL);
      room -= BESIDE_BUTTON + width;
    }
  /* Bold letters take a little more. */
  return CLAMP (room * PANGO_SCALE * 9 / 10 / letter, FEWEST_LETTERS, MOST_LETTERS);
}

AdwToast *
barua_toast_new (GtkWidget *from, const char *text, const char *button)
{
  AdwToast *toast = NULL;
  GtkWidget *label = NULL;
  int letters = 0;

  g_return_val_if_fail (GTK_IS_WIDGET (from) && text != NULL, NULL);

  /* A toast's own title has one line, reads markup, and is cut off in a narrow window.
   * A toast is as high as its natural width asks, so that width has to fit. */
  letters = count_letters (from, button);
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* Else the words fill the height of a button beside them, and a word that stands alone
   * is broken in two. */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), g_utf8_strlen (text, -1) <= letters
                                                        ? GTK_NATURAL_WRAP_NONE
                                                        : GTK_NATURAL_WRAP_WORD);
  gtk_label_set_max_width_chars (GTK_LABEL (label), letters);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  toast = adw_toast_new ("");
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_button_label (toast, button);
  return toast;
}

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

  toast = barua_toast_new (from, text, NULL);
  adw_toast_set_timeout (toast, 4);
  barua_toast_show (from, toast);
}
