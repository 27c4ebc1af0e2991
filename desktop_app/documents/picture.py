"""The two pictures of page one as data: which root the signs and the report point to, and where it is felt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from desktop_app.documents.tree import BodyMap, Chart, RootRow
from desktop_app.engine.answers import Unknown
from desktop_app.engine.model import Atom, FindingType
from desktop_app.pictures.body import PAIN, SENSATION, Marks, Place, State
from desktop_app.pictures.body_marks import drawn_questions

if TYPE_CHECKING:
    from desktop_app.documents.view import PlanView

_ROOTS = ("L1", "L2", "L3", "L4", "L5", "S1")
_ALWAYS = frozenset({"L2", "L3", "L4", "L5", "S1"})
_KINDS = {
    "motor": "power",
    "power": "power",
    "reflex": "reflex",
    "sensory": "sensation",
    "sensation": "sensation",
    "sensory_loss": "sensation",
    "pain": "pain",
}
_DISCS = {"narrowed": 1, "touched": 2, "pressed": 3}
_ZONES = {"far": "far lateral", "foramen": "foramen", "recess": "recess", "canal": "canal"}


def chart(view: PlanView) -> Chart:
    """Signs and imaging by root, for the side that the signs point to."""
    roots = _roots(view)
    side = _side(view, roots)
    rows = tuple(row for root in _ROOTS if (row := _row(view, roots, root, side)) is not None)
    scored = any(row.blocks or row.discs for row in rows)
    if not scored and not (_examined(view) or view.is_yes("imaging_done")):
        return Chart("", (), empty="Nothing to show yet: neither the signs of a root nor imaging have been entered.")
    note = "Weights are this guideline's own."
    return Chart(side, rows, note=note)


def _examined(view: PlanView) -> bool:
    return any(
        view.known(atom_id)
        for atom_id, atom in view.pack.atoms.items()
        if atom.question in {"power", "reflex", "sensation", "pain_area"}
    )


def _roots(view: PlanView) -> list[Mapping[str, object]]:
    found = view.plan.pictures.get("roots", ())
    if not isinstance(found, Sequence) or isinstance(found, str):
        return []
    return [entry for entry in found if isinstance(entry, Mapping)]


def _side(view: PlanView, roots: list[Mapping[str, object]]) -> str:
    """The side of the named root, else the one with the higher scores, else none."""
    _, _, named = view.decision.imaging.root.partition(".")
    if named:
        return named
    totals = {
        side: sum(_number(entry.get("total")) for entry in roots if entry.get("side") == side)
        for side in ("left", "right")
    }
    if totals["left"] == totals["right"]:
        return ""
    return max(totals, key=lambda side: totals[side])


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _row(view: PlanView, roots: list[Mapping[str, object]], root: str, side: str) -> RootRow | None:
    # Without a leading side both are shown in one row, the imaging words say which.
    mine = [entry for entry in roots if entry.get("root") == root and (not side or entry.get("side") == side)]
    other = [entry for entry in roots if entry.get("root") == root and entry not in mine]
    blocks = tuple(one for entry in mine for one in _blocks(entry, "blocks"))
    possible = tuple(one for entry in mine for one in _blocks(entry, "possible_blocks"))
    total = sum(_number(entry.get("total")) for entry in mine)
    words, discs, reported = _imaged(mine, other, side)
    if not blocks and not discs and root not in _ALWAYS:
        return None
    if not words:
        complete = view.is_yes("compression_list_complete")
        done = view.is_yes("imaging_done")
        known = complete or reported
        words = "none reported" if known else "not reported on" if done else "no imaging"
        return RootRow(root, total, blocks, words, 0, known, possible=possible)
    framed = view.decision.imaging.root == f"{root}.{side}" and discs > 0
    return RootRow(root, total, blocks, words, discs, True, framed, possible)


def _blocks(entry: Mapping[str, object], key: str) -> list[tuple[str, int]]:
    found = entry.get(key, ())
    if not isinstance(found, Sequence):
        return []
    return [
        (_KINDS.get(str(one.get("kind")), "pain"), _number(one.get("weight")))
        for one in found
        if isinstance(one, Mapping) and _number(one.get("weight"))
    ]


def _imaged(mine: list[Mapping[str, object]], other: list[Mapping[str, object]], side: str) -> tuple[str, int, bool]:
    """Words and discs of what imaging says of a root, and whether anything was reported there at all."""
    words: list[str] = []
    discs = 0
    reported = False
    for entry in (*mine, *other):
        found = entry.get("imaged", ())
        for one in found if isinstance(found, Sequence) else ():
            if not isinstance(one, Mapping):
                continue
            reported = True
            strength = _DISCS.get(str(one.get("state")), 0)
            if not strength:
                continue
            zone = str(one.get("zone", "")).partition("_")[0]
            place = f"{str(one.get('level', '')).replace('_', '-')} {_ZONES.get(zone, zone)}".strip()
            if entry in mine:
                discs = max(discs, strength)
                where = "" if side else f" {entry.get('side', '')}"
                words.append(f"{place}{where} {one.get('state')}")
            else:
                words.append(f"{place}, other side")
    return "; ".join(dict.fromkeys(words)), discs, reported


def body_map(view: PlanView, *, whole: bool = False) -> BodyMap:
    """Where pain is felt and where sensation is changed, and where neither is known."""
    found: dict[str, dict[Place, State]] = {PAIN: {}, SENSATION: {}}
    for question, kind in drawn_questions(view.pack).items():
        for atom_id in view.pack.questions[question].atoms:
            atom = view.pack.atoms[atom_id]
            found[kind][atom.row, atom.column] = _state(view, atom)
    return BodyMap(Marks(found[PAIN], found[SENSATION]), whole)


def _state(view: PlanView, atom: Atom) -> State:
    answer = view.answer(atom.id)
    if answer is None or not view.known(atom.id):
        return State.NOT_ASKED if answer is None or answer.unknown in {None, Unknown.NOT_ASKED} else State.UNKNOWN
    if answer.excluded is not None:
        return State.NORMAL
    affected = answer.value is True if atom.type is FindingType.YES_NO else answer.value != atom.normal
    return State.MARKED if affected else State.NORMAL
