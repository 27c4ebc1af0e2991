"""What is decided about one patient of the small pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_app.engine.answers import Answer, DateRange, Exclusion, Unknown, Value
from desktop_app.engine.conditions import Compare
from desktop_app.engine.decision import Decision, OptionAdvice, Status, Truth
from desktop_app.engine.judge import decide
from desktop_app.engine.model import Tier
from tests.engine.small_pack import AS_OF, SmallArithmetic, of_10, on, sheet, small_pack

PACK = small_pack()
ARITHMETIC = SmallArithmetic()
YESTERDAY = AS_OF - timedelta(days=1)

NO_ALARM: dict[str, Value] = {"alarm__bladder": False, "alarm__saddle": False, "cancer": False}
CONCORDANT: dict[str, Value] = {
    "leg_pain": True, "failed": True, "imaged": "left", "power__knee__left": "4", "power__knee__right": "5",
    "numb__right": False, "allergy": False, "anticoagulant": False, "onset": on(2026, 10, 1),
}  # fmt: skip


def decided(answers: dict[str, Answer], as_of: date = AS_OF, **services: str) -> Decision:
    return decide(PACK, answers, as_of, ARITHMETIC, services=services)


def option(decision: Decision, name: str) -> OptionAdvice:
    return next(advice for advice in decision.options if advice.id == name)


def test_nothing_answered_excludes_nothing() -> None:
    decision = decided({})
    assert (decision.tier.floor, decision.tier.ceiling, decision.tier.final) == (Tier.NONE, Tier.E, False)
    assert decision.tier.rule_out_by == AS_OF
    assert decision.tier.due_date is None
    assert decision.scope is Truth.UNKNOWN
    assert not decision.emergency.complete
    assert decision.emergency.unanswered == ("alarm", "cancer", "cancer_pain")
    assert decision.questions[0].question == "alarm"
    assert decision.questions[0].raises_to is Tier.E


@pytest.mark.parametrize("reason", list(Unknown))
def test_every_kind_of_not_knowing_is_the_same_to_the_rules(reason: Unknown) -> None:
    decision = decided({"alarm.bladder": Answer(unknown=reason)})
    assert replace(decision, answers={}) == replace(decided({}), answers={})


def test_an_emergency_holds_back_elective_advice_but_not_a_prohibition() -> None:
    decision = decided(sheet(**{**CONCORDANT, "alarm__bladder": True, "score": of_10(8)}))
    assert decision.tier.floor is decision.tier.ceiling is Tier.E
    assert decision.tier.final
    assert decision.tier.act_today
    assert decision.emergency.positive == ("A1",)
    assert option(decision, "injection").status is Status.SUPPRESSED
    assert option(decision, "injection").flips == ()
    assert "Cauda equina" in option(decision, "injection").blocked_by[0]
    assert option(decision, "walking").status is Status.OFFERED
    decision = decided(sheet(**{**CONCORDANT, "alarm__bladder": True, "allergy": True}))
    assert option(decision, "injection").status is Status.PROHIBITED


def test_the_screen_is_complete_only_when_every_item_beside_a_positive_one_was_asked() -> None:
    assert not decided(sheet(alarm__bladder=True, cancer=False)).emergency.complete
    assert decided(sheet(alarm__bladder=True, alarm__saddle=False, cancer=False)).emergency.complete
    assert decided(sheet(**NO_ALARM)).emergency.complete


def test_a_question_that_does_not_apply_needs_no_answer() -> None:
    decision = decided(sheet(**NO_ALARM))
    assert decision.not_applicable == ("cancer_pain",)
    assert "cancer_pain" not in [question.question for question in decision.questions]


def test_a_yes_to_a_question_that_does_not_apply_counts_and_is_shown() -> None:
    decision = decided(sheet(**NO_ALARM, cancer_pain__night=True))
    assert "Night pain" in decision.contradictions[0]
    assert decision.tier.ceiling is Tier.U14


def test_an_emergency_no_of_yesterday_is_asked_again_and_a_yes_stays() -> None:
    old_no = decided({**sheet(**NO_ALARM), "alarm.saddle": Answer(value=False, on=YESTERDAY)})
    assert not old_no.emergency.complete
    assert old_no.lapsed == ("alarm.saddle",)
    old_yes = decided({"alarm.saddle": Answer(value=True, on=date(2020, 1, 1))})
    assert old_yes.tier.floor is Tier.E
    other = decided({"leg_pain": Answer(value=False, on=YESTERDAY)})
    assert other.scope is Truth.NO


def test_an_excluded_yes_counts_as_a_no_of_its_day() -> None:
    def saddle(day: date, *, in_error: bool = False) -> dict[str, Answer]:
        ended = Exclusion("MRI normal", "Dr A", day, entered_in_error=in_error)
        return {**sheet(**NO_ALARM), "alarm.saddle": Answer(value=True, on=date(2026, 1, 1), excluded=ended)}

    assert decided(saddle(AS_OF)).emergency.complete
    slip = decided(saddle(AS_OF, in_error=True))
    assert not slip.emergency.complete  # nobody said no: it is asked again
    assert slip.tier.floor is Tier.NONE
    assert not decided(saddle(YESTERDAY)).emergency.complete
    assert decided(saddle(YESTERDAY)).tier.floor is Tier.NONE


def test_the_due_date_is_the_earliest_limit_whatever_its_tier() -> None:
    decision = decided(sheet(leg_pain=True, severe=True, onset=on(2026, 8, 20), severe_since=on(2026, 11, 10)))
    assert decision.tier.floor is Tier.U14
    assert decision.tier.due_date == date(2026, 11, 19)  # 91 days after the onset, before day 14
    assert decision.tier.days_left == 3
    assert [result.id for result in decision.tier.reasons] == ["S24", "S27"]


@pytest.mark.parametrize(("days", "overdue", "left"), [(13, 0, 1), (14, 0, 0), (15, 1, 0)])
def test_day_14_is_in_time_and_day_15_is_not(days: int, overdue: int, left: int) -> None:
    start = AS_OF - timedelta(days=days)
    decision = decided(
        sheet(leg_pain=True, severe=True, severe_since=DateRange(start, start), onset=DateRange(start, start))
    )
    assert (decision.tier.overdue_days, decision.tier.days_left) == (overdue, left)


def test_an_unknown_start_says_act_today_and_prints_no_date() -> None:
    decision = decided(sheet(leg_pain=True, severe=True))
    assert decision.tier.due_date is None
    assert decision.tier.act_today
    assert decision.tier.reasons[0].start_unknown


def test_the_clock_stops_when_the_specialist_has_seen_the_patient() -> None:
    decision = decided(sheet(leg_pain=True, seen=True, onset=on(2025, 1, 1)))
    assert decision.tier.floor is Tier.R3
    assert decision.tier.clock_stopped
    assert (decision.tier.due_date, decision.tier.overdue_days, decision.tier.act_today) == (None, 0, False)
    urgent = decided(sheet(leg_pain=True, seen=True, onset=on(2025, 1, 1), alarm__saddle=True))
    assert urgent.tier.due_date == AS_OF


def test_the_status_table() -> None:
    wanted = {
        Status.OFFERED: {},
        Status.CONDITIONAL: {"anticoagulant": True},
        Status.PROHIBITED: {"allergy": True, "anticoagulant": True},
        Status.NOT_OFFERED: {"failed": False},
    }
    for status, changed in wanted.items():
        assert option(decided(sheet(**{**CONCORDANT, **changed})), "injection").status is status
    without_caution = {name: value for name, value in CONCORDANT.items() if name != "anticoagulant"}
    careful = option(decided(sheet(**without_caution)), "injection")
    assert (careful.status, careful.cautions_open) == (Status.CONDITIONAL, ("bleeding",))
    without_allergy = {name: value for name, value in CONCORDANT.items() if name != "allergy"}
    waiting = option(decided(sheet(**without_allergy)), "injection")
    assert waiting.status is Status.OPEN
    assert [fact.atom for fact in waiting.missing] == ["allergy"]


def test_the_title_names_root_and_side_when_they_are_known() -> None:
    assert option(decided(sheet(**CONCORDANT)), "injection").title == "Injection: L4 left"
    assert option(decided({}), "injection").title == "Injection"


def test_reasons_carry_the_patients_own_facts() -> None:
    advice = option(decided(sheet(**CONCORDANT, score=of_10(8))), "tablets")
    assert advice.why[0].text == "Leg pain score is 8 of 10 (4 of 10 or more)"
    advice = option(decided(sheet(score=of_10(3))), "tablets")
    assert advice.why_not[0].text == "Leg pain score is 3 of 10, not 4 of 10 or more"
    assert advice.summary == advice.why_not[0].text


def test_a_missing_service_is_named_and_lowers_nothing() -> None:
    base = sheet(cancer=True, cancer_pain__night=True)
    there = decided(base, mri="Central Hospital, 2 hours")
    nowhere = decided(base, mri="none")
    assert there.tier.floor is nowhere.tier.floor is Tier.E24
    assert there.tier.reasons[0].not_here == ("MRI is not available here: transfer to Central Hospital, 2 hours.",)
    assert nowhere.tier.reasons[0].not_here == ("MRI is not available here. Plan the transfer.",)
    assert decided(base, mri="here").tier.reasons[0].not_here == ()


def test_the_imaging_action_is_the_first_that_certainly_holds() -> None:
    assert decided(sheet(alarm__bladder=True)).imaging.action == "emergency"
    assert decided(sheet(alarm__bladder=False, imaged="not_done")).imaging.action == "outpatient"
    assert decided(sheet(imaged="not_done")).imaging.action == "outpatient"
    assert decided(sheet(imaged="left")).imaging.action == "unknown"
    assert decided(sheet(alarm__bladder=False, imaged="left")).imaging.action == "none"


def test_a_disagreement_says_whether_it_fits() -> None:
    for cancer, fits in ((True, Truth.YES), (False, Truth.NO)):
        assert option(decided(sheet(cancer=cancer)), "tablets").disagreements[0].fits is fits


def test_declared_contradictions_are_shown() -> None:
    assert decided(sheet(leg_pain=False, severe=True)).contradictions == ("Severe pain, but no leg pain",)


def test_no_question_is_left_when_everything_is_settled() -> None:
    answers = sheet(**{**NO_ALARM, **CONCORDANT}, severe=False, score=of_10(3), numb__left=False)
    decision = decided(answers)
    assert decision.questions == ()
    assert decision.tier.final
    assert all(advice.status is not Status.OPEN for advice in decision.options)


@pytest.mark.parametrize(("width", "asked"), [(0, False), (10, False), (40, True)])
def test_a_vague_date_is_asked_again_when_its_vagueness_matters(width: int, asked: bool) -> None:
    recent = replace(PACK, scope=Compare("days", "<", 60))
    latest = AS_OF - timedelta(days=30)
    onset = Answer(DateRange(latest - timedelta(days=width), latest))
    decision = decide(recent, {"onset": onset}, AS_OF, ARITHMETIC)
    assert (decision.scope is Truth.UNKNOWN) is asked
    assert ("onset" in [question.question for question in decision.questions]) is asked


def test_an_answer_the_pack_does_not_ask_is_refused() -> None:
    with pytest.raises(ValueError, match="does not ask"):
        decided(sheet(nonsense=True))
    with pytest.raises(ValueError, match="does not ask"):
        decided(sheet(verdict="concordant"))


def test_without_explanations_the_same_is_decided() -> None:
    answers = sheet(**CONCORDANT)
    plain = decide(PACK, answers, AS_OF, ARITHMETIC, explain=False)
    whole = decided(answers)
    assert [(a.id, a.status) for a in plain.options] == [(a.id, a.status) for a in whole.options]
    assert plain.questions == whole.questions
    assert (plain.tier.floor, plain.tier.due_date) == (whole.tier.floor, whole.tier.due_date)
