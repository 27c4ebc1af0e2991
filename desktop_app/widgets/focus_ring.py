"""The focus ring: two pixels of focus colour, two pixels away from whatever has the keyboard."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

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
    """Keeps one ring around the widget with the focus, as a sibling of it, so that it scrolls along."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._target: QWidget | None = None
        self._ring: _Ring | None = None
        app.focusChanged.connect(self.follow)

    def _drop(self) -> None:
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        if self._target is not None and shiboken6.isValid(self._target):
            self._target.removeEventFilter(self)
        self._ring = self._target = None

    def follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._drop()
        parent = None if new is None or new.isWindow() else new.parentWidget()
        if new is None or parent is None or new.property("no_ring"):
            return
        self._target = new
        self._ring = _Ring(float(getattr(new, "radius", 8)) + 3, parent)
        new.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        target, ring = self._target, self._ring
        if target is None or ring is None or not shiboken6.isValid(ring) or not shiboken6.isValid(target):
            return
        tall = GAP - int(getattr(target, "outer", 0))  # a card may keep clear space above and below itself
        ring.setGeometry(target.geometry().adjusted(-GAP, -tall, GAP, tall))
        ring.setVisible(target.isVisible())
        ring.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._target:
            if kind in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show}:
                self._place()
            elif kind == QEvent.Type.Hide and self._ring is not None and shiboken6.isValid(self._ring):
                self._ring.hide()
        return False
