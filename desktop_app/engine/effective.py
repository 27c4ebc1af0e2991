"""What the answers amount to on the as-of date: expiry, exclusions, relevance, derived findings.

The answer sheet keeps what was answered; this works out what of it counts. An emergency "no" from an
earlier day counts as unknown, a "yes" never expires, an excluded "yes" counts as a "no" of the day of
the exclusion, what was entered in error counts as not known until it is answered again, and a question
that certainly does not apply counts as "no" where the pack says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from desktop_app.engine.answers import Answer, AnswerSheet, Value
from desktop_app.engine.derive import Derivations, Possible
from desktop_app.engine.lanes import Lanes
from desktop_app.engine.model import Atom
from desktop_app.engine.plan import Plan, WorkStep


@dataclass(frozen=True, slots=True)
class Effective:
    """What counts. ``answers`` are before relevance, ``values`` after it; unknown atoms are absent."""

    answers: Mapping[str, Value]
    values: Mapping[str, Value]
    derived: Mapping[str, Possible]
    not_applicable: frozenset[str]  # questions that certainly do not apply and count as no
    lapsed: tuple[str, ...]  # emergency atoms whose "no" is older than the as-of date
    as_of: date

    def state(self, plan: Plan) -> dict[str, int]:
        """Possible classes per atom, for the lanes: what was answered and what was derived."""
        domains = plan.domains
        state = {atom: domains[atom].of_value(v) for atom, v in self.answers.items() if atom in domains}
        for atom, possible in self.derived.items():
            if atom in domains:
                state[atom] = domains[atom].of_possible(possible)
        return state


def what_counts(answer: Answer, atom: Atom, as_of: date) -> Value | None:
    """The value of one answer on the as-of date; None when it is not known (any more)."""
    value, given = answer.value, answer.on
    if _in_error(answer):
        return None  # nobody said the opposite
    if answer.excluded is not None and value is True:
        value, given = False, answer.excluded.on
    return _unless_lapsed(value, given, atom, as_of)


def _in_error(answer: Answer) -> bool:
    return answer.excluded is not None and answer.excluded.entered_in_error


def _unless_lapsed(value: Value | None, given: date | None, atom: Atom, as_of: date) -> Value | None:
    lapsed = atom.emergency and value is False and given is not None and given < as_of
    return None if lapsed else value


def effective(plan: Plan, sheet: AnswerSheet, as_of: date, derivations: Derivations) -> Effective:
    """Work out what counts. Raises ``ValueError`` when the sheet answers what the pack never asks."""
    atoms = plan.pack.atoms
    for name in sheet:
        if name not in atoms or atoms[name].derived is not None:
            raise ValueError(f"{name} is answered, but the guideline does not ask it")
    answers: dict[str, Value] = {}
    lapsed: list[str] = []
    for name in sorted(sheet):  # the order in which answers were given must not show anywhere
        answer = sheet[name]
        value = what_counts(answer, atoms[name], as_of)
        if value is not None:
            answers[name] = value
        elif answer.value is not None and atoms[name].emergency and not _in_error(answer):
            lapsed.append(name)
    worked = Worked(plan, answers, derivations, as_of)
    worked.run(plan.work_order)
    return Effective(
        answers, worked.values, worked.derived, frozenset(worked.not_applicable), tuple(lapsed), as_of
    )


class Worked:
    """Derived findings and relevance, worked out step by step on top of answers."""

    def __init__(
        self,
        plan: Plan,
        answers: Mapping[str, Value],
        derivations: Derivations,
        as_of: date,
        *,
        fixed: Mapping[str, Possible] | None = None,
    ) -> None:
        """``fixed`` derived atoms are taken as given, for what-ifs about a derived finding."""
        self._plan = plan
        self._answers = answers
        self._derivations = derivations
        self._as_of = as_of
        self._fixed = fixed or {}
        self.values: dict[str, Value] = dict(answers)
        self.derived: dict[str, Possible] = dict(self._fixed)
        self.not_applicable: set[str] = set()

    @classmethod
    def on_top_of(
        cls,
        base: Effective,
        plan: Plan,
        derivations: Derivations,
        *,
        changes: Mapping[str, Value],
        fixed: Mapping[str, Possible] | None = None,
    ) -> Worked:
        """As ``base``, but with some answers changed; the steps downstream are still to be run."""
        worked = cls(plan, {**base.answers, **changes}, derivations, base.as_of, fixed=fixed)
        worked.values = {**base.values, **changes}
        worked.derived = {**base.derived, **(fixed or {})}
        worked.not_applicable = set(base.not_applicable)
        return worked

    def run(self, steps: Iterable[WorkStep]) -> None:
        """Take the steps in order; relevance steps that stand together in one run."""
        for derived, together in groupby(steps, key=lambda step: bool(step.atom)):
            if derived:
                for step in together:
                    self._derive(step.atom)
            else:
                self._settle_relevance(tuple(step.question for step in together))

    def _derive(self, name: str) -> None:
        if name in self._fixed:
            return
        atom = self._plan.pack.atoms[name]
        rule = atom.derived
        if rule is None:
            raise ValueError(f"{name} is not a derived finding")
        derived, values = self.derived, self.values
        inputs: dict[str, Value | Possible | None] = {
            source: derived[source] if source in derived else values.get(source) for source in rule.inputs
        }
        derived[name] = self._derivations.derive(atom, inputs, self._as_of)

    def _settle_relevance(self, questions: tuple[str, ...]) -> None:
        plan = self._plan
        cone = plan.cone(*(plan.relevance[name] for name in questions))
        state: dict[str, int] = {}
        for atom, _ in cone.program.inputs:
            possible = self.derived.get(atom)
            value = self._answers.get(atom)
            if possible is not None:
                state[atom] = plan.domains[atom].of_possible(possible)
            elif value is not None:
                state[atom] = plan.domains[atom].of_value(value)
        slots = cone.program.run(Lanes.from_state(plan.domains, state))
        for name in questions:
            self._apply_relevance(name, does_not_apply=bool(slots[cone.moved[plan.relevance[name].fails]]))

    def _apply_relevance(self, name: str, *, does_not_apply: bool) -> None:
        plan = self._plan
        for atom in plan.pack.questions[name].atoms:
            if atom not in plan.counts_as_no:
                continue
            answered = self._answers.get(atom)
            if does_not_apply and answered is not True:
                self.values[atom] = False
            elif answered is None:
                self.values.pop(atom, None)
            else:
                self.values[atom] = answered
        (self.not_applicable.add if does_not_apply else self.not_applicable.discard)(name)
