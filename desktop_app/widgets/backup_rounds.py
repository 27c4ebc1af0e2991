"""Backups while the window is open: each half an hour and when asked for, beside whatever is done in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.widgets.work import Gate

if TYPE_CHECKING:
    from desktop_app.use_cases.backups import Backups
    from desktop_app.widgets.frame import Frame

EVERY_SECONDS = 30 * 60
"""How often a backup is made while the program is open, when something changed."""


class BackupRounds(QObject):
    """One round at a time. Its own gate: the window stays usable meanwhile."""

    growing = Signal(str, float)  # the folder, and how much of its backup is done
    over = Signal(object)  # the report of a round

    def __init__(self, window: Frame) -> None:
        super().__init__(window)
        self._window = window
        self.gate = Gate(self)
        self._missed = False
        self.timer = QTimer(self, interval=EVERY_SECONDS * 1000)
        self.timer.timeout.connect(self.due)
        self.timer.start()

    def make_up(self) -> None:
        """Somebody has signed in: the round that fell due while nobody had the key is made now."""
        if self._missed:
            self._missed = False
            QTimer.singleShot(0, self, self.due)

    def due(self) -> None:
        """Nothing of a training profile, and nothing while the store is being put in another's place."""
        if not self._window.signed_in or self._window.gate.running:
            self._missed = True
        elif not self._window.training:
            self._begin(always=False)

    def now(self) -> None:
        """Asked for: also when nothing has changed."""
        if self._backups is not None:
            self._begin(always=True)

    @property
    def _backups(self) -> Backups | None:
        if not self._window.signed_in:
            return None
        from desktop_app.use_cases.permissions import Action

        desk = self._window.desk
        return desk.backups if desk.access.may(Action.BACK_UP) else None

    def _begin(self, *, always: bool) -> None:
        backups = self._backups
        if backups is None or self.gate.running:
            return

        from desktop_app.use_cases.backups import BackupReport

        def told(folder: Path, done: float) -> None:
            self.growing.emit(str(folder), done)  # from the gate's thread; whoever hears it is in the window's

        self.gate.run(lambda: backups.round(always=always, told=told), self.over.emit,
                      lambda error: self.over.emit(BackupReport(failed=(f"{error} {error.next_step}".strip(),))))
