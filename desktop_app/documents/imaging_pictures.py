"""Roots and spine on paper: the same shapes as on the screen, in greys that stay apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents import picture_painter
from desktop_app.documents.slices import Slice
from desktop_app.documents.style import CONTROL, TEXT2, VOICES
from desktop_app.documents.tree import text
from desktop_app.documents.wrap import wrap
from desktop_app.pictures.correlation import correlation
from desktop_app.pictures.spine import spine

if TYPE_CHECKING:
    from desktop_app.documents.brush import Brush
    from desktop_app.documents.tree import Roots, Spine
    from desktop_app.pictures.drawing import Picture

_SCALE = 0.73  # points for a unit of the picture of the roots: its smallest words are then 8 points
_ROW = 19.5  # units of a root's line
_SPINE = 0.62  # points for a unit of the spine, at most


def roots(block: Roots, width: float) -> list[Slice]:
    """Signs and imaging by root, as wide as its column; a sentence while there is nothing to show."""
    if not block.legs:
        return [_empty(block.empty, width)]
    return [_slice(correlation(block.legs, width=width / _SCALE, row=_ROW, note=block.note), width, _SCALE)]


def spine_picture(block: Spine, width: float) -> list[Slice]:
    picture = spine(block.marks, small=picture_painter.LEAST / _SPINE)
    return [_slice(picture, width, min(_SPINE, width / picture.width))]


def _slice(picture: Picture, width: float, scale: float) -> Slice:
    left = max((width - picture.width * scale) / 2, 0.0)

    def draw(brush: Brush, x: float, y: float) -> None:
        picture_painter.paint_figure(brush, picture, x + left, y, scale)

    return Slice(picture.height * scale, draw, before=3.0)


def _empty(words: str, width: float) -> Slice:
    lines = wrap(text(words), VOICES["small"], width - 44)
    height = max(len(lines) * 12.0 + 18, 44)

    def draw(brush: Brush, x: float, y: float) -> None:
        brush.box(x, y, width, height, edge=CONTROL, line=1.1, radius=5, dashed=True)
        brush.mark("question", x + 12, y + height / 2 - 8, 16, TEXT2)
        brush.lines(x + 36, y + (height - len(lines) * 12.0) / 2, lines, VOICES["small"])

    return Slice(height, draw, before=4.0)
