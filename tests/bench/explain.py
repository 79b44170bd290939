#!/usr/bin/env python3
"""How fast "barua explain" reads a long log, and in how much memory, against grep -iE.

explain.py BARUA [MEGABYTES]. Asserts nothing: a loaded machine is no fault.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import time

HEALTHY = ("Nov 22 06:00:00 desk msmtp[812]: host=smtp.gmail.com tls=on auth=on "
           "user=zoe@gmail.com from=zoe@gmail.com recipients=juma@example.org "
           "mailsize=2104 smtpstatus=250 smtpmsg='250 2.0.0 OK gsmtp' exitcode=EX_OK\n")
LAST = ("Nov 22 06:10:00 desk msmtp[812]: smtpstatus=535 smtpmsg='535-5.7.8 Username and "
        "Password not accepted' exitcode=EX_NOPERM\n")
WORDS = "not accepted|denied|refused|timed out|535|534|421|454|invalid_grant"


def run(command, path):
    """Returns the seconds of processor time, and the most memory, in kilobytes."""
    most = 0
    with open(path, "rb") as text:
        process = subprocess.Popen(command, stdin=text, stdout=subprocess.DEVNULL)
        while True:
            ended, _, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                return usage.ru_utime + usage.ru_stime, most
            with contextlib.suppress(OSError), open(f"/proc/{process.pid}/status",
                                                    encoding="ascii") as status:
                peak = [line.split()[1] for line in status if line.startswith("VmHWM:")]
                most = int(peak[0]) if peak else most
            time.sleep(0.005)


def main():
    barua = sys.argv[1]
    megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    with tempfile.NamedTemporaryFile("w", suffix=".log") as log:
        for _ in range(megabytes * 1024 * 1024 // len(HEALTHY)):
            log.write(HEALTHY)
        log.write(LAST)
        log.flush()
        ways = {"grep -iE": ["grep", "-ciE", WORDS], "barua explain": [barua, "explain"]}
        best = {name: min(run(words, log.name) for _ in range(3))
                for name, words in ways.items()}
    for name, (seconds, kilobytes) in best.items():
        print(f"{name:14s} {megabytes} MB in {seconds:6.2f} s of processor time   "
              f"{kilobytes / 1024:6.1f} MB of memory")
    print(f"ratio {best['barua explain'][0] / max(best['grep -iE'][0], 0.001):.2f} of time")


main()
