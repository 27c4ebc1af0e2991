"""One encrypted SQLite file: how it is opened, how a transaction begins, how it is closed.

The raw key comes from outside. A connection never creates a file: a missing or empty one is an error.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from db.failures import plain_words
from desktop_app.use_cases.searching import plain_letters

KEY_BYTES = 32
BUSY_SECONDS = 5.0
_READS = "lumbar_reads_only"


def make_file(path: Path) -> None:
    """An empty file only its owner can read; SQLite gives its side files the same rights."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A driver connection with the key set. Nothing has been read yet, so a wrong key is not noticed here."""
    if len(key) != KEY_BYTES:
        raise ValueError("a store key has 32 bytes")
    mode = "ro" if read_only else "rw"
    connection = driver.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None,
                                check_same_thread=False, timeout=BUSY_SECONDS)
    try:
        # Silence first: SQLCipher would write its own error lines to the terminal.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        # The format is pinned, so that a newer library never takes its own default for an older file.
        connection.execute("PRAGMA cipher_compatibility = 4")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.create_function("plain_letters", 1, plain_letters, deterministic=True)
    except BaseException:
        connection.close()
        raise
    return connection


class Database:
    """The open store. ``write`` and ``read`` are one transaction each; ``write`` is durable when it ends."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.closed = False
        self.written: Callable[[], None] = lambda: None
        """Called after each transaction that is durable."""

        def fresh() -> Any:
            connection = connect(path, key)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA cache_size = -2048")  # kB for each connection; more is kept for ever
            except BaseException:
                connection.close()
                raise
            return connection

        self.engine: Engine = create_engine("sqlite+pysqlite://", module=sqlcipher3, creator=fresh,
                                            poolclass=QueuePool, pool_size=2, max_overflow=8,
                                            hide_parameters=True)  # an error names no patient
        event.listen(self.engine, "begin", _begin)
        self._reading = self.engine.execution_options(**{_READS: True})

    @contextmanager
    def write(self) -> Iterator[Connection]:
        with plain_words(self.path), self.engine.begin() as connection:
            yield connection
        self.written()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with plain_words(self.path), self._reading.begin() as connection:
            yield connection

    def empty_log(self) -> None:
        """Cuts the write-ahead file to nothing, so that what was erased is not in it."""
        with plain_words(self.path), contextlib.closing(self.engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Moves everything into the one file, so that a copy of it is whole and the side files go away."""
        if self.closed:
            return
        self.closed = True
        try:
            with plain_words(self.path), contextlib.closing(self.engine.raw_connection()) as raw:
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self.engine.dispose()


def _begin(connection: Connection) -> None:
    # A writer takes its lock at the start: two programs can then never both believe they may write.
    reads = connection.get_execution_options().get(_READS, False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
