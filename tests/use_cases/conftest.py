"""A desk over a store in memory, with the shipped guideline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest

from desktop_app.clinical import ClinicalArithmetic
from desktop_app.engine.cases import Case
from desktop_app.engine.model import Pack
from desktop_app.use_cases.consultation import Consultation
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.patient_answers import DATE_OF_BIRTH, SEX
from tests.fakes import CLINIC, CLINICIAN, MarkingSigner, MemoryStore, PlainDocuments, StillClock, confirm


@dataclass
class Surgery:
    """The desk and everything behind it."""

    desk: Desk
    store: MemoryStore
    clock: StillClock
    documents: PlainDocuments
    cases: dict[str, Case]
    clinical: ClinicalArithmetic
    opened: list[Consultation] = field(default_factory=list)

    def consult(self, case_id: str) -> Consultation:
        """A consultation in which everything the case says has been answered today."""
        case = self.cases[case_id]
        patient = self.desk.new_patient(
            name=case.patient.name or "Someone",
            number=f"{case_id}-{len(self.store.patients)}",
            born=case.patient.born or date(1950, 1, 1),
            sex=case.patient.sex or "female",
        )
        consultation = self.desk.open(patient.id)
        consultation.answer_many({a: v for a, v in case.sheet.items() if a not in {SEX, DATE_OF_BIRTH}})
        return consultation


@pytest.fixture
def surgery(pack: Pack, clinical: ClinicalArithmetic, cases: dict[str, Case]) -> Surgery:
    store, clock, documents = MemoryStore(CLINIC), StillClock(), PlainDocuments()
    desk = Desk(
        pack=pack,
        clinical=clinical,
        store=store,
        clock=clock,
        documents=lambda: documents,
        signer=MarkingSigner,
        confirm=confirm,
        clinician=CLINICIAN,
    )
    return Surgery(desk, store, clock, documents, cases, clinical)


Consult = Callable[[str], Consultation]
