"""The consultation by keyboard alone: answer, move, undo, steps; Enter never accepts or signs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.cases import Case
from desktop_app.presentation.wizard import OPTIONS, Place
from desktop_app.use_cases.desk import Desk
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.editors import DateEditor
from desktop_app.widgets.emergency_page import EmergencyPage
from desktop_app.widgets.grid_editor import GridCell
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.question_card import OpenCard
from desktop_app.widgets.several_editor import ItemRow
from tests.presentation.conftest import answered
from tests.widgets.conftest import Press, activate


def view_of(window: MainWindow) -> ConsultationView:
    assert window.view is not None
    return window.view


def test_the_first_question_is_open_and_has_the_keyboard(consult: MainWindow) -> None:
    view = view_of(consult)
    assert view.page.questions.open_id == "cauda_equina"
    assert isinstance(QApplication.focusWidget(), OpenCard)


def test_one_key_answers_a_question_saves_it_and_opens_the_next(consult: MainWindow, press: Press, desk: Desk) -> None:
    view = view_of(consult)
    press("n")
    answers = view.wizard.consultation.answers
    assert len(answers) == 11
    assert all(a.value is False and a.bulk for a in answers.values())
    assert view.page.questions.open_id == "motor_emergency"
    assert isinstance(QApplication.focusWidget(), OpenCard)
    stored = desk.open(view.wizard.consultation.patient.id)
    assert dict(stored.answers) == dict(answers)
    assert stored.position == "emergency/motor_emergency"


def test_the_three_unknowns_are_one_key_away(consult: MainWindow, press: Press) -> None:
    view = view_of(consult)
    for key, unknown in (("a", Unknown.NOT_ASSESSED), ("c", Unknown.CANNOT_ASSESS), ("d", Unknown.DECLINED)):
        name = view.page.questions.open_id
        press(key)
        atoms = view.wizard.consultation.pack.questions[name].atoms
        assert {view.wizard.consultation.answers[a].unknown for a in atoms} == {unknown}
        assert view.page.questions.open_id != name


def test_items_are_answered_one_by_one_and_the_rest_by_one_key(consult: MainWindow, press: Press) -> None:
    view = view_of(consult)
    press(Qt.Key.Key_Down)
    assert isinstance(QApplication.focusWidget(), ItemRow)
    press("a")
    press(Qt.Key.Key_Down, "n")
    press("n", shift=True)
    answers = view.wizard.consultation.answers
    atoms = view.wizard.consultation.pack.questions["cauda_equina"].atoms
    assert answers[atoms[0]].unknown is Unknown.NOT_ASSESSED
    assert not answers[atoms[2]].bulk
    assert answers[atoms[1]].bulk
    assert len(answers) == len(atoms)


def test_a_positive_item_leaves_for_the_emergency_page_at_once(consult: MainWindow, press: Press) -> None:
    press("y", "y")
    page = consult.stack.currentWidget()
    assert isinstance(page, EmergencyPage)
    assert [e.kind for e in view_of(consult).wizard.consultation.events] == ["shown"]
    press(Qt.Key.Key_Return)  # Enter records nothing
    assert len(view_of(consult).wizard.consultation.events) == 1


def test_steps_by_alt_and_back_loses_nothing(consult: MainWindow, press: Press) -> None:
    view = view_of(consult)
    press("n")
    for number, name in enumerate(view.wizard.screens, start=1):
        press(str(number), alt=True)
        assert view.step == name
    press("1", alt=True)
    assert len(view.wizard.consultation.answers) == 11
    assert view.page.questions.open_id == "motor_emergency"


def test_undo(consult: MainWindow, press: Press) -> None:
    view = view_of(consult)
    press("n")
    press("z", ctrl=True)
    assert not view.wizard.consultation.answers


def test_resumes_on_the_same_field(consult: MainWindow, press: Press, desk: Desk, qtbot: QtBot) -> None:
    view = view_of(consult)
    view.go(Place("examination", "reflex"))
    assert view.page.questions.open_id == "reflex"
    again = MainWindow(desk, save_file=lambda _n, _c: None)
    qtbot.addWidget(again)
    again.show()
    again.open_consultation(desk.open(view.wizard.consultation.patient.id))
    activate(qtbot, again)
    assert view_of(again).step == "examination"
    focused = QApplication.focusWidget()
    assert isinstance(focused, OpenCard)
    assert focused.card.id == "reflex"


def test_a_power_grid_at_speed(consult: MainWindow, press: Press) -> None:
    view = view_of(consult)
    view.go(Place("examination", "power"))
    press("5")
    assert isinstance(QApplication.focusWidget(), GridCell)
    press("4", "-", "5", "c", "5")
    answers = view.wizard.consultation.answers
    rows = [r.id for r in view.wizard.consultation.pack.questions["power"].rows]
    got = [answers[f"power.{r}.right"] for r in rows]  # the side that stands first
    assert [a.value for a in got] == ["5", "4-", "5", None, "5"]
    assert got[3].unknown is Unknown.CANNOT_ASSESS
    assert not any(a.bulk for a in got)
    press("n", shift=True)  # the other side: the rest is normal
    assert all(answers[f"power.{r}.left"].bulk for r in rows)
    assert view.page.questions.open_id != "power"


def test_a_number_is_typed_straight_away_and_a_mistake_is_told_at_the_field(consult: MainWindow,
                                                                           press: Press) -> None:
    view = view_of(consult)
    view.go(Place("medicines", "weight"))
    card = view.page.questions.open_card
    assert card is not None
    press("9", "9", "9", Qt.Key.Key_Return)
    editor = card.editor
    assert view.page.questions.open_id == "weight"
    assert "cannot be right" in editor.wrong.text()  # type: ignore[attr-defined]
    assert "weight" not in view.wizard.consultation.answers
    press(Qt.Key.Key_Backspace, Qt.Key.Key_Return)
    assert "weight" in view.wizard.consultation.answers
    assert view.page.questions.open_id != "weight"


def test_half_typed_text_is_not_lost_by_going_elsewhere(consult: MainWindow, press: Press) -> None:
    view = view_of(consult)
    view.go(Place("medicines", "weight"))
    press("7", "2")
    press("2", alt=True)
    assert view.wizard.consultation.answers["weight"].value is not None


def test_a_wrong_date_stays_in_its_field_with_its_words(consult: MainWindow, press: Press) -> None:
    view = view_of(consult)
    press("2", alt=True)
    view.answer({"radicular_pain": Answer(value=True)})
    view.go(Place("presentation", "radicular_onset"))
    press("9", "9", "9")
    press("3", alt=True)  # any step can be visited at any time
    assert view.step == "examination"
    press("2", alt=True)
    card = view.page.questions.open_card
    assert card is not None
    assert isinstance(card.editor, DateEditor)
    assert card.editor.field.text() == "999"
    assert card.editor.wrong.text()
    assert "radicular_onset" not in view.wizard.consultation.answers
    card.editor.field.setFocus()
    press(*[Qt.Key.Key_Backspace] * 3)
    press(*"6 weeks ago", Qt.Key.Key_Return)
    assert view.wizard.consultation.answers["radicular_onset"].value is not None


def test_enter_moves_on_but_never_accepts(consult: MainWindow, press: Press, cases: dict[str, Case]) -> None:
    view = view_of(consult)
    view.answer(answered(dict(cases["c01"].sheet)))
    view.go(Place("interventions", OPTIONS))
    card = view.page.options.open_card
    assert card is not None
    assert card.accept.isEnabled()
    card.accept.setFocus()
    press(Qt.Key.Key_Return)
    assert not view.wizard.consultation.choices
    assert view.step == "interventions"
    press(Qt.Key.Key_Space)
    assert [c.verdict.value for c in view.wizard.consultation.choices.values()] == ["accept"]


def test_declining_needs_a_reason(consult: MainWindow, press: Press, cases: dict[str, Case], qtbot: QtBot) -> None:
    view = view_of(consult)
    view.answer(answered(dict(cases["c01"].sheet)))
    view.go(Place("interventions", OPTIONS))
    card = view.page.options.open_card
    assert card is not None
    card.decline.click()
    card.keep.click()
    assert not view.wizard.consultation.choices
    card.reason.setPlainText("The patient prefers to wait")
    card.keep.click()
    assert [c.reason for c in view.wizard.consultation.choices.values()] == ["The patient prefers to wait"]
