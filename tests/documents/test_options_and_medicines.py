"""Options in full and medicines taken, as a case with many medicines has them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from desktop_app.documents.medicines_part import brief_checks
from desktop_app.documents.plan_tree import care_plan_tree
from desktop_app.documents.tree import Columns, Paragraph, plain
from desktop_app.documents.view import PlanView
from desktop_app.use_cases.ports import PlanInput
from tests.documents.test_reviewed import plans


@pytest.fixture(scope="module")
def plan() -> PlanInput:
    return plans(("medicines",))["medicines"]


def test_the_sign_of_a_disagreement_never_stands_alone_at_the_head_of_a_column(plan: PlanInput) -> None:
    blocks = [one for columns in care_plan_tree(plan).rest if isinstance(columns, Columns) for one in columns.blocks]
    last = [
        before
        for before, one in pairwise(blocks)
        if isinstance(one, Paragraph) and one.text[0].mark == "scales" and one.text[1].quiet
    ]
    assert len(last) > 5
    assert all(isinstance(before, Paragraph) and before.keep for before in last)


def test_opioids_of_a_complete_list_stand_with_their_doses_and_not_once_more_as_a_kind(plan: PlanInput) -> None:
    told = dict(brief_checks(PlanView(plan)))["Takes"]
    assert plain(told) == "Pregabalin or gabapentin: pregabalin; morphine 60 mg a day, oxycodone 20 mg a day"
    answers = {name: one for name, one in plan.decision.answers.items() if name != "opioids_listed"}
    some = replace(plan, decision=replace(plan.decision, answers=answers))
    assert plain(dict(brief_checks(PlanView(some)))["Takes"]).startswith("Opioid")
    empty = replace(plan, decision=replace(
        plan.decision, answers={name: one for name, one in plan.decision.answers.items() if name != "opioids"}))
    assert plain(dict(brief_checks(PlanView(empty)))["Takes"]).startswith("Opioid")  # a list without any says nothing
