"""What is to be said when an encounter and the guideline in use are of two editions."""

from __future__ import annotations

from desktop_app.engine.model import Pack
from desktop_app.language import tr, trn
from desktop_app.use_cases.domain import Encounter, EncounterState
from desktop_app.use_cases.patient_answers import understood


def edition_note(encounter: Encounter, shown: Pack, in_use: Pack) -> str:
    """``shown``: what the encounter is shown under. "" where all is of one edition."""
    begun, now = encounter.guideline_version, in_use.info.version
    if encounter.content_hash == in_use.content_hash:
        return ""
    if encounter.content_hash == shown.content_hash:
        return tr(
            "Decided with edition {begun} of the guideline, and shown with the advice of that "
            "edition. Edition {now} is in use now."
        ).format(begun=begun, now=now)
    if encounter.state is EncounterState.DRAFT:
        lost = len(encounter.answers) - len(understood(shown, encounter.answers))
        more = trn(
            "{lost} answer is to something that this edition does not ask, and counts no more.",
            "{lost} answers are to something that this edition does not ask, and count no more.",
            lost,
        ).format(lost=lost)
        anew = (
            tr("Begun with edition {begun} of the guideline. The advice is worked out anew with edition {now}.").format(
                begun=begun, now=now
            )
            if begun != now
            else tr(
                "Edition {now} of the guideline has changed since this was begun, and the advice is worked out anew."
            ).format(now=now)
        )
        return " ".join([anew, *([more] if lost else []), tr("Look through what was decided.")])
    return tr(
        "Decided with edition {begun} of the guideline, which is not on this computer or was "
        "changed. The advice shown here is worked out with edition {now}; what was decided "
        "stands in the signed document."
    ).format(begun=begun, now=now)
