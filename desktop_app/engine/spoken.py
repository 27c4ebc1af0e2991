"""The guideline in another language for the screens: every sentence a clinician reads, nothing that decides.

Ids, conditions, numbers, sources and the hash of the content stay what they are, so that the same answers give the
same decision. The patient's sheet has translations of its own (``translations.py``); titles of publications stay as
they were printed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import cast

from desktop_app.engine.conditions import Any
from desktop_app.engine.model import (
    Atom,
    ChoiceOption,
    Clause,
    Contradiction,
    Criterion,
    Disagreement,
    Effect,
    EmergencyPage,
    FixedText,
    GridAxis,
    ImagingAction,
    Named,
    Note,
    Option,
    Pack,
    PackInfo,
    Phone,
    Question,
    QuestionGroup,
    Screen,
    Service,
    Stage,
    Statement,
    Unit,
)
from desktop_app.engine.reader import Node

Say = Callable[[str], str]
PATIENTS = ("handout", "aid")  # places of texts that the patient's sheet prints, with translations of their own

_READ: Mapping[type, frozenset[str]] = {
    kind: frozenset(names.split()) for kind, names in (
        (Any, "label"),
        (Atom, "label"),
        (ChoiceOption, "label"),
        (Clause, "label plan"),
        (Contradiction, "message"),
        (Criterion, "label action"),
        (Disagreement, "says short strength"),
        (Effect, "sentence"),
        (EmergencyPage, "title sentence do_now not_now tell figure figure_label"),
        (FixedText, "text"),
        (GridAxis, "label note"),
        (ImagingAction, "label text"),
        (Named, "label"),
        (Note, "short text"),
        (Option, "title text consent monitor strength evidence"),
        (PackInfo, "title for_whom not_for intended_user change_notes article"),
        (Phone, "label hint"),
        (Question, "short question why how help none_label all_yes_label all_normal_label"),
        (QuestionGroup, "title intro all_no_label all_yes_label"),
        (Screen, "title intro"),
        (Service, "label missing"),
        (Stage, "label"),
        (Statement, "text evidence section strength timing"),
        (Unit, "label"),
    )
}
_READ_IN_TABLES = frozenset({
    "label", "sentence", "output", "text", "clues", "next", "cautions", "central_text", "ceiling", "dialysis", "dose",
    "figures", "formula", "helpful_muscles", "key_muscle", "label_dose", "negative", "new_leg_pain", "no_dose",
    "no_factor_because", "note", "notes", "own_weights", "pain", "provocation", "reflex", "renal", "routes", "schedule",
    "sensory_point", "start", "taper", "weight", "without", "zone_notes",
    "adductors_weak", "gluteus_maximus_weak", "hip_abduction_weak", "inversion_weak",
})  # fmt: skip


_NAMES_BY_ID = frozenset({"routes"})  # tables of names, each under an id of its own


def spoken(pack: Pack, say: Say) -> Pack:
    """The pack with each sentence as ``say`` gives it."""
    return cast("Pack", _Speaker(say).of(pack))


def sentences(pack: Pack) -> tuple[str, ...]:
    """Every sentence that :func:`spoken` would ask for, once, in the order of the pack."""
    found: dict[str, None] = {}

    def note(text: str) -> str:
        found[text] = None
        return text

    spoken(pack, note)
    return tuple(found)


class _Speaker:
    def __init__(self, say: Say) -> None:
        self._say = say
        self._known: dict[int, tuple[object, object]] = {}  # the thing itself is kept, so that its id stays its own

    def of(self, thing: object, *, read: bool = False) -> object:
        """``read``: texts here are read by people. What holds none of them comes back as the very same object."""
        if isinstance(thing, str):
            return self._say(thing) if read and any(letter.isalpha() for letter in thing) else thing
        if isinstance(thing, Node):
            return self._node(thing, "")
        if isinstance(thing, tuple):
            parts = tuple(self.of(part, read=read) for part in thing)
            return thing if all(a is b for a, b in zip(parts, thing, strict=True)) else parts
        if isinstance(thing, Mapping):
            values = {key: self.of(value, read=read) for key, value in thing.items()}
            return thing if all(values[key] is value for key, value in thing.items()) else values
        if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
            return self._record(thing)
        return thing

    def _record(self, thing: object) -> object:
        known = self._known.get(id(thing))
        if known is None:
            names = _READ.get(type(thing), frozenset())
            changed = {}
            if not (isinstance(thing, FixedText) and thing.place.partition(".")[0] in PATIENTS):
                for field in dataclasses.fields(thing):  # type: ignore[arg-type]
                    value = getattr(thing, field.name)
                    if (said := self.of(value, read=field.name in names)) is not value:
                        changed[field.name] = said
            known = self._known[id(thing)] = (thing, dataclasses.replace(thing, **changed) if changed else thing)  # type: ignore[type-var]
        return known[1]

    def _node(self, node: Node, key: str) -> Node:
        said = Node(node.kind, node.source, node.line, node.column,
                    str(self.of(node.words, read=key in _READ_IN_TABLES)))
        said.key_line, said.key_column = node.key_line, node.key_column
        said.parts = [self._node(part, key) for part in node.parts]
        said.nodes = {
            name: self._node(inner, key if key in _NAMES_BY_ID else name) for name, inner in node.nodes.items()
        }
        return said
