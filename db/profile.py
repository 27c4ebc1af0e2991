"""A profile is one folder: key file, encrypted store, the clinic's certificate. First start and opening.

Keys come from a ``KeyKeeper``; this room only decides what is read in which order, so that a wrong
passphrase, a missing or damaged key file and a damaged store are never taken for one another.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from db import migrate
from db.audit_log import Log
from db.backup import backups_in, changed_since, make_backup, require_readable, require_true, thin_out
from db.change_over import finish
from db.database import Database, connect, make_file
from db.failures import plain_words
from db.file_names import AUTHORITY_FILE, KEY_FILE, STORE_FILE
from db.ground import is_read_only, live_copy, private_copy, private_place, refuse_share
from db.integrity import check_at_start, ended_uncleanly, refuse_missing
from db.store import SqlStore
from db.ways_in import change, note_old_places, require_in_force, take_out
from db.whereabouts import profile_exists, profile_users, read_key_file
from db.whole_folder import whole_folder, write_new
from desktop_app.language import tr
from desktop_app.use_cases.audit import AuditEvent, Deed, kind_of
from desktop_app.use_cases.backups import Backup, BackupPlaces, BackupReport, Told
from desktop_app.use_cases.domain import Clinic, Clinician
from desktop_app.use_cases.errors import CannotCreate, DiskFull, IoFailed, LumbarError, NotPermitted
from desktop_app.use_cases.keys import CertificateFacts, KeyPlace, KeyUser, OpenedKeys, SigningKey, TokenPlace
from desktop_app.use_cases.ports import KeyKeeper, Signer

__all__ = ["AUTHORITY_FILE", "KEY_FILE", "STORE_FILE", "Opened", "create_profile", "open_profile",
           "open_with_code", "open_with_recovery", "profile_exists", "profile_users"]

BACKUP = "backup"
"""What a row of the record of use says of a round that failed."""


@dataclass(slots=True)
class Opened:
    """An open profile. Closing it closes the store."""

    folder: Path
    store: SqlStore
    user: Clinician | None  # None: opened with the recovery key
    authority: bytes  # the clinic's certificate, PEM
    _keys: OpenedKeys = field(repr=False)
    _keeper: KeyKeeper = field(repr=False)
    newest_entry: datetime | None = None  # before this sign-in
    recovery_key: str = field(default="", repr=False)  # only at first start, to be printed and then forgotten

    def signer(self, pin: str = "") -> Signer:
        """The user's own signing key; on a token, where one was chosen, ``pin`` opens it. Nobody signs with the
        recovery key.
        """
        user, key = self._own_key()
        place = self.store.token(user.id)
        if place is not None:
            return self._keeper.token_signer(place, pin)
        return self._keeper.signer(key, self._keys)

    def _own_key(self) -> tuple[Clinician, SigningKey]:
        """The imported one where there is one."""
        key = None
        if self.user is not None:
            key = self.store.imported_key(self.user.id) or self.store.signing_key(self.user.id)
        if self.user is None or key is None:
            raise NotPermitted(
                tr("There is no signing key for this user in the store."),
                next_step=tr("Open the store with your own passphrase to sign."),
            )
        return self.user, key

    def confirm(self, passphrase: str) -> None:
        """Raises ``WrongPassphrase`` unless it is the user's own."""
        if self.user is not None:
            self.vouch(self.user.id, passphrase)

    def vouch(self, user_id: str, passphrase: str) -> None:
        """Raises ``WrongPassphrase`` unless it is that of the user who is named, ``OldKeyFile`` when it was once."""
        content = read_key_file(self.folder)
        keys = self._keeper.unlock(content, user_id, passphrase)
        require_in_force(self.store, self._keeper.places(content), KeyPlace(keys.user_id, keys.place))

    def key_users(self) -> Sequence[KeyUser]:
        """Who has a place in the key file now that opens the records."""
        content = read_key_file(self.folder)
        in_force = {one.owner for one in self.store.key_places().intersection(self._keeper.places(content))}
        return [user for user in self._keeper.users(content) if user.id in in_force]

    def give_code(self, clinician: Clinician, until: datetime) -> str:
        """A one-time code in the place of the person's passphrase; it is shown once."""
        before = read_key_file(self.folder)
        content, code = self._keeper.put_code(before, self._keys, KeyUser(clinician.id, clinician.name), until)
        self._change(clinician.id, before, content, "one-time code")
        return code

    def take_out(self, clinician: Clinician) -> None:
        """Neither passphrase nor code lets the person in any more."""
        content = self._keeper.take_out(read_key_file(self.folder), self._keys, clinician.id)
        take_out(self.folder, self.store, clinician.id, content)

    def _change(self, owner: str, before: bytes, content: bytes, kind: str) -> None:
        places = self._keeper.places
        change(self.folder, self.store, owner, places(before), places(content), content, kind)

    def change_passphrase(self, passphrase: str, at: datetime) -> None:
        """Of the signed-in user, whose signing key stays the same."""
        if self.user is None:
            raise NotPermitted(tr("Nobody is signed in."), next_step=tr("Sign in with your passphrase."))
        self.set_passphrase(self.user, passphrase, at)

    def raise_effort(self, passphrase: str) -> None:
        """The user's place in the key file under today's name and effort; where that cannot be written, later."""
        if self.user is None:
            return
        user = KeyUser(self.user.id, self.user.name)
        before = read_key_file(self.folder)
        content = self._keeper.renewed(before, self._keys, user, passphrase)
        if content is not None:
            with suppress(CannotCreate, IoFailed):
                self._change(user.id, before, content, "effort of the passphrase")

    def import_signing_key(self, p12: bytes, passphrase: bytes, at: datetime) -> None:
        """From now on the user signs with a key that was issued elsewhere. Raises ``KeyFileError``."""
        user, _ = self._own_key()
        self.store.save_imported_key(user.id, self._keeper.adopt_signing_key(p12, passphrase, self._keys, at))
        self.store.save_token(user.id, None)

    def look_into_token(self, module: str, label: str, pin: str, more: bytes, at: datetime) -> TokenPlace:
        """The token as it would be used; nothing is kept of it. Raises ``KeyFileError`` or ``WrongPin``."""
        return self._keeper.look_into_token(module, label, pin, more, at)

    def use_token(self, place: TokenPlace) -> None:
        """From now on the user signs with the key on a token."""
        user, _ = self._own_key()
        self.store.save_token(user.id, place)

    def forget_imported_key(self) -> None:
        """From now on the user signs with the key that was made here again."""
        user, _ = self._own_key()
        self.store.save_imported_key(user.id, None)
        self.store.save_token(user.id, None)

    def certificate(self) -> CertificateFacts:
        """What the user signs with now."""
        user, key = self._own_key()
        place = self.store.token(user.id)
        if place is not None:
            return self._keeper.token_facts(place)
        told = self._keeper.facts(key)
        if self.store.imported_key(user.id) is not None:
            return replace(told, imported=True)
        return replace(told, trust=self.authority)

    def look_into(self, p12: bytes, passphrase: bytes, at: datetime) -> CertificateFacts:
        """Whom a PKCS#12 file names; nothing is kept of it. Raises ``KeyFileError``."""
        return self._keeper.look_into(p12, passphrase, at)

    def token_facts(self, place: TokenPlace) -> CertificateFacts:
        return self._keeper.token_facts(place)

    def new_recovery_key(self) -> str:
        """Another recovery key in the place of the present one, to be printed; it waits until it is confirmed."""
        self.store.save_recovery_key_waits(waits=True)
        before = read_key_file(self.folder)
        content, printed = self._keeper.put_recovery(before, self._keys)
        self._change("", before, content, "recovery key")
        return printed

    def export_signing_key(self, passphrase: str) -> bytes:
        """The user's key as a PKCS#12 file under a passphrase of its own, to sign on the command line."""
        _, key = self._own_key()
        return self._keeper.hand_out_signing_key(key, self._keys, passphrase)

    def set_passphrase(self, clinician: Clinician, passphrase: str, at: datetime) -> None:
        """A new passphrase for the user, or for anybody after the recovery key was used.

        The recovery key cannot open a clinician's own signing key, so after it they get a new one under the
        clinic's certificate. What was signed before stays valid.
        """
        clinic = self.store.clinic()
        before = read_key_file(self.folder)
        content, keys = self._keeper.put_user(before, self._keys, KeyUser(clinician.id, clinician.name), passphrase,
                                              too_easy=_too_easy(clinic, clinician))
        self.store.save_clinician(clinician)
        if keys.personal_key != self._keys.personal_key:
            signing = self._keeper.new_signing_key(self.store.authority(), clinic, clinician, keys, at)
            self.store.save_signing_key(clinician.id, signing)
            self.store.save_imported_key(clinician.id, None)  # locked with what is lost
        # Last, so that a crash before this leaves the recovery key in use and the whole can be done again.
        self._change(clinician.id, before, content, "passphrase")
        self.user, self._keys = clinician, keys
        self.store.acts_for(clinician.id)

    @property
    def store_id(self) -> str:
        return self._keys.store_id

    def back_up(self, at: datetime, places: BackupPlaces, *, always: bool = False,
                told: Told | None = None) -> BackupReport:
        """To every place that lacks something, each checked before it counts. Nothing that goes wrong is raised."""
        made, failed, away = [], [], []
        for place in places.all():
            # Its folder was made when the stick was chosen: without it the disk under it would be filled unseen.
            if place == places.stick and not place.is_dir():
                away.append(tr("The stick for backups is not there: {place}.").format(place=place))
                continue
            try:
                newest = next((one for one in backups_in(place) if one.store_id == self._keys.store_id), None)
                if always or changed_since(self.folder / STORE_FILE, self._keys.store_key,
                                           None if newest is None else newest.head):
                    chain = self._keeper.chain(self._keys)
                    made.append(make_backup(self.folder, place, self._keys.store_key, chain, at,
                                            None if told is None else partial(told, place)))
                    self.store.record(AuditEvent(Deed.BACKED_UP, f"backup {made[-1].number}", detail=str(place),
                                                 new=str(made[-1].head)))
                    thin_out(place)
            except (LumbarError, OSError) as problem:
                next_step = problem.next_step if isinstance(problem, LumbarError) else ""
                said = tr("No backup was made in {place}: {problem} {next_step}")
                failed.append(said.format(place=place, problem=problem, next_step=next_step).strip())
                self.store.record(AuditEvent(Deed.FAILED, BACKUP, detail=str(place), new=kind_of(problem)))
        return BackupReport(tuple(made), tuple(failed), tuple(away))

    def check_backup(self, path: Path) -> Backup:
        """Read whole with this profile's key. Raises ``BadData``, ``NoInput``, ``StoreDamaged`` or ``StoreNewer``."""
        found = require_true(path, self._keeper.chain(self._keys))
        require_readable(found, self._keys.store_key)
        return found

    def close(self) -> None:
        self.store.sign_out()


def create_profile(folder: Path, clinic: Clinic, clinician: Clinician, passphrase: str, at: datetime,
                   keeper: KeyKeeper) -> Opened:
    """First start. Everything is made under a temporary name, so a crash leaves nothing half-made."""
    refuse_share(folder)
    store_id = str(uuid.uuid4())
    made = keeper.new_key_file(store_id, KeyUser(clinician.id, clinician.name), passphrase,
                               too_easy=_too_easy(clinic, clinician))
    authority = keeper.new_authority(clinic, made.keys, at)
    signing = keeper.new_signing_key(authority, clinic, clinician, made.keys, at)
    with whole_folder(folder) as unfinished:
        write_new(unfinished / KEY_FILE, made.content)
        write_new(unfinished / AUTHORITY_FILE, authority.certificate)
        make_file(unfinished / STORE_FILE)
        database = Database(unfinished / STORE_FILE, made.keys.store_key)
        try:
            migrate.create_tables(database)
            store = SqlStore(database, Log(keeper.chain(made.keys), clinician.id))
            store.save_store_id(store_id)
            store.take_on_key_places(keeper.places(made.content))
            store.save_clinic(clinic)
            store.save_clinician(clinician)
            store.save_authority(authority)
            store.save_signing_key(clinician.id, signing)
            store.save_recovery_key_waits(waits=True)
        finally:
            database.close()
    opened = _open(folder, made.content, made.keys, keeper)
    opened.recovery_key = made.recovery_key
    return opened


def open_profile(folder: Path, user_id: str, passphrase: str, keeper: KeyKeeper, *, copied: bool = False) -> Opened:
    """``user_id`` may be empty when the key file has one user only. ``copied``: the folder itself stays as it is."""
    folder = _ground(folder, copied=copied)
    content = read_key_file(folder)
    refuse_missing(folder / STORE_FILE)
    opened = _open(folder, content, keeper.unlock(content, user_id, passphrase), keeper)
    opened.raise_effort(passphrase)
    return opened


def open_beside(folder: Path, user_id: str, passphrase: str, keeper: KeyKeeper) -> Opened:
    """To look at what is there now, in a private copy, while another process works in the records."""
    refuse_share(folder)
    content = read_key_file(folder)
    refuse_missing(folder / STORE_FILE)
    keys = keeper.unlock(content, user_id, passphrase)
    return _open(live_copy(folder, private_place(), keys.store_key), content, keys, keeper)


def open_with_code(folder: Path, user_id: str, code: str, passphrase: str, at: datetime, keeper: KeyKeeper) -> Opened:
    """For somebody who was given a one-time code: it is used up by the passphrase they choose."""
    folder = _ground(folder)
    content = read_key_file(folder)
    refuse_missing(folder / STORE_FILE)
    opened = _open(folder, content, keeper.unlock_with_code(content, user_id, code, at), keeper)
    try:
        opened.change_passphrase(passphrase, at)
    except BaseException:
        opened.close()
        raise
    return opened


def open_with_recovery(folder: Path, recovery_key: str, keeper: KeyKeeper) -> Opened:
    """Opens the store for nobody in particular; ``Opened.set_passphrase`` then gives somebody a way in."""
    folder = _ground(folder)
    content = read_key_file(folder)
    refuse_missing(folder / STORE_FILE)
    return _open(folder, content, keeper.unlock_with_recovery(content, recovery_key), keeper)


def _ground(folder: Path, *, copied: bool = False) -> Path:
    """The folder to open: where nothing can be written or shall be, a private copy that goes with this process."""
    refuse_share(folder)
    if (copied or is_read_only(folder)) and (folder / KEY_FILE).exists():
        return private_copy(folder, private_place())
    finish(folder)
    return folder


def _open(folder: Path, content: bytes, keys: OpenedKeys, keeper: KeyKeeper) -> Opened:
    """``content``: of the key file that gave the keys."""
    try:
        return _open_now(folder, content, keys, keeper)
    except DiskFull:  # the room that is kept for this has been given up, where there was some
        return _open_now(folder, content, keys, keeper)


def _open_now(folder: Path, content: bytes, keys: OpenedKeys, keeper: KeyKeeper) -> Opened:
    path = folder / STORE_FILE
    refuse_missing(path)
    unclean = ended_uncleanly(path)
    revision = _revision(path, keys.store_key, unclean=unclean)
    migrate.refuse_newer(revision, path)
    check_at_start(path, keys.store_key, unclean=unclean)
    database = Database(path, keys.store_key)
    try:
        migrate.bring_up_to_date(database, keys.store_key, revision)
        store = SqlStore(database, Log(keeper.chain(keys), keys.user_id))
        store.require_id(keys.store_id)
        user = store.clinician(keys.user_id) if keys.user_id else None
        _refuse_retired(user)
        require_in_force(store, keeper.places(content), KeyPlace(keys.user_id, keys.place))
        newest = store.newest_entry()
        note_old_places(store, keeper.places(content))
        store.record(AuditEvent(Deed.SIGNED_IN, "" if user else "with the recovery key", subject=keys.user_id))
        return Opened(folder, store, user, store.authority().certificate, keys, keeper, newest)
    except BaseException:
        database.close()
        raise


def _refuse_retired(user: Clinician | None) -> None:
    """An old copy of the key file still has a place for them."""
    if user is not None and user.retired:
        raise NotPermitted(
            tr("{name} does not work here any more and is not let in.").format(name=user.name),
            next_step=tr("Ask who looks after this computer."),
        )


def _revision(path: Path, key: bytes, *, unclean: bool) -> str:
    """Read without changing a byte, so that a store of a newer program stays as it is.

    Closing an ordinary connection would move what a crash left beside the file into it; without such a rest
    it only tidies its own side files away, which a read-only one cannot.
    """
    with plain_words(path):
        connection = connect(path, key, read_only=unclean)
        try:
            return migrate.schema_of(connection, path)
        finally:
            connection.close()


def _too_easy(clinic: Clinic, clinician: Clinician) -> Sequence[str]:
    return (clinic.name, clinic.station, clinician.name)
