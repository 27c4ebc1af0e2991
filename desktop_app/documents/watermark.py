"""The word DRAFT as five drawn letters, so that it lies under the text without mixing into its words."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, sin
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor

if TYPE_CHECKING:
    from desktop_app.documents.brush import Brush

_FORM = "draft-watermark"
# Letters in a field of 10 high, y up: (advance, outline, hole). A point of six numbers is a curve.
_LETTERS: tuple[tuple[float, tuple[tuple[tuple[float, ...], ...], ...]], ...] = (
    (
        8.6,
        (
            ((0, 0), (0, 10), (3.2, 10), (6.4, 10, 8, 8, 8, 5), (8, 2, 6.4, 0, 3.2, 0)),
            ((2, 1.7), (2, 8.3), (3.2, 8.3), (5.2, 8.3, 5.9, 7, 5.9, 5), (5.9, 3, 5.2, 1.7, 3.2, 1.7)),
        ),
    ),
    (
        8.2,
        (
            (
                (0, 0),
                (0, 10),
                (3.8, 10),
                (6, 10, 7.3, 9, 7.3, 7),
                (7.3, 5.6, 6.6, 4.7, 5.4, 4.2),
                (8, 0),
                (5.7, 0),
                (3.5, 3.8),
                (2, 3.8),
                (2, 0),
            ),
            ((2, 5.4), (2, 8.3), (3.6, 8.3), (4.8, 8.3, 5.3, 7.8, 5.3, 6.9), (5.3, 5.9, 4.8, 5.4, 3.6, 5.4)),
        ),
    ),
    (
        8.8,
        (
            ((0, 0), (3.3, 10), (5.5, 10), (8.8, 0), (6.7, 0), (6, 2.3), (2.8, 2.3), (2.1, 0)),
            ((3.3, 3.9), (5.5, 3.9), (4.4, 7.8)),
        ),
    ),
    (6.6, (((0, 0), (0, 10), (6, 10), (6, 8.3), (2, 8.3), (2, 5.8), (5.6, 5.8), (5.6, 4.1), (2, 4.1), (2, 0)),)),
    (7.4, (((2.6, 0), (2.6, 8.3), (0, 8.3), (0, 10), (7.2, 10), (7.2, 8.3), (4.6, 8.3), (4.6, 0)),)),
)
_GAP = 0.9


def draw_watermark(brush: Brush, width: float, height: float, colour: str) -> None:
    """Across the page from the lower left; the drawing is stored once in the file."""
    canvas = brush.canvas
    if not canvas.hasForm(_FORM):
        _store(brush, width, height, colour)
    with brush.aside():
        brush.structure.shape()
        canvas.doForm(_FORM)


def _store(brush: Brush, width: float, height: float, colour: str) -> None:
    canvas = brush.canvas
    canvas.beginForm(_FORM, 0, 0, width, height)
    canvas.setFillColor(HexColor(colour))
    length = sum(advance for advance, _ in _LETTERS) + _GAP * (len(_LETTERS) - 1)
    angle = atan2(height * 0.44, width * 0.86)
    scale = hypot(width * 0.78, height * 0.40) / length
    start_x = width / 2 - cos(angle) * length * scale / 2 + sin(angle) * 5 * scale
    start_y = height / 2 - sin(angle) * length * scale / 2 - cos(angle) * 5 * scale
    canvas.translate(start_x, start_y)
    canvas.rotate(degrees(angle))
    canvas.scale(scale, scale)
    at = 0.0
    path = canvas.beginPath()
    for advance, outlines in _LETTERS:
        for outline in outlines:
            path.moveTo(at + outline[0][0], outline[0][1])
            for point in outline[1:]:
                moved = [number + at if i % 2 == 0 else number for i, number in enumerate(point)]
                if len(point) == 2:
                    path.lineTo(*moved)
                else:
                    path.curveTo(*moved)
            path.close()
        at += advance + _GAP
    canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
    canvas.endForm()
