"""Pictures of what lies before a consultation: the ways in, the desk, its pages and what they ask."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop_app.presentation import forms
from desktop_app.presentation.backups import moment, replaced
from desktop_app.presentation.emergency import numbers_of
from desktop_app.presentation.ports import ClinicDesk
from desktop_app.use_cases.backups import Present
from desktop_app.use_cases.blank_papers import Blank
from desktop_app.use_cases.domain import EncounterState
from desktop_app.use_cases.errors import KeyFileMissing, MustWait, OldKeyFile, StoreDamaged, WrongPassphrase
from desktop_app.use_cases.keys import KeyUser
from desktop_app.use_cases.people import Code
from desktop_app.widgets import shots, shots_leaving
from desktop_app.widgets.backups_page import BackupsPage
from desktop_app.widgets.edition_dialogs import SwitchOn, TrustPublishers, WithReason
from desktop_app.widgets.error_page import ErrorPage
from desktop_app.widgets.first_start_page import FirstStartPage
from desktop_app.widgets.guideline_page import GuidelinePage
from desktop_app.widgets.keys_page import KeysPage
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.new_patient_page import NewPatientPage
from desktop_app.widgets.numbers_page import NumbersPage
from desktop_app.widgets.people_page import CodeDialog, PeoplePage
from desktop_app.widgets.problem_report import problem_report
from desktop_app.widgets.record_page import RecordPage
from desktop_app.widgets.recovery_key_page import RecoveryKeyPage
from desktop_app.widgets.recovery_page import RecoveryPage
from desktop_app.widgets.restore_dialog import RestoreNow
from desktop_app.widgets.restore_page import RestorePage
from desktop_app.widgets.settings_page import SettingsPage
from desktop_app.widgets.unlock_page import UnlockPage
from desktop_app.widgets.verify_page import VerifyPage
from desktop_app.widgets.worklist_page import WorklistPage

FICTIONAL_KEY = "FRCT1-0NAQK-EYF0R-THEP1-CTVRE-23456-789AB-CDEFG"
FICTIONAL_PRINT = "7f3a 90c1 55de 0b42 a6c8 1d77 e93b 2f60"
NOBODY = "nobody of this name"


def render_doors(window: MainWindow, desk: ClinicDesk, folder: Path) -> list[Path]:
    """First start, recovery, unlock with its troubles, numbers and errors, then the pages of the desk."""
    return [*_way_in(window, desk, folder), *_unlock(window, desk, folder), *_trouble(window, desk, folder),
            *_blank_papers(window, folder), *_desk_pages(window, desk, folder)]


def render_empty_desk(window: MainWindow, folder: Path) -> list[Path]:
    """The first day of a clinic: nobody in the worklist, nothing found, nobody else works here yet."""
    found = []
    for name, show in (("worklist", window.show_worklist), ("people", window.settings.show_people)):
        show()
        found.append(shots.take(window, folder, f"empty-{name}"))
    return found


# --- the ways in ----------------------------------------------------------------------------------


def _way_in(window: MainWindow, desk: ClinicDesk, folder: Path) -> Iterator[Path]:
    first = FirstStartPage(desk.pack, training=False)
    window.show_page(first)
    first.focus_first()
    yield shots.take(window, folder, "door-first-start")
    yield from shots.downwards(window, first.form, folder, "door-first-start")
    first.press()
    yield shots.take(window, folder, "door-first-start-mistakes")
    key = RecoveryKeyPage(FICTIONAL_KEY, desk, lambda _name, _content: None)
    recovery = RecoveryPage([KeyUser("1", desk.clinician.name)], training=False)
    for name, page in (("recovery-key", key), ("recovery", recovery)):
        window.show_page(page)
        page.focus_first()
        yield shots.take(window, folder, f"door-{name}")


def _unlock(window: MainWindow, desk: ClinicDesk, folder: Path) -> Iterator[Path]:
    """One person, several, somebody with a one-time code, who locked it just now, and what can be wrong."""
    users = [KeyUser("1", desk.clinician.name)]
    unlock = UnlockPage(users, training=desk.training)
    window.show_page(unlock)
    unlock.focus_first()
    yield shots.take(window, folder, "door-unlock")
    for label, error in (("wrong-passphrase", WrongPassphrase("The passphrase is not that of Dr N. Karim.")),
                         ("key-file-missing", KeyFileMissing("There is no key file in the folder of the records.")),
                         ("old-key-file", OldKeyFile("This way in was replaced or taken back.")),
                         ("damaged", StoreDamaged("The stored records cannot be read.")),
                         ("wait", MustWait("Too many wrong passphrases.", seconds=30))):
        unlock.waiting()
        unlock.show_error(error)
        yield shots.take(window, folder, f"door-unlock-{label}")
    all_users = [*users, KeyUser("2", "L. Berg"), KeyUser("3", "O. Sander", by_code=True)]
    for label, who, last in (("who", all_users, ""), ("again", all_users, "1"), ("code", all_users[2:], "")):
        page = UnlockPage(who, training=desk.training, last=last)
        window.show_page(page)
        page.focus_first()
        yield shots.take(window, folder, f"door-unlock-{label}")


def _trouble(window: MainWindow, desk: ClinicDesk, folder: Path) -> Iterator[Path]:
    """The emergency numbers without a passphrase, surroundings that fail, and a mistake of ours with its report."""
    numbers = NumbersPage(desk.pack, numbers_of(desk.pack, desk.clinic.phones, desk.clinic.phones_none),
                          training=desk.training)
    window.show_page(numbers)
    numbers.focus_first()
    yield shots.take(window, folder, "door-numbers")
    ours = ErrorPage(forms.our_mistake(), details=ValueError.__name__, save_file=lambda _name, _content: None,
                     report=problem_report(ValueError, sys.exc_info()[2], ""))
    for name, page in (("error", ErrorPage(forms.trouble(StoreDamaged("The stored records cannot be read.")))),
                       ("error-ours", ours)):
        window.show_page(page)
        page.focus_first()
        yield shots.take(window, folder, f"door-{name}")


# --- the desk -------------------------------------------------------------------------------------


def _blank_papers(window: MainWindow, folder: Path) -> Iterator[Path]:
    """The papers for the day without power, where the desk can make them."""
    for blank in Blank:
        window.show_worklist()
        window.papers.look_at_blank(blank.value)
        window.gate.wait()
        shots.settle()
        if window.papers.preview is not None:
            yield shots.take(window, folder, f"desk-{blank.value}")


def _desk_pages(window: MainWindow, desk: ClinicDesk, folder: Path) -> Iterator[Path]:
    pages = {"worklist": (window.show_worklist, True), "new-patient": (window.show_new_patient, True),
             "settings": (window.settings.show_settings, True),
             "keys": (window.settings.show_keys, desk.keys is not None),
             "people": (window.settings.show_people, desk.people is not None),
             "backups": (window.settings.show_backups, desk.backups is not None),
             "record": (window.settings.show_record, desk.record is not None),
             "guideline": (window.settings.show_guideline, desk.editions is not None),
             "verify": (window.show_verify, desk.checking is not None)}
    for name, (show, there) in pages.items():
        if there:
            show()
            yield shots.take(window, folder, f"desk-{name}")
            yield from _in_use(window, window.stack.currentWidget(), folder)
    signed = next((row.patient.id for row in desk.worklist() if row.state is EncounterState.SIGNED), "")
    if signed:
        window.show_patient(signed)
        yield shots.take(window, folder, "desk-patient")
        yield from shots_leaving.pages(window, desk, signed, folder)


def _in_use(window: MainWindow, page: QWidget | None, folder: Path) -> Iterator[Path]:
    """A page of the desk while something is done on it: a search, mistakes, its lower parts, its questions."""
    if isinstance(page, WorklistPage):
        page.search.setText("m")
        yield shots.take(window, folder, "desk-worklist-search")
        page.search.setText(NOBODY)
        yield shots.take(window, folder, "desk-worklist-not-found")
    elif isinstance(page, NewPatientPage):
        page.begin()
        yield shots.take(window, folder, "desk-new-patient-mistakes")
    elif isinstance(page, SettingsPage):
        yield from shots.downwards(window, page.form, folder, "desk-settings")
        window.settings.change_passphrase()
        yield from shots.question(window, folder, "desk-settings-passphrase")
    elif isinstance(page, KeysPage):
        yield from shots.downwards(window, page.form, folder, "desk-keys")
        page.adopt()
        yield shots.take(window, folder, "desk-keys-mistakes")
    elif isinstance(page, PeoplePage):
        yield from _people(page, folder)
    elif isinstance(page, BackupsPage):
        yield from _backups(window, page, folder)
    elif isinstance(page, RecordPage):
        page.begin_check()
        window.gate.wait()
        shots.settle()
        yield shots.take(window, folder, "desk-record-checked")
        page.ask_for_extract()
        yield from shots.question(window, folder, "desk-record-extract")
    elif isinstance(page, GuidelinePage):
        yield from _guideline(window, page, folder)
    elif isinstance(page, VerifyPage):
        yield from _verify(window, page, folder)


def _people(page: PeoplePage, folder: Path) -> Iterator[Path]:
    """Somebody new, a change, a code, and somebody who leaves."""
    asks = (("person", page.ask_for_new), ("change", lambda: page.ask_to_change(page.desk.clinician)),
            ("ask-code", lambda: page.ask_for_code(page.desk.clinician)),
            ("retire", lambda: page.ask_to_retire(page.desk.clinician)))
    for name, ask in asks:
        ask()
        yield from shots.question(page, folder, f"desk-people-{name}", mistakes=name == "person")
    CodeDialog(page, Code("L. Berg", "FRCT1-0NAQK-EYF0R-THEP1", page.desk.today)).open()
    yield from shots.question(page, folder, "desk-people-code", mistakes=False)


def _backups(window: MainWindow, page: BackupsPage, folder: Path) -> Iterator[Path]:
    """While one is made, with one that is there, bringing it back, and a round that failed."""
    page.begin()
    yield shots.take(window, folder, "desk-backups-under-way")
    window.rounds.gate.wait()
    shots.settle()
    yield shots.take(window, folder, "desk-backups-made")
    yield from shots.downwards(window, page.form, folder, "desk-backups-made")
    backups = page.desk.backups
    found = [] if backups is None else [one for place in backups.places() for one in place.backups]
    for one in found[:1]:
        told = replaced(one, Present(one.store_id, one.encounters + 2, one.head.sequence + 40))
        RestoreNow(page, f"Restore backup {one.number} of {moment(one.made)}?", told,
                   [KeyUser("1", page.desk.clinician.name)]).open()
        yield from shots.question(window, folder, "desk-backups-restore")
    restore = RestorePage(lambda _folder: [] if backups is None else backups.places(), training=page.desk.training)
    window.show_page(restore)
    restore.focus_first()
    yield shots.take(window, folder, "door-restore")


def _guideline(window: MainWindow, page: GuidelinePage, folder: Path) -> Iterator[Path]:
    """Publishers to believe, an edition to switch on, one step back, approving and withdrawing."""
    def back() -> None:
        WithReason(page, "One step back to edition 0.3.0?", "That edition gives the advice again.", "Go back").open()

    asks = (("approve", page.ask_to_approve), ("withdraw", page.ask_to_withdraw),
            ("trust", lambda: TrustPublishers(page, FICTIONAL_PRINT).open()),
            ("switch", lambda: SwitchOn(page, "Edition 0.4.0", "Nothing changes for the open patients.").open()),
            ("back", back))
    for name, ask in asks:
        ask()
        yield from shots.question(window, folder, f"desk-guideline-{name}", mistakes=name == "approve")


def _verify(window: MainWindow, page: VerifyPage, folder: Path) -> Iterator[Path]:
    """A code that is none, a file that is none of ours, and a signed plan of these records."""
    page.check_code()
    yield shots.take(window, folder, "desk-verify-nothing")
    page.code.setPlainText("shc:/" + "0" * 40)
    page.check_code()
    yield shots.take(window, folder, "desk-verify-not-accepted")
    desk = page.desk
    signed = next((row for row in desk.worklist() if row.state is EncounterState.SIGNED), None)
    if signed is None:
        return
    with tempfile.TemporaryDirectory() as place:
        for document in desk.documents_of(signed.encounter_id)[:1]:
            file = Path(place) / f"{document.number}.pdf"
            file.write_bytes(document.content)
            page.check_file(str(file))
            window.gate.wait()
            yield shots.take(window, folder, "desk-verify-holds")
