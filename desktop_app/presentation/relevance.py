"""Whether a question is worth asking on the answers so far; it only hides, it never decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.engine.answers import AnswerSheet, Quantity
from desktop_app.engine.conditions import (
    All,
    Always,
    Any,
    AtLeast,
    Compare,
    Condition,
    Is,
    Not,
    Ref,
    Yes,
    fold,
)
from desktop_app.engine.decision import Decision, Truth
from desktop_app.engine.model import Pack, Question

_OPPOSITE = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}


def _truth(*, value: bool) -> Truth:
    return Truth.YES if value else Truth.NO


@dataclass(frozen=True, slots=True)
class Known:
    """What the engine said and what was answered: all that relevance looks at."""

    pack: Pack
    sheet: AnswerSheet
    named: Mapping[str, Truth]
    derived: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, pack: Pack, sheet: AnswerSheet, decision: Decision) -> Known:
        return cls(pack, sheet, decision.conditions, decision.derived)


class _Reader:
    """``unasked`` is what a leaf becomes whose question nobody has asked yet."""

    def __init__(self, known: Known, unasked: Truth = Truth.UNKNOWN) -> None:
        self._pack, self._sheet, self._named, self._derived = known.pack, known.sheet, known.named, known.derived
        self._unasked = unasked

    def _missing(self, atom: str) -> Truth:
        return self._unasked if atom not in self._sheet and atom not in self._derived else Truth.UNKNOWN

    def _one(self, atom: str) -> str:
        """The one value a derived finding can still have, in the engine's words."""
        possible = self._derived.get(atom, ())
        return possible[0] if len(possible) == 1 else ""

    def yes(self, node: Yes) -> Truth:
        given = self._sheet.get(node.atom)
        if given is not None and isinstance(given.value, bool):
            return _truth(value=given.value and given.excluded is None)
        return {"yes": Truth.YES, "no": Truth.NO}.get(self._one(node.atom), self._missing(node.atom))

    def is_(self, node: Is) -> Truth:
        given = self._sheet.get(node.atom)
        if given is not None and isinstance(given.value, str):
            return _truth(value=given.value == node.option)
        if one := self._one(node.atom):
            return _truth(value=one == self._pack.atoms[node.atom].option_label(node.option))
        return self._missing(node.atom)

    def compare(self, node: Compare) -> Truth:
        given = self._sheet.get(node.atom)
        value = given.value if given is not None else None
        if isinstance(node.value, str):
            order = [o.id for o in self._pack.atoms[node.atom].options]
            if not isinstance(value, str):
                return self._missing(node.atom)
            left, right = float(order.index(value)), float(order.index(node.value))
        else:
            number = value.base if isinstance(value, Quantity) else _number(self._one(node.atom))
            if number is None:
                return self._missing(node.atom)
            left, right = number, float(node.value)
        return _truth(value={"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[node.op])

    def ref(self, node: Ref) -> Truth:
        return self._named.get(node.condition, Truth.UNKNOWN)

    def always(self, _node: Always) -> Truth:
        return Truth.YES

    def all(self, _node: All, parts: tuple[Truth, ...]) -> Truth:
        if Truth.NO in parts:
            return Truth.NO
        return Truth.UNKNOWN if Truth.UNKNOWN in parts else Truth.YES

    def any(self, _node: Any, parts: tuple[Truth, ...]) -> Truth:
        if Truth.YES in parts:
            return Truth.YES
        return Truth.UNKNOWN if Truth.UNKNOWN in parts else Truth.NO

    def not_(self, _node: Not, part: Truth) -> Truth:
        return _OPPOSITE[part]

    def at_least(self, node: AtLeast, parts: tuple[Truth, ...]) -> Truth:
        if parts.count(Truth.YES) >= node.count:
            return Truth.YES
        return Truth.NO if len(parts) - parts.count(Truth.NO) < node.count else Truth.UNKNOWN


def _number(words: str) -> float | None:
    """The number in "72 years"; None for an interval or nothing."""
    head = words.split(" ", 1)[0]
    return float(head) if head.replace(".", "", 1).isdigit() else None


def holds(known: Known, when: Condition | None) -> Truth:
    """Whether a condition holds on the answers as given; no condition holds always."""
    return Truth.YES if when is None else fold(when, _Reader(known))


def asked(known: Known, question: Question) -> Truth:
    """YES: ask it; UNKNOWN: ask it too, the answer before was "not known"; NO: it does not apply, or the
    question that decides about it has not been asked yet and comes first.
    """
    found = holds(known, question.relevant_when)
    if found is Truth.UNKNOWN and question.relevant_when is not None:
        return fold(question.relevant_when, _Reader(known, Truth.NO))
    return found
