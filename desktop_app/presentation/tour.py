"""The tour without a window: its stops, where it stands, and that it can be left and taken up again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine.problems import Problems
from desktop_app.engine.reader import Node, read_file
from desktop_app.language import of_help, tr
from desktop_app.presentation import words

WORKLIST = "worklist"


@dataclass(frozen=True, slots=True)
class Stop:
    """A short note at one part of the window. ``at`` is the worklist or a step, ``part`` is "options" or empty."""

    id: str
    at: str
    part: str
    points_at: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Script:
    """The whole tour as written."""

    patient: str  # number of the training patient
    offer_title: str
    offer_text: str
    stops: tuple[Stop, ...]


def read(path: Path, say: Callable[[str], str] | None = None) -> Script:
    """Read the tour, as ``say`` gives each sentence, else in the language of the screens. Raises ``ContentError`` with
    line and column for whatever is missing.
    """
    problems = Problems()
    top = read_file(path, problems, path.name)
    problems.finish()
    if top is None:  # ``finish`` has raised why
        raise LookupError(path.name)
    offer = top.need("offer")
    say = say or of_help() or str
    script = Script(top.need("patient").text(), say(offer.need("title").text()), say(offer.need("text").text()),
                    tuple(_stop(node, say) for node in top.need("stops").items()))
    problems.finish()
    return script


def _stop(node: Node, say: Callable[[str], str]) -> Stop:
    place, _, part = node.need("at").text().partition("/")
    return Stop(node.need("id").text(), place, part, node.need("points_at").text(), say(node.need("title").text()),
                say(node.need("text").text()))


class Tour:
    """Where the tour stands. Leaving keeps the place; after the last stop it begins anew."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.index = 0
        self.on = False
        self.offered = False

    @property
    def stop(self) -> Stop:
        return self.script.stops[self.index]

    @property
    def last(self) -> bool:
        return self.index == len(self.script.stops) - 1

    @property
    def place(self) -> str:
        """Its place in words, for the note."""
        return tr("{value} of {stops}").format(value=self.index + 1, stops=len(self.script.stops))

    @property
    def invitation(self) -> str:
        """What the link in Help says."""
        if self.index:
            return tr("Go on with the tour ({place})").format(place=self.place)
        return tr("Five-minute tour")

    def start(self) -> None:
        self.on = self.offered = True

    def go_on(self) -> bool:
        """To the next stop; False when the last one is over."""
        if self.last:
            self.on, self.index = False, 0
            return False
        self.index += 1
        return True

    def go_back(self) -> bool:
        if not self.index:
            return False
        self.index -= 1
        return True

    def leave(self) -> None:
        self.on = False

    @property
    def length(self) -> str:
        return words.count(len(self.script.stops), "stop")
