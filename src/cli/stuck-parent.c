#include "config.h"

#include "cli/stuck-parent.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#define PROGRAM "claws-mail"
#define PATIENCE_MS 400

static gboolean
is_program (pid_t process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/exe", (int) process);
  g_autofree char *target = g_file_read_link (path, NULL);
  g_autofree char *name = target != NULL ? g_path_get_basename (target) : NULL;

  return g_strcmp0 (name, PROGRAM) == 0;
}

static pid_t
parent_of (pid_t process)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) process);
  g_autofree char *text = NULL;
  const char *rest = NULL;
  int parent = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  /* The name before it is in brackets, and may hold anything (proc(5)). */
  rest = g_strrstr (text, ")");
  return rest != NULL && sscanf (rest, ") %*c %d", &parent) == 1 ? (pid_t) parent : 0;
}

/* The program itself is never its own parent. */
static gboolean
is_in_between (pid_t process)
{
  return process > 1 && is_program (process) && is_program (parent_of (process));
}

static gboolean
on_late (gpointer user_data)
{
  pid_t parent = GPOINTER_TO_INT (user_data);

  /* While it is the parent, the number is no other process's. */
  if (getppid () == parent && is_in_between (parent))
    (void) kill (parent, SIGKILL);
  return G_SOURCE_REMOVE;
}

guint
barua_stuck_parent_watch (void)
{
  pid_t parent = getppid ();

  if (!is_in_between (parent))
    return 0;
  return g_timeout_add (PATIENCE_MS, on_late, GINT_TO_POINTER ((int) parent));
}
