"""A painted row that a screen reader knows as a button: role, state and the action "press" come from Qt's own class."""

from __future__ import annotations

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QWidget


class Pressable(QAbstractButton):
    """Its own mouse and keys stay what they are; a screen reader's press arrives at :meth:`press_it`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clicked.connect(lambda _on=False: self.press_it())

    def press_it(self) -> None:
        """What Space does."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # nothing stays pressed down: the row acts when the mouse is let go
