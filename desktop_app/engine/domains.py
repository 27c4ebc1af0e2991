"""What each atom can be, cut into finitely many classes that no rule can tell apart inside.

Yes-no atoms have the classes no and yes, choices and scales one class an option, numbers one class a
threshold and one an open interval between thresholds, the thresholds being those that the pack's own
rules mention. A *state* is a bit mask of the classes still possible; all bits set means unknown.
That makes every space of answers finite, so that it can be enumerated and not merely sampled.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from desktop_app.engine.answers import Quantity, Value
from desktop_app.engine.conditions import Compare, Condition, Is, Leaf, Ref, Yes, signed_leaves
from desktop_app.engine.derive import DATE_FUNCTIONS, Interval, Possible
from desktop_app.engine.model import Atom, FindingType, Pack
from desktop_app.language import later, tr

NO, YES = 1, 2
"""States of a yes-no atom that is known."""

_OPTIONS = (FindingType.CHOICE, FindingType.SCALE)


class Band(NamedTuple):
    """One class of a number: a single value when both ends are equal, else an open interval."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return value == self.low if self.low == self.high else self.low < value < self.high

    def meets(self, low: float, high: float) -> bool:
        """Whether some value of the closed interval lies in this band."""
        if self.low == self.high:
            return low <= self.low <= high
        return low < self.high and high > self.low


@dataclass(frozen=True, slots=True)
class Domain:
    """The classes of one atom."""

    atom: str
    type: FindingType
    names: tuple[str, ...]  # "no", "yes"; option ids; "7", "6 to 7" for numbers
    bands: tuple[Band, ...] = ()  # numbers only
    step: float = 0.0  # numbers only: distance of neighbouring values, 0 when there is none
    all: int = field(init=False)  # the state in which nothing is known

    def __post_init__(self) -> None:
        object.__setattr__(self, "all", (1 << len(self.names)) - 1)

    def where(self, leaf: Leaf) -> int:
        """The classes in which a leaf is true."""
        match leaf:
            case Yes():
                return YES
            case Is():
                return 1 << self.names.index(leaf.option)
            case Compare(value=str() as option):
                here = self.names.index(option)
                return self._mask(_compare(rank, leaf.op, here) for rank in range(len(self.names)))
            case Compare(value=value):
                threshold = float(value)
                return self._mask(_band_holds(band, leaf.op, threshold) for band in self.bands)

    def of_value(self, value: Value) -> int:
        """The state after an exact answer."""
        if isinstance(value, bool):
            return YES if value else NO
        if isinstance(value, str):
            return 1 << self.names.index(value)
        if isinstance(value, Quantity):
            return self._of_number(value.base)
        raise TypeError(f"{self.atom}: a rule cannot look at {value!r}")

    def of_possible(self, possible: Possible) -> int:
        """The state that leaves exactly these values possible."""
        if isinstance(possible, Interval):
            low = -math.inf if possible.low is None else possible.low
            high = math.inf if possible.high is None else possible.high
            state = self._mask(band.meets(low, high) for band in self.bands)
            return state or self._of_number(low if math.isfinite(low) else high)
        state = 0
        for value in possible:
            state |= self.of_value(value)
        if not state:
            raise ValueError(f"{self.atom}: its function leaves no value possible")
        return state

    def value_of(self, index: int, near: float | None = None) -> Value:
        """A value of one class; for a number the one nearest to ``near`` that can be entered."""
        if self.type is FindingType.YES_NO:
            return index == 1
        if not self.bands:
            return self.names[index]
        number = self._number_in(self.bands[index], near)
        return Quantity(number, number, "")

    def band_in_words(self, index: int) -> str:
        """The name of a class of numbers, in the language that is spoken now."""
        return _band_name(self.bands[index], tr)

    def _mask(self, holds: Iterator[bool]) -> int:
        return sum(1 << index for index, true in enumerate(holds) if true)

    def _of_number(self, number: float) -> int:
        state = self._mask(band.holds(number) for band in self.bands)
        if state:
            return state
        # Values that no entry field accepts belong to no class; they count as the nearest one.
        distances = [min(abs(number - band.low), abs(number - band.high)) for band in self.bands]
        return 1 << distances.index(min(distances))

    def _number_in(self, band: Band, near: float | None) -> float:
        if band.low == band.high:
            return band.low
        step = self.step or 0.1
        low, high = band.low + step, band.high - step
        if low > high:
            return (band.low + band.high) / 2
        wanted = near if near is not None else (low if math.isfinite(low) else high)
        return round(min(max(wanted, low), high), 6)


def _compare(left: float, op: str, right: float) -> bool:
    match op:
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case _:
            return left >= right


def _band_holds(band: Band, op: str, threshold: float) -> bool:
    """Bands are cut at every threshold, so a band lies wholly on one side of it."""
    if band.low == band.high:
        return _compare(band.low, op, threshold)
    return band.high <= threshold if op in ("<", "<=") else band.low >= threshold


def every_condition(pack: Pack) -> Iterator[Condition]:
    """Every condition tree that stands anywhere in the pack."""
    yield pack.scope
    for named in pack.conditions.values():
        yield named.when
    for contradiction in pack.contradictions:
        yield contradiction.when
    for criterion in pack.criteria.values():
        yield criterion.when
    for question in pack.questions.values():
        if question.relevant_when is not None:
            yield question.relevant_when
    for option in pack.options.values():
        yield option.when
        for clause in (*option.never_when, *option.conditional_when):
            yield clause.when
        yield from (note.when for note in option.notes if note.when is not None)
    for action in pack.imaging_actions:
        yield action.when
    for claim in pack.claims:
        yield claim.given
        if claim.always is not None:
            yield claim.always
    yield from (text.when for text in pack.texts if text.when is not None)
    yield from (d.applies_when for d in pack.disagreements.values() if d.applies_when is not None)


def domains_of(pack: Pack) -> Mapping[str, Domain]:
    """The domain of every atom that a rule can look at; dates, medicines and text have none."""
    thresholds: dict[str, set[float]] = {}
    for condition in every_condition(pack):
        for leaf, _ in signed_leaves(condition):
            if isinstance(leaf, Ref):
                continue
            if isinstance(leaf, Compare) and not isinstance(leaf.value, str):
                thresholds.setdefault(leaf.atom, set()).add(float(leaf.value))
    found: dict[str, Domain] = {}
    for atom in pack.atoms.values():
        if atom.type is FindingType.YES_NO:
            found[atom.id] = Domain(atom.id, atom.type, ("no", "yes"))
        elif atom.type in _OPTIONS:
            found[atom.id] = Domain(atom.id, atom.type, tuple(option.id for option in atom.options))
        elif atom.type is FindingType.NUMBER:
            found[atom.id] = _number_domain(atom, sorted(thresholds.get(atom.id, ())))
    return found


def _number_domain(atom: Atom, thresholds: list[float]) -> Domain:
    step = _step(atom)
    ends = [-math.inf, *thresholds, math.inf]
    bands: list[Band] = []
    for low, high in pairwise(ends):
        bands.append(Band(low, high))
        if math.isfinite(high):
            bands.append(Band(high, high))
    low, high = _limits(atom)
    kept = tuple(band for band in bands if _can_hold(band, low, high, step))
    return Domain(atom.id, atom.type, tuple(map(_band_name, kept)), kept, step)


def _step(atom: Atom) -> float:
    """Distance of two neighbouring values that can occur, 0 when any value can."""
    if atom.derived is not None:
        return 1.0 if atom.derived.function in DATE_FUNCTIONS else 0.0
    return 10.0**-atom.range.decimals if atom.range is not None and len(atom.units) <= 1 else 0.0


def _limits(atom: Atom) -> tuple[float, float]:
    if atom.derived is not None or atom.range is None:
        return -math.inf, math.inf
    return atom.range.error_min, atom.range.error_max


def _can_hold(band: Band, low: float, high: float, step: float) -> bool:
    """Whether a value that can be entered lies in the band: no rule should wait for another one."""
    if not band.meets(low, high):
        return False
    if band.low == band.high:
        return True
    first, last = max(band.low, low), min(band.high, high)
    if first == last:
        return band.holds(first)
    if not step or not (math.isfinite(first) and math.isfinite(last)):
        return True
    inner = math.floor(first / step + 1e-9) + 1
    return band.holds(first) or band.holds(last) or round(inner * step, 9) < last - step * 1e-6


def _band_name(band: Band, say: Callable[[str], str] = str) -> str:
    if band.low == band.high:
        return f"{band.low:g}"
    if math.isinf(band.low):
        return (
            say(later("any")) if math.isinf(band.high) else say(later("below {figure}")).format(figure=f"{band.high:g}")
        )
    if math.isinf(band.high):
        return say(later("above {figure}")).format(figure=f"{band.low:g}")
    return say(later("{low} to {high}")).format(low=f"{band.low:g}", high=f"{band.high:g}")
