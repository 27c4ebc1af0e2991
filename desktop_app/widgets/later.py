"""Parts of a card that are folded away and made when they are first looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.widgets import controls


class Later(QWidget):
    """Something folded away: not made before it is wanted, so that a card with much behind it opens at once."""

    def __init__(self, make: Callable[[], QWidget]) -> None:
        super().__init__()
        self._make = make
        self._inside = controls.column(self)
        self._made = False
        self.hide()

    def turn(self) -> None:
        """Show it, or fold it away again."""
        if self.isHidden() and not self._made:
            self._made = True
            self._inside.addWidget(self._make())
        self.setVisible(self.isHidden())

    def again(self) -> None:
        """What it shows has changed."""
        if self._made:
            controls.clear(self._inside)
            self._inside.addWidget(self._make())


def stacked(widgets: list[QWidget], spacing: int) -> QWidget:
    holder = QWidget()
    controls.add_all(controls.column(holder, spacing=spacing), *widgets)
    return holder
