"""What a screen reader sees and does, for the scripts beside this file; imported by the system's Python alone.

It knows nothing of the program but what the accessibility bus tells (AT-SPI): what has the keyboard comes as the bus's
own event, controls are found by name and role and pressed by their action, and keys are sent to the screen where a
person would type.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Collection, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  the version has to be named before

LONGEST = 20  # seconds until what is waited for must have happened
GLANCE = 10  # ms between two looks while nothing is told
NAME = "lumbar-pathway"
OPEN = "Not asked"
MISTAKE = "Write the patient's name."
BUTTON = {"push button"}
WORDS = {"text", "password text"}
TAKES_KEYBOARD = BUTTON | WORDS | {"check box", "combo box", "radio button"}
WINDOWS = {"application", "frame", "dialog"}
State = Atspi.StateType
Node = Atspi.Accessible


def tell(**what: object) -> None:
    print(json.dumps(what), flush=True)


def name(node: Node) -> str:
    """Empty for what has gone since it was found: a question that was answered goes while it is read."""
    try:
        return str(node.get_name() or "")
    except GLib.Error:
        return ""


def role(node: Node) -> str:
    """Empty for what has gone since it was found."""
    try:
        return str(node.get_role_name())
    except GLib.Error:
        return ""


def has(node: Node, *states: Atspi.StateType) -> bool:
    found = node.get_state_set()
    return all(found.contains(state) for state in states)


def everything(node: Node) -> Iterator[Node]:
    """What is on the screen now, in the order of the tree; asked afresh, never from the client's memory."""
    try:
        node.clear_cache()
        if not has(node, State.SHOWING):
            return
        count = node.get_child_count()
    except GLib.Error:  # gone since its parent told of it
        return
    yield node
    for number in range(count):
        try:
            child = node.get_child_at_index(number)
        except GLib.Error:
            continue
        if child is not None:
            yield from everything(child)


class Reader:
    def __init__(self) -> None:
        Atspi.init()
        self._context = GLib.MainContext.default()
        self._keyboard: Node | None = None
        self.announced: list[str] = []  # what was said without being asked for
        self._listener = Atspi.EventListener.new(self._told)
        self._listener.register("object:state-changed:focused")
        self._listener.register("object:announcement")

    def _told(self, event: Atspi.Event) -> None:
        if event.type.startswith("object:announcement"):
            self.announced.append(str(event.any_data))
        elif event.detail1:
            self._keyboard = event.source

    def until(self, what: str, look: Callable[[], Any]) -> Any:
        """What ``look`` finds, as soon as it finds something; what goes while it is read is read again."""
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            try:
                found = look()
            except GLib.Error:
                found = None
            if found:
                return found
            glance = GLib.timeout_add(GLANCE, lambda: True)
            self._context.iteration(True)  # until something is told, or for one glance
            GLib.source_remove(glance)
            while self._context.pending():
                self._context.iteration(False)
        on_screen = [f"{role(n)} {name(n)}" for n in self.screen() if name(n)]
        raise SystemExit(f"after {LONGEST} s still not there: {what}. On the screen: {on_screen}")

    # --- what stands on the screen --------------------------------------------------------------------

    def windows(self) -> list[Node]:
        """Of the program, the last opened first."""
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for number in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(number)
            if program is not None and name(program) == NAME:
                program.clear_cache()
                found = (program.get_child_at_index(n) for n in range(program.get_child_count()))
                return [window for window in found if window is not None][::-1]
        return []

    def screen(self) -> Iterator[Node]:
        for window in self.windows():
            yield from everything(window)

    def find(self, roles: Collection[str], start: str, *, whole: bool = False, other_than: str = "") -> Node | None:
        """The first of these roles whose name begins so, or is this ``whole`` one."""
        for node in self.screen():
            words = name(node)
            fits = words == start if whole else words.startswith(start)
            if fits and words != other_than and role(node) in roles:
                return node
        return None

    def keyboard(self) -> Node | None:
        """What has the keyboard, once it has a name."""
        node = self._keyboard
        if node is not None:
            try:
                node.clear_cache()
                if not has(node, State.FOCUSED):
                    node = self._keyboard = None
            except GLib.Error:
                node = self._keyboard = None
        if node is None:
            node = next((n for n in self.screen() if role(n) not in WINDOWS and has(n, State.FOCUSED)), None)
            self._keyboard = node
        return node if node is not None and name(node).strip() else None

    def step(self) -> str:
        """The step in sight: a page bears the name that stands in the list of steps."""
        steps, named = {}, set()
        for node in self.screen():
            if role(node) in BUTTON and name(node).startswith("Step ") and ", " in name(node):
                steps[name(node).split(", ", 1)[1].rsplit(":", 1)[0]] = name(node)
            elif role(node) == "filler":
                named.add(name(node))
        return next((title for title in steps if title in named), "")

    def nameless(self) -> list[str]:
        """Roles of what takes the keyboard and has no name, on this page."""
        return [role(node) for node in self.screen()
                if role(node) in TAKES_KEYBOARD and has(node, State.FOCUSABLE) and not name(node).strip()]

    # --- what a hand does -----------------------------------------------------------------------------

    def press(self, start: str, roles: Collection[str] = frozenset(BUTTON), *, whole: bool = False) -> None:
        """The action that the program offers for it, once it can be pressed."""

        def ready() -> Node | None:
            node = self.find(roles, start, whole=whole)
            return node if node is not None and has(node, State.ENABLED, State.SENSITIVE) else None

        self.act(self.until(f"“{start}” to be pressed", ready))

    @staticmethod
    def act(node: Node) -> None:
        actions = node.get_action_iface()
        offered = [Atspi.Action.get_action_name(actions, n).lower() for n in range(Atspi.Action.get_n_actions(actions))]
        wanted = next(action for action in ("press", "toggle") if action in offered)
        Atspi.Action.do_action(actions, offered.index(wanted))

    def write(self, field: str, text: str) -> None:
        node = self.until(f"the field “{field}”", lambda: self.find(WORDS, field))
        Atspi.EditableText.set_text_contents(node.get_editable_text_iface(), text)

    @staticmethod
    def type_keys(keys: list[str]) -> None:
        """To whatever has the keyboard; the server of the screen takes them as from a keyboard."""
        subprocess.run(["xdotool", "key", "--delay", "25", *keys], check=True)


def begin_consultation(reader: Reader, passphrase: str) -> None:
    """From the locked program to the first question about a new patient."""
    reader.until("the program", reader.windows)
    reader.write("Passphrase", passphrase)
    reader.press("Unlock")
    reader.press("New patient")
    reader.press("Begin consultation")  # in a hurry: the mistake is said, not only shown
    reader.until(f"“{MISTAKE}” to be said", lambda: any(MISTAKE in words for words in reader.announced))
    for field, text in (("Name", "Marta Lindqvist"), ("Number", "TR-0077"), ("Date of birth", "3 Mar 1954")):
        reader.write(field, text)
    reader.press("Female", {"check box"}, whole=True)
    reader.press("Begin consultation")
    reader.until("the first question", lambda: (n := reader.keyboard()) and name(n).endswith(OPEN))
