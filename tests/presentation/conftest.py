"""One open consultation on the shipped guideline, with a store in memory."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.answers import Answer
from desktop_app.engine.model import Pack
from desktop_app.presentation.wizard import Wizard
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Clinic, LocalService
from tests.fakes import CLINICIAN, MarkingSigner, MemoryStore, PlainDocuments, StillClock, confirm

ALL_PHONES = "555 0142"


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def desk(pack: Pack, clinical: ClinicalArithmetic, clock: StillClock) -> Desk:
    clinic = Clinic("Hillside Clinic", "1 Example Road", "555 0110", "TR01",
                    {p.id: ALL_PHONES for p in pack.phones if p.required},
                    {"mri": LocalService("elsewhere", "Regional centre", 2), "ct": LocalService("here")},
                    ask_impression=False)
    return Desk(pack=pack, clinical=clinical, store=MemoryStore(clinic), clock=clock,
                documents=PlainDocuments, signer=MarkingSigner, confirm=confirm, clinician=CLINICIAN, training=True)


@pytest.fixture
def wizard(desk: Desk) -> Wizard:
    patient = desk.new_patient(name="Marta Lindqvist", number="TR-0001", born=date(1954, 3, 3), sex="female")
    return Wizard(desk.open(patient.id))


def answered(given: dict[str, Answer]) -> dict[str, Answer | None]:
    """A case's answers without what the patient's record already says."""
    return {atom: answer for atom, answer in given.items() if atom not in {"sex", "date_of_birth"}}
