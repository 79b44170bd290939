#include "config.h"

#include "export/evolution-sources.h"

#include "export/gnome.h"
#include "export/match.h"

#include <string.h>

#define SOURCES_MAX 2000
#define NUMBERS_MAX 100

static void
source_free (gpointer data)
{
  BaruaEvolutionSource *source = data;

  g_free (source->uid);
  g_free (source->path);
  barua_key_file_free (source->file);
  g_free (source);
}

static int
compare_uids (gconstpointer a, gconstpointer b)
{
  const BaruaEvolutionSource *const *one = a;
  const BaruaEvolutionSource *const *other = b;

  return strcmp ((*one)->uid, (*other)->uid);
}

static void
add_source (BaruaEvolutionSources *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  BaruaKeyFile *file = barua_gnome_look (path);
  BaruaEvolutionSource *source = NULL;

  if (file == NULL)
    return;
  source = g_new0 (BaruaEvolutionSource, 1);
  source->uid = g_strndup (name, strlen (name) - strlen (BARUA_EVOLUTION_SUFFIX));
  source->path = g_steal_pointer (&path);
  source->file = file;
  g_ptr_array_add (self->all, source);
}

BaruaEvolutionSources *
barua_evolution_sources_new (const BaruaHome *home)
{
  BaruaEvolutionSources *self = g_new0 (BaruaEvolutionSources, 1);
  g_autoptr (GDir) folder = NULL;
  const char *name = NULL;

  self->folder = barua_gnome_find_place (home, "evolution", "org.gnome.Evolution",
                                         "evolution/sources", &self->is_flatpak);
  self->all = g_ptr_array_new_with_free_func (source_free);
  folder = g_dir_open (self->folder, 0, NULL);
  while (folder != NULL && self->all->len < SOURCES_MAX &&
         (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, BARUA_EVOLUTION_SUFFIX) &&
        g_utf8_validate (name, -1, NULL))
      add_source (self, name);
  g_ptr_array_sort (self->all, compare_uids);
  return self;
}

void
barua_evolution_sources_free (BaruaEvolutionSources *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->folder);
  g_ptr_array_unref (self->all);
  g_free (self);
}

const BaruaEvolutionSource *
barua_evolution_sources_find (const BaruaEvolutionSources *self, const char *uid)
{
  for (guint i = 0; uid != NULL && i < self->all->len; i++)
    {
      const BaruaEvolutionSource *source = self->all->pdata[i];

      if (strcmp (source->uid, uid) == 0)
        return source;
    }
  return NULL;
}

char *
barua_evolution_sources_dup_path (const BaruaEvolutionSources *self, const char *uid)
{
  g_autofree char *name = g_strconcat (uid, BARUA_EVOLUTION_SUFFIX, NULL);

  return g_build_filename (self->folder, name, NULL);
}

static gboolean
fetches_for (const BaruaEvolutionSources *self,
             const BaruaEvolutionSource *source,
             const char *address)
{
  g_autofree char *user = barua_gnome_dup (source->file, "Authentication", "User");
  g_autofree char *host = barua_gnome_dup (source->file, "Authentication", "Host");
  g_autofree char *uid = barua_gnome_dup (source->file, "Mail Account", "IdentityUid");
  const BaruaEvolutionSource *identity = barua_evolution_sources_find (self, uid);
  g_autofree char *from = identity != NULL
                            ? barua_gnome_dup (identity->file, "Mail Identity", "Address")
                            : NULL;

  if (barua_gnome_same_mailbox (user, address))
    return TRUE;
  /* A user name without its domain, or that of another account which sends as this one.
   */
  return barua_gnome_same_mailbox (from, address) && barua_match_host (host) &&
         (user == NULL || strchr (user, '@') == NULL);
}

static gboolean
fetches_by (const BaruaEvolutionSource *source, const char *backend)
{
  g_autofree char *used = barua_gnome_dup (source->file, "Mail Account", "BackendName");

  if (used == NULL)
    return FALSE;
  if (backend == NULL)
    return g_str_has_prefix (used, "imap") || g_str_equal (used, "pop");
  /* "imap" was the former way, and is read as "imapx". */
  return g_str_equal (used, backend) ||
         (g_str_equal (backend, "imapx") && g_str_equal (used, "imap"));
}

const BaruaEvolutionSource *
barua_evolution_sources_find_mail (const BaruaEvolutionSources *self,
                                   const char *address,
                                   const char *backend)
{
  for (guint i = 0; i < self->all->len; i++)
    {
      const BaruaEvolutionSource *source = self->all->pdata[i];

      if (fetches_by (source, backend) && fetches_for (self, source, address))
        return source;
    }
  return NULL;
}

gboolean
barua_evolution_sources_use_google (const BaruaEvolutionSources *self,
                                    const BaruaEvolutionAccount *except)
{
  for (guint i = 0; i < self->all->len; i++)
    {
      const BaruaEvolutionSource *source = self->all->pdata[i];

      if (g_str_equal (source->uid, except->account) ||
          g_str_equal (source->uid, except->transport))
        continue;
      if (barua_gnome_equals (source->file, "Authentication", "Method", "Google"))
        return TRUE;
    }
  return FALSE;
}

gboolean
barua_evolution_sources_is_managed (const BaruaEvolutionSources *self,
                                    const BaruaEvolutionSource *source,
                                    const BaruaEvolutionSource **collection)
{
  g_autofree char *uid = barua_gnome_dup (source->file, "Data Source", "Parent");
  const BaruaEvolutionSource *parent = barua_evolution_sources_find (self, uid);
  g_autofree char *backend = NULL;

  if (parent == NULL || !barua_key_file_has_group (parent->file, "Collection"))
    parent = NULL;
  if (collection != NULL)
    *collection = parent;
  if (parent == NULL)
    return FALSE;
  backend = barua_gnome_dup (parent->file, "Collection", "BackendName");
  return barua_key_file_has_group (parent->file, "GNOME Online Accounts") ||
         (backend != NULL && *backend != '\0' && !g_str_equal (backend, "none"));
}

static char *
dup_other (const BaruaEvolutionSources *sources,
           const BaruaEvolutionSource *source,
           const char *group,
           const char *key,
           const char *otherwise)
{
  g_autofree char *uid =
    source != NULL ? barua_gnome_dup (source->file, group, key) : NULL;

  if (barua_evolution_sources_find (sources, uid) != NULL)
    return g_steal_pointer (&uid);
  return g_strdup (otherwise);
}

static gboolean
is_free (const BaruaEvolutionSources *sources, const char *uid)
{
  static const char *const ENDS[] = { "", "-id", "-smtp" };

  for (gsize i = 0; i < G_N_ELEMENTS (ENDS); i++)
    {
      g_autofree char *name = g_strconcat (uid, ENDS[i], NULL);
      g_autofree char *path = barua_evolution_sources_dup_path (sources, name);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return FALSE;
    }
  return TRUE;
}

/* Two addresses can have one key: "a.b" and "a-b". */
static char *
dup_free_uid (const BaruaEvolutionSources *sources, const char *key)
{
  g_autofree char *uid = g_strdup (key);

  for (guint i = 2; i < NUMBERS_MAX && !is_free (sources, uid); i++)
    {
      g_free (uid);
      uid = g_strdup_printf ("%s-%u", key, i);
    }
  return g_steal_pointer (&uid);
}

BaruaEvolutionAccount *
barua_evolution_account_new (const BaruaEvolutionSources *sources,
                             const char *address,
                             const char *backend,
                             const char *key)
{
  BaruaEvolutionAccount *self = g_new0 (BaruaEvolutionAccount, 1);
  const BaruaEvolutionSource *source =
    barua_evolution_sources_find_mail (sources, address, backend);
  const BaruaEvolutionSource *identity = NULL;
  const BaruaEvolutionSource *collection = NULL;
  g_autofree char *identity_uid = NULL;
  g_autofree char *transport_uid = NULL;

  self->is_there = source != NULL;
  self->account = source != NULL ? g_strdup (source->uid) : dup_free_uid (sources, key);
  identity_uid = g_strconcat (self->account, "-id", NULL);
  transport_uid = g_strconcat (self->account, "-smtp", NULL);
  self->identity =
    dup_other (sources, source, "Mail Account", "IdentityUid", identity_uid);
  identity = barua_evolution_sources_find (sources, self->identity);
  self->transport =
    dup_other (sources, identity, "Mail Submission", "TransportUid", transport_uid);
  if (source != NULL)
    self->is_managed = barua_evolution_sources_is_managed (sources, source, &collection);
  if (collection != NULL)
    self->collection = g_strdup (collection->uid);
  return self;
}

void
barua_evolution_account_free (BaruaEvolutionAccount *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->account);
  g_free (self->identity);
  g_free (self->transport);
  g_free (self->collection);
  g_free (self);
}
