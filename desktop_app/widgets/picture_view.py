"""A picture that can be worked with: parts are pointed at, walked by arrow keys and read by a screen reader.

Every part that stands for something has a *spot*, an unpainted check box over it. So the parts are real
controls with a name, a state and an action for whoever does not see the picture, and the keyboard's focus
is a real focus. Which part has it is drawn around the part's own outline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QToolTip, QWidget

from desktop_app.pictures.drawing import Area, Picture, Point, bounds
from desktop_app.widgets import painting, picture_painter, theme

TARGET = 24  # px: no spot is smaller
_ASIDE = 2.5  # how much worse it is to lie aside than ahead when an arrow key looks for the next part
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


@dataclass(frozen=True, slots=True)
class Part:
    """What is said of one part. ``checked``: True, False, or None while it is not known. ``at``: where in the picture
    the arrow keys find it, the middle of its outline where not said.
    """

    name: str
    checked: bool | None = None
    at: Point | None = None


class Spot(QCheckBox):
    """One part of the picture as a control. The mouse goes through it to the picture's exact outlines."""

    def __init__(self, key: str, view: PictureView) -> None:
        super().__init__(view)
        self.key, self._view = key, view
        self._state = Qt.CheckState.PartiallyChecked
        self.setTristate(True)
        self.checkStateChanged.connect(self._changed)
        self.setProperty("no_ring", True)  # the picture draws the ring around the part itself
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.show()

    def show_part(self, part: Part) -> None:
        if self.accessibleName() != part.name:
            self.setAccessibleName(part.name)
        self._state = Qt.CheckState.PartiallyChecked if part.checked is None else (
            Qt.CheckState.Checked if part.checked else Qt.CheckState.Unchecked)
        self.setCheckState(self._state)

    def nextCheckState(self) -> None:
        """Pressed through a screen reader: the answer decides what is shown, not the press."""
        self._view.pressed.emit(self.key)

    def _changed(self, state: Qt.CheckState) -> None:
        """Toggled through a screen reader, which goes past the press: taken as one."""
        if state is not self._state:
            self.setCheckState(self._state)
            self._view.pressed.emit(self.key)

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Nothing: the picture below shows the part."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._view.take_key(self.key, event):
            event.ignore()  # whoever holds the picture may know the key

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._view.arrived(self.key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._view.update()


class PictureView(QWidget):
    """Shows a picture as large as it fits and reports what is done to its parts."""

    pressed = Signal(str)  # key of the part: clicked, or Space
    typed = Signal(str, str)  # key of the part, letter
    passed = Signal(str)  # key of the part that the held mouse was drawn over, the first one too
    taken_back = Signal(str)  # Delete
    menu_asked = Signal(str, QPoint)  # key of the part, where on the screen
    pointed = Signal(str)  # part under the mouse or with the focus, "" for none

    def __init__(self, letters: str = "", smallest: float = 0.7) -> None:
        """``letters``: what is reported by ``typed``. ``smallest``: px of a picture's unit at 100 %."""
        super().__init__()
        self._letters, self._smallest = letters, smallest
        self.picture = Picture(1, 1, ())
        self._mains: dict[str, Area] = {}
        self._boxes: dict[str, tuple[float, float, float, float]] = {}
        self._placed_for = (0.0, 0.0, 0.0)
        self.spots: dict[str, Spot] = {}
        self._at: dict[str, Point] = {}
        self.current = ""  # where Tab leads into the picture
        self._hovered = ""
        self.strokes = False  # whether a stroke of the held mouse means the parts it passes over
        self._stroke: list[str] = []
        self._from = QPoint()
        self._drawn: QPixmap | None = None
        self._drawn_for: tuple[object, ...] = ()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # -- what is shown ------------------------------------------------------------------------------

    def show_picture(self, picture: Picture, parts: Mapping[str, Part]) -> None:
        """``parts``: what can be worked with, in reading order. A part left out is only drawn.

        Shown first before the view stands in its layout, the parts stand there in the order of Tab, too.
        """
        self.picture = picture
        self._mains.clear()
        self._boxes.clear()
        self._drawn = None
        self.setAccessibleDescription(picture.alt)
        for key in [key for key in self.spots if key not in parts]:
            spot = self.spots.pop(key)
            spot.hide()
            spot.deleteLater()
        self._at = {key: part.at or self._middle(key) for key, part in parts.items()}
        for key, part in parts.items():
            if key not in self.spots:
                self.spots[key] = Spot(key, self)
            self.spots[key].show_part(part)
        if self.current not in self.spots:
            self.current = next(iter(parts), "")
        self._policies()
        self._place_spots(fresh=True)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        k = self._smallest * theme.scale()
        return QSize(round(self.picture.width * k), round(self.picture.height * k))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _frame(self) -> tuple[float, float, float]:
        """Left and top of the picture, and the px of its unit. It stays at the top when what is beside it grows."""
        room = 3.0  # for the focus ring of what lies at the edge
        k = max(min((self.width() - 2 * room) / self.picture.width, (self.height() - 2 * room) / self.picture.height),
                0.01)  # fmt: skip
        return (self.width() - self.picture.width * k) / 2, room, k

    def _main(self, key: str) -> Area:
        """The largest outline of a part that is seen in several places; found once for each picture."""
        if key not in self._mains:
            self._mains[key] = self._largest(key)
        return self._mains[key]

    def _box(self, key: str) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a part's main outline."""
        if key not in self._boxes:
            self._boxes[key] = bounds(self._main(key).path)
        return self._boxes[key]

    def _largest(self, key: str) -> Area:
        def size(area: Area) -> float:
            left, top, right, bottom = bounds(area.path)
            return (right - left) * (bottom - top)

        return max(self.picture.part(key), key=size)

    def _middle(self, key: str) -> Point:
        left, top, right, bottom = self._box(key)
        return (left + right) / 2, (top + bottom) / 2

    def _place_spots(self, *, fresh: bool = False) -> None:
        x, y, k = self._frame()
        if (x, y, k) == self._placed_for and not fresh:
            return
        self._placed_for = (x, y, k)
        for key, spot in self.spots.items():
            left, top, right, bottom = self._box(key)
            rect = QRectF(x + left * k, y + top * k, (right - left) * k, (bottom - top) * k)
            wide, high = max(rect.width(), TARGET), max(rect.height(), TARGET)
            rect = QRectF(rect.center().x() - wide / 2, rect.center().y() - high / 2, wide, high)
            spot.setGeometry(rect.toAlignedRect())

    def spot_point(self, key: str) -> QPoint:
        """A point inside the part's outline, in px of this widget."""
        x, y, k = self._frame()
        box = picture_painter.qt_path(self._main(key).path).boundingRect()
        spread = (10, 12, 8, 14, 6, 16, 4, 18, 2)  # twentieths of the box, the middle first
        for down in spread:
            for across in spread:
                px, py = box.left() + box.width() * across / 20, box.top() + box.height() * down / 20
                if self.picture.at(px, py) == key:
                    return QPoint(round(x + px * k), round(y + py * k))
        return self.spots[key].geometry().center()

    # -- painting -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_spots()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._drawn = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        x, y, k = self._frame()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground(x, y, k))
        painting.start(painter)
        place = QTransform(k, 0, 0, k, x, y)
        focused = next((key for key, spot in self.spots.items() if spot.hasFocus()), "")
        if self._hovered and self._hovered != focused:
            self._ring(painter, place, self._hovered, "accent", 1.5)
        if focused:
            self._ring(painter, place, focused, "focus", 2.5)
        painter.end()

    def _ground(self, x: float, y: float, k: float) -> QPixmap:
        """The picture without focus and pointer; drawn anew only when something in it has changed."""
        ratio = self.devicePixelRatioF()
        wanted = (id(self.picture), self.width(), self.height(), ratio, theme.now().name, theme.scale())
        if self._drawn is None or self._drawn_for != wanted:
            self._drawn = QPixmap(QSize(round(self.width() * ratio), round(self.height() * ratio)))
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._drawn)
            picture_painter.paint(painter, self.picture, x, y, k)
            painter.end()
            self._drawn_for = wanted
        return self._drawn

    def _ring(self, painter: QPainter, place: QTransform, key: str, token: str, width: float) -> None:
        """Around the part's outline, not over what stands in it."""
        pen = QPen(theme.colour(token), 2 * width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        around = QPainterPath()
        around.addRect(QRectF(self.rect()))
        for area in self.picture.part(key):
            path = place.map(picture_painter.qt_path(area.path))
            painter.save()
            painter.setClipPath(around.subtracted(path))
            painter.setPen(pen)
            painter.drawPath(path)
            painter.restore()

    # -- mouse --------------------------------------------------------------------------------------

    def key_at(self, point: QPoint) -> str:
        """The part under a point of this widget, "" where there is none to work with."""
        x, y, k = self._frame()
        found = self.picture.at((point.x() - x) / k, (point.y() - y) / k)
        return found if found in self.spots else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        self._hover(self.key_at(point))
        if self.strokes and event.buttons() == Qt.MouseButton.LeftButton:
            self._pass_over(self.key_at(point), point)

    def _pass_over(self, key: str, point: QPoint) -> None:
        """A hand that slips draws nothing: a stroke begins in a part and is as long as a target is wide."""
        far = (point - self._from).manhattanLength() > theme.px(TARGET)
        if key and self._stroke and key not in self._stroke and far:
            new = [key] if len(self._stroke) > 1 else [*self._stroke, key]
            self._stroke.append(key)
            for one in new:
                self.passed.emit(one)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover("")

    def _hover(self, key: str) -> None:
        if key != self._hovered:
            self._hovered = key
            self.setCursor(Qt.CursorShape.PointingHandCursor if key else Qt.CursorShape.ArrowCursor)
            self.pointed.emit(key or next((k for k, spot in self.spots.items() if spot.hasFocus()), ""))
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Taken, so that the release comes here too."""
        event.accept()
        self._from = event.position().toPoint()
        key = self.key_at(self._from)
        self._stroke = [key] if key and event.button() == Qt.MouseButton.LeftButton else []

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key = self.key_at(event.position().toPoint())
        stroke, self._stroke = len(self._stroke) > 1, []
        if not key:
            return
        self.spots[key].setFocus(Qt.FocusReason.MouseFocusReason)
        if stroke:
            return
        if event.button() == Qt.MouseButton.RightButton:
            self.menu_asked.emit(key, event.globalPosition().toPoint())
        elif event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(key)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            key = self.key_at(event.pos())
            QToolTip.showText(event.globalPos(), self.spots[key].accessibleName() if key else "", self, QRect())
            return True
        return super().event(event)

    # -- keyboard -----------------------------------------------------------------------------------

    def take_key(self, key: str, event: QKeyEvent) -> bool:
        """A key pressed on a part. False when it means nothing here."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        pressed = event.key()
        if pressed in _ARROWS:
            self.go(key, *_ARROWS[Qt.Key(pressed)])
        elif pressed == Qt.Key.Key_Space:
            self.pressed.emit(key)
        elif pressed in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.taken_back.emit(key)
        elif pressed == Qt.Key.Key_Menu:
            self.menu_asked.emit(key, self.mapToGlobal(self.spot_point(key)))
        elif (text := event.text().lower()) and text in self._letters and not (
                event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            self.typed.emit(key, text)
        else:
            return False
        return True

    def go(self, key: str, right: int, down: int) -> None:
        """Move the focus to the nearest part in that direction; at the edge it stays."""
        found = self.neighbour(key, right, down)
        if found:
            self.spots[found].setFocus(Qt.FocusReason.OtherFocusReason)

    def neighbour(self, key: str, right: int, down: int) -> str:
        """The nearest part to the right (1) or left (-1), or below (1) or above (-1). "" for none."""
        x, y = self._at[key]
        best, least = "", float("inf")
        for other in self.spots:
            ox, oy = self._at[other]
            ahead = (ox - x) * right + (oy - y) * down
            aside = abs((ox - x) * down) + abs((oy - y) * right)
            if other != key and ahead > 1 and ahead + _ASIDE * aside < least:
                best, least = other, ahead + _ASIDE * aside
        return best

    def arrived(self, key: str) -> None:
        """A part has got the focus: Tab will lead back to it."""
        self.current = key
        self._policies()
        self.pointed.emit(key)
        self.update()

    def _policies(self) -> None:
        for key, spot in self.spots.items():
            wanted = Qt.FocusPolicy.StrongFocus if key == self.current else Qt.FocusPolicy.ClickFocus
            if spot.focusPolicy() is not wanted:
                spot.setFocusPolicy(wanted)

    def focus_part(self, key: str = "") -> None:
        if spot := self.spots.get(key or self.current):
            spot.setFocus(Qt.FocusReason.OtherFocusReason)

