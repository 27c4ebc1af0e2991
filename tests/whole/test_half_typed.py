"""What is typed and no answer yet: back in its field after a lock or a kill, and never an answer by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop_app.door import Door
from desktop_app.engine.answers import Answer
from desktop_app.presentation.wizard import Place
from desktop_app.use_cases.domain import Verdict
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.correct_dialogs import VoidPlan
from desktop_app.widgets.dialogs import Handover
from desktop_app.widgets.editors import NumberEditor
from desktop_app.widgets.half_typed import EVERY_MS
from desktop_app.widgets.medicines_editor import MedicinesEditor
from desktop_app.widgets.new_patient_page import NewPatientPage
from desktop_app.widgets.settings_page import SettingsPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.people import PASSPHRASE
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands

Start = Callable[[Door], Hands]
ROOT = Path(__file__).resolve().parents[2]
QUESTION = "creatinine"


@pytest.fixture
def consulting(made: Door, prepare: Prepare, start: Start) -> Hands:
    prepare({})
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    return hands


def number_field(hands: Hands) -> NumberEditor:
    card = hands.view.page.questions.open_card
    assert card is not None
    assert isinstance(card.editor, NumberEditor)
    return card.editor


def medicine_line(hands: Hands) -> MedicinesEditor:
    card = hands.view.page.questions.open_card
    assert card is not None
    assert isinstance(card.editor, MedicinesEditor)
    return card.editor


def begin_a_number(hands: Hands, text: str) -> None:
    hands.view.go_to_question(QUESTION)
    number_field(hands).field.setFocus()
    QTest.keyClicks(number_field(hands).field, text)


def unlock(hands: Hands) -> None:
    hands.window.activateWindow()  # the offscreen platform gives the keyboard back to nobody when a question goes
    hands.wait(hands.window.isActiveWindow)
    hands.type(PASSPHRASE)
    hands.key(Qt.Key.Key_Return)
    hands.wait(lambda: not hands.window.gate.running and hands.window.signed_in)


def said(hands: Hands) -> str:
    return " ".join(label.text() for label in hands.view.findChildren(QLabel) if label.isVisible())


def test_half_a_number_is_no_answer_at_the_lock_and_back_in_its_field_after_it(consulting: Hands) -> None:
    begin_a_number(consulting, "1")
    consulting.program.locking.due.emit()
    unlock(consulting)
    consulting.wait(lambda: consulting.page(ConsultationView))
    assert QUESTION not in consulting.answers
    assert consulting.place[1] == QUESTION
    assert number_field(consulting).field.text() == "1"
    assert number_field(consulting).field.hasFocus() or consulting.view.page.questions.open_card is not None
    assert "What you had typed is back" in said(consulting)
    number_field(consulting).field.setFocus()
    QTest.keyClicks(number_field(consulting).field, ".2")
    assert number_field(consulting).commit()
    given = consulting.answers[QUESTION].value
    assert str(getattr(given, "entered", "")) == "1.2"


def test_the_unit_that_was_chosen_comes_back_with_the_number(consulting: Hands) -> None:
    begin_a_number(consulting, "1.1")
    unit = number_field(consulting).unit
    assert unit.count() > 1, "the question has to have two units"
    unit.setCurrentIndex(unit.count() - 1)
    chosen = unit.currentData()
    consulting.program.locking.due.emit()
    unlock(consulting)
    consulting.wait(lambda: consulting.page(ConsultationView))
    assert number_field(consulting).unit.currentData() == chosen


def test_a_medicine_that_was_not_added_yet_comes_back_and_is_no_answer(consulting: Hands) -> None:
    consulting.view.wizard.consultation.answer_many({"takes_alert.opioid": Answer(value=True)})
    consulting.view.show_all()
    consulting.view.go_to_question("opioids")
    editor = medicine_line(consulting)
    editor.drug.setCurrentIndex(editor.drug.findData("fentanyl"))
    QTest.keyClicks(editor.dose, "2")
    editor.as_needed.click()
    typed = editor.line()
    assert (typed.drug, typed.dose, typed.unit, typed.as_needed) == ("fentanyl", "2", "mcg_h", True)
    consulting.program.locking.due.emit()
    unlock(consulting)
    consulting.wait(lambda: consulting.page(ConsultationView))
    assert medicine_line(consulting).line() == typed
    assert "opioids" not in consulting.answers


def test_a_reason_that_is_being_written_comes_back_with_what_it_is_for(
    made: Door, prepare: Prepare, start: Start, c01: object,
) -> None:
    from desktop_app.engine.cases import Case

    assert isinstance(c01, Case)
    prepare(walk.answers_of(c01))
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    hands.view.go(Place("interventions", "options"))
    options = hands.view.page.options
    card = options.open_card
    assert card is not None
    option = options.open_id
    hands.click(card.decline)
    QTest.keyClicks(card.reason, "She wants to wait")
    hands.program.locking.due.emit()
    unlock(hands)
    hands.wait(lambda: hands.page(ConsultationView))
    hands.view.go_to_option("interventions", option)
    assert hands.window._half_typed is not None
    hands.window._half_typed.put_back()
    again = hands.view.page.options.open_card
    assert again is not None
    assert again.draft == (Verdict.DECLINE, "She wants to wait")
    assert option not in hands.view.wizard.consultation.choices


def test_words_of_a_question_that_is_asked_over_the_window_wait_until_it_is_asked_again(consulting: Hands) -> None:
    dialog = Handover(consulting.window)
    dialog.open()
    QTest.keyClicks(dialog.to, "Dr Okoye")
    consulting.program.locking.due.emit()
    assert not dialog.isVisible()
    unlock(consulting)
    consulting.wait(lambda: consulting.page(ConsultationView))
    again = Handover(consulting.window)
    again.open()
    assert consulting.window._half_typed is not None
    consulting.window._half_typed.keep()
    assert again.to.text() == "Dr Okoye"
    again.reject()


def test_a_passphrase_is_kept_nowhere_also_while_it_is_shown(consulting: Hands) -> None:
    """The question about a plan that is voided asks for words, which are kept, and for the passphrase."""
    dialog = VoidPlan(consulting.window, "CP-TR01-000001", "Marta", ())
    dialog.open()
    QTest.keyClicks(dialog.reason, "answers of another patient")
    QTest.keyClicks(dialog.passphrase, "a secret of many words")
    dialog.passphrase.setEchoMode(QLineEdit.EchoMode.Normal)
    consulting.program.locking.due.emit()
    unlock(consulting)
    consulting.wait(lambda: consulting.page(ConsultationView))
    again = VoidPlan(consulting.window, "CP-TR01-000001", "Marta", ())
    again.open()
    assert consulting.window._half_typed is not None
    consulting.window._half_typed.keep()
    assert again.reason.toPlainText() == "answers of another patient"
    assert again.passphrase.text() == ""
    again.reject()


def test_a_new_patient_half_entered_is_there_after_the_lock_and_gone_once_stored(at_desk: Hands) -> None:
    hands = at_desk
    hands.window.show_new_patient()
    page = hands.window.stack.currentWidget()
    assert isinstance(page, NewPatientPage)
    QTest.keyClicks(page.form.fields["name"], "Marta Lindqvist")
    hands.program.locking.due.emit()
    unlock(hands)
    hands.wait(lambda: hands.page(WorklistPage))
    hands.window.show_new_patient()
    page = hands.window.stack.currentWidget()
    assert isinstance(page, NewPatientPage)
    assert page.form.text("name") == "Marta Lindqvist"
    hands.click(page.cancel)
    hands.window.show_new_patient()
    page = hands.window.stack.currentWidget()
    assert isinstance(page, NewPatientPage)
    assert page.form.text("name") == ""


def test_settings_that_were_not_saved_are_in_their_fields_after_the_lock(at_desk: Hands) -> None:
    def name() -> QLineEdit:
        page = at_desk.window.stack.currentWidget()
        assert isinstance(page, SettingsPage)
        edit = page.form.fields["name"]
        assert isinstance(edit, QLineEdit)
        return edit

    stored = at_desk.window.desk.clinic.name
    at_desk.window.settings.show_settings()
    QTest.keyClicks(name(), " of the valley")
    at_desk.program.locking.due.emit()
    unlock(at_desk)
    at_desk.wait(lambda: at_desk.page(WorklistPage))
    at_desk.window.settings.show_settings()
    assert name().text() == f"{stored} of the valley"
    page = at_desk.window.stack.currentWidget()
    assert isinstance(page, SettingsPage)
    assert "What you had typed is back" in page.said.text()
    assert page.unsaved()
    assert at_desk.window.desk.clinic.name == stored
    page.to_worklist.emit()
    at_desk.window.settings.show_settings()
    assert name().text() == stored


def test_somebody_else_does_not_see_it(consulting: Hands) -> None:
    begin_a_number(consulting, "1")
    words = consulting.window._half_typed
    assert words is not None
    words.keep()
    desk = consulting.window.desk
    encounter = consulting.view.wizard.consultation.encounter.id
    store = desk.half_typed._store  # type: ignore[attr-defined]
    assert store.half_typed(desk.clinician.id, encounter)
    assert not store.half_typed("another person", encounter)


def test_it_is_kept_within_two_seconds_and_survives_a_kill(
    folder: Path, guideline_folder: Path, made: Door, prepare: Prepare, start: Start,
) -> None:
    assert EVERY_MS < 2000
    prepare({})
    made.lock()
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.whole.half_typing", str(folder), str(guideline_folder), QUESTION, "10"], cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    told = child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    _, trouble = child.communicate()
    assert told.strip() == b"kept", trouble.decode()
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    assert number_field(hands).field.text() == "10"
    assert QUESTION not in hands.answers
