"""A row that breaks into the next line when there is no room, so that no button is ever cut."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Items at the left, as many in a line as fit."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's names throughout
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        widths = [i.sizeHint().width() for i in self._items if not i.isEmpty()]
        return QSize(sum(widths) + self._gap * max(len(widths) - 1, 0), self._tallest())

    def minimumSize(self) -> QSize:  # noqa: N802
        return QSize(max((i.sizeHint().width() for i in self._items if not i.isEmpty()), default=0),
                     self._tallest())

    def _tallest(self) -> int:
        return max((i.sizeHint().height() for i in self._items if not i.isEmpty()), default=0)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        lines: list[list[tuple[QLayoutItem, QSize, int]]] = [[]]
        x = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if lines[-1] and x + size.width() > rect.width():
                lines.append([])
                x = 0
            lines[-1].append((item, size, x))
            x += size.width() + self._gap
        y = rect.y()
        for line in lines:
            height = max((s.height() for _, s, _ in line), default=0)
            if move:
                for item, size, left in line:
                    item.setGeometry(QRect(QPoint(rect.x() + left, y + (height - size.height()) // 2), size))
            y += height + self._gap
        return max(y - self._gap - rect.y(), 0)
