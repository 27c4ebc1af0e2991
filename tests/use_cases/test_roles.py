"""Every role and every action; no use case without its check."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from desktop_app.use_cases.approvals import Approvals
from desktop_app.use_cases.backups import Backups
from desktop_app.use_cases.checking import Checking
from desktop_app.use_cases.consultation import Consultation
from desktop_app.use_cases.desk import Desk
from desktop_app.use_cases.domain import Clinician, Role
from desktop_app.use_cases.emergency_access import EmergencyAccess
from desktop_app.use_cases.errors import NotPermitted
from desktop_app.use_cases.guideline_editions import GuidelineEditions
from desktop_app.use_cases.half_typed import HalfTyped
from desktop_app.use_cases.older_records import OlderRecords
from desktop_app.use_cases.patient_folder import PatientFolder
from desktop_app.use_cases.people import People
from desktop_app.use_cases.permissions import IN_EMERGENCY, MAY, Access, Action
from desktop_app.use_cases.privacy import Privacy
from desktop_app.use_cases.record_of_use import RecordOfUse
from desktop_app.use_cases.retention import Retention
from desktop_app.use_cases.stamping import Stamping
from tests.fakes import CLINICIAN
from tests.use_cases.conftest import Surgery

C, R, V, A = Role.CLINICIAN, Role.REVIEWER, Role.VIEWER, Role.ADMIN

WANTED = """
    SEE_PATIENTS          c r v .
    ADD_PATIENT           c . . .
    CONSULT               c . . .
    SIGN                  c . . .
    CORRECT               c . . .
    VOID                  c . . .
    TAKE_OUT              c r . .
    BLANK_PAPER           c r v a
    EXPORT_PATIENT        c . . .
    ERASE_PATIENT         c . . .
    SECOND_ERASURE        c . . a
    SEE_RETENTION         c r . .
    CHANGE_CLINIC         . . . a
    MANAGE_PEOPLE         . . . a
    SEE_GUIDELINE         c r v a
    INSTALL_GUIDELINE     . . . a
    APPROVE_GUIDELINE     . r . .
    OWN_PASSPHRASE        c r v a
    OWN_SIGNATURE         c . . .
    RECOVERY_KEY          . . . a
    SEE_AUDIT             . r . a
    BACK_UP               c r v a
    RESTORE               . . . a
    ACCEPT_OLDER_RECORDS  . . . a
    EMERGENCY_ACCESS      . r v a
    SEE_EMERGENCY_ACCESS  . . . a
"""
LETTER = {"c": C, "r": R, "v": V, "a": A}
PAIRS = [(action, role) for action in Action for role in Role]

USE_CASES = (Desk, Consultation, People, Privacy, Checking, Stamping, GuidelineEditions, Approvals, HalfTyped,
             Backups, EmergencyAccess, OlderRecords, PatientFolder, RecordOfUse, Retention)
OPEN = {
    # What a page shows of the clinic, of whoever is signed in, and of the day.
    "Desk": {"clinic", "clinician", "pack", "today", "confirm"},
    # Reading what Desk.open and Desk.open_encounter handed out, which check.
    "Consultation": {
        "pack", "clinician", "clinic", "patient", "encounter", "as_of", "answers", "sheet", "choices", "events",
        "impression", "asks_impression", "position", "decision", "whole", "work_on", "whole_now", "can_write",
        "can_undo", "edition_note", "blocks_to_sign", "pictures", "verdict_changes", "plan_input", "standing",
        "documents",
        "draft_kinds",
    },
    "People": set(),
    "Privacy": set(),
    # This computer's own note of what it has seen; it follows from signing and backing up, whose checks are theirs.
    "OlderRecords": {"keep"},
    "PatientFolder": set(),
    "Checking": set(),
    "Stamping": {"stamper"},
    # Which content gives the advice is told to everybody who signs in; the copy of it is the program's own.
    "GuidelineEditions": {
        "use", "stands_in", "loaded_for", "review_by", "warnings", "fingerprint",
        "publishers", "before",
    },
    "Approvals": {"with_approval", "holding", "newest"},
    "HalfTyped": {"allowed"},
    "EmergencyAccess": {"offered"},
    "RecordOfUse": set(),
    "Retention": {"years"},
    # That a round failed is told to everybody who signs in.
    "Backups": {"failed", "away", "store_id"},
}


def wanted() -> dict[str, set[Role]]:
    lines = (line.split() for line in WANTED.strip().splitlines())
    return {name: {LETTER[mark] for mark in marks if mark != "."} for name, *marks in lines}


def public(kind: type) -> Iterator[tuple[str, Any]]:
    for name, what in inspect.getmembers(kind):
        if not name.startswith("_") and (callable(what) or isinstance(what, property)):
            yield name, what


def someone(role: Role, *, administers: bool = False) -> Clinician:
    return replace(CLINICIAN, role=role, administers=administers)


@pytest.mark.parametrize(("action", "role"), PAIRS)
def test_each_role_may_do_what_the_table_says(action: Action, role: Role) -> None:
    access = Access(someone(role))
    assert access.may(action) is (role in wanted()[action.name])
    if not access.may(action):
        with pytest.raises(NotPermitted, match=f"You may not {action.value}") as told:
            access.require(action)
        assert told.value.next_step.startswith("Ask a")


@pytest.mark.parametrize(("action", "role"), PAIRS)
def test_whoever_also_administers_may_do_both(action: Action, role: Role) -> None:
    assert Access(someone(role, administers=True)).may(action) is bool(wanted()[action.name] & {role, A})


@pytest.mark.parametrize("action", list(Action))
def test_the_retired_may_do_nothing(action: Action) -> None:
    assert not Access(replace(someone(C, administers=True), retired=True)).may(action)


def test_the_table_has_every_action_once() -> None:
    assert set(MAY) == set(Action)
    assert set(wanted()) == {action.name for action in Action}


@pytest.mark.parametrize("kind", USE_CASES)
def test_no_use_case_lacks_its_check(kind: type) -> None:
    unchecked = {name for name, what in public(kind)
                 if not hasattr(what.fget if isinstance(what, property) else what, "needs")}
    assert unchecked == {name for name in OPEN[kind.__name__] if hasattr(kind, name)}


def guarded() -> list[tuple[type, str, Action]]:
    return [(kind, name, what.needs) for kind in USE_CASES for name, what in public(kind) if hasattr(what, "needs")]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("kind", "name", "action"), guarded())
def test_every_use_case_asks_the_table_before_anything_else(kind: type, name: str, action: Action,
                                                            role: Role) -> None:
    """Called with nothing but the person: a refusal comes first, else the missing arguments are noticed."""
    bare = kind.__new__(kind)
    bare.access = Access(someone(role))
    said = "it went on"
    try:
        getattr(bare, name)()
    except NotPermitted as refused:
        said = str(refused)
    except (TypeError, AttributeError):
        said = "it went on"
    assert said == ("it went on" if bare.access.may(action) else f"You may not {action.value}."), name


@pytest.mark.parametrize("role", [R, V, A])
def test_emergency_access_opens_records_and_never_the_signature(role: Role) -> None:
    access = Access(someone(role))
    access.emergency = "The patient cannot feel her legs and no clinician is here"
    assert all(access.may(action) for action in IN_EMERGENCY)
    assert not access.may(Action.SIGN)
    assert not access.may(Action.ERASE_PATIENT)
    assert not access.may(Action.EXPORT_PATIENT)


def test_who_only_looks_leaves_no_trace_in_a_draft(surgery: Surgery) -> None:
    consultation = surgery.consult("c01")
    consultation.access = Access(someone(V))
    before = surgery.store.encounter(consultation.encounter.id)
    for act in (consultation.emergency_shown, consultation.close_impression,
                lambda: consultation.set_position("emergency/cauda_equina")):
        with pytest.raises(NotPermitted):
            act()
    assert surgery.store.encounter(consultation.encounter.id) == before
    assert not consultation.can_write
