"""Paints a picture on the screen in the colours of the theme in force."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from desktop_app.pictures.drawing import Area, Path, Pattern, Picture, Stroke, Words
from desktop_app.widgets import painting, theme

LEAST = 11  # px at 100 %: nothing on screen is set smaller
_GAP, _BAR, _DOT = 5.6, 1.8, 1.3  # distance of stripes and dots, their strength, px at 100 %
_OVER = 1.5  # dots over another pattern stand wider apart, so that both are seen


def qt_path(path: Path) -> QPainterPath:
    """A path of the pictures as one of Qt, in picture units."""
    result = QPainterPath()
    for command, n in path:
        if command == "M":
            result.moveTo(n[0], n[1])
        elif command == "L":
            result.lineTo(n[0], n[1])
        elif command == "C":
            result.cubicTo(n[0], n[1], n[2], n[3], n[4], n[5])
        else:
            result.closeSubpath()
    return result


_MOST = 2000
_paths: dict[int, tuple[Path, QPainterPath]] = {}


def _kept(path: Path) -> QPainterPath:
    """Outlines stay the same objects while only their marks change, so each is turned into Qt's kind once.

    A path is known by its identity, which is held as long as the entry: to compare its points would take
    longer than to draw it.
    """
    found = _paths.get(id(path))
    if found is None:
        if len(_paths) >= _MOST:
            _paths.clear()
        found = _paths[id(path)] = (path, qt_path(path))
    return found[1]


def paint(painter: QPainter, picture: Picture, left: float, top: float, scale: float) -> None:
    """Paint the picture with its top left corner at ``left``, ``top``, each unit ``scale`` px wide."""
    painting.start(painter)
    place = QTransform(scale, 0, 0, scale, left, top)
    for shape in picture.shapes:
        if isinstance(shape, Area):
            _area(painter, shape, place.map(_kept(shape.path)))
        elif isinstance(shape, Stroke):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(_pen(shape))
            painter.drawPath(place.map(_kept(shape.path)))
        else:
            _words(painter, shape, place, scale)


def _pen(shape: Area | Stroke) -> QPen:
    role = shape.edge if isinstance(shape, Area) else shape.ink
    pen = painting.edge_pen(theme.colour(role), shape.width, dashed=shape.dashed)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if not shape.dashed:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _area(painter: QPainter, area: Area, path: QPainterPath) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    if area.fill:
        painter.setBrush(theme.colour(area.fill))
        painter.drawPath(path)
    for number, filling in enumerate(area.fillings):
        ground = theme.colour(area.fill) if number and area.fill else None
        _fill(painter, path, filling.pattern, theme.colour(filling.ink), ground)
    if area.edge:
        painter.setPen(_pen(area))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


def _fill(painter: QPainter, path: QPainterPath, pattern: Pattern, ink: QColor, ground: QColor | None) -> None:
    """One pattern; dots over another pattern keep a rim of ``ground``, so that they stay dots."""
    gap = _GAP * theme.scale() * (_OVER if ground is not None else 1.0)
    box = path.boundingRect()
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    if pattern is Pattern.DOTS:
        radius = _DOT * theme.scale()
        spots = _spots(box, gap)
        for grown, colour in ((1.25 * theme.scale(), ground), (0.0, ink)):
            if colour is not None:
                dots = QPainterPath()
                dots.setFillRule(Qt.FillRule.WindingFill)
                for spot in spots:
                    dots.addEllipse(spot, radius + grown, radius + grown)
                painter.fillPath(dots, colour)
    else:
        pen = QPen(ink, _BAR * theme.scale())
        painter.setPen(pen)
        up = pattern is Pattern.STRIPES
        high = box.height()
        # Lines are counted from the widget's corner, so that neighbours with one pattern run on.
        first = (box.left() + (box.top() if up else -box.bottom())) // gap - 1
        last = (box.right() + (box.bottom() if up else -box.top())) // gap + 1
        for number in range(int(first), int(last) + 1):
            c = number * gap
            if up:  # x + y = c
                painter.drawLine(QPointF(c - box.top(), box.top()), QPointF(c - box.top() - high, box.bottom()))
            else:  # x - y = c
                painter.drawLine(QPointF(c + box.top(), box.top()), QPointF(c + box.bottom(), box.bottom()))
    painter.restore()


def _spots(box: QRectF, gap: float) -> list[QPointF]:
    """Where dots stand, counted from the widget's corner, every second row shifted."""
    found = []
    row = int(box.top() // gap)
    while row * gap < box.bottom() + gap:
        at = (box.left() // gap) * gap + (gap / 2 if row % 2 else 0.0)
        while at < box.right() + gap:
            found.append(QPointF(at, row * gap))
            at += gap
        row += 1
    return found


def font_of(words: Words, scale: float) -> QFont:
    """The face in which words of a picture are set."""
    font = QFont(theme.FAMILY)
    font.setPixelSize(max(round(words.size * scale), theme.px(LEAST)))
    font.setWeight(QFont.Weight(words.weight))
    return font


def width_of(text: str, size: float) -> float:
    """How wide words are painted where a picture has its own size, in picture units."""
    font = font_of(Words(0, 0, text, size), theme.scale())
    return QFontMetricsF(font).horizontalAdvance(text) / theme.scale()


def _words(painter: QPainter, words: Words, place: QTransform, scale: float) -> None:
    font = font_of(words, scale)
    metrics = QFontMetricsF(font)
    wide = metrics.horizontalAdvance(words.text)
    at = place.map(QPointF(words.x, words.y))
    start = at.x() - {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
    painter.setFont(font)
    if words.halo:
        ground = QRectF(start - 2, at.y() - metrics.capHeight() - 2, wide + 4, metrics.capHeight() + 4)
        painting.box(painter, ground, fill=theme.colour(words.halo), edge=None, radius=3)
    painter.setPen(theme.colour(words.ink))
    painter.drawText(QPointF(start, at.y()), words.text)
