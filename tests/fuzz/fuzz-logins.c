#include "fuzz/fuzz.h"

#include "export/thunderbird-logins.h"

#define ORIGIN "imap://imap.gmail.com"

static int
count (const BaruaLogins *logins, int *last)
{
  int n = 0;

  *last = -1;
  for (int at = -1; (at = barua_logins_next (logins, at, ORIGIN)) >= 0; n++)
    {
      g_assert_cmpint (at, >, *last);
      *last = at;
      (void) barua_logins_get_user (logins, at);
      (void) barua_logins_get_password (logins, at);
    }
  return n;
}

static void
check_put (BaruaLogins *logins, int at, int expected)
{
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (BaruaLogins) again = NULL;
  int last = -1;

  barua_logins_put (logins, at, ORIGIN, "dXNlcg==", "cGFzc3dvcmQ=", 1800000000000);
  g_assert_true (barua_logins_has_changed (logins));
  changed = barua_logins_dup_bytes (logins);
  again = barua_logins_new (changed);
  g_assert_nonnull (again);
  g_assert_cmpint (count (again, &last), ==, expected);
  last = at < 0 ? last : at;
  g_assert_cmpstr (barua_logins_get_user (again, last), ==, "dXNlcg==");
  g_assert_cmpstr (barua_logins_get_password (again, last), ==, "cGFzc3dvcmQ=");
}

/* What can be understood is given back as it was; what was put into it is read again. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GBytes) same = NULL;
  g_autoptr (BaruaLogins) logins = NULL;
  g_autoptr (BaruaLogins) other = NULL;
  int last = -1;
  int found = 0;

  fuzz_no_criticals ();
  logins = barua_logins_new (bytes);
  if (logins == NULL)
    return 0;
  same = barua_logins_dup_bytes (logins);
  g_assert_true (g_bytes_equal (same, bytes));
  found = count (logins, &last);
  check_put (logins, -1, found + 1);
  other = barua_logins_new (bytes);
  if (last >= 0)
    check_put (other, last, found);
  return 0;
}
