"""Everything the medicines page and the plan show besides options, as plain JSON data.

Each number carries what it was worked out from, its source and how far that was checked; whatever is
unknown says why. Nothing is decided here: the same functions gave the engine its values.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.clinical.formulary import BandRow, DoseBands, Formulary
from desktop_app.clinical.kidney import (
    UNBOUNDED,
    ClearanceInputs,
    bands_possible,
    clearance,
    in_proportion,
    show,
    unknown_because,
)
from desktop_app.clinical.opioids import Equivalents, OpioidInputs, Part, morphine_equivalents, reaches
from desktop_app.engine.answers import DateRange, Quantity
from desktop_app.engine.derive import Inputs, Interval, Possible
from desktop_app.engine.model import Atom
from desktop_app.language import tr


class MedicinesPage:
    """Prints clearance, bands and morphine equivalents of one pack."""

    def __init__(
        self, formulary: Formulary, *, clearance: Atom | None, equivalents: Atom | None, atoms: Mapping[str, Atom]
    ) -> None:
        """``clearance``, ``equivalents``: the derived findings of the pack, None when it has none."""
        self.formulary = formulary
        self._clearance = clearance
        self._equivalents = equivalents
        self._atoms = atoms
        self._edges = tuple(
            sorted(
                {
                    b
                    for drug in formulary.bands.values()
                    for row in drug.rows
                    for b in (row.low, row.high)
                    if b is not None
                }
            )
        )

    def data(self, answers: Inputs, derived: Mapping[str, Possible], as_of: date) -> dict[str, object]:
        """``answers``: what counts on the day; ``derived``: what the engine worked out from it."""
        known = {**answers, **derived}
        kidney, interval = self._kidney(known, as_of)
        return {
            "clearance": kidney,
            "bands": {name: self._bands(drug, interval) for name, drug in self.formulary.bands.items()},
            "mme": self._mme(known),
            "renal": self._renal(interval),
            "no_dose": self.formulary.no_dose,
        }

    # --- kidney --------------------------------------------------------------------------------------

    def _kidney(self, known: Inputs, as_of: date) -> tuple[dict[str, object], Interval]:
        rule = self.formulary.clearance
        roles = _roles(self._clearance)
        data: dict[str, object] = {
            "label": rule.label,
            "formula": rule.formula,
            "weight": rule.weight,
            "unit": rule.unit,
            "source": rule.source,
            "check": rule.check,
        }
        if self._clearance is None or not roles:
            return {**data, "how": "unknown", "unknown_because": []}, UNBOUNDED
        inputs = ClearanceInputs.take(known, roles)
        interval = clearance(inputs, rule, as_of)
        reasons = unknown_because(inputs, rule, as_of)
        how = "entered" if inputs.entered is not None else "unknown" if reasons else "computed"
        return {
            **data,
            "how": how,
            "value": interval.exact,
            "low": interval.low,
            "high": interval.high,
            "shown": self._shown(interval),
            "inputs": self._inputs(known, roles, "entered" if how == "entered" else "computed"),
            "worked": self._worked(inputs, interval) if how == "computed" else "",
            "unknown_because": list(reasons),
            "range_because": _range_because(interval, known_sex=inputs.sex in rule.sex_factors),
            "dialysis": inputs.dialysis,
            "dialysis_text": rule.dialysis if inputs.dialysis else "",
        }, interval

    def _worked(self, inputs: ClearanceInputs, interval: Interval) -> str:
        """The formula with this patient's numbers and the result, a range where a number is one."""
        age, weight, creatinine = inputs.age, inputs.weight_kg, inputs.creatinine_mg_dl
        if weight is None or creatinine is None or age.low is None or age.high is None:
            return ""
        years = f"{age.low:g}" if age.low == age.high else f"{age.low:g} to {age.high:g}"
        factor = self.formulary.clearance.sex_factors.get(inputs.sex or "")
        sex = tr("the factor of the sex") if factor is None else f"{factor:g}"
        times = "" if factor == 1 else f" x {sex}"
        return f"(140 - {years}) x {weight:g} / (72 x {creatinine:.3g}){times} = {self._shown(interval)}"

    def _shown(self, interval: Interval) -> str:
        unit = self.formulary.clearance.unit
        if interval.low is None or interval.high is None:
            return tr("not known")
        if interval.exact is not None:
            return f"{show(interval.low, self._edges)} {unit}"
        span = tr("{low} to {high}").format(low=show(interval.low, self._edges), high=show(interval.high, self._edges))
        return f"{span} {unit}"

    def _inputs(self, known: Inputs, roles: Mapping[str, str], how: str) -> list[dict[str, object]]:
        wanted = (
            ("entered",)
            if how == "entered"
            else ("age", "sex", "weight", "creatinine", "creatinine_date", "kidney_stable")
        )
        entries: list[dict[str, object]] = []
        for role in wanted:
            atom = self._atoms[roles[role]]
            value = known.get(atom.id)
            entries.append({"atom": atom.id, "label": atom.label, "value": _words(atom, value)})
        return entries

    # --- bands ---------------------------------------------------------------------------------------

    def _bands(self, drug: DoseBands, interval: Interval) -> dict[str, object]:
        rows = bands_possible(drug, interval)
        return {
            "label": drug.label,
            "possible": [row.id for row in rows],
            "known": len(rows) == 1,
            "rows": [self._row(drug, row, interval) for row in rows],
            "start": drug.start,
            "ceiling": drug.ceiling,
            "ceiling_mg": drug.ceiling_mg,
            "taper": drug.taper,
            "label_dose": self.formulary.label_dose,
            "dialysis": {"text": drug.dialysis, "source": drug.dialysis_source, "check": drug.dialysis_check},
            "source": drug.source,
            "check": drug.check,
        }

    @staticmethod
    def _row(drug: DoseBands, row: BandRow, interval: Interval) -> dict[str, object]:
        exact = interval.exact
        reduced = in_proportion(row, exact) if exact is not None else None
        return {
            "id": row.id,
            "label": row.label,
            "label_edge": row.label_edge,
            "dose": row.dose,
            "from_mg": row.from_mg,
            "to_mg": row.to_mg,
            "schedule": row.schedule,
            "steps": list(row.steps),
            "in_proportion": None
            if reduced is None
            else {
                "from_mg": reduced[0],
                "to_mg": reduced[1],
                "text": tr("in proportion: {low} to {high} mg a day").format(
                    low=f"{reduced[0]:g}", high=f"{reduced[1]:g}"),
            },
            "source": drug.rows_source,
            "check": drug.rows_check,
        }

    def _renal(self, interval: Interval) -> list[dict[str, object]]:
        """Per drug of the list: the remark on kidneys with whether it applies, or that no dose is shown."""
        notes: list[dict[str, object]] = []
        for drug in self.formulary.drugs.values():
            if drug.id in self.formulary.bands:
                continue
            applies = ""
            if drug.renal_below is not None:
                applies = "unknown"
                if interval.high is not None and interval.high < drug.renal_below:
                    applies = "yes"
                elif interval.low is not None and interval.low >= drug.renal_below:
                    applies = "no"
            notes.append(
                {
                    "drug": drug.id,
                    "label": drug.label,
                    "text": drug.renal or self.formulary.no_dose,
                    "below": drug.renal_below,
                    "applies": applies,
                    "check": drug.renal_check or drug.check,
                    "source": drug.source,
                }
            )
        return notes

    # --- opioids -------------------------------------------------------------------------------------

    def _mme(self, known: Inputs) -> dict[str, object]:
        rule = self.formulary.equivalents
        roles = _roles(self._equivalents)
        data: dict[str, object] = {
            "label": rule.label,
            "alert": rule.alert,
            "notes": list(rule.notes),
            "source": rule.source,
            "check": rule.check,
        }
        if self._equivalents is None or not roles:
            return {**data, "at_least": 0.0, "exact": False, "parts": [], "unknown_because": []}
        total = morphine_equivalents(OpioidInputs.take(known, roles), self.formulary)
        exact = not total.reasons
        return {
            **data,
            "at_least": total.at_least,
            "exact": exact,
            "shown": _total_words(total),
            "reaches_alert": reaches(total.interval, rule),
            "parts": [_part(part) for part in total.parts],
            "unknown_because": list(total.reasons),
        }


def _total_words(total: Equivalents) -> str:
    """The sum, or what is known of it with the reasons why that is not all."""
    if not total.reasons:
        return tr("{amount} a day").format(amount=f"{total.at_least:g}")
    because = "; ".join(total.reasons)
    if not total.at_least:
        return tr("not known ({because})").format(because=because)
    return tr("at least {amount} a day; the true total is not known ({because})").format(
        amount=f"{total.at_least:g}", because=because)


def _part(part: Part) -> dict[str, object]:
    return {
        "drug": part.drug,
        "label": part.label,
        "per_day": part.per_day,
        "unit": part.unit,
        "route": part.route,
        "factor": part.factor,
        "mme": part.equivalents,
        "not_converted_because": part.because,
        "source": part.source,
        "check": part.check,
    }


def _roles(atom: Atom | None) -> dict[str, str]:
    if atom is None or atom.derived is None:
        return {}
    return {role: str(name) for role, name in atom.derived.arguments.items()}


def _range_because(interval: Interval, *, known_sex: bool) -> str:
    if interval.low is None or interval.low == interval.high:
        return ""
    return tr("the age is not known exactly") if known_sex else tr("the sex is not known")


def _words(atom: Atom, value: object) -> str:
    """One input in words, as entered."""
    if value is None:
        return tr("not known")
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, Quantity):
        unit = {u.id: u.label for u in atom.units}.get(value.unit, value.unit)
        return f"{value.entered:g} {unit}".strip()
    if isinstance(value, DateRange):
        if value.earliest == value.latest:
            return value.earliest.isoformat()
        return tr("{low} to {high}").format(low=value.earliest.isoformat(), high=value.latest.isoformat())
    if isinstance(value, Interval):
        return _interval_words(atom, value)
    return atom.option_label(value) if isinstance(value, str) and atom.options else str(value)


def _interval_words(atom: Atom, value: Interval) -> str:
    unit = atom.units[0].label if atom.units else ""
    if value.low is None or value.high is None:
        return tr("not known")
    low, high = f"{value.low:g}", f"{value.high:g}"
    number = low if low == high else tr("{low} to {high}").format(low=low, high=high)
    return f"{number} {unit}".strip()
