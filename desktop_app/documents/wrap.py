"""Break runs of text into lines of a given width. A word too long for its line is broken, never cut off."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop_app.documents.fonts import faces, printable
from desktop_app.documents.shaping import in_sight_order, is_complex, reads_from_right
from desktop_app.documents.style import TEXT2, TONES, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop_app.documents.fonts import Face
    from desktop_app.documents.tree import Run, Text

_VIRAMA = "\N{DEVANAGARI SIGN VIRAMA}"
_THIN = 0.05  # in parts of the size: less between two pieces is no space
MARK_EMS = 1.35  # an icon in the text takes the width of a wide letter

_BOUND = re.compile(r"(?<=«) | (?=»|[:;?!](?:\s|$))")
"""Spaces that French puts inside its quotation marks and before high signs: no line ends or begins with these."""

Part = tuple[str, str, str, str, float]
"""Of a word: letters, face, colour, icon in place of letters, width in points."""


@dataclass(slots=True)
class Piece:
    """Words of one face and colour on one line, or one icon."""

    x: float
    words: str
    face: str
    colour: str
    mark: str = ""
    from_right: bool = False  # a run that reads from right to left
    script: str = ""  # what shapes it; "" for letters that stand beside each other as they are


@dataclass(slots=True)
class Line:
    pieces: list[Piece]  # from left to right
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


@dataclass(slots=True)
class _Stretch:
    """Words of one look, each whole."""

    words: list[str]
    face: str
    colour: str


def bound(words: str) -> str:
    """``words`` with what French sets apart from a word, and yet on its line, held there."""
    return _BOUND.sub("\N{NO-BREAK SPACE}", words)


def _words(runs: Text, voice: Voice) -> Iterator[list[Part] | _Stretch]:
    """What may be put on lines: an unbreakable word as parts, or many words of one look; a line feed is an empty list.

    Only the first and the last word of a run may go on in its neighbours.
    """
    known, size = faces(), voice.size
    word: list[Part] = []
    for run in runs:
        face, colour = run_look(run, voice)
        if run.mark:
            word.append(("", face, colour, run.mark, MARK_EMS * size))
            continue
        width = known[face].width
        for number, paragraph in enumerate(bound(printable(run.text)).split("\n")):
            if number:
                if word:
                    yield word
                word = []
                yield []
            first, *others = paragraph.split(" ")
            if first:
                word.append((first, face, colour, "", width(first, size)))
            if not others:
                continue
            if word:
                yield word
                word = []
            last = others.pop()
            whole = [one for one in others if one]
            if whole:
                yield _Stretch(whole, face, colour)
            if last:
                word.append((last, face, colour, "", width(last, size)))
    if word:
        yield word


def _fits(words: str, face: Face, size: float, room: float) -> int:
    """How many letters of ``words`` fit, at least one; after a slash or hyphen where one is near."""
    if is_complex(words):
        return _fits_shaped(words, face, size, room)
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


def _fits_shaped(words: str, face: Face, size: float, room: float) -> int:
    """The same for letters that join or stack: a sign that belongs to the letter before it goes with that letter."""
    count = 1
    for end in range(2, len(words) + 1):
        if end < len(words) and combining_with_last(words[end - 1 : end + 1]):
            continue
        if face.width(words[:end], size) > room:
            break
        count = end
    return count


def combining_with_last(pair: str) -> bool:
    """Whether the second of two letters is drawn into the first, or both make one sign."""
    return unicodedata.category(pair[1]).startswith("M") or pair[0] == _VIRAMA


def in_sight(line: Line, size: float, *, from_right: bool) -> None:
    """Put the pieces of a line in the order in which they are seen, each of one direction and script."""
    known = faces()
    spaced: list[Piece] = []
    for at, piece in enumerate(line.pieces):
        if at and _gap(line.pieces[at - 1], piece, size):  # the space between two pieces takes part in the order
            spaced.append(Piece(0.0, " ", piece.face if not piece.mark else spaced[-1].face, piece.colour))
        spaced.append(piece)
    x = 0.0
    pieces: list[Piece] = []
    for run in in_sight_order(["" if piece.mark else piece.words for piece in spaced], from_right=from_right):
        source = spaced[run.source]
        if source.mark:
            pieces.append(Piece(x, "", source.face, source.colour, source.mark))
            x += MARK_EMS * size
            continue
        pieces.append(Piece(x, run.words, source.face, source.colour, "", run.from_right, run.script))
        x += known[source.face].width(run.words, size)
    line.pieces, line.width = pieces, x


def _gap(before: Piece, piece: Piece, size: float) -> bool:
    width = MARK_EMS * size if before.mark else faces()[before.face].width(before.words, size)
    return piece.x - before.x - width > size * _THIN


@lru_cache(maxsize=64)
def _gaps(size: float) -> dict[str, float]:
    """The width of a space in every face."""
    return {name: face.width(" ", size) for name, face in faces().items()}


class _Filler:
    """Fills lines word by word."""

    def __init__(self, voice: Voice, width: float, directions: list[bool], *, plain: bool) -> None:
        self.directions = directions  # of each part between line feeds: from right to left?
        self.plain = plain
        self.size = voice.size
        self.width = width
        self.known = faces()
        self.gaps = _gaps(voice.size)
        self.space = self.gaps[voice.normal]
        self.lines: list[Line] = []
        self.line = Line([], 0.0)
        self.used = 0.0

    def end_line(self, *, within_word: bool = False) -> None:
        if not within_word:
            self._space()
        self.line.width = self.used
        if not self.plain:
            in_sight(self.line, self.size, from_right=self.directions[0])
        self.lines.append(self.line)
        self.line = Line([], 0.0)
        self.used = 0.0

    def _space(self) -> None:
        """A drawn space after what stands there: whoever reads the file aloud must not run two words into one."""
        pieces = self.line.pieces
        if self.plain and pieces and not pieces[-1].mark:
            pieces[-1].words += " "

    def put(self, words: str, face: str, colour: str, mark: str, width: float, *, spaced: bool) -> None:
        pieces = self.line.pieces
        last = pieces[-1] if pieces else None
        if mark:
            x = self.used + (self.space if spaced else 0.0)
            pieces.append(Piece(x, "", face, colour, mark))
            self.used = x + width
            return
        gap = self.gaps[face] if spaced else 0.0
        if last is not None and not last.mark:
            joined = last.face == face and last.colour == colour
            if spaced and (joined or self.plain):
                last.words += " "
            if joined:
                last.words += words
                self.used += gap + width
                return
        pieces.append(Piece(self.used + gap, words, face, colour))
        self.used += gap + width

    def add(self, word: list[Part]) -> None:
        if not word:
            self.end_line()
            self.directions = self.directions[1:]
            return
        width = word[0][4] if len(word) == 1 else sum([part[4] for part in word])
        spaced = bool(self.line.pieces)
        if spaced and self.used + self.space + width > self.width + 0.01:
            self.end_line()
            spaced = False
        if width <= self.width + 0.01:
            for part in word:
                self.put(*part, spaced=spaced)
                spaced = False
            return
        for words, face, colour, mark, wide in word:
            rest = words
            if mark:
                if self.used + wide > self.width:
                    self.end_line()
                self.put("", face, colour, mark, wide, spaced=False)
                continue
            measure = self.known[face].width
            while rest:
                room = self.width - self.used
                left = measure(rest, self.size)
                if left <= room + 0.01:
                    self.put(rest, face, colour, "", left, spaced=False)
                    break
                if self.used and room < max(self.width * 0.3, measure(rest[0], self.size)):
                    self.end_line(within_word=bool(len(words) - len(rest)))
                    continue
                count = _fits(rest, self.known[face], self.size, room)
                self.put(rest[:count], face, colour, "", measure(rest[:count], self.size), spaced=False)
                rest = rest[count:]
                self.end_line(within_word=True)


    def add_all(self, stretch: _Stretch) -> None:
        """The same for words of one look, counted off line by line."""
        words, face, colour = stretch.words, stretch.face, stretch.colour
        widths = self.known[face].widths_of(words, self.size)
        gap, space, room = self.gaps[face], self.space, self.width + 0.01
        at, count = 0, len(words)
        while at < count:
            self.add([(words[at], face, colour, "", widths[at])])
            at += 1
            start, used = at, self.used
            while at < count and used + space + widths[at] <= room:
                used += gap + widths[at]
                at += 1
            if at > start and self.line.pieces:
                self.line.pieces[-1].words += " " + " ".join(words[start:at])
                self.used = used
            else:
                at = start


@lru_cache(maxsize=4096)
def _wrapped(runs: Text, voice: Voice, width: float) -> list[Line]:
    words = "".join(run.text for run in runs)
    plain = not is_complex(words)
    directions = [] if plain else [reads_from_right(part) for part in words.split("\n")]
    filler = _Filler(voice, width, directions, plain=plain)
    for found in _words(runs, voice):
        if isinstance(found, _Stretch):
            filler.add_all(found)
        else:
            filler.add(found)
    if filler.line.pieces:
        filler.end_line()
    return filler.lines


def forget() -> None:
    """Lines are kept while one document tries denser pages; nothing of a patient stays behind."""
    _wrapped.cache_clear()


def wrap(runs: Text, voice: Voice, width: float) -> list[Line]:
    """Lines of ``runs`` in ``voice``, none wider than ``width`` points. No text: no lines.

    Lines are broken in reading order; only then is each put in the order in which it is seen.
    """
    return list(_wrapped(runs, voice, width))
