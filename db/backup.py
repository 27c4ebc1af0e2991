"""Backups: a folder with store, keys, certificate, editions and manifest, checked with the key before it has a name."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from db import migrate
from db.audit_log import QUIET
from db.change_over import FILES
from db.database import connect, make_file
from db.edition_archives import ARCHIVE, write_editions
from db.failures import plain_words
from db.file_names import AUTHORITY_FILE, KEY_FILE, STORE_FILE
from db.integrity import check_whole, refuse_missing
from db.whereabouts import read_key_file
from db.whole_folder import clear_leftovers, replace_whole, whole_folder, write_new
from desktop_app.language import tr
from desktop_app.use_cases.audit import AuditHead
from desktop_app.use_cases.backups import Backup, BackupPlaces, kept
from desktop_app.use_cases.errors import BadData, DiskFull, IoFailed, LumbarError, NoInput, StoreNewer
from desktop_app.use_cases.inputs import open_ordinary, read_at_most
from desktop_app.use_cases.ports import AuditChain

MANIFEST = "manifest.json"
PLACES_FILE = "backup-places.json"
"""Beside the store and not in it: a restore must find the backups when the store cannot be opened."""

_FORMAT, _VERSION = "lumbar-pathway-backup", 1
_NAME = re.compile(r"backup-([0-9]{6,})", re.ASCII)
_ROOM = 16 * 1024 * 1024
_STEPS = 20_000  # of SQLite between two words about the progress
_LARGEST_MANIFEST = 64 * 1024
_NO_DATA = ("audit", "alembic_version")


def places_of(folder: Path) -> BackupPlaces:
    """Where backups of this profile go; beside the store until somebody chose. A damaged file is the same as none."""
    usual = BackupPlaces(folder / "backups")
    try:
        found = json.loads(read_at_most(folder / PLACES_FILE, _LARGEST_MANIFEST))
        chosen = {name: _folder_named(found[name]) for name in ("folder", "stick")}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return usual
    return BackupPlaces(**chosen)


def _folder_named(written: str) -> Path | None:
    """Raises ``ValueError`` or ``TypeError`` for what no folder can be called."""
    if b"\0" in os.fsencode(written):
        raise ValueError("no name of a folder")
    return Path(written) if written else None


def save_places(folder: Path, places: BackupPlaces) -> None:
    chosen = {name: "" if place is None else str(place.absolute())
              for name, place in (("folder", places.folder), ("stick", places.stick))}
    replace_whole(folder / PLACES_FILE, json.dumps(chosen, indent=1, sort_keys=True).encode() + b"\n")


def backups_in(place: Path) -> Sequence[Backup]:
    """The finished ones, newest first. What was interrupted has no such name and is never among them."""
    found = [backup for path in _finished(place) if (backup := _read(path)) is not None]
    return sorted(found, key=lambda one: one.number, reverse=True)


def broken_in(place: Path) -> Sequence[Path]:
    """Folders named like a finished backup of which a part is missing, cut or cannot be read."""
    return sorted(path for path in _finished(place) if _read(path) is None)


def make_backup(profile: Path, place: Path, key: bytes, chain: AuditChain, at: datetime,
                told: Callable[[float], None] | None = None) -> Backup:
    """Raises ``IoFailed`` or ``CannotCreate`` in words; what was there before is untouched then.

    ``told`` hears how much is done, from 0 to 1: one half is writing the copy, the other reading it whole.
    """
    store = profile / STORE_FILE
    refuse_missing(store)
    _room_for(store, place)
    numbers = [int(found[1]) for path in _finished(place) if (found := _NAME.fullmatch(path.name))]
    path = place / f"backup-{max(numbers, default=0) + 1:06d}"
    for leftover in _unfinished(place):
        clear_leftovers(leftover)
    with whole_folder(path) as unfinished:
        copy = unfinished / STORE_FILE
        write_new(unfinished / KEY_FILE, read_key_file(profile))
        write_new(unfinished / AUTHORITY_FILE, read_at_most(profile / AUTHORITY_FILE, _LARGEST_MANIFEST))
        write_editions(profile, unfinished)
        with plain_words(copy):
            make_file(copy)
            source = connect(store, key)
            try:
                if told is not None:
                    source.set_progress_handler(partial(_tell_growth, told, copy, store.stat().st_size), _STEPS)
                source.execute("VACUUM INTO ?", (str(copy),))
            finally:
                source.close()
        if told is not None:
            told(0.5)
        says = {"format": _FORMAT, "version": _VERSION, "number": int(path.name.rsplit("-", 1)[1]),
                "made": at.isoformat(timespec="seconds"), **_contents(copy, key),
                "files": {path.name: _print_of(path) for path in sorted(unfinished.iterdir())
                          if path.name in FILES or ARCHIVE.fullmatch(path.name)}}
        write_new(unfinished / MANIFEST, _sealed(says, chain))
    made = _read(path)
    if made is None:
        raise IoFailed(
            tr("The backup {path} cannot be read again.").format(path=path),
            next_step=tr("Choose another disk for backups."),
        )
    if told is not None:
        told(1.0)
    return made


def _tell_growth(told: Callable[[float], None], copy: Path, size: int) -> int:
    """SQLite calls this while it writes the copy; 0 lets it go on."""
    with suppress(OSError):
        told(min(1.0, copy.stat().st_size / size) / 2)
    return 0


def thin_out(place: Path) -> None:
    """Takes away what ``kept`` does not name. Only whole backups count, and only by their numbers."""
    found = {backup.number: backup.path for backup in backups_in(place)}
    for number in found.keys() - kept(found):
        take_away(found[number])


def take_away(backup: Path) -> None:
    """Out of sight first: one that is being taken away must not look like a good one."""
    going = backup.with_name(f".{backup.name}.unfinished-gone")
    backup.rename(going)
    shutil.rmtree(going)


def changed_since(store: Path, key: bytes, head: AuditHead | None) -> bool:
    """Whether there is anything that the newest backup does not hold; signing in and looking do not count."""
    if head is None:
        return True
    with plain_words(store):
        connection = connect(store, key)
        try:
            marks = ", ".join("?" * len(QUIET))
            query = f"SELECT 1 FROM audit WHERE sequence > ? AND deed NOT IN ({marks}) LIMIT 1"  # noqa: S608
            known = connection.execute("SELECT seal FROM audit WHERE sequence = ?", (head.sequence,)).fetchone()
            if known is None or bytes(known[0]).hex() != head.seal:
                return True
            return connection.execute(query, (head.sequence, *QUIET)).fetchone() is not None
        finally:
            connection.close()


def require_whole(path: Path) -> Backup:
    """Every file against the manifest, without any key. Raises ``BadData``, ``NoInput`` or ``StoreNewer`` in words."""
    if not path.is_dir():
        raise NoInput(
            tr("{path}: there is no such backup.").format(path=path), next_step=tr("Choose a folder named “backup-…”.")
        )
    found = _read(path)
    if found is None:
        raise _bad(path)
    told = json.loads(read_at_most(path / MANIFEST, _LARGEST_MANIFEST))
    try:
        if any(_print_of(path / name) != told["files"][name] for name in _names(told)):
            raise _bad(path)
    except OSError as problem:
        raise _bad(path) from problem
    if found.schema > migrate.HEAD:
        raise StoreNewer(
            tr("The backup {name} was made by a newer version of this program.").format(name=path.name),
            next_step=tr("Nothing was changed. Restore it with the newer program."),
        )
    return found


def require_true(path: Path, chain: AuditChain) -> Backup:
    """The same with the key: the manifest is this store's own, and the copy holds what the manifest says."""
    backup = require_whole(path)
    content = read_at_most(path / MANIFEST, _LARGEST_MANIFEST)
    told = json.loads(content)
    told.pop("seal", None)
    if _sealed(told, chain) != content:
        raise _bad(path)
    return backup


def require_readable(found: Backup, key: bytes) -> None:
    """The copy itself, page by page and row by row. Raises ``StoreDamaged`` or ``BadData``."""
    check_whole(found.path / STORE_FILE, key)
    if data_hash(found.path / STORE_FILE, key) != found.data_hash:
        raise _bad(found.path)


def data_hash(path: Path, key: bytes) -> str:
    """SHA-256 over every row of every table but the record of use: equal when two stores hold the same."""
    with plain_words(path):
        connection = connect(path, key)
        try:
            return _data_hash(connection)
        finally:
            connection.close()


def _contents(copy: Path, key: bytes) -> dict[str, Any]:
    """What the copy holds, read from the copy with the key. Raises ``StoreDamaged``."""
    check_whole(copy, key)
    connection = connect(copy, key)
    try:
        with plain_words(copy):
            schema = migrate.schema_of(connection, copy)
            last = connection.execute("SELECT sequence, seal FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
            head = AuditHead(last[0], bytes(last[1]).hex()) if last else AuditHead(0, bytes(32).hex())
            [(store_id,)] = connection.execute("SELECT value FROM meta WHERE name = 'store_id'").fetchall()
            [(encounters,)] = connection.execute("SELECT count(*) FROM encounters").fetchall()
            return {"store": store_id, "schema": schema, "audit_head": str(head), "encounters": encounters,
                    "data": _data_hash(connection)}
    finally:
        connection.close()


def _data_hash(connection: Any) -> str:
    digest = hashlib.sha256()
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' "
                                "ORDER BY name").fetchall()
    for (table,) in tables:
        if table in _NO_DATA:
            continue
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        order = ", ".join(f'"{column[1]}"' for column in sorted(columns, key=lambda one: one[5]) if column[5])
        digest.update(f"\n{table}\n".encode())
        for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}'):  # noqa: S608  our own names
            for value in row:
                written = value if isinstance(value, bytes) else repr(value).encode()
                digest.update(b"%d:" % len(written))
                digest.update(written)
    return digest.hexdigest()


def _sealed(told: dict[str, Any], chain: AuditChain) -> bytes:
    seal = chain.link(bytes(32), [_FORMAT.encode(), json.dumps(told, sort_keys=True).encode()])
    return json.dumps({**told, "seal": seal.hex()}, indent=1, sort_keys=True).encode() + b"\n"


def _names(told: dict[str, Any]) -> list[str]:
    """The files of a backup by its manifest: what every one holds, and its editions of the guideline."""
    return [*FILES, *(name for name in told["files"] if ARCHIVE.fullmatch(name))]


def _print_of(path: Path) -> dict[str, Any]:
    with open_ordinary(path) as file:
        return {"sha256": hashlib.file_digest(file, "sha256").hexdigest(), "size": path.stat().st_size}


def _read(path: Path) -> Backup | None:
    """None when it is not one, or a part of it is missing."""
    try:
        told = json.loads(read_at_most(path / MANIFEST, _LARGEST_MANIFEST))
        head = AuditHead.read(told["audit_head"])
        sizes = {name: (path / name).stat().st_size for name in _names(told)}
        if (told["format"] != _FORMAT or told["version"] != _VERSION or head is None
                or any(told["files"][name]["size"] != size for name, size in sizes.items())):
            return None
        return Backup(path, int(told["number"]), datetime.fromisoformat(told["made"]), str(told["store"]),
                      str(told["schema"]), head, int(told["encounters"]), sum(sizes.values()), str(told["data"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None


def _finished(place: Path) -> list[Path]:
    try:
        return [path for path in place.iterdir() if _NAME.fullmatch(path.name) and path.is_dir()]
    except OSError:
        return []


def _unfinished(place: Path) -> set[Path]:
    try:
        return {place / path.name[1:].split(".unfinished-")[0] for path in place.iterdir()
                if path.name.startswith(".backup-") and ".unfinished-" in path.name}
    except OSError:
        return set()


def _room_for(store: Path, place: Path) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        free = shutil.disk_usage(place).free
    except OSError as problem:
        told: LumbarError = IoFailed(
            tr("Backups cannot be written to {place}: {reason}.").format(
                place=place, reason=os.strerror(problem.errno or 0)
            ),
            next_step=tr("Check that the disk is connected and may be written to, or choose another folder."),
        )
        raise told from problem
    needed = store.stat().st_size + _ROOM
    if free < needed:
        raise DiskFull(
            tr("There is no room for a backup in {place}: {free} MB are free, {needed} MB are needed.").format(
                place=place, free=free // 2**20, needed=needed // 2**20
            ),
            next_step=tr("Free some space or choose another folder. Earlier backups are untouched."),
        )


def _bad(path: Path) -> BadData:
    return BadData(
        tr("The backup {name} is damaged: it does not hold what it held when it was made.").format(name=path.name),
        next_step=tr("Nothing was changed. Choose another backup."),
    )
