#!/usr/bin/env python3
"""Measures what people wait for: no step after another that could go beside it.

test-timing.py ROOM STAND-IN BARUA PROBE-WITH-LOGIN; TAP.
"""

import json
import sys

import rooms

# What the server takes its time for, in milliseconds. What else this machine does in the
# meantime weighs the less, the longer that is: tried again with more, and only then.
DELAYS = (200, 400, 700)


def waits(log):
    """How often each connection had to be waited for, as the stand-in saw it."""
    counts = {}
    for line in log:
        _, who, event, _ = line.split("\t", 3)
        if event in ("reply", "tls") and who != "web":
            counts[who] = counts.get(who, 0) + 1
    return counts


def check(bench, delay, *words):
    job = {"argv": [bench.barua, "check", "--json", *words]}
    outcome = bench.run(f"--fault delay:{delay}", [job])
    return read(outcome)


def read(outcome):
    """The answer, how often the server was waited for, and the milliseconds that it took
    less those that this machine lost."""
    job = outcome["jobs"][0]
    answer = json.loads(job["stdout"])
    return answer, waits(outcome["log"]), answer["ms"] - job["lost"] * 1000


def side_by_side(bench, delay):
    """All at once takes as long as the longest alone: what the server takes its time for,
    and what the handshake costs this machine."""
    alone = max(check(bench, delay, "--only", name)[0]["ms"]
                for name in ("smtp", "imap", "pop"))
    answer, counts, took = check(bench, delay)
    ports = {who.split("#")[0] for who in counts}
    if answer["verdict"]["cause"] != "ok" or len(ports) != 4:
        yield f"{answer['verdict']['cause']}, {counts}"
    if took > 1.1 * alone:
        yield rooms.Slow(f"{took} ms, and the longest conversation alone {alone} ms")
    if alone < max(counts.values()) * delay:
        yield f"{alone} ms, but the server took {counts}"


def signing_in(bench, delay):
    """The same with all that a login adds, by the round trips in the server's own log."""
    job = {"argv": [bench.prober], "stdin": "zoe@gmail.com\nplain\n{app-password}\n"}
    outcome = bench.run(f"--fault delay:{delay}", [job])
    answer, counts, took = read(outcome)
    longest = max(counts.values()) * delay
    if answer["verdict"]["cause"] != "ok":
        yield answer["verdict"]["cause"]
    if took > longest * 1.1:
        yield rooms.Slow(f"{took} ms, and the longest conversation takes {longest} ms: "
                   f"{counts}")


def within(bench, _delay, options, seconds, words=()):
    outcome = bench.run(options, [{"argv": [bench.barua, "check", *words]}])
    took = outcome["jobs"][0]["seconds"] - outcome["jobs"][0]["lost"]
    if took > seconds:
        yield rooms.Slow(f"{took:.2f} s, {seconds} s allowed")


def interrupted(bench, _delay, options, words, after):
    """Ctrl-C ends it within a second, with one JSON value or none, and status 130."""
    job = {"argv": [bench.barua, "check", *words], "interrupt": after}
    done = bench.run(options, [job])["jobs"][0]
    if done["code"] != 130:
        yield f"exit {done['code']}: {done['stderr'].decode(errors='replace')}"
    if done["after_interrupt"] is None:
        yield "it ended before Ctrl-C"
    elif done["after_interrupt"] > 1:
        yield rooms.Slow(f"{done['after_interrupt']} s after Ctrl-C")
    if "--json" in words and done["stdout"].strip():
        try:
            json.loads(done["stdout"])
        except ValueError as error:
            yield f"{error}: {done['stdout'][:300]}"


SILENT = "--bend mail:open=silent"
WORK = [
    ("side by side", side_by_side, ()),
    ("side by side, signing in", signing_in, ()),
    ("healthy in 1.5 s", within, ("", 1.5)),
    ("no network in 2 s", within, ("--fault network:none", 2)),
    ("nothing beyond the router in 12 s", within, ("--fault network:local", 12)),
    ("two seconds for all", within, ("--fault drop:mail", 2.5, ("--timeout", "2"))),
    ("one dead family costs 2.5 s at most", within, ("--fault ipv6:drop", 2.5)),
    ("Ctrl-C at silent servers", interrupted, (SILENT, ["--json"], 1.5)),
    ("Ctrl-C in words", interrupted, (SILENT, [], 1.5)),
    ("Ctrl-C at once", interrupted, (SILENT, ["--json"], 0.2)),
    ("Ctrl-C at dropped ports", interrupted, ("--fault drop:mail", ["--json"], 2)),
    ("Ctrl-C while names are sought", interrupted, ("--fault dns:dead", ["--json"], 1)),
    ("Ctrl-C while a domain is sought", interrupted,
     ("--fault dns:dead", ["zoe@workspace.example", "--json"], 1)),
    ("Ctrl-C in a handshake", interrupted, ("--bend mail:tls=silent", ["--json"], 1.5)),
    ("Ctrl-C in a flood", interrupted, ("--bend mail:drip=200", ["--json"], 1.5)),
]


def measure(function, bench, arguments):
    for delay in DELAYS:
        before = bench.stood
        faults = list(function(bench, delay, *arguments))
        if not faults or not rooms.is_doubtful(faults, bench.stood - before):
            break
    return faults


def main():
    bench = rooms.Bench(*sys.argv[1:5])
    trial = bench.trial()
    if trial:
        print(f"1..0 # SKIP {trial}")
        return 0
    tap = rooms.Tap(len(WORK))
    # One room at a time: others would take the time that is measured.
    for name, function, arguments in WORK:
        try:
            tap.say(name, measure(function, bench, arguments))
        except (RuntimeError, ValueError, KeyError) as error:
            tap.say(name, [error])
    return 1 if tap.failed else 0


sys.exit(main())
