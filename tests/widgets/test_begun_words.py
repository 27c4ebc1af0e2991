"""Words that were begun are never lost by shutting their place or by opening another one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.medicines_editor import MedicinesEditor
from desktop_app.widgets.option_card import OpenOption
from desktop_app.widgets.review_page import ReviewPage
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
