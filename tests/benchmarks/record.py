"""How long it takes to check the record of use, against reading the same rows from the same encrypted file."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from db import migrate
from db.audit_check import verify
from db.database import Database, make_file
from desktop_app.seal.chain import Chain
from desktop_app.use_cases.audit import AuditEvent, Deed
from tests.benchmarks.ratio import in_ms, paired
from tests.people import log_for

KEY = bytes(range(32))
ROWS = 100_000
_AT_ONCE = 5_000
_VALUES = '{"value":{"quantity":{"base":0.995,"entered":88.0,"unit":"umol_l"}}}'


def filled(place: Path, rows: int) -> Database:
    """A store with so many rows of answers that were changed."""
    path = place / "store.db"
    make_file(path)
    database = Database(path, KEY)
    migrate.create_tables(database)
    log = log_for(KEY)
    with database.write() as connection:
        log.new_patient(connection, "patient-1")
    for start in range(0, rows, _AT_ONCE):
        with database.write() as connection:
            log.note(connection, *(
                AuditEvent(Deed.CHANGED, "answer", "patient-1", "encounter-1", "creatinine", _VALUES, f"{number}")
                for number in range(start, min(rows, start + _AT_ONCE))))
    return database


def ratio(database: Database, rows: int, runs: int) -> tuple[float, float, float]:
    """Seconds of checking, seconds of only reading, and the one by the other."""

    def check() -> float:
        begun = time.perf_counter()
        verdict = verify(database, Chain(KEY))
        assert verdict.sound
        assert verdict.rows == rows
        return time.perf_counter() - begun

    def read() -> float:
        begun = time.perf_counter()
        with database.read() as connection:
            cursor = connection.connection.cursor()
            assert sum(1 for _ in cursor.execute("SELECT * FROM audit ORDER BY sequence")) == rows
        return time.perf_counter() - begun

    ours, floor, by = paired(check, read, runs)
    return ours.median, floor.median, by


def report() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as place:
        begun = time.perf_counter()
        database = filled(Path(place), ROWS)
        written = time.perf_counter() - begun
        checked, read, by = ratio(database, ROWS, 3)
        database.close()
    yield (f"record of use, {ROWS:,} rows: checked in {in_ms(checked)} (only read: {in_ms(read)}, ratio {by:.1f}); "
           f"written in {in_ms(written)}")
