"""Pictures of the pages on which a patient's data leave, and of records that are older than they were."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.audit import AuditHead, AuditVerdict
from desktop_app.use_cases.domain import Clinician, Role
from desktop_app.use_cases.older_records import KeptHead, OlderRecords
from desktop_app.use_cases.patient_folder import SavedFolder
from desktop_app.use_cases.permissions import Access
from desktop_app.use_cases.privacy import Erased
from desktop_app.widgets import shots
from desktop_app.widgets.erase_page import ErasedPage, ErasePage
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.older_records_part import AcceptOlder
from desktop_app.widgets.patient_folder_page import PatientFolderPage

_SEEN = KeptHead(AuditHead(12_480, "ab" * 32), datetime(2026, 11, 20, 17, 42, tzinfo=UTC))
SECOND = Clinician("second", "O. Sander", "practice manager", Role.ADMIN, administers=True)


def pages(window: MainWindow, desk: ClinicDesk, patient_id: str, folder: Path) -> Iterator[Path]:
    """As they open, with their mistakes, their last question, and what they say afterwards."""
    if desk.patient_folder is not None:
        window.leaving.show_folder(patient_id)
        page = window.stack.currentWidget()
        if isinstance(page, PatientFolderPage):
            yield from _folder(page, window, folder)
    if desk.privacy is not None:
        window.leaving.show_erase(patient_id)
        asked = window.stack.currentWidget()
        if isinstance(asked, ErasePage):
            yield from _erase(asked, window, folder)
        window.show_desk_page(ErasedPage(desk, Erased(2, AuditVerdict(12_481, ()))))
        yield shots.take(window, folder, "desk-erased")
    if (older := desk.older_records) is not None:
        yield from _older(window, older, folder)


def _folder(page: PatientFolderPage, window: MainWindow, folder: Path) -> Iterator[Path]:
    yield shots.take(window, folder, "desk-everything")
    page.ask()
    yield shots.take(window, folder, "desk-everything-mistakes")
    with tempfile.TemporaryDirectory() as place:
        page.place.setText(place)
        page.ask()
        yield from shots.question(page, folder, "desk-everything-question")
    page.place.setText("/media/stick")
    page.tell_saved(SavedFolder(Path("/media/stick/TR-0001-2026-11-22"), 9))
    yield shots.take(window, folder, "desk-everything-saved")


def _erase(page: ErasePage, window: MainWindow, folder: Path) -> Iterator[Path]:
    yield shots.take(window, folder, "desk-erase")
    yield from shots.downwards(window, page.form, folder, "desk-erase")
    page.ask()
    yield shots.take(window, folder, "desk-erase-mistakes")
    page.ask_for(SECOND.name)
    yield from shots.question(page, folder, "desk-erase-question")


def _older(window: MainWindow, older: OlderRecords, folder: Path) -> Iterator[Path]:
    """For an administrator, and for whoever else signs in."""
    before, access = older.missed, window.desk.access
    older.missed = _SEEN
    try:
        window.show_worklist()
        yield shots.take(window, folder, "desk-older-records")
        AcceptOlder(window).open()
        yield from shots.question(window, folder, "desk-older-records-question")
        window.desk.access = Access(Clinician("viewer", "R. Other", "receptionist", Role.VIEWER))
        window.show_worklist()
        yield shots.take(window, folder, "desk-older-records-viewer")
    finally:
        older.missed, window.desk.access = before, access
