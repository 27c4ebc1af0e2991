"""A medicine that was begun is never lost by moving on, and never stands beside "None taken"."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.engine.answers import Answer, Medicine, Unknown
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.medicines_editor import MedicinesEditor
from tests.widgets.conftest import Press

QUESTION = "opioids"
MORPHINE = Medicine("morphine", 60, "mg", "oral", as_needed=False, maximum_known=True)


@pytest.fixture
def view(consult: MainWindow) -> ConsultationView:
    assert consult.view is not None
    consult.view.wizard.consultation.answer_many({"takes_alert.opioid": Answer(value=True)})
    consult.view.show_all()
    consult.view.go_to_question(QUESTION)
    return consult.view


def editor_of(view: ConsultationView) -> MedicinesEditor:
    card = view.page.questions.open_card
    assert card is not None
    assert isinstance(card.editor, MedicinesEditor)
    return card.editor


def begin(view: ConsultationView, drug: str, dose: str) -> MedicinesEditor:
    editor = editor_of(view)
    editor.drug.setCurrentIndex(editor.drug.findData(drug))
    editor.dose.setFocus()
    QTest.keyClicks(editor.dose, dose)
    return editor


def given(view: ConsultationView) -> object:
    """The list that is stored; None as long as the question is not answered."""
    answer = view.wizard.consultation.answers.get(QUESTION)
    return None if answer is None else answer.value


def test_enter_adds_the_medicine_and_waits_for_the_next_line(view: ConsultationView, press: Press) -> None:
    begin(view, "morphine", "60")
    press(Qt.Key.Key_Return)
    assert given(view) == (MORPHINE,)
    editor = editor_of(view)
    assert view.page.questions.open_id == QUESTION
    assert QApplication.focusWidget() is editor.drug
    assert not editor.line().begun
    begin(view, "fentanyl", "25")
    press(Qt.Key.Key_Return)
    listed = given(view)
    assert isinstance(listed, tuple)
    assert [m.drug for m in listed] == ["morphine", "fentanyl"]
    press(Qt.Key.Key_Return)
    assert view.page.questions.open_id != QUESTION


def test_another_question_another_step_and_next_take_it_with_them(view: ConsultationView, press: Press) -> None:
    page = view.page.questions
    other = next(name for name in page.lines if name != QUESTION)
    begin(view, "morphine", "60")
    page.open_question(other)
    assert page.open_id == other
    assert given(view) == (MORPHINE,)
    view.go_to_question(QUESTION)
    begin(view, "morphine", "60")
    press("7", alt=True)
    assert view.step == "referral"
    assert given(view) == (MORPHINE,) * 2
    view.go_to_question(QUESTION)
    begin(view, "morphine", "60")
    view.next.click()
    assert given(view) == (MORPHINE,) * 3


def test_a_line_that_is_wrong_holds_its_question_open(view: ConsultationView, press: Press) -> None:
    page = view.page.questions
    other = next(name for name in page.lines if name != QUESTION)
    for drug, dose, told in (("", "60", "Choose the medicine."), ("morphine", "1,000", "Write 1000 for a thousand"),
                             ("morphine", "sixty", "is not a number")):
        editor = begin(view, drug, dose)
        page.open_question(other)
        assert page.open_id == QUESTION
        assert told in editor.wrong.text()
        press(Qt.Key.Key_Return)
        assert page.open_id == QUESTION
        editor.clear.click()
        assert not editor.line().begun
        assert editor.wrong.isHidden()
    assert given(view) is None
    page.open_question(other)
    assert page.open_id == other


def test_none_taken_and_not_known_are_refused_beside_it(view: ConsultationView) -> None:
    editor = begin(view, "morphine", "")
    assert editor.clear.isVisible()
    editor.none.click()
    assert "Add it, or clear the line" in editor.wrong.text()
    editor.bar.buttons[Unknown.NOT_ASSESSED].click()
    assert given(view) is None
    assert editor.line().drug == "morphine"
    editor.clear.click()
    assert not editor.clear.isVisible()
    editor.none.click()
    assert given(view) == ()
