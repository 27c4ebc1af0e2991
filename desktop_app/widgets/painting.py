"""The few shapes everything is drawn from: rounded boxes, solid or dashed, and dots."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


def start(painter: QPainter, scale: float = 1.0) -> None:
    """``scale``: of everything drawn from now on, for what is drawn in units of its own that grow with the text."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)


def edge_pen(colour: QColor, width: float = 1.0, *, dashed: bool = False) -> QPen:
    pen = QPen(colour, width)
    if dashed:
        pen.setDashPattern([4.0 / width, 3.0 / width])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def box(painter: QPainter, rect: QRectF, *, fill: QColor | None, edge: QColor | None,
        width: float = 1.0, radius: float = 8.0, dashed: bool = False) -> None:
    """A rounded box whose edge lies wholly inside ``rect``."""
    half = width / 2
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(edge_pen(edge, width, dashed=dashed) if edge is not None else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def dot(painter: QPainter, centre: QPointF, radius: float, *, fill: QColor | None, edge: QColor | None,
        width: float = 1.0, dashed: bool = False) -> None:
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(edge_pen(edge, width, dashed=dashed) if edge is not None else Qt.PenStyle.NoPen)
    painter.drawEllipse(centre, radius - width / 2, radius - width / 2)
