"""The body map on paper: the same shapes as on the screen, small on the first page, whole in the annex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents import picture_painter
from desktop_app.documents.slices import Slice
from desktop_app.pictures.body import body, size

if TYPE_CHECKING:
    from desktop_app.documents.brush import Brush
    from desktop_app.documents.tree import BodyMap

_SMALL, _WHOLE = 0.268, 0.46  # points for a unit of the picture, at most


def slices(block: BodyMap, width: float) -> list[Slice]:
    """One slice with the map in the middle of its column."""
    across, down = size(whole=block.whole)
    scale = min(_WHOLE if block.whole else _SMALL, width / across)
    left = (width - across * scale) / 2

    def draw(brush: Brush, x: float, y: float) -> None:
        picture_painter.paint_figure(brush, body(block.marks, whole=block.whole), x + left, y, scale)

    return [Slice(down * scale, draw, before=4.0)]
