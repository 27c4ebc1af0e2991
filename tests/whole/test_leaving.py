"""A patient's data on their way out, through the window and over the real encrypted store: saved whole, and erased."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pikepdf
import pytest
from fhir.resources.R4B.bundle import Bundle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from db.backup import MANIFEST
from desktop_app.door import Door
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.presentation.backups import replaced
from desktop_app.use_cases.audit import AuditFilter, Deed
from desktop_app.use_cases.domain import Role, Verdict
from desktop_app.widgets.erase_page import ErasedPage, EraseNow, ErasePage
from desktop_app.widgets.patient_folder_page import PatientFolderPage, SaveEverything
from desktop_app.widgets.patient_page import PatientPage
from desktop_app.widgets.unlock_page import PersonButton, UnlockPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.db.test_erasing import pages
from tests.people import PASSPHRASE
from tests.presentation.conftest import answered
from tests.whole import walk
from tests.whole.hands import Hands

CANARY, NUMBER, BORN = "Zyxwanda Quorlimp", "CNRY-77341", date(1951, 2, 17)
WORDS = ("Zyxwanda", "Quorlimp", "quorlimp", NUMBER, "1951-02-17")
SECOND, SECRET = "O. Sander", "seven lanterns in the harbour"
WHY = "Asked for in writing on 12 November"
Start = Callable[[Door], Hands]
P = TypeVar("P", bound=QWidget)


@pytest.fixture
def patient(made: Door, c01: Case) -> str:
    """A canary with a signed plan and a consultation that is not finished, another patient, and a second person."""
    desk = made.sign_in(made.users()[0].id, PASSPHRASE)
    answers = answered(dict(c01.sheet.items()))
    other = desk.new_patient(name="Josef Tamm", number="TR-0007", born=date(1960, 6, 21), sex="male")
    desk.open(other.id)
    canary = desk.new_patient(name=CANARY, number=NUMBER, born=BORN, sex="female")
    consultation = desk.open(canary.id)
    consultation.answer_many(answers)
    consultation.close_impression()
    option = next(one.id for one in consultation.decision.options if one.status.value == "offered"
                  and desk.pack.options[one.id].decidable)
    consultation.choose(option, Verdict.DECLINE, f"{CANARY} wants to wait")
    consultation.sign(desk.signer(PASSPHRASE))
    desk.open(canary.id).answer_many({"cancer": Answer(value=True)})
    assert desk.people is not None
    code = desk.people.add(SECOND, "practice manager", Role.ADMIN, administers=True, passphrase=PASSPHRASE)
    made.lock()
    user = next(one for one in made.users() if one.name == SECOND)
    made.sign_in_with_code(user.id, code.letters, SECRET)
    made.lock()
    return canary.id


@pytest.fixture
def there(made: Door, start: Start, patient: str) -> Hands:
    """On the canary's page."""
    hands = start(made)
    page = hands.window.stack.currentWidget()
    assert isinstance(page, UnlockPage)
    hands.click(next(one for one in page.findChildren(PersonButton) if walk.NAME in one.accessibleName()))
    walk.sign_in(hands)
    hands.window.show_patient(patient)
    return hands


def press(hands: Hands, words: str) -> None:
    page = hands.window.stack.currentWidget()
    assert isinstance(page, PatientPage)
    hands.click(next(one for one in page.buttons if words in one.text()))


def page_of(hands: Hands, kind: type[P]) -> P:
    page = hands.window.stack.currentWidget()
    assert isinstance(page, kind), page
    return page


def settled(hands: Hands) -> None:
    hands.wait(lambda: not hands.window.gate.running)


def asked_to_save(hands: Hands) -> SaveEverything:
    page = page_of(hands, PatientFolderPage)
    hands.click(page.save)
    [dialog] = [one for one in page.findChildren(SaveEverything) if one.isVisible()]
    return dialog


def saved_to(hands: Hands, place: Path, secret: str = PASSPHRASE) -> PatientFolderPage:
    press(hands, "Save everything")
    page = page_of(hands, PatientFolderPage)
    page.place.setText(str(place))
    dialog = asked_to_save(hands)
    dialog.passphrase.setText(secret)
    hands.click(dialog.go)
    settled(hands)
    return page


# --- everything about one patient -----------------------------------------------------------------


def test_all_of_a_patient_is_saved_and_can_be_read_elsewhere(there: Hands, made: Door, tmp_path: Path,
                                                             patient: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    press(there, "Save everything")
    page = page_of(there, PatientFolderPage)
    there.click(page.save)
    assert "Choose where" in walk.words_of(page)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(place))
    page.choose()
    dialog = asked_to_save(there)
    dialog.passphrase.setText("not this one at all")
    there.click(dialog.go)
    settled(there)
    assert dialog.isVisible()
    assert list(place.iterdir()) == []
    dialog.passphrase.setText(PASSPHRASE)
    there.click(dialog.go)
    settled(there)
    [folder] = place.iterdir()
    assert str(folder) in walk.words_of(page)
    assert folder.name == f"{NUMBER}-{there.window.desk.today.isoformat()}"
    assert folder.stat().st_mode & 0o077 == 0

    stored = [document for visit in there.window.desk.history(patient)
              for document in there.window.desk.documents_of(visit.encounter.id)]
    assert stored
    for document in stored:
        assert (folder / "documents" / f"{document.number}.pdf").read_bytes() == document.content
        with pikepdf.open(io.BytesIO(document.content)) as pdf:
            for name, one in pdf.attachments.items():
                content = (folder / "data" / f"{document.number}-{name}").read_bytes()
                assert content == one.get_file().read_bytes()
    bundles = list((folder / "data").glob("*fhir*.json"))
    assert bundles
    for bundle in bundles:
        assert CANARY.split()[1] in Bundle.model_validate_json(bundle.read_text("utf-8")).model_dump_json()

    told = json.loads((folder / "consultations.json").read_text("utf-8"))
    assert told["patient"]["name"] == CANARY
    assert [one["state"] for one in told["consultations"]] == ["signed", "draft"]
    assert told["consultations"][1]["answers"]["cancer"]["value"] == {"yes_no": True}
    assert told["consultations"][0]["record"]

    with (folder / "record-of-use.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    inside = made._need_open().store.audit_rows(AuditFilter(patient_id=patient), limit=10_000)
    assert rows[0]["what"] == "everything about the patient"
    assert [int(row["entry"]) for row in rows] == [row.sequence for row in inside if row.sequence <= int(
        rows[0]["entry"])]

    index = (folder / "index.html").read_text("utf-8")
    assert CANARY in index
    files = [one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()]
    assert all(f'href="{name}"' in index for name in files if name != "index.html"), files


def test_a_second_one_lies_beside_the_first(there: Hands, tmp_path: Path, patient: str) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    saved_to(there, place)
    there.window.show_patient(patient)
    saved_to(there, place)
    assert len(list(place.iterdir())) == 2


def test_what_cannot_be_written_leaves_nothing_behind_and_is_recorded(
    there: Hands, made: Door, tmp_path: Path, patient: str, monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    left = [3]
    sync = os.fsync

    def full(file: int) -> None:
        """The disk takes a few files."""
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "no space left")
        sync(file)

    monkeypatch.setattr("desktop_app.use_cases.outputs.os.fsync", full)
    page = saved_to(there, place)
    monkeypatch.undo()
    assert "the disk is full" in page.wrong.text()
    assert list(place.iterdir()) == []
    newest = made._need_open().store.audit_rows(AuditFilter(patient_id=patient), limit=2)
    assert [row.event.deed for row in newest] == [Deed.FAILED, Deed.EXPORTED]
    assert newest[0].event.detail == "IoFailed (ENOSPC)"  # one wording, whatever language the screens speak


# --- erasing --------------------------------------------------------------------------------------


def asked_to_erase(hands: Hands) -> EraseNow:
    page = page_of(hands, ErasePage)
    hands.click(page.erase)
    [dialog] = [one for one in page.findChildren(EraseNow) if one.isVisible()]
    return dialog


def filled(hands: Hands) -> ErasePage:
    page = page_of(hands, ErasePage)
    page.reason.setPlainText(WHY)
    page.second.setCurrentIndex(page.second.findText(SECOND, Qt.MatchFlag.MatchStartsWith))
    return page


def test_after_an_erasure_the_name_is_nowhere_and_the_chain_holds(there: Hands, made: Door, folder: Path,
                                                                  patient: str) -> None:
    assert made.back_up().made
    press(there, "Erase this patient")
    page = page_of(there, ErasePage)
    told = walk.words_of(page)
    assert "2 consultations" in told
    assert "What stays" in told
    assert "Backups that were made until now" in told
    there.click(page.erase)  # nothing filled in: both are said, nothing asked
    assert "Say why" in walk.words_of(page)
    assert "Choose who agrees" in walk.words_of(page)
    page.reason.setPlainText(f"{CANARY} asked for it")
    there.click(page.erase)
    assert "must not name the patient" in walk.words_of(page)
    filled(there)
    dialog = asked_to_erase(there)
    assert SECOND in walk.words_of(dialog)
    for own, second, wrong in ((PASSPHRASE, "", "types their passphrase too"),
                               (PASSPHRASE, "x" * 20, "second person's"),
                               ("x" * 20, SECRET, "")):
        dialog.passphrase.setText(own)
        dialog.second.setText(second)
        there.click(dialog.go)
        settled(there)
        assert dialog.isVisible()
        assert wrong in dialog.wrong.text()
        assert made._need_open().store.patient(patient).name == CANARY
    dialog.passphrase.setText(PASSPHRASE)
    dialog.second.setText(SECRET)
    there.click(dialog.go)
    settled(there)
    done = page_of(there, ErasedPage)
    assert "Erased: 2 consultations." in walk.words_of(done)
    assert "The record of use is whole" in walk.words_of(done)
    assert f"Still with the patient: 1 backup in {folder / 'backups'}" in walk.words_of(done)
    assert not [word for word in WORDS if word in walk.words_of(there.window)]
    there.click(done.onwards)
    assert not [word for word in WORDS if word in walk.words_of(page_of(there, WorklistPage))]

    backups = there.window.desk.backups
    assert backups is not None
    [older] = [backup for place in backups.places() for backup in place.backups]
    assert "1 patient who was erased since then comes back" in " ".join(replaced(older, backups.present()))

    opened = made._need_open()
    assert opened.store.verify_audit().sound
    [row] = opened.store.audit_rows(AuditFilter(deed=Deed.ERASED.value))
    assert row.event.detail == WHY
    assert row.event.subject == next(one.id for one in made.users() if one.name == SECOND)
    plain = pages(opened)
    assert b"TR-0007" in plain
    assert [word for word in WORDS if word.encode() in plain] == []


def erased_with_backups(hands: Hands) -> str:
    """What the page after it says."""
    press(hands, "Erase this patient")
    page = filled(hands)
    assert not page.backups_too.isChecked()
    page.backups_too.setChecked(True)
    dialog = asked_to_erase(hands)
    dialog.passphrase.setText(PASSPHRASE)
    dialog.second.setText(SECRET)
    hands.click(dialog.go)
    settled(hands)
    return walk.words_of(page_of(hands, ErasedPage))


def test_the_backups_that_hold_the_patient_go_too_once_there_is_a_new_one(there: Hands, made: Door,
                                                                          folder: Path) -> None:
    backups = there.window.desk.backups
    assert backups is not None
    assert len([backups.round(always=True) for _ in range(2)]) == 2
    foreign = folder / "backups" / "backup-000900"  # of other records: never touched
    shutil.copytree(folder / "backups" / "backup-000001", foreign)
    told = json.loads((foreign / MANIFEST).read_text())
    (foreign / MANIFEST).write_text(json.dumps({**told, "store": "other-records"}))
    copied = folder / "store.db.before-0010"  # made when the program was updated
    copied.write_bytes(b"an older store")
    said = erased_with_backups(there)
    assert "3 backups that held the patient were deleted" in said
    assert not copied.exists()
    assert "Still with the patient" not in said
    own = [one for one in made.backups() if one.store_id == backups.store_id]
    opened = made._need_open()
    [erased] = opened.store.audit_rows(AuditFilter(deed=Deed.ERASED.value))
    rows = [one for one in opened.store.audit_rows(AuditFilter(deed=Deed.CHANGED.value), limit=500)
            if one.event.what == "backups deleted after an erasure"]
    assert [(row.event.old, row.event.subject) for row in rows] == [
        (copied.name, erased.event.subject), ("1, 2", erased.event.subject)]
    assert [one.head.sequence >= erased.sequence for one in own] == [True]
    assert backups.check(own[0].path).number == own[0].number
    assert foreign.is_dir()
    assert not list((folder / "backups").glob(".*gone"))
    assert made.verify_audit().sound


def test_without_a_new_backup_the_old_ones_stay_and_are_named(there: Hands, made: Door,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    assert made.back_up().made

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("db.profile.make_backup", full)
    said = erased_with_backups(there)
    assert "No space left on device" in said
    assert "Still with the patient: 1 backup in" in said
    assert len(made.backups()) == 1


def test_without_anybody_to_agree_it_says_so(made: Door, start: Start, prepare: Callable[..., str]) -> None:
    prepare({})
    hands = start(made)
    walk.sign_in(hands)
    [row] = hands.window.desk.worklist()
    hands.window.show_patient(row.patient.id)
    press(hands, "Erase this patient")
    page = page_of(hands, ErasePage)
    assert "Nobody else here could agree" in walk.words_of(page)
    assert not page.erase.isEnabled()
