"""The record of use: written in the transaction of what it records, read with its filter, checked from end to end."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from db import tables
from db.database import Database
from db.repository import Repository
from desktop_app.use_cases.audit import (
    ALL_ROWS,
    AuditEvent,
    AuditFilter,
    AuditHead,
    AuditRow,
    AuditVerdict,
    Deed,
    OuterHead,
)
from desktop_app.use_cases.errors import IoFailed, LumbarError, NotInStore
from desktop_app.use_cases.ports import AuditChain

_TABLE = tables.audit
_SHOWN_AT_MOST = 500
_PROBLEMS_AT_MOST = 20
_DOCUMENTS_ASKED = 200
_FIRST_SEAL = bytes(32)

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
        last = connection.execute(select(_TABLE.c.sequence, _TABLE.c.seal)
                                  .order_by(_TABLE.c.sequence.desc()).limit(1)).one_or_none()
        sequence, seal = (0, _FIRST_SEAL) if last is None else (last.sequence, bytes(last.seal))
        moment = (at or self.now()).astimezone(UTC).isoformat(timespec="milliseconds")
        for event in events:
            sequence += 1
            values = {"sequence": sequence, "at": moment, "by": self.by, "deed": event.deed.value, "what": event.what,
                      "patient_id": event.patient_id, "subject": event.subject,
                      "content": self._content(connection, sequence, event)}
            seal = self.chain.link(seal, _fields(*values.values()))
            connection.execute(insert(_TABLE).values(**values, seal=seal))

    def new_patient(self, connection: Connection, patient_id: str) -> None:
        """The key that will lock what is recorded of a patient. Deleting its row makes all of that unreadable."""
        connection.execute(insert(tables.patient_keys).values(patient_id=patient_id, key=self.chain.new_key()))

    def _content(self, connection: Connection, sequence: int, event: AuditEvent) -> bytes:
        told = {name: text for name in ("detail", "old", "new") if (text := getattr(event, name))}
        if not told:
            return b""
        content = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
        if not _is_locked(event.patient_id, event.deed):
            return content
        key = _key_of(connection, event.patient_id)
        if key is None:
            raise NotInStore("The store has no such patient.", next_step="Go back to the worklist and choose again.")
        return self.chain.lock(key, content, _place(sequence, event.patient_id))


class Audit(Repository):
    def record(self, event: AuditEvent) -> None:
        """For what changes nothing else in the store: looking, printing, exporting, a failure.

        A full disk must not hide a patient's record from the clinic: the row then waits until one can be written.
        """
        waiting = self._log.waiting
        waiting.append((self._log.now(), event))
        with contextlib.suppress(IoFailed), self._database.write() as connection:
            for at, one in waiting:
                self._log.note(connection, one, at=at)
            connection.commit()
            waiting.clear()

    def acts_for(self, user_id: str) -> None:
        """Who does what is recorded from now on."""
        self._log.by = user_id

    def sign_out(self) -> None:
        """Records it where the store can still be written to, and closes the store."""
        if not self._database.closed:
            with contextlib.suppress(LumbarError):
                self.record(AuditEvent(Deed.SIGNED_OUT, "", subject=self._log.by))
        with contextlib.suppress(IoFailed):  # without room for it everything stays in the write-ahead file, and holds
            self._database.close()

    def audit_head(self) -> AuditHead:
        with self._database.read() as connection:
            return head_of(connection)

    def newest_entry(self) -> datetime | None:
        """When the last row was written that is more than coming, going or looking; None in a new store."""
        query = (select(_TABLE.c.at).where(_TABLE.c.deed.not_in(QUIET)).order_by(_TABLE.c.sequence.desc()).limit(1))
        with self._database.read() as connection:
            found = connection.execute(query).scalar_one_or_none()
        return None if found is None else datetime.fromisoformat(found)

    def audit_rows(self, wanted: AuditFilter = ALL_ROWS, *, before: int = 0,
                   limit: int = _SHOWN_AT_MOST) -> Sequence[AuditRow]:
        """Newest first. ``before`` is the last sequence of the page shown before."""
        query = select(_TABLE).order_by(_TABLE.c.sequence.desc()).limit(limit)
        if wanted.patient_id:
            query = query.where(_TABLE.c.patient_id == wanted.patient_id)
        if wanted.by:
            query = query.where(_TABLE.c.by == wanted.by)
        if wanted.deed:
            query = query.where(_TABLE.c.deed == wanted.deed)
        if before:
            query = query.where(_TABLE.c.sequence < before)
        with self._database.read() as connection:
            found = connection.execute(query).all()
            keys: dict[str, bytes | None] = {row.patient_id: None for row in found if row.patient_id}
            for patient_id in keys:
                keys[patient_id] = _key_of(connection, patient_id)
        return tuple(self._shown(row, keys.get(row.patient_id)) for row in found)

    def verify_audit(self, outside: Iterable[OuterHead] = ()) -> AuditVerdict:
        """Every row against its seal and its place, and every head that was kept elsewhere against its row.

        The newest stored documents give their heads too: nobody can change these without the signers' keys.
        """
        return verify(self._database, self._log.chain, (*outside, *self._heads_of_documents()))

    def head_in(self, where: str, pdf: bytes) -> OuterHead | None:
        """What a signed file from outside the store says of the record when it was signed."""
        head = self._log.chain.head_in(pdf)
        return None if head is None else OuterHead(where, head)

    def _heads_of_documents(self) -> list[OuterHead]:
        table = tables.documents
        query = (select(table.c.number, table.c.content).join(tables.encounters)
                 .order_by(tables.encounters.c.sequence.desc()).limit(_DOCUMENTS_ASKED))
        with self._database.read() as connection:
            found = [self.head_in(f"document {row.number}", bytes(row.content)) for row in connection.execute(query)]
        return [one for one in found if one is not None]

    def _shown(self, row: Any, key: bytes | None) -> AuditRow:
        deed = Deed(row.deed)
        content, readable = bytes(row.content), True
        if content and _is_locked(row.patient_id, deed):
            place = _place(row.sequence, row.patient_id)
            opened = None if key is None else self._log.chain.unlock(key, content, place)
            content, readable = opened or b"", opened is not None
        told = json.loads(content) if content else {}
        return AuditRow(row.sequence, datetime.fromisoformat(row.at), row.by,
                        AuditEvent(deed, row.what, row.patient_id, row.subject, **told), readable)


def head_of(connection: Connection) -> AuditHead:
    last = connection.execute(select(_TABLE.c.sequence, _TABLE.c.seal)
                              .order_by(_TABLE.c.sequence.desc()).limit(1)).one_or_none()
    return AuditHead(0, _FIRST_SEAL.hex()) if last is None else AuditHead(last.sequence, bytes(last.seal).hex())


def verify(database: Database, chain: AuditChain, outside: Iterable[OuterHead] = ()) -> AuditVerdict:
    problems: list[str] = []
    heads: dict[int, list[OuterHead]] = {}
    for one in outside:
        heads.setdefault(one.head.sequence, []).append(one)
    compared = sum(len(found) for found in heads.values())
    restored: list[int] = []
    _compare(heads.pop(0, []), _FIRST_SEAL, problems)
    expected, previous = 1, _FIRST_SEAL
    with database.read() as connection:
        for sequence, at, by, deed, what, patient_id, subject, content, seal in _rows(connection):
            if sequence != expected:
                problems.append(f"Rows {expected} to {sequence - 1} are missing." if sequence > expected
                                else f"Row {sequence} stands where row {expected} belongs.")
            if chain.link(previous, _fields(sequence, at, by, deed, what, patient_id, subject, content)) != seal:
                problems.append(f"Row {sequence} is not as it was written, or the row before it is not.")
            if deed == Deed.RESTORED.value:
                restored.append(sequence)
            if sequence in heads:
                _compare(heads.pop(sequence), seal, problems)
            expected, previous = sequence + 1, seal
    last = expected - 1
    problems += [f"The record ends with row {last}, but {one.where} was made when it had {one.head.sequence} rows: "
                 "rows are missing at its end, or an older copy of the store was put in its place."
                 for found in heads.values() for one in found]
    return AuditVerdict(last, tuple(problems[:_PROBLEMS_AT_MOST]), compared, tuple(restored))


def _compare(found: Sequence[OuterHead], seal: bytes, problems: list[str]) -> None:
    problems += [f"Row {one.head.sequence} is not the one that {one.where} names: the rows up to it were written anew."
                 for one in found if one.head.seal != seal.hex()]


def _rows(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """Straight from the driver: a hundred thousand rows need no row objects."""
    columns = ", ".join(f'"{column.name}"' for column in _TABLE.c)
    cursor: Any = connection.connection.cursor()
    cursor.execute(f"SELECT {columns} FROM audit ORDER BY sequence")  # noqa: S608  our own column names
    yield from cursor


def _fields(*values: Any) -> tuple[bytes, ...]:
    return tuple(one if isinstance(one, bytes) else str(one).encode("utf-8", "surrogatepass") for one in values)


def _is_locked(patient_id: str, deed: Deed) -> bool:
    return bool(patient_id) and deed is not Deed.ERASED


def _place(sequence: int, patient_id: str) -> bytes:
    return f"{sequence}:{patient_id}".encode()


def _key_of(connection: Connection, patient_id: str) -> bytes | None:
    table = tables.patient_keys
    found = connection.execute(select(table.c.key).where(table.c.patient_id == patient_id)).scalar_one_or_none()
    return None if found is None else bytes(found)
