"""The day from which a running limit counts is asked for: it sets the due date."""

from __future__ import annotations

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.engine.judge import decide
from desktop_app.engine.model import Pack

DAYS = ("severe_first_met", "deficit_first_met", "radicular_onset")


@pytest.mark.parametrize("day", DAYS)
def test_an_unknown_first_day_is_asked_and_a_known_one_is_not(
    pack: Pack, clinical: ClinicalArithmetic, cases: dict[str, Case], day: str
) -> None:
    case = cases["c01"]
    known = decide(pack, case.sheet, case.as_of, clinical, explain=False)
    assert day not in {one.question for one in known.questions}
    sheet = {atom: answer for atom, answer in case.sheet.items() if atom != day}
    open_day = decide(pack, sheet, case.as_of, clinical, explain=False)
    asked = {one.question: one.effect for one in open_day.questions}
    assert "sets the day until which somebody has to act" in asked[day]


def test_no_first_day_is_asked_once_the_specialist_has_seen_the_patient(
    pack: Pack, clinical: ClinicalArithmetic, cases: dict[str, Case]
) -> None:
    case = cases["c01"]
    sheet = {atom: answer for atom, answer in case.sheet.items() if atom not in DAYS}
    sheet["specialist_seen"] = Answer(value=True)
    seen = decide(pack, sheet, case.as_of, clinical, explain=False)
    assert seen.tier.clock_stopped
    assert not {one.question for one in seen.questions} & {"severe_first_met", "deficit_first_met"}
