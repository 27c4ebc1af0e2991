"""Options in the window: one open card, its depth by keyboard, the comparison, medicines, at every size and theme."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_app.engine.answers import Answer, DateRange
from desktop_app.engine.cases import Case
from desktop_app.engine.decision import Status
from desktop_app.presentation.wizard import OPTIONS, Place
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Verdict
from desktop_app.widgets import shots, theme
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.compare_two import CompareTwo
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.medicines_page import MedicinesPage
from desktop_app.widgets.option_card import OpenOption
from desktop_app.widgets.shut_option import SHOWN
from desktop_app.widgets.time_line import TimeLine
from tests.presentation.conftest import answered
from tests.widgets.conftest import Press, activate
from tests.widgets.test_every_page import problems

INJECTION, CEMENT = "epidural_injection", "cement_augmentation"


def opened(window: MainWindow, case: Case, screen: str, option: str = "") -> ConsultationView:
    """The window on a step's options, one of them open."""
    view = window.view
    assert view is not None
    view.answer(answered(dict(case.sheet)))
    view.go(Place(screen, OPTIONS))
    if option:
        view.page.options.open_option(option)
    shots.settle()
    return view


def card_of(view: ConsultationView) -> OpenOption:
    card = view.page.options.open_card
    assert card is not None
    return card


def button(inside: QLabel | OpenOption | CompareTwo | MedicinesPage, name: str) -> Button:
    return next(b for b in inside.findChildren(Button) if b.accessibleName().startswith(name))


def said(inside: OpenOption | CompareTwo) -> str:
    return " · ".join(label.text() for label in inside.findChildren(QLabel) if label.isVisibleTo(inside))


def test_for_and_against_have_the_same_room(consult: MainWindow, cases: dict[str, Case]) -> None:
    card = card_of(opened(consult, cases["c01"], "interventions"))
    heads = {label.text(): label for label in card.findChildren(QLabel)}
    speaks_for, against = heads["For this patient"], heads["Against, or needs a plan"]
    assert abs(speaks_for.width() - against.width()) <= 1
    assert speaks_for.font() == against.font()
    assert speaks_for.y() == against.y()


def test_why_is_one_click_deeper_and_its_facts_lead_to_their_questions(
    consult: MainWindow, cases: dict[str, Case], press: Press,
) -> None:
    view = opened(consult, cases["c01"], "interventions")
    card = card_of(view)
    assert "Root named by the examination" not in said(card)
    link, panel = card.panels["Why"]
    link.setFocus()
    press(Qt.Key.Key_Space)
    shots.settle()
    assert panel.isVisible()
    assert "Root named by the examination" in said(card)
    button(card, "Initial treatment failed: yes").click()
    assert (view.step, view.page.questions.open_id) == ("presentation", "initial_treatment_failed")


def test_one_panel_is_open_at_a_time(consult: MainWindow, cases: dict[str, Case]) -> None:
    card = card_of(opened(consult, cases["c01"], "interventions"))
    for title in ("Why", "More"):
        card.panels[title][0].click()
        assert [name for name, (_, panel) in card.panels.items() if not panel.isHidden()] == [title]
    card.panels["More"][0].click()
    assert all(panel.isHidden() for _, panel in card.panels.values())


def test_an_open_option_leads_to_the_answer_that_decides(consult: MainWindow, cases: dict[str, Case]) -> None:
    view = opened(consult, cases["c01"], "interventions")
    shut = view.page.options.shut_cards[CEMENT]
    answer = next(b for b in shut.findChildren(Button) if b.text() == "Answer")
    answer.click()
    assert (view.step, view.page.questions.open_id) == ("presentation", "optimal_pain_management")


def test_contraindications_are_shown_with_their_answers(consult: MainWindow, cases: dict[str, Case]) -> None:
    view = opened(consult, cases["c01"], "interventions", CEMENT)
    card = card_of(view)
    assert "19 looked at: 1 needs a plan, 1 not known, 17 clear" in said(card)
    button(card, "Show the answers").click()
    button(card, "More than 3 levels in one session: not known").click()
    assert view.page.questions.open_id == "cement_levels"


def test_what_is_not_offered_folds_and_unfolds(consult: MainWindow, cases: dict[str, Case], press: Press) -> None:
    view = opened(consult, cases["c01"], "interventions")
    group = view.page.options.groups[Status.NOT_OFFERED]
    assert sum(line.isVisible() for line in group.lines.values()) == SHOWN
    group.more.setFocus()
    press(Qt.Key.Key_Space)
    shots.settle()
    assert all(line.isVisible() for line in group.lines.values())
    focused = QApplication.focusWidget()
    assert focused is list(group.lines.values())[SHOWN]
    press(Qt.Key.Key_Space)
    assert view.page.options.open_id == list(group.lines)[SHOWN]
    press(Qt.Key.Key_Escape)
    assert view.page.options.open_id == ""
    assert view.page.options.groups[Status.NOT_OFFERED].unfolded


def test_a_decision_moves_on_to_the_next_that_waits(consult: MainWindow, cases: dict[str, Case], press: Press) -> None:
    view = opened(consult, cases["c01"], "medicines")
    page = view.page
    first = page.options.open_id
    card_of(view).accept.setFocus()
    press(Qt.Key.Key_Space)
    assert first in view.wizard.consultation.choices
    assert page.options.open_id not in {"", first}
    assert QApplication.focusWidget() is page.options.open_card  # the card, never its Accept
    press(Qt.Key.Key_Space)
    assert len(view.wizard.consultation.choices) == 1
    page.options.open_option(first)
    button(card_of(view), "Take back").click()
    assert not view.wizard.consultation.choices


def test_a_reason_being_written_survives_what_is_worked_out_meanwhile(
    consult: MainWindow, cases: dict[str, Case],
) -> None:
    view = opened(consult, cases["c01"], "interventions")
    card = card_of(view)
    card.decline.click()
    card.reason.setPlainText("The patient prefers")
    view.answer({"walking_metres": None})
    view.wizard.consultation.choose("cement_augmentation", Verdict.DECLINE, "Later")
    view.show_all()
    assert card_of(view).reason.toPlainText() == "The patient prefers"
    assert not card_of(view).reason.isHidden()


def test_an_opioid_cannot_be_accepted_and_names_each_thing_to_settle(
    consult: MainWindow, cases: dict[str, Case],
) -> None:
    view = opened(consult, cases["opioid_start_full_plan"], "medicines", "start_strong_opioid")
    card = card_of(view)
    assert not card.accept.isEnabled()
    assert not card.change.isEnabled()
    assert card.decline.isEnabled()
    for label in ("Highest dose of the opioid", "Stop date of the opioid", "Date to review the opioid"):
        assert f"{label}: not answered" in said(card)
    button(card, "Answer: Stop date of the opioid").click()
    assert view.page.questions.open_id == "opioid_stop_date"
    later = Answer(DateRange(date(2026, 12, 1), date(2026, 12, 1)))
    view.answer({"opioid_highest_dose": Answer("Oxycodone, at most 20 mg a day"), "opioid_start_date": later,
                 "opioid_review_date": later, "opioid_stop_date": later})
    view.go(Place("medicines", OPTIONS))
    view.page.options.open_option("start_strong_opioid")
    assert card_of(view).accept.isEnabled()


# -- comparison ----------------------------------------------------------------------------------------


def comparison_of(view: ConsultationView) -> CompareTwo:
    made = view.page.comparison
    assert made is not None
    return made


def test_two_options_are_compared_by_keyboard_alone(
    consult: MainWindow, cases: dict[str, Case], press: Press, qtbot: QtBot,
) -> None:
    view = opened(consult, cases["c01"], "interventions")
    activate(qtbot, consult)
    press("c", alt=True)
    dialog = comparison_of(view)
    qtbot.waitUntil(dialog.isVisible)
    activate(qtbot, dialog)
    assert (dialog.left.currentData(), dialog.right.currentData()) == (INJECTION, CEMENT)
    told = said(dialog)
    for words in ("Status for this patient", "“proceed immediately”", "“observational”", "No period is given",
                  "Other guidance", "Contraindications and cautions"):
        assert words in told
    dialog.right.setFocus()
    press(Qt.Key.Key_Down)
    assert dialog.right.currentData() != CEMENT
    assert "“never”, “no place”" in said(dialog)
    dialog.table.setFocus()
    before = dialog.table.verticalScrollBar().value()
    press(Qt.Key.Key_Down)
    assert dialog.table.verticalScrollBar().value() > before
    press(Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not view.wizard.consultation.choices


def test_a_compared_option_is_opened_from_the_table(consult: MainWindow, cases: dict[str, Case]) -> None:
    view = opened(consult, cases["c01"], "interventions")
    view.page.compare_button.click()
    dialog = comparison_of(view)
    button(dialog, "Open Vertebroplasty").click()
    assert not dialog.isVisible()
    assert view.page.options.open_id == CEMENT


# -- medicines -----------------------------------------------------------------------------------------


def test_medicines_show_time_line_sum_and_what_is_taken(consult: MainWindow, cases: dict[str, Case]) -> None:
    view = opened(consult, cases["medicines_decided"], "medicines")
    page = view.page
    assert isinstance(page, MedicinesPage)
    line = page.findChild(TimeLine)
    assert line is not None
    assert "last dose 11 Feb 2027" in line.accessibleName()
    told = [label.text() for label in page.findChildren(QLabel)]
    assert any(text.startswith("Morphine by mouth, 60 mg a day x 1") for text in told)
    assert "90 a day" in told
    assert any("takes pregabalin or gabapentin" in text for text in told)
    assert not line.isVisible()
    page.show_numbers.click()
    shots.settle()
    assert line.isVisible()
    button(page, "The time line as a list").click()
    assert any("benefit and side effects 26 Nov 2026" in text for text in
               [label.text() for label in page.findChildren(QLabel) if label.isVisible()])


@pytest.mark.parametrize(("name", "scale"), [("light", 1.0), ("dark", 2.0), ("high contrast", 2.0)])
def test_open_cards_their_depth_and_the_comparison_are_whole(
    consult: MainWindow, cases: dict[str, Case], desk: Desk, name: str, scale: float,
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert consult.view is not None
    patient = consult.view.wizard.consultation.patient
    consult.view.answer(answered(dict(cases["medicines_decided"].sheet)))
    theme.apply(app, name, scale)
    consult.resize(1280, 720)
    consult.open_consultation(desk.open(patient.id))
    view = consult.view
    assert view is not None
    found: list[str] = []
    for screen, option in (("medicines", "continue_opioid"), ("medicines", "start_nsaid"),
                           ("interventions", CEMENT), ("interventions", INJECTION)):
        view.go(Place(screen, OPTIONS))
        view.page.options.open_option(option)
        if isinstance(view.page, MedicinesPage):
            view.page.unfold(shown=True)
        shots.settle()
        card = card_of(view)
        for title in card.panels:
            card.panels[title][0].click()
            shots.settle()
            found += [f"{option}, {title}: {p}" for p in problems(view.page)]
    view.page.compare(INJECTION, CEMENT)
    shots.settle()
    dialog = comparison_of(view)
    found += [f"comparison: {p}" for p in problems(dialog)]
    dialog.close()
    assert found == []
