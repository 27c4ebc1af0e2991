"""A question whose answer brings or takes away a note on an option that is for the patient is still asked."""

from __future__ import annotations

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import Case
from desktop_app.engine.judge import decide
from desktop_app.engine.model import Pack


def test_the_sum_of_opioids_is_asked_while_the_warning_of_ninety_hangs_on_it(
    pack: Pack, clinical: ClinicalArithmetic, cases: dict[str, Case]) -> None:
    case = cases["c16"]
    less = {name: answer for name, answer in case.sheet.items() if name not in {"opioids", "opioids_listed"}}
    effects = {question.question: question.effect for question in decide(pack, less, case.as_of, clinical).questions}
    assert f"what is said about {pack.options['taper_opioid'].title}" in effects["opioids"]
    whole = {question.question for question in decide(pack, case.sheet, case.as_of, clinical).questions}
    assert "opioids" not in whole


def test_a_note_on_an_option_that_is_not_for_the_patient_asks_nothing(
    pack: Pack, clinical: ClinicalArithmetic, cases: dict[str, Case]) -> None:
    """c07 takes no opioid: nothing hangs on their sum."""
    decision = decide(pack, cases["c07"].sheet, cases["c07"].as_of, clinical)
    assert "opioids" not in {question.question for question in decision.questions}
