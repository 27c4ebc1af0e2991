"""The record of use in the window, over the real store: read, narrowed, checked, taken along; damage is told."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from sqlalchemy import text

from db.answer_json import from_text
from desktop_app.door import Door
from desktop_app.engine.answers import Answer
from desktop_app.presentation import record_of_use as words
from desktop_app.use_cases.audit import AuditEvent, Deed
from desktop_app.use_cases.domain import Clinician, Role
from desktop_app.use_cases.permissions import Access
from desktop_app.use_cases.record_of_use import PAGE, RecordOfUse
from desktop_app.widgets.record_page import RecordPage, TakeExtract
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands
from tests.whole.test_locking import Start


@pytest.fixture
def page(made: Door, prepare: Prepare, start: Start) -> tuple[Hands, RecordPage]:
    prepare({})
    hands = start(made)
    walk.sign_in(hands)
    hands.window.settings.show_record()
    found = hands.window.stack.currentWidget()
    assert isinstance(found, RecordPage)
    return hands, found


def told(page: RecordPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_it_says_who_did_what_to_whom_in_words(page: tuple[Hands, RecordPage], c01: object) -> None:
    _, record = page
    assert record.rows[0].what.startswith("Signed in")
    assert record.rows[0].who == walk.NAME
    created = next(row for row in record.rows if row.what == "Created: patient")
    assert created.whose.startswith(str(c01.patient.name))  # type: ignore[attr-defined]


def test_an_answer_is_told_in_words_and_not_as_stored(hands_answer: RecordPage) -> None:
    row = next(row for row in hands_answer.rows if "answer “" in row.what)
    assert row.detail == "Not asked → No"


@pytest.fixture
def hands_answer(made: Door, prepare: Prepare, start: Start) -> RecordPage:
    atom = next(a for a in made.pack.atoms.values() if a.type.value == "yes_no")
    prepare({atom.id: Answer(False)})
    hands = start(made)
    walk.sign_in(hands)
    hands.window.settings.show_record()
    found = hands.window.stack.currentWidget()
    assert isinstance(found, RecordPage)
    return found


def test_it_can_be_narrowed_to_a_kind_a_person_and_a_patient(page: tuple[Hands, RecordPage], c01: object) -> None:
    _, record = page
    record.kind.setCurrentIndex(record.kind.findData(Deed.CREATED.value))
    assert record.rows
    assert all(row.what.startswith("Created") for row in record.rows)
    record.kind.setCurrentIndex(0)
    record.patient.setText(str(c01.patient.number))  # type: ignore[attr-defined]
    record.show_newest()
    assert record.rows
    assert all(row.whose for row in record.rows)
    record.patient.setText("nobody of this name")
    record.show_newest()
    assert "Nobody is called" in told(record)


def test_a_page_at_a_time_however_many_rows_there_are(page: tuple[Hands, RecordPage]) -> None:
    hands, record = page
    store = hands.window.desk.half_typed._store  # type: ignore[attr-defined]
    for number in range(2 * PAGE):
        store.record(AuditEvent(Deed.VIEWED, f"row {number}"))
    record.show_newest()
    assert len(record.rows) == PAGE
    record.show_older()
    assert len(record.rows) == 2 * PAGE
    sequences = [row.sequence for row in record.rows]
    assert sequences == sorted(sequences, reverse=True)
    assert len(set(sequences)) == len(sequences)
    while record.older.isVisibleTo(record):
        record.show_older()
    assert record.rows[-1].sequence == 1


def test_checking_says_that_it_is_whole_and_when_it_is_not(page: tuple[Hands, RecordPage]) -> None:
    hands, record = page
    record.begin_check()
    hands.wait(lambda: not hands.window.gate.running)
    hands.wait(lambda: "Whole: every row is as it was written" in told(record))
    database = hands.window.desk.half_typed._store._database  # type: ignore[attr-defined]
    with database.write() as connection:
        named = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        for trigger in named.scalars().all():
            connection.execute(text(f'DROP TRIGGER "{trigger}"'))
        connection.execute(text("UPDATE audit SET what = 'nothing' WHERE sequence = 2"))
    record.begin_check()
    hands.wait(lambda: not hands.window.gate.running)
    hands.wait(lambda: "Changed: the record of use is not as it was written" in told(record))
    assert "Row 2 is not as it was written" in told(record)


def test_an_extract_needs_the_passphrase_is_recorded_and_holds_no_formula(
    page: tuple[Hands, RecordPage], tmp_path: Path,
) -> None:
    hands, record = page
    target = tmp_path / "record.csv"
    record._choose_file = lambda _name: str(target)
    store = hands.window.desk.half_typed._store  # type: ignore[attr-defined]
    store.record(AuditEvent(Deed.VIEWED, "=1+1"))
    record.ask_for_extract()
    dialog = record.findChild(TakeExtract)
    assert dialog is not None
    dialog.passphrase.setText("not the passphrase at all")
    dialog.check()
    hands.wait(lambda: not hands.window.gate.running)
    assert not target.exists()
    dialog.passphrase.setText(PASSPHRASE)
    dialog.check()
    hands.wait(lambda: not hands.window.gate.running and target.exists())
    rows = list(csv.reader(io.StringIO(target.read_text())))
    assert rows[0][0] == "row"
    assert [row[4] for row in rows if "1+1" in row[4]] == ["'=1+1"]
    assert rows[1][3] == "exported", "that it was taken stands in it"


def test_whoever_may_not_see_patients_sees_deeds_without_names_and_values(page: tuple[Hands, RecordPage]) -> None:
    hands, _ = page
    desk = hands.window.desk
    store = desk.half_typed._store  # type: ignore[attr-defined]
    only = Access(Clinician("a", "A. Admin", "office", Role.ADMIN))
    record = RecordOfUse(only, store, lambda _p: None, store.verify_audit, from_text)
    lines = [words.row(one, desk.pack) for one in record.rows()]
    about = [line for line in lines if line.whose]
    assert about
    assert {line.whose for line in about} == {"a patient"}
    assert not any("Lindqvist" in f"{line.what}{line.detail}" for line in lines)
    assert not record.patients("Lind")
    patient = next(p for p in store.find_patients(""))
    assert patient.name.encode() not in record.extract(PASSPHRASE)
