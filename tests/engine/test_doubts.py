"""A pair of answers may bar the signature or only be shown, as its author says."""

from __future__ import annotations

from pathlib import Path

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.answers import Answer, Quantity
from desktop_app.engine.cases import Case
from desktop_app.engine.judge import decide
from desktop_app.engine.model import Pack


def test_a_pair_that_can_be_so_is_shown_and_bars_nothing(
    cases: dict[str, Case], pack: Pack, clinical: ClinicalArithmetic
) -> None:
    case = cases["c01"]
    odd = {**case.sheet, "leg_pain_score": Answer(value=Quantity(1, 1, ""))}
    decision = decide(pack, odd, case.as_of, clinical)
    assert decision.contradictions == ()
    assert len(decision.doubts) == 1
    assert "severe" in decision.doubts[0]


def test_a_pair_that_cannot_be_so_bars_the_signature(
    cases: dict[str, Case], pack: Pack, clinical: ClinicalArithmetic
) -> None:
    case = cases["c01"]
    wrong = {**case.sheet, "fracture_cause": Answer(value="malignant")}
    decision = decide(pack, wrong, case.as_of, clinical)
    assert len(decision.contradictions) == 1
    assert decision.doubts == ()


def test_the_template_names_the_key(blank_folder: Path) -> None:
    assert "blocks: no" in (blank_folder / "README.md").read_text(encoding="utf-8")
