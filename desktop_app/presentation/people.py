"""The people of this computer in words: what each role may do, and how somebody gets in."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.presentation import words
from desktop_app.use_cases.domain import Clinician, Role
from desktop_app.use_cases.people import Code, Entry, Person
from desktop_app.use_cases.permissions import ROLE_WORDS

ROLES: tuple[tuple[Role, str, str], ...] = (
    (Role.CLINICIAN, "Clinician", "Sees patients, decides and signs."),
    (Role.REVIEWER, "Reviewer", "Reads records and the audit record, prints; changes nothing."),
    (Role.VIEWER, "Viewer", "Reads records on the screen; changes and prints nothing."),
    (Role.ADMIN, "Administrator", "Looks after people, settings and backups; sees no patients."),
)
ADMINISTERS = "Also looks after people, settings and backups"


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


CHANGE, CODE, RETIRE = "Change…", "Give a one-time code…", "Retire…"
_STATE = {
    Entry.PASSPHRASE: ("Signs in with a passphrase", "check"),
    Entry.CODE: ("Has a one-time code and has not used it yet", "key-outline"),
    Entry.NONE: ("Has no way in", "lock-outline"),
}


def role_words(person: Clinician) -> str:
    """“clinician, administrator”."""
    return ", ".join(ROLE_WORDS[role] for role in Role if role in person.roles)


def row(person: Person, own_id: str) -> PersonRow:
    one = person.clinician
    state, icon = ("Retired: kept, because documents name them", "minus") if one.retired else _STATE[person.entry]
    you = one.id == own_id
    possible = {CHANGE: not one.retired, CODE: not you, RETIRE: not you and not one.retired}
    return PersonRow(one.id, one.name, f"{one.role_title} · {role_words(one)}", state, icon,
                     person.entry is Entry.CODE and not one.retired, one.retired, you,
                     tuple(name for name, offered in possible.items() if offered))


def code_intro(code: Code) -> str:
    return (f"{code.person} chooses their own passphrase with it at the next sign-in. It opens once, until "
            f"{words.day(code.until)}, and is not shown again.")
