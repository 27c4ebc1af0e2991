"""What a screen reader is told of the rows that are painted by hand: a role, a name, a state, an action."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.engine.answers import Answer
from desktop_app.presentation.wizard import Place
from desktop_app.widgets import render
from desktop_app.widgets.advice_panel import LinkRow
from desktop_app.widgets.grid_editor import GridCell
from desktop_app.widgets.ladder import UrgencyChip
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
    render.settle()
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
