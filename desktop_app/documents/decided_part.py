"""What was decided with the patient, or what the advice is: as a table, or as lines where room is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.tree import Block, Column, Heading, Paragraph, Row, Run, Table, Text, bold, mark, quiet, text
from desktop_app.documents.words import (
    STATUS_MARKS,
    STATUS_WORDS,
    VERDICT_MARKS,
    VERDICT_WORDS,
    beginning,
    listed,
    quoted,
    sentence,
    stated,
    statement_ids,
)
from desktop_app.engine.decision import Status
from desktop_app.use_cases.domain import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.documents.density import Density
    from desktop_app.documents.view import PlanView
    from desktop_app.engine.decision import OptionAdvice
    from desktop_app.engine.model import Option


def decided(view: PlanView, density: Density) -> list[Block]:
    advice = [one for one in view.to_decide if not view.is_medicine(one) and one.id not in view.first_acts]
    any_choice = bool(view.choices)
    title = "Decided with the patient" if any_choice else "Advice, nothing decided"
    if not advice:
        return [
            Heading(title),
            Paragraph(text("No option is offered, conditional or open; why stands on the following pages.")),
        ]
    if density.words:
        return [Heading(title), *as_lines(view, advice, density.options, density)]
    rows = [_decided_row(view, one, density) for one in advice[: density.options]]
    left = rest_in_words(view, advice[density.options :])
    return [
        Heading(title),
        Table(
            (
                Column("Option", 25),
                Column("Decision" if any_choice else "Advice", 14),
                Column("Strength and evidence", 26),
                Column("Conditions and disagreement", 35),
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
    names = listed(f"{one.title}{'' if one.status is not Status.CONDITIONAL else ' (with conditions)'}" for one in acts)
    words = text(mark("triangle"), bold("Do first, not decided: " if view.choices else "Do first: "), bold(names + "."))
    return [Paragraph(words, "small", 4.0)]


def not_here(view: PlanView) -> list[Block]:
    """Services that this hospital lacks for what is decided or can be decided."""
    lines = [line for result in view.decision.tier.reasons for line in result.not_here]
    lines += [line for one in view.to_decide for line in one.not_here]
    unique = list(dict.fromkeys(lines))
    if not unique:
        return []
    more = f" {len(unique) - 4} more under “All options”." if len(unique) > 4 else ""
    return [Paragraph(text(mark("triangle"), bold(" ".join(map(sentence, unique[:4]))), more), "small", 3.0)]


def as_lines(view: PlanView, advice: Sequence[OptionAdvice], most: int, density: Density) -> list[Block]:
    return [Paragraph(line, density.style, 2.0) for line in decided_lines(view, advice, most, density.words)]


def decided_lines(
    view: PlanView, advice: Sequence[OptionAdvice], most: int, letters: int, elsewhere: str = "“All options”"
) -> tuple[Text, ...]:
    """Lines in place of a table: what was decided with a reason or a caution each by itself, the others together."""
    lines: list[Text] = []
    for kind, words in VERDICT_WORDS.items():
        of_kind = [one for one in advice if one.id in view.choices and view.choices[one.id].verdict is kind]
        speaking = [(one, said) for one in of_kind if (said := _said(view, one, letters))][:most]
        for one, said in speaking:
            lines.append(text(mark(VERDICT_MARKS[kind]), bold(f"{words}: {one.title}. "), *said))
        alone = [one.title for one in of_kind if one not in [each for each, _ in speaking]]
        if alone:
            lines.append(text(mark(VERDICT_MARKS[kind]), bold(f"{words}: "), f"{listed(alone, 12)}."))
    undecided = [one for one in advice if one.id not in view.choices]
    if most and not view.choices:
        for status in (Status.OFFERED, Status.CONDITIONAL, Status.OPEN):
            titles = [one.title for one in undecided if one.status is status]
            if titles:
                sign, words = mark(STATUS_MARKS[status]), STATUS_WORDS[status]
                lines.append(text(sign, bold(f"{words}: "), f"{listed(titles, most)}."))
    if undecided:
        lines.append(text(quiet(f"{len(undecided)} not decided: see {elsewhere}.")))
    return tuple(lines)


def _said(view: PlanView, advice: OptionAdvice, letters: int) -> list[Run]:
    """The reason or the change, the dates of a medicine, and the cautions that an accepted option met."""
    option, choice = view.option(advice.id), view.choices[advice.id]
    runs = [Run(f"{sentence(beginning(choice.reason, letters))} ")] if choice.reason else []
    if choice.verdict is Verdict.DECLINE or option is None:
        return runs
    dates = [line for course in view.courses if course.id == advice.id for line in course.told]
    if dates:
        runs.append(Run(f"{sentence('; '.join(dates))} "))
    clauses = {clause.id: clause.label for clause in option.conditional_when}
    if met := [clauses[name] for name in advice.cautions_met if name in clauses]:
        runs += [bold("Caution: "), Run(f"{sentence(listed(met, 3))} ")]
    return runs


def rest_in_words(view: PlanView, rest: Sequence[OptionAdvice], *, also: bool = True) -> str:
    """The options that a table has no room for: decided ones by name, the others counted."""
    parts = []
    for kind, words in VERDICT_WORDS.items():
        titles = [one.title for one in rest if one.id in view.choices and view.choices[one.id].verdict is kind]
        if titles:
            parts.append(f"{f'Also {words.lower()}' if also else words}: {listed(titles, 8)}.")
    undecided = sum(1 for one in rest if one.id not in view.choices)
    if undecided:
        parts.append(f"{undecided} not decided: see “All options”.")
    return " ".join(parts)


def decision_cell(view: PlanView, advice: OptionAdvice) -> tuple[Text, ...]:
    """What was decided, or where the advice stands."""
    choice = view.choices.get(advice.id)
    if choice is None:
        words = STATUS_WORDS[advice.status]
        cell = [text(mark(STATUS_MARKS[advice.status]), bold(words))]
        if view.choices and advice.status in {Status.OFFERED, Status.CONDITIONAL}:
            cell.append(text(quiet("not decided")))
        return tuple(cell)
    cell = [text(mark(VERDICT_MARKS[choice.verdict]), bold(VERDICT_WORDS[choice.verdict]))]
    if advice.status is not Status.OFFERED:
        cell.append(text(quiet(f"advice: {STATUS_WORDS[advice.status].lower()}")))
    return tuple(cell)


def _decided_row(view: PlanView, advice: OptionAdvice, density: Density) -> Row:
    option = view.option(advice.id)
    basis = text("not stated")
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
    return quoted(first) + ("; …" if others else "")


def _tight_cell(view: PlanView, advice: OptionAdvice) -> tuple[Text, ...]:
    """The same in two or three lines: reason, what decides it, names of cautions, who disagrees."""
    option, choice = view.option(advice.id), view.choices.get(advice.id)
    runs: list[Run] = []
    if choice is not None and choice.reason:
        runs += [bold("Reason: "), Run(f"{sentence(beginning(choice.reason, 110))} ")]
    elif advice.status is Status.OPEN and advice.missing:
        runs += [bold("Decided by: "), Run(f"{sentence(listed((fact.label for fact in advice.missing), 2))} ")]
    clauses = {clause.id: clause.label for clause in option.conditional_when} if option is not None else {}
    if met := [clauses[name] for name in advice.cautions_met if name in clauses]:
        runs += [bold("Caution: "), Run(f"{sentence(listed(met, 3))} ")]
    if unasked := [name for name in advice.cautions_open if name in clauses]:
        runs.append(quiet(f"{len(unasked)} {'caution' if len(unasked) == 1 else 'cautions'} not answered. "))
    if names := view.disagreements_of(advice):
        first = view.pack.disagreements[names[0]]
        also = f"; also {listed(names[1:])}" if names[1:] else ""
        words = f"{view.short_source(first.source)} {first.year} {first.direction} ({first.id}){also}."
        runs += [mark("scales"), quiet(words)]
    return (tuple(runs),) if runs else ((quiet("none"),),)


def conditions_cell(view: PlanView, advice: OptionAdvice, limit: int) -> tuple[Text, ...]:
    """The reason given, what is missing, cautions met and not asked, and who disagrees."""
    option = view.option(advice.id)
    choice = view.choices.get(advice.id)
    lines: list[Text] = []
    if choice is not None and choice.reason:
        lines.append(text(bold("Reason: "), sentence(beginning(choice.reason))))
    if advice.status is Status.OPEN and advice.missing:
        lines.append(text(bold("Decided by: "), sentence(listed((fact.label for fact in advice.missing), limit + 1))))
    if option is not None:
        lines += _cautions(option, advice, limit)
    if advice.status not in {Status.OFFERED, Status.CONDITIONAL, Status.OPEN} and advice.summary:
        lines.append(text(sentence(advice.summary)))
    if option is not None and (against := _disagreements(view, advice, limit)):
        lines.append(against)
    return tuple(lines) or (text(quiet("none")),)


def _cautions(option: Option, advice: OptionAdvice, limit: int) -> list[Text]:
    clauses = {clause.id: clause for clause in option.conditional_when}
    met = [clauses[name] for name in advice.cautions_met if name in clauses]
    lines = [text(bold(clause.label), f": {clause.plan}" if clause.plan else "") for clause in met[:limit]]
    if len(met) > limit:
        lines.append(text(quiet(f"{len(met) - limit} more cautions met")))
    unasked = [clauses[name].label for name in advice.cautions_open if name in clauses]
    if unasked:
        lines.append(text(quiet("Cautions not answered: "), sentence(listed(unasked, limit))))
    return lines


def _disagreements(view: PlanView, advice: OptionAdvice, limit: int) -> Text:
    known = [view.pack.disagreements[name] for name in view.disagreements_of(advice)]
    if not known:
        return ()
    words = [f"{view.short_source(one.source)} {one.year} {one.direction} ({one.id})" for one in known]
    return text(mark("scales"), listed(words, limit) + ".")
