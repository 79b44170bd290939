#pragma once

#include "export/plan.h"

G_BEGIN_DECLS

/**
 * BaruaExports:
 * @BARUA_EXPORTS_IMAP: can fetch with IMAP
 * @BARUA_EXPORTS_POP: can fetch with POP
 * @BARUA_EXPORTS_SENDING: can send
 * @BARUA_EXPORTS_PASSWORD: can sign in with an app password
 * @BARUA_EXPORTS_TOKEN: can sign in with OAuth, in whatever way
 * @BARUA_EXPORTS_TO_FOLDER: has no place in the home of its own: is saved to a folder
 * @BARUA_EXPORTS_CLOSED: its files can be written only while it is closed
 * @BARUA_EXPORTS_GRAPHICAL: has a window, and so an icon
 *
 * What a mail program can do, as bits.
 */
typedef enum
{
  BARUA_EXPORTS_IMAP = 1 << 0,
  BARUA_EXPORTS_POP = 1 << 1,
  BARUA_EXPORTS_SENDING = 1 << 2,
  BARUA_EXPORTS_PASSWORD = 1 << 3,
  BARUA_EXPORTS_TOKEN = 1 << 4,
  BARUA_EXPORTS_TO_FOLDER = 1 << 5,
  BARUA_EXPORTS_CLOSED = 1 << 6,
  BARUA_EXPORTS_GRAPHICAL = 1 << 7,
} BaruaExports;

/**
 * BaruaFault:
 * @client: the mail program's id; constant
 * @file: the file in which it stands
 * @line: the line, counted from 1; 0 if that says nothing
 * @key: what the setting is called there
 * @value: what it is; %NULL if it is missing. A password is never in here
 * @expected: what it should be; %NULL if it should not be there
 * @cause: a word of the causes' vocabulary: why; constant
 * @why: a translated sentence: why
 * @fixable: whether it can be mended here
 * @offset: where in the file the bytes begin that are replaced to mend it
 * @length: how many
 * @replacement: (nullable): with what
 *
 * One wrong value in what is set in a mail program for a Gmail account.
 */
typedef struct
{
  const char *client;
  char *file;
  guint line;
  char *key;
  char *value;
  char *expected;
  const char *cause;
  char *why;
  gboolean fixable;
  gsize offset;
  gsize length;
  char *replacement;
} BaruaFault;

/**
 * BaruaExporter:
 * @id: the word the command line takes: "thunderbird"
 * @name: the program's own name, not translated; marked where it is words and no name
 * @can: what it can do
 * @commands: (array zero-terminated=1) (nullable): what it is started as: it is here if
 *   one of these is
 * @processes: (array zero-terminated=1) (nullable): the names of its processes, as
 *   /proc/PID/comm gives them; %NULL for the same as @commands
 * @desktop_ids: (array zero-terminated=1) (nullable): of its desktop files, without
 *   ".desktop": gives its icon
 * @flatpaks: (array zero-terminated=1) (nullable): its ids as a Flatpak
 * @snap: (nullable): its name as a Snap
 * @packages: (array zero-terminated=1) (nullable): its packages in Debian, the first
 *   that is installed tells the version
 * @has_account: (nullable): whether it is set up for an address already; reads files
 * @plan: plans the changes that set it up; reads files, never writes one. %FALSE with
 *   @error set where it cannot be done
 * @seal: (nullable): gives a plan's sealed files their content
 * @code: (nullable): gives what a QR code says that sets it up, to be shown in place of
 *   files, and adds to a plan what will be asked and should be known. The password is put
 *   in only where the person wishes so, and never into a file; %NULL lets the program
 *   ask. (transfer full) (nullable): free with barua_secret_free_text(); %NULL with an
 *   error set where it cannot be done
 * @audit: (nullable): adds a #BaruaFault to @faults for each wrong value in what is set
 *   up for Gmail; silent about what cannot be read
 *
 * One mail program. Each lives in a file of its own and is listed in exporters.c.
 */
typedef struct
{
  const char *id;
  const char *name;
  BaruaExports can;
  const char *const *commands;
  const char *const *processes;
  const char *const *desktop_ids;
  const char *const *flatpaks;
  const char *snap;
  const char *const *packages;
  gboolean (*has_account) (const BaruaHome *home, const char *address);
  gboolean (*plan) (const BaruaExportRequest *request,
                    const BaruaHome *home,
                    BaruaPlan *plan,
                    GError **error);
  gboolean (*seal) (BaruaPlan *plan,
                    const BaruaExportRequest *request,
                    const BaruaHome *home,
                    const BaruaExportSecrets *secrets,
                    GError **error);
  char *(*code) (const BaruaExportRequest *request,
                 BaruaSecret *password,
                 BaruaPlan *plan,
                 GError **error);
  void (*audit) (const BaruaHome *home, GPtrArray *faults);
} BaruaExporter;

/**
 * barua_exporters:
 *
 * Returns: (array zero-terminated=1): every exporter, in the order shown to people
 */
const BaruaExporter *const *barua_exporters (void);

/**
 * barua_exporter_find:
 * @id: a word of the command line
 *
 * Returns: (nullable): the exporter of that id
 */
const BaruaExporter *barua_exporter_find (const char *id);

/**
 * barua_exporter_plan:
 * @self: an exporter
 * @request: what to set up
 * @home: where
 * @error: %BARUA_EXPORT_ERROR, %G_FILE_ERROR
 *
 * Plans what sets a mail program up, after making sure that it can do what is asked for.
 * Does not look whether it is running.
 *
 * Returns: (transfer full) (nullable): the plan
 */
BaruaPlan *barua_exporter_plan (const BaruaExporter *self,
                                const BaruaExportRequest *request,
                                const BaruaHome *home,
                                GError **error);

/**
 * barua_fault_free:
 * @self: (transfer full): a fault
 */
void barua_fault_free (BaruaFault *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaruaFault, barua_fault_free)

G_END_DECLS
