"""The part of the suite that runs inside a room: starts programs side by side.

inside.py JOBS: a JSON list of {"argv", "stdin", "interrupt", "after"}; prints what came of
each, with the most memory it had (in KiB) and the time it computed. "stdin" may name files
of the room as "{app-password}"; "interrupt" is how many seconds after it has begun to heed
signals the program gets a SIGINT; "after" is the number of the job that has to end before.
Of all times, "lost" is what this machine gave it no time for.
"""

import base64
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import stalls  # noqa: E402

ROOM = os.environ["ROOM"]


def fill(text):
    def read(match):
        with open(os.path.join(ROOM, match.group(1)), encoding="ascii") as secret:
            return secret.read().strip()
    return re.sub(r"\{([a-z-]+)\}", read, text)


def log():
    try:
        with open(os.path.join(ROOM, "log", "stand-in"), encoding="utf-8",
                  errors="replace") as lines:
            return lines.read().splitlines()
    except FileNotFoundError:
        return []


def run(job, answers, index, threads, machine):
    if job.get("after") is not None:
        threads[job["after"]].join()
    begun = time.monotonic()
    if not os.access(job["argv"][0], os.X_OK):
        sys.exit(f"{job['argv'][0]} cannot be run")
    with stalls.Process(job["argv"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                        stderr=subprocess.PIPE) as process:
        interrupted = []
        if job.get("interrupt") is not None:
            threading.Thread(target=interrupt, args=(process, job, interrupted),
                             daemon=True).start()
        out, err = process.communicate(fill(job.get("stdin") or "").encode())
    ended = time.monotonic()
    answers[index] = {
        "stdout": base64.b64encode(out).decode(), "stderr": base64.b64encode(err).decode(),
        "code": process.returncode, "seconds": ended - begun,
        "lost": machine.lost(begun, ended) + process.delayed,
        "after_interrupt": since(interrupted, process, ended, machine),
        "memory": process.used.ru_maxrss,
        "computed": process.used.ru_utime + process.used.ru_stime,
    }


def interrupt(process, job, interrupted):
    if not stalls.wait_for_handler(process, signal.SIGINT):
        return
    time.sleep(job["interrupt"])
    interrupted += [time.monotonic(), stalls.delay(process.pid)]
    process.send_signal(signal.SIGINT)


def since(interrupted, process, ended, machine):
    """How long it took from Ctrl-C on, without what this machine lost; None without one."""
    if not interrupted:
        return None
    moment, delayed = interrupted
    return ended - moment - machine.lost(moment, ended) - (process.delayed - delayed)


def main():
    jobs = json.loads(sys.argv[1])
    machine, begun = stalls.Stalls(), time.monotonic()
    answers = [None] * len(jobs)
    threads = []
    threads += [threading.Thread(target=run, args=(job, answers, index, threads, machine))
                for index, job in enumerate(jobs)]
    # One that waits for another has to find it started.
    for _, thread in sorted(enumerate(threads), key=lambda pair: "after" in jobs[pair[0]]):
        thread.start()
    for thread in threads:
        thread.join()
    if None in answers:
        sys.exit("a program could not be run")
    json.dump({"jobs": answers, "log": log(),
               "stood": machine.long(begun, time.monotonic())}, sys.stdout)


main()
