"""Talks to a Thunderbird that was started with --marionette, as its own tests do.

Messages are "LENGTH:JSON" on TCP port 2828; commands are [0, id, name, parameters], answers
[1, id, error, result].
"""

import json
import socket
import time

PORT = 2828


class Marionette:
    def __init__(self, seconds=60):
        end = time.monotonic() + seconds
        while True:
            try:
                self.socket = socket.create_connection(("127.0.0.1", PORT), timeout=150)
                break
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
        self.buffer = b""
        self.number = 0
        self.read()
        self.call("WebDriver:NewSession", {})
        self.call("Marionette:SetContext", {"value": "chrome"})
        self.call("WebDriver:SetTimeouts", {"script": 120000})

    def more(self):
        part = self.socket.recv(65536)
        if not part:
            raise EOFError("Thunderbird has ended")
        self.buffer += part

    def read(self):
        while b":" not in self.buffer:
            self.more()
        length, self.buffer = self.buffer.split(b":", 1)
        while len(self.buffer) < int(length):
            self.more()
        text, self.buffer = self.buffer[:int(length)], self.buffer[int(length):]
        return json.loads(text)

    def call(self, name, parameters):
        self.number += 1
        text = json.dumps([0, self.number, name, parameters]).encode()
        self.socket.sendall(f"{len(text)}:".encode() + text)
        while True:
            answer = self.read()
            if answer[:2] == [1, self.number]:
                break
        if answer[2]:
            raise RuntimeError(f"{name}: {answer[2]}")
        return answer[3]

    def run(self, script, *values):
        """Runs the body of an async function in Thunderbird itself; returns what it returns."""
        body = f"""
          let [values, done] = [Array.from(arguments).slice(0, -1), arguments[arguments.length - 1]];
          (async (...values) => {{ {script} }})(...values).then(
            value => done({{ value: value === undefined ? null : value }}),
            error => done({{ error: String(error) + "\\n" + error.stack }}));"""
        answer = self.call("WebDriver:ExecuteAsyncScript", {"script": body, "args": list(values)})
        answer = answer["value"]
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["value"]

    def quit(self):
        try:
            self.call("Marionette:Quit", {"flags": ["eForceQuit"]})
        except (EOFError, OSError):
            pass
        self.socket.close()
