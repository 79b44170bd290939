#!/usr/bin/env python3
"""Puts barua into every situation of a group and compares what it says with the table.

test-situations.py GROUP ROOM STAND-IN BARUA PROBE-WITH-LOGIN [ID…]; TAP.
"""

import json
import os
import re
import sys

import rooms
import situations


def jobs(bench, row):
    before = rooms.interrupting(row.interrupted) if row.interrupted else []
    if row.watched and not bench.sanitized:
        before = rooms.watching()
    if row.login:
        mechanism, secret = row.login.split()
        return [{"argv": [*before, bench.prober, *row.words.split()],
                 "stdin": f"zoe@gmail.com\n{mechanism}\n{{{secret}}}\n"}]
    words = row.words.split()
    return [{"argv": [*before, bench.barua, "check", *words, "--json"]},
            {"argv": [*before, bench.barua, "check", *words]}]


def read_json(job, faults):
    """Reads the one object that may stand on standard output."""
    try:
        text = job["stdout"].decode("utf-8")
        answer = json.loads(text)
    except ValueError as error:
        faults.append(f"no JSON: {error}: {job['stdout'][:300]} {job['stderr'][:600]}")
        return None
    if rooms.unreadable(text.replace("\n", "")):
        faults.append("control characters in the JSON text")
    if job["stderr"]:
        faults.append(f"stderr beside JSON: {job['stderr'].decode(errors='replace')}")
    return answer


def judge_answer(row, answer, lost):
    """Yields what is otherwise than the row says."""
    verdict = answer["verdict"]
    if verdict["cause"] != row.cause:
        yield f"cause: {verdict['cause']} ({verdict['sure']}) and not {row.cause}"
        for line in verdict["evidence"][:6]:
            yield f"  {line}"
    elif verdict["severity"] != row.severity:
        yield f"severity: {verdict['severity']} and not {row.severity}"
    seen = {service["port"]: service["verdict"]["cause"] for service in answer["services"]}
    wanted = row.causes() if row.probes else {}
    if seen != wanted:
        yield f"services: {seen} and not {wanted}"
    warnings = tuple(warning["cause"] for warning in answer["warnings"])
    if set(warnings) != set(row.warnings):
        yield f"warnings: {warnings} and not {row.warnings}"
    if len(set(warnings)) != len(warnings):
        yield f"warnings: one twice in {warnings}"
    if row.words == "send-test":
        told = {service["port"]: [stage["ok"] for stage in service["stages"]
                                  if stage["stage"] == "test-message"]
                for service in answer["services"]}
        arrived = {"ok": [True], "pop-disabled": [True], "unknown": [False]}
        wanted = {465: [row.cause != "daily-limit"], 587: [], 995: [],
                  993: arrived.get(row.cause, [])}
        if told != wanted:
            yield f"test message: {told} and not {wanted}"
    if answer["ms"] / 1000 - lost > row.within:
        yield rooms.Slow(f"{answer['ms']} ms, {row.within} s allowed, {lost:.1f} s lost")


def judge_text(job, answer):
    """Yields what is wrong with what people read, compared with the JSON answer."""
    try:
        text = job["stdout"].decode("utf-8")
    except ValueError as error:
        yield f"no text: {error}"
        return
    if rooms.unreadable(text.replace("\n", "")):
        yield f"unreadable: {text!r}"
    if job["stderr"]:
        yield f"stderr: {job['stderr'].decode(errors='replace')}"
    plain = rooms.flat(text)
    verdict = answer["verdict"]
    wanted = [verdict["title"]] + [step["text"] for step in verdict["steps"]]
    wanted += [warning["title"] for warning in answer["warnings"]]
    if not answer["services"]:
        # Somebody else's address is answered in a sentence of its own.
        wanted = []
    for part in wanted:
        if rooms.flat(part) not in plain:
            yield f"not told: {part}"
    if not text.strip():
        yield "nothing is told"


def judge_titles(text, answer, titles):
    """Yields causes that are told besides those that hold."""
    plain = rooms.flat(text)
    held = {answer["verdict"]["cause"]} | {warning["cause"] for warning in answer["warnings"]}
    held |= {service["verdict"]["cause"] for service in answer["services"]}
    own = {titles[cause] for cause in held if cause in titles}
    for cause, title in titles.items():
        if cause in held or not answer["services"] or any(title in other for other in own):
            continue
        if title in plain:
            yield f"two causes are told: {cause} too"


def judge(row, outcome, titles):
    faults = []
    first = outcome["jobs"][0]
    answer = read_json(first, faults)
    for job in outcome["jobs"]:
        printed = (job["stdout"] + job["stderr"]).decode(errors="replace")
        if job["code"] != row.exit:
            faults.append(f"exit {job['code']} and not {row.exit}: {job['stderr'][-600:]}")
        faults += [f"a secret is printed: {secret}" for secret in rooms.secrets()
                   if secret in printed]
    faults += [f"said in the clear: {words}" for words in rooms.said_in_the_clear(outcome["log"])]
    if row.cause == "wrong-server":
        faults += [f"a stranger was signed in to: {line}" for line in outcome["log"]
                   if re.search(r"\tcommand\t(AUTH|AUTHENTICATE|LOGIN|USER)\b", line)]
    if not row.probes and any("\tcommand\t" in line for line in outcome["log"]):
        faults.append("servers were asked")
    if answer is None:
        return faults
    faults += rooms.Shape().check(answer)
    faults += judge_answer(row, answer, first["lost"])
    for verdict in [answer["verdict"], *answer["warnings"]]:
        titles.setdefault(verdict["cause"], rooms.flat(verdict["title"]))
    for job in outcome["jobs"][1:]:
        faults += judge_text(job, answer)
    printed = rooms.flat(outcome["jobs"][-1]["stdout"].decode(errors="replace"))
    if row.says and row.says not in printed:
        faults.append(f"“{row.says}” is not said")
    return faults


def main():
    group, arguments, wanted = sys.argv[1], sys.argv[2:6], sys.argv[6:]
    bench = rooms.Bench(*arguments, ordinary=group == "ordinary")
    trial = bench.trial()
    if trial:
        print(f"1..0 # SKIP {trial}")
        return 0
    rows = [row for row in situations.GROUPS[group] if not wanted or row.id in wanted]
    if group == "real" and os.geteuid() != 0:
        print("1..0 # SKIP only root can start real mail servers")
        return 0
    titles, told = {}, []
    tap = rooms.Tap(len(rows) + 1)
    for row, outcome, faults in rooms.trials(
            bench, rows, lambda row: bench.run(row.options, jobs(bench, row)),
            lambda row, outcome: judge(row, outcome, titles)):
        tap.say(row.id, faults)
        if (outcome and len(outcome["jobs"]) > 1
                and not any("no JSON" in str(fault) for fault in faults)):
            told.append((row, outcome["jobs"][1]["stdout"].decode(errors="replace"),
                         json.loads(outcome["jobs"][0]["stdout"])))
    tap.say("one cause each", [f"{row.id}: {fault}" for row, text, answer in told
                               for fault in judge_titles(text, answer, titles)])
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
