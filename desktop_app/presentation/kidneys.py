"""The medicines page besides its questions: clearance with its calculation, dose bands, opioid equivalents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.engine.answers import DateRange
from desktop_app.engine.conditions import atoms_of
from desktop_app.engine.decision import Decision, Status
from desktop_app.engine.model import Check, Pack
from desktop_app.language import tr
from desktop_app.pictures.timeline import Course
from desktop_app.presentation import words
from desktop_app.presentation.ports import OpenConsultation
from desktop_app.use_cases.courses import courses
from desktop_app.use_cases.lower_start import lower_start

TAKES = frozenset({"takes", "takes_alert"})  # the questions about what is taken


@dataclass(frozen=True, slots=True)
class Calculation:
    """One worked-out number: what it is, from what, or why it is not known."""

    title: str
    value: str
    known: bool
    inputs: tuple[tuple[str, str], ...]  # (what went in, its value)
    lines: tuple[str, ...]  # the calculation itself, and what to mind
    source: words.Provenance


@dataclass(frozen=True, slots=True)
class Band:
    drug: str
    lines: tuple[str, ...]  # one a dose band that is still possible
    notes: tuple[str, ...]
    known: bool
    source: words.Provenance
    lower: tuple[str, ...] = ()  # why this patient begins below what the label says
    worked: tuple[str, ...] = ()  # this patient's clearance and how it was worked out, or why it is not known


@dataclass(frozen=True, slots=True)
class Interaction:
    """Something the patient takes that matters to an option, with what the plan has to settle."""

    taken: str
    option: str
    matters: str
    barred: bool


@dataclass(frozen=True, slots=True)
class MedicinesModel:
    clearance: Calculation | None
    equivalents: Calculation | None
    bands: tuple[Band, ...]
    warnings: tuple[str, ...]
    interactions: tuple[Interaction, ...]
    not_asked: int  # medicines that may matter and were not asked about
    courses: tuple[Course, ...]
    today: date
    to_settle: tuple[tuple[str, str], ...]  # (date or dose not settled, its question)

    @property
    def brief(self) -> str:
        """Everything in one line."""
        told = []
        if self.clearance is not None:
            told.append(tr("Clearance {value}").format(value=words.inside(self.clearance.value)))
        if self.equivalents is not None:
            told.append(tr("Morphine equivalents {value}").format(value=words.inside(self.equivalents.value)))
        if self.interactions:
            told.append(tr("{interactions} to mind with what is taken").format(interactions=len(self.interactions)))
        if self.not_asked:
            told.append(tr("{not_asked} of medicine not known").format(not_asked=words.count(self.not_asked, "kind")))
        dates = sum(not mark.settled for course in self.courses for mark in course.marks)
        if dates:
            told.append(tr("{dates} not settled").format(dates=words.count(dates, "date")))
        return " · ".join(told)


def build(consultation: OpenConsultation, decision: Decision) -> MedicinesModel:
    pack, data = consultation.pack, decision.medicines
    bands = _map(data.get("bands"))
    drawn = courses(pack, decision, consultation.choices)
    equivalents = _equivalents(pack, _map(data.get("mme")))
    return MedicinesModel(
        clearance=_clearance(pack, _map(data.get("clearance"))),
        equivalents=equivalents if equivalents is not None and equivalents.inputs else None,
        bands=tuple(found for drug in bands if (found := band_of(pack, decision, str(drug))) is not None),
        warnings=tuple(f"{r['label']}: {r['text']} ({_check(r)})" for r in _maps(data.get("renal"))
                       if r.get("applies") in {"yes", "unknown"} and r.get("below") is not None
                       and _taken(consultation, str(r.get("drug")))),
        interactions=interactions(pack, decision),
        not_asked=sum(decision.answers.get(a) is None or decision.answers[a].value is None
                      for a, atom in pack.atoms.items() if atom.question in TAKES),
        courses=drawn, today=consultation.as_of,
        to_settle=tuple(_to_settle(pack, decision, drawn)),
    )


def _to_settle(pack: Pack, decision: Decision, drawn: tuple[Course, ...]) -> Iterator[tuple[str, str]]:
    """The questions behind marks without a settled date, where there is one and it applies."""
    for course in drawn:
        for stage in pack.options[course.id].course:
            given = decision.answers.get(stage.on)
            if stage.on and (given is None or given.value is None):
                yield f"{course.title}: {words.inside(stage.label)}", pack.atoms[stage.on].question


def interactions(pack: Pack, decision: Decision) -> tuple[Interaction, ...]:
    """Cautions and contraindications of a medicine that hold because of something else the patient takes."""
    named = {key: each.when for key, each in pack.conditions.items()}
    found = []
    for advice in decision.options:
        option = pack.options[advice.id]
        if advice.group != "medicines" or advice.status is Status.NOT_OFFERED:
            continue
        for clause in (*option.never_when, *option.conditional_when):
            barred = clause.id in advice.prohibited_by
            if not barred and clause.id not in advice.cautions_met:
                continue
            taken = [pack.atoms[a].label for a in sorted(atoms_of(clause.when, named))
                     if pack.atoms[a].question in TAKES and _yes(decision, a)]
            if taken:
                told = tr("ruled out") if barred else words.inside(clause.plan or clause.label)
                found.append(Interaction(taken[0], advice.title, told, barred))
    return tuple(dict.fromkeys(found))


def _yes(decision: Decision, atom: str) -> bool:
    given = decision.answers.get(atom)
    return given is not None and given.value is True


def _taken(consultation: OpenConsultation, drug: str) -> bool:
    """Whether the patient is known to take it; only then is its kidney rule worth a line."""
    for given in consultation.answers.values():
        if isinstance(given.value, tuple) and any(m.drug == drug for m in given.value):
            return True
    return False


def _clearance(pack: Pack, data: Mapping[str, object]) -> Calculation | None:
    if not data:
        return None
    lines = []
    if data.get("how") != "entered":
        lines.append(words.capital(str(data.get("formula", ""))))
        lines += [str(data["worked"])] if data.get("worked") else []
    lines += [words.capital(text) for text in _texts(data, "unknown_because")]
    if data.get("range_because"):
        lines.append(tr("A range, because {range_because}").format(range_because=data["range_because"]))
    if data.get("dialysis_text"):
        lines.append(str(data["dialysis_text"]))
    known = data.get("value") is not None
    shown = str(data.get("shown") or tr("not known"))
    return Calculation(str(data.get("label")), words.capital(shown), known,
                       tuple((str(i["label"]), _day(str(i["value"]))) for i in _maps(data.get("inputs"))), tuple(lines),
                       words.provenance(pack, str(data.get("source"))))


def _equivalents(pack: Pack, data: Mapping[str, object]) -> Calculation | None:
    if not data:
        return None
    parts = _maps(data.get("parts"))
    reasons = _texts(data, "unknown_because")
    inputs = [_part(p) for p in parts]
    at_least, exact = data.get("at_least"), bool(data.get("exact"))
    total = words.number(float(at_least)) if isinstance(at_least, int | float) else "0"
    if inputs:
        inputs.append(
            (tr("Sum"), tr("{total} a day").format(total=total))
            if exact
            else (tr("Sum of what is known"), tr("at least {total} a day").format(total=total))
        )
    elif reasons:
        inputs.append((tr("Sum"), tr("not known")))
    lines = [words.capital(text) for text in reasons]
    alert = data.get("alert")
    if data.get("reaches_alert") == "yes":
        lines.append(tr("At or above {alert} a day.").format(alert=_figure(alert)))
    elif data.get("reaches_alert") == "unknown":
        lines.append(tr("May reach {alert} a day.").format(alert=_figure(alert)))
    lines += _texts(data, "notes")[:1]
    value = (
        tr("{total} a day").format(total=total)
        if exact
        else tr("At least {total} a day").format(total=total)
        if at_least
        else tr("Not known")
    )
    return Calculation(str(data.get("label")), value, exact, tuple(inputs), tuple(lines),
                       words.provenance(pack, str(data.get("source"))))


def _day(text: str) -> str:
    """A date of the record, or two that it lies between, as on the other pages; other words as they are."""
    first, _, last = text.partition(" to ")
    try:
        earliest = date.fromisoformat(first)
        return words.span(DateRange(earliest, date.fromisoformat(last) if last else earliest))
    except ValueError:
        return words.inside(text)


def _figure(value: object) -> str:
    return words.number(float(value)) if isinstance(value, int | float) else str(value)


def _part(part: Mapping[str, object]) -> tuple[str, str]:
    """One opioid of the sum: dose times factor, or why it is not in it."""
    dose = part.get("per_day")
    told = f"{words.number(float(dose))} {part.get('unit')}" if isinstance(dose, int | float) else tr("dose not known")
    name = f"{part.get('label')} {part.get('route')}, {told}"
    if part.get("not_converted_because"):
        return name, tr("not counted: {not_converted_because}").format(
            not_converted_because=part["not_converted_because"]
        )
    factor, result = part.get("factor"), part.get("mme")
    if isinstance(factor, int | float) and isinstance(result, int | float):
        return f"{name} x {factor:g}", words.number(float(result))
    return name, tr("not counted")


def _band(pack: Pack, data: Mapping[str, object]) -> Band:
    rows = _maps(data.get("rows"))
    lines = tuple(
        tr("Clearance {label} ml/min: {dose}, {schedule}").format(
            label=r["label"], dose=r["dose"], schedule=r["schedule"]
        )
        for r in rows
    )
    notes = tuple(str(data[k]) for k in ("start", "ceiling", "taper", "label_dose") if data.get(k))
    return Band(str(data.get("label")), lines, notes, bool(data.get("known")),
                words.provenance(pack, str(data.get("source"))))


def band_of(pack: Pack, decision: Decision, drug: str) -> Band | None:
    """The dose band of one drug for this patient; None when the pack has none."""
    found = _map(_map(decision.medicines.get("bands")).get(drug))
    if not found:
        return None
    return replace(_band(pack, found), worked=_worked(_map(decision.medicines.get("clearance"))),
                   lower=lower_start(pack, decision, drug))


def _worked(data: Mapping[str, object]) -> tuple[str, ...]:
    shown = str(data.get("shown") or tr("not known"))
    if data.get("worked"):
        return (tr("Clearance {shown}: {worked}").format(shown=shown, worked=data["worked"]),)
    because = _texts(data, "unknown_because")
    if because:
        return (tr("Clearance not known: {because}").format(because="; ".join(because)),)
    how = tr(" from a report") if data.get("how") == "entered" else ""
    return (tr("Clearance {shown}{how}").format(shown=shown, how=how),)


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
