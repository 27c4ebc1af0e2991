"""Back loses nothing, any step is open at any time, the last answer can be taken back, a no holds for its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from desktop_app.door import Door
from desktop_app.engine.answers import Answer, DateRange, Quantity, Unknown
from desktop_app.engine.cases import Case
from desktop_app.widgets.editors import DateEditor, TextEditor
from desktop_app.widgets.worklist_page import WorklistPage
from tests.fakes import StillClock
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands

Start = Callable[[Door], Hands]


@pytest.fixture
def open_draft(made: Door, prepare: Prepare, start: Start) -> Hands:
    """A consultation without any answer, open in the window."""
    prepare({})
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    return hands


def test_any_step_opens_at_any_time_and_back_leads_back(open_draft: Hands) -> None:
    hands = open_draft
    screens = hands.view.wizard.screens
    for number, screen in [*enumerate(screens, 1)][::-1]:
        hands.step_by_key(number)
        assert hands.view.step == screen
    hands.step_by_key(3)
    hands.click(hands.view.back)
    assert hands.view.step == screens[1]
    hands.click(hands.view.back)
    assert hands.view.step == screens[0]
    hands.click(hands.view.back)
    assert hands.page(WorklistPage)


def test_back_keeps_answers_and_what_is_half_typed(open_draft: Hands, c01: Case) -> None:
    hands = open_draft
    wanted = walk.answers_of(c01)
    hands.go_to("presentation")
    for question in ("lumbar_fracture", "fracture_level"):
        hands.answer(question, {question: wanted[question]})
    editor = hands.open_question("fracture_date").editor
    assert isinstance(editor, DateEditor)
    hands.click(editor.field)
    hands.type("1 Oct 2026")
    hands.click(hands.view.back)  # no Enter was pressed
    assert hands.view.step == "emergency"
    kept = hands.answers["fracture_date"].value
    assert isinstance(kept, DateRange)
    assert kept.earliest.isoformat() == "2026-10-01"
    hands.go_to("presentation")
    area = hands.open_question("patient_goals").editor
    assert isinstance(area, TextEditor)
    hands.click(area.area)
    hands.type("To walk to the shop again")
    hands.click(hands.view.back)
    assert hands.answers["patient_goals"].value == "To walk to the shop again"
    hands.go_to("presentation")
    assert hands.answers["fracture_level"].value == wanted["fracture_level"].value
    assert hands.view.page.questions.lines["fracture_level"].card.chip == "L4"


def test_words_that_cannot_be_read_are_said_at_the_field_and_never_stored(open_draft: Hands, c01: Case) -> None:
    hands = open_draft
    hands.go_to("presentation")
    hands.answer("radicular_pain", {"radicular_pain": Answer(value=True)})
    editor = hands.open_question("leg_pain_score").editor
    for text, words in (("eleven", "is not a number"), ("15", "cannot be right"), ("7.5", "whole number")):
        hands.click(editor.field)  # type: ignore[attr-defined]
        editor.field.selectAll()  # type: ignore[attr-defined]
        hands.type(text)
        hands.key(Qt.Key.Key_Return)
        assert words in editor.wrong.text()  # type: ignore[attr-defined]
        assert editor.wrong.isVisible()  # type: ignore[attr-defined]
        assert not editor.confirm.isVisible()  # type: ignore[attr-defined]
        assert "leg_pain_score" not in hands.answers


def test_words_that_cannot_be_read_hold_nobody_on_the_page(open_draft: Hands) -> None:
    hands = open_draft
    hands.go_to("presentation")
    hands.answer("lumbar_fracture", {"lumbar_fracture": Answer(value=True)})
    editor = hands.open_question("fracture_date").editor
    assert isinstance(editor, DateEditor)
    hands.key("n")  # "no" everywhere else
    hands.step_by_key(3)
    assert hands.view.step == "examination"
    hands.click(hands.view.back)
    assert hands.view.step == "presentation"
    assert "fracture_date" not in hands.answers
    assert editor.field.text() == "n"
    assert editor.wrong.isVisible()
    hands.click(hands.view.next)  # who says that the page is done is told at the field
    assert hands.view.step == "presentation"
    assert hands.in_sight(editor.wrong)
    hands.click(editor.field)
    editor.field.selectAll()
    hands.type("today")
    hands.click(hands.view.next)
    assert hands.view.step == "examination"
    assert "fracture_date" in hands.answers


def test_an_unusual_number_is_kept_only_when_confirmed(open_draft: Hands) -> None:
    hands = open_draft
    hands.go_to("medicines")
    editor = hands.open_question("weight").editor
    hands.click(editor.field)  # type: ignore[attr-defined]
    hands.type("210")
    hands.key(Qt.Key.Key_Return)
    assert "unusual" in editor.wrong.text()  # type: ignore[attr-defined]
    assert "weight" not in hands.answers
    hands.click(editor.confirm)  # type: ignore[attr-defined]
    assert hands.answers["weight"].confirmed
    value = hands.answers["weight"].value
    assert isinstance(value, Quantity)
    assert value.entered == 210


def test_not_known_is_one_key_away_and_its_kinds_stay_apart(open_draft: Hands) -> None:
    hands = open_draft
    hands.go_to("presentation")
    for question, key, kind in (("lumbar_fracture", "a", Unknown.NOT_ASSESSED),
                                ("radicular_pain", "c", Unknown.CANNOT_ASSESS), ("back_pain", "d", Unknown.DECLINED)):
        hands.open_question(question)
        hands.key(key)
        assert hands.answers[question].unknown is kind
        assert hands.answers[question].value is None


def test_enter_in_the_search_opens_the_one_patient_found(
    made: Door, prepare: Prepare, start: Start, c01: Case,
) -> None:
    encounter = prepare({})
    hands = start(made)
    walk.sign_in(hands)
    hands.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    hands.type(str(c01.patient.name)[:5])
    hands.key(Qt.Key.Key_Return)
    assert hands.view.wizard.consultation.encounter.id == encounter


def test_undo_takes_back_the_last_step_only(open_draft: Hands) -> None:
    hands = open_draft
    hands.key("n")
    first = dict(hands.answers)
    hands.key("n")
    assert len(hands.answers) > len(first)
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dict(hands.answers) == first
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not hands.answers


def test_yesterdays_no_is_asked_again_and_the_rest_stays(
    made: Door, prepare: Prepare, start: Start, clock: StillClock, c01: Case,
) -> None:
    answers = walk.answers_of(c01)
    prepare(answers)
    clock.day += timedelta(days=1)
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    hands.go_to("emergency")
    decision = hands.view.wizard.decision
    assert not decision.emergency.complete
    lines = hands.view.page.questions.lines
    assert lines["cauda_equina"].card.chip == "Ask again today"
    assert hands.view.page.questions.open_id == "cauda_equina"
    assert "fracture_level" in hands.answers
    asked = {a: given for a, given in answers.items() if made.pack.atoms[a].emergency}
    hands.answer_page(asked)
    assert hands.view.wizard.decision.emergency.complete
    assert all(hands.answers[a].on == clock.day for a in asked)


def test_midnight_passes_while_the_window_is_open(
    made: Door, prepare: Prepare, start: Start, clock: StillClock, c01: Case,
) -> None:
    prepare(walk.answers_of(c01))
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    assert hands.view.wizard.decision.emergency.complete
    clock.day += timedelta(days=1)
    hands.go_to("interventions")
    assert not hands.view.wizard.decision.emergency.complete
    hands.show_options()
    hands.open_option("epidural_injection")
    card = hands.view.page.options.open_card
    assert card is not None
    assert not card.accept.isEnabled()
