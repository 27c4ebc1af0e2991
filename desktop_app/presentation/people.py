"""The people of this computer in words: what each role may do, and how somebody gets in."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.language import tr
from desktop_app.presentation import words
from desktop_app.use_cases.domain import Clinician, Role
from desktop_app.use_cases.people import Code, Entry, Person
from desktop_app.use_cases.permissions import ROLE_WORDS

ROLES: tuple[tuple[Role, str, str], ...] = (
    (Role.CLINICIAN, tr("Clinician"), tr("Sees patients, decides and signs.")),
    (Role.REVIEWER, tr("Reviewer"), tr("Reads records and the audit record, prints; changes nothing.")),
    (Role.VIEWER, tr("Viewer"), tr("Reads records on the screen; changes and prints nothing.")),
    (Role.ADMIN, tr("Administrator"), tr("Looks after people, settings and backups; sees no patients.")),
)
ADMINISTERS = tr("Also looks after people, settings and backups")


@dataclass(frozen=True, slots=True)
class PersonRow:
    id: str
    name: str
    line: str  # profession and role
    state: str  # how they get in
    icon: str
    waits: bool  # drawn dashed: not there yet
    retired: bool
    you: bool
    actions: tuple[str, ...]


CHANGE, CODE, RETIRE = tr("Change…"), tr("Give a one-time code…"), tr("Retire…")
_STATE = {
    Entry.PASSPHRASE: (tr("Signs in with a passphrase"), "check"),
    Entry.CODE: (tr("Has a one-time code and has not used it yet"), "key-outline"),
    Entry.NONE: (tr("Has no way in"), "lock-outline"),
}


def role_words(person: Clinician) -> str:
    """“clinician, administrator”."""
    return ", ".join(tr(ROLE_WORDS[role]) for role in Role if role in person.roles)


def row(person: Person, own_id: str) -> PersonRow:
    one = person.clinician
    state, icon = (tr("Retired: kept, because documents name them"), "minus") if one.retired else _STATE[person.entry]
    you = one.id == own_id
    possible = {CHANGE: not one.retired, CODE: not you, RETIRE: not you and not one.retired}
    return PersonRow(one.id, one.name, f"{one.role_title} · {role_words(one)}", state, icon,
                     person.entry is Entry.CODE and not one.retired, one.retired, you,
                     tuple(name for name, offered in possible.items() if offered))


def code_intro(code: Code) -> str:
    return (tr("{person} chooses their own passphrase with it at the next sign-in. It opens once, until "
               "{until}, and is not shown again.").format(person=code.person, until=words.day(code.until)))
