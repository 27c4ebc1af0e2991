"""The documents port: what ``bootstrap`` hands to the use cases. reportlab is imported with this module."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.documents.pages import render
from desktop_app.documents.plan_tree import care_plan_tree
from desktop_app.documents.style import PAGE_SIZES
from desktop_app.use_cases.errors import BadData

if TYPE_CHECKING:
    from desktop_app.use_cases.ports import PlanInput


class Paper:
    """Makes PDF files; keeps nothing between two of them."""

    def care_plan(self, plan: PlanInput) -> bytes:
        """The unsigned PDF; marked DRAFT, NOT SIGNED on every page unless ``signed_on`` is set."""
        sizes = {size.lower(): size for size in PAGE_SIZES}
        size = sizes.get(plan.page_size.lower())
        if size is None:
            raise BadData(
                f"No page size is called “{plan.page_size}”.", next_step=f"Choose one of: {', '.join(PAGE_SIZES)}."
            )
        return render(care_plan_tree(replace(plan, page_size=size)), plan.signed_on or plan.decision.as_of)
