#!/usr/bin/env python3
"""Lives with a sign-in from its first day to its last, with real servers and programs.

test-whole-life.py GROUP ROOM STAND-IN BARUA DESKTOP-PART [NAME…]; TAP. With --inside it is
the part in the room.
"""

import json
import os
import subprocess
import sys
import traceback

sys.dont_write_bytecode = True

import browser_cases  # noqa: E402
import desktop_cases  # noqa: E402
import endpoint_cases  # noqa: E402
import guest  # noqa: E402
import hand_over_cases  # noqa: E402
import memory_cases  # noqa: E402
import password_cases  # noqa: E402
import rooms  # noqa: E402

# Each row: what the room is like, and what is tried in it.
GROUPS = {
    "password": [
        ("real", "", password_cases.whole_life),
        ("programs", "", password_cases.mail_programs),
        ("unreachable", "--fault refuse:mail", password_cases.out_of_reach),
        ("locked-later", "", password_cases.locked_later),
        ("locked", "--keyring locked", password_cases.locked_keyring),
        ("no-keyring", "--keyring none", password_cases.no_keyring),
    ],
    "browser": [
        ("real", "", browser_cases.whole_life),
        ("programs", "", browser_cases.mail_programs),
        ("answers", "--servers stand-in", browser_cases.answers),
        ("talkative", "--servers stand-in", browser_cases.talkative),
        ("token-endpoint", "--servers stand-in", endpoint_cases.token_endpoint),
        ("no-keyring", "--keyring none", browser_cases.no_keyring),
    ],
    "desktop": [
        ("asking", "--keyring none", desktop_cases.asking_keyring),
        ("online", "", desktop_cases.online_account),
    ],
    "memory": [
        ("app-password", "", memory_cases.app_password),
        ("tokens", "", memory_cases.tokens),
    ],
    "hand-over": [
        ("whole", "", hand_over_cases.whole),
        ("all-password", "--servers stand-in",
         hand_over_cases.all_programs(hand_over_cases.sign_in)),
        ("all-token", "--servers stand-in",
         hand_over_cases.all_programs(hand_over_cases.sign_in_in_browser)),
        ("marked", f"--servers stand-in --bend mail:mark={hand_over_cases.MARK}",
         hand_over_cases.marked),
        ("former", "--servers stand-in", hand_over_cases.former_password),
        ("to-folder", "--servers stand-in", hand_over_cases.to_folder),
        ("running", "--servers stand-in", hand_over_cases.with_running_program),
        ("listed", "--servers stand-in", hand_over_cases.listed),
        ("not-signed-in", "--servers stand-in --keyring none", hand_over_cases.not_signed_in),
        ("unreachable", "--servers stand-in --keyring none --fault drop:mail",
         hand_over_cases.out_of_reach),
        ("locked", "--servers stand-in",
         hand_over_cases.without_keyring("keyring-locked", hand_over_cases.sign_in_and_lock)),
        ("no-keyring", "--servers stand-in --keyring none",
         hand_over_cases.without_keyring("keyring-unavailable", hand_over_cases.remember)),
        ("other-port", "--servers stand-in --fault refuse:465", hand_over_cases.other_port),
        ("terminal", "--servers stand-in", hand_over_cases.at_the_terminal),
        ("interrupted", "--servers stand-in", hand_over_cases.interrupted),
        ("interrupted-between", "--servers stand-in", hand_over_cases.interrupted_between),
        ("killed", "--servers stand-in", hand_over_cases.killed),
    ],
}
# These look into the mailbox by ways that the stand-in does not have.
NEED_REAL = ("real", "programs")


def find(group, name):
    return next(case for row, _, case in GROUPS[group] if row == name)


def inside(group, name, barua, desktop):
    person = guest.Guest(barua, desktop)
    try:
        find(group, name)(person)
    except Exception:  # Whatever it is: it is the finding.
        person.say("ran to its end", traceback.format_exc())
    person.expect_no_other_host()
    json.dump([person.conclude(), person.stood()], sys.stdout)


def run(bench, group, row):
    """Runs a case; once more, in a new room, where this machine stood still for a while: what
    has a time limit may have ended then. That is told, and what fails twice fails."""
    for _ in range(2):
        seen, stood = once(bench, group, row)
        faults = [f"{name}: {fault}" for name, faults in seen for fault in faults]
        if not faults or not rooms.is_doubtful(faults, stood):
            break
        rooms.tell_second_try(row[0], faults)
    return seen


def once(bench, group, row):
    """What was seen, and for how many seconds the machine stood still."""
    name, options, _ = row
    if name in NEED_REAL and os.geteuid() != 0:
        return [["# SKIP only root can start real mail servers", []]], 0
    servers = "real" if os.geteuid() == 0 else "stand-in"
    words = options if "--servers" in options else f"--servers {servers} {options}"
    command = bench.command(f"{words} --timeout 560", sys.executable, os.path.abspath(__file__),
                            "--inside", group, name, *map(os.path.abspath, sys.argv[4:6]))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return [["the room stood", [f"{done.returncode}: {done.stderr}"]]], 0
    return json.loads(done.stdout)


def main():
    group, names = sys.argv[1], sys.argv[6:]
    bench = rooms.Bench(*sys.argv[2:5], None)
    trial = bench.trial()
    if trial:
        print(f"1..0 # SKIP {trial}")
        return 0
    rows = [row for row in GROUPS[group] if not names or row[0] in names]
    number = failed = 0
    for row, job in rooms.each(rows, lambda row: run(bench, group, row), bench.at_once):
        for name, faults in job.result():
            number += 1
            failed += bool(faults)
            print(f"{'not ok' if faults else 'ok'} {number} {row[0]}: {name}", flush=True)
            for fault in faults:
                print("\n".join(f"# {line}" for line in fault.splitlines()), flush=True)
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        inside(*sys.argv[2:6])
    else:
        sys.exit(main())
