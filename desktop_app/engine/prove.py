"""Proofs by enumeration with the shipped evaluator: every partial case of a cone as one lane.

Numbers fall into finitely many classes, so the space of what can be known about a cone of findings is
finite: each atom is unknown or in one class. All of it is run at once, and what must hold between a
case and its completions is checked by shifting planes. Derived findings are free variables here.

Cases that answer yes to a question that by their other answers does not apply are left out: there the
yes counts and the contradiction is shown, so an answer can overturn what relevance had settled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.engine.conditions import Compare, Is, Yes
from desktop_app.engine.evaluate import Program, Term, Truths
from desktop_app.engine.lanes import Lanes, lanes_in, repeat
from desktop_app.engine.model import Question
from desktop_app.engine.plan import Plan, leaves_of

MOST_ATOMS = 14
MOST_LANES = 5_000_000  # 3**14 and a little: about a second


@dataclass(frozen=True, slots=True)
class Axis:
    """One atom of the product: its distinguishable classes first, then unknown as the last digit."""

    atom: str
    classes: tuple[int, ...]  # one representative class index a group
    stride: int

    @property
    def radix(self) -> int:
        return len(self.classes) + 1


@dataclass(frozen=True, slots=True)
class Proof:
    """What enumeration found about one term. All planes are 0 in a sound and exact rule."""

    atoms: tuple[str, ...]
    lanes: int
    undecided: int  # complete cases without a truth value
    unsound: int  # partial cases that claim what a completion refutes
    needless: int  # partial cases left unknown although every completion agrees
    widened: int  # partial cases that an added answer unsettles
    axes: tuple[Axis, ...]

    @property
    def sound(self) -> bool:
        return not (self.undecided or self.unsound or self.widened)

    @property
    def exact(self) -> bool:
        return not self.needless

    def example(self, plane: int, plan: Plan) -> Mapping[str, str]:
        """The first case of a plane, as class names; unknown atoms are left out."""
        lane = next(lanes_in(plane))
        found: dict[str, str] = {}
        for axis in self.axes:
            digit = lane // axis.stride % axis.radix
            if digit < len(axis.classes):
                found[axis.atom] = plan.domains[axis.atom].names[axis.classes[digit]]
        return found


class Cone:
    """Every partial case over the atoms that some terms look at."""

    def __init__(self, plan: Plan, terms: Sequence[Term]) -> None:
        self.plan = plan
        self.terms = tuple(terms)
        self.questions = _relevant_questions(plan, terms)
        everything = (*terms, *(plan.relevance[question.id] for question in self.questions))
        cone = plan.cone(*everything)
        self.program: Program = cone.program
        self._moved = cone.moved
        self.axes = _axes(plan, everything, [atom for atom, _ in cone.program.inputs])
        self.lanes = 1
        for axis in self.axes:
            self.lanes *= axis.radix

    @property
    def small_enough(self) -> bool:
        return len(self.axes) <= MOST_ATOMS and self.lanes <= MOST_LANES

    def run(self) -> Enumerated:
        """Evaluate every partial case of the cone."""
        domains = self.plan.domains
        choices = {
            axis.atom: [*(1 << index for index in axis.classes), domains[axis.atom].all] for axis in self.axes
        }
        lanes = Lanes.every_combination(domains, choices, {})
        slots = self.program.run(lanes)
        admissible = lanes.full
        for question in self.questions:
            does_not_apply = slots[self._moved[self.plan.relevance[question.id].fails]]
            for atom in question.atoms:
                if atom in lanes.ruled_out and atom in self.plan.counts_as_no:
                    admissible &= ~(does_not_apply & lanes.ruled_out[atom][0])
        return Enumerated(self, slots, lanes, admissible)

    def truths(self, slots: Sequence[int], term: Term) -> Truths:
        return Truths(slots[self._moved[term.holds]], slots[self._moved[term.fails]])


@dataclass(frozen=True, slots=True)
class Enumerated:
    """A cone after its run."""

    cone: Cone
    slots: Sequence[int]
    lanes: Lanes
    admissible: int

    def digit(self, axis: Axis, digit: int) -> int:
        """The lanes in which an atom has this digit."""
        block = ((1 << axis.stride) - 1) << (digit * axis.stride)
        return repeat(block, axis.stride * axis.radix, self.cone.lanes)

    def complete(self) -> int:
        """The lanes in which every atom is known."""
        plane = self.lanes.full
        for axis in self.cone.axes:
            plane &= ~self.digit(axis, axis.radix - 1)
        return plane

    def some_completion(self, plane: int) -> int:
        """The lanes with a completion in ``plane``, which holds complete lanes only."""
        for axis in self.cone.axes:
            unknown = axis.radix - 1
            for digit in range(unknown):
                plane |= (plane & self.digit(axis, digit)) << ((unknown - digit) * axis.stride)
        return plane

    def prove(self, term: Term) -> Proof:
        """Soundness, exactness and narrowing of one term over every partial case."""
        truth = self.cone.truths(self.slots, term)
        allowed = self.admissible
        every = self.complete()
        complete = every & allowed
        can_hold = self.some_completion(truth.holds & complete)
        can_fail = self.some_completion(truth.fails & complete)
        # A contradictory completion is still one that a clinician may enter, so "unknown" is no
        # needless caution where only such a completion differs.
        open_anyway = self.some_completion(truth.holds & every) & self.some_completion(truth.fails & every)
        return Proof(
            atoms=tuple(axis.atom for axis in self.cone.axes),
            lanes=self.cone.lanes,
            undecided=complete & ~(truth.holds ^ truth.fails),
            unsound=allowed & (truth.holds & can_fail | truth.fails & can_hold),
            needless=allowed & ~(truth.holds | truth.fails) & ~open_anyway,
            widened=self._widened(truth.holds) | self._widened(truth.fails),
            axes=self.cone.axes,
        )

    def _widened(self, plane: int) -> int:
        """The lanes with a known atom that drop out of ``plane`` although they were in it without."""
        lost = 0
        for axis in self.cone.axes:
            unknown = axis.radix - 1
            settled = plane & self.admissible & self.digit(axis, unknown)
            for digit in range(unknown):
                with_answer = settled >> ((unknown - digit) * axis.stride)
                lost |= with_answer & self.admissible & ~plane
        return lost

    def lowered_by(self, term: Term, atom: str) -> int:
        """The lanes in which turning a yes-no atom to yes makes a term less true than no or unknown.

        ``no -> yes`` may lower neither what is certain nor what is not excluded, ``unknown -> yes``
        may not lower what is certain.
        """
        axis = next(axis for axis in self.cone.axes if axis.atom == atom)
        if axis.classes != (0, 1):
            raise ValueError(f"{atom} is not told apart by these conditions")
        truth = self.cone.truths(self.slots, term)
        step = axis.stride
        at_yes = self.digit(axis, 1) & self.admissible
        no_to_yes = ((truth.holds & self.digit(axis, 0)) << step) & ~truth.holds
        ceiling = (truth.fails & at_yes) >> step & ~truth.fails & self.digit(axis, 0) & self.admissible
        unknown_to_yes = ((truth.holds & self.digit(axis, 2)) >> step) & ~truth.holds
        return (no_to_yes | unknown_to_yes) & at_yes | ceiling


def _relevant_questions(plan: Plan, terms: Sequence[Term]) -> tuple[Question, ...]:
    """The questions whose relevance the terms look at, through other questions' relevance too."""
    found: dict[str, Question] = {}
    todo = list(terms)
    while todo:
        for leaf in leaves_of(todo.pop()):
            question = plan.counts_as_no.get(_atom(leaf))
            if question is not None and question.id not in found:
                found[question.id] = question
                todo.append(plan.relevance[question.id])
    return tuple(found.values())


def _atom(leaf: Term) -> str:
    node = leaf.node
    if not isinstance(node, Yes | Is | Compare):
        raise TypeError(f"{node!r} is no leaf")
    return node.atom


def _axes(plan: Plan, terms: Sequence[Term], atoms: Sequence[str]) -> tuple[Axis, ...]:
    """One axis an atom; classes that no leaf of the terms tells apart are represented by the first."""
    seen: dict[str, set[int]] = {atom: set() for atom in atoms}
    for term in terms:
        for leaf in leaves_of(term):
            node = leaf.node
            if isinstance(node, Yes | Is | Compare) and node.atom in seen:
                seen[node.atom].add(plan.domains[node.atom].where(node))
    axes: list[Axis] = []
    stride = 1
    for atom in atoms:
        groups: dict[tuple[int, ...], int] = {}
        for index in range(len(plan.domains[atom].names)):
            signature = tuple(true >> index & 1 for true in sorted(seen[atom]))
            groups.setdefault(signature, index)
        axis = Axis(atom, tuple(groups.values()), stride)
        axes.append(axis)
        stride *= axis.radix
    return tuple(axes)




def small_cones(plan: Plan) -> Iterator[tuple[str, Term, Cone]]:
    """Every named condition, criterion, option rule and clause whose cone can be enumerated."""
    for name, term in all_rules(plan):
        cone = Cone(plan, (term,))
        if cone.small_enough:
            yield name, term, cone


def all_rules(plan: Plan) -> Iterator[tuple[str, Term]]:
    """Every condition that decides something, with a name for messages."""
    yield "scope", plan.scope
    yield from ((f"condition {name}", term) for name, term in plan.conditions.items())
    yield from ((f"criterion {name}", term) for name, term in plan.criteria.items())
    for name, option in plan.options.items():
        yield f"option {name}", option.when
        yield from ((f"option {name}, never {clause.id}", term) for clause, term in option.never)
        yield from ((f"option {name}, with caution {clause.id}", term) for clause, term in option.conditional)
    yield from ((f"imaging action {action.id}", term) for action, term in plan.actions)
