"""What is taken over from the decision before an answer is what would be worked out anew, answer by answer."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine import judge as judging
from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.engine.judge import Judged, judge
from desktop_app.engine.model import Pack


@pytest.mark.parametrize("seed", range(6))
def test_the_same_with_it_and_without(seed: int, pack: Pack, clinical: ClinicalArithmetic,
                                      cases: dict[str, Case]) -> None:
    """Answers come and go in any order, those of another patient among them; now and then a day passes."""
    dice = random.Random(seed)
    first, second = (cases[name] for name in dice.sample(sorted(cases), 2))
    as_of = max(first.as_of, second.as_of)
    sheet: dict[str, Answer] = {}
    before: Judged | None = None
    for _ in range(40):
        for _ in range(dice.randint(1, 6)):
            atom = dice.choice(sorted({**first.sheet, **second.sheet}))
            if atom in sheet and dice.random() < 0.3:
                del sheet[atom]
            else:
                sheet[atom] = dice.choice([case.sheet[atom] for case in (first, second) if atom in case.sheet])
        if dice.random() < 0.1:
            as_of += timedelta(days=1)
        services = {} if dice.random() < 0.9 else {"mri": "none"}
        anew = judge(pack, dict(sheet), as_of, clinical, services=services)
        before = judge(pack, dict(sheet), as_of, clinical, services=services, before=before)
        assert before.decision == anew.decision


def test_an_answer_about_one_thing_leaves_most_of_what_was_said(
    pack: Pack, clinical: ClinicalArithmetic, cases: dict[str, Case], monkeypatch: pytest.MonkeyPatch) -> None:
    case = cases["c01"]
    told: list[str] = []
    advise = judging.advise

    def counted(*given: object, **named: object) -> object:
        told.append("once")
        return advise(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(judging, "advise", counted)
    whole = judge(pack, case.sheet, case.as_of, clinical)
    anew = len(told)
    without = {atom: answer for atom, answer in case.sheet.items() if not atom.startswith("leg_pain_score")}
    judge(pack, without, case.as_of, clinical, before=whole)
    assert len(told) - anew < anew / 3


