#!/bin/sh
# How long a mail program waits for "barua token" and "barua password", against "secret-tool lookup" for the
# same item, turn by turn in one run, with the real gnome-keyring on a bus of its own.
#
#   token.sh BARUA [TURNS]
#
# Prints the medians and their ratios. Asserts nothing: a loaded machine is no fault.
set -eu

barua=$1
turns=${2:-200}

if [ -z "${BARUA_BENCH_INSIDE:-}" ]; then
  home=$(mktemp -d)
  trap 'rm -rf "$home"' EXIT
  mkdir -m 700 "$home/run"
  # What the bus says of itself says nothing of the programs.
  env BARUA_BENCH_INSIDE=1 HOME="$home" XDG_DATA_HOME="$home" XDG_RUNTIME_DIR="$home/run" \
    dbus-run-session -- "$0" "$barua" "$turns" 2> "$home/errors" ||
    { cat "$home/errors" >&2; exit 1; }
  exit
fi

echo password > "$HOME/password"
gnome-keyring-daemon --foreground --unlock --components=secrets < "$HOME/password" \
  > /dev/null 2>&1 &
daemon=$!
trap 'kill $daemon' EXIT
tries=0
until printf ya29.token | secret-tool store --label=bench service barua \
  account zoe@gmail.com kind access-token expires $(($(date +%s) + 3600)) 2> /dev/null
do
  tries=$((tries + 1))
  [ $tries -lt 50 ]
  sleep 0.1
done
printf abcdefghijklmnop | secret-tool store --label=bench service barua \
  account zoe@gmail.com kind app-password

python3 - "$barua" "$turns" <<'END'
import statistics
import subprocess
import sys
import time

barua, turns = sys.argv[1], int(sys.argv[2])
ways = {
    "secret-tool": ["secret-tool", "lookup", "service", "barua", "account",
                    "zoe@gmail.com", "kind", "access-token"],
    "barua token": [barua, "token", "zoe@gmail.com"],
    "barua password": [barua, "password", "zoe@gmail.com"],
}
times = {name: [] for name in ways}
for turn in range(turns):
    order = list(ways.items())
    for name, words in order if turn % 2 else reversed(order):
        begun = time.perf_counter()
        done = subprocess.run(words, stdout=subprocess.PIPE, check=True)
        times[name].append(time.perf_counter() - begun)
        assert done.stdout.strip() in (b"ya29.token", b"abcdefghijklmnop"), done.stdout
medians = {name: statistics.median(taken) for name, taken in times.items()}
for name, taken in times.items():
    print(f"{name:14s} median {medians[name] * 1000:6.2f} ms   "
          f"fastest {min(taken) * 1000:6.2f} ms   {turns} turns")
for name in ("barua token", "barua password"):
    print(f"ratio {medians[name] / medians['secret-tool']:.3f}   {name}")
END
