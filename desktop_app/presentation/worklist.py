"""The worklist: whose time limit comes first, and the one thing to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.engine.model import Tier
from desktop_app.presentation import words
from desktop_app.use_cases.domain import EncounterState, Patient, WorklistRow

SOON = 14


@dataclass(frozen=True, slots=True)
class WorkRow:
    patient_id: str
    encounter_id: str
    name: str
    line: str  # "F 72 · TR-0001"
    tier: str  # "" when not final and nothing is certain
    tier_word: str
    next_step: str
    date: str
    distance: str
    overdue: bool
    action: str
    training: bool


@dataclass(frozen=True, slots=True)
class WorkGroup:
    title: str
    rows: tuple[WorkRow, ...]


def _line(patient: Patient, today: date) -> str:
    return f"{patient.sex[:1].upper()} {words.age(patient.born, today)} · {patient.number}"


def identity(patient: Patient, today: date) -> str:
    """The identity line of the header."""
    years = words.age(patient.born, today)
    return f"{patient.sex.capitalize()}, {years} years · born {words.day(patient.born)} · {patient.number}"


def _distance(due: date, today: date) -> str:
    days = (due - today).days
    if days < 0:
        return f"{words.count(-days, 'day')} overdue"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days" if days < 8 * 7 else f"in {days // 7} weeks")


def row(found: WorklistRow, today: date) -> WorkRow:
    tier = words.tier_by_name(found.tier_floor)
    draft = found.state is EncounterState.DRAFT
    due = found.due_date
    unsure = not found.final and tier is Tier.NONE
    return WorkRow(
        patient_id=found.patient.id, encounter_id=found.encounter_id, name=found.patient.name,
        line=_line(found.patient, today), tier="" if unsure else tier.name,
        tier_word="Not final" if unsure else words.TIER[tier][0],
        next_step=found.next_step, date=words.day(due) if due else "No due date",
        distance=_distance(due, today) if due else "", overdue=due is not None and due < today,
        action="Continue" if draft else "Open plan", training=found.patient.training,
    )


def groups(rows: list[WorklistRow], today: date) -> tuple[WorkGroup, ...]:
    """Emergencies not yet handed over stand first, then what is overdue, soon and later."""
    urgent, overdue, soon, later, undated = [], [], [], [], []
    for found in sorted(rows, key=lambda r: (r.due_date or date.max, r.patient.name)):
        due = found.due_date
        line = row(found, today)
        if found.emergency:
            urgent.append(line)
        elif due is None:
            undated.append(line)
        elif due < today:
            overdue.append(line)
        elif (due - today).days <= SOON:
            soon.append(line)
        else:
            later.append(line)
    titled = (("Emergencies", urgent), ("Overdue", overdue), (f"Due within {SOON} days", soon),
              ("Later", later), ("Without a due date", undated))
    return tuple(WorkGroup(title, tuple(found)) for title, found in titled if found)
