"""The broken vertebra on the spine by mouse, by keys and by list: level, endplate, back wall, height, oedema, age."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop_app.engine.answers import Answer, Unknown
from desktop_app.presentation.wizard import CORRELATION, QUESTIONS, Place
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.correlation_part import CorrelationPart
from desktop_app.widgets.imaging_page import ImagingPage
from desktop_app.widgets.main_window import MainWindow
from tests.widgets.conftest import Press

L4 = "fracture_level.L4"


@pytest.fixture
def view(consult: MainWindow) -> ConsultationView:
    assert consult.view is not None
    consult.view.answer({"lumbar_fracture": Answer(value=True), "imaging_done": Answer(value=True)})
    consult.view.go(Place("imaging", CORRELATION))
    QApplication.processEvents()
    return consult.view


def part_of(view: ConsultationView) -> CorrelationPart:
    assert isinstance(view.page, ImagingPage)
    return view.page.correlation


def given(view: ConsultationView, atom: str) -> object:
    found = view.wizard.consultation.answers.get(atom)
    return None if found is None else found.value if found.value is not None else found.unknown


def break_l4(view: ConsultationView) -> CorrelationPart:
    view.answer({"fracture_level": Answer("L4")})
    QApplication.processEvents()
    return part_of(view)


def open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, words: str) -> None:
    """Click the line of a menu that begins with these words."""
    action = next(a for a in menu.actions() if a.text().startswith(words))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    QApplication.processEvents()


def test_a_click_says_which_vertebra_broke(view: ConsultationView) -> None:
    spine = part_of(view).spine
    assert len([k for k in spine.spots if k.startswith("fracture_level.")]) == 5
    assert "A click on a vertebra" in part_of(view).pointed_zone.text()
    QTest.mouseClick(spine, Qt.MouseButton.LeftButton, pos=spine.spot_point(L4))
    choose(open_menu(), "L4 is the fractured vertebra")
    assert given(view, "fracture_level") == "L4"
    assert spine.spots[L4].checkState() is Qt.CheckState.Checked
    assert spine.spots[L4].accessibleName() == "L4 fracture: " + ", ".join(
        f"{thing} not reported" for thing in ("part", "oedema", "age", "back wall", "height"))
    assert spine.spots["fracture_level.L3"].accessibleName() == "L3 vertebra, not the fractured one"
    assert "retropulsion.L4.canal" in spine.spots


@pytest.mark.parametrize(("question", "line", "atom", "value"), [
    ("Part of the vertebra that gave way", "Lower endplate", "endplate", "inferior"),
    ("Marrow oedema", "No", "oedema", False),
    ("Age of the fracture on imaging", "Old and not united", "fracture_state", "non_union"),
    ("Marrow oedema", "Cannot be assessed", "oedema", Unknown.CANNOT_ASSESS),
    ("Back wall of the vertebra broken", "Yes", "posterior_wall_defect", True),
    ("Vertebra almost flat", "No", "near_complete_collapse", False),
])  # fmt: skip
def test_the_menu_of_the_broken_vertebra_asks_each_thing(view: ConsultationView, question: str, line: str, atom: str,
                                                         value: object) -> None:
    spine = break_l4(view).spine
    QTest.mouseClick(spine, Qt.MouseButton.LeftButton, pos=spine.spot_point(L4))
    menu = open_menu()
    action = next(a for a in menu.actions() if a.text() == question)
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Right)
    sub = action.menu()
    assert isinstance(sub, QMenu)
    choose(sub, line)
    assert given(view, atom) == value
    menu.close()
    back = next(a.menu() for a in spine.menu_of(L4).actions() if a.text() == question)
    assert isinstance(back, QMenu)
    back.actions()[-1].trigger()
    assert given(view, atom) is None


@pytest.mark.parametrize(("key", "atom", "value"), [
    ("1", "endplate", "superior"), ("2", "endplate", "inferior"), ("3", "endplate", "both"),
    ("4", "endplate", "whole_body"), ("y", "oedema", True), ("n", "oedema", False),
    ("5", "fracture_state", "unhealed"), ("6", "fracture_state", "non_union"), ("7", "fracture_state", "healed"),
])  # fmt: skip
def test_each_key_on_the_broken_vertebra_answers_one_thing(view: ConsultationView, press: Press, key: str, atom: str,
                                                           value: object) -> None:
    spine = break_l4(view).spine
    spine.focus_part("fracture_level.L3")
    press(key)
    assert given(view, atom) is None  # another vertebra takes no key
    press(Qt.Key.Key_Down)
    assert spine.spots[L4].hasFocus()
    assert "5 to 7 age" in part_of(view).pointed_zone.text()
    press(key)
    assert given(view, atom) == value
    assert spine.spots[L4].hasFocus()
    assert "not reported, oedema not reported, age not reported" not in part_of(view).pointed_zone.text()
    press(Qt.Key.Key_Delete)  # takes nothing back: it could mean three things
    assert given(view, atom) == value


def test_space_opens_the_menu_of_a_vertebra(view: ConsultationView, press: Press) -> None:
    spine = part_of(view).spine
    spine.focus_part(L4)
    press(Qt.Key.Key_Space)
    QTest.keyClick(open_menu(), Qt.Key.Key_Down)
    QTest.keyClick(open_menu(), Qt.Key.Key_Return)
    assert given(view, "fracture_level") == "L4"
    spine.focus_part(L4)
    press(Qt.Key.Key_Space)
    assert len(open_menu().actions()) == 5
    open_menu().close()


def test_bone_pushed_back_is_answered_beside_the_broken_vertebra(view: ConsultationView, press: Press) -> None:
    spine = break_l4(view).spine
    spine.focus_part(L4)
    press(Qt.Key.Key_Right)
    focused = QApplication.focusWidget()
    assert focused in {spine.spots[k] for k in spine.spots if k.startswith("retropulsion.L4.")}
    press("4")
    assert "pressed" in {given(view, k) for k in spine.spots if k.startswith("retropulsion.L4.")}


def test_the_list_says_each_thing_and_leads_to_its_question(view: ConsultationView) -> None:
    part = break_l4(view)
    view.answer({"endplate": Answer("inferior"), "oedema": Answer(unknown=Unknown.CANNOT_ASSESS)})
    lines = {one.line.question: one for one in part.said.lines}
    told = {name: lines[name].line.text for name in ("fracture_level", "endplate", "oedema", "fracture_state",
                                                     "retropulsion")}
    assert told == {"fracture_level": "L4", "endplate": "Lower endplate", "oedema": "Cannot be assessed",
                    "fracture_state": "Not reported", "retropulsion": "Not reported"}
    assert [lines[name].line.known for name in told] == [True, True, False, False, False]
    for name in told:
        view.go(Place("imaging", CORRELATION))
        next(one for one in part_of(view).said.lines if one.line.question == name).click()
        assert (view.page.part, view.page.questions.open_id) == (QUESTIONS, name)


def test_no_vertebra_is_asked_about_before_a_fracture_is_known(consult: MainWindow) -> None:
    view = consult.view
    assert view is not None
    view.answer({"lumbar_fracture": Answer(value=False), "imaging_done": Answer(value=True)})
    view.go(Place("imaging", CORRELATION))
    assert not [k for k in part_of(view).spine.spots if k.startswith("fracture_level.")]
    assert "click" not in part_of(view).pointed_zone.text()
