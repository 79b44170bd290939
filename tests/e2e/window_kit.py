"""A person at the window, in a room: reads it over AT-SPI, and works it."""

import contextlib
import json
import os
import subprocess
import time

import client_kit
import gnome_kit
from guest import HOME, ROOM

HERE = os.path.dirname(os.path.abspath(__file__))
LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
APPLICATION = "barua-window"
# What changes nothing.
LOOKING = ("wait", "list", "read")


def missing():
    """Why no window can be worked here; nothing if it can."""
    try:
        subprocess.run(["/usr/bin/python3", "-c", "import pyatspi"], check=True,
                       capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return "python3-pyatspi is not installed"
    return None if os.path.exists(LAUNCHER) else "at-spi2-core is not installed"


class Window:
    """A window that stands on a screen of its own."""

    def __init__(self, client, env, program, schemas):
        self.client = client
        self.env = {**env, "GSETTINGS_SCHEMA_DIR": schemas, "GSETTINGS_BACKEND": "keyfile",
                    "NO_AT_BRIDGE": "0"}
        self.log = open(os.path.join(ROOM, "log", "window"), "a", encoding="utf-8")
        self.bus_log = open(os.path.join(ROOM, "log", "session-bus"), "a", encoding="utf-8")
        self.helpers = [self.start([LAUNCHER, "--launch-immediately"]),
                        self.start(["dbus-monitor", "--session"], self.bus_log)]
        # Whoever comes before the bus of screen readers is never read.
        if not client_kit.wait_until(lambda: gnome_kit.owned("org.a11y.Bus", self.env)):
            raise RuntimeError("there is no bus for screen readers")
        self.process = self.start([program])
        self.reader = self.start_reader()

    def start_reader(self):
        return subprocess.Popen([os.path.join(HERE, "reader.py")], env=self.env,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=self.log, text=True)

    def start(self, command, log=None):
        return subprocess.Popen(command, env=self.env, stdin=subprocess.DEVNULL,
                                stdout=log or self.log, stderr=self.log)

    def close(self):
        for process in (self.process, self.reader, *self.helpers):
            client_kit.stop(process)
        self.log.close()
        self.bus_log.close()

    def order(self, what, **more):
        order = {"do": what, "application": APPLICATION, **more}
        line = self.tell(order)
        if not line and what in LOOKING:
            # The library that reads has crashed: whoever only looks may look again.
            self.reader = self.start_reader()
            line = self.tell(order)
        if not line:
            raise RuntimeError(f"the reader is gone ({self.reader.poll()}): {order}")
        return json.loads(line)

    def tell(self, order):
        """What the reader says to that; nothing if it is gone."""
        try:
            self.reader.stdin.write(json.dumps(order) + "\n")
            self.reader.stdin.flush()
            line = self.reader.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            client_kit.stop(self.reader)
        return line

    def press(self, name, **more):
        """Presses a button, row, switch or menu item."""
        answer = self.order("press", name=name, **more)
        if "error" in answer:
            raise RuntimeError(f"“{name}”: {answer['error']}; there is {self.texts()}")

    def fill(self, name, text, **more):
        answer = self.order("fill", name=name, text=text, **more)
        if "error" in answer:
            raise RuntimeError(f"“{name}”: {answer['error']}; there is {self.texts()}")

    def focus(self, name, key="Tab"):
        """Goes from one thing to the next with the keyboard until that has the focus."""
        for _ in range(40):
            found = [node for node in self.nodes() if node["focused"]]
            if any(node["name"] == name for node in found):
                return
            self.key(key)
            time.sleep(0.1)
        raise RuntimeError(f"“{name}” is not reached with the keyboard")

    def sees(self, pattern, patience=30, **more):
        """Waits for something whose name matches."""
        return self.order("wait", pattern=pattern, patience=patience, **more).get("found")

    def delay(self, pattern):
        """How long this machine needs to see what is there, in seconds."""
        begun = time.monotonic()
        self.sees(pattern)
        return time.monotonic() - begun

    def expect(self, name, pattern, **more):
        found = self.sees(pattern, **more)
        # Titles are looked through at the end with all else that was said.
        self.client.printed += self.client.windows(self.env)
        self.client.say(name, not found and f"not seen: {pattern}; there is {self.texts()}")
        return found

    def nodes(self):
        return self.order("list").get("nodes", [])

    def texts(self):
        """All that can be read, without what only holds other things."""
        names = [node["name"] for node in self.nodes()
                 if node["name"] and node["role"] in ("label", "push button", "heading", "text",
                                                      "list item", "switch", "check box")]
        return [name for name in dict.fromkeys(names) if len(name) < 90 and "\n" not in name]

    def key(self, *keys):
        """Presses keys at the window that has the focus."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], env=self.env, check=True,
                       capture_output=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "5", "--file", "-"], env=self.env,
                       input=text, text=True, check=True, capture_output=True)

    def picture(self, name):
        return self.client.picture(self.env, name)

    @contextlib.contextmanager
    def offered(self, text):
        """Another program has that on the clipboard."""
        with subprocess.Popen([self.client.clipboard, "offer"], env=self.env, text=True,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            other.stdin.write(f"{text}\n")
            other.stdin.flush()
            other.stdout.readline()
            yield
            other.stdin.close()

    def copied(self):
        """What another program finds on the clipboard."""
        done = subprocess.run([self.client.clipboard, "read"], env=self.env, text=True,
                              capture_output=True, check=True)
        return done.stdout


class Person(client_kit.Client):
    """A client who has a window."""

    def __init__(self, barua, window, schemas):
        super().__init__(barua, None)
        self.program, self.schemas = window, schemas
        self.watched.add(window)

    @contextlib.contextmanager
    def window(self, size="760x680x24", **environment):
        with self.display(size) as env:
            window = Window(self, {**env, **environment}, self.program, self.schemas)
            try:
                yield window
            finally:
                window.close()


def complaints():
    """Yields what the window's libraries complained of."""
    path = os.path.join(ROOM, "log", "window")
    with contextlib.suppress(OSError), open(path, encoding="utf-8", errors="replace") as log:
        for line in log:
            if "CRITICAL" in line or ("WARNING" in line and "barua-window" in line):
                yield line.strip()


__all__ = ["HOME", "Person", "Window", "complaints", "missing"]
