"""The record of use checked from end to end: every row against its seal, its place and the heads kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from db.audit_log import FIRST_SEAL, TABLE, row_fields
from db.database import Database
from desktop_app.language import tr
from desktop_app.use_cases.audit import AuditVerdict, Deed, OuterHead
from desktop_app.use_cases.ports import AuditChain

_PROBLEMS_AT_MOST = 20


def verify(database: Database, chain: AuditChain, outside: Iterable[OuterHead] = ()) -> AuditVerdict:
    problems: list[str] = []
    heads: dict[int, list[OuterHead]] = {}
    for one in outside:
        heads.setdefault(one.head.sequence, []).append(one)
    compared = sum(len(found) for found in heads.values())
    restored: list[int] = []
    _compare(heads.pop(0, []), FIRST_SEAL, problems)
    expected, previous = 1, FIRST_SEAL
    with database.read() as connection:
        for sequence, at, by, deed, what, patient_id, subject, content, seal in _rows(connection):
            if sequence != expected:
                problems.append(
                    tr("Rows {first} to {last} are missing.").format(first=expected, last=sequence - 1)
                    if sequence > expected
                    else tr("Row {row} stands where row {other} belongs.").format(row=sequence, other=expected)
                )
            if chain.link(previous, row_fields(sequence, at, by, deed, what, patient_id, subject, content)) != seal:
                problems.append(
                    tr("Row {row} is not as it was written, or the row before it is not.").format(row=sequence)
                )
            if deed == Deed.RESTORED.value:
                restored.append(sequence)
            if sequence in heads:
                _compare(heads.pop(sequence), seal, problems)
            expected, previous = sequence + 1, seal
    last = expected - 1
    problems += [
        tr(
            "The record ends with row {last}, but {where} was made when it had {rows} rows: rows are missing at its "
            "end, or an older copy of the store was put in its place."
        ).format(last=last, where=one.where, rows=one.head.sequence)
        for found in heads.values()
        for one in found
    ]
    return AuditVerdict(last, tuple(problems[:_PROBLEMS_AT_MOST]), compared, tuple(restored))


def _compare(found: Sequence[OuterHead], seal: bytes, problems: list[str]) -> None:
    problems += [tr("Row {row} is not the one that {where} names: the rows up to it were written anew."
                    ).format(row=one.head.sequence, where=one.where)
                 for one in found if one.head.seal != seal.hex()]


def _rows(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """Straight from the driver: a hundred thousand rows need no row objects."""
    columns = ", ".join(f'"{column.name}"' for column in TABLE.c)
    cursor: Any = connection.connection.cursor()
    cursor.execute(f"SELECT {columns} FROM audit ORDER BY sequence")  # noqa: S608  our own column names
    yield from cursor
