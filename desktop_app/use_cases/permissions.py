"""Who may do what: one table of actions and roles, and the check that every use case makes itself.

The store's key is the same for everybody who can sign in, so these rules bind whoever uses this program; they are no
second encryption.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import StrEnum
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from desktop_app.language import later, tr
from desktop_app.use_cases.domain import Clinician, Role
from desktop_app.use_cases.errors import NotPermitted


class Action(StrEnum):
    """What can be done; the value continues "You may not"."""

    SEE_PATIENTS = later("look at patients and their records")
    ADD_PATIENT = later("add a patient")
    CONSULT = later("answer or decide in a consultation")
    SIGN = later("sign a plan")
    CORRECT = later("correct a signed plan")
    VOID = later("void a signed plan")
    TAKE_OUT = later("print, save or copy a document")
    BLANK_PAPER = later("print a paper without a patient")
    EXPORT_PATIENT = later("export everything about a patient")
    ERASE_PATIENT = later("erase a patient")
    SECOND_ERASURE = later("be the second person of an erasure")
    SEE_RETENTION = later("see whose time of keeping has passed")
    CHANGE_CLINIC = later("change the settings of the clinic")
    MANAGE_PEOPLE = later("change who works here")
    SEE_GUIDELINE = later("look at the editions of the guideline")
    INSTALL_GUIDELINE = later("install or switch an edition of the guideline")
    APPROVE_GUIDELINE = later("approve the content of the guideline")
    OWN_PASSPHRASE = later("change your own passphrase")
    OWN_SIGNATURE = later("change what your plans are signed with")
    RECOVERY_KEY = later("make a new recovery key")
    SEE_AUDIT = later("look at the audit record")
    BACK_UP = later("make a backup")
    RESTORE = later("restore a backup")
    ACCEPT_OLDER_RECORDS = later("go on with records that are older than they were")
    EMERGENCY_ACCESS = later("take emergency access")
    SEE_EMERGENCY_ACCESS = later("look through emergency accesses")


_C, _R, _V, _A = Role.CLINICIAN, Role.REVIEWER, Role.VIEWER, Role.ADMIN
_ALL = frozenset(Role)

MAY: dict[Action, frozenset[Role]] = {
    Action.SEE_PATIENTS: frozenset({_C, _R, _V}),
    Action.ADD_PATIENT: frozenset({_C}),
    Action.CONSULT: frozenset({_C}),
    Action.SIGN: frozenset({_C}),
    Action.CORRECT: frozenset({_C}),
    Action.VOID: frozenset({_C}),
    Action.TAKE_OUT: frozenset({_C, _R}),
    Action.BLANK_PAPER: _ALL,
    Action.EXPORT_PATIENT: frozenset({_C}),
    Action.ERASE_PATIENT: frozenset({_C}),
    Action.SECOND_ERASURE: frozenset({_C, _A}),
    Action.SEE_RETENTION: frozenset({_C, _R}),
    Action.CHANGE_CLINIC: frozenset({_A}),
    Action.MANAGE_PEOPLE: frozenset({_A}),
    Action.SEE_GUIDELINE: _ALL,
    Action.INSTALL_GUIDELINE: frozenset({_A}),
    Action.APPROVE_GUIDELINE: frozenset({_R}),
    Action.OWN_PASSPHRASE: _ALL,
    Action.OWN_SIGNATURE: frozenset({_C}),
    Action.RECOVERY_KEY: frozenset({_A}),
    Action.SEE_AUDIT: frozenset({_R, _A}),
    Action.BACK_UP: _ALL,
    Action.RESTORE: frozenset({_A}),
    Action.ACCEPT_OLDER_RECORDS: frozenset({_A}),
    Action.EMERGENCY_ACCESS: frozenset({_R, _V, _A}),
    Action.SEE_EMERGENCY_ACCESS: frozenset({_A}),
}
"""Every action, and the roles that may do it. Administrator is also held beside another role."""

IN_EMERGENCY = frozenset({Action.SEE_PATIENTS, Action.ADD_PATIENT, Action.CONSULT, Action.TAKE_OUT})
"""What emergency access adds; never the signature, and nothing that cannot be undone."""

ROLE_WORDS = {Role.CLINICIAN: later("clinician"), Role.REVIEWER: later("reviewer"), Role.VIEWER: later("viewer"),
              Role.ADMIN: later("administrator")}
_ONE = {Role.CLINICIAN: later("a clinician"), Role.REVIEWER: later("a reviewer"), Role.VIEWER: later("a viewer"),
        Role.ADMIN: later("an administrator")}


LOOKING = frozenset({Action.SEE_PATIENTS, Action.TAKE_OUT, Action.SEE_RETENTION, Action.SEE_GUIDELINE,
                     Action.SEE_AUDIT, Action.SEE_EMERGENCY_ACCESS})
"""What is left where the records are shown from a copy, because their folder cannot be written to."""

ONLY_SHOWN = later("The records are only shown: their folder cannot be written to. What you see is complete; nothing "
                   "can be added or changed.")
SHOWN_AS_ASKED = later("The records are only shown, as it was asked for when the program was started (--read-only). "
                       "What you see is complete; nothing can be added or changed.")

SHOWN_BESIDE = later("The records are only shown, as they were at {time}: somebody is working in them in another "
                     "window. What is entered since then is not here; nothing can be added or changed.")


class Access:
    """What the signed-in person may do now. ``read_only``: the records are shown from a copy and take nothing, because
    their folder takes nothing or, ``as_asked``, because whoever started the program wanted it so, or because they are
    open in another window; ``as_of`` is the time of the copy then.
    """

    def __init__(self, person: Clinician, *, read_only: bool = False, as_asked: bool = False, as_of: str = "") -> None:
        self.person = person
        self.read_only = read_only
        self._as_asked, self._as_of = as_asked, as_of
        self.emergency = ""  # the reason, while emergency access is taken

    @property
    def only_shown(self) -> str:
        """Why nothing can be changed, in words; empty where it can."""
        if not self.read_only:
            return ""
        if self._as_of:
            return tr(SHOWN_BESIDE).format(time=self._as_of)
        return tr(SHOWN_AS_ASKED if self._as_asked else ONLY_SHOWN)

    def _way_to_write(self) -> str:
        if self._as_asked:
            return tr("Close the program and start it without --read-only.")
        if self._as_of:
            return tr("Lock this window; once the other one is locked, unlock this one.")
        return tr("Make the folder writable, then start the program again.")

    def may(self, action: Action) -> bool:
        if self.person.retired or (self.read_only and action not in LOOKING):
            return False
        if self.emergency and action in IN_EMERGENCY:
            return True
        return bool(MAY[action] & self.person.roles)

    def require(self, action: Action) -> None:
        """Raises ``NotPermitted`` naming who may."""
        if self.read_only and action not in LOOKING:
            raise NotPermitted(
                self.only_shown,
                next_step=self._way_to_write(),
            )
        if not self.may(action):
            who = tr(" or ").join(tr(_ONE[role]) for role in Role if role in MAY[action])
            raise NotPermitted(
                tr("You may not {value}.").format(value=tr(action.value)),
                next_step=tr("Ask {who} to sign in.").format(who=who),
            )


class Guarded(Protocol):
    @property
    def access(self) -> Access: ...


_P = ParamSpec("_P")
_R_ = TypeVar("_R_")
_S = TypeVar("_S", bound=Guarded)


def needs(action: Action) -> Callable[[Callable[Concatenate[_S, _P], _R_]], Callable[Concatenate[_S, _P], _R_]]:
    """The use case first checks that the signed-in person may do this."""

    def guard(method: Callable[Concatenate[_S, _P], _R_]) -> Callable[Concatenate[_S, _P], _R_]:
        @functools.wraps(method)
        def checked(self: _S, /, *args: _P.args, **kwargs: _P.kwargs) -> _R_:
            self.access.require(action)
            return method(self, *args, **kwargs)

        checked.needs = action  # type: ignore[attr-defined]  # a table test reads it
        return checked

    return guard
