#include "config.h"

#include "setup/fault-text.h"

#include <glib/gi18n.h>

char *
barua_fault_dup_what (const BaruaFault *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->value != NULL && self->expected != NULL)
    /* Translators: the name of a setting, its wrong value, the right one */
    return g_strdup_printf (_ ("%s is “%s”, and should be “%s”."), self->key, self->value,
                            self->expected);
  if (self->expected != NULL)
    /* Translators: the name of a setting, its right value */
    return g_strdup_printf (_ ("%s should be “%s”."), self->key, self->expected);
  if (self->value != NULL)
    /* Translators: the name of a setting, its value */
    return g_strdup_printf (_ ("%s is “%s”, and should not be there."), self->key,
                            self->value);
  /* Translators: the name of a setting */
  return g_strdup_printf (_ ("%s should not be there."), self->key);
}

char *
barua_fault_dup_where (const BaruaFault *self, const BaruaHome *home)
{
  g_autofree char *shown = NULL;

  g_return_val_if_fail (self != NULL && home != NULL, NULL);

  shown = barua_home_dup_shown (home, self->file);
  if (self->line == 0)
    return g_steal_pointer (&shown);
  /* Translators: the name of a file, and the number of a line in it */
  return g_strdup_printf (_ ("%s, line %u"), shown, self->line);
}
