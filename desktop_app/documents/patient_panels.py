"""The framed parts of the patient's sheet: next steps, the emergency list, the question to answer in own words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.documents.fonts import BOLD, REGULAR, SEMIBOLD, faces, printable
from desktop_app.documents.picture_painter import paint
from desktop_app.documents.slices import Slice
from desktop_app.documents.structure import Element, bullets
from desktop_app.documents.style import CONTROL, SURFACE, TEXT, TONES, VOICES, Voice
from desktop_app.documents.tree import bold, text
from desktop_app.documents.wrap import Line, wrap
from desktop_app.pictures.signs import SIZE, sign

if TYPE_CHECKING:
    from desktop_app.documents.brush import Brush
    from desktop_app.documents.tree import AskBack, GetHelp, NextSteps

LARGE = VOICES["large"]
_APART = 3.0  # between two signs of the list
_TITLE = Voice(14.5, 19.5, SEMIBOLD, SEMIBOLD)
_NUMBER = Voice(24, 30, BOLD, BOLD, SURFACE)


def next_steps(block: NextSteps, width: float) -> list[Slice]:
    """A solid frame; the icon of each step stands before its first line."""
    pad, indent, gap = 14.0, 30.0, 6.0
    inner = width - 2 * pad
    voice = VOICES[block.style]
    title = wrap(text(block.title), _TITLE, inner)
    rows = [(icon, wrap(words, voice, inner - indent)) for icon, words in block.rows]
    head = len(title) * _TITLE.leading
    height = 10 + head + sum(len(lines) * voice.leading + gap for _, lines in rows) + 8

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y, width, height, edge=TEXT, line=1.4, radius=6)  # unfilled: DRAFT is seen through it
        with brush.heading(0):
            brush.lines(x + pad, y + 10, title, _TITLE)
        at = y + 10 + head + gap - 2
        for icon, lines in rows:
            brush.mark(icon, x + pad, at + 0.5, 17, TEXT)
            brush.lines(x + pad + indent, at, lines, voice)
            at += len(lines) * voice.leading + gap

    return [Slice(height, draw, before=10.0)]


def get_help(block: GetHelp, width: float) -> list[Slice]:
    """A filled band with the number at its right; below it the signs, each with its picture, in columns read down.

    ``by_picture``: three columns of large pictures with small words, else two columns of large words.
    """
    red = TONES["red"]
    pad, gap = 14.0, 18.0
    number_width = faces()[BOLD].width(printable(block.number), 24) if block.number else 150.0
    title_voice = Voice(17, 22, BOLD, BOLD, SURFACE)
    how_voice = Voice(11.5, 15.5, REGULAR, REGULAR, SURFACE)
    room = width - 2 * pad - 36 - number_width - 14
    title, how = wrap(text(block.title), title_voice, room), wrap(text(block.how), how_voice, room)
    number = wrap(text(block.number), _NUMBER, number_width + 2) if block.number else []
    band = max(len(title) * 22.0 + len(how) * 15.5, 30.0) + 18
    count, picture, voice = (3, 36.0, VOICES["small"]) if block.by_picture else (2, 18.0, LARGE)
    column = (width - 2 * pad - gap * (count - 1)) / count
    pictures = block.pictures or ("",) * len(block.items)
    items = [
        _Sign(name, wrap(text(words), voice, column - picture - 4), picture, voice)
        for name, words in zip(pictures, block.items, strict=True)
    ]
    rows = -(-len(items) // count)
    columns = [items[at : at + rows] for at in range(0, len(items), rows or 1)]
    together = [max(part[row].height for part in columns if row < len(part)) for row in range(rows)]
    heights = [together if block.by_picture else [one.height for one in part] for part in columns]
    height = band + 10 + max(map(sum, heights), default=0.0) + _APART * rows + 6

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y, width, height, edge=red, line=1.8, radius=6)
        brush.box(x, y, width, band, fill=red, radius=6)
        brush.box(x, y + band - 8, width, 8, fill=red)
        brush.mark("octagon", x + pad, y + band / 2 - 13, 26, SURFACE)
        top = y + (band - len(title) * 22.0 - len(how) * 15.5) / 2
        with brush.heading(0):
            brush.lines(x + pad + 36, top, title, title_voice)
        brush.lines(x + pad + 36, top + len(title) * 22.0, how, how_voice)
        if number:
            middle = y + (band - len(number) * _NUMBER.leading) / 2
            brush.lines(x, middle, number, _NUMBER, right=x + width - pad)
        else:  # a line to write the number on
            brush.box(x + width - pad - number_width, y + 10, number_width, band - 20, fill=SURFACE, radius=4)
        with brush.part(bullets()):
            for place, part in enumerate(columns):
                left, at = x + pad + place * (column + gap), y + band + 10
                for one, row_height in zip(part, heights[place], strict=False):
                    with brush.part(Element("LI")), brush.part(Element("LBody")):
                        one.draw(brush, left, at, row_height)
                    at += row_height + _APART

    return [Slice(height, draw, before=9.0)]


@dataclass(frozen=True, slots=True)
class _Sign:
    """One sign of the list: its picture, and its words beside it."""

    picture: str
    lines: list[Line]
    size: float
    voice: Voice

    @property
    def height(self) -> float:
        return max(len(self.lines) * self.voice.leading, self.size)

    def draw(self, brush: Brush, x: float, y: float, height: float) -> None:
        top = y + (height - self.size) / 2
        if self.picture:
            paint(brush.straight, sign(self.picture), brush.place(x, self.size), top, self.size / SIZE)
        else:
            brush.mark("octagon", x + self.size / 4, y + height / 2 - self.size / 4, self.size / 2, TONES["red"])
        brush.lines(x + self.size + 4, y + (height - len(self.lines) * self.voice.leading) / 2, self.lines, self.voice)


def ask_back(block: AskBack, width: float) -> list[Slice]:
    """The question with a line beside it, or beneath it where there is no room; without words a line alone."""
    lines = wrap(text(bold(block.words)), LARGE, width - 26)
    used = max((line.width for line in lines), default=-38.0) + 26 + 12
    beside = bool(lines) and width - used >= 110
    height = 8 + len(lines) * LARGE.leading + (0 if beside else 22)

    def draw(brush: Brush, x: float, y: float) -> None:
        if lines:
            brush.mark("question", x, y + 9.5, 16, TEXT)
        brush.lines(x + 26, y + 8, lines, LARGE)
        left = x + used if beside else x + (26 if lines else 0)
        brush.rule(left, y + height - 3, x + width, CONTROL, 0.9)

    return [Slice(height, draw, before=10.0, keep=block.keep, spare=block.spare)]
