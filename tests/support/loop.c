#include "config.h"

#include "support/loop.h"

#define GUARD_SECONDS 60

static gboolean
on_guard (G_GNUC_UNUSED gpointer user_data)
{
  g_error ("Waited for %d seconds in vain", GUARD_SECONDS);
  return G_SOURCE_REMOVE;
}

void
test_loop_until (TestCondition condition, gpointer user_data)
{
  guint guard = g_timeout_add_seconds (GUARD_SECONDS, on_guard, NULL);

  while (!condition (user_data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
}

static gboolean
is_set (gpointer user_data)
{
  gpointer *pointer = user_data;

  return *pointer != NULL;
}

void
test_loop_until_set (gpointer *pointer)
{
  test_loop_until (is_set, pointer);
}

void
test_loop_store (G_GNUC_UNUSED GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

void
test_loop_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}
