"""The only place that joins the parts: content, arithmetic, store, documents, keys, window.

Heavy libraries are imported where they are needed: the first window must not wait for reportlab,
pyHanko or Alembic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property, partial
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING, cast

from desktop_app import language, places

if TYPE_CHECKING:
    from db.attempts import Attempts
    from db.in_use import InUse
    from db.kept_head import ComputersHead
    from db.profile import Opened
    from desktop_app.cli.plan import Parts
    from desktop_app.cli.self_check import Step
    from desktop_app.clinical import ClinicalArithmetic
    from desktop_app.engine.model import Pack, PackInfo
    from desktop_app.seal.service import PdfSeal
    from desktop_app.use_cases.audit import AuditFilter, AuditRow, AuditVerdict, OuterHead
    from desktop_app.use_cases.backups import Backup, BackupReport, Place
    from desktop_app.use_cases.blank_papers import BlankPapers
    from desktop_app.use_cases.desk import Desk
    from desktop_app.use_cases.domain import Clinic, Clinician
    from desktop_app.use_cases.edition_records import Approves
    from desktop_app.use_cases.editions import Press
    from desktop_app.use_cases.guideline_editions import GuidelineEditions
    from desktop_app.use_cases.keys import KeyUser
    from desktop_app.use_cases.loaded import Loaded
    from desktop_app.use_cases.patient_folder import FolderPapers, PatientFolder
    from desktop_app.use_cases.permissions import Access
    from desktop_app.use_cases.ports import Clock, Documents, KeyRing
    from desktop_app.use_cases.record_of_use import RecordOfUse

VERSION = "0.1.0"
TRAINING_PASSPHRASE = "fictional patients only"  # noqa: S105  opens nothing but the throw-away profile


class ComputerClock:
    """This computer's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC).astimezone()

    def today(self) -> date:
        return self.now().date()


class OneMoment:
    """A clock that stands: what is checked in one go has one day, also over midnight."""

    def __init__(self, clock: Clock) -> None:
        self._now = clock.now()

    def now(self) -> datetime:
        return self._now

    def today(self) -> date:
        return self._now.date()


def shipped_guideline() -> Path:
    return places.guideline()


def documents() -> Documents:
    from desktop_app.documents.care_plan import Paper

    return Paper()


_getting_ready = Lock()


def get_ready_to_sign() -> None:
    """Load what makes and signs papers. Whoever comes meanwhile waits; once it is loaded, nobody does."""
    with _getting_ready:
        from desktop_app.documents import care_plan
        from desktop_app.seal import sign

        care_plan.load()
        sign.load()


def blank_papers() -> BlankPapers:
    from desktop_app.documents.blank_papers import BlankPaper

    return BlankPaper()


def folder_papers() -> FolderPapers:
    from desktop_app.documents.patient_folder import FolderPaper
    from desktop_app.seal.attached import files

    return FolderPaper(files)


def read_logo(raw: bytes) -> bytes:
    from desktop_app.documents import logo

    return logo.read_logo(raw)


def pack_of(folder: Path) -> Pack:
    from desktop_app.engine.loader import load_pack

    return load_pack(folder)


def loaded_guideline(folder: Path) -> Loaded:
    """An edition that was installed, with its arithmetic. Raises ``ContentError``."""
    from desktop_app.clinical import ClinicalArithmetic
    from desktop_app.use_cases.loaded import Loaded

    pack = pack_of(folder)
    return Loaded(pack, ClinicalArithmetic(pack))


class Spoken:
    """The guideline in the language of the screens, or of papers, made once for each edition and approval."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, PackInfo, str], Loaded] = {}

    def __call__(self, loaded: Loaded, wanted: str = "") -> Loaded:
        """``wanted``: a language; "" for that of the screens."""
        say = language.of_guideline(wanted)
        if say is None:
            return loaded
        key = loaded.pack.content_hash, loaded.pack.info, wanted or language.now()
        if key not in self._made:
            self._made[key] = self._make(loaded, say)
        return self._made[key]

    def _make(self, loaded: Loaded, say: Callable[[str], str]) -> Loaded:
        from desktop_app.clinical import ClinicalArithmetic
        from desktop_app.engine.spoken import spoken
        from desktop_app.use_cases.loaded import Loaded

        pack = spoken(loaded.pack, say)
        return Loaded(pack, ClinicalArithmetic(pack))


def own_cases(loaded: Loaded) -> tuple[int, tuple[str, ...]]:
    """How many of an edition's own worked cases pass, and what does not."""
    from desktop_app.engine.cases import read_cases
    from desktop_app.engine.expect import run_case

    cases, problems = read_cases(Path(loaded.pack.folder) / "cases", loaded.pack)
    failed = [str(problem) for problem in problems]
    passed = 0
    for case in cases:
        unmet = run_case(case, loaded.pack, loaded.clinical)[1]
        failed += [f"{case.id}: {one}" for one in unmet]
        passed += not unmet
    return passed, tuple(failed)


def seal() -> PdfSeal:
    from desktop_app.seal.service import PdfSeal

    return PdfSeal()


def press() -> Press:
    """What publishers of editions work with."""
    from desktop_app.seal.publishing import PublishersPress

    return PublishersPress()


def trusted_here(data_dir: Path | None) -> list[bytes]:
    """The certificate of this computer's clinic, when there is one."""
    from db.whereabouts import AUTHORITY_FILE

    path = (data_dir or places.data_folder()) / AUTHORITY_FILE
    return [path.read_bytes()] if path.is_file() else []


def plan_parts(folder: Path) -> Parts:
    """What `lumbar-pathway plan` needs."""
    from desktop_app.cli.plan import Parts
    from desktop_app.clinical import ClinicalArithmetic
    from desktop_app.engine.loader import load_pack

    pack = load_pack(folder)
    return Parts(pack, ClinicalArithmetic(pack), ComputerClock(), documents, seal)


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

            _ = self._clinical

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
        self._require_writable("Setting up a clinic")
        from db.profile import create_profile
        from desktop_app.seal.keeper import Keeper
        from desktop_app.use_cases.domain import Clinician

        clinician = Clinician(_new_id(), name, role_title, administers=True)
        now = self._clock.now()
        opened = create_profile(self._folder, clinic, clinician, passphrase, now, Keeper())
        self._attempts.begin()
        return self._desk(opened), opened.recovery_key

    def sign_in(self, user_id: str, passphrase: str) -> Desk:
        from db.profile import open_profile
        from desktop_app.seal.keeper import Keeper

        with self._one_attempt(user_id):
            opened = open_profile(self._folder, user_id, passphrase, Keeper(), copied=self._read_only)
        self._tell_of_failures(opened)
        return self._desk(opened)

    def sign_in_with_code(self, user_id: str, code: str, passphrase: str) -> Desk:
        self._require_writable("A one-time code")
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

    @contextmanager
    def _one_attempt(self, user_id: str) -> Iterator[None]:
        """Raises ``MustWait`` before anything is tried while too many were wrong; counts one that is wrong."""
        from desktop_app.use_cases.errors import MustWait, WrongPassphrase

        with self._loading:
            pass
        who = user_id or next((user.id for user in self.users()), "")
        self._attempts.require_no_wait(who)
        try:
            yield
        except WrongPassphrase as wrong:
            if seconds := self._attempts.wrong(who):
                raise MustWait(f"{wrong} Now wait before the next try.", seconds=seconds,
                               next_step=wrong.next_step) from wrong
            raise

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
        self._require_writable("The recovery key")
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

            raise NotPermitted(f"{what} changes what is stored, and the program was started with --read-only.",
                               next_step="Close it and start it without --read-only.")

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
            raise NotPermitted(ONLY_SHOWN, next_step="Start the program again without --read-only.")
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
        where = "" if known is None else f"the note of this computer of {known.at:%Y-%m-%d %H:%M}"
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
            raise NotPermitted("Nobody is signed in.", next_step="Sign in with your passphrase.")
        return self._opened

    def _keep_shipped(self) -> None:
        """A copy of this program's guideline stays with the profile: the next program brings another one."""
        from db.shelf import FolderShelf
        from desktop_app.use_cases.errors import CannotCreate
        from desktop_app.use_cases.guideline_editions import keep_copy

        # Also when it was locked before: nothing of it is secret.
        if "pack" in self.__dict__ and not (self._training or self._read_only or self.is_first_start()):
            with suppress(CannotCreate):  # a full disk must not keep anybody from leaving
                keep_copy(self.pack, FolderShelf(self._folder))

    def _editions(self, opened: Opened, access: Access) -> GuidelineEditions:
        from db.shelf import FolderShelf
        from desktop_app.use_cases.approvals import Approvals
        from desktop_app.use_cases.guideline_editions import GuidelineEditions, Parts
        from desktop_app.use_cases.loaded import Loaded

        store, checks = opened.store, seal()
        # Every key that seal hands out can approve content as well as sign plans.
        approvals = Approvals(access, store, checks, self._clock, lambda: (opened.authority,),
                              lambda pin: cast("Approves", opened.signer(pin) if pin else opened.signer()),
                              self._confirm)
        return GuidelineEditions(access, Parts(
            store, store, FolderShelf(self._folder), checks, self._clock, self._confirm,
            Loaded(self.pack, self._clinical), loaded_guideline, own_cases, VERSION), approvals)

    def _record(self, access: Access) -> RecordOfUse:
        from db.answer_json import from_text
        from desktop_app.use_cases.record_of_use import RecordOfUse

        return RecordOfUse(access, self._need_open().store, self._confirm, self.verify_audit, from_text)

    def _patient_folder(self, access: Access) -> PatientFolder:
        from db.answer_json import to_text
        from desktop_app.use_cases.patient_folder import PatientFolder

        return PatientFolder(access, self._need_open().store, self._clock, self._confirm, folder_papers, to_text)

    def _desk(self, opened: Opened) -> Desk:
        from db.kept_backups import ProfileBackups
        from db.open_numbers import write_numbers
        from db.roll import ProfileRoll
        from db.surroundings import ComputerAround
        from desktop_app.use_cases.desk import Desk
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
            raise NotPermitted("Nobody is signed in.", next_step="Sign in with your passphrase.")
        return Desk(
            pack=self.pack,
            clinical=self._clinical,
            store=opened.store,
            clock=self._clock,
            documents=documents,
            signer=opened.signer,
            ready=get_ready_to_sign,
            confirm=self._confirm,
            clinician=user,
            training=self._training,
            keys=self._ring(),
            roll=ProfileRoll(opened, self._clock),
            vouch=self._vouch,
            blank_papers=blank_papers,
            logos=read_logo,
            record=self._record,
            patient_folder=self._patient_folder,
            checks=seal,
            trust=lambda: (opened.authority, opened.certificate().trust),
            editions=lambda access: self._editions(opened, access),
            surroundings=ComputerAround(self._folder, opened.newest_entry),
            backups=ProfileBackups(opened, self._folder, self._clock),
            head=self._head(opened),
            read_only=self._only_copied(opened),
            as_asked=self._read_only,
            speak=self._speak,
        )


def door(guideline: Path, data_dir: Path | None) -> Door:
    """The way into the profile of this user, or of the folder that was named."""
    return Door(data_dir or places.data_folder(), guideline, ComputerClock(), state=places.state_folder())


def self_check_parts(folder: Path) -> list[Step]:
    """The steps of `lumbar-pathway self-check`."""
    from desktop_app.cli.self_check_steps import SelfCheck

    moment = OneMoment(ComputerClock())

    def door(place: Path) -> Door:
        return Door(place, folder, moment, training=True)

    def window(resources: Path) -> str:
        from desktop_app.widgets.window_check import draw_a_window

        return draw_a_window(resources)

    return SelfCheck(folder, seal, door, window).steps()


def _new_id() -> str:
    from uuid import uuid4

    return str(uuid4())


def training_door(place: Path, guideline: Path) -> Door:
    """A throw-away profile filled with fictional patients, signed out again."""
    from desktop_app.engine.cases import load_cases
    from desktop_app.use_cases.training import TRAINING_CLINIC, fill_desk, trainees

    door = Door(place, guideline, ComputerClock(), training=True)
    desk, _ = door.first_start(TRAINING_CLINIC, "Dr N. Karim", "general practitioner", TRAINING_PASSPHRASE)
    fill_desk(desk, trainees(load_cases(guideline / "cases", door.pack)), TRAINING_PASSPHRASE)
    door.recovery_key_kept()
    door.lock()
    return door


def _say_ready() -> None:
    from PySide6.QtWidgets import QApplication

    print("ready", flush=True)  # noqa: T201  asked for on the command line
    QApplication.quit()


def open_window(
    guideline: Path,
    *,
    demo: bool = False,
    data_dir: Path | None = None,
    safe_mode: bool = False,
    read_only: bool = False,
    say_ready: bool = False,
    file: str = "",
    when_ready: Callable[[], None] | None = None,
) -> int:
    """Open the window and stay until it is closed. ``safe_mode`` starts with the usual look and keeps none;
    ``read_only`` shows the records and changes none; ``say_ready`` prints “ready” once the window can be used and
    closes it; about ``file`` the window asks.
    """
    language.begin(places.settings_folder(), places.resources() / "translations")  # before any sentence is made
    from desktop_app.widgets.app import run
    from desktop_app.widgets.application import application

    way = partial(run, application(), when_ready=_say_ready if say_ready else when_ready, version=VERSION, file=file)
    return _at_the_desk(way, guideline, data_dir, demo=demo, safe_mode=safe_mode, read_only=read_only)


def _at_the_desk(way: Callable[..., int], guideline: Path, data_dir: Path | None, *, demo: bool, safe_mode: bool,
                 read_only: bool) -> int:
    """Find the records, or make throw-away ones, and stay until the window is closed."""
    import tempfile

    if not demo:
        folder = data_dir or places.data_folder()
        way_in = Door(folder, guideline, ComputerClock(), read_only=read_only, state=places.state_folder())
        if read_only and way_in.is_first_start():
            from desktop_app.use_cases.errors import NoInput

            raise NoInput(f"There are no records in {folder} that could be shown.",
                          next_step="Name the folder with --data-dir, or start without --read-only to set up a clinic.")
        if not read_only and not way_in.is_first_start():
            from db.reserve import keep_room

            keep_room(folder)
        try:
            return way(way_in, settings=None if safe_mode else places.settings_folder(),
                       alone=(places.state_folder(), folder))
        finally:
            way_in.leave()
    with tempfile.TemporaryDirectory(prefix="lumbar-pathway-demo-") as place:
        door = training_door(Path(place) / "profile", guideline)
        try:
            return way(door)
        finally:
            door.lock()
