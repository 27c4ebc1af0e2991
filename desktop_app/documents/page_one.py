"""The first page of a plan: what a specialist needs to act, from roomy to dense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents import urgency
from desktop_app.documents.closing_part import closing
from desktop_app.documents.decided_part import as_lines, decided, first_acts, not_here, rest_in_words
from desktop_app.documents.density import DENSITIES, Density
from desktop_app.documents.diagnosis_part import correlation, diagnosis
from desktop_app.documents.medicines_part import medicines_checks, medicines_summary
from desktop_app.documents.tree import Block, Facts, Fitting, Heading, Listing, Paragraph, Side, bold, text
from desktop_app.documents.words import listed, low, sentence, unbroken
from desktop_app.engine.model import Tier
from desktop_app.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.documents.view import PlanView


def first_pages(view: PlanView) -> Sequence[tuple[Block, ...]]:
    """Page one from roomy to dense; an emergency has one form, and its plan stands aside."""
    if view.emergency:
        known = (Heading(tr("Known so far")), Facts(diagnosis(view), label_share=0.16, style="small"))
        page, signature = urgency.emergency_page(view), closing(view)
        short, dense = urgency.emergency_page(view, 4), urgency.emergency_page(view, 2, dense=True)
        return ((*page, *known, signature), (*page, signature), (*short, signature), (*dense, signature))
    return Fitting(len(DENSITIES), lambda place: _page(view, DENSITIES[place]))


def _page(view: PlanView, density: Density) -> tuple[Block, ...]:
    named = 3 if density.words and density.options < 9 else 0
    blocks: list[Block] = [*urgency.incomplete(view, named), *urgency.banner(view, density.reasons)]
    least = "small" if density.options else "fine"
    style = "body" if density.style == "body" else least
    facts = Facts(diagnosis(view), label_share=0.22, style=style)
    blocks.append(correlation(view, facts, with_map=density.with_map))
    choices, acts = decided(view, density), first_acts(view)
    blocks += [*choices, *acts] if view.choices else [choices[0], *acts, *choices[1:]]
    blocks += not_here(view)
    if density.words:
        blocks += medicines_checks(view)
        medicines = [one for one in view.to_decide if view.is_medicine(one) and one.id not in view.first_acts]
        if medicines:
            blocks += as_lines(view, medicines, density.medicines, density)
    else:
        blocks += medicines_summary(
            view,
            density.medicines,
            density.style,
            lambda rest, also: rest_in_words(view, rest, also=also),
            brief=density.brief,
        )
    blocks.append(
        Side(
            (Heading(tr("Not known")), *_not_known(view, density.questions, least)),
            (Heading(tr("Safety-netting")), *_safety(view, density.safety, least)),
        )
    )
    blocks.append(closing(view))
    return tuple(blocks)


def _not_known(view: PlanView, limit: int, style: str) -> tuple[Block, ...]:
    questions = view.questions
    if not questions:
        if view.decision.emergency.complete and view.decision.tier.final:
            return (Paragraph(text(tr("No unanswered question can change this advice.")), style),)
        return (Paragraph(text(tr("See the emergency screen above.")), style),)
    items = [text(bold(one.label), tr(": {words}").format(words=one.effect)) for one in questions[:limit]]
    blocks: list[Block] = [Listing(tuple(items), numbered=True, style=style)]
    if len(questions) > limit:
        blocks.append(
            Paragraph(text(tr("{count} more under “Open questions”.").format(count=len(questions) - limit)), "caption")
        )
    return tuple(blocks)


def _safety(view: PlanView, limit: int, style: str) -> tuple[Block, ...]:
    lines = [text(one.text) for one in view.texts("plan.safety_netting")]
    if not lines:
        labels = [one.label for one in view.pack.criteria.values() if one.tier in {Tier.E, Tier.E24}]
        lines = [text(bold(tr("Emergency department at once: ")), sentence(listed(map(low, labels), limit)))]
    clinic = view.plan.clinic
    blocks: list[Block] = [Listing(tuple(lines), style=style) if len(lines) > 1 else Paragraph(lines[0], style)]
    if clinic is not None:
        known = clinic.phones
        numbers = [f"{one.label} {unbroken(known[one.id])}" for one in view.pack.phones if known.get(one.id)]
        if numbers:
            blocks.append(Paragraph(text(bold(tr("Call: ")), listed(numbers, 3)), style))
        elif clinic.telephone:
            blocks.append(Paragraph(text(bold(tr("Call: ")), clinic.telephone), style))
    return tuple(blocks)
