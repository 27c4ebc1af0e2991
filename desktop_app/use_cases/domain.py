"""The people and things of a clinic as the use cases see them. Plain frozen values, no rows, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from desktop_app.engine.answers import Answer


class Role(StrEnum):
    CLINICIAN = "clinician"
    REVIEWER = "reviewer"
    VIEWER = "viewer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Clinician:
    id: str
    name: str
    role_title: str  # "general practitioner"
    role: Role = Role.CLINICIAN
    administers: bool = False  # looks after this computer's users and settings, beside the role
    retired: bool = False  # may not sign in any more; kept, because signed plans name them

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset({self.role, Role.ADMIN} if self.administers else {self.role})


@dataclass(frozen=True, slots=True)
class Patient:
    id: str  # UUID
    number: str  # the clinic's own, e.g. "TR-0001"
    name: str
    born: date
    sex: str  # female, male
    training: bool = False
    language: str = ""  # of what the patient is given to read; "" for the clinic's own


class EncounterState(StrEnum):
    DRAFT = "draft"
    SIGNED = "signed"
    SUPERSEDED = "superseded"  # a correction took its place
    VOIDED = "voided"  # signed for the wrong patient: kept, and nothing of it holds


class Verdict(StrEnum):
    ACCEPT = "accept"
    CHANGE = "change"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the clinician decided about one option. A reason is needed to change or decline."""

    option: str
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EmergencyEvent:
    """That the emergency page was shown, or how it was left. Append-only."""

    at: datetime
    by: str
    kind: str  # shown, excluded, entered_in_error, handed_over
    criterion: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Impression:
    """What the clinician thought before the advice on treatment was seen, in the clinician's own words."""

    text: str  # "" when nothing was noted
    noted: datetime
    by: str
    closed: bool = False  # the advice on treatment has been in sight since: the words stay as they are


@dataclass(frozen=True, slots=True)
class Void:
    """That a signed plan does not hold, because it was signed for the wrong patient."""

    at: datetime
    by: str
    reason: str
    was_due: date | None = None  # the due date that ran until then


@dataclass(frozen=True, slots=True)
class Encounter:
    id: str
    patient_id: str
    sequence: int  # order in the store; never the clock
    state: EncounterState
    started: datetime
    as_of: date
    clinician_id: str
    guideline_id: str
    guideline_version: str
    content_hash: str
    answers: Mapping[str, Answer]
    choices: tuple[Choice, ...] = ()
    events: tuple[EmergencyEvent, ...] = ()
    position: str = ""  # "screen/question#what has interrupted", for resuming on the same field
    record: str = ""  # decision record JSON once signed
    supersedes: str = ""
    reason: str = ""
    impression: Impression | None = None  # None: not asked yet
    void: Void | None = None


class PaperKind(StrEnum):
    """The documents of one decision; the value is stored and stands in the attached record."""

    CARE_PLAN = "care_plan"
    LETTER = "referral_letter"
    HANDOUT = "patient_handout"
    CHOICES = "patient_choices"
    TRANSFER_NOTE = "transfer_note"

    @property
    def signed_words(self) -> str:
        """The reason that stands in the signature."""
        return f"{self.words[0].upper()}{self.words[1:]} signed"

    @property
    def words(self) -> str:
        return {
            PaperKind.CARE_PLAN: "care plan",
            PaperKind.LETTER: "referral letter",
            PaperKind.HANDOUT: "patient's sheet",
            PaperKind.CHOICES: "sheet with the patient's choices",
            PaperKind.TRANSFER_NOTE: "transfer note",
        }[self]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    id: str
    encounter_id: str
    kind: str  # care_plan
    number: str  # "CP-TR01-000001"
    created: datetime
    sha256: str
    content: bytes


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A stored document without its content."""

    id: str
    encounter_id: str
    kind: str
    number: str
    created: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """The plan that a correction takes the place of, as the new papers name it."""

    numbers: Mapping[str, str]  # kind of document to its number
    signed_on: date
    reason: str

    def number_for(self, kind: str) -> str:
        """The number of the old paper of this kind; where there was none, that of the old plan."""
        return self.numbers.get(kind) or self.numbers.get(PaperKind.CARE_PLAN.value, "")


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """What a time-stamp authority said of a document: that these bytes existed at a time. Kept beside it."""

    document_id: str
    fetched: datetime
    authority: str  # the address that was asked
    content: bytes  # DER, the answer of the authority


@dataclass(frozen=True, slots=True)
class Stamper:
    """Where stamps are fetched. No address: nothing is ever fetched."""

    address: str = ""
    certificates: bytes = b""  # PEM of whoever vouches for the authority


@dataclass(frozen=True, slots=True)
class LocalService:
    """Where a service is: here, elsewhere (name, hours away) or none."""

    where: str  # here, elsewhere, none
    name: str = ""
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How the clinic's paper looks."""

    logo: bytes = b""  # PNG as ``documents.logo`` wrote it; empty: none
    page_size: str = "A4"
    top: int = 0  # millimetres left free at the top of each page, for paper that is printed already
    language: str = "en"  # of what clinicians read on paper; the patient's sheet has its own


@dataclass(frozen=True, slots=True)
class Clinic:
    name: str
    address: str
    telephone: str
    station: str  # prefix of document numbers, "TR01"
    phones: Mapping[str, str] = field(default_factory=dict)  # phone id of the pack -> number
    services: Mapping[str, LocalService] = field(default_factory=dict)
    ask_impression: bool = True  # ask for the clinician's own impression before advice on treatment is shown
    phones_none: tuple[str, ...] = ()  # phone ids answered with "none here": known, and different from not answered
    lock_minutes: int = 5  # of nobody touching the computer, then it locks
    retention_years: int = 0  # after the last visit a record is proposed for erasure; 0: never proposed
    letterhead: Letterhead = Letterhead()


@dataclass(frozen=True, slots=True)
class Visits:
    """What there is of a patient: the open draft and the newest signed encounter, each by its id or empty."""

    draft: str = ""
    signed: str = ""
    any: bool = False  # also of what was superseded or voided


@dataclass(frozen=True, slots=True)
class WorklistRow:
    patient: Patient
    encounter_id: str
    state: EncounterState
    tier_floor: str
    final: bool
    due_date: date | None
    started: datetime
    emergency: bool
    next_step: str
    first_visit: date | None = None  # the day of the patient's first encounter here
    counted_from: date | None = None  # where the time to the due date began
    void: Void | None = None
