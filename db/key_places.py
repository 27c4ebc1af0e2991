"""Which places of the key file are in force. Kept in the encrypted store, so that an older key file put back beside it
opens nothing with a passphrase that was changed, a code that was used or a place that was taken out.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from db import tables
from db.repository import Repository
from desktop_app.use_cases.audit import AuditEvent
from desktop_app.use_cases.keys import KeyPlace

_TABLE = tables.key_places


class KeyPlaces(Repository):
    def key_places(self) -> frozenset[KeyPlace]:
        """Empty only where no program that keeps them has opened the store yet."""
        with self._database.read() as connection:
            found = connection.execute(select(_TABLE.c.owner, _TABLE.c.mark)).all()
        return frozenset(KeyPlace(row.owner, row.mark) for row in found)

    def take_on_key_places(self, places: Iterable[KeyPlace]) -> None:
        """These and no others: of a new profile, of a backup that is brought back, of a store from before."""
        wanted = frozenset(places)
        if wanted != self.key_places():
            with self._database.write() as connection:
                connection.execute(delete(_TABLE))
                _insert(connection, wanted)

    def save_key_places(self, owner: str, marks: Iterable[str], event: AuditEvent | None = None) -> None:
        """The places of one person, or with ``owner`` "" of the recovery key."""
        with self._database.write() as connection:
            connection.execute(delete(_TABLE).where(_TABLE.c.owner == owner))
            _insert(connection, (KeyPlace(owner, mark) for mark in marks))
            if event is not None:
                self._log.note(connection, event)


def _insert(connection: Connection, places: Iterable[KeyPlace]) -> None:
    if rows := [{"owner": one.owner, "mark": one.mark} for one in places]:
        connection.execute(insert(_TABLE), rows)
