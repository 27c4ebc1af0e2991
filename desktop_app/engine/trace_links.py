"""Two-way traceability: what each rule rests on, and whether everything known is used by something."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop_app.engine.conditions import Place
from desktop_app.engine.loader import Reading
from desktop_app.engine.model import Pack
from desktop_app.engine.problems import Problem, choices
from desktop_app.engine.read_evidence import STATEMENT_KINDS
from desktop_app.engine.reader import Node

RULE_KINDS = ("condition", "criterion", "option", "clause", "action", "table")
_NAMING_KEYS = frozenset({"basis", "rests_on", "statements", "disagreements", "source", "sources"})
_NUMBERED = re.compile(r"([A-Z])(\d+)\Z")
_TABLE_ONLY = ("own", "none")


@dataclass(frozen=True, slots=True)
class Use:
    """One place of the pack that names a statement, disagreement or source."""

    kind: str  # question, condition, criterion, option, clause, note, text, action, table
    name: str
    ids: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Accounted:
    """How many of one kind are used, or listed with a reason why not."""

    kind: str
    total: int
    accounted: int

    def __str__(self) -> str:
        return f"{self.accounted} of {self.total} {self.kind}s"


def uses(reading: Reading) -> list[Use]:
    """Everything that rests on something, rules first."""
    return [*_rules(reading), *_shown(reading), *_tables(reading)]


def _rules(reading: Reading) -> Iterator[Use]:
    pack, place = reading.pack, reading.places
    for condition in pack.conditions.values():
        yield Use("condition", condition.id, condition.basis, place["condition", condition.id])
    for criterion in pack.criteria.values():
        yield Use(
            "criterion", criterion.id, (*criterion.basis, *criterion.disagreements), place["criterion", criterion.id]
        )
    for option in pack.options.values():
        where = place["option", option.id]
        yield Use("option", option.id, (*option.basis, *option.statements, *option.disagreements), where)
        for clause in (*option.never_when, *option.conditional_when):
            node = _clause_node(reading.entries["option", option.id], clause.id)
            yield Use("clause", f"{option.id}: {clause.id}", clause.basis, _key_place(node, where))
    for action in pack.imaging_actions:
        yield Use("action", action.id, action.basis, Place("imaging.yaml", 1, 1))


def _clause_node(option: Node, clause: str) -> Node | None:
    for key in ("never_when", "conditional_when"):
        held = option.get(key)
        if held is not None and clause in held:
            return held.get(clause)
    return None


def _key_place(node: Node | None, otherwise: Place) -> Place:
    return (
        otherwise
        if node is None
        else Place(node.source.name, node.key_line or node.line, node.key_column or node.column)
    )


def _shown(reading: Reading) -> Iterator[Use]:
    pack, place = reading.pack, reading.places
    for question in pack.questions.values():
        if not question.derived:
            yield Use("question", question.id, question.basis, place["question", question.id])
    for option in pack.options.values():
        for number, note in enumerate(option.notes):
            parts = reading.entries["option", option.id].nodes["notes"].parts
            yield Use(
                "note",
                f"{option.id}: note {number + 1}",
                note.basis,
                _key_place(parts[number], place["option", option.id]),
            )
    for text in pack.texts:
        yield Use("text", text.id, text.basis, place["text", text.id])


def _tables(reading: Reading) -> Iterator[Use]:
    """What the tables name under ``basis``, ``rests_on``, ``source`` and the like."""
    for name, top in reading.pack.tables.items():
        for node in naming_nodes(top):
            parts = node.parts if node.kind == "list" else [node]
            ids = tuple(part.words.strip() for part in parts if part.kind == "text")
            yield Use("table", name, ids, Place(node.source.name, node.line, node.column))


def naming_nodes(node: Node) -> Iterator[Node]:
    """The values that stand under a name for sources or statements, anywhere below."""
    for key, each in node.nodes.items():
        if key in _NAMING_KEYS and each.kind in {"text", "list"}:
            yield each
        else:
            yield from naming_nodes(each)
    for part in node.parts:
        yield from naming_nodes(part)


def check_links(reading: Reading) -> tuple[list[Accounted], list[Problem]]:
    """The counts for the summary, and every broken link."""
    pack = reading.pack
    every = uses(reading)
    problems = [*_without_basis(every), *_unknown_in_tables(pack, every), *_gaps(reading)]
    used: dict[str, set[str]] = defaultdict(set)
    for use in every:
        for name in use.ids:
            used[name].add(use.kind)
    counts = []
    for kind in STATEMENT_KINDS:
        of_kind = [statement for statement in pack.statements.values() if statement.kind == kind]
        if not of_kind:
            continue
        missing = [s.id for s in of_kind if s.id not in used and not s.not_computed_because]
        counts.append(Accounted(kind, len(of_kind), len(of_kind) - len(missing)))
        problems += [_unused(reading, "statement", kind, name) for name in missing]
        problems += [
            _only_shown(reading, s.id)
            for s in of_kind
            if kind == "statement"
            and s.role == "rule"
            and s.id in used
            and not s.not_computed_because
            and not used[s.id] & set(RULE_KINDS)
        ]
    missing = [d.id for d in pack.disagreements.values() if d.id not in used and not d.not_computed_because]
    counts.append(Accounted("disagreement", len(pack.disagreements), len(pack.disagreements) - len(missing)))
    problems += [_unused(reading, "disagreement", "disagreement", name) for name in missing]
    return counts, problems


def _unused(reading: Reading, section: str, kind: str, name: str) -> Problem:
    return Problem(
        *reading.places[section, name],
        f"{kind} {name} is used by no rule, question, text or page",
        "name it under rests_on, statements or disagreements, or say not_computed_because",
    )


def _only_shown(reading: Reading, name: str) -> Problem:
    return Problem(
        *reading.places["statement", name],
        f"statement {name} has the role of a rule, but no rule rests on it",
        "a rule that rests on it, or role: text",
    )


def _without_basis(every: Iterable[Use]) -> Iterator[Problem]:
    for use in every:
        if not use.ids and use.kind != "table":
            yield Problem(
                *use.place,
                f"{use.kind} {use.name!r} names no basis",
                "basis" if use.kind == "question" else "rests_on with at least one statement or source",
            )


def _unknown_in_tables(pack: Pack, every: Iterable[Use]) -> Iterator[Problem]:
    known = [*pack.statements, *pack.disagreements, *pack.sources]
    for use in every:
        if use.kind != "table":
            continue
        for name in use.ids:
            if name not in known and name not in _TABLE_ONLY:
                yield Problem(*use.place, f"unknown basis {name!r}", choices(known, name, most=4))


def _gaps(reading: Reading) -> Iterator[Problem]:
    """Numbered ids run without a gap: S1, S2, ... S47."""
    groups: dict[str, list[int]] = defaultdict(list)
    for name in (*reading.pack.statements, *reading.pack.disagreements):
        match = _NUMBERED.match(name)
        if match:
            groups[match[1]].append(int(match[2]))
    for letter, numbers in groups.items():
        for number in range(min(numbers), max(numbers)):
            if number not in numbers:
                section = "disagreements" if letter == "D" else "statements"
                yield Problem(
                    f"{section}.yaml",
                    0,
                    0,
                    f"{letter}{number} is missing between {letter}{min(numbers)} and {letter}{max(numbers)}",
                )


def by_basis(every: Iterable[Use]) -> Mapping[str, list[Use]]:
    """Per statement, disagreement or source the places that name it."""
    found: dict[str, list[Use]] = defaultdict(list)
    for use in every:
        for name in use.ids:
            found[name].append(use)
    return found
