"""What the use cases need from the outside, as protocols. ``db``, ``documents`` and ``seal`` implement them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from desktop_app.engine.answers import Answer
from desktop_app.engine.decision import Decision
from desktop_app.engine.model import Pack
from desktop_app.use_cases.audit import (
    ALL_ROWS,
    AuditEvent,
    AuditFilter,
    AuditHead,
    AuditRow,
    AuditVerdict,
    OuterHead,
)
from desktop_app.use_cases.domain import (
    Choice,
    Clinic,
    Clinician,
    DocumentEntry,
    EmergencyEvent,
    Encounter,
    Impression,
    PaperKind,
    Patient,
    Replaced,
    Stamper,
    StoredDocument,
    TimeStamp,
    Void,
    WorklistRow,
)
from desktop_app.use_cases.keys import (
    Authority,
    CertificateFacts,
    KeyPlace,
    KeyUser,
    NewKeyFile,
    OpenedKeys,
    SigningKey,
    TokenPlace,
)
from desktop_app.use_cases.proof import CARRIES_CODE, PaperSummary, Proves
from desktop_app.use_cases.surroundings import ClockDoubt


class Clock(Protocol):
    """This computer's clock; only ``parts`` hands out the real one."""

    def now(self) -> datetime: ...

    def today(self) -> date: ...


class Store(Protocol):
    """The encrypted local store, open. Every method is one transaction, durable when it returns."""

    def clinic(self) -> Clinic: ...

    def save_clinic(self, clinic: Clinic) -> None: ...

    def clinician(self, clinician_id: str) -> Clinician: ...

    def clinicians(self) -> Sequence[Clinician]: ...

    def save_clinician(self, clinician: Clinician) -> None: ...

    def add_patient(self, patient: Patient) -> None: ...

    def patient(self, patient_id: str) -> Patient: ...

    def patient_numbered(self, number: str) -> Patient | None:
        """Whose number it is, capital letters or not."""

    def save_patient_language(self, patient_id: str, language: str) -> None:
        """The language of what the patient is given to read; "" for the clinic's own."""

    def find_patients(self, text: str) -> Sequence[Patient]: ...

    def last_seen_before(self, day: date) -> Sequence[tuple[Patient, date]]:
        """Patients with the day on which something was last entered of them, the longest ago first."""

    def start_encounter(self, encounter: Encounter) -> Encounter:
        """Store a new draft and return it with its sequence number."""

    def encounter(self, encounter_id: str) -> Encounter: ...

    def encounters_of(self, patient_id: str) -> Sequence[Encounter]: ...

    def open_draft(self, patient_id: str) -> Encounter | None: ...

    def save_answers(self, encounter_id: str, changed: dict[str, Answer | None]) -> None:
        """None takes an answer back to "not asked". Refused once the encounter is signed."""

    def save_position(self, encounter_id: str, position: str) -> None: ...

    def half_typed(self, clinician_id: str, encounter_id: str) -> Mapping[str, str]:
        """Words of a person that are no answer yet, by their place."""

    def save_half_typed(self, clinician_id: str, encounter_id: str, fields: Mapping[str, str],
                        at: datetime) -> None: ...

    def save_basis(self, encounter_id: str, *, as_of: date, clinician_id: str, guideline_id: str,
                   guideline_version: str, content_hash: str) -> None:
        """What a draft's advice is worked out from when it is taken up or signed on another day, by another
        clinician or under newer content. To be stored before signing: afterwards nothing changes.
        """

    def save_impression(self, encounter_id: str, impression: Impression) -> None:
        """Put in place of the one before. Refused once the encounter is signed."""

    def save_choice(self, encounter_id: str, option: str, choice: Choice | None) -> None: ...

    def add_event(self, encounter_id: str, event: EmergencyEvent) -> None: ...

    def save_summary(self, encounter_id: str, tier_floor: str, *, final: bool, due_date: date | None,
                     emergency: bool, next_step: str, counted_from: date | None = None) -> None:
        """What the worklist shows of an encounter; worked out again at any time."""

    def sign_encounter(self, encounter_id: str, record: str, *documents: StoredDocument) -> None:
        """Signed state, record and documents in one transaction; the superseded one is marked."""

    def erase_patient(self, patient_id: str, reason: str, second_person: str) -> int:
        """Every row of the patient and the key to what the record of use says of them; how many consultations went."""

    def void_encounter(self, encounter_id: str, void: Void) -> None:
        """Voided state and reason in one transaction; its clock stops. A plan that it had replaced holds again, and
        the newest plan that holds is the one that the worklist shows. ``was_due`` is found by the store itself.
        """

    def documents_of(self, encounter_id: str) -> Sequence[StoredDocument]: ...

    def entries_of(self, encounter_id: str) -> Sequence[DocumentEntry]:
        """The same without their content."""

    def find_document(self, *, sha256: str = "", number: str = "") -> DocumentEntry | None:
        """By the SHA-256 of its bytes, or by its number."""

    def save_time_stamp(self, stamp: TimeStamp) -> None: ...

    def time_stamp(self, document_id: str) -> TimeStamp | None: ...

    def stamper(self) -> Stamper:
        """Where time stamps are fetched; no address unless somebody set one."""

    def save_stamper(self, stamper: Stamper) -> None: ...

    def next_document_number(self, kind: str) -> str: ...

    def worklist(self, limit: int = 200) -> Sequence[WorklistRow]:
        """Open drafts, the newest plan that holds of each patient, and what was voided since; most urgent first."""

    def record(self, event: AuditEvent) -> None:
        """A row in the record of use for what changes nothing else: looking, printing, exporting, a failure.

        Every method that writes records itself, in its own transaction.
        """

    def audit_head(self) -> AuditHead: ...

    def audit_rows(self, wanted: AuditFilter = ALL_ROWS, *, before: int = 0, limit: int = ...) -> Sequence[AuditRow]:
        """Newest first; ``before`` is the last sequence that was shown."""

    def verify_audit(self, outside: Iterable[OuterHead] = ()) -> AuditVerdict:
        """Every row against its seal, every head that was kept elsewhere against its row."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class InWords:
    """What a document is told in: the guideline in a language, and what it says of the patient and draws."""

    pack: Pack
    decision: Decision
    pictures: Mapping[str, object]


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
    signed_at: datetime | None  # by this computer's clock; None: draft
    page_size: str = "A4"
    language: str = "en"  # of the pages
    pictures: Mapping[str, object] = field(default_factory=dict)  # plain data for the diagrams
    impression: Impression | None = None
    code: str = ""  # the signed summary for the QR code; only a signed paper carries one
    replaces: Replaced | None = None  # of a correction: the plan that it takes the place of
    words: InWords | None = None  # in the language of the pages, where that is not the guideline's own
    clock_doubt: ClockDoubt | None = None  # why the clock may have been wrong when it was signed

    def proven(self, kind: PaperKind, documents: Documents, signer: Proves, at: datetime) -> PlanInput:
        """The plan with its code, where this kind of paper carries one."""
        return replace(self, code=signer.code(documents.summary(self, kind), at)) if kind in CARRIES_CODE else self

    def in_other_words(self) -> PlanInput:
        """The same told in ``words``: for the pages. Done once more it is what it was: for the data beside them."""
        if self.words is None:
            return self
        return replace(self, pack=self.words.pack, decision=self.words.decision, pictures=self.words.pictures,
                       words=InWords(self.pack, self.decision, self.pictures))

    @property
    def signed_on(self) -> date | None:
        return self.signed_at.date() if self.signed_at is not None else None


@dataclass(frozen=True, slots=True)
class SignedAs:
    """How a signed plan was told, as it says itself."""

    language: str = ""  # of its pages; "" where it does not say
    clock_doubt: ClockDoubt | None = None


class Documents(Protocol):
    def signed_as(self, care_plan: bytes, at: datetime) -> SignedAs:
        """What a signed care plan says of its own making. ``at``: when it was signed."""

    def kinds(self, plan: PlanInput) -> tuple[PaperKind, ...]:
        """The documents that this decision has, the care plan first."""

    def summary(self, plan: PlanInput, kind: PaperKind) -> PaperSummary:
        """What the code on a paper of this kind says."""

    def care_plan(self, plan: PlanInput) -> bytes:
        """The unsigned PDF; marked DRAFT, NOT SIGNED on every page unless ``signed_at`` is set."""

    def make(self, kind: PaperKind, plan: PlanInput) -> bytes:
        """Any document of the decision as an unsigned PDF. Raises ``BadData`` where there is none of this kind, as a
        letter in an emergency, or a patient's sheet when nothing was decided.
        """

    def text(self, kind: PaperKind, plan: PlanInput) -> str:
        """The words of a document of ``kinds(plan)`` as plain lines, for a record system that takes no pages."""


@dataclass(frozen=True, slots=True)
class SignatureRequest:
    pdf: bytes
    reason: str
    name: str
    at: datetime
    audit_head: str = ""  # of the record of use, kept outside the store with the signature


class Signer(Proves, Protocol):
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

    def verify_code(self, text: str, trust: Sequence[bytes]) -> Verification:
        """The same of the text of a code, as a scanner types it."""


class KeyKeeper(Protocol):
    """All that the store needs of cryptography. ``db`` gets raw keys from here and makes none itself."""

    def new_key_file(self, store_id: str, user: KeyUser, passphrase: str, *,
                     too_easy: Sequence[str] = ()) -> NewKeyFile: ...

    def users(self, key_file: bytes) -> Sequence[KeyUser]: ...

    def places(self, key_file: bytes) -> Sequence[KeyPlace]:
        """Every way in that stands in the key file."""

    def unlock(self, key_file: bytes, user_id: str, passphrase: str) -> OpenedKeys: ...

    def unlock_with_recovery(self, key_file: bytes, recovery_key: str) -> OpenedKeys: ...

    def put_user(self, key_file: bytes, keys: OpenedKeys, user: KeyUser, passphrase: str, *,
                 too_easy: Sequence[str] = ()) -> tuple[bytes, OpenedKeys]:
        """The key file with a new or renewed place for the user, and what that place opens."""

    def put_code(self, key_file: bytes, keys: OpenedKeys, user: KeyUser, until: datetime) -> tuple[bytes, str]:
        """The key file in which a one-time code stands in the place of the user's passphrase, and that code."""

    def unlock_with_code(self, key_file: bytes, user_id: str, code: str, at: datetime) -> OpenedKeys:
        """Raises ``WrongPassphrase``, ``CodeExpired`` or ``NoKeySlot``."""

    def take_out(self, key_file: bytes, keys: OpenedKeys, user_id: str) -> bytes:
        """The key file without any place for the user."""

    def renewed(self, key_file: bytes, keys: OpenedKeys, user: KeyUser, passphrase: str) -> bytes | None:
        """The key file with the user's place made anew under today's name and effort; None when it is that already."""

    def chain(self, keys: OpenedKeys) -> AuditChain:
        """What seals the record of use of this store."""

    def new_authority(self, clinic: Clinic, keys: OpenedKeys, at: datetime) -> Authority: ...

    def new_signing_key(self, authority: Authority, clinic: Clinic, clinician: Clinician, keys: OpenedKeys,
                        at: datetime) -> SigningKey: ...

    def signer(self, key: SigningKey, keys: OpenedKeys) -> Signer: ...

    def adopt_signing_key(self, p12: bytes, passphrase: bytes, keys: OpenedKeys, at: datetime) -> SigningKey:
        """A PKCS#12 file from elsewhere, locked anew with the personal key. Raises ``KeyFileError``."""

    def look_into(self, p12: bytes, passphrase: bytes, at: datetime) -> CertificateFacts:
        """Whom such a file names, after the same checks. Raises ``KeyFileError``."""

    def facts(self, key: SigningKey) -> CertificateFacts: ...

    def look_into_token(self, module: str, label: str, pin: str, more: bytes, at: datetime) -> TokenPlace:
        """A token that can sign, with its certificates; ``more`` is PEM of those above. Raises ``KeyFileError``, or
        ``WrongPin``.
        """

    def token_signer(self, place: TokenPlace, pin: str) -> Signer: ...

    def token_facts(self, place: TokenPlace) -> CertificateFacts: ...

    def put_recovery(self, key_file: bytes, keys: OpenedKeys) -> tuple[bytes, str]:
        """The key file with a new recovery key in the place of the old one, and that key to print."""

    def hand_out_signing_key(self, key: SigningKey, keys: OpenedKeys, passphrase: str) -> bytes:
        """The same the other way: a PKCS#12 file under a passphrase, for signing on the command line."""


class AuditChain(Protocol):
    """The cryptography of the record of use."""

    def link(self, previous: bytes, fields: Sequence[bytes]) -> bytes:
        """The seal of a row after the one with the seal ``previous``, 32 bytes."""

    def new_key(self) -> bytes:
        """A key for one patient."""

    def lock(self, key: bytes, content: bytes, bound_to: bytes) -> bytes: ...

    def unlock(self, key: bytes, locked: bytes, bound_to: bytes) -> bytes | None:
        """None when it was not locked with this key for this place."""

    def head_in(self, pdf: bytes) -> AuditHead | None:
        """The head that a signed document carries."""


class KeyRing(Protocol):
    """The signed-in clinician's own keys, as the settings show and change them."""

    def in_use(self) -> CertificateFacts:
        """What plans are signed with from now on."""

    def look_into(self, p12: bytes, passphrase: str) -> CertificateFacts:
        """Whom a PKCS#12 file names. Raises ``KeyFileLocked`` or ``KeyFileError``."""

    def adopt(self, p12: bytes, passphrase: str, own_passphrase: str) -> CertificateFacts:
        """Sign with that key from now on. Raises ``WrongPassphrase`` for the program's own passphrase."""

    def look_into_token(self, module: str, label: str, pin: str, more: bytes = b"") -> TokenPlace:
        """A token that can sign. Raises ``KeyFileError``, or ``WrongPin``."""

    def token_facts(self, place: TokenPlace) -> CertificateFacts:
        """Whom it names."""

    def use_token(self, place: TokenPlace, own_passphrase: str) -> CertificateFacts:
        """Sign with that token from now on. Raises ``WrongPassphrase`` for the program's own passphrase."""

    def own_again(self) -> CertificateFacts:
        """Forget the imported key and the token, and sign with the one that was made here."""

    def new_recovery_key(self, own_passphrase: str = "") -> str:
        """A new key to print; the old one opens nothing any more. Unconfirmed until ``recovery_key_kept``.
        The passphrase is asked for except while a key still waits to be confirmed.
        """

    def recovery_key_waits(self) -> bool:
        """Nobody has said yet that the recovery key was written down."""

    def recovery_key_kept(self) -> None: ...
