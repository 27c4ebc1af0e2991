"""The sheet with the patient's choices as a content tree: every option that can be had, the good beside the bad.

Its language is the patient's, by the rules of the handout: a draft stands beside the clinic's language.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.documents.ipdas import in_every_language, self_check
from desktop_app.documents.masthead import document_of
from desktop_app.documents.patient_words import STANDS_IN, filled, words_for
from desktop_app.documents.tree import (
    AskBack,
    Block,
    ChoiceCard,
    Document,
    Heading,
    Listing,
    Paragraph,
    Side,
    TickLines,
    bold,
    quiet,
    text,
)
from desktop_app.documents.two_languages import (
    Part,
    approval,
    foreign,
    no_words,
    not_reviewed,
    rows_of,
    share_of_left,
)
from desktop_app.documents.view import CHOICES, PlanView
from desktop_app.documents.words import listed, low
from desktop_app.engine.decision import Status
from desktop_app.engine.model import Check
from desktop_app.language import tr
from desktop_app.use_cases.domain import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from desktop_app.documents.patient_words import PatientWords
    from desktop_app.engine.decision import OptionAdvice
    from desktop_app.engine.model import Source
    from desktop_app.engine.translations import Translation
    from desktop_app.use_cases.ports import PlanInput

KIND = "patient_choices"
_MOST_OPEN = 4
_POINTS = "{points}"
_LARGE = "large"
_BESIDE = "clear"  # of two languages beside each other: as many words again have to find room
_BELOW_PANEL = 9.0  # points
_PARTS = ("title", "good", "bad", "sure")
_STANDS = {Status.OFFERED, Status.CONDITIONAL}


def choices_tree(plan: PlanInput) -> Document:
    """Each option that is offered or conditional and has words for patients; never one that is barred or held back."""
    view = PlanView(plan)
    own, other = _Sheet(view, words_for(plan.pack, "")), _Sheet(view, words_for(plan.pack, plan.patient.language))
    translation = other.language.translation
    if translation is None:
        told = other.blocks()
        whole: Part = (*told, *_check(view, (told,), own.paid()))
        if plan.patient.language not in {"", plan.pack.info.language}:
            whole = (no_words(plan.patient.language), *whole)
    elif translation.approved:
        told = other.blocks()
        checked = _check(view, (told,), (foreign(translation, other.paid()),))
        whole = (foreign(translation, told), *checked, approval(view, translation))
    else:
        both = own.blocks(), other.blocks()
        whole = (*_beside(*both, translation),
                 *_check(view, both, tuple(_rows_beside(own.paid(), other.paid(), translation))))
    return document_of(plan, title=tr("For you"), kind=KIND, first=(whole,), with_record=False)


def _beside(own: Part, other: Part, translation: Translation) -> Iterator[Block]:
    """The sheet in the clinic's language and beside it in the patient's, row beside row; a choice stays on one page."""
    for place, (one, same) in enumerate(zip(own, other, strict=True)):
        if isinstance(one, ChoiceCard) and isinstance(same, ChoiceCard):
            yield from _card_beside(one, same, translation)
        elif isinstance(one, AskBack):
            yield replace(one, spare=True)  # lines to write on, in whichever language; no page for them alone
        else:
            yield from _rows_beside((_narrow(one),), (_narrow(same),), translation, _BELOW_PANEL if place == 1 else 0.0)
        if place == 0:
            yield not_reviewed(translation)


def _rows_beside(own: Part, other: Part, translation: Translation, above: float = 0.0) -> Iterator[Side]:
    share = share_of_left(translation)
    for one, same in rows_of(own, other):
        keep = isinstance(one[-1], Listing) and one[-1].keep
        yield Side(one, (foreign(translation, same),), share, above=above, keep=keep)


def _card_beside(own: ChoiceCard, other: ChoiceCard, translation: Translation) -> Iterator[Side]:
    """Title, good, bad and how sure we are as rows; good and bad in the same size, never torn from each other."""
    rows = list(zip(_card_rows(own), _card_rows(other), strict=True))
    for place, (one, same) in enumerate(rows, 1):
        yield Side(one, (foreign(translation, same),), share_of_left(translation), keep=place < len(rows))


def _card_rows(card: ChoiceCard) -> Iterator[Part]:
    yield (Heading(card.title, 0),)
    for label, words in (card.good, card.bad):
        yield (Paragraph(text(label), style="label", gap=4.0), Paragraph(text(words), _BESIDE))
    yield (Paragraph(text(bold(f"{card.sure[0]} "), card.sure[1]), "body", 5.0),)
    if card.talk:
        yield (Paragraph(text(bold(card.talk)), "body", 1.0),)


def _narrow(block: Block) -> Block:
    """A block as it stands in one of two columns."""
    if isinstance(block, TickLines):
        return replace(block, count=1)
    if isinstance(block, Paragraph | Listing) and block.style == _LARGE:
        return replace(block, style=_BESIDE)
    return block


def choices_of(view: PlanView) -> list[OptionAdvice]:
    """The options on the sheet: waiting first, the others in the order of the pack."""
    told = {one.place for one in view.pack.texts}
    shown = [
        one
        for one in view.decision.options
        if one.status in _STANDS
        and not _declined(view, one)
        and all(f"{CHOICES}{one.id}.{part}" in told for part in _PARTS)
    ]
    return sorted(shown, key=lambda one: one.group != "general")


def _declined(view: PlanView, advice: OptionAdvice) -> bool:
    """Said no to in this very decision: no choice any more."""
    choice = view.choices.get(advice.id)
    return choice is not None and choice.verdict is Verdict.DECLINE


class _Sheet:
    """The sheet's own part, for the patient, in one language: the same blocks in every language."""

    def __init__(self, view: PlanView, language: PatientWords) -> None:
        self.view = view
        self.language = language

    def words(self, place: str) -> list[str]:
        return [self.language.text(one) for one in self.view.pack.texts if one.place == CHOICES + place]

    def one(self, place: str) -> str:
        return " ".join(self.words(place))

    def blocks(self) -> Part:
        labels = {part: self.one(part) for part in _PARTS}
        return (
            Paragraph(text(labels["title"]), "title", 2.0),
            Paragraph(text(self.one("intro")), _LARGE, 4.0),
            *(self.card(option, labels) for option in choices_of(self.view)),
            Paragraph(text(self.one("numbers")), "body", 8.0),
            Paragraph(text(self.one("life")), _LARGE, 6.0),
            Heading(self.one("matters"), 0),
            TickLines(tuple(self.words("matters.item"))),
            Heading(self.one("ask"), 0),
            Listing(tuple(text(words) for words in self.words("ask.item")), style=_LARGE, keep=True),
            AskBack("", keep=True),
            AskBack(""),
        )

    def card(self, option: OptionAdvice, labels: Mapping[str, str]) -> ChoiceCard:
        title, good, bad, sure = (self.one(f"{option.id}.{part}") for part in _PARTS)
        if any(one.check is Check.UNCHECKED for one in self.view.pack.texts if one.place in _places(option)):
            sure = f"{sure} {self.one('unchecked')}"
        sides = (labels["good"], good), (labels["bad"], bad)
        return ChoiceCard(title, *sides, (labels["sure"], sure), self.to_talk_about(option))

    def to_talk_about(self, option: OptionAdvice) -> str:
        """What of this patient speaks for care with the option, or has still to be asked; "" when nothing does.

        The points are the clinician's words: nobody translated them, so they stand in English, marked.
        """
        clauses = {clause.id: clause.label for clause in self.view.pack.options[option.id].conditional_when}
        met = [low(clauses[name]) for name in option.cautions_met if name in clauses]
        unknown = [low(clauses[name]) for name in option.cautions_open if name in clauses]
        return " ".join(
            filled(self.one(place) or _POINTS, _POINTS, self.clinicians(points))
            for place, points in (("talk", listed(met)), ("open", listed(unknown, _MOST_OPEN)))
            if points
        )

    def clinicians(self, points: str) -> str:
        return points if self.language.translation is None else f"{STANDS_IN} {points}"

    def paid(self) -> Part:
        """Who paid for the sheet, or that nobody has said."""
        words = self.one("paid") or self.one("paid.unknown")
        return (Paragraph(text(words), "small"),) if words else ()


def _places(option: OptionAdvice) -> set[str]:
    return {f"{CHOICES}{option.id}.{part}" for part in _PARTS}


def _check(view: PlanView, told: Sequence[Part], paid: Part) -> Part:
    """For the clinic: which sources speak on the sheet, and how it does against the items of IPDAS in each language."""
    places = {place for option in choices_of(view) for place in _places(option)}
    used = dict.fromkeys(name for one in view.pack.texts if one.place in places for name in one.basis)
    named = [view.pack.disagreements[name].source if name in view.pack.disagreements else name for name in used]
    sources = [view.pack.sources[name] for name in dict.fromkeys(named) if name in view.pack.sources]
    info = view.pack.info
    payer = any(one.place == f"{CHOICES}paid" for one in view.pack.texts)
    items = in_every_language([self_check(blocks, info, len(sources), payer_named=payer) for blocks in told])
    asked = [item for item in items if item.met is not None]
    met = [item for item in asked if item.met]
    missed = [f"{item.asks} ({item.number})" for item in asked if not item.met]
    return (
        Heading(tr("About this sheet"), 1, tr("Guideline {version}; to be looked at again by {day}.").format(
            version=info.version, day=info.review_by or tr("no date"))),
        *paid,
        Paragraph(
            text(
                bold(tr("Self-check against IPDAS: {count} of {all} items that apply.").format(
                    count=len(met), all=len(asked)) + " "),
                tr("Not met: {items}.").format(items=listed(missed)) + " " if missed else "",
                quiet(tr("No patient and no outside reader has tried this sheet. Four items on tests do not apply.")),
            ),
            "small",
        ),
        Heading(tr("Sources"), 3),
        Listing(
            tuple(text(_cited(one)) for one in sources),
            style="fine",
        ),
    )


def _cited(source: Source) -> str:
    """Title and year; a title that already holds the year, and words in place of a year, are left alone."""
    year = source.year if any(sign.isdigit() for sign in source.year) else ""
    known = source.title if not year or year in source.title else f"{source.title}, {year}"
    return f"{known}. {tr('Not checked.') if source.check is Check.UNCHECKED else ''}".strip()
