"""The pictures of the plan as data: where it is felt, which root signs and report point to, and the spine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.documents.tree import BodyMap, Roots, Spine
from desktop_app.engine.answers import Unknown
from desktop_app.engine.model import Atom, FindingType
from desktop_app.language import tr
from desktop_app.pictures import correlation
from desktop_app.pictures.body import PAIN, SENSATION, Marks, Place, State
from desktop_app.pictures.body_marks import drawn_questions
from desktop_app.pictures.spine_marks import spine_marks

if TYPE_CHECKING:
    from desktop_app.documents.view import PlanView

def chart(view: PlanView) -> Roots:
    """Signs and imaging by root: the leg that the signs point to, or both while that is not settled."""
    named = view.decision.imaging.root
    done = view.is_yes("imaging_done") or (False if view.known("imaging_done") else None)
    complete = view.is_yes("compression_list_complete")
    both = correlation.legs(view.plan.pictures.get("roots"), named=named, done=done, complete=complete)
    if not (view.is_yes("imaging_done") or _examined(view)):
        return Roots((), empty=tr("Nothing to show yet: neither the signs of a root nor imaging have been entered."))
    return Roots(correlation.shown(both, named), note=tr("Weights are this guideline's own."))


def _examined(view: PlanView) -> bool:
    return any(
        view.known(atom_id)
        for atom_id, atom in view.pack.atoms.items()
        if atom.question in {"power", "reflex", "sensation", "pain_area"}
    )


def spine(view: PlanView) -> Spine:
    """The spine with what the report says of every level and zone."""
    return Spine(spine_marks(view.pack, view.decision.answers))


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
