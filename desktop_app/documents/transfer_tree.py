"""The transfer note as a content tree: half a page that goes along when the emergency exit was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.diagnosis_part import diagnosis
from desktop_app.documents.illness_part import bearing
from desktop_app.documents.masthead import document_of
from desktop_app.documents.medicines_part import brief_checks
from desktop_app.documents.normal_part import answered_no, normal_findings
from desktop_app.documents.summary import anticoagulant
from desktop_app.documents.tree import (
    Block,
    Document,
    EmergencyBand,
    Facts,
    Heading,
    LinesToFill,
    Paragraph,
    Phones,
    Side,
    Text,
    bold,
    quiet,
    text,
)
from desktop_app.documents.urgency import led_here, positive
from desktop_app.documents.view import PlanView
from desktop_app.documents.words import TIER_TITLES, day, listed, moment, sentence
from desktop_app.language import later, tr, trn

if TYPE_CHECKING:
    from desktop_app.engine.model import EmergencyPage
    from desktop_app.use_cases.ports import PlanInput

KIND = "transfer_note"
_LINE, _SHORT_LINE = "_" * 20, "_" * 8
_MOST = 6  # of a list by name: the note stays half a page
_FIRST = (
    later("Fracture"),
    later("Root"),
    later("Signs"),
)  # of the diagnosis: what the receiving team asks about first


def transfer_note_tree(plan: PlanInput) -> Document:
    """The note to hand over with the patient. Only for a decision with a positive emergency item."""
    view = PlanView(plan)
    return document_of(plan, title=tr("Transfer note"), kind=KIND, first=(_page(view),))


def _page(view: PlanView) -> tuple[Block, ...]:
    found = positive(view)
    criterion = view.pack.criteria.get(found[0].id)
    page = criterion.page if criterion is not None else None
    first = found[0]
    title = page.title if page is not None else TIER_TITLES[first.tier]
    soon = (page.figure_label, page.figure) if page is not None else ("", "")
    blocks: list[Block] = [EmergencyBand(title, sentence(listed(one.label for one in found)), *soon)]
    led: Block = Facts(tuple((one.label, led_here(one)) for one in found), label_share=0.42, style="small")
    if len(found) == 1:  # the band names it
        led = Paragraph(led_here(first), "small", 0.0)
    also = (*_screen(view), *answered_no(view, _MOST), *normal_findings(view, _MOST))
    known = tuple(row for row in diagnosis(view) if row[0] in map(tr, _FIRST))
    taken, *_, allergic = brief_checks(view)
    blocks.append(
        Side(
            (
                Heading(tr("What was found")),
                led,
                Facts(also, label_share=0.27, style="small"),
            ),
            (
                Heading(tr("Known so far")),
                Facts((*known, *bearing(view, _MOST), taken, _anticoagulant(view), allergic), style="small"),
            ),
        )
    )
    if page is not None:
        blocks += _results(page)
    handed = (Paragraph(line, "small") for line in _handed_over(view))
    blocks += [Heading(tr("Handed over")), *handed, *_phones(view)]
    return tuple(blocks)


def _anticoagulant(view: PlanView) -> tuple[str, Text]:
    """By itself: whoever may have to operate asks for it first."""
    line = anticoagulant(view)
    return line.label, text(line.words if line.known else bold(line.words))


def _screen(view: PlanView) -> tuple[tuple[str, Text], ...]:
    """What else is not ruled out, as far as the emergency screen was left open."""
    emergency = view.decision.emergency
    if emergency.complete:
        return ()
    count = len(emergency.unanswered)
    left = trn("{count} question not answered", "{count} questions not answered", count).format(count=count)
    return ((tr("Screen"), text(bold(tr("incomplete")), f"; {left}")),)


def _results(page: EmergencyPage) -> list[Block]:
    """Every step of the emergency page with a line for its time and result, which that page wants to stand here."""
    return [Heading(tr("Done, with time and result")), LinesToFill(tuple(what for what, _ in page.do_now))]


def _handed_over(view: PlanView) -> tuple[Text, ...]:
    """The recorded handover, or lines to write it on."""
    plan = view.plan
    told = [event for event in plan.events if event.kind == "handed_over"]
    clinician = plan.clinician
    by = (
        tr("By {name}.").format(name=f"{clinician.name}, {clinician.role_title}")
        if clinician is not None
        else sentence(tr("No clinician named"))
    )
    if told:
        last = told[-1]
        when = tr("{name}, {day}, {time} by this computer's clock.").format(
            name=last.by, day=day(last.at.date()), time=f"{last.at:%H:%M}")
        return (text(bold(sentence(last.note) if last.note else tr("Recorded.")), f" {when}"),)
    to_fill_in = tr("To whom: {line}   Time: {short_line}   Condition: {line}").format(
        line=_LINE, short_line=_SHORT_LINE)
    signed = plan.signed_at
    when = " " + sentence(tr("{moment}, by this computer's clock").format(moment=moment(signed))) if signed else ""
    return text(by + when), text(quiet(to_fill_in))


def _phones(view: PlanView) -> list[Block]:
    clinic = view.plan.clinic
    if clinic is None or not clinic.telephone:
        return []
    return [Phones(((tr("Questions: {clinic}").format(clinic=clinic.name), clinic.telephone),))]
