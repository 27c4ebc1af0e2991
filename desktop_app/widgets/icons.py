"""Material Design Icons drawn in a colour of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop_app.widgets.theme import RESOURCES


@lru_cache(maxsize=512)
def _svg(name: str, colour: str) -> bytes:
    text = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace("<path ", f'<path fill="{colour}" ').encode()


def paint(painter: QPainter, name: str, box: QRectF, colour: QColor) -> None:
    """Draw an icon into ``box``."""
    QSvgRenderer(QByteArray(_svg(name, colour.name()))).render(painter, box)


def pixmap(name: str, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture, for labels."""
    result = QPixmap(round(size * ratio), round(size * ratio))
    result.fill(QColor(0, 0, 0, 0))
    painter = QPainter(result)
    paint(painter, name, QRectF(0, 0, size * ratio, size * ratio), colour)
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result
