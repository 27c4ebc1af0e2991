"""Editions of the guideline in the store: whom to believe, what was installed, what is in use, what was approved."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert

from db import tables
from db.repository import Repository
from desktop_app.language import tr
from desktop_app.use_cases.audit import AuditEvent, Deed
from desktop_app.use_cases.edition_records import Approval, EditionUse, KnownEdition, Publishers, Withdrawal
from desktop_app.use_cases.errors import NotInStore

_THE_LIST = 1


class Editions(Repository):
    def publishers(self) -> Publishers | None:
        with self._database.read() as connection:
            row = connection.execute(select(tables.publishers)).one_or_none()
        return None if row is None else Publishers(bytes(row.content), datetime.fromisoformat(row.since), row.by)

    def save_publishers(self, publishers: Publishers, fingerprint: str) -> None:
        with self._database.write() as connection:
            _put_publishers(connection, publishers)
            self._log.note(connection, AuditEvent(Deed.CHANGED, "publishers of the guideline", new=fingerprint))

    def known_editions(self) -> Sequence[KnownEdition]:
        query = select(tables.editions).order_by(tables.editions.c.number.desc())
        with self._database.read() as connection:
            found = connection.execute(query).all()
        try:
            return tuple(_edition(row) for row in found)
        except (ValueError, TypeError) as problem:
            raise self._damaged() from problem

    def add_edition(self, edition: KnownEdition, publishers: Publishers) -> None:
        values = {"number": edition.number, "content_hash": edition.content_hash, "version": edition.version,
                  "minimum_program": edition.minimum_program, "review_by": edition.review_by.isoformat(),
                  "signers": json.dumps(edition.signers), "installed": edition.installed.isoformat(),
                  "by": edition.by}
        with self._database.write() as connection:
            connection.execute(insert(tables.editions).values(**values).on_conflict_do_nothing())
            _put_publishers(connection, publishers)
            self._log.note(connection, AuditEvent(Deed.IMPORTED, f"guideline edition {edition.number}",
                                                  detail=edition.version, new=edition.content_hash))

    def edition_uses(self) -> Sequence[EditionUse]:
        query = select(tables.edition_uses).order_by(tables.edition_uses.c.id.desc())
        with self._database.read() as connection:
            found = connection.execute(query).all()
        return tuple(EditionUse(row.content_hash, row.number, row.version, datetime.fromisoformat(row.since), row.by,
                                row.reason, bool(row.returned)) for row in found)

    def use_edition(self, use: EditionUse) -> None:
        table = tables.edition_uses
        with self._database.write() as connection:
            before = connection.execute(select(table.c.version).order_by(table.c.id.desc()).limit(1)).scalar()
            connection.execute(insert(table).values(
                content_hash=use.content_hash, number=use.number, version=use.version, since=use.since.isoformat(),
                by=use.by, reason=use.reason, returned=use.returned))
            self._log.note(connection, AuditEvent(
                Deed.CHANGED, "guideline in use", subject=use.content_hash, detail=use.reason, old=before or "",
                new=f"{use.version} (edition {use.number})"))

    def approval(self, content_hash: str) -> Approval | None:
        with self._database.read() as connection:
            row = self._newest_approval(connection, content_hash)
        if row is None:
            return None
        withdrawn = None if row.withdrawn_at is None else Withdrawal(
            datetime.fromisoformat(row.withdrawn_at), row.withdrawn_by, row.withdrawn_reason)
        return Approval(row.content_hash, row.by, datetime.fromisoformat(row.at), bytes(row.statement), withdrawn)

    def save_approval(self, approval: Approval) -> None:
        with self._database.write() as connection:
            connection.execute(insert(tables.approvals).values(
                content_hash=approval.content_hash, by=approval.by, at=approval.at.isoformat(),
                statement=approval.statement))
            self._log.note(connection, AuditEvent(Deed.SIGNED, "approval of the guideline content",
                                                  subject=approval.content_hash))

    def withdraw_approval(self, content_hash: str, withdrawal: Withdrawal) -> None:
        table = tables.approvals
        with self._database.write() as connection:
            row = self._newest_approval(connection, content_hash)
            if row is None or row.withdrawn_at is not None:
                raise NotInStore(
                    tr("Nobody has approved this guideline content."), next_step=tr("There is nothing to withdraw.")
                )
            connection.execute(update(table).where(table.c.id == row.id).values(
                withdrawn_at=withdrawal.at.isoformat(), withdrawn_by=withdrawal.by,
                withdrawn_reason=withdrawal.reason))
            self._log.note(connection, AuditEvent(Deed.VOIDED, "approval of the guideline content",
                                                  subject=content_hash, detail=withdrawal.reason))

    @staticmethod
    def _newest_approval(connection: Connection, content_hash: str) -> Any:
        table = tables.approvals
        return connection.execute(select(table).where(table.c.content_hash == content_hash)
                                  .order_by(table.c.id.desc()).limit(1)).one_or_none()


def _put_publishers(connection: Connection, publishers: Publishers) -> None:
    values = {"content": publishers.content, "since": publishers.since.isoformat(), "by": publishers.by}
    connection.execute(insert(tables.publishers).values(id=_THE_LIST, **values)
                       .on_conflict_do_update(index_elements=["id"], set_=values))


def _edition(row: Any) -> KnownEdition:
    return KnownEdition(row.content_hash, row.number, row.version, row.minimum_program,
                        date.fromisoformat(row.review_by), tuple(json.loads(row.signers)),
                        datetime.fromisoformat(row.installed), row.by)
