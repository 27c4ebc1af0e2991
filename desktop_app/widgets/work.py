"""One gate for slow work: it runs beside the window, and its result or error comes back to it."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from desktop_app.language import tr
from desktop_app.use_cases.errors import LumbarError, StillWorking


class _Job(QThread):
    def __init__(self, job: Callable[[], object], done: Callable[[object], None],
                 failed: Callable[[LumbarError], None], parent: QObject) -> None:
        super().__init__(parent)
        self._job, self.done, self.failed = job, done, failed
        self.result: object = None
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.result = self._job()
        except Exception as error:  # noqa: BLE001 - carried to the window, which tells the two kinds apart
            self.error = error


_at_work: set[Gate] = set()
"""Gates with a job under way: while there is one, the collector rests."""


class Gate(QObject):
    """One job at a time. ``busy`` turns the window's controls off and on."""

    busy = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: _Job | None = None
        self._dropped = False
        self._when_free: list[Callable[[], object]] = []

    @property
    def running(self) -> bool:
        return self._thread is not None

    def run(self, job: Callable[[], object], done: Callable[[object], None],
            failed: Callable[[LumbarError], None]) -> None:
        """Do ``job`` beside the window. A ``LumbarError`` goes to ``failed``; a bug is raised here. While another job
        is under way it is not begun, and ``failed`` is told so: whoever waits for an answer gets one.
        """
        if self._thread is not None:
            failed(StillWorking(tr("Something else is still under way."),
                                next_step=tr("Wait until it is done, then try again.")))
            return
        self._thread = _Job(job, done, failed, self)
        # Queued: the thread says "finished" in its own thread, and widgets are touched only in the window's.
        self._thread.finished.connect(self._over, Qt.ConnectionType.QueuedConnection)
        self.busy.emit(True)
        # The collector may run in any thread, and a widget freed outside the window's thread ends the process.
        _at_work.add(self)
        gc.disable()
        self._thread.start()

    def drop(self, then: Callable[[], object]) -> None:
        """Whatever runs ends as it does and nobody is told its result; ``then`` is called when nothing runs."""
        if self._thread is None:
            then()
            return
        self._dropped = True
        self._when_free.append(then)

    @Slot()
    def _over(self) -> None:
        thread = self._thread
        if thread is None:
            return
        thread.wait()
        self._collect_again()
        self._thread = None
        dropped, self._dropped = self._dropped, False
        waiting, self._when_free = self._when_free, []
        for then in waiting:
            then()
        self.busy.emit(False)
        thread.deleteLater()
        if dropped:
            return
        if isinstance(thread.error, LumbarError):
            thread.failed(thread.error)
        elif thread.error is not None:
            raise thread.error
        else:
            thread.done(thread.result)

    def wait(self) -> None:
        """Let a running job end; used when the window closes."""
        if self._thread is not None:
            self._thread.wait()
            self._collect_again()

    def _collect_again(self) -> None:
        _at_work.discard(self)
        if not _at_work:
            gc.enable()
