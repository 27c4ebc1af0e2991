"""Morphine equivalents of all opioids a day: exact, or a lower bound with the reasons in words.

A dose is converted only in the unit and by the route its factor is meant for. Whatever cannot be
converted leaves the sum as a lower bound without an upper end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.clinical.formulary import EquivalentRule, Formulary
from desktop_app.engine.answers import Medicine
from desktop_app.engine.derive import Inputs, Interval
from desktop_app.engine.words import labelled
from desktop_app.language import tr

ROLES = ("opioids", "listed", "taken")
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class OpioidInputs:
    """What is known: any opioid at all, the list (None when not asked), whether the list is complete."""

    taken: bool | None
    medicines: tuple[Medicine, ...] | None
    listed: bool | None

    @classmethod
    def take(cls, inputs: Inputs, roles: Mapping[str, str]) -> OpioidInputs:
        """Pick the inputs by role; whatever is missing or of another type is unknown."""
        taken, medicines, listed = (inputs.get(roles[role]) for role in ("taken", "opioids", "listed"))
        return cls(
            taken=taken if isinstance(taken, bool) else None,
            medicines=medicines if isinstance(medicines, tuple) else None,
            listed=listed if isinstance(listed, bool) else None,
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One opioid of the list and what it adds, or why it cannot be added."""

    drug: str
    label: str
    per_day: float | None
    unit: str
    route: str
    factor: float | None
    equivalents: float | None
    because: str = ""
    source: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class Equivalents:
    """The sum. ``reasons`` is empty exactly when the sum is exact."""

    at_least: float
    parts: tuple[Part, ...]
    reasons: tuple[str, ...]

    @property
    def interval(self) -> Interval:
        return Interval(self.at_least, None if self.reasons else self.at_least)


def morphine_equivalents(known: OpioidInputs, formulary: Formulary) -> Equivalents:
    """Add up what the list holds. An opioid that is listed counts even against "takes no opioid"."""
    parts = tuple(part for medicine in known.medicines or () if (part := _part(medicine, formulary)) is not None)
    if known.taken is False and not parts:
        return Equivalents(0.0, (), ())
    reasons = [labelled(part.label, part.because) for part in parts if part.because]
    if known.medicines is None:
        reasons.append(tr("the opioids are not listed"))
    elif known.listed is not True:
        reasons.append(tr("the list of opioids is not known to be complete"))
    elif known.taken is True and not parts:
        reasons.append(tr("an opioid is taken, but none is listed"))
    total = sum((part.equivalents for part in parts if part.equivalents is not None), 0.0)
    return Equivalents(round(total, _DIGITS), parts, tuple(dict.fromkeys(reasons)))


def _part(medicine: Medicine, formulary: Formulary) -> Part | None:
    """One entry; None when it is a drug of the table that is no opioid."""
    drug = formulary.drugs.get(medicine.drug)
    if drug is not None and "opioid" not in drug.groups:
        return None
    rule = formulary.equivalents
    label = drug.label if drug is not None else medicine.drug
    unit = rule.units.get(medicine.unit, "")
    because = ""
    if drug is None:
        because = tr("it is not in the table of factors")
    elif drug.factor is None:
        because = drug.no_factor_because
    elif medicine.route != drug.route:
        because = tr("only a dose {route} is converted").format(route=formulary.routes[drug.route])
    elif unit != drug.unit:
        because = tr("only a dose in {unit} is converted").format(unit=rule.unit_labels[drug.unit])
    elif medicine.per_day is None:
        because = tr("the dose is not known")
    elif medicine.as_needed and not medicine.maximum_known:
        because = tr("taken as needed without a daily maximum")
    factor = drug.factor if drug is not None and not because else None
    dose = medicine.per_day
    return Part(
        drug=medicine.drug,
        label=label,
        per_day=dose,
        unit=rule.unit_labels.get(unit, medicine.unit),
        route=formulary.routes.get(medicine.route, medicine.route),
        factor=factor,
        equivalents=round(dose * factor, _DIGITS) if factor is not None and dose is not None else None,
        because=because,
        source=drug.source if drug is not None else "",
        check=drug.check if drug is not None else "",
    )


def reaches(interval: Interval, rule: EquivalentRule) -> str:
    """Whether the alert is reached: yes as soon as the known part reaches it, else no or unknown."""
    if interval.low is not None and interval.low >= rule.alert:
        return "yes"
    return "no" if interval.high is not None and interval.high < rule.alert else "unknown"
