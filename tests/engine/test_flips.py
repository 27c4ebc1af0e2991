"""What would change an option: complete over one answer, minimal over two, never a danger un-ticked."""

from __future__ import annotations

from itertools import combinations

import pytest

from desktop_app.engine.answers import Answer, Value
from desktop_app.engine.decision import Decision, Flip, Status
from desktop_app.engine.judge import decide
from desktop_app.engine.model import Atom
from tests.engine.small_pack import AS_OF, SmallArithmetic, of_10, sheet, small_pack
from tests.engine.test_judge import CONCORDANT, decided, option

PACK = small_pack()
ARITHMETIC = SmallArithmetic()


def changes(flips: tuple[Flip, ...]) -> set[tuple[tuple[tuple[str, str], ...], Status]]:
    return {(tuple((c.atom, c.then) for c in flip.changes), flip.status) for flip in flips}


def test_a_number_moves_to_its_nearest_threshold() -> None:
    advice = option(decided(sheet(score=of_10(1), allergy=False)), "tablets")
    assert advice.status is Status.NOT_OFFERED
    assert changes(advice.flips) == {((("score", "4 of 10"),), Status.OFFERED)}
    assert advice.flips[0].sentence == "Offered if “Leg pain score” is 4 of 10 (now 1 of 10)."


def test_an_answered_contraindication_blocks_instead() -> None:
    advice = option(decided(sheet(**{**CONCORDANT, "allergy": True})), "injection")
    assert advice.flips == ()
    assert advice.blocked_by == ("Blocked by: Allergy to the injectate. Reconsider when excluded or treated.",)


def test_what_cannot_change_is_never_proposed() -> None:
    answers = sheet(**CONCORDANT)
    for advice in decided(answers).options:
        for flip in advice.flips:
            for change in flip.changes:
                atom = PACK.atoms[change.atom]
                assert change.atom not in answers or atom.can_change


def test_two_changes_are_named_when_one_is_not_enough() -> None:
    answers = {name: value for name, value in CONCORDANT.items() if name != "allergy"}
    advice = option(decided(sheet(**{**answers, "failed": False})), "injection")
    assert advice.status is Status.NOT_OFFERED
    flips = changes(advice.flips)
    assert flips >= {((("allergy", "yes"),), Status.PROHIBITED), ((("failed", "yes"),), Status.OPEN)}
    assert ((("allergy", "no"), ("failed", "yes")), Status.OFFERED) in flips
    advice = option(
        decided(
            sheet(
                leg_pain=True,
                failed=False,
                severe=False,
                score=of_10(2),
                power__knee__left="5",
                power__knee__right="5",
            )
        ),
        "surgery",
    )
    assert {frozenset(atom for atom, _ in made) for made, _ in changes(advice.flips)} == {
        frozenset({"severe", "failed"}),
        frozenset({"score", "failed"}),
    }
    assert all(flip.status is Status.OFFERED for flip in advice.flips)


def test_an_unsettled_finding_is_named_when_no_single_answer_settles_it() -> None:
    answers = {
        name: value
        for name, value in CONCORDANT.items()
        if name not in ("imaged", "numb__right", "power__knee__left")
    }
    advice = option(decided(sheet(**answers)), "injection")
    assert advice.status is Status.OPEN
    assert ((("verdict", "concordant"),), Status.OFFERED) in changes(advice.flips) or any(
        flip.status is Status.NOT_OFFERED for flip in advice.flips
    )


BASES = [
    {},
    {"leg_pain": True, "failed": True},
    {"leg_pain": True, "score": of_10(5), "failed": True, "allergy": False},
    CONCORDANT,
]


@pytest.mark.parametrize("base", BASES)
def test_every_single_answer_that_changes_a_status_is_found(base: dict[str, Value]) -> None:
    """Against the front door itself: change one unanswered yes-no or choice and decide again."""
    answers = sheet(**base)
    before = decided(answers)
    for atom in PACK.atoms.values():
        if atom.derived is not None or atom.id in answers or not (atom.options or atom.type == "yes_no"):
            continue
        values: list[Value] = [o.id for o in atom.options] or [True, False]
        for value in values:
            after = decide(PACK, {**answers, atom.id: Answer(value)}, AS_OF, ARITHMETIC)
            for old, new in zip(before.options, after.options, strict=True):
                if old.status is new.status or Status.SUPPRESSED in (old.status, new.status):
                    continue
                then = atom.option_label(value) if isinstance(value, str) else "yes" if value else "no"
                assert (((atom.id, then),), new.status) in changes(old.flips)


@pytest.mark.parametrize("base", BASES)
def test_every_flip_named_really_changes_the_status(base: dict[str, Value]) -> None:
    answers = sheet(**base)
    before = decided(answers)
    for advice in before.options:
        for flip in advice.flips:
            if any(PACK.atoms[change.atom].derived is not None for change in flip.changes):
                continue
            changed = {change.atom: Answer(_value(change.atom, change.then)) for change in flip.changes}
            assert _status({**answers, **changed}, advice.id) is flip.status
            for fewer in combinations(changed, len(changed) - 1):
                part = {atom: changed[atom] for atom in fewer}
                assert _status({**answers, **part}, advice.id) is advice.status


def _status(answers: dict[str, Answer], name: str) -> Status:
    decision: Decision = decide(PACK, answers, AS_OF, ARITHMETIC)
    return option(decision, name).status


def _enterable(atom: Atom) -> list[Value]:
    return [option.id for option in atom.options] or ([True, False] if atom.type == "yes_no" else [])


def _value(atom: str, words: str) -> Value:
    if words in ("yes", "no"):
        return words == "yes"
    if PACK.atoms[atom].options:
        return next(o.id for o in PACK.atoms[atom].options if o.label == words)
    figure = words.removesuffix(" of 10").split(" ")
    if figure[0] == "above":
        return of_10(float(figure[1]) + 1)
    if figure[0] == "below":
        return of_10(float(figure[1]) - 1)
    return of_10(float(figure[0]) + (1 if len(figure) > 1 else 0))


@pytest.mark.parametrize("base", BASES)
def test_two_answers_are_tried_wherever_one_does_not_lead_to_an_offer(base: dict[str, Value]) -> None:
    """Against every pair by brute force through the front door."""
    answers = sheet(**base)
    before = decided(answers)
    offers = (Status.OFFERED, Status.CONDITIONAL)
    steps = [
        (atom.id, value)
        for atom in PACK.atoms.values()
        if atom.derived is None and not atom.emergency and (atom.id not in answers or atom.can_change)
        for value in _enterable(atom)
    ]
    reached: dict[str, set[frozenset[tuple[str, Value]]]] = {}
    for made in (frozenset(pair) for size in (1, 2) for pair in combinations(steps, size)):
        if len({atom for atom, _ in made}) < len(made):
            continue
        after = decide(PACK, {**answers, **{a: Answer(v) for a, v in made}}, AS_OF, ARITHMETIC, explain=False)
        for advice in after.options:
            if advice.status in offers:
                reached.setdefault(advice.id, set()).add(made)
    for advice in before.options:
        if advice.status in (*offers, Status.SUPPRESSED) or advice.id not in reached:
            continue
        told = [flip for flip in advice.flips if flip.status in offers]
        assert told, advice.id
        smallest = min(len(made) for made in reached[advice.id])
        assert min(len(flip.changes) for flip in told) <= smallest
