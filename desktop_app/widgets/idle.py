"""Says when nobody has touched the computer for a while, or somebody has been signed in for a whole working day.

It counts on the monotonic clock, so that a changed date neither locks nor keeps open. It watches the windows, where
every key and every movement of the mouse arrives first, and not each event of each widget.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

SESSION_HOURS = 12
_MINUTE = 60.0
_TOUCHES = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
                      QEvent.Type.TouchBegin, QEvent.Type.TabletPress, QEvent.Type.InputMethod})


class Idle(QObject):
    """``due`` comes once; ``watch`` begins anew. ``touched`` comes with each key."""

    due = Signal()
    typed = Signal()

    def __init__(self, app: QGuiApplication, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(app)
        self._now = now
        self._limit = 0.0
        self._begun = self._last = now()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._watched: set[int] = set()
        app.focusWindowChanged.connect(self._listen)

    def watch(self, minutes: float) -> None:
        """Somebody has signed in."""
        self._limit = minutes * _MINUTE
        self._begun = self._last = self._now()
        self._listen(QGuiApplication.focusWindow())
        self._again()

    def stop(self) -> None:
        self._limit = 0.0
        self._timer.stop()

    def look(self) -> None:
        """Lock when it is time, else look again when it may be."""
        if not self._limit:
            return
        if self._left() <= 0:
            self.stop()
            self.due.emit()
        else:
            self._again()

    def _left(self) -> float:
        now = self._now()
        return min(self._limit - (now - self._last), SESSION_HOURS * 60 * _MINUTE - (now - self._begun))

    def _again(self) -> None:
        self._timer.start(max(1, int(self._left() * 1000)))

    def _listen(self, window: QWindow | None) -> None:
        """Each window once: the main window, every dialog."""
        if window is not None and id(window) not in self._watched:
            name = id(window)
            self._watched.add(name)
            window.destroyed.connect(lambda: self._watched.discard(name))
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _TOUCHES:
            self._last = self._now()
            if kind in {QEvent.Type.KeyPress, QEvent.Type.InputMethod}:
                self.typed.emit()
        return super().eventFilter(watched, event)
