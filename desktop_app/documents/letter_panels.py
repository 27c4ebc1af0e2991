"""The slip at the foot of a letter: a cut line, to whom it goes back, and lines to fill in by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.slices import Slice
from desktop_app.documents.style import CONTROL, TEXT2, VOICES
from desktop_app.documents.tree import bold, quiet, text
from desktop_app.documents.wrap import wrap

if TYPE_CHECKING:
    from desktop_app.documents.brush import Brush
    from desktop_app.documents.tree import ReturnSlip

SMALL = VOICES["small"]
_LINE = 19.0


def return_slip(block: ReturnSlip, width: float) -> list[Slice]:
    """Two lines to fill in beside each other; a dashed rule to cut along above them."""
    gap = 18.0
    half = (width - gap) / 2
    head = [*wrap(text(bold(block.to)), SMALL, width), *wrap(text(quiet(block.about)), SMALL, width)]
    labels = [wrap(text(one), SMALL, half * 0.6) for one in block.lines]
    rows = (len(labels) + 1) // 2
    height = 8 + len(head) * SMALL.leading + rows * _LINE + 4

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.stroke_line(x, y + 1, x + width, y + 1, TEXT2, 0.8, dashed=True)
        brush.lines(x, y + 6, head, SMALL)
        for number, label in enumerate(labels):
            left = x + (number % 2) * (half + gap)
            base = y + 8 + len(head) * SMALL.leading + (number // 2 + 1) * _LINE
            brush.lines(left, base - len(label) * SMALL.leading, label, SMALL)
            used = max(line.width for line in label) + 6
            brush.rule(left + used, base, left + half, CONTROL, 0.8)

    return [Slice(height, draw, before=10.0)]
