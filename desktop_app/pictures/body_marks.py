"""Which questions of a guideline are answered on the body map."""

from __future__ import annotations

from desktop_app.engine.model import Pack
from desktop_app.pictures.body import PAIN, SENSATION, ZONES
from desktop_app.pictures.sides import SIDES

_NAMING = "root_localisation"
_ROLES = {"pain": PAIN, "sensory": SENSATION}  # of the derived finding that names the root


def drawn_questions(pack: Pack) -> dict[str, str]:
    """Question to the kind of sign it marks on the map: the grids that the naming of the root rests on.

    A grid with a row that the map has no zone for, or with other columns than the sides, is not drawn.
    """
    found = {}
    for atom in pack.atoms.values():
        if atom.derived is None or atom.derived.function != _NAMING:
            continue
        for role, kind in _ROLES.items():
            question = pack.questions.get(str(atom.derived.arguments.get(role, "")))
            if (
                question is not None
                and {row.id for row in question.rows} <= set(ZONES)
                and {column.id for column in question.columns} == set(SIDES)
            ):
                found[question.id] = kind
    return found
