"""Checks of single rules and tables: conditions that never vary, mixed directions, bands with gaps."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from desktop_app.engine.conditions import (
    Always,
    Condition,
    Leaf,
    Place,
    parts_of,
    reach,
)
from desktop_app.engine.domains import Domain
from desktop_app.engine.model import Pack
from desktop_app.engine.plan import Plan
from desktop_app.engine.problems import Problem
from desktop_app.engine.reader import Node
from desktop_app.engine.satisfiable import Search


class Rule(NamedTuple):
    """One condition of the pack with its name in words."""

    name: str
    condition: Condition


def rules_of(pack: Pack) -> Iterator[Rule]:
    """Every condition of a pack."""
    yield Rule("scope", pack.scope)
    for named in pack.conditions.values():
        yield Rule(f"condition {named.id!r}", named.when)
    for question in pack.questions.values():
        if question.relevant_when is not None:
            yield Rule(f"relevance of {question.id!r}", question.relevant_when)
    for pair in pack.contradictions:
        yield Rule(f"contradiction {pair.id!r}", pair.when)
    for criterion in pack.criteria.values():
        yield Rule(f"criterion {criterion.id!r}", criterion.when)
    for action in pack.imaging_actions:
        yield Rule(f"imaging action {action.id!r}", action.when)
    for option in pack.options.values():
        yield Rule(f"option {option.id!r}", option.when)
        for clause in (*option.never_when, *option.conditional_when):
            yield Rule(f"clause {clause.id!r} of option {option.id!r}", clause.when)
        for number, note in enumerate(option.notes):
            if note.when is not None:
                yield Rule(f"note {number + 1} of option {option.id!r}", note.when)
    for text in pack.texts:
        if text.when is not None:
            yield Rule(f"text {text.id!r}", text.when)
    for disagreement in pack.disagreements.values():
        if disagreement.applies_when is not None:
            yield Rule(f"disagreement {disagreement.id!r}", disagreement.applies_when)
    for claim in pack.claims:
        yield Rule(f"claim {claim.id!r}", claim.given)


def check_conditions(plan: Plan) -> Iterator[Problem]:
    """Conditions, and parts of them, that can never be true or never be false."""
    search = Search(plan.domains, plan.named)
    for rule in rules_of(plan.pack):
        yield from _constant(rule.name, rule.condition, search)


def _constant(name: str, condition: Condition, search: Search) -> Iterator[Problem]:
    if isinstance(condition, Always):
        return
    place = condition.place or Place("", 0, 0)
    for outcome, word in ((True, "true"), (False, "false")):
        if not search.possible(condition, outcome=outcome):
            yield Problem(
                *place, f"{name}: this can never be {word}", "a condition that some answers make true and others false"
            )
            return
    for part in parts_of(condition):
        yield from _constant(name, part, search)


def check_directions(plan: Plan) -> Iterator[Problem]:
    """Referral criteria have to use each finding in one direction only.

    Taking every unknown as harmless must give the lowest tier and as harmful the highest; that holds when
    the sets of harmful values of one finding lie inside one another.
    """
    used: dict[str, dict[int, Place]] = defaultdict(dict)
    for criterion in plan.pack.criteria.values():
        for leaf, positive in _reach(criterion.when, plan):
            domain: Domain = plan.domains[leaf.atom]
            true = domain.where(leaf)
            used[leaf.atom].setdefault(true if positive else domain.all & ~true, leaf.place or Place("", 0, 0))
    for atom, sets in used.items():
        ordered = sorted(sets, key=int.bit_count)
        for smaller, larger in itertools.pairwise(ordered):
            if smaller & ~larger:
                yield Problem(
                    *sets[larger],
                    f"referral criteria use {atom!r} in two directions",
                    "each finding only as raising or only as lowering the urgency",
                )
                break


def _reach(condition: Condition, plan: Plan) -> Iterator[tuple[Leaf, bool]]:
    """The leaves of a condition, and of the relevance of findings that count as no where not relevant."""
    seen: set[tuple[str, bool]] = set()
    waiting: list[tuple[Condition, bool]] = [(condition, True)]
    while waiting:
        node, flipped = waiting.pop()
        for leaf, sign in reach(node, plan.named):
            positive = sign is flipped
            yield leaf, positive
            question = plan.counts_as_no.get(leaf.atom)
            if question is not None and question.relevant_when is not None and (question.id, positive) not in seen:
                seen.add((question.id, positive))
                waiting.append((question.relevant_when, positive))


class _Band(NamedTuple):
    low: float | None
    low_included: bool
    high: float | None
    high_included: bool
    node: Node
    name: str


def check_bands(pack: Pack) -> Iterator[Problem]:
    """Tables whose entries have ``low`` and ``high`` (or ``from`` and ``to``) leave no gap and no overlap."""
    for top in pack.tables.values():
        yield from _bands_below(top)


def _bands_below(node: Node) -> Iterator[Problem]:
    children = list(node.nodes.items()) or [(str(number), part) for number, part in enumerate(node.parts, 1)]
    bands = [band for name, child in children if child.kind == "map" and (band := _band(name, child)) is not None]
    if len(bands) > 1:
        yield from _meet(sorted(bands, key=lambda band: (band.low is not None, band.low or 0.0)))
    for _, child in children:
        yield from _bands_below(child)


def _band(name: str, node: Node) -> _Band | None:
    if "low" in node or "high" in node:
        low, high = _figure(node, "low"), _figure(node, "high")
        return _Band(
            low,
            _flag(node, "low_included", default=True),
            high,
            _flag(node, "high_included", default=False),
            node,
            name,
        )
    if "from" in node and "to" in node:
        low, high = _figure(node, "from"), _figure(node, "to")
        if low is not None and high is not None:
            return _Band(low, True, high, False, node, name)
    return None


def _figure(node: Node, key: str) -> float | None:
    given = node.get(key)
    if given is None:
        return None
    try:
        return float(given.words)
    except ValueError:
        return None


def _flag(node: Node, key: str, *, default: bool) -> bool:
    given = node.get(key)
    return default if given is None else given.words.strip() == "yes"


def _meet(bands: list[_Band]) -> Iterator[Problem]:
    for lower, upper in itertools.pairwise(bands):
        place = Place(
            upper.node.source.name, upper.node.key_line or upper.node.line, upper.node.key_column or upper.node.column
        )
        pair = f"bands {lower.name!r} and {upper.name!r}"
        if lower.high is None or upper.low is None:
            yield Problem(*place, f"{pair} overlap: one of them has no end", "bounds that meet")
        elif lower.high > upper.low or (lower.high == upper.low and lower.high_included and upper.low_included):
            yield Problem(*place, f"{pair} overlap at {upper.low:g}", "bounds that meet, included in one of them")
        elif lower.high < upper.low or not (lower.high_included or upper.low_included):
            gap = f"between {lower.high:g} and {upper.low:g}" if lower.high < upper.low else f"at {upper.low:g}"
            yield Problem(*place, f"{pair} leave a gap {gap}", "bounds that meet, included in one of them")
