"""How long a check takes, against the round trips that its longest conversation needs, and
against the least program that holds such a conversation; in a room, where each reply takes
a tenth of a second.

check.py COMMANDS TURNS: the part that runs inside the room: prints what came of them.
"""

import json
import os
import subprocess
import sys

import kit

sys.path.insert(0, os.path.join(kit.HERE, "..", "e2e"))

import rooms  # noqa: E402

DELAY = 100
FAREWELLS = ("QUIT", "LOGOUT")


def trips(log):
    """How often the longest conversation had to be waited for, as the stand-in saw it; nobody
    waits for the answer to a farewell."""
    counts, parted = {}, set()
    for line in log:
        _, who, event, text = line.split("\t", 3)
        if event == "command" and text in FAREWELLS:
            parted.add(who)
        elif event in ("reply", "tls") and who != "web" and who not in parted:
            counts[who] = counts.get(who, 0) + 1
    return max(counts.values())


def inside(commands, turns):
    def work(name):
        done = subprocess.run(commands[name], stdin=subprocess.DEVNULL, capture_output=True,
                              check=False)
        return {"code": done.returncode, "errors": done.stderr.decode()}

    seen = kit.by_turns(commands, turns, work)
    with open(os.path.join(os.environ["ROOM"], "log", "stand-in"), encoding="utf-8",
              errors="replace") as log:
        json.dump({"seen": seen, "trips": trips(log.read().splitlines())}, sys.stdout)


def measure(programs, short):
    kit.need("openssl")
    stand_in = programs.find("tests/stand-in")
    commands = {
        "barua": [programs.stopwatch, programs.barua, "check"],
        "minimal": [programs.stopwatch, programs.find("tests/minimal-conversation"),
                    "smtp.gmail.com"],
    }
    bench = rooms.Bench(os.path.join(kit.HERE, "..", "room"), stand_in, programs.barua, None)
    trial = bench.trial()
    if trial:
        raise kit.Missing(trial)
    done = subprocess.run(
        bench.command(f"--fault delay:{DELAY}", sys.executable, os.path.abspath(__file__),
                      json.dumps(commands), str(1 if short else 9)),
        capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"room: {done.returncode} {done.stderr}")
    answer = json.loads(done.stdout)
    figures = {}
    for name, results in answer["seen"].items():
        assert all(result["code"] == 0 for result in results), results
        figures[name] = kit.medians([kit.read_stopwatch(result["errors"].encode())
                                     for result in results])
    count = answer["trips"]
    yield kit.Row("check", f"its {count} round trips of {DELAY} ms", figures["barua"],
                  kit.Figures(count * DELAY / 1000))
    yield kit.Row("check", "least program, one conversation", figures["barua"],
                  figures["minimal"])


if __name__ == "__main__":
    inside(json.loads(sys.argv[1]), int(sys.argv[2]))
