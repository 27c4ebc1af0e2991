"""An erasure needs a reason that does not name the patient, two people, and an administrator among them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.use_cases.domain import Clinician, Role
from desktop_app.use_cases.errors import BadData, LumbarError, NotPermitted, WrongPassphrase
from desktop_app.use_cases.permissions import Access
from desktop_app.use_cases.privacy import Erasure, Privacy
from tests.fakes import CLINICIAN, PASSPHRASE, confirm
from tests.use_cases.conftest import Surgery

SECOND = Clinician("c2", "O. Sander", "practice manager", Role.ADMIN)
SECRET = "seven lanterns in the harbour"
WHY = "The patient asked for it in writing"


def vouch(user_id: str, passphrase: str) -> Clinician:
    if passphrase != SECRET:
        raise WrongPassphrase("The passphrase is not that of O. Sander.")
    return SECOND if user_id == SECOND.id else replace(CLINICIAN, id=user_id, role=Role.VIEWER, administers=False)


@pytest.fixture
def wanted(surgery: Surgery) -> Erasure:
    patient = surgery.desk.new_patient(name="Marta Lindqvist", number="TR-0001", born=date(1954, 3, 3), sex="female")
    surgery.desk.open(patient.id)
    return Erasure(patient.id, WHY, PASSPHRASE, SECOND.id, SECRET)


def privacy(surgery: Surgery, person: Clinician = CLINICIAN) -> Privacy:
    return Privacy(Access(person), surgery.store, confirm, vouch)


def test_two_people_and_a_reason_erase(surgery: Surgery, wanted: Erasure) -> None:
    done = privacy(surgery).erase(wanted)
    assert done.consultations == 1
    assert done.record.sound
    assert wanted.patient_id not in surgery.store.patients


@pytest.mark.parametrize(("change", "kind"), [
    ({"reason": "because"}, BadData),
    ({"reason": "Mrs LINDQVIST asked for it"}, BadData),
    ({"reason": "record tr-0001 is a double"}, BadData),
    ({"passphrase": "not mine"}, WrongPassphrase),
    ({"second_person": CLINICIAN.id}, BadData),
    ({"second_passphrase": "not theirs"}, WrongPassphrase),
    ({"second_person": "a viewer"}, NotPermitted),
])
def test_anything_missing_erases_nothing(surgery: Surgery, wanted: Erasure, change: dict[str, str],
                                         kind: type[LumbarError]) -> None:
    with pytest.raises(kind):
        privacy(surgery).erase(replace(wanted, **change))
    assert wanted.patient_id in surgery.store.patients


def test_one_of_the_two_looks_after_the_computer(surgery: Surgery, wanted: Erasure) -> None:
    def colleague(_user: str, _passphrase: str) -> Clinician:
        return replace(CLINICIAN, id="c3", administers=False)

    alone = Privacy(Access(replace(CLINICIAN, administers=False)), surgery.store, confirm, colleague)
    with pytest.raises(NotPermitted, match="administrator"):
        alone.erase(wanted)
    assert wanted.patient_id in surgery.store.patients
