"""What was examined and found normal: what the next one need not look for as if nobody had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.tree import Text, text
from desktop_app.documents.words import listed, low, sentence

if TYPE_CHECKING:
    from desktop_app.documents.view import PlanView

_EXAMINED = "examination"  # the screen whose normal findings are named


def normal_findings(view: PlanView, most: int) -> tuple[tuple[str, Text], ...]:
    """One row, or none. ``most``: so many places of each examination by name; 0 counts them only."""
    examined = {
        name
        for screen in view.pack.screens
        if screen.id == _EXAMINED
        for group in screen.groups
        for name in group.questions
    }
    normal: dict[str, list[str]] = {}
    for atom_id in view.decision.answers:
        atom = view.atom(atom_id)
        if atom is None or atom.question not in examined or not atom.normal or not atom.row:
            continue
        answer = view.answer(atom_id)
        if answer is not None and answer.value == atom.normal:
            normal.setdefault(atom.question, []).append(low(atom.label))
    lines = []
    for question_id, labels in normal.items():
        question = view.pack.questions.get(question_id)
        name = question.short if question is not None else question_id
        every = len(labels) == sum(1 for atom in view.pack.atoms.values() if atom.question == question_id)
        tested = listed(labels, most) if most else f"{len(labels)} tested"
        lines.append(f"{name}: {'all' if every else tested}")
    return (("Normal", text(f"{sentence(listed(lines))}")),) if lines else ()


def answered_no(view: PlanView, most: int) -> tuple[tuple[str, Text], ...]:
    """Emergencies that were asked about in full and answered no; one row, or none."""
    names = []
    for question in view.pack.questions.values():
        if not question.emergency or question.derived or question.id in view.decision.not_applicable:
            continue
        answers = [view.answer(atom) for atom in question.atoms]
        if answers and all(one is not None and one.value is False for one in answers):
            names.append(low(question.short))
    return (("Asked, and no", text(sentence(listed(names, most)))),) if names else ()
