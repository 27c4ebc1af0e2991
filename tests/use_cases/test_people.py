"""Adding, changing, resetting and retiring people: each asks for the passphrase, somebody always administers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from desktop_app.use_cases.domain import Clinician, Role
from desktop_app.use_cases.errors import BadData, NotPermitted, WrongPassphrase
from desktop_app.use_cases.people import Entry, People, Person
from desktop_app.use_cases.permissions import Access
from tests.fakes import CLINICIAN, PASSPHRASE, TODAY, StillClock, confirm


@dataclass
class PaperRoll:
    """A list instead of store and key file."""

    entries: dict[str, Person] = field(default_factory=dict)

    def people(self) -> Sequence[Person]:
        return list(self.entries.values())

    def put(self, clinician: Clinician, entry: Entry) -> None:
        self.entries[clinician.id] = Person(clinician, entry, signed=False)

    def save(self, clinician: Clinician) -> None:
        self.put(clinician, self.entries[clinician.id].entry)

    def give_code(self, clinician: Clinician, until: datetime) -> str:
        self.put(clinician, Entry.CODE)
        return "12345-6789A-BCDEF-GHJKM"

    def take_out(self, clinician: Clinician) -> None:
        self.put(clinician, Entry.NONE)

    def set_own_passphrase(self, passphrase: str) -> None:
        raise AssertionError("not asked for here")


@pytest.fixture
def roll() -> PaperRoll:
    made = PaperRoll()
    made.put(CLINICIAN, Entry.PASSPHRASE)
    return made


@pytest.fixture
def people(roll: PaperRoll) -> People:
    return People(Access(CLINICIAN), roll, StillClock(), confirm)


def test_somebody_new_gets_a_code_for_a_week(people: People, roll: PaperRoll) -> None:
    code = people.add(" L. Berg ", "nurse", Role.VIEWER, administers=False, passphrase=PASSPHRASE)
    assert (code.person, code.until) == ("L. Berg", TODAY + timedelta(days=7))
    berg = next(one for one in people.everybody() if one.clinician.name == "L. Berg")
    assert berg.entry is Entry.CODE
    assert berg.clinician.role is Role.VIEWER
    assert not berg.clinician.administers


def test_an_administrator_by_role_administers(people: People, roll: PaperRoll) -> None:
    people.add("O. Sander", "practice manager", Role.ADMIN, administers=False, passphrase=PASSPHRASE)
    assert next(one for one in roll.people() if one.clinician.name == "O. Sander").clinician.administers


@pytest.mark.parametrize("act", [
    lambda p: p.add("L. Berg", "nurse", Role.VIEWER, administers=False, passphrase="no"),
    lambda p: p.change(CLINICIAN.id, "Another", "gp", Role.CLINICIAN, administers=True, passphrase="no"),
    lambda p: p.reset("other", "no"),
    lambda p: p.retire("other", "no"),
    lambda p: p.change_own_passphrase("no", "seven lanterns in the harbour"),
])
def test_each_change_asks_for_the_passphrase_and_changes_nothing_without(people: People, roll: PaperRoll,
                                                                         act: object) -> None:
    roll.put(replace(CLINICIAN, id="other", name="Other"), Entry.PASSPHRASE)
    before = dict(roll.entries)
    with pytest.raises(WrongPassphrase):
        act(people)
    assert roll.entries == before


def test_the_last_administrator_stays_one(people: People, roll: PaperRoll) -> None:
    with pytest.raises(NotPermitted, match="look after this computer"):
        people.change(CLINICIAN.id, "Dr N. Karim", "gp", Role.CLINICIAN, administers=False, passphrase=PASSPHRASE)
    people.add("O. Sander", "manager", Role.ADMIN, administers=True, passphrase=PASSPHRASE)
    with pytest.raises(NotPermitted):  # whoever has not used the code yet may never come
        people.change(CLINICIAN.id, "Dr N. Karim", "gp", Role.CLINICIAN, administers=False, passphrase=PASSPHRASE)


def test_retired_people_stay_in_the_list_and_can_come_back_by_a_code(people: People, roll: PaperRoll) -> None:
    roll.put(replace(CLINICIAN, id="other", name="Other"), Entry.PASSPHRASE)
    people.retire("other", PASSPHRASE)
    last = people.everybody()[-1]
    assert last.clinician.retired
    assert last.entry is Entry.NONE
    people.reset("other", PASSPHRASE)
    assert not roll.entries["other"].clinician.retired


def test_nobody_retires_or_resets_themselves_and_names_tell_people_apart(people: People) -> None:
    with pytest.raises(BadData, match="retire yourself"):
        people.retire(CLINICIAN.id, PASSPHRASE)
    with pytest.raises(BadData, match="This is you"):
        people.reset(CLINICIAN.id, PASSPHRASE)
    with pytest.raises(BadData, match="in the list already"):
        people.add("dr n. karim", "gp", Role.CLINICIAN, administers=False, passphrase=PASSPHRASE)
