"""What a screen reader is told of the rows that are painted by hand: a role, a name, a state, an action."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.answers import Answer
from desktop_app.presentation.wizard import OPTIONS, Place
from desktop_app.widgets import controls, shots
from desktop_app.widgets.advice_panel import LinkRow
from desktop_app.widgets.choosers import Pick
from desktop_app.widgets.controls import Chip
from desktop_app.widgets.grid_editor import GridCell
from desktop_app.widgets.ladder import Ladder, UrgencyChip
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.pressable import Pressable
from desktop_app.widgets.question_card import ShutLine
from desktop_app.widgets.several_editor import ItemRow
from desktop_app.widgets.step_list import StepRow

Role = QAccessible.Role


def told(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


def press(widget: Pressable, qtbot: QtBot) -> None:
    """As a screen reader presses; Qt shows the row pressed down for a moment first."""
    action = told(widget).actionInterface()
    with qtbot.waitSignal(widget.clicked):
        action.doAction(action.pressAction())
    QApplication.processEvents()


def of(window: MainWindow, kind: type[Pressable]) -> Iterator[Pressable]:
    return (w for w in window.findChildren(kind) if w.isVisible())


def test_painted_rows_are_buttons_with_words(consult: MainWindow) -> None:
    assert consult.view is not None
    consult.view.go(Place("examination", "power"))
    shots.settle()
    for kind in (StepRow, ShutLine, GridCell, LinkRow):
        rows = list(of(consult, kind))
        assert rows, kind
        for row in rows:
            assert told(row).role() == Role.Button, kind
            assert told(row).text(QAccessible.Text.Name), kind


def test_an_item_is_a_check_box_whose_state_is_its_answer(consult: MainWindow, qtbot: QtBot) -> None:
    view = consult.view
    assert view is not None
    view.go(Place("emergency", "cauda_equina"))
    row = next(of(consult, ItemRow))
    assert isinstance(row, ItemRow)
    assert told(row).role() == Role.CheckBox
    assert not told(row).state().checked
    view.answer({row.cell.atom: Answer(value=False)})
    assert "No" in told(row).text(QAccessible.Text.Name)
    press(row, qtbot)
    assert view.wizard.consultation.answers[row.cell.atom].value is True
    assert told(row).state().checked


def test_a_press_of_the_reader_opens_step_question_and_what_is_needed(consult: MainWindow, qtbot: QtBot) -> None:
    view = consult.view
    assert view is not None
    press(view.steps.rows["medicines"], qtbot)
    assert view.step == "medicines"
    line = next(line for name, line in view.page.questions.lines.items() if line.isVisible())
    press(line, qtbot)
    assert view.page.questions.open_id == line.card.id
    link = next(of(consult, LinkRow))
    times: list[int] = []
    link.pressed.connect(lambda: times.append(1))
    action = told(link).actionInterface()
    action.doAction(action.pressAction())  # the list of what is needed may be another one at once
    assert times == [1]


@pytest.mark.parametrize("presses", [1, 2])
def test_the_chip_shows_and_hides_the_advice(consult: MainWindow, qtbot: QtBot, presses: int) -> None:
    view = consult.view
    assert view is not None
    chip = view.findChild(UrgencyChip)
    times: list[int] = []
    chip.pressed.connect(lambda: times.append(1))
    for _ in range(presses):
        press(chip, qtbot)
    assert len(times) == presses


def test_cards_are_groups_chips_are_words_and_shut_options_are_buttons(consult: MainWindow, qtbot: QtBot) -> None:
    view = consult.view
    assert view is not None
    question = view.page.questions.open_card
    assert question is not None
    assert told(question).role() == Role.Grouping
    assert question.card.question in told(question).text(QAccessible.Text.Name)
    view.go(Place("medicines"))
    view.page.show_part(OPTIONS)
    shots.settle()
    options = view.page.options
    for line in options.shut_cards.values():
        assert told(line).role() == Role.Button
        assert line.card.title in told(line).text(QAccessible.Text.Name)
    name, line = next((name, line) for name, line in options.shut_cards.items() if line.isVisible())
    press(line, qtbot)
    assert options.open_id == name
    assert options.open_card is not None
    assert told(options.open_card).role() == Role.Grouping
    words = [w for kind in (Chip, Ladder) for w in view.findChildren(kind) if w.isVisible()]
    assert {type(w) for w in words} == {Chip, Ladder}
    for painted in words:
        assert told(painted).role() == Role.StaticText
        assert told(painted).text(QAccessible.Text.Name)


def test_a_screen_reader_meets_the_open_question_where_it_stands(consult: MainWindow) -> None:
    """Not after the whole page, although it was made last."""
    view = consult.view
    assert view is not None
    questions = view.page.questions
    for name in (list(questions.lines)[4], list(questions.lines)[1]):
        questions.open_question(name)
        shots.settle()
        card = questions.open_card
        assert card is not None
        holder = told(card).parent()
        heights = [shown.top() for n in range(holder.childCount())
                   if not (shown := holder.child(n).rect()).isEmpty() and not holder.child(n).state().invisible]
        assert heights == sorted(heights), name


def test_a_list_to_choose_from_says_what_it_asks(qtbot: QtBot) -> None:
    """Its name is its choice (Qt on Linux); the question comes as the label that belongs to it."""
    holder = QWidget()
    qtbot.addWidget(holder)
    pick = Pick("Unit of the weight")
    pick.addItems(["kg", "lb"])
    controls.column(holder).addWidget(pick)
    holder.show()
    labels = [one.text(QAccessible.Text.Name) for one, kind in told(pick).relations(QAccessible.RelationFlag.Label)]
    assert labels == ["Unit of the weight"]
    assert told(pick).text(QAccessible.Text.Value) == "kg"
    pick.deleteLater()
