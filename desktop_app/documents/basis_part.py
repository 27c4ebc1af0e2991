"""What the advice rests on: disagreements, sources with how far they were checked, own decisions, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.tree import Block, Column, Heading, Listing, Paragraph, Row, Table, Text, bold, quiet, text
from desktop_app.documents.words import CHECK_WORDS, FIT_WORDS, listed, sentence
from desktop_app.engine.decision import Status
from desktop_app.engine.model import Check

if TYPE_CHECKING:
    from desktop_app.documents.view import PlanView
    from desktop_app.engine.model import Disagreement

_SHOWN = {Status.OFFERED, Status.CONDITIONAL, Status.OPEN}


def basis(view: PlanView) -> tuple[Block, ...]:
    return (*_disagreements(view), *_sources(view), *_decisions(view), *_limits(view))


# -- disagreements --------------------------------------------------------------------------------


def _touched(view: PlanView) -> list[Disagreement]:
    """Disagreements with any advice that stands on this paper, in the order of the pack."""
    names: dict[str, None] = {}
    for advice in view.decision.options:
        option = view.option(advice.id)
        if option is not None and (advice.status in _SHOWN or advice.id in view.choices):
            names.update(dict.fromkeys(option.disagreements))
    for result in (*view.decision.tier.reasons, *view.decision.tier.open_criteria):
        criterion = view.pack.criteria.get(result.id)
        if criterion is not None:
            names.update(dict.fromkeys(criterion.disagreements))
    return [one for name, one in view.pack.disagreements.items() if name in names]


def _fit(view: PlanView, one: Disagreement) -> str:
    if one.applies_when is None:
        return ""
    name = getattr(one.applies_when, "condition", None)
    truth = view.decision.conditions.get(name) if isinstance(name, str) else None
    return FIT_WORDS[truth] if truth is not None else ""


def _check(check: Check) -> Text:
    words = CHECK_WORDS[check]
    return text(bold(words)) if check is Check.UNCHECKED else text(words)


def _disagreements(view: PlanView) -> list[Block]:
    touched = _touched(view)
    others = [name for name in view.pack.disagreements if name not in {one.id for one in touched}]
    blocks: list[Block] = [Heading("Where guidance disagrees", 1, "Shown beside the advice and never merged into it.")]
    if touched:
        rows = []
        for one in touched:
            source = [text(bold(one.id), f" {view.source_title(one.source)}, {one.year}")]
            if one.touches:
                source.append(text(quiet(f"touches {listed(one.touches, 6)}")))
            if fit := _fit(view, one):
                source.append(text(quiet(fit)))
            rows.append(
                Row(
                    (
                        tuple(source),
                        (text(sentence(one.says)),),
                        (text(bold(one.direction)), text(quiet(one.strength or "strength not stated"))),
                        (_check(one.check), text(quiet(f"confidence {one.confidence}"))),
                    )
                )
            )
        blocks.append(
            Table(
                (Column("Source", 27), Column("Says", 43), Column("Direction", 16), Column("Checked", 14)),
                tuple(rows),
                style="small",
            )
        )
    else:
        blocks.append(Paragraph(text("No disagreement touches the advice on this paper.")))
    if others:
        blocks.append(Paragraph(text(f"Not touching this advice: {listed(others)}."), "caption"))
    return blocks


# -- sources --------------------------------------------------------------------------------------


def _source_names(view: PlanView) -> list[str]:
    """Sources that anything on this paper rests on, in the order of the pack."""
    wanted: set[str] = {one.source for one in _touched(view)}
    bases: set[str] = set()
    for result in (*view.decision.tier.reasons, *view.decision.tier.open_criteria):
        bases.update(result.basis)
    for advice in view.decision.options:
        option = view.option(advice.id)
        if option is None:
            continue
        bases.update((*option.statements, *option.basis))
        bases.update(name for clause in (*option.conditional_when, *option.never_when) for name in clause.basis)
    for name in bases:
        statement = view.pack.statements.get(name)
        wanted.update(statement.sources if statement is not None else (name,))
    return [name for name in view.pack.sources if name in wanted]


def _sources(view: PlanView) -> list[Block]:
    rows = []
    for name in _source_names(view):
        source = view.pack.sources[name]
        title = [text(bold(source.title))]
        if source.locator:
            title.append(text(quiet(source.locator)))
        rows.append(
            Row(
                (
                    tuple(title),
                    (text(source.year),),
                    (text(source.kind),),
                    (text(*_check(source.check), quiet(f", confidence {source.confidence}")),),
                )
            )
        )
    if not rows:
        return []
    article = view.pack.info.article
    return [
        Heading(
            "Sources",
            1,
            "Read: the source's own page was read. Second-hand: read in a document that names it. "
            "Unchecked: general knowledge that nobody has checked against the original.",
        ),
        *([Paragraph(text(bold("The article: "), sentence(article)), "small")] if article else []),
        Table(
            (Column("Source", 50), Column("Year", 12), Column("Kind", 15), Column("Checked", 23)),
            tuple(rows),
            style="small",
        ),
    ]


# -- own decisions and limits -----------------------------------------------------------------------


def _decisions(view: PlanView) -> list[Block]:
    items = [
        text(bold(f"{one.id}. "), sentence(one.text)) for one in view.pack.statements.values() if one.kind == "decision"
    ]
    if not items:
        return []
    return [
        Heading(
            "Decisions of interpretation",
            1,
            "Where the article is silent or ambiguous, this guideline decided "
            "the following. A clinician may decide otherwise.",
        ),
        Listing(tuple(items), style="small"),
    ]


def _limits(view: PlanView) -> list[Block]:
    info = view.pack.info
    items = [
        text(
            bold(f"{info.state_words}. "),
            f"{info.title}, version {info.version}; review by {info.review_by or 'date not set'}.",
        ),
        text(bold("For whom: "), sentence(info.for_whom)),
        *([text(bold("Not for: "), sentence(listed(info.not_for)))] if info.not_for else []),
        *([text(bold("Meant for: "), sentence(info.intended_user))] if info.intended_user else []),
        text(
            "This program supports a clinician who can check the basis of what it says. It gives no orders, reads no "
            "images, and knows only what was entered; what was not asked counts as unknown, never as no."
        ),
        text(f"Content fingerprint (SHA-256): {view.decision.content_hash}"),
    ]
    items += [text(sentence(one.text)) for one in view.texts("limits", "plan.limits", "plan_limits")]
    return [Heading("Limits of this paper", 1), Listing(tuple(items), style="small")]
