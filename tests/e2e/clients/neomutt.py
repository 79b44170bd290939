"""NeoMutt fetches and sends."""

import mutt_cases

CASES = mutt_cases.cases("neomutt")
