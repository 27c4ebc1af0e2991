"""Which nerve root the examination names, from partial answers to the set of roots still possible.

Only differences between the sides score, each kind of sign once per root and side. A root is named
with enough kinds of sign and enough lead over every other root and side. The four kinds of sign rest
on separate answers, so the least and the greatest a completion can do is found kind by kind:

* *certain*: even when every open sign goes against the root, kinds and lead hold;
* *possible*: with the root given the sign by one open muscle or area and everything else left equal,
  kinds and lead hold in one of these few completions.

Scores of all roots and sides are packed into one integer, one field each, so that a lead over every
competitor is one subtraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from desktop_app.clinical.anatomy import KINDS, SIDES, Anatomy, Kind
from desktop_app.clinical.combined import unless_screened
from desktop_app.clinical.supports import discriminators, provocation
from desktop_app.engine.derive import Inputs

UNCERTAIN = "uncertain"

_EQUAL, _LEFT, _RIGHT = 1, 2, 4


@dataclass(frozen=True, slots=True)
class _Pair:
    """One muscle, reflex or area with its two cells and the fields of its roots."""

    sign: str
    left: str  # atom ids
    right: str
    left_mask: int
    right_mask: int
    screen: str  # item of the emergency screen that settles untested cells, "" for none

    def cells(self, inputs: Inputs, normal: str) -> tuple[object, object]:
        """Both cells, as far as they are known."""
        left, right = inputs.get(self.left), inputs.get(self.right)
        if self.screen:
            item = inputs.get(self.screen)
            return unless_screened(left, item, normal), unless_screened(right, item, normal)
        return left, right


@dataclass(frozen=True, slots=True)
class _KindPlan:
    id: str
    points: int
    normal: str
    outcomes: Mapping[tuple[object, object], int]  # cells (None unknown) -> which side may carry the sign
    pairs: tuple[_Pair, ...]


@dataclass(frozen=True, slots=True)
class KindState:
    """What is settled and what is open in one kind of sign."""

    points: int
    forced: int  # fields of the roots that carry the sign whatever the open answers are
    open: tuple[int, ...]  # fields that one open pair could add, one entry for each pair and side


class Localiser:
    """Root localisation for one pack: masks are worked out once, a call only looks up and adds."""

    def __init__(self, anatomy: Anatomy, questions: Mapping[str, str]) -> None:
        """``questions``: kind of sign to the id of the grid that answers it."""
        self.anatomy = anatomy
        self.candidates = tuple(
            (root.id, side) for root in anatomy.roots.values() if root.role != "imaged" for side in SIDES
        )
        most = sum(kind.points for kind in anatomy.kinds.values()) + anatomy.min_lead
        self._width = most.bit_length() + 1
        self._ones = sum(1 << (self._width * index) for index in range(len(self.candidates)))
        self._guard = 1 << (self._width - 1)
        self._bit = {pair: 1 << (self._width * index) for index, pair in enumerate(self.candidates)}
        self._targets = tuple(
            (f"{root}.{side}", self._bit[root, side])
            for root, side in self.candidates
            if anatomy.roots[root].role == "named"
        )
        self._plans = tuple(self._plan(anatomy.kinds[kind], questions[kind]) for kind in KINDS)

    def _plan(self, kind: Kind, question: str) -> _KindPlan:
        pairs = []
        for sign in kind.signs.values():
            left, right = (sum(self._bit[root, side] for root in dict.fromkeys(sign.roots)) for side in SIDES)
            cells = [f"{question}.{sign.id}.{side}" for side in SIDES]
            pairs.append(_Pair(sign.id, cells[0], cells[1], left, right, sign.screen))
        return _KindPlan(kind.id, kind.points, kind.normal, _outcomes(kind.ranks), tuple(pairs))

    # --- the set of values still possible ------------------------------------------------------------

    def possible(self, inputs: Inputs) -> frozenset[str]:
        """``root.side`` or ``uncertain``: one value only when no completion changes it."""
        states = tuple(self._states(inputs))
        found = []
        for name, bit in self._targets:
            if self._certain(states, bit):
                return frozenset((name,))
            if self._reachable(states, bit):
                found.append(name)
        return frozenset((*found, UNCERTAIN))

    def _states(self, inputs: Inputs) -> Iterator[KindState]:
        get = inputs.get
        for plan in self._plans:
            outcomes = plan.outcomes
            forced = 0
            open_masks: list[int] = []
            for pair in plan.pairs:
                cells = pair.cells(inputs, plan.normal) if pair.screen else (get(pair.left), get(pair.right))
                outcome = outcomes[cells]
                if outcome == _EQUAL:
                    continue
                if outcome == _LEFT:
                    forced |= pair.left_mask
                elif outcome == _RIGHT:
                    forced |= pair.right_mask
                else:
                    if outcome & _LEFT:
                        open_masks.append(pair.left_mask)
                    if outcome & _RIGHT:
                        open_masks.append(pair.right_mask)
            yield KindState(plan.points, forced, tuple(open_masks))

    def _leads(self, total: int, bit: int, score: int) -> bool:
        """Whether every field but the root's own stays at least the lead below ``score``."""
        room = score - self.anatomy.min_lead
        if room < 0:
            return False
        others = total & ~(bit * (2 * self._guard - 1))
        guards = self._ones * self._guard
        return (self._ones * (self._guard + room) - others) & guards == guards

    def _certain(self, states: Iterable[KindState], bit: int) -> bool:
        kinds = score = worst = 0
        for state in states:
            reach = state.forced
            if reach & bit:
                kinds += 1
                score += state.points
                for mask in state.open:
                    reach |= mask
            else:  # an open sign that the root shares lifts both and takes nothing from the lead
                for mask in state.open:
                    if not mask & bit:
                        reach |= mask
            worst += state.points * reach
        return kinds >= self.anatomy.min_kinds and self._leads(worst, bit, score)

    def _reachable(self, states: Iterable[KindState], bit: int) -> bool:
        kinds = score = 0
        choices: list[list[int]] = []
        for state in states:
            if state.forced & bit:
                masks = [state.forced]
                kinds += 1
                score += state.points
            else:
                masks = [state.forced | mask for mask in state.open if mask & bit]
                if masks:
                    kinds += 1
                    score += state.points
                else:
                    masks = [state.forced]
            choices.append([state.points * mask for mask in masks])
        if kinds < self.anatomy.min_kinds:
            return False
        return any(self._leads(sum(combination), bit, score) for combination in product(*choices))

    # --- the picture ---------------------------------------------------------------------------------

    def localise(self, inputs: Inputs) -> dict[str, object]:
        """The scores side by side, as plain data for the picture and the plan.

        ``roots``: per root and side the blocks (kind, points, certain or possible, the signs behind it),
        the least and the greatest total. ``untested``: cells without an answer. ``candidates``: the
        named root, or all that score already and lie too close to the best to be told apart.
        ``discriminators`` and ``provocation``: what speaks for or against without points.
        """
        possible = self.possible(inputs)
        sides = {pair: self._side(*pair, inputs) for pair in self.candidates}
        best = max(side.least for side in sides.values())
        close = [s.id for s in sides.values() if s.least and s.least > best - self.anatomy.min_lead]
        return {
            "named": next(iter(possible)) if len(possible) == 1 else None,
            "possible": sorted(possible),
            "candidates": sorted(possible) if len(possible) == 1 and UNCERTAIN not in possible else close,
            "roots": [
                {
                    "id": root.id,
                    "label": root.label,
                    "nameable": root.role == "named",
                    "signature": dict(root.signature),
                    "source": root.source,
                    "check": root.check,
                    "sides": {side: sides[root.id, side].data() for side in SIDES},
                }
                for root in self.anatomy.roots.values()
                if root.role != "imaged"
            ],
            "untested": [
                {"atom": cell, "kind": plan.id, "sign": pair.sign, "side": side}
                for plan in self._plans
                for pair in plan.pairs
                for side, cell in zip(SIDES, (pair.left, pair.right), strict=True)
                if inputs.get(cell) is None
            ],
            "rule": {
                "kinds": self.anatomy.min_kinds,
                "lead": self.anatomy.min_lead,
                "note": self.anatomy.weights_note,
            },
            "discriminators": discriminators(self.anatomy, inputs),
            "provocation": provocation(self.anatomy, inputs),
            "cautions": list(self.anatomy.cautions),
        }

    def _side(self, root: str, side: str, inputs: Inputs) -> _Side:
        bit = self._bit[root, side]
        wanted = _LEFT if side == "left" else _RIGHT
        blocks: list[dict[str, object]] = []
        least = most = 0
        for plan in self._plans:
            kind = self.anatomy.kinds[plan.id]
            certain: list[str] = []
            possible: list[str] = []
            for pair in plan.pairs:
                mask = pair.left_mask if side == "left" else pair.right_mask
                outcome = plan.outcomes[pair.cells(inputs, plan.normal)]
                if mask & bit and outcome & wanted:
                    (certain if outcome == wanted else possible).append(kind.signs[pair.sign].label)
            if certain or possible:
                blocks.append(
                    {
                        "kind": plan.id,
                        "label": kind.label,
                        "points": plan.points,
                        "state": "certain" if certain else "possible",
                        "signs": certain or possible,
                    }
                )
                least += plan.points if certain else 0
                most += plan.points
        return _Side(f"{root}.{side}", tuple(blocks), least, most)


@dataclass(frozen=True, slots=True)
class _Side:
    """One bar of the picture."""

    id: str
    blocks: tuple[dict[str, object], ...]
    least: int
    most: int

    def data(self) -> dict[str, object]:
        return {"id": self.id, "blocks": list(self.blocks), "least": self.least, "most": self.most}


def _outcomes(ranks: Mapping[str, int]) -> dict[tuple[object, object], int]:
    """For every pair of cells, unknown ones included, which side may hold the lower rank."""
    spelled: dict[object, tuple[int, ...]] = {None: tuple(ranks.values())}
    for word, rank in ranks.items():
        spelled[word] = (rank,)
        if word in {"yes", "no"}:
            spelled[word == "yes"] = (rank,)
    return {
        (left, right): sum({_compare(a, b) for a in lefts for b in rights})
        for left, lefts in spelled.items()
        for right, rights in spelled.items()
    }


def _compare(left: int, right: int) -> int:
    if left == right:
        return _EQUAL
    return _LEFT if left < right else _RIGHT
