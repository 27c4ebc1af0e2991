"""Which root lies where on the scan, and how far the scan fits the examination.

The verdicts follow the table's order: not done; no radicular symptoms; no entrapment; no root named;
nothing on the side of the pain; neither the root nor a neighbour; a part of it; exactly it. From
partial answers the set of verdicts still possible is worked out without enumerating: cells of the
scan are independent, so each verdict is reached by adding at most two open cells to the certain ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from desktop_app.clinical.anatomy import SIDES, Anatomy, Zone
from desktop_app.clinical.roots import UNCERTAIN
from desktop_app.engine.derive import Inputs

NOT_DONE = "not_done"
INCIDENTAL = "incidental_only"
NO_COMPRESSION = "no_compression_seen"
ROOT_UNCERTAIN = "root_uncertain"
OTHER_SIDE = "discordant_side"
OTHER_LEVEL = "discordant_level"
PARTIAL = "partial"
CONCORDANT = "concordant"
VERDICT_ROLES = ("done", "symptoms", "entrapment", "root", "compression", "retropulsion", "complete")


def level_roots(anatomy: Anatomy, level: str, zone: str) -> frozenset[str]:
    """5.2: ``root.side`` of everything a lesion in this zone of a disc level meets.

    KeyError when the table has no such level or zone.
    """
    row, column = anatomy.disc_levels[level], anatomy.disc_zones[zone]
    roots = {"exiting": (row.exiting,), "traversing": (row.traversing,), "central": row.central}[column.root]
    return _sided(roots, column)


def fragment_roots(anatomy: Anatomy, vertebra: str, zone: str) -> frozenset[str]:
    """5.3: ``root.side`` of everything a retropulsed fragment of this vertebra meets in this zone."""
    row, column = anatomy.fracture_levels[vertebra], anatomy.retropulsion_zones[zone]
    return _sided(row.recess if column.root == "recess" else row.central, column)


def _sided(roots: tuple[str, ...], zone: Zone) -> frozenset[str]:
    sides = SIDES if zone.side == "both" else (zone.side,)
    return frozenset(f"{root}.{side}" for root in roots for side in sides)


def roots_at_risk(anatomy: Anatomy, vertebra: str) -> dict[str, object]:
    """5.3 for one fractured vertebra, as plain data with its source and check."""
    row = anatomy.fracture_levels[vertebra]
    return {
        "level": row.id,
        "label": row.label,
        "central": {"roots": list(row.central), "text": row.central_text, "conus": row.conus},
        "recess": list(row.recess),
        "foramen_below": {"root": row.below_root, "level": row.below_level},
        "foramen_above": {"root": row.above_root, "level": row.above_level},
        "new_leg_pain": row.new_leg_pain,
        "source": row.source,
        "check": row.check,
        "anatomy_check": row.anatomy_check,
        "notes": [{"text": n.text, "source": n.source, "check": n.check} for n in anatomy.fracture_notes],
    }


def level_table(anatomy: Anatomy, level: str) -> dict[str, object]:
    """5.2 for one disc level, as plain data with its source and check."""
    row = anatomy.disc_levels[level]
    return {
        "level": row.id,
        "label": row.label,
        "exiting": row.exiting,
        "traversing": row.traversing,
        "central": {"roots": list(row.central), "text": row.central_text, "conus": row.conus},
        "source": row.source,
        "check": row.check,
        "note": row.note,
    }


class Correlator:
    """The imaging verdict for one pack. ``roles``: what a question means to the ids of the pack's atoms.

    Roles: done, symptoms, entrapment, root, complete (atoms), compression, retropulsion (grids).
    """

    def __init__(self, anatomy: Anatomy, roles: Mapping[str, str]) -> None:
        self.anatomy = anatomy
        self.roles = dict(roles)
        order = list(anatomy.roots)
        self._bit = {
            f"{root}.{side}": 1 << (2 * index + number)
            for index, root in enumerate(order)
            for number, side in enumerate(SIDES)
        }
        self._sides = {
            side: sum(bit for name, bit in self._bit.items() if name.endswith(f".{side}")) for side in SIDES
        }
        self._near: dict[str, int] = {}  # the root itself and its neighbours on its side
        for index, root in enumerate(order):
            for side in SIDES:
                around = order[max(0, index - 1) : index + 2]
                self._near[f"{root}.{side}"] = sum(self._bit[f"{name}.{side}"] for name in around)
        grids = (
            (roles["compression"], anatomy.disc_levels, anatomy.disc_zones, level_roots),
            (roles["retropulsion"], anatomy.fracture_levels, anatomy.retropulsion_zones, fragment_roots),
        )
        self._cells = tuple(
            (f"{question}.{row}.{zone}", sum(self._bit[name] for name in meets(anatomy, row, zone)))
            for question, rows, zones, meets in grids
            for row in rows
            for zone in zones
        )
        self._fit = lru_cache(maxsize=4096)(self._fit_of)

    def possible(self, inputs: Inputs) -> frozenset[str]:
        """The verdicts that some completion of the answers still gives."""
        roles = self.roles
        found: set[str] = set()
        done = inputs.get(roles["done"])
        if done is not True:
            found.add(NOT_DONE)
        if done is False:
            return frozenset(found)
        symptoms = inputs.get(roles["symptoms"])
        if symptoms is not True:
            found.add(INCIDENTAL)
        if symptoms is False:
            return frozenset(found)
        entrapment = inputs.get(roles["entrapment"])
        if entrapment != self.anatomy.entrapment_seen:
            found.add(NO_COMPRESSION)
        if entrapment == self.anatomy.entrapment_none:
            return frozenset(found)
        roots = inputs.get(roles["root"])
        certain, open_masks = self._imaged(inputs)
        if isinstance(roots, frozenset):
            names = [str(name) for name in roots]
        else:
            names = [roots] if isinstance(roots, str) else [*self._named(), UNCERTAIN]
        for name in names:
            found |= self._fit(name, certain, open_masks)
        return frozenset(found)

    def _named(self) -> tuple[str, ...]:
        return tuple(f"{root}.{side}" for root in self.anatomy.named_roots() for side in SIDES)

    def _imaged(self, inputs: Inputs) -> tuple[int, frozenset[int]]:
        """Roots certainly imaged, and what each distinct open cell could add."""
        complete = inputs.get(self.roles["complete"]) is True
        certain = 0
        open_masks: set[int] = set()
        hit = self.anatomy.imaged
        get = inputs.get
        for cell, mask in self._cells:
            value = get(cell)
            if value is None:
                if not complete:
                    open_masks.add(mask)
            elif value in hit:
                certain |= mask
        return certain, frozenset(mask for mask in open_masks if mask & ~certain)

    def _fit_of(self, root: str, certain: int, open_masks: frozenset[int]) -> frozenset[str]:
        """Verdicts for one named root (or none), given that something pressing was reported."""
        if root == UNCERTAIN:
            return frozenset((ROOT_UNCERTAIN,))
        own, near = self._bit[root], self._near[root]
        side = self._sides[root.rpartition(".")[2]]
        verdicts = set()
        if not certain & side:
            verdicts.add(OTHER_SIDE)
        if not certain & near and (certain & side or any(m & side and not m & near for m in open_masks)):
            verdicts.add(OTHER_LEVEL)
        if certain & own:
            others = certain & ~own
            if not others:
                verdicts.add(CONCORDANT)
            if others or any(m & ~own for m in open_masks):
                verdicts.add(PARTIAL)
        else:
            with_own = [m for m in open_masks if m & own]
            if not certain and own in open_masks:
                verdicts.add(CONCORDANT)
            if with_own and (certain or any(m != own for m in open_masks)):
                verdicts.add(PARTIAL)
            if certain & near or any(m & near and not m & own for m in open_masks):
                verdicts.add(PARTIAL)
        return frozenset(verdicts)
