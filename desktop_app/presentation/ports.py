"""What the screens need from the use cases, as protocols, so that the wizard runs on fakes in tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from desktop_app.clinical.verdict_changes import VerdictChange
from desktop_app.engine.answers import Answer, AnswerSheet
from desktop_app.engine.decision import Decision
from desktop_app.engine.model import Pack
from desktop_app.use_cases.backups import Backups, Place
from desktop_app.use_cases.blank_papers import Blank
from desktop_app.use_cases.checking import Checking
from desktop_app.use_cases.correcting import Standing, Visit
from desktop_app.use_cases.domain import (
    Choice,
    Clinic,
    Clinician,
    EmergencyEvent,
    Encounter,
    Impression,
    PaperKind,
    Patient,
    StoredDocument,
    Verdict,
    Visits,
    WorklistRow,
)
from desktop_app.use_cases.emergency_access import EmergencyAccess
from desktop_app.use_cases.guideline_editions import GuidelineEditions
from desktop_app.use_cases.half_typed import HalfTyped
from desktop_app.use_cases.keys import KeyUser
from desktop_app.use_cases.older_records import OlderRecords
from desktop_app.use_cases.patient_folder import PatientFolder
from desktop_app.use_cases.people import People
from desktop_app.use_cases.permissions import Access
from desktop_app.use_cases.ports import KeyRing, Signer
from desktop_app.use_cases.privacy import Privacy
from desktop_app.use_cases.record_of_use import RecordOfUse
from desktop_app.use_cases.retention import Retention
from desktop_app.use_cases.stamping import Stamping
from desktop_app.use_cases.surroundings import Surroundings


class OpenConsultation(Protocol):
    """One encounter that is being answered."""

    @property
    def pack(self) -> Pack: ...
    @property
    def clinician(self) -> Clinician: ...
    @property
    def clinic(self) -> Clinic: ...
    @property
    def patient(self) -> Patient: ...
    @property
    def encounter(self) -> Encounter: ...
    @property
    def as_of(self) -> date: ...
    @property
    def answers(self) -> Mapping[str, Answer]: ...
    @property
    def sheet(self) -> AnswerSheet: ...
    @property
    def choices(self) -> Mapping[str, Choice]: ...
    @property
    def events(self) -> tuple[EmergencyEvent, ...]: ...
    @property
    def impression(self) -> Impression | None: ...
    @property
    def edition_note(self) -> str: ...
    @property
    def access(self) -> Access: ...
    @property
    def can_write(self) -> bool: ...
    @property
    def asks_impression(self) -> bool: ...
    @property
    def position(self) -> str: ...
    @property
    def decision(self) -> Decision: ...
    @property
    def whole(self) -> Decision | None: ...
    @property
    def can_undo(self) -> bool: ...

    def work_on(self) -> bool: ...

    def answer_many(self, changes: Mapping[str, Answer | None]) -> None: ...

    def undo(self) -> bool: ...

    def end_emergency(self, atoms: Iterable[str], *, how: str, entered_in_error: bool = False) -> None: ...

    def emergency_shown(self) -> None: ...

    def hand_over(self, note: str) -> None: ...

    def choose(self, option: str, verdict: Verdict | None, reason: str = "") -> None: ...

    def note_impression(self, text: str) -> None: ...

    def close_impression(self) -> None: ...

    def set_position(self, position: str) -> None: ...

    def blocks_to_sign(self) -> list[str]: ...

    @property
    def pictures(self) -> Mapping[str, object]: ...
    @property
    def verdict_changes(self) -> tuple[VerdictChange, ...]: ...

    @property
    def standing(self) -> Standing: ...
    @property
    def documents(self) -> tuple[StoredDocument, ...]: ...

    def taken_out(self, what: str, *, printed: bool) -> None: ...

    def speak(self, language: str) -> None: ...

    def draft_kinds(self) -> tuple[PaperKind, ...]: ...

    def draft(self, kind: PaperKind) -> bytes: ...

    def plain_text(self, kind: PaperKind) -> str: ...

    def sign(self, signer: Signer) -> StoredDocument: ...


class ClinicDesk(Protocol):
    """What lies before a consultation."""

    training: bool
    keys: KeyRing | None
    checking: Checking | None
    stamping: Stamping | None
    people: People | None
    editions: GuidelineEditions | None
    backups: Backups | None
    surroundings: Surroundings | None
    access: Access
    half_typed: HalfTyped
    emergency_access: EmergencyAccess
    record: RecordOfUse | None
    older_records: OlderRecords | None
    patient_folder: PatientFolder | None
    privacy: Privacy | None
    retention: Retention

    @property
    def pack(self) -> Pack: ...
    @property
    def clinician(self) -> Clinician: ...

    @property
    def clinic(self) -> Clinic: ...
    @property
    def today(self) -> date: ...

    def save_clinic(self, clinic: Clinic) -> None: ...

    def logo(self, raw: bytes) -> bytes: ...

    def get_ready_to_sign(self) -> None: ...

    def signer(self, passphrase: str, pin: str = "") -> Signer: ...

    def worklist(self) -> Sequence[WorklistRow]: ...

    def find(self, text: str) -> Sequence[Patient]: ...

    def visits(self, patient_id: str) -> Visits: ...

    def documents_of(self, encounter_id: str) -> Sequence[StoredDocument]: ...

    def blank_paper(self, blank: Blank) -> bytes: ...

    def new_patient(self, *, name: str, number: str, born: date, sex: str, language: str = "") -> Patient: ...

    def open(self, patient_id: str) -> OpenConsultation: ...

    def patient(self, patient_id: str) -> Patient: ...

    def history(self, patient_id: str) -> Sequence[Visit]: ...

    def correct(self, encounter_id: str, reason: str) -> OpenConsultation: ...

    def void(self, encounter_id: str, reason: str, passphrase: str) -> None: ...

    def took_over_from(self, encounter_id: str) -> Sequence[str]: ...

    def open_encounter(self, encounter_id: str) -> OpenConsultation: ...


class Door(Protocol):
    """The way in: first start, sign in, recovery, lock."""

    @property
    def pack(self) -> Pack: ...
    @property
    def training(self) -> bool: ...

    def is_first_start(self) -> bool: ...

    def users(self) -> Sequence[KeyUser]: ...

    def first_start(self, clinic: Clinic, name: str, role_title: str, passphrase: str) -> tuple[ClinicDesk, str]:
        """Make the profile; the desk, and the recovery key to print."""

    def sign_in(self, user_id: str, passphrase: str, *, reading: bool = False) -> ClinicDesk: ...

    def sign_in_with_code(self, user_id: str, code: str, passphrase: str) -> ClinicDesk: ...

    def emergency_numbers(self) -> tuple[Mapping[str, str], Sequence[str]]:
        """Without signing in: phone id to number, and the ids that were answered with "none here"."""

    def recovery_key_to_confirm(self) -> str:
        """After signing in: a fresh recovery key to show, because nobody confirmed the one before; else ""."""

    def recovery_key_kept(self) -> None:
        """The key that was shown is written down."""

    def recover(self, recovery_key: str, name: str, role_title: str, passphrase: str) -> ClinicDesk: ...

    @property
    def is_open(self) -> bool:
        """Whether somebody is signed in."""

    def backup_places(self, folder: Path | None = None) -> Sequence[Place]:
        """What lies where the backups go, or in a folder that is named; also when nobody can sign in."""

    def users_of_backup(self, backup: Path) -> Sequence[KeyUser]:
        """Every file against what is said of it, then who could sign in then. Raises ``BadData`` in words."""

    def restore(self, backup: Path, user_id: str, passphrase: str) -> Path:
        """The folder in which the present records are kept from now on. Nothing is changed where it raises."""

    def lock(self) -> None: ...
