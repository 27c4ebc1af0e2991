"""Lines to fill in by hand, and the slip at the foot of a letter that carries them back to the clinic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.slices import Slice
from desktop_app.documents.style import CONTROL, TEXT2, VOICES
from desktop_app.documents.tree import bold, quiet, text
from desktop_app.documents.wrap import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.documents.brush import Brush
    from desktop_app.documents.tree import LinesToFill, ReturnSlip
    from desktop_app.documents.wrap import Line

SMALL = VOICES["small"]
_LINE = 19.0
_GAP = 18.0  # between two columns


def return_slip(block: ReturnSlip, width: float) -> list[Slice]:
    """Two lines to fill in beside each other; a dashed rule to cut along above them."""
    head = [*wrap(text(bold(block.to)), SMALL, width), *wrap(text(quiet(block.about)), SMALL, width)]
    labels, lines = _labels(block.lines, width)
    above = 8 + len(head) * SMALL.leading

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.stroke_line(x, y + 1, x + width, y + 1, TEXT2, 0.8, dashed=True)
        brush.lines(x, y + 6, head, SMALL)
        _fill(brush, labels, x, y + above, width)

    return [Slice(above + lines + 4, draw, before=10.0)]


def lines_to_fill(block: LinesToFill, width: float) -> list[Slice]:
    """The same lines without a slip around them."""
    labels, height = _labels(block.labels, width)

    def draw(brush: Brush, x: float, y: float) -> None:
        _fill(brush, labels, x, y, width)

    return [Slice(height + 4, draw)]


def _labels(words: Sequence[str], width: float) -> tuple[list[list[Line]], float]:
    """The labels, each in its lines, and the height of them all in two columns."""
    labels = [wrap(text(one), SMALL, (width - _GAP) / 2 * 0.72) for one in words]
    return labels, sum(_rows(labels))


def _rows(labels: Sequence[list[Line]]) -> list[float]:
    pairs = (labels[at : at + 2] for at in range(0, len(labels), 2))
    return [max(_LINE, *(len(one) * SMALL.leading + 3 for one in pair)) for pair in pairs]


def _fill(brush: Brush, labels: Sequence[list[Line]], x: float, y: float, width: float) -> None:
    half = (width - _GAP) / 2
    base = y
    for row, height in enumerate(_rows(labels)):
        base += height
        for column, label in enumerate(labels[2 * row : 2 * row + 2]):
            left = x + column * (half + _GAP)
            brush.lines(left, base - len(label) * SMALL.leading, label, SMALL)
            used = max(line.width for line in label) + 6
            brush.rule(left + used, base, left + half, CONTROL, 0.8)
