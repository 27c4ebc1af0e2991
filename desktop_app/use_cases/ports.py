"""What the use cases need from the outside, as protocols. ``db``, ``documents`` and ``seal`` implement them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from desktop_app.engine.answers import Answer
from desktop_app.engine.decision import Decision
from desktop_app.engine.model import Pack
from desktop_app.use_cases.domain import (
    Choice,
    Clinic,
    Clinician,
    EmergencyEvent,
    Encounter,
    Patient,
    StoredDocument,
    WorklistRow,
)


class Clock(Protocol):
    """This computer's clock; only bootstrap hands out the real one."""

    def now(self) -> datetime: ...

    def today(self) -> date: ...


class Store(Protocol):
    """The encrypted local store, open. Every method is one transaction, durable when it returns."""

    def clinic(self) -> Clinic: ...

    def save_clinic(self, clinic: Clinic) -> None: ...

    def clinician(self, clinician_id: str) -> Clinician: ...

    def add_patient(self, patient: Patient) -> None: ...

    def patient(self, patient_id: str) -> Patient: ...

    def find_patients(self, text: str) -> Sequence[Patient]: ...

    def start_encounter(self, encounter: Encounter) -> Encounter:
        """Store a new draft and return it with its sequence number."""

    def encounter(self, encounter_id: str) -> Encounter: ...

    def encounters_of(self, patient_id: str) -> Sequence[Encounter]: ...

    def open_draft(self, patient_id: str) -> Encounter | None: ...

    def save_answers(self, encounter_id: str, changed: dict[str, Answer | None]) -> None:
        """None takes an answer back to "not asked". Refused once the encounter is signed."""

    def save_position(self, encounter_id: str, position: str) -> None: ...

    def save_choice(self, encounter_id: str, option: str, choice: Choice | None) -> None: ...

    def add_event(self, encounter_id: str, event: EmergencyEvent) -> None: ...

    def save_summary(self, encounter_id: str, tier_floor: str, *, final: bool, due_date: date | None,
                     emergency: bool, next_step: str) -> None:
        """What the worklist shows of an encounter; worked out again at any time."""

    def sign_encounter(self, encounter_id: str, record: str, document: StoredDocument) -> None:
        """Signed state, record and document in one transaction; the superseded one is marked."""

    def documents_of(self, encounter_id: str) -> Sequence[StoredDocument]: ...

    def next_document_number(self, kind: str) -> str: ...

    def worklist(self) -> Sequence[WorklistRow]: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class PlanInput:
    """All that a document is made of. The same input makes the same bytes."""

    pack: Pack
    decision: Decision
    record: str  # decision record, JSON text, attached as a file
    patient: Patient
    clinician: Clinician | None
    clinic: Clinic | None
    choices: tuple[Choice, ...]
    events: tuple[EmergencyEvent, ...]
    number: str
    signed_on: date | None  # None: draft
    page_size: str = "A4"
    language: str = "en"
    pictures: Mapping[str, object] = field(default_factory=dict)  # plain data for the diagrams


class Documents(Protocol):
    def care_plan(self, plan: PlanInput) -> bytes:
        """The unsigned PDF; marked DRAFT, NOT SIGNED on every page unless ``signed_on`` is set."""


@dataclass(frozen=True, slots=True)
class SignatureRequest:
    pdf: bytes
    reason: str
    name: str
    at: datetime


class Signer(Protocol):
    """A clinician's opened key."""

    @property
    def name(self) -> str: ...

    def sign(self, request: SignatureRequest) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Verification:
    """What ``verify`` says: first the verdict, then who, when, for whom."""

    whole: bool  # intact, covers the whole file, canonical
    trusted: bool  # the certificate leads to a trusted clinic certificate
    signer: str
    signed_at: datetime | None
    patient: str
    document_number: str
    sentences: tuple[str, ...]  # plain words, most important first
    problems: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        return self.whole and self.trusted and not self.problems


class Seal(Protocol):
    def open_key(self, p12: bytes, passphrase: bytes) -> Signer:
        """Raises ``KeyFileError`` in words when the file or the passphrase is wrong."""

    def verify(self, pdf: bytes, trust: Sequence[bytes]) -> Verification: ...
