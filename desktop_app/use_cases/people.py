"""Who works at this computer: added, renamed, given another role, reset by a one-time code, retired. Never deleted."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from desktop_app.language import tr
from desktop_app.use_cases import identity
from desktop_app.use_cases.domain import Clinician, Role
from desktop_app.use_cases.errors import BadData, NotInStore, NotPermitted
from desktop_app.use_cases.permissions import Access, Action, needs
from desktop_app.use_cases.ports import Clock

CODE_DAYS = 7


class Entry(StrEnum):
    """How somebody gets in now."""

    PASSPHRASE = "passphrase"  # noqa: S105  a kind of entry
    CODE = "code"  # a one-time code was given and not used yet
    NONE = "none"  # nobody gets in under this name: retired, or the key file knows nothing of them


@dataclass(frozen=True, slots=True)
class Person:
    clinician: Clinician
    entry: Entry
    signed: bool  # plans or certificates name them


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code to be handed over, and the last day on which it opens."""

    person: str
    letters: str
    until: date


class Roll(Protocol):
    """The people in store and key file. ``db`` implements it."""

    def people(self) -> Sequence[Person]: ...

    def save(self, clinician: Clinician) -> None: ...

    def give_code(self, clinician: Clinician, until: datetime) -> str:
        """Store the person and make a one-time code in the place of their passphrase."""

    def take_out(self, clinician: Clinician) -> None:
        """Store the person; nothing opens for them any more."""

    def set_own_passphrase(self, passphrase: str) -> None:
        """Of the signed-in person. Raises ``WeakPassphrase``."""


class People:
    """For whoever looks after this computer. Each change asks for the passphrase."""

    def __init__(self, access: Access, roll: Roll, clock: Clock, confirm: Callable[[str], None]) -> None:
        self.access = access
        self._roll, self._clock, self._confirm = roll, clock, confirm

    @needs(Action.MANAGE_PEOPLE)
    def everybody(self) -> Sequence[Person]:
        """Those who work here first, by name, then the retired."""
        return sorted(self._roll.people(), key=lambda one: (one.clinician.retired, one.clinician.name.casefold()))

    @needs(Action.MANAGE_PEOPLE)
    def add(self, name: str, role_title: str, role: Role, *, administers: bool, passphrase: str) -> Code:
        """Somebody new, who chooses a passphrase of their own with the code."""
        someone = self._checked(Clinician(str(uuid.uuid4()), identity.name_written(name), role_title.strip(), role,
                                          administers or role is Role.ADMIN))
        self._confirm(passphrase)
        return self._code_for(someone)

    @needs(Action.MANAGE_PEOPLE)
    def change(self, person_id: str, name: str, role_title: str, role: Role, *, administers: bool,
               passphrase: str) -> None:
        """Another name, profession or role, from now on; what was signed keeps the name it was signed with."""
        before = self._person(person_id)
        after = self._checked(replace(before, name=identity.name_written(name), role_title=role_title.strip(),
                                      role=role, administers=administers or role is Role.ADMIN))
        self._keep_an_administrator(after)
        self._confirm(passphrase)
        self._roll.save(after)
        if person_id == self.access.person.id:
            self.access.person = after

    @needs(Action.MANAGE_PEOPLE)
    def reset(self, person_id: str, passphrase: str) -> Code:
        """A one-time code in the place of a lost passphrase. Nobody but the person learns the new one."""
        if person_id == self.access.person.id:
            raise BadData(tr("This is you."), next_step=tr("Change your own passphrase under Settings instead."))
        someone = replace(self._person(person_id), retired=False)
        self._confirm(passphrase)
        return self._code_for(self._checked(someone))

    @needs(Action.MANAGE_PEOPLE)
    def retire(self, person_id: str, passphrase: str) -> None:
        """Lets the person in no more. Their name stays with what they signed."""
        if person_id == self.access.person.id:
            raise BadData(tr("You cannot retire yourself."), next_step=tr("Ask another administrator to do it."))
        someone = replace(self._person(person_id), retired=True)
        self._keep_an_administrator(someone)
        self._confirm(passphrase)
        self._roll.take_out(someone)

    @needs(Action.OWN_PASSPHRASE)
    def change_own_passphrase(self, old: str, new: str) -> None:
        """Raises ``WrongPassphrase`` for the old one, ``WeakPassphrase`` for the new one."""
        self._confirm(old)
        self._roll.set_own_passphrase(new)

    def _code_for(self, someone: Clinician) -> Code:
        until = self._clock.now() + timedelta(days=CODE_DAYS)
        return Code(someone.name, self._roll.give_code(someone, until), until.date())

    def _person(self, person_id: str) -> Clinician:
        for one in self._roll.people():
            if one.clinician.id == person_id:
                return one.clinician
        raise NotInStore(tr("Nobody of this name works here."), next_step=tr("Open the list of people again."))

    def _checked(self, someone: Clinician) -> Clinician:
        if not someone.name:
            raise BadData(tr("The name is missing."), next_step=tr("Write it as it should stand on a signed plan."))
        if wrong := identity.mistake(someone.name, identity.LONGEST_NAME):
            raise BadData(wrong, next_step=tr("Write it as it should stand on a signed plan."))
        if not someone.role_title:
            raise BadData(
                tr("The profession is missing."), next_step=tr("Write it, for example nurse or receptionist.")
            )
        for one in self._roll.people():
            if one.clinician.id != someone.id and one.clinician.name.casefold() == someone.name.casefold():
                raise BadData(tr("{name} is in the list already.").format(name=one.clinician.name),
                              next_step=tr("Give each person a name that tells them apart."))
        return someone

    def _keep_an_administrator(self, after: Clinician) -> None:
        others = (one.clinician for one in self._roll.people() if one.clinician.id != after.id
                  and one.entry is Entry.PASSPHRASE)
        if not any(Role.ADMIN in one.roles and not one.retired for one in (after, *others)):
            raise NotPermitted(tr("Somebody has to look after this computer."),
                               next_step=tr("Make another person an administrator first."))
