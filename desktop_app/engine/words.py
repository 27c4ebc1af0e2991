"""Answers and conditions in plain words, with the patient's own values in them, in the language that is spoken."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from desktop_app.engine.answers import DateRange, Medicine, Quantity, Value
from desktop_app.engine.conditions import Compare
from desktop_app.engine.derive import Interval, Possible
from desktop_app.engine.model import Atom
from desktop_app.language import tr


def not_known() -> str:
    return tr("not known")


def labelled(label: str, words: str) -> str:
    """Leg pain: yes."""
    return tr("{label}: {words}").format(label=label, words=words)


def yes_or_no(value: bool) -> str:
    return tr("yes") if value else tr("no")


def day(when: date) -> str:
    """A date in words that no reader takes for another: 3 October 2026."""
    months = (
        tr("January"), tr("February"), tr("March"), tr("April"), tr("May"), tr("June"), tr("July"),
        tr("August"), tr("September"), tr("October"), tr("November"), tr("December"),
    )  # fmt: skip
    return f"{when.day} {months[when.month - 1]} {when.year}"


def number(value: float, atom: Atom) -> str:
    """A number without needless decimals."""
    decimals = atom.range.decimals if atom.range is not None else 1
    return f"{round(value, max(decimals, 1)):g}" if abs(value) < 1e6 else f"{value:.0f}"


def value_in_words(value: Value, atom: Atom) -> str:
    """One answer in words, with its unit."""
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, str):
        return atom.option_label(value) if atom.options else value
    if isinstance(value, Quantity):
        return _with_unit(f"{value.entered:g}", value.unit, atom)
    if isinstance(value, DateRange):
        if value.earliest == value.latest:
            return day(value.earliest)
        return tr("between {low} and {high}").format(low=day(value.earliest), high=day(value.latest))
    return ", ".join(_medicine(entry) for entry in value) or tr("none")


def possible_in_words(possible: Possible, atom: Atom) -> str:
    """What a derived finding may be."""
    if isinstance(possible, Interval):
        return _interval(possible, atom)
    words = all_possible_in_words(possible, atom)
    if len(words) == 1:
        return words[0]
    if len(words) == _number_of_values(atom) or len(words) > 3:
        return not_known()
    return labelled(not_known(), join(words, tr("or")))


def all_possible_in_words(possible: Possible, atom: Atom) -> tuple[str, ...]:
    """Each value still possible, in the order of the pack; a number's interval as one entry."""
    if isinstance(possible, Interval):
        return (_interval(possible, atom),)
    if atom.options:
        return tuple(option.label for option in atom.options if option.id in possible)
    return tuple(yes_or_no(bool(value)) for value in sorted(possible, reverse=True))


def threshold_in_words(leaf: Compare, atom: Atom) -> str:
    """The threshold of a comparison: "7 of 10 or more"."""
    threshold = leaf.value
    words = atom.option_label(threshold) if isinstance(threshold, str) else _with_unit(f"{threshold:g}", "", atom)
    said = {">=": tr("{figure} or more"), ">": tr("more than {figure}"), "<=": tr("{figure} or less"),
            "<": tr("less than {figure}")}  # fmt: skip
    return said[leaf.op].format(figure=words)


def join(words: Iterable[str], last: str = "", limit: int = 0) -> str:
    """A list in a sentence: "a, b and c", or with another ``last`` word; beyond ``limit`` the rest is counted."""
    items = list(words)
    if limit and len(items) > limit:
        items = [*items[: limit - 1], tr("{count} more").format(count=len(items) - limit + 1)]
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last or tr('and')} {items[-1]}"


def titled(title: str) -> str:
    """The title of an option inside a sentence, where its verb would be read as part of it."""
    return tr("“{title}”").format(title=title)


def _with_unit(figure: str, unit: str, atom: Atom) -> str:
    for known in atom.units:
        if known.id == unit or not unit:
            return f"{figure} {known.label}".rstrip()
    return figure


def _interval(interval: Interval, atom: Atom) -> str:
    low, high = interval.low, interval.high
    if low is not None and atom.range is not None and low <= atom.range.error_min and high is None:
        return not_known()  # "at least 0" would only sound like an answer
    if low is None or math.isinf(low):
        if high is None or math.isinf(high):
            return not_known()
        return tr("at most {figure}").format(figure=_figure(high, atom))
    if high is None or math.isinf(high):
        return tr("at least {figure}").format(figure=_figure(low, atom))
    if low == high:
        return _figure(low, atom)
    return tr("between {low} and {high}").format(low=number(low, atom), high=_figure(high, atom))


def _figure(value: float, atom: Atom) -> str:
    return _with_unit(number(value, atom), "", atom)


def _number_of_values(atom: Atom) -> int:
    return len(atom.options) or 2


def _medicine(entry: Medicine) -> str:
    if entry.per_day is None:
        amount = tr("amount not known")
    else:
        amount = tr("{amount} a day").format(amount=f"{entry.per_day:g} {entry.unit}")
    return f"{entry.drug.replace('_', ' ')} {amount}"
