"""The evaluator: conditions become one straight program of ANDs and ORs over planes.

A truth value is a pair of planes: the lanes where a condition certainly holds and the lanes where it
certainly does not. Inputs are the planes "this class is ruled out", so a leaf is an AND of inputs,
``all`` is (AND of holds, OR of fails), ``any`` the mirror image, and ``not`` swaps the pair without
computing anything. Because the program has no other operation on answers, it is monotone in what is
known: an added answer can settle a condition and can never unsettle one.

The single exception is relevance (``when_not_relevant: no``): a question that certainly does not
apply counts as answered no, unless it was answered yes, which then counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from desktop_app.engine.conditions import (
    All,
    Always,
    Any,
    AtLeast,
    Compare,
    Condition,
    Is,
    Leaf,
    Not,
    Ref,
    Yes,
)
from desktop_app.engine.domains import Domain
from desktop_app.engine.lanes import Lanes
from desktop_app.engine.model import Question


class Truths(NamedTuple):
    """Lanes where something certainly holds, and lanes where it certainly does not."""

    holds: int
    fails: int


@dataclass(frozen=True, slots=True)
class Term:
    """A condition with the slots of the program where its two planes stand.

    ``parts`` follows the condition's own parts; a reference has one part, the named condition.
    """

    node: Condition
    holds: int
    fails: int
    parts: tuple[Term, ...] = ()


class _Op(IntEnum):
    AND = 0
    OR = 1
    BUT_NOT = 2  # relevance only


class Step(NamedTuple):
    op: _Op
    first: int
    rest: tuple[int, ...]


NEVER, EVERYWHERE = 0, 1  # the first two slots of every program
_CONSTANTS = 2


@dataclass(frozen=True, slots=True)
class Program:
    """Slots: the two constants, then the inputs atom by atom, then one slot a step."""

    inputs: tuple[tuple[str, int], ...]  # (atom, number of classes)
    steps: tuple[Step, ...]

    def run(self, lanes: Lanes) -> Sequence[int]:
        """The planes of every slot."""
        slots = [0, lanes.full]
        ruled_out = lanes.ruled_out
        for atom, width in self.inputs:
            planes = ruled_out.get(atom)
            slots.extend((0,) * width if planes is None else planes)
        for op, first, rest in self.steps:
            plane = slots[first]
            if op == _Op.AND:
                for slot in rest:
                    plane &= slots[slot]
            elif op == _Op.OR:
                for slot in rest:
                    plane |= slots[slot]
            else:
                for slot in rest:
                    plane &= ~slots[slot]
            slots.append(plane)
        return slots

    def slice(self, terms: Iterable[Term]) -> tuple[Program, Mapping[int, int]]:
        """The part of the program that these terms need, and where each kept slot moved to."""
        sizes = [(atom, width) for atom, width in self.inputs]
        first_step = _CONSTANTS + sum(width for _, width in sizes)
        needed = {slot for term in terms for slot in (term.holds, term.fails)}
        for slot in range(first_step + len(self.steps) - 1, first_step - 1, -1):
            if slot in needed:
                step = self.steps[slot - first_step]
                needed.update((step.first, *step.rest))
        moved = {NEVER: NEVER, EVERYWHERE: EVERYWHERE}
        inputs: list[tuple[str, int]] = []
        old = _CONSTANTS
        new = _CONSTANTS
        for atom, width in sizes:
            if any(slot in needed for slot in range(old, old + width)):
                moved.update((old + index, new + index) for index in range(width))
                inputs.append((atom, width))
                new += width
            old += width
        steps: list[Step] = []
        for slot in range(first_step, first_step + len(self.steps)):
            if slot in needed:
                step = self.steps[slot - first_step]
                steps.append(Step(step.op, moved[step.first], tuple(moved[s] for s in step.rest)))
                moved[slot] = new
                new += 1
        return Program(tuple(inputs), tuple(steps)), moved


class Compiler:
    """Turns conditions into terms over one shared program; equal steps are shared."""

    def __init__(
        self,
        domains: Mapping[str, Domain],
        named: Mapping[str, Condition],
        relevance: Mapping[str, Question],
    ) -> None:
        """``relevance`` maps the atoms that count as no when their question does not apply."""
        self._domains = domains
        self._named = named
        self._relevance = relevance
        self._inputs: dict[str, int] = {}
        slot = _CONSTANTS
        for atom, domain in domains.items():
            self._inputs[atom] = slot
            slot += len(domain.names)
        self._next = slot
        self._steps: list[Step] = []
        self._shared: dict[tuple[_Op, frozenset[int]], int] = {}
        self._terms: dict[str, Term] = {}
        self._answers: dict[str, Sequence[int]] = {}

    def program(self) -> Program:
        inputs = tuple((atom, len(domain.names)) for atom, domain in self._domains.items())
        return Program(inputs, tuple(self._steps))

    def named(self, condition: str) -> Term:
        """The term of a named condition."""
        if condition not in self._terms:
            self._terms[condition] = self.term(self._named[condition])
        return self._terms[condition]

    def term(self, node: Condition) -> Term:
        match node:
            case Yes() | Is() | Compare():
                return Term(node, *self._leaf(node))
            case Ref():
                below = self.named(node.condition)
                return Term(node, below.holds, below.fails, (below,))
            case Always():
                return Term(node, EVERYWHERE, NEVER)
            case Not():
                below = self.term(node.part)
                return Term(node, below.fails, below.holds, (below,))
            case All():
                parts = tuple(self.term(part) for part in node.parts)
                return Term(node, self._and(p.holds for p in parts), self._or(p.fails for p in parts), parts)
            case Any():
                parts = tuple(self.term(part) for part in node.parts)
                return Term(node, self._or(p.holds for p in parts), self._and(p.fails for p in parts), parts)
            case AtLeast():
                parts = tuple(self.term(part) for part in node.parts)
                holds = self._at_least(node.count, [part.holds for part in parts])
                fails = self._at_least(len(parts) - node.count + 1, [part.fails for part in parts])
                return Term(node, holds, fails, parts)

    def _leaf(self, leaf: Leaf) -> tuple[int, int]:
        true = self._domains[leaf.atom].where(leaf)
        slots = self._answer_slots(leaf.atom)
        holds = self._and(slot for index, slot in enumerate(slots) if not true >> index & 1)
        fails = self._and(slot for index, slot in enumerate(slots) if true >> index & 1)
        return holds, fails

    def _answer_slots(self, atom: str) -> Sequence[int]:
        """Per class the slot "ruled out", after relevance."""
        known = self._answers.get(atom)
        if known is not None:
            return known
        first = self._inputs[atom]
        slots: Sequence[int] = range(first, first + len(self._domains[atom].names))
        question = self._relevance.get(atom)
        if question is not None and question.relevant_when is not None:
            no, yes = slots
            does_not_apply = self.term(question.relevant_when).fails
            counts_as_no = self._step(_Op.BUT_NOT, does_not_apply, (no,))
            slots = (no, self._or((yes, counts_as_no)))
        self._answers[atom] = slots
        return slots

    def _and(self, slots: Iterable[int]) -> int:
        wanted = frozenset(slots) - {EVERYWHERE}
        return NEVER if NEVER in wanted else self._combine(_Op.AND, wanted, EVERYWHERE)

    def _or(self, slots: Iterable[int]) -> int:
        wanted = frozenset(slots) - {NEVER}
        return EVERYWHERE if EVERYWHERE in wanted else self._combine(_Op.OR, wanted, NEVER)

    def _combine(self, op: _Op, wanted: frozenset[int], of_none: int) -> int:
        if not wanted:
            return of_none
        if len(wanted) == 1:
            return next(iter(wanted))
        found = self._shared.get((op, wanted))
        if found is None:
            first, *rest = sorted(wanted)
            found = self._shared[op, wanted] = self._step(op, first, tuple(rest))
        return found

    def _step(self, op: _Op, first: int, rest: tuple[int, ...]) -> int:
        self._steps.append(Step(op, first, rest))
        self._next += 1
        return self._next - 1

    def _at_least(self, count: int, slots: Sequence[int]) -> int:
        """Slot of "at least ``count`` of these", built up one part at a time."""
        reached = [EVERYWHERE] + [NEVER] * max(count, 0)
        for slot in slots:
            for number in range(len(reached) - 1, 0, -1):
                reached[number] = self._or((reached[number], self._and((reached[number - 1], slot))))
        return reached[-1] if count > 0 else EVERYWHERE


def read(slots: Sequence[int], term: Term) -> Truths:
    """The two planes of a term after a run."""
    return Truths(slots[term.holds], slots[term.fails])
