"""The medicines' time line on the screen, and beside it the same facts as a list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop_app.pictures.timeline import Course, timeline
from desktop_app.widgets import picture_painter
from desktop_app.widgets.told_as import Words


class TimeLine(Words):
    """As wide as its page; everything in it grows with the width."""

    def __init__(self, courses: tuple[Course, ...], today: date) -> None:
        super().__init__()
        self.picture = timeline(courses, today, picture_painter.width_of)
        self.setAccessibleName(self.picture.alt)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        return round(width * self.picture.height / self.picture.width)

    def sizeHint(self) -> QSize:
        return QSize(round(self.picture.width), round(self.picture.height))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 100)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        picture_painter.paint(painter, self.picture, 0, 0, self.width() / self.picture.width)
        painter.end()
