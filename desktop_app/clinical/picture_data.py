"""Plain data behind the pictures of screen and paper: signs by root, and what imaging says of each root."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop_app.clinical.anatomy import Anatomy
from desktop_app.clinical.imaging import fragment_roots, level_roots
from desktop_app.engine.derive import Inputs
from desktop_app.engine.model import Pack


def root_rows(
    pack: Pack, anatomy: Anatomy, scores: Mapping[str, object], roles: Mapping[str, str], given: Inputs
) -> list[dict[str, object]]:
    """One row a root and side: certain points, the blocks they are made of, and the reported imaging.

    ``scores`` is what ``localise`` returns; ``roles`` names the grids ``compression`` and ``retropulsion``.
    """
    reported = _by_root(pack, anatomy, roles, given)
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
                }
            )
    return rows


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []


def _by_root(
    pack: Pack, anatomy: Anatomy, roles: Mapping[str, str], given: Inputs
) -> dict[str, list[dict[str, object]]]:
    """``root.side`` to the cells of the scan that lie where it runs, as far as they are reported."""
    found: dict[str, list[dict[str, object]]] = {}
    for roots, cell in _cells(pack, anatomy, roles, given):
        for root in sorted(roots):
            found.setdefault(root, []).append(cell)
    return found


def _cells(
    pack: Pack, anatomy: Anatomy, roles: Mapping[str, str], given: Inputs
) -> Iterator[tuple[frozenset[str], dict[str, object]]]:
    for role, where in (("compression", level_roots), ("retropulsion", fragment_roots)):
        question = pack.questions.get(roles.get(role, ""))
        for name in question.atoms if question is not None else ():
            state = given.get(name)
            if not isinstance(state, str):
                continue
            atom = pack.atoms[name]
            yield where(anatomy, atom.row, atom.column), {
                "level": atom.row,
                "zone": atom.column,
                "state": state,
                "label": f"{atom.label}: {atom.option_label(state)}",
            }
