"""The focus ring: two pixels of focus colour, two pixels away from whatever has the keyboard."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget

from desktop_app.widgets import painting, theme

GAP = 4


class _Ring(QWidget):
    def __init__(self, radius: float, parent: QWidget) -> None:
        super().__init__(parent)
        self.corner = radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.start(painter)
        painting.box(painter, QRectF(self.rect()), fill=None, edge=theme.colour("focus"), width=2,
                     radius=self.corner)
        painter.end()


class FocusRing(QObject):
    """Keeps one ring around the widget with the focus, on the page that scrolls with it, so that no holder between
    the two can cut it.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._target: QWidget | None = None
        self._ring: _Ring | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self.follow)

    def _drop(self) -> None:
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._ring = self._target = None
        self._watched = []

    def follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._drop()
        parent = None if new is None or new.isWindow() else new.parentWidget()
        if new is None or parent is None or new.property("no_ring"):
            return
        stage, self._watched = _stage(new, parent)
        self._target = new
        self._ring = _Ring(float(getattr(new, "radius", 8)) + 3, stage)
        for widget in self._watched:
            widget.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        target, ring = self._target, self._ring
        if target is None or ring is None or not shiboken6.isValid(ring) or not shiboken6.isValid(target):
            return
        tall = GAP - int(getattr(target, "outer", 0))  # a card may keep clear space above and below itself
        stage = ring.parentWidget()
        if stage is None:
            return
        place = QRect(target.mapTo(stage, QPoint(0, 0)), target.size())
        inside = isinstance(target, QScrollArea)  # a whole page: around it stand the bars of the window
        ring.setGeometry(place.adjusted(2, 2, -2, -2) if inside else place.adjusted(-GAP, -tall, GAP, tall))
        ring.setVisible(target.isVisible())
        ring.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched in self._watched:
            if kind in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show}:
                self._place()
            elif kind == QEvent.Type.Hide and self._ring is not None and shiboken6.isValid(self._ring):
                self._ring.hide()
        return False


def _stage(target: QWidget, stage: QWidget) -> tuple[QWidget, list[QWidget]]:
    """What scrolls as a whole around the target, or its window; and the target with all holders below that."""
    chain = [target]
    while not stage.isWindow():
        above = stage.parentWidget()
        if above is None or isinstance(above, QStackedWidget) or isinstance(above.parentWidget(), QScrollArea):
            break
        chain.append(stage)
        stage = above
    return stage, chain
