#include "config.h"

#include "export/exporters.h"
#include "export/mutt-account.h"

const BaruaMuttProgram barua_mutt_program = {
  .client = "mutt",
  .name = "mutt",
  .files = (const char *const[]){ ".muttrc", ".mutt/muttrc", "config:mutt/muttrc", NULL },
  /* NeoMutt prefers files of its own to this one, and to no other of mutt's. */
  .fresh = ".muttrc",
};

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  return barua_mutt_account_exists (&barua_mutt_program, home, address);
}

static gboolean
plan_account (const BaruaExportRequest *request,
              const BaruaHome *home,
              BaruaPlan *plan,
              GError **error)
{
  return barua_mutt_account_plan (&barua_mutt_program, request, home, plan, error);
}

static void
audit (const BaruaHome *home, GPtrArray *faults)
{
  barua_mutt_account_audit (&barua_mutt_program, home, faults);
}

const BaruaExporter barua_exporter_mutt = {
  .id = "mutt",
  .name = "mutt",
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_SENDING |
         BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN,
  .commands = (const char *const[]){ "mutt", NULL },
  .packages = (const char *const[]){ "mutt", NULL },
  .has_account = has_account,
  .plan = plan_account,
  .audit = audit,
};
