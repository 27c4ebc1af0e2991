"""The end of a patient's data: erased for good, by two people and with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.language import tr
from desktop_app.use_cases.audit import AuditVerdict
from desktop_app.use_cases.backups import KeepsBackups, StartedOver
from desktop_app.use_cases.domain import Clinician, Patient, Role
from desktop_app.use_cases.errors import BadData, NotPermitted, WrongPassphrase
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Store

SHORTEST_REASON = 10


class WrongSecondPassphrase(WrongPassphrase):
    """The signed-in person's passphrase was right, the second person's was not."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to be erased, and whose word it is. Both passphrases pass through and are never kept."""

    patient_id: str
    reason: str  # must not name the patient: it stays in the record of use
    passphrase: str
    second_person: str  # id of the other user
    second_passphrase: str
    backups_too: bool = False  # those that hold the patient go once a new one was made without


@dataclass(frozen=True, slots=True)
class Goes:
    """How much an erasure takes away."""

    consultations: int
    documents: int


@dataclass(frozen=True, slots=True)
class Erased:
    """What has gone, and what the record of use says of itself after it."""

    consultations: int
    record: AuditVerdict
    entry: int = 0  # of the record of use, with which the patient went; a backup whose record ends before holds them
    backups: int = 0  # that went as well
    failed: tuple[str, ...] = ()  # why backups stayed


class Privacy:
    """``confirm`` checks the signed-in person's passphrase, ``vouch`` that of somebody else and says who they are."""

    def __init__(self, access: Access, store: Store, confirm: Callable[[str], None],
                 vouch: Callable[[str, str], Clinician], backups: KeepsBackups | None = None) -> None:
        self.access = access
        self._backups = backups
        self._store, self._confirm, self._vouch = store, confirm, vouch

    @needs(Action.ERASE_PATIENT)
    def goes(self, patient_id: str) -> Goes:
        visits = self._store.encounters_of(patient_id)
        return Goes(len(visits), sum(len(self._store.entries_of(one.id)) for one in visits))

    @needs(Action.ERASE_PATIENT)
    def second_people(self) -> Sequence[Clinician]:
        """Who could agree, by name: with the signed-in person an administrator has to be among the two."""
        return sorted((one for one in self._store.clinicians()
                       if one.id != self.access.person.id and Access(one).may(Action.SECOND_ERASURE)
                       and self._one_administers(one)), key=lambda one: one.name.casefold())

    @needs(Action.ERASE_PATIENT)
    def check_reason(self, patient_id: str, reason: str) -> None:
        """Raises ``BadData`` where it is missing, too short or names the patient."""
        self._check_reason(self._store.patient(patient_id), reason.strip())

    @needs(Action.ERASE_PATIENT)
    def erase(self, wanted: Erasure) -> Erased:
        """After ``BadData``, ``NotPermitted`` or ``WrongPassphrase`` nothing went."""
        patient, reason = self._store.patient(wanted.patient_id), wanted.reason.strip()
        self._check_reason(patient, reason)
        if wanted.second_person == self.access.person.id:
            raise BadData(tr("A second person has to agree."),
                          next_step=tr("Ask a colleague to choose their name and to type their own passphrase."))
        self._confirm(wanted.passphrase)
        try:
            second = self._vouch(wanted.second_person, wanted.second_passphrase)
        except WrongPassphrase as wrong:
            raise WrongSecondPassphrase(tr("The second person's passphrase is not right."),
                                        next_step=tr("They type the one with which they sign in.")) from wrong
        Access(second).require(Action.SECOND_ERASURE)
        if not self._one_administers(second):
            raise NotPermitted(tr("One of the two has to be an administrator."),
                               next_step=tr("Ask whoever looks after this computer."))
        gone = self._store.erase_patient(patient.id, reason, second.id)
        entry, old = self._store.audit_head().sequence, StartedOver()
        if wanted.backups_too and self._backups is not None:
            old = self._backups.start_over(entry, second.id)
        return Erased(gone, self._store.verify_audit(), entry, old.gone, old.failed)

    def _one_administers(self, second: Clinician) -> bool:
        return any(Role.ADMIN in one.roles for one in (self.access.person, second))

    @staticmethod
    def _check_reason(patient: Patient, reason: str) -> None:
        if len(reason) < SHORTEST_REASON:
            raise BadData(tr("Say why the patient is erased; it stays in the record of use."))
        told = reason.casefold()
        names = [part for part in patient.name.casefold().split() if len(part) > 2]
        if patient.number.casefold() in told or any(name in told for name in names):
            raise BadData(tr("The reason must not name the patient: it is what stays."),
                          next_step=tr("Write it without name and number."))
