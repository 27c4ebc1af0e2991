"""Whether tier conditions look at each finding in one direction only.

Only then do "every unknown at its lowest" and "every unknown at its highest" reach floor and ceiling,
so that the interval the clinician sees is exactly the range that further answers can lead to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.engine.conditions import Condition, Leaf, Place, reach
from desktop_app.engine.plan import Plan


@dataclass(frozen=True, slots=True)
class TwoWays:
    """An atom that tier conditions use in opposite directions, and where."""

    atom: str
    places: tuple[Place, ...]


def _raising(plan: Plan, condition: Condition, *, positive: bool = True) -> Iterator[tuple[Leaf, int]]:
    """Per leaf the classes of its atom that push the condition towards true, relevance included."""
    for leaf, sign in reach(condition, plan.named):
        domain = plan.domains[leaf.atom]
        upward = sign is positive
        classes = domain.where(leaf) if upward else domain.all & ~domain.where(leaf)
        yield leaf, classes
        question = plan.counts_as_no.get(leaf.atom)
        if question is not None and question.relevant_when is not None:
            # A question that does not apply counts as no: its relevance works like its own yes.
            yield from _raising(plan, question.relevant_when, positive=bool(classes & 2))


def raising_classes(plan: Plan) -> dict[str, list[tuple[Leaf, int]]]:
    """Per atom of the tier conditions its leaves with the classes that raise the tier."""
    found: dict[str, list[tuple[Leaf, int]]] = {}
    for criterion in plan.pack.criteria.values():
        for leaf, classes in _raising(plan, criterion.when):
            found.setdefault(leaf.atom, []).append((leaf, classes))
    return found


def used_two_ways(plan: Plan) -> tuple[TwoWays, ...]:
    """The atoms whose classes cannot be put in one order of rising urgency; empty in a sound pack."""
    found: list[TwoWays] = []
    for atom, uses in raising_classes(plan).items():
        sets = {classes for _, classes in uses}
        if any(one & other not in (one, other) for one in sets for other in sets):
            places = tuple(dict.fromkeys(leaf.place for leaf, _ in uses if leaf.place is not None))
            found.append(TwoWays(atom, places))
    return tuple(found)


def lowest_and_highest(plan: Plan) -> dict[str, tuple[int, int]]:
    """Per atom of the tier conditions the class of least and of most urgency."""
    found: dict[str, tuple[int, int]] = {}
    for atom, uses in raising_classes(plan).items():
        width = len(plan.domains[atom].names)
        votes = [sum(classes >> index & 1 for _, classes in uses) for index in range(width)]
        found[atom] = (votes.index(min(votes)), votes.index(max(votes)))
    return found
