"""Whether a condition can come out a given way at all: a complete search over the classes of its findings.

Every finding is free, derived ones too, so "can never" found here is certain; what arithmetic makes
impossible beyond that is not looked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from desktop_app.engine.conditions import All, Always, Any, AtLeast, Compare, Condition, Is, Not, Ref, Yes
from desktop_app.engine.domains import Domain

_STEPS = 20_000  # a search that needs more is given up; the condition then counts as possible

_Goal = tuple[Condition, bool]


class _GaveUp(Exception):
    pass


class Search:
    """Searches over the domains of one pack."""

    def __init__(self, domains: Mapping[str, Domain], named: Mapping[str, Condition]) -> None:
        self._domains = domains
        self._named = named
        self._steps = 0

    def possible(self, condition: Condition, *, outcome: bool) -> bool:
        """Whether some answers make the condition come out so."""
        self._steps = 0
        try:
            return self._solve([(condition, outcome)], {})
        except _GaveUp:
            return True

    def _solve(self, goals: list[_Goal], state: dict[str, int]) -> bool:
        """Meet all goals under the classes still open; forced goals first, choices by backtracking."""
        self._steps += 1
        if self._steps > _STEPS:
            raise _GaveUp
        state = dict(state)
        goals = list(goals)
        branches: list[list[list[_Goal]]] = []
        while goals:
            node, wanted = goals.pop()
            match node:
                case Yes() | Is() | Compare():
                    domain = self._domains[node.atom]
                    true = domain.where(node)
                    left = state.get(node.atom, domain.all) & (true if wanted else domain.all & ~true)
                    if not left:
                        return False
                    state[node.atom] = left
                case Always():
                    if not wanted:
                        return False
                case Ref():
                    goals.append((self._named[node.condition], wanted))
                case Not():
                    goals.append((node.part, not wanted))
                case All() | Any():
                    if isinstance(node, All) == wanted:
                        goals += [(part, wanted) for part in node.parts]
                    else:
                        branches.append([[(part, wanted)] for part in node.parts])
                case AtLeast():
                    count = node.count if wanted else len(node.parts) - node.count + 1
                    branches.append([[(part, wanted) for part in some] for some in combinations(node.parts, count)])
        if not branches:
            return True
        branches.sort(key=len)
        first, *rest = branches
        return any(self._choose(rest, chosen, state) for chosen in first)

    def _choose(self, rest: list[list[list[_Goal]]], chosen: list[_Goal], state: dict[str, int]) -> bool:
        later: list[_Goal] = [_as_goal(branch) for branch in rest]
        return self._solve([*later, *chosen], state)


def _as_goal(branch: list[list[_Goal]]) -> _Goal:
    """A choice still to be made, written as a condition again."""

    def one(goal: _Goal) -> Condition:
        node, wanted = goal
        return node if wanted else Not(node)

    return Any(tuple(All(tuple(one(goal) for goal in goals)) for goals in branch)), True
