"""Who looks only, and why, in a sentence; and who acts in an emergency."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.language import tr
from desktop_app.presentation import words
from desktop_app.presentation.ports import OpenConsultation
from desktop_app.use_cases.domain import EncounterState
from desktop_app.use_cases.emergency_access import Taken
from desktop_app.use_cases.permissions import Access


def in_emergency(access: Access) -> str:
    """What stands in sight as long as emergency access lasts; empty without it."""
    if not access.emergency:
        return ""
    return tr("Emergency access: {reason}. Everything is recorded under your name. It ends when you lock.").format(
        reason=access.emergency.rstrip("."))


def taken(one: Taken, others: Sequence[str]) -> str:
    """For an administrator, of somebody's emergency access. ``others``: who else administers."""
    told = tr("{name} took emergency access on {day} at {time}: {reason}.").format(
        name=one.by, day=words.day(one.at.astimezone().date()), time=f"{one.at.astimezone():%H:%M}",
        reason=one.reason.rstrip("."))
    if not one.own:
        return told
    return " ".join((told, tr("This was you: another administrator has to look through it ({names}).").format(
        names=", ".join(others)) if others else
        tr("This was you, and no other administrator works here to look through it. The record of use says so.")))


def only_look(consultation: OpenConsultation) -> str:
    """Empty where answers can be given."""
    if consultation.can_write:
        return ""
    if consultation.encounter.state is not EncounterState.DRAFT:
        return tr("Shown as it was signed. Nothing here can be changed.")
    if consultation.access.read_only:
        return consultation.access.only_shown
    return tr("You may look at this consultation. Answering and deciding in it is for a clinician.")
