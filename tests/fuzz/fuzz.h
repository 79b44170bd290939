#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/**
 * LLVMFuzzerTestOneInput:
 * @data: (array length=size): any bytes
 * @size: how many
 *
 * What libFuzzer calls: must come back for whatever it is given, without a leak, an
 * overflow or a critical (https://llvm.org/docs/LibFuzzer.html).
 *
 * Returns: 0
 */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/**
 * fuzz_no_criticals:
 *
 * Ends the process where GLib would only complain: a critical is a fault of ours,
 * whatever the bytes were.
 */
static inline void
fuzz_no_criticals (void)
{
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
}
