#!/bin/sh
# Fails for a file that clang-format 14 would change. Other versions lay out differently.
set -eu
formatter=$1
root=$2
find "$root/src" "$root/tests" -name '*.[ch]' -exec "$formatter" --dry-run --Werror {} +
