"""One open consultation: answer, take back, decide, sign. Every change is stored before it is shown."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.clinical.verdict_changes import VerdictChange
from desktop_app.engine.answers import Answer, AnswerSheet, Exclusion
from desktop_app.engine.decision import Decision
from desktop_app.engine.judge import decide, judge
from desktop_app.engine.model import Pack
from desktop_app.engine.record import record_text
from desktop_app.engine.translations import languages
from desktop_app.language import in_english, on_paper, paper_language, tr
from desktop_app.use_cases.asking import Asking
from desktop_app.use_cases.audit import AuditEvent, Deed
from desktop_app.use_cases.choosing import clash, objection, objections
from desktop_app.use_cases.considered import Considered
from desktop_app.use_cases.correcting import Standing, replaced_by_this, standing_of
from desktop_app.use_cases.domain import (
    Choice,
    Clinic,
    Clinician,
    EmergencyEvent,
    Encounter,
    EncounterState,
    Impression,
    PaperKind,
    Patient,
    StoredDocument,
    Verdict,
)
from desktop_app.use_cases.errors import BadData, NotPermitted
from desktop_app.use_cases.fingerprint import sha256_of
from desktop_app.use_cases.in_words import in_words
from desktop_app.use_cases.loaded import Loaded
from desktop_app.use_cases.patient_answers import understood, whole_sheet
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.pictures import pictures
from desktop_app.use_cases.ports import Clock, Documents, InWords, PlanInput, SignatureRequest, Signer, Store
from desktop_app.use_cases.summary import HANDED_OVER, keep_summary
from desktop_app.use_cases.surroundings import Surroundings, clock_doubt

SHOWN = "shown"
EXCLUDED = "excluded"
ENTERED_IN_ERROR = "entered_in_error"
NO_NUMBER = "not yet numbered"


def where_services_are(clinic: Clinic) -> dict[str, str]:
    """Service id to "here", "none", or the place that the engine names in advice."""
    words = {}
    for service, place in clinic.services.items():
        if place.where == "elsewhere":
            hours = tr(", {hours} h away").format(hours=f"{place.hours:g}") if place.hours is not None else ""
            words[service] = f"{place.name}{hours}"
        else:
            words[service] = place.where
    return words


class Consultation:
    """One encounter, from its first answer to its signature."""

    def __init__(
        self,
        *,
        pack: Pack,
        clinical: ClinicalArithmetic,
        store: Store,
        clock: Clock,
        documents: Callable[[], Documents],
        clinician: Clinician,
        patient: Patient,
        encounter: Encounter,
        access: Access | None = None,
        edition_note: str = "",
        spoken: Loaded | None = None,
        in_language: Callable[[Loaded, str], Loaded] | None = None,
        signed: Callable[[], None] | None = None,
        surroundings: Surroundings | None = None,
    ) -> None:
        """``spoken``: the same guideline in the words of the screens; what is signed keeps its own. ``in_language``
        gives it in those of the papers. ``signed`` is called once everything signed is stored.
        """
        self._after_signing, self._surroundings = signed, surroundings
        self._in_language = in_language
        self.access = access or Access(clinician)
        self._pack = pack
        self._clinical = clinical
        self._spoken = spoken or Loaded(pack, clinical)
        self._store = store
        self._clock = clock
        self._documents = documents
        self._clinician = clinician
        self._patient = patient
        self._encounter = encounter
        self._edition_note = edition_note
        same = encounter.content_hash == pack.content_hash
        self._answers: dict[str, Answer] = dict(encounter.answers) if same else understood(pack, encounter.answers)
        self._choices: dict[str, Choice] = {choice.option: choice for choice in encounter.choices
                                            if same or choice.option in pack.options}
        self._events: list[EmergencyEvent] = list(encounter.events)
        self._impression = encounter.impression
        self._history: list[dict[str, Answer | None]] = []
        self._considered: Considered | None = None
        self._changed = False  # since it was considered

    @property
    def pack(self) -> Pack:
        """In the words of the screens."""
        return self._spoken.pack

    @property
    def edition_note(self) -> str:
        """What to say where this encounter and the guideline in use are of two editions; else ""."""
        return self._edition_note

    @property
    def clinician(self) -> Clinician:
        return self._clinician

    @property
    def clinic(self) -> Clinic:
        return self._store.clinic()

    @property
    def patient(self) -> Patient:
        return self._patient

    @property
    def encounter(self) -> Encounter:
        return self._encounter

    @property
    def as_of(self) -> date:
        """Today, while the encounter is open: an emergency "no" of yesterday is asked again."""
        if self._encounter.state is EncounterState.DRAFT:
            return self._clock.today()
        return self._encounter.as_of

    @property
    def answers(self) -> Mapping[str, Answer]:
        """What was answered in this encounter, without what the patient's record says."""
        return self._answers

    @property
    def sheet(self) -> AnswerSheet:
        return whole_sheet(self._pack, self._patient, self._answers)

    @property
    def choices(self) -> Mapping[str, Choice]:
        return self._choices

    @property
    def events(self) -> tuple[EmergencyEvent, ...]:
        return tuple(self._events)

    @property
    def impression(self) -> Impression | None:
        """The clinician's own words from before the advice on treatment; None: not asked yet."""
        return self._impression

    @property
    def asks_impression(self) -> bool:
        """Whether the clinician is still to be asked: by the clinic's setting, once in an encounter."""
        closed = self._impression is not None and self._impression.closed
        return not closed and self.can_write and self.clinic.ask_impression

    @property
    def position(self) -> str:
        return self._encounter.position

    @property
    def decision(self) -> Decision:
        """The advice on the answers as they stand, with every reason; the same object until something changes.

        What would change an option (``flips``, and ``blocked_by`` of what is prohibited) stands in :attr:`whole`.
        """
        return self._now().judged.decision

    @property
    def whole(self) -> Decision | None:
        """The decision with what would change each option; None until that has been worked out."""
        return self._now().whole

    def work_on(self) -> bool:
        """Work out the next piece of what would change the advice, in an idle moment; False when all is there."""
        return self._now().work_on()

    def whole_now(self) -> Decision:
        """The decision with every what-if, for what is printed and kept."""
        return self._now().whole_now()

    def _on_paper(self) -> Decision:
        """The same in the guideline's own words, which is what is signed and printed."""
        if self._spoken.pack is self._pack:
            return self.whole_now()
        with in_english():
            return decide(self._pack, self.sheet, self.as_of, self._clinical,
                          services=where_services_are(self.clinic))

    def _now(self) -> Considered:
        """The advice on the answers of today; what no change bears on is taken over from the one before."""
        before, today = self._considered, self.as_of
        if before is None or self._changed or before.judged.decision.as_of != today:
            self._considered = Considered(judge(
                self.pack, self.sheet, today, self._spoken.clinical, services=where_services_are(self.clinic),
                before=None if before is None else before.judged,
            ))
            self._changed = False
            return self._considered
        return before

    @property
    def can_write(self) -> bool:
        """Whether answers can be given here: a draft, and a person who may. Anybody else looks only."""
        return self._encounter.state is EncounterState.DRAFT and self.access.may(Action.CONSULT)

    @property
    def can_undo(self) -> bool:
        return bool(self._history)

    @needs(Action.CONSULT)
    def answer(self, atom: str, answer: Answer | None) -> None:
        """Store one answer; None takes it back to "not asked"."""
        self.answer_many({atom: answer})

    @needs(Action.CONSULT)
    def answer_many(self, changes: Mapping[str, Answer | None]) -> None:
        """Store several answers as one step that one undo takes back."""
        self._need_draft()
        before = {atom: self._answers.get(atom) for atom in changes}
        self._write(self._dated(changes))
        self._history.append(before)

    @needs(Action.CONSULT)
    def undo(self) -> bool:
        """Take the last step back; False when there is none. Emergency exclusions are never undone."""
        if not self._history:
            return False
        self._need_draft()
        self._write(self._history.pop())
        return True

    @needs(Action.CONSULT)
    def end_emergency(self, atoms: Iterable[str], *, how: str, entered_in_error: bool = False) -> None:
        """End an emergency "yes": excluded (how, by whom, when) or entered in error. Both stay recorded."""
        self._need_draft()
        if not how.strip():
            raise BadData(tr("Say how the emergency was excluded, or how the wrong answer came about."))
        exclusion = Exclusion(how, self._clinician.name, self._clock.today(), entered_in_error)
        changes = {
            atom: dataclasses.replace(given, excluded=exclusion)
            for atom in atoms
            if (given := self._answers.get(atom)) is not None and given.value is True
        }
        positive = self.decision.emergency.positive
        self._write(dict(changes))
        self._history.clear()
        kind = ENTERED_IN_ERROR if entered_in_error else EXCLUDED
        self._record_event(kind, ", ".join(positive), how)

    @needs(Action.CONSULT)
    def emergency_shown(self) -> None:
        """Record, once for each set of criteria, that the emergency page was opened with a draft."""
        if not self.can_write:
            return
        criteria = ", ".join(self.decision.emergency.positive)
        if criteria and not any(e.kind == SHOWN and e.criterion == criteria for e in self._events):
            self._record_event(SHOWN, criteria, "")

    @needs(Action.CONSULT)
    def hand_over(self, note: str) -> None:
        """Record to whom the emergency was handed over."""
        self._need_draft()
        if not note.strip():
            raise BadData(tr("Say to whom the patient was handed over."))
        self._record_event(HANDED_OVER, ", ".join(self.decision.emergency.positive), note)

    @needs(Action.CONSULT)
    def choose(self, option: str, verdict: Verdict | None, reason: str = "") -> None:
        """Accept, change or decline an option; None takes the choice back."""
        self._need_draft()
        choice = None if verdict is None else Choice(option, verdict, reason.strip())
        if choice is not None:
            words = objection(self.pack, self.decision, choice) or clash(self.pack, choice, self._choices.values())
            if words:
                raise BadData(words)
        self._store.save_choice(self._encounter.id, option, choice)
        if choice is None:
            self._choices.pop(option, None)
        else:
            self._choices[option] = choice

    @needs(Action.CONSULT)
    def note_impression(self, text: str) -> None:
        """Store the clinician's own words as they stand now; refused once advice on treatment was in sight."""
        self._need_draft()
        if self._impression is not None and self._impression.closed:
            raise NotPermitted(
                tr("The own impression was noted before the advice was shown and stays as it is."),
                next_step=tr("What you think now belongs into the reasons of your decisions."),
            )
        self._keep_impression(Impression(text.strip(), self._clock.now(), self._clinician.name))

    @needs(Action.CONSULT)
    def close_impression(self) -> None:
        """Advice on treatment comes into sight: what was noted stays as it is, also when it is nothing."""
        self._need_draft()
        noted = self._impression or Impression("", self._clock.now(), self._clinician.name)
        if not noted.closed:
            self._keep_impression(dataclasses.replace(noted, closed=True))

    def _keep_impression(self, impression: Impression) -> None:
        self._store.save_impression(self._encounter.id, impression)
        self._impression = impression

    @needs(Action.CONSULT)
    def set_position(self, position: str) -> None:
        """Where to resume in a draft: "screen/question", and behind "#" what has interrupted so far."""
        if position != self._encounter.position and self.can_write:
            self._store.save_position(self._encounter.id, position)
            self._encounter = dataclasses.replace(self._encounter, position=position)

    def blocks_to_sign(self) -> list[str]:
        """What has to be settled before signing, in sentences; empty when it can be signed."""
        blocks = [tr("Two answers contradict each other: {words}").format(words=words)
                  for words in self.decision.contradictions]
        blocks += objections(self.pack, self.decision, self._choices.values())
        if not self._choices and not self.decision.emergency.positive:
            blocks.append(tr("Nothing has been decided yet: accept, change or decline at least one option."))
        return blocks

    @property
    def pictures(self) -> Mapping[str, object]:
        """What the diagrams are drawn from, for the answers as they stand."""
        return pictures(self._spoken.clinical, self.decision)

    @property
    def verdict_changes(self) -> tuple[VerdictChange, ...]:
        """Single answers after which the imaging verdict would be another one."""
        decision = self.decision
        roots = frozenset(decision.imaging.root_possible)
        return self._spoken.clinical.verdict_changes(decision.answers, decision.as_of, roots)

    def plan_input(self, number: str, signed_at: datetime | None, decision: Decision | None = None,
                   language: str = "") -> PlanInput:
        """All that the care plan is made of. Without a decision: the whole one, with what would change it, and told
        in ``language``, or else in that of the clinic's papers.
        """
        language = paper_language(language or self.clinic.letterhead.language)
        words = self._words(language) if decision is None else None
        decision = decision or self._on_paper()
        return PlanInput(
            pack=self._pack,
            decision=decision,
            record=record_text(decision),
            patient=self._patient,
            clinician=self._clinician,
            clinic=self.clinic,
            choices=tuple(self._choices[option] for option in self._pack.options if option in self._choices),
            events=self.events,
            number=number,
            signed_at=signed_at,
            page_size=self.clinic.letterhead.page_size,
            pictures=pictures(self._clinical, decision),
            impression=self._impression,
            replaces=replaced_by_this(self._store, self._encounter),
            language=language if words is not None else self._pack.info.language,
            words=words,
        )

    def _words(self, language: str) -> InWords | None:
        """What is printed, in a language of papers; None where that is the guideline's own."""
        if language == self._pack.info.language or self._in_language is None:
            return None
        said = self._in_language(Loaded(self._pack, self._clinical), language)
        return in_words(language, said, self.sheet, self.as_of, lambda: where_services_are(self.clinic))

    @property
    def standing(self) -> Standing:
        """Whether this plan holds, what took its place, and what it takes the place of."""
        return standing_of(self._store, self._encounter)

    @needs(Action.TAKE_OUT)
    def taken_out(self, what: str, *, printed: bool) -> None:
        """A document of this patient was printed, or else written to a file or copied; ``what`` is its number."""
        self._store.record(AuditEvent(Deed.PRINTED if printed else Deed.EXPORTED, what, self._patient.id,
                                      self._encounter.id))

    @property
    def documents(self) -> tuple[StoredDocument, ...]:
        """The signed documents, the care plan first; none of a draft."""
        return tuple(self._store.documents_of(self._encounter.id))

    @needs(Action.CONSULT)
    def speak(self, language: str) -> None:
        """The language of what the patient is given to read, from the next sheet on; "" for the clinic's own.

        Raises ``BadData`` for a language that this content has no words in. What is signed stays as it is.
        """
        if language not in {"", *languages(Path(self._pack.folder))}:
            raise BadData(tr("The guideline has no words for patients in “{language}”.").format(language=language))
        self._store.save_patient_language(self._patient.id, language)
        self._patient = dataclasses.replace(self._patient, language=language)

    def draft_kinds(self) -> tuple[PaperKind, ...]:
        """The documents that signing would make of the decision as it stands."""
        return self._documents().kinds(self.plan_input(NO_NUMBER, None, self.decision))

    @needs(Action.SEE_PATIENTS)
    def draft(self, kind: PaperKind) -> bytes:
        """A document as it stands, marked DRAFT, NOT SIGNED on every page. Raises ``BadData`` where there is none."""
        return self._documents().make(kind, self.plan_input(NO_NUMBER, None))

    @needs(Action.TAKE_OUT)
    def plain_text(self, kind: PaperKind) -> str:
        """The words of a document, for the hospital record; of a draft they begin with DRAFT, NOT SIGNED.

        Raises ``BadData`` for a plan signed under other content: its words stand in the signed file only.
        """
        signed = next((one for one in self.documents if one.kind == kind.value), None)
        if signed is None:
            return self._documents().text(kind, self.plan_input(NO_NUMBER, None))
        if self._encounter.content_hash != self._pack.content_hash:
            raise BadData(
                tr("This plan was signed with another version of the guideline; its words are not made anew."),
                next_step=tr("Open the signed document and copy from it."),
            )
        told = self._documents().signed_as(self.documents[0].content, signed.created)
        plan = dataclasses.replace(self.plan_input(signed.number, signed.created, language=told.language),
                                   clinician=self._store.clinician(self._encounter.clinician_id),
                                   clock_doubt=told.clock_doubt)
        with on_paper(plan.language):
            warning = self.standing.warning
        return warning + self._documents().text(kind, plan)

    @needs(Action.SIGN)
    def sign(self, signer: Signer) -> StoredDocument:
        """Sign: the decision as of today and its documents become stored, final things. Gives the care plan back."""
        self._need_draft()
        if blocks := self.blocks_to_sign():
            raise BadData(tr("This plan cannot be signed yet. {blocks}").format(blocks=" ".join(blocks)))
        now = self._clock.now()
        self._store.save_basis(
            self._encounter.id,
            as_of=now.date(),
            clinician_id=self._clinician.id,
            guideline_id=self._pack.info.id,
            guideline_version=self._pack.info.version,
            content_hash=self._pack.content_hash,
        )
        plan = dataclasses.replace(
            self.plan_input(self._store.next_document_number(PaperKind.CARE_PLAN.value), now),
            clock_doubt=clock_doubt(self._surroundings, self._pack.info.approved_on))
        document = self._signed(PaperKind.CARE_PLAN, plan, signer, now)
        beside = [self._beside(kind, plan, signer, now) for kind in self._documents().kinds(plan)
                  if kind is not PaperKind.CARE_PLAN]
        self._store.sign_encounter(self._encounter.id, plan.record, document, *beside)
        self._encounter = self._store.encounter(self._encounter.id)
        self._history.clear()
        self._keep_summary()
        if self._after_signing is not None:
            self._after_signing()
        return document

    def _beside(self, kind: PaperKind, plan: PlanInput, signer: Signer, now: datetime) -> StoredDocument:
        """Another document of the same decision, signed with it."""
        number = self._store.next_document_number(kind.value)
        return self._signed(kind, dataclasses.replace(plan, number=number), signer, now)

    def _signed(self, kind: PaperKind, plan: PlanInput, signer: Signer, now: datetime) -> StoredDocument:
        """Made with the code that proves it on paper, then signed."""
        documents, number = self._documents(), plan.number
        pdf = documents.make(kind, plan.proven(kind, documents, signer, now))
        head = str(self._store.audit_head())
        signed = signer.sign(SignatureRequest(pdf, kind.signed_words, self._clinician.name, now, head))
        return StoredDocument(
            id=f"{self._encounter.id}:{number}",
            encounter_id=self._encounter.id,
            kind=kind.value,
            number=number,
            created=now,
            sha256=sha256_of(signed),
            content=signed,
        )

    def _need_draft(self) -> None:
        if self._encounter.state is not EncounterState.DRAFT:
            raise NotPermitted(
                tr("This consultation is signed and cannot be changed."),
                next_step=tr("Start a new consultation; it will name the one it replaces."),
            )

    def _dated(self, changes: Mapping[str, Answer | None]) -> dict[str, Answer | None]:
        today = self._clock.today()
        return {
            atom: given if given is None or given.on is not None else dataclasses.replace(given, on=today)
            for atom, given in changes.items()
        }

    def _write(self, changes: dict[str, Answer | None]) -> None:
        self._store.save_answers(self._encounter.id, changes)
        for atom, given in changes.items():
            if given is None:
                self._answers.pop(atom, None)
            else:
                self._answers[atom] = given
        self._changed = True
        self._keep_summary()

    def _record_event(self, kind: str, criterion: str, note: str) -> None:
        event = EmergencyEvent(self._clock.now(), self._clinician.name, kind, criterion, note)
        self._store.add_event(self._encounter.id, event)
        self._events.append(event)
        self._keep_summary()

    def _keep_summary(self) -> None:
        keep_summary(self._store, self._encounter, self.decision, self._events, self._asking)

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self.pack)
