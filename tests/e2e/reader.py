#!/usr/bin/python3
"""Reads and works a window as a screen reader does: over AT-SPI, for window_kit.

One JSON object a line on standard input, {"do": …, "name": …}, one a line as the answer.
Debian's own Python has the bindings, whichever Python the tests run with.
"""

import json
import re
import sys
import time

import pyatspi

PATIENCE = 30
BUTTONS = ("push button", "toggle button", "check box", "switch", "radio button", "list item",
           "menu item", "link")
FIELDS = ("text", "entry", "password text")


def ask(question, otherwise=None):
    """Asks the program; what went away meanwhile, or says nothing, is not there."""
    try:
        return question()
    except (LookupError, RuntimeError, AttributeError, NotImplementedError):
        return otherwise
    except Exception as error:  # GLib's own errors have no common class here.
        if "Error" not in type(error).__name__:
            raise
        return otherwise


def walk(node):
    """All that can be seen; an application itself has no state."""
    if (ask(node.getRole) != pyatspi.ROLE_APPLICATION
            and not ask(lambda: node.getState().contains(pyatspi.STATE_VISIBLE))):
        return
    yield node
    for index in range(ask(lambda: node.childCount, 0)):
        child = ask(lambda number=index: node.getChildAtIndex(number))
        if child is not None:
            yield from walk(child)


def application(name):
    desktop = pyatspi.Registry.getDesktop(0)
    for index in range(desktop.childCount):
        found = desktop.getChildAtIndex(index)
        if found is not None and found.name == name:
            return found
    return None


def every(order):
    root = application(order["application"])
    if root is None:
        return []
    # What changed since is not always told of.
    ask(root.clear_cache)
    return [node for node in walk(root)
            if not order.get("roles") or ask(node.getRoleName) in order["roles"]]


def matches(node, order):
    name = node.name or ""
    if "pattern" in order:
        return re.search(order["pattern"], name, re.S) is not None
    return name == order["name"]


def find(order):
    """Waits for what is meant; of several, the last that was made visible."""
    end = time.monotonic() + order.get("patience", PATIENCE)
    late = False
    while True:
        found = [node for node in every(order)
                 if ask(lambda seen=node: matches(seen, order))]
        if order.get("enabled"):
            found = [node for node in found
                     if ask(lambda seen=node: seen.getState().contains(
                         pyatspi.STATE_SENSITIVE))]
        if found or late:
            return found[order.get("index", -1)] if found else None
        # What goes away while it is asked answers late: then all is looked at once more.
        late = time.monotonic() > end
        time.sleep(0.05)


def press(order):
    node = find({"roles": BUTTONS, "enabled": True, **order})
    if node is None:
        return {"error": "not there"}
    # The button inside a menu button or row is the one that can be pressed.
    for candidate in (node, *walk(node)):
        try:
            action = candidate.queryAction()
        except NotImplementedError:
            continue
        if action.nActions > 0 and action.doAction(0):
            return {"role": candidate.getRoleName()}
    return {"error": f"{node.getRoleName()} “{node.name}” cannot be pressed"}


def fill(order):
    node = find({"roles": FIELDS, **order})
    if node is None:
        return {"error": "not there"}
    if order["text"] and not node.queryEditableText().setTextContents(order["text"]):
        return {"error": "cannot be filled"}
    return {}


def describe(node):
    states = node.getState()
    return {"role": node.getRoleName(), "name": node.name or "",
            "description": node.description or "",
            "enabled": states.contains(pyatspi.STATE_SENSITIVE),
            "focused": states.contains(pyatspi.STATE_FOCUSED),
            "checked": states.contains(pyatspi.STATE_CHECKED)}


def read(order):
    """The text of a field, as whoever listens on the bus gets it."""
    node = find({"roles": FIELDS, **order})
    text = node.queryText() if node is not None else None
    return {"text": text.getText(0, text.characterCount) if text is not None else None}


ORDERS = {
    "press": press,
    "fill": fill,
    "read": read,
    "wait": lambda order: {"found": describe(node)} if (node := find(order)) else {},
    "list": lambda order: {"nodes": list(filter(None, (
        ask(lambda seen=node: describe(seen)) for node in every(order))))},
}


def main():
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer = ORDERS[order["do"]](order)
        except Exception as error:  # Whatever it is: the test is told.
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
