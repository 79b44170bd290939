"""How long this machine gave a test no time.

What a test allows in seconds is meant for the program. A machine that stands still for a
while, or has more to do than it can, gets its own time back.
"""

import os
import subprocess
import threading
import time

TICK = 0.02
# Less than that is no reason to doubt what was seen.
LONG = 0.5


class Stalls(threading.Thread):
    """Sleeps for a moment, again and again, and notes when it woke up too late."""

    def __init__(self):
        super().__init__(daemon=True)
        self.late = []
        self.asleep = time.monotonic()
        self.start()

    def run(self):
        while True:
            time.sleep(TICK)
            asleep, self.asleep = self.asleep, time.monotonic()
            if self.asleep - asleep > 2 * TICK:
                self.late.append((asleep, self.asleep))

    def each(self, begun, ended):
        """Yields how long each stall between these moments took."""
        asleep = self.asleep
        spans = list(self.late)
        if ended - asleep > 2 * TICK:
            # It has not woken up yet from the one that was.
            spans.append((asleep, ended))
        for first, last in spans:
            span = min(last, ended) - max(first, begun)
            if span > 0:
                yield span

    def lost(self, begun, ended):
        """How many seconds of those between were nobody's."""
        return sum(self.each(begun, ended))

    def long(self, begun, ended):
        """The same, of long stalls alone: after these, what has a time limit is in doubt."""
        return sum(span for span in self.each(begun, ended) if span > LONG)


def delay(pid):
    """How many seconds a process was ready to go on and was not let: the second number of
    its schedstat (proc(5))."""
    try:
        with open(f"/proc/{pid}/schedstat", encoding="ascii") as numbers:
            return int(numbers.read().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0


class Process(subprocess.Popen):
    """A program of which is known in the end what it used, and for how many seconds it was
    ready to go on and was not let."""

    used, delayed = None, 0.0

    def _try_wait(self, wait_flags):
        flags = os.WEXITED | os.WNOWAIT | (wait_flags & os.WNOHANG)
        try:
            os.waitid(os.P_PID, self.pid, flags)
        except OSError:
            # Its status has been asked for elsewhere.
            pass
        self.delayed = max(self.delayed, delay(self.pid))
        pid, status, used = os.wait4(self.pid, wait_flags)
        if pid == self.pid:
            self.used = used
        return pid, status


def wait_for_handler(process, number, patience=60):
    """Waits until a program has made up its mind about a signal; or for its end."""
    end = time.monotonic() + patience
    while process.poll() is None and not catches(process.pid, number):
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return process.poll() is None


def catches(pid, number):
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            words = dict(line.split(":", 1) for line in status if ":" in line)
    except OSError:
        return False
    return bool(int(words.get("SigCgt", "0"), 16) >> (number - 1) & 1)
