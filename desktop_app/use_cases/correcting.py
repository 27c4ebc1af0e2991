"""What becomes of a plan after its signature: a correction takes its place, or it is voided. Nothing signed changes."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop_app.language import tr
from desktop_app.use_cases.domain import (
    Clinician,
    DocumentEntry,
    Encounter,
    EncounterState,
    PaperKind,
    Replaced,
    Void,
)
from desktop_app.use_cases.errors import BadData, Conflict
from desktop_app.use_cases.patient_answers import understood

if TYPE_CHECKING:
    from desktop_app.engine.model import Pack
    from desktop_app.use_cases.ports import Store

HOLDS_OR_HELD = (EncounterState.SIGNED, EncounterState.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a plan holds, and what took its place."""

    number: str = ""  # of the care plan; "" of a draft
    signed_on: date | None = None
    replaced_by: str = ""  # number of the care plan that took its place
    replaced_on: date | None = None
    why_replaced: str = ""
    void: Void | None = None
    replaces: Replaced | None = None  # of a correction

    @property
    def holds(self) -> bool:
        return bool(self.number) and not self.replaced_by and self.void is None

    @property
    def warning(self) -> str:
        """The line that goes before the words of a plan that does not hold; "" of one that does."""
        if self.void is not None:
            said = tr("VOID: {number} was signed for the wrong patient. Nothing of it holds.")
            return said.format(number=self.number) + "\n\n"
        if not self.replaced_by:
            return ""
        return tr("SUPERSEDED by {other}: do not act on this.").format(other=self.replaced_by) + "\n\n"


@dataclass(frozen=True, slots=True)
class Visit:
    """One encounter of a patient's history."""

    encounter: Encounter
    standing: Standing
    clinician: str


def standing_of(store: Store, encounter: Encounter) -> Standing:
    replaces = replaced_by_this(store, encounter)
    if encounter.state is EncounterState.DRAFT:
        return Standing(replaces=replaces)
    plan = _plan(store, encounter.id)
    successor = None
    if encounter.state is EncounterState.SUPERSEDED:
        successor = next((one for one in store.encounters_of(encounter.patient_id)
                          if one.supersedes == encounter.id and one.state in HOLDS_OR_HELD), None)
    newer = _plan(store, successor.id) if successor is not None else None
    return Standing(
        number=plan.number if plan is not None else "",
        signed_on=plan.created.date() if plan is not None else None,
        replaced_by=newer.number if newer is not None else "",
        replaced_on=newer.created.date() if newer is not None else None,
        why_replaced=successor.reason if successor is not None else "",
        void=encounter.void,
        replaces=replaces,
    )


def replaced_by_this(store: Store, encounter: Encounter) -> Replaced | None:
    """Of a correction, draft or signed: the plan that it takes the place of."""
    if not encounter.supersedes:
        return None
    old = store.entries_of(encounter.supersedes)
    signed_on = min((one.created.date() for one in old), default=encounter.as_of)
    return Replaced({one.kind: one.number for one in old}, signed_on, encounter.reason)


def history_of(store: Store, patient_id: str) -> tuple[Visit, ...]:
    """Newest first, drafts among them."""
    every = sorted(store.encounters_of(patient_id), key=lambda one: -one.sequence)
    return tuple(Visit(one, standing_of(store, one), store.clinician(one.clinician_id).name) for one in every)


def start_correction(store: Store, old: Encounter, reason: str, *, clinician: Clinician, pack: Pack, now: datetime,
                     ) -> Encounter:
    """A draft that begins with everything the old plan holds, answers with their own dates: what must be asked anew
    on another day is asked anew. Under another content of the guideline it keeps what that still asks, as an open
    consultation does, and every decision is made anew. Raises ``BadData`` without a reason, ``Conflict`` where the
    plan does not hold.
    """
    if not reason.strip():
        raise BadData(tr("Say why the plan is corrected; the new plan names it."))
    every = store.encounters_of(old.patient_id)
    newer = [one for one in every if one.sequence > old.sequence and one.state is EncounterState.SIGNED]
    if newer:
        last = _plan(store, max(newer, key=lambda one: one.sequence).id)
        raise Conflict(
            tr("A later plan of this patient holds: {number}.").format(
                number=last.number if last is not None else tr("not numbered")
            ),
            next_step=tr("Correct that one."),
        )
    same = old.content_hash == pack.content_hash  # other content may ask and offer other things
    return store.start_encounter(Encounter(
        id=str(uuid.uuid4()),
        patient_id=old.patient_id,
        sequence=0,
        state=EncounterState.DRAFT,
        started=now,
        as_of=now.date(),
        clinician_id=clinician.id,
        guideline_id=pack.info.id,
        guideline_version=pack.info.version,
        content_hash=pack.content_hash,
        answers=dict(old.answers) if same else understood(pack, old.answers),
        choices=old.choices if same else (),
        events=old.events,
        supersedes=old.id,
        reason=reason.strip(),
        impression=old.impression,
    ))


def void_plan(store: Store, encounter_id: str, reason: str, *, clinician: Clinician, now: datetime) -> None:
    """Keep the plan, say that it does not hold, stop its clocks. Raises ``BadData`` without a reason."""
    if not reason.strip():
        raise BadData(tr("Say why the plan is voided; it stays in the record."))
    store.void_encounter(encounter_id, Void(now, clinician.name, reason.strip()))


def took_over_from(store: Store, encounter: Encounter) -> tuple[str, ...]:
    """Plans and drafts of the same patient that began later and took answers over: to be looked through."""
    later = [one for one in store.encounters_of(encounter.patient_id)
             if one.sequence > encounter.sequence and one.state is not EncounterState.VOIDED]
    found = []
    for one in sorted(later, key=lambda each: each.sequence):
        plan = _plan(store, one.id)
        found.append(plan.number if plan is not None else tr("the unfinished consultation"))
    return tuple(found)


def _plan(store: Store, encounter_id: str) -> DocumentEntry | None:
    return next((one for one in store.entries_of(encounter_id) if one.kind == PaperKind.CARE_PLAN.value), None)
