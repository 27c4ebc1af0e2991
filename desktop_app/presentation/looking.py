"""Why a consultation can be looked at and not answered in, in one sentence; and what a role may do with it."""

from __future__ import annotations

from desktop_app.language import tr
from desktop_app.presentation.ports import OpenConsultation
from desktop_app.use_cases.domain import EncounterState


def only_look(consultation: OpenConsultation) -> str:
    """Empty where answers can be given."""
    if consultation.can_write:
        return ""
    if consultation.encounter.state is not EncounterState.DRAFT:
        return tr("Shown as it was signed. Nothing here can be changed.")
    if consultation.access.read_only:
        return consultation.access.only_shown
    return tr("You may look at this consultation. Answering and deciding in it is for a clinician.")
