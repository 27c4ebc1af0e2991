"""Draws across a page, on screen and printer alike, that it does not hold; the file itself is never changed."""

from __future__ import annotations

from math import atan2, degrees, hypot

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from desktop_app.presentation.standing import VOID

INK = QColor(150, 0, 24, 105)  # dark enough for a grey printer, light enough to read what lies below
BAND = QColor(150, 0, 24)
PAPER = QColor(255, 255, 255, 235)
WIDTH = 0.86  # of the diagonal between two corners that the words take at most
TALLEST = 0.075  # of the page's height
EDGE = 0.014  # height of the words at the page's head, in parts of its height


def draw(image: QImage, words: str) -> None:
    """``words`` across the page and once more in a band at its head, where a folded page still shows them."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    across, down = float(image.width()), float(image.height())
    if words == VOID:
        painter.setPen(QPen(INK, down * 0.008))
        painter.drawLine(QLineF(0, 0, across, down))
        painter.drawLine(QLineF(0, down, across, 0))
    _diagonal(painter, words, across, down)
    _band(painter, words, across, down)
    painter.end()


def _font(pixels: float) -> QFont:
    font = QFont()
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(QFont.Weight.Bold)
    return font


def _diagonal(painter: QPainter, words: str, across: float, down: float) -> None:
    font = _font(down * TALLEST)
    wide = QFontMetricsF(font).horizontalAdvance(words)
    room = hypot(across, down) * WIDTH
    if wide > room:
        font = _font(down * TALLEST * room / wide)
    painter.save()
    painter.translate(QPointF(across / 2, down / 2))
    painter.rotate(-degrees(atan2(down, across)))
    painter.setFont(font)
    painter.setPen(INK)
    painter.drawText(QRectF(-room, -down, 2 * room, 2 * down), Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def _band(painter: QPainter, words: str, across: float, down: float) -> None:
    font = _font(down * EDGE)
    tall = down * EDGE * 1.5
    wide = QFontMetricsF(font).horizontalAdvance(words) + 2 * tall
    band = QRectF((across - wide) / 2, down * 0.005, wide, tall)
    painter.setPen(QPen(BAND, max(1.0, down * 0.001)))
    painter.setBrush(PAPER)
    painter.drawRect(band)
    painter.setFont(font)
    painter.drawText(band, Qt.AlignmentFlag.AlignCenter, words)
