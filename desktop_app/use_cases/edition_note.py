"""What is to be said when an encounter and the guideline in use are of two editions."""

from __future__ import annotations

from desktop_app.engine.model import Pack
from desktop_app.use_cases.domain import Encounter, EncounterState
from desktop_app.use_cases.patient_answers import understood


def edition_note(encounter: Encounter, shown: Pack, in_use: Pack) -> str:
    """``shown``: what the encounter is shown under. "" where all is of one edition."""
    begun, now = encounter.guideline_version, in_use.info.version
    if encounter.content_hash == in_use.content_hash:
        return ""
    if encounter.content_hash == shown.content_hash:
        return (f"Decided with edition {begun} of the guideline, and shown with the advice of that edition. Edition "
                f"{now} is in use now.")
    if encounter.state is EncounterState.DRAFT:
        lost = len(encounter.answers) - len(understood(shown, encounter.answers))
        answers = "1 answer is" if lost == 1 else f"{lost} answers are"
        more = f" {answers} to something that this edition does not ask, and counts no more." if lost else ""
        anew = (f"Begun with edition {begun} of the guideline. The advice is worked out anew with edition {now}."
                if begun != now else f"Edition {now} of the guideline has changed since this was begun, and the advice "
                "is worked out anew.")
        return f"{anew}{more} Look through what was decided."
    return (f"Decided with edition {begun} of the guideline, which is not on this computer or was changed. The advice "
            f"shown here is worked out with edition {now}; what was decided stands in the signed document.")
