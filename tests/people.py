"""Fictional people and a cheap key keeper, shared by the tests of the store and of the seal."""

from __future__ import annotations

from datetime import UTC, date, datetime

from db.audit_log import Log
from desktop_app.engine.answers import Answer
from desktop_app.seal.chain import Chain
from desktop_app.seal.keeper import Keeper
from desktop_app.seal.keyfile import Effort
from desktop_app.use_cases.domain import Clinic, Clinician, Encounter, EncounterState, LocalService, Patient

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
TODAY = date(2026, 11, 22)
PASSPHRASE = "green tractor on the moon"
CLINIC = Clinic("Hillside Training Clinic", "1 Mill Road, Elmbridge", "+00 123 456", "TR01",
                {"spine_surgeon": "+00 123 999"}, {"mri": LocalService("elsewhere", "Elmbridge General", 2.5)})
CLINICIAN = Clinician("clinician-1", "Dr N. Karim", "general practitioner", administers=True)
PATIENT = Patient("patient-1", "TR-0001", "Åsa Öberg", date(1951, 3, 9), "female", training=True)


def cheap_keeper() -> Keeper:
    """The same cryptography with little work in each guess, so that tests are quick."""
    return Keeper(Effort(rounds=1, kib=64, lanes=1))


def log_for(store_key: bytes) -> Log:
    """What writes the record of use, for a store that is opened without its profile."""
    return Log(Chain(store_key), CLINICIAN.id)


def draft(encounter_id: str = "encounter-1", patient: Patient = PATIENT, *, supersedes: str = "",
          answers: dict[str, Answer] | None = None) -> Encounter:
    return Encounter(encounter_id, patient.id, 0, EncounterState.DRAFT, NOW, TODAY, CLINICIAN.id, "blank", "1.0",
                     "abc", answers or {}, supersedes=supersedes)
