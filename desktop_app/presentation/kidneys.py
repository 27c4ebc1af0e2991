"""The medicines page besides its questions: clearance with its calculation, dose bands, opioid equivalents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.engine.decision import Decision
from desktop_app.engine.model import Check, Pack
from desktop_app.presentation import words
from desktop_app.presentation.wizard import Wizard


@dataclass(frozen=True, slots=True)
class Calculation:
    """One worked-out number: what it is, from what, or why it is not known."""

    title: str
    value: str
    known: bool
    lines: tuple[str, ...]
    source: words.Provenance


@dataclass(frozen=True, slots=True)
class Band:
    drug: str
    lines: tuple[str, ...]  # one a dose band that is still possible
    notes: tuple[str, ...]
    known: bool
    source: words.Provenance


@dataclass(frozen=True, slots=True)
class MedicinesModel:
    clearance: Calculation | None
    equivalents: Calculation | None
    bands: tuple[Band, ...]
    warnings: tuple[str, ...]


def build(wizard: Wizard) -> MedicinesModel:
    pack, data = wizard.consultation.pack, wizard.decision.medicines
    bands = _map(data.get("bands"))
    return MedicinesModel(
        clearance=_clearance(pack, _map(data.get("clearance"))),
        equivalents=_equivalents(pack, _map(data.get("mme"))),
        bands=tuple(_band(pack, _map(b)) for b in bands.values()),
        warnings=tuple(f"{r['label']}: {r['text']} ({_check(r)})" for r in _maps(data.get("renal"))
                       if r.get("applies") in {"yes", "unknown"} and r.get("below") is not None
                       and _taken(wizard, str(r.get("drug")))),
    )


def _taken(wizard: Wizard, drug: str) -> bool:
    """Whether the patient is known to take it; only then is its kidney rule worth a line."""
    for given in wizard.consultation.answers.values():
        if isinstance(given.value, tuple) and any(m.drug == drug for m in given.value):
            return True
    return False


def _clearance(pack: Pack, data: Mapping[str, object]) -> Calculation | None:
    if not data:
        return None
    lines = [f"{i['label']}: {i['value']}" for i in _maps(data.get("inputs"))]
    if data.get("how") != "entered":
        lines.append(str(data.get("formula", "")))
    lines += _texts(data, "unknown_because")
    if data.get("range_because"):
        lines.append(str(data["range_because"]))
    if data.get("dialysis_text"):
        lines.append(str(data["dialysis_text"]))
    known = data.get("value") is not None
    return Calculation(str(data.get("label")), str(data.get("shown") or "Not known"), known, tuple(lines),
                       words.provenance(pack, str(data.get("source"))))


def _equivalents(pack: Pack, data: Mapping[str, object]) -> Calculation | None:
    if not data:
        return None
    lines = [str(p.get("sentence") or p.get("label") or "") for p in _maps(data.get("parts"))]
    lines += _texts(data, "unknown_because")
    alert = data.get("alert")
    if data.get("reaches_alert") == "yes":
        lines.append(f"At or above {alert} a day.")
    elif data.get("reaches_alert") == "unknown":
        lines.append(f"May reach {alert} a day.")
    return Calculation(str(data.get("label")), str(data.get("shown") or "Not known"), bool(data.get("exact")),
                       tuple(line for line in lines if line), words.provenance(pack, str(data.get("source"))))


def _band(pack: Pack, data: Mapping[str, object]) -> Band:
    rows = _maps(data.get("rows"))
    lines = tuple(f"Clearance {r['label']} ml/min: {r['dose']}, {r['schedule']}" for r in rows)
    notes = tuple(str(data[k]) for k in ("start", "ceiling", "taper", "label_dose") if data.get(k))
    return Band(str(data.get("label")), lines, notes, bool(data.get("known")),
                words.provenance(pack, str(data.get("source"))))


def band_of(pack: Pack, decision: Decision, drug: str) -> Band | None:
    """The dose band of one drug for this patient; None when the pack has none."""
    found = _map(_map(decision.medicines.get("bands")).get(drug))
    return _band(pack, found) if found else None


def _check(row: Mapping[str, object]) -> str:
    value = str(row.get("check"))
    return words.CHECK[Check(value)] if value in set(Check) else value


def _texts(data: Mapping[str, object], key: str) -> list[str]:
    value = data.get(key)
    return [str(v) for v in value] if isinstance(value, list | tuple) else []


def _map(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _maps(value: object) -> list[Mapping[str, object]]:
    return [v for v in value if isinstance(v, Mapping)] if isinstance(value, list | tuple) else []
