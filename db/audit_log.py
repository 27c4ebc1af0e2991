"""The rows of the record of use: each written in the transaction of what it records, locked and sealed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from db import tables
from desktop_app.language import tr
from desktop_app.use_cases.audit import AuditEvent, AuditHead, Deed
from desktop_app.use_cases.errors import NotInStore
from desktop_app.use_cases.ports import AuditChain

TABLE = tables.audit
FIRST_SEAL = bytes(32)

QUIET = tuple(deed.value for deed in (Deed.SIGNED_IN, Deed.SIGNED_OUT, Deed.VIEWED, Deed.BACKED_UP, Deed.FAILED))
"""Rows of which there may be new ones without anything having been entered."""


def computer_time() -> datetime:
    """Only shown: order comes from the sequence."""
    return datetime.now(UTC)


class Log:
    """Writes rows for whoever is signed in."""

    def __init__(self, chain: AuditChain, by: str, now: Callable[[], datetime] = computer_time) -> None:
        self.chain = chain
        self.by = by
        self.now = now
        self.waiting: list[tuple[datetime, AuditEvent]] = []

    def note(self, connection: Connection, *events: AuditEvent, at: datetime | None = None) -> None:
        """One row for each, inside the caller's transaction."""
        last = connection.execute(select(TABLE.c.sequence, TABLE.c.seal)
                                  .order_by(TABLE.c.sequence.desc()).limit(1)).one_or_none()
        sequence, seal = (0, FIRST_SEAL) if last is None else (last.sequence, bytes(last.seal))
        moment = (at or self.now()).astimezone(UTC).isoformat(timespec="milliseconds")
        for event in events:
            sequence += 1
            values = {"sequence": sequence, "at": moment, "by": self.by, "deed": event.deed.value, "what": event.what,
                      "patient_id": event.patient_id, "subject": event.subject,
                      "content": self._content(connection, sequence, event)}
            seal = self.chain.link(seal, row_fields(*values.values()))
            connection.execute(insert(TABLE).values(**values, seal=seal))

    def new_patient(self, connection: Connection, patient_id: str) -> None:
        """The key that will lock what is recorded of a patient. Deleting its row makes all of that unreadable."""
        connection.execute(insert(tables.patient_keys).values(patient_id=patient_id, key=self.chain.new_key()))

    def _content(self, connection: Connection, sequence: int, event: AuditEvent) -> bytes:
        told = {name: text for name in ("detail", "old", "new") if (text := getattr(event, name))}
        if not told:
            return b""
        content = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
        if not is_locked(event.patient_id, event.deed):
            return content
        key = key_of(connection, event.patient_id)
        if key is None:
            raise NotInStore(
                tr("The store has no such patient."), next_step=tr("Go back to the worklist and choose again.")
            )
        return self.chain.lock(key, content, place_of(sequence, event.patient_id))


def head_of(connection: Connection) -> AuditHead:
    last = connection.execute(select(TABLE.c.sequence, TABLE.c.seal)
                              .order_by(TABLE.c.sequence.desc()).limit(1)).one_or_none()
    return AuditHead(0, FIRST_SEAL.hex()) if last is None else AuditHead(last.sequence, bytes(last.seal).hex())


def row_fields(*values: Any) -> tuple[bytes, ...]:
    return tuple(one if isinstance(one, bytes) else str(one).encode("utf-8", "surrogatepass") for one in values)


def is_locked(patient_id: str, deed: Deed) -> bool:
    return bool(patient_id) and deed is not Deed.ERASED


def place_of(sequence: int, patient_id: str) -> bytes:
    return f"{sequence}:{patient_id}".encode()


def key_of(connection: Connection, patient_id: str) -> bytes | None:
    table = tables.patient_keys
    found = connection.execute(select(table.c.key).where(table.c.patient_id == patient_id)).scalar_one_or_none()
    return None if found is None else bytes(found)
