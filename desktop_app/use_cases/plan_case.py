"""A case file in, advice out: the same decision, record and documents as the window, for scripts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import Case
from desktop_app.engine.decision import Decision
from desktop_app.engine.judge import decide
from desktop_app.engine.model import Pack, Tier
from desktop_app.engine.record import record_text
from desktop_app.use_cases.choosing import STATUS_WORDS, objections
from desktop_app.use_cases.domain import Choice, Clinician, Patient, Verdict
from desktop_app.use_cases.errors import BadData
from desktop_app.use_cases.pictures import pictures
from desktop_app.use_cases.ports import Clock, Documents, PlanInput, SignatureRequest, Signer

TIER_WORDS = {
    Tier.E: "Emergency, now",
    Tier.E24: "Same day, within 24 h",
    Tier.U14: "Urgent, within 2 weeks",
    Tier.R3: "Standard, within 3 months",
    Tier.NONE: "No time limit from this guideline",
}
PRINTOUT_NUMBER = "no number: not from a clinic's store"


@dataclass(frozen=True, slots=True)
class Plan:
    """The advice on one case and what the clinician chose."""

    case: Case
    decision: Decision
    record: str
    choices: tuple[Choice, ...]


def plan_case(pack: Pack, clinical: ClinicalArithmetic, case: Case, as_of: date) -> Plan:
    """Decide. Contradictory answers and choices that cannot stand are refused (``BadData``)."""
    decision = decide(pack, case.sheet, as_of, clinical)
    if decision.contradictions:
        raise BadData(
            "Two answers contradict each other: " + " ".join(decision.contradictions),
            next_step="Correct one of the two answers in the case file.",
        )
    choices = tuple(Choice(c.option, Verdict(c.verdict), c.reason) for c in case.choices)
    if wrong := objections(pack, decision, choices):
        raise BadData(" ".join(wrong), next_step="Correct the decisions in the case file.")
    return Plan(case, decision, record_text(decision), choices)


def document_of(
    plan: Plan,
    pack: Pack,
    clinical: ClinicalArithmetic,
    documents: Documents,
    *,
    page_size: str = "A4",
    signed_on: date | None = None,
) -> bytes:
    """The care plan, or without decisions the advice printout, as an unsigned PDF."""
    return documents.care_plan(
        PlanInput(
            pack=pack,
            decision=plan.decision,
            record=plan.record,
            patient=_patient(plan.case),
            clinician=_clinician(plan.case),
            clinic=None,
            choices=plan.choices,
            events=(),
            number=PRINTOUT_NUMBER,
            signed_on=signed_on,
            page_size=page_size,
            pictures=pictures(clinical, plan.decision),
        )
    )


def signed_document_of(
    plan: Plan,
    pack: Pack,
    clinical: ClinicalArithmetic,
    documents: Documents,
    signer: Signer,
    clock: Clock,
    *,
    page_size: str = "A4",
) -> bytes:
    """The signed care plan. Refused (``BadData``) where nothing was decided or nobody is named."""
    need_signable(plan)
    now = clock.now()
    pdf = document_of(plan, pack, clinical, documents, page_size=page_size, signed_on=now.date())
    return signer.sign(SignatureRequest(pdf, "Care plan signed", signer.name, now))


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


def summary_lines(pack: Pack, plan: Plan) -> list[str]:
    """The advice in a few lines for a terminal."""
    record: Mapping[str, object] = json.loads(plan.record)
    tier = plan.decision.tier
    lines = [pack.info.state_words + f" · {pack.info.title} {pack.info.version}"]
    lines.append(f"Act {'on' if tier.final else 'at least on'}: {TIER_WORDS[tier.floor]}")
    if not tier.final:
        lines.append(f"Not yet ruled out: {TIER_WORDS[tier.ceiling]}")
    if tier.due_date is not None:
        late = f", {tier.overdue_days} days overdue" if tier.overdue_days else ""
        lines.append(f"Due: {tier.due_date.isoformat()}{late}")
    screen = plan.decision.emergency
    lines.append("Emergency screen " + ("complete" if screen.complete else "INCOMPLETE"))
    lines.append(f"Imaging: {_verdict(pack, plan.decision)}")
    for status, words in STATUS_WORDS.items():
        titles = [option.title for option in plan.decision.options if option.status is status]
        if titles:
            lines += ["", f"{words.capitalize()}:", *(f"  {title}" for title in titles)]
    lines += ["", f"As of {record['as_of']}"]
    return lines


def _verdict(pack: Pack, decision: Decision) -> str:
    """The verdict in the pack's words; "not known" while several are possible."""
    labels = {option.id: option.label for option in pack.atoms[pack.imaging_verdict].options}
    return labels.get(decision.imaging.verdict, "not known")


def _patient(case: Case) -> Patient:
    given = case.patient
    born = given.born if given.born is not None else date.min
    return Patient("", given.number, given.name, born, given.sex)


def _clinician(case: Case) -> Clinician | None:
    given = case.clinician
    return Clinician("", given.name, given.title) if given is not None else None
