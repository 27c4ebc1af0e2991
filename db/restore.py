"""Brings a backup back: checked whole, then put in the place of the present files, which are set aside, never deleted.

The change of files is written down first, so that a power cut in its middle is finished at the next start.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from db import backup as backups
from db import migrate
from db.audit_log import Log
from db.change_over import FILES, INCOMING, finish
from db.database import Database, connect
from db.edition_archives import put_back
from db.failures import plain_words
from db.file_names import STORE_FILE, UNDER_WAY
from db.integrity import check_whole
from db.store import SqlStore
from db.whereabouts import read_key_file
from db.whole_folder import replace_whole, sync_file, sync_folder
from desktop_app.language import tr
from desktop_app.use_cases.audit import AuditEvent, Deed
from desktop_app.use_cases.backups import Backup
from desktop_app.use_cases.domain import Clinician
from desktop_app.use_cases.errors import BadData, CannotCreate, LumbarError, NotPermitted
from desktop_app.use_cases.keys import THE_RECOVERY_KEY, OpenedKeys
from desktop_app.use_cases.permissions import Access, Action
from desktop_app.use_cases.ports import KeyKeeper

_ASIDE = "set-aside"


def _nothing() -> None:
    """Nobody has the present store open."""


def restore(profile: Path, backup: Path, user_id: str, passphrase: str, keeper: KeyKeeper, at: datetime,
            shut: Callable[[], None] = _nothing) -> Path:
    """The folder that now holds what was there before. The passphrase is the one of the time of the backup; with the
    user ``THE_RECOVERY_KEY`` it is the recovery key that was printed by then.

    ``shut`` closes the present store where it is open; it is called when every check has been passed.

    Raises ``WrongPassphrase``, ``BadData``, ``StoreDamaged``, ``StoreNewer`` or ``NotPermitted``; nothing was changed
    then.
    """
    found = backups.require_whole(backup)
    content = read_key_file(backup)
    keys = (keeper.unlock_with_recovery(content, passphrase) if user_id == THE_RECOVERY_KEY
            else keeper.unlock(content, user_id, passphrase))
    backups.require_true(backup, keeper.chain(keys))
    incoming = profile / INCOMING
    try:
        profile.mkdir(parents=True, exist_ok=True, mode=0o700)
        finish(profile)
        shutil.rmtree(incoming, ignore_errors=True)
        incoming.mkdir(mode=0o700)
        for name in FILES:
            shutil.copyfile(backup / name, incoming / name)
            (incoming / name).chmod(0o600)
        _make_ready(profile, incoming, found, keys, keeper, at, shut)
        put_back(backup, profile)  # before the records, which ask for them; alone they change nothing
        for name in FILES:
            sync_file(incoming / name)
        sync_folder(incoming)
        aside = _free_name(profile)
        replace_whole(profile / UNDER_WAY, json.dumps({"aside": aside.name}).encode())
    except OSError as problem:
        shutil.rmtree(incoming, ignore_errors=True)
        raise CannotCreate(
            tr("The backup cannot be written to {profile}: {strerror}.").format(
                profile=profile, strerror=problem.strerror or problem
            ),
            next_step=tr("Check the free space and the rights of the folder. Nothing was changed."),
        ) from problem
    except BaseException:
        shutil.rmtree(incoming, ignore_errors=True)
        raise
    finish(profile)
    return aside


def _make_ready(profile: Path, incoming: Path, found: Backup, keys: OpenedKeys, keeper: KeyKeeper,
                at: datetime, shut: Callable[[], None]) -> None:
    """Opens the copy with its key, reads it whole, and records in it that it was restored and what it takes the place
    of.
    """
    path, content = incoming / STORE_FILE, read_key_file(incoming)
    check_whole(path, keys.store_key)
    if backups.data_hash(path, keys.store_key) != found.data_hash:
        raise BadData(
            tr("The backup {name} does not hold the data that it held when it was made.").format(name=found.path.name),
            next_step=tr("Nothing was changed. Choose another backup."),
        )
    database = Database(path, keys.store_key)
    try:
        migrate.bring_up_to_date(database, keys.store_key, found.schema, copy=False)
        store = SqlStore(database, Log(keeper.chain(keys), keys.user_id, lambda: at))
        if keys.user_id:  # whoever holds the recovery key holds everything
            _require_right(store.clinician(keys.user_id))
        store.take_on_key_places(keeper.places(content))
        shut()
        store.record(AuditEvent(Deed.RESTORED, f"backup {found.number}", detail=str(found.head),
                                old=_present_head(profile, keys.store_key),
                                new="" if keys.user_id else "with the recovery key"))
    finally:
        database.close()


def _require_right(person: Clinician) -> None:
    if person.retired:
        raise NotPermitted(
            tr("{name} does not work here any more and is not let in.").format(name=person.name),
            next_step=tr("Ask who looks after this computer."),
        )
    Access(person).require(Action.RESTORE)


def _present_head(profile: Path, key: bytes) -> str:
    """Where the record of the store that is set aside ended, as far as it can still be read."""
    path = profile / STORE_FILE
    try:
        with plain_words(path):
            connection = connect(path, key, read_only=True)
            try:
                sequence, seal = connection.execute(
                    "SELECT sequence, seal FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
                return f"{sequence}:{bytes(seal).hex()}"
            finally:
                connection.close()
    except (LumbarError, TypeError, ValueError):
        return ""


def _free_name(profile: Path) -> Path:
    number = 1
    while (profile / f"{_ASIDE}-{number:03d}").exists():
        number += 1
    return profile / f"{_ASIDE}-{number:03d}"
