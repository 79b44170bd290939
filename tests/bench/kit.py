"""What the measurements share: running by turns, and the table that comes of it."""

import contextlib
import dataclasses
import os
import shutil
import statistics
import subprocess
import tempfile

PATIENCE = 60
HERE = os.path.dirname(os.path.abspath(__file__))
HEADINGS = ("what", "yardstick", "ours", "yardstick", "ratio", "ours", "yardstick", "ratio")


class Missing(Exception):
    """Why something cannot be measured here."""


@dataclasses.dataclass
class Taken:
    """What a program took: seconds, seconds of the processor, kilobytes; and its answer."""

    seconds: float
    processor: float
    kilobytes: int
    answer: bytes = b""


@dataclasses.dataclass
class Figures:
    """Medians of one side of a row."""

    seconds: float
    kilobytes: float | None = None


@dataclasses.dataclass
class Row:
    what: str
    against: str
    ours: Figures
    yardstick: Figures

    def cells(self):
        return (self.what, self.against, milliseconds(self.ours.seconds),
                milliseconds(self.yardstick.seconds),
                ratio(self.ours.seconds, self.yardstick.seconds),
                megabytes(self.ours.kilobytes), megabytes(self.yardstick.kilobytes),
                ratio(self.ours.kilobytes, self.yardstick.kilobytes))


class Programs:
    """What is measured, where a build folder has it."""

    def __init__(self, build):
        self.build = os.path.abspath(build)
        self.barua = self.find("src/cli/barua")
        self.stopwatch = self.find("tests/stopwatch")

    def find(self, name):
        path = os.path.join(self.build, name)
        if not os.access(path, os.X_OK):
            raise Missing(f"there is no {name} in {self.build}")
        return path


def milliseconds(seconds):
    return f"{seconds * 1000:.{1 if seconds < 0.1 else 0}f} ms"


def megabytes(kilobytes):
    return "–" if kilobytes is None else f"{kilobytes / 1024:.1f} MB"


def ratio(ours, theirs):
    return "–" if theirs is None else f"{ours / theirs:.2f}"


def need(*names):
    for name in names:
        if shutil.which(name) is None:
            raise Missing(f"{name} is not installed")


def read_stopwatch(errors, answer=b""):
    """The last line of what a program under the stopwatch said on standard error."""
    word, *figures = errors.decode().splitlines()[-1].split()
    assert word == "stopwatch", errors
    wall, processor, kilobytes = map(int, figures)
    return Taken(wall / 1e6, processor / 1e6, kilobytes, answer)


def run(programs, command, env=None, stdin=subprocess.DEVNULL):
    done = subprocess.run([programs.stopwatch, *command], stdin=stdin, capture_output=True,
                          env={**(env or os.environ), "LC_ALL": "C.UTF-8"}, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command}: {done.returncode} {done.stderr.decode()}")
    return read_stopwatch(done.stderr, done.stdout)


def by_turns(names, turns, work):
    """Calls work (name) turn by turn, each second turn backwards: whatever else the machine
    does meets all of them alike. The first turn, which reads from the disk, does not count."""
    seen = {name: [] for name in names}
    for turn in range(turns + 1):
        for name in sorted(names, reverse=turn % 2 == 1):
            result = work(name)
            if turn > 0:
                seen[name].append(result)
    return seen


def medians(takens, clock="seconds"):
    return Figures(statistics.median(getattr(taken, clock) for taken in takens),
                   statistics.median(taken.kilobytes for taken in takens))


@contextlib.contextmanager
def session():
    """A home and a session bus that nobody else uses; yields their environment."""
    need("dbus-daemon")
    home = tempfile.mkdtemp()
    runtime = os.path.join(home, "run")
    os.mkdir(runtime, 0o700)
    env = {**os.environ, "HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home,
           "XDG_CACHE_HOME": home, "XDG_RUNTIME_DIR": runtime}
    # What the desktop's services complain of where there is no desktop is not ours.
    with subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"],
                          env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as bus:
        try:
            env["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
            yield env
        finally:
            bus.terminate()
            bus.wait()
            shutil.rmtree(home, ignore_errors=True)


def table(rows):
    """The lines of the table; its first says what the columns below it are of."""
    cells = [HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    names, figures = widths[:2], widths[2:]
    yield "  ".join([*(" " * width for width in names),
                     *(title.center(sum(figures[at:at + 3]) + 4, "─")
                       for title, at in ((" time ", 0), (" memory ", 3)))])
    for line in cells:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(line, names)),
                         *(cell.rjust(width) for cell, width in zip(line[2:], figures))])
