"""Two options that the pack bars beside each other are never both accepted, in the window and in a case file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import Case, CaseChoice
from desktop_app.engine.model import Pack
from desktop_app.use_cases.domain import Verdict
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.plan_case import plan_case
from tests.use_cases.conftest import Surgery

PAIRS = [("start_pregabalin", "start_gabapentin"), ("epidural_injection", "nothing_invasive")]


@pytest.mark.parametrize("pair", [*PAIRS, *((b, a) for a, b in PAIRS)])
def test_the_second_of_a_pair_is_refused_and_the_first_stays(surgery: Surgery, pair: tuple[str, str]) -> None:
    consultation = surgery.consult("c01")
    first, second = pair
    consultation.choose(first, Verdict.ACCEPT)
    with pytest.raises(BadData, match="cannot be accepted together with"):
        consultation.choose(second, Verdict.CHANGE, "a little")
    assert set(consultation.choices) == {first}
    consultation.choose(second, Verdict.DECLINE, "not beside the other")
    consultation.choose(first, None)
    consultation.choose(second, Verdict.ACCEPT)
    assert consultation.choices[second].verdict is Verdict.ACCEPT


@pytest.mark.parametrize("pair", PAIRS)
def test_a_case_file_with_both_is_refused(
    pack: Pack, clinical: ClinicalArithmetic, cases: dict[str, Case], pair: tuple[str, str]
) -> None:
    case = cases["c01"]
    both = replace(case, choices=tuple(CaseChoice(option, "accept", "") for option in pair))
    with pytest.raises(BadData, match="cannot be accepted together with"):
        plan_case(pack, clinical, both, case.as_of)
    alone = replace(case, choices=both.choices[:1])
    assert plan_case(pack, clinical, alone, case.as_of).choices[0].option == pair[0]


def test_waiting_excludes_every_procedure(pack: Pack) -> None:
    """Whoever adds a procedure to the pack has to say that waiting is not accepted beside it."""
    procedures = {
        option.id
        for option in pack.options.values()
        if any(clause.id == "refused" for clause in option.never_when)
    }
    assert len(procedures) >= 10
    assert procedures <= set(pack.options["nothing_invasive"].not_with)
