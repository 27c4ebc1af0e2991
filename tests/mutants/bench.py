"""Tries a changed pack on all worked cases at once: the cases are lanes of the shipped evaluator.

Only what the change can reach is evaluated again. What lanes do not show (due dates, the state of the
emergency screen) is decided case by case with the shipped ``decide``, and only where it can differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

from desktop_app.engine.cases import Case
from desktop_app.engine.conditions import Condition, Ref, atoms_of, walk
from desktop_app.engine.decision import Status, Truth
from desktop_app.engine.derive import Clinical
from desktop_app.engine.effective import effective
from desktop_app.engine.evaluate import Compiler, Truths
from desktop_app.engine.expect import ABSENT, run_case
from desktop_app.engine.lanes import Lanes
from desktop_app.engine.model import Option, Pack, Question, Tier
from desktop_app.engine.options import status_planes, suppress
from desktop_app.engine.plan import Plan
from desktop_app.engine.read_expect import Expectation
from tests.mutants.sites import exchanged, sites

Key = tuple[str, ...]
_DATED = frozenset({"due_date", "rule_out_by", "overdue_days", "act_today", "screen_complete", "clock_stopped"})
_EMERGENCIES = (Tier.E, Tier.E24)


class Bench:
    """Worked cases that a pack passes, ready for its mutants."""

    def __init__(self, pack: Pack, clinical: Clinical, cases: Sequence[Case]) -> None:
        self.pack = pack
        self.clinical = clinical
        self.red: list[str] = []  # cases that fail already and cannot judge
        self.cases = [case for case in cases if self._green(case)]
        self.plan = Plan(pack)
        self.conditions: dict[Key, Condition] = {site.key: site.condition for site in sites(pack)}
        self._named = {name: condition.when for name, condition in pack.conditions.items()}
        derivations = self.plan.derivations(clinical)
        states = [effective(self.plan, case.sheet, case.as_of, derivations).state(self.plan) for case in self.cases]
        self.lanes = Lanes.from_states(self.plan.domains, states)
        self._stated: dict[Key, list[tuple[int, Expectation]]] = defaultdict(list)
        for lane, case in enumerate(self.cases):
            for expectation in case.expectations:
                self._stated[expectation.path].append((lane, expectation))
        self._reach = {key: self._reached(condition) for key, condition in self.conditions.items()}
        inputs = chain.from_iterable(a.derived.inputs for a in pack.atoms.values() if a.derived is not None)
        self._derived_from = {pack.atoms[name].question for name in inputs}
        self._planes = self._run(self._named, self.plan.counts_as_no, self.conditions)

    def _green(self, case: Case) -> bool:
        wrong = run_case(case, self.pack, self.clinical)[1]
        self.red += [str(each) for each in wrong]
        return not wrong and bool(case.expectations)

    # --- what a change reaches -------------------------------------------------------------------

    def _reached(self, condition: Condition) -> set[Key]:
        """The named conditions and relevances that a condition looks at."""
        found: set[Key] = set()
        waiting = [condition]
        while waiting:
            node = waiting.pop()
            below: dict[Key, Condition] = {
                ("conditions", part.condition): self._named[part.condition]
                for part in walk(node)
                if isinstance(part, Ref)
            }
            for atom in atoms_of(node, self._named):
                question = self.plan.counts_as_no.get(atom)
                if question is not None and question.relevant_when is not None:
                    below["asked", question.id] = question.relevant_when
            for key, each in below.items():
                if key not in found:
                    found.add(key)
                    waiting.append(each)
        return found

    def _run(
        self, named: Mapping[str, Condition], relevance: Mapping[str, Question], wanted: Mapping[Key, Condition]
    ) -> dict[Key, Truths]:
        compiler = Compiler(self.plan.domains, named, relevance)
        terms = {key: compiler.term(condition) for key, condition in wanted.items()}
        slots = compiler.program().run(self.lanes)
        return {key: Truths(slots[term.holds], slots[term.fails]) for key, term in terms.items()}

    # --- judging ---------------------------------------------------------------------------------

    def killer(self, key: Key, condition: Condition) -> str:
        """The first thing a worked case states that no longer holds; empty when the mutant survives."""
        named, relevance = dict(self._named), dict(self.plan.counts_as_no)
        if key[0] == "conditions":
            named[key[1]] = condition
        changed = exchanged(self.pack, key, condition)
        if key[0] == "asked":
            relevance = {atom: changed.questions[question.id] for atom, question in self.plan.counts_as_no.items()}
        affected = {
            each: condition if each == key else before
            for each, before in self.conditions.items()
            if each == key or key in self._reach[each]
        }
        after = {**self._planes, **self._run(named, relevance, affected)}
        moved = {each for each in affected if after[each] != self._planes[each]}
        found = self._stated_otherwise(moved, after)
        return found or self._decided_otherwise(moved, set(affected), after, changed)

    def _stated_otherwise(self, moved: set[Key], after: Mapping[Key, Truths]) -> str:
        """What the planes alone can show to be wrong."""
        options = {each[1] for each in moved if each[0] in {"options", "clauses"}}
        tiers = any(each[0] == "criteria" for each in moved)
        if tiers and self._emergency(after) != self._emergency(self._planes):
            options |= set(self.pack.options)
        for path, stated in self._stated.items():
            kind = path[0]
            if kind == "options" and path[1] in options:
                planes = self._status(self.pack.options[path[1]], after)
                for lane, expectation in stated:
                    if not planes[Status(expectation.wanted)] >> lane & 1:
                        return self._said(lane, expectation)
            elif path in moved and kind not in {"options", "disagreements"}:
                for lane, expectation in stated:
                    if self._word(path, after[path], lane) != expectation.wanted:
                        return self._said(lane, expectation)
            elif tiers and kind in {"floor", "ceiling", "final"}:
                for lane, expectation in stated:
                    if self._tier_word(kind, after, lane) != expectation.wanted:
                        return self._said(lane, expectation)
        return ""

    def _word(self, path: Key, truths: Truths, lane: int) -> str:
        holds, fails = truths.holds >> lane & 1, truths.fails >> lane & 1
        if path[0] == "asked":
            return "no" if fails else "yes"
        if path[0] == "contradictions":
            return "yes" if holds else "no"
        if path[0] == "clauses":
            never = {clause.id for clause in self.pack.options[path[1]].never_when}
            if path[2] in never:
                return "yes" if holds else ABSENT["clauses"]
        return str(Truth.YES if holds else Truth.NO if fails else Truth.UNKNOWN)

    def _tier_word(self, kind: str, after: Mapping[Key, Truths], lane: int) -> str:
        floor, ceiling = Tier.NONE, Tier.NONE
        for criterion in self.pack.criteria.values():
            truths = after["criteria", criterion.id]
            if truths.holds >> lane & 1 and floor < criterion.tier:
                floor = criterion.tier
            if not truths.fails >> lane & 1 and ceiling < criterion.tier:
                ceiling = criterion.tier
        if kind == "final":
            return "yes" if floor is ceiling else "no"
        return (floor if kind == "floor" else ceiling).name

    def _emergency(self, planes: Mapping[Key, Truths]) -> int:
        plane = 0
        for criterion in self.pack.criteria.values():
            if criterion.tier in _EMERGENCIES:
                plane |= planes["criteria", criterion.id].holds
        return plane

    def _status(self, option: Option, planes: Mapping[Key, Truths]) -> Mapping[Status, int]:
        found = status_planes(
            planes["options", option.id],
            [planes["clauses", option.id, clause.id] for clause in option.never_when],
            [planes["clauses", option.id, clause.id] for clause in option.conditional_when],
            self.lanes.full,
        )
        return suppress(found, self._emergency(planes), elective=option.elective)

    def _decided_otherwise(
        self, moved: set[Key], affected: set[Key], after: Mapping[Key, Truths], changed: Pack
    ) -> str:
        """What only a whole decision can show to be wrong, where it can differ at all."""
        suspects: set[int] = set()
        if any(each[0] == "asked" and each[1] in self._derived_from for each in affected):
            suspects = set(range(len(self.cases)))
        watched: dict[str, set[Key]] = {
            "scope": {("scope",)},
            "adequacy": {("conditions", self.pack.imaging_adequate)},
            "clock_stopped": {("conditions", self.pack.clock_stopped)},
            "due_date": {("conditions", self.pack.clock_stopped)},
            "overdue_days": {("conditions", self.pack.clock_stopped)},
        }
        for path, stated in self._stated.items():
            kind = path[0]
            differs = 0
            if kind in watched:
                differs |= self._difference(moved & watched[kind], after)
            if kind == "action":
                differs |= self._difference({each for each in moved if each[0] == "action"}, after)
            if kind == "disagreements":
                differs |= self._difference(moved & {path}, after)
            if kind in _DATED:
                differs |= self._difference({each for each in moved if each[0] == "criteria"}, after)
            if kind == "screen_complete" and any(each[0] == "criteria" for each in affected):
                differs = self.lanes.full
            suspects |= {lane for lane, _ in stated if differs >> lane & 1}
        for lane in sorted(suspects):
            wrong = run_case(self.cases[lane], changed, self.clinical)[1]
            if wrong:
                return str(wrong[0])
        return ""

    def _difference(self, keys: set[Key], after: Mapping[Key, Truths]) -> int:
        plane = 0
        for key in keys:
            before = self._planes[key]
            plane |= (before.holds ^ after[key].holds) | (before.fails ^ after[key].fails)
        return plane

    def _said(self, lane: int, expectation: Expectation) -> str:
        return f"case {self.cases[lane].id} states {' '.join(expectation.path)}: {expectation.wanted}"
