"""Of whom nothing was entered since a day: what a time of keeping is counted from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from db import rows, tables
from db.repository import Repository
from desktop_app.use_cases.domain import Patient


class LastSeen(Repository):
    def last_seen_before(self, day: date) -> Sequence[tuple[Patient, date]]:
        """Patients with the day of their last consultation or answer, the longest ago first; nobody without one."""
        patients, visits, answers = tables.patients, tables.encounters, tables.answers
        answered = func.coalesce(func.max(func.json_extract(answers.c.value, "$.on")), "")
        last = func.max(func.max(visits.c.as_of), answered)
        query = (select(patients, last.label("last_seen")).join(visits, visits.c.patient_id == patients.c.id)
                 .outerjoin(answers, answers.c.encounter_id == visits.c.id)
                 .group_by(patients.c.id).having(last < day.isoformat()).order_by(last, patients.c.name))
        with self._database.read() as connection:
            found = connection.execute(query).all()
        return tuple((rows.patient_from(row), date.fromisoformat(row.last_seen)) for row in found)
