"""Is the store whole? Looked at before any value is shown; nothing is ever repaired, deleted or made anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from db.database import connect
from db.failures import damaged, plain_words
from desktop_app.language import tr
from desktop_app.use_cases.errors import StoreMissing

ALWAYS_CHECKED_UP_TO = 48 * 1024 * 1024
"""Bytes. Reading every page takes about 10 ms a megabyte, so small stores are read whole at each start."""


def refuse_missing(path: Path) -> None:
    """SQLite would take an empty file for a new store, so both are refused before it sees them."""
    if not path.is_file():
        raise StoreMissing(
            tr("The store {path} is missing; its key file is there.").format(path=path),
            next_step=tr("Look for the file, or restore the newest backup. No new store is made in its place."),
        )
    if path.stat().st_size == 0:
        raise damaged(path)


def ended_uncleanly(path: Path) -> bool:
    """A store that was closed has no write-ahead file, or an empty one."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def check_at_start(path: Path, key: bytes, *, unclean: bool) -> None:
    """After an unclean end, or when the store is small, every page is read. Raises ``StoreDamaged``."""
    if unclean or path.stat().st_size <= ALWAYS_CHECKED_UP_TO:
        check_whole(path, key)


def check_whole(path: Path, key: bytes) -> None:
    """Reads every page of the file against its authentication code. Raises ``StoreDamaged``."""
    with plain_words(path):
        connection = connect(path, key)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            # The page check reads the main file only: what a crash left in the write-ahead file goes there
            # first, or a whole store would be called damaged.
            [(busy, _, _)] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            found: list[Any] = [] if busy else connection.execute("PRAGMA cipher_integrity_check").fetchall()
            if found or connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise damaged(path)
        finally:
            connection.close()
