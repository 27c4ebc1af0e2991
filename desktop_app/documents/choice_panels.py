"""The parts of the sheet with a patient's choices: a card for each choice, things to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.fonts import SEMIBOLD
from desktop_app.documents.slices import Slice
from desktop_app.documents.structure import Element, bullets
from desktop_app.documents.style import CONTROL, LINE, SURFACE, TEXT, VOICES, Voice
from desktop_app.documents.tree import bold, text
from desktop_app.documents.wrap import wrap

if TYPE_CHECKING:
    from desktop_app.documents.brush import Brush
    from desktop_app.documents.tree import ChoiceCard, TickLines

LARGE = VOICES["large"]
_TITLE = Voice(13.5, 18.0, SEMIBOLD, SEMIBOLD)
_LABEL = VOICES["label"]


def choice_card(block: ChoiceCard, width: float) -> list[Slice]:
    """Two columns of the same width; neither good nor bad is larger, bolder or coloured."""
    pad, gap = 12.0, 18.0
    half = (width - 2 * pad - gap) / 2
    title = wrap(text(block.title), _TITLE, width - 2 * pad)
    sides = [
        (wrap(text(label), _LABEL, half), wrap(text(words), LARGE, half)) for label, words in (block.good, block.bad)
    ]
    sure = wrap(text(bold(f"{block.sure[0]} "), block.sure[1]), VOICES["body"], width - 2 * pad)
    talk = wrap(text(bold(block.talk)), VOICES["body"], width - 2 * pad)
    tallest = max(len(label) * _LABEL.leading + len(lines) * LARGE.leading for label, lines in sides)
    head = 8 + len(title) * _TITLE.leading + 3
    below = len(sure) * VOICES["body"].leading
    height = head + tallest + 7 + below + len(talk) * VOICES["body"].leading + 8

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y, width, height, fill=SURFACE, edge=CONTROL, line=1.0, radius=6)
        with brush.heading(1):
            brush.lines(x + pad, y + 8, title, _TITLE)
        for place, (label, lines) in enumerate(sides):
            left = x + pad + place * (half + gap)
            brush.lines(left, y + head, label, _LABEL)
            brush.lines(left, y + head + len(label) * _LABEL.leading, lines, LARGE)
        brush.stroke_line(x + width / 2, y + head + 2, x + width / 2, y + head + tallest - 2, LINE, 0.8)
        brush.rule(x + pad, y + head + tallest + 4, x + width - pad, LINE, 0.8)
        brush.lines(x + pad, y + head + tallest + 7, sure, VOICES["body"])
        brush.lines(x + pad, y + head + tallest + 7 + below, talk, VOICES["body"])

    return [Slice(height, draw, before=8.0)]


def tick_lines(block: TickLines, width: float) -> list[Slice]:
    """Empty boxes to tick, read down the columns."""
    gap, indent = 14.0, 20.0
    each = (width - gap * (block.count - 1)) / block.count
    items = [wrap(text(words), LARGE, each - indent) for words in block.items]
    rows = -(-len(items) // block.count)
    columns = [items[at * rows : (at + 1) * rows] for at in range(block.count)]
    height = max(sum(len(lines) * LARGE.leading + 4 for lines in part) for part in columns)

    def draw(brush: Brush, x: float, y: float) -> None:
        with brush.part(bullets()):
            for place, part in enumerate(columns):
                left, at = x + place * (each + gap), y
                for lines in part:
                    brush.box(left, at + 3, 11, 11, fill=SURFACE, edge=TEXT, line=1.0, radius=2)
                    with brush.part(Element("LI")), brush.part(Element("LBody")):
                        brush.lines(left + indent, at, lines, LARGE)
                    at += len(lines) * LARGE.leading + 4

    return [Slice(height, draw, before=4.0)]
