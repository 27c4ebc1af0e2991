"""The window's frame: the page that is shown, whose desk it is, what works beside it. Each desk acts through it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QStackedWidget, QWidget
from shiboken6 import isValid

from desktop_app.language import tr
from desktop_app.widgets.where_to import documents, suggested
from desktop_app.widgets.work import Gate

if TYPE_CHECKING:
    from desktop_app.presentation.ports import ClinicDesk, OpenConsultation
    from desktop_app.use_cases.domain import StoredDocument
    from desktop_app.widgets.consultation_view import ConsultationView
    from desktop_app.widgets.desk_shell import DeskShell


class Frame(QMainWindow):
    """Nothing of a desk's work; ``MainWindow`` knows the pages."""

    locked = Signal()
    look = Signal(str, float)
    restore = Signal(Path)  # the backup that somebody wants back

    def __init__(self, desk: ClinicDesk | None = None) -> None:
        super().__init__()
        self._desk = desk
        self.gate = Gate(self)
        self.gate.busy.connect(self._busy)
        self.stack = QStackedWidget()
        self.setCentralWidget(self.stack)
        self.view: ConsultationView | None = None
        self.signed: StoredDocument | None = None
        self._had_keyboard: QWidget | None = None  # before something slow began
        self._promised = False  # somebody else was named for it

    @property
    def desk(self) -> ClinicDesk:
        if self._desk is None:
            raise LookupError("nobody is signed in")
        return self._desk

    @property
    def signed_in(self) -> bool:
        return self._desk is not None

    @property
    def training(self) -> bool:
        return self._desk is not None and self._desk.training

    def show_page(self, page: QWidget) -> None:
        """Put one page in the window and let the one before go."""
        before = self.stack.currentWidget()
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        if before is not None and before is not self.view:
            self.stack.removeWidget(before)
            before.deleteLater()

    # --- where a desk leads; the window that knows the pages goes there ---------------------------------

    def show_worklist(self) -> None:
        raise NotImplementedError

    def show_patient(self, patient_id: str) -> None:
        raise NotImplementedError

    def show_desk_page(self, page: DeskShell) -> None:
        raise NotImplementedError

    def open_consultation(self, consultation: OpenConsultation) -> None:
        raise NotImplementedError

    def look_at(self, encounter_id: str) -> None:
        raise NotImplementedError

    # --- while something works --------------------------------------------------------------------------

    def _busy(self, busy: bool) -> None:
        """While it works nothing can be pressed; afterwards the keyboard is where it was."""
        if busy:
            self._had_keyboard, self._promised = self.focusWidget(), False
        self.stack.setEnabled(not busy)
        if not busy:
            QTimer.singleShot(0, self, self._give_keyboard_back)

    def keyboard_afterwards(self, widget: QWidget) -> None:
        """Who gets the keyboard when the work is over, in place of who had it before."""
        self._had_keyboard, self._promised = widget, True

    def _give_keyboard_back(self) -> None:
        had = self._had_keyboard
        free = self._promised or QApplication.focusWidget() is None
        if free and had is not None and isValid(had) and had.isVisible():
            had.setFocus()

    # --- files that somebody chooses --------------------------------------------------------------------

    def choose_file(self, name: str) -> str:
        """Where to, from the person's own documents on; the dialog asks before a file is replaced."""
        return QFileDialog.getSaveFileName(self, tr("Save"), suggested(name), "PDF (*.pdf)")[0]

    def choose_table(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self, tr("Save"), suggested(name), "CSV (*.csv)")[0]

    def choose_folder(self) -> str:
        return QFileDialog.getExistingDirectory(self, tr("Save all documents in a folder"), documents())
