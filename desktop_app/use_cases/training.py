"""Fictional training patients for the demonstration: in every state, clearly marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.engine.cases import Case
from desktop_app.use_cases.consultation import Consultation
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Verdict
from desktop_app.use_cases.patient_answers import DATE_OF_BIRTH, SEX


@dataclass(frozen=True, slots=True)
class Trainee:
    """One fictional patient: the case that gives the answers, and how far the consultation went."""

    case: Case
    name: str
    sign: bool = False


def _answer_case(consultation: Consultation, case: Case) -> None:
    from_record = {SEX, DATE_OF_BIRTH}
    consultation.answer_many({atom: given for atom, given in case.sheet.items() if atom not in from_record})


def fill_desk(desk: Desk, trainees: Sequence[Trainee], progress: Callable[[str], None] | None = None) -> None:
    """Make the training patients on an empty desk. Each is marked TRAINING wherever it is shown."""
    for number, trainee in enumerate(trainees, start=1):
        if progress is not None:
            progress(trainee.name)
        given = trainee.case.patient
        if given.born is None:
            continue
        patient = desk.new_patient(
            name=trainee.name, number=f"TR-{number:04d}", born=given.born, sex=given.sex
        )
        consultation = desk.open(patient.id)
        _answer_case(consultation, trainee.case)
        if consultation.decision.emergency.positive:
            consultation.emergency_shown()
        for choice in trainee.case.choices:
            consultation.choose(choice.option, Verdict(choice.verdict), choice.reason)
        if trainee.sign and not consultation.blocks_to_sign():
            consultation.sign(desk.signer())
