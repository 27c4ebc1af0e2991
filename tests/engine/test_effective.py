"""What counts of the answers: expiry, exclusion and relevance, step by step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_app.engine.answers import Answer, Exclusion, Unknown, Value
from desktop_app.engine.derive import Derivations
from desktop_app.engine.effective import Effective, Worked, effective, what_counts
from desktop_app.engine.plan import Plan
from tests.engine.small_pack import AS_OF, SmallArithmetic, sheet, small_pack

PLAN = Plan(small_pack())
ALARM = PLAN.pack.atoms["alarm.bladder"]
POWER = PLAN.pack.atoms["power.knee.left"]
LEG = PLAN.pack.atoms["leg_pain"]
OLD = AS_OF - timedelta(days=1)


def counted(answers: dict[str, Answer]) -> Effective:
    return effective(PLAN, answers, AS_OF, Derivations(SmallArithmetic()))


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        (Answer(value=False), False),
        (Answer(value=False, on=AS_OF), False),
        (Answer(value=False, on=OLD), None),
        (Answer(value=True, on=date(2001, 1, 1)), True),
        (Answer(unknown=Unknown.NOT_ASSESSED), None),
        (Answer(value=True, on=OLD, excluded=Exclusion("scan", "A", AS_OF)), False),
        (Answer(value=True, on=OLD, excluded=Exclusion("scan", "A", OLD)), None),
        (Answer(value=True, on=OLD, excluded=Exclusion("slip", "A", AS_OF, entered_in_error=True)), None),
    ],
)
def test_an_emergency_answer_on_its_day(answer: Answer, counts: Value | None) -> None:
    assert what_counts(answer, ALARM, AS_OF) == counts


def test_other_answers_do_not_expire() -> None:
    assert what_counts(Answer(value=False, on=OLD), LEG, AS_OF) is False


def test_a_measurement_entered_in_error_is_unknown() -> None:
    slip = Exclusion("wrong leg", "A", AS_OF, entered_in_error=True)
    assert what_counts(Answer("3", excluded=slip), POWER, AS_OF) is None


def test_derived_findings_are_worked_out_after_what_they_rest_on() -> None:
    order = [step.atom for step in PLAN.work_order if step.atom]
    assert order.index("root") < order.index("verdict")
    counts = counted(sheet(power__knee__left="3", power__knee__right="5", numb__right=False, imaged="left"))
    assert counts.derived["root"] == frozenset({"L4.left"})
    assert counts.derived["verdict"] == frozenset({"concordant"})


def test_a_change_on_top_equals_starting_anew() -> None:
    base = counted(sheet(power__knee__left="3", power__knee__right="5", imaged="left"))
    worked = Worked.on_top_of(base, PLAN, Derivations(SmallArithmetic()), changes={"numb.right": False})
    worked.run(PLAN.downstream["numb.right"])
    anew = counted(sheet(power__knee__left="3", power__knee__right="5", imaged="left", numb__right=False))
    assert worked.derived == anew.derived


def test_the_same_question_to_the_arithmetic_is_asked_once() -> None:
    arithmetic = SmallArithmetic()
    memory = Derivations(arithmetic)
    effective(PLAN, sheet(imaged="left"), AS_OF, memory)
    calls = arithmetic.calls
    effective(PLAN, sheet(imaged="left", leg_pain=True), AS_OF, memory)
    assert arithmetic.calls == calls


def test_relevance_that_comes_back_takes_the_no_away() -> None:
    assert counted(sheet(cancer=False)).values["cancer_pain.night"] is False
    assert "cancer_pain.night" not in counted(sheet(cancer=True)).values
    assert "cancer_pain.night" not in counted({}).values
    assert counted(sheet(cancer=False)).not_applicable == frozenset({"cancer_pain"})
    assert counted(sheet(cancer=False, cancer_pain__night=True)).values["cancer_pain.night"] is True
