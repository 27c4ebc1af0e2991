"""What holds for any answers to any pack, tried through the front door."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from desktop_app.engine.answers import Answer
from desktop_app.engine.decision import Change, Decision, Flip, Status, Truth
from desktop_app.engine.judge import decide
from desktop_app.engine.model import Tier
from desktop_app.engine.record import record, record_text
from desktop_app.engine.survey import Survey, evaluate, lanes_from_sheets
from tests.engine.packs import NAMES, TODAY, Loaded, answers, loaded, sheets

relaxed = settings(
    deadline=None,
    max_examples=40,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking a whole pack takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
every_pack = pytest.mark.parametrize("name", NAMES)


def decided(under: Loaded, sheet: dict[str, Answer], *, explain: bool = True) -> Decision:
    return decide(under.pack, sheet, TODAY, under.clinical, explain=explain)


@every_pack
@relaxed
@given(data=st.data())
def test_a_decision_is_whole_and_consistent(name: str, data: st.DataObject) -> None:
    under = loaded(name)
    decision = decided(under, data.draw(sheets(name)))
    tier = decision.tier
    assert tier.floor <= tier.ceiling
    assert tier.final is (tier.floor is tier.ceiling)
    assert all(result.truth is Truth.YES and result.tier <= tier.floor for result in tier.reasons)
    assert {advice.id for advice in decision.options} == set(under.pack.options)
    emergency = tier.floor in (Tier.E, Tier.E24)
    for advice in decision.options:
        elective = under.pack.options[advice.id].elective
        assert (advice.status is Status.PROHIBITED) is bool(advice.prohibited_by)
        if emergency and elective:
            assert advice.status in (Status.SUPPRESSED, Status.PROHIBITED)
        else:
            assert advice.status is not Status.SUPPRESSED
        if advice.status is Status.OPEN:
            assert advice.missing
        assert advice.summary
        assert all(flip.status is not advice.status for flip in advice.flips)
    if not tier.final or any(advice.status is Status.OPEN for advice in decision.options):
        assert decision.questions
    if not decision.emergency.complete:
        assert decision.emergency.unanswered or not decision.tier.final


@every_pack
@relaxed
@given(data=st.data())
def test_same_input_same_bytes(name: str, data: st.DataObject) -> None:
    under = loaded(name)
    sheet = data.draw(sheets(name))
    decision = decided(under, sheet)
    text = record_text(decision)
    turned = dict(reversed(sheet.items()))
    assert record_text(decided(under, turned)) == text
    assert json.loads(text) == json.loads(json.dumps(record(decision)))


@every_pack
@relaxed
@given(data=st.data())
def test_lanes_equal_single_cases(name: str, data: st.DataObject) -> None:
    under = loaded(name)
    several = data.draw(st.lists(sheets(name), min_size=1, max_size=5))
    lanes = lanes_from_sheets(under.pack, [(sheet, TODAY) for sheet in several], under.clinical)
    survey = evaluate(under.pack, lanes)
    for lane, sheet in enumerate(several):
        decision = decided(under, sheet, explain=False)
        assert _floor(survey, lane) is decision.tier.floor
        assert survey.ceiling(decision.tier.ceiling) >> lane & 1
        assert {a.id: a.status for a in decision.options} == {
            option: next(status for status, plane in planes.items() if plane >> lane & 1)
            for option, planes in survey.options.items()
        }
        for condition, truth in decision.conditions.items():
            planes = survey.conditions[condition]
            assert (truth is Truth.YES, truth is Truth.NO) == (
                bool(planes.holds >> lane & 1), bool(planes.fails >> lane & 1),
            )  # fmt: skip


def _floor(survey: Survey, lane: int) -> Tier:
    return next(tier for tier in Tier if survey.floor(tier) >> lane & 1)


@every_pack
@relaxed
@given(data=st.data())
def test_an_added_answer_only_narrows(name: str, data: st.DataObject) -> None:
    """Unless it contradicts another one: such pairs are shown, and the yes counts.

    A derived finding may widen in two ways only, both by the answers' own words: a measurement against the "no" of its
    screening item, and one more entry in a list that was called complete.
    """
    under = loaded(name)
    sheet = data.draw(sheets(name))
    left = [atom for atom in under.asked if not _known(sheet.get(atom.id))]
    assume(left)  # nothing can be added where everything is answered
    atom = data.draw(st.sampled_from(left))
    added = data.draw(answers(atom).filter(lambda answer: answer.value is not None and answer.on is None))
    before, after = decided(under, sheet, explain=False), decided(under, {**sheet, atom.id: added}, explain=False)
    if after.contradictions:
        return
    if widened := _widened(under, before, after):
        assert any(_said_otherwise(under, sheet, finding) for finding in widened), (atom.id, added, widened)
        return
    assert before.tier.floor <= after.tier.floor
    assert after.tier.ceiling <= before.tier.ceiling
    for condition, truth in before.conditions.items():
        assert truth in (Truth.UNKNOWN, after.conditions[condition]), condition
    for old, new in zip(before.options, after.options, strict=True):
        if old.status is Status.PROHIBITED:
            assert new.status is Status.PROHIBITED
        if old.status is Status.OFFERED:
            assert new.status in (Status.OFFERED, Status.SUPPRESSED)


def _known(answer: Answer | None) -> bool:
    return answer is not None and answer.value is not None


def _widened(under: Loaded, before: Decision, after: Decision) -> list[str]:
    """Derived findings of words that can now be something that was ruled out."""
    return [
        atom
        for atom, words in after.derived.items()
        if (under.pack.atoms[atom].options or under.pack.atoms[atom].type == "yes_no")
        and not set(words) <= set(before.derived[atom])
    ]


def _said_otherwise(under: Loaded, sheet: dict[str, Answer], finding: str) -> bool:
    """Whether the finding's screening item was answered no, or its list called complete, before the answer came."""
    derived = under.pack.atoms[finding].derived
    assert derived is not None
    named = {role: node.words for role, node in derived.arguments.items() if role in {"item", "complete"}}
    item, complete = sheet.get(named.get("item", "")), sheet.get(named.get("complete", ""))
    return (item is not None and item.value is False) or (complete is not None and complete.value is True)


@every_pack
@relaxed
@given(data=st.data())
def test_a_flip_does_what_it_says(name: str, data: st.DataObject) -> None:
    """Make the changes that a flip names and decide again: the option has the status it promised."""
    under = loaded(name)
    sheet = data.draw(sheets(name))
    decision = decided(under, sheet)
    flips = [(advice.id, flip) for advice in decision.options for flip in advice.flips if _can_be_made(under, flip)]
    if not flips:
        return
    option, flip = data.draw(st.sampled_from(flips))
    changed = {change.atom: Answer(_value(under, change)) for change in flip.changes}
    after = decided(under, {**sheet, **changed}, explain=False)
    if after.tier.floor in (Tier.E, Tier.E24) and under.pack.options[option].elective:
        return  # the change is an emergency besides
    assert next(advice for advice in after.options if advice.id == option).status is flip.status, flip


def _can_be_made(under: Loaded, flip: Flip) -> bool:
    """By answers to yes-no questions and choices; numbers and derived findings are left to other tests."""
    atoms = [under.pack.atoms[change.atom] for change in flip.changes]
    return all(atom.derived is None and (atom.options or atom.type == "yes_no") for atom in atoms)


def _value(under: Loaded, change: Change) -> bool | str:
    options = under.pack.atoms[change.atom].options
    return next((o.id for o in options if o.label == change.then), "") if options else change.then == "yes"
