"""The people of the open profile: their rows in the store and their places in the key file, changed together.

The store is written first. A crash between the two leaves a person without a way in, whom an administrator can reset;
never a way in for somebody whom the store does not know or has retired.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from db.profile import Opened
from desktop_app.use_cases.domain import Clinician
from desktop_app.use_cases.people import Entry, Person
from desktop_app.use_cases.ports import Clock


@dataclass(frozen=True, slots=True)
class ProfileRoll:
    """The ``Roll`` of ``use_cases.people``."""

    _opened: Opened = field(repr=False)
    _clock: Clock

    def people(self) -> Sequence[Person]:
        ways = {user.id: Entry.CODE if user.by_code else Entry.PASSPHRASE for user in self._opened.key_users()}
        signed = self._opened.store.who_signed()
        return [Person(one, Entry.NONE if one.retired else ways.get(one.id, Entry.NONE), one.id in signed)
                for one in self._opened.store.clinicians()]

    def save(self, clinician: Clinician) -> None:
        self._opened.store.save_clinician(clinician)
        if self._opened.user is not None and self._opened.user.id == clinician.id:
            self._opened.user = clinician

    def give_code(self, clinician: Clinician, until: datetime) -> str:
        self._opened.store.save_clinician(clinician)
        return self._opened.give_code(clinician, until)

    def take_out(self, clinician: Clinician) -> None:
        self._opened.store.save_clinician(clinician)
        self._opened.take_out(clinician)

    def set_own_passphrase(self, passphrase: str) -> None:
        self._opened.change_passphrase(passphrase, self._clock.now())
