#include "fuzz/fuzz.h"

#include "diagnose/explain.h"

/* The first byte says how much comes at a time. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  BaruaExplainer *explainer = NULL;
  BaruaExplanation *explanation = NULL;
  size_t step = 0;

  fuzz_no_criticals ();
  if (size < 1)
    return 0;
  step = 1 + data[0];
  explainer = barua_explainer_new ();
  for (size_t at = 1; at < size; at += step)
    barua_explainer_feed (explainer, (const char *) data + at, MIN (step, size - at));
  explanation = barua_explainer_finish (explainer);
  g_assert_nonnull (explanation);
  barua_explanation_free (explanation);
  barua_explainer_free (explainer);
  return 0;
}
