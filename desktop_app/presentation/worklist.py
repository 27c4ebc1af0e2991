"""The worklist: whose time limit comes first, and the one thing to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.engine.model import Tier
from desktop_app.language import tr
from desktop_app.presentation import words
from desktop_app.presentation.standing import void_lines
from desktop_app.use_cases.domain import EncounterState, Patient, Visits, Void, WorklistRow

SOON = 14
VOID_SHOWN = 30  # days that a voided plan stays in sight here; on the patient's page it stays for good


class Does(StrEnum):
    CONTINUE = "continue"  # go on with a draft
    LOOK = "look"  # at a signed plan
    BEGIN = "begin"  # a new consultation
    HISTORY = "history"  # every consultation of the patient


@dataclass(frozen=True, slots=True)
class Action:
    does: Does
    words: str
    target: str  # encounter id; of a new consultation and of the history the patient id


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
    note: str  # since when, where the date alone would be misread
    actions: tuple[Action, ...]  # the first is what Enter and a glance expect
    training: bool
    crossed_out: bool = False  # voided: nothing of it holds


@dataclass(frozen=True, slots=True)
class WorkGroup:
    title: str
    rows: tuple[WorkRow, ...]
    whole: bool = False  # every row is drawn at once, however many there are


def _line(patient: Patient, today: date) -> str:
    return f"{patient.sex[:1].upper()} {words.age(patient.born, today)} · {patient.number}"


def identity(patient: Patient, today: date) -> str:
    """The identity line of the header."""
    years = words.age(patient.born, today)
    return tr("{capitalize}, {years} years · born {born} · {number}").format(
        capitalize=words.sex(patient.sex), years=years, born=words.day(patient.born), number=patient.number
    )


def _distance(due: date, today: date) -> str:
    days = (due - today).days
    if days < 0:
        return tr("{count} overdue").format(count=words.count(-days, "day"))
    if days <= 1:
        return tr("tomorrow") if days else tr("today")
    away = words.count(days, "day") if days < 8 * 7 else words.count(days // 7, "week")
    return tr("in {away}").format(away=away)


def actions(visits: Visits, patient_id: str, *, consult: bool = True) -> tuple[Action, ...]:
    """What can be done about a patient. A new consultation is offered only where none is open, and only to somebody
    who may ``consult``; everybody else looks.
    """
    found = []
    if visits.draft:
        found.append(Action(Does.CONTINUE, tr("Continue") if consult else tr("Look at the draft"), visits.draft))
    if visits.signed:
        found.append(Action(Does.LOOK, tr("Look at the signed plan"), visits.signed))
    if consult and not visits.draft:
        found.append(Action(Does.BEGIN, tr("New consultation"), patient_id))
    if visits.any:
        found.append(Action(Does.HISTORY, tr("All consultations"), patient_id))
    return tuple(found)


def _void_row(found: WorklistRow, void: Void, today: date) -> WorkRow:
    """Crossed out, its clock stopped in sight."""
    return WorkRow(
        patient_id=found.patient.id, encounter_id=found.encounter_id, name=found.patient.name,
        line=_line(found.patient, today), tier="", tier_word=tr("Void"),
        next_step=void_lines(void)[0], date=tr("Clock stopped"), distance="", overdue=False, note="",
        actions=(Action(Does.LOOK, tr("Look at it"), found.encounter_id),
                 Action(Does.HISTORY, tr("All consultations"), found.patient.id)),
        training=found.patient.training, crossed_out=True,
    )


def late_before(found: WorklistRow) -> bool:
    """The limit had passed before the patient was first seen here: nobody here has let it pass."""
    return found.due_date is not None and found.first_visit is not None and found.due_date < found.first_visit


def _note(found: WorklistRow) -> str:
    due, first = found.due_date, found.first_visit
    if due is None or first is None or not late_before(found):
        return ""
    counted = (
        tr(" (counted from {counted_from})").format(counted_from=words.day(found.counted_from))
        if found.counted_from is not None
        else ""
    )
    return tr("Was due on {due}{counted}, before the first visit here on {first}.").format(
        due=words.day(due), counted=counted, first=words.day(first)
    )


def row(found: WorklistRow, today: date, *, other_draft: bool = False, consult: bool = True) -> WorkRow:
    """``other_draft``: the patient has a consultation begun after this signed one, in a row of its own."""
    tier = words.tier_by_name(found.tier_floor)
    draft = found.state is EncounterState.DRAFT
    visits = Visits(found.encounter_id if draft else "", "" if draft else found.encounter_id)
    due = found.due_date
    unsure = not found.final and tier is Tier.NONE
    return WorkRow(
        patient_id=found.patient.id, encounter_id=found.encounter_id, name=found.patient.name,
        line=_line(found.patient, today), tier="" if unsure else tier.name,
        tier_word=tr("Not final") if unsure else words.TIER[tier][0],
        next_step=found.next_step, date=words.day(due) if due else tr("No due date"),
        distance=tr("act today") if late_before(found) else _distance(due, today) if due else "",
        overdue=due is not None and due < today, note=_note(found),
        actions=tuple(one for one in actions(visits, found.patient.id, consult=consult)
                      if not (other_draft and one.does is Does.BEGIN)),
        training=found.patient.training,
    )


def groups(rows: list[WorklistRow], today: date, *, consult: bool = True) -> tuple[WorkGroup, ...]:
    """Emergencies not yet handed over stand first, then what is overdue, soon and later."""
    urgent, overdue, soon, later, undated, void = [], [], [], [], [], []
    begun = {found.patient.id for found in rows if found.state is EncounterState.DRAFT}
    for found in sorted(rows, key=lambda r: (r.due_date or date.max, r.patient.name)):
        due = found.due_date
        if found.void is not None:
            if (today - found.void.at.date()).days <= VOID_SHOWN:
                void.append(_void_row(found, found.void, today))
            continue
        line = row(found, today, other_draft=found.patient.id in begun, consult=consult)
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
    titled = (
        (tr("Emergencies"), urgent),
        (tr("Overdue"), overdue),
        (tr("Due within {SOON} days").format(SOON=SOON), soon),
        (tr("Later"), later),
        (tr("Without a due date"), undated),
        (tr("Void: nothing of these holds"), void),
    )
    return tuple(WorkGroup(title, tuple(found), whole=found is urgent) for title, found in titled if found)
