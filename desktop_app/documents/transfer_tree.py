"""The transfer note as a content tree: half a page that goes along when the emergency exit was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.allergies import allergies
from desktop_app.documents.diagnosis_part import diagnosis
from desktop_app.documents.masthead import document_of
from desktop_app.documents.medicines_part import brief_checks
from desktop_app.documents.normal_part import answered_no, normal_findings
from desktop_app.documents.tree import (
    Block,
    Document,
    EmergencyBand,
    Facts,
    Heading,
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
from desktop_app.documents.words import TIER_TITLES, day, listed, sentence
from desktop_app.language import later, tr

if TYPE_CHECKING:
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
    blocks: list[Block] = [EmergencyBand(title, sentence(listed(one.label for one in found)))]
    led = tuple((one.label, led_here(one)) for one in found)
    known = tuple(row for row in diagnosis(view) if row[0] in map(tr, _FIRST))
    blocks.append(
        Side(
            (
                Heading(tr("What was found")),
                Facts(led, label_share=0.42, style="small"),
                Facts((*answered_no(view, _MOST), *normal_findings(view, _MOST)), label_share=0.27, style="small"),
            ),
            (Heading(tr("Known so far")), Facts((*known, brief_checks(view)[0], allergies(view)), style="small")),
        )
    )
    blocks += [Heading(tr("Handed over")), Paragraph(_handed_over(view), "small"), *_phones(view)]
    return tuple(blocks)


def _handed_over(view: PlanView) -> Text:
    """The recorded handover, or lines to write it on."""
    plan = view.plan
    told = [event for event in plan.events if event.kind == "handed_over"]
    who = (
        f"{plan.clinician.name}, {plan.clinician.role_title}"
        if plan.clinician is not None
        else tr("No clinician named")
    )
    if told:
        last = told[-1]
        when = tr("{name}, {day}, {time} by this computer's clock.").format(
            name=last.by, day=day(last.at.date()), time=f"{last.at:%H:%M}")
        return text(bold(sentence(last.note) if last.note else tr("Recorded.")), f" {when}")
    to_fill_in = tr("To whom: {line}   Time: {short_line}   Condition: {line}").format(
        line=_LINE, short_line=_SHORT_LINE)
    return text(tr("By {name}.").format(name=who) + " ", quiet(to_fill_in))


def _phones(view: PlanView) -> list[Block]:
    clinic = view.plan.clinic
    if clinic is None or not clinic.telephone:
        return []
    return [Phones(((tr("Questions: {clinic}").format(clinic=clinic.name), clinic.telephone),))]
