"""Stored documents, their numbers, and the worklist's summary of each encounter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert

from db import rows, tables
from db.repository import Repository
from desktop_app.engine.model import Tier
from desktop_app.language import later, tr
from desktop_app.use_cases.audit import AuditEvent, Deed
from desktop_app.use_cases.domain import DocumentEntry, EncounterState, StoredDocument, TimeStamp, WorklistRow
from desktop_app.use_cases.errors import Conflict

_ENTRIES = select(*(column for column in tables.documents.c if column.name != "content"))
_PREFIXES = {"care_plan": "CP", "referral_letter": "RL", "patient_handout": "PH"}


class Papers(Repository):
    def documents_of(self, encounter_id: str) -> Sequence[StoredDocument]:
        table = tables.documents
        query = select(table).where(table.c.encounter_id == encounter_id).order_by(table.c.number)
        with self._database.read() as connection:
            return tuple(rows.document_from(row) for row in connection.execute(query).all())

    def entries_of(self, encounter_id: str) -> Sequence[DocumentEntry]:
        table = tables.documents
        query = _ENTRIES.where(table.c.encounter_id == encounter_id).order_by(table.c.number)
        with self._database.read() as connection:
            return tuple(rows.entry_from(row) for row in connection.execute(query).all())

    def find_document(self, *, sha256: str = "", number: str = "") -> DocumentEntry | None:
        table = tables.documents
        wanted = table.c.sha256 == sha256 if sha256 else table.c.number == number
        with self._database.read() as connection:
            row = connection.execute(_ENTRIES.where(wanted).limit(1)).one_or_none()
        return None if row is None else rows.entry_from(row)

    def save_time_stamp(self, stamp: TimeStamp) -> None:
        table = tables.time_stamps
        with self._database.write() as connection:
            document = self._one(
                connection, tables.documents, tables.documents.c.id == stamp.document_id, later("document")
            )
            there = connection.execute(select(table.c.document_id).where(
                table.c.document_id == stamp.document_id)).first()
            if there is not None:
                raise Conflict(
                    tr("This document has a time stamp already."),
                    next_step=tr("The first one proves the earliest time; it is kept."),
                )
            connection.execute(insert(table).values(**rows.time_stamp_values(stamp)))
            patient_id = self._encounter_row(connection, document.encounter_id).patient_id
            self._log.note(connection, AuditEvent(Deed.CREATED, f"time stamp of {document.number}", patient_id,
                                                  document.encounter_id, new=stamp.authority))

    def time_stamp(self, document_id: str) -> TimeStamp | None:
        table = tables.time_stamps
        with self._database.read() as connection:
            row = connection.execute(select(table).where(table.c.document_id == document_id)).one_or_none()
        return None if row is None else rows.time_stamp_from(row)

    def next_document_number(self, kind: str) -> str:
        """Used once: a number that was given out is never given again, also when nothing was signed."""
        table = tables.document_numbers
        prefix = _PREFIXES.get(kind) or "".join(word[0] for word in kind.split("_") if word).upper()
        with self._database.write() as connection:
            station = self._one(connection, tables.clinic, tables.clinic.c.id == 1, later("clinic")).station
            last = connection.execute(
                insert(table).values(kind=kind, station=station, last=1)
                .on_conflict_do_update(index_elements=["kind", "station"], set_={"last": table.c.last + 1})
                .returning(table.c.last)).scalar_one()
            number = f"{prefix}-{station}-{last:06d}"
            self._log.note(connection, AuditEvent(Deed.CREATED, "document number", subject=number))
        return number


class Worklist(Repository):
    def save_summary(self, encounter_id: str, tier_floor: str, *, final: bool, due_date: date | None,
                     emergency: bool, next_step: str, counted_from: date | None = None) -> None:
        urgency = Tier[tier_floor].value if tier_floor in Tier.__members__ else 0
        table = tables.summaries
        with self._database.write() as connection:
            self._encounter_row(connection, encounter_id)
            connection.execute(update(table).where(table.c.encounter_id == encounter_id).values(
                tier_floor=tier_floor, urgency=urgency, final=final, due_on=rows.due_text(due_date),
                emergency=emergency, next_step=next_step,
                counted_from="" if counted_from is None else counted_from.isoformat()))

    def worklist(self, limit: int = 200) -> Sequence[WorklistRow]:
        short = tables.summaries
        # The page is cut out of the covering index first; only its rows are joined.
        page = (select(short.c.encounter_id)
                .where(short.c.shown.is_(True))
                .order_by(short.c.emergency.desc(), short.c.due_on, short.c.urgency.desc(),
                          short.c.sequence.desc())
                .limit(limit).subquery())
        people, visits, voids = tables.patients, tables.encounters, tables.voids
        every = visits.alias()
        first = (select(every.c.started).where(every.c.patient_id == visits.c.patient_id)
                 .order_by(every.c.sequence).limit(1).scalar_subquery())
        query = (select(people, visits.c.id.label("visit"), visits.c.state, visits.c.started, short.c.tier_floor,
                        short.c.final, short.c.due_on, short.c.emergency, short.c.next_step, short.c.counted_from,
                        first.label("first_visit"), voids.c.at, voids.c.by, voids.c.reason, voids.c.was_due)
                 .select_from(page)
                 .join(short, short.c.encounter_id == page.c.encounter_id)
                 .join(visits, visits.c.id == page.c.encounter_id)
                 .join(people, people.c.id == visits.c.patient_id)
                 .outerjoin(voids, voids.c.encounter_id == visits.c.id)
                 .order_by(short.c.emergency.desc(), short.c.due_on, short.c.urgency.desc(),
                           short.c.sequence.desc()))
        with self._database.read() as connection:
            found = connection.execute(query).all()
        return tuple(WorklistRow(
            patient=rows.patient_from(row), encounter_id=row.visit, state=EncounterState(row.state),
            tier_floor=row.tier_floor, final=bool(row.final), due_date=rows.due_from(row.due_on),
            started=datetime.fromisoformat(row.started), emergency=bool(row.emergency),
            next_step=row.next_step, first_visit=datetime.fromisoformat(row.first_visit).date(),
            counted_from=date.fromisoformat(row.counted_from) if row.counted_from else None,
            void=rows.void_from(row) if row.at else None) for row in found)
