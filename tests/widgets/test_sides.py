"""A column's heading is the side of every answer below it, in each grid and list, for records of any age.

``left_first`` holds records that were made when the left stood first: by the window of that day, each cell below
“Patient’s left” or “Left” was answered as of the affected side, each one below the right as normal. Never made again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from db.profile import open_profile
from desktop_app.engine.answers import Answer, AnswerSheet
from desktop_app.engine.model import Pack, Question
from desktop_app.pictures.body_marks import drawn_questions
from desktop_app.pictures.sides import SIDES
from desktop_app.presentation import cards
from desktop_app.widgets.body_editor import BodyEditor
from desktop_app.widgets.grid_editor import GridEditor
from tests.people import CLINICIAN, PASSPHRASE, cheap_keeper

Open = Callable[[Pack, str, AnswerSheet], GridEditor]
TODAY = date(2026, 11, 12)
KEPT = Path(__file__).with_name("left_first")
BY_SIDE = ("power", "earlier_power", "sensation", "reflex", "pain_area", "provocation")
BY_PLACE = ("compression", "retropulsion")  # columns from the right to the left of the scan, the canal between
AFFECTED = {"power": "3", "earlier_power": "4", "sensation": "changed", "reflex": "absent"}  # else yes
SOUND = {"power": "5", "earlier_power": "5", "sensation": "normal", "reflex": "normal"}  # else no


@pytest.fixture
def opened(qtbot: QtBot, looks: None) -> Open:
    """The editor of a grid as the wizard makes it, and what is answered in it goes into the answers given."""

    def made(pack: Pack, name: str, sheet: AnswerSheet) -> GridEditor:
        drawn = drawn_questions(pack).get(name, "")

        def card() -> cards.Card:
            return cards.build(pack, pack.questions[name], sheet, TODAY, drawn=drawn)

        editor = BodyEditor(card(), TODAY, lambda: {drawn: card()}) if drawn else GridEditor(card(), TODAY)
        qtbot.addWidget(editor)
        editor.resize(900, 600)
        editor.show()
        QApplication.processEvents()
        return editor

    return made


def headings(editor: GridEditor) -> dict[str, str]:
    """Every cell by its atom, and the words of the label that stands over it."""
    cells = editor.cells
    (table,) = {cell.parentWidget() for cell in cells.values()}
    assert table is not None
    top = min(cell.y() for cell in cells.values())
    above = [label for label in table.findChildren(QLabel) if label.geometry().bottom() < top and label.text()]

    def over(x: int) -> str:
        return min(above, key=lambda label: abs(label.geometry().center().x() - x)).text()

    return {atom: over(cell.geometry().center().x()) for atom, cell in cells.items()}


def side_in(words: str) -> str:
    """The one side that a heading names."""
    (found,) = [side for side in SIDES if side in words.lower()]
    return found


def side_of(pack: Pack, atom: str) -> str:
    """The side in the name of a cell's column, which is what is kept."""
    return pack.atoms[atom].column.rpartition("_")[2]


def test_every_grid_of_the_guideline_is_looked_at(pack: Pack) -> None:
    named = [name for name, q in pack.questions.items() if any(c.id.rpartition("_")[2] in SIDES for c in q.columns)]
    assert sorted(named) == sorted((*BY_SIDE, *BY_PLACE))


@pytest.mark.parametrize("name", [*BY_SIDE, *BY_PLACE])
def test_over_every_cell_stands_the_side_that_is_kept(name: str, pack: Pack, opened: Open) -> None:
    editor = opened(pack, name, {})
    found = headings(editor)
    assert set(found) == set(pack.questions[name].atoms)
    aside = {atom: words for atom, words in found.items() if side_of(pack, atom) in SIDES}
    assert {atom: side_in(words) for atom, words in aside.items()} == {atom: side_of(pack, atom) for atom in aside}
    across = sorted(aside, key=lambda atom: (editor.cells[atom].y(), editor.cells[atom].x()))
    half = len(pack.questions[name].columns) // 2
    assert [side_of(pack, atom) for atom in across] == ["right", *["right"] * (half - 1), *["left"] * half] * len(
        pack.questions[name].rows)


def test_the_right_also_stands_first_in_an_edition_that_names_the_left_first(pack: Pack, opened: Open) -> None:
    def turned(question: Question) -> Question:
        atoms = [f"{question.id}.{row.id}.{side}" for row in question.rows for side in reversed(SIDES)]
        return replace(question, columns=tuple(reversed(question.columns)), atoms=tuple(atoms))

    older = replace(pack, questions={**pack.questions, **{n: turned(pack.questions[n]) for n in BY_SIDE}})
    for name in BY_SIDE:
        now, then = opened(pack, name, {}), opened(older, name, {})
        assert headings(then) == headings(now)
        assert {a: c.pos() for a, c in then.cells.items()} == {a: c.pos() for a, c in now.cells.items()}
        assert [c.atom for c in then.card.cells] == [c.atom for c in now.card.cells]


@pytest.mark.parametrize("name", ["power", "earlier_power", "reflex", "provocation"])
@pytest.mark.parametrize("side", SIDES)
def test_shift_and_the_button_of_a_side_fill_that_side(name: str, side: str, pack: Pack, opened: Open) -> None:
    mine = {atom for atom in pack.questions[name].atoms if atom.endswith(f".{side}")}
    for by_key in (True, False):
        editor = opened(pack, name, {})
        given: dict[str, Answer | None] = {}
        editor.answered.connect(lambda changes, into=given: into.update(changes))
        button = editor.normal[side]
        if by_key:
            first = editor.cells[editor.card.cells[0].atom]
            QTest.keyClick(first, Qt.Key(ord(side[0].upper())), Qt.KeyboardModifier.ShiftModifier)
        else:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert set(given) == mine
        cell = editor.cells[min(mine)]
        assert cell.geometry().left() <= button.geometry().center().x() <= cell.geometry().right()
        assert side_in(button.text()) == side


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Answer]:
    """What an older record holds, as the store reads it today."""
    folder = Path(shutil.copytree(KEPT, tmp_path_factory.mktemp("older") / "profile"))
    profile = open_profile(folder, CLINICIAN.id, PASSPHRASE, cheap_keeper())
    try:
        (patient,) = profile.store.find_patients("Lindqvist")
        (encounter,) = profile.store.encounters_of(patient.id)
        return encounter.answers
    finally:
        profile.close()


@pytest.mark.parametrize("name", BY_SIDE)
def test_an_older_record_opens_with_each_answer_on_the_side_it_was_given_for(
    name: str, kept: Mapping[str, Answer], pack: Pack, opened: Open
) -> None:
    editor = opened(pack, name, kept)
    meant = {"left": AFFECTED.get(name, True), "right": SOUND.get(name, False)}
    found = headings(editor)
    assert len(found) == len(pack.questions[name].atoms)
    for atom, words in found.items():
        assert kept[atom].value == meant[side_in(words)], atom
        cell = editor.cells[atom].cell
        assert (cell.kind == "yes" or (cell.kind == "value" and not cell.normal)) == (side_in(words) == "left")
    if isinstance(editor, BodyEditor):
        marked = {area.key for area in editor.map.picture.areas() if area.fillings}
        assert marked == {f"{row.id}.left" for row in pack.questions[name].rows}
