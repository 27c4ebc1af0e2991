"""The record of use of an open store: what is noted, read with its filter, and checked."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from db import tables
from db.audit_check import verify
from db.audit_log import QUIET, TABLE, head_of, is_locked, key_of, place_of
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
from desktop_app.use_cases.errors import IoFailed, LumbarError

_SHOWN_AT_MOST = 500
_DOCUMENTS_ASKED = 200


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

    def follow(self, tell: Callable[[AuditHead], None]) -> None:
        """``tell`` gets the newest entry after each transaction from now on, once it is durable. Where that cannot be
        read nobody is told: what was stored would be taken for lost.
        """
        def told() -> None:
            with contextlib.suppress(LumbarError):
                tell(self.audit_head())

        self._database.written = told

    def has_head(self, head: AuditHead) -> bool:
        """Whether the record holds this row with this seal."""
        query = select(TABLE.c.seal).where(TABLE.c.sequence == head.sequence)
        with self._database.read() as connection:
            found = connection.execute(query).scalar_one_or_none()
        return found is not None and bytes(found).hex() == head.seal

    def newest_entry(self) -> datetime | None:
        """When the last row was written that is more than coming, going or looking; None in a new store."""
        query = (select(TABLE.c.at).where(TABLE.c.deed.not_in(QUIET)).order_by(TABLE.c.sequence.desc()).limit(1))
        with self._database.read() as connection:
            found = connection.execute(query).scalar_one_or_none()
        return None if found is None else datetime.fromisoformat(found)

    def audit_rows(self, wanted: AuditFilter = ALL_ROWS, *, before: int = 0,
                   limit: int = _SHOWN_AT_MOST) -> Sequence[AuditRow]:
        """Newest first. ``before`` is the last sequence of the page shown before."""
        query = select(TABLE).order_by(TABLE.c.sequence.desc()).limit(limit)
        if wanted.patient_id:
            query = query.where(TABLE.c.patient_id == wanted.patient_id)
        if wanted.by:
            query = query.where(TABLE.c.by == wanted.by)
        if wanted.deed:
            query = query.where(TABLE.c.deed == wanted.deed)
        if before:
            query = query.where(TABLE.c.sequence < before)
        with self._database.read() as connection:
            found = connection.execute(query).all()
            keys: dict[str, bytes | None] = {row.patient_id: None for row in found if row.patient_id}
            for patient_id in keys:
                keys[patient_id] = key_of(connection, patient_id)
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
        if content and is_locked(row.patient_id, deed):
            place = place_of(row.sequence, row.patient_id)
            opened = None if key is None else self._log.chain.unlock(key, content, place)
            content, readable = opened or b"", opened is not None
        told = json.loads(content) if content else {}
        return AuditRow(row.sequence, datetime.fromisoformat(row.at), row.by,
                        AuditEvent(deed, row.what, row.patient_id, row.subject, **told), readable)
