"""What else about the patient bears on a procedure: pregnancy, cancer, illness, infection, bleeding, devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.tree import Text, bold, text
from desktop_app.documents.words import listed, low
from desktop_app.language import tr

if TYPE_CHECKING:
    from desktop_app.documents.view import PlanView

_EXPECTING = ("pregnant", "pregnant_20_weeks")
# What would stop a needle or a knife first: a short list keeps its beginning.
_ILL = ("cancer", "needle_safety", "pathology_signs", "illness", "infection_risk", "device")


def bearing(view: PlanView, most: int) -> tuple[tuple[str, Text], ...]:
    """A row for pregnancy and one for illness, as far as they were answered yes; ``most`` illnesses, 0 for all."""
    rows: list[tuple[str, Text]] = []
    if expecting := answered_yes(view, _EXPECTING):
        rows.append((view.pack.atoms[_EXPECTING[0]].label, text(bold(expecting[1] if expecting[1:] else tr("yes")))))
    if ill := answered_yes(view, _ILL):
        rows.append((tr("Illness"), text(bold(listed(ill, most)))))
    return tuple(rows)


def answered_yes(view: PlanView, questions: tuple[str, ...]) -> list[str]:
    """Labels of the items answered yes, in the order of the questions."""
    atoms = [atom for name in questions if name in view.pack.questions for atom in view.pack.questions[name].atoms]
    return [low(view.pack.atoms[atom].label) for atom in atoms if view.is_yes(atom)]
