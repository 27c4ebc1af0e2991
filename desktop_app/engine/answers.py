"""Answers as they were given: typed values, the four kinds of not knowing, who entered them how.

An answer sheet is the engine's only input besides the pack and the as-of date. It keeps what was
answered; what counts on the as-of date is worked out by ``effective``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Unknown(StrEnum):
    """Why something is not known. All four are the same to every rule: unknown."""

    NOT_ASKED = "not_asked"
    NOT_ASSESSED = "not_assessed"
    CANNOT_ASSESS = "cannot_be_assessed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class DateRange:
    """A date, or the days an approximate one may lie on. Inclusive; exact when both are equal."""

    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the base unit of its finding, and as it was entered."""

    base: float
    entered: float
    unit: str


@dataclass(frozen=True, slots=True)
class Medicine:
    """One medicine the patient takes. ``per_day`` is in ``unit`` (mg, or mcg/h for patches)."""

    drug: str  # id of the pack's medicines table
    per_day: float | None  # None: not known
    unit: str
    route: str
    as_needed: bool = False
    maximum_known: bool = True  # as needed with a stated daily maximum
    note: str = ""


Value = bool | str | Quantity | DateRange | tuple[Medicine, ...]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """How an emergency "yes" was ended. Both the yes and this are kept."""

    how: str
    by: str
    on: date
    entered_in_error: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """``value`` is None exactly when ``unknown`` says why."""

    value: Value | None = None
    unknown: Unknown | None = None
    on: date | None = None  # the day it was given; None: the as-of date
    bulk: bool = False  # entered by "all normal" or "none of the others"
    excluded: Exclusion | None = None
    confirmed: bool = False  # a value in the warning range, confirmed by the clinician
    note: str = ""


AnswerSheet = Mapping[str, Answer]
"""Atom id to answer. An atom that is missing was not asked."""
