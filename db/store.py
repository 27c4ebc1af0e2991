"""The ``Store`` of ``use_cases.ports``: the repositories over one open database."""

from __future__ import annotations

from db.audit import Audit
from db.editions import Editions
from db.encounters import Encounters
from db.erasing import Erasing
from db.half_typed import HalfTypedRows
from db.key_places import KeyPlaces
from db.keys import Keys
from db.papers import Papers, Worklist
from db.people import People
from db.retention import LastSeen


class SqlStore(People, Encounters, Papers, Worklist, Keys, KeyPlaces, Editions, Audit, Erasing, HalfTypedRows,
               LastSeen):
    """Each part is its own room; together they are what the use cases call the store."""

    def close(self) -> None:
        self._database.close()
