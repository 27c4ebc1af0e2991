"""One picture, two painters: the same parts in the same places on screen and on paper."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import get_args

import pypdfium2
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents import picture_painter as paper
from desktop_app.documents.brush import Brush
from desktop_app.pictures.drawing import Area, Filling, Pattern, Picture, Role, Stroke, Words, box, disc, line
from desktop_app.widgets import picture_painter as screen
from desktop_app.widgets import theme
from desktop_app.widgets.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens

PICTURE = Picture(
    100,
    100,
    (
        Area(box(10, 10, 30, 30, 4), fill="text", key="solid"),
        Area(box(60, 10, 30, 30), fill="surface", edge="text", fillings=(Filling(Pattern.STRIPES, "text"),)),
        Area(disc(25, 75, 15), fill="surface", edge="text", fillings=(Filling(Pattern.DOTS, "text"),)),
        Area(box(60, 60, 30, 30), edge="text", dashed=True, fillings=(Filling(Pattern.HATCH, "text"),)),
        Stroke(line(((5, 50), (95, 50))), ink="text", width=2),
        Words(50, 98, "L4", size=12, weight=600, anchor="middle", halo="surface"),
    ),
)
PARTS = ((12, 12, 38, 38), (61, 11, 89, 39), (15, 65, 35, 85), (61, 61, 89, 89))


def on_screen(picture: Picture, size: int = 300) -> QImage:
    image = QImage(size, size, QImage.Format.Format_Grayscale8)
    image.fill(theme.colour("surface"))
    painter = QPainter(image)
    screen.paint(painter, picture, 0, 0, size / picture.width)
    painter.end()
    return image


def dark_on_screen(image: QImage, part: tuple[float, float, float, float]) -> float:
    k = image.width() / 100
    seen = [QColor(image.pixel(x, y)).lightness() for x in range(int(part[0] * k), int(part[2] * k), 2)
            for y in range(int(part[1] * k), int(part[3] * k), 2)]
    return sum(light < 128 for light in seen) / len(seen)


def dark_on_paper(picture: Picture, part: tuple[float, float, float, float]) -> float:
    file = BytesIO()
    canvas = Canvas(file, pagesize=(100, 100))
    paper.paint(Brush(canvas, 100), picture, 0, 0, 1.0)
    canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(file.getvalue())
    bitmap = document[0].render(scale=3, grayscale=True)
    left, top, right, bottom = (int(edge * 3) for edge in part)
    seen = [bitmap.buffer[y * bitmap.stride + x] for x in range(left, right) for y in range(top, bottom)]
    document.close()
    return sum(light < 128 for light in seen) / len(seen)


def test_every_role_has_a_colour_in_each_theme_and_on_paper() -> None:
    roles = {role for role in get_args(Role) if role}
    assert roles <= set(Tokens._fields)
    assert roles == set(paper.INKS)


@pytest.mark.parametrize("part", PARTS)
def test_what_is_filled_on_screen_is_filled_on_paper(qapp: QApplication, part: tuple[float, ...]) -> None:
    theme.apply(qapp, LIGHT.name)
    seen, printed = dark_on_screen(on_screen(PICTURE), part), dark_on_paper(PICTURE, part)
    if part == PARTS[0]:
        assert seen == printed == 1
    else:  # a pattern: some ink, some ground, in both
        assert 0.1 < seen < 0.7
        assert 0.1 < printed < 0.7


@pytest.mark.parametrize("name", [LIGHT.name, DARK.name, HIGH_CONTRAST.name])
def test_a_pattern_is_seen_in_every_theme(qapp: QApplication, name: str) -> None:
    theme.apply(qapp, name)
    bare = replace(PICTURE, shapes=tuple(replace(s, fillings=()) if isinstance(s, Area) else s for s in PICTURE.shapes))
    with_pattern, without = on_screen(PICTURE), on_screen(bare)
    for part in PARTS[1:]:
        assert dark_on_screen(with_pattern, part) != dark_on_screen(without, part)
    theme.apply(qapp, LIGHT.name)
