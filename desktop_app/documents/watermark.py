"""The word DRAFT as drawn outlines, so that it lies under the text without mixing into its words."""

from __future__ import annotations

from functools import lru_cache
from math import atan2, cos, degrees, hypot, sin
from typing import TYPE_CHECKING, Any, cast

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics

from desktop_app.documents.fonts import BOLD
from desktop_app.language import trc

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

    from desktop_app.documents.brush import Brush

_FORM = "draft-watermark"
Stroke = tuple[str, tuple[float, ...]]


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
    strokes, length, tall = outline(trc("watermark", "DRAFT"))
    angle = atan2(height * 0.44, width * 0.86)
    scale = hypot(width * 0.78, height * 0.40) / length
    canvas.translate(width / 2 - cos(angle) * length * scale / 2 + sin(angle) * tall * scale / 2,
                     height / 2 - sin(angle) * length * scale / 2 - cos(angle) * tall * scale / 2)
    canvas.rotate(degrees(angle))
    canvas.scale(scale, scale)
    path = canvas.beginPath()
    for step, numbers in strokes:
        getattr(path, step)(*numbers)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.endForm()


@lru_cache
def outline(word: str) -> tuple[tuple[Stroke, ...], float, float]:
    """The word's outlines as steps of a path, with its length and the height of its capitals, in ems."""
    import uharfbuzz

    font = cast("TTFont", pdfmetrics.getFont(BOLD)).hbFont()
    em = float(font.face.upem)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, {"kern": True})
    strokes: list[Stroke] = []
    start = 0.0

    def step(name: str) -> Any:
        def taken(*given: Any) -> None:
            numbers = given[:-1]  # the last is what the caller handed in
            strokes.append((name, tuple(
                round((number + (0.0 if place % 2 else start)) / em, 4) for place, number in enumerate(numbers))))

        return taken

    pen = uharfbuzz.DrawFuncs()
    pen.set_move_to_func(step("moveTo"))
    pen.set_line_to_func(step("lineTo"))
    pen.set_cubic_to_func(step("curveTo"))
    pen.set_close_path_func(step("close"))
    for glyph, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        font.draw_glyph(glyph.codepoint, pen, None)
        start += at.x_advance
    tall = max(numbers[-1] for _, numbers in strokes if numbers)
    return tuple(strokes), start / em, tall
