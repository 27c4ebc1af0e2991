"""How long to wait before the next passphrase, told second by second."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.language import tr

SECOND = 1000  # milliseconds


class Countdown(QTimer):
    """Says how long to wait, second by second, and when it is over."""

    told = Signal(str)
    over = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setInterval(SECOND)
        self._left = 0
        self.timeout.connect(self._tick)

    def begin(self, seconds: int) -> None:
        self._left = seconds
        self.told.emit(self.words)
        self.start()

    @property
    def words(self) -> str:
        from desktop_app.presentation import words

        return tr("Wait {left} before the next passphrase: too many were wrong.").format(
            left=words.count(self._left, "second")
        )

    def _tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            self.told.emit(self.words)
        else:
            self.stop()
            self.over.emit()
