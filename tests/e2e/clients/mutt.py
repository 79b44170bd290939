"""mutt fetches and sends."""

import mutt_cases

CASES = mutt_cases.cases("mutt")
