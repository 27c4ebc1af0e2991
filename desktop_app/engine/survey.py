"""Many cases at once: pack answer sheets into lanes and read tiers, options and conditions as planes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.engine.answers import AnswerSheet
from desktop_app.engine.decision import Status
from desktop_app.engine.derive import Clinical
from desktop_app.engine.effective import effective
from desktop_app.engine.evaluate import Truths, read
from desktop_app.engine.lanes import Lanes
from desktop_app.engine.model import Claim, Pack, Tier
from desktop_app.engine.options import planes_of, suppress
from desktop_app.engine.plan import Plan, plan_of


@dataclass(frozen=True, slots=True)
class Survey:
    """Planes of everything that is decided. Count lanes with ``int.bit_count``."""

    full: int
    scope: Truths
    conditions: Mapping[str, Truths]
    criteria: Mapping[str, Truths]
    at_least: Mapping[Tier, Truths]  # holds: the floor is at least so; fails: the ceiling is below
    options: Mapping[str, Mapping[Status, int]]  # every lane in exactly one status

    def floor(self, tier: Tier) -> int:
        """The lanes whose floor is exactly this tier."""
        above = (self.at_least[t].holds for t in Tier if t.value == tier.value + 1)
        return self.at_least[tier].holds & ~next(above, 0)

    def ceiling(self, tier: Tier) -> int:
        """The lanes whose ceiling is exactly this tier."""
        above = (self.at_least[t].fails for t in Tier if t.value == tier.value + 1)
        return self.full & ~self.at_least[tier].fails & next(above, self.full)


def lanes_from_sheets(pack: Pack, cases: Iterable[tuple[AnswerSheet, date]], clinical: Clinical) -> Lanes:
    """One lane a case, in the order given: answers as they count on each case's as-of date.

    Derived findings are worked out here, once a case; the lanes can be kept and evaluated again.
    """
    plan = plan_of(pack)
    derivations = plan.derivations(clinical)
    states = [effective(plan, sheet, as_of, derivations).state(plan) for sheet, as_of in cases]
    return Lanes.from_states(plan.domains, states)


def evaluate(pack: Pack, lanes: Lanes) -> Survey:
    """Every condition, criterion, tier and option status of the pack in every lane."""
    plan = plan_of(pack)
    return survey_of(plan, plan.program.run(lanes), lanes.full)


def survey_of(plan: Plan, slots: Sequence[int], full: int) -> Survey:
    """Read a run of the pack's whole program."""
    criteria = {name: read(slots, term) for name, term in plan.criteria.items()}
    at_least = tiers_of(plan.pack, criteria, full)
    emergency = at_least[Tier.E24].holds
    return Survey(
        full=full,
        scope=read(slots, plan.scope),
        conditions={name: read(slots, term) for name, term in plan.conditions.items()},
        criteria=criteria,
        at_least=at_least,
        options={
            name: suppress(planes_of(option, slots, full), emergency, elective=option.option.elective)
            for name, option in plan.options.items()
        },
    )


def tiers_of(pack: Pack, criteria: Mapping[str, Truths], full: int) -> dict[Tier, Truths]:
    """Per tier the lanes certainly at least, and certainly not at least, as urgent."""
    found: dict[Tier, Truths] = {}
    for tier in Tier:
        holds, fails = (full, 0) if tier is Tier.NONE else (0, full)
        for name, truth in criteria.items():
            if tier is not Tier.NONE and tier <= pack.criteria[name].tier:
                holds |= truth.holds
                fails &= truth.fails
        found[tier] = Truths(holds, fails)
    return found


def broken(claim: Claim, given: int, always: int | None, survey: Survey) -> int:
    """The lanes in which a safety claim does not hold; ``given`` and ``always`` are certain lanes."""
    wrong = 0
    if always is not None:
        wrong |= given & ~always
    if claim.tier_at_least is not None:
        wrong |= given & ~survey.at_least[claim.tier_at_least].holds
    for option, status in claim.status_never:
        wrong |= given & survey.options[option][Status(status)]
    for option, status in claim.status_always:
        wrong |= given & ~survey.options[option][Status(status)]
    return wrong


def broken_claims(plan: Plan, lanes: Lanes) -> dict[str, int]:
    """Per claim that does not hold everywhere the lanes in which it does not."""
    slots = plan.program.run(lanes)
    survey = survey_of(plan, slots, lanes.full)
    found: dict[str, int] = {}
    for claim, given, always in plan.claims:
        wrong = broken(claim, slots[given.holds], None if always is None else slots[always.holds], survey)
        if wrong:
            found[claim.id] = wrong
    return found
