"""What is seldom done and cannot be undone, joined to the window: data leave, older records are accepted."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_app.use_cases.privacy import Erased
from desktop_app.widgets.frame import Frame
from desktop_app.widgets.patient_page import PatientPage


class LeavingDesk(QObject):
    """Shows the pages; the use cases check who may."""

    def __init__(self, window: Frame) -> None:
        super().__init__(window)
        self._window = window

    def offer(self, page: PatientPage) -> None:
        page.save_everything.connect(self.show_folder)
        page.erase.connect(self.show_erase)

    def show_folder(self, patient_id: str) -> None:
        from desktop_app.widgets.patient_folder_page import PatientFolderPage

        folder = self._window.desk.patient_folder
        if folder is None:
            return
        page = PatientFolderPage(self._window.desk, folder, patient_id, self._window.gate.run)
        page.to_patient.connect(self._window.show_patient)
        self._window.show_desk_page(page)

    def show_erase(self, patient_id: str) -> None:
        from desktop_app.widgets.erase_page import ErasePage

        privacy = self._window.desk.privacy
        if privacy is None:
            return
        page = ErasePage(self._window.desk, privacy, patient_id, self._window.gate.run)
        page.to_patient.connect(self._window.show_patient)
        page.save_first.connect(self.show_folder)
        page.erased.connect(self._erased)
        self._window.show_desk_page(page)

    def ask_to_accept_older(self) -> None:
        """Records that are older than they were."""
        from desktop_app.widgets.older_records_part import AcceptOlder

        older = self._window.desk.older_records
        if older is None:
            return
        dialog = AcceptOlder(self._window)

        def accepted(_done: object) -> None:
            dialog.accept()
            self._window.show_worklist()

        dialog.tried.connect(lambda secret: self._window.gate.run(lambda: older.accept(dialog.words, secret), accepted,
                                                                  dialog.show_error))
        dialog.open()

    def _erased(self, found: Erased) -> None:
        from desktop_app.widgets.erase_page import ErasedPage

        self._window.signed = None  # it may be the patient's
        self._window.show_desk_page(ErasedPage(self._window.desk, found))
