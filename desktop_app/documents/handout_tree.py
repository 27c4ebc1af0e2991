"""The patient's sheet as a content tree: plain words, large type, only what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.masthead import document_of
from desktop_app.documents.tree import (
    AskBack,
    Block,
    Document,
    GetHelp,
    Heading,
    Listing,
    NextSteps,
    Paragraph,
    Side,
    Text,
    bold,
    quiet,
    text,
)
from desktop_app.documents.view import HANDOUT, PlanView
from desktop_app.documents.words import sentence, weekday
from desktop_app.engine.decision import Truth
from desktop_app.use_cases.domain import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop_app.engine.decision import OptionAdvice
    from desktop_app.engine.model import FixedText
    from desktop_app.use_cases.ports import PlanInput

KIND = "patient_handout"
_STYLE = "large"
_WHEN, _PHONE, _LEG, _CLINICIAN = "{when}", "{phone}", "{leg}", "{clinician}"
_REFERRAL = "referral"


def handout_tree(plan: PlanInput) -> Document:
    """The sheet of one decision. Nothing that was not accepted stands on it."""
    sheet = _Sheet(PlanView(plan))
    return document_of(plan, title="For you", kind=KIND, first=(sheet.first(),), rest=sheet.rest(), with_record=False)


class _Sheet:
    """Puts the pack's pieces together; only pieces that certainly apply are printed."""

    def __init__(self, view: PlanView) -> None:
        self.view = view

    # -- pieces -----------------------------------------------------------------------------------

    def pieces(self, place: str) -> list[FixedText]:
        return [
            one
            for one in self.view.pack.texts
            if one.place == HANDOUT + place and self.view.text_fits(one) is Truth.YES
        ]

    def words(self, place: str) -> str:
        """All pieces of a place, filled in, as one paragraph."""
        return " ".join(self.filled(one.text) for one in self.pieces(place))

    def filled(self, words: str) -> str:
        _, _, side = self.view.decision.imaging.root.partition(".")
        clinic = self.view.plan.clinic
        words = words.replace(f"{_LEG} ", f"{side} " if side else "")
        if self.view.plan.clinician is not None:
            words = words.replace(_CLINICIAN, self.view.plan.clinician.name)
        return words.replace(_PHONE, clinic.telephone if clinic is not None and clinic.telephone else "________")

    # -- what was decided -------------------------------------------------------------------------

    @property
    def accepted(self) -> list[OptionAdvice]:
        taken = {Verdict.ACCEPT, Verdict.CHANGE}
        return [
            advice
            for advice in self.view.decision.options
            if advice.id in self.view.choices and self.view.choices[advice.id].verdict in taken
        ]

    def decided(self) -> Iterable[Text]:
        """One line for each accepted option in the pack's words for patients, as far as it is not said elsewhere.

        Of a changed option the clinician's own words stand, never the pack's sentence alone: it may say the opposite.
        """
        for advice in self.accepted:
            option, choice = self.view.option(advice.id), self.view.choices[advice.id]
            if option is None:
                continue
            if choice.verdict is Verdict.CHANGE:
                yield text(f"{sentence(advice.title)} {self.words('changed')} ", bold(sentence(choice.reason)))
            elif option.for_patient and option.group != _REFERRAL and not self.pieces(f"accepted.{advice.id}"):
                yield text(sentence(option.for_patient))  # others stand among the next steps or as a paragraph

    # -- pages ------------------------------------------------------------------------------------

    def first(self) -> tuple[Block, ...]:
        blocks: list[Block] = [Paragraph(text(self.words("title")), "title", 2.0)]
        if intro := self.words("intro"):
            blocks.append(Paragraph(text(intro), _STYLE, 4.0))
        if steps := self._next():
            blocks.append(NextSteps(self.words("next.title"), tuple(steps)))
        blocks.append(self._get_help())
        today = Listing(tuple(text(one.text) for one in self.pieces("today")), style=_STYLE)
        blocks.append(
            Side(
                (Heading(self.words("do.title"), 0), Paragraph(text(self.words("do")), _STYLE)),
                (Heading(self.words("today.title"), 0), today),
            )
        )
        return tuple(blocks)

    def _next(self) -> list[tuple[str, Text]]:
        tier = self.view.decision.tier
        referred = [one for one in self.accepted if one.group == _REFERRAL]
        rows: list[tuple[str, Text]] = []
        dated = [one for one in referred if self.pieces(f"dated.{one.id}")]
        if tier.due_date is not None and not tier.clock_stopped and dated:
            late = tier.overdue_days > 0
            before, _, after = self.words(f"{'late' if late else 'dated'}.{dated[0].id}").partition(_WHEN)
            rows.append(("calendar", text(before, bold(weekday(tier.due_date)), after)))
            if not late:
                before, _, after = self.words("next.call").rpartition(": ")
                rows.append(("phone", text(f"{before}: ", bold(after))))
        for one in referred:
            option = self.view.option(one.id)
            said = bool(rows) and one in dated
            if option is not None and option.for_patient and not said:
                rows.append(("tick", text(sentence(option.for_patient))))
        return rows

    def _get_help(self) -> GetHelp:
        clinic = self.view.plan.clinic
        numbers = clinic.phones if clinic is not None else {}
        first = next((phone.id for phone in self.view.pack.phones if phone.required), "")
        return GetHelp(
            self.words("now.title"),
            self.words("now.how"),
            numbers.get(first, ""),
            tuple(one.text for one in self.pieces("now")),
        )

    def _standing(self) -> Text:
        """Who decided, whether it is signed, and in what state the content is."""
        plan = self.view.plan
        state = self.words("not_signed" if plan.signed_on is None else "signed")
        holds = f" {self.words('holds')}" if plan.clinician is not None else ""
        return text(bold(f"{state} {self.view.pack.info.state_words}."), quiet(holds))

    def rest(self) -> tuple[Block, ...]:
        blocks: list[Block] = []
        if lines := list(self.decided()):
            blocks += [Heading(self.words("decided.title"), 0), Listing(tuple(lines), style=_STYLE)]
        for name in dict.fromkeys([*(one.id for one in self.accepted), *(one.group for one in self.accepted)]):
            if words := self.words(f"accepted.{name}"):
                blocks += [Heading(self.words(f"accepted.{name}.title"), 0), Paragraph(text(words), _STYLE)]
        blocks += [Heading(self.words("questions"), 0), *(AskBack("") for _ in range(2))]
        blocks += [AskBack(self.words("teach_back")), Paragraph(self._standing(), "body", 12.0)]
        return tuple(blocks)
