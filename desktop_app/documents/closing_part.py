"""The end of a signed paper: who signs it, and of which day and which content it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents import record_file
from desktop_app.documents.tree import Signature, Text, bold, quiet, text, worded
from desktop_app.documents.words import day, moment
from desktop_app.language import tr

if TYPE_CHECKING:
    from desktop_app.documents.view import PlanView
    from desktop_app.use_cases.surroundings import ClockDoubt

_FILES = f"{record_file.FILE_NAME}, FHIR"


def _code(view: PlanView) -> str:
    return tr(". Code to check this paper: last page") if view.plan.code and not view.draft else ""


def _doubted(doubt: ClockDoubt | None) -> tuple[Text, ...]:
    """Nothing where the clock could be right; never said of a paper that bears no time yet."""
    if doubt is None:
        return ()
    if doubt.approved is not None:
        return (worded(tr("{warning} It lay before the day on which the guideline was approved, {day}."),
                       warning=bold(tr("This clock was wrong.")), day=day(doubt.approved)),)
    newest = moment(doubt.newest.astimezone(doubt.now.tzinfo))
    return (worded(tr("{warning} The newest entry in the records was made on {moment}."),
                   warning=bold(tr("This clock was in doubt.")), moment=newest),)


def closing(view: PlanView) -> Signature:
    """Who signs, and what this paper is: its day, its content and whose approval that has."""
    plan, decision = view.plan, view.decision
    clinician = plan.clinician
    when = (
        worded(tr("{moment}, by this computer's clock"), moment=bold(moment(plan.signed_at)))
        if plan.signed_at is not None
        else text(bold(tr("Not signed.")), " " + tr("The time will be this computer's clock."))
    )
    lines = (
        *_doubted(plan.clock_doubt),
        worded(tr("Answers and dates as of {day}."), day=bold(day(decision.as_of))),
        text(bold(f"{view.pack.info.state_words}.")),
        text(quiet(tr("Guideline {version}. Attached: {files}").format(version=decision.guideline_version, files=_FILES)
                   + _code(view))),
    )
    return Signature(
        plan.signed_at is not None,
        clinician.name if clinician else tr("No clinician named"),
        clinician.role_title if clinician else "",
        when,
        lines,
    )
