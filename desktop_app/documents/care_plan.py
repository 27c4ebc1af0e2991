"""The documents port: what ``parts`` hands to the use cases. reportlab is imported with this module."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.documents.choices_tree import choices_of, choices_tree
from desktop_app.documents.fonts import faces
from desktop_app.documents.handout_tree import handout_tree
from desktop_app.documents.letter_tree import letter_tree
from desktop_app.documents.pages import render
from desktop_app.documents.plain_text import plain_text
from desktop_app.documents.plan_tree import care_plan_tree
from desktop_app.documents.record_file import FILE_NAME, read_signed_as
from desktop_app.documents.style import PAGE_SIZES
from desktop_app.documents.summary import summary_of
from desktop_app.documents.transfer_tree import transfer_note_tree
from desktop_app.documents.view import PlanView
from desktop_app.language import in_english, on_paper, tr
from desktop_app.use_cases.domain import PaperKind
from desktop_app.use_cases.errors import BadData

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from desktop_app.use_cases.ports import PlanInput, SignedAs
    from desktop_app.use_cases.proof import PaperSummary

def load() -> None:
    """Load what a first document would wait for: to be called while the passphrase is typed."""
    import zxingcpp  # noqa: F401

    faces()


_FOR_PATIENTS = {PaperKind.HANDOUT, PaperKind.CHOICES}
FEWEST_CHOICES = 2  # one thing alone is no choice
_TREES = {
    PaperKind.CARE_PLAN: care_plan_tree,
    PaperKind.LETTER: letter_tree,
    PaperKind.HANDOUT: handout_tree,
    PaperKind.CHOICES: choices_tree,
    PaperKind.TRANSFER_NOTE: transfer_note_tree,
}


class Paper:
    """Makes PDF files; keeps nothing between two of them.

    Every document is unsigned, and marked DRAFT, NOT SIGNED on every page unless ``signed_at`` is set.
    """

    def __init__(self, attached: Callable[[bytes], Mapping[str, bytes]] = lambda _pdf: {}) -> None:
        """``attached``: the files that a signed PDF carries, by name."""
        self._attached = attached

    def signed_as(self, care_plan: bytes, at: datetime) -> SignedAs:
        """What a signed care plan says of its own making. ``at``: when it was signed."""
        return read_signed_as(self._attached(care_plan).get(FILE_NAME, b""), at)

    @in_english()
    def kinds(self, plan: PlanInput) -> tuple[PaperKind, ...]:
        """Every document that this decision has, the plan first."""
        emergency = bool(plan.decision.emergency.positive)
        there = {
            PaperKind.CARE_PLAN: True,
            PaperKind.LETTER: not emergency,
            PaperKind.HANDOUT: not emergency and bool(plan.choices),
            PaperKind.CHOICES: len(choices_of(PlanView(plan))) >= FEWEST_CHOICES,
            PaperKind.TRANSFER_NOTE: emergency,
        }
        return tuple(kind for kind in PaperKind if there[kind])

    def make(self, kind: PaperKind, plan: PlanInput) -> bytes:
        """The document of this kind; errors as the method that makes it."""
        return {
            PaperKind.CARE_PLAN: self.care_plan,
            PaperKind.LETTER: self.letter,
            PaperKind.HANDOUT: self.handout,
            PaperKind.CHOICES: self.choices,
            PaperKind.TRANSFER_NOTE: self.transfer_note,
        }[kind](plan)

    def text(self, kind: PaperKind, plan: PlanInput) -> str:
        """The words of the document, without its pages."""
        plan = told(kind, plan)
        with on_paper(plan.language):
            return plain_text(_TREES[kind](plan))

    @in_english()
    def summary(self, plan: PlanInput, kind: PaperKind) -> PaperSummary:
        """What the code on a signed paper says."""
        return summary_of(plan, kind)

    def care_plan(self, plan: PlanInput) -> bytes:
        """The plan for the record, the decision record attached."""
        return _printed(PaperKind.CARE_PLAN, plan)

    def letter(self, plan: PlanInput) -> bytes:
        """One page for the specialist, the decision record attached. Refused (``BadData``) in an emergency."""
        if plan.decision.emergency.positive:
            raise BadData(
                tr("An emergency is not referred by letter."),
                next_step=tr("Call the receiving team and print the transfer note."),
            )
        return _printed(PaperKind.LETTER, plan)

    def handout(self, plan: PlanInput) -> bytes:
        """The sheet for the patient: only what was decided, nothing attached.

        Refused (``BadData``) when nothing was decided, and in an emergency.
        """
        if plan.decision.emergency.positive:
            raise BadData(
                tr("In an emergency there is no sheet to take home."), next_step=tr("Print the transfer note instead.")
            )
        if not plan.choices:
            raise BadData(
                tr("Nothing was decided, so there is nothing to hand to the patient."),
                next_step=tr("Accept, change or decline at least one option first."),
            )
        return _printed(PaperKind.HANDOUT, plan)

    def choices(self, plan: PlanInput) -> bytes:
        """The sheet with the patient's choices, nothing attached. Refused (``BadData``) when there is nothing to choose
        from, as in an emergency.
        """
        if len(choices_of(PlanView(plan))) < FEWEST_CHOICES:
            raise BadData(
                tr("There is nothing to choose from: fewer than two treatments are offered."),
                next_step=tr("Answer the open questions first, or act on the emergency."),
            )
        return _printed(PaperKind.CHOICES, plan)

    def transfer_note(self, plan: PlanInput) -> bytes:
        """Half a page that goes along with an emergency. Refused (``BadData``) without one."""
        if not plan.decision.emergency.positive:
            raise BadData(
                tr("No emergency item is positive, so there is no transfer note."),
                next_step=tr("Print the referral letter."),
            )
        return _printed(PaperKind.TRANSFER_NOTE, plan)


def told(kind: PaperKind, plan: PlanInput) -> PlanInput:
    """The plan in the words of the pages. The patient's sheets have languages of their own, which the pack holds."""
    if kind in _FOR_PATIENTS or plan.words is None:
        return replace(plan, language=plan.pack.info.language, words=None)
    return plan.in_other_words()


def _printed(kind: PaperKind, plan: PlanInput) -> bytes:
    sizes = {size.lower(): size for size in PAGE_SIZES}
    size = sizes.get(plan.page_size.lower())
    if size is None:
        raise BadData(
            tr("No page size is called “{size}”.").format(size=plan.page_size),
            next_step=tr("Choose one of: {sizes}.").format(sizes=", ".join(PAGE_SIZES)),
        )
    plan = told(kind, replace(plan, page_size=size))
    with on_paper(plan.language):
        return render(_TREES[kind](plan), plan.signed_on or plan.decision.as_of)
