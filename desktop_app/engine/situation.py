"""One patient on one day: what counts, how every condition came out, and what of it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.engine.answers import DateRange, Quantity
from desktop_app.engine.conditions import Compare, Is, Yes
from desktop_app.engine.decision import Fact, Truth
from desktop_app.engine.derive import Derivations, Interval
from desktop_app.engine.effective import Effective
from desktop_app.engine.evaluate import Term
from desktop_app.engine.model import Atom
from desktop_app.engine.plan import Plan
from desktop_app.engine.words import not_known, possible_in_words, value_in_words

_LEAVES = (Yes, Is, Compare)


@dataclass(frozen=True, slots=True)
class Situation:
    """``slots`` are the planes of one lane, so each is 0 or 1."""

    plan: Plan
    effective: Effective
    state: Mapping[str, int]
    slots: Sequence[int]
    derivations: Derivations
    services: Mapping[str, str]
    _asked: dict[tuple[int, int], dict[str, None]] = field(default_factory=dict)
    _inputs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _questions: dict[tuple[int, int], dict[str, str]] = field(default_factory=dict)
    _asked_by: dict[str, dict[str, str]] = field(default_factory=dict)

    def truth(self, term: Term) -> Truth:
        if self.slots[term.holds]:
            return Truth.YES
        return Truth.NO if self.slots[term.fails] else Truth.UNKNOWN

    def truths(self, terms: Mapping[str, Term]) -> dict[str, Truth]:
        """The same for many named terms."""
        slots, yes, no, unknown = self.slots, Truth.YES, Truth.NO, Truth.UNKNOWN
        return {
            name: yes if slots[term.holds] else no if slots[term.fails] else unknown
            for name, term in terms.items()
        }

    def atom(self, name: str) -> Atom:
        return self.plan.pack.atoms[name]

    def known(self, name: str) -> bool:
        """Whether an atom has exactly one value."""
        possible = self.effective.derived.get(name)
        if possible is None:
            return name in self.effective.values
        return possible.exact is not None if isinstance(possible, Interval) else len(possible) == 1

    def in_words(self, name: str) -> str:
        """The value of an atom in words."""
        possible = self.effective.derived.get(name)
        if possible is not None:
            return possible_in_words(possible, self.atom(name))
        value = self.effective.values.get(name)
        return not_known() if value is None else value_in_words(value, self.atom(name))

    def fact(self, name: str) -> Fact:
        return Fact(name, self.atom(name).label, self.in_words(name), self.known(name))

    def to_ask(self, term: Term) -> Mapping[str, None]:
        """The asked atoms whose answers can still settle a term, in the order of the term.

        Remembered per term: named conditions are reached from many rules.
        """
        holds, fails = key = (term.holds, term.fails)  # equal conditions share their slots
        found = self._asked.get(key)
        if found is None:
            found = {}
            slots = self.slots
            if not slots[holds] and not slots[fails]:
                if isinstance(term.node, _LEAVES):
                    found.update(dict.fromkeys(self.open_inputs(term.node.atom)))
                for part in term.parts:
                    if not slots[part.holds] and not slots[part.fails]:
                        found.update(self.to_ask(part))
            self._asked[key] = found
        return found

    def questions_to_ask(self, term: Term) -> dict[str, str]:
        """The questions of :meth:`to_ask` in the same order, each with its first atom. Remembered per term."""
        holds, fails = key = (term.holds, term.fails)
        found = self._questions.get(key)
        if found is None:
            found = {}
            slots = self.slots
            if not slots[holds] and not slots[fails]:
                if isinstance(term.node, _LEAVES):
                    found = self._questions_of(term.node.atom)
                elif len(term.parts) == 1:
                    found = self.questions_to_ask(term.parts[0])
                else:
                    for part in term.parts:
                        if not slots[part.holds] and not slots[part.fails]:
                            for question, atom in self.questions_to_ask(part).items():
                                found.setdefault(question, atom)
            self._questions[key] = found
        return found

    def _questions_of(self, leaf: str) -> dict[str, str]:
        """The questions of the open inputs of one atom."""
        found = self._asked_by.get(leaf)
        if found is None:
            question_of = self.plan.question_of
            if leaf not in self.plan.asked_for:
                return {question_of[leaf]: leaf}
            found = self._asked_by[leaf] = {}
            for atom in self.open_inputs(leaf):
                found.setdefault(question_of[atom], atom)
        return found

    def open_inputs(self, atom: str) -> Sequence[str]:
        """The atom itself when it is asked; of a derived atom the inputs that are not exactly known.

        When every input is known and the finding still is not, all of them are named: one of them
        has to be known better.
        """
        asked = self.plan.asked_for.get(atom)
        if asked is None:
            return (atom,)
        found = self._inputs.get(atom)
        if found is None:
            found = self._inputs[atom] = tuple(name for name in asked if self._vague(name)) or asked
        return found

    def _vague(self, name: str) -> bool:
        """Not known, or known only roughly."""
        value = self.effective.values.get(name)
        if value is None:
            return True
        if isinstance(value, DateRange):
            return value.earliest != value.latest
        return isinstance(value, tuple) and any(m.per_day is None or not m.maximum_known for m in value)

    def number(self, name: str) -> float | None:
        """The exact number of an atom, in its base unit."""
        possible = self.effective.derived.get(name)
        if isinstance(possible, Interval):
            return possible.exact
        value = self.effective.values.get(name)
        return value.base if isinstance(value, Quantity) else None

    def open_beside(self, term: Term) -> dict[str, None]:
        """The asked atoms still open in a term that is not ruled out, even where it already holds."""
        found: dict[str, None] = {}
        slots = self.slots
        if slots[term.fails]:
            return found
        if isinstance(term.node, _LEAVES) and not slots[term.holds]:
            found.update(dict.fromkeys(self.open_inputs(term.node.atom)))
        for part in term.parts:
            if not slots[part.fails]:
                found.update(self.open_beside(part))
        return found
