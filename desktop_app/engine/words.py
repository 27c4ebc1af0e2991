"""Answers and conditions in plain English, with the patient's own values in them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from desktop_app.engine.answers import DateRange, Medicine, Quantity, Value
from desktop_app.engine.conditions import Compare
from desktop_app.engine.derive import Interval, Possible
from desktop_app.engine.model import Atom

NOT_KNOWN = "not known"

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_OPERATORS = {">=": "{} or more", ">": "more than {}", "<=": "{} or less", "<": "less than {}"}


def day(when: date) -> str:
    """A date in words that no reader takes for another: 3 October 2026."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def number(value: float, atom: Atom) -> str:
    """A number without needless decimals."""
    decimals = atom.range.decimals if atom.range is not None else 1
    return f"{round(value, max(decimals, 1)):g}" if abs(value) < 1e6 else f"{value:.0f}"


def value_in_words(value: Value, atom: Atom) -> str:
    """One answer in words, with its unit."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return atom.option_label(value) if atom.options else value
    if isinstance(value, Quantity):
        return _with_unit(f"{value.entered:g}", value.unit, atom)
    if isinstance(value, DateRange):
        if value.earliest == value.latest:
            return day(value.earliest)
        return f"between {day(value.earliest)} and {day(value.latest)}"
    return ", ".join(_medicine(entry) for entry in value) or "none"


def possible_in_words(possible: Possible, atom: Atom) -> str:
    """What a derived finding may be."""
    if isinstance(possible, Interval):
        return _interval(possible, atom)
    words = all_possible_in_words(possible, atom)
    if len(words) == 1:
        return words[0]
    if len(words) == _number_of_values(atom) or len(words) > 3:
        return NOT_KNOWN
    return f"{NOT_KNOWN}: {join(words, 'or')}"


def all_possible_in_words(possible: Possible, atom: Atom) -> tuple[str, ...]:
    """Each value still possible, in the order of the pack; a number's interval as one entry."""
    if isinstance(possible, Interval):
        return (_interval(possible, atom),)
    if atom.options:
        return tuple(option.label for option in atom.options if option.id in possible)
    return tuple("yes" if value else "no" for value in sorted(possible, reverse=True))


def threshold_in_words(leaf: Compare, atom: Atom) -> str:
    """The threshold of a comparison: "7 of 10 or more"."""
    threshold = leaf.value
    words = atom.option_label(threshold) if isinstance(threshold, str) else _with_unit(f"{threshold:g}", "", atom)
    return _OPERATORS[leaf.op].format(words)


def join(words: Iterable[str], last: str = "and", limit: int = 0) -> str:
    """A list in a sentence: "a, b and c"; beyond ``limit`` the rest is counted."""
    items = list(words)
    if limit and len(items) > limit:
        items = [*items[: limit - 1], f"{len(items) - limit + 1} more"]
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def _with_unit(figure: str, unit: str, atom: Atom) -> str:
    for known in atom.units:
        if known.id == unit or not unit:
            return f"{figure} {known.label}".rstrip()
    return figure


def _interval(interval: Interval, atom: Atom) -> str:
    low, high = interval.low, interval.high
    if low is not None and atom.range is not None and low <= atom.range.error_min and high is None:
        return NOT_KNOWN  # "at least 0" would only sound like an answer
    if low is None or math.isinf(low):
        return NOT_KNOWN if high is None or math.isinf(high) else f"at most {_figure(high, atom)}"
    if high is None or math.isinf(high):
        return f"at least {_figure(low, atom)}"
    if low == high:
        return _figure(low, atom)
    return f"between {number(low, atom)} and {_figure(high, atom)}"


def _figure(value: float, atom: Atom) -> str:
    return _with_unit(number(value, atom), "", atom)


def _number_of_values(atom: Atom) -> int:
    return len(atom.options) or 2


def _medicine(entry: Medicine) -> str:
    amount = "amount not known" if entry.per_day is None else f"{entry.per_day:g} {entry.unit} a day"
    return f"{entry.drug.replace('_', ' ')} {amount}"
