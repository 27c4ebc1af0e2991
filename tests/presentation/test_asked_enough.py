"""What the pages do not ask for changes nothing: a case answered only as asked has the advice of the whole case."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from desktop_app.engine.answers import Answer, Unknown
from desktop_app.engine.cases import Case
from desktop_app.engine.decision import Decision
from desktop_app.presentation.wizard import Wizard
from desktop_app.use_cases.desk import Desk
from tests.fakes import TODAY
from tests.presentation.conftest import answered

MOST = 200  # questions; no case has as many
ONE_OF_EACH = ("c01", "c05", "c18", "verdict_not_done", "verdict_incidental", "verdict_other_side",
               "verdict_partial_more", "verdict_root_uncertain", "cement_state_unknown")


def as_asked(wizard: Wizard, case: Case) -> None:
    """Every open question from the top of the step list; what the case does not say was not assessed."""
    for _ in range(MOST):
        if not (left := wizard.unanswered()):
            return
        atoms = wizard.consultation.pack.questions[left[0]].atoms
        given = {a: case.sheet.get(a) for a in atoms}
        wizard.answer({a: Answer(unknown=Unknown.NOT_ASSESSED) if g is None or g.unknown is Unknown.NOT_ASKED else g
                       for a, g in given.items()})
    raise AssertionError(f"{case.id}: the questions have no end")


def advised(decision: Decision) -> object:
    tier, imaging = decision.tier, decision.imaging
    adequacy = imaging.adequacy if imaging.verdict != "not_done" else ""  # not asked, not shown, without imaging
    return (tier.floor, tier.ceiling, tier.final, tier.due_date, decision.scope, decision.emergency,
            dataclasses.replace(imaging, possible=(), adequacy=adequacy), [(o.id, o.status) for o in decision.options])


def compare(desk: Desk, case: Case) -> None:
    person = case.patient
    patient = desk.new_patient(name="Marta Lindqvist", number=case.id, born=person.born or date(1954, 3, 3),
                               sex=str(person.sex or "female"))
    wizard = Wizard(desk.open(patient.id))
    as_asked(wizard, case)
    if wizard.emergency():
        return  # the wizard was left for the emergency page
    before = advised(wizard.decision)
    wizard.answer(answered({a: g for a, g in case.sheet.items() if g.unknown is not Unknown.NOT_ASKED}))
    assert advised(wizard.decision) == before, case.id


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_the_rest_of_the_case_changes_nothing(desk: Desk, cases: dict[str, Case], name: str) -> None:
    compare(desk, cases[name])


@pytest.mark.long
def test_the_rest_of_every_case_changes_nothing(desk: Desk, cases: dict[str, Case]) -> None:
    for case in cases.values():
        of_today = all(g.on in {None, TODAY} and g.excluded is None for g in case.sheet.values())
        if case.as_of == TODAY and of_today:
            compare(desk, case)
