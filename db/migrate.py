"""Brings a store's tables up to this program: checked copy first, then everything in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from db.database import Database, connect, make_file
from db.failures import damaged, plain_words
from db.integrity import check_whole
from db.whole_folder import sync_file, sync_folder
from desktop_app.language import tr
from desktop_app.use_cases.errors import StoreNewer

HEAD = "0011"
"""The newest migration this program has; kept here so that an up-to-date store opens without Alembic."""

SCRIPTS = Path(__file__).with_name("migrations")


def schema_of(connection: Any, path: Path) -> str:
    """The revision a driver connection's store is at. Raises ``StoreDamaged`` when it has none."""
    rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    if len(rows) != 1:
        raise damaged(path)
    return str(rows[0][0])


def refuse_newer(revision: str, path: Path, head: str = HEAD) -> None:
    """Revisions are numbers in text, always one longer than the last."""
    known = revision.isascii() and revision.isdigit() and len(revision) == len(head) and int(revision) > 0
    if not known:
        raise damaged(path)
    if revision > head:
        raise StoreNewer(
            tr(
                "The store {path} was written by a newer version of this program (its tables are "
                "version {theirs}, this program knows {ours})."
            ).format(path=path, theirs=int(revision), ours=int(head)),
            next_step=tr("Nothing was changed. Open it with the newer program."),
        )


def create_tables(database: Database) -> None:
    with database.write() as connection:
        _upgrade(connection, SCRIPTS, HEAD)


def bring_up_to_date(database: Database, key: bytes, revision: str, *, scripts: Path = SCRIPTS,
                     head: str = HEAD, copy: bool = True) -> Path | None:
    """The checked copy that was made, or None when there was nothing to do.

    A migration that fails rolls everything back; the store is then as it was, and so is the copy.
    """
    if revision == head:
        return None
    kept = checked_copy(database.path, key, revision) if copy else None
    with database.write() as connection:
        _upgrade(connection, scripts, head)
    return kept


def checked_copy(path: Path, key: bytes, revision: str) -> Path:
    """A copy beside the store that was opened with the key and read whole before it got its name."""
    unfinished = path.with_name(f"{path.name}.before-{int(revision) + 1:04d}.unfinished")
    finished = unfinished.with_suffix("")
    try:
        with plain_words(path):
            unfinished.unlink(missing_ok=True)
            make_file(unfinished)
            connection = connect(path, key)
            try:
                connection.execute("VACUUM INTO ?", (str(unfinished),))
            finally:
                connection.close()
            check_whole(unfinished, key)
        sync_file(unfinished)
    except BaseException:
        unfinished.unlink(missing_ok=True)  # on a full disk it would hold the last room
        raise
    unfinished.replace(finished)
    sync_folder(finished.parent)
    return finished


def _upgrade(connection: Connection, scripts: Path, head: str) -> None:
    from alembic import command
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(scripts).replace("%", "%%"))
    settings.attributes["connection"] = connection
    command.upgrade(settings, head)
