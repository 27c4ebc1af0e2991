"""Erases a patient: every row of theirs in every table, and the key that opens what the record of use says of them.

What is signed is kept by triggers. They are taken away and put back inside the one transaction of the erasure, so that
a crash leaves either everything or nothing, and the triggers in any case.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, or_, select

from db import tables
from db.repository import Repository
from desktop_app.language import later
from desktop_app.use_cases.audit import AuditEvent, Deed

_OF_ENCOUNTER = (tables.answers, tables.choices, tables.events, tables.impressions, tables.voids, tables.summaries)


class Erasing(Repository):
    def erase_patient(self, patient_id: str, reason: str, second_person: str) -> int:
        """How many consultations went with the patient. The write-ahead file is emptied before it returns."""
        visits, papers = tables.encounters, tables.documents
        with self._database.write() as connection:
            self._one(connection, tables.patients, tables.patients.c.id == patient_id, later("patient"))
            kept = _without_triggers(connection)
            ids = list(connection.execute(select(visits.c.id).where(visits.c.patient_id == patient_id)).scalars())
            documents = list(connection.execute(select(papers.c.id).where(papers.c.encounter_id.in_(ids))).scalars())
            stamps = tables.time_stamps
            connection.execute(delete(stamps).where(stamps.c.document_id.in_(documents)))
            connection.execute(delete(papers).where(papers.c.encounter_id.in_(ids)))
            connection.execute(delete(tables.typed).where(or_(tables.typed.c.encounter_id.in_(ids),
                                                              tables.typed.c.encounter_id == "")))
            for table in _OF_ENCOUNTER:
                connection.execute(delete(table).where(table.c.encounter_id.in_(ids)))
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # a correction names the plan it replaced
            connection.execute(delete(visits).where(visits.c.patient_id == patient_id))
            connection.execute(delete(tables.patient_keys).where(tables.patient_keys.c.patient_id == patient_id))
            connection.execute(delete(tables.patients).where(tables.patients.c.id == patient_id))
            for statement in kept:
                connection.exec_driver_sql(statement)
            self._log.note(connection, AuditEvent(Deed.ERASED, "patient", patient_id, subject=second_person,
                                                  detail=reason))
        self._database.empty_log()
        return len(ids)


def _without_triggers(connection: Connection) -> list[str]:
    """Takes every trigger away and returns the statements that make them again."""
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    for name, _ in found:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    return [str(statement) for _, statement in found]
