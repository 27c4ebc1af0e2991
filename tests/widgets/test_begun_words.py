"""Words that were begun are never lost by shutting their place or by opening another one."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.presentation.wizard import OPTIONS, Place
from desktop_app.widgets import shots
from desktop_app.widgets.dialogs import AnswerWasWrong, Ask, Handover
from desktop_app.widgets.editors import NumberEditor
from desktop_app.widgets.emergency_page import EmergencyPage
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.medicines_editor import MedicinesEditor
from desktop_app.widgets.new_patient_page import NewPatientPage
from desktop_app.widgets.option_card import OpenOption
from desktop_app.widgets.review_page import ReviewPage
from tests.fakes import MemoryStore
from tests.widgets.conftest import Press
from tests.widgets.test_options import INJECTION, card_of, opened

REASON = "The patient prefers to wait"


def begun(card: OpenOption) -> OpenOption:
    card.decline.click()
    QTest.keyClicks(card.reason, REASON)
    return card


@pytest.mark.parametrize("way", ["another option", "Escape", "close", "Next", "Worklist", "Accept"])
def test_a_reason_that_was_not_kept_holds_its_option_open(
    consult: MainWindow, cases: dict[str, Case], press: Press, way: str,
) -> None:
    view = opened(consult, cases["c01"], "interventions", INJECTION)
    options, card = view.page.options, begun(card_of(view))
    other = next(iter(options.shut_cards))
    if way == "another option":
        options.open_option(other)
    elif way == "Escape":
        press(Qt.Key.Key_Escape)
    elif way == "close":
        card.shut.emit()
    elif way == "Next":
        view.next.click()
    elif way == "Worklist":
        view.worklist.click()
    else:
        card.accept.click()
    assert consult.view is view
    assert view.step == "interventions"
    assert options.open_card is card
    assert card.reason.toPlainText() == REASON
    assert "not kept yet" in card.reason.accessibleDescription()
    assert INJECTION not in view.wizard.consultation.choices
    card.reason.clear()
    assert not card.reason.accessibleDescription()
    options.open_option(other)
    assert options.open_id == other


def test_a_reason_that_is_kept_lets_another_option_open(consult: MainWindow, cases: dict[str, Case]) -> None:
    view = opened(consult, cases["c01"], "interventions", INJECTION)
    begun(card_of(view)).keep.click()
    assert view.wizard.consultation.choices[INJECTION].reason == REASON
    options = view.page.options
    other = next(iter(options.shut_cards))
    options.open_option(other)
    assert options.open_id == other


def test_escape_takes_a_medicine_with_it_or_leaves_what_is_wrong(consult: MainWindow, press: Press) -> None:
    view = consult.view
    assert view is not None
    consultation = view.wizard.consultation
    consultation.answer_many({"takes_alert.opioid": Answer(value=True)})
    view.show_all()
    view.go_to_question("opioids")
    questions = view.page.questions
    assert questions.open_card is not None
    editor = questions.open_card.editor
    assert isinstance(editor, MedicinesEditor)
    editor.drug.setCurrentIndex(editor.drug.findData("morphine"))
    editor.dose.setFocus()
    QTest.keyClicks(editor.dose, "1,000")
    press(Qt.Key.Key_Escape)
    assert questions.open_id == "opioids"
    assert "Write 1000 for a thousand" in editor.wrong.text()
    editor.dose.clear()
    QTest.keyClicks(editor.dose, "60")
    press(Qt.Key.Key_Escape)
    assert questions.open_id == ""
    assert consultation.answers["opioids"].value


def test_nothing_is_signed_while_a_reason_was_begun_on_another_step(
    consult: MainWindow, cases: dict[str, Case], press: Press, qtbot: QtBot
) -> None:
    view = opened(consult, cases["c01"], "interventions", INJECTION)
    card = begun(card_of(view))
    press("8", alt=True)
    assert view.step == "review"
    review = view.page
    assert isinstance(review, ReviewPage)
    with qtbot.assertNotEmitted(view.sign):
        review.sign.emit()
    assert view.step == "interventions"
    assert view.page.options.open_card is card
    assert card.reason.toPlainText() == REASON
    assert card.reason.hasFocus()
    assert "not kept yet" in card.reason.accessibleDescription()
    card.keep.click()
    press("8", alt=True)
    with qtbot.waitSignal(view.sign):
        review.sign.emit()


def test_nothing_is_signed_while_an_answer_that_cannot_be_read_stands_on_another_step(
    consult: MainWindow, cases: dict[str, Case], press: Press, qtbot: QtBot
) -> None:
    view = opened(consult, cases["c01"], "interventions")
    view.go_to_question("weight")
    questions = view.page.questions
    assert questions.open_card is not None
    editor = questions.open_card.editor
    assert isinstance(editor, NumberEditor)
    editor.field.selectAll()
    QTest.keyClicks(editor.field, "70 or 75")
    press("8", alt=True)
    review = view.page
    assert isinstance(review, ReviewPage)
    with qtbot.assertNotEmitted(view.sign):
        review.sign.emit()
    assert view.step == "medicines"
    assert questions.open_id == "weight"
    assert editor.field.text() == "70 or 75"
    assert editor.wrong.isVisible()
    editor.field.selectAll()
    QTest.keyClicks(editor.field, "75")
    press("8", alt=True)
    with qtbot.waitSignal(view.sign):
        review.sign.emit()


@pytest.mark.parametrize(("atom", "back"), [("refuses.injection", "refuses"), ("imaging_done", "imaging_done")])
def test_a_reason_stays_in_sight_when_an_answer_leaves_nothing_to_decide(
    consult: MainWindow, cases: dict[str, Case], atom: str, back: str
) -> None:
    view = opened(consult, cases["c01"], "interventions", INJECTION)
    options = view.page.options
    begun(card_of(view))
    before = view.wizard.consultation.answers[atom]
    view.go_to_question(back)
    view.answer({atom: Answer(not before.value)})
    view.go_to_option("interventions", INJECTION)
    shots.settle()
    card = card_of(view)
    assert not card.card.waits
    assert card.reason.isVisible()
    assert card.reason.toPlainText() == REASON
    assert "cannot be kept" in card.reason.accessibleDescription()
    assert not card.reason.visibleRegion().isEmpty()  # not below the fold
    assert not card.keep.isVisible()
    view.next.click()
    assert view.step == "interventions"
    view.answer({atom: before})
    card = card_of(view)
    assert card.card.waits
    assert card.reason.toPlainText() == REASON
    card.keep.click()
    assert view.wizard.consultation.choices[INJECTION].reason == REASON
    assert options.open_id != INJECTION or not card_of(view).reason.isVisible()


@pytest.mark.parametrize("kind", [Handover, AnswerWasWrong])
def test_one_escape_leaves_written_words_where_they_are(consult: MainWindow, press: Press, kind: type[Ask]) -> None:
    press("y", "y")
    page = consult.stack.currentWidget()
    assert isinstance(page, EmergencyPage)
    button = page.handover_button if kind is Handover else page.wrong_button
    button.click()
    dialog = page.findChild(kind)
    assert dialog is not None
    field = dialog.to if isinstance(dialog, Handover) else dialog.how
    field.setFocus()
    QTest.keyClicks(field, "Dr Osei")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "not recorded yet" in dialog.wrong.text()
    QTest.keyClicks(field, ", spinal team")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_one_escape_leaves_an_empty_question(consult: MainWindow, press: Press) -> None:
    press("y", "y")
    page = consult.stack.currentWidget()
    assert isinstance(page, EmergencyPage)
    page.handover_button.click()
    dialog = page.findChild(Handover)
    assert dialog is not None
    QTest.keyClick(dialog.to, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_words_of_the_last_second_are_kept_when_the_page_goes(
    consult: MainWindow, cases: dict[str, Case], qtbot: QtBot
) -> None:
    view = opened(consult, cases["c01"], "interventions", INJECTION)
    patient = view.wizard.consultation.patient.id
    begun(card_of(view))
    consult.show_worklist()
    consult.open_consultation(consult.desk.open(patient))
    view = consult.view
    assert view is not None
    view.go_to_option("interventions", INJECTION)
    qtbot.waitUntil(lambda: card_of(view).draft is not None)
    assert card_of(view).reason.toPlainText() == REASON


def test_a_patient_who_was_added_leaves_no_words_behind(consult: MainWindow, store: MemoryStore) -> None:
    consult.show_new_patient()
    page = consult.stack.currentWidget()
    assert isinstance(page, NewPatientPage)
    name = page.form.fields["name"]
    QTest.keyClicks(name, "Half a na")
    consult.show_worklist()
    assert "Half a na" in str(store.typed)
    consult.show_new_patient()
    page = consult.stack.currentWidget()
    assert isinstance(page, NewPatientPage)
    assert page.form.text("name") == "Half a na"
    page.cancelled.emit()
    assert "Half a na" not in str(store.typed)


def test_an_own_impression_that_is_being_written_survives_a_crash(
    consult: MainWindow, cases: dict[str, Case], store: MemoryStore, qtbot: QtBot
) -> None:
    store.save_clinic(dataclasses.replace(store.clinic(), ask_impression=True))
    view = opened(consult, cases["c01"], "interventions")
    consultation, area = view.wizard.consultation, view.page.own.area
    assert view.page.asking_impression
    QTest.keyClicks(area, REASON)
    qtbot.waitUntil(lambda: REASON in str(store.typed))
    assert consultation.impression is None  # it is written still
    kept = dict(store.typed)
    area.clear()
    consult.show_worklist()
    store.typed.update(kept)  # as the crash would have left it
    consult.open_consultation(consult.desk.open(consultation.patient.id))
    view = consult.view
    assert view is not None
    view.go(Place("interventions", OPTIONS))
    qtbot.waitUntil(lambda: view.page.own.area.toPlainText() == REASON)
