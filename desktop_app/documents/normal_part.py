"""What was examined and found normal: what the next one need not look for as if nobody had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.tree import Text, text
from desktop_app.documents.words import and_more, listed, low, sentence
from desktop_app.engine.words import join
from desktop_app.language import tr, trc
from desktop_app.pictures.sides import as_seen

if TYPE_CHECKING:
    from desktop_app.documents.view import PlanView
    from desktop_app.engine.model import Question

GRADED = ("power", "sensation", "reflex")  # questions of the examination, place by place
PROVOKED = "provocation"  # here normal is: not positive


def normal_findings(view: PlanView, most: int) -> tuple[tuple[str, Text], ...]:
    """One row, or none. ``most``: so many places of each examination by name; 0 counts them only."""
    examined = [view.pack.questions[name] for name in (*GRADED, PROVOKED) if name in view.pack.questions]
    lines = [
        tr("{label}: {words}").format(label=one.short, words=said)
        for one in examined
        if (said := _normal_of(view, one, most))
    ]
    return ((tr("Normal"), text(" ".join(sentence(one) for one in lines))),) if lines else ()


def _normal_of(view: PlanView, question: Question, most: int) -> str:
    """Where it is normal; "all others" when every place was examined, as what is not normal stands among the signs."""
    atoms = [view.pack.atoms[name] for name in question.atoms]
    graded = [one for one in atoms if one.row and one.normal]
    known = {one.id: answer.value for one in graded
             if (answer := view.answer(one.id)) is not None and answer.value is not None}
    negative = question.id == PROVOKED
    normal = [one for one in graded if one.id in known and known[one.id] == (False if negative else one.normal)]
    if not normal:
        return ""
    if len(known) == len(graded):
        if len(normal) == len(known):
            return tr("all negative") if negative else trc("places", "all")
        return tr("all others negative") if negative else trc("places", "all others")
    if not most:
        return tr("{count} tested").format(count=len(normal))
    places: dict[str, list[str]] = {}
    for row in question.rows:
        sides = [one.column for one in normal if one.row == row.id]
        labels = [column.label.lower() for column in as_seen(question.columns) if column.id in sides]
        if labels:
            places.setdefault(join(labels), []).append(low(row.label))
    said = listed(f"{side} {_first(rows, most)}" for side, rows in places.items())
    return tr("negative {places}").format(places=said) if negative else said


def _first(rows: list[str], most: int) -> str:
    named = ", ".join(rows[:most])
    return and_more(named, len(rows) - most) if len(rows) > most else named


def answered_no(view: PlanView, most: int) -> tuple[tuple[str, Text], ...]:
    """Emergencies that were asked about in full and answered no; one row, or none."""
    names = []
    for question in view.pack.questions.values():
        if not question.emergency or question.derived or question.id in view.decision.not_applicable:
            continue
        answers = [view.answer(atom) for atom in question.atoms]
        if answers and all(one is not None and one.value is False for one in answers):
            names.append(low(question.short))
    return ((tr("Asked, and no"), text(sentence(listed(names, most)))),) if names else ()
