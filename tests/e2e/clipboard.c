/* The clipboard, as another program sees it: “read” prints what text is on it, “offer”
 * puts there what comes on standard input, and stays until that is closed. */

#include <glib-unix.h>
#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_SECONDS 20

static void
on_text (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GMainLoop *loop = user_data;
  g_autofree char *text =
    gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text != NULL)
    (void) fputs (text, stdout);
  g_main_loop_quit (loop);
}

static gboolean
on_input_closed (int fd, GIOCondition condition, gpointer user_data)
{
  char rest[64];

  (void) condition;
  if (read (fd, rest, sizeof rest) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_late (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GMainLoop) loop = NULL;
  GdkClipboard *clipboard = NULL;
  char line[4096];

  if (argc != 2 || !gtk_init_check ())
    return 1;
  loop = g_main_loop_new (NULL, FALSE);
  clipboard = gdk_display_get_clipboard (gdk_display_get_default ());
  if (strcmp (argv[1], "read") == 0)
    {
      gdk_clipboard_read_text_async (clipboard, NULL, on_text, loop);
      g_timeout_add_seconds (PATIENCE_SECONDS, on_late, loop);
    }
  else if (fgets (line, sizeof line, stdin) != NULL)
    {
      gdk_clipboard_set_text (clipboard, g_strchomp (line));
      g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, on_input_closed, loop);
      (void) puts ("ready");
      (void) fflush (stdout);
    }
  g_main_loop_run (loop);
  return 0;
}
