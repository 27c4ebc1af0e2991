"""Whose advice would change with another edition of the guideline: worked out under both before it is switched on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.engine.answers import AnswerSheet
from desktop_app.engine.decision import Decision, Status
from desktop_app.engine.judge import judge
from desktop_app.engine.model import Pack, Tier
from desktop_app.use_cases.domain import Encounter, EncounterState, Patient
from desktop_app.use_cases.patient_answers import understood, whole_sheet

if TYPE_CHECKING:
    from desktop_app.engine.derive import Clinical
    from desktop_app.use_cases.ports import Store

EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class Advice:
    """What decides what a patient is told."""

    floor: Tier
    ceiling: Tier
    due: date | None
    statuses: Mapping[str, Status]
    titles: Mapping[str, str]  # of the options, by id


@dataclass(frozen=True, slots=True)
class Affected:
    """An open patient whose advice would be another one."""

    patient: Patient
    encounter_id: str
    draft: bool
    before: Advice
    after: Advice
    unread: int = 0  # answers that the new edition does not ask for

    @property
    def options(self) -> tuple[str, ...]:
        """Ids of the options that change, those that are dropped and new ones among them; the old order first."""
        every = dict.fromkeys((*self.before.statuses, *self.after.statuses))
        return tuple(name for name in every if self.before.statuses.get(name) is not self.after.statuses.get(name))

    @property
    def differs(self) -> bool:
        first, then = self.before, self.after
        return (first.floor, first.ceiling, first.due) != (then.floor, then.ceiling, then.due) or bool(self.options)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``looked_at``: how many open drafts and running plans were worked out twice."""

    looked_at: int
    affected: tuple[Affected, ...]  # most urgent first


def compare_open_patients(store: Store, old: tuple[Pack, Clinical], new: tuple[Pack, Clinical], today: date,
                          services: Mapping[str, str]) -> Comparison:
    """Drafts as of today; the newest signed plan whose clock runs as of the day it was signed."""
    looked_at, found = 0, []
    for row in store.worklist(EVERY):
        encounter = store.encounter(row.encounter_id)
        if encounter.state not in (EncounterState.DRAFT, EncounterState.SIGNED):
            continue
        one = _compared(row.patient, encounter, old, new, today, services)
        if one is None:
            continue
        looked_at += 1
        if one.differs:
            found.append(one)
    return Comparison(looked_at, tuple(found))


def _compared(patient: Patient, encounter: Encounter, old: tuple[Pack, Clinical], new: tuple[Pack, Clinical],
              today: date, services: Mapping[str, str]) -> Affected | None:
    """None: the clock of a signed plan stands still."""
    draft = encounter.state is EncounterState.DRAFT
    as_of = today if draft else encounter.as_of
    decisions = []
    for pack, clinical in (old, new):
        sheet = _sheet(pack, patient, encounter)
        decisions.append(judge(pack, sheet, as_of, clinical, services=services, explain=False).decision)
    before, after = decisions
    if not draft and before.tier.clock_stopped and after.tier.clock_stopped:
        return None
    unread = len(encounter.answers) - len(understood(new[0], encounter.answers))
    return Affected(patient, encounter.id, draft, _advice(before), _advice(after), unread)


def _sheet(pack: Pack, patient: Patient, encounter: Encounter) -> AnswerSheet:
    return whole_sheet(pack, patient, understood(pack, encounter.answers))


def _advice(decision: Decision) -> Advice:
    return Advice(decision.tier.floor, decision.tier.ceiling, decision.tier.due_date,
                  {one.id: one.status for one in decision.options}, {one.id: one.title for one in decision.options})
