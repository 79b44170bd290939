#include "config.h"

#include "diagnose/causes.h"

#include "diagnose/causes-tables.h"

#include <glib/gi18n.h>

#include <string.h>

/* More than the vocabulary has words; filling it checks that. */
#define CAUSES_MAX 96

static const BaruaCause OK = {
  .id = "ok",
  .severity = BARUA_SEVERITY_OK,
  .gravity = 0,
  .title = N_ ("Everything is fine"),
  .explanation = N_ ("Nothing stands in the way of your mail here."),
};

static const BaruaCause UNKNOWN = {
  .id = "unknown",
  .severity = BARUA_SEVERITY_ERROR,
  .gravity = 100,
  .title = N_ ("Barua does not know this trouble"),
  .explanation =
    N_ ("Barua does not recognise what went wrong, and would rather say so than guess. The "
        "words of the server or the program are shown as they came."),
  .steps = {
    { N_ ("Check the connection to Google with Barua: that often shows what a message does "
          "not say."), NULL, BARUA_STEP_PASTED },
    { N_ ("Look for a longer message: the mail program’s log, or the details of the error, "
          "often name the cause.") },
    { N_ ("Ask other people who use the same mail program, and show them these words; leave "
          "out your address and anything that looks like a password.") },
    { N_ ("See Google’s own list of reasons why mail programs fail."),
      "https://support.google.com/mail/answer/7126229" },
  },
};

static struct
{
  BaruaCause causes[CAUSES_MAX];
  gsize n_causes;
} vocabulary;

static void
append (const BaruaCause *causes, gsize n_causes)
{
  g_return_if_fail (vocabulary.n_causes + n_causes <= CAUSES_MAX);

  memcpy (vocabulary.causes + vocabulary.n_causes, causes, n_causes * sizeof *causes);
  vocabulary.n_causes += n_causes;
}

const BaruaCause *
barua_causes (gsize *n_causes)
{
  static const BaruaCause *(*const GROUPS[]) (gsize *) = {
    barua_causes_network, barua_causes_tls,   barua_causes_protocol, barua_causes_sign_in,
    barua_causes_account, barua_causes_oauth, barua_causes_sending,  barua_causes_here,
  };
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      append (&OK, 1);
      for (gsize i = 0; i < G_N_ELEMENTS (GROUPS); i++)
        {
          gsize n_group = 0;
          const BaruaCause *group = GROUPS[i](&n_group);

          append (group, n_group);
        }
      append (&UNKNOWN, 1);
      g_once_init_leave (&once, 1);
    }
  if (n_causes != NULL)
    *n_causes = vocabulary.n_causes;
  return vocabulary.causes;
}

const BaruaCause *
barua_cause_find (const char *id)
{
  gsize n_causes = 0;
  const BaruaCause *causes = barua_causes (&n_causes);

  g_return_val_if_fail (id != NULL, NULL);

  for (gsize i = 0; i < n_causes; i++)
    if (strcmp (causes[i].id, id) == 0)
      return &causes[i];
  return NULL;
}

const char *
barua_severity_get_id (BaruaSeverity severity)
{
  static const char *const IDS[] = {
    [BARUA_SEVERITY_OK] = "ok",
    [BARUA_SEVERITY_WARNING] = "warning",
    [BARUA_SEVERITY_ERROR] = "error",
  };

  return IDS[severity];
}
