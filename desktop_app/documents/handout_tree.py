"""The patient's sheet as a content tree: plain words, large type, only what was decided.

In another language it stands alone once a named person approved the translation. Until then each part stands
beside the clinic's language, and the emergency list is told by pictures and the number alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.documents.masthead import document_of
from desktop_app.documents.patient_words import filled, with_bold, words_for
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
from desktop_app.documents.two_languages import Part, approval, foreign, no_words, not_reviewed, rows_of, share_of_left
from desktop_app.documents.view import HANDOUT, PlanView
from desktop_app.documents.words import sentence
from desktop_app.engine.decision import Truth
from desktop_app.language import tr
from desktop_app.use_cases.domain import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop_app.documents.patient_words import PatientWords
    from desktop_app.engine.decision import OptionAdvice
    from desktop_app.engine.model import FixedText, Option
    from desktop_app.engine.translations import Translation
    from desktop_app.use_cases.ports import PlanInput

KIND = "patient_handout"
_STYLE = "large"
_BESIDE = "clear"  # of two languages beside each other: as many words again have to find room
_WHEN, _PHONE, _LEG, _CLINICIAN = "{when}", "{phone}", "{leg}", "{clinician}"
_REFERRAL = "referral"
_BELOW_PANEL = 9.0  # points
NO_BREAK = "\N{NO-BREAK SPACE}"


def handout_tree(plan: PlanInput) -> Document:
    """The sheet of one decision. Nothing that was not accepted stands on it."""
    view = PlanView(plan)
    words = words_for(plan.pack, plan.patient.language)
    own = _Sheet(view, words_for(plan.pack, ""))
    if words.translation is None:
        first, rest = own.first(), own.rest()
        if plan.patient.language not in {"", plan.pack.info.language}:
            first = (no_words(plan.patient.language), *first)
    elif words.translation.approved:
        sheet = _Sheet(view, words)
        first, rest = sheet.first(), sheet.rest()
        first, rest = (foreign(words.translation, first),), (foreign(words.translation, rest),)
        rest = (*rest, approval(view, words.translation))
    else:
        pair = _Sheet(view, words_for(plan.pack, ""), _BESIDE), _Sheet(view, words, _BESIDE)
        first, rest = _beside(*pair, words.translation)
    return document_of(plan, title=tr("For you"), kind=KIND, first=(first,), rest=rest, with_record=False)


def _beside(own: _Sheet, other: _Sheet, translation: Translation) -> tuple[Part, Part]:
    """Each part in the clinic's language and beside it in the patient's; emergencies by picture and number."""
    share = share_of_left(translation)

    def pairs(left: list[Part], right: list[Part], above: float = 0.0) -> list[Block]:
        return [
            Side(one, (foreign(translation, same),), share, above=above)
            for both in zip(left, right, strict=True)
            for one, same in rows_of(*both)
        ]

    title, *opening = zip(own.opening(), other.opening(), strict=True)

    def framed(place: int) -> bool:
        return isinstance(opening[place][0][0], NextSteps)

    first: Part = (
        *pairs([title[0]], [title[1]]),
        not_reviewed(translation),
        own.get_help(by_picture=True),
        *(block for place, (one, same) in enumerate(opening)
          for block in pairs([one], [same], _BELOW_PANEL if place == 0 or framed(place - 1) else 0.0)),
    )
    # One under the other over the whole width: beside each other they took the lines that a page was short of.
    standing = own.standing(), foreign(translation, (replace(other.standing(), gap=2.0),))
    return first, (*pairs(own.closing(), other.closing()), *standing)


class _Sheet:
    """Puts the pack's pieces together in one language; only pieces that certainly apply are printed."""

    def __init__(self, view: PlanView, words: PatientWords, style: str = _STYLE) -> None:
        self.view = view
        self.language = words
        self.style = style

    # -- pieces -----------------------------------------------------------------------------------

    def pieces(self, place: str) -> list[FixedText]:
        return [
            one
            for one in self.view.pack.texts
            if one.place == HANDOUT + place and self.view.text_fits(one) is Truth.YES
        ]

    def words(self, place: str) -> str:
        """All pieces of a place, filled in, as one paragraph."""
        return " ".join(self.filled(self.language.text(one)) for one in self.pieces(place))

    def filled(self, words: str) -> str:
        """With side, name and number in their gaps; {when} stays for whoever knows the day."""
        _, _, side = self.view.decision.imaging.root.partition(".")
        words = filled(words, _LEG, self.language.side(side)) if _LEG in words else words
        if self.view.plan.clinician is not None:
            words = words.replace(_CLINICIAN, self.view.plan.clinician.name)
        return words.replace(_PHONE, self.phone)

    @property
    def phone(self) -> str:
        clinic = self.view.plan.clinic
        number = clinic.telephone if clinic is not None and clinic.telephone else "________"
        return number.replace(" ", NO_BREAK)

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
                apart = " " if self.language.translation is None else "\n"  # nobody translated the clinician's words
                yield text(f"{self._about(option)} {self.words('changed')}{apart}", bold(sentence(choice.reason)))
            elif option.for_patient and option.group != _REFERRAL and not self.pieces(f"accepted.{advice.id}"):
                yield text(self.language.option(option))  # others stand among the next steps or as a paragraph

    def _about(self, option: Option) -> str:
        """What an option is about, in the patient's words; as the clinician knows it where a pack has none."""
        return self.words(f"about.{option.topic or option.group}") or sentence(option.title)

    # -- parts, the same in number and order in every language --------------------------------------

    def opening(self) -> list[Part]:
        """Everything before and around the emergency list: title, next steps, what it is, what to do."""
        title, *others = self._title(), self._next_steps(), self._intro(), self._do(), self._today()
        return [title, *(part for part in others if part)]

    def closing(self) -> list[Part]:
        parts: list[Part] = []
        if lines := list(self.decided()):
            parts.append((Heading(self.words("decided.title"), 0), Listing(tuple(lines), style=self.style)))
        named = dict.fromkeys([*(one.id for one in self.accepted), *(one.group for one in self.accepted)])
        parts += [
            (Heading(self.words(f"accepted.{name}.title"), 0), Paragraph(text(words), self.style))
            for name in named
            if (words := self.words(f"accepted.{name}"))
        ]
        to_write_on = AskBack("", keep=True, spare=True), AskBack("", keep=True, spare=True)  # never torn from the last
        parts += [(Heading(self.words("questions"), 0, spare=True), *to_write_on)]
        return [*parts, (AskBack(self.words("teach_back")),)]

    def standing(self) -> Paragraph:
        return Paragraph(self._standing(), "body", 12.0)

    def _title(self) -> Part:
        return (Paragraph(text(self.words("title")), "title", 2.0),)

    def _intro(self) -> Part:
        intro = self.words("intro")
        return (Paragraph(text(intro), self.style, 4.0),) if intro else ()

    def _next_steps(self) -> Part:
        steps = self._next()
        return (NextSteps(self.words("next.title"), tuple(steps), self.style),) if steps else ()

    def _do(self) -> Part:
        return (Heading(self.words("do.title"), 0), Paragraph(text(self.words("do")), self.style))

    def _today(self) -> Part:
        signs = tuple(text(self.language.text(one)) for one in self.pieces("today"))
        return (Heading(self.words("today.title"), 0), Listing(signs, style=self.style))

    def _next(self) -> list[tuple[str, Text]]:
        tier = self.view.decision.tier
        referred = [one for one in self.accepted if one.group == _REFERRAL]
        rows: list[tuple[str, Text]] = []
        dated = [one for one in referred if self.pieces(f"dated.{one.id}")]
        if tier.due_date is not None and not tier.clock_stopped and dated:
            late = tier.overdue_days > 0
            words = self.words(f"{'late' if late else 'dated'}.{dated[0].id}")
            rows.append(("calendar", with_bold(words, _WHEN, self.language.day(tier.due_date))))
            if not late:
                call = " ".join(self.language.text(one) for one in self.pieces("next.call"))
                rows.append(("phone", with_bold(call, _PHONE, self.phone)))
        for one in referred:
            option = self.view.option(one.id)
            said = bool(rows) and one in dated
            if option is not None and option.for_patient and not said:
                rows.append(("tick", text(self.language.option(option))))
        return rows

    def get_help(self, *, by_picture: bool = False) -> GetHelp:
        clinic = self.view.plan.clinic
        numbers = clinic.phones if clinic is not None else {}
        first = next((phone.id for phone in self.view.pack.phones if phone.required), "")
        signs = self.pieces("now")
        return GetHelp(
            self.words("now.title"),
            self.words("now.how"),
            numbers.get(first, ""),
            tuple(self.language.text(one) for one in signs),
            tuple(one.picture for one in signs),
            by_picture,
        )

    def _standing(self) -> Text:
        """Who decided, whether it is signed, and in what state the content is."""
        plan = self.view.plan
        state = self.words("not_signed" if plan.signed_on is None else "signed")
        holds = f" {self.words('holds')}" if plan.clinician is not None else ""
        if self.language.translation is not None:
            return text(bold(state), holds)
        return text(bold(f"{state} {self.view.pack.info.state_words}."), quiet(holds))

    # -- a sheet in one language --------------------------------------------------------------------

    def first(self) -> Part:
        opening = (*self._title(), *self._intro(), *self._next_steps())
        return (*opening, self.get_help(), Side(self._do(), self._today()))

    def rest(self) -> Part:
        return (*(block for part in self.closing() for block in part), self.standing())
