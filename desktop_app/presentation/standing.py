"""Whether a signed plan still holds, in the words of screens, previews and prints."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.language import tr
from desktop_app.presentation import words
from desktop_app.use_cases.correcting import Standing, Visit
from desktop_app.use_cases.domain import EncounterState, Void

VOID = tr("VOID")
UNCHANGED = tr("The signed file itself is never changed: a copy that was saved or sent before does not carry "
               "this mark.")


@dataclass(frozen=True, slots=True)
class Told:
    """What stands above a plan. ``mark`` goes across every page of it."""

    title: str = ""
    lines: tuple[str, ...] = ()
    mark: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One encounter on a patient's page."""

    encounter_id: str
    date: str
    title: str
    state: str
    kind: str  # of the chip: unknown (draft), accent (holds), neutral (superseded), red (void)
    lines: tuple[str, ...]
    crossed_out: bool
    draft: bool


def mark(standing: Standing) -> str:
    """What stands across each page; "" of a plan that holds, or a draft."""
    if standing.void is not None:
        return VOID
    return tr("SUPERSEDED by {replaced_by}").format(replaced_by=standing.replaced_by) if standing.replaced_by else ""


def told(standing: Standing) -> Told:
    """Nothing of a plan that simply holds."""
    if standing.void is not None:
        return Told(
            tr("{number} is void: nothing of it holds").format(number=standing.number),
            (*void_lines(standing.void), UNCHANGED),
            VOID,
        )
    if standing.replaced_by:
        day = words.day(standing.replaced_on) if standing.replaced_on is not None else tr("a later day")
        return Told(
            tr("{number} is superseded by {replaced_by}").format(
                number=standing.number, replaced_by=standing.replaced_by
            ),
            (tr("Corrected on {day}: {why_replaced}").format(day=day, why_replaced=standing.why_replaced), UNCHANGED),
            mark(standing),
        )
    old = standing.replaces
    if old is not None:
        verb = tr("Takes") if standing.number else tr("A correction: once signed, it takes")
        return Told(
            tr("{verb} the place of {number_for} of {signed_on}").format(
                verb=verb, number_for=old.number_for("care_plan"), signed_on=words.day(old.signed_on)
            ),
            (tr("Because: {reason}").format(reason=old.reason),),
        )
    return Told()


def corrects(standing: Standing) -> str:
    """On every step of a correction, whose place it takes; "" for any other consultation."""
    old = standing.replaces
    return tr("Corrects {number}").format(number=old.number_for("care_plan")) if old is not None else ""


def void_lines(void: Void) -> tuple[str, ...]:
    clock = (
        tr(" Its clock stopped: it had been due on {was_due}.").format(was_due=words.day(void.was_due))
        if void.was_due is not None
        else ""
    )
    day = words.day(void.at.date())
    told = tr("Voided on {day} by {by}: {reason}.").format(day=day, by=void.by, reason=void.reason)
    return (f"{told}{clock}".replace("..", "."),)


def history_row(visit: Visit) -> HistoryRow:
    encounter, standing = visit.encounter, visit.standing
    draft = encounter.state is EncounterState.DRAFT
    state, kind = {
        EncounterState.DRAFT: (tr("Not finished"), "unknown"),
        EncounterState.SIGNED: (tr("Signed"), "accent"),
        EncounterState.SUPERSEDED: (
            tr("Superseded by {replaced_by}").format(replaced_by=standing.replaced_by),
            "neutral",
        ),
        EncounterState.VOIDED: (tr("Void"), "red"),
    }[encounter.state]
    known = told(standing)
    lines = [
        tr("{value} by {clinician}").format(value=tr("Begun") if draft else tr("Signed"), clinician=visit.clinician)
    ]
    lines += [known.title] if standing.replaces is not None and not known.mark else []
    lines += [one for one in known.lines if one != UNCHANGED]
    on = standing.signed_on or encounter.started.date()
    return HistoryRow(encounter.id, words.day(on), standing.number or tr("Consultation"), state, kind, tuple(lines),
                      encounter.state is EncounterState.VOIDED, draft)
