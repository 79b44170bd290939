#include "config.h"

#include "export/exporters.h"
#include "export/mutt-account.h"

static const BaruaMuttProgram NEOMUTT = {
  .client = "neomutt",
  .name = "NeoMutt",
  .files =
    (const char *const[]){ "config:neomutt/neomuttrc", "config:neomutt/muttrc",
                           "config:mutt/neomuttrc", "config:mutt/muttrc",
                           ".neomutt/neomuttrc", ".neomutt/muttrc", ".mutt/neomuttrc",
                           ".mutt/muttrc", ".neomuttrc", ".muttrc", NULL },
  .fresh = "config:neomutt/neomuttrc",
};

static gboolean
has_account (const BaruaHome *home, const char *address)
{
  return barua_mutt_account_exists (&NEOMUTT, home, address);
}

static gboolean
plan_account (const BaruaExportRequest *request,
              const BaruaHome *home,
              BaruaPlan *plan,
              GError **error)
{
  return barua_mutt_account_plan (&NEOMUTT, request, home, plan, error);
}

static void
audit (const BaruaHome *home, GPtrArray *faults)
{
  g_autofree char *own = barua_mutt_account_dup_path (&NEOMUTT, home);
  g_autofree char *shared = barua_mutt_account_dup_path (&barua_mutt_program, home);

  /* What is mutt's too is found there, and once is enough. */
  if (!g_str_equal (own, shared))
    barua_mutt_account_audit (&NEOMUTT, home, faults);
}

const BaruaExporter barua_exporter_neomutt = {
  .id = "neomutt",
  .name = "NeoMutt",
  .can = BARUA_EXPORTS_IMAP | BARUA_EXPORTS_POP | BARUA_EXPORTS_SENDING |
         BARUA_EXPORTS_PASSWORD | BARUA_EXPORTS_TOKEN,
  .commands = (const char *const[]){ "neomutt", NULL },
  .packages = (const char *const[]){ "neomutt", NULL },
  .has_account = has_account,
  .plan = plan_account,
  .audit = audit,
};
