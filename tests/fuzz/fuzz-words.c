#include "fuzz/fuzz.h"

#include "diagnose/replies.h"
#include "discover/slips.h"
#include "probe/surroundings.h"

#include <string.h>

/* What servers say, and what the page answers that tells what the network is like. The
   first byte chooses what else is known; the second line is a date. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const guint statuses[] = { 200, 204, 302, 511, 0, 404, 999, 307 };
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : NULL;
  g_autofree char *words = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  BaruaReplyContext context = { .has_protocol = TRUE };
  g_autoptr (BaruaSurroundings) surroundings = NULL;
  BaruaReplyMatch match = { 0 };
  const char *date = NULL;

  fuzz_no_criticals ();
  if (size < 1)
    return 0;
  context.protocol = (BaruaProtocol) (data[0] % 3);
  context.mechanism = data[0] & 4 ? "XOAUTH2" : "PLAIN";
  context.challenge = data[0] & 8 ? words : NULL;
  match = barua_replies_match (words, data[0] & 16 ? NULL : &context);
  g_assert_true (match.sure >= 0 && match.sure <= 1);
  g_assert_true (match.cause == NULL || match.rule != NULL);
  date = strchr (words, '\n');
  surroundings = g_new0 (BaruaSurroundings, 1);
  barua_surroundings_read_answer (surroundings, statuses[data[0] >> 5], words,
                                  date != NULL ? date + 1 : NULL, data[0] & 2,
                                  1800000000);
  (void) barua_slip_suggest (words);
  (void) barua_slip_suggest_host (words);
  (void) barua_slip_suggest_host_for (words, context.protocol);
  return 0;
}
