"""Signs and imaging by root as a small picture drawn as vectors.

Patterns carry the meaning (solid, stripes, dots, dashes); colour only repeats it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.fonts import BOLD, REGULAR, SEMIBOLD, faces
from desktop_app.documents.slices import Slice
from desktop_app.documents.style import ACCENT, CONTROL, SURFACE, TEXT, TEXT2, TEXT3, VOICES, Voice
from desktop_app.documents.tree import text
from desktop_app.documents.wrap import wrap

if TYPE_CHECKING:
    from desktop_app.documents.brush import Brush
    from desktop_app.documents.tree import Chart, RootRow
    from desktop_app.documents.wrap import Line

_LABEL = Voice(8.0, 10.4, REGULAR, SEMIBOLD, TEXT2)
_UNIT = 10.0  # points of width for one point of weight
_BLOCK = 11.0
_KINDS = ("power", "reflex", "sensation", "pain")
_NAMES = {"power": "Power", "reflex": "Reflex", "sensation": "Sensation", "pain": "Pain"}


def block(brush: Brush, kind: str, x: float, y: float, width: float, height: float) -> None:
    """One kind of sign: power near-black, reflex accent with a bar, sensation dots, pain stripes."""
    if kind == "power":
        brush.box(x, y, width, height, fill=TEXT)
        return
    if kind == "reflex":
        brush.box(x, y, width, height, fill=ACCENT)
        brush.rule(x + 1.5, y + height / 2, x + width - 1.5, SURFACE, 1.0)
        return
    brush.box(x, y, width, height, fill=SURFACE)
    if kind == "sensation":
        brush.dots(x, y, width, height, TEXT)
    else:
        brush.stripes(x, y, width, height, ACCENT)
    brush.box(x, y, width, height, edge=TEXT, line=0.7)


def chart(chart_block: Chart, width: float) -> list[Slice]:
    if not chart_block.rows:
        return [_empty(chart_block.empty, width)]
    left = width * 0.38  # signs end here
    root_width = 26.0
    right = left + root_width
    most = max((row.total + sum(weight for _, weight in row.possible) for row in chart_block.rows), default=0)
    unit = min(_UNIT, (left - 26) / max(most, 1))
    head = ("Signs, " + chart_block.side if chart_block.side else "Signs", "On imaging")
    slices = [_chart_head(head, left, right)]
    slices += [_chart_row(row, left, right, width, unit) for row in chart_block.rows]
    kinds = [kind for kind in _KINDS if any(k == kind for row in chart_block.rows for k, _ in row.blocks)]
    dashed = any(row.possible for row in chart_block.rows)
    slices.append(_legend(kinds, chart_block.note, width, dashed=dashed))
    for one in slices[:-1]:
        one.keep = True
    return slices


def _empty(words: str, width: float) -> Slice:
    lines = wrap(text(words), VOICES["small"], width - 44)
    height = max(len(lines) * 12.0 + 18, 44)

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y, width, height, edge=CONTROL, line=1.1, radius=5, dashed=True)
        brush.mark("question", x + 12, y + height / 2 - 8, 16, TEXT2)
        brush.lines(x + 36, y + (height - len(lines) * 12.0) / 2, lines, VOICES["small"])

    return Slice(height, draw, before=4.0)


def _chart_head(head: tuple[str, str], left: float, right: float) -> Slice:
    def draw(brush: Brush, x: float, y: float) -> None:
        brush.words_right(x + left, y + 9, head[0], SEMIBOLD, 8, TEXT2)
        brush.words(x + right, y + 9, head[1], SEMIBOLD, 8, TEXT2)

    return Slice(14, draw, before=3.0)


def _chart_row(row: RootRow, left: float, right: float, width: float, unit: float) -> Slice:
    room = width - right - 5
    discs = 3 * 8.5 + 4 if row.discs else 0.0
    words = wrap(
        text(row.imaged),
        Voice(8.0, 10.4, SEMIBOLD if row.discs else REGULAR, SEMIBOLD, TEXT if row.discs else TEXT3),
        room - discs,
    )
    height = max(15.6, len(words) * 10.4 + 5)
    middle = height / 2

    def draw(brush: Brush, x: float, y: float) -> None:
        if row.framed:
            brush.box(x, y + 0.5, width, height - 1, fill=SURFACE, edge=ACCENT, line=1.4, radius=5)
        at = x + left
        for kind, weight in sorted(row.blocks, key=lambda b: _KINDS.index(b[0]) if b[0] in _KINDS else 9):
            at -= weight * unit
            block(brush, kind, at + 0.6, y + middle - _BLOCK / 2, weight * unit - 1.2, _BLOCK)
        for _, weight in row.possible:
            at -= weight * unit
            brush.box(
                x=at + 0.9,
                y=y + middle - _BLOCK / 2 + 0.3,
                width=weight * unit - 1.8,
                height=_BLOCK - 0.6,
                edge=CONTROL,
                line=0.7,
                dashed=True,
            )
        if row.blocks:
            brush.words_right(at - 4, y + middle + 3, str(row.total), SEMIBOLD, 8.5, TEXT)
        elif row.possible:
            brush.words_right(at - 3, y + middle + 3, "open", REGULAR, 8, TEXT3)
        else:
            brush.words_right(x + left - 1, y + middle + 3, "none", REGULAR, 8, TEXT3)
        brush.words_centred(
            x + (left + right) / 2, y + middle + 3.2, row.root, BOLD if row.framed else SEMIBOLD, 9, TEXT
        )
        if row.discs:
            for number in range(3):
                brush.disc(
                    x + right + 3.6 + number * 8.5,
                    y + middle,
                    3.2,
                    fill=TEXT if number < row.discs else "",
                    edge=TEXT if number < row.discs else CONTROL,
                )
        elif not row.known:
            brush.disc(x + right + 3.6, y + middle, 3.2, edge=CONTROL, dashed=True)
        shift = discs if row.discs else (11.0 if not row.known else 0.0)
        brush.lines(x + right + shift, y + (height - len(words) * 10.4) / 2, words, _LABEL)

    return Slice(height, draw)


def _legend(kinds: list[str], note: str, width: float, *, dashed: bool) -> Slice:
    lines: list[Line] = wrap(text(note), VOICES["caption"], width) if note else []

    def draw(brush: Brush, x: float, y: float) -> None:
        at = x
        for kind in kinds:
            block(brush, kind, at, y + 3, 12, 7)
            brush.words(at + 15, y + 9.3, _NAMES[kind], REGULAR, 8.0, TEXT2)
            at += 15 + faces()[REGULAR].width(_NAMES[kind], 8.0) + 9
        if dashed:
            brush.box(at, y + 3, 12, 7, edge=CONTROL, line=0.7, dashed=True)
            brush.words(at + 15, y + 9.3, "Not answered", REGULAR, 8.0, TEXT2)
        brush.lines(x, y + (13 if kinds or dashed else 1), lines, VOICES["caption"])

    return Slice((13 if kinds or dashed else 1) + len(lines) * VOICES["caption"].leading, draw, before=2.0)
