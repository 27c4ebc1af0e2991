"""What this program copied does not stay on the clipboard: it goes after half a minute, at the lock and at the end."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

SECONDS = 30


class Clipboard(QObject):
    """Watches whatever is copied here, by a button or by keys; what another program copied is left alone."""

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._board = app.clipboard()
        self._ours = 0  # hash of what was copied here; the words themselves are not kept
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self.clear)
        self._board.dataChanged.connect(self._changed)

    def _changed(self) -> None:
        """Ours is what came while a window of ours was in front; not every system says who owns the clipboard."""
        active = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        text = self._board.text() if active or self._board.ownsClipboard() else ""
        self._ours = hash(text) if text else 0
        if self._ours:
            self._timer.start()
        else:
            self._timer.stop()

    def clear(self) -> None:
        """Only what is still ours."""
        self._timer.stop()
        ours, self._ours = self._ours, 0
        if ours and hash(self._board.text()) == ours:
            self._board.clear()
        selection = self._board.Mode.Selection
        if self._board.supportsSelection() and self._board.ownsSelection():
            self._board.clear(selection)
