"""Emergency access is looked through by somebody else than whoever took it, however long ago it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.use_cases.audit import AuditEvent, Deed
from desktop_app.use_cases.domain import Clinician, Role
from desktop_app.use_cases.emergency_access import NOBODY_ELSE, EmergencyAccess
from desktop_app.use_cases.permissions import Access
from tests.fakes import CLINICIAN, MemoryStore
from tests.people import CLINIC

ANNE = Clinician("anne", "Anne", "secretary", Role.ADMIN, administers=True)
BEN = Clinician("ben", "Ben", "technician", Role.ADMIN, administers=True)
VIEWER = Clinician("vera", "Vera", "nurse", Role.VIEWER)


@pytest.fixture
def store() -> MemoryStore:
    made = MemoryStore(CLINIC)
    made.people = [replace(CLINICIAN, administers=False), ANNE, BEN, VIEWER]
    return made


def of(person: Clinician, store: MemoryStore) -> EmergencyAccess:
    return EmergencyAccess(Access(person), store, lambda passphrase: None)


def take(person: Clinician, store: MemoryStore, reason: str = "No clinician is in the house") -> None:
    of(person, store).take(reason, "")


def seen_by(person: Clinician, store: MemoryStore) -> list[tuple[str, bool]]:
    return [(one.by, one.own) for one in of(person, store).unseen()]


def test_who_took_it_is_not_the_one_who_looks_it_through(store: MemoryStore) -> None:
    take(ANNE, store)
    of(ANNE, store).looked_through()
    assert seen_by(ANNE, store) == [("Anne", True)]
    assert seen_by(BEN, store) == [("Anne", False)]
    assert of(ANNE, store).others() == ("Ben",)
    of(BEN, store).looked_through()
    assert seen_by(ANNE, store) == seen_by(BEN, store) == []


def test_what_others_took_is_looked_through_by_one(store: MemoryStore) -> None:
    take(VIEWER, store)
    take(ANNE, store)
    of(ANNE, store).looked_through()
    assert seen_by(BEN, store) == [("Anne", False)], "the viewer's was seen"


def test_each_looks_through_the_others(store: MemoryStore) -> None:
    take(ANNE, store)
    take(BEN, store)
    of(ANNE, store).looked_through()
    of(BEN, store).looked_through()
    assert seen_by(ANNE, store) == []
    take(BEN, store)
    assert seen_by(ANNE, store) == [("Ben", False)]


def test_where_nobody_else_administers_the_record_says_so(store: MemoryStore) -> None:
    store.people = [ANNE, replace(BEN, retired=True)]
    take(ANNE, store)
    assert seen_by(ANNE, store) == [("Anne", True)]
    assert of(ANNE, store).others() == ()
    of(ANNE, store).looked_through()
    assert store.recorded[-1].detail == NOBODY_ELSE
    assert seen_by(ANNE, store) == []


def test_none_is_too_old_to_be_seen(store: MemoryStore) -> None:
    take(VIEWER, store, "The very first of them")
    for number in range(1100):
        store.recorded.append(AuditEvent(Deed.EMERGENCY_ACCESS, "taken", subject=BEN.id, detail=f"number {number}"))
    unseen = of(ANNE, store).unseen()
    assert len(unseen) == 1101
    assert unseen[0].reason == "The very first of them"
