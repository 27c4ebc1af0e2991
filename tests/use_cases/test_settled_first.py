"""An opioid is planned only with a highest dose, a stop date and dates to look at benefit and side effects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.answers import Answer, DateRange, Unknown
from desktop_app.engine.cases import Case, CaseChoice
from desktop_app.engine.model import Pack
from desktop_app.use_cases.asking import Asking
from desktop_app.use_cases.choosing import unsettled
from desktop_app.use_cases.consultation import Consultation
from desktop_app.use_cases.domain import Verdict
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.plan_case import plan_case
from tests.fakes import TODAY
from tests.use_cases.conftest import Surgery

START = "start_strong_opioid"
CONTINUE = "continue_opioid"


def on(day: date) -> Answer:
    return Answer(DateRange(day, day))


WRITTEN = {
    "opioid_highest_dose": Answer("Oxycodone 5 mg, at most 20 mg a day"),
    "opioid_start_date": on(TODAY),
    "opioid_review_date": on(date(2026, 11, 19)),
    "opioid_stop_date": on(date(2026, 12, 10)),
}
NEEDED = ("opioid_highest_dose", "opioid_start_date", "opioid_review_date", "opioid_stop_date")


@pytest.fixture
def settled(surgery: Surgery) -> Consultation:
    consultation = surgery.consult("opioid_start_full_plan")
    consultation.answer_many(dict(WRITTEN))
    return consultation


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.CHANGE])
def test_a_settled_opioid_can_be_planned(settled: Consultation, verdict: Verdict) -> None:
    assert unsettled(settled.pack, settled.decision, START) == ()
    settled.choose(START, verdict, "half the dose")
    assert START in settled.choices


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.CHANGE])
@pytest.mark.parametrize("left_out", NEEDED)
def test_a_figure_or_date_that_is_not_written_bars_it(settled: Consultation, left_out: str, verdict: Verdict) -> None:
    settled.answer(left_out, Answer(unknown=Unknown.NOT_ASSESSED))
    assert {each.question for each in unsettled(settled.pack, settled.decision, START)} == {left_out}
    with pytest.raises(BadData, match=rf"(?i)cannot be accepted yet: {settled.pack.atoms[left_out].label}"):
        settled.choose(START, verdict, "half the dose")
    assert START not in settled.choices


@pytest.mark.parametrize("item", ["dose_limit", "stop_date", "benefit_review", "side_effect_review"])
@pytest.mark.parametrize("answer", [Answer(value=False), Answer(unknown=Unknown.DECLINED), None])
def test_a_limit_that_is_not_settled_or_not_known_bars_it(
    settled: Consultation, item: str, answer: Answer | None
) -> None:
    settled.answer(f"opioid_plan.{item}", answer)
    missing = unsettled(settled.pack, settled.decision, START)
    assert [each.question for each in missing] == ["opioid_plan"]
    with pytest.raises(BadData, match="cannot be accepted yet: no "):
        settled.choose(START, Verdict.ACCEPT)


def test_one_prescriber_and_small_packs_ask_for_a_plan_and_bar_nothing(settled: Consultation) -> None:
    restrictions = ("opioid_plan.single_prescriber", "opioid_plan.quantity_limit")
    settled.answer_many(dict.fromkeys(restrictions, Answer(value=False)))
    settled.choose(START, Verdict.ACCEPT)
    assert START in settled.choices


@pytest.mark.parametrize(("day", "stands"), [(TODAY, True), (date(2026, 11, 11), False)])
def test_a_stop_date_that_has_passed_is_none(settled: Consultation, day: date, *, stands: bool) -> None:
    settled.answer_many({"opioid_review_date": on(TODAY), "opioid_stop_date": on(day)})
    missing = unsettled(settled.pack, settled.decision, START)
    assert bool(missing) is not stands
    assert any("has passed" in each.words for each in missing) is not stands


@pytest.mark.parametrize(("question", "day", "stands"), [
    ("opioid_start_date", date(2026, 11, 19), True),  # first dose on the day of the review
    ("opioid_start_date", date(2026, 11, 20), False),
    ("opioid_stop_date", date(2026, 11, 19), True),  # review on the last day
    ("opioid_stop_date", date(2026, 11, 18), False),
])  # fmt: skip
def test_first_dose_review_and_last_dose_follow_one_another(
    settled: Consultation, question: str, day: date, *, stands: bool
) -> None:
    settled.answer(question, on(day))
    missing = unsettled(settled.pack, settled.decision, START)
    assert bool(missing) is not stands
    assert all("lies before" in each.words for each in missing)


def test_declining_needs_no_limit(surgery: Surgery) -> None:
    consultation = surgery.consult("opioid_start_no_stop_date")
    consultation.choose(START, Verdict.DECLINE, "Non-opioids come first")
    assert START in consultation.choices


def test_what_is_taken_back_later_bars_the_signature(settled: Consultation) -> None:
    settled.choose(START, Verdict.ACCEPT)
    assert not any("opioid" in words for words in settled.blocks_to_sign())
    settled.answer("opioid_stop_date", None)
    assert any("stop date of the opioid" in words.lower() for words in settled.blocks_to_sign())


@pytest.mark.parametrize(("whole", "refused"), [(True, False), (False, True)])
def test_the_command_line_keeps_the_same_rule(
    pack: Pack, clinical: ClinicalArithmetic, cases: dict[str, Case], *, whole: bool, refused: bool
) -> None:
    base = cases["medicines_decided"]
    sheet = {a: v for a, v in base.sheet.items() if whole or a != "opioid_stop_date"}
    case = replace(base, sheet=sheet, choices=(CaseChoice(CONTINUE, "accept"),))
    if refused:
        with pytest.raises(BadData, match=r"cannot be accepted yet: stop date of the opioid: not answered"):
            plan_case(pack, clinical, case, case.as_of)
    else:
        assert [c.option for c in plan_case(pack, clinical, case, case.as_of).choices] == [CONTINUE]


@pytest.mark.parametrize(("words", "settles"), [("as needed", False), ("Oxycodone, the lowest that works", False),
                                                 ("Oxycodone, at most 20 mg a day", True), ("٢٠ mg", True)])
def test_a_highest_dose_without_a_figure_sets_no_limit(settled: Consultation, words: str, *, settles: bool) -> None:
    settled.answer("opioid_highest_dose", Answer(words))
    told = [each.words for each in unsettled(settled.pack, settled.decision, START)]
    assert told == ([] if settles else ["Highest dose of the opioid: no figure in it"])
    if not settles:
        with pytest.raises(BadData, match=r"(?i)cannot be accepted yet"):
            settled.choose(START, Verdict.ACCEPT)


def test_what_is_said_to_be_settled_is_asked_for_right_away(settled: Consultation) -> None:
    """Not first under Accept: a tick alone is no date."""
    asking = Asking(settled.pack)
    assert not {q.question for q in asking.open(settled.decision)} & set(NEEDED)
    settled.answer_many(dict.fromkeys(NEEDED, None))
    asked = [q for q in asking.open(settled.decision) if q.question in NEEDED]
    assert {q.question for q in asked} == set(NEEDED)
    assert {q.effect for q in asked} == {f"is needed before {settled.pack.options[START].title} can be accepted"}
    settled.answer("opioid_highest_dose", Answer(unknown=Unknown.CANNOT_ASSESS))
    assert "opioid_highest_dose" not in {q.question for q in asking.open(settled.decision)}, "asked and answered"


@pytest.mark.parametrize(("item", "not_asked"), [
    ("dose_limit", {"opioid_highest_dose"}), ("stop_date", {"opioid_start_date", "opioid_stop_date"}),
])
def test_what_is_not_said_to_be_settled_is_not_asked_for(settled: Consultation, item: str, not_asked: set[str]) -> None:
    settled.answer_many({**dict.fromkeys(NEEDED, None), f"opioid_plan.{item}": Answer(value=False)})
    asked = {q.question for q in Asking(settled.pack).open(settled.decision)}
    assert asked & set(NEEDED) == set(NEEDED) - not_asked
