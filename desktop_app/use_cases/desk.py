"""The desk before a consultation: the worklist, finding or adding a patient, opening an encounter."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import date

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.model import Pack
from desktop_app.language import ENGLISH, paper_language, tr
from desktop_app.use_cases import correcting, identity
from desktop_app.use_cases.affected import EVERY
from desktop_app.use_cases.asking import Asking
from desktop_app.use_cases.audit import AuditEvent, Deed
from desktop_app.use_cases.backups import Backups, KeepsBackups
from desktop_app.use_cases.blank_papers import Blank, BlankPapers
from desktop_app.use_cases.checking import Checking, Checks
from desktop_app.use_cases.consultation import Consultation
from desktop_app.use_cases.correcting import Visit
from desktop_app.use_cases.domain import (
    Clinic,
    Clinician,
    Encounter,
    EncounterState,
    Patient,
    StoredDocument,
    Visits,
    WorklistRow,
)
from desktop_app.use_cases.edition_note import edition_note
from desktop_app.use_cases.emergency_access import EmergencyAccess
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.guideline_editions import GuidelineEditions
from desktop_app.use_cases.half_typed import HalfTyped
from desktop_app.use_cases.loaded import Loaded, Speak
from desktop_app.use_cases.older_records import KeepsHead, OlderRecords
from desktop_app.use_cases.patient_answers import carried_over
from desktop_app.use_cases.patient_folder import PatientFolder
from desktop_app.use_cases.people import People, Roll
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Clock, Documents, KeyRing, Signer, Store
from desktop_app.use_cases.privacy import Privacy
from desktop_app.use_cases.record_of_use import RecordOfUse
from desktop_app.use_cases.retention import Retention
from desktop_app.use_cases.stamping import Stamping
from desktop_app.use_cases.summary import keep_summary
from desktop_app.use_cases.surroundings import Surroundings

OLDEST_YEARS = 120


class Desk:
    """What a signed-in clinician sees first."""

    def __init__(
        self,
        *,
        pack: Pack,
        clinical: ClinicalArithmetic,
        store: Store,
        clock: Clock,
        documents: Callable[[], Documents],
        signer: Callable[..., Signer],
        confirm: Callable[[str], None],
        clinician: Clinician,
        training: bool = False,
        keys: KeyRing | None = None,
        blank_papers: Callable[[], BlankPapers] | None = None,
        roll: Roll | None = None,
        vouch: Callable[[str, str], Clinician] | None = None,
        checks: Callable[[], Checks] | None = None,
        trust: Callable[[], Sequence[bytes]] = tuple,
        editions: Callable[[Access], GuidelineEditions] | None = None,
        logos: Callable[[bytes], bytes] | None = None,
        record: Callable[[Access], RecordOfUse] | None = None,
        patient_folder: Callable[[Access], PatientFolder] | None = None,
        backups: KeepsBackups | None = None,
        surroundings: Surroundings | None = None,
        head: KeepsHead | None = None,
        read_only: bool = False,
        as_asked: bool = False,
        as_of: str = "",
        speak: Speak | None = None,
        ready: Callable[[], None] | None = None,
    ) -> None:
        """``speak`` gives the guideline in the words of the screens; without it they are its own.

        ``confirm`` raises ``WrongPassphrase`` or ``MustWait`` unless it is given the signed-in person's own.
        """
        self.access = Access(clinician, read_only=read_only, as_asked=as_asked, as_of=as_of)
        self._speak = speak
        self._take(Loaded(pack, clinical))
        self.keys = keys
        self.training = training
        self._store = store
        self._clock = clock
        self._documents = documents
        self._signer = signer
        self._ready = ready
        self.privacy = None if vouch is None else Privacy(self.access, store, confirm, vouch, backups)
        self.people = None if roll is None else People(self.access, roll, clock, confirm)
        self.confirm = confirm
        self.surroundings = surroundings
        self.older_records = None if head is None else OlderRecords(self.access, store, confirm, head)
        self._noted = None if self.older_records is None else self.older_records.keep
        self.backups = None if backups is None else Backups(self.access, backups, self._noted)
        self.half_typed = HalfTyped(self.access, store, clock)
        self.retention = Retention(self.access, store, clock)
        self.emergency_access = EmergencyAccess(self.access, store, confirm)
        self.record = None if record is None else record(self.access)
        self.patient_folder = None if patient_folder is None else patient_folder(self.access)
        self._blank_papers = blank_papers
        self._logos = logos
        self.checking = None if checks is None else Checking(self.access, store, checks, trust)
        self.stamping = None if checks is None else Stamping(self.access, store, clock, checks)

        self.editions = None if editions is None else editions(self.access)
        if self.editions is not None:
            self._take(self.editions.current)
            if self.editions.stands_in:
                self._work_out_anew()
            self.editions.switched = self._use

    @property
    def pack(self) -> Pack:
        """In the words of the screens."""
        return self._spoken.pack

    def _take(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._spoken = self._said(loaded)

    def _said(self, loaded: Loaded) -> Loaded:
        return loaded if self._speak is None else self._speak(loaded)

    def _use(self, loaded: Loaded) -> None:
        """Another edition gives the advice, or the same one was approved."""
        same = loaded.pack.content_hash == self.pack.content_hash
        self._take(loaded)
        if not same:
            self._work_out_anew()

    def _work_out_anew(self) -> None:
        """What the worklist says of whatever is open."""
        for row in self._store.worklist(EVERY):
            if row.state is EncounterState.DRAFT:
                self._summed_up(self._consultation(row.patient, self._store.encounter(row.encounter_id)))

    def _summed_up(self, consultation: Consultation) -> Consultation:
        keep_summary(self._store, consultation.encounter, consultation.decision, consultation.events,
                     Asking(self.pack))
        return consultation

    @property
    def clinician(self) -> Clinician:
        """Who is signed in."""
        return self.access.person

    @property
    def clinic(self) -> Clinic:
        return self._store.clinic()

    @property
    def today(self) -> date:
        return self._clock.today()

    @needs(Action.CHANGE_CLINIC)
    def save_clinic(self, clinic: Clinic) -> None:
        """Store the settings of the clinic; every required telephone number has to be there, or answered with
        "none here".
        """
        missing = [p.label for p in self.pack.phones if p.required and p.id not in clinic.phones_none
                   and not clinic.phones.get(p.id, "").strip()]
        if missing:
            raise BadData(tr("These telephone numbers are missing: ") + ", ".join(missing) + ".",
                          next_step=tr("Write each of them, or answer “None here”."))
        self._store.save_clinic(clinic)

    @needs(Action.CHANGE_CLINIC)
    def logo(self, raw: bytes) -> bytes:
        """A picture from a file as the letterhead keeps it. Raises ``BadData`` in words when it is none."""
        if self._logos is None:
            raise BadData(tr("No picture can be read here."))
        return self._logos(raw)

    @needs(Action.SIGN)
    def get_ready_to_sign(self) -> None:
        """Load what signing needs, beside the window while the passphrase is typed. Costs nothing the second time."""
        if self._ready is not None:
            self._ready()

    @needs(Action.SIGN)
    def signer(self, passphrase: str, pin: str = "") -> Signer:
        """The signed-in clinician's key, for one plan: the passphrase is asked for each time, and so is the PIN of a
        token.
        """
        self.confirm(passphrase)
        return self._signer(pin) if pin else self._signer()

    @needs(Action.SEE_PATIENTS)
    def worklist(self) -> Sequence[WorklistRow]:
        return self._store.worklist()

    @needs(Action.SEE_PATIENTS)
    def find(self, text: str) -> Sequence[Patient]:
        return self._store.find_patients(text)

    @needs(Action.SEE_PATIENTS)
    def visits(self, patient_id: str) -> Visits:
        """Whether there is something to go on with, and something to look at."""
        every = sorted(self._store.encounters_of(patient_id), key=lambda e: e.sequence)
        return Visits(
            next((e.id for e in reversed(every) if e.state is EncounterState.DRAFT), ""),
            next((e.id for e in reversed(every) if e.state is EncounterState.SIGNED), ""),
            bool(every),
        )

    @needs(Action.SEE_PATIENTS)
    def documents_of(self, encounter_id: str) -> Sequence[StoredDocument]:
        return self._store.documents_of(encounter_id)

    @needs(Action.BLANK_PAPER)
    def blank_paper(self, blank: Blank) -> bytes:
        """A paper that needs no patient, with this clinic's name and numbers, as a PDF."""
        if self._blank_papers is None:
            raise BadData(tr("Nothing can be printed here."))
        clinic = self.clinic
        language = paper_language(clinic.letterhead.language) if self._speak is not None else ENGLISH
        said = self._speak(self._loaded, language) if self._speak is not None else self._loaded
        return self._blank_papers().make(blank, said.pack, clinic, self.today, clinic.letterhead.page_size, language)

    @needs(Action.ADD_PATIENT)
    def new_patient(self, *, name: str, number: str, born: date, sex: str, language: str = "") -> Patient:
        """Store a new patient. The number must be new; the date of birth must be possible."""
        name, number = identity.name_written(name), identity.number_written(number)
        if not name:
            raise BadData(tr("The patient's name is missing."))
        if not number:
            raise BadData(tr("The patient's number is missing."))
        if wrong := identity.mistake(name, identity.LONGEST_NAME):
            raise BadData(tr("The patient's name: {wrong}").format(wrong=wrong))
        if wrong := identity.mistake(number, identity.LONGEST_NUMBER):
            raise BadData(tr("The patient's number: {wrong}").format(wrong=wrong))
        today = self._clock.today()
        if born > today:
            raise BadData(tr("The date of birth {isoformat} lies in the future.").format(isoformat=born.isoformat()))
        if today.year - born.year > OLDEST_YEARS:
            raise BadData(tr("The date of birth {isoformat} is more than {OLDEST_YEARS} years ago.").format(
                              isoformat=born.isoformat(), OLDEST_YEARS=OLDEST_YEARS
                          ))
        if (other := self._store.patient_numbered(number)) is not None:
            if other.number.casefold() == number.casefold():
                raise BadData(tr("There is already a patient with the number {strip}.").format(strip=other.number))
            raise BadData(tr("There is already a patient whose number looks the same: {number}. One of the two is "
                             "typed in another alphabet.").format(number=other.number))
        patient = Patient(str(uuid.uuid4()), number, name, born, sex, self.training, language)
        self._store.add_patient(patient)
        return patient

    @needs(Action.CONSULT)
    def open(self, patient_id: str) -> Consultation:
        """The patient's open draft, or a new encounter."""
        patient = self._store.patient(patient_id)
        draft = self._store.open_draft(patient_id)
        if draft is not None:
            self._seen(draft)
            return self._consultation(patient, draft)
        return self._summed_up(self._consultation(patient, self._start(patient)))

    @needs(Action.SEE_PATIENTS)
    def open_encounter(self, encounter_id: str) -> Consultation:
        """A certain encounter, also a signed one to look at."""
        encounter = self._store.encounter(encounter_id)
        self._seen(encounter)
        return self._consultation(self._store.patient(encounter.patient_id), encounter)

    @needs(Action.SEE_PATIENTS)
    def history(self, patient_id: str) -> tuple[Visit, ...]:
        """Every encounter of a patient, newest first, with what has become of it."""
        self._store.record(AuditEvent(Deed.VIEWED, "visits", patient_id))
        return correcting.history_of(self._store, patient_id)

    @needs(Action.SEE_PATIENTS)
    def patient(self, patient_id: str) -> Patient:
        return self._store.patient(patient_id)

    @needs(Action.CORRECT)
    def correct(self, encounter_id: str, reason: str) -> Consultation:
        """A new draft that takes the place of a signed plan once it is signed itself."""
        draft = correcting.start_correction(self._store, self._store.encounter(encounter_id), reason,
                                            clinician=self.clinician, pack=self.pack, now=self._clock.now())
        return self._summed_up(self._consultation(self._store.patient(draft.patient_id), draft))

    @needs(Action.VOID)
    def void(self, encounter_id: str, reason: str, passphrase: str) -> None:
        """Say that a signed plan does not hold; it is kept. The passphrase is asked for, as for the signature."""
        self.confirm(passphrase)
        correcting.void_plan(self._store, encounter_id, reason, clinician=self.clinician, now=self._clock.now())

    @needs(Action.SEE_PATIENTS)
    def took_over_from(self, encounter_id: str) -> tuple[str, ...]:
        """What began later with answers of this plan, by number."""
        return correcting.took_over_from(self._store, self._store.encounter(encounter_id))

    def _seen(self, encounter: Encounter) -> None:
        self._store.record(AuditEvent(Deed.VIEWED, "encounter", encounter.patient_id, encounter.id))

    def _start(self, patient: Patient) -> Encounter:
        # What was signed for the wrong patient tells nothing of this one.
        done = (EncounterState.SIGNED, EncounterState.SUPERSEDED)
        earlier = [e for e in self._store.encounters_of(patient.id) if e.state in done]
        last = max(earlier, key=lambda e: e.sequence, default=None)
        return self._store.start_encounter(
            Encounter(
                id=str(uuid.uuid4()),
                patient_id=patient.id,
                sequence=0,
                state=EncounterState.DRAFT,
                started=self._clock.now(),
                as_of=self._clock.today(),
                clinician_id=self.clinician.id,
                guideline_id=self.pack.info.id,
                guideline_version=self.pack.info.version,
                content_hash=self.pack.content_hash,
                answers=carried_over(self.pack, last.answers) if last is not None else {},
            )
        )

    def _consultation(self, patient: Patient, encounter: Encounter) -> Consultation:
        loaded, spoken = self._loaded, self._spoken
        if encounter.state is not EncounterState.DRAFT and self.editions is not None:
            own = self.editions.loaded_for(encounter.content_hash)
            if own is not None:
                loaded, spoken = own, self._said(own)
        return Consultation(
            edition_note=edition_note(encounter, loaded.pack, self.pack),
            pack=loaded.pack,
            clinical=loaded.clinical,
            spoken=spoken,
            in_language=self._speak,
            store=self._store,
            clock=self._clock,
            documents=self._documents,
            clinician=self.clinician,
            patient=patient,
            encounter=encounter,
            access=self.access,
            signed=self._noted,
            surroundings=self.surroundings,
        )
