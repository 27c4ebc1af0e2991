"""The end of a patient's data: erased for good, by two people and with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop_app.use_cases.domain import Clinician, Patient, Role
from desktop_app.use_cases.errors import BadData, NotPermitted
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Store

SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to be erased, and whose word it is. Both passphrases pass through and are never kept."""

    patient_id: str
    reason: str  # must not name the patient: it stays in the record of use
    passphrase: str
    second_person: str  # id of the other user
    second_passphrase: str


class Privacy:
    """``confirm`` checks the signed-in person's passphrase, ``vouch`` that of somebody else and says who they are."""

    def __init__(self, access: Access, store: Store, confirm: Callable[[str], None],
                 vouch: Callable[[str, str], Clinician]) -> None:
        self.access = access
        self._store, self._confirm, self._vouch = store, confirm, vouch

    @needs(Action.ERASE_PATIENT)
    def erase(self, wanted: Erasure) -> int:
        """How many consultations went. After ``BadData``, ``NotPermitted`` or ``WrongPassphrase`` nothing went."""
        patient, reason = self._store.patient(wanted.patient_id), wanted.reason.strip()
        self._check_reason(patient, reason)
        if wanted.second_person == self.access.person.id:
            raise BadData("A second person has to agree.", next_step="Ask a colleague to choose their name and to type "
                          "their own passphrase.")
        self._confirm(wanted.passphrase)
        second = self._vouch(wanted.second_person, wanted.second_passphrase)
        Access(second).require(Action.SECOND_ERASURE)
        if not any(Role.ADMIN in one.roles for one in (self.access.person, second)):
            raise NotPermitted("One of the two has to be an administrator.",
                               next_step="Ask whoever looks after this computer.")
        return self._store.erase_patient(patient.id, reason, second.id)

    @staticmethod
    def _check_reason(patient: Patient, reason: str) -> None:
        if len(reason) < SHORTEST_REASON:
            raise BadData("Say why the patient is erased; it stays in the record of use.")
        told = reason.casefold()
        names = [part for part in patient.name.casefold().split() if len(part) > 2]
        if patient.number.casefold() in told or any(name in told for name in names):
            raise BadData("The reason must not name the patient: it is what stays.",
                          next_step="Write it without name and number.")
