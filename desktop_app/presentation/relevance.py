"""Whether a question is worth asking on the answers so far; it only hides, it never decides."""

from __future__ import annotations

from collections.abc import Mapping

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
from desktop_app.engine.decision import Truth
from desktop_app.engine.model import Pack, Question

_OPPOSITE = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}


def _truth(*, value: bool) -> Truth:
    return Truth.YES if value else Truth.NO


class _Reader:
    def __init__(self, pack: Pack, sheet: AnswerSheet, named: Mapping[str, Truth]) -> None:
        self._pack, self._sheet, self._named = pack, sheet, named

    def yes(self, node: Yes) -> Truth:
        given = self._sheet.get(node.atom)
        return _truth(value=given.value) if given and isinstance(given.value, bool) else Truth.UNKNOWN

    def is_(self, node: Is) -> Truth:
        given = self._sheet.get(node.atom)
        if given is None or not isinstance(given.value, str):
            return Truth.UNKNOWN
        return _truth(value=given.value == node.option)

    def compare(self, node: Compare) -> Truth:
        given = self._sheet.get(node.atom)
        if given is None or given.value is None:
            return Truth.UNKNOWN
        if isinstance(given.value, Quantity) and isinstance(node.value, int | float):
            left, right = given.value.base, float(node.value)
        elif isinstance(given.value, str):
            order = [o.id for o in self._pack.atoms[node.atom].options]
            left, right = float(order.index(given.value)), float(order.index(str(node.value)))
        else:
            return Truth.UNKNOWN
        return _truth(value={"<": left < right, "<=": left <= right, ">": left > right,
                             ">=": left >= right}[node.op])

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


def holds(pack: Pack, when: Condition | None, sheet: AnswerSheet, named: Mapping[str, Truth]) -> Truth:
    """Whether a condition holds on the answers as given; no condition holds always."""
    return Truth.YES if when is None else fold(when, _Reader(pack, sheet, named))


def asked(pack: Pack, question: Question, sheet: AnswerSheet, named: Mapping[str, Truth]) -> Truth:
    """YES: ask it; NO: hide it; UNKNOWN: it may become relevant, so it waits in one line."""
    return holds(pack, question.relevant_when, sheet, named)
