#pragma once

#include "export/exporter.h"

G_BEGIN_DECLS

/**
 * BaruaMuttProgram:
 * @client: the exporter's id; constant
 * @name: the program's own name
 * @files: (array zero-terminated=1): where its settings may be, in the order in which it
 *   looks: below the home, or behind "config:" below the folder of settings
 * @fresh: the one of @files that is made where there is none
 *
 * What tells mutt and NeoMutt apart.
 */
typedef struct
{
  const char *client;
  const char *name;
  const char *const *files;
  const char *fresh;
} BaruaMuttProgram;

/**
 * barua_mutt_account_plan:
 * @program: mutt or NeoMutt
 * @request: what to set up
 * @home: where
 * @plan: gets the changes
 * @error: %BARUA_EXPORT_ERROR, %G_FILE_ERROR
 *
 * Where the program has no account, it is given a file of settings that its own file
 * reads at its end. Where it has this one, be it in a file that only a hook or a key
 * reads, what is wrong or missing is changed in its place. Where it has another, that one
 * stays, and a key switches to the new one.
 *
 * Returns: whether it is planned
 */
gboolean barua_mutt_account_plan (const BaruaMuttProgram *program,
                                  const BaruaExportRequest *request,
                                  const BaruaHome *home,
                                  BaruaPlan *plan,
                                  GError **error);

/**
 * barua_mutt_account_exists:
 * @program: mutt or NeoMutt
 * @home: where
 * @address: an address
 *
 * Returns: whether it is set up for @address
 */
gboolean barua_mutt_account_exists (const BaruaMuttProgram *program,
                                    const BaruaHome *home,
                                    const char *address);

/**
 * barua_mutt_account_dup_path:
 * @program: mutt or NeoMutt
 * @home: where
 *
 * Returns: (transfer full): the file that it reads, or would
 */
char *barua_mutt_account_dup_path (const BaruaMuttProgram *program,
                                   const BaruaHome *home);

/**
 * barua_mutt_account_audit:
 * @program: mutt or NeoMutt
 * @home: where
 * @faults: (element-type BaruaFault): gets what is wrong in what is set up for Gmail
 *
 * Looks through its file, and those which that one reads.
 */
void barua_mutt_account_audit (const BaruaMuttProgram *program,
                               const BaruaHome *home,
                               GPtrArray *faults);

/**
 * barua_mutt_program:
 *
 * mutt.
 */
extern const BaruaMuttProgram barua_mutt_program;

G_END_DECLS
