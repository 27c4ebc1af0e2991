"""A row that breaks into the next line when there is no room, so that no button is ever cut.

A widget and not a layout: a layout written in Python has to return None for "no more items", and the
binding then counts references to None wrongly until the interpreter stops.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_app.widgets.buttons import Button

BETWEEN_LINKS = 16  # words that can be pressed stand further apart than buttons with an edge


def _is_link(widget: QWidget) -> bool:
    return isinstance(widget, Button) and widget.kind == "link"


def _size(widget: QWidget) -> QSize:
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())


class FlowBox(QWidget):
    """Children at the left, as many in a line as fit."""

    def __init__(self, *widgets: QWidget, gap: int = 8) -> None:
        super().__init__()
        self._children: list[QWidget] = []
        self._gap = gap
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            self.add(widget)

    def add(self, widget: QWidget) -> None:
        widget.setParent(self)
        widget.installEventFilter(self)
        self._children.append(widget)
        self.updateGeometry()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self._changed()
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._changed()
        return super().event(event)

    def _changed(self) -> None:
        self.updateGeometry()
        self._arrange(self.width(), move=True)

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, move=False)

    def sizeHint(self) -> QSize:
        shown = [w for w in self._children if not w.isHidden()]
        sizes = [_size(w) for w in shown]
        width = sum(s.width() for s in sizes) + sum(self._between(*pair) for pair in pairwise(shown))
        return QSize(width, max((s.height() for s in sizes), default=0))

    def _between(self, left: QWidget, right: QWidget) -> int:
        return max(self._gap, BETWEEN_LINKS) if _is_link(left) or _is_link(right) else self._gap

    def minimumSizeHint(self) -> QSize:
        sizes = [_size(w) for w in self._children if not w.isHidden()]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width(), move=True)

    def _arrange(self, width: int, *, move: bool) -> int:
        self._children = [w for w in self._children if w.parentWidget() is self]  # another box may have taken one
        lines: list[list[tuple[QWidget, QSize, int]]] = [[]]
        x = 0
        for widget in self._children:
            if widget.isHidden():
                continue
            size = _size(widget)
            if lines[-1]:
                x += self._between(lines[-1][-1][0], widget)
                if x + size.width() > width:
                    lines.append([])
                    x = 0
            lines[-1].append((widget, size, x))
            x += size.width()
        y = 0
        for line in lines:
            height = max((s.height() for _, s, _ in line), default=0)
            if move:
                for widget, size, left in line:
                    widget.setGeometry(QRect(left, y + (height - size.height()) // 2, size.width(), size.height()))
            y += height + self._gap
        return max(y - self._gap, 0)
