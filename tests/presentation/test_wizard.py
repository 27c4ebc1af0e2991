"""The flow: any step at any time, resume on the field, step states, emergency, undo."""

from __future__ import annotations

from datetime import date, timedelta

from desktop_app.engine.answers import Answer, DateRange, Quantity, Unknown
from desktop_app.engine.cases import Case
from desktop_app.presentation import advice, bulk, emergency, imaging, kidneys, notes, options, referral, review
from desktop_app.presentation.wizard import Place, Wizard
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Verdict
from tests.fakes import StillClock
from tests.presentation.conftest import ALL_PHONES, answered


def settle_screen(wizard: Wizard) -> None:
    """Answer the whole emergency screen with no, question by question as they come up."""
    while name := wizard.page("emergency").next_open():
        card = wizard.page("emergency").card(name)
        assert card is not None
        if card.options:
            wizard.answer({card.cells[0].atom: Answer(card.options[0][0])})
        else:
            wizard.answer(bulk.none_of_the_others(card))


def test_eight_screens_in_order_and_back(wizard: Wizard) -> None:
    assert wizard.screens[0] == "emergency"
    assert wizard.screens[-1] == "review"
    assert wizard.next_screen("review") == ""
    assert wizard.previous_screen("emergency") == ""
    assert wizard.previous_screen(wizard.next_screen("emergency")) == "emergency"
    assert wizard.screen_of("power") == "examination"
    assert wizard.screen_of("nothing") == ""


def test_starts_on_the_first_open_question_and_resumes_on_the_field(wizard: Wizard, desk: Desk) -> None:
    assert wizard.start() == Place("emergency", "cauda_equina")
    wizard.consultation.set_position("examination/reflex")
    again = Wizard(desk.open(wizard.consultation.patient.id))
    assert again.start() == Place("examination", "reflex")
    wizard.consultation.set_position("examination/no_such_question")
    assert again.consultation.position  # the stored place is read afresh by the next program
    assert Wizard(desk.open(wizard.consultation.patient.id)).start().screen == "examination"


def test_what_the_record_says_is_not_asked(wizard: Wizard) -> None:
    assert wizard.page("presentation").card("sex") is None
    assert wizard.page("presentation").card("date_of_birth") is None


def test_a_question_that_does_not_apply_is_hidden_and_one_that_may_is_asked(wizard: Wizard) -> None:
    # An emergency question that the engine counts as open is never hidden, asked or not.
    assert wizard.page("emergency").card("cancer_neurology") is not None
    wizard.answer({"cancer": Answer(unknown=Unknown.DECLINED)})
    assert wizard.page("emergency").card("cancer_neurology") is not None
    assert wizard.page("presentation").card("severe_first_met") is None  # what decides about it comes first
    wizard.answer({"cancer": Answer(value=False)})
    assert wizard.page("emergency").card("cancer_neurology") is None


def test_a_yes_of_the_emergency_screen_leaves_at_once(wizard: Wizard) -> None:
    assert wizard.answer({"cauda_equina.saddle_numbness": Answer(value=True)})
    model = emergency.build(wizard)
    assert model.do_now
    assert model.not_now
    assert all(n.number == ALL_PHONES for n in model.numbers if n.number)
    assert any("Regional centre" in s for s in model.services) or not model.services
    assert [b.atom for b in model.because if b.can_end] == ["cauda_equina.saddle_numbness"]
    assert wizard.steps("emergency")[0].state == "alarm"


def test_an_emergency_ends_only_by_a_recorded_exclusion(wizard: Wizard) -> None:
    wizard.answer({"cauda_equina.saddle_numbness": Answer(value=True)})
    again = wizard.end_emergency(["cauda_equina.saddle_numbness"], how="wrong patient", in_error=True)
    assert not wizard.emergency()
    assert again == "cauda_equina"
    card = wizard.page("emergency").card("cauda_equina")
    assert card is not None
    assert card.open  # asked again, and never a no
    assert wizard.last_change.answer.startswith("Entered in error: ")
    assert "cauda_equina" in wizard.unanswered()
    assert wizard.consultation.answers["cauda_equina.saddle_numbness"].value is True


def test_step_states_in_words(wizard: Wizard) -> None:
    states = {s.id: s for s in wizard.steps("emergency")}
    assert states["emergency"].state == "current"
    assert states["presentation"].line.endswith(" to answer")
    assert (states["interventions"].state, states["interventions"].line) == ("waits", "Opens after the screen")
    settle_screen(wizard)
    states = {s.id: s for s in wizard.steps("presentation")}
    assert (states["emergency"].state, states["emergency"].line) == ("settled", "Complete for today")


def test_answers_of_yesterday_open_the_screen_again(wizard: Wizard, clock: StillClock) -> None:
    settle_screen(wizard)
    assert wizard.decision.emergency.complete
    clock.day += timedelta(days=1)
    assert not wizard.decision.emergency.complete
    assert wizard.page("emergency").next_open() == "cauda_equina"


def test_undo_takes_back_one_step_and_says_so(wizard: Wizard) -> None:
    card = wizard.page("emergency").card("cauda_equina")
    assert card is not None
    wizard.answer(bulk.none_of_the_others(card))
    assert wizard.last_change.can_undo
    assert "11 answers" in wizard.last_change.answer
    assert wizard.undo()
    assert not wizard.consultation.answers
    assert not wizard.undo()


def test_no_elective_option_before_the_screen_is_complete(wizard: Wizard, cases: dict[str, Case]) -> None:
    case = answered(dict(cases["c01"].sheet))
    wizard.answer({a: v for a, v in case.items() if not wizard.consultation.pack.atoms[a].emergency})
    found = options.cards(wizard.consultation, ("interventions",))
    offered = [o for o in found if o.can_decide]
    assert not any(o.can_accept for o in offered)
    wizard.answer(case)
    ready = [o for o in options.cards(wizard.consultation, ("interventions",)) if o.can_accept]
    assert ready
    assert ready[0].speaks_for
    assert ready[0].strength.startswith("Article: ")


def test_the_advice_panel_follows(wizard: Wizard, cases: dict[str, Case]) -> None:
    first = advice.build(wizard)
    assert not first.final
    assert first.ladder[0].place == "ceiling"
    assert first.needed
    wizard.answer(answered(dict(cases["c01"].sheet)))
    then = advice.build(wizard)
    assert then.tier == "U14"
    assert "26 Nov 2026" in then.when
    assert [r.place for r in then.ladder if r.tier == "U14"] == ["final" if then.final else "floor"]
    assert then.offered
    assert then.state == "Guideline content not clinically approved"


def test_the_other_pages_of_a_worked_case(wizard: Wizard, cases: dict[str, Case]) -> None:
    wizard.answer(answered(dict(cases["c01"].sheet)))
    model = imaging.build(wizard)
    assert model.title == "Concordant: left L4"
    meeting = [(r.root, leg.side, r.total) for leg in model.legs for r in leg.rows if r.meets]
    assert meeting == [("L4", "left", 6)]
    doses = kidneys.build(wizard.consultation, wizard.decision)
    assert doses.clearance is not None
    assert doses.clearance.value == "75 ml/min"
    assert doses.bands
    assert referral.build(wizard).certain
    assert notes.for_screen(wizard, wizard.page("referral").texts)


def test_review_lists_what_is_open_and_which_of_it_matters(wizard: Wizard, cases: dict[str, Case]) -> None:
    before = review.build(wizard)
    assert before.emergency_state == "incomplete"
    assert before.gaps[0].matters
    assert before.blocks
    wizard.answer(answered(dict(cases["c01"].sheet)))
    card = next(o for o in options.cards(wizard.consultation, ("interventions",)) if o.can_accept)
    wizard.consultation.choose(card.id, Verdict.DECLINE, "The patient prefers to wait")
    after = review.build(wizard)
    assert after.emergency_state == "complete"
    assert after.blocks == ()
    assert [d.words for d in after.decided] == ["Declined: The patient prefers to wait"]
    assert all(card.id != d.option for d in after.undecided)


def test_an_unusual_pair_of_answers_is_shown_beside_the_advice(wizard: Wizard) -> None:
    wizard.answer({"radicular_pain": Answer(value=True), "pain_judged_severe": Answer(value=True)})
    assert advice.build(wizard).doubts == ()
    wizard.answer({"leg_pain_score": Answer(value=Quantity(1, 1, ""))})
    shown = advice.build(wizard)
    assert any("severe" in pair.text for pair in shown.doubts)
    assert shown.contradictions == ()


def test_the_last_change_is_told_in_two_short_lines(wizard: Wizard) -> None:
    wizard.answer({"cauda_equina.saddle_numbness": Answer(value=True)})
    answer, effect = wizard.last_change.lines
    assert answer.endswith(": yes")
    assert effect.startswith("At least Emergency now")
    wizard.undo()
    assert wizard.last_change.lines[0] == "Last answer taken back"


def test_a_date_that_moves_the_due_date_says_so(wizard: Wizard, cases: dict[str, Case]) -> None:
    wizard.answer(answered(dict(cases["c01"].sheet)))
    assert wizard.decision.tier.due_date == date(2026, 11, 26)
    wizard.answer({"severe_first_met": Answer(DateRange(date(2026, 9, 1), date(2026, 9, 1)))})
    assert wizard.last_change.effect == "Urgency unchanged. Due date: 26 Nov 2026 to 15 Sep 2026, overdue."
    assert wizard.last_change.lines[1] == "Due: 15 Sep 2026, overdue"
    wizard.undo()
    assert "Due date: 15 Sep 2026, overdue to 26 Nov 2026." in wizard.last_change.effect


def test_the_review_names_what_waits_for_an_answer(wizard: Wizard, cases: dict[str, Case]) -> None:
    wizard.answer(answered(dict(cases["c01"].sheet)))
    wizard.answer({"specialist_seen": None})
    model = review.build(wizard)
    waiting = {w.title: w for w in model.waiting}
    line = waiting["Refer urgently, seen within 2 weeks"]
    assert line.question == "specialist_seen"
    assert line.line.startswith("waits for: ")
    assert model.why_not == "Nothing has been decided yet"
