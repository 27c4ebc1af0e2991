"""Two answers that contradict each other are told where they are given, with a way to both; a wrong day is not left."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.presentation import pairs
from desktop_app.presentation.wizard import CORRELATION, OPTIONS, QUESTIONS, Place
from desktop_app.widgets.buttons import Button
from desktop_app.widgets.consultation_view import NARROW, ConsultationView
from desktop_app.widgets.correlation_part import CorrelationPart
from desktop_app.widgets.imaging_page import ImagingPage
from desktop_app.widgets.main_window import MainWindow
from desktop_app.widgets.pair_note import PairNote
from tests.fakes import MemoryStore
from tests.presentation.conftest import answered
from tests.widgets.conftest import Press

CELL = "compression.L4_L5.far_left"
CHECK = "s41.coverage"


@pytest.fixture
def view(consult: MainWindow, cases: dict[str, Case]) -> ConsultationView:
    """No entrapment on the scan, signs of a root; the correlation is shown."""
    view = consult.view
    assert view is not None
    view.answer(answered(dict(cases["c18"].sheet)))
    view.go(Place("imaging", CORRELATION))
    QApplication.processEvents()
    return view


def part_of(view: ConsultationView) -> CorrelationPart:
    assert isinstance(view.page, ImagingPage)
    return view.page.correlation


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_the_verdict_names_what_it_rests_on(view: ConsultationView) -> None:
    part = part_of(view)
    assert part.whole.text() == "Nerve entrapment on imaging: none seen; no place is named"
    assert [line.line.text for line in part.said.lines if line.line.question == "entrapment"] == ["None seen"]


def test_a_contradiction_stands_in_the_verdict_where_it_is_entered(view: ConsultationView, press: Press) -> None:
    part = part_of(view)
    assert not part.verdict.findChildren(PairNote)
    part.spine.focus_part(CELL)
    press("4")
    assert view.wizard.decision.contradictions
    told = words_of(part.verdict)
    assert "Two answers contradict each other; the verdict follows one of them" in told
    assert view.wizard.decision.contradictions[0] in told
    assert part.verdict.dashed
    (pair,) = pairs.contradictions(view.wizard)
    assert [name for name, _ in pair.questions] == ["entrapment", "compression"]
    for name, title in pair.questions:
        view.go(Place("imaging", CORRELATION))
        note = part.verdict.findChildren(PairNote)[0]
        next(b for b in note.findChildren(Button) if b.text() == title).click()
        assert (view.page.part, view.page.questions.open_id) == (QUESTIONS, name)
    view.answer({CELL: None})
    view.go(Place("imaging", CORRELATION))
    assert not [n for n in part.verdict.findChildren(PairNote) if n.isVisible()]


def test_what_follows_waits_for_the_own_impression(view: ConsultationView, store: MemoryStore) -> None:
    store.save_clinic(dataclasses.replace(store.clinic(), ask_impression=True))
    part = part_of(view)
    part.refresh()
    part.verdict.toggle("What follows")
    assert "after your own impression" in words_of(part.verdict)
    assert "STIR" not in words_of(part.verdict.panels["What follows"][1])
    view.wizard.consultation.close_impression()
    part.refresh()
    QApplication.processEvents()
    assert "STIR" in words_of(part.verdict.panels["What follows"][1])


def test_a_wrong_day_beside_a_check_holds_the_page(view: ConsultationView, press: Press) -> None:
    part = part_of(view)
    line = part.checklist.lines[CHECK]
    line.tick.click()
    kept = view.wizard.consultation.answers[CHECK].on
    line.day.setFocus()
    line.day.selectAll()
    QTest.keyClicks(line.day, "30 Dec 2027")
    press("5", alt=True)
    assert view.step == "imaging"
    assert line.day.hasFocus()
    assert line.wrong.isVisible()
    view.page.show_part(OPTIONS)
    assert view.page.part == CORRELATION
    press(Qt.Key.Key_Right, alt=True)
    assert (view.step, view.page.part) == ("imaging", CORRELATION)
    assert view.wizard.consultation.answers[CHECK].on == kept
    line.day.selectAll()
    QTest.keyClicks(line.day, "3 Nov 2026")
    press("5", alt=True)  # a right one is taken over by leaving
    assert view.step == "interventions"
    moved = view.wizard.consultation.answers[CHECK].on
    assert moved is not None
    assert moved.day == 3


@pytest.mark.parametrize("typed", ["1 oct", "30 Dec 20"])
def test_a_day_that_is_half_written_at_a_lock_is_no_day_and_is_there_again(
    consult: MainWindow, view: ConsultationView, typed: str
) -> None:
    part, desk = part_of(view), consult.desk
    part.checklist.lines[CHECK].tick.click()
    answers = view.wizard.consultation
    kept = answers.answers[CHECK].on
    day = part.checklist.lines[CHECK].day
    day.setFocus()
    day.selectAll()
    QTest.keyClicks(day, typed)
    consult.put_typed_aside()
    consult.stand_up()
    QApplication.processEvents()
    assert answers.answers[CHECK].on == kept
    consult.sit_down(desk)
    consult.open_consultation(desk.open(answers.patient.id))
    again = consult.view
    assert again is not None
    line = part_of(again).checklist.lines[CHECK]
    assert line.day.text() == typed
    assert again.wizard.consultation.answers[CHECK].on == kept
    assert part_of(again).checklist.can_leave() is (typed == "1 oct")  # read now, or told in red
    assert line.wrong.isVisible() is (typed != "1 oct")


def test_the_panel_leads_to_both_answers(view: ConsultationView) -> None:
    view.window().resize(NARROW, 800)
    view.answer({CELL: Answer("pressed")})
    view.go(Place("imaging", "entrapment"))
    QApplication.processEvents()
    (note,) = view.panel.findChildren(PairNote)
    assert note.isVisible()
    assert "Two answers contradict each other" in words_of(note)
    next(b for b in note.findChildren(Button) if b.text().startswith("Where the nerve")).click()
    assert view.page.questions.open_id == "compression"


def test_a_page_without_the_panel_says_what_is_not_ruled_out(view: ConsultationView) -> None:
    assert view.strip.isVisible()
    assert not view.not_ruled_out.isVisible()
    view.answer({"limb_ischaemia": None, CELL: Answer("pressed")})
    QApplication.processEvents()
    assert view.not_ruled_out.isVisible()
    assert view.not_ruled_out.accessibleName() == \
        "Not ruled out: Emergency now · answers contradict each other"
    view.not_ruled_out.pressed.emit()
    assert view.panel.isVisible()
    view.answer({"limb_ischaemia": Answer(value=False)})
    QApplication.processEvents()
    assert view.not_ruled_out.accessibleName() == "Answers contradict each other"
    view.answer({CELL: None})
    assert not view.not_ruled_out.isVisible()
