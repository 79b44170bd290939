#include "config.h"

#include "ui/rows/account-text.h"

#include "diagnose/causes.h"

#include <glib/gi18n.h>

static const BaruaCause *
find_cause (const BaruaAccount *account)
{
  if (account->last_cause == NULL || account->last_check <= 0)
    return NULL;
  return barua_cause_find (account->last_cause);
}

const char *
barua_account_text_method (BaruaMethod method)
{
  switch (method)
    {
    case BARUA_METHOD_APP_PASSWORD:
      return _ ("app password");
    case BARUA_METHOD_OAUTH:
      /* Translators: how an account was signed in to */
      return _ ("in the browser");
    case BARUA_METHOD_ONLINE_ACCOUNT:
      return _ ("this desktop’s account");
    case BARUA_METHOD_NONE:
    default:
      return _ ("not signed in");
    }
}

static char *
format_time (gint64 when, GDateTime *now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (when);
  g_autoptr (GDateTime) local =
    utc != NULL ? g_date_time_to_timezone (utc, g_date_time_get_timezone (now)) : NULL;

  if (local == NULL)
    return NULL;
  if (g_date_time_get_year (local) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now))
    /* Translators: a time of today, as people write it; see strftime(3) */
    return g_date_time_format (local, _ ("today %H:%M"));
  /* Translators: day and time as people write them short; see strftime(3) */
  return g_date_time_format (local, _ ("%x %H:%M"));
}

char *
barua_account_text_state (const BaruaAccount *account, GDateTime *now)
{
  const BaruaCause *cause = find_cause (account);
  g_autofree char *time = cause != NULL ? format_time (account->last_check, now) : NULL;

  if (time == NULL)
    return g_strdup (_ ("not checked yet"));
  if (g_str_equal (cause->id, "ok"))
    /* Translators: a day and time */
    return g_strdup_printf (_ ("works, %s"), time);
  /* Translators: what is wrong, then a day and time */
  return g_strdup_printf (_ ("%s, %s"), _ (cause->title), time);
}

const char *
barua_account_text_icon (const BaruaAccount *account)
{
  const BaruaCause *cause = find_cause (account);

  if (cause == NULL)
    return "mail-unread-symbolic";
  return g_str_equal (cause->id, "ok") ? "emblem-ok-symbolic" : "dialog-warning-symbolic";
}

const char *
barua_account_text_style (const BaruaAccount *account)
{
  const BaruaCause *cause = find_cause (account);

  if (cause == NULL)
    return NULL;
  if (g_str_equal (cause->id, "ok"))
    return "success";
  return cause->severity == BARUA_SEVERITY_ERROR ? "error" : "warning";
}
