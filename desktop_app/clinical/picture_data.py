"""Plain data behind the pictures of screen and paper: signs by root, and what imaging says of each root."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop_app.clinical.anatomy import Anatomy
from desktop_app.clinical.imaging import fragment_roots, level_roots
from desktop_app.engine.derive import Inputs
from desktop_app.engine.model import Atom, Pack


def root_rows(
    pack: Pack, anatomy: Anatomy, scores: Mapping[str, object], roles: Mapping[str, str], given: Inputs
) -> list[dict[str, object]]:
    """One row a root and side: certain points, the blocks they are made of, and the reported imaging.

    ``scores`` is what ``localise`` returns; ``roles`` names the grids ``compression`` and ``retropulsion``.
    """
    reported, unreported = _by_root(pack, anatomy, roles, given)
    rows: list[dict[str, object]] = []
    for root in _mappings(scores.get("roots")):
        sides = root.get("sides")
        for side, found in sides.items() if isinstance(sides, Mapping) else ():
            name = str(found["id"])
            blocks = [
                {"weight": block["points"], **{key: block[key] for key in ("kind", "label", "state", "signs")}}
                for block in _mappings(found["blocks"])
            ]
            rows.append(
                {
                    "root": root["id"],
                    "side": side,
                    "total": found["least"],
                    "most": found["most"],
                    "blocks": [block for block in blocks if block["state"] == "certain"],
                    "possible_blocks": [block for block in blocks if block["state"] != "certain"],
                    "imaged": reported.get(name, []),
                    "unreported": unreported.get(name, 0),
                }
            )
    return rows


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []


def _by_root(
    pack: Pack, anatomy: Anatomy, roles: Mapping[str, str], given: Inputs
) -> tuple[dict[str, list[dict[str, object]]], dict[str, int]]:
    """``root.side`` to the reported cells of the scan that lie where it runs, and to the number not reported."""
    found: dict[str, list[dict[str, object]]] = {}
    open_: dict[str, int] = {}
    for roots, atom in _cells(pack, anatomy, roles):
        state = given.get(atom.id)
        for root in sorted(roots):
            if isinstance(state, str):
                found.setdefault(root, []).append(
                    {
                        "level": atom.row,
                        "zone": atom.column,
                        "state": state,
                        "label": f"{atom.label}: {atom.option_label(state)}",
                    }
                )
            else:
                open_[root] = open_.get(root, 0) + 1
    return found, open_


def _cells(pack: Pack, anatomy: Anatomy, roles: Mapping[str, str]) -> Iterator[tuple[frozenset[str], Atom]]:
    """Every cell of the scan with the roots that it meets."""
    for role, where in (("compression", level_roots), ("retropulsion", fragment_roots)):
        question = pack.questions.get(roles.get(role, ""))
        for name in question.atoms if question is not None else ():
            atom = pack.atoms[name]
            yield where(anatomy, atom.row, atom.column), atom
