"""Words in fields that are no answer yet, so that a lock or a crash loses none; no part of the record of use."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from db.repository import Repository
from db.tables import typed


class HalfTypedRows(Repository):
    def half_typed(self, clinician_id: str, encounter_id: str) -> Mapping[str, str]:
        """Field to text; empty when nothing waits."""
        query = select(typed.c.fields).where(typed.c.clinician_id == clinician_id, typed.c.encounter_id == encounter_id)
        with self._database.read() as connection:
            found = connection.execute(query).scalar_one_or_none()
        return {} if found is None else {str(k): str(v) for k, v in json.loads(found).items()}

    def save_half_typed(self, clinician_id: str, encounter_id: str, fields: Mapping[str, str], at: datetime) -> None:
        """In place of what waited before; without fields nothing waits any more."""
        values = {"at": at.astimezone(UTC).isoformat(), "fields": json.dumps(dict(fields), ensure_ascii=False)}
        with self._database.write() as connection:
            if not fields:
                connection.execute(delete(typed).where(typed.c.clinician_id == clinician_id,
                                                       typed.c.encounter_id == encounter_id))
                return
            row = insert(typed).values(clinician_id=clinician_id, encounter_id=encounter_id, **values)
            connection.execute(row.on_conflict_do_update(index_elements=["clinician_id", "encounter_id"], set_=values))
