#pragma once

#include "export/formats/key-file.h"
#include "export/plan.h"

G_BEGIN_DECLS

#define BARUA_EVOLUTION_SUFFIX ".source"

/**
 * BaruaEvolutionSource:
 * @uid: its name: that of the file without ".source"
 * @path: the file
 * @file: what it holds
 *
 * One data source of Evolution's: an account, an identity, a transport, a calendar.
 */
typedef struct
{
  char *uid;
  char *path;
  BaruaKeyFile *file;
} BaruaEvolutionSource;

/**
 * BaruaEvolutionSources:
 * @folder: where the files lie
 * @is_flatpak: whether that is the Flatpak's folder
 * @all: (element-type BaruaEvolutionSource): all that are there, by name
 *
 * All that Evolution knows.
 */
typedef struct
{
  char *folder;
  gboolean is_flatpak;
  GPtrArray *all;
} BaruaEvolutionSources;

/**
 * BaruaEvolutionAccount:
 * @account: how mail is fetched: the name of that source
 * @identity: whom it is from
 * @transport: how it is sent
 * @collection: (nullable): the source above it that signs in for it
 * @is_there: whether @account is there already
 * @is_managed: whether something else looks after it: GNOME Online Accounts, or
 *   Evolution's own sign-in to Google
 *
 * The three sources of one mail account.
 */
typedef struct
{
  char *account;
  char *identity;
  char *transport;
  char *collection;
  gboolean is_there;
  gboolean is_managed;
} BaruaEvolutionAccount;

/**
 * barua_evolution_sources_new:
 * @home: whose
 *
 * Returns: (transfer full): all sources; what cannot be read is left out
 */
BaruaEvolutionSources *barua_evolution_sources_new (const BaruaHome *home);

/**
 * barua_evolution_sources_free:
 * @self: (transfer full): sources
 */
void barua_evolution_sources_free (BaruaEvolutionSources *self);

/**
 * barua_evolution_sources_find:
 * @self: sources
 * @uid: (nullable): a source's name
 *
 * Returns: (transfer none) (nullable): the source
 */
const BaruaEvolutionSource *
barua_evolution_sources_find (const BaruaEvolutionSources *self, const char *uid);

/**
 * barua_evolution_sources_dup_path:
 * @self: sources
 * @uid: a source's name
 *
 * Returns: (transfer full): the path of its file
 */
char *barua_evolution_sources_dup_path (const BaruaEvolutionSources *self,
                                        const char *uid);

/**
 * barua_evolution_sources_find_mail:
 * @self: sources
 * @address: whose account
 * @backend: (nullable): how it fetches: "imapx" or "pop"; %NULL for any way
 *
 * Returns: (transfer none) (nullable): the first source that fetches the mail of @address
 */
const BaruaEvolutionSource *barua_evolution_sources_find_mail (
  const BaruaEvolutionSources *self, const char *address, const char *backend);

/**
 * barua_evolution_sources_is_managed:
 * @self: sources
 * @source: one of them
 * @collection: (out) (optional) (transfer none) (nullable): the source above it that
 *   signs in for it
 *
 * Returns: whether something else looks after @source: GNOME Online Accounts, or
 *   Evolution's own sign-in to Google
 */
gboolean barua_evolution_sources_is_managed (const BaruaEvolutionSources *self,
                                             const BaruaEvolutionSource *source,
                                             const BaruaEvolutionSource **collection);

/**
 * barua_evolution_sources_use_google:
 * @self: sources
 * @except: an account that does not count
 *
 * Returns: whether a source signs in to Google by Evolution's own way
 */
gboolean barua_evolution_sources_use_google (const BaruaEvolutionSources *self,
                                             const BaruaEvolutionAccount *except);

/**
 * barua_evolution_account_new:
 * @sources: all sources
 * @address: whose account
 * @backend: how it fetches: "imapx" or "pop"
 * @key: what its sources are called if they are not there yet
 *
 * Returns: (transfer full): the account that is there, else names for a new one
 */
BaruaEvolutionAccount *barua_evolution_account_new (const BaruaEvolutionSources *sources,
                                                    const char *address,
                                                    const char *backend,
                                                    const char *key);

/**
 * barua_evolution_account_free:
 * @self: (transfer full): an account
 */
void barua_evolution_account_free (BaruaEvolutionAccount *self);

/**
 * barua_evolution_audit:
 * @home: whose
 * @faults: (element-type BaruaFault): gets what is wrong
 *
 * See #BaruaExporter.
 */
void barua_evolution_audit (const BaruaHome *home, GPtrArray *faults);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaEvolutionSources, barua_evolution_sources_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaEvolutionAccount, barua_evolution_account_free)

G_END_DECLS
