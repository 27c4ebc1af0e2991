"""The sheet with the patient's choices as a content tree: every option that can be had, the good beside the bad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.ipdas import self_check
from desktop_app.documents.masthead import document_of
from desktop_app.documents.patient_words import words_for
from desktop_app.documents.tree import (
    AskBack,
    Block,
    ChoiceCard,
    Document,
    Heading,
    Listing,
    Note,
    Paragraph,
    TickLines,
    bold,
    quiet,
    text,
)
from desktop_app.documents.view import CHOICES, PlanView
from desktop_app.documents.words import listed, low
from desktop_app.engine.decision import Status
from desktop_app.engine.model import Check
from desktop_app.language import later, tr
from desktop_app.use_cases.domain import Verdict

if TYPE_CHECKING:
    from desktop_app.engine.decision import OptionAdvice
    from desktop_app.engine.model import Source
    from desktop_app.use_cases.ports import PlanInput

KIND = "patient_choices"
_UNCHECKED = later("(We have not checked the source of this.)")
_MOST_OPEN = 4
_PARTS = ("title", "good", "bad", "sure")
_STANDS = {Status.OFFERED, Status.CONDITIONAL}


def choices_tree(plan: PlanInput) -> Document:
    """Each option that is offered or conditional and has words for patients; never one that is barred or held back."""
    view = PlanView(plan)
    blocks = _blocks(view)
    return document_of(
        plan, title=tr("For you"), kind=KIND, first=((*blocks, *_check(view, blocks)),), with_record=False
    )


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


def _words(view: PlanView, place: str) -> list[str]:
    return [one.text for one in view.pack.texts if one.place == CHOICES + place]


def _one(view: PlanView, place: str) -> str:
    return " ".join(_words(view, place))


def _blocks(view: PlanView) -> tuple[Block, ...]:
    labels = {part: _one(view, part) for part in _PARTS}
    blocks: list[Block] = [
        Paragraph(text(labels["title"]), "title", 2.0),
        *_only_here(view),
        Paragraph(text(_one(view, "intro")), "large", 4.0),
    ]
    for option in choices_of(view):
        title, good, bad, sure = (_one(view, f"{option.id}.{part}") for part in _PARTS)
        if any(one.check is Check.UNCHECKED for one in view.pack.texts if one.place in _places(option)):
            sure = f"{sure} {tr(_UNCHECKED)}"
        sides = (labels["good"], good), (labels["bad"], bad)
        blocks.append(ChoiceCard(title, *sides, (labels["sure"], sure), _to_talk_about(view, option)))
    blocks += [
        Paragraph(text(_one(view, "numbers")), "body", 8.0),
        Paragraph(text(_one(view, "life")), "large", 6.0),
        Heading(_one(view, "matters"), 0),
        TickLines(tuple(_words(view, "matters.item"))),
        Heading(_one(view, "ask"), 0),
        Listing(tuple(text(words) for words in _words(view, "ask.item")), style="large", keep=True),
        AskBack("", keep=True),
        AskBack(""),
    ]
    return tuple(blocks)


def _only_here(view: PlanView) -> list[Block]:
    """For a patient who reads another language: that this sheet has no words in it."""
    language, info = view.plan.patient.language, view.pack.info
    if language in {"", info.language}:
        return []
    translation = words_for(view.pack, language).translation
    named = tr("the patient's language ({language})").format(language=language)
    words = tr("This sheet has no words in {language}. Go through it with somebody who speaks both languages.").format(
        language=translation.english_name if translation is not None else named)
    return [Note(tr("Not translated"), (text(words),), "triangle")]


def _places(option: OptionAdvice) -> set[str]:
    return {f"{CHOICES}{option.id}.{part}" for part in _PARTS}


def _to_talk_about(view: PlanView, option: OptionAdvice) -> str:
    """What of this patient speaks for care with the option, or has still to be asked; "" when nothing does."""
    clauses = {clause.id: clause.label for clause in view.pack.options[option.id].conditional_when}
    met = [low(clauses[name]) for name in option.cautions_met if name in clauses]
    unknown = [low(clauses[name]) for name in option.cautions_open if name in clauses]
    parts = (
        tr("For you, to talk about: {points}.").format(points=listed(met)) if met else "",
        tr("Not known yet: {points}.").format(points=listed(unknown, _MOST_OPEN)) if unknown else "",
    )
    return " ".join(part for part in parts if part)


def _check(view: PlanView, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """For the clinic: which sources speak on the sheet, and how it does against the items of IPDAS."""
    places = {place for option in choices_of(view) for place in _places(option)}
    used = dict.fromkeys(name for one in view.pack.texts if one.place in places for name in one.basis)
    named = [view.pack.disagreements[name].source if name in view.pack.disagreements else name for name in used]
    sources = [view.pack.sources[name] for name in dict.fromkeys(named) if name in view.pack.sources]
    info = view.pack.info
    paid = _one(view, "paid")
    items = self_check(blocks, info, len(sources), payer_named=bool(paid))
    asked = [item for item in items if item.met is not None]
    met = [item for item in asked if item.met]
    missed = [f"{item.asks} ({item.number})" for item in asked if not item.met]
    return (
        Heading(tr("About this sheet"), 1, tr("Guideline {version}; to be looked at again by {day}.").format(
            version=info.version, day=info.review_by or tr("no date"))),
        *(Paragraph(text(words), "small") for words in (paid or _one(view, "paid.unknown"),) if words),
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
