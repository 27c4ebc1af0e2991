"""What every repository of the store shares: the open database and the look-ups that fail in words."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from db.audit_log import Log
from db.database import Database
from db.failures import damaged, locked
from db.rows import AnyRow
from db.tables import encounters
from desktop_app.language import later, tr
from desktop_app.use_cases.domain import EncounterState
from desktop_app.use_cases.errors import NotInStore, StoreDamaged


class Repository:
    def __init__(self, database: Database, log: Log) -> None:
        self._database = database
        self._log = log

    def _damaged(self) -> StoreDamaged:
        return damaged(self._database.path)

    @staticmethod
    def _one(connection: Connection, table: Table, where: ColumnElement[bool], what: str) -> AnyRow:
        row = connection.execute(select(table).where(where)).one_or_none()
        if row is None:
            raise NotInStore(
                tr("The store has no such {what}.").format(what=tr(what)),
                next_step=tr("Go back to the worklist and choose again."),
            )
        return row

    def _encounter_row(self, connection: Connection, encounter_id: str) -> Any:
        return self._one(connection, encounters, encounters.c.id == encounter_id, later("encounter"))

    def _draft_row(self, connection: Connection, encounter_id: str) -> Any:
        """The row of an encounter that may still be written to."""
        row = self._encounter_row(connection, encounter_id)
        if row.state != EncounterState.DRAFT.value:
            raise locked()
        return row
