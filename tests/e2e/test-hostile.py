#!/usr/bin/env python3
"""Puts barua before hostile servers: it ends in time, stays small, keeps the secret to
itself, and prints nothing that a terminal or a reader could take for more than words.

test-hostile.py ROOM STAND-IN BARUA PROBE-WITH-LOGIN [ID…]; TAP.
"""

import json
import sys

import hostilities
import rooms

USER = "zoe@gmail.com"
# How much more than in front of Gmail itself: of memory, in KiB, and of computing.
MORE_MEMORY, TIMES, MORE_SECONDS = 16 * 1024, 4, 2
# Commands that send a secret, and those that may follow on what made no sense: RCPT and
# RSET were sent together with MAIL.
SECRETIVE = {"AUTH", "AUTHENTICATE", "LOGIN", "PASS", "USER", "(answer)"}
PARTING = {"QUIT", "LOGOUT", "RCPT", "RSET"}
SIGN_IN = ["sign-in", USER, "--app-password"]


def jobs(bench, errand):
    secret = "{app-password}\n"
    if not errand:
        return [{"argv": [bench.prober], "stdin": f"{USER}\npassword\n{secret}"},
                {"argv": [bench.barua, *SIGN_IN], "stdin": secret}]
    return [{"argv": [bench.barua, "check", USER, "--send-test", "--json"], "after": 2},
            {"argv": [bench.barua, "export", USER, "--to", "mutt"], "after": 2},
            {"argv": [bench.barua, *SIGN_IN], "stdin": secret}]


class Row:
    """One run: what is bent, and what must come of it."""

    def __init__(self, name, options, causes, within, moment=None, hostility=None, good=True):
        self.name, self.options, self.causes, self.within = name, options, causes, within
        self.errand = moment is not None and moment.errand
        self.goes_on = hostility is None or hostility.goes_on
        # The words themselves are told, as words.
        self.says = (name == "refusal: goodbye") * "<b>Evil</b>"
        self.good = good

    def __str__(self):
        return self.name

    def run(self, bench):
        return bench.run(self.options, jobs(bench, self.errand))


def rows():
    yield Row("nobody hostile", "", dict.fromkeys(hostilities.PORTS, "ok"), hostilities.AT_ONCE)
    for what in hostilities.SAID:
        for moment in hostilities.MOMENTS:
            options = " ".join(f"--bend {bend % what.id}" for bend in moment.bends)
            yield Row(f"{what.id}: {moment.id}", options, what.causes(moment), what.within,
                      moment, what)
    for what in hostilities.SHAKEN:
        yield Row(what.id, what.bends, what.by_port(), what.within, good=what.good)
    yield Row("names of folders", "--bend imap:language=hostile",
              dict.fromkeys(hostilities.PORTS, "ok"), hostilities.AT_ONCE,
              hostilities.MOMENTS[-1])


def conversations(log):
    """The events of each connection, in order: [(event, text)…] by port and number."""
    seen = {}
    for line in log:
        _, who, event, text = line.split("\t", 3)
        seen.setdefault(who, []).append((event, text))
    return seen


def told(row, log, answer):
    """Yields what was said to a server that should not have been."""
    yield from rooms.said_in_the_clear(log)
    held = {str(service["port"]) for service in answer["services"]
            if not any(stage["stage"] == "sign-in" for stage in service["stages"])}
    for who, events in conversations(log).items():
        commands = [text for event, text in events if event == "command"]
        if who.split("#")[0] in held and SECRETIVE & set(commands):
            yield f"{who}: signed in to, though it got no further than {commands}"
        names = [event for event, _ in events]
        if not row.good and "tls" in names:
            yield from (f"{who}: {text} behind a certificate that is not in order"
                        for event, text in events[names.index("tls"):] if event == "command")
        if "spoil" in names and not row.goes_on:
            yield from (f"{who}: {text} after what made no sense"
                        for event, text in events[names.index("spoil"):]
                        if event == "command" and text not in PARTING)


def printed(says, job):
    """Yields what nobody may print, and what is missing of what was said."""
    try:
        text = (job["stdout"] + job["stderr"]).decode("utf-8")
    except ValueError as error:
        yield f"no text: {error}"
        return
    marks = rooms.unreadable(text.replace("\n", ""))
    if marks:
        yield f"unreadable: {marks[:9]} in {text[:900]!r}"
    yield from (f"a secret is printed: {secret}" for secret in rooms.secrets() if secret in text)
    if says not in text:
        yield f"“{says}” is not told as it was said"


def used(row, job, usual):
    """Yields how much more time or memory it took than it may."""
    if not usual["sanitized"] and job["memory"] > usual["memory"] + MORE_MEMORY:
        yield f"{job['memory']} KiB of memory, {usual['memory']} in front of Gmail"
    if job["computed"] > usual["computed"] * TIMES + MORE_SECONDS:
        yield rooms.Slow(f"computed for {job['computed']:.1f} s, {usual['computed']:.1f} for Gmail")
    took = job["seconds"] - job["lost"]
    allowed = row.within + 2 * usual["seconds"]
    if took > allowed:
        yield rooms.Slow(f"{took:.1f} s, {allowed:.1f} s allowed")


def judge(row, outcome, usual):
    faults = []
    first = outcome["jobs"][0]
    try:
        answer = json.loads(first["stdout"])
    except ValueError as error:
        return [f"no JSON: {error}: {first}"]
    faults += rooms.Shape().check(answer)
    seen = {service["port"]: service["verdict"]["cause"] for service in answer["services"]}
    if seen != row.causes:
        faults.append(f"{seen} and not {row.causes}")
    well = set(row.causes.values()) == {"ok"}
    for number, job in enumerate(outcome["jobs"]):
        # Setting up goes without the names of folders; a test message is nobody's sign-in.
        right = number > 0 if row.errand else well
        if job["code"] != (0 if right or well else 1):
            faults.append(f"{number}: exit {job['code']}: {job['stderr'][-600:]}")
        faults += printed(row.says * number, job)
        faults += used(row, job, usual)
    faults += told(row, outcome["log"], answer)
    return faults


def main():
    bench = rooms.Bench(*sys.argv[1:5])
    trial = bench.trial()
    if trial:
        print(f"1..0 # SKIP {trial}")
        return 0
    wanted = sys.argv[5:]
    table = [row for row in rows() if not wanted or any(word in row.name for word in wanted)]
    plain = next(rows())
    first = plain.run(bench)["jobs"]
    usual = {name: max(job[name] for job in first) for name in ("memory", "computed", "seconds")}
    # A sanitizer keeps what was freed, so its memory grows with all that is done.
    usual["sanitized"] = bench.sanitized
    tap = rooms.Tap(len(table))
    for row, _, faults in rooms.trials(bench, table, lambda row: row.run(bench),
                                       lambda row, outcome: judge(row, outcome, usual)):
        tap.say(row.name, faults)
    return 1 if tap.failed else 0


sys.exit(main())
