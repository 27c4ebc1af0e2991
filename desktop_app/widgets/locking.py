"""Everything that locks the program: idle time, the system, the button. And what is left behind: nothing to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.widgets.clipboard import Clipboard
from desktop_app.widgets.idle import Idle

if TYPE_CHECKING:
    from desktop_app.widgets.system_lock import SystemLock


class Locking(QObject):
    """``due`` says that the program has to lock now. It listens to the system from the first time somebody signs in."""

    due = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.idle = Idle(app)
        self.idle.due.connect(self.due)
        self.clipboard = Clipboard(app)
        self.system: SystemLock | None = None

    def _listen_to_the_system(self) -> None:
        if self.system is None:
            from desktop_app.widgets.system_lock import system_lock

            self.system = system_lock(self)
            self.system.locked.connect(self.due)

    def begin(self, minutes: int) -> None:
        """Somebody has signed in."""
        self.idle.watch(minutes)
        QTimer.singleShot(0, self, self._listen_to_the_system)

    def clear(self, window: QWidget) -> None:
        """Nothing of a patient stays beside the window: no dialog, no list that hangs open, nothing copied."""
        self.idle.stop()
        self.clipboard.clear()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for other in QApplication.topLevelWidgets():
            if other is not window and other.isVisible():
                if isinstance(other, QDialog):
                    other.reject()
                else:
                    other.close()
                other.hide()
