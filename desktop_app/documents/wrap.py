"""Break runs of text into lines of a given width. A word too long for its line is broken, never cut off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.documents.fonts import faces, printable
from desktop_app.documents.style import TEXT2, TONES, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop_app.documents.fonts import Face
    from desktop_app.documents.tree import Run, Text

MARK_EMS = 1.35  # an icon in the text takes the width of a wide letter


@dataclass(slots=True)
class Piece:
    """Words of one face and colour on one line, or one icon."""

    x: float
    words: str
    face: str
    colour: str
    mark: str = ""


@dataclass(slots=True)
class Line:
    pieces: list[Piece]
    width: float


def run_look(run: Run, voice: Voice) -> tuple[str, str]:
    """Face and colour of a run in a voice."""
    if run.tone:
        colour = TONES[run.tone]
    elif run.quiet:
        colour = TEXT2
    else:
        colour = voice.colour
    return (voice.strong if run.bold else voice.normal), colour


def _words(runs: Text, voice: Voice) -> Iterator[list[tuple[str, str, str, str]]]:
    """The unbreakable words, each as parts (words, face, colour, mark); a line feed is an empty list."""
    word: list[tuple[str, str, str, str]] = []
    for run in runs:
        face, colour = run_look(run, voice)
        if run.mark:
            word.append(("", face, colour, run.mark))
            continue
        paragraphs = printable(run.text).split("\n")
        for number, paragraph in enumerate(paragraphs):
            if number:
                if word:
                    yield word
                word = []
                yield []
            parts = paragraph.split(" ")
            for position, part in enumerate(parts):
                if position and word:
                    yield word
                    word = []
                if part:
                    word.append((part, face, colour, ""))
    if word:
        yield word


def _fits(words: str, face: Face, size: float, room: float) -> int:
    """How many letters of ``words`` fit, at least one; after a slash or hyphen where one is near."""
    used, count = 0.0, 0
    for letter in words:
        used += face.widths.get(ord(letter), face.default) * size * 0.001
        if used > room:
            break
        count += 1
    count = max(count, 1)
    for back in range(count, max(count // 2, 0), -1):
        if words[back - 1] in "/-_,;.@":
            return back
    return count


class _Filler:
    """Fills lines word by word."""

    def __init__(self, voice: Voice, width: float) -> None:
        self.size = voice.size
        self.width = width
        self.known = faces()
        self.space = self.known[voice.normal].width(" ", voice.size)
        self.lines: list[Line] = []
        self.line = Line([], 0.0)
        self.used = 0.0

    def end_line(self) -> None:
        self.line.width = self.used
        self.lines.append(self.line)
        self.line = Line([], 0.0)
        self.used = 0.0

    def put(self, words: str, face: str, colour: str, mark: str, *, spaced: bool) -> None:
        pieces = self.line.pieces
        if mark:
            x = self.used + (self.space if spaced else 0.0)
            pieces.append(Piece(x, "", face, colour, mark))
            self.used = x + MARK_EMS * self.size
            return
        width = self.known[face].width(words, self.size)
        last = pieces[-1] if pieces else None
        gap = self.known[face].width(" ", self.size) if spaced else 0.0
        if last is not None and not last.mark and last.face == face and last.colour == colour:
            last.words += (" " if spaced else "") + words
        else:
            pieces.append(Piece(self.used + gap, words, face, colour))
        self.used += gap + width

    def width_of(self, word: list[tuple[str, str, str, str]]) -> float:
        return sum(
            MARK_EMS * self.size if mark else self.known[face].width(words, self.size) for words, face, _, mark in word
        )

    def add(self, word: list[tuple[str, str, str, str]]) -> None:
        if not word:
            self.end_line()
            return
        width = self.width_of(word)
        spaced = bool(self.line.pieces)
        if spaced and self.used + self.space + width > self.width + 0.01:
            self.end_line()
            spaced = False
        if width <= self.width + 0.01:
            for part in word:
                self.put(*part, spaced=spaced)
                spaced = False
            return
        for words, face, colour, mark in word:
            rest = words
            if mark:
                if self.used + MARK_EMS * self.size > self.width:
                    self.end_line()
                self.put("", face, colour, mark, spaced=False)
                continue
            while rest:
                room = self.width - self.used
                if self.known[face].width(rest, self.size) <= room + 0.01:
                    self.put(rest, face, colour, "", spaced=False)
                    break
                if self.used and room < max(self.width * 0.3, self.known[face].width(rest[0], self.size)):
                    self.end_line()
                    continue
                count = _fits(rest, self.known[face], self.size, room)
                self.put(rest[:count], face, colour, "", spaced=False)
                rest = rest[count:]
                self.end_line()


def wrap(runs: Text, voice: Voice, width: float) -> list[Line]:
    """Lines of ``runs`` in ``voice``, none wider than ``width`` points. No text: no lines."""
    filler = _Filler(voice, width)
    for word in _words(runs, voice):
        filler.add(word)
    if filler.line.pieces:
        filler.end_line()
    return filler.lines
