"""Medicines on paper: what is taken, what was decided, the renal check and opioid total, review and stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from desktop_app.documents.tree import Block, Column, Facts, Heading, Row, Table, Text, bold, mark, quiet, text
from desktop_app.documents.words import (
    STATUS_MARKS,
    STATUS_WORDS,
    VERDICT_MARKS,
    VERDICT_WORDS,
    listed,
    quoted,
    sentence,
    statement_ids,
)
from desktop_app.engine.answers import Medicine

if TYPE_CHECKING:
    from desktop_app.documents.view import PlanView
    from desktop_app.engine.decision import OptionAdvice

_TITLES = {"clearance": "Kidneys", "mme": "Opioid total", "bands": "Dose for these kidneys"}


def medicines_summary(view: PlanView, limit: int) -> list[Block]:
    """The part of page one: renal check and total, then what was decided about each medicine."""
    blocks: list[Block] = [Heading("Medicines"), Facts(tuple(checks(view)), label_share=0.16, style="small")]
    advice = [one for one in view.to_decide if view.is_medicine(one)]
    if advice:
        rows = [_row(view, one) for one in advice[:limit]]
        left = len(advice) - len(rows)
        blocks.append(Table(
            (Column("Medicine", 25), Column("Decision" if view.choices else "Advice", 14),
             Column("Strength and plan", 34), Column("Review and stop", 27)),
            tuple(rows), style="small", more=f"{left} more under “All options”." if left else ""))
    return blocks


def _row(view: PlanView, advice: OptionAdvice) -> Row:
    option = view.option(advice.id)
    choice = view.choices.get(advice.id)
    if choice is not None:
        decision = [text(mark(VERDICT_MARKS[choice.verdict]), bold(VERDICT_WORDS[choice.verdict]))]
    else:
        decision = [text(mark(STATUS_MARKS[advice.status]), bold(STATUS_WORDS[advice.status]))]
    plan: list[Text] = []
    if choice is not None and choice.reason:
        plan.append(text(bold("Reason: "), sentence(choice.reason)))
    review: list[Text] = []
    if option is not None:
        plan.append(text(f"{quoted(option.strength)}{statement_ids(option.statements, 3)}"))
        clauses = {clause.id: clause for clause in option.conditional_when}
        for name in advice.cautions_met[:2]:
            if name in clauses:
                plan.append(text(bold(clauses[name].label), f": {clauses[name].plan}" if clauses[name].plan else ""))
        if len(advice.cautions_met) > 2:
            plan.append(text(quiet(f"{len(advice.cautions_met) - 2} more cautions met")))
        review = [text(sentence(line)) for line in option.monitor[:2]]
    if advice.missing and choice is None:
        plan.append(text(bold("Decided by: "), sentence(listed((fact.label for fact in advice.missing), 2))))
    return Row(((text(bold(advice.title)),), tuple(decision), tuple(plan),
                tuple(review) or (text(quiet("date to be agreed")),)))


def checks(view: PlanView) -> list[tuple[str, Text]]:
    """Label and words: medicines taken, clearance with its band, dose bands, opioid total."""
    rows = [("Takes", _taken(view))]
    for key, value in view.decision.medicines.items():
        words = in_words(value)
        if words:
            rows.append((_TITLES.get(key, key.replace("_", " ").capitalize()), text(words)))
    return rows


def _taken(view: PlanView) -> Text:
    """Every medicine answered yes, the opioids with their doses, and how much of the list was not asked."""
    yes: list[str] = []
    open_count = 0
    for atom_id, atom in view.pack.atoms.items():
        if atom.question not in {"takes", "takes_alert"}:
            continue
        if view.is_yes(atom_id):
            yes.append(atom.label.removeprefix("Takes ").removeprefix("an ").removeprefix("a "))
        elif not view.known(atom_id):
            open_count += 1
    for atom_id, answer in view.decision.answers.items():
        if isinstance(answer.value, tuple) and all(isinstance(one, Medicine) for one in answer.value):
            yes.append(view.value(atom_id))
    words = listed(one for one in yes if one != "none")
    tail = f"; {open_count} kinds of medicine not asked" if open_count else ""
    if words:
        return text(bold(words[0].upper() + words[1:]), quiet(tail))
    if open_count:
        return text(bold("Not known"), quiet(tail))
    return text(bold("None of those asked about"))


def in_words(value: object) -> str:
    """Plain data of the clinical arithmetic as a sentence; its own words win over its numbers."""
    if isinstance(value, Mapping):
        for key in ("words", "sentence", "text", "label"):
            if isinstance(value.get(key), str) and value[key]:
                return str(value[key])
        parts = [f"{str(key).replace('_', ' ')} {in_words(inner)}" for key, inner in value.items() if in_words(inner)]
        return ", ".join(parts)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g}"
    if isinstance(value, Sequence):
        return "; ".join(words for one in value if (words := in_words(one)))
    return ""
