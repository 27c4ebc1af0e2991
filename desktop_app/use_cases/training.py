"""Fictional training patients for the demonstration: in every state, clearly marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Protocol

from desktop_app.engine.answers import Answer
from desktop_app.engine.cases import Case
from desktop_app.language import tr
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Clinic, LocalService, Patient, Verdict
from desktop_app.use_cases.errors import BadData, NotPermitted
from desktop_app.use_cases.patient_answers import DATE_OF_BIRTH, SEX

TRAINING_CLINIC = Clinic(
    name="Hillside Clinic (training)",
    address="1 Example Road, Sampleton",
    telephone="555 0110",
    station="TR01",
    phones={
        "ambulance": "555 0100",
        "emergency_department": "555 0120",
        "spinal_team": "555 0142",
        "mscc_coordinator": "555 0177",
        "vascular": "555 0155",
        "mental_health_crisis": "555 0166",
    },
    services={
        "mri": LocalService("elsewhere", "Regional centre", 2),
        "ct": LocalService("here"),
        "fluoroscopy": LocalService("elsewhere", "Regional centre", 2),
        "spinal_surgeon": LocalService("elsewhere", "Regional centre", 2),
        "bladder_scanner": LocalService("here"),
        "blood_cultures": LocalService("here"),
    },
)


@dataclass(frozen=True, slots=True)
class Trainee:
    """One fictional patient: the case that gives the answers, and how far the consultation went."""

    case: Case
    name: str
    sign: bool = False


def _answer_case(consultation: Answered, case: Case) -> None:
    from_record = {SEX, DATE_OF_BIRTH}
    consultation.answer_many({atom: given for atom, given in case.sheet.items() if atom not in from_record})


def fill_desk(desk: Desk, trainees: Sequence[Trainee], passphrase: str,
              progress: Callable[[str], None] | None = None) -> None:
    """Make the training patients on an empty desk, some signed with the passphrase. Each is marked TRAINING wherever
    it is shown.
    """
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
            consultation.sign(desk.signer(passphrase))


class Bench(Protocol):
    """What of a desk a case is put on."""

    training: bool

    def worklist(self) -> Sequence[object]: ...

    def find(self, text: str) -> Sequence[Patient]: ...

    def new_patient(self, *, name: str, number: str, born: date, sex: str, language: str = "") -> Patient: ...

    def open(self, patient_id: str) -> Answered: ...


class Answered(Protocol):
    def answer_many(self, answers: Mapping[str, Answer]) -> object: ...


def take_case(desk: Bench, case: Case) -> Patient:
    """A case from a file as one more training patient with an open consultation; nothing is decided in it.

    Raises ``NotPermitted`` anywhere but in training, ``BadData`` where the patient is not told well enough.
    """
    if not desk.training:
        raise NotPermitted(tr("The records of a clinic take nothing from a case file."),
                           next_step=tr("Look at it in training."))
    given = case.patient
    if given.born is None or not given.sex:
        raise BadData(tr("The case does not say the patient's date of birth and sex."),
                      next_step=tr("Write “born” and “sex” under “patient” in the file."))
    numbers = (f"TR-{number:04d}" for number in count(len(desk.worklist()) + 1))
    free = next(one for one in numbers if not any(other.number == one for other in desk.find(one)))
    patient = desk.new_patient(name=given.name or case.title or case.id, number=free, born=given.born, sex=given.sex,
                               language=given.language)
    _answer_case(desk.open(patient.id), case)
    return patient


SIGNED = frozenset({"c01_decided", "c02_decided", "c15_decided"})
SHOWN = ("c01_decided", "c02_decided", "c15_decided", "c01", "c03", "c05", "c07", "c09", "c10", "c18", "c26", "c29")


def trainees(cases: Sequence[Case]) -> list[Trainee]:
    """The training patients: signed, draft, urgent, overdue, emergency, incomplete and nearly empty.

    From another pack than the shipped one: its first cases.
    """
    by_id = {case.id: case for case in cases}
    chosen = [by_id[name] for name in SHOWN if name in by_id] or list(cases[: len(SHOWN)])
    return [Trainee(case, case.patient.name or case.title, case.id in SIGNED) for case in chosen]
