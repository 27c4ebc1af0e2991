"""Buttons, chips, cards, labels and the focus ring: the parts every page is made of."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import delete

from desktop_app.widgets import icons, painting, theme
from desktop_app.widgets.buttons import paint_key
from desktop_app.widgets.told_as import Alarm, Group, Words

Align = Qt.AlignmentFlag


def label(text: str, look: str = "body", *, ink: str = "", wrap: bool = False, rich: bool = False) -> QLabel:
    """Text in one style of the type scale. Plain text unless ``rich``; words are never cut.

    Red words tell of a mistake: where they come later they have a sign, and a screen reader says them at once.
    """
    result = Mistake() if ink == "red" and not text else QLabel()
    result.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
    result.setText(text)
    result.setProperty("look", look)
    if ink:
        result.setProperty("ink", ink)
    result.setWordWrap(wrap)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        result.setSizePolicy(policy)
    return result


def column(parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0),
           spacing: int = 8) -> QVBoxLayout:
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def row(parent: QWidget | None = None, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0),
        spacing: int = 8) -> QHBoxLayout:
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def keep_hidden(widget: QWidget, keeper: QWidget) -> None:
    """A widget that stands nowhere (its buttons do, or its value) goes when its keeper goes."""
    widget.setParent(keeper)
    widget.hide()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go.

    What is taken out belongs to whoever took it, which this binding does not know: the place of each widget, each
    space and each layout inside would stay in memory for good.
    """
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if inner is not None:
            clear(inner)
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        delete(item)  # of a layout inside it is the layout


def add_all(layout: QBoxLayout, *widgets: QWidget) -> None:
    for widget in widgets:
        layout.addWidget(widget)


class IconLabel(QWidget):
    """An icon that stands beside a word. ``line``: the style of that word, or the height of the chip beside it, in
    pixels at 100 %; the icon is as tall as that, so that at the top of a row it stands in the middle of the line.
    """

    def __init__(self, name: str, size: int = 20, colour: str = "text2", parent: QWidget | None = None, *,
                 line: str | int = 0) -> None:
        super().__init__(parent)
        self._name, self._colour = name, colour
        tall = theme.px(line) if isinstance(line, int) else theme.line_height(line)
        self.setFixedSize(theme.px(size), max(theme.px(size), tall))

    def show_icon(self, name: str, colour: str) -> None:
        self._name, self._colour = name, colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        size = self.width()
        icons.paint(painter, self._name, QRectF(0, (self.height() - size) / 2, size, size), theme.colour(self._colour))
        painter.end()


class Mistake(Alarm):
    """Words about a mistake behind a sign, so that they are known as such by those who see no red."""

    SIGN, GAP = 16, 6  # px at 100 %

    def __init__(self) -> None:
        super().__init__()
        self.setIndent(theme.px(self.SIGN) + self.GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size, room = theme.px(self.SIGN), self.contentsRect()
        tall = min(self.fontMetrics().height(), room.height())  # the first line; the words stand in the middle
        words = self.heightForWidth(self.width()) if self.wordWrap() else room.height()
        top = room.top() + max(room.height() - words, 0) / 2 + (tall - size) / 2
        painter = QPainter(self)
        painting.start(painter)
        icons.paint(painter, "alert-circle", QRectF(room.left(), top, size, size), theme.colour("red"))
        painter.end()


class KeyCap(QWidget):
    """A key's name, drawn as a key."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(theme.font("diagram")).horizontalAdvance(self._text) + 12, theme.px(18))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        paint_key(painter, QRectF(self.rect()), self._text)
        painter.end()


CHIPS = {  # kind: (fill, edge, ink, dashed, round)
    "neutral": ("slate_soft", "line", "text2", False, True),
    "plain": ("surface", "control", "text2", False, True),
    "accent": ("accent_soft", "accent_line", "accent", False, True),
    "unknown": ("surface", "control", "text2", True, True),
    "red": ("red_soft", "red_line", "red", False, True),
    "amber": ("amber_soft", "amber_line", "amber", False, True),
    "green": ("green_soft", "green_line", "green", False, True),
    "evidence": ("slate_soft", "line", "text2", False, False),
    "evidence-unchecked": ("surface", "control", "text2", True, False),
    "tag": ("surface", "text2", "text2", False, False),
}


class Chip(Words):
    """A word that says what something is: an answer, a status, a source."""

    def __init__(self, text: str, kind: str = "neutral", icon: str = "", *, tall: int = 28,
                 bold: bool = True, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text, self.kind, self.icon, self.tall, self.bold = text, kind, icon, tall, bold
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        if tip:
            self.setToolTip(tip)

    def show_words(self, text: str, kind: str, icon: str = "") -> None:
        self.text, self.kind, self.icon = text, kind, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _font(self) -> QFont:
        return theme.font("caption", weight=600 if self.bold else 400)

    def sizeHint(self) -> QSize:
        width = theme.text_width(self.text, "caption", weight=600 if self.bold else 400)
        return QSize(width + (theme.px(14) + 6 if self.icon else 0) + 22, theme.px(self.tall))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill, edge, ink, dashed, round_ends = CHIPS[self.kind]
        painter = QPainter(self)
        painting.start(painter)
        rect = QRectF(self.rect())
        painting.box(painter, rect, fill=theme.colour(fill), edge=theme.colour(edge),
                     width=1.5 if dashed else 1.0, dashed=dashed,
                     radius=rect.height() / 2 - 1 if round_ends else 4)
        left = 11.0
        if self.icon:
            size = theme.px(14)
            icons.paint(painter, self.icon, QRectF(left, (rect.height() - size) / 2, size, size),
                        theme.colour(ink))
            left += size + 6
        painter.setPen(theme.colour(ink))
        painter.setFont(self._font())
        painter.drawText(QRectF(left, 0, rect.width() - left, rect.height()), Align.AlignVCenter, self.text)
        painter.end()


class Card(Group):
    """A rounded surface. ``edge`` and ``width`` make it an alert or a verdict; dashed means not known."""

    def __init__(self, *, fill: str = "surface", edge: str = "line", width: float = 1.0, radius: int = 12,
                 dashed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fill, self.edge, self.edge_width, self.radius, self.dashed = fill, edge, width, radius, dashed
        self.side = ""

    def restyle(self, *, fill: str | None = None, edge: str | None = None, width: float | None = None,
                dashed: bool | None = None) -> None:
        self.fill = self.fill if fill is None else fill
        self.edge = self.edge if edge is None else edge
        self.edge_width = self.edge_width if width is None else width
        self.dashed = self.dashed if dashed is None else dashed
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        rect = QRectF(self.rect())
        edge = self.edge or ("sunken_line" if self.fill == "sunken" else "")
        painting.box(painter, rect, fill=theme.colour(self.fill) if self.fill else None,
                     edge=theme.colour(edge) if edge else None, width=self.edge_width,
                     radius=self.radius, dashed=self.dashed)
        if self.side:  # the calm grey bar of a note
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(self.side))
            painter.drawRoundedRect(QRectF(0, 0, 4, rect.height()), 2, 2)
        painter.end()


class Rule(QFrame):
    """A thin line between things."""

    def __init__(self, *, upright: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("line"))
        painter.end()


class Bar(QFrame):
    """A plain filled strip with an edge on one side: header, footer, side panels."""

    def __init__(self, side: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = self.rect()
        painter.fillRect(rect, theme.colour("surface"))
        painter.setPen(theme.colour("line"))
        ends = {
            "bottom": (rect.bottomLeft(), rect.bottomRight()),
            "top": (rect.topLeft(), rect.topRight()),
            "right": (rect.topRight(), rect.bottomRight()),
            "left": (rect.topLeft(), rect.bottomLeft()),
        }[self._side]
        painter.drawLine(*ends)
        painter.end()


class Dot(QWidget):
    """The state of a step or a question as a dot: number, tick, question mark or lock. It grows with the text."""

    def __init__(self, state: str = "not_started", number: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state, self.number = state, number
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(24), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_state(self, state: str, number: str = "") -> None:
        self.state, self.number = state, number
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.colour
        fill, edge, ink, dashed, icon = {
            "current": (c("accent"), c("accent"), c("on_accent"), False, ""),
            "settled": (c("accent_soft"), c("accent_line"), c("accent"), False, "check"),
            "begun": (c("surface"), c("accent"), c("accent"), True, ""),
            "unknown": (c("surface"), c("accent"), c("accent"), True, "help"),
            "waits": (c("surface"), c("control"), c("text2"), False, "lock-outline"),
            "alarm": (c("red_soft"), c("red"), c("red"), False, "alert-octagon"),
        }.get(self.state, (c("surface"), c("control"), c("text2"), False, ""))
        painter = QPainter(self)
        painting.start(painter, theme.scale())
        painting.dot(painter, QPointF(12, 12), 12, fill=fill, edge=edge, width=1.5 if dashed else 1.0,
                     dashed=dashed)
        if icon:
            icons.paint(painter, icon, QRectF(5, 5, 14, 14), ink)
        elif self.number:
            painter.setPen(ink)
            small = theme.font("diagram")
            small.setPixelSize(12)
            painter.setFont(small)
            painter.drawText(QRectF(0, 0, 24, 24), Align.AlignCenter, self.number)
        painter.end()
