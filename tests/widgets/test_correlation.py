"""Signs and report beside each other in the real window: mouse, keys and list give the same answers, each says so."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.cases import Case
from desktop_app.pictures import spine
from desktop_app.presentation.wizard import CORRELATION, Place
from desktop_app.widgets.consultation_view import NARROW, ConsultationView
from desktop_app.widgets.correlation_part import CorrelationPart
from desktop_app.widgets.imaging_page import ImagingPage
from desktop_app.widgets.main_window import MainWindow
from tests.presentation.conftest import answered
from tests.widgets.conftest import Press

CELL = "compression.L4_L5.foramen_left"


@pytest.fixture
def view(consult: MainWindow) -> ConsultationView:
    assert consult.view is not None
    return consult.view


def page_of(view: ConsultationView) -> ImagingPage:
    assert isinstance(view.page, ImagingPage)
    return view.page


def shown(view: ConsultationView, case: Case | None = None, **more: Answer) -> CorrelationPart:
    """The correlation of a case, settled on the screen."""
    if case is not None:
        view.answer(answered({**case.sheet, **more}))
    view.go(Place("imaging", CORRELATION))
    QApplication.processEvents()
    return page_of(view).correlation


def given(view: ConsultationView, atom: str) -> object:
    found = view.wizard.consultation.answers.get(atom)
    return None if found is None else found.value if found.value is not None else found.unknown


def words_of(part: CorrelationPart) -> str:
    return " ".join(line.line.spoken for line in (*part.signs.lines, *part.said.lines))


# -- the verdict -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "title"), [
    ("c01", "Concordant: left L4"), ("verdict_partial_more", "Partly concordant"),
    ("verdict_other_level", "Discordant: another level"), ("verdict_other_side", "Discordant: other side"),
    ("s41_none_done", "No nerve compression seen"), ("verdict_incidental", "Incidental findings only"),
    ("verdict_not_done", "Imaging not done"), ("verdict_root_uncertain", "No root named"),
])  # fmt: skip
def test_all_eight_verdicts_are_said_in_words(view: ConsultationView, cases: dict[str, Case], name: str,
                                              title: str) -> None:
    part = shown(view, cases[name])
    assert part.model is not None
    assert part.model.title == title
    assert part.model.sentence
    assert part.model.basis
    assert part.verdict.dashed is not part.model.solid
    assert bool(part.model.adequacy) is (name != "verdict_not_done")


def test_what_would_change_it_does_change_it(view: ConsultationView, cases: dict[str, Case]) -> None:
    shown(view, cases["c01"])
    changes = [c for c in view.wizard.consultation.verdict_changes if c.atom]
    assert {c.verdict for c in changes} >= {"partial", "no_compression_seen", "discordant_side"}
    for verdict in {c.verdict for c in changes} - {"not_done"}:
        change = next(c for c in changes if c.verdict == verdict)
        view.answer({change.atom: Answer(change.value)})
        assert view.wizard.decision.imaging.verdict == verdict, change
        view.undo()


def test_why_and_what_follows_open_and_shut(view: ConsultationView, cases: dict[str, Case], press: Press) -> None:
    part = shown(view, cases["c01"])
    button, note = part.verdict.panels["Why"]
    button.setFocus()
    press(Qt.Key.Key_Space)
    assert note.isVisible()
    assert any("left L4" in step for step in part.model.why) if part.model else False
    part.verdict.panels["What follows"][0].click()
    assert not note.isVisible()
    assert part.verdict.panels["What follows"][1].isVisible()


# -- the zones beside the spine ----------------------------------------------------------------------


@pytest.mark.parametrize(("key", "value"), [
    ("1", "clear"), ("2", "narrowed"), ("3", "touched"), ("4", "pressed"), ("n", "clear"),
    ("a", Unknown.NOT_ASSESSED), ("c", Unknown.CANNOT_ASSESS), ("d", Unknown.DECLINED),
])  # fmt: skip
def test_keys_answer_the_cell_that_has_the_keyboard(view: ConsultationView, press: Press, key: str,
                                                    value: object) -> None:
    view.answer({"imaging_done": Answer(value=True)})
    part = shown(view)
    part.spine.focus_part(CELL)
    press(key)
    assert given(view, CELL) == value
    assert part.spine.spots[CELL].hasFocus()
    state = {"clear": Qt.CheckState.Unchecked}.get(str(value), Qt.CheckState.Checked)
    wanted = Qt.CheckState.PartiallyChecked if isinstance(value, Unknown) else state
    assert part.spine.spots[CELL].checkState() is wanted
    press(Qt.Key.Key_Delete)
    assert given(view, CELL) is None
    assert "Not reported" in part.spine.spots[CELL].accessibleName()


def test_arrows_walk_the_grid(view: ConsultationView, press: Press) -> None:
    view.answer({"imaging_done": Answer(value=True)})
    part = shown(view)
    part.spine.focus_part("compression.L3_L4.canal")
    for key, cell in ((Qt.Key.Key_Right, "L3_L4.recess_left"), (Qt.Key.Key_Down, "L4_L5.recess_left"),
                      (Qt.Key.Key_Left, "L4_L5.canal"), (Qt.Key.Key_Up, "L3_L4.canal")):
        press(key)
        assert part.spine.spots[f"compression.{cell}"].hasFocus()


def test_the_menu_holds_every_answer(view: ConsultationView) -> None:
    view.answer({"imaging_done": Answer(value=True), "fracture_level": Answer("L4"),
                 "lumbar_fracture": Answer(value=True)})
    part = shown(view)
    for cell in (CELL, "retropulsion.L4.canal"):
        actions = part.spine.menu_of(cell).actions()
        next(a for a in actions if a.text().startswith("Root pressed")).trigger()
        assert given(view, cell) == "pressed"
    for action in part.spine.menu_of(CELL).actions():
        if action.text().startswith("Not reported"):
            action.trigger()
    assert given(view, CELL) is None


def test_space_opens_the_menu_of_the_zone_that_has_the_keyboard(view: ConsultationView, press: Press) -> None:
    view.answer({"imaging_done": Answer(value=True)})
    part = shown(view)
    part.spine.focus_part(CELL)
    press(Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [a.text() for a in menu.actions()] == [a.text() for a in part.spine.menu_of(CELL).actions()]
    menu.close()


def test_a_click_opens_the_menu_of_its_cell(view: ConsultationView) -> None:
    view.answer({"imaging_done": Answer(value=True)})
    part = shown(view)
    QTest.mouseClick(part.spine, Qt.MouseButton.LeftButton, pos=part.spine.spot_point(CELL))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    assert part.spine.spots[CELL].hasFocus()
    assert given(view, CELL) is None


def test_the_body_map_beside_it_answers_the_examination(view: ConsultationView, press: Press) -> None:
    part = shown(view)
    part.map.focus_part("L4.left")
    press(Qt.Key.Key_Space)
    assert given(view, "pain_area.L4.left") is True
    press("s", Qt.Key.Key_Space)
    assert given(view, "sensation.L4.left") == "changed"
    assert "L4" in words_of(part)


# -- lists and empty states --------------------------------------------------------------------------


def test_the_lists_say_what_the_pictures_show(view: ConsultationView, cases: dict[str, Case]) -> None:
    part = shown(view, cases["verdict_partial_more"])
    assert part.model is not None
    told = words_of(part)
    marked = [c for c in part.model.spine.cells if c.state in {spine.NARROWED, spine.TOUCHED, spine.PRESSED}]
    assert marked
    for cell in marked:
        assert f"{cell.level.replace('_', '-')} {cell.zone.partition('_')[0]}" in told
    signs = {sign for leg in part.model.legs for row in leg.rows for b in row.blocks if b.certain for sign in b.signs}
    assert signs
    assert "Knee jerk" in told
    *shape, wall, height = part.model.spine.words.partition(": ")[2].split(", ")
    for words in shape:
        assert words.removeprefix("no ").lower() in told.lower()
    assert (wall, height) == ("back wall not broken", "not almost flat")
    for question in ("posterior_wall_defect", "near_complete_collapse"):
        line = next(one.line for one in part.said.lines if one.line.question == question)
        assert (line.text, line.known) == ("No", True)


def test_a_line_leads_to_its_question(view: ConsultationView, cases: dict[str, Case]) -> None:
    part = shown(view, cases["c01"])
    line = next(one for one in part.said.lines if one.line.question == "compression")
    line.click()
    assert view.step == "imaging"
    assert view.page.part == "questions"
    assert view.page.questions.open_id == "compression"
    part = shown(view)
    part.signs.lines[0].click()
    assert view.step == "examination"


def test_without_imaging_there_is_no_table_of_unknowns(view: ConsultationView) -> None:
    part = shown(view)
    assert not part.spine.isVisible()
    assert part.no_imaging.isVisible()
    assert part.no_roots.isVisible()
    assert not part.said.lines
    part.no_imaging.button.click()
    assert view.page.questions.open_id == "imaging_done"
    view.answer({"imaging_done": Answer(value=False)})
    part = shown(view)
    assert part.no_imaging.title.text() == "No imaging of the nerves"


def test_what_the_report_leaves_out_is_told_and_is_not_a_no(view: ConsultationView, cases: dict[str, Case]) -> None:
    sheet = {a: g for a, g in cases["c01"].sheet.items() if a != "imaging_adequacy.stir"}
    view.answer(answered(sheet))
    part = shown(view)
    lines = [one.line for one in part.said.lines if one.line.question == "imaging_adequacy"]
    assert [line.known for line in lines] == [False]
    assert "STIR" in lines[0].text
    assert lines[0].text.startswith("Not answered")


def test_the_page_takes_the_window_and_keeps_the_urgency_in_sight(view: ConsultationView,
                                                                  cases: dict[str, Case]) -> None:
    view.window().resize(NARROW, 800)
    shown(view, cases["c01"])
    assert view.chip.isVisible()
    assert not view.panel.isVisible()
    page_of(view).show_part("questions")
    assert view.panel.isVisible()


# -- the named discrepancy ---------------------------------------------------------------------------


def test_root_signs_without_entrapment_open_the_eleven_checks(view: ConsultationView, cases: dict[str, Case],
                                                              press: Press) -> None:
    assert not shown(view, cases["c01"]).checklist.isVisible()
    part = shown(view, cases["s41_none_done"])
    assert part.checklist.isVisible()
    assert len(part.checklist.lines) == 11
    line = part.checklist.lines["s41.second_read"]
    line.tick.setFocus()
    press(Qt.Key.Key_Space)
    found = view.wizard.consultation.answers["s41.second_read"]
    assert (found.value, found.on) == (True, view.wizard.consultation.as_of)
    assert line.day.isVisible()
    line.day.setFocus()
    line.day.selectAll()
    QTest.keyClicks(line.day, "3 Nov 2026")
    press(Qt.Key.Key_Return)
    assert view.wizard.consultation.answers["s41.second_read"].on == date(2026, 11, 3)
    assert "checked 3 Nov 2026" in line.tick.accessibleName()
    line.day.selectAll()
    QTest.keyClicks(line.day, "Oct 2026")
    press(Qt.Key.Key_Return)
    assert "Write the day" in line.wrong.text()
    assert view.wizard.consultation.answers["s41.second_read"].on == date(2026, 11, 3)
    line.tick.click()
    assert given(view, "s41.second_read") is None


def test_tests_done_elsewhere_tick_the_same_list(view: ConsultationView, cases: dict[str, Case]) -> None:
    part = shown(view, cases["s41_none_done"])
    part.checklist.lines["diagnostic_tests_done.emg"].tick.click()
    assert given(view, "diagnostic_tests_done.emg") is True
