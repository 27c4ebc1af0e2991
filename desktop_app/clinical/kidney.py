"""Creatinine clearance by Cockcroft and Gault, and the dose bands that follow from it.

Partial inputs give the interval of clearances still possible. A result that is old or undated, or a
kidney function that is not known to be stable, makes the clearance unknown. One that was worked out
elsewhere may be entered instead; it too needs stable kidneys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.clinical.formulary import BandRow, ClearanceRule, DoseBands
from desktop_app.engine.answers import DateRange, Quantity
from desktop_app.engine.derive import Inputs, Interval
from desktop_app.language import tr

UNBOUNDED = Interval(None, None)
ROLES = ("age", "sex", "weight", "creatinine", "creatinine_date", "kidney_stable", "entered", "dialysis")
_DIGITS = 6  # enough for any band edge; hides what binary fractions add to 88.4 micromol/l


def cockcroft_gault(age: float, weight_kg: float, creatinine_mg_dl: float, factor: float) -> float:
    """Clearance in ml/min. Age in years, actual body weight, factor of the sex."""
    return round(max(0.0, 140 - age) * weight_kg / (72 * creatinine_mg_dl) * factor, _DIGITS)


@dataclass(frozen=True, slots=True)
class ClearanceInputs:
    """What is known. ``age`` is an interval because a date of birth may be approximate."""

    age: Interval
    sex: str | None
    weight_kg: float | None
    creatinine_mg_dl: float | None
    creatinine_on: DateRange | None
    stable: bool | None
    entered: float | None
    dialysis: bool | None

    @classmethod
    def take(cls, inputs: Inputs, roles: Mapping[str, str]) -> ClearanceInputs:
        """Pick the inputs by role; whatever is missing or of another type is unknown."""

        def value(role: str) -> object:
            return inputs.get(roles[role])

        age, sex, stable, dialysis = value("age"), value("sex"), value("kidney_stable"), value("dialysis")
        on = value("creatinine_date")
        if isinstance(age, Quantity):
            age = Interval(age.base, age.base)
        return cls(
            age=age if isinstance(age, Interval) else UNBOUNDED,
            sex=sex if isinstance(sex, str) else None,
            weight_kg=_base(value("weight")),
            creatinine_mg_dl=_base(value("creatinine")),
            creatinine_on=on if isinstance(on, DateRange) else None,
            stable=stable if isinstance(stable, bool) else None,
            entered=_base(value("entered")),
            dialysis=dialysis if isinstance(dialysis, bool) else None,
        )


def _base(value: object) -> float | None:
    return value.base if isinstance(value, Quantity) and value.base > 0 else None


def clearance(known: ClearanceInputs, rule: ClearanceRule, as_of: date) -> Interval:
    """The clearances still possible, in ml/min; no bounds while anything needed is unknown."""
    if known.entered is not None and known.stable:
        return Interval(known.entered, known.entered)
    if unknown_because(known, rule, as_of):
        return UNBOUNDED
    age, weight, creatinine = known.age, known.weight_kg, known.creatinine_mg_dl
    if weight is None or creatinine is None or age.low is None or age.high is None:
        return UNBOUNDED
    factors = _factors(known.sex, rule)
    return Interval(
        cockcroft_gault(age.high, weight, creatinine, min(factors)),
        cockcroft_gault(age.low, weight, creatinine, max(factors)),
    )


def _factors(sex: str | None, rule: ClearanceRule) -> tuple[float, ...]:
    factor = rule.sex_factors.get(sex) if sex is not None else None
    return tuple(rule.sex_factors.values()) if factor is None else (factor,)


def unknown_because(known: ClearanceInputs, rule: ClearanceRule, as_of: date) -> tuple[str, ...]:
    """In words, why no clearance is worked out; empty when it is. An unknown sex only widens it."""
    if known.entered is not None:
        return _not_stable(known)
    reasons = []
    if known.age.low is None or known.age.high is None:
        reasons.append(tr("the age is not known"))
    if known.weight_kg is None:
        reasons.append(tr("the weight is not known"))
    if known.creatinine_mg_dl is None:
        reasons.append(tr("the creatinine is not known"))
    elif known.creatinine_on is None:
        reasons.append(tr("the creatinine has no date"))
    else:
        oldest = (as_of - known.creatinine_on.earliest).days
        if oldest < 0:
            reasons.append(tr("the creatinine is dated after this assessment"))
        elif oldest > rule.valid_days:
            surely = (as_of - known.creatinine_on.latest).days > rule.valid_days
            told = tr("the creatinine is older than {days} days") if surely else tr(
                "the creatinine may be older than {days} days")
            reasons.append(told.format(days=rule.valid_days))
    return (*reasons, *_not_stable(known))


def _not_stable(known: ClearanceInputs) -> tuple[str, ...]:
    if known.stable is None:
        return (tr("it is not known whether the kidney function is stable"),)
    return () if known.stable else (tr("the kidney function is not stable"),)


def bands_possible(drug: DoseBands, interval: Interval) -> tuple[BandRow, ...]:
    """The bands that some clearance of the interval lies in, highest first."""
    return tuple(row for row in drug.rows if row.meets(interval.low, interval.high))


def band(drug: DoseBands, interval: Interval) -> frozenset[str]:
    """Ids of the bands still possible."""
    return frozenset(row.id for row in bands_possible(drug, interval))


def in_proportion(row: BandRow, value: float) -> tuple[float, float] | None:
    """The dose range below the band's lowest tabled clearance, reduced in proportion; else None."""
    edge = row.proportional_below
    if edge is None or value >= edge:
        return None
    return round(row.from_mg * value / edge, 1), round(row.to_mg * value / edge, 1)


def show(value: float, edges: tuple[float, ...] = ()) -> str:
    """A clearance with one decimal, or with as many as keep it on its side of every band edge."""
    for digits in range(1, _DIGITS + 1):
        shown = round(value, digits)
        if all((shown > e) == (value > e) and (shown < e) == (value < e) for e in edges):
            break
    return f"{shown:.{digits}f}".rstrip("0").rstrip(".")
