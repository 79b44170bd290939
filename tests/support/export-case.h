#pragma once

#include "export/exporter.h"

G_BEGIN_DECLS

/**
 * TestExportCase:
 * @name: the case's folder below tests/golden/<client>/: "fresh", "other-accounts"
 * @method: how the account is signed in to; %BARUA_METHOD_NONE is 0
 * @incoming: %BARUA_PROTOCOL_IMAP or %BARUA_PROTOCOL_POP
 * @starttls: sends through port 587; 465 if not
 * @no_folders: the account's folders are not known
 * @full_name: (nullable): in place of "Zoë \"Q\" O'Neil"
 * @address: (nullable): in place of "zoe@gmail.com"
 * @apart: saved to a folder rather than into the home
 * @error: the code of %BARUA_EXPORT_ERROR that is expected, plus 1; 0 for none
 *
 * One request and the home that it meets. The folder may hold "before/", which is copied
 * into a new home, and "root/", which stands for the system; what comes out is compared
 * with the file "plan.txt". To write that file anew, give the test program the argument
 * --write, then read what changed.
 *
 * The account's folders are Icelandic: "[Gmail]/Sendur póstur" and so on.
 */
typedef struct
{
  const char *name;
  BaruaMethod method;
  BaruaProtocol incoming;
  gboolean starttls;
  gboolean no_folders;
  const char *full_name;
  const char *address;
  gboolean apart;
  int error;
} TestExportCase;

/**
 * test_export_case_check:
 * @exporter: a mail program
 * @self: what is asked for
 *
 * Plans, and compares with the golden file; then writes the plan's files and plans again:
 * that must change nothing more. An exporter that can look settings through must find
 * nothing wrong then. Modes of files below "before/" can be given with a file
 * "modes" beside it, a line each: "0600 .muttrc", "0755 ../root/usr/bin/msmtp"; links
 * with a line "-> target .muttrc".
 */
void test_export_case_check (const BaruaExporter *exporter, const TestExportCase *self);

/**
 * test_export_case_add:
 * @exporter: a mail program
 * @cases: (array length=n_cases): constant
 * @n_cases: how many
 *
 * Adds a test for each case: "/<client>/<name>".
 */
void test_export_case_add (const BaruaExporter *exporter,
                           const TestExportCase *cases,
                           gsize n_cases);

/**
 * test_export_case_init:
 * @argc: of main()
 * @argv: of main()
 *
 * g_test_init(), and --write.
 */
void test_export_case_init (int *argc, char ***argv);

/**
 * test_export_request_new:
 * @self: what is asked for
 *
 * Returns: (transfer full): the request
 */
BaruaExportRequest *test_export_request_new (const TestExportCase *self);

/**
 * test_home_copy:
 * @folder: (nullable): what the home holds at first, with "modes" beside it
 * @root: (nullable): what stands for the system
 *
 * Returns: (transfer full): a new home below a new temporary folder
 */
BaruaHome *test_home_copy (const char *folder, const char *root);

/**
 * test_home_remove:
 * @home: (transfer full): a home from test_home_copy(), which is deleted with all in it
 */
void test_home_remove (BaruaHome *home);

/**
 * test_plan_carry_out:
 * @plan: a plan without sealed files
 *
 * Writes the files of a plan, and makes its folders, with no care for what may fail.
 */
void test_plan_carry_out (const BaruaPlan *plan);

/**
 * test_plan_dump:
 * @plan: a plan
 * @home: whose
 *
 * Returns: (transfer full): all that is in it, as text; the home is called "~"
 */
char *test_plan_dump (const BaruaPlan *plan, const BaruaHome *home);

G_END_DECLS
