#include "fuzz/fuzz.h"

#include "export/thunderbird-profile.h"
#include "support/files.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *room;

static void
leave (void)
{
  test_files_remove (room);
  g_free (room);
}

static void
enter (void)
{
  g_autofree char *own = NULL;

  room = test_files_make ();
  own = g_build_filename (room, ".thunderbird", "own", NULL);
  g_assert_cmpint (g_mkdir_with_parents (own, 0700), ==, 0);
  atexit (leave);
}

static void
put (const char *name, const void *data, gsize size)
{
  g_autofree char *path = g_build_filename (room, ".thunderbird", name, NULL);
  FILE *file = g_fopen (path, "we");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (data, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

static const BaruaChange *
find_list (const BaruaPlan *plan)
{
  for (guint i = 0; i < plan->changes->len; i++)
    {
      const BaruaChange *change = plan->changes->pdata[i];

      if (change->path != NULL && g_str_has_suffix (change->path, "/profiles.ini"))
        return change;
    }
  return NULL;
}

/* Where the list names no profile, one is added, and is found from then on; nothing that
   was in the list is lost. */
static void
check (const BaruaHome *home, const char *text, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaruaThunderbirdProfile) profile = barua_thunderbird_profile_find (home);
  g_autoptr (BaruaThunderbirdProfile) again = NULL;
  g_autoptr (BaruaPlan) plan = barua_plan_new ("thunderbird");
  const BaruaChange *change = NULL;
  const char *after = NULL;
  gsize length = 0;

  g_assert_true (g_path_is_absolute (profile->folder));
  if (profile->listed || memchr (text, '\0', size) != NULL)
    return;
  (void) barua_thunderbird_profile_plan (profile, plan, &error);
  g_assert_no_error (error);
  change = find_list (plan);
  g_assert_nonnull (change);
  after = g_bytes_get_data (change->after, &length);
  g_assert_cmpuint (length, >, size);
  put ("profiles.ini", after, length);
  again = barua_thunderbird_profile_find (home);
  g_assert_true (again->listed);
  g_assert_cmpstr (again->folder, ==, profile->folder);
}

/* The first byte says which of the two files it is. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char OWN[] = "[Profile0]\nName=own\nIsRelative=1\nPath=own\n";
  g_autoptr (BaruaHome) home = NULL;
  gboolean installs = FALSE;

  fuzz_no_criticals ();
  if (size < 1)
    return 0;
  if (room == NULL)
    enter ();
  installs = data[0] & 1;
  home = barua_home_new_at (room, room);
  put ("installs.ini", data + 1, installs ? size - 1 : 0);
  put ("profiles.ini", installs ? (const void *) OWN : data + 1,
       installs ? strlen (OWN) : size - 1);
  if (!installs)
    check (home, (const char *) data + 1, size - 1);
  else
    {
      g_autoptr (BaruaThunderbirdProfile) profile = barua_thunderbird_profile_find (home);

      g_assert_true (profile->listed);
    }
  return 0;
}
