"""Every answer as it was given, screen by screen. Not asked, not assessed, cannot be assessed and declined
are four different words, and none of them can be taken for no.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.tree import Block, Column, Heading, Row, Table, Text, bold, mark, quiet, text
from desktop_app.documents.words import day, listed
from desktop_app.engine.model import QuestionShape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop_app.documents.view import PlanView
    from desktop_app.engine.model import Question

_COLUMNS = (Column("Question", 29), Column("Answer", 53), Column("How and when", 18))


def all_answers(view: PlanView) -> tuple[Block, ...]:
    blocks: list[Block] = [
        Heading(
            "All answers",
            1,
            f"As given; what counted on {day(view.decision.as_of)} is in the "
            "attached record. A question mark stands for everything that is not known.",
        )
    ]
    seen: set[str] = set()
    for screen in view.pack.screens:
        names = [
            name
            for group in screen.groups
            for name in group.questions
            if name in view.pack.questions and name not in seen
        ]
        seen.update(names)
        blocks += _screen(view, screen.title, names)
    blocks += _screen(view, "Other questions", [name for name in view.pack.questions if name not in seen])
    blocks += _derived(view)
    return tuple(blocks)


def _screen(view: PlanView, title: str, names: list[str]) -> list[Block]:
    """The answers of one screen. Questions that are unknown as a whole are gathered by the kind of not knowing."""
    rows: list[Row] = []
    unknown: dict[str, list[str]] = {}
    for name in names:
        question = view.pack.questions[name]
        if question.derived:
            continue
        words = {"" if view.known(atom) else view.unknown_word(atom) for atom in question.atoms}
        notes = _how(view, question)
        if len(words) == 1 and "" not in words and not question.emergency and not notes:
            unknown.setdefault(words.pop(), []).append(question.short or question.question)
        else:
            rows.append(_row(view, question))
    for word, shorts in unknown.items():
        rows.append(Row(((text(mark("question"), bold(word.capitalize())),), (text(listed(shorts)),), ())))
    return [Heading(title, 2), Table(_COLUMNS, tuple(rows), style="small")] if rows else []


def _row(view: PlanView, question: Question) -> Row:
    answer: tuple[Text, ...]
    if question.shape is QuestionShape.SINGLE:
        answer = (_single(view, question.atoms[0]),)
    elif question.shape is QuestionShape.SEVERAL:
        answer = _several(view, question)
    else:
        answer = _grid(view, question)
    return Row(((text(bold(question.short or question.question)),), answer, _how(view, question)))


def _unknown(words: str) -> tuple[Text, ...]:
    return (text(mark("question"), words),)


def _single(view: PlanView, atom_id: str) -> Text:
    if view.known(atom_id):
        return text(bold(_value(view, atom_id)))
    return text(mark("question"), view.unknown_word(atom_id).capitalize())


def _value(view: PlanView, atom_id: str) -> str:
    words = view.value(atom_id)
    return words[:1].upper() + words[1:]


def _several(view: PlanView, question: Question) -> tuple[Text, ...]:
    """Yes items first, then the unknown ones by kind, then the noes."""
    yes, no = [], []
    unknown: dict[str, list[str]] = {}
    for atom_id in question.atoms:
        label = view.pack.atoms[atom_id].label
        answer = view.answer(atom_id)
        if answer is None or answer.value is None:
            unknown.setdefault(view.unknown_word(atom_id), []).append(label)
        elif answer.value is True:
            yes.append(label)
        elif answer.value is False:
            no.append(label)
        else:
            yes.append(f"{label}: {view.value(atom_id)}")
    if len(no) == len(question.atoms):
        return (text(bold(f"{question.none_label or 'None of these'}"), f" (no to all {len(no)})"),)
    if unknown and sum(map(len, unknown.values())) == len(question.atoms) and len(unknown) == 1:
        word = next(iter(unknown))
        return _unknown(f"{word.capitalize()} (all {len(question.atoms)} items)")
    lines: list[Text] = []
    if yes:
        lines.append(text(bold("Yes: "), bold(listed(yes))))
    for word, labels in unknown.items():
        lines.append(text(mark("question"), bold(f"{word.capitalize()}: "), listed(labels)))
    if no:
        lines.append(text(quiet("No: "), listed(no)))
    return tuple(lines)


def _grid(view: PlanView, question: Question) -> tuple[Text, ...]:
    """A line a row; rows where all is normal and rows where all is unknown are gathered."""
    lines: list[Text] = []
    normal: list[str] = []
    unknown: dict[str, list[str]] = {}
    atoms = {(view.pack.atoms[name].row, view.pack.atoms[name].column): name for name in question.atoms}
    for axis in question.rows:
        cells = [
            (column.label, atoms[axis.id, column.id]) for column in question.columns if (axis.id, column.id) in atoms
        ]
        states = {view.unknown_word(name) if not view.known(name) else "" for _, name in cells}
        if len(states) == 1 and "" not in states:
            unknown.setdefault(states.pop(), []).append(axis.label)
            continue
        if all(_is_normal(view, name) for _, name in cells):
            normal.append(axis.label)
            continue
        words = text(bold(f"{axis.label}: "))
        for number, (column, name) in enumerate(cells):
            words += text(
                "; " if number else "",
                f"{column.lower()} ",
                bold(view.value(name)) if view.known(name) else mark("question"),
                "" if view.known(name) else view.unknown_word(name),
            )
        lines.append(words)
    total = len(question.rows)
    for word, labels in unknown.items():
        lines.append(
            text(
                mark("question"),
                bold(word.capitalize()),
                " (whole grid)" if len(labels) == total else f": {listed(labels)}",
            )
        )
    if normal:
        label = _normal_word(view, question)
        lines.append(text(quiet(f"{label}: "), "the whole grid" if len(normal) == total else listed(normal)))
    return tuple(lines)


def _is_normal(view: PlanView, atom_id: str) -> bool:
    atom, answer = view.pack.atoms[atom_id], view.answer(atom_id)
    if answer is None or answer.value is None:
        return False
    return answer.value is False or (bool(atom.normal) and answer.value == atom.normal)


def _normal_word(view: PlanView, question: Question) -> str:
    first = view.pack.atoms[question.atoms[0]]
    if first.normal and first.options:
        words = first.option_label(first.normal)
        return f"{words[:1].upper()}{words[1:]} on both sides" if len(question.columns) == 2 else words
    return "No"


def _how(view: PlanView, question: Question) -> tuple[Text, ...]:
    """The day where it is not the as-of day, entered in bulk, confirmed, excluded, entered in error, notes."""
    lines: dict[str, None] = {}
    for atom_id in question.atoms:
        answer = view.answer(atom_id)
        if answer is None:
            continue
        if answer.on is not None and answer.on != view.decision.as_of:
            lines[day(answer.on)] = None
        if answer.bulk:
            lines["entered in bulk"] = None
        if answer.confirmed:
            lines["unusual value confirmed"] = None
        if answer.excluded is not None:
            kind = "entered in error" if answer.excluded.entered_in_error else "excluded"
            label = view.pack.atoms[atom_id].label if question.shape is not QuestionShape.SINGLE else ""
            lines[
                f"{label + ' ' if label else ''}{kind}: {answer.excluded.how}; {answer.excluded.by}, "
                f"{day(answer.excluded.on)}"
            ] = None
        if answer.note:
            lines[answer.note] = None
    return tuple(text(quiet(line)) for line in lines)


def _derived(view: PlanView) -> list[Block]:
    """What the program worked out from the answers; several possible values mean it is not settled."""
    rows: list[Row] = []
    for name, possible in view.decision.derived.items():
        atom = view.atom(name)
        label = atom.label if atom is not None else name
        value: Iterable[Text] = (
            (text(bold(possible[0])),)
            if len(possible) == 1
            else (text(mark("question"), "Not settled", f": {listed(possible, 8)}" if possible else ""),)
        )
        rows.append(Row(((text(bold(label)),), tuple(value), ())))
    if not rows:
        return []
    return [Heading("Worked out from the answers", 2), Table(_COLUMNS, tuple(rows), style="small")]
