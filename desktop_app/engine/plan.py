"""Everything about a pack that is worked out once: domains, the program, terms, orders and cones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from desktop_app.engine.conditions import Compare, Condition, Is, Yes, reach
from desktop_app.engine.derive import Clinical, Derivations
from desktop_app.engine.domains import Domain, domains_of
from desktop_app.engine.evaluate import Compiler, Program, Term
from desktop_app.engine.model import Clause, Contradiction, FindingType, Option, Pack, Question


@dataclass(frozen=True, slots=True)
class OptionTerms:
    """The terms of one option. Clauses keep their order."""

    option: Option
    when: Term
    never: tuple[tuple[Clause, Term], ...]
    conditional: tuple[tuple[Clause, Term], ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        return (self.when, *(t for _, t in self.never), *(t for _, t in self.conditional))


class WorkStep(NamedTuple):
    """Work out a derived atom, or settle whether a question applies (then ``atom`` is empty)."""

    atom: str
    question: str


class Cone(NamedTuple):
    """A part of the program that stands alone: its own slots, and where the shared slots went."""

    program: Program
    moved: Mapping[int, int]


class Plan:
    """A pack made ready to be evaluated. Frozen once built; safe to share between threads."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.domains: Mapping[str, Domain] = domains_of(pack)
        self.named: Mapping[str, Condition] = {name: c.when for name, c in pack.conditions.items()}
        self.counts_as_no: Mapping[str, Question] = {
            atom: question
            for question in pack.questions.values()
            if question.relevant_when is not None and question.when_not_relevant_no
            for atom in question.atoms
            if pack.atoms[atom].type is FindingType.YES_NO and pack.atoms[atom].derived is None
        }
        compiler = Compiler(self.domains, self.named, self.counts_as_no)
        self.conditions = {name: compiler.named(name) for name in pack.conditions}
        self.scope = compiler.term(pack.scope)
        self.contradictions: tuple[tuple[Contradiction, Term], ...] = tuple(
            (c, compiler.term(c.when)) for c in pack.contradictions
        )
        self.relevance = {
            question.id: compiler.term(question.relevant_when)
            for question in pack.questions.values()
            if question.relevant_when is not None
        }
        self.criteria = {name: compiler.term(c.when) for name, c in pack.criteria.items()}
        self.options = {name: _option_terms(option, compiler) for name, option in pack.options.items()}
        self.actions = tuple((action, compiler.term(action.when)) for action in pack.imaging_actions)
        self.notes = {
            (name, number): compiler.term(note.when)
            for name, option in pack.options.items()
            for number, note in enumerate(option.notes)
            if note.when is not None
        }
        self.texts = {t.id: compiler.term(t.when) for t in pack.texts if t.when is not None}
        self.disagreements = {
            d.id: compiler.term(d.applies_when)
            for d in pack.disagreements.values()
            if d.applies_when is not None
        }
        self.claims = tuple(
            (c, compiler.term(c.given), None if c.always is None else compiler.term(c.always))
            for c in pack.claims
        )
        self.program = compiler.program()
        self.question_of = {name: atom.question for name, atom in pack.atoms.items()}
        self._memories: dict[int, Derivations] = {}
        self._cones: dict[tuple[int, ...], Cone] = {}

    def derivations(self, clinical: Clinical) -> Derivations:
        """The memory in front of one clinical arithmetic; the last few are kept."""
        found = self._memories.get(id(clinical))
        if found is None:
            if len(self._memories) >= 4:
                self._memories.clear()
            found = self._memories[id(clinical)] = Derivations(clinical)
        return found

    def cone(self, *terms: Term) -> Cone:
        """The program of these terms alone; kept, as the same ones are asked for again."""
        key = tuple(slot for term in terms for slot in (term.holds, term.fails))
        found = self._cones.get(key)
        if found is None:
            found = self._cones[key] = Cone(*self.program.slice(terms))
        return found

    @cached_property
    def work_order(self) -> tuple[WorkStep, ...]:
        """Derived atoms and relevance, each after what it depends on.

        Ordered by how many derived findings lie beneath, so that relevance steps stand together: one
        run of the program settles neighbours, and their relevance to each other with them.
        """
        level: dict[WorkStep, int] = {}
        open_: set[str] = set()

        def level_of(atom: str) -> int:
            if atom in open_:
                raise ValueError(f"{atom} depends on itself")
            step = self.step_of(atom)
            if step is None:
                return 0
            if step not in level:
                open_.add(atom)
                below = max((level_of(input_) for input_ in self._looks_at(step)), default=0)
                open_.discard(atom)
                level[step] = below + 1 if step.atom else below
            return level[step]

        for atom in self.pack.atoms:
            level_of(atom)
        return tuple(sorted(level, key=lambda step: (level[step], not step.atom)))

    def step_of(self, atom: str) -> WorkStep | None:
        """The step that settles an atom beyond its answer."""
        if self.pack.atoms[atom].derived is not None:
            return WorkStep(atom, "")
        question = self.counts_as_no.get(atom)
        return None if question is None else WorkStep("", question.id)

    def _looks_at(self, step: WorkStep) -> Iterator[str]:
        if step.atom:
            rule = self.pack.atoms[step.atom].derived
            yield from () if rule is None else rule.inputs
            return
        condition = self.pack.questions[step.question].relevant_when
        if condition is not None:
            yield from sorted({leaf.atom for leaf, _ in reach(condition, self.named)})

    @cached_property
    def downstream(self) -> Mapping[str, tuple[WorkStep, ...]]:
        """Per atom the steps to take again for its derived findings when its answer changes, in order."""
        touched_by: dict[WorkStep, frozenset[str]] = {}
        for step in self.work_order:
            sources: set[str] = set()
            for atom in self._looks_at(step):
                sources.add(atom)
                before = self.step_of(atom)
                if before is not None:
                    sources |= touched_by[before]
            touched_by[step] = frozenset(sources)
        behind_derived = frozenset().union(*(touched_by[step] for step in touched_by if step.atom))
        leading = tuple(
            step
            for step in self.work_order
            if step.atom or not behind_derived.isdisjoint(self.pack.questions[step.question].atoms)
        )
        return {
            atom: tuple(step for step in leading if atom in touched_by[step]) for atom in self.pack.atoms
        }

    @cached_property
    def derived_from(self) -> Mapping[str, frozenset[str]]:
        """Per atom the derived atoms that an answer to it can move."""
        return {
            atom: frozenset(step.atom for step in steps if step.atom)
            for atom, steps in self.downstream.items()
        }

    @cached_property
    def asked_for(self) -> Mapping[str, tuple[str, ...]]:
        """Per derived atom the asked atoms it rests on, through other derived atoms."""
        found: dict[str, tuple[str, ...]] = {}
        for step in self.work_order:
            if not step.atom:
                continue
            asked: dict[str, None] = {}
            for atom in self._looks_at(step):
                asked.update(dict.fromkeys(found.get(atom, (atom,))))
            found[step.atom] = tuple(asked)
        return found

    @cached_property
    def rank(self) -> Mapping[str, int]:
        """Place of each question in the order of the screens; those on no screen come last."""
        found: dict[str, int] = {}
        for screen in self.pack.screens:
            for group in screen.groups:
                for question in group.questions:
                    found.setdefault(question, len(found))
        for question in self.pack.questions:
            found.setdefault(question, len(found))
        return found


    @cached_property
    def told_by(self) -> Mapping[str, frozenset[str]]:
        """Per option every atom on which anything said about it rests: answers, and what is worked out from them."""
        below = {name: self._with_inputs(name) for name in self.pack.atoms}
        found: dict[str, frozenset[str]] = {}
        for name, option in self.options.items():
            terms = [option.when, *(term for _, term in (*option.never, *option.conditional))]
            terms += [term for (of, _), term in self.notes.items() if of == name]
            terms += [self.disagreements[d] for d in option.option.disagreements if d in self.disagreements]
            leaves = {leaf.node.atom for term in terms for leaf in leaves_of(term)
                      if isinstance(leaf.node, Yes | Is | Compare)}
            found[name] = frozenset(atom for leaf in leaves for atom in below[leaf])
        return found

    def _with_inputs(self, atom: str) -> frozenset[str]:
        """An atom, what it is worked out from and what decides whether it applies, all the way down."""
        found, waiting = set[str](), [atom]
        while waiting:
            one = waiting.pop()
            if one in found:
                continue
            found.add(one)
            rule = self.pack.atoms[one].derived
            waiting += () if rule is None else rule.inputs
            question = self.counts_as_no.get(one)
            if question is not None:
                waiting += self._looks_at(WorkStep("", question.id))
        return frozenset(found)


def _option_terms(option: Option, compiler: Compiler) -> OptionTerms:
    return OptionTerms(
        option,
        compiler.term(option.when),
        tuple((clause, compiler.term(clause.when)) for clause in option.never_when),
        tuple((clause, compiler.term(clause.when)) for clause in option.conditional_when),
    )


def leaves_of(term: Term) -> Iterator[Term]:
    """The terms of the leaves below, through named conditions too."""
    if isinstance(term.node, Yes | Is | Compare):
        yield term
    for part in term.parts:
        yield from leaves_of(part)


_plans: dict[int, Plan] = {}


def plan_of(pack: Pack) -> Plan:
    """The plan of a pack; the last few are kept, since a pack is loaded once and used for long."""
    found = _plans.get(id(pack))
    if found is None or found.pack is not pack:
        if len(_plans) >= 8:
            _plans.clear()
        found = _plans[id(pack)] = Plan(pack)
    return found
