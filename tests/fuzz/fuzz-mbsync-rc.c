#include "fuzz/fuzz.h"

#include "export/formats/mbsync-rc.h"

#include <string.h>

/* Nothing may be lost: what is read and written back is the same; a value that was set is
   read again, and a section that was added is the last. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (BaruaMbsyncRc) rc = NULL;
  g_autoptr (BaruaMbsyncRc) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *value = NULL;
  g_autofree char *changed = NULL;
  guint section = 0;
  gsize length = 0;

  fuzz_no_criticals ();
  if (memchr (data, '\0', size) != NULL)
    return 0;
  rc = barua_mbsync_rc_new ((const char *) data, (gssize) size);
  text = barua_mbsync_rc_dup_text (rc, &length);
  g_assert_cmpmem (text, length, data, size);
  for (guint i = 0; i < barua_mbsync_rc_count (rc); i++)
    {
      BaruaSpan span = { 0 };

      if (barua_mbsync_rc_locate (rc, i, "Host", &span))
        g_assert_cmpuint (span.offset + span.length, <=, size);
      g_assert_cmpuint (strlen (barua_mbsync_rc_get_name (rc, i)), <=, size);
    }
  section = barua_mbsync_rc_add (rc, "IMAPAccount", "gmail-zoe");
  barua_mbsync_rc_set (rc, section, "Host", "imap.gmail.com");
  changed = barua_mbsync_rc_dup_text (rc, &length);
  again = barua_mbsync_rc_new (changed, (gssize) length);
  g_assert_cmpuint (barua_mbsync_rc_count (again), ==, section + 1);
  value = barua_mbsync_rc_dup (again, section, "Host");
  g_assert_cmpstr (value, ==, "imap.gmail.com");
  return 0;
}
