"""The medicines' time line on paper: the same shapes as on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents import picture_painter
from desktop_app.documents.slices import Slice
from desktop_app.pictures.timeline import timeline

if TYPE_CHECKING:
    from desktop_app.documents.brush import Brush
    from desktop_app.documents.tree import TimeLine

_MOST = 0.72  # points for a unit of the picture


def slices(block: TimeLine, width: float) -> list[Slice]:
    """One slice, never split: a line without its axis says nothing."""
    picture = timeline(block.courses, block.today)
    scale = min(_MOST, width / picture.width)

    def draw(brush: Brush, x: float, y: float) -> None:
        picture_painter.paint_figure(brush, picture, x, y, scale)

    return [Slice(picture.height * scale, draw, before=6.0)]
