"""What the advice rests on: disagreements, sources with how far they were checked, own decisions, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.options_part import FULL, in_full
from desktop_app.documents.tree import Block, Columns, Heading, Listing, Paragraph, bold, mark, quiet, text
from desktop_app.documents.words import (
    CHECK_WORDS,
    CONFIDENCE_WORDS,
    DIRECTION_WORDS,
    FIT_WORDS,
    KIND_WORDS,
    YEAR_WORDS,
    apart,
    listed,
    sentence,
)
from desktop_app.engine.decision import Status, Truth
from desktop_app.engine.model import Check
from desktop_app.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop_app.documents.tree import Run
    from desktop_app.documents.view import PlanView
    from desktop_app.engine.decision import OptionAdvice
    from desktop_app.engine.model import Disagreement


def basis(view: PlanView) -> tuple[Block, ...]:
    return (*_disagreements(view), *_sources(view), *_decisions(view), *_limits(view))


# -- disagreements --------------------------------------------------------------------------------


def _speaks(view: PlanView, advice: OptionAdvice) -> bool:
    """Whether an option stands in full; under an emergency only what is not held back."""
    return advice.status in FULL if view.emergency else in_full(view, advice)


def _touched(view: PlanView) -> Mapping[str, Truth]:
    """Disagreements with advice that stands in full on this paper, and whether each fits this patient."""
    found: dict[str, Truth] = {}
    shown = [one for advice in view.decision.options if _speaks(view, advice) for one in advice.disagreements]
    shown += [one for result in view.decision.tier.reasons for one in result.disagreements]
    for one in shown:
        if one.fits is not Truth.NO:
            found[one.id] = one.fits
    return {name: found[name] for name in view.pack.disagreements if name in found}


def _check(check: Check) -> Run:
    words = CHECK_WORDS[check]
    return bold(words) if check is Check.UNCHECKED else quiet(words)


def _disagreements(view: PlanView) -> list[Block]:
    touched = _touched(view)
    blocks: list[Block] = [
        Heading(tr("Where guidance disagrees"), 1,
                tr("Shown beside the advice that stands in full, and never merged into it."))
    ]
    if not touched:
        return [*blocks, Paragraph(text(tr("No disagreement touches the advice on this paper.")), "small")]
    inner = [_disagreement(view, view.pack.disagreements[name], fits) for name, fits in touched.items()]
    blocks.append(Columns(tuple(inner)))
    others = [name for name in view.pack.disagreements if name not in touched]
    if others:
        words = tr("Not touching this advice, or certainly not fitting this patient: {names}.").format(
            names=listed(others)
        )
        blocks.append(Paragraph(text(quiet(words)), "fine"))
    return blocks


def _disagreement(view: PlanView, one: Disagreement, fits: Truth) -> Paragraph:
    fit = apart(("", FIT_WORDS[fits])) if one.applies_when is not None else ""
    direction = DIRECTION_WORDS.get(one.direction, one.direction)
    year = YEAR_WORDS.get(one.year, one.year)
    return Paragraph(
        text(
            mark("scales"),
            bold(tr("{label}: ").format(label=f"{one.id} {view.short_source(one.source)}, {year}, {direction}")),
            sentence(one.says),
            quiet(" " + apart((one.strength or tr("strength not stated"), ""))),
            _check(one.check),
            quiet(", " + tr("confidence {degree}").format(degree=CONFIDENCE_WORDS.get(one.confidence, one.confidence))
                  + fit),
        ),
        "fine",
        2.2,
    )


# -- sources --------------------------------------------------------------------------------------


def _source_names(view: PlanView) -> list[str]:
    """Sources that the advice in full, the criteria and the numbers of this paper rest on, as the pack orders them."""
    wanted: set[str] = {view.pack.disagreements[name].source for name in _touched(view)}
    bases: set[str] = set()
    for result in view.decision.tier.reasons:
        bases.update(result.basis)
    for advice in view.decision.options:
        option = view.option(advice.id)
        if option is None or not (_speaks(view, advice) or advice.status is Status.PROHIBITED):
            continue
        bases.update((*option.statements, *option.basis))
        spoken = {*advice.cautions_met, *advice.prohibited_by}
        for clause in (*option.conditional_when, *option.never_when):
            if clause.id in spoken:
                bases.update(clause.basis)
        for note in advice.notes:
            bases.update(note.basis)
    for part in view.decision.medicines.values():
        if isinstance(part, dict) and isinstance(part.get("source"), str):
            wanted.add(part["source"])
    for name in bases:
        statement = view.pack.statements.get(name)
        wanted.update(statement.sources if statement is not None else (name,))
    return [name for name in view.pack.sources if name in wanted]


def _sources(view: PlanView) -> list[Block]:
    names = _source_names(view)
    if not names:
        return []
    inner: list[Block] = []
    if view.pack.info.article:
        inner.append(Paragraph(text(bold(tr("The article: ")), sentence(view.pack.info.article)), "fine", 1.0))
    for name in names:
        source = view.pack.sources[name]
        year, kind = YEAR_WORDS.get(source.year, source.year), KIND_WORDS.get(source.kind, source.kind)
        words = text(
            bold(source.title),
            quiet(apart(("", year, kind, ""))),
            _check(source.check),
        )
        inner.append(Paragraph(words, "fine", 1.0))
    note = tr(
        "Cited on this paper. Read: the source's own page was read. Second-hand: read in a document that names it. "
        "Unchecked: general knowledge that nobody has checked against the original."
    )
    return [Heading(tr("Sources"), 1, note), Columns(tuple(inner))]


# -- own decisions and limits -----------------------------------------------------------------------


def _decisions(view: PlanView) -> list[Block]:
    """Those that the tier, an option in full or an unanswered screen rests on; they may be all."""
    used = {name for one in (*view.decision.tier.reasons, *view.decision.tier.open_criteria) for name in one.basis}
    for advice in view.decision.options:
        option = view.option(advice.id)
        if option is not None and _speaks(view, advice):
            used.update(option.basis)
    texts = [one for one in view.plan_texts if one.when is None and not view.emergency]
    used.update(name for one in texts for name in one.basis)
    inner: list[Block] = [
        Paragraph(text(bold(f"{one.id}. "), sentence(one.text)), "fine", 1.5)
        for one in view.pack.statements.values()
        if one.kind == "decision" and one.id in used
    ]
    if not inner:
        return []
    note = tr("Where the article is silent or ambiguous, this guideline decided the following; a clinician may differ.")
    return [Heading(tr("Decisions of interpretation"), 1, note), Columns(tuple(inner))]


def _limits(view: PlanView) -> list[Block]:
    info = view.pack.info
    items = [
        text(
            bold(f"{info.state_words}. "),
            tr("{title}, version {version}; review by {day}.").format(
                title=info.title, version=info.version, day=info.review_by or tr("date not set")),
        ),
        text(bold(tr("For whom: ")), sentence(info.for_whom)),
        *([text(bold(tr("Not for: ")), sentence(listed(info.not_for)))] if info.not_for else []),
        *([text(bold(tr("Meant for: ")), sentence(info.intended_user))] if info.intended_user else []),
        text(tr(
            "This program supports a clinician who can check the basis of what it says. It gives no orders, reads no "
            "images, and knows only what was entered; what was not asked counts as unknown, never as no."
        )),
    ]
    items += [text(sentence(one.text)) for one in view.texts("limits", "plan.limits", "plan_limits")]
    items.append(text(tr("Content fingerprint (SHA-256): {hash}").format(hash=view.decision.content_hash)))
    return [Heading(tr("Limits of this paper"), 1), Columns((Listing(tuple(items), style="fine"),))]
