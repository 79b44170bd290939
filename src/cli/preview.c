#include "config.h"

#include "cli/preview.h"

static BaruaStyle
style_of (const char *line)
{
  switch (*line)
    {
    case '+':
      return BARUA_STYLE_GOOD;
    case '-':
      return BARUA_STYLE_BAD;
    case '@':
      return BARUA_STYLE_FAINT;
    default:
      return BARUA_STYLE_PLAIN;
    }
}

static void
add_diff (BaruaOutput *output, const char *diff)
{
  g_auto (GStrv) lines = g_strsplit (diff, "\n", -1);

  for (gsize i = 0; lines[i] != NULL && (lines[i][0] != '\0' || lines[i + 1] != NULL);
       i++)
    /* The first two name the file, which stands above already. */
    if (i > 1)
      barua_output_add_styled_line (output, style_of (lines[i]), 4, lines[i]);
}

static void
add_change (BaruaOutput *output,
            const BaruaChange *change,
            const BaruaHome *home,
            gboolean with_diff)
{
  g_autofree char *shown =
    change->path != NULL ? barua_home_dup_shown (home, change->path) : NULL;
  g_autofree char *diff = with_diff ? barua_change_dup_diff (change, home) : NULL;

  barua_output_add_item (output, BARUA_STYLE_STRONG, 2, "•", change->summary);
  if (shown != NULL)
    barua_output_add_styled_line (output, BARUA_STYLE_STRONG, 4, shown);
  if (diff != NULL)
    add_diff (output, diff);
}

void
barua_preview_add_changes (BaruaOutput *output,
                           const GPtrArray *changes,
                           const BaruaHome *home,
                           gboolean with_diff)
{
  g_return_if_fail (output != NULL && changes != NULL && home != NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const BaruaChange *change = changes->pdata[i];

      /* A folder that a file needs goes with the file. */
      if (change->kind != BARUA_CHANGE_COMMAND && change->summary != NULL)
        add_change (output, change, home, with_diff);
    }
}
