"""What would change an option follows a moment after the advice: marked until it is there, and never stale."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.presentation.wizard import OPTIONS, Place
from desktop_app.use_cases.patient_answers import DATE_OF_BIRTH, SEX
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.option_card import WHAT_IFS, WHY, WORKING, OpenOption

OPTION = "epidural_injection"


@pytest.fixture
def view(consult: MainWindow, cases: dict[str, Case]) -> ConsultationView:
    found = consult.view
    assert found is not None
    found.answer({a: given for a, given in cases["c01"].sheet.items() if a not in {SEX, DATE_OF_BIRTH}})
    found.go(Place("interventions", OPTIONS))
    found.page.options.open_option(OPTION)
    return found


def card(view: ConsultationView) -> OpenOption:
    opened = view.page.options.open_card
    assert opened is not None
    return opened


def told(view: ConsultationView) -> str:
    _, panel = card(view).panels[WHAT_IFS]
    return " ".join(label.text() for label in panel.findChildren(QLabel))


def test_the_card_says_that_it_is_being_worked_out_and_then_what_it_is(view: ConsultationView, qtbot: QtBot) -> None:
    opened = card(view)
    opened.toggle(WHAT_IFS)
    assert view.wizard.consultation.whole is None
    assert WORKING in told(view)
    qtbot.waitUntil(lambda: view.wizard.consultation.whole is not None)
    assert card(view) is opened  # nothing else of the card was made anew
    assert WORKING not in told(view)
    assert "is" in told(view)
    assert not opened.panels[WHAT_IFS][1].isHidden()


def test_an_option_that_no_answer_changes_says_so_and_why_not(view: ConsultationView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.wizard.consultation.whole is not None)
    view.page.options.open_option("l2_root_block")
    opened = card(view)
    assert not opened.card.would_change
    opened.toggle(WHAT_IFS)
    assert "no one and no two give it another status" in told(view)
    link, panel = opened.panels[WHY]
    assert link.text() == "Why not"
    opened.toggle(WHY)
    steps = " ".join(label.text() for label in panel.findChildren(QLabel))
    assert "Changed sensation at a key point" in steps
    view.page.options.open_option(OPTION)
    assert card(view).panels[WHY][0].text() == "Why"


def test_the_comparison_names_every_other_status_with_the_answers_that_lead_there(view: ConsultationView) -> None:
    view.page.compare(OPTION, "l2_root_block")
    row = next(r for r in view.page.comparison.comparison.rows if r.id == "changes")
    heads = [line.partition(", if: ")[0] for line in row.left]
    assert heads == ["Offered, with conditions", "Not offered", "Prohibited"]
    assert "is None seen (now Seen)" in row.left[1]
    assert "no one and no two" in row.right[0]
    view.page.comparison.close()
    QApplication.processEvents()


def test_an_answer_in_between_starts_it_anew(view: ConsultationView, qtbot: QtBot) -> None:
    consultation = view.wizard.consultation
    assert consultation.work_on()
    view.answer({"cancer": Answer(value=True)})
    assert consultation.whole is None
    qtbot.waitUntil(lambda: consultation.whole is not None)
    assert consultation.whole == consultation.whole_now()


def test_two_options_side_by_side_have_them_at_once(view: ConsultationView) -> None:
    assert view.wizard.consultation.whole is None
    view.page.compare(OPTION, "selective_root_block")
    assert view.wizard.consultation.whole is not None
    view.page.comparison.close()
    QApplication.processEvents()
