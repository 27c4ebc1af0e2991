"""What was decided with the patient, or what the advice is: as a table, or as lines where room is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.cautions_part import cautions_met
from desktop_app.documents.tree import Block, Column, Heading, Paragraph, Row, Run, Table, Text, bold, mark, quiet, text
from desktop_app.documents.words import (
    DIRECTION_WORDS,
    STATUS_MARKS,
    STATUS_WORDS,
    VERDICT_MARKS,
    VERDICT_WORDS,
    YEAR_WORDS,
    apart,
    beginning,
    listed,
    quoted,
    sentence,
    stated,
    statement_ids,
)
from desktop_app.engine.decision import Status
from desktop_app.language import tr, trn
from desktop_app.use_cases.domain import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.documents.density import Density
    from desktop_app.documents.view import PlanView
    from desktop_app.engine.decision import OptionAdvice
    from desktop_app.engine.model import Disagreement, Option


def decided(view: PlanView, density: Density) -> list[Block]:
    advice = [one for one in view.to_decide if not view.is_medicine(one) and one.id not in view.first_acts]
    any_choice = bool(view.choices)
    title = tr("Decided with the patient") if any_choice else tr("Advice, nothing decided")
    if not advice:
        return [
            Heading(title),
            Paragraph(text(tr("No option is offered, conditional or open; why stands on the following pages."))),
        ]
    if density.words:
        return [Heading(title), *as_lines(view, advice, density.options, density)]
    rows = [_decided_row(view, one, density) for one in advice[: density.options]]
    left = rest_in_words(view, advice[density.options :])
    return [
        Heading(title),
        Table(
            (
                Column(tr("Option"), 25),
                Column(tr("Decision") if any_choice else tr("Advice"), 14),
                Column(tr("Strength and evidence"), 26),
                Column(tr("Conditions and disagreement"), 35),
            ),
            tuple(rows),
            style=density.style,
            more=left,
        ),
    ]


def first_acts(view: PlanView) -> list[Block]:
    """Safety acts that nobody has decided yet: by name, above every elective offer, however full the page is."""
    acts = list(view.first_acts.values())
    if not acts:
        return []
    names = listed(one.title if one.status is not Status.CONDITIONAL
                   else tr("{option} (with conditions)").format(option=one.title) for one in acts)
    first = tr("Do first, not decided: ") if view.choices else tr("Do first: ")
    words = text(mark("triangle"), bold(first), bold(names + "."))
    return [Paragraph(words, "small", 4.0)]


def not_here(view: PlanView) -> list[Block]:
    """Services that this hospital lacks for what is decided or can be decided."""
    lines = [line for result in view.decision.tier.reasons for line in result.not_here]
    lines += [line for one in view.to_decide for line in one.not_here]
    unique = list(dict.fromkeys(lines))
    if not unique:
        return []
    more = " " + tr("{count} more under “All options”.").format(count=len(unique) - 4) if len(unique) > 4 else ""
    return [Paragraph(text(mark("triangle"), bold(" ".join(map(sentence, unique[:4]))), more), "small", 3.0)]


def as_lines(view: PlanView, advice: Sequence[OptionAdvice], most: int, density: Density) -> list[Block]:
    return [Paragraph(line, density.style, 2.0) for line in decided_lines(view, advice, most, density.words)]


def decided_lines(
    view: PlanView, advice: Sequence[OptionAdvice], most: int, letters: int, *, in_plan: bool = False
) -> tuple[Text, ...]:
    """Lines in place of a table: what was decided with a reason or a caution each by itself, the others together.

    ``in_plan``: what is not decided stands in the care plan, which goes with this paper.
    """
    lines: list[Text] = []
    for kind, words in VERDICT_WORDS.items():
        of_kind = [one for one in advice if one.id in view.choices and view.choices[one.id].verdict is kind]
        speaking = [(one, said) for one in of_kind if (said := _said(view, one, letters))][:most]
        for one, said in speaking:
            lines.append(
                text(
                    mark(VERDICT_MARKS[kind]),
                    bold(tr("{decided}: {title}.").format(decided=words, title=one.title) + " "),
                    *said,
                )
            )
        alone = [one.title for one in of_kind if one not in [each for each, _ in speaking]]
        if alone:
            lines.append(
                text(mark(VERDICT_MARKS[kind]), bold(tr("{label}: ").format(label=words)), f"{listed(alone, 12)}.")
            )
    undecided = [one for one in advice if one.id not in view.choices]
    if most and not view.choices:
        for status in (Status.OFFERED, Status.CONDITIONAL, Status.OPEN):
            titles = [one.title for one in undecided if one.status is status]
            if titles:
                sign, words = mark(STATUS_MARKS[status]), STATUS_WORDS[status]
                lines.append(text(sign, bold(tr("{label}: ").format(label=words)), f"{listed(titles, most)}."))
    if undecided:
        lines.append(text(quiet(_elsewhere(len(undecided), in_plan=in_plan))))
    return tuple(lines)


def _elsewhere(count: int, *, in_plan: bool = False) -> str:
    """How many options are not decided, and where they stand."""
    if in_plan:
        words = trn("{count} not decided: see the care plan.", "{count} not decided: see the care plan.", count)
    else:
        words = trn("{count} not decided: see “All options”.", "{count} not decided: see “All options”.", count)
    return words.format(count=count)


def _said(view: PlanView, advice: OptionAdvice, letters: int) -> list[Run]:
    """The reason or the change, the dates of a medicine, and the cautions that an accepted option met."""
    option, choice = view.option(advice.id), view.choices[advice.id]
    runs = [Run(f"{sentence(beginning(choice.reason, letters))} ")] if choice.reason else []
    if choice.verdict is Verdict.DECLINE or option is None:
        return runs
    dates = [line for course in view.courses if course.id == advice.id for line in course.told]
    if dates:
        runs.append(Run(f"{sentence(apart(dates))} "))
    clauses = {clause.id: clause.label for clause in option.conditional_when}
    if met := [clauses[name] for name in advice.cautions_met if name in clauses]:
        runs += [bold(tr("Caution: ")), Run(f"{sentence(listed(met, 3))} ")]
    return runs


def rest_in_words(view: PlanView, rest: Sequence[OptionAdvice], *, also: bool = True) -> str:
    """The options that a table has no room for: decided ones by name, the others counted."""
    parts = []
    for kind, words in VERDICT_WORDS.items():
        titles = [one.title for one in rest if one.id in view.choices and view.choices[one.id].verdict is kind]
        if titles:
            told = tr("Also {decided}: {titles}.") if also else tr("{decided}: {titles}.")
            parts.append(told.format(decided=words.lower() if also else words, titles=listed(titles, 8)))
    undecided = sum(1 for one in rest if one.id not in view.choices)
    if undecided:
        parts.append(_elsewhere(undecided))
    return " ".join(parts)


def decision_cell(view: PlanView, advice: OptionAdvice) -> tuple[Text, ...]:
    """What was decided, or where the advice stands."""
    choice = view.choices.get(advice.id)
    if choice is None:
        words = STATUS_WORDS[advice.status]
        cell = [text(mark(STATUS_MARKS[advice.status]), bold(words))]
        if view.choices and advice.status in {Status.OFFERED, Status.CONDITIONAL}:
            cell.append(text(quiet(tr("not decided"))))
        return tuple(cell)
    cell = [text(mark(VERDICT_MARKS[choice.verdict]), bold(VERDICT_WORDS[choice.verdict]))]
    if advice.status is not Status.OFFERED:
        cell.append(text(quiet(tr("advice: {status}").format(status=STATUS_WORDS[advice.status].lower()))))
    return tuple(cell)


def _decided_row(view: PlanView, advice: OptionAdvice, density: Density) -> Row:
    option = view.option(advice.id)
    basis = text(tr("not stated"))
    if option is not None:
        words = shortened(option.strength) if density.brief else quoted(option.strength)
        strength, evidence = stated(words, statement_ids(option.statements, 3), option.evidence)
        basis = text(strength, quiet(f"; {evidence}" if evidence else ""))
    return Row(
        (
            (text(bold(advice.title)),),
            decision_cell(view, advice),
            (basis,),
            _tight_cell(view, advice) if density.tight else conditions_cell(view, advice, density.notes),
        )
    )


def shortened(strength: str) -> str:
    """The first strength words of several; the following pages hold them all."""
    first, *others = strength.split("; ")
    return quoted(first.rstrip()) + (tr("; ") + "…" if others else "")


def _tight_cell(view: PlanView, advice: OptionAdvice) -> tuple[Text, ...]:
    """The same in two or three lines: reason, what decides it, names of cautions, who disagrees."""
    option, choice = view.option(advice.id), view.choices.get(advice.id)
    runs: list[Run] = []
    if choice is not None and choice.reason:
        runs += [bold(tr("Reason: ")), Run(f"{sentence(beginning(choice.reason, 110))} ")]
    elif advice.status is Status.OPEN and advice.missing:
        runs += [bold(tr("Decided by: ")), Run(f"{sentence(listed((fact.label for fact in advice.missing), 2))} ")]
    clauses = {clause.id: clause.label for clause in option.conditional_when} if option is not None else {}
    if met := [clauses[name] for name in advice.cautions_met if name in clauses]:
        runs += [bold(tr("Caution: ")), Run(f"{sentence(listed(met, 3))} ")]
    if unasked := [name for name in advice.cautions_open if name in clauses]:
        count = len(unasked)
        words = trn("{count} caution not answered.", "{count} cautions not answered.", count).format(count=count)
        runs.append(quiet(f"{words} "))
    if names := view.disagreements_of(advice):
        first = view.pack.disagreements[names[0]]
        also = tr("; also {names}").format(names=listed(names[1:])) if names[1:] else ""
        words = f"{_against(view, first)}{also}."
        runs += [mark("scales"), quiet(words)]
    return (tuple(runs),) if runs else ((quiet(tr("none")),),)


def conditions_cell(view: PlanView, advice: OptionAdvice, limit: int) -> tuple[Text, ...]:
    """The reason given, what is missing, cautions met and not asked, and who disagrees."""
    option = view.option(advice.id)
    choice = view.choices.get(advice.id)
    lines: list[Text] = []
    if choice is not None and choice.reason:
        lines.append(text(bold(tr("Reason: ")), sentence(beginning(choice.reason))))
    if advice.status is Status.OPEN and advice.missing:
        lines.append(
            text(bold(tr("Decided by: ")), sentence(listed((fact.label for fact in advice.missing), limit + 1)))
        )
    if option is not None:
        lines += _cautions(option, advice, limit)
    if advice.status not in {Status.OFFERED, Status.CONDITIONAL, Status.OPEN} and advice.summary:
        lines.append(text(sentence(advice.summary)))
    if option is not None and (against := _disagreements(view, advice, limit)):
        lines.append(against)
    return tuple(lines) or (text(quiet(tr("none"))),)


def _cautions(option: Option, advice: OptionAdvice, limit: int) -> list[Text]:
    lines = cautions_met(option, advice, limit)
    labels = {clause.id: clause.label for clause in option.conditional_when}
    unasked = [labels[name] for name in advice.cautions_open if name in labels]
    if unasked:
        lines.append(text(quiet(tr("Cautions not answered: ")), sentence(listed(unasked, limit))))
    return lines


def _disagreements(view: PlanView, advice: OptionAdvice, limit: int) -> Text:
    known = [view.pack.disagreements[name] for name in view.disagreements_of(advice)]
    if not known:
        return ()
    words = [_against(view, one) for one in known]
    return text(mark("scales"), listed(words, limit) + ".")


def _against(view: PlanView, one: Disagreement) -> str:
    """Who says something else, when and in which direction: "NICE 2020 opposes (D3)"."""
    direction = DIRECTION_WORDS.get(one.direction, one.direction)
    return f"{view.short_source(one.source)} {YEAR_WORDS.get(one.year, one.year)} {direction} ({one.id})"
