"""The map on paper has the zones of the map on screen: the same shapes, filled with the same patterns."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents import body_map
from desktop_app.documents.brush import Brush
from desktop_app.documents.tree import BodyMap
from desktop_app.pictures.body import ZONES, Marks, State, body
from desktop_app.pictures.drawing import Area, Stroke
from desktop_app.pictures.drawing import Path as Outline
from desktop_app.pictures.sides import SIDES

PLACES = [(zone, side) for zone in ZONES for side in SIDES]
MARKS = Marks(
    {place: State.MARKED if place == ("L4", "left") else State.NORMAL for place in PLACES},
    {place: State.MARKED if place == ("S3", "right") else State.NOT_ASKED for place in PLACES},
)


class Noting(Brush):
    """Remembers every outline that is filled, edged or clipped to, and the patterns drawn in it."""

    def __init__(self) -> None:
        super().__init__(Canvas(BytesIO(), pagesize=(600, 600)), 600)
        self.outlines: list[Outline] = []
        self.filled: dict[Outline, list[str]] = {}

    def path(self, path_steps: Outline, *_args: object, **_options: object) -> None:  # type: ignore[override]
        self.outlines.append(path_steps)

    def clip(self, path_steps: Outline, x: float, y: float, scale: float) -> None:  # type: ignore[override]
        super().clip(path_steps, x, y, scale)
        self.filled[path_steps] = []

    def stripes(self, *args: float, **options: float) -> None:  # type: ignore[override]
        self.filled[next(reversed(self.filled))].append("stripes")

    def dots(self, *args: float, **options: float) -> None:  # type: ignore[override]
        self.filled[next(reversed(self.filled))].append("dots")


@pytest.mark.parametrize("whole", [True, False])
def test_paper_draws_the_zones_of_the_screen(whole: bool) -> None:
    brush = Noting()
    (one,) = body_map.slices(BodyMap(MARKS, whole), 300)
    one.draw(brush, 10, 10)
    shown = [shape for shape in body(MARKS, whole=whole).shapes if isinstance(shape, Area)]
    lines = [shape for shape in body(MARKS, whole=whole).shapes if isinstance(shape, Stroke)]
    assert {shape.path for shape in (*shown, *lines)} == set(brush.outlines)
    patterned = {shape.path: [f.pattern.value for f in shape.fillings] for shape in shown if shape.fillings}
    assert brush.filled == patterned


def test_it_fits_its_column() -> None:
    for width in (70.0, 160.0, 300.0):
        for whole in (True, False):
            picture = body(MARKS, whole=whole)
            (one,) = body_map.slices(BodyMap(MARKS, whole), width)
            assert one.height <= picture.height * width / picture.width + 0.01
