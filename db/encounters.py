"""Encounters with their answers, choices and emergency events. A draft is written to, a signed one never."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert

from db import answer_json, rows, tables
from db.repository import Repository
from desktop_app.engine.answers import Answer
from desktop_app.language import later, tr
from desktop_app.use_cases.audit import AuditEvent, Deed
from desktop_app.use_cases.domain import (
    Choice,
    EmergencyEvent,
    Encounter,
    EncounterState,
    Impression,
    StoredDocument,
    Void,
)
from desktop_app.use_cases.errors import Conflict, NotInStore

_ROW_ORDER: ColumnElement[int] = literal_column("rowid")


class Encounters(Repository):
    def start_encounter(self, encounter: Encounter) -> Encounter:
        if encounter.state is not EncounterState.DRAFT or encounter.record:
            raise ValueError("an encounter starts as a draft without a record")
        table = tables.encounters
        with self._database.write() as connection:
            self._one(connection, tables.patients, tables.patients.c.id == encounter.patient_id, later("patient"))
            self._one(
                connection, tables.clinicians, tables.clinicians.c.id == encounter.clinician_id, later("clinician")
            )
            open_draft = connection.execute(select(table.c.id).where(
                table.c.patient_id == encounter.patient_id, table.c.guideline_id == encounter.guideline_id,
                table.c.state == EncounterState.DRAFT.value)).first()
            if open_draft is not None:
                raise Conflict(
                    tr("This patient has an unfinished encounter already."),
                    next_step=tr("Open the unfinished encounter and go on with it."),
                )
            if encounter.supersedes:
                self._may_supersede(connection, encounter.supersedes, encounter.patient_id)
            last = connection.execute(select(func.max(table.c.sequence))).scalar_one()
            stored = replace(encounter, sequence=(last or 0) + 1)
            connection.execute(insert(table).values(**_values(stored)))
            for atom, answer in stored.answers.items():
                self._put_answer(connection, stored.id, atom, answer)
            for choice in stored.choices:
                connection.execute(insert(tables.choices).values(**rows.choice_values(stored.id, choice)))
            for event in stored.events:
                connection.execute(insert(tables.events).values(**rows.event_values(stored.id, event)))
            if stored.impression is not None:
                self._put_impression(connection, stored.id, stored.impression)
            connection.execute(insert(tables.summaries).values(
                encounter_id=stored.id, patient_id=stored.patient_id, shown=True, due_on=rows.due_text(None),
                urgency=0, sequence=stored.sequence, tier_floor="", final=False, emergency=False, next_step=""))
            self._log.note(connection, _event(Deed.CREATED, "encounter", stored.patient_id, stored.id,
                                              new=rows.json_text(_values(stored))),
                           *(_event(Deed.CHANGED, "answer", stored.patient_id, stored.id, atom,
                                    new=answer_json.to_text(answer)) for atom, answer in stored.answers.items()))
        return stored

    def encounter(self, encounter_id: str) -> Encounter:
        with self._database.read() as connection:
            return self._load(connection, self._encounter_row(connection, encounter_id))

    def count_encounters(self) -> int:
        """Of every patient."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(tables.encounters)).scalar_one())

    def encounters_of(self, patient_id: str) -> Sequence[Encounter]:
        """Newest first."""
        table = tables.encounters
        query = select(table).where(table.c.patient_id == patient_id).order_by(table.c.sequence.desc())
        with self._database.read() as connection:
            return tuple(self._load(connection, row) for row in connection.execute(query).all())

    def open_draft(self, patient_id: str) -> Encounter | None:
        table = tables.encounters
        query = select(table).where(table.c.patient_id == patient_id,
                                    table.c.state == EncounterState.DRAFT.value
                                    ).order_by(table.c.sequence.desc()).limit(1)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
            return None if row is None else self._load(connection, row)

    def save_answers(self, encounter_id: str, changed: dict[str, Answer | None]) -> None:
        table = tables.answers
        with self._database.write() as connection:
            patient_id = self._draft_row(connection, encounter_id).patient_id
            before = {row.atom: row.value for row in connection.execute(select(table).where(
                table.c.encounter_id == encounter_id, table.c.atom.in_(changed)))}
            self._log.note(connection, *(
                _event(Deed.CHANGED, "answer", patient_id, encounter_id, atom, before.get(atom, ""),
                       "" if answer is None else answer_json.to_text(answer)) for atom, answer in changed.items()))
            for atom, answer in changed.items():
                if answer is None:
                    connection.execute(delete(table).where(table.c.encounter_id == encounter_id,
                                                           table.c.atom == atom))
                else:
                    self._put_answer(connection, encounter_id, atom, answer)

    def save_position(self, encounter_id: str, position: str) -> None:
        """A bookmark, not part of the record of use."""
        with self._database.write() as connection:
            self._draft_row(connection, encounter_id)
            connection.execute(update(tables.encounters).where(tables.encounters.c.id == encounter_id)
                               .values(position=position))

    def save_basis(self, encounter_id: str, *, as_of: date, clinician_id: str, guideline_id: str,
                   guideline_version: str, content_hash: str) -> None:
        """What the advice of a draft is worked out from, when it is taken up again on another day, by
        another clinician or under newer content.
        """
        self._change_draft(encounter_id, {
            "as_of": as_of.isoformat(), "clinician_id": clinician_id, "guideline_id": guideline_id,
            "guideline_version": guideline_version, "content_hash": content_hash})

    def save_choice(self, encounter_id: str, option: str, choice: Choice | None) -> None:
        if choice is not None and choice.option != option:
            raise ValueError("the choice is about another option")
        table = tables.choices
        with self._database.write() as connection:
            patient_id = self._draft_row(connection, encounter_id).patient_id
            before = connection.execute(select(table).where(table.c.encounter_id == encounter_id,
                                                            table.c.option == option)).one_or_none()
            self._log.note(connection, _event(
                Deed.CHANGED, "choice", patient_id, encounter_id, option,
                "" if before is None else rows.json_text(rows.choice_values(encounter_id, rows.choice_from(before))),
                "" if choice is None else rows.json_text(rows.choice_values(encounter_id, choice))))
            if choice is None:
                connection.execute(delete(table).where(table.c.encounter_id == encounter_id,
                                                       table.c.option == option))
                return
            values = rows.choice_values(encounter_id, choice)
            connection.execute(insert(table).values(**values).on_conflict_do_update(
                index_elements=["encounter_id", "option"],
                set_={"verdict": values["verdict"], "reason": values["reason"]}))

    def save_impression(self, encounter_id: str, impression: Impression) -> None:
        with self._database.write() as connection:
            patient_id = self._draft_row(connection, encounter_id).patient_id
            old = {rows.json_text(rows.impression_values(encounter_id, rows.impression_from(row)))
                   for row in connection.execute(select(tables.impressions).where(
                       tables.impressions.c.encounter_id == encounter_id))}
            self._log.note(connection, _event(
                Deed.CHANGED, "own impression", patient_id, encounter_id, old="".join(old),
                new=rows.json_text(rows.impression_values(encounter_id, impression))))
            self._put_impression(connection, encounter_id, impression)

    def add_event(self, encounter_id: str, event: EmergencyEvent) -> None:
        with self._database.write() as connection:
            patient_id = self._draft_row(connection, encounter_id).patient_id
            values = rows.event_values(encounter_id, event)
            connection.execute(insert(tables.events).values(**values))
            self._log.note(connection, _event(Deed.CREATED, "emergency event", patient_id, encounter_id, event.kind,
                                              new=rows.json_text(values)))

    def sign_encounter(self, encounter_id: str, record: str, *documents: StoredDocument) -> None:
        if not documents or not record or any(document.encounter_id != encounter_id for document in documents):
            raise ValueError("a signature needs the record and a document of the same encounter")
        if any(hashlib.sha256(document.content).hexdigest() != document.sha256 for document in documents):
            raise ValueError("the document's SHA-256 is not that of its bytes")
        table, summaries = tables.encounters, tables.summaries
        with self._database.write() as connection:
            draft = self._draft_row(connection, encounter_id)
            if draft.supersedes and not self._was_voided(connection, draft.supersedes):
                self._may_supersede(connection, draft.supersedes, draft.patient_id)
                connection.execute(update(table).where(table.c.id == draft.supersedes)
                                   .values(state=EncounterState.SUPERSEDED.value))
            for document in documents:
                connection.execute(insert(tables.documents).values(**rows.document_values(document)))
            connection.execute(update(table).where(table.c.id == encounter_id)
                               .values(state=EncounterState.SIGNED.value, record=record))
            # The worklist shows the newest signed encounter of a patient; older ones stay in the history.
            older = select(table.c.id).where(table.c.patient_id == draft.patient_id, table.c.id != encounter_id,
                                             table.c.state != EncounterState.DRAFT.value)
            connection.execute(update(summaries).where(summaries.c.encounter_id.in_(older)).values(shown=False))
            self._log.note(connection, *(
                _event(Deed.SIGNED, f"{one.kind} {one.number}", draft.patient_id, encounter_id, new=one.sha256)
                for one in documents))

    def void_encounter(self, encounter_id: str, void: Void) -> None:
        table, summaries = tables.encounters, tables.summaries
        with self._database.write() as connection:
            row = self._encounter_row(connection, encounter_id)
            if row.state == EncounterState.DRAFT.value:
                raise Conflict(
                    tr("Only a signed plan can be voided; this one is not signed."),
                    next_step=tr("Open the unfinished encounter and change it."),
                )
            if row.state == EncounterState.VOIDED.value:
                raise Conflict(tr("This plan is voided already."), next_step=tr("Nothing is left to do."))
            due = connection.execute(select(summaries.c.due_on).where(
                summaries.c.encounter_id == encounter_id)).scalar_one()
            stopped = replace(void, was_due=rows.due_from(due))
            connection.execute(update(table).where(table.c.id == encounter_id).values(
                state=EncounterState.VOIDED.value))
            connection.execute(insert(tables.voids).values(**rows.void_values(encounter_id, stopped)))
            connection.execute(update(summaries).where(summaries.c.encounter_id == encounter_id).values(
                due_on=rows.due_text(None), emergency=False, urgency=0, next_step="Voided"))
            if row.supersedes:
                self._hold_again(connection, row.supersedes)
            self._show_newest(connection, row.patient_id)
            self._log.note(connection, _event(Deed.VOIDED, "encounter", row.patient_id, encounter_id, void.reason))

    def _hold_again(self, connection: Connection, encounter_id: str) -> None:
        """What a voided correction had replaced holds again: its clock must not vanish with the correction."""
        table = tables.encounters
        standing = (EncounterState.SIGNED.value, EncounterState.SUPERSEDED.value)
        another = connection.execute(select(table.c.id).where(
            table.c.supersedes == encounter_id, table.c.state.in_(standing))).first()
        if another is None:
            connection.execute(update(table).where(
                table.c.id == encounter_id, table.c.state == EncounterState.SUPERSEDED.value)
                .values(state=EncounterState.SIGNED.value))

    def _show_newest(self, connection: Connection, patient_id: str) -> None:
        """The worklist shows the newest plan that holds, beside drafts and what was voided."""
        table, summaries = tables.encounters, tables.summaries
        newest = connection.execute(select(table.c.id).where(
            table.c.patient_id == patient_id, table.c.state == EncounterState.SIGNED.value)
            .order_by(table.c.sequence.desc()).limit(1)).scalar_one_or_none()
        if newest is not None:
            connection.execute(update(summaries).where(summaries.c.encounter_id == newest).values(shown=True))

    def _was_voided(self, connection: Connection, encounter_id: str) -> bool:
        return bool(self._encounter_row(connection, encounter_id).state == EncounterState.VOIDED.value)

    def _may_supersede(self, connection: Connection, encounter_id: str, patient_id: str) -> None:
        old = self._encounter_row(connection, encounter_id)
        if old.patient_id != patient_id:
            raise NotInStore(
                tr("The encounter to be corrected belongs to another patient."),
                next_step=tr("Go back to the worklist and choose the patient again."),
            )
        if old.state == EncounterState.SUPERSEDED.value:
            raise Conflict(
                tr("This encounter has been corrected already."), next_step=tr("Correct the newer encounter instead.")
            )
        if old.state == EncounterState.VOIDED.value:
            raise Conflict(
                tr("This plan was voided; there is nothing to correct."),
                next_step=tr("Begin a new consultation of the right patient."),
            )
        if old.state != EncounterState.SIGNED.value:
            raise Conflict(
                tr("Only a signed encounter can be corrected; this one is not finished."),
                next_step=tr("Open the unfinished encounter and change it."),
            )

    def _change_draft(self, encounter_id: str, values: dict[str, object]) -> None:
        with self._database.write() as connection:
            row = self._draft_row(connection, encounter_id)
            before = {name: getattr(row, name) for name in values}
            connection.execute(update(tables.encounters).where(tables.encounters.c.id == encounter_id)
                               .values(**values))
            if before != values:
                self._log.note(connection, _event(Deed.CHANGED, "basis of the advice", row.patient_id, encounter_id,
                                                  "", rows.json_text(before), rows.json_text(values)))

    @staticmethod
    def _put_answer(connection: Connection, encounter_id: str, atom: str, answer: Answer) -> None:
        text = answer_json.to_text(answer)
        connection.execute(insert(tables.answers).values(encounter_id=encounter_id, atom=atom, value=text)
                           .on_conflict_do_update(index_elements=["encounter_id", "atom"], set_={"value": text}))

    @staticmethod
    def _put_impression(connection: Connection, encounter_id: str, impression: Impression) -> None:
        values = rows.impression_values(encounter_id, impression)
        connection.execute(insert(tables.impressions).values(**values).on_conflict_do_update(
            index_elements=["encounter_id"], set_={key: values[key] for key in ("text", "noted", "by", "closed")}))

    def _load(self, connection: Connection, row: Any) -> Encounter:
        def of(table: Any, order: Any) -> Sequence[Any]:
            return connection.execute(select(table).where(table.c.encounter_id == row.id).order_by(order)).all()

        try:
            return Encounter(
                id=row.id, patient_id=row.patient_id, sequence=row.sequence, state=EncounterState(row.state),
                started=datetime.fromisoformat(row.started), as_of=date.fromisoformat(row.as_of),
                clinician_id=row.clinician_id, guideline_id=row.guideline_id,
                guideline_version=row.guideline_version, content_hash=row.content_hash,
                answers={one.atom: answer_json.from_text(one.value)
                         for one in of(tables.answers, tables.answers.c.atom)},
                choices=tuple(rows.choice_from(one) for one in of(tables.choices, _ROW_ORDER)),
                events=tuple(rows.event_from(one) for one in of(tables.events, tables.events.c.id)),
                position=row.position, record=row.record, supersedes=row.supersedes or "", reason=row.reason,
                impression=next((rows.impression_from(one) for one in of(tables.impressions, _ROW_ORDER)), None),
                void=next((rows.void_from(one) for one in of(tables.voids, _ROW_ORDER)), None))
        except (ValueError, KeyError, TypeError) as problem:
            raise self._damaged() from problem


def _event(deed: Deed, what: str, patient_id: str, subject: str, detail: str = "", old: str = "",
           new: str = "") -> AuditEvent:
    return AuditEvent(deed, what, patient_id, subject, detail, old, new)


def _values(encounter: Encounter) -> dict[str, object]:
    return {"id": encounter.id, "sequence": encounter.sequence, "patient_id": encounter.patient_id,
            "clinician_id": encounter.clinician_id, "state": encounter.state.value,
            "started": encounter.started.isoformat(), "as_of": encounter.as_of.isoformat(),
            "guideline_id": encounter.guideline_id, "guideline_version": encounter.guideline_version,
            "content_hash": encounter.content_hash, "position": encounter.position, "record": "",
            "supersedes": encounter.supersedes or None, "reason": encounter.reason}
