"""A case file in, advice out: the same decision, record and documents as the window, for scripts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import Case
from desktop_app.engine.conditions import Place, atoms_of
from desktop_app.engine.decision import Decision
from desktop_app.engine.judge import decide
from desktop_app.engine.model import Pack
from desktop_app.engine.record import record_text
from desktop_app.use_cases import identity
from desktop_app.use_cases.choosing import named_objections
from desktop_app.use_cases.domain import Choice, Clinician, PaperKind, Patient, Verdict
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.pictures import pictures
from desktop_app.use_cases.ports import Clock, Documents, PlanInput, SignatureRequest, Signer

PRINTOUT_NUMBER = "unnumbered (from a case file)"


@dataclass(frozen=True, slots=True)
class Plan:
    """The advice on one case and what the clinician chose."""

    case: Case
    decision: Decision
    record: str
    choices: tuple[Choice, ...]


def plan_case(pack: Pack, clinical: ClinicalArithmetic, case: Case, as_of: date) -> Plan:
    """Decide. Contradictory answers and choices that cannot stand are refused (``BadData``), each with its place."""
    decision = decide(pack, case.sheet, as_of, clinical)
    if decision.contradictions:
        raise BadData("\n".join(_contradiction(pack, case, words) for words in decision.contradictions),
                      next_step="Correct one of the answers at the places named.")
    choices = tuple(Choice(c.option, Verdict(c.verdict), c.reason) for c in case.choices)
    if wrong := named_objections(pack, decision, choices):
        told = (f"{_place(case, f'decisions.{option}')}{words}" for option, words in wrong)
        raise BadData("\n".join(told), next_step="Correct the decisions at the places named.")
    return Plan(case, decision, record_text(decision), choices)


def as_of_in_future(case: Case) -> BadData:
    """A case is planned today or looked back on; nobody knows tomorrow's answers."""
    told = f"the as-of date {case.as_of.isoformat()} lies in the future; allowed: today or earlier."
    return BadData(_place(case, "as_of") + told,
                   next_step="Correct 'as_of' in the case file, or give --as-of with an earlier day.")


def _contradiction(pack: Pack, case: Case, words: str) -> str:
    """The pair's words with the places of the answers that take part in it."""
    named = {key: each.when for key, each in pack.conditions.items()}
    pair = next((each for each in pack.contradictions if each.message == words), None)
    atoms = atoms_of(pair.when, named) if pair is not None else frozenset()
    answered = sorted({place for atom in atoms for place in _answered(pack, case, atom)})
    places = ", ".join(f"{place.file}:{place.line}:{place.column}" for place in answered)
    return f"{places}: two answers contradict each other: {words}" if places else f"Two answers contradict: {words}"


def _answered(pack: Pack, case: Case, name: str) -> set[Place]:
    """Where a finding was answered; of one that is worked out, where the answers behind it stand."""
    if name in case.places:
        given = case.sheet.get(name)
        return {case.places[name]} if given is not None and given.value is not None else set()
    atom = pack.atoms.get(name)
    if atom is not None and atom.derived is not None:
        return {place for each in atom.derived.inputs for place in _answered(pack, case, each)}
    question = pack.questions.get(name)
    parts = question.atoms if question is not None and not question.derived else ()
    return {place for each in parts if each != name for place in _answered(pack, case, each)}


def _place(case: Case, what: str) -> str:
    found = case.places.get(what)
    return f"{found.file}:{found.line}:{found.column}: " if found is not None else f"{case.file}: "


def document_of(
    plan: Plan,
    pack: Pack,
    clinical: ClinicalArithmetic,
    documents: Documents,
    *,
    kind: PaperKind = PaperKind.CARE_PLAN,
    page_size: str = "A4",
    signed_at: datetime | None = None,
) -> bytes:
    """A document of the decision as an unsigned PDF; the care plan without decisions is an advice printout."""
    return documents.make(kind, _input(plan, pack, clinical, page_size=page_size, signed_at=signed_at))


def _input(plan: Plan, pack: Pack, clinical: ClinicalArithmetic, *, page_size: str, signed_at: datetime | None
           ) -> PlanInput:
    return PlanInput(
        pack=pack,
        decision=plan.decision,
        record=plan.record,
        patient=_patient(plan.case),
        clinician=_clinician(plan.case),
        clinic=None,
        choices=plan.choices,
        events=(),
        number=PRINTOUT_NUMBER,
        signed_at=signed_at,
        page_size=page_size,
        pictures=pictures(clinical, plan.decision),
    )


def signed_document_of(
    plan: Plan,
    pack: Pack,
    clinical: ClinicalArithmetic,
    documents: Documents,
    signer: Signer,
    clock: Clock,
    *,
    kind: PaperKind = PaperKind.CARE_PLAN,
    page_size: str = "A4",
) -> bytes:
    """The signed document. Refused (``BadData``) where nothing was decided or nobody is named."""
    need_signable(plan)
    now = clock.now()
    given = _input(plan, pack, clinical, page_size=page_size, signed_at=now)
    pdf = documents.make(kind, given.proven(kind, documents, signer, now))
    return signer.sign(SignatureRequest(pdf, kind.signed_words, signer.name, now))


def need_signable(plan: Plan) -> None:
    """Raise ``BadData`` where nothing was decided or nobody is named."""
    if not plan.choices:
        raise BadData(
            "Nothing was decided in this case, so there is nothing to sign.",
            next_step="Add 'decisions' to the case file, or leave --sign-with out for a printout.",
        )
    if not plan.case.patient.name or plan.case.patient.born is None:
        raise BadData(
            "A signed plan needs the patient's name and date of birth.",
            next_step="Add 'name' and 'born' under 'patient' in the case file.",
        )


def _patient(case: Case) -> Patient:
    """Raises ``BadData`` for a name or a number that cannot be told by eye."""
    given = case.patient
    born = given.born if given.born is not None else date.min
    name, number = identity.name_written(given.name), identity.number_written(given.number)
    for written, longest in ((name, identity.LONGEST_NAME), (number, identity.LONGEST_NUMBER)):
        if written and (wrong := identity.mistake(written, longest)):
            raise BadData(f"The patient of the case: {wrong}", next_step="Correct the case file.")
    return Patient("", number, name, born, given.sex, language=given.language)


def _clinician(case: Case) -> Clinician | None:
    given = case.clinician
    return Clinician("", given.name, given.title) if given is not None else None
