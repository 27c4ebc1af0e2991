"""Derived findings: the port to clinical arithmetic, the engine's own date functions, and a memory.

A derived finding is worked out from partial inputs to *the set of values still possible*; it is one
value only when no completion of the inputs changes it. So a derived finding narrows like an answer
and a rule need not know which of its findings were asked and which were worked out.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from desktop_app.engine.answers import AnswerSheet, DateRange, Value
from desktop_app.engine.model import Atom


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers still possible: closed ends, None where there is no bound."""

    low: float | None
    high: float | None

    @property
    def exact(self) -> float | None:
        """The one number still possible, or None."""
        return self.low if self.low is not None and self.low == self.high else None


Possible = frozenset[str] | frozenset[bool] | Interval
"""Options still possible (choice, scale), truth values still possible (yes-no), or numbers."""

Inputs = Mapping[str, Value | Possible | None]


class Clinical(Protocol):
    """Clinical arithmetic, handed in by ``parts``. Pure: the same input gives the same result."""

    def derive(self, function: str, atom: Atom, inputs: Inputs, as_of: date) -> Possible:
        """What ``atom`` may still be. Inputs: a typed value, None when unknown, a set when derived."""

    def medicines(
        self, sheet: AnswerSheet, derived: Mapping[str, Possible], as_of: date
    ) -> Mapping[str, object]:
        """What the medicines page and the plan show besides options, as plain JSON data."""


def age_years(born: DateRange | None, as_of: date) -> Interval:
    """Completed years. Whoever was born on 29 February is a year older on 1 March of a common year."""
    if born is None:
        return Interval(0, None)

    def completed(birth: date) -> int:
        return as_of.year - birth.year - ((as_of.month, as_of.day) < (birth.month, birth.day))

    return Interval(max(0, completed(born.latest)), max(0, completed(born.earliest)))


def days_since(start: DateRange | None, as_of: date) -> Interval:
    """Whole days from an exact or approximate date to the as-of date."""
    if start is None:
        return Interval(None, None)
    return Interval((as_of - start.latest).days, (as_of - start.earliest).days)


_DATE_FUNCTIONS = {"age_years": age_years, "days_since": days_since}
DATE_FUNCTIONS: frozenset[str] = frozenset(_DATE_FUNCTIONS)
"""Functions of one date that the engine itself knows; their results are whole numbers."""


class _Key(NamedTuple):
    atom: str
    as_of: date
    values: tuple[Hashable, ...]


class Derivations:
    """Derived findings with a memory per distinct inputs: what-ifs ask for the same ones again."""

    _LIMIT = 2_000  # about a kilobyte each; a forgotten result costs a call, never a wrong answer

    def __init__(self, clinical: Clinical) -> None:
        self.clinical = clinical
        self._known: dict[_Key, Possible] = {}

    def derive(self, atom: Atom, inputs: Inputs, as_of: date) -> Possible:
        """What the derived ``atom`` may be, given what is known of its inputs."""
        rule = atom.derived
        if rule is None:
            raise ValueError(f"{atom.id} is not a derived finding")
        key = _Key(atom.id, as_of, tuple(inputs[name] for name in rule.inputs))
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= self._LIMIT:
                self._known.clear()
            found = self._known[key] = self._compute(rule.function, atom, inputs, as_of)
        return found

    def _compute(self, function: str, atom: Atom, inputs: Inputs, as_of: date) -> Possible:
        if function in _DATE_FUNCTIONS:
            (value,) = inputs.values()
            if value is not None and not isinstance(value, DateRange):
                raise TypeError(f"{atom.id}: {function} works on a date, not on {value!r}")
            return _DATE_FUNCTIONS[function](value, as_of)
        return self.clinical.derive(function, atom, inputs, as_of)
