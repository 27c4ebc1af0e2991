"""Random whole cases as lanes, with what is not yet known taken away again: for proofs by sampling.

A whole case has one class in every atom and no yes to a question that does not apply. Taking answers
away from it gives a partial case whose completion is known, so that "floor <= urgency <= ceiling" and
"an added answer only narrows" can be checked on a million cases. Derived findings are drawn freely.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.engine.directions import lowest_and_highest
from desktop_app.engine.lanes import Lanes
from desktop_app.engine.model import Tier
from desktop_app.engine.plan import Plan

_BYTE = 256
_QUIET = 253  # of 256: how often a finding of an emergency criterion is harmless in a quiet sample


@dataclass(frozen=True, slots=True)
class Family:
    """The same cases known to three degrees: a little, more, completely."""

    little: Lanes
    more: Lanes
    whole: Lanes


def imagine(plan: Plan, count: int, seed: int) -> Family:
    """``count`` random cases; the same seed gives the same ones.

    Drawn evenly, nearly every case would be an emergency and every option prohibited. So three samples
    of four are quiet: there some findings are harmless but for one case in a hundred.
    """
    chance = random.Random(seed)  # noqa: S311 - a proof's sample is no secret
    full = (1 << count) - 1
    whole: dict[str, Sequence[int]] = {}
    harmless = _harmless(plan, seed % 4)
    for atom, domain in plan.domains.items():
        whole[atom] = _one_class_each(chance, len(domain.names), count, harmless.get(atom))
    lanes = Lanes(count, whole)
    settle_relevance(plan, lanes)
    # Some cases are almost empty and some almost whole: the share of unknowns differs lane by lane.
    sparse = chance.getrandbits(count)
    hidden_more: dict[str, int] = {}
    hidden_little: dict[str, int] = {}
    for atom in whole:
        coin, other, third = (chance.getrandbits(count) for _ in range(3))
        hidden_more[atom] = (sparse & (coin | other)) | (~sparse & coin & other & third & full)
        hidden_little[atom] = hidden_more[atom] | (chance.getrandbits(count) & chance.getrandbits(count))
    return Family(_hide(lanes, hidden_little), _hide(lanes, hidden_more), lanes)


def settle_relevance(plan: Plan, lanes: Lanes, given: Lanes | None = None) -> None:
    """Answer no wherever a question certainly does not apply, as a form that hides it would have it.

    A yes that was ``given`` stays, as it does for a patient: it counts, and the contradiction shows.
    """
    ruled_out = dict(lanes.ruled_out)
    for step in plan.work_order:
        if not step.question:
            continue
        term = plan.relevance[step.question]
        cone = plan.cone(term)
        does_not_apply = cone.program.run(Lanes(lanes.count, ruled_out))[cone.moved[term.fails]]
        for atom in plan.pack.questions[step.question].atoms:
            if atom in plan.counts_as_no:
                no, yes = ruled_out.get(atom, (0, 0))
                hides = does_not_apply if given is None else does_not_apply & ~given.ruled_out.get(atom, (0,))[0]
                ruled_out[atom] = (no & ~hides, yes | hides)
    lanes.ruled_out = ruled_out


def lowest_and_highest_completion(plan: Plan, partial: Lanes) -> tuple[Lanes, Lanes]:
    """Each case completed once towards least and once towards most urgency."""
    ends = lowest_and_highest(plan)
    lanes: list[Lanes] = []
    for side in (0, 1):
        filled: dict[str, Sequence[int]] = {}
        for atom, domain in plan.domains.items():
            width = len(domain.names)
            planes = list(partial.ruled_out.get(atom, (0,) * width))
            wanted = ends[atom][side] if atom in ends else 0
            unknown = partial.full
            for plane in planes:
                unknown &= ~plane
            for index in range(width):
                if index != wanted:
                    planes[index] |= unknown
            filled[atom] = planes
        completed = Lanes(partial.count, filled)
        settle_relevance(plan, completed, partial)
        lanes.append(completed)
    return lanes[0], lanes[1]


def _harmless(plan: Plan, kind: int) -> dict[str, int]:
    """Per atom the class that is drawn nearly always: of urgent criteria the one of least urgency.

    Kind 0 quietens emergencies, 1 nothing, 2 every urgent criterion, 3 emergencies and prohibitions.
    """
    if kind == 1:
        return {}
    found: dict[str, int] = {}
    if kind == 3:
        for option in plan.options.values():
            for _, term in option.never:
                found.update((atom, 0) for atom, width in plan.cone(term).program.inputs if width == 2)
    ends = lowest_and_highest(plan)
    quiet_from = Tier.U14 if kind == 2 else Tier.E24
    for name, criterion in plan.pack.criteria.items():
        if quiet_from <= criterion.tier:
            inputs = plan.cone(plan.criteria[name]).program.inputs
            found.update((atom, ends[atom][0]) for atom, _ in inputs if atom in ends)
    return found


def _one_class_each(chance: random.Random, width: int, count: int, favoured: int | None) -> Sequence[int]:
    """Planes in which exactly one class is left in every lane; evenly drawn, or mostly the favoured one."""
    drawn = chance.randbytes(count)
    if favoured is None or width == 1:
        chosen = [byte * width // _BYTE for byte in range(_BYTE)]
    else:
        others = [index for index in range(width) if index != favoured]
        rare = _BYTE - _QUIET
        chosen = [favoured] * _QUIET + [others[number * len(others) // rare] for number in range(rare)]
    return [
        int(drawn.translate(bytes(ord("0") if kept == index else ord("1") for kept in chosen)), 2)
        for index in range(width)
    ]


def _hide(lanes: Lanes, hidden: Mapping[str, int]) -> Lanes:
    """Make atoms unknown in the given lanes."""
    return Lanes(
        lanes.count,
        {atom: [plane & ~hidden[atom] for plane in planes] for atom, planes in lanes.ruled_out.items()},
    )
