"""Findings that a screening question and the measured grids state together.

The screening item and the grid are one finding. An item answered yes settles it; so does a grid that
certainly shows the sign, even against an item answered no. Otherwise an item answered no settles it to
no, and without an answer to the item the finding stays open: a normal grid never clears an item of the
emergency screen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from desktop_app.clinical.anatomy import SIDES, Anatomy
from desktop_app.engine.derive import Inputs

Truths = frozenset[bool]
YES: Truths = frozenset((True,))
NO: Truths = frozenset((False,))
OPEN: Truths = frozenset((True, False))


def settle(item: object, *, certain: bool) -> Truths:
    """What an item and a grid say together. ``item``: True, False or None."""
    if item is True or certain:
        return YES
    return NO if item is False else OPEN


def weakness_at_most(item: object, powers: Iterable[object], ranks: Mapping[str, int], limit: str) -> Truths:
    """Power at most ``limit`` in any muscle measured, or reported by the screening item."""
    bound = ranks[limit]
    return settle(item, certain=any(isinstance(p, str) and ranks[p] <= bound for p in powers))


def power_fall(item: object, pairs: Iterable[tuple[object, object]], ranks: Mapping[str, int]) -> Truths:
    """Any muscle weaker now than at the earlier examination (pairs: earlier, now), or reported so."""
    fallen = any(
        isinstance(before, str) and isinstance(now, str) and ranks[now] < ranks[before] for before, now in pairs
    )
    return settle(item, certain=fallen)


def any_abnormal(values: Collection[object], normal: str, items: Iterable[object] = ()) -> Truths:
    """Any cell that is not normal, or any of the yes-no items: yes, no, or open while one is unknown."""
    reported = tuple(items)
    if any(value is not None and value != normal for value in values) or any(i is True for i in reported):
        return YES
    if any(value is None for value in values) or any(i is None for i in reported):
        return OPEN
    return NO


def unless_screened(value: object, item: object, normal: str) -> object:
    """A cell, or normal where it was not tested and the emergency screen's own item on it is answered no."""
    return normal if value is None and item is False else value


def screened_change(item: object, values: Iterable[object], normal: str) -> Truths:
    """Any change where an item of the emergency screen asks for the same, or that item answered yes."""
    return settle(item, certain=any(value is not None and value != normal for value in values))


class WideDeficit:
    """A new or worsening deficit of both legs, or more than one root explains (5.1, A7).

    Weakness and changed sensation count on their side when their course is certainly not a long known
    one; a reflex counts on the side where it is lower, when weakness or numbness is certainly new, as
    it has no course of its own. A sign that two roots share is one sign.
    """

    def __init__(self, anatomy: Anatomy, questions: Mapping[str, str]) -> None:
        """``questions``: role (item, power, sensation, reflex, motor_course, sensory_course) to its id."""
        self.new = anatomy.new_courses
        self.questions = dict(questions)
        self._signs = {
            role: tuple(
                (frozenset(sign.explained_by), tuple(f"{questions[role]}.{sign.id}.{side}" for side in SIDES))
                for sign in anatomy.kinds[kind].signs.values()
            )
            for role, kind in (("power", "motor"), ("sensation", "sensory"), ("reflex", "reflex"))
        }
        self._normal = {"power": anatomy.kinds["motor"].normal, "sensation": anatomy.kinds["sensory"].normal}
        self._reflex_ranks = anatomy.kinds["reflex"].ranks

    def possible(self, inputs: Inputs) -> Truths:
        return settle(inputs.get(self.questions["item"]), certain=self.certain(inputs))

    def certain(self, inputs: Inputs) -> bool:
        """Whether the signs that are certainly there and certainly new are already too wide."""
        left: list[frozenset[str]] = []
        right: list[frozenset[str]] = []
        motor_new = inputs.get(self.questions["motor_course"]) in self.new
        sensory_new = inputs.get(self.questions["sensory_course"]) in self.new
        for role, counts in (("power", motor_new), ("sensation", sensory_new)):
            if counts:
                normal = self._normal[role]
                for roots, cells in self._signs[role]:
                    for signs, cell in zip((left, right), cells, strict=True):
                        value = inputs.get(cell)
                        if value is not None and value != normal:
                            signs.append(roots)
        if not left and not right:
            return False  # a reflex alone is no deficit
        ranks = self._reflex_ranks
        for roots, (left_cell, right_cell) in self._signs["reflex"]:
            one, two = inputs.get(left_cell), inputs.get(right_cell)
            if isinstance(one, str) and isinstance(two, str) and ranks[one] != ranks[two]:
                (left if ranks[one] < ranks[two] else right).append(roots)
        if left and right:
            return True
        return not frozenset.intersection(*(left or right))
