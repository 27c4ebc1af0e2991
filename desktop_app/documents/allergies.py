"""Allergies in one line, and how much of the questions about them was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.tree import Text, bold, quiet, text
from desktop_app.documents.words import listed, low
from desktop_app.language import tr

if TYPE_CHECKING:
    from desktop_app.documents.view import PlanView

_ALLERGIES = ("allergy", "drug_allergy")


def allergies(view: PlanView) -> tuple[str, Text]:
    """Every allergy answered yes; how much of the questions was answered when there is none."""
    atoms = _asked(view)
    yes = [low(view.pack.atoms[atom].label) for atom in atoms if view.is_yes(atom)]
    unknown = sum(1 for atom in atoms if not view.known(atom))
    if yes:
        words = text(bold(listed(yes)))
    elif unknown or not atoms:
        words = text(bold(tr("not known")) if unknown == len(atoms) else tr("none reported"))
    else:
        words = text(tr("none of those asked about"))
    left = tr("; {count} of {all} not answered").format(count=unknown, all=len(atoms)) if unknown else ""
    return tr("Allergies"), (*words, quiet(left))


def settled(view: PlanView) -> bool:
    """An allergy is named, or every question about them was answered no."""
    atoms = _asked(view)
    return any(view.is_yes(atom) for atom in atoms) or (bool(atoms) and all(view.known(atom) for atom in atoms))


def _asked(view: PlanView) -> list[str]:
    return [atom for name in _ALLERGIES if name in view.pack.questions for atom in view.pack.questions[name].atoms]
