"""The way into the records: first start, sign-in, recovery, backup and restore, and the way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, cast

from desktop_app.desk_making import DeskMaking
from desktop_app.language import tr
from desktop_app.parts import Spoken

if TYPE_CHECKING:
    from db.attempts import Attempts
    from db.in_use import InUse
    from db.kept_head import ComputersHead
    from db.profile import Opened
    from desktop_app.clinical import ClinicalArithmetic
    from desktop_app.engine.model import Pack
    from desktop_app.use_cases.audit import AuditFilter, AuditRow, AuditVerdict, OuterHead
    from desktop_app.use_cases.backups import Backup, BackupReport, Place
    from desktop_app.use_cases.desk import Desk
    from desktop_app.use_cases.domain import Clinic, Clinician
    from desktop_app.use_cases.keys import KeyUser
    from desktop_app.use_cases.ports import Clock, KeyRing

TRAINING_PASSPHRASE = "fictional patients only"  # noqa: S105  opens nothing but the throw-away profile


class Door:
    """The way in, over a profile in one folder. ``read_only`` shows a copy and leaves the folder as it is, but for the
    count of wrong passphrases.
    """

    def __init__(self, folder: Path, guideline: Path, clock: Clock, *, training: bool = False, read_only: bool = False,
                 state: Path | None = None) -> None:
        """``state``: where this computer notes the newest entry of the record of use; None: nowhere."""
        self._folder = folder
        self._guideline = guideline
        self._clock = clock
        self._training = training
        self._read_only = read_only
        self._loading = RLock()  # two threads may not be inside the same imports
        self._state = state
        self._opened: Opened | None = None
        self._speak = Spoken()

    @cached_property
    def pack(self) -> Pack:
        with self._loading:
            if "pack" not in self.__dict__:
                from desktop_app.engine.loader import load_pack

                self.__dict__["pack"] = load_pack(self._guideline)
            return cast("Pack", self.__dict__["pack"])

    @cached_property
    def _clinical(self) -> ClinicalArithmetic:
        from desktop_app.clinical import ClinicalArithmetic

        return ClinicalArithmetic(self.pack)

    def warm_up(self) -> None:
        """Load what the desk needs while the passphrase is typed; beside the window. Nothing for papers or signing."""
        with self._loading:
            import db.profile  # noqa: F401
            import desktop_app.seal.keeper
            import desktop_app.use_cases.desk  # noqa: F401
            from desktop_app.engine.judge import judge
            from desktop_app.use_cases.loaded import Loaded

            said = self._speak(Loaded(self.pack, self._clinical))
            today = self._clock.today()
            first = judge(said.pack, {}, today, said.clinical)  # what it works out of a pack is kept for the desk,
            judge(said.pack, {}, today, said.clinical, before=first)  # and what a second answer asks of it

    @property
    def training(self) -> bool:
        return self._training

    @property
    def passphrase_hint(self) -> str:
        """The throw-away profile says its passphrase; a real one has no hint."""
        return TRAINING_PASSPHRASE if self._training else ""

    @property
    def authority(self) -> bytes:
        """The open clinic's certificate, PEM."""
        return self._need_open().authority

    def is_first_start(self) -> bool:
        from db.whereabouts import profile_exists

        return not profile_exists(self._folder)

    def users(self) -> Sequence[KeyUser]:
        from db.whereabouts import profile_users
        from desktop_app.seal import key_places

        return profile_users(self._folder, key_places)

    def first_start(self, clinic: Clinic, name: str, role_title: str, passphrase: str) -> tuple[Desk, str]:
        self._require_writable(tr("Setting up a clinic"))
        from db.profile import create_profile
        from desktop_app.seal.keeper import Keeper
        from desktop_app.use_cases.domain import Clinician

        clinician = Clinician(_new_id(), name, role_title, administers=True)
        now = self._clock.now()
        opened = create_profile(self._folder, clinic, clinician, passphrase, now, Keeper())
        self._attempts.begin()
        return self._desk(opened), opened.recovery_key

    def sign_in(self, user_id: str, passphrase: str, *, reading: bool = False) -> Desk:
        from db.profile import open_beside, open_profile
        from desktop_app.seal.keeper import Keeper

        beside = (reading or self._read_only) and self._in_use.elsewhere
        with self._one_attempt(user_id):
            opened = (open_beside(self._folder, user_id, passphrase, Keeper()) if beside else
                      open_profile(self._folder, user_id, passphrase, Keeper(), copied=self._read_only))
        self._tell_of_failures(opened)
        return self._desk(opened, f"{self._clock.now():%H:%M}" if beside else "")

    def sign_in_with_code(self, user_id: str, code: str, passphrase: str) -> Desk:
        self._require_writable(tr("A one-time code"))
        from db.profile import open_with_code
        from desktop_app.seal.keeper import Keeper

        with self._one_attempt(user_id):
            opened = open_with_code(self._folder, user_id, code, passphrase, self._clock.now(), Keeper())
        self._tell_of_failures(opened)
        return self._desk(opened)

    @cached_property
    def _attempts(self) -> Attempts:
        from db.attempts import Attempts

        return Attempts(self._folder, self._clock)

    def _one_attempt(self, user_id: str) -> AbstractContextManager[None]:
        """One passphrase of somebody; of the only one there is where nobody is named."""
        with self._loading:
            pass
        return self._attempts.one(user_id or next((user.id for user in self.users()), ""))

    def _tell_of_failures(self, opened: Opened) -> None:
        """What was wrong while the store was shut is recorded now."""
        from desktop_app.use_cases.audit import AuditEvent, Deed

        user = opened.user
        if user is not None and (failed := self._attempts.right(user.id)):
            opened.store.record(AuditEvent(Deed.FAILED, "sign-in", subject=user.id,
                                           detail=f"{failed} wrong before this one"))

    def _confirm(self, passphrase: str) -> None:
        """The signed-in person's own passphrase again."""
        opened = self._need_open()
        user = opened.user
        with self._one_attempt(user.id if user is not None else ""):
            opened.confirm(passphrase)
        if user is not None:
            self._tell_of_failures(opened)

    def recover(self, recovery_key: str, name: str, role_title: str, passphrase: str) -> Desk:
        self._require_writable(tr("The recovery key"))
        from db.profile import open_with_recovery
        from desktop_app.seal.keeper import Keeper
        from desktop_app.use_cases.domain import Clinician

        known = next((user.id for user in self.users() if user.name == name), _new_id())
        opened = open_with_recovery(self._folder, recovery_key, Keeper())
        try:
            person = next((one for one in opened.store.clinicians() if one.id == known),
                          Clinician(known, name, role_title))
            # Whoever holds the recovery key holds everything: they look after this computer from now on.
            opened.set_passphrase(replace(person, administers=True, retired=False), passphrase, self._clock.now())
        except BaseException:
            opened.close()
            raise
        return self._desk(opened)

    def emergency_numbers(self) -> tuple[Mapping[str, str], Sequence[str]]:
        from db.open_numbers import read_numbers

        return read_numbers(self._folder)

    def _vouch(self, user_id: str, passphrase: str) -> Clinician:
        """Somebody else than who is signed in types their own passphrase."""
        opened = self._need_open()
        with self._one_attempt(user_id):
            opened.vouch(user_id, passphrase)
        self._attempts.right(user_id)
        return opened.store.clinician(user_id)

    def _require_writable(self, what: str) -> None:
        if self._read_only:
            from desktop_app.use_cases.errors import NotPermitted

            raise NotPermitted(
                tr("{what} changes what is stored, and the program was started with --read-only.").format(what=what),
                next_step=tr("Close it and start it without --read-only."),
            )

    def _only_copied(self, opened: Opened) -> bool:
        """What is open is a copy that goes away with this process."""
        return opened.folder.resolve() != self._folder.resolve()

    def recovery_key_to_confirm(self) -> str:
        if self._only_copied(self._need_open()):
            return ""  # a new one would open the copy only
        ring = self._ring()
        return ring.new_recovery_key() if ring.recovery_key_waits() else ""

    def recovery_key_kept(self) -> None:
        self._ring().recovery_key_kept()

    def _ring(self) -> KeyRing:
        from db.key_ring import ProfileKeys

        return ProfileKeys(self._need_open(), self._clock)

    def come_in(self, user_id: str, passphrase: str) -> None:
        """Open the store without a desk, for a job of the command line."""
        from db.profile import open_profile
        from desktop_app.seal.keeper import Keeper

        with self._one_attempt(user_id):
            opened = open_profile(self._folder, user_id, passphrase, Keeper())
        self._tell_of_failures(opened)
        self.lock()
        self._opened = opened

    def back_up(self, to: Path | None = None) -> BackupReport:
        """Now, to a place that was named; else to the places of the settings, where something changed.

        Safe beside the window: it only reads, over connections of its own. Nothing is made of a training profile.
        """
        from db.kept_backups import ProfileBackups
        from desktop_app.use_cases.backups import BackupPlaces, BackupReport
        from desktop_app.use_cases.permissions import Access, Action

        opened = self._opened
        if opened is None or opened.user is None or (to is None and (self._training or self._only_copied(opened))):
            return BackupReport()
        Access(opened.user).require(Action.BACK_UP)
        if to is not None:
            return opened.back_up(self._clock.now(), BackupPlaces(to), always=True)
        return ProfileBackups(opened, self._folder, self._clock).make(always=False)

    def backups(self, place: Path | None = None) -> Sequence[Backup]:
        """Those that are finished, newest first in each place."""
        from db.backup import backups_in, places_of

        wanted = (place,) if place is not None else places_of(self._folder).all()
        return [one for folder in wanted for one in backups_in(folder)]

    def users_of_backup(self, backup: Path) -> Sequence[KeyUser]:
        from db.backup import require_whole
        from db.whereabouts import profile_users
        from desktop_app.seal.keeper import Keeper

        return profile_users(require_whole(backup).path, Keeper())

    def backup_places(self, folder: Path | None = None) -> Sequence[Place]:
        """What lies where the backups go, or in a folder that is named; also when nobody can sign in."""
        from db.kept_backups import place_found, places_found

        return places_found(self._folder) if folder is None else [place_found(folder, self._folder)]

    @property
    def is_open(self) -> bool:
        """Whether somebody is signed in."""
        return self._opened is not None

    def restore(self, backup: Path, user_id: str, passphrase: str) -> Path:
        """The folder in which the present store is kept from now on. Whoever is signed in stays so until every check
        has been passed.
        """
        from db.backup import require_whole
        from db.kept_head import forget_head
        from db.restore import restore
        from desktop_app.seal.keeper import Keeper
        from desktop_app.use_cases.errors import NotPermitted
        from desktop_app.use_cases.keys import THE_RECOVERY_KEY
        from desktop_app.use_cases.permissions import ONLY_SHOWN

        if self._read_only:
            raise NotPermitted(tr(ONLY_SHOWN), next_step=tr("Start the program again without --read-only."))
        self._in_use.require_free()
        # On a new computer there is no count of wrong passphrases yet, and nothing to guess at; nobody guesses the 160
        # bits of a recovery key.
        counted = not self.is_first_start() and user_id != THE_RECOVERY_KEY
        with self._one_attempt(user_id) if counted else nullcontext():
            store_id = require_whole(backup).store_id
            aside = restore(self._folder, backup, user_id, passphrase, Keeper(), self._clock.now(), self.lock)
        if self._state is not None:
            forget_head(self._state, store_id)  # older on purpose
        if user_id != THE_RECOVERY_KEY:
            self._attempts.right(user_id)
        return aside

    def audit_rows(self, wanted: AuditFilter, before: int = 0, limit: int = 50) -> Sequence[AuditRow]:
        self._require_audit()
        return self._need_open().store.audit_rows(wanted, before=before, limit=limit)

    def verify_audit(self, outside: Sequence[OuterHead] = ()) -> AuditVerdict:
        """Against the heads in signed documents, in the backups that are there, and in what else is named."""
        self._require_audit()
        return self._need_open().store.verify_audit([*outside, *self._outer_heads()])

    def _outer_heads(self) -> Sequence[OuterHead]:
        """What this computer and the backups that are there say of the record of use of the open store."""
        from desktop_app.use_cases.audit import OuterHead

        opened = self._need_open()
        known = self._head(opened).known()
        where = "" if known is None else tr("the note of this computer of {at:%Y-%m-%d %H:%M}").format(at=known.at)
        noted = [] if known is None else [OuterHead(where, known.head)]
        return [*noted, *(OuterHead(str(one.path), one.head) for one in self.backups()
                          if one.store_id == opened.store_id)]

    def _head(self, opened: Opened) -> ComputersHead:
        from db.kept_head import ComputersHead

        return ComputersHead(opened, self._state, self._clock)

    def outer_head(self, path: Path) -> OuterHead | None:
        """What a signed PDF or a backup says of the record of use."""
        from db.backup import require_whole
        from desktop_app.cli.verify import read_file
        from desktop_app.use_cases.audit import OuterHead

        if path.is_dir():
            return OuterHead(str(path), require_whole(path).head)
        return self._need_open().store.head_in(str(path), read_file(path))

    def _require_audit(self) -> None:
        from desktop_app.use_cases.permissions import Access, Action

        user = self._need_open().user
        if user is not None:
            Access(user).require(Action.SEE_AUDIT)

    def leave(self) -> None:
        """The program ends: what changed is backed up, the store is closed."""
        try:
            self._keep_shipped()
            self.back_up()
        finally:
            self.lock()

    def lock(self) -> None:
        """Shut whatever the disk says: what cannot be noted now is noted at the next sign-in."""
        from db.open_numbers import write_numbers
        from desktop_app.use_cases.errors import LumbarError

        opened, self._opened = self._opened, None
        if opened is None:
            return
        try:
            with suppress(LumbarError):
                if not self._only_copied(opened):
                    write_numbers(self._folder, opened.store.clinic())
                    self._head(opened).keep()
        finally:
            opened.close()
            self._in_use.release()

    @cached_property
    def _in_use(self) -> InUse:
        from db.in_use import InUse

        return InUse(self._folder)

    def _need_open(self) -> Opened:
        from desktop_app.use_cases.errors import NotPermitted

        if self._opened is None:
            raise NotPermitted(tr("Nobody is signed in."), next_step=tr("Sign in with your passphrase."))
        return self._opened

    def _keep_shipped(self) -> None:
        """A copy of this program's guideline stays with the profile: the next program brings another one."""
        from db.shelf import FolderShelf
        from desktop_app.use_cases.errors import CannotCreate
        from desktop_app.use_cases.guideline_editions import keep_copy

        # Also when it was locked before: nothing of it is secret.
        if "pack" in self.__dict__ and not (self._training or self._read_only or self.is_first_start()):
            with suppress(CannotCreate, OSError):  # a full disk, or somebody else's folder, keeps nobody from leaving
                keep_copy(self.pack, FolderShelf(self._folder))

    def _desk(self, opened: Opened, as_of: str = "") -> Desk:
        """``as_of``: the time of a copy that is looked at while somebody else works in the records."""
        from db.open_numbers import write_numbers
        from desktop_app.use_cases.errors import NotPermitted, StoreBusy

        self.lock()
        if not self._only_copied(opened):
            try:
                self._in_use.take(opened.user.name if opened.user is not None else "", self._clock.now())
            except StoreBusy:
                opened.close()
                raise
        self._opened = opened
        if not self._only_copied(opened):
            write_numbers(self._folder, opened.store.clinic())
        user = opened.user
        if user is None:
            raise NotPermitted(tr("Nobody is signed in."), next_step=tr("Sign in with your passphrase."))
        return DeskMaking(
            self._folder, self._clock, self.pack, self._clinical, self._speak, self._confirm, self._vouch,
            self.verify_audit, training=self._training, as_asked=self._read_only,
        ).desk(opened, user, self._ring(), self._head(opened), read_only=self._only_copied(opened), as_of=as_of)


def _new_id() -> str:
    from uuid import uuid4

    return str(uuid4())
