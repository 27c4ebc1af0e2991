"""A yes to an emergency question leaves the wizard at once; it ends only by a recorded exclusion or correction."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from desktop_app.door import Door
from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.cases import Case
from desktop_app.engine.decision import Status
from desktop_app.engine.model import Tier
from desktop_app.use_cases.training import TRAINING_CLINIC
from desktop_app.widgets.consultation_view import ConsultationView
from desktop_app.widgets.dialogs import AnswerWasWrong, Handover
from desktop_app.widgets.emergency_page import EmergencyPage
from desktop_app.widgets.worklist_page import WorklistPage
from tests.documents.pdf_tools import one_line, pages_of
from tests.whole import walk
from tests.whole.conftest import Prepare
from tests.whole.hands import Hands

SADDLE = "cauda_equina"
DECIDED = "She wants to talk it over with her daughter first."


def stored_events(door: Door, hands: Hands) -> list[tuple[str, str, str]]:
    assert door._opened is not None
    kept = door._opened.store.encounter(hands.view.wizard.consultation.encounter.id)
    return [(event.kind, event.by, event.note) for event in kept.events]


def say_yes(hands: Hands) -> str:
    """Yes to the first item of the first question, by keys; returns its atom."""
    assert hands.place == ("emergency", SADDLE)
    atom = hands.card.card.cells[0].atom
    hands.key("y")
    hands.key("y")
    return atom


def test_a_yes_leaves_for_the_emergency_page_at_once(made: Door, at_desk: Hands, c01: Case) -> None:
    hands = at_desk
    walk.new_patient(hands, c01)
    atom = say_yes(hands)
    assert hands.page(EmergencyPage)
    assert hands.answers[atom].value is True
    assert not hands.view.isVisible()
    read = walk.words_of(hands.emergency)
    for number in ("spinal_team", "emergency_department"):
        assert TRAINING_CLINIC.phones[number] in read
    assert "MRI is not available here: transfer to Regional centre, 2 h away." in read
    assert made.pack.info.state_words in read

    consultation = hands.view.wizard.consultation
    decision = consultation.decision
    assert decision.tier.floor is Tier.E
    elective = [o for o in decision.options if made.pack.options[o.id].elective]
    assert elective
    assert {o.status for o in elective} <= {Status.SUPPRESSED, Status.PROHIBITED}
    assert stored_events(made, hands) == [("shown", walk.NAME, "")]


def test_an_exclusion_is_recorded_with_how_by_whom_and_when(made: Door, at_desk: Hands, c01: Case) -> None:
    hands = at_desk
    walk.new_patient(hands, c01)
    atom = say_yes(hands)
    hands.click(hands.emergency.wrong_button)
    asks = walk.dialog(hands, AnswerWasWrong)
    assert isinstance(asks, AnswerWasWrong)
    hands.key(Qt.Key.Key_Return, target=asks)
    assert [kind for kind, _, _ in stored_events(made, hands)] == ["shown"], "Enter ends nothing: it is the way out"
    hands.click(hands.emergency.wrong_button)
    asks = walk.dialog(hands, AnswerWasWrong)
    assert isinstance(asks, AnswerWasWrong)
    hands.click(asks.go)
    assert "excluded, or entered in error" in asks.wrong.text()
    hands.click(asks.excluded)
    hands.click(asks.go)
    assert "Write how" in asks.wrong.text()
    hands.click(asks.how)
    hands.type("Emergency MRI today, no compression")
    hands.click(asks.go)
    hands.wait(lambda: hands.page(ConsultationView))

    given = hands.answers[atom]
    assert given.value is True
    assert given.excluded is not None
    assert (given.excluded.how, given.excluded.by, given.excluded.on, given.excluded.entered_in_error) == (
        "Emergency MRI today, no compression", walk.NAME, hands.window.desk.today, False)
    assert hands.view.wizard.decision.tier.floor is Tier.NONE
    assert [kind for kind, _, _ in stored_events(made, hands)] == ["shown", "excluded"]
    assert not hands.view.undo() or hands.answers[atom].excluded, "an exclusion is not undone"


def test_entered_in_error_leads_back_and_stays_recorded(made: Door, at_desk: Hands, c01: Case) -> None:
    hands = at_desk
    walk.new_patient(hands, c01)
    atom = say_yes(hands)
    hands.click(hands.emergency.wrong_button)
    asks = walk.dialog(hands, AnswerWasWrong)
    assert isinstance(asks, AnswerWasWrong)
    hands.click(asks.in_error)
    hands.click(asks.how)
    hands.type("Pressed by mistake")
    hands.click(asks.go)
    hands.wait(lambda: hands.page(ConsultationView))
    assert hands.place[0] == "emergency"
    excluded = hands.answers[atom].excluded
    assert excluded is not None
    assert excluded.entered_in_error
    assert stored_events(made, hands)[-1] == ("entered_in_error", walk.NAME, "Pressed by mistake")


def test_a_locked_emergency_comes_back_first_and_is_handed_over_and_signed(
    made: Door, at_desk: Hands, c01: Case, tmp_path: Path,
) -> None:
    hands = at_desk
    walk.new_patient(hands, c01)
    say_yes(hands)
    hands.click(hands.emergency.header.lock_button)
    assert c01.patient.name not in hands.window.windowTitle()
    walk.sign_in(hands, to=EmergencyPage)
    assert not hands.emergency.review_button.isVisible()
    hands.click(hands.emergency.handover_button)
    asks = walk.dialog(hands, Handover)
    assert isinstance(asks, Handover)
    hands.type("Dr Levi, spinal team, Regional centre")
    hands.click(asks.go)
    hands.wait(lambda: "Dr Levi" in walk.words_of(hands.emergency))
    hands.click(hands.emergency.review_button)
    document = walk.sign(hands)
    pdf = tmp_path / "plan.pdf"
    pdf.write_bytes(document.content)
    first = one_line(pages_of(pdf)[0])
    assert "Dr Levi" in one_line(" ".join(pages_of(pdf)))
    assert "EMERGENCY" in first.upper()


def test_an_incomplete_screen_refuses_what_is_elective_and_stands_first_on_paper(
    made: Door, prepare: Prepare, start: Callable[[Door], Hands], c01: Case, tmp_path: Path,
) -> None:
    answers = walk.answers_of(c01)
    left_open = [a for a in answers if made.pack.atoms[a].question == "suicidal_thoughts"]
    prepare({a: given for a, given in answers.items() if a not in left_open}
            | {a: Answer(unknown=Unknown.DECLINED) for a in left_open})
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    consultation = hands.view.wizard.consultation
    assert not consultation.decision.emergency.complete
    hands.go_to("interventions")
    hands.show_options()
    hands.open_option("epidural_injection")
    card = hands.view.page.options.open_card
    assert card is not None
    assert not card.accept.isEnabled()
    assert "emergency screen" in walk.words_of(card).lower()
    hands.decline("epidural_injection", DECIDED)
    document = walk.sign(hands)
    pdf = tmp_path / "plan.pdf"
    pdf.write_bytes(document.content)
    pages = pages_of(pdf)
    opening = one_line(pages[0])
    assert "EMERGENCY SCREEN INCOMPLETE" in opening
    alarm = opening.index("EMERGENCY SCREEN INCOMPLETE")
    assert all(alarm < opening.index(later) for later in ("weeks", "L4"))
    assert DECIDED in one_line(" ".join(pages))


def test_a_signed_consultation_opens_to_look_at_and_takes_no_answer(
    made: Door, prepare: Prepare, start: Callable[[Door], Hands], c01: Case,
) -> None:
    prepare(walk.answers_of(c01))
    hands = start(made)
    walk.sign_in(hands)
    walk.resume(hands)
    hands.go_to("referral")
    hands.show_options()
    hands.decline("refer_urgently", DECIDED)
    walk.sign(hands)
    before = dict(hands.answers)
    hands.go_to("emergency")
    hands.open_question(SADDLE)
    hands.key("n")
    assert dict(hands.answers) == before
    hands.go_to("emergency")
    hands.click(hands.view.back)
    assert hands.page(WorklistPage)
