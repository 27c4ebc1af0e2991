"""Turns the conditions of a content file into condition trees, checking every name and option in them.

A condition is a phrase (``leg_pain``, ``fracture_level is L4``, ``leg_pain_score >= 7``,
``any cauda_equina``) or a map with one of ``all``, ``any``, ``not``, ``at_least``. A mistake is noted at
its place and a constant stands in, so that reading goes on.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import cast

from desktop_app.engine.conditions import (
    All,
    Always,
    Any,
    AtLeast,
    Compare,
    Condition,
    Is,
    Not,
    Operator,
    Place,
    Ref,
    Yes,
)
from desktop_app.engine.model import Atom, FindingType, Question, QuestionShape
from desktop_app.engine.problems import choices
from desktop_app.engine.reader import Node, is_number

OPERATORS = ("all", "any", "not", "at_least")
_COMPARE = re.compile(r"(\S+)\s*(<=|>=|<|>)\s*(\S+)\Z")
_PHRASES = "NAME, NAME is OPTION, NAME >= VALUE, any QUESTION, all:, any:, not:, at_least:"


class Names:
    """What a condition may refer to. Filled by the loader before the first condition is read."""

    def __init__(self) -> None:
        self.atoms: dict[str, Atom] = {}
        self.questions: dict[str, Question] = {}
        self.conditions: Collection[str] = ()


def place_of(node: Node) -> Place:
    return Place(node.source.name, node.line, node.column)


def read_condition(node: Node, names: Names, *, constant: bool = False) -> Condition:
    """Read one condition. ``constant``: the word ``always`` is allowed here."""
    if node.kind == "text":
        return _phrase(node, names, constant=constant)
    if node.kind == "map":
        if len(node.nodes) != 1:
            node.problem(
                f"a condition has exactly one of {', '.join(OPERATORS)}, here are {len(node.nodes)} names",
                ", ".join(OPERATORS),
            )
            return Always(place_of(node))
        key = next(iter(node.nodes))
        return _operator(key, node.nodes[key], names, constant=constant)
    if node.kind != "missing":
        node.problem("a condition is expected here", _PHRASES)
    return Always(place_of(node))


def condition_within(node: Node, names: Names, *, constant: bool = False) -> Condition:
    """The condition of a map that holds other names too: under ``when``, or directly under an operator."""
    present = [key for key in ("when", *OPERATORS) if key in node.nodes]
    if len(present) > 1:
        node.problem(f"more than one condition: {', '.join(present)}", f"one of when, {', '.join(OPERATORS)}", key=True)
    if not present:
        return read_condition(node.need("when"), names, constant=constant)
    key = present[0]
    if key == "when":
        return read_condition(node.nodes[key], names, constant=constant)
    return _operator(key, node.nodes[key], names, constant=constant)


def _operator(key: str, node: Node, names: Names, *, constant: bool) -> Condition:
    place = place_of(node)
    if key in {"all", "any"}:
        if node.kind != "list" or not node.parts:
            node.problem(f"{key!r} needs a list with at least one condition", "a list of conditions")
            return Always(place)
        parts = tuple(read_condition(part, names, constant=constant) for part in node.parts)
        return All(parts, place) if key == "all" else Any(parts, place=place)
    if key == "not":
        return Not(read_condition(node, names, constant=constant), place)
    if key == "at_least":
        node.only("count", "of")
        of = node.need("of")
        parts = tuple(read_condition(part, names, constant=constant) for part in of.items())
        count = node.need("count").whole(1, max(1, len(parts)))
        if not parts:
            of.problem("'of' needs a list with at least one condition", "a list of conditions")
            return Always(place)
        return AtLeast(count, parts, place)
    node.problem(f"{key!r} is not a kind of condition", choices(OPERATORS, key), key=True)
    return Always(place)


def _phrase(node: Node, names: Names, *, constant: bool) -> Condition:
    phrase = " ".join(node.text().split())
    place = place_of(node)
    if phrase == "always":
        if not constant:
            node.problem("'always' is not allowed here", _PHRASES)
        return Always(place)
    if phrase.startswith("any "):
        return _any_question(node, phrase[4:], names)
    subject, rest = _split(phrase)
    if not rest:
        if subject in names.conditions:
            return Ref(subject, place)
        atom = _atom(node, subject, names)
        if atom is None:
            return Always(place)
        return _leaf(node, atom, "")
    atom = _atom(node, subject, names)
    return Always(place) if atom is None else _leaf(node, atom, rest)


def _split(phrase: str) -> tuple[str, str]:
    """A phrase as the name and the test that follows it (``is OPTION`` or ``>= VALUE``)."""
    compared = _COMPARE.match(phrase)
    if compared:
        return compared[1], f"{compared[2]} {compared[3]}"
    subject, _, rest = phrase.partition(" ")
    return subject, rest


def _any_question(node: Node, phrase: str, names: Names) -> Condition:
    subject, rest = _split(phrase)
    place = place_of(node)
    question = names.questions.get(subject)
    if question is None or question.shape is QuestionShape.SINGLE:
        many = [q.id for q in names.questions.values() if q.shape is not QuestionShape.SINGLE]
        reason = "is not a list or grid of findings" if question else "is unknown"
        node.problem(f"'any {subject}': the question {reason}", choices(many, subject))
        return Always(place)
    parts = tuple(_leaf(node, names.atoms[atom], rest) for atom in question.atoms)
    return Any(parts, label=question.short, question=question.id, place=place)


def _atom(node: Node, subject: str, names: Names) -> Atom | None:
    atom = names.atoms.get(subject)
    if atom is not None:
        return atom
    question = names.questions.get(subject)
    if question is not None:
        node.problem(
            f"{subject!r} is a list of findings; name one of them, or write 'any {subject}'",
            choices(question.atoms, subject),
        )
    elif " " in node.words.strip() and subject in names.conditions:
        node.problem(f"{subject!r} is a condition; it stands alone", "the name of the condition only")
    else:
        node.problem(
            f"unknown finding or condition {subject!r}", choices([*names.atoms, *names.conditions], subject, most=4)
        )
    return None


def _leaf(node: Node, atom: Atom, rest: str) -> Condition:
    place = place_of(node)
    if not rest:
        if atom.type is not FindingType.YES_NO:
            node.problem(f"{atom.id!r} is a {atom.type} and not yes or no", _tests_of(atom))
        return Yes(atom.id, place)
    if rest.startswith("is "):
        return _is(node, atom, rest[3:].strip(), place)
    operator, _, value = rest.partition(" ")
    if operator in {"<", "<=", ">", ">="} and value:
        return _compare(node, atom, cast("Operator", operator), value, place)
    node.problem(f"{node.words.strip()!r} is not a condition", _PHRASES)
    return Always(place)


def _is(node: Node, atom: Atom, option: str, place: Place) -> Condition:
    if atom.type not in {FindingType.CHOICE, FindingType.SCALE}:
        node.problem(f"{atom.id!r} is a {atom.type} and has no options", _tests_of(atom))
        return Always(place)
    ids = [each.id for each in atom.options]
    if option not in ids:
        node.problem(f"{option!r} is not an option of {atom.id!r}", choices(ids, option, most=20))
    return Is(atom.id, option, place)


def _compare(node: Node, atom: Atom, operator: Operator, value: str, place: Place) -> Condition:
    if atom.type is FindingType.SCALE:
        ids = [each.id for each in atom.options]
        if value not in ids:
            node.problem(f"{value!r} is not a step of {atom.id!r}", choices(ids, value, most=20))
        return Compare(atom.id, operator, value, place)
    if atom.type is not FindingType.NUMBER:
        node.problem(f"{atom.id!r} is a {atom.type} and cannot be compared", _tests_of(atom))
        return Always(place)
    if not is_number(value):
        unit = f" in {atom.units[0].label}" if atom.units else ""
        node.problem(f"{value!r} is not a number", f"a number{unit}")
        return Always(place)
    number = float(value)
    if atom.range and not atom.range.error_min <= number <= atom.range.error_max:
        node.problem(
            f"{value} lies outside the range of {atom.id!r}", f"{atom.range.error_min:g} to {atom.range.error_max:g}"
        )
    return Compare(atom.id, operator, number, place)


def _tests_of(atom: Atom) -> str:
    """How this kind of finding can be tested."""
    tests: Mapping[FindingType, str] = {
        FindingType.YES_NO: atom.id,
        FindingType.CHOICE: f"{atom.id} is OPTION",
        FindingType.SCALE: f"{atom.id} is OPTION, {atom.id} >= STEP",
        FindingType.NUMBER: f"{atom.id} >= NUMBER",
    }
    return tests.get(atom.type, "no condition; derive a finding from it")
