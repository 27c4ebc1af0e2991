"""Small stand-ins for the outside world: a store in memory, a clock that stands still, a pen that only marks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from desktop_app.engine.answers import Answer
from desktop_app.use_cases.audit import (
    ALL_ROWS,
    AuditEvent,
    AuditFilter,
    AuditHead,
    AuditRow,
    AuditVerdict,
    Deed,
    OuterHead,
)
from desktop_app.use_cases.domain import (
    Choice,
    Clinic,
    Clinician,
    DocumentEntry,
    EmergencyEvent,
    Encounter,
    EncounterState,
    Impression,
    PaperKind,
    Patient,
    Stamper,
    StoredDocument,
    TimeStamp,
    Void,
    WorklistRow,
)
from desktop_app.use_cases.errors import BadData, WrongPassphrase
from desktop_app.use_cases.look_alike import look_the_same, looks
from desktop_app.use_cases.ports import PlanInput, SignatureRequest, SignedAs
from desktop_app.use_cases.proof import PaperSummary, SummaryLine
from desktop_app.use_cases.searching import plain_letters

TODAY = date(2026, 11, 12)


class StillClock:
    def __init__(self, today: date = TODAY) -> None:
        self.day = today

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 10, 5, tzinfo=UTC)

    def today(self) -> date:
        return self.day


class MemoryStore:
    """What ``db`` promises, without a file."""

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic
        self.people = [CLINICIAN]
        self.patients: dict[str, Patient] = {}
        self.encounters: dict[str, Encounter] = {}
        self.documents: list[StoredDocument] = []
        self.summaries: dict[str, WorklistRow] = {}
        self.time_stamps: dict[str, TimeStamp] = {}
        self.where_stamps_come_from = Stamper()
        self.recorded: list[AuditEvent] = []
        self.typed: dict[tuple[str, str], dict[str, str]] = {}
        self.writes = 0

    def clinic(self) -> Clinic:
        return self._clinic

    def save_clinic(self, clinic: Clinic) -> None:
        self._clinic = clinic

    def clinician(self, clinician_id: str) -> Clinician:
        return Clinician(clinician_id, "Dr N. Karim", "general practitioner")

    def clinicians(self) -> list[Clinician]:
        return list(self.people)

    def save_clinician(self, clinician: Clinician) -> None:
        raise AssertionError("no use case saves a clinician yet")

    def save_basis(self, encounter_id: str, **basis: object) -> None:
        self._replace(encounter_id, **basis)

    def add_patient(self, patient: Patient) -> None:
        self.patients[patient.id] = patient

    def save_patient_language(self, patient_id: str, language: str) -> None:
        self.patients[patient_id] = dataclasses.replace(self.patients[patient_id], language=language)

    def erase_patient(self, patient_id: str, reason: str, second_person: str) -> int:
        self.recorded.append(AuditEvent(Deed.ERASED, "patient", patient_id, second_person, reason))
        gone = [e.id for e in self.encounters.values() if e.patient_id == patient_id]
        self.encounters = {name: one for name, one in self.encounters.items() if name not in gone}
        del self.patients[patient_id]
        return len(gone)

    def patient(self, patient_id: str) -> Patient:
        return self.patients[patient_id]

    def patient_numbered(self, number: str) -> Patient | None:
        return next((one for one in self.patients.values() if look_the_same(looks(one.number), looks(number))), None)

    def find_patients(self, text: str) -> list[Patient]:
        wanted = plain_letters(text).split()
        return [p for p in self.patients.values()
                if all(word in plain_letters(f"{p.name} {p.number}") for word in wanted)]

    def last_seen_before(self, day: date) -> list[tuple[Patient, date]]:
        last = {p.id: max((e.as_of for e in self.encounters_of(p.id)), default=None) for p in self.patients.values()}
        return sorted(((self.patients[name], seen) for name, seen in last.items() if seen is not None and seen < day),
                      key=lambda found: found[1])

    def start_encounter(self, encounter: Encounter) -> Encounter:
        stored = dataclasses.replace(encounter, sequence=len(self.encounters) + 1)
        self.encounters[stored.id] = stored
        return stored

    def encounter(self, encounter_id: str) -> Encounter:
        return self.encounters[encounter_id]

    def encounters_of(self, patient_id: str) -> list[Encounter]:
        return [e for e in self.encounters.values() if e.patient_id == patient_id]

    def open_draft(self, patient_id: str) -> Encounter | None:
        drafts = [e for e in self.encounters_of(patient_id) if e.state is EncounterState.DRAFT]
        return drafts[-1] if drafts else None

    def save_answers(self, encounter_id: str, changed: dict[str, Answer | None]) -> None:
        self.writes += 1
        kept = {**self.encounters[encounter_id].answers, **changed}
        answers = {atom: answer for atom, answer in kept.items() if answer is not None}
        self._replace(encounter_id, answers=answers)

    def half_typed(self, clinician_id: str, encounter_id: str) -> dict[str, str]:
        return dict(self.typed.get((clinician_id, encounter_id), {}))

    def save_half_typed(self, clinician_id: str, encounter_id: str, fields: Mapping[str, str], at: datetime) -> None:
        self.typed[clinician_id, encounter_id] = dict(fields)

    def save_position(self, encounter_id: str, position: str) -> None:
        self._replace(encounter_id, position=position)

    def save_impression(self, encounter_id: str, impression: Impression) -> None:
        self._replace(encounter_id, impression=impression)

    def save_choice(self, encounter_id: str, option: str, choice: Choice | None) -> None:
        others = tuple(c for c in self.encounters[encounter_id].choices if c.option != option)
        self._replace(encounter_id, choices=(*others, choice) if choice is not None else others)

    def add_event(self, encounter_id: str, event: EmergencyEvent) -> None:
        self._replace(encounter_id, events=(*self.encounters[encounter_id].events, event))

    def save_summary(
        self,
        encounter_id: str,
        tier_floor: str,
        *,
        final: bool,
        due_date: date | None,
        emergency: bool,
        next_step: str,
        counted_from: date | None = None,
    ) -> None:
        encounter = self.encounters[encounter_id]
        self.summaries[encounter_id] = WorklistRow(
            self.patients[encounter.patient_id],
            encounter_id,
            encounter.state,
            tier_floor,
            final,
            due_date,
            encounter.started,
            emergency,
            next_step,
            min(e.started for e in self.encounters_of(encounter.patient_id)).date(),
            counted_from,
        )

    def sign_encounter(self, encounter_id: str, record: str, *documents: StoredDocument) -> None:
        self._replace(encounter_id, state=EncounterState.SIGNED, record=record)
        self.documents += documents
        old = self.encounters[encounter_id].supersedes
        if old and self.encounters[old].state is EncounterState.SIGNED:
            self._replace(old, state=EncounterState.SUPERSEDED)
            self.summaries.pop(old, None)

    def void_encounter(self, encounter_id: str, void: Void) -> None:
        row = self.summaries[encounter_id]
        stopped = dataclasses.replace(void, was_due=row.due_date)
        self._replace(encounter_id, state=EncounterState.VOIDED, void=stopped)
        self.summaries[encounter_id] = dataclasses.replace(
            row, state=EncounterState.VOIDED, due_date=None, emergency=False, next_step="Voided", void=stopped)

    def entries_of(self, encounter_id: str) -> list[DocumentEntry]:
        return [DocumentEntry(d.id, d.encounter_id, d.kind, d.number, d.created, d.sha256)
                for d in self.documents_of(encounter_id)]

    def find_document(self, *, sha256: str = "", number: str = "") -> DocumentEntry | None:
        return next((entry for d in self.documents for entry in self.entries_of(d.encounter_id)
                     if (entry.sha256 == sha256 if sha256 else entry.number == number)), None)

    def save_time_stamp(self, stamp: TimeStamp) -> None:
        self.time_stamps[stamp.document_id] = stamp

    def stamper(self) -> Stamper:
        return self.where_stamps_come_from

    def save_stamper(self, stamper: Stamper) -> None:
        self.where_stamps_come_from = stamper

    def time_stamp(self, document_id: str) -> TimeStamp | None:
        return self.time_stamps.get(document_id)

    def documents_of(self, encounter_id: str) -> list[StoredDocument]:
        return [d for d in self.documents if d.encounter_id == encounter_id]

    def next_document_number(self, kind: str) -> str:
        initials = "".join(word[0] for word in kind.split("_")).upper()
        return f"{initials}-{self._clinic.station}-{len(self.documents) + 1:06d}"

    def worklist(self, limit: int = 200) -> list[WorklistRow]:
        return list(self.summaries.values())[:limit]

    def record(self, event: AuditEvent) -> None:
        self.recorded.append(event)

    def audit_head(self) -> AuditHead:
        return AuditHead(len(self.recorded), "0" * 64)

    def audit_rows(self, wanted: AuditFilter = ALL_ROWS, *, before: int = 0, limit: int = 500) -> list[AuditRow]:
        found = [AuditRow(number, datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC), "", event)
                 for number, event in enumerate(self.recorded, 1) if not before or number < before]
        return [row for row in reversed(found) if not wanted.deed or row.event.deed.value == wanted.deed][:limit]

    def verify_audit(self, outside: Iterable[OuterHead] = ()) -> AuditVerdict:
        return AuditVerdict(len(self.recorded), (), len(list(outside)))

    def close(self) -> None:
        return None

    def _replace(self, encounter_id: str, **changes: object) -> None:
        self.encounters[encounter_id] = dataclasses.replace(self.encounters[encounter_id], **changes)


class PlainDocuments:
    """Prints the number, so that a test sees which plan was made."""

    def __init__(self) -> None:
        self.plans: list[PlanInput] = []

    def care_plan(self, plan: PlanInput) -> bytes:
        self.plans.append(plan)
        return f"plan {plan.number} signed_on={plan.signed_on}".encode()

    def kinds(self, plan: PlanInput) -> tuple[PaperKind, ...]:
        emergency = bool(plan.decision.emergency.positive)
        return tuple(k for k in PaperKind
                     if k is PaperKind.CARE_PLAN or (k is PaperKind.TRANSFER_NOTE) is emergency)

    def make(self, kind: PaperKind, plan: PlanInput) -> bytes:
        if kind is PaperKind.CARE_PLAN:
            return self.care_plan(plan)
        if kind not in self.kinds(plan):
            raise BadData("There is none.")
        return f"{kind.value} {plan.number}".encode()

    def signed_as(self, care_plan: bytes, at: datetime) -> SignedAs:
        return SignedAs()

    def summary(self, plan: PlanInput, kind: PaperKind) -> PaperSummary:
        return PaperSummary(plan.number, "", plan.patient.number, None, (SummaryLine("Document", kind.words),))

    def text(self, kind: PaperKind, plan: PlanInput) -> str:
        return f"{kind.value} {plan.number} signed_on={plan.signed_on}"


class MarkingSigner:
    name = "Dr N. Karim"

    def sign(self, request: SignatureRequest) -> bytes:
        return request.pdf + b" signed by " + request.name.encode()

    def code(self, summary: PaperSummary, at: datetime) -> str:
        return f"shc:/{len(summary.lines):04d}{at:%H%M}"


CLINIC = Clinic(
    name="Hillside Clinic",
    address="1 Example Road, Sampleton",
    telephone="555 0110",
    station="TR01",
    phones={"ambulance": "555 0100"},
)
CLINICIAN = Clinician("c1", "Dr N. Karim", "general practitioner", administers=True)
PASSPHRASE = "green tractor on the moon"


def confirm(passphrase: str) -> None:
    """The signed-in person's passphrase was typed again."""
    if passphrase != PASSPHRASE:
        raise WrongPassphrase("The passphrase is not that of Dr N. Karim.", next_step="Type it again.")
