"""Steps of a dose stand on the time line only where they certainly fit the kidneys."""

from __future__ import annotations

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import Case
from desktop_app.engine.judge import decide
from desktop_app.engine.model import Pack
from desktop_app.use_cases.courses import courses
from desktop_app.use_cases.domain import Choice, Verdict


@pytest.mark.parametrize(("name", "steps"), [("kidney_60", True), ("kidney_59_9", False), ("kidney_undated", False)])
@pytest.mark.parametrize("drug", ["start_gabapentin", "start_pregabalin"])
def test_steps_need_a_known_clearance(
    pack: Pack, clinical: ClinicalArithmetic, cases: dict[str, Case], name: str, drug: str, *, steps: bool
) -> None:
    case = cases[name]
    decision = decide(pack, case.sheet, case.as_of, clinical)
    [course] = [one for one in courses(pack, decision, {drug: Choice(drug, Verdict.ACCEPT)}) if one.id == drug]
    kinds = [mark.kind for mark in course.marks]
    assert ("titration" in kinds) is steps
    assert "review" in kinds
