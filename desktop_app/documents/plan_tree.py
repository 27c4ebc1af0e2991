"""The care plan as a content tree: its first page, and the pages that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.answers_part import all_answers
from desktop_app.documents.basis_part import basis
from desktop_app.documents.following import following
from desktop_app.documents.masthead import document_of
from desktop_app.documents.page_one import first_pages
from desktop_app.documents.summary import proof_page
from desktop_app.documents.view import PlanView
from desktop_app.language import later, tr
from desktop_app.use_cases.domain import PaperKind

if TYPE_CHECKING:
    from desktop_app.documents.tree import Document
    from desktop_app.use_cases.ports import PlanInput

KIND = "care_plan"
NOTHING_DECIDED = later("Advice printout, nothing decided")
SIGNED_UNDECIDED = later("Care plan, nothing decided")  # an emergency, or a screen that was not complete


def care_plan_tree(plan: PlanInput) -> Document:
    """Everything the plan says, before any of it has a place."""
    view = PlanView(plan)
    undecided = NOTHING_DECIDED if plan.signed_on is None else SIGNED_UNDECIDED
    title = tr("Care plan") if plan.choices else tr(undecided)
    return document_of(
        plan,
        title=title,
        kind=KIND,
        first=first_pages(view),
        rest=(*following(view), *basis(view), *all_answers(view), *proof_page(plan, PaperKind.CARE_PLAN)),
    )
