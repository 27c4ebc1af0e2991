"""What the list of keys says is true: each key is pressed in the real window and does what its line says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop_app.engine.answers import Answer, DateRange, Unknown
from desktop_app.engine.cases import Case
from desktop_app.engine.model import FindingType, QuestionShape
from desktop_app.presentation import entry, keys
from desktop_app.presentation.wizard import OPTIONS, Place
from desktop_app.use_cases.desk import Desk
from desktop_app.widgets import shots
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.grid_editor import GridCell
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.option_card import OpenOption
from desktop_app.widgets.question_card import OpenCard
from desktop_app.widgets.several_editor import ItemRow
from desktop_app.widgets.worklist_page import WorklistPage
from tests.presentation.conftest import answered
from tests.widgets.conftest import Press

K = Qt.Key
ENTER, SPACE, ESC, TAB, UP, DOWN, DELETE = (K.Key_Return, K.Key_Space, K.Key_Escape, K.Key_Tab, K.Key_Up, K.Key_Down,
                                            K.Key_Delete)
FULL = "5"


class Hands:
    """One consultation and the keys."""

    def __init__(self, window: MainWindow, press: Press, case: Case) -> None:
        self.window, self.press, self.case = window, press, case

    @property
    def view(self) -> ConsultationView:
        assert self.window.view is not None
        return self.window.view

    @property
    def answers(self) -> dict[str, Answer]:
        return dict(self.view.wizard.consultation.answers)

    def ask(self, screen: str, question: str) -> OpenCard:
        self.view.go(Place(screen, question))
        shots.settle()
        card = self.view.page.questions.open_card
        assert card is not None
        assert card.card.id == question
        card.setFocus()
        return card

    @property
    def open_id(self) -> str:
        return self.view.page.questions.open_id

    def said(self, key: str, value: bool | None, unknown: Unknown | None = None) -> None:
        self.ask("emergency", "limb_ischaemia")
        self.press(key)
        given = self.answers["limb_ischaemia"]
        assert (given.value, given.unknown) == (value, unknown)

    def item(self) -> ItemRow:
        self.ask("emergency", "cauda_equina")
        self.press(DOWN)
        row = QApplication.focusWidget()
        assert isinstance(row, ItemRow)
        return row

    def cell(self) -> GridCell:
        """The first cell of the power grid has the keyboard and a value."""
        self.ask("examination", "power")
        self.press(FULL)
        cell = QApplication.focusWidget()
        assert isinstance(cell, GridCell)
        return cell

    def options(self) -> None:
        self.view.answer(answered(dict(self.case.sheet)))
        self.view.go(Place("interventions", OPTIONS))
        shots.settle()


def next_field(h: Hands) -> None:
    before = QApplication.focusWidget()
    h.press(TAB)
    assert QApplication.focusWidget() is not before


def press_button(h: Hands) -> None:
    card = h.ask("emergency", "limb_ischaemia")
    card.editor.no.setFocus()  # type: ignore[attr-defined]
    h.press(SPACE)
    assert h.answers["limb_ischaemia"].value is False


def back_out(h: Hands) -> None:
    h.ask("emergency", "limb_ischaemia")
    h.press(ESC)
    assert not h.open_id
    assert h.window.stack.currentWidget() is h.view  # neither locked nor left


def go_on(h: Hands) -> None:
    h.ask("emergency", "limb_ischaemia")
    h.press(ENTER)
    assert h.open_id not in {"", "limb_ischaemia"}
    assert not h.answers


def side_normal(h: Hands) -> None:
    card = h.ask("examination", "power")
    h.press("L", shift=True)
    given = {c.column: h.answers.get(c.atom) for c in card.card.cells}
    assert given["right"] is None
    assert given["left"] is not None
    assert (given["left"].value, given["left"].bulk) == (FULL, True)
    h.cell()
    h.press("R", shift=True)
    assert all(c.atom in h.answers for c in card.card.cells)


def choose(h: Hands) -> None:
    wizard = h.view.wizard
    screen, card = next((s, c) for s in wizard.screens for c in wizard.page(s).cards
                        if c.type is FindingType.CHOICE and c.shape is QuestionShape.SINGLE)
    h.ask(screen, card.id)
    h.press("2")
    assert h.answers[card.id].value == card.options[1][0]


def why(h: Hands) -> None:
    card = h.ask("emergency", "limb_ischaemia")
    h.press("w")
    assert not card.note.isHidden()


def neighbour(h: Hands) -> None:
    h.ask("emergency", "limb_ischaemia")
    h.press(UP)
    before = h.open_id
    assert before != "limb_ischaemia"


def item(h: Hands) -> None:
    first = h.item()
    h.press(DOWN)
    second = QApplication.focusWidget()
    assert isinstance(second, ItemRow)
    assert second is not first
    h.press(UP)
    assert QApplication.focusWidget() is first


def item_yes_no(h: Hands) -> None:
    atom = h.item().cell.atom
    h.press("n")
    assert h.answers[atom].value is False


def item_space(h: Hands) -> None:
    h.ask("presentation", "pathology_signs")
    h.press(DOWN)
    row = QApplication.focusWidget()
    assert isinstance(row, ItemRow)
    h.press(SPACE)
    assert h.answers[row.cell.atom].value is True
    row.setFocus()
    h.press(SPACE)
    assert row.cell.atom not in h.answers


def item_delete(h: Hands) -> None:
    row = h.item()
    h.press("n")
    row.setFocus()
    h.press(DELETE)
    assert row.cell.atom not in h.answers


def rest_no(h: Hands) -> None:
    h.item()
    h.press("n", shift=True)
    atoms = h.view.wizard.consultation.pack.questions["cauda_equina"].atoms
    assert all(h.answers[a].value is False for a in atoms)


def cell(h: Hands) -> None:
    here = h.cell()
    h.press(K.Key_Right)
    there = QApplication.focusWidget()
    assert isinstance(there, GridCell)
    assert (there.cell.row, there.cell.column) == (here.cell.row, "left")


def value(h: Hands) -> None:
    h.ask("examination", "power")
    h.press("4", "-")
    rows = h.view.wizard.consultation.pack.questions["power"].rows
    assert h.answers[f"power.{rows[0].id}.right"].value == "4-"


def rest_normal(h: Hands) -> None:
    h.cell()
    h.press("n")
    atoms = h.view.wizard.consultation.pack.questions["power"].atoms
    assert all(h.answers[a].value == FULL for a in atoms)
    assert h.answers[atoms[-1]].bulk


def item_number(h: Hands) -> None:
    card = h.ask("medicines", "takes")
    second = card.card.cells[1].atom
    h.press("2")
    assert h.answers[second].value is True
    h.press("2")
    assert second not in h.answers


def to_all(h: Hands, question: str, key: str, *, value: bool) -> None:
    card = h.ask("presentation", question)
    together = [c.id for c in card.together(yes=value)]
    assert len(together) > 1
    h.press(key, shift=True)
    pack = h.view.wizard.consultation.pack
    assert all(h.answers[a].value is value for q in together for a in pack.questions[q].atoms)


def cell_menu(h: Hands) -> None:
    here = h.cell()
    h.press(SPACE)
    menu = here.findChild(QMenu)
    assert menu is not None
    menu.close()


def cell_delete(h: Hands) -> None:
    here = h.cell()
    h.press("3")
    here.setFocus()
    h.press(DELETE)
    assert here.cell.atom not in h.answers


def open_option(h: Hands) -> None:
    h.options()
    for key in (SPACE, ENTER):
        shut = next(iter(h.view.page.options.shut_cards.values()))
        shut.setFocus()
        h.press(key)
        shots.settle()
        assert h.view.page.options.open_card is not None
        assert h.view.page.options.open_id == shut.card.id


def close_option(h: Hands) -> None:
    open_option(h)
    h.press(ESC)
    assert h.view.page.options.open_card is None


def decide(h: Hands) -> None:
    h.options()
    card = h.view.page.options.open_card
    assert isinstance(card, OpenOption)
    card.accept.setFocus()
    h.press(ENTER)
    assert not h.view.wizard.consultation.choices
    card = h.view.page.options.open_card
    assert card is not None
    card.accept.setFocus()
    h.press(SPACE)
    assert h.view.wizard.consultation.choices


def date_of(h: Hands, key: str) -> DateRange:
    h.view.answer({"radicular_pain": Answer(value=True)})
    h.ask("presentation", "radicular_onset")
    h.press(key, ctrl=True)
    given = h.answers["radicular_onset"].value
    assert isinstance(given, DateRange)
    return given


def date_today(h: Hands) -> None:
    today = h.view.wizard.consultation.as_of
    assert date_of(h, "t") == DateRange(today, today)
    assert h.open_id != "radicular_onset"


def date_pick(h: Hands) -> None:
    said = entry.picks(h.view.wizard.consultation.as_of)
    for number in range(1, len(said)):
        assert date_of(h, str(number)) == said[number][1]


PROOFS: dict[str, Callable[[Hands], None]] = {
    "next_field": next_field, "press": press_button, "back_out": back_out, "go_on": go_on,
    "yes": lambda h: h.said("y", value=True), "no": lambda h: h.said("n", value=False),
    "not_assessed": lambda h: h.said("a", None, Unknown.NOT_ASSESSED),
    "cannot_assess": lambda h: h.said("c", None, Unknown.CANNOT_ASSESS),
    "declined": lambda h: h.said("d", None, Unknown.DECLINED),
    "choose": choose, "why": why, "neighbour": neighbour, "item": item, "item_yes_no": item_yes_no,
    "item_space": item_space, "item_delete": item_delete, "rest_no": rest_no, "cell": cell, "value": value,
    "rest_normal": rest_normal, "side_normal": side_normal, "item_number": item_number,
    "all_no": lambda h: to_all(h, "pathology_signs", "N", value=False),
    "all_yes": lambda h: to_all(h, "conservative_care_tried", "Y", value=True),
    "date_today": date_today, "date_pick": date_pick, "cell_menu": cell_menu, "cell_delete": cell_delete,
    "open_option": open_option, "close_option": close_option, "decide": decide,
}
ON_THE_MAP = "test_body_map.py::test_keys_move_mark_and_choose_the_kind"
ELSEWHERE = {
    "open_found": "test_listed_keys.py::test_enter_in_the_search_opens_the_only_patient",
    **dict.fromkeys(("map_zone", "map_mark", "map_kind", "map_not_here", "map_delete"), ON_THE_MAP),
    "map_rest": "test_body_map.py::test_n_on_a_zone_is_the_key_of_the_button_and_fills_the_rest",
    **dict.fromkeys(("line", "empty_search"), "test_desk_pages.py::test_the_search_is_used_with_the_keyboard_alone"),
    **dict.fromkeys(("spine_value", "spine_clear", "spine_delete"),
                    "test_correlation.py::test_keys_answer_the_cell_that_has_the_keyboard"),
    "spine_zone": "test_correlation.py::test_arrows_walk_the_grid",
    "spine_menu": "test_correlation.py::test_space_opens_the_menu_of_the_zone_that_has_the_keyboard",
    "vertebra_menu": "test_spine_map.py::test_space_opens_the_menu_of_a_vertebra",
    **dict.fromkeys(("vertebra_part", "vertebra_oedema", "vertebra_age"),
                    "test_spine_map.py::test_each_key_on_the_broken_vertebra_answers_one_thing"),
    **dict.fromkeys(("scroll", "ends", "thumbnail"), "test_papers.py::test_small_pages_lead_and_follow"),
    "leave_preview": "test_papers.py::test_escape_goes_back_to_the_button",
}
"""Proved by another test, which is named here."""


@pytest.mark.parametrize("name", PROOFS)
def test_a_listed_key_does_what_its_line_says(consult: MainWindow, press: Press, cases: dict[str, Case],
                                              name: str) -> None:
    PROOFS[name](Hands(consult, press, cases["c01"]))


def test_no_key_is_listed_without_a_proof() -> None:
    handled = {k.id for c in keys.TABLE for k in c.keys if not k.shortcut}
    assert handled - set(PROOFS) - set(ELSEWHERE) == set()
    assert {*PROOFS, *ELSEWHERE} <= handled
    for proof in ELSEWHERE.values():
        file, _, test = proof.partition("::")
        assert f"def {test}(" in (Path(__file__).parent / file).read_text()


def test_enter_in_the_search_opens_the_only_patient(consult: MainWindow, press: Press, desk: Desk,
                                                    qtbot: QtBot) -> None:
    consult.show_worklist()
    press("f", ctrl=True)
    press(*"Marta", ENTER)
    assert not isinstance(consult.stack.currentWidget(), WorklistPage)


@pytest.mark.parametrize(("name", "held"), [("lock", "l"), ("undo", "z")])
def test_shortcuts_are_installed(consult: MainWindow, press: Press, qtbot: QtBot, name: str, held: str) -> None:
    assert keys.sequences(name) == (f"Ctrl+{held.upper()}",)
    if name == "lock":
        with qtbot.waitSignal(consult.locked):
            press(held, ctrl=True)
    else:
        press("n")
        press(held, ctrl=True)
        assert consult.view is not None
        assert not consult.view.wizard.consultation.answers
