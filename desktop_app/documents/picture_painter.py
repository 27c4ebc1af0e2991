"""Paints a picture on paper; what a colour says on screen is said here by lightness and pattern too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents import style
from desktop_app.documents.fonts import BOLD, REGULAR, SEMIBOLD, faces, printable
from desktop_app.pictures.drawing import Area, Pattern, Picture, Stroke, Words, bounds

if TYPE_CHECKING:
    from desktop_app.documents.brush import Brush

LEAST = 8.0  # points: nothing on paper is set smaller
_LINE = 0.62  # points for one px of line width on screen
_OVER = 3.6  # points between dots over another pattern, so that both are seen
_FACES = {400: REGULAR, 600: SEMIBOLD, 700: BOLD}

# Soft fills stay lighter and strong colours darker than half, so that a grey printer keeps them apart.
INKS = {
    "bg": style.SURFACE,
    "surface": style.SURFACE,
    "sunken": style.SUNKEN,
    "line": style.LINE,
    "control": style.CONTROL,
    "text": style.TEXT,
    "text2": style.TEXT2,
    "text3": style.TEXT3,
    "accent": style.ACCENT,
    "accent_soft": style.SOFT["accent"],
    "accent_line": style.CONTROL,
    "focus": style.ACCENT,
    "red": style.TONES["red"],
    "red_soft": style.SOFT["red"],
    "red_line": style.CONTROL,
    "amber": style.TONES["amber"],
    "amber_soft": style.SOFT["amber"],
    "amber_line": style.CONTROL,
    "green": style.TONES["green"],
    "green_soft": style.SOFT["green"],
    "green_line": style.CONTROL,
    "slate_soft": style.SOFT[""],
    "on_accent": style.SURFACE,
    "on_strong": style.SURFACE,
}


def paint_figure(brush: Brush, picture: Picture, x: float, y: float, scale: float) -> None:
    """Paint the picture as one figure of the document, told in its own words."""
    with brush.figure(picture.alt, x, y, picture.width * scale, picture.height * scale):
        paint(brush, picture, x, y, scale)


def paint(brush: Brush, picture: Picture, x: float, y: float, scale: float) -> None:
    """Paint the picture with its top left corner at x, y; a unit of it is ``scale`` points wide."""
    for shape in picture.shapes:
        if isinstance(shape, Area):
            _area(brush, shape, x, y, scale)
        elif isinstance(shape, Stroke):
            brush.path(shape.path, x, y, scale, edge=INKS[shape.ink], line=shape.width * _LINE, dashed=shape.dashed)
        else:
            _words(brush, shape, x, y, scale)


def _area(brush: Brush, area: Area, x: float, y: float, scale: float) -> None:
    fill = INKS[area.fill] if area.fill else ""
    edge = INKS[area.edge] if area.edge else ""
    if area.fillings:
        if fill:
            brush.path(area.path, x, y, scale, fill=fill)
            fill = ""
        _patterns(brush, area, x, y, scale)
    if fill or edge:
        brush.path(area.path, x, y, scale, fill=fill, edge=edge, line=area.width * _LINE, dashed=area.dashed)


def _patterns(brush: Brush, area: Area, x: float, y: float, scale: float) -> None:
    left, top, right, bottom = (value * scale for value in bounds(area.path))
    box = (x + left, y + top, right - left, bottom - top)
    brush.clip(area.path, x, y, scale)
    for number, filling in enumerate(area.fillings):
        if number and area.fill and filling.pattern is Pattern.DOTS:
            # Dots over another pattern keep a rim, so that they stay dots.
            brush.dots(*box, INKS[area.fill], gap=_OVER, part=0.62)
            brush.dots(*box, INKS[filling.ink], gap=_OVER, part=0.33)
            continue
        draw = {Pattern.STRIPES: brush.stripes, Pattern.DOTS: brush.dots, Pattern.HATCH: brush.hatch}
        draw[filling.pattern](*box, INKS[filling.ink])
    brush.restore()


def _words(brush: Brush, words: Words, x: float, y: float, scale: float) -> None:
    size = max(words.size * scale, LEAST)
    face, shown = _FACES[words.weight], printable(words.text)
    wide = faces()[face].width(shown, size)
    at = x + words.x * scale - {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
    baseline = y + words.y * scale
    if words.halo:
        brush.box(at - 1, baseline - size * 0.8, wide + 2, size, fill=INKS[words.halo], radius=1.5)
    brush.words(at, baseline, shown, face, size, INKS[words.ink])
