"""The body map in the real window: clicks, keys and the list give the same answers, and each says so."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.engine.answers import Answer, Unknown
from desktop_app.pictures import body
from desktop_app.pictures.body import PAIN, SENSATION, Place, State
from desktop_app.presentation import body as body_words
from desktop_app.presentation import emergency
from desktop_app.presentation.wizard import Place as WizardPlace
from desktop_app.widgets.body_editor import BodyEditor
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.main_window import MainWindow
from tests.widgets.conftest import Press

QUESTION = {PAIN: "pain_area", SENSATION: "sensation"}


@pytest.fixture
def view(consult: MainWindow) -> ConsultationView:
    assert consult.view is not None
    return consult.view


def opened(view: ConsultationView, kind: str) -> BodyEditor:
    view.go(WizardPlace("examination", QUESTION[kind]))
    QApplication.processEvents()
    card = view.page.questions.open_card
    assert card is not None
    assert isinstance(card.editor, BodyEditor)
    return card.editor


def click(editor: BodyEditor, place: Place) -> None:
    QTest.mouseClick(editor.map, Qt.MouseButton.LeftButton, pos=editor.map.spot_point(body.key_of(place)))
    QApplication.processEvents()


def value(view: ConsultationView, kind: str, place: Place) -> object:
    given = view.wizard.consultation.answers.get(f"{QUESTION[kind]}.{'.'.join(place)}")
    return given.value if given is not None and given.unknown is None else given.unknown if given else None


def assert_equal(editor: BodyEditor) -> None:
    """List, map and what a screen reader is told are one."""
    marks = body_words.marks(editor.cards)
    for cell in editor.card.cells:
        place = (cell.row, cell.column)
        shown = editor.cells[cell.atom].cell
        state = marks.state(editor.kind, place)
        assert shown.words == cell.words
        assert state is body_words.state_of(shown)
        spot = editor.map.spots[body.key_of(place)]
        told = {State.MARKED: Qt.CheckState.Checked, State.NORMAL: Qt.CheckState.Unchecked}
        assert spot.checkState() is told.get(state, Qt.CheckState.PartiallyChecked)  # type: ignore[arg-type]
        assert body.told(marks, place, editor.cards) in spot.accessibleName()
        for area in editor.map.picture.part(body.key_of(place)):
            assert bool(area.fillings) == any(marks.state(k, place) is State.MARKED for k in editor.cards)


@pytest.mark.parametrize(("kind", "marked"), [(PAIN, True), (SENSATION, "changed")])
def test_a_click_on_each_zone_marks_its_own_atom(view: ConsultationView, kind: str, marked: object) -> None:
    editor = opened(view, kind)
    places = [(cell.row, cell.column) for cell in editor.card.cells if cell.row not in {"S3", "S4"}]
    for place in places:
        click(editor, place)
        assert value(view, kind, place) == marked, place
    assert len(view.wizard.consultation.answers) == len(places)
    assert_equal(editor)


def test_a_second_click_takes_the_mark_back_and_says_no_to_nothing(view: ConsultationView) -> None:
    editor = opened(view, PAIN)
    click(editor, ("L4", "left"))
    click(editor, ("L4", "left"))
    assert not view.wizard.consultation.answers
    assert_equal(editor)


def test_a_click_beside_the_body_does_nothing(view: ConsultationView) -> None:
    editor = opened(view, PAIN)
    QTest.mouseClick(editor.map, Qt.MouseButton.LeftButton, pos=QPoint(1, editor.map.height() - 1))
    assert not view.wizard.consultation.answers


def test_keys_move_mark_and_choose_the_kind(view: ConsultationView, press: Press) -> None:
    editor = opened(view, PAIN)
    editor.map.focus_part("L3.left")
    press(Qt.Key.Key_Space)
    assert value(view, PAIN, ("L3", "left")) is True
    press(Qt.Key.Key_Down)
    assert editor.map.spots["L4.left"].hasFocus()
    press("0")
    assert value(view, PAIN, ("L4", "left")) is False
    assert value(view, PAIN, ("L5", "left")) is None
    press("s", Qt.Key.Key_Space)
    assert editor.kind == SENSATION
    assert value(view, SENSATION, ("L4", "left")) == "changed"
    assert value(view, PAIN, ("L4", "left")) is False
    press("a")
    assert value(view, SENSATION, ("L4", "left")) is Unknown.NOT_ASSESSED
    press(Qt.Key.Key_Delete)
    assert value(view, SENSATION, ("L4", "left")) is None
    press("p", "y")
    assert value(view, PAIN, ("L4", "left")) is True
    assert_equal(editor)


@pytest.mark.parametrize("kind", [PAIN, SENSATION])
def test_arrow_keys_reach_every_zone_from_every_zone(view: ConsultationView, kind: str) -> None:
    zones = opened(view, kind).map
    steps = [(1, 0), (-1, 0), (0, 1), (0, -1)]
    for start in zones.spots:
        reached, edge = {start}, [start]
        while edge:
            here = edge.pop()
            following = {zones.neighbour(here, *step) for step in steps} - {""} - reached
            reached |= following
            edge += following
        assert reached == set(zones.spots), f"from {start} not reached: {set(zones.spots) - reached}"


def test_what_is_changed_in_the_list_is_seen_on_the_map(view: ConsultationView, press: Press) -> None:
    editor = opened(view, SENSATION)
    editor.cells["sensation.S1.right"].setFocus()
    press("2")
    assert value(view, SENSATION, ("S1", "right")) == "changed"
    assert_equal(editor)
    assert all(area.fillings for area in editor.map.picture.part("S1.right"))


def test_all_normal_fills_the_map_and_goes_on(view: ConsultationView, press: Press) -> None:
    editor = opened(view, PAIN)
    click(editor, ("L4", "left"))
    view.page.questions.open_card.setFocus()  # type: ignore[union-attr]
    press("n")
    assert value(view, PAIN, ("L4", "left")) is True
    assert value(view, PAIN, ("L5", "left")) is False
    assert view.page.questions.open_id != "pain_area"


def test_n_on_a_zone_is_the_key_of_the_button_and_fills_the_rest(view: ConsultationView, press: Press) -> None:
    editor = opened(view, PAIN)
    click(editor, ("L4", "left"))
    press("n")
    assert value(view, PAIN, ("L4", "left")) is True
    assert all(value(view, PAIN, (c.row, c.column)) is False for c in editor.card.cells
               if (c.row, c.column) != ("L4", "left"))


def test_the_partner_question_is_finished_and_the_open_one_waits(view: ConsultationView, press: Press) -> None:
    editor = opened(view, PAIN)
    press("s", "n")
    assert all(value(view, SENSATION, (c.row, c.column)) == "normal" for c in editor.cards[SENSATION].cells)
    assert view.page.questions.open_id == "pain_area"
    assert editor.kind == PAIN


def test_a_kind_that_is_not_asked_at_a_zone_says_so_and_answers_nothing(view: ConsultationView) -> None:
    editor = opened(view, SENSATION)
    click(editor, ("buttock", "left"))
    assert not view.wizard.consultation.answers
    assert "changed sensation is not asked here" in editor.pointed.text()


def test_changed_sensation_of_the_saddle_is_an_emergency_at_once(view: ConsultationView) -> None:
    editor = opened(view, SENSATION)
    click(editor, ("S3", "left"))
    assert value(view, SENSATION, ("S3", "left")) == "changed"
    assert view.wizard.emergency()
    (because,) = emergency.build(view.wizard).because
    assert because.question == "sensation"  # "An answer was wrong" leads to where it was given


def test_zones_are_controls_with_name_state_and_action(view: ConsultationView, qtbot: QtBot) -> None:
    editor = opened(view, PAIN)
    names = [spot.accessibleName() for spot in editor.map.spots.values()]
    assert len(set(names)) == len(names) == 2 * len(body.ZONES)
    spot = editor.map.spots["L4.left"]
    found = QAccessible.queryAccessibleInterface(spot)
    assert found.role() == QAccessible.Role.CheckBox
    assert spot.accessibleName() == "Left L4, knee and inner shin: pain not asked; sensation not tested"
    assert found.actionInterface().actionNames()[:2] == ["Toggle", "Press"]
    found.actionInterface().doAction("Toggle")
    assert value(view, PAIN, ("L4", "left")) is True
    found.actionInterface().doAction("Press")
    qtbot.waitUntil(lambda: value(view, PAIN, ("L4", "left")) is None)
    found.actionInterface().doAction("Toggle")
    assert "pain; sensation not tested" in spot.accessibleName()
    assert spot.isChecked()
    assert min(min(s.width(), s.height()) for s in editor.map.spots.values()) >= 24


def test_tab_enters_the_map_once_and_comes_back_to_the_same_zone(view: ConsultationView, press: Press) -> None:
    editor = opened(view, PAIN)
    editor.map.focus_part("L5.right")
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() not in editor.map.spots.values()
    press(Qt.Key.Key_Backtab)
    assert editor.map.spots["L5.right"].hasFocus()


def test_arrows_in_the_list_go_where_they_point(view: ConsultationView, press: Press) -> None:
    editor = opened(view, SENSATION)
    cells = editor.cells
    assert cells["sensation.L4.right"].x() < cells["sensation.L4.left"].x()
    cells["sensation.L4.right"].setFocus()
    press(Qt.Key.Key_Right)
    assert cells["sensation.L4.left"].hasFocus()
    press(Qt.Key.Key_Down)
    assert cells["sensation.L5.left"].hasFocus()


def test_tab_goes_in_reading_order(view: ConsultationView, press: Press) -> None:
    editor = opened(view, PAIN)
    editor.kinds[PAIN].setFocus()
    seen: list[str] = []
    while not (seen and seen[-1] == "Declined"):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
        press(Qt.Key.Key_Tab)
    first_cell = next(iter(editor.cells.values())).accessibleName()
    order = ["Pain", "Changed sensation", editor.map.spots[editor.map.current].accessibleName(), first_cell,
             editor.rest.accessibleName(), "Declined"]
    assert [name for name in seen if name in order] == order
    assert len(seen) == 3 + len(editor.cells) + 4


@pytest.mark.parametrize("kind", [PAIN, SENSATION])
def test_the_open_card_fits_a_small_window(
    consult: MainWindow, view: ConsultationView, kind: str, qtbot: QtBot
) -> None:
    consult.resize(1280, 720)
    editor = opened(view, kind)
    card = view.page.questions.open_card
    assert card is not None
    qtbot.waitUntil(lambda: card.height() <= view.page.viewport().height())
    assert editor.map.width() + editor.cells[editor.card.cells[0].atom].width() < editor.width()


def test_focus_is_drawn_on_the_zone(view: ConsultationView) -> None:
    editor = opened(view, PAIN)
    before = editor.map.grab().toImage()
    editor.map.focus_part("L3.right")
    QApplication.processEvents()
    assert editor.map.grab().toImage() != before


def test_an_answer_from_elsewhere_is_seen(view: ConsultationView) -> None:
    editor = opened(view, PAIN)
    view.wizard.answer({"pain_area.L5.left": Answer(value=True)})
    view.page.refresh()
    assert editor.map.spots["L5.left"].isChecked()
    assert_equal(editor)


def stroke(editor: BodyEditor, *way: QPoint) -> None:
    """The mouse pressed at the first point, drawn over the others and let go at the last."""
    QTest.mousePress(editor.map, Qt.MouseButton.LeftButton, pos=way[0])
    for start, end in pairwise(way):
        for step in range(1, 11):
            QTest.mouseMove(editor.map, start + (end - start) * (step / 10))
            QApplication.processEvents()
    QTest.mouseRelease(editor.map, Qt.MouseButton.LeftButton, pos=way[-1])
    QApplication.processEvents()


def middle(editor: BodyEditor, key: str) -> QPoint:
    return editor.map.spot_point(key)


def test_pain_is_drawn_in_one_stroke_that_takes_no_mark_back(view: ConsultationView) -> None:
    editor = opened(view, PAIN)
    click(editor, ("L4", "left"))
    stroke(editor, middle(editor, "L3.left"), middle(editor, "L4.left"))
    assert {atom: given.value for atom, given in view.wizard.consultation.answers.items()} == {
        "pain_area.L3.left": True, "pain_area.L4.left": True}
    assert_equal(editor)
    click(editor, ("L4", "left"))  # a click after it is a click again
    assert set(view.wizard.consultation.answers) == {"pain_area.L3.left"}


def test_a_hand_that_slips_draws_nothing_and_sensation_is_not_drawn(view: ConsultationView) -> None:
    editor = opened(view, PAIN)
    edge = middle(editor, "L3.left")
    while editor.map.key_at(edge + QPoint(0, 1)) == "L3.left":
        edge += QPoint(0, 1)
    other = next(QPoint(x, edge.y() + down) for down in range(1, 14) for x in range(edge.x() - 6, edge.x() + 7)
                 if editor.map.key_at(QPoint(x, edge.y() + down)) not in {"", "L3.left"})
    beside = editor.map.key_at(other)
    stroke(editor, edge, other)
    assert [*view.wizard.consultation.answers] == [f"pain_area.{beside}"]  # as always: where the button is let go
    view.undo()
    stroke(editor, QPoint(1, 1), middle(editor, "L1.right"), middle(editor, "L2.right"))
    assert [*view.wizard.consultation.answers] == ["pain_area.L2.right"]  # begun beside the body
    view.undo()
    editor = opened(view, SENSATION)
    stroke(editor, middle(editor, "L3.left"), middle(editor, "L4.left"))
    assert [*view.wizard.consultation.answers] == ["sensation.L4.left"]


def test_an_arrow_leads_from_the_question_into_the_column_that_lies_there(view: ConsultationView,
                                                                         press: Press) -> None:
    for key, side in ((Qt.Key.Key_Right, "left"), (Qt.Key.Key_Left, "right")):
        for name in ("reflex", "sensation"):
            view.go(WizardPlace("examination", name))
            card = view.page.questions.open_card
            assert card is not None
            press(key)
            rows = view.wizard.consultation.pack.questions[name].rows
            assert card.editor.cells[f"{name}.{rows[0].id}.{side}"].hasFocus()  # type: ignore[attr-defined]
